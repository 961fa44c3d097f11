"""A copy of which only some pages were marked does not verify once it says anything else than what was done."""

import hashlib
import html
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from tests.helpers import forgeries as forge
from tests.helpers.forgeries import RECEIPT
from tests.helpers.tampered_copies import Tamper, _after, honest
from tests.helpers.volumes import notice_of, volume
from watermark.article import Article
from watermark.errors import NotVerifiedError
from watermark.models import Claim
from watermark.pdf.object_draft import ObjectDraft
from watermark.pdf.rendering import RenderedDocument
from watermark.pdf.serialization import Name
from watermark.receipt import Receipt
from watermark.stamping import pipeline
from watermark.stamping.plan import PageSelection, StampRequest, plan_stamp
from watermark.stamping.reproduction import verify_and_reproduce
from watermark.verification.verifier import receipt_of, verify_copy

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
CITO = "http://purl.org/spar/cito/"
ORIGINAL = volume(xmp=True)
BOX = [0, 0, 595, 842]


def copy_of(folder: Path, tamper: Tamper = honest, *, pages: str | None = "3-4", before: bytes = b"") -> Path:
    """Return a copy of the volume, sealed with the right digests whatever `tamper` did to its draft."""
    original, copy = folder / "volume.pdf", folder / "copy.pdf"
    original.write_bytes(before or ORIGINAL)
    selection = PageSelection(written=pages) if pages else None
    request = StampRequest(
        article=original, notice=notice_of(2), marked_at=AT, pages=selection, match_override_reason="a test"
    )
    with Article.opened(original) as article, RenderedDocument(original) as rendered:
        plan = plan_stamp(request, pipeline.inspected(request, article, rendered), rendered)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pipeline, "build_update", _after(tamper))
            revision = pipeline.revision_of(article, plan)
    copy.write_bytes(original.read_bytes() + revision.data)
    return copy


def receipt_with_choices(**changes: object) -> Tamper:
    """Rewrite the choices in the receipt; None takes one out."""

    def tamper(draft: ObjectDraft) -> None:
        old = _receipt(draft)
        choices = {key: value for key, value in {**old.choices, **changes}.items() if value is not None}
        _write(draft, old, choices)

    return tamper


def raw_pages(written: object) -> Tamper:
    """Rewrite the range in the line of JSON, whatever a receipt would say to it."""

    def tamper(draft: ObjectDraft) -> None:
        def change(data: bytes) -> bytes:
            line = re.sub(r'"pages":\[3,4\]', f'"pages":{json.dumps(written)}', data.decode())
            return forge.with_its_identifier(line).encode()

        forge.rewrite(draft, forge.packet(draft), change)

    return tamper


def _receipt(draft: ObjectDraft) -> Receipt:
    found = RECEIPT.search(forge.data_of(draft, forge.packet(draft)).decode())
    assert found is not None
    return Receipt.from_json(html.unescape(found[2]))


def _write(draft: ObjectDraft, old: Receipt, choices: dict[str, object]) -> None:
    new = replace(old, choices=choices)

    def change(data: bytes) -> bytes:
        text = RECEIPT.sub(lambda match: match[1] + escape(new.to_json()) + match[3], data.decode())
        text = text.replace(f"<rwm:Pages>{old.pages or ''}<", f"<rwm:Pages>{new.pages or ''}<")
        text = text.replace(f"on {old.pages.in_words}", f"on {new.pages.in_words}") if old.pages and new.pages else text
        return forge.with_its_identifier(text).encode()

    forge.rewrite(draft, forge.packet(draft), change)


def claims_that_fail(copy: Path) -> set[Claim]:
    return {finding.claim for finding in verify_copy(copy).failures}


def page_entry(number: int, key: str, value: object) -> Tamper:
    """Let a page that was not to be marked have another entry."""

    def tamper(draft: ObjectDraft) -> None:
        pages = draft.resolve(draft.copy_dict(draft.catalog)["/Pages"])
        draft.change(pages["/Kids"][number - 1])[key] = value

    return tamper


def link(draft: ObjectDraft) -> None:
    entries = {"/Type": Name("/Annot"), "/Subtype": Name("/Link"), "/Rect": BOX, "/F": 4, "/Border": [0, 0, 0]}
    action = draft.add({"/Type": Name("/Action"), "/S": Name("/URI"), "/URI": b"https://doi.org/10.5555/vol.2.n"})
    page_entry(6, "/Annots", [draft.add({**entries, "/A": action})])(draft)


def white_page(draft: ObjectDraft) -> None:
    page_entry(6, "/Contents", draft.add_stream({}, b"q 1 g 0 0 900 900 re f Q", compress=False))(draft)


FORGERIES: dict[str, tuple[Tamper, Claim]] = {
    "a smaller range": (receipt_with_choices(pages=[3, 3]), Claim.MARKED),
    "a larger range": (receipt_with_choices(pages=[3, 5]), Claim.MARKED),
    "a range beside it": (receipt_with_choices(pages=[5, 6]), Claim.MARKED),
    "no range": (receipt_with_choices(pages=None), Claim.MARKED),
    "an earlier marking that never was": (
        receipt_with_choices(earlier=[[[1, 2], "retraction", "0" * 64, "10.5555/vol.1", "Retracted."]]),
        Claim.DESCRIBED,
    ),
    "a title with a prefix": (
        forge.packet_with("(<dc:title>.*?>)Proceedings", r"\1RETRACTED: Proceedings"),
        Claim.DESCRIBED,
    ),
    "a volume that is declared retracted": (
        forge.packet_with(
            "<rwm:Pages>",
            "<cito:isRetractedBy xmlns:cito='http://purl.org/spar/cito/'>x</cito:isRetractedBy><rwm:Pages>",
        ),
        Claim.DESCRIBED,
    ),
    "a history that leaves the marking out": (
        forge.packet_with(r"(?s)<rdf:li rdf:parseType=\"Resource\">\s*<stEvt:action>edited.*?</rdf:li>", ""),
        Claim.DESCRIBED,
    ),
    "a history of every page": (forge.packet_with("on pages 3 to 4", "on every page"), Claim.DESCRIBED),
    "a link on another page": (link, Claim.STRUCTURE),
    "another page in white": (white_page, Claim.MARKED),
    "another page that is turned": (page_entry(6, "/Rotate", 180), Claim.MARKED),
    "another page with a duration": (page_entry(6, "/Dur", 3), Claim.FIXITY),
    "a record of another range": (
        forge.record_with(
            original={
                "sha256": hashlib.sha256(ORIGINAL).hexdigest(),
                "size_bytes": len(ORIGINAL),
                "pages": 6,
                "marked_pages": [1, 2],
            }
        ),
        Claim.ATTACHED,
    ),
}


def test_the_copy_verifies_when_nothing_is_forged(tmp_path: Path) -> None:
    assert not claims_that_fail(copy_of(tmp_path))


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_copy_with_a_forged_range_does_not_verify(tmp_path: Path, forgery: str) -> None:
    tamper, claim = FORGERIES[forgery]
    assert claim in claims_that_fail(copy_of(tmp_path, tamper))


def test_a_copy_marked_on_every_page_does_not_verify_with_a_range(tmp_path: Path) -> None:
    def tamper(draft: ObjectDraft) -> None:
        _write(draft, old := _receipt(draft), {**old.choices, "pages": [3, 4]})

    assert Claim.MARKED in claims_that_fail(copy_of(tmp_path, tamper, pages=None))


@pytest.mark.parametrize(
    "written", [[0, 4], [4, 3], [3, 99], "3-4", [3], [3, 4, 5], [3.0, 4], [True, 4], [None, 4], {}, [[3], 4], -1]
)
def test_a_receipt_with_something_else_than_a_range_is_not_read(tmp_path: Path, written: object) -> None:
    with pytest.raises(NotVerifiedError, match="receipt"):
        verify_copy(copy_of(tmp_path, raw_pages(written)))


@pytest.mark.parametrize("choices", [{"pages": [3, 99]}, {"earlier": [[[1, 2], "retraction", "", "", ""]] * 1001}])
def test_a_receipt_names_pages_of_the_file_and_not_too_many_markings(
    choices: dict[str, object], tmp_path: Path
) -> None:
    receipt = receipt_of(copy_of(tmp_path))
    with pytest.raises(ValueError, match="it names"):
        Receipt.from_json(replace(receipt, choices=choices).to_json())


def test_an_earlier_marking_cannot_be_left_out(tmp_path: Path) -> None:
    first = copy_of(tmp_path).read_bytes()
    assert not claims_that_fail(copy_of(tmp_path, pages="1-2", before=first))
    assert Claim.DESCRIBED in claims_that_fail(
        copy_of(tmp_path, receipt_with_choices(earlier=None), pages="1-2", before=first)
    )


def with_match(result: str) -> Callable[[ObjectDraft], None]:
    return forge.all_of(forge.receipt_with(match=result, match_reason=""))


def test_a_range_that_this_tool_would_have_refused_is_not_reproduced(tmp_path: Path) -> None:
    report = verify_and_reproduce(copy_of(tmp_path, with_match("match"), pages="4-5"))
    assert {Claim.ATTACHED, Claim.REPRODUCED} & {finding.claim for finding in report.failures}

"""A copy that is marked again has the prefix of its newest state: that of the earlier marking gives way to it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest

import watermark
from tests.helpers.build import build
from tests.helpers.pieces.archival import xmp_packet
from watermark.errors import NotVerifiedError
from watermark.models import Claim, Status
from watermark.notice import Notice, Reference, State, to_json
from watermark.pdf.xmp import DC, Packet
from watermark.stamping.plan import planner

TITLE = "A Study of Watermarks in Liver Cells"
CONCERN, PARTIAL, RETRACTION = State.EXPRESSION_OF_CONCERN, State.PARTIAL_RETRACTION, State.RETRACTION


@dataclass
class Chain:
    """An article that is marked again and again, each time with `options`."""

    folder: Path
    options: dict[str, Any]

    def marked(self, data: bytes, *states: State) -> Path:
        """Return the last copy, after each of them is verified and written again byte for byte."""
        copy = self.folder / "article.pdf"
        copy.write_bytes(data)
        for state in states:
            article, copy, notice = copy, self.folder / f"{state}.pdf", self.folder / f"{state}.json"
            notice.write_text(to_json(Notice(state=state, article=Reference(title=TITLE))), "utf-8")
            watermark.stamp(article, notice, copy, force_match="the title has a prefix", **self.options)
            report = watermark.verify(copy)
            assert (report.failures, report.status_of(Claim.REPRODUCED)) == ((), Status.OK)
        return copy


@pytest.fixture
def chain(tmp_path: Path) -> Chain:
    return Chain(tmp_path, {"at": datetime(2024, 5, 1, tzinfo=UTC), "overwrite": True})


def titles(copy: Path) -> tuple[str, dict[str, str]]:
    """Return the title in the document information, and those in XMP by language."""
    with pikepdf.open(copy) as document:
        packet = Packet.parse(document.Root.Metadata.read_bytes())
        return str(document.docinfo["/Title"]), dict(packet.alternatives(DC, "title"))


def test_a_retraction_after_a_concern_replaces_its_prefix_and_all_is_restored(chain: Chain, tmp_path: Path) -> None:
    copy = chain.marked(build(info={"/Title": TITLE}), CONCERN, RETRACTION)
    assert titles(copy) == (f"RETRACTED: {TITLE}", {"x-default": f"RETRACTED: {TITLE}"})
    for step, name in enumerate(["article", CONCERN]):
        watermark.restore(copy, tmp_path / "back.pdf", step=step, overwrite=True)
        assert (tmp_path / "back.pdf").read_bytes() == (tmp_path / f"{name}.pdf").read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("title", [f"EXPRESSION OF CONCERN: {TITLE}", f"Expression of concern: {TITLE}"])
def test_a_prefix_that_the_publisher_wrote_stays(chain: Chain, title: str) -> None:
    copy = chain.marked(build(info={"/Title": title}), CONCERN, RETRACTION)
    assert titles(copy) == (f"RETRACTED: {title}", {"x-default": f"RETRACTED: {title}"})


@pytest.mark.slow
def test_of_three_states_only_the_last_is_in_the_title(chain: Chain) -> None:
    copy = chain.marked(build(info={"/Title": TITLE}), CONCERN, PARTIAL, RETRACTION)
    assert titles(copy) == (f"RETRACTED: {TITLE}", {"x-default": f"RETRACTED: {TITLE}"})


@pytest.mark.slow
def test_a_title_that_began_with_the_new_prefix_has_it_once(chain: Chain) -> None:
    copy = chain.marked(build(info={"/Title": f"Retracted: {TITLE}"}), CONCERN, RETRACTION)
    assert titles(copy) == (f"Retracted: {TITLE}", {"x-default": f"Retracted: {TITLE}"})


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["utf-16-be", "utf-16-le", "utf-8"])
def test_each_language_and_each_encoding_has_the_newest_prefix_alone(chain: Chain, encoding: str) -> None:
    mark = {"utf-16-be": b"\xfe\xff", "utf-16-le": b"\xff\xfe", "utf-8": b"\xef\xbb\xbf"}[encoding]
    packet = xmp_packet("One").replace(
        b"</rdf:Alt>", b'<rdf:li xml:lang="fr">Deux</rdf:li><rdf:li xml:lang="de"/></rdf:Alt>'
    )
    copy = chain.marked(build(info={"/Title": mark + "Größe".encode(encoding)}, xmp=packet), CONCERN, RETRACTION)
    in_xmp = {"x-default": "RETRACTED: One", "fr": "RETRACTED: Deux", "de": ""}
    assert titles(copy) == ("RETRACTED: Größe", in_xmp)


@pytest.mark.slow
@pytest.mark.parametrize("title", [b"Gr\xf6\xdfe", b"\xef\xbb\xbfGr\xff", b"\xfe\xff\xd8\x00\x00A"])
def test_a_title_that_is_not_text_keeps_its_bytes_behind_the_newest_prefix(chain: Chain, title: bytes) -> None:
    copy = chain.marked(build(info={"/Title": title}), CONCERN, RETRACTION)
    with pikepdf.open(copy) as document:
        stored = bytes(document.trailer.Info.Title)
    assert "CONCERN" not in stored.replace(b"\0", b"").decode("latin-1")
    assert "RETRACTED: " in stored.replace(b"\0", b"").decode("latin-1")


@pytest.mark.slow
def test_a_title_with_elements_in_it_loses_only_the_earlier_prefix(chain: Chain) -> None:
    packet = xmp_packet("One").replace(b">One<", b">On <b xmlns='urn:x'>fat</b> mice<")
    copy = chain.marked(build(info={"/Title": TITLE}, xmp=packet), CONCERN, RETRACTION)
    with pikepdf.open(copy) as document:
        written = document.Root.Metadata.read_bytes()
    assert b">RETRACTED: On <" in written


@pytest.mark.slow
def test_a_prefix_of_a_profile_is_replaced_like_ours(chain: Chain, tmp_path: Path) -> None:
    profile = tmp_path / "house.toml"
    profile.write_text(
        '[title-prefix]\nexpression_of_concern = "BEDENKEN ÜBER:"\nretraction = "ZURÜCKGEZOGEN:"\n', "utf-8"
    )
    chain.options["profile"] = profile
    copy = chain.marked(build(info={"/Title": TITLE}), CONCERN, RETRACTION)
    assert titles(copy) == (f"ZURÜCKGEZOGEN: {TITLE}", {"x-default": f"ZURÜCKGEZOGEN: {TITLE}"})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("linearize", "title"), [(False, f"RETRACTED: {TITLE}"), (True, f"RETRACTED: EXPRESSION OF CONCERN: {TITLE}")]
)
def test_in_a_rewritten_copy_the_prefix_is_replaced_unless_it_is_not_known_whose_it_is(
    chain: Chain, *, linearize: bool, title: str
) -> None:
    data = build(info={"/Title": TITLE})
    first = {"rebuild": True, "linearize": linearize}
    concern = Chain(chain.folder, chain.options | first).marked(data[: data.rindex(b"startxref")], CONCERN)
    copy = chain.marked(concern.read_bytes(), RETRACTION)
    assert titles(copy) == (title, {"x-default": title})


@pytest.mark.slow
def test_a_copy_that_kept_both_prefixes_is_still_verified(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planner, "_replaced_prefix", lambda *_: "")  # as before prefixes were replaced
    copy = chain.marked(build(info={"/Title": TITLE}), CONCERN, RETRACTION)
    assert titles(copy)[0] == f"RETRACTED: EXPRESSION OF CONCERN: {TITLE}"


@pytest.mark.slow
def test_a_prefix_of_the_publisher_that_was_taken_off_is_not_verified(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planner, "_replaced_prefix", lambda _, info: "EXPRESSION OF CONCERN: " if info.receipt else "")
    chain.marked(build(info={"/Title": TITLE}), CONCERN, RETRACTION)  # this one the first marking wrote
    with pytest.raises(NotVerifiedError, match="replaced prefix"):
        chain.marked(build(info={"/Title": f"EXPRESSION OF CONCERN: {TITLE}"}), CONCERN, RETRACTION)

"""What a level is read from, and what it allows: output intents for print and for archives are distinguished."""

from pathlib import Path
from typing import Any

import pytest

from tests.helpers.archival_copies import stamped
from tests.helpers.build import build
from tests.helpers.pieces.archival import default_info, xmp_packet
from watermark.article import Article, inspect_article
from watermark.errors import Reason
from watermark.models import Outcome, Result

IN_XMP = (
    '<rdf:Description rdf:about="" xmlns:x="http://www.npes.org/pdfx/ns/id/"><x:GTS_PDFXVersion>PDF/X-4'
    "</x:GTS_PDFXVersion></rdf:Description>"
)
IN_INFO = {**default_info("An article"), "/GTS_PDFXVersion": "PDF/X-3:2003"}


def mark_of(outcome: Outcome) -> tuple[str, str]:
    assert outcome.result is Result.MARKED, outcome.reason
    (decision,) = (found for found in outcome.decisions if found.name == "mark")
    return decision.value, decision.reason


@pytest.mark.parametrize(
    ("peculiarities", "version"),
    [
        ({"info": IN_INFO}, "PDF/X-3:2003"),
        ({"xmp": xmp_packet("An article", extra=IN_XMP)}, "PDF/X-4"),
        ({"xmp": xmp_packet("An article", extra=IN_XMP), "info": IN_INFO}, "PDF/X-4"),
    ],
)
def test_a_print_file_is_marked_without_transparency(
    peculiarities: dict[str, Any], version: str, tmp_path: Path
) -> None:
    outcome = stamped(tmp_path, build(**peculiarities))
    value, reason = mark_of(outcome)
    assert value == "outlined letters"
    assert f"it claims {version}: " in reason
    assert outcome.receipt is not None
    assert outcome.receipt.opacity == 1.0


def test_a_file_that_is_not_for_print_is_marked_with_transparency(tmp_path: Path) -> None:
    assert mark_of(stamped(tmp_path, build())) == (
        "translucent letters",
        "transparency is allowed: the file does not claim PDF/A-1",
    )


@pytest.mark.parametrize(
    ("old", "new", "blends"),
    [
        (b"", b"", True),
        (b"/S /GTS_PDFA1", b"/S /GTS_PDFX ", False),
        (b"/DestOutputProfile", b"/UnknownButNoProfile"[:18], False),
    ],
)
def test_only_the_output_intent_of_an_archive_lets_pages_blend(
    old: bytes, new: bytes, *, blends: bool, tmp_path: Path
) -> None:
    path = tmp_path / "article.pdf"
    data = build(pdfa="2b")
    assert old in data
    path.write_bytes(data.replace(old, new))
    with Article.opened(path) as article:
        assert inspect_article(article).blending == (blends,)


def test_a_broken_profile_lets_no_page_blend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.helpers.pieces.archival.icc_profile", lambda: b"no profile" * 20)
    path = tmp_path / "article.pdf"
    path.write_bytes(build(pdfa="2b"))
    with Article.opened(path) as article:
        assert inspect_article(article).blending == (False,)


@pytest.mark.parametrize("level", ["2b", "3b", "4"])
def test_a_signed_archival_file_is_refused_even_when_signatures_are_given_up(level: str, tmp_path: Path) -> None:
    packet = xmp_packet("An article", pdfa=f"{level}b"[:2])
    outcome = stamped(tmp_path, build(signed=True, xmp=packet), allow_signed=True)
    assert outcome.result is Result.REFUSED
    assert outcome.reason.startswith(f"{Reason.NOT_KEPT_ARCHIVABLE.sentence}: PDF/A-{level[0]}")
    assert outcome.report is None


def test_a_signed_file_that_claims_nothing_is_marked_when_signatures_are_given_up(tmp_path: Path) -> None:
    assert stamped(tmp_path, build(signed=True), allow_signed=True).result is Result.MARKED

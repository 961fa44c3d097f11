"""A file that claims nothing is surveyed: what is reported is what it contains."""

from pathlib import Path
from typing import Any

import pytest

from tests.helpers.archival_copies import stamped
from tests.helpers.build import build
from tests.helpers.pieces.archival import xmp_packet
from watermark.models import Claim, Result
from watermark.pdf.serialization import Name
from watermark.verification.pypdf_document import PypdfDocument

ACTION = {"/S": Name("/JavaScript"), "/JS": "app.alert(1)"}
LAUNCH = {"/Type": Name("/Annot"), "/Subtype": Name("/Link"), "/Rect": [0, 0, 9, 9], "/A": {"/S": Name("/Launch")}}


def said_of(folder: Path, original: bytes) -> str:
    outcome = stamped(folder, original)
    assert outcome.result is Result.MARKED, outcome.reason
    assert outcome.report is not None
    (finding,) = (found for found in outcome.report.findings if found.claim is Claim.ARCHIVABLE)
    return finding.message


@pytest.mark.parametrize(
    ("peculiarities", "said"),
    [
        ({}, "1 of 1 fonts not embedded"),
        ({"pages": 3, "resources": "shared"}, "3 of 3 fonts not embedded"),
        ({}, "no XMP, no output intent, no tags"),
        ({"encryption": {"owner": "o", "user": "", "R": 6}}, "it is encrypted"),
        ({"catalog": {"/OpenAction": ACTION}}, "JavaScript"),
        ({"catalog": {"/AA": {"/WC": ACTION}}}, "actions at events"),
        ({"page_entries": {"/Annots": [LAUNCH]}}, "an action that starts programs"),
        ({"page_entries": {"/Group": {"/S": Name("/Transparency")}}}, "transparency"),
        ({"page_entries": {"/Group": 7}, "catalog": {"/Names": 7, "/OutputIntents": 7}}, "no XMP"),
    ],
)
def test_what_is_in_the_way_of_a_level_is_named(peculiarities: dict[str, Any], said: str, tmp_path: Path) -> None:
    message = said_of(tmp_path, build(**peculiarities))
    assert message.startswith(
        "the original claims no archival level, so none can be lost; a quick look for PDF/A found: "
    )
    assert said in message


def test_what_is_well_is_not_named(tmp_path: Path) -> None:
    message = said_of(tmp_path, build(pdfa="2b", tagged=True, xmp=xmp_packet("An article")))
    assert message.endswith("; a quick look for PDF/A found: nothing against it")


def test_a_file_that_breaks_the_survey_is_marked_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: PypdfDocument) -> None:
        raise RecursionError

    monkeypatch.setattr("watermark.verification.conformance._of_document", broken)
    assert said_of(tmp_path, build()).endswith("; a quick look for PDF/A was not possible (RecursionError)")


@pytest.mark.parametrize(
    ("bound", "said"),
    [("MAX_PAGES", "1 of 1 fonts"), ("MAX_FONTS", "1 of 1 fonts"), ("MAX_ANNOTATIONS", "no tags, 3")],
)
def test_the_survey_has_bounds(bound: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"watermark.verification.conformance.{bound}", int("PAGES" in bound or "FONTS" in bound))
    assert said in said_of(tmp_path, build(pages=3, page_entries={"/Annots": [LAUNCH]}))

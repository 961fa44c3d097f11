"""A font that is given draws the word and the line, and the proof compares them with just that font."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.build import build
from tests.stamping.reproduction.test_reproduction import FILE, MARKED_AT, marked
from watermark.models import Claim, Result, Status
from watermark.pdf.fonts.face import LETTERS, own_face
from watermark.stamping.mark import outlines
from watermark.stamping.pipeline import stamp_outcome
from watermark.stamping.plan import StampRequest
from watermark.stamping.reproduction import Given, verify_and_reproduce
from watermark.verification.verifier import verify_copy

pytestmark = pytest.mark.slow
FONT = Path(str(files("font_source_sans_pro") / "files" / "SourceSansPro-It.ttf"))
OTHER = FONT.with_name("SourceSansPro-BoldIt.ttf")


@pytest.mark.parametrize("options", [{}, {"rebuild": True, "linearize": True}], ids=["appended", "linearized"])
def test_a_copy_in_a_given_font_verifies_with_that_font(tmp_path: Path, options: dict[str, Any]) -> None:
    copy = marked(tmp_path, font=FONT, **options)
    report = verify_and_reproduce(copy, given=Given(font=FONT))
    assert {report.status_of(claim) for claim in (Claim.MARKED, Claim.VISIBLE, Claim.REPRODUCED)} == {Status.OK}
    assert options or b"Given-SourceSansPro-It" in copy.read_bytes()


@pytest.mark.parametrize("font", [None, OTHER, FONT.with_name("absent.ttf")], ids=["none", "another", "absent"])
def test_without_that_font_the_letters_are_not_checked(tmp_path: Path, font: Path | None) -> None:
    report = verify_copy(marked(tmp_path, font=FONT), font=font)
    assert (report.status_of(Claim.MARKED), report.failures) == (Status.NOT_CHECKED, ())


def test_a_font_that_the_copy_does_not_name_is_not_used_to_verify_it(tmp_path: Path) -> None:
    assert verify_copy(marked(tmp_path), font=FONT).status_of(Claim.MARKED) is Status.OK


@pytest.fixture
def drawn_in_the_built_in_font(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the word be drawn in the built-in font, whatever font is given."""
    outlines.letters.cache_clear()
    monkeypatch.setattr(outlines, "face_for", lambda *_, **__: own_face(LETTERS))
    yield
    outlines.letters.cache_clear()


@pytest.mark.usefixtures("drawn_in_the_built_in_font")
def test_letters_of_the_built_in_font_are_not_those_of_the_given_one(tmp_path: Path) -> None:
    article = tmp_path / "article.pdf"
    article.write_bytes(build(text="An article"))
    request = StampRequest(article=article, notice=FILE, marked_at=MARKED_AT, match_override_reason="a test", font=FONT)
    outcome = stamp_outcome(request, tmp_path / "copy.pdf")
    assert outcome.result is Result.NOT_VERIFIED
    assert outcome.report is not None
    assert any("the mark is not “Retracted”" in finding.message for finding in outcome.report.failures)
    assert not (tmp_path / "copy.pdf").exists()

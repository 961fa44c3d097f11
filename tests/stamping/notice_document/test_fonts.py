"""Fonts of the typeset notice: what they lack is said, and every common kind can be given."""

import importlib.resources
import io
from dataclasses import replace
from pathlib import Path

import page as page_validation
import pypdf
import pytest
from fontTools.ttLib import TTFont

from tests.stamping.notice_document.notices import CASES, FACTS, FULL, MARKED_AT
from watermark.errors import UsageError
from watermark.stamping.notice_document import notice_document
from watermark.stamping.notice_document.fonts import faces_for

FONTS = Path(str(importlib.resources.files("font_source_sans_pro") / "files"))


def with_title(title: str, font: Path | None = None) -> bytes:
    notice = replace(FULL, article=replace(FULL.article, title=title))
    return notice_document(notice, facts=FACTS, marked_at=MARKED_AT, font=font)


def test_a_character_that_the_font_lacks_is_named_with_the_way_on() -> None:
    with pytest.raises(UsageError) as caught:
        with_title("撤稿")
    assert "撤 (U+64A4), 稿 (U+7A3F)" in caught.value.reason
    assert "--font" in caught.value.remedy


def test_letters_that_join_or_run_from_right_to_left_are_refused_rather_than_set_wrong() -> None:
    with pytest.raises(UsageError, match="join or turn"):
        with_title("מאמר")


@pytest.mark.parametrize("name", ["SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.otf"])
def test_a_font_of_the_users_own_is_used_for_everything(name: str) -> None:
    data = notice_document(CASES["other scripts"], facts=FACTS, marked_at=MARKED_AT, font=FONTS / name)
    for profile in ("2b", "ua1"):
        assert not page_validation.validate_pdf_bytes(data, profile=profile).failures
    fonts = pypdf.PdfReader(io.BytesIO(data)).pages[0]["/Resources"]["/Font"]
    assert fonts.raw_get("/NoticeRegular") == fonts.raw_get("/NoticeBold")


def test_a_font_whose_licence_forbids_it_is_not_embedded(tmp_path: Path) -> None:
    font = TTFont(FONTS / "SourceSansPro-Regular.ttf")
    font["OS/2"].fsType = 2
    font.save(tmp_path / "mine.ttf")
    with pytest.raises(UsageError, match="licence"):
        with_title("A title", tmp_path / "mine.ttf")


@pytest.mark.parametrize("data", [b"", b"no font", b"\x00\x01\x00\x00" + bytes(200), b"OTTO" + b"\xff" * 300])
def test_a_damaged_font_is_said_to_be_unusable(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "bad.ttf").write_bytes(data)
    with pytest.raises(UsageError, match="cannot be used"):
        with_title("A title", tmp_path / "bad.ttf")


def test_a_font_cut_short_is_said_to_be_unusable(tmp_path: Path) -> None:
    whole = (FONTS / "SourceSansPro-Regular.ttf").read_bytes()
    (tmp_path / "short.ttf").write_bytes(whole[: len(whole) // 3])
    with pytest.raises(UsageError, match="cannot be used"):
        with_title("A title", tmp_path / "short.ttf")


def test_a_font_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        with_title("A title", tmp_path / "absent.ttf")


def test_a_font_of_any_size_takes_bounded_memory(tmp_path: Path) -> None:
    with (tmp_path / "large.ttf").open("wb") as file:
        file.truncate(64 * 1024 * 1024 + 1)
    with pytest.raises(UsageError, match="larger than 64 MB"):
        with_title("A title", tmp_path / "large.ttf")


def test_a_face_measures_and_names_the_same_each_time() -> None:
    first, second = (faces_for("Retracted é", "R", None) for _ in range(2))
    assert first == second
    assert first.regular.width("RR") == pytest.approx(2 * first.regular.width("R"))
    assert first.regular.name[6] == "+"

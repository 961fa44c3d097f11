"""Fonts of the typeset notice: missing characters are reported, and every common kind of font can be used."""

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

FONTS = Path(str(importlib.resources.files("font_source_sans_pro") / "files"))


def with_title(title: str, font: Path | None = None) -> bytes:
    notice = replace(FULL, article=replace(FULL.article, title=title))
    return notice_document(notice, facts=FACTS, marked_at=MARKED_AT, font=font)


def test_a_character_that_the_font_lacks_is_named_with_what_to_do() -> None:
    with pytest.raises(UsageError) as caught:
        with_title("撤稿")
    assert "“撤” (U+64A4), “稿” (U+7A3F)" in caught.value.reason
    assert caught.value.code == caught.value.argument == "font"


@pytest.mark.parametrize("name", ["SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.otf"])
def test_a_font_of_the_users_own_is_used_for_everything(name: str) -> None:
    data = notice_document(CASES["other scripts"], facts=FACTS, marked_at=MARKED_AT, font=FONTS / name)
    for profile in ("2b", "ua1"):
        assert not page_validation.validate_pdf_bytes(data, profile=profile).failures
    fonts = pypdf.PdfReader(io.BytesIO(data)).pages[0]["/Resources"]["/Font"]
    assert len(fonts) == 1


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
    with pytest.raises(UsageError, match="the font does not exist"):
        with_title("A title", tmp_path / "absent.ttf")


def test_a_font_of_any_size_takes_bounded_memory(tmp_path: Path) -> None:
    with (tmp_path / "large.ttf").open("wb") as file:
        file.truncate(64 * 1024 * 1024 + 1)
    with pytest.raises(UsageError, match="larger than 64 MB"):
        with_title("A title", tmp_path / "large.ttf")

"""`watermark preview`: a picture of a page as it will be, and nothing else on the disk."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.helpers.build import build
from watermark.cli import main

DOI = "10.5555/article"
NOTICE = f"""state: retraction
title: "Retraction: A study of cells"
doi: 10.5555/notice
article:
  title: A study of cells
  doi: {DOI}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "article.pdf").write_bytes(build(pages=3, info={"/Title": "A study of cells", "/doi": DOI}))
    (tmp_path / "notice.yaml").write_text(NOTICE)
    return tmp_path


@pytest.fixture
def command(folder: Path) -> Callable[..., int]:
    def run(*arguments: object, name: str = "preview") -> int:
        with pytest.raises(SystemExit) as ended:
            main([name, f"{folder}/article.pdf", "--notice", f"{folder}/notice.yaml", *map(str, arguments)])
        return int(ended.value.code or 0)

    return run


def size_of(path: Path) -> tuple[int, int]:
    with Image.open(path) as image:
        return image.size


def redness(path: Path, half: slice = slice(None)) -> float:
    with Image.open(path) as image:
        pixels = np.asarray(image.convert("RGB"), dtype=np.int16)[:, half]
    return float((pixels[..., 0] - pixels[..., 1]).clip(0).mean())


def test_the_picture_shows_the_mark_and_nothing_else_is_written(folder: Path, command: Callable[..., int]) -> None:
    assert command("-o", folder / "page.png", "--page", 2) == 0
    assert size_of(folder / "page.png") == (850, 1100)  # Letter at 100 dots an inch
    assert redness(folder / "page.png") > 1
    assert sorted(path.name for path in folder.iterdir()) == ["article.pdf", "notice.yaml", "page.png"]


def test_the_picture_is_what_the_copy_will_be(folder: Path, command: Callable[..., int]) -> None:
    time = ("--at", "2026-01-02", "--colour", "#0000ff")
    assert command("-o", folder / "before.png", "--page", 2, *time) == 0
    assert command("-o", folder / "article.pdf.copy.pdf", "-q", *time, name="stamp") == 0
    (folder / "article.pdf.copy.pdf").replace(folder / "article.pdf")
    assert command("-o", folder / "after.png", "--page", 2) == 0  # marked already: drawn as it is
    assert (folder / "before.png").read_bytes() == (folder / "after.png").read_bytes()


@pytest.mark.parametrize("notice_page", ["none", "front", "back"])
def test_the_page_before_is_on_the_left(folder: Path, command: Callable[..., int], notice_page: str) -> None:
    picture = folder / "page.png"
    assert command("-o", picture, "--before", "--page", 2, "--notice-page", notice_page, "--dpi", 50) == 0
    width, _ = size_of(picture)
    assert redness(picture, slice(0, width // 2)) < 0.1
    assert redness(picture, slice(width // 2, width)) > 1


@pytest.mark.parametrize(
    ("options", "status", "words"),
    [
        ("--page 4", 2, "no page 4"),
        ("--page 1 --notice-page front --before", 2, "which the article does not have"),
        ("--page 0", 2, "--page"),
        ("--doi 10.5555/another", 3, "not the article"),
    ],
)
def test_what_cannot_be_shown_says_why_and_leaves_nothing(
    command: Callable[..., int], capsys: pytest.CaptureFixture[str], options: str, status: int, words: str
) -> None:
    assert command(*options.split()) == status
    assert words in capsys.readouterr().err


def test_nothing_is_left_by_a_refusal(folder: Path, command: Callable[..., int]) -> None:
    assert command("--doi", "10.5555/another") == 3
    assert sorted(path.name for path in folder.iterdir()) == ["article.pdf", "notice.yaml"]


def test_a_picture_is_replaced_only_when_asked(folder: Path, command: Callable[..., int]) -> None:
    picture = folder / "article.preview.png"
    picture.write_text("mine")
    assert command() == 2
    assert picture.read_text() == "mine"
    assert command("--overwrite") == 0
    assert redness(picture) > 1


def test_a_huge_page_is_drawn_smaller(folder: Path, command: Callable[..., int]) -> None:
    (folder / "article.pdf").write_bytes(
        build(media_box=(0, 0, 14400, 14400), info={"/Title": "A study of cells", "/doi": DOI})
    )
    assert command("-o", folder / "page.png", "--dpi", 600) == 0
    assert np.prod(size_of(folder / "page.png")) <= 41_000_000


@pytest.mark.parametrize("option", ["--certificate", "--report=r.html", "--letter=l.txt"])
def test_an_option_that_a_preview_would_ignore_is_not_accepted(command: Callable[..., int], option: str) -> None:
    assert command(option) == 2

"""A drawing in which a mark is only a part is read by a helper as it is here, and here where the helper does not."""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import pikepdf
import pytest

from watermark.article.marks import graphics
from watermark.article.marks.detector import _found_on
from watermark.article.marks.graphics import Candidate, marks_drawn, word_in_parts
from watermark.article.marks.pdfium_page import PdfiumFile

WORD = b"BT /F 40 Tf 150 600 Td (RETRACTED) Tj ET"
PICTURE = b"60 100 480 300 re f 90 420 30 60 re f"


def article(folder: Path, drawing: bytes) -> Path:
    """Write two pages with the same drawing, a form."""
    path = folder / "article.pdf"
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        form = pdf.make_stream(
            drawing, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 612, 792],
            Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font)),
        )  # fmt: skip
        for _ in range(2):
            page = pdf.add_blank_page(page_size=(612, 792)).obj
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
            page.Contents = pdf.make_stream(b"/X Do")
        pdf.save(path)
    return path


def words_on(path: Path, ask: Callable[[Candidate], "Future[str | None]"] | None) -> list[str]:
    with PdfiumFile.at(path) as opened:
        found = marks_drawn(opened, _found_on(opened, (1, 2), None).drawn, ask)
    return [mark.words for mark, _ in found.values()]


def done(result: str | None, error: Exception | None = None) -> "Future[str | None]":
    future = Future[str | None]()
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(result)
    return future


def test_what_a_helper_reads_in_the_parts_is_not_read_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = article(tmp_path, WORD + PICTURE)
    assert words_on(path, None) == ["RETRACTED"] * 2
    monkeypatch.setattr(graphics, "_word_in_parts", lambda *_: pytest.fail("it was read again"))
    assert words_on(path, lambda _: done("WITHDRAWN")) == ["WITHDRAWN"] * 2
    assert words_on(path, lambda _: done("")) == []


@pytest.mark.parametrize("answer", [lambda: done(None), lambda: done("", OSError("it crashed")), Future])
def test_what_a_helper_does_not_read_is_read_here(tmp_path: Path, answer: Callable[[], "Future[str | None]"]) -> None:
    assert words_on(article(tmp_path, WORD + PICTURE), lambda _: answer()) == ["RETRACTED"] * 2


def test_a_helper_reads_the_same(tmp_path: Path) -> None:
    for drawing, word in ((WORD + PICTURE, "RETRACTED"), (PICTURE, "")):
        path, asked = article(tmp_path, drawing), list[Candidate]()
        words_on(path, lambda one, asked=asked: [asked.append(one), Future()][1])  # type: ignore[misc]
        assert [word_in_parts((path, "", one)) for one in asked] == [word]
    path.unlink()
    assert word_in_parts((path, "", asked[0])) is None


def test_the_whole_of_a_drawing_comes_first(tmp_path: Path) -> None:
    assert words_on(article(tmp_path, WORD), lambda _: done("WITHDRAWN")) == ["RETRACTED"] * 2

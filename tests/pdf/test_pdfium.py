"""One package calls PDFium, and what it gives is what PDFium gives."""

import ast
import io
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest

import watermark
from tests.helpers.build import build
from watermark.pdf.pdfium.document import PdfiumDocument, PdfiumError, needs_password
from watermark.pdf.pdfium.objects import ObjectKind

PACKAGE = Path(watermark.__file__).parent
ADAPTER = PACKAGE / "pdf" / "pdfium"


def imports(path: Path) -> set[str]:
    """Return the modules that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return {name.partition(".")[0] for name in found}


def test_no_module_but_the_adapter_imports_pypdfium2() -> None:
    importers = {path for path in PACKAGE.rglob("*.py") if "pypdfium2" in imports(path)}
    assert importers
    assert [path for path in importers if path.parent != ADAPTER] == []


def test_a_page_is_drawn_and_read_as_pdfium_does() -> None:
    data = build(pages=1)
    theirs = pypdfium2.PdfDocument(data)
    picture = theirs[0].render(scale=2).to_pil().convert("RGB")
    with PdfiumDocument(data) as document, document.page(1) as page:
        assert np.array_equal(page.draw(2), np.asarray(picture))
        assert page.text.whole() == theirs[0].get_textpage().get_text_range() != ""
        assert page.text.characters(3) == page.text.whole()[:3]
        assert "".join(chr(code) for code in page.text.codes(3)) == page.text.whole()[:3]
        assert ObjectKind.TEXT in {one.kind for one in page.objects()}
    theirs.close()


def test_a_hidden_object_is_left_out_of_the_next_drawing() -> None:
    with PdfiumDocument(build(pages=1)) as document, document.page(1) as page:
        assert page.draw(1).min() < 255
        for one in page.objects():
            one.hide()
        assert page.draw(1).min() == 255


@pytest.mark.parametrize("page_number", [0, 2])
def test_a_page_that_does_not_exist_is_an_error_of_pdfium(page_number: int) -> None:
    with PdfiumDocument(build(pages=1)) as document, pytest.raises(PdfiumError):
        document.page(page_number)


def test_the_error_of_a_document_that_cannot_be_opened_says_whether_a_password_is_missing() -> None:
    with pytest.raises(PdfiumError) as damaged:
        PdfiumDocument(b"%PDF-1.4")
    assert not needs_password(damaged.value)
    encrypted = build(pages=1, encryption={"owner": "owner", "user": "user", "R": 6})
    with pytest.raises(PdfiumError) as locked:
        PdfiumDocument(encrypted, "wrong")
    assert needs_password(locked.value)


@pytest.mark.parametrize("title", ["", "Introduction", "\u7d50\u8ad6 \U0001f4dc", "word " * 400])
def test_a_title_of_the_outline_is_read_whole_whatever_its_length(title: str) -> None:
    with pikepdf.new() as pdf, io.BytesIO() as data:
        pdf.add_blank_page()
        with pdf.open_outline() as outline:
            outline.root += [pikepdf.OutlineItem(title, 0), pikepdf.OutlineItem("The last", 0)]
        pdf.save(data)
        with PdfiumDocument(data.getvalue()) as document:
            assert document.outline_titles(5) == [title, "The last"]

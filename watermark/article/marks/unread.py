"""Watermarks whose words cannot be read: what is tagged as one may say that the article is retracted."""

from collections.abc import Collection, Iterator
from pathlib import Path

import pikepdf

from watermark.article.document import document_at
from watermark.article.marks.annotations import AnnotationMark
from watermark.article.marks.graphics import Candidate
from watermark.article.marks.pdfium_page import PdfiumFile
from watermark.article.marks.render_objects import ink_of, ink_of_annotation
from watermark.article.marks.template_matching import is_legible
from watermark.errors import WatermarkError
from watermark.pdf.pdfium.objects import AnnotationKind, ObjectKind
from watermark.pdf.typed_values import dictionary_of
from watermark.runtime.expressions import expression

MAX_PAGES = 20
_WATERMARK = expression(rb"/Watermark\b")


def pages_with_unread_watermarks(
    opened: PdfiumFile,
    password: str,
    drawn: Collection[Candidate],
    noted: Collection[AnnotationMark],
    read: Collection[int],
) -> tuple[int, ...]:
    """Return the pages with a watermark annotation, or a drawing tagged as a watermark, whose words are not known.

    `read` are the pages with a mark that was read. At most 20 pages are looked at. A drawing whose letters can be read
    has other words than those of a mark.
    """
    notes = [one for one in noted if one.kind == AnnotationKind.WATERMARK and not one.words][:MAX_PAGES]
    found = {one.page_number for one in notes if not _is_legible(opened, one)} - {*read}
    shapes = [one for one in drawn if one.is_artifact and not one.is_small and one.page_number not in {*read, *found}]
    shapes = shapes[:MAX_PAGES]
    unread = {one.page_number for one in shapes if not _has_text(opened, one) and not _is_legible(opened, one)}
    if unread:
        found.update(_tagged_as_watermark(opened.path, password, sorted(unread)))
    return tuple(sorted(found))


def _is_legible(opened: PdfiumFile, one: Candidate | AnnotationMark) -> bool:
    """Whether a drawing is letters that can be read: they are then other words than those of a mark."""
    with opened.page(one.page_number) as page:
        if isinstance(one, AnnotationMark):
            return is_legible(ink_of_annotation(page, one.number, one.box))
        return is_legible(ink_of(page, one.indexes, one.box))


def _has_text(opened: PdfiumFile, one: Candidate) -> bool:
    """Whether a drawing has text in it, which is read with the text of the page."""
    with opened.page(one.page_number) as page:
        objects = (page.page.object(place) for place in one.indexes)
        return any(ObjectKind.TEXT in drawn.form_object_kinds for drawn in objects)


def _tagged_as_watermark(path: Path, password: str, page_numbers: Collection[int]) -> Iterator[int]:
    try:
        with document_at(path, password) as document:
            for number in page_numbers:
                if _names_a_watermark(document.pages[number - 1]):
                    yield number
    except (WatermarkError, pikepdf.PikepdfError, IndexError):
        return  # PDFium opens files that qpdf cannot: their tags are not known


def _names_a_watermark(page: pikepdf.Page) -> bool:
    """Whether the content of a page, or a property list of it, names a watermark (ISO 32000-2 14.8.2.2.2)."""
    contents = page.obj.get("/Contents")
    members = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    if any(_WATERMARK.search(one.read_bytes()) for one in members if isinstance(one, pikepdf.Stream)):
        return True
    properties = dictionary_of(page.obj.get("/Resources", pikepdf.Dictionary()).get("/Properties"))
    return any(dictionary_of(one).get("/Subtype") == "/Watermark" for one in properties.values())

"""Marks that are annotations: a watermark, a stamp or free text, by what it says or by what it looks like."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from watermark.article.marks.model import MarkMedium, PageMark
from watermark.article.marks.pdfium_page import Box, PdfiumFile, PdfiumPage
from watermark.article.marks.phrases import is_line_of_a_mark, stands_alone
from watermark.pdf.pdfium.objects import AnnotationFlag, AnnotationKind

UNSEEN = AnnotationFlag.INVISIBLE | AnnotationFlag.HIDDEN | AnnotationFlag.NO_VIEW
MAX_ON_A_PAGE = 500
MAX_READ = 4
LARGE = 0.3
"""What says nothing in words is looked at from this share of the page's shorter side on."""


class AnnotationMark(NamedTuple):
    """An annotation that may be a mark: its number on the page, and what it says in words, or ""."""

    page_number: int
    number: int
    kind: int
    position: tuple[int, ...]
    box: Box
    words: str


def find_annotation_marks(page: PdfiumPage) -> Iterator[AnnotationMark]:
    """Yield the annotations of a page that may be a mark, unless they cannot be seen."""
    for number in range(min(page.page.annotation_count, MAX_ON_A_PAGE)):
        annotation = page.page.annotation(number)
        if annotation is None:
            continue
        kind = annotation.kind
        if kind in frozenset(AnnotationKind) and not annotation.flags & UNSEEN:
            values = (annotation.value(key) for key in (b"Contents", b"Subj", b"NM", b"Name"))
            words = next((text for text in values if stands_alone(text) or is_line_of_a_mark(text)), "")
            box = page.boxed(*annotation.rectangle)
            if words or max(box.width, box.height) >= LARGE * min(page.width, page.height):
                yield AnnotationMark(page.number, number, kind, page.position_of(box), box, words)
        annotation.close()


def marks_noted(opened: PdfiumFile, found: list[AnnotationMark]) -> dict[int, tuple[PageMark, AnnotationMark]]:
    """Return the marks by page number; what says nothing is read by its shape, once for all pages that have it."""
    alike: dict[tuple[object, ...], list[AnnotationMark]] = defaultdict(list)
    for one in found:
        alike[one.kind, one.position, one.words].append(one)
    marks: dict[int, tuple[PageMark, AnnotationMark]] = {}
    read = 0
    for group in sorted(alike.values(), key=len, reverse=True):
        words = group[0].words
        if not words and read < MAX_READ:
            words, read = _word_of(opened, group[0]), read + 1
        for one in group if words else ():
            mark = PageMark(page_number=one.page_number, means=MarkMedium.ANNOTATION, words=words)
            marks.setdefault(one.page_number, (mark, one))
    return marks


def _word_of(opened: PdfiumFile, one: AnnotationMark) -> str:
    from watermark.article.marks.render_objects import ink_of_annotation  # noqa: PLC0415 - most files have nothing to be read
    from watermark.article.marks.template_matching import recognise_word  # noqa: PLC0415

    with opened.page(one.page_number) as page:
        read = recognise_word(ink_of_annotation(page, one.number, one.box))
    return read.word if read else ""

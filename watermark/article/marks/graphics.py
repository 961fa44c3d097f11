"""Marks that are drawn: a form or an image on several pages, over the text, or as an artifact.

Candidates are found by size and position, at low cost; the word in each is then recognised by its shape, once for all
pages that have the same drawing at the same position. A logo, a scan or “Accepted manuscript” is not a mark.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from watermark.article.marks.model import MarkMedium, PageMark
from watermark.article.marks.pdfium_page import Box, PageObject, PdfiumFile, PdfiumPage
from watermark.pdf.pdfium.objects import ObjectKind

LARGE = 0.3
THINNEST = 0.01
COVERED_TEXTS = 5
MAX_OBJECTS = 5000
MAX_READ = 8
"""Different drawings read in one file: artifacts first, then those on the most pages."""
KINDS: dict[int, MarkMedium] = {ObjectKind.FORM: MarkMedium.FORM, ObjectKind.IMAGE: MarkMedium.IMAGE}


class Key(NamedTuple):
    """What identifies a drawing on several pages: its kind, the size of its content, and its position."""

    means: MarkMedium
    detail: int
    position: tuple[int, ...]


class Candidate(NamedTuple):
    """A possible mark on one page: its objects in the order of drawing, and why it is a candidate."""

    key: Key
    page_number: int
    indexes: tuple[int, ...]
    box: Box
    is_artifact: bool
    covers_text: bool = False


def candidates(page: PdfiumPage) -> Iterator[Candidate]:
    """Yield the possible marks on a page."""
    loose = list[PageObject]()
    for one in page.drawn():
        if one.kind in KINDS and _is_large(page, one.box):
            key = Key(KINDS[one.kind], one.detail, page.position_of(one.box))
            yield Candidate(key, page.number, (one.number,), one.box, one.is_artifact, _covers_text(page, one))
        elif one.is_artifact and one.kind == ObjectKind.PATH:
            loose.append(one)
    if loose:
        box = Box(
            min(one.box.left for one in loose),
            min(one.box.top for one in loose),
            max(one.box.right for one in loose),
            max(one.box.bottom for one in loose),
        )
        if _is_large(page, box):
            key = Key(MarkMedium.FORM, len(loose), page.position_of(box))
            yield Candidate(key, page.number, tuple(one.number for one in loose), box, is_artifact=True)


def marks_drawn(opened: PdfiumFile, found: list[Candidate]) -> dict[int, tuple[PageMark, Candidate]]:
    """Return the marks by page number, each with the objects that draw it."""
    alike: dict[Key, list[Candidate]] = defaultdict(list)
    for one in found:
        alike[one.key].append(one)
    worth = [
        group for group in alike.values() if len(group) > 1 or any(one.is_artifact or one.covers_text for one in group)
    ]
    worth.sort(key=lambda group: (not any(one.is_artifact for one in group), -len(group)))
    marks: dict[int, tuple[PageMark, Candidate]] = {}
    for group in worth[:MAX_READ]:
        word = _word_of(opened, group[0])
        for one in group if word else ():
            mark = PageMark(page_number=one.page_number, means=one.key.means, words=word)
            marks.setdefault(one.page_number, (mark, one))
    return marks


def _word_of(opened: PdfiumFile, one: Candidate) -> str:
    from watermark.article.marks.render_objects import ink_of  # noqa: PLC0415 - most files have nothing to be read
    from watermark.article.marks.template_matching import recognise_word  # noqa: PLC0415

    with opened.page(one.page_number) as page:
        read = recognise_word(ink_of(page, one.indexes, one.box))
    return read.word if read else ""


def _is_large(page: PdfiumPage, box: Box) -> bool:
    shortest = min(page.width, page.height)
    return max(box.width, box.height) >= LARGE * shortest and min(box.width, box.height) >= THINNEST * shortest


def _covers_text(page: PdfiumPage, one: PageObject) -> bool:
    """Whether an object is over or under text of the page: a figure is not, and a scan is the page itself."""
    drawn = page.page.object(one.number)
    if one.kind == ObjectKind.IMAGE and one.number == 0 and not drawn.has_transparency:
        return False
    left, bottom, right, top = drawn.bounds
    covered = 0
    for other in islice(page.page.objects(), MAX_OBJECTS):
        if other.kind == ObjectKind.TEXT:
            sides = other.bounds
            across, down = sides[0] + sides[2], sides[1] + sides[3]
            covered += 2 * left <= across <= 2 * right and 2 * bottom <= down <= 2 * top
            if covered >= COVERED_TEXTS:
                return True
    return False

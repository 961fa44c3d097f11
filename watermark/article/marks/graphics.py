"""Marks that are drawn: a form or an image on several pages, over the text, or as an artifact.

Candidates are found by size and position, at low cost; the word in each is then recognised by its shape, once for all
pages that have the same drawing at the same position. A logo, a scan or “Accepted manuscript” is not a mark.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from watermark.article.marks.model import MarkMedium, PageMark
from watermark.article.marks.pdfium_page import Box, PageObject, PdfiumFile, PdfiumPage
from watermark.pdf.pdfium.objects import ObjectKind

if TYPE_CHECKING:  # it loads numpy, and most files have nothing to be read
    from watermark.article.marks.shape_lines import Ink

LARGE, SMALL = 0.3, 0.06
"""The longer side of a drawing as a share of the page's shorter side: what is small must be on several pages."""
LAST = 3
"""A small mark must be among this number of last objects of its page, as a stamp is: a logo is drawn with the page."""
THINNEST = 0.01
COVERED_TEXTS = 5
MAX_OBJECTS = 5000
MAX_READ, MAX_SMALL_READ = 8, 3
"""Different drawings read in one file: artifacts first, then those on the most pages."""
MAX_PARTS = 3
MAX_IN_A_MARK = 500
"""A form with more objects than letters and tiles have is the page's content."""
PART = 40
"""Pixels of a part of a drawing that is read by itself."""
SCAN = 0.8
"""An image of the whole page takes up this share of it in either direction."""
MOST_OF_A_SCAN = 60
"""Objects on a page that is an image and the text that was recognised in it."""
KINDS: dict[int, MarkMedium] = {
    ObjectKind.FORM: MarkMedium.FORM,
    ObjectKind.IMAGE: MarkMedium.IMAGE,
    ObjectKind.TEXT: MarkMedium.SHAPES,
}


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
    is_small: bool = False

    @property
    def is_large(self) -> bool:
        """Whether it may hold several words beside each other."""
        return not self.is_small


AskForParts: TypeAlias = Callable[[Candidate], "Future[str | None]"]
"""Has another process call `word_in_parts`."""


def candidates(page: PdfiumPage) -> Iterator[Candidate]:
    """Yield the possible marks on a page."""
    loose, last = list[PageObject](), page.page.object_count - LAST
    for one in page.drawn:
        if one.kind == ObjectKind.PATH:
            loose.append(one)
        elif one.kind == ObjectKind.FORM and one.detail > MAX_IN_A_MARK:
            continue
        elif _is_large(page, one.box):
            key = Key(KINDS[one.kind], one.detail, page.position_of(one.box))
            covers = one.kind == ObjectKind.TEXT or _covers_text(page, one)
            yield Candidate(key, page.number, (one.number,), one.box, one.is_artifact, covers)
        elif one.number >= last and _is_large(page, one.box, SMALL):
            key = Key(KINDS[one.kind], one.detail, page.position_of(one.box))
            yield Candidate(key, page.number, (one.number,), one.box, one.is_artifact, is_small=True)
    if loose:
        yield from _loose_candidates(page, loose)


def _loose_candidates(page: PdfiumPage, loose: list[PageObject]) -> Iterator[Candidate]:
    """Yield the paths of a page that may be a mark together: those that are artifacts, and those at an end."""
    artifacts = [one for one in loose if one.is_artifact]
    outermost = [one for one in loose if one.number in {0, page.page.object_count - 1}]
    for group in (artifacts, [] if len(artifacts) == len(loose) else loose, outermost if len(loose) > 1 else []):
        if (box := _box_around(group)) is not None and _is_large(page, box, SMALL):
            key = Key(MarkMedium.FORM, len(group), page.position_of(box))
            places = tuple(one.number for one in group)
            is_small = not _is_large(page, box)
            yield Candidate(key, page.number, places, box, group is artifacts, is_small=is_small)


def _box_around(objects: list[PageObject]) -> Box | None:
    if not objects:
        return None
    return Box(
        min(one.box.left for one in objects),
        min(one.box.top for one in objects),
        max(one.box.right for one in objects),
        max(one.box.bottom for one in objects),
    )


def is_scan(page: PdfiumPage) -> bool:
    """Whether a page is one image, with text that is not drawn or without any."""
    for one in page.drawn:
        is_whole = one.box.width >= SCAN * page.width and one.box.height >= SCAN * page.height
        if is_whole and one.kind == ObjectKind.IMAGE:
            return True
        if is_whole and one.kind == ObjectKind.FORM and one.detail == 1 and page.page.object_count <= MOST_OF_A_SCAN:
            return True
    return False


def marks_drawn(
    opened: PdfiumFile, found: list[Candidate], ask: AskForParts | None = None
) -> dict[int, tuple[PageMark, Candidate]]:
    """Return the marks by page number, each with the objects that draw it.

    `ask` has another process read the parts of a drawing while the whole of it is read here.
    """
    alike: dict[Key, list[Candidate]] = defaultdict(list)
    for one in found:
        alike[one.key].append(one)
    worth = [group for group in alike.values() if _is_worth_reading(group)]
    worth.sort(key=lambda group: (group[0].is_small, not any(one.is_artifact for one in group), -len(group)))
    large = sum(not group[0].is_small for group in worth)
    chosen = (*worth[: min(large, MAX_READ)], *worth[large : large + MAX_SMALL_READ])
    asked = [ask(group[0]) if ask and group[0].is_large else None for group in chosen]
    marks: dict[int, tuple[PageMark, Candidate]] = {}
    for group, parts in zip(chosen, asked, strict=True):
        word = _word_of(opened, group[0], parts)
        for one in group if word else ():
            mark = PageMark(page_number=one.page_number, means=one.key.means, words=word)
            marks.setdefault(one.page_number, (mark, one))
    return marks


def _is_worth_reading(group: list[Candidate]) -> bool:
    """Whether a drawing is on several pages, or is a large one that is an artifact or covers text."""
    if len(group) > 1:
        return True
    return not group[0].is_small and (group[0].is_artifact or group[0].covers_text)


def _word_of(opened: PdfiumFile, one: Candidate, parts: "Future[str | None] | None") -> str:
    """Return the word that a drawing is or has a part of; "" if none. `parts` is the latter, if another reads it."""
    from watermark.article.marks.render_objects import ink_of  # noqa: PLC0415 - most files have nothing to be read
    from watermark.article.marks.template_matching import recognise_word  # noqa: PLC0415

    with opened.page(one.page_number) as page:
        ink = ink_of(page, one.indexes, one.box)
        read = recognise_word(ink)
        is_asked = parts is not None and not parts.cancel()
        if read is not None or not one.is_large:
            return read.word if read else ""
        if is_asked and parts is not None and parts.exception() is None and (word := parts.result()) is not None:
            return word
        return _word_in_parts(page, one, ink)


def _word_in_parts(page: PdfiumPage, one: Candidate, ink: "Ink") -> str:
    from watermark.article.marks.connected_parts import boxes_of  # noqa: PLC0415 - see above
    from watermark.article.marks.render_objects import ink_of  # noqa: PLC0415
    from watermark.article.marks.template_matching import recognise_word  # noqa: PLC0415

    scale = ink.shape[1] / max(one.box.width, 1)
    for left, top, right, bottom in boxes_of(ink > ink.max(initial=0) / 3, PART, MAX_PARTS):
        part = Box(left, top, right, bottom).scaled(1 / scale).shifted(one.box.left, one.box.top)
        if (read := recognise_word(ink_of(page, one.indexes, part.widened(2)))) is not None:
            return read.word
    return ""


def word_in_parts(task: tuple[Path, str, Candidate]) -> str | None:
    """Return the word that a part of a drawing is, or ""; runs in another process. None where it cannot be read."""
    from watermark.article.marks.render_objects import ink_of  # noqa: PLC0415 - see above

    path, password, one = task
    with suppress(Exception), PdfiumFile.at(path, password) as opened, opened.page(one.page_number) as page:
        return _word_in_parts(page, one, ink_of(page, one.indexes, one.box))
    return None


def _is_large(page: PdfiumPage, box: Box, share: float = LARGE) -> bool:
    shortest = min(page.width, page.height)
    return max(box.width, box.height) >= share * shortest and min(box.width, box.height) >= THINNEST * shortest


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

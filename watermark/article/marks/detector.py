"""Other people's marks: what is found on the pages of a PDF, and how much of them it hides."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from watermark.article.marks.annotations import AnnotationMark, find_annotation_marks, marks_noted
from watermark.article.marks.graphics import AskForParts, Candidate, candidates, is_scan, marks_drawn, word_in_parts
from watermark.article.marks.model import MarkMedium, PageMark
from watermark.article.marks.pdfium_page import PdfiumFile, PdfiumPage
from watermark.article.marks.phrases import sentence_of_a_cover
from watermark.article.marks.text import TextMark, find_text_marks, marks_among
from watermark.errors import FailedError
from watermark.pdf.pdfium.document import PdfiumError

if TYPE_CHECKING:  # it loads numpy, which most checks do without
    from watermark.pdf.parallel_pages import Team
    from watermark.pdf.rendering import LentPage, RenderedDocument
    from watermark.pdf.text_lines import TextLine

OPENING_PAGES = 2
FEW_PAGES = 6
"""Of fewer pages, those that a helper has drawn are lent: it typesets the notice while the plan measures them."""
MEASURED_PAGES = 3
LONGEST_COVER = 1500
"""Characters of a page in front of the article, at most; the first page of the article has more."""
FIRST_SCANS = 3
"""Pages that are images and are drawn in any case."""
MAX_NAMED_PAGES = 5
MAX_NAMED_LETTERS = 60
Made = TextMark | Candidate | AnnotationMark


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectedMarks:
    """What the pages of a PDF show. `opening` is the text of the first pages; the `unread` pages cannot be loaded.

    `unread_watermarks` are pages with a watermark whose words cannot be read.
    """

    page_count: int
    opening: str
    marks: tuple[PageMark, ...]
    unread: tuple[int, ...] = ()
    unread_watermarks: tuple[int, ...] = ()

    @property
    def where(self) -> str:
        """Which words are on which pages, and how they are made; "" where there is no mark."""
        if not self.marks:
            return ""
        pages = [str(mark.page_number) for mark in self.marks]
        shown = ", ".join(pages[:MAX_NAMED_PAGES]) + (", …" if len(pages) > MAX_NAMED_PAGES else "")
        where = "every page" if len(pages) == self.page_count else f"page{'s' * (len(pages) > 1)} {shown}"
        first = self.marks[0]
        return f"“{first.words[:MAX_NAMED_LETTERS]}” on {where}, as {first.means.value}"

    @property
    def hidden_share(self) -> float:
        """The greatest share of a page's ink that a mark hides, 0 to 1."""
        return max((mark.hidden_share for mark in self.marks), default=0.0)


@dataclass(slots=True, kw_only=True)
class _Found:
    """What was found on some pages; `texts` holds the text of the first two and the last page, by their numbers.

    `lines` holds their lines where another process has read them, `also` what was asked for besides, and `lent` what
    another process has drawn for the plan.
    """

    text: list[TextMark] = field(default_factory=list)
    drawn: list[Candidate] = field(default_factory=list)
    noted: list[AnnotationMark] = field(default_factory=list)
    scans: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    texts: dict[int, str] = field(default_factory=dict)
    lines: "dict[int, tuple[TextLine, ...]]" = field(default_factory=dict)
    also: dict[int, Any] = field(default_factory=dict)
    lent: "dict[int, LentPage]" = field(default_factory=dict)


class AlsoRead(NamedTuple):
    """What else is read on each page while it is open, and who gets it when all pages are read, by their numbers.

    `of_page` may be called in another process. What is found on the pages is looked at afterwards.
    """

    of_page: "Callable[[RenderedDocument, int], Any]"
    when_read: Callable[[Mapping[int, Any]], object]


def _found_on(
    opened: PdfiumFile,
    page_numbers: Iterable[int],
    rendered: "RenderedDocument | None",
    also: "Callable[[RenderedDocument, int], Any] | None" = None,
) -> _Found:
    found = _Found()
    for page_number in page_numbers:
        try:
            with _page_to_read(opened, page_number, rendered) as page:
                if page_number <= OPENING_PAGES or page_number == len(opened):
                    found.texts[page_number] = page.text
                if also is not None and rendered is not None:
                    found.also[page_number] = also(rendered, page_number)
                found.text += find_text_marks(page)
                found.drawn += candidates(page)
                found.noted += find_annotation_marks(page)
                if is_scan(page):
                    found.scans.append(page_number)
        except (FailedError, PdfiumError):
            found.unread.append(page_number)
    return found


def _page_of(one: Made | int) -> int:
    return one if isinstance(one, int) else one.page_number


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """A file for another process, which opens it again, and what else it reads there.

    It reads the lines of pages in `lines`, and lends what it draws if `lends`.
    """

    path: Path
    password: str | None = field(repr=False)
    also: "Callable[[RenderedDocument, int], Any] | None" = None
    lines: range = range(0)
    lends: bool = False


def _found_elsewhere(task: _Task, page_numbers: Iterable[int]) -> _Found:
    """Return what is on some pages; runs in another process."""
    from watermark.pdf.parallel_pages import opened_here  # noqa: PLC0415 - it loads numpy, and runs in a helper only

    rendered = opened_here(task.path, task.password)
    rendered.read_lines_while_open(task.lines.__contains__)
    taken = list[int]()

    def pages() -> Iterator[int]:
        for page_number in page_numbers:
            taken.append(page_number)
            yield page_number

    with PdfiumFile.at(task.path, task.password or "", page_count=len(rendered)) as opened:
        found = _found_on(opened, pages(), rendered, task.also)
    found.lines = rendered.known_lines
    for page_number in taken if task.lends else ():
        with suppress(FailedError):
            found.lent[page_number] = rendered.lent(page_number)
    return found


def _found_by_all(
    opened: PdfiumFile,
    numbers: Sequence[int],
    rendered: "RenderedDocument | None",
    also: "Callable[[RenderedDocument, int], Any] | None",
) -> Sequence[_Found]:
    """Return what each process of the team found on its pages, which `rendered` then knows as far as they were lent."""
    if rendered is None or not rendered.team or rendered.file is None:
        return [_found_on(opened, numbers, rendered, also)]
    path, password = rendered.file
    is_lent = len(opened) < FEW_PAGES
    task = _Task(path=path, password=password, also=also, lines=rendered.lines_elsewhere, lends=is_lent)
    shared = rendered.team.shared(numbers, _found_elsewhere, task)
    every = [_found_on(opened, shared, rendered, also), *shared.results()]
    rendered.remember_lines({number: lines for part in every for number, lines in part.lines.items()})
    for part in every:
        for number, page in part.lent.items():
            rendered.borrow(number, page)
    return every


def search_ahead(
    team: "Team",
    path: Path,
    password: str,
    page_number: int,
    also: "Callable[[RenderedDocument, int], Any] | None" = None,
) -> None:
    """Have a helper search a page at once, as `detect_marks` has pages searched, and lend it to this process.

    `also` is read on it, as on the others when `detect_marks` is called.
    """
    task = _Task(path=path, password=password or None, also=also, lends=True)
    team.begin(page_number, _found_elsewhere, task)


def detect_marks(  # noqa: PLR0913 - one keyword for each thing that is at hand
    opened: PdfiumFile,
    *,
    thorough: bool = False,
    rendered: "RenderedDocument | None" = None,
    pages: Collection[int] | None = None,
    password: str = "",
    also: AlsoRead | None = None,
) -> DetectedMarks:
    """Return what an open PDF shows. With `thorough`, pages without a mark are drawn, and what is seen is read.

    `rendered` is the same file where others draw and read its pages: these are then read there, once for both, by all
    processes of its team.
    `pages` are the numbers of the pages to look at; all are if it is None.
    `password` opens the file for a second reader, which is asked what a watermark that cannot be read is tagged as.
    `also` is read on the pages of `rendered`.
    """
    numbers = [number for number in range(1, len(opened) + 1) if pages is None or number in pages]
    every = _found_by_all(opened, numbers, rendered, also.of_page if also else None)
    names = ("text", "drawn", "noted", "scans", "unread")
    text, drawn, noted, scans, unread = (
        sorted((one for part in every for one in getattr(part, name)), key=_page_of) for name in names
    )
    texts = dict(sorted((number, words) for part in every for number, words in part.texts.items()))
    lengths = {number: len(words) for number, words in texts.items()}
    opening = "".join(f"{words}\n" for words in texts.values())
    marks: dict[int, tuple[PageMark, Made]] = {
        **marks_noted(opened, noted),
        **marks_drawn(opened, drawn, _helper_for_parts(rendered)),
        **marks_among(text, len(opened)),
    }
    if also is not None:  # not before: what the caller then asks of the helper may take long
        also.when_read({number: one for part in every for number, one in part.also.items()})
    found = _measured(opened, marks)
    if 1 not in found and (cover := _cover_of(lengths, opening)):
        found[1] = PageMark(page_number=1, means=MarkMedium.COVER, words=cover)
    found |= _marks_on_scans(opened, [number for number in scans if number not in found])
    if thorough and len(found) + len(unread) < len(opened):
        from watermark.article.marks.rendered_page import marks_rendered  # noqa: PLC0415 - pages are drawn when asked for only

        found |= marks_rendered(opened, [number for number in range(1, len(opened) + 1) if number not in found])
    return DetectedMarks(
        page_count=len(opened),
        opening=opening,
        marks=tuple(found[number] for number in sorted(found)),
        unread=tuple(unread),
        unread_watermarks=_unread_watermarks(opened, password, drawn, noted, found),
    )


def _helper_for_parts(rendered: "RenderedDocument | None") -> AskForParts | None:
    """Return how a helper of the document's team reads the parts of a drawing; None without any."""
    if rendered is None or not rendered.team or rendered.file is None:
        return None
    team, (path, password) = rendered.team, rendered.file
    return lambda one: team.ask(word_in_parts, (path, password or "", one))


def _unread_watermarks(
    opened: PdfiumFile,
    password: str,
    drawn: Sequence[Candidate],
    noted: Sequence[AnnotationMark],
    found: Mapping[int, PageMark],
) -> tuple[int, ...]:
    if not any(one.is_artifact for one in drawn) and not any(not one.words for one in noted):
        return ()
    from watermark.article.marks.unread import pages_with_unread_watermarks  # noqa: PLC0415 - few files have any

    return pages_with_unread_watermarks(opened, password, drawn, noted, found)


def _cover_of(lengths: Mapping[int, int], opening: str) -> str:
    """Return how a short first page says that the article behind it was retracted, or ""."""
    if not lengths.get(1, LONGEST_COVER + 1) <= LONGEST_COVER <= lengths.get(2, 0):
        return ""
    return sentence_of_a_cover(opening[: lengths[1]])


def _marks_on_scans(opened: PdfiumFile, scans: Sequence[int]) -> dict[int, PageMark]:
    """Return the marks on pages that are images: the first of them are drawn, and the others if one has a mark."""
    if not scans:
        return {}
    from watermark.article.marks.rendered_page import marks_rendered  # noqa: PLC0415 - most files are no scans

    found = marks_rendered(opened, scans[:FIRST_SCANS])
    return marks_rendered(opened, scans) if found and len(scans) > FIRST_SCANS else found


@contextmanager
def _page_to_read(opened: PdfiumFile, page_number: int, rendered: "RenderedDocument | None") -> Iterator[PdfiumPage]:
    if rendered is None:
        with opened.page(page_number) as page:
            yield page
    else:
        yield PdfiumPage(rendered.opened_page(page_number), page_number)


def mark_by_others(
    path: Path,
    password: str,
    rendered: "RenderedDocument",
    pages: Collection[int] | None = None,
    also: AlsoRead | None = None,
) -> str:
    """Return which mark the pages of a PDF show, and where, or "". Raises FailedError where it cannot be opened.

    `pages` and `also` are as for `detect_marks`.
    """
    with PdfiumFile.at(path, password, page_count=len(rendered)) as opened:  # most have nothing to be drawn
        return detect_marks(opened, rendered=rendered, pages=pages, also=also).where


def _measured(opened: PdfiumFile, marks: Mapping[int, tuple[PageMark, Made]]) -> dict[int, PageMark]:
    """Return the marks, those of some pages with how much they hide: the first, the one in the middle and the last."""
    numbers = sorted(marks)
    asked = {numbers[place * (len(numbers) - 1) // (MEASURED_PAGES - 1)] for place in range(MEASURED_PAGES) if numbers}
    found = {number: mark for number, (mark, _) in marks.items()}
    for number in asked:
        from watermark.article.marks.occlusion import occluded_share  # noqa: PLC0415 - most files have no mark

        mark, made = marks[number]
        with opened.page(number) as page:
            found[number] = replace(mark, hidden_share=occluded_share(page, made))
    return found

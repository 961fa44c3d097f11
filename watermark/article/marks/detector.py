"""Other people's marks: what is found on the pages of a PDF, and how much of them it hides."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from watermark.article.marks.annotations import AnnotationMark, find_annotation_marks, marks_noted
from watermark.article.marks.graphics import Candidate, candidates, marks_drawn
from watermark.article.marks.model import PageMark
from watermark.article.marks.pdfium_page import PdfiumFile
from watermark.article.marks.text import TextMark, find_text_marks, marks_among
from watermark.errors import FailedError

OPENING_PAGES = 2
MEASURED_PAGES = 3
Made = TextMark | Candidate | AnnotationMark


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectedMarks:
    """What the pages of a PDF show. `opening` is the text of the first pages; the `unread` pages cannot be loaded."""

    page_count: int
    opening: str
    marks: tuple[PageMark, ...]
    unread: tuple[int, ...] = ()

    @property
    def hidden_share(self) -> float:
        """The greatest share of a page's ink that a mark hides, 0 to 1."""
        return max((mark.hidden_share for mark in self.marks), default=0.0)


def detect_marks(opened: PdfiumFile, *, thorough: bool = False) -> DetectedMarks:
    """Return what an open PDF shows. With `thorough`, pages without a mark are drawn, and what is seen is read."""
    text, drawn, noted = list[TextMark](), list[Candidate](), list[AnnotationMark]()
    opening, unread = "", list[int]()
    for page_number in range(1, len(opened) + 1):
        try:
            with opened.page(page_number) as page:
                if page_number <= OPENING_PAGES or page_number == len(opened):
                    opening += page.text + "\n"
                text += find_text_marks(page)
                drawn += candidates(page)
                noted += find_annotation_marks(page)
        except FailedError:
            unread.append(page_number)
    marks: dict[int, tuple[PageMark, Made]] = {
        **marks_noted(opened, noted),
        **marks_drawn(opened, drawn),
        **marks_among(text, len(opened)),
    }
    found = _measured(opened, marks)
    if thorough and len(found) + len(unread) < len(opened):
        from watermark.article.marks.rendered import marks_rendered  # noqa: PLC0415 - pages are drawn when asked for only

        found |= marks_rendered(opened, [number for number in range(1, len(opened) + 1) if number not in found])
    return DetectedMarks(
        page_count=len(opened),
        opening=opening,
        marks=tuple(found[number] for number in sorted(found)),
        unread=tuple(unread),
    )


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

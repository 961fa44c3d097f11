"""Whether an article seems to continue after the last page of the range that was chosen for it."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from watermark.article.identifiers import is_same_work
from watermark.article.identity import Identity
from watermark.article.other_article_in_range import beginning_on
from watermark.article.outline_pages import OutlineEntry
from watermark.article.title_matching import SimilarityLevel, compared, is_telling
from watermark.notice import dois_in
from watermark.pdf.page_range import PageRange
from watermark.pdf.text_lines import TextLine, size_of_text
from watermark.runtime.expressions import expression

MAX_EDGE_LINES = 3
"""How many lines at the head and at the foot of a page may be running ones."""
MIN_WORDS = 20
"""How many words a page of an article has, at least; one with fewer is empty, or has a picture."""
_SMALL = r"a-z\u00df-\u00ff\u03b1-\u03c9\u0430-\u044f"
_CONTINUES = expression(rf"[{_SMALL},-]$")
_SMALL_LETTER = expression(rf"[{_SMALL}]")
Lines = Callable[[int], Sequence[TextLine]]


class Continuation(NamedTuple):
    """The page, counted from 1, after a range, on which the article may continue; `sign` says why, "" for no sign."""

    page_number: int
    sign: str


def continuation(
    pages: PageRange, page_count: int, lines: Lines, identity: Identity, outline: Sequence[OutlineEntry]
) -> Continuation | None:
    """Return where the article may continue; None where the range ends with the file, or another article begins.

    `lines` returns those of a page. An article may share its last page with the next one.
    """
    page_number = pages.last + 1
    if page_number > page_count:
        return None
    end = _end_in(outline, pages.first)
    if end == pages.last:
        return None
    if end > pages.last:
        return Continuation(page_number, f"the next entry in the outline of the file leads to page {end + 1}")
    first, last, behind = lines(pages.first), lines(pages.last), lines(page_number)
    begins = beginning_on(page_number, behind, first)
    if begins or (len(pages) > 1 and beginning_on(pages.last, last, first)):
        return None
    if sum(len(line.words.split()) for line in behind) < MIN_WORDS:
        return None
    return Continuation(page_number, _of_this_article(behind, identity) or _sentence(last, behind))


def _end_in(outline: Sequence[OutlineEntry], first: int) -> int:
    """Return the page before the next entry that is not below the one for page `first`, or 0 if that is not known."""
    of_article = [index for index, entry in enumerate(outline) if entry.page_number == first]
    if not of_article:
        return 0
    index = min(of_article, key=lambda index: outline[index].level)
    following = (entry for entry in outline[index + 1 :] if entry.level <= outline[index].level)
    return next((entry.page_number - 1 for entry in following if entry.page_number > first), 0)


def _of_this_article(lines: Sequence[TextLine], identity: Identity) -> str:
    """Return how the head or the foot of a page names the article, or ""."""
    by_height = sorted(lines, key=lambda line: line.top)
    titles = [title for title, _ in identity.titles if is_telling(title)]
    for line in (*by_height[:MAX_EDGE_LINES], *by_height[-MAX_EDGE_LINES:]):
        for doi in dois_in(line.words):
            if any(is_same_work(doi, own) for own, _ in identity.dois):
                return f"it prints the article's DOI {doi}"
        if any(compared(title, line.words) is SimilarityLevel.SAME for title in titles):
            return "it prints the article's title"
    return ""


def _sentence(last: Sequence[TextLine], behind: Sequence[TextLine]) -> str:
    """Return that a sentence continues from one page on the next, or ""."""
    end, begin = _text_of(last), _text_of(behind)
    if end and begin and _CONTINUES.search(end[-1]) and _SMALL_LETTER.match(begin[0]):
        return "a sentence continues there"
    return ""


def _text_of(lines: Sequence[TextLine]) -> list[str]:
    """Return the lines that are set in the type of most of the page's letters, in reading order."""
    usual = size_of_text(lines)
    return [line.words for line in lines if round(line.size, 1) == usual]

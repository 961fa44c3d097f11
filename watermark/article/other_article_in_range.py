"""The later pages of a range on which another article seems to begin: a title in large type, and a DOI of its own."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from watermark.article.identifiers import is_same_work
from watermark.article.identity import METADATA, Identity
from watermark.article.printed_identifiers import printed_in, titles_on
from watermark.article.title_matching import SimilarityLevel, compared, is_telling
from watermark.notice import Notice
from watermark.pdf.text_lines import TextLine, size_of_text

MIN_RATIO = 1.3
"""How many times as large as the text of its page a title is, at least; most headings of sections are smaller."""
LIKE_THE_FIRST = 0.9
"""How large, as a part of the article's own title, a title is that alone tells of another article."""
MAX_TITLE_LENGTH = 160


class Beginning(NamedTuple):
    """A title on a page, counted from 1; `doi` is the one that the page prints as its own, or ""."""

    page_number: int
    title: str
    doi: str


def beginning_on(page_number: int, lines: Sequence[TextLine], first: Sequence[TextLine]) -> Beginning | None:
    """Return what may be the beginning of an article on a page; `first` are the lines of the range's first page.

    A title without a DOI counts where it is as large as that of the first page.
    """
    title = _title_on(lines)
    size = _size(lines, title)
    if not is_telling(title) or size < MIN_RATIO * size_of_text(lines):
        return None
    own = printed_in([lines], ()).own  # not before: few pages have such a title
    if own:
        return Beginning(page_number, title[:MAX_TITLE_LENGTH], own[0].value)
    is_large = bool(title_of_first := _title_on(first)) and size >= LIKE_THE_FIRST * _size(first, title_of_first)
    return Beginning(page_number, title[:MAX_TITLE_LENGTH], "") if is_large else None


def is_named_otherwise(identity: Identity) -> bool:
    """Return whether the metadata of a file have a title that page 1 does not print, as those of a volume have."""
    named = [title for title, place in identity.titles if place.startswith(METADATA)]
    printed = [title for title, place in (*identity.titles, *identity.large_type) if not place.startswith(METADATA)]
    pairs = [(one, other) for one in named for other in printed]
    return bool(pairs) and all(compared(*pair) is SimilarityLevel.OTHER for pair in pairs)


def of_other_articles(beginnings: Sequence[Beginning], identity: Identity, notice: Notice) -> Iterator[Beginning]:
    """Yield those that have neither the DOI nor the title of the article: its figures have DOIs that begin with its."""
    dois = {notice.article.doi.lower(), *(doi.lower() for doi, _ in identity.dois)} - {""}
    titles = [notice.article.title, *(title for title, _ in (*identity.titles, *identity.large_type))]
    for one in beginnings:
        is_same = any(is_same_work(one.doi, doi) or one.doi.lower().startswith((f"{doi}.", f"{doi}/")) for doi in dois)
        if not is_same and all(compared(title, one.title) is SimilarityLevel.OTHER for title in titles):
            yield one


def _title_on(lines: Sequence[TextLine]) -> str:
    """Return what is set in the largest type of a page, or ""."""
    return next((title for title, _ in titles_on(lines)), "")


def _size(lines: Sequence[TextLine], title: str) -> float:
    """Return the size of the type of a title, which is one or more lines; 0 where there is none."""
    return max((line.size for line in lines if line.words in title), default=0.0)

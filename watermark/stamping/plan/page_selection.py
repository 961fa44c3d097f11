"""The pages that a user chose to mark, in a file that holds more than the article: by number, or by label."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from watermark.article import ArticleInfo
from watermark.article.other_article_in_range import Beginning, of_other_articles
from watermark.errors import UsageError
from watermark.models import PAGES_TO_CHECK, Decision, plural
from watermark.notice import Notice
from watermark.pdf.page_range import PageRange
from watermark.receipt import Marking

_DASHES = "-\u2010\u2011\u2012\u2013\u2014"
_RANGE = re.compile(rf"\s*([0-9]{{1,9}})\s*(?:(?:[{_DASHES}]|to\b)\s*([0-9]{{1,9}})\s*)?", re.ASCII)
Pages: TypeAlias = str | tuple[int, int]
"""A range of pages by their numbers, from 1: "113-127" or (113, 127)."""
MAX_LENGTH = 200
MAX_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSelection:
    """The pages as the user wrote them: "113-127", or one page. `by_label` means the numbers printed on the pages."""

    written: str
    by_label: bool = False

    def __post_init__(self) -> None:
        """Raise UsageError for what cannot be a range in any file."""
        if len(self.written) > MAX_LENGTH or not self.written.strip():
            raise self._error("this is not a range of pages", "Write the first and the last page, such as 113-127.")
        if not self.by_label:
            self._numbers()

    @property
    def _argument(self) -> str:
        return "printed_pages" if self.by_label else "pages"

    def range_in(self, page_count: int, label_of: Callable[[int], str]) -> PageRange:
        """Return the pages, from 1, in a file of `page_count` pages. Raises UsageError if it does not have them."""
        first, last = self._labelled(page_count, label_of) if self.by_label else self._numbers()
        if last > page_count:
            count = plural(page_count, "page")
            raise self._error(f"there is no page {last}: the file has {count}", "Choose pages of the file.")
        if first > last:
            raise self._error(f"page {first} comes after page {last}", "Write the first page first.")
        return PageRange(first, last)

    def _numbers(self) -> tuple[int, int]:
        found = _RANGE.fullmatch(self.written)
        if found is None:
            remedy = "Write the first and the last page, such as 113-127 or 113 to 127, counted from 1."
            raise self._error(f"“{self.written}” is not a range of pages", remedy)
        first, last = int(found[1]), int(found[2] or found[1])
        if not first:
            raise self._error("there is no page 0", "Count the pages from 1.")
        if first > last:
            raise self._error(f"page {first} comes after page {last}", "Write the first page first.")
        return first, last

    def _labelled(self, page_count: int, label_of: Callable[[int], str]) -> tuple[int, int]:
        """Return the pages with the labels. A label may have a hyphen in it, so every way to divide them is tried."""
        pages: dict[str, list[int]] = {}
        for page_number in range(1, page_count + 1):
            pages.setdefault(label_of(page_number).strip(), []).append(page_number)
        pages.pop("", None)
        if not pages:
            raise _error_of_labels("the pages of this file have no labels")
        divided = [pair for pair in self._divided() if all(label in pages for label in pair)]
        if not divided:
            shown = ", ".join([*pages][:MAX_NAMED]) + (", …" if len(pages) > MAX_NAMED else "")
            raise self._error(
                f"no pages of this file are labelled “{self.written}”", f"The labels of the file are {shown}"
            )
        if len(divided) > 1:
            raise _error_of_labels(f"the labels “{self.written}” can be read in more than one way")
        for label in divided[0]:
            if len(pages[label]) > 1:
                named = " and ".join(map(str, pages[label][:MAX_NAMED]))
                raise _error_of_labels(f"pages {named} are all labelled “{label}”")
        return pages[divided[0][0]][0], pages[divided[0][1]][0]

    def _divided(self) -> Iterator[tuple[str, str]]:
        written = self.written.strip()
        yield written, written
        for index, character in enumerate(written):
            if character in _DASHES:
                yield written[:index].strip(), written[index + 1 :].strip()

    def _error(self, reason: str, remedy: str) -> UsageError:
        return UsageError(reason, remedy=remedy, argument=self._argument)


def _error_of_labels(reason: str) -> UsageError:
    """Return the error where labels do not tell which pages are meant, but numbers do."""
    return UsageError(
        reason, remedy="Choose the pages by their numbers, as a PDF viewer counts them.", argument="pages"
    )


def selection_of(pages: Pages | None, printed_pages: str | None) -> PageSelection | None:
    """Return the selection that a user wrote, None for the whole file. Raises UsageError, also for an empty range."""
    if pages is not None and printed_pages is not None:
        raise UsageError(
            "the pages are given by their numbers and by their labels", remedy="Use one of the two.", argument="pages"
        )
    if printed_pages is not None:
        return PageSelection(written=_text_of(printed_pages, "printed_pages"), by_label=True)
    return None if pages is None else PageSelection(written=_text_of(pages, "pages"))


def _text_of(pages: object, argument: str) -> str:
    """Return a range as text: one that is text already, or two numbers. Raises UsageError for anything else."""
    if isinstance(pages, str):
        return pages
    if argument == "pages" and isinstance(pages, tuple) and [type(number) for number in pages] == [int, int]:
        return f"{pages[0]}-{pages[1]}"
    raise UsageError(
        f"{pages!r:.40} is not a range of pages",
        remedy='Write the first and the last page as text, such as "113-127".',
        argument=argument,
    )


def page_decisions(info: ArticleInfo, notice: Notice) -> tuple[Decision, ...]:
    """Return which pages are marked, where not all are, and on which of them another article seems to begin."""
    if info.pages is None:
        return ()
    value = f"{info.pages.in_words} of {info.page_count:,}; the title of the file is kept as it is"
    others = (_other_article(one) for one in of_other_articles(info.beginnings, info.identity, notice))
    doubts = (*others, *_continued(info), *_other_count(info.pages, notice.article.pages))
    return (Decision(name="pages", value=value, reason="the file holds more than this article"), *doubts)


def _continued(info: ArticleInfo) -> Iterator[Decision]:
    """Yield that the article may continue after the range."""
    if info.continuation is None:
        return
    page_number, sign = info.continuation
    if sign:
        value, reason = f"page {page_number} is not marked, and seems to belong to the article", sign
    else:
        value = f"page {page_number} is not marked, and may belong to the article"
        reason = "no other article was seen to begin on it"
    yield Decision(name=PAGES_TO_CHECK, value=value, reason=reason)


def _other_count(pages: PageRange, named: str) -> Iterator[Decision]:
    """Yield that the notice names another number of pages for the article."""
    found = _RANGE.fullmatch(named)
    if found is None or found[2] is None:
        return
    first, last = found[1], found[2]
    count = int(first[: max(len(first) - len(last), 0)] + last) - int(first) + 1  # 113-27 is 113 to 127
    if 0 < count != len(pages):
        are = "is" if len(pages) == 1 else "are"
        value = f"{plural(len(pages), 'page')} {are} marked, and the article may have {count}"
        reason = f"the notice gives its pages as {first}-{last}"
        yield Decision(name=PAGES_TO_CHECK, value=value, reason=reason)


def _other_article(found: Beginning) -> Decision:
    value = f"page {found.page_number} is marked, and another article {'begins' if found.doi else 'may begin'} on it"
    reason = f"the page has the title “{found.title}”" + (f" and the DOI {found.doi}" if found.doi else "")
    return Decision(name=PAGES_TO_CHECK, value=value, reason=reason)


def recorded_pages(info: ArticleInfo) -> dict[str, object]:
    """Return the range of pages and the earlier markings as JSON values; nothing for a first marking of all pages."""
    earlier = info.receipt.markings if info.receipt is not None else ()
    if info.pages is None and not earlier:
        return {}
    pages = [info.pages.first, info.pages.last] if info.pages is not None else None
    return {"pages": pages, "earlier": [marking.recorded() for marking in earlier]}


def refuse_to_move_pages(info: ArticleInfo) -> None:
    """Return if pages may be put in front. Raises UsageError where parts of the file are marked, by their numbers."""
    earlier = info.receipt.markings if info.receipt is not None else ()
    if info.pages is None and not any(marking.pages for marking in earlier):
        return
    raise UsageError(
        "a notice page at the front would move the pages of all articles in the file",
        file=info.path,
        remedy="Put the notice page at the back, or let the notice be attached without a page.",
        argument="notice_page",
    )


def is_marked_for(notice: Notice, info: ArticleInfo) -> bool:
    """Return whether these pages are marked for this notice already."""
    newest = markings_in_the_way(info, notice)[-1:]
    return any((one.notice_digest, one.pages) == (notice.digest, info.pages) for one in newest)


def markings_in_the_way(info: ArticleInfo, notice: Notice) -> tuple[Marking, ...]:
    """Return the earlier markings of these pages; two articles may share a page at the edge of their ranges."""
    earlier = info.receipt.markings if info.receipt is not None else ()
    return tuple(one for one in earlier if _is_in_the_way(one, info.pages, notice))


def is_of_this_article(marking: Marking, notice: Notice) -> bool:
    """Return whether a marking is certainly of the article of the notice."""
    doi = notice.article.doi.casefold()
    return marking.notice_digest == notice.digest or (bool(doi) and doi == marking.article_doi.casefold())


def _is_in_the_way(marking: Marking, pages: PageRange | None, notice: Notice) -> bool:
    marked = marking.pages
    if marked is None or pages is None:
        return True
    if not marked.overlaps(pages):
        return False
    if is_of_this_article(marking, notice) or not marked.is_beside(pages):
        return True
    is_known = bool(marking.article_doi and notice.article.doi)
    return not is_known and (marked.is_within(pages) or pages.is_within(marked))

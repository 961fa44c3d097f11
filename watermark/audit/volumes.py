"""A copy of which only some pages were marked: whether it is a volume, and what the lists say of its other articles."""

from pathlib import Path

from watermark.audit.classification import Classification
from watermark.audit.list_lookup import ListLookup, look_up_doi
from watermark.audit.retraction_index.index import IndexFile
from watermark.receipt import Marking, Receipt

METADATA = ("XMP", "document information")
"""How the places begin where a file names its DOI apart from its pages."""


def part_of(receipt: Receipt) -> str:
    """Return which pages of a file were marked, for people; "" if all were."""
    ranges = list(dict.fromkeys(str(one.pages) for one in _newest(receipt) if one.pages))
    return f"pages {', '.join(ranges)} of {receipt.page_count}" if receipt.pages else ""


def whole_article_at(path: Path, password: str, receipt: Receipt, article_doi: str) -> bool:
    """Return whether a file with unmarked pages is the marked article itself, by the DOI in its metadata."""
    from watermark.article.quick_identity import identify  # noqa: PLC0415 - few copies are marked in part

    marked = {number for one in receipt.markings if one.pages for number in range(one.pages.first, one.pages.last + 1)}
    if len(marked) == receipt.page_count or not article_doi:
        return False
    dois = identify(path, password).dois
    return any(doi == article_doi and place.startswith(METADATA) for doi, place in dois)


def other_articles(receipt: Receipt, lists: tuple[IndexFile, ...]) -> tuple[Classification, str] | None:
    """Return the class that the lists give to another article that was marked in the file; None if all agree."""
    for marking in _newest(receipt)[:-1]:
        if not (lists and marking.article_doi and marking.pages):
            continue
        lookup = look_up_doi(marking.article_doi, lists)
        found = _differs(marking, lookup)
        if found is not None:
            kind, message = found
            return kind, f"{marking.pages.in_words}: {message}"
    return None


def _newest(receipt: Receipt) -> list[Marking]:
    """Return the newest marking of each article, the last one marked at the end."""
    found: list[Marking] = []
    for marking in reversed(receipt.markings):
        if not any(one.pages == marking.pages for one in found):
            found.append(marking)
    return found[::-1]


def _differs(marking: Marking, lookup: ListLookup) -> tuple[Classification, str] | None:
    marked_as = marking.state.value.replace("_", " ")
    if lookup.notice is None:
        doubt = lookup.doubt or f"{marking.article_doi} is marked as {marked_as}, and is not on the list"
        return (Classification.NOT_CHECKED if lookup.doubt else Classification.NOT_LISTED), doubt
    if lookup.notice.state is not marking.state:
        listed = lookup.notice.state.value.replace("_", " ")
        kind = Classification.UNMARKED if lookup.is_retracted else Classification.NOT_LISTED
        return kind, f"marked with the wrong state: the PDF says {marked_as}, the list says {listed}"
    return None

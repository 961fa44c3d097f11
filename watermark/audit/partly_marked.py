"""A copy of which only some pages were marked: whether it is a volume, and what the lists say of its other articles."""

from pathlib import Path

from watermark.audit.candidate_identifiers import CandidateIdentifiers
from watermark.audit.classification import Classification
from watermark.audit.list_lookup import ListLookup, LookupQuery, look_up, look_up_doi
from watermark.audit.retraction_index.index import IndexFile
from watermark.notice.state_sentences import listed, marked_as
from watermark.receipt import Marking, Receipt


def part_of(receipt: Receipt) -> str:
    """Return which pages of a file were marked, for people; "" if all were."""
    ranges = list(dict.fromkeys(str(one.pages) for one in _newest(receipt) if one.pages))
    return f"pages {', '.join(ranges)} of {receipt.page_count}" if receipt.pages else ""


def on_page_1(
    path: Path, password: str, receipt: Receipt, lists: tuple[IndexFile, ...]
) -> tuple[Classification, str] | None:
    """Return the class of a copy whose first page is unmarked, by the article on that page; None if that is not listed.

    Page 1 names an article of its own: what is known of it says nothing of the marked pages.
    """
    if any(one.pages is None or one.pages.first == 1 for one in receipt.markings):
        return None
    query = LookupQuery(path=path, password=password, identifiers=CandidateIdentifiers(dois=(), titles=()))
    found = look_up(query, lists)
    if found.is_retracted and found.doi not in {one.article_doi for one in receipt.markings}:
        return (
            Classification.UNMARKED,
            f"{found.doi}, the article on page 1, is listed; only {part_of(receipt)} are marked",
        )
    if not receipt.article_doi:
        return Classification.NOT_CHECKED, f"the notice of {part_of(receipt)} names no DOI that could be on the list"
    return None


def whole_article_at(path: Path, password: str, receipt: Receipt, lookup: ListLookup) -> bool:
    """Return whether a file with unmarked pages is the marked article itself, by its metadata.

    They name the DOI, or the title that the list gives the article: those of a volume name the volume.
    """
    from watermark.article.identity import METADATA  # noqa: PLC0415 - few copies are marked in part
    from watermark.article.quick_identity import identify  # noqa: PLC0415 - few copies are marked in part
    from watermark.article.title_matching import SimilarityLevel, compared  # noqa: PLC0415

    marked = {number for one in receipt.markings if one.pages for number in range(one.pages.first, one.pages.last + 1)}
    if len(marked) == receipt.page_count:
        return False
    identity, title = identify(path, password), lookup.notice.article.title if lookup.notice else ""
    if any(doi == lookup.doi and place.startswith(METADATA) for doi, place in identity.dois):
        return True
    found = [value for value, place in identity.titles if place.startswith(METADATA)]
    return bool(title) and any(compared(title, value) is SimilarityLevel.SAME for value in found)


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
    marked = f"is marked as {marked_as(marking.state.value)}"
    if lookup.notice is None:
        doubt = lookup.doubt or f"{marking.article_doi} {marked}, and is not in the list"
        return (Classification.NOT_CHECKED if lookup.doubt else Classification.NOT_LISTED), doubt
    if lookup.notice.state is not marking.state:
        kind = Classification.UNMARKED if lookup.is_retracted else Classification.NOT_LISTED
        return kind, f"{marking.article_doi or 'it'} {marked}, and {listed(lookup.notice, lookup.identifier)}"
    return None

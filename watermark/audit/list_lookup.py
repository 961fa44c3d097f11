"""Look up a PDF in lists of retractions: which notice is about its article, if any."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from watermark.audit.candidate_identifiers import CandidateIdentifiers
from watermark.audit.retraction_index.index import IndexFile, RetractionIndex, title_key
from watermark.audit.retraction_index.record import Form, RetractionRecord
from watermark.errors import NoticeError, WatermarkError
from watermark.notice import Notice, notice_in_effect

if TYPE_CHECKING:
    from watermark.article import Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLookup:
    """What the lists say about the article of a PDF.

    `notice` is the notice in effect, or None if the article is not on a list; `listing` and `path` are the record and
    the list that it comes from. `doi` and `pmid` are the article's identifiers. `is_notice` means that the PDF is a
    notice itself, or, with `is_certificate`, the certificate of a copy. `doubt` is why the article could not be
    identified, and `is_named` that an identifier of its own, or its title, is on a list all the same.
    """

    notice: Notice | None = None
    listing: RetractionRecord | None = None
    path: Path | None = None
    doi: str = ""
    pmid: str = ""
    is_notice: bool = False
    is_certificate: bool = False
    is_known: bool = True
    is_named: bool = False
    doubt: str = ""

    @property
    def identifier(self) -> str:
        """What the article is called in a message: its DOI, its PubMed ID, its title, or ""."""
        title = f"“{self.notice.article.title}”" if self.notice and self.notice.article.title else ""
        return self.doi or (f"PMID {self.pmid}" if self.pmid else "") or title

    @property
    def is_from_watch(self) -> bool:
        """Whether the list is Retraction Watch's, which can be used as the notice of each of its articles."""
        return self.listing is not None and self.listing.form is Form.WATCH

    @property
    def is_retracted(self) -> bool:
        """Whether the article must be marked, or removed by hand."""
        return self.notice is not None and (self.notice.state.is_marked or self.notice.state.value == "removal")


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupQuery:
    """The PDF to look up. `article_doi` is its DOI from the receipt, or "".

    `is_marked` means that its pages or its title carry a mark, which makes it more likely that it is a listed article,
    and `is_long` that it has more text than a notice.
    """

    path: Path
    password: str = ""
    identifiers: CandidateIdentifiers
    article_doi: str = ""
    is_marked: bool = False
    is_long: bool = False


def look_up(pdf: LookupQuery, lists: Sequence[IndexFile]) -> ListLookup:
    """Return what the lists say of a PDF.

    Raises RefusedError or FailedError if the file cannot be read well enough to identify the article.
    """
    with ExitStack() as stack:
        indexes = [stack.enter_context(RetractionIndex.opened(one)) for one in lists]
        if pdf.article_doi:
            return _about_marked(pdf, indexes)
        groups = list(_groups(indexes, pdf.identifiers))
        if not groups and pdf.identifiers.dois and not pdf.is_marked:
            return ListLookup(doi=pdf.identifiers.dois[0])
        return _matched(pdf, indexes, groups)


def _about_marked(pdf: LookupQuery, indexes: Sequence[RetractionIndex]) -> ListLookup:
    """Return what the lists say of a marked copy: by the DOI in its receipt, else as of any other file."""
    found = _about(pdf.article_doi, indexes)
    if found.listing is not None or found.doubt:
        return found
    from watermark.article.title_matching import without_state  # noqa: PLC0415 - few copies are not on a list by DOI

    titles = tuple(without_state(title) for title in pdf.identifiers.titles)
    groups = list(_groups(indexes, replace(pdf.identifiers, dois=(), titles=titles)))
    by_title = _matched(pdf, indexes, groups) if groups else found
    return by_title if by_title.listing is not None else found


def look_up_doi(doi: str, lists: Sequence[IndexFile]) -> ListLookup:
    """Return what the lists say of the article with a DOI."""
    with ExitStack() as stack:
        return _about(doi, [stack.enter_context(RetractionIndex.opened(one)) for one in lists])


def _about(doi: str, indexes: Sequence[RetractionIndex]) -> ListLookup:
    groups = list(_groups(indexes, CandidateIdentifiers(dois=(doi,), titles=())))
    return _in_effect(*groups[0]) if groups else ListLookup(doi=doi)


def _groups(
    indexes: Sequence[RetractionIndex], known: CandidateIdentifiers
) -> Iterator[tuple[RetractionIndex, tuple[RetractionRecord, ...]]]:
    """Yield the records of one list about one article, for each article that the PDF might be."""
    seen = set[tuple[int, str]]()
    for number, index in enumerate(indexes):
        about = [*(index.about(doi) for doi in known.dois), *(index.with_pmid(pmid) for pmid in known.pmids)]
        about += [index.titled(title) for title in known.titles]
        about += [(one,) for doi in known.dois for one in index.announced_by(doi)]
        for listings in about:
            key = (listings[0].doi or listings[0].pmid or listings[0].title) if listings else ""
            if listings and (number, key) not in seen:
                seen.add((number, key))
                yield index, index.about(listings[0].doi) or listings


def _matched(
    pdf: LookupQuery,
    indexes: Sequence[RetractionIndex],
    groups: list[tuple[RetractionIndex, tuple[RetractionRecord, ...]]],
) -> ListLookup:
    """Return the entry for the article of the PDF, identified as for marking: by its own DOI and its title."""
    from watermark.article.matching import as_a_certificate, as_a_notice  # noqa: PLC0415 - few files are named in a list
    from watermark.article.quick_identity import identify  # noqa: PLC0415

    identity = identify(pdf.path, pdf.password)
    if as_a_certificate(identity) is not None:
        return ListLookup(is_notice=True, is_certificate=True)
    own = identity.dois[0].value if identity.dois else ""
    groups = groups or list(_groups(indexes, _known(identity)))
    if not groups and not pdf.is_long and as_a_notice(identity) is not None:
        return ListLookup(is_notice=True, doi=own)
    known, doubts = own or next(iter(pdf.identifiers.dois), ""), list[ListLookup]()
    for index, listings in groups:
        found = _compared(identity, own, index, _in_effect(index, listings))
        if found is not None and (not found.doubt or (found.notice is None and found.is_named)):
            return found
        doubts += [found] if found is not None else []
    likely = next((replace(one, doubt="") for one in doubts if one.notice is not None), None)
    if likely is not None and pdf.is_marked:
        return likely
    is_named = any(one.is_named for one in doubts)
    doubt = doubts[-1].doubt if doubts else ""
    return ListLookup(doi=own if doubt else known, is_known=bool(known), doubt=doubt, is_named=is_named)


def _compared(identity: "Identity", own: str, index: RetractionIndex, listed: ListLookup) -> ListLookup | None:
    """Return the entry that is about the article, or why it may be; None if it is about another article.

    Of an article that only may be the listed one, and has no DOI of its own, the entry is kept beside the doubt.
    """
    from watermark.article import Match, match  # noqa: PLC0415 - few files are named in a list

    notice = _as_for_marking(index, listed)
    if isinstance(notice, ListLookup):
        return replace(notice, doi=own, is_named=True) if _named(identity, notice, own) else None
    result = match(identity, notice)
    if result.match is Match.IS_THE_NOTICE:
        return replace(listed, is_notice=True, doi=own)
    if result.match is Match.MATCH:
        return listed
    if named := _named(identity, listed, own):
        evidence = "; ".join(result.evidence)
        doubt = f"its {named} is on the list, but it may differ: {evidence}"
        return ListLookup(doi=own, pmid=listed.pmid, path=index.path, doubt=doubt, is_named=True)
    if result.match is Match.UNKNOWN and not own:
        doubt = f"it may be {listed.identifier}, which is on the list: {result.evidence[0]}"
        return replace(listed, doubt=doubt, is_named=_has_its_title(identity, listed))
    return None


def _known(identity: "Identity") -> CandidateIdentifiers:
    """Return the file's own identifiers and titles, which are looked up where none of the candidates is listed."""
    dois, titles, pmids = (
        tuple(value for value, _ in values) for values in (identity.dois, identity.titles, identity.pmids)
    )
    return CandidateIdentifiers(dois=dois, titles=titles, pmids=pmids)


def _named(identity: "Identity", listed: ListLookup, own: str) -> str:
    """Return which of the file's own identifiers the list has for an article that could not be confirmed, or ""."""
    if own:
        return "DOI" if own == listed.doi else ""
    return "PubMed ID" if listed.pmid and any(pmid == listed.pmid for pmid, _ in identity.pmids) else ""


def _has_its_title(identity: "Identity", listed: ListLookup) -> bool:
    """Whether the file has the title of a listed article, which is long enough to be of one article alone."""
    key = title_key(listed.notice.article.title) if listed.notice else ""
    return bool(key) and any(title_key(title) == key for title, _ in identity.titles)


def _as_for_marking(index: RetractionIndex, listed: ListLookup) -> Notice | ListLookup:
    """Return the notice that a marking would be made with; why there is none where it cannot be read."""
    if listed.notice is None or listed.listing is None:
        return listed
    try:
        return index.notice_as_for_marking(listed.listing)
    except WatermarkError as error:
        return _unreadable(index, listed, error)


def _unreadable(index: RetractionIndex, listed: ListLookup, error: WatermarkError) -> ListLookup:
    file = Path(error.file)
    named = f"the notice {file.name} in the list: " if error.file and file != index.path else ""
    return ListLookup(doi=listed.doi, pmid=listed.pmid, path=index.path, doubt=f"{named}{error.reason}")


def _in_effect(index: RetractionIndex, listings: Sequence[RetractionRecord]) -> ListLookup:
    doi, pmid = listings[0].doi, listings[0].pmid
    try:
        notices = [index.notice_of(one) for one in listings]
        effective = notice_in_effect(notices)
    except NoticeError as error:
        return _unreadable(index, ListLookup(doi=doi, pmid=pmid), error)
    listing = listings[notices.index(effective)]
    return ListLookup(
        doi=doi or effective.article.doi,
        pmid=pmid,
        notice=effective,
        listing=listing,
        path=index.path,
    )

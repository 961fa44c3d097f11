"""What the lists say of a PDF: which notice is about it, or that none is."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from watermark.check.clues import Clues
from watermark.errors import NoticeError
from watermark.manifests.index import Index, IndexFile
from watermark.manifests.listing import Form, Listing
from watermark.notice import Notice, standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is known of a PDF's article.

    `notice` is the one that stands, None where no list names the article; `listing` and `path` are the record and the
    list that it is from. `is_notice` says that the PDF is a notice itself, `doubt` why nothing can be told.
    """

    notice: Notice | None = None
    listing: Listing | None = None
    path: Path | None = None
    doi: str = ""
    is_notice: bool = False
    is_known: bool = True
    doubt: str = ""

    @property
    def is_from_watch(self) -> bool:
        """Whether the list is Retraction Watch's, which is a notice of each of its articles by itself."""
        return self.listing is not None and self.listing.form is Form.WATCH

    @property
    def is_retracted(self) -> bool:
        """Whether the article has to be marked, or would have to be taken down."""
        return self.notice is not None and (self.notice.state.is_marked or self.notice.state.value == "removal")


def said_of(pdf: Path, password: str, clues: Clues, lists: Sequence[IndexFile], article_doi: str = "") -> Said:
    """Return what the lists say of a PDF. `article_doi` is its DOI where a receipt names it: then nothing is guessed.

    Raises RefusedError or FailedError when the file cannot be read well enough to tell whose the DOI is.
    """
    with ExitStack() as stack:
        indexes = [stack.enter_context(Index.opened(one)) for one in lists]
        if article_doi:
            groups = list(_groups(indexes, (article_doi,), ()))
            return _stands(*groups[0]) if groups else Said(doi=article_doi)
        groups = list(_groups(indexes, clues.dois, clues.titles))
        if not groups and clues.dois:
            return Said(doi=clues.dois[0])
        return _matched(pdf, password, clues, indexes, groups)


def _groups(
    indexes: Sequence[Index], dois: Sequence[str], titles: Sequence[str]
) -> Iterator[tuple[Index, tuple[Listing, ...]]]:
    """Yield the records of one list about one article, for every article that may be meant."""
    seen = set[tuple[int, str]]()
    for number, index in enumerate(indexes):
        about = [*(index.about(doi) for doi in dois), *(index.titled(title) for title in titles)]
        about += [(one,) for doi in dois for one in index.announced_by(doi)]
        for listings in about:
            if listings and (number, key := listings[0].doi or listings[0].title) not in seen:
                seen.add((number, key))
                yield index, index.about(listings[0].doi) or listings


def _matched(
    pdf: Path,
    password: str,
    clues: Clues,
    indexes: Sequence[Index],
    groups: list[tuple[Index, tuple[Listing, ...]]],
) -> Said:
    """Return what stands for the article that the PDF is, by the rules for marking: its own DOI, and its title."""
    from watermark.article import Match, match  # noqa: PLC0415 - few files are named in a list
    from watermark.article.identify import identify  # noqa: PLC0415

    identity = identify(pdf, password)
    if not groups:
        dois, titles = [doi for doi, _ in identity.dois], [title for title, _ in identity.titles]
        groups = list(_groups(indexes, dois, titles))
    own = identity.dois[0].value if identity.dois else ""
    doubt = ""
    for index, listings in groups:
        said = _stands(index, listings)
        if said.notice is None:
            doubt = doubt or (said.doubt if said.doi and said.doi == own else "")
            continue
        result = match(identity, said.notice)
        if result.match is Match.IS_THE_NOTICE:
            return Said(is_notice=True, doi=own, notice=said.notice, listing=said.listing, path=said.path)
        if result.match is Match.MATCH:
            return said
        if result.match is Match.UNKNOWN and not own:
            doubt = f"it may be {said.doi or said.notice.article.title}, which is in the list: " + result.evidence[0]
    return Said(doi=own or next(iter(clues.dois), ""), is_known=bool(own or clues.dois), doubt=doubt)


def _stands(index: Index, listings: Sequence[Listing]) -> Said:
    doi = listings[0].doi
    try:
        notices = [index.notice_of(one) for one in listings]
        stands = standing(notices)
    except NoticeError as error:
        return Said(doi=doi, path=index.path, doubt=error.reason)
    listing = listings[notices.index(stands)]
    return Said(
        doi=doi or stands.article.doi,
        notice=stands,
        listing=listing,
        path=index.path,
    )

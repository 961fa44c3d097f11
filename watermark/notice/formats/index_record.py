"""What a bibliographic index says of one work, and the notices that follow from it.

An index (PubMed, OpenAlex, a reference manager's export) describes two kinds of work: the article, with a link to its
notice or a mark in its title, and the notice, with a link to the article. Which of the two a record is decides which
DOI is the article's, so a record that could be either is refused.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from watermark.errors import NoticeError
from watermark.notice.dates import date_in_words, iso_date
from watermark.notice.doi import dois_in
from watermark.notice.extraction.state_phrases import parse_state, split_title_label
from watermark.notice.formats.reading import Reading, select_reading
from watermark.notice.formats.text import from_blocks
from watermark.notice.model import Notice, Reference, State
from watermark.notice.text_blocks import Block, safe_excerpt
from watermark.runtime.expressions import expression

_PAST = r"(?:partially[ _-])?(?:retracted|withdrawn|removed|reinstated)"
_PAST_LABEL = expression(rf"\W*{_PAST}\b|.*[\[(]{_PAST}(?: \w+)?[\])]\W*\Z", re.IGNORECASE)
_ARTICLE_KINDS = {
    "retracted publication": State.RETRACTION,
    "retracted article": State.RETRACTION,
    "retracted": State.RETRACTION,
    "withdrawn": State.WITHDRAWAL,
    "withdrawn publication": State.WITHDRAWAL,
}
_NOTICE_KINDS = {
    "retraction of publication": State.RETRACTION,
    "retraction notice": State.RETRACTION,
    "retraction": State.RETRACTION,
    "expression of concern": State.EXPRESSION_OF_CONCERN,
}
_RETRACTS = expression(r"\b(?:retracts|withdraws) the (?:article|paper)\b(?P<rest>[^.]{0,20}.{0,300})", re.IGNORECASE)
HINDAWI = "10.1155/"
_DATE_IN_CITATION = expression(r"(?<![0-9])([12][0-9]{3})(?: ([A-Z][a-z]{2,8})\.?(?: ([0-9]{1,2}))?)?(?=[;:,.\s-]|\Z)")
_MAX_ABSTRACT = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexLink:
    """A link between an article and its notice; `to_the_article` is true on the record of the notice."""

    state: State
    to_the_article: bool
    citation: str = ""
    doi: str = ""
    date: str = ""
    pmid: str = ""

    @property
    def linked_doi(self) -> str:
        """The DOI of the linked work: as given, or the only one in the citation; else empty."""
        found = dois_in(self.citation)
        return self.doi or (found[0] if len(found) == 1 else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexRecord:
    """One work in an index. `work` is cited without labels in its title; `title` is the title as the index has it.

    `kinds` are publication types or keywords. `paragraphs` are its abstract and remarks. `date` is the day of
    publication. `source` and `source_date` are as in `NoticeFile`.
    """

    source: str
    source_date: str = ""
    title: str = ""
    work: Reference = field(default_factory=Reference)
    date: str = ""
    kinds: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    links: tuple[IndexLink, ...] = ()
    pmid: str = ""
    language: str = "en"

    @property
    def name(self) -> str:
        """How a message names the record: its DOI, its PubMed ID, or its title."""
        identifier = self.work.doi or (f"PMID {self.pmid}" if self.pmid else "") or self.title
        return safe_excerpt(identifier) or "without a DOI"


def readings_in(records: Sequence[IndexRecord]) -> Iterator[Reading]:
    """Yield a reading for each notice that the records tell of; none where nothing was retracted.

    Raises NoticeError where a record could be the article's or the notice's.
    """
    doi_by_pmid = {record.pmid: record.work.doi for record in records if record.pmid and record.work.doi}
    for record in records:
        for notice, pmid in _notices_of(record, doi_by_pmid):
            yield Reading(notice=notice, source=record.source, source_date=record.source_date, article_pmid=pmid)


def reading_of(records: Sequence[IndexRecord], form: str, article_doi: str) -> Reading:
    """Return what the records say of one article; `form` is `PubMed record`, for instance.

    Raises NoticeError when none tells of a retraction, or when they are about several articles and none is chosen.
    """
    found = list(readings_in(records))
    if not found:
        raise no_retraction(records, form)
    return select_reading(found, article_doi)


def no_retraction(records: Sequence[IndexRecord], form: str) -> NoticeError:
    """Return the error for records of which none tells of a retraction; `form` is as in `reading_of`."""
    if not records:
        return NoticeError(f"the {form} is empty", remedy="Download the record of the article again.")
    names = ", ".join(record.name for record in records[:3])
    more = f" and {len(records) - 3} more" if len(records) > 3 else ""
    return NoticeError(
        f"the {form} says nothing of a retraction, a withdrawal or an expression of concern ({names}{more})",
        remedy="Give the record of the notice or of the retracted article, or the notice's text.",
    )


def citation_date(citation: str) -> str:
    """Return the date in `J Ponds. 2024 May 4;13:e99`, as precise as it is; empty where there is none."""
    found = _DATE_IN_CITATION.search(citation)
    if found is None:
        return ""
    year, month, day = found.groups()
    return date_in_words(" ".join(filter(None, (day, month, year)))) or iso_date(year)


def _notices_of(record: IndexRecord, doi_by_pmid: Mapping[str, str]) -> Iterator[tuple[Notice, str]]:
    """Yield each notice with the PubMed ID of its article, or ""."""
    to_articles = [link for link in record.links if link.to_the_article]
    to_notices = [link for link in record.links if not link.to_the_article]
    for link in to_articles:
        doi = link.linked_doi or doi_by_pmid.get(link.pmid, "")
        notice = _from_the_notice(record, link.state, Reference(doi=doi, citation=link.citation))
        is_replaced = link.state is State.RETRACTED_AND_REPLACED
        yield _replaced_by(notice, record.work.doi) if is_replaced else notice, link.pmid
    for link in () if to_articles else to_notices:
        doi = link.linked_doi or doi_by_pmid.get(link.pmid, "")
        date = link.date or citation_date(link.citation)
        notice = Notice(state=link.state, article=record.work, doi=doi, date=date)
        is_replaced = link.state is State.RETRACTED_AND_REPLACED
        yield _replaced_by(notice, doi) if is_replaced else notice, record.pmid
    if not record.links:
        for notice in _from_labels(record):
            yield notice, record.pmid if notice.article == record.work else ""


def _replaced_by(notice: Notice, doi: str) -> Notice:
    """Return a notice of which PubMed links only the replacement, whose DOI is not that of a notice."""
    return replace(notice, doi="", replacement_doi=doi if doi != notice.article.doi else "")


def _from_labels(record: IndexRecord) -> Iterator[Notice]:
    """Yield what the publication types and the title's label say where no link says it."""
    kinds = [" ".join(re.split(r"[\s_-]+", kind.strip().lower())) for kind in record.kinds]
    on_notice = next((_NOTICE_KINDS[kind] for kind in kinds if kind in _NOTICE_KINDS), None)
    on_article = next((_ARTICLE_KINDS[kind] for kind in kinds if kind in _ARTICLE_KINDS), None)
    labelled = label_state(record.title)
    if on_notice is None and on_article is None and labelled:
        if not is_past_label(record.title):
            on_notice = labelled
        elif record.work.doi.startswith(HINDAWI) or not record.work.authors:
            raise uncertain_side(record)
        else:
            on_article = labelled
    if on_notice:
        yield _from_the_notice(record, _narrower(labelled, on_notice), Reference())
    elif on_article:
        yield Notice(state=_narrower(labelled, on_article), article=record.work, language=record.language)


def uncertain_side(record: IndexRecord) -> NoticeError:
    """Return the error for a record that may be the article's or the notice's: some indexes flag notices, too."""
    return NoticeError(
        f"cannot tell whether this is the record of the retracted article or of its notice ({record.name})",
        remedy="Give the text of the notice, or a record that has a link between the two.",
    )


def _named_in(paragraphs: Sequence[str]) -> str:
    """Return the only DOI behind `[This retracts the article DOI: …]`, as PubMed's abstracts have it."""
    dois = [doi for text in paragraphs for found in _RETRACTS.finditer(text) for doi in dois_in(found["rest"])]
    return dois[0] if len(set(dois)) == 1 else ""


def label_state(title: str) -> State | None:
    """Return the state in a title's label, or of a title that is nothing but a label; None without one."""
    return split_title_label(title)[1] or parse_state(title)


def is_past_label(title: str) -> bool:
    """Return whether a title is labelled as an article that has been retracted (`RETRACTED: …`), not as a notice."""
    return _PAST_LABEL.match(title) is not None


def _narrower(labelled: State | None, kind: State) -> State:
    """Return the state of the label where it is more exact than the kind, which knows only retractions."""
    return labelled if labelled and kind is State.RETRACTION else kind


def _from_the_notice(record: IndexRecord, state: State, article: Reference) -> Notice:
    heading = [Block(marked_up=record.title, words=record.title, is_heading=True)] if record.title else []
    paragraphs = [text[:_MAX_ABSTRACT] for text in record.paragraphs if text]
    body = [Block(marked_up=text, words=text) for text in paragraphs]
    found = from_blocks([*heading, *body], state=state)
    about, label = split_title_label(record.title)
    cited = _named_in(paragraphs) or found.article.doi
    cited = cited if cited != record.work.doi else ""
    return replace(
        found,
        title=record.title,
        doi=record.work.doi,
        date=record.date,
        statement=tuple(paragraphs),
        article=replace(article, title=about.rstrip(".") if label else "", doi=article.doi or cited),
        language=record.language,
    )


def certain_kinds(words: Iterable[str]) -> tuple[str, ...]:
    """Return the keywords that can only be the type of a publication; `retraction` alone is a subject, too."""
    certain = {*_ARTICLE_KINDS, "retraction of publication", "retraction notice"}
    return tuple(word for word in words if word.strip().lower() in certain)


def unlabelled(title: str) -> str:
    """Return an article's title without the label of its state and without a final full stop."""
    return split_title_label(title.rstrip(". ") if title.endswith((".", ". ")) else title)[0]


def person(family: str, given: str) -> str:
    """Return a name with the surname in front, as `Reference.authors` has it."""
    return " ".join(filter(None, (family.strip(" ,"), given.strip())))


def surname_first(names: Iterable[str]) -> tuple[str, ...]:
    """Return names written as `Ode, Ann` in the form `Ode Ann`; others stay as they are."""
    return tuple(person(*(name.split(",", 1) if "," in name else (name, ""))) for name in names if name.strip())

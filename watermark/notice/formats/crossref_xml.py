"""A notice as the XML of a Crossref deposit, or of Crossref's answer to a query (`doi_batch`, `doi_records`)."""

from collections.abc import Iterator

from watermark.errors import NoticeError
from watermark.notice.dates import iso_date
from watermark.notice.doi import normalised_doi
from watermark.notice.extraction.state_phrases import split_title_label, state_of_update
from watermark.notice.formats.crossref_json import SOURCE, relation_state
from watermark.notice.formats.jats.dates import date_of
from watermark.notice.formats.reading import Reading
from watermark.notice.formats.structured import valid_language, valid_url
from watermark.notice.model import Notice, Reference, State
from watermark.notice.precedence import select_notice
from watermark.notice.text_blocks import safe_excerpt
from watermark.notice.xml import Element, attribute, child, children, every, words_of

ROOTS = frozenset({"doi_batch", "doi_records", "crossref_result", "crossref", "body", "journal"})
RECORDS = (
    "journal_article",
    "book",
    "conference_paper",
    "posted_content",
    "dissertation",
    "report-paper",
    "content_item",
)


def from_deposit(root: Element, *, article_doi: str = "") -> Reading:
    """Return what the record with an update in it says; of several, the one about `article_doi`.

    Raises NoticeError when no record has an update, when a type is not one of Crossref's, when an update names no
    DOI, and when they are about several articles and none is chosen.
    """
    found = [notice for name in RECORDS for record in every(root, name) for notice in _notices(record)]
    if not found:
        raise NoticeError(
            "the Crossref XML names no update of an article",
            place=f"line {root.sourceline}",
            remedy="Give the deposit of the notice: its <crossmark> has <updates>.",
        )
    sent = words_of(child(root, "head", "timestamp"))[:8]
    day = iso_date(f"{sent[:4]}-{sent[4:6]}-{sent[6:]}")
    return Reading(notice=select_notice(found, article_doi), source=SOURCE, source_date=day)


def _notices(record: Element) -> Iterator[Notice]:
    for update in every(record, "update"):
        state = state_of_update(attribute(update, "type"), attribute(update, "label"))
        if state is None:
            raise NoticeError(
                f"“{safe_excerpt(attribute(update, 'type'))}” is not an update type of Crossref",
                place=f"line {update.sourceline}",
                remedy=f"Use one of: {', '.join(State)}.",
            )
        day = child(update, "date")
        yield _notice(
            record, update, state, iso_date(attribute(update, "date")[:10]) or _day(update if day is None else day)
        )
    for item in every(record, "related_item"):
        for relation in (*children(item, "inter_work_relation"), *children(item, "intra_work_relation")):
            state, is_notice = relation_state(attribute(relation, "relationship-type"))
            if state and is_notice:
                yield _notice(record, relation, state, "")


def _day(element: Element) -> str:
    """Return a date in parts or in one text: `<date>2024-05-04</date>`."""
    return date_of(element) or iso_date(words_of(element)[:10])


def _target(update: Element) -> str:
    """Return the DOI of an update: its own text, or that of a child, but never the text of several children in one."""
    named = child(update, "doi")
    if named is not None:
        return normalised_doi(words_of(named))
    own = " ".join(filter(None, ((update.text or "").strip(), *((inner.tail or "").strip() for inner in update))))
    return normalised_doi(own) if own or len(update) else normalised_doi(words_of(update))


def _notice(record: Element, target: Element, state: State, date: str) -> Notice:
    doi = _target(target)
    if not doi:
        raise NoticeError(
            f"an update names no DOI: “{safe_excerpt(words_of(target))}”",
            place=f"line {target.sourceline}",
            remedy="Have the deposit corrected, or give the notice as text.",
        )
    titles = children(record, "titles", "title") or list(every(record, "title"))
    title = words_of(titles[0], without_notes=True) if titles else ""
    about, named = split_title_label(title)
    online_first = sorted(children(record, "publication_date"), key=lambda day: attribute(day, "media_type") == "print")
    dates = (date_of(element) for element in online_first)
    return Notice(
        state=state,
        article=Reference(title=about if named else "", doi=doi),
        title=title,
        doi=normalised_doi(words_of(child(record, "doi_data", "doi"))),
        url=valid_url(words_of(child(record, "doi_data", "resource"))),
        date=date or next(filter(None, dates), ""),
        language=valid_language(attribute(record, "language")) or "en",
    )

"""DataCite's metadata, as JSON or as XML: a work that was withdrawn, or one whose title says that it was retracted.

DataCite has no relation for a retraction. It has the date type `Withdrawn`, with the reason in a description (DataCite
Metadata Schema 4.5, appendix 1).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from watermark.notice.dates import iso_date
from watermark.notice.doi import normalised_doi
from watermark.notice.formats.index_json import items_of, members_of, text_of, year_of
from watermark.notice.formats.index_record import (
    IndexLink,
    IndexRecord,
    label_state,
    person,
    reading_of,
    readings_in,
    surname_first,
    unlabelled,
)
from watermark.notice.formats.json_records import Members
from watermark.notice.formats.reading import Reading
from watermark.notice.model import Reference, State
from watermark.notice.xml import Element, attribute, child, children, every, name_of, words_of

SOURCE = "DataCite"
NAMESPACE = "http://datacite.org/schema/kernel-"


def readings_of(work: Members) -> Iterator[Reading]:
    """Yield what the attributes of one DOI in DataCite's JSON say of a retraction."""
    dates = [members_of(item) for item in items_of(work.get("dates"))]
    people = [members_of(item) for item in items_of(work.get("creators"))]
    descriptions = [members_of(item) for item in items_of(work.get("descriptions"))]
    titles = [text_of(members_of(item).get("title")) for item in items_of(work.get("titles"))]
    record = _record(
        title=next(filter(None, titles), ""),
        doi=text_of(work.get("doi")) or text_of(work.get("id")),
        authors=[
            person(text_of(one.get("familyName")), text_of(one.get("givenName"))) or text_of(one.get("name"))
            for one in people
        ],
        year=year_of(work.get("publicationYear")),
        dates=[(text_of(one.get("dateType")), text_of(one.get("date"))) for one in dates],
        descriptions=[text_of(one.get("description")) for one in descriptions],
    )
    yield from readings_in([replace(record, source_date=iso_date(text_of(work.get("updated"))[:10]))])


def from_datacite_xml(root: Element, *, article_doi: str = "") -> Reading:
    """Return what DataCite's XML says. Raises NoticeError when nothing in it was withdrawn or retracted."""
    resources = [root] if name_of(root) == "resource" else list(every(root, "resource"))
    return reading_of([_from_resource(resource) for resource in resources], "DataCite record", article_doi)


def _from_resource(resource: Element) -> IndexRecord:
    dates = [(attribute(date, "dateType"), words_of(date)) for date in children(resource, "dates", "date")]
    year = words_of(child(resource, "publicationYear"))
    return _record(
        title=words_of(child(resource, "titles", "title")),
        doi=words_of(child(resource, "identifier")),
        authors=[
            person(words_of(child(one, "familyName")), words_of(child(one, "givenName")))
            or words_of(child(one, "creatorName"))
            for one in children(resource, "creators", "creator")
        ],
        year=year_of(year),
        dates=dates,
        descriptions=[words_of(one) for one in children(resource, "descriptions", "description")],
    )


def _record(  # noqa: PLR0913 - one keyword for each fact of a DOI
    *,
    title: str,
    doi: str,
    authors: Sequence[str],
    year: int | None,
    dates: Sequence[tuple[str, str]],
    descriptions: Sequence[str],
) -> IndexRecord:
    withdrawn = [date for kind, date in dates if kind.lower() == "withdrawn"]
    issued = next((iso_date(date[:10]) for kind, date in dates if kind.lower() in {"issued", "available"}), "")
    state = label_state(title) or State.WITHDRAWAL
    link = IndexLink(state=state, to_the_article=False, date=iso_date(withdrawn[-1][:10]) if withdrawn else "")
    return IndexRecord(
        source=SOURCE,
        title=title,
        work=Reference(authors=surname_first(authors), title=unlabelled(title), year=year, doi=normalised_doi(doi)),
        date=issued,
        paragraphs=tuple(filter(None, descriptions)),
        links=(link,) if withdrawn else (),
    )

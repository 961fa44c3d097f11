"""Works in the JSON of OpenAlex, Europe PMC and DataCite, and in CSL-JSON: what each says of a retraction."""

import html
import re
from collections.abc import Callable, Iterator, Mapping

from watermark.errors import NoticeError
from watermark.notice.dates import iso_date
from watermark.notice.doi import normalised_doi
from watermark.notice.formats.crossref_json import TAG, date_of
from watermark.notice.formats.index_record import (
    IndexLink,
    IndexRecord,
    label_state,
    person,
    readings_in,
    uncertain_side,
    unlabelled,
)
from watermark.notice.formats.json_records import Members
from watermark.notice.formats.pubmed_links import link_type
from watermark.notice.formats.reading import Reading
from watermark.notice.model import Reference
from watermark.notice.text_blocks import collapse_whitespace, printable


def _openalex(work: Members) -> Iterator[Reading]:
    retracted = work.get("is_retracted", False)
    if not isinstance(retracted, (bool, type(None))):
        raise NoticeError("`is_retracted` in the OpenAlex record must be true or false", remedy="Download it again.")
    title = text_of(work.get("title")) or text_of(work.get("display_name"))
    biblio = members_of(work.get("biblio"))
    pages = "-".join(dict.fromkeys(filter(None, (text_of(biblio.get(end)) for end in ("first_page", "last_page")))))
    location = members_of(members_of(work.get("primary_location")).get("source"))
    people = (members_of(members_of(item).get("author")) for item in items_of(work.get("authorships")))
    is_notice = text_of(work.get("type")).lower() == "retraction"
    unlabelled_kinds = ("retracted",) if retracted and label_state(title) is None else ()
    record = IndexRecord(
        source="OpenAlex",
        source_date=iso_date(text_of(work.get("updated_date"))[:10]),
        title=title,
        work=Reference(
            authors=tuple(name for one in people if (name := text_of(one.get("display_name")))),
            title=unlabelled(title),
            journal=text_of(location.get("display_name")),
            year=year_of(work.get("publication_year")),
            volume=text_of(biblio.get("volume")),
            issue=text_of(biblio.get("issue")),
            pages=pages,
            doi=normalised_doi(text_of(work.get("doi"))),
        ),
        date=iso_date(text_of(work.get("publication_date"))[:10]),
        kinds=("retraction",) if is_notice else unlabelled_kinds,
    )
    if unlabelled_kinds and not is_notice and not record.work.authors:
        raise uncertain_side(record)
    yield from readings_in([record])


def _europe_pmc(work: Members) -> Iterator[Reading]:
    title = text_of(work.get("title"))
    journal = members_of(work.get("journalInfo"))
    kinds = items_of(members_of(work.get("pubTypeList")).get("pubType"))
    people = items_of(members_of(work.get("authorList")).get("author"))
    names = [text_of(members_of(one).get("fullName")) for one in people]
    record = IndexRecord(
        source="Europe PMC",
        source_date=iso_date(text_of(work.get("dateOfRevision"))[:10]),
        title=title,
        work=Reference(
            authors=tuple(filter(None, names)) or tuple(_listed(text_of(work.get("authorString")))),
            title=unlabelled(title),
            journal=text_of(members_of(journal.get("journal")).get("title")) or text_of(work.get("journalTitle")),
            year=year_of(journal.get("yearOfPublication") or work.get("pubYear")),
            volume=text_of(journal.get("volume")) or text_of(work.get("journalVolume")),
            issue=text_of(journal.get("issue")) or text_of(work.get("issue")),
            pages=text_of(work.get("pageInfo")),
            doi=normalised_doi(text_of(work.get("doi"))),
        ),
        date=iso_date(text_of(work.get("firstPublicationDate"))[:10]),
        kinds=tuple(map(text_of, kinds)) or tuple(text_of(work.get("pubType")).split("; ")),
        paragraphs=tuple(filter(None, (text_of(work.get("abstractText")),))),
        links=tuple(_corrections(items_of(members_of(work.get("commentCorrectionList")).get("commentCorrection")))),
        pmid=text_of(work.get("pmid")),
    )
    yield from readings_in([record])


def _corrections(items: list[object]) -> Iterator[IndexLink]:
    for item in map(members_of, items):
        if meaning := link_type(text_of(item.get("type"))):
            yield IndexLink(
                state=meaning[0],
                to_the_article=meaning[1],
                citation=text_of(item.get("reference")),
                doi=normalised_doi(text_of(item.get("doi"))),
                pmid=text_of(item.get("id")),
            )


def _listed(names: str) -> Iterator[str]:
    yield from filter(None, (name.strip() for name in names.rstrip(".").split(",")))


def _datacite(work: Members) -> Iterator[Reading]:
    """Yield what DataCite says: the date of the type `Withdrawn`, or the label of the title."""
    from watermark.notice.formats.datacite import readings_of  # noqa: PLC0415 - loaded when the form is met

    yield from readings_of(members_of(work.get("attributes")) or work)


def _csl(work: Members) -> Iterator[Reading]:
    title = text_of(work.get("title"))
    people = [members_of(one) for one in items_of(work.get("author"))]
    names = [
        person(text_of(one.get("family")), text_of(one.get("given"))) or text_of(one.get("literal")) for one in people
    ]
    date = csl_date(work.get("issued"))
    record = IndexRecord(
        source="a reference manager (CSL-JSON)",
        title=title,
        work=Reference(
            authors=tuple(filter(None, names)),
            title=unlabelled(title),
            journal=text_of(work.get("container-title")),
            year=int(date[:4]) if date else None,
            volume=text_of(work.get("volume")),
            issue=text_of(work.get("issue")),
            pages=text_of(work.get("page")),
            doi=normalised_doi(text_of(work.get("DOI"))),
        ),
        date=date,
        kinds=tuple(map(str.strip, text_of(work.get("keyword")).split(","))),
        paragraphs=tuple(filter(None, (text_of(work.get("abstract")), text_of(work.get("note"))))),
    )
    yield from readings_in([record])


def csl_date(value: object) -> str:
    """Return `{"date-parts": [[2024, 5, 4]]}` or `{"raw": "2024-05-04"}` as ISO 8601; empty where it is neither."""
    return date_of(value) or iso_date(text_of(members_of(value).get("raw")))


def members_of(value: object) -> Members:
    """Return the members of a JSON object; none for any other value."""
    return value if isinstance(value, dict) else {}


def items_of(value: object) -> list[object]:
    """Return the items of a JSON array; none for any other value."""
    return value if isinstance(value, list) else []


def text_of(value: object) -> str:
    """Return a text or a whole number on one line, without markup; an empty string for any other value."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**12:
        return str(value)
    if not isinstance(value, str):
        return ""
    return collapse_whitespace(printable(html.unescape(TAG.sub("", value))))


def year_of(value: object) -> int | None:
    """Return a year of four digits, given as a number or as text; None for any other value."""
    text = text_of(value)
    return int(text) if re.fullmatch("[12][0-9]{3}", text) else None


READERS: Mapping[str, Callable[[Members], Iterator[Reading]]] = {
    "OpenAlex": _openalex,
    "Europe PMC": _europe_pmc,
    "DataCite": _datacite,
    "CSL-JSON": _csl,
}

"""PubMed's NBIB (MEDLINE) form: tagged lines, with `RIN` on a retracted article and `ROF` on its notice."""

import re
from collections.abc import Iterator

from watermark.notice.doi import normalised_doi
from watermark.notice.formats.index_record import (
    IndexLink,
    IndexRecord,
    reading_of,
    readings_in,
    surname_first,
    unlabelled,
)
from watermark.notice.formats.pubmed_links import LINK_TYPES, NBIB_LINKS, pubmed_date
from watermark.notice.formats.pubmed_xml import SOURCE
from watermark.notice.formats.reading import Reading
from watermark.notice.formats.tagged_lines import Fields, all_values, first_value, tagged_records
from watermark.notice.model import Reference
from watermark.runtime.expressions import expression

_PMID = expression(r"\bPMID: ?([0-9]{1,9})")
_DOI_VALUE = expression(r"(?<!\S)(\S+) \[doi\]")


def from_nbib(text: str, *, article_doi: str = "") -> Reading:
    """Return what the records say of one article. Raises NoticeError as `from_pubmed` does."""
    return reading_of(_records(text), "PubMed record (NBIB)", article_doi)


def readings_of(text: str) -> list[Reading]:
    """Return what the records say of each article; nothing of those that were not retracted. Raises NoticeError."""
    return list(readings_in(_records(text)))


def _records(text: str) -> list[IndexRecord]:
    return [_record(fields) for fields in tagged_records(text, first="PMID")]


def _record(fields: Fields) -> IndexRecord:
    title = first_value(fields, "TI", "BTI")
    date = pubmed_date(first_value(fields, "DEP")) or pubmed_date(first_value(fields, "DP"))
    year = re.match("[0-9]{4}", date or first_value(fields, "DP"))
    dois = (
        normalised_doi(found[1]) for text in all_values(fields, ("LID", "AID")) if (found := _DOI_VALUE.search(text))
    )
    return IndexRecord(
        source=SOURCE,
        source_date=pubmed_date(first_value(fields, "LR")),
        title=title,
        work=Reference(
            authors=surname_first(fields.get("FAU") or fields.get("AU", []) or fields.get("CN", [])),
            title=unlabelled(title),
            journal=first_value(fields, "JT", "TA"),
            year=int(year[0]) if year else None,
            volume=first_value(fields, "VI"),
            issue=first_value(fields, "IP"),
            pages=first_value(fields, "PG"),
            doi=next(filter(None, dois), ""),
        ),
        date=date,
        kinds=tuple(fields.get("PT", ())),
        paragraphs=tuple(fields.get("AB", ())),
        links=tuple(_links(fields)),
        pmid=first_value(fields, "PMID"),
    )


def _links(fields: Fields) -> Iterator[IndexLink]:
    for tag, kind in NBIB_LINKS.items():
        state, to_the_article = LINK_TYPES[kind]
        for citation in fields.get(tag, ()):
            number = _PMID.search(citation)
            yield IndexLink(
                state=state, to_the_article=to_the_article, citation=citation, pmid=number[1] if number else ""
            )

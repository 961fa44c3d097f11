"""RIS, as reference managers and journals' pages export it."""

import re

from watermark.notice.dates import iso_date
from watermark.notice.doi import normalised_doi
from watermark.notice.formats.index_record import (
    IndexRecord,
    certain_kinds,
    reading_of,
    surname_first,
    unlabelled,
)
from watermark.notice.formats.reading import Reading
from watermark.notice.formats.tagged_lines import Fields, all_values, first_value, tagged_records
from watermark.notice.model import Reference

SOURCE = "a reference manager (RIS)"


def from_ris(text: str, *, article_doi: str = "") -> Reading:
    """Return what the references say of one article. Raises NoticeError when none says that it was retracted."""
    return reading_of([_record(fields) for fields in tagged_records(text, first="TY")], "RIS record", article_doi)


def _record(fields: Fields) -> IndexRecord:
    title = first_value(fields, "TI", "T1", "CT")
    date = _date(first_value(fields, "DA", "Y1", "PY"))
    pages = "-".join(dict.fromkeys(filter(None, (first_value(fields, "SP"), first_value(fields, "EP")))))
    dois = (normalised_doi(text) for text in all_values(fields, ("DO", "DOI", "L3", "M3", "UR")))
    return IndexRecord(
        source=SOURCE,
        title=title,
        work=Reference(
            authors=surname_first(all_values(fields, ("AU", "A1"))),
            title=unlabelled(title),
            journal=first_value(fields, "JF", "T2", "JO", "JA"),
            year=int(date[:4]) if date else None,
            volume=first_value(fields, "VL"),
            issue=first_value(fields, "IS"),
            pages=pages,
            doi=next(filter(None, dois), ""),
        ),
        date=date,
        kinds=certain_kinds(all_values(fields, ("KW", "M3", "PT"))),
        paragraphs=tuple(all_values(fields, ("AB", "N2", "N1"))),
    )


def _date(text: str) -> str:
    """Return `2024/05/04/` or `2024` as ISO 8601, as precise as it is."""
    found = re.match(r"([0-9]{4})(?:[/-]([0-9]{1,2}))?(?:[/-]([0-9]{1,2}))?", text)
    parts = [part.zfill(2) for part in found.groups() if part] if found else []
    return iso_date("-".join(parts)) or (iso_date(parts[0]) if parts else "")

"""arXiv's answer to a query (Atom): an e-print whose abstract or comment says that it was withdrawn."""

import re
from collections.abc import Iterator
from dataclasses import replace

from watermark.notice.dates import iso_date
from watermark.notice.formats.index_record import IndexLink, IndexRecord, no_retraction, readings_in, unlabelled
from watermark.notice.formats.reading import Reading, select_reading
from watermark.notice.model import Reference, State
from watermark.notice.xml import Element, child, children, every, name_of, words_of
from watermark.runtime.expressions import expression

SOURCE = "arXiv"
_ID = expression(
    r"https?://arxiv\.org/abs/(?P<id>(?:[a-z-]+(?:\.[A-Z]{2})?/)?[0-9.]{4,12}?)(?:v[0-9]{1,3})?/?", re.IGNORECASE
)
_WITHDRAWN = expression(
    r"\b(?:paper|article|manuscript|submission|e-?print|preprint|work)\b[^.]{0,60}\b(?:withdrawn|retracted)\b"
    r"|\A\W*(?:withdrawn|retracted)\b",
    re.IGNORECASE,
)
_NOT = expression(r"\b(?:not|never)\b[^.]{0,20}\b(?:withdrawn|retracted)\b", re.IGNORECASE)


def from_arxiv(root: Element, *, article_doi: str = "") -> Reading:
    """Return what arXiv says of one e-print, known by its DOI at arXiv. Raises NoticeError when none was withdrawn."""
    entries = [root] if name_of(root) == "entry" else list(every(root, "entry"))
    records = [_record(entry) for entry in entries]
    found = list(_with_addresses(records, entries))
    if not found:
        raise no_retraction(records, "arXiv record")
    return select_reading(found, article_doi)


def _with_addresses(records: list[IndexRecord], entries: list[Element]) -> Iterator[Reading]:
    for record, entry in zip(records, entries, strict=True):
        for reading in readings_in([record]):
            remarks = tuple(text for text in record.paragraphs if _WITHDRAWN.search(text))
            yield replace(reading, notice=replace(reading.notice, url=_address(entry), statement=remarks))


def _address(entry: Element) -> str:
    text = words_of(child(entry, "id"))
    return text.replace("http://", "https://", 1) if _ID.fullmatch(text) else ""


def _record(entry: Element) -> IndexRecord:
    title, updated = words_of(child(entry, "title")), iso_date(words_of(child(entry, "updated"))[:10])
    published = iso_date(words_of(child(entry, "published"))[:10])
    found = _ID.fullmatch(words_of(child(entry, "id")))
    texts = tuple(filter(None, (words_of(child(entry, name)) for name in ("comment", "summary"))))
    withdrawn = any(_WITHDRAWN.search(text) and not _NOT.search(text) for text in texts)
    return IndexRecord(
        source=SOURCE,
        source_date=updated,
        title=title,
        work=Reference(
            authors=tuple(name for one in children(entry, "author") if (name := words_of(child(one, "name")))),
            title=unlabelled(title),
            year=int(published[:4]) if published else None,
            doi=f"10.48550/arxiv.{found['id'].lower()}" if found else "",
        ),
        date=published,
        paragraphs=texts,
        links=(IndexLink(state=State.WITHDRAWAL, to_the_article=False, date=updated),) if withdrawn else (),
    )

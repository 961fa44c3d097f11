"""Text of a notice as spans: invisible characters removed, web addresses linked, italics kept."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import quote

from watermark.pdf.fonts.settable_text import settable, visible
from watermark.stamping.notice_document.blocks import Span, Spans

_URL = re.compile(r"<?((?i:https?)://[^\s<>\"\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]+)>?")
MAX_ADDRESS = 8000
"""Characters of an address that is made a link: PDF/A limits strings, and few browsers take a longer one."""
_AFTER_A_URL = ".,;:!?'\u201d\u2019"
_IN_A_URL = "/:?#[]@!$&'()*+,;=-._~%"


def linked(text: str) -> Spans:
    """Return `text` as spans in which every web address is a link."""
    return tuple(_linked(Span(text=settable(text))))


def emphasised(parts: Spans) -> Spans:
    """Return spans of one paragraph cleaned up, their bold and italics kept, with every web address as a link."""
    cleaned = [replace(part, text=re.sub(r"\s+", " ", visible(part.text))) for part in parts]
    return tuple(span for part in cleaned for span in _linked(part))


def _linked(span: Span) -> Iterator[Span]:
    text, end = span.text, 0
    for found in _URL.finditer(text):
        url = found[1].rstrip(_AFTER_A_URL)
        if url.endswith(")") and "(" not in url:
            url = url.rstrip(")")
        if found.start() > end:
            yield replace(span, text=text[end : found.start()])
        yield replace(span, text=url, link=web_address(url))
        end = found.end() if found[0].endswith(">") and url == found[1] else found.start(1) + len(url)
    if text[end:]:
        yield replace(span, text=text[end:])


def web_address(url: str) -> str:
    """Return `url` in ASCII, or "" if it is not a web address, or too long for a link (ISO 32000-2 12.6.4.8)."""
    address = quote("".join(url.split()), safe=_IN_A_URL)
    is_short = len(address) <= MAX_ADDRESS
    return address if is_short and address.lower().startswith(("http://", "https://")) else ""


def with_doi(text: str, doi: str) -> Spans:
    """Return a reference with its DOI as a link after it, unless the reference has it."""
    if not doi or doi.lower() in text.lower():
        return linked(text)
    return (*linked(text), *([Span(text=" ")] if text else []), doi_link(doi))


def known_rows(values: Mapping[str, Spans]) -> tuple[tuple[Spans, ...], ...]:
    """Return a row of a table for each value that is known, with its label in bold."""
    return tuple(((Span(text=label, bold=True),), spans) for label, spans in values.items() if spans)


def capital(text: str) -> str:
    """Return `text` with a capital at the beginning."""
    return text[:1].upper() + text[1:]


def doi_link(doi: str) -> Span:
    """Return a bare DOI as a link that is written out."""
    shown = f"https://doi.org/{settable(doi)}"
    return Span(text=shown, link=quote(shown, safe="/:()._-;~"))

"""By which DOIs and titles a PDF may be known, found at little cost: more than are its own, and never fewer.

Most files of a catalogue are not in a list of retractions. It takes a moment to see that none of the DOIs that a file
names anywhere is in the list; only where one is, it is worth while to read whose DOI that is.
"""

import html
import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass

from watermark.article.marks.pdfium_page import PdfiumFile
from watermark.notice import dois_in

ENTRIES = ("Title", "Subject", "Keywords", "doi", "DOI", "WPS-ARTICLEDOI", "arXivID", "Author", "Creator")
MAX_PACKETS = 50
MAX_PACKET_LENGTH = 1_000_000
BEFORE, BEHIND = 20, 520
_BEGINNING = re.compile(r"10\.[0-9]|%2[Ff]10\.")
_OPENING = re.compile(rb"<(?:\w{1,20}:)?RDF\b")
_CLOSING = re.compile(rb"</(?:\w{1,20}:)?RDF\s*>")
_TITLE = re.compile(r"<dc:title\b[^>]*>(.{0,4000}?)</dc:title>|\bdc:title=\"([^\"]{0,2000})\"", re.DOTALL)
_TAG = re.compile(r"<[^<>]{0,300}>")
_ARXIV = re.compile(r"arxiv(?::|\.org/(?:abs|pdf)/)\s?([a-z-]+(?:\.[a-z]{2})?/\d{7}|\d{4}\.\d{4,5})", re.IGNORECASE)
_NUMBER = re.compile(r"\d{4}\.\d{4,5}")
_VERSION = re.compile(r"v\d{1,2}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateIdentifiers:
    """DOIs in lower case, and titles as they stand; `titles` are of the metadata."""

    dois: tuple[str, ...]
    titles: tuple[str, ...]


def clues_in(opened: PdfiumFile, held: mmap.mmap, opening: str) -> CandidateIdentifiers:
    """Return the DOIs in the metadata and in the text of the first pages, and the titles in the metadata.

    Metadata that are compressed or encrypted are not seen here; `identify` reads them, where it matters.
    """
    packets = tuple(dict.fromkeys(_packets(held)))
    entries = {name: opened.value(name) for name in ENTRIES}
    texts = (*packets, *entries.values(), opening)
    dois = [doi for text in texts for doi in (*dois_in(_near_dois(text)), *_arxiv_dois(text))]
    dois += [f"10.48550/arxiv.{number}" for number in _NUMBER.findall(entries["arXivID"])]
    dois += [shorter for doi in dois if (shorter := _VERSION.sub("", doi)) != doi]
    titles = [entries["Title"], *(title for packet in packets for title in _titles(packet))]
    return CandidateIdentifiers(dois=tuple(dict.fromkeys(dois)), titles=tuple(dict.fromkeys(filter(None, titles))))


def _packets(held: mmap.mmap) -> Iterator[str]:
    """Yield the metadata that stand in the file as they are read, in whichever object."""
    place = 0
    for _ in range(MAX_PACKETS):
        opening = _OPENING.search(held, place)
        if opening is None:
            return
        closing = _CLOSING.search(held, opening.end(), min(opening.end() + MAX_PACKET_LENGTH, len(held)))
        place = closing.end() if closing else opening.end()
        if closing:
            yield html.unescape(held[opening.start() : closing.start()].decode("utf-8", "replace"))


def _near_dois(text: str) -> str:
    """Return the parts of a text near the beginnings of DOIs; the rest, nearly all of it, contains none."""
    return "\n".join(
        text[max(found.start() - BEFORE, 0) : found.start() + BEHIND] for found in _BEGINNING.finditer(text)
    )


def _titles(packet: str) -> Iterator[str]:
    for found in _TITLE.finditer(packet):
        yield " ".join(_TAG.sub(" ", found[1] or found[2] or "").split())


def _arxiv_dois(text: str) -> Iterator[str]:
    return (f"10.48550/arxiv.{found[1].lower()}" for found in _ARXIV.finditer(text))

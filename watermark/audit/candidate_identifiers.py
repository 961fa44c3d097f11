"""Cheap candidate search: every DOI and title that might identify a PDF.

The candidates include cited works, but never miss the article's own. Most files of a catalogue are not on a list of
retractions, and looking up all candidates shows that quickly. Only if one is listed is the article identified.
"""

import html
import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass

from watermark.article.identifiers import pmids_in
from watermark.article.marks.pdfium_page import PdfiumFile
from watermark.notice import dois_in

ENTRIES = ("Title", "Subject", "Keywords", "doi", "DOI", "WPS-ARTICLEDOI", "arXivID", "Author", "Creator")
PMID_ENTRIES = ("PMID", "pmid")
MAX_PACKETS = 50
MAX_PACKET_LENGTH = 1_000_000
CHARACTERS_BEFORE, CHARACTERS_AFTER = 20, 520
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
    """DOIs in lower case, the titles in the metadata, unchanged, and PubMed IDs."""

    dois: tuple[str, ...]
    titles: tuple[str, ...]
    pmids: tuple[str, ...] = ()


def find_candidates(opened: PdfiumFile, data: mmap.mmap, first_text: str) -> CandidateIdentifiers:
    """Return the DOIs and PubMed IDs in the metadata and in the text of the first pages, and the metadata's titles.

    Compressed or encrypted metadata are not read here; `identify` reads them if they are needed.
    """
    packets = tuple(dict.fromkeys(_packets(data)))
    entries = {name: opened.value(name) for name in ENTRIES}
    texts = (*packets, *entries.values(), first_text)
    dois = [doi for text in texts for doi in (*dois_in(_near_dois(text)), *_arxiv_dois(text))]
    dois += [f"10.48550/arxiv.{number}" for number in _NUMBER.findall(entries["arXivID"])]
    dois += [shorter for doi in dois if (shorter := _VERSION.sub("", doi)) != doi]
    titles = [entries["Title"], *(title for packet in packets for title in _titles(packet))]
    pmids = [pmid for text in texts for pmid in pmids_in(text)]
    pmids += [number for name in PMID_ENTRIES if (number := opened.value(name).strip()).isdecimal()]
    return CandidateIdentifiers(
        dois=tuple(dict.fromkeys(dois)),
        titles=tuple(dict.fromkeys(filter(None, titles))),
        pmids=tuple(dict.fromkeys(pmids)),
    )


def _packets(data: mmap.mmap) -> Iterator[str]:
    """Yield each uncompressed XMP packet of the file as text."""
    position = 0
    for _ in range(MAX_PACKETS):
        opening = _OPENING.search(data, position)
        if opening is None:
            return
        closing = _CLOSING.search(data, opening.end(), min(opening.end() + MAX_PACKET_LENGTH, len(data)))
        position = closing.end() if closing else opening.end()
        if closing:
            yield html.unescape(data[opening.start() : closing.start()].decode("utf-8", "replace"))


def _near_dois(text: str) -> str:
    """Return the parts of a text near possible DOIs, which are a small part of it."""
    return "\n".join(
        text[max(found.start() - CHARACTERS_BEFORE, 0) : found.start() + CHARACTERS_AFTER]
        for found in _BEGINNING.finditer(text)
    )


def _titles(packet: str) -> Iterator[str]:
    for found in _TITLE.finditer(packet):
        yield " ".join(_TAG.sub(" ", found[1] or found[2] or "").split())


def _arxiv_dois(text: str) -> Iterator[str]:
    return (f"10.48550/arxiv.{found[1].lower()}" for found in _ARXIV.finditer(text))

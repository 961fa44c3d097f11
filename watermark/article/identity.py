"""What a PDF says of itself: identifiers and titles, each with the place it was read from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from watermark.notice import dois_in, normalised_doi

DOI_PROPERTIES = ("prism:doi", "pdfx:doi", "crossmark:DOI", "dc:identifier", "prism:url", "pdfx:WPS-ARTICLEDOI")
DOI_ENTRIES = ("/doi", "/DOI", "/WPS-ARTICLEDOI", "/Subject", "/Keywords")
LONGEST_TEXT = 20_000


class Found(NamedTuple):
    """A value and the place it was read from."""

    value: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who the article is by its own word. The strongest source stands first; `opening` is the text of page 1."""

    dois: tuple[Found, ...] = ()
    printed_dois: tuple[Found, ...] = ()
    titles: tuple[Found, ...] = ()
    opening: str = ""


def identity_of(properties: Mapping[str, str], info: Mapping[str, str], opening: str) -> Identity:
    """Return what XMP properties, the document information and the text of page 1 say, in this order of trust.

    `properties` are keyed by their usual prefixes (`prism:doi`), `info` by PDF names (`/Title`). Values are read as
    they are; nothing is guessed.
    """
    dois = [Found(normalised_doi(properties.get(key, "")), f"XMP {key}") for key in DOI_PROPERTIES]
    dois += [Found(doi, f"Info {key}") for key in DOI_ENTRIES for doi in dois_in(info.get(key, "")[:LONGEST_TEXT])]
    opening = opening[:LONGEST_TEXT]
    titles = [Found(properties.get("dc:title", ""), "XMP dc:title"), Found(info.get("/Title", ""), "Info /Title")]
    return Identity(
        dois=_said_once(dois),
        printed_dois=_said_once(Found(doi, "page 1") for doi in dois_in(opening)),
        titles=_said_once(Found(" ".join(title.split()), place) for title, place in titles),
        opening=opening,
    )


def _said_once(found: Iterable[Found]) -> tuple[Found, ...]:
    seen: dict[str, Found] = {}
    for item in found:
        if item.value:
            seen.setdefault(item.value, item)
    return tuple(seen.values())

"""The links on the first pages that lead to the article's own DOI, without those that lead to cited works."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import parse_qs, urlsplit

import pikepdf

from watermark.article.identifiers import SourcedValue
from watermark.notice import normalised_doi
from watermark.pdf.geometry import shape_of
from watermark.pdf.page_tree import PageNode
from watermark.pdf.typed_values import dictionary_of, items_of, text_of
from watermark.runtime.expressions import expression

MAX_LINKS = 400
AT_THE_EDGE = "link in the running head or foot"
HEAD, FOOT = 0.93, 0.07
"""Where the running head and foot are, as parts of the height of what is shown of the page."""
MAX_ADDRESS_LENGTH = 2000
_OF_THE_ARTICLE = expression(r"crossmark|rightslink", re.IGNORECASE)


def own_links(pages: Sequence[PageNode]) -> tuple[SourcedValue, ...]:
    """Return the DOIs that links of the first two pages say are the article's: Crossmark's, and the running foot's.

    A link in the running head or foot counts when both pages have it, or the only page.
    """
    crossmark, running = dict[str, str](), list[set[str]]()
    for number, page in enumerate(pages[:2], 1):
        of_page: set[str] = set()
        for address, height in _links(page):
            asked = parse_qs(urlsplit(address).query).get("doi", [""])[0] if _OF_THE_ARTICLE.search(address) else ""
            if doi := normalised_doi(asked):
                crossmark.setdefault(doi, f"Crossmark link on page {number}")
            elif (doi := normalised_doi(address)) and not FOOT <= height <= HEAD:
                of_page.add(doi)
        running.append(of_page)
    shared = set.intersection(*running) if running else set()
    found = [SourcedValue(doi, place) for doi, place in crossmark.items()]
    if len(shared) == 1:
        found += [SourcedValue(doi, AT_THE_EDGE) for doi in shared - set(crossmark)]
    return tuple(found)


def _links(page: PageNode) -> Iterator[tuple[str, float]]:
    """Yield each address that a page links to, and how high the link is, 0 at the foot and 1 at the head."""
    _, bottom, _, top = shape_of(page.attributes).visible
    for annotation in map(dictionary_of, items_of(page.dictionary.get("/Annots"))[:MAX_LINKS]):
        address = text_of(dictionary_of(annotation.get("/A")).get("/URI"))
        sides = _sides(annotation.get("/Rect"))
        if address and sides is not None:
            yield address[:MAX_ADDRESS_LENGTH], (sum(sides) / 2 - bottom) / (top - bottom)


def _sides(box: object) -> tuple[float, float] | None:
    """Return the lower and the upper side of a rectangle, or None if it is not valid."""
    if not isinstance(box, pikepdf.Array) or len(box) != 4:
        return None
    try:
        first, second = float(box[1]), float(box[3])
    except (TypeError, ValueError):
        return None
    return min(first, second), max(first, second)

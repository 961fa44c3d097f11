"""The pages of a document, each once, with what they inherit (ISO 32000-2 7.7.3)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pikepdf

INHERITABLE = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
DEEPEST_TREE = 500
MOST_PAGES = 1_000_000


@dataclass(frozen=True, slots=True)
class PageNode:
    """One page: its dictionary, its number from 1, and its inherited attributes resolved.

    A page that is a direct dictionary inside /Kids has no object number of its own; `parent` and `place_in_kids` tell
    where a new one has to be entered.
    """

    number: int
    dictionary: pikepdf.Dictionary
    attributes: Mapping[str, pikepdf.Object]
    parent: pikepdf.Dictionary
    place_in_kids: int


def pages_of(root: pikepdf.Dictionary) -> Iterator[PageNode]:
    """Yield the pages in order. A page entered twice comes once. Raises ValueError on a cycle or an endless tree."""
    raise NotImplementedError
    yield

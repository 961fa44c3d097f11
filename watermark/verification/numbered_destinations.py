"""Destinations that name a page by its number: after pages are added in front they are wrong (ISO 32000-2 12.3.2.2)."""

from collections.abc import Iterator

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, PdfObject

from watermark.verification.pypdf_document import PypdfDocument, dictionary

FITS = frozenset({"/XYZ", "/Fit", "/FitH", "/FitV", "/FitR", "/FitB", "/FitBH", "/FitBV"})
IN_ANOTHER_FILE = frozenset({"/GoToR", "/GoToE"})
DEEPEST = 50


def numbered_destinations(document: PypdfDocument) -> Iterator[int]:
    """Yield the number of each object that leads to a page of the same file by its number."""
    for number in sorted(document.numbers):
        if _leads_by_number(document.object(number), DEEPEST):
            yield number


def _leads_by_number(value: PdfObject | None, depth: int) -> bool:
    if depth and isinstance(value, ArrayObject):
        members = list(list.__iter__(value))
        named = len(members) > 1 and isinstance(members[1], NameObject) and members[1] in FITS
        return (named and isinstance(members[0], NumberObject)) or any(
            _leads_by_number(member, depth - 1) for member in members
        )
    if depth and isinstance(value, DictionaryObject):
        left_out = {"/D"} if dictionary(value).get("/S") in IN_ANOTHER_FILE else set()
        return any(_leads_by_number(value.raw_get(key), depth - 1) for key in value.keys() - left_out)
    return False

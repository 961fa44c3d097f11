"""References in the objects of a marking lead to objects: viewers read one that leads to nothing in many ways."""

from collections.abc import Iterator

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from watermark.verification.pypdf_document import PypdfDocument

MAX_NAMED = 3


def dangling(document: PypdfDocument, number: int, before: PypdfDocument) -> Iterator[str]:
    """Yield which objects an object leads to, though the document does not have them.

    A marking writes no such reference of its own. It keeps those of the same object `before`, or leaves them out: some
    viewers find an object that an update freed.
    """
    absent = _led_to(document, number) - document.numbers
    if absent and number in before.numbers:
        absent -= _led_to(before, number)
    for one in sorted(absent)[:MAX_NAMED]:
        yield f"object {number} leads to object {one}, which the copy does not have"


def _led_to(document: PypdfDocument, number: int) -> set[int]:
    """Return the numbers of the references in an object."""
    found, waiting = set[int](), [document.object(number)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, IndirectObject):
            found.add(value.idnum)
        elif isinstance(value, DictionaryObject):
            waiting += dict.values(value)
        elif isinstance(value, ArrayObject):
            waiting += list.__iter__(value)
    return found

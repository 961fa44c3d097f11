"""Page boxes that the original writes twice in one dictionary, which the specification forbids (ISO 32000-2 7.3.7).

PDFium, poppler and MuPDF take the last value, pypdf and Ghostscript the first. The copy has the last one only, which is
right as long as the two do not differ visibly.
"""

import io
from collections.abc import Iterator

from pypdf._utils import read_non_whitespace
from pypdf.generic import NameObject, PdfObject, read_object

from watermark.verification.object_equality import Number, same
from watermark.verification.pypdf_document import PypdfDocument, PypdfPage, items, resolved

BOXES = frozenset({"/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox"})
MAX_POINTS_APART = 0.5
MAX_KEYS = 10_000


def is_last_of_repeated_box(document: PypdfDocument, key: str, old: PypdfPage, new: PypdfPage) -> bool:
    """Return whether the original has this box of a page several times, nearly alike, and the copy has the last one.

    `document` is the original. The sides may differ by half a point.
    """
    if key not in BOXES or old.number is None or key not in old.dictionary:
        return False
    try:
        written = list(_values(document, old.number, key))
    except Exception:  # noqa: BLE001 - a hostile file can cause any exception, and is then not what is asked for
        return False
    last = new.get(key)
    return len(written) > 1 and same(resolved(written[-1]), last) and all(_are_near(one, last) for one in written)


def _are_near(one: PdfObject, other: PdfObject | None) -> bool:
    sides = [[resolved(side) for side in items(box)] for box in (one, other)]
    return all(len(box) == 4 and all(isinstance(side, Number) for side in box) for box in sides) and all(
        abs(float(str(first)) - float(str(second))) <= MAX_POINTS_APART for first, second in zip(*sides, strict=True)
    )


def _values(document: PypdfDocument, number: int, key: str) -> Iterator[PdfObject]:
    """Yield each value that the dictionary of an object gives to a key, in the order in which they are written."""
    reader = document.reader
    stream = reader.positioned_at(number)
    if stream is None or stream.read(2) != b"<<":
        return
    for _ in range(MAX_KEYS):
        if read_non_whitespace(stream) in {b">", b""}:
            return
        stream.seek(-1, io.SEEK_CUR)
        name = read_object(stream, reader)
        read_non_whitespace(stream)
        stream.seek(-1, io.SEEK_CUR)
        value = read_object(stream, reader)
        if isinstance(name, NameObject) and name == key and value is not None:
            yield value

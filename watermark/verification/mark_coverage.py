"""The mark alone, in black on a blank page of the same shape: which pixels its letters cover."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from pypdf.generic import FloatObject, NumberObject

from watermark.pdf.page_alone import page_alone
from watermark.pdf.rendering import RenderedDocument
from watermark.verification.mark_forms import Mark
from watermark.verification.mark_parser import PATH_OPERATORS
from watermark.verification.pypdf_document import PypdfPage, items, resolved

KEPT_OPERATORS = PATH_OPERATORS | {b"f", b"F", b"f*", b"S", b"j", b"J", b"M", b"d"}


class MarkCoverage:
    """Draws silhouettes; pages of one shape with the mark at the same position share one."""

    def __init__(self) -> None:
        """Keep the newest one: most documents have pages of one shape."""
        self._kept: tuple[tuple[object, ...], NDArray[np.uint8]] | None = None

    def cover(self, leaf: PypdfPage, mark: Mark) -> NDArray[np.uint8]:
        """Return how far the letters cover each pixel of the page, 0 to 255: an array (height, width)."""
        shape = b"".join(_entry(leaf, key) for key in ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit"))
        key = (shape, mark.matrix, _width(mark), mark.letters.steps)
        if self._kept is None or self._kept[0] != key:
            self._kept = (key, _cover(_page(shape, mark)))
        return self._kept[1]


@lru_cache(maxsize=4)
def _cover(page: bytes) -> NDArray[np.uint8]:
    """Return how dark the one page of a PDF is, drawn once for one copy after the other: the bytes say all of it."""
    with RenderedDocument.of_bytes(page, "the silhouette of the mark") as look:
        cover: NDArray[np.uint8] = 255 - look.pixels(1)[..., 0]
    cover.setflags(write=False)
    return cover


def _page(shape: bytes, mark: Mark) -> bytes:
    operators = (
        b" ".join([*step.operands, step.operator]) for step in mark.letters.steps if step.operator in KEPT_OPERATORS
    )
    head = b"%b cm %b w\n" % (b" ".join(b"%.9f" % value for value in mark.matrix), b"%.6f" % _width(mark))
    return page_alone(shape, head + b"\n".join(operators))


def _width(mark: Mark) -> float:
    return max(mark.line_width, mark.halo_width)


def _entry(leaf: PypdfPage, key: str) -> bytes:
    """Return an entry of the page with its numbers only, so that PDFium reads them as it reads the page's own."""
    value = resolved(leaf.get(key))
    if isinstance(value, (NumberObject, FloatObject)):
        return b"%b %b" % (key.encode("ascii"), b"%.6f" % float(value))
    numbers = [resolved(item) for item in items(value)]
    if not numbers or not all(isinstance(number, (NumberObject, FloatObject)) for number in numbers):
        return b""
    return b"%b[%b]" % (key.encode("ascii"), b" ".join(b"%.6f" % float(str(number)) for number in numbers))

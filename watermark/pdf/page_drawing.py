"""Open pages as pixels, and where points of user space and words are in these pixels."""

import math
from collections import Counter
from collections.abc import Sequence

from watermark.pdf.pdfium.document import PdfiumError
from watermark.pdf.pdfium.open_page import PageHandle
from watermark.pdf.pdfium.text import PageText
from watermark.pdf.pixels import Pixels

PixelBox = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels from the top left corner of the page."""
PixelPoint = tuple[float, float]

DOTS_PER_INCH = 36
MAX_SIDE_PIXELS_LENGTH = 1600
SHORTEST_SIDE_PIXELS = 64
SAMPLED_ANGLES = 32
FINE = 64


def drawn(page: PageHandle, *, for_print: bool = False) -> Pixels:
    """Return the page as displayed, or as it is printed. Raises PdfiumError."""
    return page.draw(_scale_of(page), forms=True, for_print=for_print)


def points_in_pixels(
    page: PageHandle, size: tuple[int, ...], points: Sequence[tuple[float, float]]
) -> list[PixelPoint]:
    """Return points of user space as points (x to the right, y down) of a drawing, `size` pixels high and wide.

    Raises PdfiumError when PDFium cannot locate one of them.
    """
    height, width = size[:2]
    found = []
    for x, y in points:
        pixel = page.to_device((width * FINE, height * FINE), x, y)
        if pixel is None:
            raise PdfiumError("a point cannot be located on the page")
        found.append((pixel[0] / FINE, pixel[1] / FINE))
    return found


def box_around(points: Sequence[PixelPoint]) -> PixelBox:
    """Return the box around points."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def is_sideways(text: PageText, rotation: int) -> bool:
    """Whether most of the text runs up or down a page that is turned by `rotation` degrees for display."""
    count = text.character_count
    sampled = range(0, count, max(1, count // SAMPLED_ANGLES))
    angles = Counter(text.angles(sampled))  # nearly all are the same
    turned, steep = math.radians(rotation), math.sin(math.pi / 4)
    sideways = sum(count for angle, count in angles.items() if angle >= 0 and abs(math.sin(angle - turned)) > steep)
    return 2 * sideways > angles.total()


def _scale_of(page: PageHandle) -> float:
    """Return how many pixels of the drawing a point is wide."""
    sides = page.size
    longest, shortest = max(sides), max(min(sides), 0.01)
    wanted = max(DOTS_PER_INCH / 72, SHORTEST_SIDE_PIXELS / shortest)
    return float(min(wanted, MAX_SIDE_PIXELS_LENGTH / max(longest, 0.01)))

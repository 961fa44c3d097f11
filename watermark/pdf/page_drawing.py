"""Open pages as pixels, and where points of user space and words are in these pixels."""

import math
from collections import Counter
from collections.abc import Callable, Sequence

from watermark.pdf.pdfium.document import PageHandle, PdfiumError
from watermark.pdf.pdfium.text import PageText
from watermark.pdf.pixels import Pixels

PixelBox = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels from the top left corner of the page."""
PixelPoint = tuple[float, float]
Crop = tuple[int, int, int, int]

DOTS_PER_INCH = 36
MAX_SIDE_PIXELS_LENGTH = 1600
SHORTEST_SIDE_PIXELS = 64
SAMPLED_ANGLES = 32
FINE = 64
AROUND_PIXELS = 4
"""Drawn around a part: PDFium draws a letter slightly differently where the edge of the drawing cuts it."""


class LazyPageImage:
    """A page of which only the requested parts are drawn: `image[rows, columns]`, as with an array of pixels.

    Most of the time that a page takes is saved where only a small part is needed.
    """

    def __init__(self, draw: Callable[[Crop], Pixels], shape: tuple[int, int, int]) -> None:
        """Draw with `draw`, which gets the pixels to leave out at the left, bottom, right and top."""
        self._draw = draw
        self.shape = shape

    def __getitem__(self, part: tuple[slice, slice]) -> Pixels:
        """Return the pixels of these rows and columns. Raises FailedError when PDFium cannot draw them."""
        (top, bottom, _), (left, right, _) = (one.indices(size) for one, size in zip(part, self.shape[:2], strict=True))
        cut_top, cut_left = max(top - AROUND_PIXELS, 0), max(left - AROUND_PIXELS, 0)
        cut_bottom, cut_right = (
            max(size - end - AROUND_PIXELS, 0) for size, end in zip(self.shape[:2], (bottom, right), strict=True)
        )
        pixels = self._draw((cut_left, cut_bottom, cut_right, cut_top))
        return pixels[top - cut_top : bottom - cut_top, left - cut_left : right - cut_left]


def drawn(page: PageHandle, crop: Crop = (0, 0, 0, 0), *, for_print: bool = False) -> Pixels:
    """Return the page without the pixels cut off at its left, bottom, right and top. Raises PdfiumError."""
    scale = scale_of(page)
    # PDFium's binding takes points, and rounds up
    left, bottom, right, top = (max(side - 0.5, 0.0) / scale for side in crop)
    return page.draw(scale, crop=(left, bottom, right, top), forms=True, for_print=for_print)


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


def scale_of(page: PageHandle) -> float:
    """Return how many pixels of the drawing a point is wide."""
    sides = page.size
    longest, shortest = max(sides), max(min(sides), 0.01)
    wanted = max(DOTS_PER_INCH / 72, SHORTEST_SIDE_PIXELS / shortest)
    return float(min(wanted, MAX_SIDE_PIXELS_LENGTH / max(longest, 0.01)))

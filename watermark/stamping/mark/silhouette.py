"""Which pixels of a page the letters of the mark will cover: the letters alone, in black on a blank page."""

from functools import lru_cache

import numpy as np

from watermark.pdf.contrast import InkArea
from watermark.pdf.geometry import PageShape
from watermark.pdf.page_alone import page_alone
from watermark.pdf.rendering import RenderedDocument
from watermark.stamping.mark.mark_layout import place_mark
from watermark.stamping.mark.outlines import letters
from watermark.stamping.mark.style import MarkStyle

WHOLLY, PARTLY = 250, 96


@lru_cache(maxsize=16)
def ink_area(shape: PageShape, style: MarkStyle, *, outlined: bool = False) -> tuple[InkArea, tuple[int, int]]:
    """Return the pixels that the letters cover on a page of this shape, and its height and width.

    Filled letters cover them completely, the lines of outlined ones for the most part.
    """
    outlines = letters(style.text, style.font_path)
    at = place_mark(shape, outlines, style)
    matrix = b" ".join(b"%.9f" % part for part in at.matrix)
    content = b"%b cm %.6f w 1 j\n%b\n%b" % (matrix, at.stroke_width, outlines.path, b"S" if outlined else b"f")
    box = b" ".join(b"%.6f" % side for side in shape.visible)
    page = b"/MediaBox[%b]/Rotate %d/UserUnit %.6f" % (box, shape.rotate_degrees_cw, shape.user_unit)
    with RenderedDocument.of_bytes(page_alone(page, content), "the mark") as drawn:
        cover = 255 - drawn.pixels(1)[..., 0]
    least = min(PARTLY, int(cover.max())) if outlined else WHOLLY
    inside: np.ndarray[tuple[int, ...], np.dtype[np.bool_]] = (cover >= least) & (cover > 0)
    return InkArea.of(inside), (inside.shape[0], inside.shape[1])

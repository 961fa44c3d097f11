"""Which pixels of a page the letters of the mark will cover: the letters alone, in black on a blank page."""

from functools import lru_cache

import numpy as np

from watermark.pdf.contrast import InkArea
from watermark.pdf.geometry import PageShape
from watermark.pdf.rendering import RenderedDocument
from watermark.stamping.mark.layout import place_mark
from watermark.stamping.mark.outlines import letters
from watermark.stamping.mark.style import MarkStyle

WHOLLY = 250


@lru_cache(maxsize=16)
def ink_area(shape: PageShape, style: MarkStyle) -> tuple[InkArea, tuple[int, int]]:
    """Return the pixels that the filled letters cover wholly on a page of this shape, and its height and width."""
    outlines = letters(style.text, style.font_path)
    matrix = b" ".join(b"%.9f" % part for part in place_mark(shape, outlines, style).matrix)
    content = b"%b cm\n%b\nf" % (matrix, outlines.path)
    box = b" ".join(b"%.6f" % side for side in shape.visible)
    page = b"/MediaBox[%b]/Rotate %d/UserUnit %.6f" % (box, shape.rotate_degrees_cw, shape.user_unit)
    bodies = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/Resources<<>>/Contents 4 0 R%b>>" % page,
        b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
    )
    written, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(written))
        written += b"%d 0 obj%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(written)
    with RenderedDocument.of_bytes(
        written + b"xref\n0 5\n0000000000 65535 f \n" + table + trailer, "the mark"
    ) as drawn:
        cover = 255 - drawn.pixels(1)[..., 0]
    inside: np.ndarray[tuple[int, ...], np.dtype[np.bool_]] = cover >= WHOLLY
    return InkArea.of(inside), (inside.shape[0], inside.shape[1])

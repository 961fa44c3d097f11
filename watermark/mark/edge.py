"""Which edge of a page has room for the line."""

import numpy as np
from numpy.typing import NDArray

from watermark.mark.style import Edge
from watermark.pdf.geometry import PageShape

ORDER = (Edge.TOP, Edge.BOTTOM, Edge.LEFT, Edge.RIGHT)
CLEAR_POINTS = 2.0


def choose_edge(pixels: NDArray[np.uint8], shape: PageShape, text: str, font_path: str = "") -> Edge:
    return Edge.TOP

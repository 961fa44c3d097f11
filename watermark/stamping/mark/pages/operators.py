"""What a page paints after its own content: our forms, each in its place, as artifacts (ISO 32000-2 14.8.2.2)."""

import math
from functools import lru_cache

from watermark.pdf import serialization
from watermark.pdf.geometry import Matrix
from watermark.stamping.mark import Edge, LinePlace, MarkPlace
from watermark.stamping.mark.pages.form_xobjects import LINE_SCALE

SUBTYPES = {Edge.TOP: b"Header", Edge.LEFT: b"Header", Edge.BOTTOM: b"Footer", Edge.RIGHT: b"Footer"}


def mark_operators(name: str, placement: MarkPlace, *, stroke: bool, wider: float = 1.0) -> bytes:
    """Return the operators that paint the letters; stroked ones get the line width that this page needs."""
    width = significant(placement.stroke_width * wider) + b" w " if stroke else b""
    return b"\n/Artifact<</Type/Pagination/Subtype/Watermark>>BDC q %b cm %b%b Do Q EMC" % (
        matrix_operands(placement.matrix),
        width,
        serialization.name(name),
    )


def line_operators(name: str, placement: LinePlace, tag: bytes) -> bytes:
    """Return the operators that paint the line, as marked content that `tag` describes."""
    a, b, c, d, e, f = placement.matrix
    matrix = (a / LINE_SCALE, b / LINE_SCALE, c / LINE_SCALE, d / LINE_SCALE, e, f)
    return b"\n%b BDC q %b cm %b Do Q EMC" % (tag, matrix_operands(matrix), serialization.name(name))


def as_artifact(edge: Edge) -> bytes:
    """Return the tag and properties of a line that is not part of the text."""
    return b"/Artifact<</Type/Pagination/Subtype/%b>>" % SUBTYPES[edge]


def as_content(role: str, mcid: int) -> bytes:
    """Return the tag and properties of a line that is the content of a structure element (ISO 32000-2 14.7.5.2)."""
    return b"%b<</MCID %d>>" % (serialization.name(role), mcid)


@lru_cache(maxsize=256)
def matrix_operands(matrix: Matrix) -> bytes:
    """Return a matrix as six operands."""
    return b" ".join(significant(value) for value in matrix)


def significant(value: float) -> bytes:
    """Return a number to five significant digits: pages of 3 units and of 14400 need the same care."""
    if abs(value) < 1e-9:
        return b"0"
    places = max(0, 4 - math.floor(math.log10(abs(value))))
    written = f"{value:.{places}f}"
    return (written.rstrip("0").rstrip(".") if places else written).encode("ascii")

"""How a marking paints its forms: tags, matrices, boxes and colours in the one way in which this tool writes them."""

import math
import re
from collections.abc import Iterator, Sequence

from pypdf.generic import DictionaryObject, PdfObject

from watermark.pdf.contrast import contrast, luminance_of
from watermark.verification.line_syntax import Operation
from watermark.verification.mark_forms import Box, Mark, Matrix
from watermark.verification.pypdf_document import dictionary, items, resolved

SRGB = {
    "/WhitePoint": (0.9505, 1.0, 1.089),
    "/Gamma": (2.2, 2.2, 2.2),
    "/Matrix": (0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.0722, 0.9505),
}
"""The one colour space in which this tool paints (IEC 61966-2-1, as CalRGB of ISO 32000-2 8.6.5.3)."""
_NEAR = 1e-4
MARK_TAG = b"/Artifact << /Type /Pagination /Subtype /Watermark >>"
LINE_TAG = re.compile(
    rb"/Artifact << /Type /Pagination /Subtype /(?:Header|Footer)(?: /Lang \([A-Za-z-]{0,20}\))? >>"
    rb"|/(?:P|Link) << /MCID [0-9]{1,9} >>"
)
NAMED_IN = {b"gs": "/ExtGState", b"cs": "/ColorSpace", b"CS": "/ColorSpace", b"Tf": "/Font", b"Do": "/XObject"}
PLAIN_SPACES = frozenset({b"/DeviceRGB", b"/DeviceGray", b"/DeviceCMYK"})
COLOURING = frozenset(b"CS SC SCN".split())
WIDEST_HALO = 2.41
"""In widths of the outlines; the writer's is 2.4, and widths are written with five digits."""
LEAST_OF_HALO = 2.9
"""The least contrast of outlines and the line under them; the writer's colours have 3 and more."""


def tag_differs(tag: bytes, *, is_mark: bool) -> Iterator[str]:
    """Yield that marked content is tagged in another way than a marking tags it."""
    if not (tag == MARK_TAG if is_mark else LINE_TAG.fullmatch(tag)):
        yield "marked content with a tag that no marking writes"


def matrix_differs(matrix: Matrix) -> Iterator[str]:
    """Yield that a matrix does more than to turn, to scale evenly, and to move."""
    a, b, c, d, _, _ = matrix
    if (a, b) == (0, 0) or a != d or b != -c:
        yield "a form that is sheared, mirrored or stretched"


def box_differs(box: list[float], ink: Box) -> Iterator[str]:
    """Yield that the box of the letters cuts them, or that it reaches farther than a marking writes it."""
    if len(box) != 4:
        yield "letters without a box"
        return
    (left, right), (bottom, top) = sorted(box[::2]), sorted(box[1::2])
    if not (left <= ink[0] and bottom <= ink[1] and ink[2] <= right and ink[3] <= top):
        yield "letters that are clipped"
    margin = max(ink[2] - ink[0], ink[3] - ink[1])
    if ink[0] - left > margin or ink[1] - bottom > margin or right - ink[2] > margin or top - ink[3] > margin:
        yield "letters in a box that is far too large"
    elif left != -right or bottom != -top:
        yield "letters in a box that is not around their middle"


def halo_differs(halo: Mark, mark: Mark) -> Iterator[str]:
    """Yield that the first of two marks is not what a marking paints under outlines: the same ones, a little wider."""
    same_path = [[step for step in one.letters.steps if step.operator not in COLOURING] for one in (halo, mark)]
    colours = [one.letters.colour_rgb for one in (halo, mark)]
    if not (halo.letters.stroked and mark.letters.stroked and halo.letters.opacity == mark.letters.opacity == 1):
        yield "2 marks are painted"
    elif halo.matrix != mark.matrix or same_path[0] != same_path[1]:
        yield "outlines that differ from those under them"
    elif not mark.line_width < halo.line_width <= mark.line_width * WIDEST_HALO:
        yield "outlines with a line under them that is not a little wider"
    elif None in colours or contrast(*(luminance_of(colour) for colour in colours if colour)) < LEAST_OF_HALO:
        yield "outlines with a line under them of nearly the same colour"


def names_differ(steps: tuple[Operation, ...], resources: DictionaryObject) -> Iterator[str]:
    """Yield each name that an operator takes from the resources, and that is not there."""
    for step in steps:
        category = NAMED_IN.get(step.operator)
        if category is None or not step.operands or step.operands[0] in PLAIN_SPACES:
            continue
        if step.operands[0].decode("latin-1") not in dictionary(resources.get(category)):
            yield f"the operator {step.operator.decode('latin-1')} with a name that the resources do not have"


def colour_of(space: PdfObject | None, components: Sequence[float]) -> tuple[float, ...] | None:
    """Return a colour as red, green and blue, each 0 to 1; None in a space that is not ours.

    In another space the same numbers may be any colour: one with a gamma near 0 shows nearly all of them as white.
    """
    written = items(space)
    if len(written) != 2 or str(resolved(written[0])) != "/CalRGB" or len(components) != 3:
        return None
    entries = dictionary(written[1])
    for key, wanted in SRGB.items():
        found = [float(str(resolved(value))) for value in items(entries.get(key))]
        if len(found) != len(wanted) or not all(
            math.isclose(one, other, abs_tol=_NEAR) for one, other in zip(found, wanted, strict=True)
        ):
            return None
    return tuple(min(max(part, 0.0), 1.0) for part in components)


def is_own_space(space: PdfObject | None) -> bool:
    """Return whether a colour space is the one that this tool paints in, with no further entry."""
    entries = dictionary(next(iter(items(space)[1:]), None))
    return entries.keys() == SRGB.keys() and colour_of(space, (0, 0, 0)) is not None

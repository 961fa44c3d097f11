"""How far a colour is from paper, read from the file alone."""

import math
from collections.abc import Sequence

from pypdf.generic import PdfObject

from watermark.verification.pypdf_document import dictionary, items, resolved

SRGB = {
    "/WhitePoint": (0.9505, 1.0, 1.089),
    "/Gamma": (2.2, 2.2, 2.2),
    "/Matrix": (0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.0722, 0.9505),
}
"""The one colour space in which this tool paints (IEC 61966-2-1, as CalRGB of ISO 32000-2 8.6.5.3)."""
_NEAR = 1e-4


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
        if len(found) != len(wanted) or not all(map(_is_near, found, wanted)):
            return None
    return tuple(min(max(part, 0.0), 1.0) for part in components)


def _is_near(one: float, other: float) -> bool:
    return math.isclose(one, other, abs_tol=_NEAR)

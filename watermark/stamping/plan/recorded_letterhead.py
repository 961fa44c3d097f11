"""The publisher's letterhead in the receipt: its name, its colour, and which picture in the copy is its logo."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from watermark.pdf.contrast import contrast, luminance_of
from watermark.stamping.notice_document import Letterhead, Logo

MAX_NAME_LENGTH = 100
MAX_LOGO_SIDE = 600
LEAST_CONTRAST = 4.5
"""The least contrast of the colour with the paper (WCAG 2.2, 1.4.3)."""


def recorded_letterhead(letterhead: Letterhead) -> dict[str, Any]:
    """Return a letterhead as JSON values. The pixels of the logo are in the notice document, so a digest names them."""
    logo = letterhead.logo
    values = {"name": letterhead.name, "colour_rgb": list(letterhead.colour_rgb)}
    if logo is None:
        return values
    return values | {
        "logo": {"width": logo.width, "height": logo.height, "sha256": hashlib.sha256(logo.pixels).hexdigest()}
    }


def letterhead_in(choices: Mapping[str, Any], pixels_of: Callable[[tuple[int, int], str], bytes]) -> Letterhead | None:
    """Return the recorded letterhead, or None.

    `pixels_of` returns the pixels of the picture with this size (width and height) and SHA-256. Raises TypeError,
    KeyError or ValueError for what no marking records.
    """
    values = choices.get("letterhead")
    if values is None:
        return None
    name, (red, green, blue) = values["name"], map(float, values["colour_rgb"])
    if not isinstance(name, str) or len(name) > MAX_NAME_LENGTH:
        raise ValueError("the name in the letterhead is not one that a marking records")
    if not all(0 <= part <= 1 for part in (red, green, blue)):
        raise ValueError("the colour of the letterhead is not one that a marking records")
    if contrast(1.0, luminance_of((red, green, blue))) < LEAST_CONTRAST:
        raise ValueError("the colour of the letterhead is too light to be read")
    return Letterhead(name=name, logo=_logo(values.get("logo"), pixels_of), colour_rgb=(red, green, blue))


def _logo(values: Mapping[str, Any] | None, pixels_of: Callable[[tuple[int, int], str], bytes]) -> Logo | None:
    if values is None:
        return None
    width, height, digest = values["width"], values["height"], values["sha256"]
    if not (type(width) is type(height) is int and 0 < width <= MAX_LOGO_SIDE and 0 < height <= MAX_LOGO_SIDE):
        raise ValueError("the logo in the letterhead has a size that no marking records")
    return Logo(width=width, height=height, pixels=pixels_of((width, height), str(digest)))

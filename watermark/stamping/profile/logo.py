"""A publisher's logo, decoded with limits: a PNG or JPEG file from a profile is untrusted input."""

import io
import warnings
from pathlib import Path

from watermark.runtime.bounded_read import read_bounded
from watermark.stamping.notice_document import Logo

MAX_FILE_BYTES = 2_000_000
MAX_SIDE, MAX_PIXELS = 8_000, 16_000_000
KEPT_SIZE = (600, 160)
"""Largest width and height in pixels that are kept: three pixels to each point on the page."""


class LogoError(Exception):
    """A file that cannot be used as a logo, with the reason as a sentence for the user."""


def read_logo(path: Path) -> Logo:
    """Return the logo in a PNG or JPEG file, on white, reduced to the size that is shown. Raises LogoError."""
    from PIL import Image  # noqa: PLC0415 - only a profile with a logo needs it

    try:
        data = read_bounded(path, MAX_FILE_BYTES)
    except FileNotFoundError as error:
        raise LogoError(f"there is no logo at {path}") from error
    except (OSError, ValueError) as error:
        raise LogoError(f"the logo cannot be read ({getattr(error, 'strerror', None) or error})") from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the size is checked here
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
                _check_size(*image.size)
                picture = image.convert("RGBA")
    except LogoError:
        raise
    except Exception as error:  # Pillow raises errors of many kinds for a damaged picture
        raise LogoError(f"the logo cannot be read as PNG or JPEG ({type(error).__name__})") from error
    on_white = Image.new("RGBA", picture.size, "white")
    on_white.alpha_composite(picture)
    kept = on_white.convert("RGB")
    kept.thumbnail(KEPT_SIZE)
    return Logo(width=kept.width, height=kept.height, pixels=kept.tobytes())


def _check_size(width: int, height: int) -> None:
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise LogoError(f"the logo has {width} x {height} pixels, which is too many")

"""Pages before and after, side by side: both are drawn from the copy alone, because the original is its first part."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from watermark.batch.ledger import LedgerEntry
from watermark.models import Result, Status
from watermark.pdf.pixels import Pixels
from watermark.pdf.rendering import RenderedDocument
from watermark.verification.verifier import receipt_of

WEBP_QUALITY = 25  # the mark and the layout can be seen
LARGE_SIDE_PIXELS = 420
SMALL_SIDE_PIXELS = 300
PAIRS_IN_LARGE = 1000
"""How many pairs of pages are shown large: beyond it they are small, so that thousands of articles open at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One page before and after it was marked, each a WebP file; sizes are pixels."""

    page_number: int
    width: int
    height: int
    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """The pages that are shown of an article; `why_not` says why there is none."""

    pairs: tuple[Pair, ...] = ()
    why_not: str = ""


def pages_to_show(entry: LedgerEntry, most: int) -> tuple[int, ...]:
    """Return up to `most` page numbers: the first page, then those that a finding or a note is about, then the next."""
    if entry.result != Result.MARKED or not entry.copy or most < 1:
        return ()
    found = [item.page_number for item in entry.findings if item.page_number and item.status is not Status.OK]
    in_order = dict.fromkeys([1, *found, *range(2, most + 1)])
    return tuple(sorted([number for number in in_order if number <= max(entry.page_count, 1)][:most]))


def draw_pairs(copy: Path, pages: Sequence[int], longest_side_pixels: int, *, password: str = "") -> tuple[Pair, ...]:
    """Return the pages of a copy, each as it was and as it is; numbers are those of the original.

    They are drawn at 36 dots an inch, or smaller. Raises FailedError when PDFium cannot draw one, NotVerifiedError when
    the file is no copy, RefusedError when the password does not open it.
    """
    receipt = receipt_of(copy, password=password)
    size_bytes = receipt.rebuilt_size_bytes or receipt.original_size_bytes
    with (
        RenderedDocument(copy, size_bytes=size_bytes, password=password) as before,
        RenderedDocument(copy, password=password) as after,
    ):
        ahead = len(after) - len(before) if receipt.notice_page == "front" else 0
        drawn = [(number, before.pixels(number), after.pixels(number + ahead)) for number in pages]
    return tuple(
        _pair(number, _image(then, longest_side_pixels), _image(now, longest_side_pixels))
        for number, then, now in drawn
    )


def _pair(page_number: int, then: Image.Image, now: Image.Image) -> Pair:
    return Pair(page_number=page_number, width=now.width, height=now.height, before=_webp(then), after=_webp(now))


def _image(pixels: Pixels, longest_side_pixels: int) -> Image.Image:
    image = Image.fromarray(pixels)
    image.thumbnail((longest_side_pixels, longest_side_pixels))
    return image


def _webp(image: Image.Image) -> bytes:
    data = io.BytesIO()
    image.save(data, format="WEBP", quality=WEBP_QUALITY, method=4)
    return data.getvalue()

"""Render pages before and after marking, both from the copy, because the original is its first part."""

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

WEBP_QUALITY = 25  # enough to see the mark and the layout
LARGE_SIDE_PIXELS = 420
SMALL_SIDE_PIXELS = 300
PAIRS_IN_LARGE = 1000
"""How many pairs of pages are shown large. If there are more, all are small, so that the report opens quickly."""


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
    """The pictures of an article; `why_not` is the reason if there are none."""

    pairs: tuple[Pair, ...] = ()
    why_not: str = ""


def pages_to_show(entry: LedgerEntry, max_pages: int) -> tuple[int, ...]:
    """Return up to `max_pages` page numbers: the first marked one, then those with a finding, then the next ones."""
    if entry.result != Result.MARKED or not entry.copy or max_pages < 1:
        return ()
    found = [item.page_number for item in entry.findings if item.page_number and item.status is not Status.OK]
    first = int(entry.marked_pages.partition("-")[0] or 1)
    in_order = dict.fromkeys([first, *found, *range(first + 1, first + max_pages)])
    return tuple(sorted([number for number in in_order if number <= max(entry.page_count, 1)][:max_pages]))


def draw_pairs(copy: Path, pages: Sequence[int], longest_side_pixels: int, *, password: str = "") -> tuple[Pair, ...]:
    """Return pictures of pages of a copy before and after marking; page numbers are those of the original.

    They are rendered at 36 dots per inch or less. Raises FailedError if PDFium cannot render a page, NotVerifiedError
    if the file is not a marked copy, RefusedError if the password does not open it.
    """
    receipt = receipt_of(copy, password=password)
    size_bytes = receipt.rebuilt_size_bytes or receipt.original_size_bytes
    with (
        RenderedDocument(copy, size_bytes=size_bytes, password=password) as before,
        RenderedDocument(copy, password=password) as after,
    ):
        ahead = len(after) - len(before) if receipt.notice_page == "front" else 0
        rendered = [(number, before.pixels(number), after.pixels(number + ahead)) for number in pages]
    return tuple(
        _pair(number, _image(old, longest_side_pixels), _image(new, longest_side_pixels))
        for number, old, new in rendered
    )


def _pair(page_number: int, before: Image.Image, after: Image.Image) -> Pair:
    return Pair(
        page_number=page_number, width=after.width, height=after.height, before=_webp(before), after=_webp(after)
    )


def _image(pixels: Pixels, longest_side_pixels: int) -> Image.Image:
    image = Image.fromarray(pixels)
    image.thumbnail((longest_side_pixels, longest_side_pixels))
    return image


def _webp(image: Image.Image) -> bytes:
    data = io.BytesIO()
    image.save(data, format="WEBP", quality=WEBP_QUALITY, method=4)
    return data.getvalue()

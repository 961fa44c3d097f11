"""What a page will look like, before anything is saved: a temporary copy is made, verified and rendered."""

import io
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from watermark.errors import FailedError, UsageError
from watermark.models import Outcome, Result, plural
from watermark.pdf.pdfium.document import PdfiumDocument, PdfiumError, reason_of
from watermark.receipt import Receipt
from watermark.stamping.pipeline import stamp_outcome
from watermark.stamping.plan import StampRequest
from watermark.stamping.restore import restore_original

MAX_PIXELS = 40_000_000
GAP = 24
"""Between two pages side by side, and around them, in pixels at 100 dots an inch."""
GROUND = "#8f8f8f"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What to draw: a page of the copy, from 1, with or without the same page of the original on its left.

    A `page_number` of 0 is the first page that is marked.
    """

    page_number: int = 0
    dots_per_inch: float = 100
    with_before: bool = False


def picture_of(request: StampRequest, view: View) -> tuple[Outcome, bytes]:
    """Return the outcome of an article, and the page as a PNG; no picture if there would be no copy.

    Nothing remains on the disk. The copy is verified as `stamp` does it, so the same articles are refused. An article
    that is already marked is rendered as it is. Raises UsageError when the copy, or the original, has no such
    page; FailedError if it cannot be rendered.
    """
    with TemporaryDirectory(prefix="watermark-") as folder:
        path = Path(folder) / "copy.pdf"
        outcome = stamp_outcome(replace(request, is_preview=True), path)
        if outcome.receipt is None or outcome.result not in {Result.MARKED, Result.ALREADY_MARKED}:
            return outcome, b""
        copy = path if outcome.result is Result.MARKED else request.article
        pages = _count(copy, request.password)
        view = replace(view, page_number=view.page_number or _first_marked(outcome.receipt, pages))
        if view.page_number > pages:
            raise UsageError(
                f"the copy has {plural(pages, 'page')}, and no page {view.page_number}",
                file=str(request.article),
                remedy=f"Choose a page from 1 to {pages}.",
                argument="page_number",
            )
        after = _drawn(copy, view.page_number, request, view)
        if view.with_before:
            added = pages - outcome.receipt.page_count
            after = _side_by_side(_before(copy, added, outcome.receipt, request, view), after, view.dots_per_inch)
    data = io.BytesIO()
    after.save(data, format="PNG", dpi=(view.dots_per_inch, view.dots_per_inch))
    return outcome, data.getvalue()


def _first_marked(receipt: Receipt, pages: int) -> int:
    """Return the number of the first marked page, in a copy with `pages` pages, if only a part is marked; else 1."""
    if receipt.pages is None:
        return 1
    return receipt.pages.first + (pages - receipt.page_count if receipt.notice_page == "front" else 0)


def _before(copy: Path, added: int, receipt: Receipt, request: StampRequest, view: View) -> Image.Image:
    """Return the page of the original that a page of the copy was; the copy has `added` pages more."""
    number = view.page_number - (added if receipt.notice_page == "front" else 0)
    if not 1 <= number <= receipt.page_count:
        raise UsageError(
            f"page {view.page_number} of the copy is the notice, which the article does not have",
            file=str(request.article),
            remedy="Choose another page, or show the copy alone.",
            argument="with_before",
        )
    with TemporaryDirectory(prefix="watermark-") as folder:
        original = Path(folder) / "original.pdf"
        restore_original(copy, original, password=request.password)
        return _drawn(original, number, request, view)


def _count(path: Path, password: str) -> int:
    with PdfiumDocument(path, password) as document:
        return len(document)


def _drawn(path: Path, page_number: int, request: StampRequest, view: View) -> Image.Image:
    """Return a page as displayed, smaller than asked where it would have more than 40 million pixels."""
    try:
        with PdfiumDocument(path, request.password) as document, document.page(page_number) as page:
            width, height = page.size
            scale = min(view.dots_per_inch / 72, (MAX_PIXELS / max(width * height, 1)) ** 0.5)
            return Image.fromarray(page.draw(scale))
    except PdfiumError as error:
        raise FailedError(
            f"PDFium cannot render it ({reason_of(error)})",
            file=str(request.article),
            place=f"page {page_number}",
            remedy="Open it in a PDF viewer: it may be damaged.",
        ) from error


def _side_by_side(before: Image.Image, after: Image.Image, dots_per_inch: float) -> Image.Image:
    gap = max(1, round(GAP * dots_per_inch / 100))
    size = (before.width + after.width + 3 * gap, max(before.height, after.height) + 2 * gap)
    both = Image.new("RGB", size, GROUND)
    both.paste(before, (gap, gap))
    both.paste(after, (before.width + 2 * gap, gap))
    return both

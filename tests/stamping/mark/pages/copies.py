"""Copies that carry nothing but the mark: an original, imprinted and appended to, with no plan made by the tool."""

import hashlib
import io
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
from numpy.typing import NDArray

from watermark.notice import Notice, Reference, State
from watermark.pdf.file_structure import read_tail
from watermark.pdf.geometry import shape_of
from watermark.pdf.incremental_update import build_update
from watermark.pdf.object_draft import ObjectDraft, first_free_number
from watermark.pdf.page_tree import pages_of
from watermark.receipt import Receipt
from watermark.stamping.mark import Edge, LinePosition, MarkStyle
from watermark.stamping.mark.pages.stamper import StampedPage, stamp_pages
from watermark.stamping.plan import EdgeLine, Plan

LINK = "https://doi.org/10.1234/notice"
LINE = f"Retracted 2024-05-01. Notice: {LINK}"
MARKED_AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
RECEIPT = Receipt(
    tool="watermark",
    marked_at=MARKED_AT,
    original_sha256="0" * 64,
    original_size_bytes=0,
    page_count=1,
    state=State.RETRACTION,
    notice_digest="0" * 64,
    mark_text="Retracted",
    opacity=0.22,
    match="match",
)


def plan_for(page_count: int, **changes: Any) -> Plan:  # noqa: ANN401 - the plan knows the type of each
    """Return a plan of a mark and a line at the top of every page."""
    line: dict[str, Any] = {
        "text": LINE,
        "link": LINK,
        "language": "en",
        "positions": (LinePosition(Edge.TOP),) * page_count,
    }
    line |= changes.pop("line", {})
    entries: dict[str, Any] = {
        "notice": Notice(state=State.RETRACTION, article=Reference(title="An article")),
        "marked_at": MARKED_AT,
        "style": MarkStyle(),
        "outline_only": False,
        "line": EdgeLine(**line) if line["text"] else None,
        "attachments": (),
        "notice_document": b"",
        "notice_page": "",
        "sidecar": None,
        "pdfa_part": 0,
        "pdfa_conformance": "",
        "pdfua": False,
        "tagged": False,
        "write_info": True,
        "title_prefix": "RETRACTED: ",
        "receipt": RECEIPT,
        "decisions": (),
    }
    return Plan(**(entries | changes))


def imprinted(original: bytes, **changes: Any) -> tuple[bytes, tuple[StampedPage, ...]]:  # noqa: ANN401 - as above
    """Return the copy of an original, and what was done to each page."""
    with pikepdf.open(io.BytesIO(original), inherit_page_attributes=False) as document:
        pages = tuple(pages_of(document.Root))
        shapes = tuple(shape_of(page.attributes, page.dictionary.get("/UserUnit")) for page in pages)
        draft = ObjectDraft(document, first_free_number(document))
        done = stamp_pages(draft, pages, shapes, plan_for(len(pages), **changes))
        revision = build_update(draft, read_tail(original), hashlib.sha256(original))
    return original + revision.data, done


def copy_of(original: bytes, **changes: Any) -> bytes:  # noqa: ANN401 - as above
    """Return the copy of an original."""
    return imprinted(original, **changes)[0]


def seen(data: bytes, page_number: int = 1, scale: float = 1.0) -> NDArray[np.int16]:
    """Return a page as PDFium displays it: (height, width, 3) of RGB."""
    document = pypdfium2.PdfDocument(data)
    page = document[page_number - 1]
    pixels = page.render(scale=scale, rev_byteorder=True, may_draw_forms=False).to_numpy()[..., :3].astype(np.int16)
    page.close()
    document.close()
    return pixels


def changed(before: bytes, after: bytes, page_number: int = 1, scale: float = 1.0) -> NDArray[np.bool_]:
    """Return which pixels of a page differ."""
    difference = np.abs(seen(before, page_number, scale) - seen(after, page_number, scale))
    return np.asarray(difference.max(axis=2) > 8)


def text_of(data: bytes, page_number: int = 1) -> str:
    """Return the words of a page as PDFium reads them."""
    document = pypdfium2.PdfDocument(data)
    page = document[page_number - 1]
    words = page.get_textpage()
    text = str(words.get_text_range())
    words.close()
    page.close()
    document.close()
    return text


def opened(data: bytes) -> pikepdf.Pdf:
    """Return a copy, opened with qpdf and not changed."""
    return pikepdf.open(io.BytesIO(data), inherit_page_attributes=False)

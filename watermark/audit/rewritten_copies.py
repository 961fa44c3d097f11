"""Describe marked copies that another program has rewritten: what is left of the marking, and what was added.

A program that saves a copy again gives every object a new position. The original is then no longer the first part of
the file, so it cannot be verified. What the file still shows is reported, so that it is not called damaged.
"""

import hashlib
import mmap
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pikepdf

from watermark.article.document import document_at
from watermark.article.inspection import packet_of
from watermark.article.marks.detector import detect_marks
from watermark.article.marks.model import PageMark
from watermark.article.marks.pdfium_page import PdfiumFile
from watermark.audit.rewriting_programs import program_that_wrote
from watermark.audit.surviving_marks import drawn_after_the_mark, is_our_edge_line, is_our_mark_in, sets_our_font
from watermark.errors import WatermarkError
from watermark.models import plain, plural
from watermark.pdf.page_tree import displayed_pages
from watermark.pdf.typed_values import dictionary_of, items_of, text_of
from watermark.receipt import Receipt, receipt_in
from watermark.runtime.chunks import iter_chunks
from watermark.runtime.mapped_files import map_file
from watermark.stamping.seal.revision import FIELD_NAME
from watermark.verification.evidence import Evidence
from watermark.verification.reader_patches import patched_readers

RECORD = "retraction.json"
FORMAT_OF_RECORD = b'"retraction-watermark record'
MAX_RECORD_BYTES = 1 << 20
MAX_PAGES = 5000
MAX_FIELDS = 10_000
MAX_SEARCHED_PAGES = 1000
"""Pages on which marks are searched, which takes milliseconds for each: a file may list 50,000."""
START_OF_OBJECT = re.compile(rb"\s{0,16}\d{1,10} \d{1,5} obj\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class RewrittenCopy:
    """What is left of a marking. Pages count from 1; `program` is "" if the file does not show what wrote it.

    `restorable` means that the original's bytes are still the first part of the file: another program only appended.
    """

    page_count: int
    marked_pages: tuple[int, ...]
    has_receipt: bool
    has_notice: bool
    restorable: bool
    had_seal: bool = False
    program: str = ""
    additions: tuple[str, ...] = ()
    state: str = ""
    article_doi: str = ""

    @property
    def reason(self) -> str:
        """What happened to the copy, in one sentence for people."""
        program = self.program or "a program that does not give its name"
        parts = [f"by {program}{', which added to the end of the file' if self.restorable else ''}"]
        parts.append(f"{_pages_with_the_mark(len(self.marked_pages), self.page_count)} the mark")
        parts.append(f"the receipt is {'still there' if self.has_receipt else 'gone'}")
        parts.append(f"the notice is {'still attached' if self.has_notice else 'no longer attached'}")
        if self.had_seal:
            parts.append(f"its seal {'covers only what was there before' if self.restorable else 'no longer counts'}")
        parts += [f"added: {', '.join(self.additions)}"] if self.additions else []
        parts += ["the original can still be restored"] if self.restorable else []
        return "; ".join(parts)


def _pages_with_the_mark(marked: int, pages: int) -> str:
    if pages == 1:
        return "the page still carries" if marked else "the page no longer carries"
    return f"{marked or 'none'} of {pages} pages still carr{'ies' if marked == 1 or not marked else 'y'}"


def rewritten_copy(path: Path, password: str = "", marks: Mapping[int, PageMark] | None = None) -> RewrittenCopy | None:
    """Return what is left of a marking in a file that another program wrote; None if the file is not such a copy.

    `marks` are the marks found, by page number: after a program has redrawn the pages, only the edge line
    shows which tool marked them. A copy whose objects are at their positions is not rewritten; if some bytes are wrong,
    it is damaged.
    """
    try:
        with (
            document_at(path, password) as document,
            path.open("rb") as file,
            map_file(file) as data,
        ):
            return _described(document, data, marks or {}, lambda: _sections(path, password))
    except (WatermarkError, pikepdf.PikepdfError, OSError, ValueError):
        return None


def rewritten_copy_at(path: Path, password: str = "") -> RewrittenCopy | None:
    """Find the marks on the first pages of a file, then return the same as `rewritten_copy`."""
    searched = range(1, MAX_SEARCHED_PAGES + 1)
    try:
        with PdfiumFile.at(path, password) as opened:
            marks = {mark.page_number: mark for mark in detect_marks(opened, pages=searched).marks}
    except WatermarkError:
        marks = {}
    return rewritten_copy(path, password, marks)


def _described(
    document: pikepdf.Pdf, data: mmap.mmap, marks: Mapping[int, PageMark], sections: Callable[[], int]
) -> RewrittenCopy | None:
    receipt = _receipt(document)
    restorable = receipt is not None and _starts_with_original(data, receipt)
    if receipt is not None and not _was_written_by_another(data, receipt, sections if restorable else None):
        return None
    names = frozenset(document.attachments)
    record = _record(document)
    marked, over = list[int](), list[int]()
    for number, page in _first_pages(document):
        line = marks.get(number)
        if is_our_mark_in(page):
            marked.append(number)
            over += [number] if drawn_after_the_mark(page) else []
        elif line is not None and is_our_edge_line(line.words) and sets_our_font(page):
            marked.append(number)
            over += [number] if line.is_overwritten else []
    if receipt is None and record is None and not marked:
        return None
    files = {file.name for file in receipt.files if file.kind.startswith("notice")} if receipt else set[str]()
    return RewrittenCopy(
        page_count=len(document.pages),
        marked_pages=tuple(marked),
        has_receipt=receipt is not None,
        has_notice=files <= names if files else record is not None and len(names) > 1,
        restorable=restorable,
        had_seal=_had_seal(document),
        program=program_that_wrote(data, document, appended=restorable),
        additions=tuple(_additions(len(document.pages), marked, over, receipt)),
        state=receipt.state.value if receipt else plain((record or {}).get("state", "")),
        article_doi=receipt.article_doi if receipt else "",
    )


def _first_pages(document: pikepdf.Pdf) -> Iterator[tuple[int, pikepdf.Page]]:
    """Yield pages with their numbers, from 1; qpdf's own list takes milliseconds a page where it has many thousand."""
    for node in islice(displayed_pages(document.Root), MAX_PAGES):
        if isinstance(node.dictionary, pikepdf.Dictionary):
            yield node.number, pikepdf.Page(node.dictionary)


def _receipt(document: pikepdf.Pdf) -> Receipt | None:
    try:
        return receipt_in(packet_of(document))
    except ValueError:
        return None


def _starts_with_original(data: mmap.mmap, receipt: Receipt) -> bool:
    size = receipt.rebuilt_size_bytes or receipt.original_size_bytes
    if receipt.linearized or not 0 < size < len(data):
        return False
    digest = hashlib.sha256()
    for chunk in iter_chunks(data, 0, size):
        digest.update(chunk)
    return digest.hexdigest() == (receipt.rebuilt_sha256 or receipt.original_sha256)


def _was_written_by_another(data: mmap.mmap, receipt: Receipt, sections: Callable[[], int] | None) -> bool:
    """Return whether the marking's objects have moved since this tool wrote them, or other revisions follow."""
    if receipt.linearized:
        return b"/Linearized" not in data[:1024]
    if sections is not None:
        return sections() > 1
    size = receipt.rebuilt_size_bytes or receipt.original_size_bytes
    return not START_OF_OBJECT.match(data[size : size + 64])


def _sections(path: Path, password: str) -> int:
    """Return how many revisions follow the original."""
    with patched_readers(), Evidence(path, password=password or None) as evidence:
        return len(evidence.sections)


def _had_seal(document: pikepdf.Pdf) -> bool:
    """Return whether the form still has the field of a seal, whatever is left of the signature."""
    fields = map(dictionary_of, items_of(dictionary_of(document.Root.get("/AcroForm")).get("/Fields"))[:MAX_FIELDS])
    return any(
        field.get("/FT") == pikepdf.Name.Sig and text_of(field.get("/T")).startswith(FIELD_NAME) for field in fields
    )


def _record(document: pikepdf.Pdf) -> Mapping[str, Any] | None:
    """Return the needed part of the record that this tool attaches, or None if it is missing."""
    found = document.attachments.get(RECORD)
    if found is None:
        return None
    data = found.get_file().read_bytes()
    if len(data) > MAX_RECORD_BYTES or FORMAT_OF_RECORD not in data[:200]:
        return None
    state = re.search(rb'"state": ?"([a-z_]{1,40})"', data)
    return {"state": state[1].decode("ascii")} if state else {}


def _additions(page_count: int, marked: list[int], over: list[int], receipt: Receipt | None) -> Iterator[str]:
    """Yield what was added: pages before and after the article, and drawings over the mark."""
    notice_page = receipt.notice_page if receipt else ""
    if marked and (receipt is None or receipt.pages is None):
        front = marked[0] - 1 - (notice_page == "front")
        back = page_count - marked[-1] - (notice_page == "back")
        if front > 0:
            yield f"{plural(front, 'page')} in front"
        if back > 0:
            yield f"{plural(back, 'page')} at the end"
    if over:
        yield f"text or drawings on {plural(len(over), 'marked page')}"

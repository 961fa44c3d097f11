"""What holds for every article that is marked, however odd it is; judged from outside where that can be done."""

import io
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2

from tests.helpers.mutations import job_of
from watermark.models import Outcome, Result, Status
from watermark.stamping.pipeline import stamp_outcome
from watermark.stamping.restore import restore_original


def invariants_broken_at_once(folder: Path, original: bytes, outcome: Outcome) -> Iterator[str]:
    """Yield what is wrong with a marked copy: prefix, verdict, restoring."""
    if outcome.result is not Result.MARKED or outcome.report is None:
        yield f"{outcome.result}: {outcome.reason}"
        return
    yield from (f"{item.claim}: {item.message}" for item in outcome.report.findings if item.status is not Status.OK)
    if not Path(outcome.copy).read_bytes().startswith(original):
        yield "the copy does not begin with the original"
    restore_original(Path(outcome.copy), folder / "back.pdf", overwrite=True)
    if (folder / "back.pdf").read_bytes() != original:
        yield "the original does not come back"


def invariants_broken_again(folder: Path, original: bytes, outcome: Outcome) -> Iterator[str]:
    """Yield what is wrong when it is done once more, and what other readers find."""
    copy = Path(outcome.copy)
    once = copy.read_bytes()
    twice = stamp_outcome(replace(job_of(folder, original), article=copy), folder / "twice.pdf")
    if twice.result is not Result.ALREADY_MARKED or copy.read_bytes() != once:
        yield f"a copy that is marked again is {twice.result}: {twice.reason}"
    stamp_outcome(job_of(folder, original), folder / "other.pdf")
    if (folder / "other.pdf").read_bytes() != once:
        yield "two runs write other bytes"
    added = 1 if outcome.receipt is not None and outcome.receipt.notice_page else 0
    for name, count in (("PDFium", _pages_in_pdfium), ("qpdf", _pages_in_qpdf)):
        if count(once) < count(original) + added:
            yield f"{name} finds fewer pages"
    words = subprocess.run(["pdftotext", "-q", copy, "-"], capture_output=True, text=True, check=False).stdout
    if words.count("10.5555/notice.1") < _pages_in_pdfium(original):
        yield "pdftotext does not find the line on every page"


def _pages_in_pdfium(data: bytes) -> int:
    document = pypdfium2.PdfDocument(data)
    try:
        return len(document)
    finally:
        document.close()


def _pages_in_qpdf(data: bytes) -> int:
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            return len(document.pages)
    except pikepdf.PdfError:  # a tree that qpdf does not walk
        return 0

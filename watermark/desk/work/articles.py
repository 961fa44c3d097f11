"""What a worker does with an article: inspect it, compare it with notices, mark it, and draw its pages."""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from PIL import Image

from watermark.api import outcome_of
from watermark.article import ArticleInfo, Identity, MatchResult, document_at, match
from watermark.article.inspection import inspect_file
from watermark.batch.ledger import LedgerEntry
from watermark.desk.work.case_file_papers import PaperNames, entry_for, write_papers
from watermark.desk.work.choices import Choices, request_of
from watermark.desk.work.fonts import FontFile
from watermark.errors import FailedError, WatermarkError, only_watermark_errors
from watermark.models import Outcome, Proof
from watermark.notice import Notice, NoticeFile
from watermark.pdf.pdfium.document import PdfiumDocument, PdfiumError
from watermark.stamping.unmarked_outcomes import failed_outcome

MIN_WIDTH, MAX_WIDTH = 100, 3_000
MAX_PIXELS = 24_000_000
FASTEST = 1
"""The level at which a picture is compressed: it is sent to the same machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionTask:
    """A file to inspect."""

    path: Path
    password: str = field(default="", repr=False)


def inspect(task: InspectionTask) -> ArticleInfo:
    """Return what a PDF is. Raises RefusedError or FailedError if it cannot be read."""
    with only_watermark_errors(task.path):
        return replace(inspect_file(task.path, password=task.password), packet=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchTask:
    """What a PDF says of itself, and the notices to compare it with."""

    identity: Identity
    notices: tuple[Notice, ...]


def matches(task: MatchTask) -> tuple[MatchResult, ...]:
    """Return for each notice whether the PDF is its article, with the evidence."""
    return tuple(match(task.identity, notice) for notice in task.notices)


@dataclass(frozen=True, slots=True, kw_only=True)
class StampTask:
    """An article to mark. `profiles` and `fonts` are files that may be chosen, by what names them in the choices.

    Without `papers` it is a preview, which is proved by its structure alone: a person sees its pages, and it is not
    kept.
    """

    article: Path
    notice: NoticeFile
    choices: Choices
    copy: Path
    profiles: Mapping[str, Path]
    fonts: Mapping[str, FontFile]
    papers: PaperNames | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """The outcome, the number of pages of the copy, and its size and digest; 0 and "" where there is no copy.

    `problem` is why no certificate was written, "" where one was or none was wanted. `entry` is what a ledger records
    of an attempt, with the names that the user knows; a preview has none.
    """

    outcome: Outcome
    page_count: int = 0
    size_bytes: int = 0
    sha256: str = ""
    problem: str = ""
    entry: LedgerEntry | None = None


def stamp(task: StampTask) -> Stamped:
    """Return the outcome of an article; no error is raised. The copy is at the path in the task, or nothing is."""
    try:
        request = request_of(task.choices, task.article, task.notice, task.profiles, task.fonts)
    except WatermarkError as error:
        return Stamped(outcome=failed_outcome(task.article, error))
    if task.papers is None:
        proof = Proof.FULL if request.to_pdfa else Proof.STRUCTURE  # another level has to be proved before it is shown
        request = replace(request, proof=proof, asks_verapdf=request.asks_verapdf and bool(request.to_pdfa))
        request = replace(request, is_preview=True)
    outcome = _named(outcome_of(request, task.copy, overwrite=True), task.fonts.get(task.choices.font))
    entry = entry_for(outcome, request, task.papers) if task.papers else None
    if not task.copy.is_file():
        return Stamped(outcome=outcome, entry=entry)
    problem = write_papers(outcome, request, task.copy, task.papers) if task.papers else ""
    with task.copy.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Stamped(
        outcome=outcome,
        page_count=_page_count(task.copy, task.choices.password),
        size_bytes=task.copy.stat().st_size,
        sha256=digest,
        problem=problem,
        entry=entry,
    )


def _named(outcome: Outcome, font: FontFile | None) -> Outcome:
    """Return the outcome with the name that the user gave the font, instead of its path."""
    if font is None:
        return outcome
    return replace(outcome, reason=outcome.reason.replace(str(font.path), font.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawingTask:
    """A page to draw, from 1, and its width in pixels."""

    path: Path
    page_number: int
    width_pixels: int
    password: str = field(default="", repr=False)


def draw(task: DrawingTask) -> bytes:
    """Return a page as a PNG image, smaller than asked where it would have too many pixels.

    Raises FailedError where PDFium cannot render it, or the document has no such page.
    """
    width_pixels = min(max(task.width_pixels, MIN_WIDTH), MAX_WIDTH)
    try:
        with (
            PdfiumDocument(task.path, task.password, with_forms=True) as document,
            document.page(task.page_number) as page,
        ):
            width, height = page.size
            scale = min(width_pixels / max(width, 1), (MAX_PIXELS / max(width * height, 1)) ** 0.5)
            image = Image.fromarray(page.draw(scale, forms=True))
    except (PdfiumError, OSError, ValueError) as error:
        raise FailedError(
            f"page {task.page_number} cannot be rendered", remedy="Open the file in a PDF viewer: it may be damaged."
        ) from error
    data = io.BytesIO()
    image.save(data, format="PNG", compress_level=FASTEST)
    return data.getvalue()


def _page_count(path: Path, password: str) -> int:
    with PdfiumDocument(path, password) as document:
        return len(document)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTask:
    """A copy, and the digest of the record that is embedded in it."""

    copy: Path
    sha256: str
    password: str = field(default="", repr=False)


def record_in(task: RecordTask) -> bytes:
    """Return the record that is embedded in a copy, or b"" if the copy has none with this digest."""
    with document_at(task.copy, task.password) as document:
        for attached in document.attachments.values():
            data = attached.get_file().read_bytes()
            if hashlib.sha256(data).hexdigest() == task.sha256:
                return data
    return b""

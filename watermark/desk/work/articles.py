"""What a worker does with an article: inspect it, compare it with notices, mark it, and draw its pages."""

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from watermark.api import outcome_of
from watermark.article import ArticleInfo, Identity, MatchResult, document_at, match
from watermark.article.inspection import inspect_file
from watermark.batch.ledger import LedgerEntry
from watermark.batch.storage import digest_of
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


def inspect(path: Path, *, password: str) -> ArticleInfo:
    """Return what a PDF is. Raises RefusedError or FailedError if it cannot be read."""
    with only_watermark_errors(path):
        return replace(inspect_file(path, password=password), packet=None)


def matches(identity: Identity, notices: Sequence[Notice]) -> tuple[MatchResult, ...]:
    """Return for each notice whether the PDF of this identity is its article, with the evidence."""
    return tuple(match(identity, notice) for notice in notices)


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


def stamp(  # noqa: PLR0913 - all that a marking at the desk depends on
    article: Path,
    notice: NoticeFile,
    choices: Choices,
    copy: Path,
    *,
    profiles: Mapping[str, Path],
    fonts: Mapping[str, FontFile],
    papers: PaperNames | None,
) -> Stamped:
    """Return the outcome of an article; no error is raised. The copy is at its path, or nothing is.

    `profiles` and `fonts` are files that may be chosen, by what names them in the choices. Without `papers` it is a
    preview, which is proved by its structure alone: a person sees its pages, and it is not kept.
    """
    try:
        request = request_of(choices, article, notice, profiles, fonts)
    except WatermarkError as error:
        return Stamped(outcome=failed_outcome(article, error))
    if papers is None:
        proof = Proof.FULL if request.to_pdfa else Proof.STRUCTURE  # another level has to be proved before it is shown
        asks_verapdf = request.asks_verapdf and bool(request.to_pdfa)
        request = replace(request, proof=proof, asks_verapdf=asks_verapdf, is_preview=True)
    outcome = outcome_of(request, copy, overwrite=True)
    if font := fonts.get(choices.font):  # the name that the user gave the font, instead of its path
        outcome = replace(outcome, reason=outcome.reason.replace(str(font.path), font.name))
    entry = entry_for(outcome, request, papers) if papers else None
    if not copy.is_file():
        return Stamped(outcome=outcome, entry=entry)
    problem = write_papers(outcome, request, copy, papers) if papers else ""
    with PdfiumDocument(copy, choices.password) as document:
        page_count = len(document)
    return Stamped(
        outcome=outcome,
        page_count=page_count,
        size_bytes=copy.stat().st_size,
        sha256=digest_of(copy),
        problem=problem,
        entry=entry,
    )


def draw(path: Path, page_number: int, width_pixels: int, *, password: str) -> bytes:
    """Return a page, counted from 1, as a PNG image; it is smaller than asked where it would have too many pixels.

    Raises FailedError where PDFium cannot render it, or the document has no such page.
    """
    width_pixels = min(max(width_pixels, MIN_WIDTH), MAX_WIDTH)
    try:
        with (
            PdfiumDocument(path, password, with_forms=True) as document,
            document.page(page_number) as page,
        ):
            width, height = page.size
            scale = min(width_pixels / max(width, 1), (MAX_PIXELS / max(width * height, 1)) ** 0.5)
            image = Image.fromarray(page.draw(scale, forms=True))
    except (PdfiumError, OSError, ValueError) as error:
        raise FailedError(
            f"page {page_number} cannot be rendered", remedy="Open the file in a PDF viewer: it may be damaged."
        ) from error
    data = io.BytesIO()
    image.save(data, format="PNG", compress_level=FASTEST)
    return data.getvalue()


def record_in(copy: Path, sha256: str, *, password: str) -> bytes:
    """Return the record that is embedded in a copy, or b"" if the copy has none with this digest."""
    with document_at(copy, password) as document:
        for attached in document.attachments.values():
            data = attached.get_file().read_bytes()
            if hashlib.sha256(data).hexdigest() == sha256:
                return data
    return b""

"""A damaged file, rewritten by qpdf, with the original embedded in it byte for byte.

The copy is then what qpdf made of the original, and one revision; `restore` takes the original out of it.
"""

import hashlib
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf

from watermark.article import REMEDY, UNREADABLE, ArticleInfo, document_at, refuse_endless_pages
from watermark.errors import Reason, RefusedError, UsageError
from watermark.pdf.file_structure import is_one_based, zero_based
from watermark.pdf.page_tree import displayed_pages
from watermark.pdf.pdfium.document import PdfiumDocument, PdfiumError, reason_of
from watermark.pdf.qpdf_paths import name_for_qpdf
from watermark.runtime.chunks import sha256_of
from watermark.runtime.mapped_files import map_file
from watermark.stamping.plan import Rewriter, StampRequest

MAX_CARRIED_BYTES = 512 << 20
DIGITS = 32
"""What qpdf leaves for the second string of /ID: half a SHA-256."""


@contextmanager
def open_base(request: StampRequest) -> Iterator[Path]:
    """Yield the file that the revision is appended to: the article, or its rewriting by qpdf if requested.

    The rewritten file is temporary. Raises RefusedError for a file that qpdf cannot open or that must not be rewritten,
    and UsageError for linearizing without rebuilding.
    """
    if not request.rebuild:
        if request.linearize:
            raise UsageError(
                "only a rewritten file can be optimised for the web",
                remedy="Have the file rewritten as well, or do not optimise it.",
                argument="linearize",
            )
        yield request.article
        return
    _refuse_what_is_not_rebuilt(request)
    with TemporaryDirectory(prefix="watermark-") as folder:
        path = Path(folder) / "rebuilt.pdf"
        source = _source_for_qpdf(request, Path(folder))
        with document_at(source, request.password) as document:
            if document.is_encrypted:
                raise RefusedError(
                    Reason.ENCRYPTED,
                    "rewriting would change its encryption",
                    file=str(request.article),
                    remedy=request.remedy_against_rebuild("Remove the encryption first"),
                )
            _refuse_endless(request.article, document)
            if request.rewriter is Rewriter.PDFIUM and "/ID" in document.trailer:
                del document.trailer["/ID"]  # PDFium makes up another one each time
            _write(document, path, str(request.article), linearize=False)
        yield path


def rebuilt_where_needed(request: StampRequest) -> StampRequest:
    """Return the request, to be rebuilt if that is allowed and no revision can follow the file as it is.

    That is a file whose cross-reference table counts from 1: PDF viewers put that right, and qpdf does not.
    """
    if not (request.rebuild or request.may_rebuild) or not _counts_from_one(request.article):
        return request
    return replace(request, rebuild=True, must_be_rebuilt=True)


def rewritings(request: StampRequest) -> Iterator[StampRequest]:
    """Yield the request with each reading of the damaged file that can still be rewritten, the best one first."""
    tried = list(Rewriter).index(request.rewriter) + 1 if request.rebuild else 0
    for rewriter in list(Rewriter)[tried:]:
        yield replace(request, rebuild=True, rewriter=rewriter)


def with_original_digest(request: StampRequest, info: ArticleInfo) -> ArticleInfo:
    """Return the info of a base as one of the article: where it was rebuilt, the digests are the original's own."""
    if not request.rebuild:
        return info
    return replace(
        info,
        path=str(request.article),
        sha256=sha256_of(request.article),
        size_bytes=request.article.stat().st_size,
        rebuilt_sha256=info.sha256,
        rebuilt_size_bytes=info.size_bytes,
    )


def linearize(copy: Path, base: Path) -> Path:
    """Return a copy as one linearized file, written next to its rebuilt base (ISO 32000-2 annex F).

    A linearized file stores /ID in two places with a fixed length, so only the first half of the SHA-256 fits. It is
    computed with every occurrence of that string set to zeros.
    """
    path = base.with_name("linearized.pdf")
    with pikepdf.open(name_for_qpdf(copy), inherit_page_attributes=False) as document:
        _write(document, path, str(copy), linearize=True)
    data = path.read_bytes()
    with pikepdf.open(name_for_qpdf(path)) as document:
        identifier = bytes(document.trailer["/ID"][1]).hex().encode("ascii")
    zeros = data.replace(b"<%b>" % identifier, b"<%b>" % (b"0" * DIGITS))
    digits = hashlib.sha256(zeros).hexdigest()[:DIGITS].encode("ascii")
    path.write_bytes(data.replace(b"<%b>" % identifier, b"<%b>" % digits))
    return path


def _counts_from_one(path: Path) -> bool:
    if not path.is_file() or not path.stat().st_size:
        return False
    with path.open("rb") as file, map_file(file) as data:
        return is_one_based(data)


def _source_for_qpdf(request: StampRequest, folder: Path) -> Path:
    """Return a file that qpdf reads as PDF viewers read the article: itself, or one made in `folder`."""
    path = request.article
    if request.rewriter is Rewriter.PDFIUM:
        return _as_pdfium_reads(path, request.password, folder)
    if not _counts_from_one(path):
        return path
    counted = folder / "counted.pdf"
    counted.write_bytes(zero_based(path.read_bytes()))
    return counted


def _as_pdfium_reads(path: Path, password: str, folder: Path) -> Path:
    """Return a file made in `folder` with all that PDFium finds in the one at `path`. Raises RefusedError for none."""
    saved = folder / "saved.pdf"
    try:
        with PdfiumDocument(path, password) as document:
            document.save(saved)
    except PdfiumError as error:
        reason = f"PDFium cannot open it ({reason_of(error)})"
        raise RefusedError(Reason.DAMAGED, reason, file=str(path), remedy=REMEDY) from error
    return saved


def _refuse_what_is_not_rebuilt(request: StampRequest) -> None:
    size = request.article.stat().st_size if request.article.is_file() else 0
    if size > MAX_CARRIED_BYTES:
        raise RefusedError(
            Reason.CANNOT_BE_PROVED,
            f"it is too large to be embedded in a rewritten file ({size:,} bytes)",
            file=str(request.article),
            remedy=request.remedy_against_rebuild("Ask for an undamaged file"),
        )


def _refuse_endless(path: Path, document: pikepdf.Pdf) -> None:
    """Return if a document does not list the same pages again and again: rewriting makes each a page of its own."""
    with suppress(pikepdf.PikepdfError):  # rewriting may mend what cannot be read
        refuse_endless_pages(path, displayed_pages(document.Root))


def _write(document: pikepdf.Pdf, target: Path, name: str, *, linearize: bool) -> None:
    """Let qpdf rewrite a document: streams as they are stored, the same bytes each time."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is odd in a form is the original's own, and stays as it is
            document.save(
                target,
                linearize=linearize,
                compress_streams=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                fix_metadata_version=False,
                deterministic_id=True,
            )
    except (*UNREADABLE, RuntimeError) as error:
        raise RefusedError(Reason.DAMAGED, f"qpdf cannot rewrite it ({error})", file=name, remedy=REMEDY) from error

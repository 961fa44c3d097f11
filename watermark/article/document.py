"""One original, open and read only: its bytes mapped, its objects through qpdf, its pages walked once."""

import hashlib
import mmap
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import pikepdf

from watermark.errors import FailedError, Reason, RefusedError, unreadable
from watermark.pdf.encryption import WITHOUT, StandardCiphers, UnknownEncryptionError, ciphers_of
from watermark.pdf.file_structure import FileFrame, TailError, read_frame, read_tail
from watermark.pdf.freed_objects import keep_freed_references
from watermark.pdf.geometry import PageShape, shape_of
from watermark.pdf.object_draft import was_rebuilt
from watermark.pdf.page_tree import PageNode, displayed_pages
from watermark.pdf.qpdf_paths import name_for_qpdf
from watermark.pdf.streams import inflates_beyond
from watermark.runtime.chunks import iter_chunks
from watermark.runtime.mapped_files import map_file

HEADER_WITHIN_BYTES = 1024
OF_THE_SHAPE = ("/MediaBox", "/CropBox", "/Rotate")
REMEDY = "Ask for an undamaged file, or re-save this one in a PDF editor and keep the original."
MAX_METADATA_BYTES = 32 << 20
MAX_INFLATED_BYTES = 512 << 20
MAX_SHOWN_AGAIN = 1_000
"""A file may show a blank page again and again; beyond this, its pages would cost far more time than it has bytes."""

UNREADABLE = (pikepdf.PikepdfError, ValueError)
"""What qpdf raises when it opens, checks or writes a file: of numbers that no machine holds, ValueError."""

# for the whole process, once: a stream that inflates beyond this does not belong to an article
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=MAX_INFLATED_BYTES,
    png_max_memory=MAX_INFLATED_BYTES,
    tiff_max_memory=MAX_INFLATED_BYTES,
    run_length_max_memory=MAX_INFLATED_BYTES,
)


class Article:
    """An original PDF. It is never written to; close it by leaving `opened`."""

    def __init__(self, path: Path, data: mmap.mmap, document: pikepdf.Pdf, password: str) -> None:
        """Walk the pages. Use `opened`, which closes what it opens.

        `shown_before` has the number under which a page is first displayed, for each page that is displayed again.
        """
        self.path, self.password = path, password
        self.data = data
        self.document = document
        _refuse_bomb(document)
        keep_freed_references(document, data)
        self._warnings = [str(warning) for warning in document.get_warnings()]
        self.frame, self.damage = _frame_of(data, self._warnings)
        self.hasher = _digest_of(data)
        self.ciphers = _ciphers(path, document)
        displayed = tuple(displayed_pages(document.Root))
        again = [page for page in displayed if page.again]
        refuse_endless_pages(path, displayed)
        self.page_count = len(displayed)
        self.pages: tuple[PageNode, ...] = tuple(page for page in displayed if not page.again)
        self.shapes: tuple[PageShape, ...] = tuple(_shapes(self.pages))
        first = {page.dictionary.objgen: page.number for page in self.pages} if again else {}
        self.shown_before = {page.number: first[page.dictionary.objgen] for page in again}

    @classmethod
    @contextmanager
    def opened(cls, path: Path, password: str = "") -> Iterator[Self]:
        """Yield the article at `path`, open. Raises RefusedError when it is not a PDF or cannot be deciphered."""
        check_is_pdf(path)
        with (
            path.open("rb") as file,
            map_file(file) as data,
            document_at(path, password) as document,
        ):
            try:
                yield cls(path, data, document, password)
            except (pikepdf.PikepdfError, UnicodeDecodeError) as error:
                raise RefusedError(
                    Reason.DAMAGED, f"a part of it cannot be read ({error})", file=str(path), remedy=REMEDY
                ) from error

    @property
    def qpdf_warnings(self) -> tuple[str, ...]:
        """The repairs that qpdf makes when it reads the whole file: its own messages, each with its position."""
        self._warnings += (*map(str, self.document.get_warnings()), *_syntax_faults(self.document))
        messages = (
            fault.removeprefix("WARNING: ").removeprefix(str(self.path)).strip(" :,") for fault in self._warnings
        )
        return tuple(dict.fromkeys((*([self.damage] if self.damage else []), *messages)))

    @property
    def size_bytes(self) -> int:
        """The size of the original in bytes."""
        return len(self.data)

    @property
    def sha256(self) -> str:
        """The SHA-256 of the original in hexadecimal."""
        return str(self.hasher.hexdigest())


def check_is_pdf(path: Path) -> None:
    """Return if the file exists and begins as a PDF does.

    Raises UsageError if it does not exist, FailedError if it cannot be read, and RefusedError if it is not a PDF.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        raise FailedError("a device or a pipe is not a file", file=str(path), remedy="Save the article as a file.")
    try:
        with path.open("rb") as file:
            head = file.read(HEADER_WITHIN_BYTES)
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error
    if b"%PDF-" not in head:
        raise RefusedError(
            Reason.NOT_A_PDF,
            "it does not begin with %PDF-",
            file=str(path),
            remedy="Check that this is the article's PDF, not a web page or an incomplete download.",
        )


def needs_password(path: Path) -> bool:
    """Return whether the file is a PDF that opens only with a password."""
    try:
        with pikepdf.open(name_for_qpdf(path), inherit_page_attributes=False):
            return False
    except pikepdf.PasswordError:
        return True
    except (*UNREADABLE, OSError):
        return False


def document_at(path: Path, password: str) -> pikepdf.Pdf:
    """Return the document, open, for the caller to close. Raises RefusedError for what cannot be read or deciphered."""
    try:
        return _opened(path, password)
    except pikepdf.PasswordError as error:
        raise RefusedError(
            Reason.ENCRYPTED,
            "this password does not open it" if password else "it needs a password to open",
            file=str(path),
            remedy="Give another password." if password else "Give the password.",
            argument="password",
        ) from error
    except UNREADABLE as error:
        detail = str(error).removeprefix(str(path)).strip(" :")
        if "encryption dictionary" in detail:
            raise RefusedError(
                Reason.ENCRYPTED,
                f"with certificates, or in another way that no password opens ({detail})",
                file=str(path),
                remedy=WITHOUT,
            ) from error
        raise RefusedError(
            Reason.DAMAGED,
            f"qpdf cannot open it ({detail})",
            file=str(path),
            remedy=REMEDY,
        ) from error


def _opened(path: Path, password: str) -> pikepdf.Pdf:
    """Open the file with the password as UTF-8, as PDF 2.0 has it, or as the one byte a letter of older files.

    A password for a file that needs none is accepted: one password file may be given for many articles.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="A password was provided, but no password was needed")
        try:
            return pikepdf.open(name_for_qpdf(path), password=password, inherit_page_attributes=False)
        except pikepdf.PasswordError:
            if password.isascii():
                raise
            return pikepdf.open(
                name_for_qpdf(path), password=password.encode("latin-1", "replace"), inherit_page_attributes=False
            )


def refuse_endless_pages(path: Path, displayed: Iterable[PageNode]) -> None:
    """Return if a file does not list the same pages again and again, from its pages in their order."""
    pages = again = 0
    for page in displayed:
        pages, again = pages + 1, again + page.again
    if again > MAX_SHOWN_AGAIN:
        reason = f"{again:,} of its {pages:,} pages are pages that it lists again"
        raise RefusedError(Reason.DAMAGED, reason, file=str(path), remedy=REMEDY)


def _refuse_bomb(document: pikepdf.Pdf) -> None:
    """Return when the metadata can be read by anybody: PDFium inflates them when it opens a file, without a limit."""
    metadata = document.Root.get("/Metadata")
    if isinstance(metadata, pikepdf.Stream) and inflates_beyond(metadata, MAX_METADATA_BYTES):
        raise RefusedError(
            Reason.TOO_LARGE,
            f"XMP metadata that inflate to more than {MAX_METADATA_BYTES >> 20} MB",
            remedy="Rewrite the metadata with a metadata editor: they may be malicious.",
        )


def _syntax_faults(document: pikepdf.Pdf) -> list[str]:
    try:
        return [str(fault) for fault in document.check_pdf_syntax()]
    except ValueError as error:
        return [str(error)]


def _ciphers(path: Path, document: pikepdf.Pdf) -> StandardCiphers | None:
    try:
        return ciphers_of(document)
    except UnknownEncryptionError as error:
        error.file = str(path)
        raise


def _frame_of(data: mmap.mmap, reported: list[str]) -> tuple[FileFrame, str]:
    """Return the tail that a revision can refer to; or the frame alone, and why it has to list every object again."""
    if was_rebuilt(reported):
        return read_frame(data), "its cross-reference table leads nowhere and had to be rebuilt"
    try:
        return read_tail(data), ""
    except TailError as error:
        return read_frame(data), error.reason


def _shapes(pages: Iterable[PageNode]) -> Iterator[PageShape]:
    """Yield the shape of each page; equal attributes are converted once, because reading numbers is slow."""
    known: dict[tuple[object, ...], PageShape] = {}
    for page in pages:
        attributes = (*(page.attributes.get(key) for key in OF_THE_SHAPE), page.user_unit)
        key = tuple(part.unparse() if isinstance(part, pikepdf.Object) else (type(part), part) for part in attributes)
        if key not in known:
            known[key] = shape_of(page.attributes, page.user_unit)
        yield known[key]


def _digest_of(data: mmap.mmap) -> Any:  # noqa: ANN401 - hashlib has no public name for its type
    digest = hashlib.sha256()
    for piece in iter_chunks(data, 0, len(data)):
        digest.update(piece)
    return digest

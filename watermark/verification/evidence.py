"""The evidence of a verification: the copy, the original inside it and the receipt, each opened once."""

import io
import mmap
import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from pypdf.generic import DictionaryObject

from watermark.errors import FailedError, NotVerifiedError, unreadable
from watermark.models import Status
from watermark.pdf.file_structure import read_frame
from watermark.pdf.page_range import PageRange
from watermark.pdf.rendering import RenderedDocument
from watermark.receipt import Receipt, receipt_in
from watermark.runtime.closing import Closing
from watermark.runtime.mapped_files import map_file
from watermark.verification.content_balance import Wrappings
from watermark.verification.content_operators import MarkSyntaxError
from watermark.verification.glyph_comparison import line_differs, mark_differs
from watermark.verification.mark_coverage import MarkCoverage
from watermark.verification.mark_forms import Mark
from watermark.verification.mark_parser import MarkParser
from watermark.verification.pypdf_document import PypdfDocument, dictionary, release_regularly
from watermark.verification.rebuilt_copies import embedded_original
from watermark.verification.seal.layers import seal_layers
from watermark.verification.xref_sections import Section, last_section_offset, read_section

if TYPE_CHECKING:  # both work for the evidence
    from watermark.verification.conformance.page_validation import VerdictsAhead
    from watermark.verification.pages_ahead import PagesAhead

HEADER_WITHIN_BYTES = 1024
MAX_SECTIONS = 1000
FileIdentity: TypeAlias = tuple[int, int, int, int]
"""Device, number, size in bytes and time of the last change in nanoseconds."""


def identity_of(descriptor: int) -> FileIdentity:
    """Return which file is open, and its state."""
    stat = os.fstat(descriptor)
    return stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns


class NotComparableError(FailedError):
    """The content of the original cannot be compared: it is too damaged, or its objects have new numbers."""


class Evidence(Closing):
    """A copy on disk, mapped read-only. Each part is opened when first needed; `close` closes all.

    `seal` holds the revisions of its seal, the newest first; `size_bytes` is the size of the copy without them.
    """

    def __init__(
        self,
        path: Path,
        *,
        password: str | None = None,
        seen: RenderedDocument | None = None,
        font: Path | None = None,
    ) -> None:
        """Map the file. Raises UsageError if it does not exist, and FailedError if it cannot be read or is not a PDF.

        `font` is the font file that the marking was given, if any. `seen` is the original as the caller has it open:
        see `rendered_original`.
        """
        self.path, self.password, self.seen = path, password, seen
        self.pages_ahead: PagesAhead | None = None
        self.verdicts_ahead: VerdictsAhead | None = None
        self.font = font
        self._states: dict[int, PypdfDocument] = {}
        self.silhouettes = MarkCoverage()
        self._lettering: dict[tuple[int, ...], list[tuple[Status, str]]] = {}
        try:
            with path.open("rb", buffering=0) as file:
                self.mapped = map_file(file)
                self._file = io.FileIO(os.dup(file.fileno()))  # not by name: the name may belong to another file by now
        except (OSError, ValueError) as error:
            raise unreadable(path, error) from error
        self.header = self.mapped[:HEADER_WITHIN_BYTES].find(b"%PDF-")
        if self.header < 0:
            self.close()
            raise FailedError("it is not a PDF", file=str(path), remedy="Give the marked PDF.")
        self.seal = seal_layers(self.mapped, self.header, len(self.mapped), self.until)
        self.size_bytes = self.seal[-1].start if self.seal else len(self.mapped)

    def close(self) -> None:
        """Close everything that was opened."""
        for name in ("rendered_copy", "rendered_original"):
            rendered = self.__dict__.pop(name, None)
            if rendered is not None and rendered is not self.seen:
                rendered.close()
        before = self.__dict__.pop("_before", None)
        for document in (*self._states.values(), *([before] if isinstance(before, PypdfDocument) else [])):
            document.close()
        for name in ("sections", "_overlays", "_wrappings"):
            self.__dict__.pop(name, None)
        self._states.clear()
        self.mapped.close()
        self._file.close()

    @property
    def file_identity(self) -> FileIdentity:
        """Which file this is, and its state: another process that opens its name can tell whether it is the same."""
        return identity_of(self._file.fileno())

    def has_line_on(self, page_number: int) -> bool:
        """Return whether the receipt says that a page has the edge line."""
        receipt = self.receipt
        is_left_out = any(page_number in pages for pages in self._pages_without_line)
        return bool(receipt.line_text) and receipt.carries_mark(page_number) and not is_left_out

    def release_page(self, page_number: int) -> None:
        """Free, after every 128 pages, the objects of both files that were read for them."""
        release_regularly(page_number, self.after, *([self._before] if isinstance(self._before, PypdfDocument) else []))

    @property
    def whole(self) -> PypdfDocument:
        """The copy with its seal."""
        return self.until(len(self.mapped))

    @property
    def after(self) -> PypdfDocument:
        """The copy without its seal."""
        return self.until(self.size_bytes)

    def until(self, end: int) -> PypdfDocument:
        """Return the file up to byte `end` as pypdf reads it; each state is opened once. Raises FailedError."""
        if end not in self._states:
            self._states[end] = PypdfDocument(self._file, self.header, end, password=self.password)
        return self._states[end]

    @property
    def before(self) -> PypdfDocument:
        """The original: the first bytes of the copy, as many as the receipt says; or the file rebuilt from it.

        Raises FailedError when pypdf cannot open it. Raises NotComparableError when the copy lists all its objects
        again: then the original is known to be damaged, and its content cannot be compared.
        """
        if isinstance(self._before, FailedError):
            raise self._before
        return self._before

    @cached_property
    def _before(self) -> PypdfDocument | FailedError:
        try:
            source = self.embedded_original if self.is_linearized else self._file
            return PypdfDocument(source, self.base_header, self.base_size_bytes, password=self.password)
        except FailedError as error:
            if not (self.is_linearized or self.is_healed):
                return error
            return NotComparableError(
                f"the original is damaged, and this cannot be compared: {error.reason}", remedy=error.remedy
            )

    @cached_property
    def newest_original_trailer(self) -> DictionaryObject:
        """The last trailer of the original without the entries that pypdf adds from older ones (7.5.6).

        Where it cannot be read or names no catalog, it is the merged trailer of pypdf.
        """
        data, start, end = self.base_bytes, self.base_header, self.base_size_bytes
        try:
            newest = read_section(data, start, end, last_section_offset(data, start, end), self.before.reader).trailer
        except FailedError:
            return self.before.trailer
        return newest if "/Root" in newest else self.before.trailer

    @property
    def newest_original_info(self) -> DictionaryObject:
        """The document information that the last trailer of the original names, or an empty dictionary."""
        return dictionary(self.newest_original_trailer.get("/Info"))

    @cached_property
    def is_linearized(self) -> bool:
        """Whether the copy was rewritten as a whole (linearized), as the receipt allows."""
        return self.receipt.linearized and read_frame(self.mapped).linearized

    @property
    def is_healed(self) -> bool:
        """Whether the one revision lists every object again, as a damaged original needs."""
        return len(self.sections) == 1 and self.sections[0].previous is None

    @cached_property
    def highest_original_number(self) -> int:
        """The highest object number of the original; if it cannot be compared, the highest in the copy's list of it."""
        if self.is_linearized:
            return 0  # all objects have new numbers
        if not isinstance(self._before, NotComparableError):
            return self.before.highest_number
        size = self.base_size_bytes - self.header
        listed = self.sections[0].entries.items()
        return max((n for n, one in listed if one.kind == 2 or (one.kind == 1 and one.offset < size)), default=0)

    @cached_property
    def page_count(self) -> int:
        """The number of pages of the original; if it is not comparable, the number in the receipt."""
        if isinstance(self._before, NotComparableError):
            return self.receipt.page_count
        return len(self.before.pages)

    @cached_property
    def rendered_copy(self) -> RenderedDocument:
        """The copy, rendered with PDFium."""
        return RenderedDocument(self.path, password=self.password)

    @cached_property
    def rendered_original(self) -> RenderedDocument:
        """The original, rendered from the copy's leading bytes, or from the file embedded in a rebuilt copy.

        If the caller passed an open document, it is reused only after comparing it byte for byte with those bytes, so
        that no page is drawn or read twice.
        """
        if self.receipt.rebuilt_size_bytes:
            return RenderedDocument.of_bytes(self.embedded_original, str(self.path))
        if self.seen_original is not None:
            return self.seen_original
        return RenderedDocument(self.path, size_bytes=self.base_size_bytes, password=self.password)

    @cached_property
    def seen_original(self) -> RenderedDocument | None:
        """The document that the caller passed, if its bytes are those of the original in the copy."""
        is_same = self.seen is not None and self.seen.maps_same_bytes(self.mapped, self.base_size_bytes)
        return self.seen if is_same else None

    @cached_property
    def embedded_original(self) -> bytes:
        """The original that is embedded in a rebuilt copy. Raises FailedError when it is missing."""
        return embedded_original(self.after, self.receipt)

    @property
    def base_bytes(self) -> mmap.mmap | bytes:
        """The bytes that begin with the base: the copy, or the original embedded in a linearized copy."""
        return self.embedded_original if self.is_linearized else self.mapped

    @property
    def base_header(self) -> int:
        """The offset of the header of the base in `base_bytes`."""
        return max(self.embedded_original.find(b"%PDF-"), 0) if self.is_linearized else self.header

    def require_stable_object_numbers(self) -> None:
        """Raise NotComparableError if the copy was renumbered (linearized), so that object numbers do not match."""
        if self.is_linearized:
            raise NotComparableError(
                "the copy was linearized: its objects have other numbers than the original's",
                remedy="Make a copy that is not optimised for the web: there, each object is compared.",
            )

    @cached_property
    def _pages_without_line(self) -> tuple[PageRange, ...]:
        return self.receipt.pages_without_line

    @cached_property
    def receipt(self) -> Receipt:
        """The receipt in the copy. Raises NotVerifiedError when it has none."""
        try:
            receipt = receipt_in(self.after.packet)
        except ValueError as error:
            raise NotVerifiedError(
                f"the receipt in its metadata cannot be read ({error})",
                file=str(self.path),
                remedy="Use a copy that this tool marked.",
            ) from error
        if receipt is None:
            raise NotVerifiedError(
                "it was not marked by this tool: its metadata contains no receipt",
                file=str(self.path),
                remedy="Use a copy that this tool marked.",
            )
        return receipt

    @property
    def base_size_bytes(self) -> int:
        """The number of bytes before the revision: the size of the original, or of the file rebuilt from it.

        Raises FailedError when the receipt names an impossible size.
        """
        if self.is_linearized:
            return self.receipt.original_size_bytes
        size = self.receipt.rebuilt_size_bytes or self.receipt.original_size_bytes
        if not isinstance(size, int) or not self.header + 8 < size < self.size_bytes:
            raise FailedError(
                f"the receipt says that the original has {size} bytes; the copy has {self.size_bytes}",
                file=str(self.path),
                remedy="The copy is truncated or its receipt is false: mark the original again.",
            )
        return size

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The cross-reference sections after the original, newest first. Raises FailedError when one is not valid."""
        offset: int | None = last_section_offset(self.mapped, self.header, self.size_bytes)
        found: list[Section] = []
        while offset is not None and self.header + offset >= self.base_size_bytes:
            if len(found) >= MAX_SECTIONS or any(section.offset == offset for section in found):
                raise FailedError("the chain of revisions has no end", remedy="Mark the original again.")
            with self.after.strictly():
                found.append(read_section(self.mapped, self.header, self.size_bytes, offset, self.after.reader))
            offset = found[-1].previous
        return tuple(found)

    @cached_property
    def _overlays(self) -> MarkParser:
        return MarkParser(self.after, self.highest_original_number)

    @cached_property
    def _wrappings(self) -> Wrappings:
        return Wrappings(self.after, self._overlays.is_ours)

    def content_affecting_mark(self, page_number: int, *, is_annotated: bool) -> Iterator[str]:
        """Yield how the content of a page can affect the mark. Raises UnknownError when that cannot be determined."""
        leaf = self.after.pages[page_number - 1 + self.pages_put_in_front]
        return self._wrappings.differs(leaf, is_annotated=is_annotated)

    def mark_on(self, page_number: int) -> Mark:
        """Return the mark on a page of the article. Raises MarkSyntaxError, with the reason, if it is not valid."""
        index = page_number - 1 + self.pages_put_in_front
        if index >= len(self.after.pages):
            raise MarkSyntaxError("the page is not in the copy")
        return self._overlays.mark_on(self.after.pages[index])

    def lettering(self, mark: Mark) -> list[tuple[Status, str]]:
        """Return the findings on the letters of a mark and its lines; each form is compared once."""
        forms = (mark.letters.number, *(line.form.number for line in mark.lines))
        if forms not in self._lettering:
            self._lettering[forms] = [
                *mark_differs(mark.letters, self.receipt, self.font),
                *(answer for line in mark.lines for answer in line_differs(line.form, self.receipt, self.font)),
            ]
        return self._lettering[forms]

    @property
    def pages_put_in_front(self) -> int:
        """The number of notice pages before the article."""
        return self.pages_put_in if self.receipt.notice_page == "front" else 0

    @property
    def pages_put_in(self) -> int:
        """The number of pages that the copy has in addition to the original's."""
        return len(self.after.pages) - self.page_count

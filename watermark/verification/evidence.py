"""What a verdict rests on: the copy, the original inside it, and the receipt, each opened once."""

import io
import mmap
import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from watermark.errors import FailedError, NotVerifiedError, unreadable
from watermark.models import Status
from watermark.pdf.file_structure import read_frame
from watermark.pdf.rendering import RenderedDocument
from watermark.receipt import Receipt, receipt_in
from watermark.verification.content_balance import Wrappings
from watermark.verification.embedded_original import embedded_original
from watermark.verification.mark_coverage import MarkCoverage
from watermark.verification.mark_forms import Mark
from watermark.verification.mark_lettering import line_differs, mark_differs
from watermark.verification.mark_parser import MarkParser, MarkSyntaxError
from watermark.verification.pypdf_document import PypdfDocument, release_regularly
from watermark.verification.xref_sections import Section, last_section_place, read_section

HEADER_WITHIN_BYTES = 1024
MAX_SECTIONS = 1000


class NotComparableError(FailedError):
    """The original is so damaged that the second reader cannot open it: what it holds cannot be compared."""


class Evidence:
    """A copy on disk, read only and mapped. What is asked for is opened at the first time; `close` lets go of all."""

    def __init__(
        self,
        path: Path,
        *,
        password: str | None = None,
        seen: RenderedDocument | None = None,
        font: Path | None = None,
    ) -> None:
        """Map the file. Raises UsageError if it does not exist, and FailedError if it cannot be read or is not a PDF.

        `font` is the font file that the marking was given, where it had one. `seen` is a look at the original by
        somebody who keeps it open: see `rendered_original`.
        """
        self.path, self.password, self._seen = path, password, seen
        self.font = font
        self.silhouettes = MarkCoverage()
        self._lettering: dict[tuple[int, ...], list[tuple[Status, str]]] = {}
        try:
            with path.open("rb", buffering=0) as file:
                self.held = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
                self._file = io.FileIO(os.dup(file.fileno()))  # not by the name: it may be another file by now
        except (OSError, ValueError) as error:
            raise unreadable(path, error) from error
        self.size_bytes = len(self.held)
        self.header = self.held[:HEADER_WITHIN_BYTES].find(b"%PDF-")
        if self.header < 0:
            self.close()
            raise FailedError("it is not a PDF", file=str(path), remedy="Give the marked PDF.")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of what was opened."""
        for name in ("rendered_copy", "rendered_original"):
            look = self.__dict__.pop(name, None)
            if look is not None and look is not self._seen:
                look.close()
        for name in ("after", "_before", "sections"):
            self.__dict__.pop(name, None)
        self.held.close()
        self._file.close()

    def release_page(self, page_number: int) -> None:
        """Free, after every 128 pages, the objects of both files that were read for them."""
        release_regularly(page_number, self.after, *([self._before] if isinstance(self._before, PypdfDocument) else []))

    @cached_property
    def after(self) -> PypdfDocument:
        """The copy."""
        return PypdfDocument(self._file, self.header, self.size_bytes, password=self.password)

    @property
    def before(self) -> PypdfDocument:
        """The original: the first bytes of the copy, as many as the receipt says; or what it was rebuilt to.

        Raises FailedError when pypdf cannot open it; NotComparableError when the copy heals it, by listing all its
        objects anew: then it is known to be damaged, and what it holds cannot be compared.
        """
        if isinstance(self._before, FailedError):
            raise self._before
        return self._before

    @cached_property
    def _before(self) -> PypdfDocument | FailedError:
        try:
            held = self.carried if self.is_linearized else self._file
            return PypdfDocument(held, self.base_header, self.base_size_bytes, password=self.password)
        except FailedError as error:
            if not (self.is_linearized or self.is_healed):
                return error
            return NotComparableError(
                f"the original is damaged, and this cannot be compared: {error.reason}", remedy=error.remedy
            )

    @cached_property
    def is_linearized(self) -> bool:
        """Whether the copy was written anew as a whole, as the receipt allows: else its parts are all there."""
        return self.receipt.linearized and read_frame(self.held).linearized

    @property
    def is_healed(self) -> bool:
        """Whether the one revision lists every object anew, as a damaged original needs."""
        return len(self.sections) == 1 and self.sections[0].previous is None

    @cached_property
    def highest_original_number(self) -> int:
        """The highest number among the objects of the original; where it is not comparable, as the copy lists them."""
        if self.is_linearized:
            return 0  # all objects have new numbers
        if not isinstance(self._before, NotComparableError):
            return self.before.highest_number
        size = self.base_size_bytes - self.header
        listed = self.sections[0].entries.items()
        return max((n for n, one in listed if one.kind == 2 or (one.kind == 1 and one.place < size)), default=0)

    @cached_property
    def page_count(self) -> int:
        """How many pages the original has; where it is not comparable, as the receipt says."""
        if isinstance(self._before, NotComparableError):
            return self.receipt.page_count
        return len(self.before.pages)

    @cached_property
    def rendered_copy(self) -> RenderedDocument:
        """The copy as a reader sees it."""
        return RenderedDocument(self.path, password=self.password)

    @cached_property
    def rendered_original(self) -> RenderedDocument:
        """The original as a reader sees it: these first bytes, and nobody's word for what they are.

        What was seen before is taken only when it was seen in the same bytes, compared here one by one: what PDFium
        makes of them is then the same, whoever asked it, and no page is drawn or read twice. A rebuilt copy carries the
        original inside: then it is that.
        """
        if self.receipt.rebuilt_size_bytes:
            return RenderedDocument.of_bytes(self.carried, str(self.path))
        if self._seen is not None and self._seen.maps_same_bytes(self.held, self.base_size_bytes):
            return self._seen
        return RenderedDocument(self.path, size_bytes=self.base_size_bytes, password=self.password)

    @cached_property
    def carried(self) -> bytes:
        """The original that a rebuilt copy carries inside. Raises FailedError when it is not there."""
        return embedded_original(self.after, self.receipt)

    @property
    def base_bytes(self) -> mmap.mmap | bytes:
        """What holds the base: the copy, or the original inside one that was written anew as a whole."""
        return self.carried if self.is_linearized else self.held

    @property
    def base_header(self) -> int:
        """Where the header of the base stands in `base_held`."""
        return max(self.carried.find(b"%PDF-"), 0) if self.is_linearized else self.header

    def require_stable_object_numbers(self) -> None:
        """Return when objects can be compared by their numbers; raise NotComparableError where they have new ones."""
        if self.is_linearized:
            raise NotComparableError(
                "the copy was linearized: its objects have other numbers than the original's",
                remedy="Make a copy that is not optimised for the web: there, each object is compared.",
            )

    @cached_property
    def receipt(self) -> Receipt:
        """The receipt in the copy. Raises NotVerifiedError where there is none."""
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
                "it is not marked by this tool: its metadata contain no record of a marking",
                file=str(self.path),
                remedy="Use a copy that this tool marked.",
            )
        return receipt

    @property
    def base_size_bytes(self) -> int:
        """How many bytes stand before the revision: the original, or what it was rebuilt to.

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
        """The cross-reference sections behind the original, newest first. Raises FailedError when one is broken."""
        place: int | None = last_section_place(self.held, self.header, self.size_bytes)
        found: list[Section] = []
        while place is not None and self.header + place >= self.base_size_bytes:
            if len(found) >= MAX_SECTIONS or any(section.place == place for section in found):
                raise FailedError("the chain of revisions has no end", remedy="Mark the original again.")
            with self.after.strictly():
                found.append(read_section(self.held, self.header, self.size_bytes, place, self.after.reader))
            place = found[-1].previous
        return tuple(found)

    @cached_property
    def _overlays(self) -> MarkParser:
        return MarkParser(self.after, self.highest_original_number)

    @cached_property
    def _wrappings(self) -> Wrappings:
        return Wrappings(self.after, self._overlays.is_ours)

    def content_affecting_mark(self, page_number: int, *, is_annotated: bool) -> Iterator[str]:
        """Yield what of the content of a page reaches the mark. Raises UnknownError where that cannot be told."""
        leaf = self.after.pages[page_number - 1 + self.pages_put_in_front]
        return self._wrappings.differs(leaf, is_annotated=is_annotated)

    def mark_on(self, page_number: int) -> Mark:
        """Return the mark on a page of the article. Raises OverlayError, with the reason, where there is none."""
        place = page_number - 1 + self.pages_put_in_front
        if place >= len(self.after.pages):
            raise MarkSyntaxError("the page is not in the copy")
        return self._overlays.mark_on(self.after.pages[place])

    def lettering(self, mark: Mark) -> list[tuple[Status, str]]:
        """Return what is wrong with the letters of a mark and its lines: each form is compared once."""
        forms = (mark.letters.number, *(line.form.number for line in mark.lines))
        if forms not in self._lettering:
            self._lettering[forms] = [
                *mark_differs(mark.letters, self.receipt, self.font),
                *(answer for line in mark.lines for answer in line_differs(line.form, self.receipt, self.font)),
            ]
        return self._lettering[forms]

    @property
    def pages_put_in_front(self) -> int:
        """How many notice pages stand before the article."""
        return self.pages_put_in if self.receipt.notice_page == "front" else 0

    @property
    def pages_put_in(self) -> int:
        """How many pages the copy has more than the original."""
        return len(self.after.pages) - self.page_count

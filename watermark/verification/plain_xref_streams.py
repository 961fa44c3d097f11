"""Cross-reference streams, read a column at a time: the same entries that pypdf finds, in a fraction of the time.

Both states of a file are opened in each process that verifies it, and pypdf reads the entries of the original each
time, one number after the other: of a tagged article, that took as long as all other reading of its structure.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pypdf import PdfReader

MOST_BYTES_OF_A_NUMBER = 8
NOT_COMPRESSED, COMPRESSED = 1, 2
KINDS = frozenset({0, NOT_COMPRESSED, COMPRESSED})


def columns_of(rows: bytes, widths: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield the numbers in each column of a table: all rows at once, a byte of the number after the other."""
    start, whole = 0, sum(widths)
    for width in widths:
        bytes_of = [rows[at::whole] for at in range(start, start + width)]
        start += width
        column: Sequence[int] = bytes_of[0] if bytes_of else bytes(len(rows) // whole)
        for lower in bytes_of[1:]:
            column = [higher << 8 | byte for higher, byte in zip(column, lower, strict=True)]
        yield column


class SectionReader(PdfReader):
    """A reader whose entries are those of pypdf. A section that is not plainly valid is left to pypdf itself."""

    _section: tuple[bytes, list[Any]] = b"", []
    """The data of the section that is being read, and the widths of its columns."""

    def _sanitize_pdf15_xref_stream_index_pairs(
        self,
        index_pairs: list[int],
        entry_sizes: list[int],
        xref_stream: Any,  # noqa: ANN401 - as in pypdf
    ) -> list[int]:
        self._section = b"", []
        pairs = super()._sanitize_pdf15_xref_stream_index_pairs(
            index_pairs=index_pairs, entry_sizes=entry_sizes, xref_stream=xref_stream
        )
        self._section = xref_stream.get_data(), list(entry_sizes)
        return pairs

    def _read_xref_subsections(
        self,
        idx_pairs: list[int],
        get_entry: Callable[[int], Any],
        used_before: Callable[[int, Any], bool],
    ) -> None:
        (data, widths), self._section = self._section, (b"", [])
        size = sum(max(count, 0) for count in idx_pairs[1::2]) * sum(widths) if _are_plain(widths) else 0
        columns = [*columns_of(data[:size], widths)] if 0 < size <= len(data) else []
        if not columns or not KINDS.issuperset(columns[0]):
            super()._read_xref_subsections(idx_pairs, get_entry, used_before)
            return
        ranges = zip(idx_pairs[::2], idx_pairs[1::2], strict=False)
        numbers = [number for first, count in ranges for number in range(first, first + count)]
        in_streams = self.xref_objStm
        for number, kind, offset, generation in zip(numbers, *columns, strict=True):
            if kind == NOT_COMPRESSED:
                listed = self.xref.setdefault(generation, {})
                if number not in listed and number not in in_streams:  # a later section counts, and is read first
                    listed[number] = offset
            elif kind == COMPRESSED and number not in in_streams and number not in self.xref.get(0, ()):
                in_streams[number] = offset, generation


def _are_plain(widths: Sequence[object]) -> bool:
    """Return whether an entry has three numbers, of which the kind has one byte."""
    is_number = all(isinstance(one, int) and 0 <= one <= MOST_BYTES_OF_A_NUMBER for one in widths)
    return is_number and len(widths) == 3 and widths[0] == 1

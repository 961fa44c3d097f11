"""A manifest in any of its formats. It is read twice: once to count and check the rows, then row by row."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from watermark.batch.manifest import csv_manifest
from watermark.batch.manifest.grouped_records import grouped
from watermark.batch.manifest.row import ManifestRow
from watermark.batch.manifest.table_file import HEAD_BYTES, plain_table
from watermark.errors import UsageError
from watermark.notice.decoding import is_watch


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A manifest of `count` rows, which `rows` yields one at a time. `warnings` are sentences for the user.

    `by_doi` means that at least one article has to be found by its DOI; in a list, all have to be.
    """

    count: int
    by_doi: bool
    warnings: tuple[str, ...] = ()
    rows: Callable[[], Iterator[ManifestRow]] = field(repr=False)
    """Yields the rows in the order of the manifest; no row raises: an invalid row has a `problem`."""
    has_columns: bool = False
    """Whether it is the tool's own table, whose columns can be filled in."""
    cells: Callable[[], Iterator[tuple[str, dict[str, str]]]] = field(default=lambda: iter(()), repr=False)
    """Yields the name of each row of the tool's own table, with its values by column."""
    files: Callable[[], Iterator[tuple[str, Path]]] = field(default=lambda: iter(()), repr=False)
    """Yields each article's path, "" if the row gives none, with each file that the row was read from."""


@contextmanager
def manifest_in(path: Path, notices: Path | None = None) -> Iterator[Manifest]:
    """Yield the manifest in a file; the first line decides the format, not the name.

    The tool's own CSV, Retraction Watch's CSV, or Crossref's records as JSON lines. `notices` is the folder of
    the notices in the tool's own CSV; default: the folder of the manifest. Raises UsageError or NoticeError, with the
    file's name, if it is not a manifest or a line is not CSV.
    """
    with plain_table(path) as table, _manifest_in(table, path, notices or path.parent) as manifest:
        yield manifest


@contextmanager
def _manifest_in(table: Path, path: Path, notices: Path) -> Iterator[Manifest]:
    """Yield the manifest `path`, read from `table`, which has the same lines."""
    with table.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if is_watch(head):
        with grouped() as records:
            records.read_watch(table)
            yield _of(path, records.count, records.rows, records.warnings)
    elif head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        with grouped() as records:
            records.read_crossref(table)
            yield _of(path, records.count, records.rows, records.warnings)
    elif csv_manifest.is_catalogue(head):
        count, by_doi = csv_manifest.counted(table)
        if not count:
            raise UsageError(
                "the manifest names no article",
                file=str(path),
                remedy="Write a line for each article below the header.",
            )
        yield Manifest(
            count=count,
            by_doi=by_doi,
            rows=lambda: csv_manifest.rows_in(table, notices),
            has_columns=True,
            cells=lambda: csv_manifest.cells_in(table),
            files=lambda: csv_manifest.files_in(table, notices),
        )
    else:
        raise UsageError(
            "not a manifest: its first line has no column “notice” with “article” or “doi”",
            file=str(path),
            remedy="Use a CSV or an Excel workbook with these columns, Retraction Watch's CSV, or Crossref's "
            "records as JSON lines.",
        )


def _of(path: Path, count: int, rows: Callable[[], Iterator[ManifestRow]], warnings: list[str]) -> Manifest:
    if not count:
        raise UsageError("the list contains no retracted article", file=str(path), remedy="Check its contents.")
    return Manifest(count=count, by_doi=True, warnings=tuple(warnings), rows=rows)

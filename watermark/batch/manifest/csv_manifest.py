"""The tool's own manifest format: CSV with a header and one line for each article.

    article,notice,date
    2019/10.1000_xyz.pdf,notices/xyz.md,2024-05-01

`notice` is required, and `article` or `doi`. The other columns override the notice or the options for this article.
"""

import csv
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from watermark.batch.manifest.row import GivenNotice, ManifestRow, Overrides
from watermark.batch.manifest.table_file import separator_of
from watermark.errors import NoticeError, UsageError, WatermarkError
from watermark.notice import State, normalised_doi, parse_state
from watermark.notice.text_blocks import printable, safe_excerpt
from watermark.runtime.bounded_read import MAX_PASSWORD_BYTES
from watermark.runtime.safe_paths import MAX_NAME_LENGTH, find_within, resolve_within, safe_relative_path

Value = TypeVar("Value")

COLUMNS = (
    *("article", "notice", "doi", "notice_doi", "date", "url", "state", "text"),
    *("force_match", "despite_signature", "to_pdfa", "rebuild", "notice_page", "profile", "password_file"),
    *("over_existing_mark", "pages", "printed_pages"),
)
NOTES = ("reason", "what to do")
"""Columns that `watermark batch --decide` adds for people; they are not read."""
PATHS = ("article", "notice", "password_file")
MAX_NOTICE_BYTES = 20_000_000
MAX_HEADER_LENGTH = 10_000
_YES_OR_NO = {"yes": True, "true": True, "1": True, "": False, "no": False, "false": False, "0": False}
_PAGES = {"": "", "auto": "auto", "none": "none", "front": "front", "back": "back"}
_SAVE = "Save it as CSV in UTF-8, with one line for each article."


def is_catalogue(head: bytes) -> bool:
    """Tell from a file's first bytes whether it is a manifest in this tool's own format."""
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n").split(b"\n", 1)[0].decode("utf-8", "replace")
    names = _names(first)
    return "notice" in names and ("article" in names or "doi" in names)


def counted(path: Path) -> tuple[int, bool]:
    """Return how many articles the manifest names, and whether any has to be found by its DOI.

    The whole file is read. Raises UsageError if it is not a manifest.
    """
    count, by_doi = 0, False
    for _, cells in _records(path):
        count += 1
        by_doi = by_doi or not cells["article"]
    return count, by_doi


def rows_in(path: Path, notices: Path) -> Iterator[ManifestRow]:
    """Yield the rows of the manifest, in its order. `notices` is the folder of the notices and password files.

    No row raises: an invalid row has a `problem`. Raises UsageError if the file is not a manifest.
    """
    for line, cells in _records(path):
        place = f"line {line}"
        name = _name(cells, line)
        try:
            yield _row(name, place, cells, notices)
        except WatermarkError as error:
            error.place = ", ".join(filter(None, (place, error.place)))
            yield ManifestRow(name=name, place=place, problem=error)


def cells_in(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the name of each row with its values by column, as they are written."""
    for line, cells in _records(path):
        yield _name(cells, line), {name: value for name, value in cells.items() if name in COLUMNS}


def files_in(path: Path, notices: Path) -> Iterator[tuple[str, Path]]:
    """Yield the article that each row names, with each file that the row is read from, whether it exists or not."""
    for _, cells in _records(path):
        for column in ("notice", "profile", "password_file"):
            if cells[column]:
                with suppress(UsageError):
                    yield cells["article"], notices / find_within(notices, cells[column])


def _row(name: str, place: str, cells: Mapping[str, str], notices: Path) -> ManifestRow:
    if not cells["article"] and not normalised_doi(cells["doi"]):
        written = f": “{safe_excerpt(cells['doi'])}” is not a valid DOI" if cells["doi"] else ""
        raise UsageError(
            f"the row names no article{written}", remedy="Write its path in the column “article”, or its DOI in “doi”."
        )
    if not cells["notice"]:
        raise UsageError("the row names no notice", remedy="Write the path of the notice in the column “notice”.")
    password = _bytes(notices, cells["password_file"], MAX_PASSWORD_BYTES) if cells["password_file"] else b""
    return ManifestRow(
        name=name,
        place=place,
        article=safe_relative_path(cells["article"]) if cells["article"] else "",
        notice=GivenNotice(
            name=_found(notices, cells["notice"]).name, data=_bytes(notices, cells["notice"], MAX_NOTICE_BYTES)
        ),
        overrides=Overrides(
            doi=cells["doi"],
            notice_doi=cells["notice_doi"],
            date=cells["date"],
            url=cells["url"],
            text=cells["text"],
            force_match=cells["force_match"],
            over_existing_mark=cells["over_existing_mark"],
            to_pdfa=cells["to_pdfa"],
            profile=_profile(cells["profile"], notices),
            rebuild=_read(cells, "rebuild", _YES_OR_NO.get, ("yes", "no")),
            state=_read(cells, "state", parse_state, State) if cells["state"] else None,
            despite_signature=_read(cells, "despite_signature", _YES_OR_NO.get, ("yes", "no")),
            pages=cells["pages"],
            printed_pages=cells["printed_pages"],
            notice_page=_read(cells, "notice_page", _PAGES.get, filter(None, _PAGES)),
        ),
        password=_password(password),
    )


def _name(cells: Mapping[str, str], line: int) -> str:
    name = (cells["article"] or printable(cells["doi"]) or f"line {line}")[:MAX_NAME_LENGTH]
    part = Overrides(pages=cells["pages"], printed_pages=cells["printed_pages"]).part
    return f"{name}, {part}" if part else name


def _profile(written: str, folder: Path) -> str:
    """Return the name of a preset, or the path of a file below the folder."""
    return written if written.isalnum() or not written else str(_found(folder, written))


def _found(folder: Path, written: str) -> Path:
    return resolve_within(folder, find_within(folder, written))


def _read(cells: Mapping[str, str], column: str, read: Callable[[str], Value | None], allowed: Iterable[str]) -> Value:
    value = read(cells[column].lower())
    if value is None:
        message = f"“{safe_excerpt(cells[column])}” is not a valid value for the column “{column}”"
        raise UsageError(message, remedy=f"Allowed: {', '.join(allowed)}.")
    return value


def _bytes(folder: Path, written: str, max_bytes: int) -> bytes:
    path = _found(folder, written)
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a device might never end, so it is not opened
            reason = f"“{safe_excerpt(written)}” is not a file"
            raise NoticeError(reason, file=str(path), remedy="Use the path of a file.")
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise NoticeError(
            f"cannot read the file “{safe_excerpt(written)}” ({error.strerror})",
            file=str(path),
            remedy="Check its name, which is relative to the folder of the notices, and its permissions.",
        ) from error
    if len(data) > max_bytes:
        raise NoticeError(
            f"the file “{safe_excerpt(written)}” is larger than {max_bytes:,} bytes",
            file=str(path),
            remedy="Use the file of one notice. A list of many can be the manifest itself.",
        )
    return data


def _password(data: bytes) -> str:
    try:
        return data.decode("utf-8").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError as error:
        raise UsageError("the password file is not UTF-8 text", remedy="Save it as UTF-8.") from error


def _records(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each record with the line at which it ends. Raises UsageError, with the file's name and the line."""
    reader, header_line = None, 1
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            while (first := stream.readline(MAX_HEADER_LENGTH)) in {"\n", "\r\n"}:
                header_line += 1
            names, delimiter = _names(first), separator_of(first)
            _check_header(names)
            reader = csv.reader(stream, delimiter=delimiter, strict=True)
            for values in reader:
                if any(value.strip() for value in values):
                    _check_length(values, names)
                    cells = dict.fromkeys(COLUMNS, "") | dict(zip(names, map(str.strip, values), strict=False))
                    cells |= {name: value for name, value in zip(names, values, strict=False) if _is_path(name, value)}
                    yield reader.line_num + header_line, cells
    except (csv.Error, UnicodeDecodeError, OSError) as error:
        why = getattr(error, "strerror", None) or ("it is not UTF-8" if isinstance(error, ValueError) else error)
        line = f"line {reader.line_num + header_line + 1}" if reader and isinstance(error, csv.Error) else ""
        message = f"the manifest cannot be read ({why})"
        raise UsageError(message, file=str(path), place=line, remedy=_SAVE) from error
    except UsageError as error:
        error.file, error.place = str(path), f"line {reader.line_num + header_line if reader else header_line}"
        raise


def _is_path(column: str, value: str) -> bool:
    """Whether a value is a path: spaces around it may be parts of its name."""
    return column in PATHS and bool(value.strip())


def _check_header(names: Sequence[str]) -> None:
    for name in filter(None, names):
        if name not in (*COLUMNS, *NOTES):
            raise UsageError(
                f"there is no column “{safe_excerpt(name)}”", remedy=f"The columns are: {', '.join(COLUMNS)}."
            )
        if names.count(name) > 1:
            raise UsageError(f"the column “{name}” appears twice", remedy="Remove one of them.")


def _check_length(values: Sequence[str], names: Sequence[str]) -> None:
    if any(map(str.strip, values[len(names) :])):
        raise UsageError(
            f"this line has {len(values)} values; the header has {len(names)} columns",
            remedy="Put quotation marks around a value that contains the separator: a comma or a semicolon.",
        )


def _names(first: str) -> list[str]:
    row = next(csv.reader([first], delimiter=separator_of(first)), [])
    return [name.strip().lower() for name in row]

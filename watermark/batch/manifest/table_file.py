"""Tables as spreadsheets save them, in any encoding or as a workbook, made one form: CSV with commas, in UTF-8."""

import codecs
import csv
import tempfile
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path

from watermark.errors import UsageError, WatermarkError
from watermark.notice.decoding import is_utf8
from watermark.runtime.chunks import CHUNK_BYTES
from watermark.runtime.isolation import Limits, run_isolated

HEAD_BYTES = 4096
MAX_WORKBOOK_BYTES = 200_000_000
"""Size of all parts of a workbook, uncompressed."""
WORKBOOK_LIMITS = Limits(seconds=120, memory_bytes=2 << 30)
SEPARATORS = ",;\t"
_WORKBOOK = b"PK\x03\x04"
_SAVE = "Save it as CSV, with one line for each article."
_ENCODINGS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BYTES_OF_OLD_ENCODING = "watermark.windows-1252"


@contextmanager
def plain_table(path: Path) -> Iterator[Path]:
    """Yield a table as CSV with commas in UTF-8: the file itself, or a temporary copy with the same lines.

    UTF-16 is known by its first bytes; bytes that are not UTF-8 are read as Windows-1252. Of a workbook (.xlsx), the
    first sheet is read with openpyxl, an extra. Errors inside name `path`. Raises UsageError if it cannot be read.
    """
    head = _head(path)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        yield path
        return
    encoding = "" if head.startswith(_WORKBOOK) else _encoding(head)
    first = head.decode(encoding, "replace").split("\n", 1)[0] if encoding else ""
    if encoding == "utf-8-sig" and separator_of(first) == "," and not _separator_line(first) and is_utf8(path):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="watermark-") as folder:
        copy = Path(folder) / "table.csv"
        try:
            if encoding:
                _copy_text(path, copy, encoding)
            else:
                run_isolated(_copy_workbook, (path, copy), WORKBOOK_LIMITS, scratch=Path(folder))
            yield copy
        except WatermarkError as error:
            if error.file in {"", str(copy)}:
                error.file = str(path)
            raise


def separator_of(first: str) -> str:
    """Return what separates the values of a header: a comma, a semicolon or a tab."""
    return max(SEPARATORS, key=first.count)


def _head(path: Path) -> bytes:
    if not path.is_file():
        if path.exists():
            raise UsageError(
                "this is not a file", file=str(path), remedy="Use a CSV or JSON Lines file as the manifest."
            )
        raise UsageError("the file does not exist", file=str(path), remedy="Check the name and the folder.")
    try:
        with path.open("rb") as file:
            return file.read(HEAD_BYTES)
    except OSError as error:
        raise UsageError(
            f"cannot read the file ({error.strerror})", file=str(path), remedy="Check its permissions."
        ) from error


def _encoding(head: bytes) -> str:
    for mark, encoding in _ENCODINGS:
        if head.startswith(mark):
            return encoding
    if head[1:2] == b"\0" and head[:1]:
        return "utf-16-le"
    return "utf-16-be" if head[:1] == b"\0" else "utf-8-sig"


def _old_encoding(error: UnicodeError) -> tuple[str, int]:
    """Decode single bytes that are not UTF-8: Windows-1252, or Latin-1 where that has no character."""
    if not isinstance(error, UnicodeDecodeError) or not error.encoding.lower().replace("-", "").startswith("utf8"):
        raise error
    data = error.object[error.start : error.end]
    try:
        return data.decode("cp1252"), error.end
    except UnicodeDecodeError:
        return data.decode("latin-1"), error.end


codecs.register_error(_BYTES_OF_OLD_ENCODING, _old_encoding)


def _separator_line(first: str) -> str:
    """Return the separator that the first line names, as Excel writes it (`sep=;`), or ""."""
    line = first.strip().strip('"').lower()
    return line[4] if line.startswith("sep=") and len(line) == 5 else ""


def _copy_text(path: Path, copy: Path, encoding: str) -> None:
    errors = _BYTES_OF_OLD_ENCODING if encoding == "utf-8-sig" else "strict"
    try:
        with path.open(encoding=encoding, errors=errors, newline="") as source:
            first = source.readline(HEAD_BYTES)
            named = _separator_line(first)
            separator = named or separator_of(first)
            if not named:
                source.seek(0)
            if separator == ",":
                with copy.open("w", encoding="utf-8", newline="") as target:
                    target.write("\n" if named else "")
                    while piece := source.read(CHUNK_BYTES):
                        target.write(piece)
            else:
                _write(copy, csv.reader(source, delimiter=separator, strict=True), empty_first=bool(named))
    except UnicodeDecodeError as error:
        raise UsageError("the manifest cannot be read (it is not UTF-16)", file=str(path), remedy=_SAVE) from error
    except csv.Error as error:
        raise UsageError(f"the manifest cannot be read ({error})", file=str(path), remedy=_SAVE) from error


def _write(copy: Path, rows: Iterable[list[str]], *, empty_first: bool = False) -> None:
    with copy.open("w", encoding="utf-8", errors="surrogatepass", newline="") as target:
        target.write("\n" if empty_first else "")
        writer = csv.writer(target, lineterminator="\n")
        for row in rows:
            if row:
                writer.writerow(row)
            else:
                target.write("\n")


def _copy_workbook(given: tuple[Path, Path]) -> None:
    path, copy = given
    try:
        from openpyxl import load_workbook  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise UsageError(
            "an Excel workbook needs a library that is not installed (openpyxl)",
            remedy="Install it: pip install 'retraction-watermark[excel]'. Or save the sheet as CSV.",
        ) from error
    try:
        _check_size(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and validations, which are not read
            workbook = load_workbook(path, read_only=True, data_only=True)
            sheet = workbook.worksheets[0]
            with suppress(AttributeError):  # only a sheet that is read piece by piece has it
                sheet.reset_dimensions()
            _write(copy, ([_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)))
            workbook.close()
    except WatermarkError:
        raise
    except Exception as error:
        raise UsageError(
            f"the workbook cannot be read ({type(error).__name__})",
            remedy="Open and save it again as .xlsx, or save it as CSV.",
        ) from error


def _check_size(path: Path) -> None:
    with zipfile.ZipFile(path) as parts:
        if sum(part.file_size for part in parts.infolist()) > MAX_WORKBOOK_BYTES:
            raise UsageError("the workbook is too large", remedy=_SAVE)


def _cell(value: object) -> str:
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)

"""Long lists of JSON records in a file: one on each line, or an array or a response laid out in any way."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from watermark.errors import NoticeError
from watermark.notice.doi import normalised_doi
from watermark.notice.formats.json_records import Members, readings_of, select_work, values_in, works_in
from watermark.notice.formats.json_values import MAX_BYTES
from watermark.notice.formats.reading import Reading
from watermark.notice.precedence import ambiguous_article_error

MAX_LINE_BYTES = 1_000_000
MAX_WHOLE_BYTES = 50_000_000
MAX_LIST_BYTES = 500_000_000
_GIVE_PART = "Give the part of the list that is about the article."


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonPart:
    """A part of a list that is JSON by itself: a line, or the whole file. `start_byte` counts from 0.

    A line that is longer than `MAX_LINE_BYTES` is cut there, and so is no JSON.
    """

    place: str
    start_byte: int
    data: bytes

    @property
    def is_line(self) -> bool:
        """Whether the part is one line of several."""
        return bool(self.place)


def parts_of(path: Path) -> Iterator[JsonPart]:
    """Yield the lines of a list with a record on each line, or else the whole file once.

    A list has a record on each line when its first line is JSON by itself and more lines follow, and when the file as a
    whole is no JSON. Raises OSError.
    """
    if not _has_records_in_lines(path) and path.stat().st_size <= MAX_WHOLE_BYTES:
        data = path.read_bytes()
        if _is_json(data):
            yield JsonPart(place="", start_byte=0, data=data)
            return
    yield from _lines(path)


def part_at(path: Path, start_byte: int) -> bytes:
    """Return the line that begins at `start_byte`, or the whole file where that is one part. Raises OSError."""
    if start_byte == 0:
        return next((part.data for part in parts_of(path)), b"")
    with path.open("rb") as file:
        file.seek(start_byte)
        return file.readline(MAX_LINE_BYTES)


def select_record(path: Path, article_doi: str) -> Reading:
    """Return what a list says of one article, with the article's records as its data; the list is not kept in memory.

    A record that cannot be read matters only where it names the article. Raises NoticeError as `read_json` does.
    """
    if path.stat().st_size > MAX_LIST_BYTES:
        raise NoticeError(f"the list is larger than {MAX_LIST_BYTES:,} bytes", remedy=_GIVE_PART)
    wanted = normalised_doi(article_doi)
    kept, dois, fault = _about(path, wanted)
    if not kept and (wanted or not dois):
        raise fault or NoticeError(
            f"the list does not say that {wanted} was retracted" if wanted else "the list names no retraction",
            remedy="Check the DOI of the article, or give another list.",
        )
    if not wanted and len(dois) > 1:
        raise ambiguous_article_error(dois, len(dois), wanted)
    reading = select_work(kept, article_doi)
    if reading.data is None:
        return replace(reading, data=json.dumps(kept[0], ensure_ascii=False, indent=1).encode("utf-8", "replace"))
    return reading


def _about(path: Path, wanted: str) -> tuple[list[Members], dict[str, None], NoticeError | None]:
    """Return the records about one article (`wanted`, or else the first), every article's DOI, and the first fault.

    With `wanted`, lines that do not name it are passed over.
    """
    kept: list[Members] = []
    dois: dict[str, None] = {}
    fault: NoticeError | None = None
    for part in parts_of(path):
        if part.is_line and wanted and not _mentions(part.data, wanted):
            continue
        try:
            for work in _works(part):
                found = {reading.notice.article.doi for reading in readings_of(work)}
                dois.update(dict.fromkeys(found))
                if found & ({wanted} if wanted else set(list(dois)[:1])):
                    kept.append(work)
        except NoticeError as error:
            if _mentions(part.data, wanted):
                error.place = error.place or part.place
                raise
            if not part.is_line:
                raise
            fault = fault or error
    return kept, dois, fault


def _works(part: JsonPart) -> list[Members]:
    values = list(values_in(part.data.decode("utf-8-sig", "replace")))
    works = [work for value in values for work in works_in(value)]
    if not part.is_line and len(works) < 2 and len(part.data) > MAX_BYTES:
        raise NoticeError(f"the record is larger than {MAX_BYTES:,} bytes", remedy="Give the notice's text.")
    return works


def _mentions(data: bytes, doi: str) -> bool:
    """Return whether JSON names a DOI; a slash may be escaped in it, and the case of a DOI does not matter."""
    text = data.lower()
    return bool(doi) and (doi.encode() in text or doi.replace("/", "\\/").encode() in text)


def _has_records_in_lines(path: Path) -> bool:
    with path.open("rb") as file:
        first = b""
        while not first.strip(b"\xef\xbb\xbf \t\r\n"):
            first = file.readline(MAX_LINE_BYTES)
            if not first:
                return False
        return (
            first.endswith(b"\n")
            and _is_json(first)
            and any(line.strip() for line in iter(lambda: file.readline(64), b""))
        )


def _is_json(data: bytes) -> bool:
    try:
        return isinstance(json.loads(data), (dict, list))
    except (ValueError, RecursionError):
        return False


def _lines(path: Path) -> Iterator[JsonPart]:
    with path.open("rb") as file:
        number = start = 0
        while line := file.readline(MAX_LINE_BYTES):
            number += 1
            length, rest = len(line), line
            while not rest.endswith(b"\n") and (rest := file.readline(MAX_LINE_BYTES)):
                length += len(rest)
            if line.strip():
                yield JsonPart(place=f"line {number}", start_byte=start, data=line)
            start += length

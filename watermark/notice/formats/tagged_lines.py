"""Records in tagged lines, as NBIB and RIS have them: a tag, a hyphen and a value on each line."""

from collections.abc import Iterator, Sequence

from watermark.errors import NoticeError
from watermark.notice.text_blocks import collapse_whitespace, printable
from watermark.runtime.expressions import expression

Fields = dict[str, list[str]]

_LINE = expression(r"([A-Z][A-Z0-9]{1,3}) {0,3}- ?(.*)")
MAX_VALUES = 100_000


def tagged_records(text: str, *, first: str) -> Iterator[Fields]:
    """Yield the values of each record by tag, in their order; a record begins with the tag `first`.

    A line without a tag continues the value above it. Raises NoticeError for more values than a list of this kind has.
    """
    record: dict[str, list[list[str]]] = {}
    pieces: list[str] = []
    values = 0
    for line in printable(text).split("\n"):
        found = _LINE.fullmatch(line.rstrip())
        if found is None:
            if line.strip() and pieces:
                pieces.append(line.strip())
            continue
        values += 1
        if values > MAX_VALUES:
            raise NoticeError(f"there are more than {MAX_VALUES:,} values", remedy="Give the article's record alone.")
        if found[1] == first and record:
            yield _joined(record)
            record = {}
        pieces = [found[2].strip()]
        record.setdefault(found[1], []).append(pieces)
    if record:
        yield _joined(record)


def _joined(record: dict[str, list[list[str]]]) -> Fields:
    return {tag: [collapse_whitespace(" ".join(pieces)) for pieces in values] for tag, values in record.items()}


def first_value(record: Fields, *tags: str) -> str:
    """Return the first value that is not empty under one of the tags, in their order; else an empty string."""
    return next((value for tag in tags for value in record.get(tag, ()) if value), "")


def all_values(record: Fields, tags: Sequence[str]) -> list[str]:
    """Return every value under one of the tags, in the order of the tags."""
    return [value for tag in tags for value in record.get(tag, ()) if value]

"""Italics, bold and list items in the statement of a notice, for the notice document."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from watermark.errors import WatermarkError
from watermark.notice.decoding import decoded
from watermark.notice.formats.text import blocks_in
from watermark.notice.model import NoticeFile
from watermark.notice.text_blocks import Block, emphasis_in
from watermark.notice.xml import child, every, parsed

Kind: TypeAlias = Literal["italic", "bold", "item"]
KINDS: tuple[Kind, ...] = ("italic", "bold", "item")
MAX_MARKUP = 1000
_TEXT = frozenset({"text/plain", "text/markdown"})


@dataclass(frozen=True, slots=True)
class Markup:
    """A part of the statement in italics or bold, or a paragraph that is an item of a list.

    `paragraph` is the index of the paragraph; `start` and `end` are indexes of its characters.
    """

    paragraph: int
    start: int
    end: int
    kind: Kind


def statement_markup(file: NoticeFile) -> tuple[Markup, ...]:
    """Return the markup of the statement, at most `MAX_MARKUP` parts; none if the file has another form."""
    return _markup_of(file.data, file.media_type, tuple(file.notice.statement))


@lru_cache(maxsize=2)
def _markup_of(data: bytes, media_type: str, statement: tuple[str, ...]) -> tuple[Markup, ...]:
    """Return the markup: it is asked for when a document is foreseen, and again when it is planned."""
    try:
        blocks = {block.words: block for block in _blocks(data, media_type)}
    except WatermarkError:
        return ()  # the notice was read all the same, for instance from one record of many
    found: list[Markup] = []
    for index, words in enumerate(statement):
        block = blocks.get(words)
        if block is None:
            continue
        if block.is_item:
            found.append(Markup(index, 0, len(words), "item"))
        found += [Markup(index, *part) for part in emphasis_in(block)]
    return tuple(found[:MAX_MARKUP])


def _blocks(data: bytes, media_type: str) -> Iterator[Block]:
    if not data:
        return
    if media_type in _TEXT:
        yield from blocks_in(decoded(data)[0])
    elif media_type == "application/xml":
        from watermark.notice.formats.jats.body import blocks_of  # noqa: PLC0415 - loaded when the form is met

        root = parsed(decoded(data)[0])
        for record in [root, *every(root, "article")]:
            if (meta := child(record, "front", "article-meta")) is not None:
                yield from blocks_of(record, meta)

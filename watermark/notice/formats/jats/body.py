"""The paragraphs of a JATS record as blocks of plain words, as the rules for text read them."""

from collections.abc import Iterator

from watermark.notice.text_blocks import Block
from watermark.notice.xml import Element, child, children, name_of, words_of

_LISTS = frozenset({"list"})
_PROSE = frozenset({"p", "title", "list-item", "disp-quote", "sec", "list", "body", "boxed-text", "statement"})


def blocks_of(record: Element, meta: Element) -> Iterator[Block]:
    """Yield the body's paragraphs; where there is no body, those of the abstract, which some notices have instead."""
    body = child(record, "body")
    for part in [body] if body is not None and words_of(body) else children(meta, "abstract"):
        yield from _blocks_in(part)


def _blocks_in(part: Element) -> Iterator[Block]:
    for element in part:
        name = name_of(element)
        if name in ("p", "title") or (name == "list-item" and child(element, "p") is None):
            yield from _block(element, is_item=name_of(part) == "list-item" or name == "list-item")
        elif name in _PROSE:
            yield from _blocks_in(element)


def _block(element: Element, *, is_item: bool) -> Iterator[Block]:
    inner = [part for part in element if name_of(part) in _LISTS]
    if not inner:
        if words := words_of(element):
            is_heading = name_of(element) == "title"
            marked_up = words_of(element, marked_up=True)
            yield Block(marked_up=marked_up, words=words, is_heading=is_heading, is_item=is_item)
        return
    if before := words_of(element, skip=_LISTS):
        yield Block(marked_up=words_of(element, marked_up=True, skip=_LISTS), words=before, is_item=is_item)
    for part in inner:
        yield from _blocks_in(part)

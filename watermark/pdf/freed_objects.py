"""Objects that an update of a file freed, though its pages still lead to them.

They count as null (ISO 32000-2 7.3.10), but poppler, pypdf and PDFium may find them all the same. qpdf leaves out the
entries that lead to them. A page that is written again keeps these references, so that no viewer loses anything.
"""

import mmap
import re
from collections.abc import Iterator
from typing import TypeGuard

import pikepdf

from watermark.pdf.page_tree import PageNode, displayed_pages
from watermark.runtime.chunks import iter_chunks

MAX_FREED = 10_000
DEEPEST = 2
"""From the trailer to the entries of the catalog: what these lead to has to be absent where it was freed."""
FREED = "/FreedByAnUpdate"
"""Stands for each of them while the file is open: qpdf writes a reference to what is not null."""
_OBJECT = re.compile(rb"obj\b")
_NUMBERS = re.compile(rb"(?<!\d)(\d{1,8})\s{1,8}0\s{1,8}\Z")
_LONGEST = 26
"""What is in front of `obj`: an expression that begins with digits takes ten times as long for a whole file."""


def keep_freed_references(document: pikepdf.Pdf, data: mmap.mmap) -> None:
    """Let the references to freed objects stay in what is written of a document, whose bytes are `data`."""
    if _count(data, b"startxref", most=2) < 2:
        return  # without an update, nothing can be freed that was defined before
    present = {number for number, _ in document.get_xref_table()}
    size: object = document.trailer.get("/Size")
    if len(present) == max(present, default=0) and size == len(present) + 1:
        return
    defined = set(_numbers_of_objects(data))
    if isinstance(size, int) and 0 < size <= MAX_FREED and _count(data, b"/ObjStm", most=1):
        defined.update(range(1, size))  # in streams of objects, numbers are not to be seen
    freed = defined - present
    if len(freed) > MAX_FREED:
        return
    for number in freed:
        placeholder = pikepdf.Name(FREED)  # another one each time: qpdf makes it the object of this number
        document._replace_object((number, 0), placeholder)  # noqa: SLF001 - pikepdf has no other name for it
    absent = _led_to(document.trailer)
    for page in displayed_pages(document.Root):
        absent.update(_entries(page))
    for count, number in enumerate(absent, 1):
        nothing = max(present | freed) + count, 0
        document._swap_objects((number, 0), nothing)  # noqa: SLF001


def catalog_leads_nowhere(document: pikepdf.Pdf) -> bool:
    """Whether the catalog or the page tree has an entry with nothing, as where its object was freed."""
    waiting: list[object] = [document.Root.get("/Pages")]
    for _ in range(MAX_FREED):
        if not waiting:
            break
        node = waiting.pop()
        if node is None:
            return True
        kids = node.get("/Kids") if isinstance(node, pikepdf.Dictionary) else None
        if isinstance(kids, pikepdf.Array):
            waiting.extend(list(kids))
    return any(item is None for _, item in document.Root.items())


def _numbers_of_objects(data: mmap.mmap) -> Iterator[int]:
    """Yield the number of whatever is written as an object of generation 0 in a file."""
    for window, is_last in _windows(data, _LONGEST + 4):
        for found in _OBJECT.finditer(window):
            if found.end() == len(window) and not is_last:
                break  # the next window shows whether the word ends there
            before = window[max(0, found.start() - _LONGEST) : found.start()]
            if (numbers := _NUMBERS.search(before)) is not None:
                yield int(numbers[1])


def _count(data: mmap.mmap, word: bytes, *, most: int) -> int:
    """Return how often a word is in a file, up to `most`."""
    count = 0
    for window, _ in _windows(data, len(word) - 1):
        count += window.count(word)
        if count >= most:
            break
    return count


def _windows(data: mmap.mmap, overlap: int) -> Iterator[tuple[bytes, bool]]:
    """Yield a file in chunks, each behind the last `overlap` bytes before it, and whether it is the last one."""
    tail, end = b"", 0
    for chunk in iter_chunks(data, 0, len(data)):
        window, end = tail + chunk, end + len(chunk)
        yield window, end == len(data)
        tail = window[-overlap:]


def _entries(page: PageNode) -> Iterator[int]:
    """Yield which freed objects are entries of a page other than its content: qpdf repairs those of a wrong kind."""
    for key, value in (*page.dictionary.items(), *page.attributes.items()):
        if key != "/Contents" and is_freed(value):
            yield value.objgen[0]


def is_freed(value: object) -> TypeGuard[pikepdf.Name]:
    """Whether a value of an open document is that of a freed object."""
    return isinstance(value, pikepdf.Name) and value == FREED


def _led_to(trailer: pikepdf.Object) -> set[int]:
    """Return which of the freed objects the trailer and the catalog lead to."""
    found, waiting = set[int](), [(0, trailer)]
    while waiting:
        depth, value = waiting.pop()
        if is_freed(value):
            found.add(value.objgen[0])
        elif isinstance(value, pikepdf.Dictionary) and depth <= DEEPEST:
            waiting += [(depth + 1, item) for key, item in value.items() if key != "/Pages"]
    return found

"""What a page's own content leaves open is closed before the mark (ISO 32000-2 7.8.2, 8.4.2, 14.6).

A save that is not restored, a text object or an array that does not end would else reach the mark, and a restore too
many would take from it what was saved for it. No picture tells, in every viewer, so that the content itself is read.
"""

from collections.abc import Callable, Iterator

from pypdf.generic import ArrayObject, EncodedStreamObject, NameObject, PdfObject, StreamObject

from watermark.errors import RefusedError
from watermark.pdf.bounded_inflate import FLATE, MAX_CODED_BYTES, MAX_CONTENT_BYTES, SAFE_FILTERS, inflated
from watermark.pdf.content_balance import DEEPEST_NESTING, Balance, balance_of
from watermark.verification.content_isolation import head_of
from watermark.verification.mark_parser import closers_of, members_of
from watermark.verification.pypdf_document import PypdfDocument, PypdfPage, items, reference, resolved

WHOLE_NAMES = {
    "/AHx": "/ASCIIHexDecode",
    "/A85": "/ASCII85Decode",
    "/LZW": "/LZWDecode",
    "/RL": "/RunLengthDecode",
    "/Fl": "/FlateDecode",
}
"""The filters by the names of inline images (ISO 32000-2 8.9.7), which viewers take in any stream, pypdf not."""
UNHEEDED = frozenset({"/F", "/FFilter", "/DP"})
"""What some viewers take for another place of the data, or for parameters of their filters; the second reader not."""


class UnknownError(ValueError):
    """What a page's own content leaves open cannot be told, or cannot be closed; the words say why."""


UNREADABLE = "its content cannot be decoded"
TOO_DEEP = f"its content nests {DEEPEST_NESTING} levels deep, so that nothing is saved before it"
IN_IMAGE = "its content ends inside an inline image, which viewers end in different places"


class Wrappings:
    """Reads what stands around the contents of the pages of one copy; pages that share their content share that."""

    def __init__(self, after: PypdfDocument, is_ours: Callable[[PdfObject], bool]) -> None:
        """Read from `after`; `is_ours` tells an object of the marking from one of the original."""
        self._after, self._is_ours = after, is_ours
        self._known: dict[tuple[int | None, ...], Balance | None] = {}

    def differs(self, leaf: PypdfPage) -> Iterator[str]:
        """Yield what of a page's own content reaches the mark behind it.

        Raises UnknownError where that cannot be told.
        """
        *content, last = members_of(leaf.dictionary)
        ours = _data(last)
        if not content and head_of(ours)[0]:
            return  # a form has the content, and nothing gets out of it
        saves = 0
        if content and self._is_ours(content[0]) and is_saves(before := _data(content[0])):
            saves, content = len(before.split()), content[1:]
        try:
            balance = self._balance(content)
        except RefusedError as error:
            yield error.reason
            return
        if content and ours[:1] not in {b"\n", b"\r"}:
            yield "no new line ends a comment that its content may end in"
        yield from _differences(balance, saves, closers_of(ours))
        if not balance.saves or balance.ends_in_image:
            raise UnknownError(IN_IMAGE if balance.ends_in_image else TOO_DEEP)

    def _balance(self, content: list[PdfObject]) -> Balance:
        key = tuple(map(reference, content))
        if None in key or key not in self._known:
            decoded = _joined(content)
            self._known[key] = None if decoded is None else balance_of(decoded)
            for member in content:
                self._after.let_go(member)
        balance = self._known[key]
        if balance is None:
            raise UnknownError(UNREADABLE)
        return balance


def _differences(balance: Balance, saves: int, closers: bytes) -> Iterator[str]:
    if saves != balance.saves:
        if saves <= balance.unmatched_restores and balance.saves:
            yield "its content restores more than is saved before it: what it sets reaches the mark"
        elif saves and not balance.saves:
            yield f"q before its content brings it beyond {DEEPEST_NESTING} levels, and not every viewer goes there"
        else:
            yield f"{saves} q stand before its content, where {balance.saves} belong"
    elif closers.split() != balance.closing.split() + [b"Q"] * min(saves, 1):
        left = b" ".join(balance.closing.split())[:40].decode("latin-1")
        yield f"what its content leaves open is not closed before the mark ({left or 'nothing'} is missing)"


def _joined(content: list[PdfObject]) -> bytes | None:
    """Return the decoded streams with a newline between; None when one cannot be decoded within the limits."""
    parts: list[bytes] = []
    left = MAX_CONTENT_BYTES
    for member in content:
        held = resolved(member)
        part = _decoded(held, left) if isinstance(held, StreamObject) else None
        if part is None:
            return None
        parts.append(part)
        left -= len(part)
    return b"\n".join(parts)


def _decoded(stream: StreamObject, most: int) -> bytes | None:
    """Return the data of a stream; of damaged deflate data it is what a viewer gets: all up to the damage."""
    entry = resolved(stream.get("/Filter"))
    filters = [str(resolved(one)) for one in ([entry] if isinstance(entry, NameObject) else items(entry))]
    stored: bytes = stream._data  # noqa: SLF001 - the data as stored, undecoded
    if not UNHEEDED.isdisjoint(stream) or not SAFE_FILTERS.issuperset(filters):
        return None
    if len(filters) == 1 and filters[0] in FLATE and "/DecodeParms" not in stream:
        return inflated(stored, most)
    if sum(name in FLATE for name in filters) > 1 or (filters and len(stored) > MAX_CODED_BYTES):
        return None
    data = _unfiltered(stream, filters) if filters else stored
    return data if data is not None and len(data) <= most else None


def _unfiltered(stream: StreamObject, filters: list[str]) -> bytes | None:
    """Return what pypdf makes of a stream under these filters, or None."""
    named = EncodedStreamObject()
    named._data = stream._data  # noqa: SLF001 - the data as stored, undecoded
    named[NameObject("/Filter")] = ArrayObject(NameObject(WHOLE_NAMES.get(name, name)) for name in filters)
    if "/DecodeParms" in stream:
        named[NameObject("/DecodeParms")] = stream.raw_get("/DecodeParms")
    try:
        return named.get_data()
    except Exception:  # noqa: BLE001 - a hostile file brings a reader to any of them
        return None


def is_saves(content: bytes) -> bool:
    """Return whether a stream saves, and does nothing else."""
    return not set(content.split()) - {b"q"} and b"\v" not in content


def _data(stream: PdfObject) -> bytes:
    held = resolved(stream)
    return held.get_data() if isinstance(held, StreamObject) else b""

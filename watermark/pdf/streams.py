"""The data of streams, decoded within limits: hostile ones end in None, damaged ones in all up to the damage."""

from collections.abc import Sequence

import pikepdf

from watermark.pdf.bounded_inflate import FLATE, MAX_CODED_BYTES, MAX_CONTENT_BYTES, SAFE_FILTERS, inflated, prefix_of
from watermark.pdf.typed_values import name_of


def joined(streams: Sequence[pikepdf.Stream]) -> bytes | None:
    """Return the decoded streams with a newline between; None when one cannot be decoded within the limits."""
    parts: list[bytes] = []
    left = MAX_CONTENT_BYTES
    for stream in streams:
        part = decoded(stream, left)
        if part is None:
            return None
        parts.append(part)
        left -= len(part)
    return b"\n".join(parts)


def decoded(stream: pikepdf.Stream, most: int) -> bytes | None:
    """Return the data of a stream, or None when it is beyond `most` bytes or has a filter that this tool does not read.

    Of damaged deflate data it is what a viewer gets: all up to the damage.
    """
    filters = _filters(stream)
    if filters is None:
        return None
    if len(filters) == 1 and filters[0] in FLATE and "/DecodeParms" not in stream and "/DP" not in stream:
        return inflated(stream.read_raw_bytes(), most)
    if sum(name in FLATE for name in filters) > 1 or (filters and len(stream.read_raw_bytes()) > MAX_CODED_BYTES):
        return None
    try:
        data = stream.read_bytes()
    except pikepdf.PdfError:
        return None
    return data if len(data) <= most else None


def inflates_beyond(stream: pikepdf.Stream, most: int) -> bool:
    """Tell whether a stream may decode to more than `most` bytes, without decoding more.

    What is deflated twice does, as no honest metadata are. What cannot be decoded at all does not.
    """
    filters = _filters(stream) or []
    deflated = sum(name in FLATE for name in filters)
    stored = len(stream.read_raw_bytes())
    if deflated == 1 and len(filters) == 1:
        return len(prefix_of(stream.read_raw_bytes(), most)) > most
    return deflated > 1 or stored > (MAX_CODED_BYTES if filters else most)


def _filters(stream: pikepdf.Stream) -> list[str] | None:
    """Return the names of a stream's filters; None when one is unknown, or the data is in another file."""
    if "/F" in stream or "/FFilter" in stream:
        return None
    entry = stream.get("/Filter")
    names = [entry] if isinstance(entry, pikepdf.Name) else list(entry) if isinstance(entry, pikepdf.Array) else []
    if entry is not None and not names and not isinstance(entry, pikepdf.Array):
        return None
    found = [name_of(name) for name in names]
    return found if SAFE_FILTERS.issuperset(found) else None

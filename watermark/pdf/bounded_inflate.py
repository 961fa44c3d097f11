"""Inflate with size limits: None if a limit is exceeded, the decoded prefix if data are damaged."""

import zlib

MAX_CONTENT_BYTES = 64 * 1024 * 1024
MAX_CODED_BYTES = 256 * 1024
"""The most that is passed to a decoder without its own limit: LZW can expand one byte to 1366."""
FLATE = ("/FlateDecode", "/Fl")
SAFE_FILTERS = frozenset({*FLATE, "/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx"}) | frozenset(
    {"/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}
)
"""The filters with which content is decoded."""

_CHUNK_BYTES = 1024


def inflated(data: bytes, max_bytes: int) -> bytes | None:
    """Return deflate data decoded up to the first damage, or None if they exceed `max_bytes`."""
    content = prefix_of(data, max_bytes)
    return content if len(content) <= max_bytes else None


def prefix_of(data: bytes, max_bytes: int) -> bytes:
    """Return deflate data decoded up to the first damage, at most one byte more than `max_bytes`."""
    try:
        return zlib.decompressobj().decompress(data, max_bytes + 1)
    except zlib.error:
        return _inflated_until_damage(data, max_bytes)


def _inflated_until_damage(data: bytes, max_bytes: int) -> bytes:
    reader = zlib.decompressobj()
    content = bytearray()
    for start in range(0, len(data), _CHUNK_BYTES):
        chunk, before = data[start : start + _CHUNK_BYTES], reader.copy()
        try:
            content += reader.decompress(chunk, max_bytes + 1 - len(content))
        except zlib.error:
            return bytes(content) + _prefix_of_chunk(before, chunk, max_bytes + 1 - len(content))
        if len(content) > max_bytes or reader.eof:
            break
    return bytes(content)


def _prefix_of_chunk(reader: "zlib._Decompress", chunk: bytes, max_bytes: int) -> bytes:
    """Return what comes out of a damaged piece before the damage, byte by byte."""
    content = bytearray()
    for index in range(len(chunk)):
        try:
            content += reader.decompress(chunk[index : index + 1], max_bytes - len(content) or 1)
        except zlib.error:
            break
        if len(content) >= max_bytes:
            break
    return bytes(content)

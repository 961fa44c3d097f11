"""Deflate data, inflated within limits: hostile ones end in None, damaged ones in all up to the damage."""

import zlib

MAX_CONTENT_BYTES = 64 * 1024 * 1024
MAX_CODED_BYTES = 256 * 1024
"""The most that is handed to a decoder without a limit of its own: LZW makes up to 1366 bytes of one."""
FLATE = ("/FlateDecode", "/Fl")
SAFE_FILTERS = frozenset({*FLATE, "/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx"}) | frozenset(
    {"/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}
)
"""The filters that content is read under."""

_PIECE = 1024


def inflated(data: bytes, most: int) -> bytes | None:
    """Return deflate data decoded, step by step so that damage loses nothing that stands before it."""
    content = prefix_of(data, most)
    return content if len(content) <= most else None


def prefix_of(data: bytes, most: int) -> bytes:
    """Return what deflate data hold up to the first damage, and not more than one byte beyond `most`."""
    try:
        return zlib.decompressobj().decompress(data, most + 1)
    except zlib.error:
        return _inflated_until_damage(data, most)


def _inflated_until_damage(data: bytes, most: int) -> bytes:
    reader = zlib.decompressobj()
    content = bytearray()
    for start in range(0, len(data), _PIECE):
        piece, before = data[start : start + _PIECE], reader.copy()
        try:
            content += reader.decompress(piece, most + 1 - len(content))
        except zlib.error:
            return bytes(content) + _last_of(before, piece, most + 1 - len(content))
        if len(content) > most or reader.eof:
            break
    return bytes(content)


def _last_of(reader: "zlib._Decompress", piece: bytes, most: int) -> bytes:
    """Return what comes out of a damaged piece before the damage, byte by byte."""
    content = bytearray()
    for place in range(len(piece)):
        try:
            content += reader.decompress(piece[place : place + 1], most - len(content) or 1)
        except zlib.error:
            break
        if len(content) >= most:
            break
    return bytes(content)

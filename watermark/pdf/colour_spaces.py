"""The colour space of everything that the tool paints: sRGB as CalRGB (IEC 61966-2-1, ISO 32000-2 8.6.5.3).

Device colour would depend on the output intent of the file; this needs none.
"""

from watermark.pdf.serialization import Name, Raw, Value, number

WHITE_POINT = (0.9505, 1, 1.089)
GAMMA = (2.2, 2.2, 2.2)
MATRIX = (0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.0722, 0.9505)
_ENTRIES = {"/WhitePoint": WHITE_POINT, "/Gamma": GAMMA, "/Matrix": MATRIX}

SRGB: list[Value] = [Name("/CalRGB"), {key: list(values) for key, values in _ENTRIES.items()}]
"""The colour space as an array."""


def srgb_tokens() -> Raw:
    """Return the colour space as the shortest tokens: numbers without the 0 before the point."""
    entries = b"".join(
        key.encode() + b"[" + b" ".join(number(value).removeprefix(b"0") for value in values) + b"]"
        for key, values in _ENTRIES.items()
    )
    return Raw(b"[/CalRGB<<" + entries + b">>]")

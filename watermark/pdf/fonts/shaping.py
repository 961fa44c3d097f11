"""Letters that join, turn or stack, as HarfBuzz sets them: Arabic and Hebrew from the right, the scripts of India."""

import unicodedata
from collections.abc import Iterator
from typing import Any

from watermark.errors import UsageError
from watermark.pdf.fonts.face import FontFace

NOT_DEFINED = 0
_FROM_THE_RIGHT = frozenset({"R", "AL"})
_NEUTRAL = frozenset({"WS", "NSM", "BN"})


def shaped(text: str, face: FontFace) -> Iterator[tuple[str, float, float]]:
    """Yield each glyph of a text in one script, with its place in thousandths of the font size, from left to right.

    Raises UsageError where HarfBuzz is not installed, where words from the right stand beside others, whose order this
    tool does not know, and where the font has no glyph.
    """
    _refuse_two_directions(text)
    harfbuzz = _harfbuzz()
    buffer = harfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    font = harfbuzz.Font(harfbuzz.Face(face.data))
    harfbuzz.shape(font, buffer)
    scale, reached = 1000 / font.face.upem, 0.0
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        if info.codepoint == NOT_DEFINED:
            raise UsageError(
                "the font has no glyph for a part of the mark",
                place=face.place,
                remedy="Give a font of that script with --font.",
            )
        yield face.order[info.codepoint], reached + place.x_offset * scale, place.y_offset * scale
        reached += place.x_advance * scale


def _harfbuzz() -> Any:  # noqa: ANN401 - it is loaded where it is installed
    try:
        import uharfbuzz  # noqa: PLC0415 - few need it, and it is not installed for the others
    except ImportError as error:
        raise UsageError(
            "the letters of this script join or stack, and the library that sets them is not installed",
            remedy="Install it: pip install 'retraction-watermark[scripts]'.",
        ) from error
    return uharfbuzz


def _refuse_two_directions(text: str) -> None:
    kinds = {unicodedata.bidirectional(character) for character in text}
    if kinds & _FROM_THE_RIGHT and kinds - _FROM_THE_RIGHT - _NEUTRAL:
        raise UsageError(
            "the mark has words from the right beside figures or words from the left",
            remedy="Give the mark words of one direction; the date stands in the edge line anyway.",
        )

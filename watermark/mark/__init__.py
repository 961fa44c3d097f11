"""How "Retracted" looks on a page of a given shape."""

from watermark.mark.edge import choose_edge
from watermark.mark.letters import Letters, letters
from watermark.mark.line import LinePlace, place_line
from watermark.mark.place import POSITIONS, MarkPlace, place_mark
from watermark.mark.style import Edge, MarkStyle
from watermark.pdf.fonts.face import is_set_letter_by_letter

__all__ = [
    "POSITIONS",
    "Edge",
    "Letters",
    "LinePlace",
    "MarkPlace",
    "MarkStyle",
    "choose_edge",
    "is_set_letter_by_letter",
    "letters",
    "place_line",
    "place_mark",
]

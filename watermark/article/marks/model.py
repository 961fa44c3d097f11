"""What was found of a mark by others, as plain values."""

from dataclasses import dataclass
from enum import StrEnum


class MarkMedium(StrEnum):
    """How a mark is made."""

    TEXT = "text"
    LINE = "a line of text"
    COVER = "a page in front"
    ANNOTATION = "an annotation"
    FORM = "a drawing"
    IMAGE = "an image"
    SHAPES = "text that is not readable as text"
    RENDERED = "what is seen of the page"
    TITLE = "the title in the metadata"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMark:
    """A mark on a page, which counts from 1. `hidden_share` is the share of the page's ink that it hides, 0 to 1.

    `is_overwritten` means that a line of text is followed by other text in the order of drawing.
    """

    page_number: int
    means: MarkMedium
    words: str
    hidden_share: float = 0.0
    is_overwritten: bool = False

"""The text of a page as PDFium reads it. Characters are numbered from 0 in the order of drawing."""

import ctypes
from collections.abc import Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from watermark.pdf.pdfium.lock import one_at_a_time, quick
from watermark.pdf.pdfium.objects import address_of

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in user space."""


class PageText:
    """The characters of one page, with where each is drawn."""

    @one_at_a_time
    def __init__(self, words: pypdfium2.PdfTextPage) -> None:
        """Take over the text of an open page from `PageHandle.text`: `character_count` characters."""
        self._words, self._handle = words, words.raw
        self.character_count: int = words.count_chars()
        self._whole: str | None = None

    @one_at_a_time
    def characters(self, most: int) -> str:
        """Return the first `most` characters as text."""
        if most >= self.character_count:
            return self.whole() if self.character_count else ""
        return str(self._words.get_text_range(0, most)) if most else ""

    @one_at_a_time
    def whole(self) -> str:
        """Return the text of the page, read once."""
        if self._whole is None:
            self._whole = str(self._words.get_text_range())
        return self._whole

    @one_at_a_time
    def codes(self, most: int) -> list[int]:
        """Return the code points of the first `most` characters, 0 for one not known; damaged files give any."""
        handle, code_of = self._handle, quick.FPDFText_GetUnicode
        return [code_of(handle, index) for index in range(min(self.character_count, most))]

    @one_at_a_time
    def origin(self, index: int) -> tuple[float, float]:
        """Return where a character is placed in user space."""
        x, y = ctypes.c_double(), ctypes.c_double()
        quick.FPDFText_GetCharOrigin(self._handle, index, x, y)
        return x.value, y.value

    @one_at_a_time
    def loose_box(self, index: int) -> Box | None:
        """Return the box of a character from the descent to the ascent of its font; None when PDFium has none."""
        box = pdfium.FS_RECTF()
        if not quick.FPDFText_GetLooseCharBox(self._handle, index, box):
            return None
        return box.left, box.bottom, box.right, box.top

    @one_at_a_time
    def loose_boxes(self, text_offsets: Sequence[int]) -> list[Box | None]:
        """Return `loose_box` of the characters at offsets in `characters`: many at once, for a page has hundreds."""
        handle, count, found = self._handle, self.character_count, list[Box | None]()
        index_of, box_of = quick.FPDFText_GetCharIndexFromTextIndex, quick.FPDFText_GetLooseCharBox
        for text_offset in text_offsets:
            index, box = index_of(handle, text_offset), pdfium.FS_RECTF()
            is_found = 0 <= index < count and box_of(handle, index, box)
            found += ((box.left, box.bottom, box.right, box.top) if is_found else None,)
        return found

    @one_at_a_time
    def angles(self, indexes: Sequence[int]) -> list[float]:
        """Return the angle at which each of these characters is set, in radians; negative when PDFium cannot say."""
        handle, angle_of = self._handle, quick.FPDFText_GetCharAngle
        return [angle_of(handle, index) for index in indexes]

    @one_at_a_time
    def font_size(self, index: int) -> float:
        """Return the font size of a character in points, before its text matrix is applied."""
        return float(quick.FPDFText_GetFontSize(self._handle, index))

    @one_at_a_time
    def object_address(self, index: int) -> int:
        """Return the address of the object that draws a character: `ObjectHandle.address` of the same object."""
        return address_of(quick.FPDFText_GetTextObject(self._handle, index))

    @one_at_a_time
    def boxes_of(self, text: str) -> list[Box]:
        """Return the boxes of each occurrence of `text`, one for each of its lines."""
        found: list[Box] = []
        searcher = self._words.search(text, match_case=True)
        while (occurrence := searcher.get_next()) is not None:
            found += (self._words.get_rect(index) for index in range(self._words.count_rects(*occurrence)))
        searcher.close()
        return found

    @one_at_a_time
    def close(self) -> None:
        """Close the text of the page."""
        self._words.close()

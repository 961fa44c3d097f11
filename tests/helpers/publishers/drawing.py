"""What the marks are drawn with: words as text, as outlines or as pixels, on sheets of a page's size."""

import functools
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import uharfbuzz
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from watermark.pdf.pdfium.document import PdfiumDocument

FONTS = Path("/usr/share/fonts")
FACES = {
    "sans": ("opentype/urw-base35/NimbusSans-Bold.otf", 0),
    "light": ("opentype/urw-base35/NimbusSans-Regular.otf", 0),
    "oblique": ("opentype/urw-base35/NimbusSans-BoldItalic.otf", 0),
    "narrow": ("opentype/urw-base35/NimbusSansNarrow-BoldOblique.otf", 0),
    "serif": ("opentype/urw-base35/NimbusRoman-Bold.otf", 0),
    "italic": ("opentype/urw-base35/NimbusRoman-Italic.otf", 0),
    "book": ("opentype/urw-base35/C059-Bold.otf", 0),
    "round": ("opentype/urw-base35/URWGothic-Demi.otf", 0),
    "typed": ("opentype/urw-base35/NimbusMonoPS-Bold.otf", 0),
    "dejavu": ("truetype/dejavu/DejaVuSans-Bold.ttf", 0),
    "dejavu-serif": ("truetype/dejavu/DejaVuSerif-Bold.ttf", 0),
    "dejavu-narrow": ("truetype/dejavu/DejaVuSansCondensed-Bold.ttf", 0),
    "amiri": ("opentype/fonts-hosny-amiri/Amiri-Bold.ttf", 0),
    "cjk-ja": ("opentype/noto/NotoSansCJK-Bold.ttc", 0),
    "cjk-ko": ("opentype/noto/NotoSansCJK-Bold.ttc", 1),
    "cjk-zh": ("opentype/noto/NotoSansCJK-Bold.ttc", 2),
    "ming-ja": ("opentype/noto/NotoSerifCJK-Bold.ttc", 0),
    "ming-ko": ("opentype/noto/NotoSerifCJK-Bold.ttc", 1),
    "ming-zh": ("opentype/noto/NotoSerifCJK-Bold.ttc", 2),
}
TEXT_FONTS = {"cjk-zh": "STSong-Light", "cjk-ja": "HeiseiKakuGo-W5", "cjk-ko": "HYGothic-Medium"}
Colour = tuple[float, float, float]
RED, GREY, BLUE = (0.85, 0.05, 0.05), (0.5, 0.5, 0.5), (0.1, 0.15, 0.6)
Paint = Callable[[canvas.Canvas, float, float], None]
"""Draws on a sheet of this width and height, in points."""


class _Path:
    """A pen for HarfBuzz: quadratic curves become cubic ones."""

    def __init__(self, path: PDFPathObject, scale: float) -> None:
        self.path, self.scale, self.at, self.dx, self.dy = path, scale, (0.0, 0.0), 0.0, 0.0

    def _point(self, point: tuple[float, float]) -> tuple[float, float]:
        return (point[0] + self.dx) * self.scale, (point[1] + self.dy) * self.scale

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 - the protocol of pens
        self.at = self._point(point)
        self.path.moveTo(*self.at)

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self.at = self._point(point)
        self.path.lineTo(*self.at)

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        one, two, self.at = map(self._point, points)
        self.path.curveTo(*one, *two, *self.at)

    def qCurveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        (x0, y0), (qx, qy), (x, y) = self.at, *map(self._point, points)
        self.at = x, y
        self.path.curveTo(
            x0 + (qx - x0) * 2 / 3, y0 + (qy - y0) * 2 / 3, x + (qx - x) * 2 / 3, y + (qy - y) * 2 / 3, x, y
        )

    def closePath(self) -> None:  # noqa: N802
        self.path.close()


@functools.cache
def _font(face: str) -> tuple[Any, int]:
    name, index = FACES[face]
    data = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(FONTS / name)), index)
    return uharfbuzz.Font(data), data.upem


def _shaped(words: str, face: str) -> list[tuple[int, float, float, float]]:
    """Return the glyphs of words with their place and advance, in units of the em."""
    font, upem = _font(face)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(words)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer, {})
    found, at = list[tuple[int, float, float, float]](), 0.0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        found.append(
            (info.codepoint, (at + position.x_offset) / upem, position.y_offset / upem, position.x_advance / upem)
        )
        at += position.x_advance
    return found


def width_of(words: str, face: str, points: float) -> float:
    return sum(advance for *_, advance in _shaped(words, face)) * points


def outlined(drawing: canvas.Canvas, words: str, face: str, points: float, *, fill: int = 1, stroke: int = 0) -> None:
    """Draw words as outlines, their middle at the origin of the sheet."""
    font, upem = _font(face)
    path = drawing.beginPath()
    half = width_of(words, face, points) / 2
    for glyph, x, y, _ in _shaped(words, face):
        pen = _Path(path, points / upem)
        pen.dx, pen.dy = (x - half / points) * upem, (y - 0.36) * upem
        font.draw_glyph_with_pen(glyph, pen)
    drawing.drawPath(path, fill=fill, stroke=stroke, fillMode=1)


def text_font(face: str) -> str:
    """Return the name of a font that text in a face is set in, registered with reportlab."""
    if face in TEXT_FONTS:
        pdfmetrics.registerFont(UnicodeCIDFont(TEXT_FONTS[face]))
        return TEXT_FONTS[face]
    if FACES[face][0].endswith(".ttf"):
        pdfmetrics.registerFont(TTFont(face, FONTS / FACES[face][0]))
        return face
    return {"serif": "Times-Bold", "italic": "Times-Italic", "typed": "Courier-Bold", "light": "Helvetica"}.get(
        face, "Helvetica-Bold"
    )


def sheet(width: float, height: float, paint: Paint) -> pikepdf.Pdf:
    """Return a PDF of one page that was painted."""
    written = io.BytesIO()
    drawing = canvas.Canvas(written, pagesize=(width, height), invariant=1)
    paint(drawing, width, height)
    drawing.save()
    written.seek(0)
    return pikepdf.open(written)


def pixels(width: float, height: float, paint: Paint, *, scale: float = 1.5) -> Image.Image:
    """Return what is painted as an image with the ground left transparent."""
    written = io.BytesIO()
    sheet(width, height, paint).save(written)
    with PdfiumDocument(written.getvalue()) as document, document.page(1) as page:
        drawn = Image.fromarray(page.draw(scale).copy(), "RGB")
    mask = drawn.convert("L").point(lambda value: min(255, (255 - value) * 2))
    drawn.putalpha(mask)
    return drawn


def as_image(paint: Paint, *, opaque: bool = False, scale: float = 1.5) -> Paint:
    """Return a paint that lays the pixels of another over the whole sheet."""

    def paint_image(drawing: canvas.Canvas, width: float, height: float) -> None:
        image = pixels(width, height, paint, scale=scale)
        box = image.getbbox() or (0, 0, 1, 1)
        cut = image.crop(box)
        if opaque:
            ground = Image.new("RGB", cut.size, "white")
            ground.paste(cut, mask=cut.getchannel("A"))
            cut = ground
        drawing.drawImage(
            ImageReader(cut),
            box[0] / scale,
            height - box[3] / scale,
            (box[2] - box[0]) / scale,
            (box[3] - box[1]) / scale,
            mask=None if opaque else "auto",
        )

    return paint_image


def size_of(page: pikepdf.Page) -> tuple[float, float]:
    left, bottom, right, top = (float(value) for value in page.trimbox)
    return abs(right - left), abs(top - bottom)

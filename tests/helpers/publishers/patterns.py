"""The patterns: each has a name, the pages that it marks, and what it does to the document."""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf
from reportlab.pdfgen import canvas

from tests.helpers.publishers.drawing import (
    BLUE,
    GREY,
    RED,
    Colour,
    Paint,
    as_image,
    outlined,
    sheet,
    size_of,
    text_font,
    width_of,
)

Apply = Callable[[Pdf], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One way to mark an article: on every page, or only on `some`."""

    name: str
    apply: Apply
    is_whole: bool = True


def over(paint: Paint, *, under: bool = False, pages: slice = slice(None)) -> Apply:
    """Return what lays a painted sheet over pages, or under them."""

    def apply(document: Pdf) -> None:
        for page in list(document.pages)[pages]:
            laid = sheet(*size_of(page), paint)
            (page.add_underlay if under else page.add_overlay)(laid.pages[0])

    return apply


def in_the_page(paint: Paint, *, artifact: bool = False) -> Apply:
    """Return what draws with the page's own content, without a form."""

    def apply(document: Pdf) -> None:
        for page in document.pages:
            source = sheet(*size_of(page), paint)
            laid = source.pages[0]
            content = laid.Contents.read_bytes()
            for kind in (Name.ExtGState, Name.XObject, Name.Font):
                for name, value in (laid.Resources.get(kind) or {}).items():
                    given = page.add_resource(document.copy_foreign(source.make_indirect(value)), kind)
                    content = re.sub(re.escape(name).encode() + rb"(?=\s)", str(given).encode(), content)
            tagged = b"/Artifact<</Type/Pagination/Subtype/Watermark>>BDC %s EMC" if artifact else b"%s"
            page.contents_add(b"q", prepend=True)
            page.contents_add(b"Q q " + tagged % content + b" Q")

    return apply


def _angle(width: float, height: float, degrees: float | None) -> float:
    return math.degrees(math.atan2(height, width)) if degrees is None else degrees


def diagonal(
    words: str,
    face: str = "sans",
    *,
    colour: Colour = RED,
    alpha: float = 0.35,
    share: float = 0.75,
    degrees: float | None = None,
    text: bool = False,
    hollow: float = 0,
    squeezed: float = 1.0,
) -> Paint:
    """Return a paint of words across the middle of a sheet, as outlines or as text."""

    def paint(drawing: canvas.Canvas, width: float, height: float) -> None:
        angle = _angle(width, height, degrees)
        points = share * math.hypot(width, height) / max(width_of(words, face, 1.0), 1.6) / squeezed
        points = min(points, height / 4)
        if abs(angle) < 20:
            points = min(points, 0.85 * width / width_of(words, face, 1.0))
        drawing.translate(width / 2, height / 2)
        drawing.rotate(angle)
        drawing.scale(squeezed, 1)
        drawing.setFillColorRGB(*colour, alpha=alpha)
        drawing.setStrokeColorRGB(*colour, alpha=alpha)
        if text:
            drawing.setFont(text_font(face), points)
            drawing.drawCentredString(0, -0.36 * points, words)
        else:
            drawing.setLineWidth(hollow)
            outlined(drawing, words, face, points, fill=int(not hollow), stroke=int(bool(hollow)))

    return paint


def framed(
    words: str,
    second: str = "",
    face: str = "sans",
    *,
    hollow: bool = False,
    degrees: float = 30.0,
    share: float = 0.5,
    text: bool = False,
    colour: Colour = RED,
    grounded: bool = False,
    at: tuple[float, float] = (0.5, 0.5),
) -> Paint:
    """Return a paint of a stamp: words in a frame, with a date below them or without."""

    def paint(drawing: canvas.Canvas, width: float, height: float) -> None:
        points = share * width / width_of(words, face, 1.0)
        half = share * width / 2 + points * 0.3
        drawing.translate(width * at[0], height * at[1])
        drawing.rotate(degrees)
        drawing.setStrokeColorRGB(*colour)
        drawing.setFillColorRGB(1, 1, 1)
        drawing.setLineWidth(points * 0.06 + 0.5)
        low = -0.6 * points - (0.75 * points if second else 0)
        drawing.rect(-half, low, 2 * half, 0.6 * points - low, fill=int(grounded), stroke=1)
        drawing.setFillColorRGB(*colour, alpha=0.8)
        for line, size, down in ((words, points, 0.0), (second, points * 0.5, 0.85 * points)):
            if not line:
                continue
            drawing.saveState()
            drawing.translate(0, -down)
            if text:
                drawing.setFont(text_font(face), size)
                drawing.drawCentredString(0, -0.36 * size, line)
            else:
                drawing.setLineWidth(0.5)
                outlined(drawing, line, face, size, fill=int(not hollow), stroke=int(hollow))
            drawing.restoreState()

    return paint


def line(
    words: str,
    *,
    top: float | None = 24,
    bottom: float | None = None,
    points: float = 10,
    face: str = "sans",
    colour: Colour = RED,
    outlines: bool = False,
    side: bool = False,
) -> Paint:
    """Return a paint of a line at the head, the foot or the side of a page."""

    def paint(drawing: canvas.Canvas, width: float, height: float) -> None:
        drawing.setFillColorRGB(*colour)
        if side:
            drawing.translate(18, height / 2)
            drawing.rotate(90)
        else:
            drawing.translate(width / 2, bottom if bottom is not None else height - (top or 24))
        if outlines:
            outlined(drawing, words, face, points)
        else:
            drawing.setFont(text_font(face), points)
            drawing.drawCentredString(0, 0, words)

    return paint


def tiled(words: str, *, text: bool = False, points: float = 14, degrees: float = 35) -> Paint:
    """Return a paint of many small words all over a sheet."""

    def paint(drawing: canvas.Canvas, width: float, height: float) -> None:
        drawing.setFillColorRGB(*RED, alpha=0.3)
        for across in range(60, int(width), 130):
            for down in range(40, int(height), 110):
                drawing.saveState()
                drawing.translate(across, down)
                drawing.rotate(degrees)
                if text:
                    drawing.setFont("Helvetica", points)
                    drawing.drawCentredString(0, 0, words)
                else:
                    outlined(drawing, words, "sans", points)
                drawing.restoreState()

    return paint


def badge(words: str, *, points: float = 14, x: float = 0.8, y: float = 0.93, ground: bool = False) -> Paint:
    """Return a paint of a small word near a corner, in outlines, on a coloured ground or without one."""

    def paint(drawing: canvas.Canvas, width: float, height: float) -> None:
        drawing.translate(x * width, y * height)
        half = width_of(words, "sans", points) / 2 + 4
        drawing.setFillColorRGB(*RED)
        if ground:
            drawing.rect(-half, -0.7 * points, 2 * half, 1.4 * points, fill=1, stroke=0)
            drawing.setFillColorRGB(1, 1, 1)
        outlined(drawing, words, "sans", points)

    return paint


def box(heading: str, sentence: str) -> Paint:
    """Return a paint of a box at the head of a page that says what happened to the article."""

    def paint(drawing: canvas.Canvas, width: float, height: float) -> None:
        drawing.setFillColorRGB(1, 1, 1)
        drawing.setStrokeColorRGB(*RED)
        drawing.rect(0.1 * width, height - 60, 0.8 * width, 43, fill=1, stroke=1)
        drawing.setFillColorRGB(0, 0, 0)
        drawing.setFont("Helvetica-Bold", 9)
        drawing.drawCentredString(width / 2, height - 32, heading)
        drawing.drawCentredString(width / 2, height - 46, sentence)

    return paint


def page_in_front(heading: str, *sentences: str) -> Apply:
    """Return what puts a page with a notice in front of the article, whose own pages stay as they are."""

    def paint(drawing: canvas.Canvas, _: float, height: float) -> None:
        drawing.setFont("Helvetica-Bold", 16)
        drawing.drawString(72, height - 100, heading)
        drawing.setFont("Times-Roman", 11)
        for number, sentence in enumerate(sentences):
            drawing.drawString(72, height - 140 - 16 * number, sentence)

    def apply(document: Pdf) -> None:
        source = sheet(*size_of(document.pages[0]), paint)
        document.pages.insert(0, source.pages[0])

    return apply


def stacked(words: str, face: str = "sans") -> Paint:
    """Return a paint of two words, one below the other, across a sheet."""

    def paint(drawing: canvas.Canvas, width: float, height: float) -> None:
        first, second = words.split(" ", 1)
        points = 0.55 * width / width_of(max(first, second, key=len), face, 1.0)
        drawing.translate(width / 2, height / 2)
        drawing.rotate(45)
        drawing.setFillColorRGB(*RED, alpha=0.3)
        for part, up in ((first, 0.6), (second, -0.6)):
            drawing.saveState()
            drawing.translate(0, up * points)
            outlined(drawing, part, face, points)
            drawing.restoreState()

    return paint


def annotated(kind: str, words: str = "", paint: Paint | None = None) -> Apply:
    """Return what adds an annotation with an appearance to every page."""

    def apply(document: Pdf) -> None:
        for page in document.pages:
            width, height = size_of(page)
            note = Dictionary(Type=Name.Annot, Subtype=Name("/" + kind), Rect=Array([0, 0, width, height]), F=4)
            if words:
                note.Contents = pikepdf.String(words)
            if paint:
                source = sheet(width, height, paint)
                form = document.copy_foreign(source.pages[0].as_form_xobject())
                note.AP = Dictionary(N=form)
            if Name.Annots not in page:
                page.Annots = Array([])
            page.Annots.append(document.make_indirect(note))

    return apply


def type_3(words: str, face: str = "sans") -> Apply:
    """Return what sets words across each page in a Type 3 font whose glyphs have no names."""

    def apply(document: Pdf) -> None:
        glyphs, codes = dict[str, Any](), dict[str, int]()
        for letter in dict.fromkeys(words.replace(" ", "")):
            source = sheet(1000, 1000, lambda drawing, *_, one=letter: _glyph(drawing, one, face))
            shape = source.pages[0].Contents.read_bytes()
            codes[letter] = 97 + len(codes)
            glyphs[f"/g{codes[letter]}"] = document.make_stream(b"1000 0 0 -300 1000 1000 d1 " + shape)
        names = Array([97, *(Name(f"/g{code}") for code in codes.values())])
        font = document.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type3,
                FontBBox=Array([0, -300, 1000, 1000]),
                FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
                CharProcs=Dictionary(glyphs),
                Encoding=Dictionary(Type=Name.Encoding, Differences=names),
                FirstChar=97,
                LastChar=96 + len(codes),
                Widths=Array([width_of(letter, face, 1000) for letter in codes]),
            )
        )
        for page in document.pages:
            width, height = size_of(page)
            points = 0.7 * math.hypot(width, height) / width_of(words, face, 1.0)
            turn = math.atan2(height, width)
            a, b = points * math.cos(turn), points * math.sin(turn)
            name = page.add_resource(font, Name.Font)
            shown = bytes(codes[letter] for letter in words.replace(" ", ""))
            page.contents_add(b"q", prepend=True)
            page.contents_add(
                b"Q q 0.8 0 0 rg BT %s 1 Tf %f %f %f %f %f %f Tm (%s) Tj ET Q"
                % (str(name).encode(), a, b, -b, a, 0.15 * width, 0.15 * height, shown)
            )

    return apply


def _glyph(drawing: canvas.Canvas, letter: str, face: str) -> None:
    drawing.translate(width_of(letter, face, 1000) / 2, 360)
    outlined(drawing, letter, face, 1000)


def scanned(paint: Paint, *, garbled: bool = True) -> Apply:
    """Return what makes an image of each page with its mark, with a text layer that misreads the mark."""

    def apply(document: Pdf) -> None:
        from tests.helpers.publishers.scanning import scan  # noqa: PLC0415 - few patterns draw whole pages

        over(paint)(document)
        scan(document, garbled=garbled)

    return apply


def patterns() -> Iterator[Pattern]:
    """Yield every pattern."""
    from tests.helpers.publishers.catalogue import CATALOGUE  # noqa: PLC0415 - it is made of the functions above

    for name, (apply, is_whole) in CATALOGUE.items():
        yield Pattern(name=name, apply=apply, is_whole=is_whole)


__all__ = [
    "BLUE",
    "GREY",
    "RED",
    "Pattern",
    "annotated",
    "as_image",
    "badge",
    "box",
    "diagonal",
    "framed",
    "in_the_page",
    "line",
    "over",
    "page_in_front",
    "patterns",
    "scanned",
    "stacked",
    "tiled",
    "type_3",
]

"""Articles as other people mark them: eight styles, each with a word, a colour and an angle of its own."""

import io
import random
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import reportlab
from fontTools.pens.reportLabPen import ReportLabPen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf
from reportlab.pdfgen import canvas

WORDS = ("RETRACTED", "Retracted", "RETRACTED ARTICLE", "WITHDRAWN")
FONTS = ("Helvetica-Bold", "Times-Bold", "Helvetica", "Courier-Bold")
COLOURS = ((0.8, 0.1, 0.1), (0.5, 0.5, 0.5), (0.1, 0.1, 0.7))
MANY = 0.4
"""Some of these marks are text that is drawn letter by letter."""


class Hand:
    """One person's way to mark: the choices are drawn from the seed, and stay for all pages of an article."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - the same marks each time
        self.word = chance.choice(WORDS)
        self.font = chance.choice(FONTS)
        self.colour = chance.choice(COLOURS)
        self.angle = chance.choice((45, 55, 30, -45))
        self.torn = chance.random() < MANY
        self.under = chance.random() < 0.3
        self.kind = chance.choice(("Watermark", "Stamp", "FreeText"))
        self.upright = chance.random() < 0.2

    def sheet(self, size: tuple[float, float], draw: Callable[[canvas.Canvas], None]) -> Pdf:
        """Return a PDF of one page that `draw` has drawn on."""
        held = io.BytesIO()
        drawing = canvas.Canvas(held, pagesize=size, invariant=1)
        draw(drawing)
        drawing.save()
        held.seek(0)
        return pikepdf.open(held)

    def across(self, size: tuple[float, float], *, alpha: float = 0.3, share: float = 0.75) -> Pdf:
        """Return a sheet with the word across it."""

        def draw(drawing: canvas.Canvas) -> None:
            points = share * min(size) / drawing.stringWidth(self.word, self.font, 1)
            drawing.translate(size[0] / 2, size[1] / 2)
            drawing.rotate(0 if self.upright else self.angle)
            drawing.setFillColorRGB(*self.colour, alpha=alpha)
            drawing.setFont(self.font, points)
            if self.torn:
                place = -drawing.stringWidth(self.word, self.font, points) / 2
                for letter in self.word:
                    drawing.drawString(place, 0, letter)
                    place += drawing.stringWidth(letter, self.font, points)
            else:
                drawing.drawCentredString(0, 0, self.word)

        return self.sheet(size, draw)


def size_of(page: pikepdf.Page) -> tuple[float, float]:
    box = page.trimbox
    left, bottom, right, top = (float(value) for value in box)
    return abs(right - left), abs(top - bottom)


def lay_over(page: pikepdf.Page, sheet: Pdf, *, under: bool = False) -> None:
    (page.add_underlay if under else page.add_overlay)(sheet.pages[0])


def text_diagonal(document: Pdf, hand: Hand) -> None:
    for page in document.pages:
        lay_over(page, hand.across(size_of(page)), under=hand.under)


def image(document: Pdf, hand: Hand) -> None:
    stamp = picture(document, hand)
    for page in document.pages:
        width, height = size_of(page)
        scale = 0.8 * min(width, height)
        name = page.add_resource(stamp, Name.XObject)
        drawn = f"q {scale:.2f} 0 0 {scale:.2f} {(width - scale) / 2:.2f} {(height - scale) / 2:.2f} cm {name} Do Q"
        page.contents_add(b"q", prepend=True)
        page.contents_add(b"Q " + drawn.encode())


def picture(document: Pdf, hand: Hand) -> pikepdf.Object:
    """Return the word as an image with a soft mask, as a graphics program exports it."""
    sheet = io.BytesIO()
    hand.colour, colour = (0, 0, 0), hand.colour
    hand.across((400, 400), alpha=1, share=0.9).save(sheet)
    hand.colour = colour
    drawn = pypdfium2.PdfDocument(sheet.getvalue())[0].render(scale=1, grayscale=True)
    grey = bytes(bytearray(drawn.buffer)[: drawn.stride * drawn.height])
    rows = b"".join(grey[row * drawn.stride : row * drawn.stride + drawn.width] for row in range(drawn.height))
    size = {"Type": Name.XObject, "Subtype": Name.Image, "Width": drawn.width, "Height": drawn.height}
    mask = document.make_stream(bytes((255 - value) // 3 for value in rows), ColorSpace=Name.DeviceGray, **size)
    mask.BitsPerComponent = 8
    dot = bytes(int(255 * value) for value in hand.colour)
    return document.make_stream(dot * len(rows), ColorSpace=Name.DeviceRGB, BitsPerComponent=8, SMask=mask, **size)


def annotation(document: Pdf, hand: Hand) -> None:
    for page in document.pages:
        size = size_of(page)
        sheet = hand.across(size)
        face = document.copy_foreign(sheet.pages[0].as_form_xobject())
        entries = Dictionary(
            Type=Name.Annot,
            Subtype=Name("/" + hand.kind),
            Rect=Array([0, 0, *size]),
            F=4,
            AP=Dictionary(N=face),
            **({} if hand.kind == "Watermark" else {"Contents": hand.word}),
        )
        if hand.kind == "FreeText":
            entries.DA = pikepdf.String("/Helv 48 Tf 1 0 0 rg")
        page.obj.Annots = Array([*page.obj.get("/Annots", []), document.make_indirect(entries)])


def header_line(document: Pdf, hand: Hand) -> None:
    for page in document.pages:
        width, height = size_of(page)

        def draw(drawing: canvas.Canvas, place: tuple[float, float] = (width / 2, height - 18)) -> None:
            drawing.setFillColorRGB(*hand.colour)
            drawing.setFont(hand.font, 11)
            tail = " - see the notice https://doi.org/10.5555/notice" if hand.torn else ""
            drawing.drawCentredString(*place, hand.word + tail)

        lay_over(page, hand.sheet((width, height), draw))


def artifact(document: Pdf, hand: Hand) -> None:
    """Mark as Acrobat does: a form in marked content that is an artifact; some are of outlines, not of text."""
    for page in document.pages:
        sheet = outlined(hand, size_of(page)) if hand.torn else hand.across(size_of(page))
        form = document.copy_foreign(sheet.pages[0].as_form_xobject())
        name = page.add_resource(form, Name.XObject)
        page.contents_add(b"q", prepend=True)
        drawn = f"Q /Artifact <</Subtype /Watermark /Type /Pagination>> BDC q {name} Do Q EMC"
        page.contents_add(drawn.encode())


def outlined(hand: Hand, size: tuple[float, float]) -> Pdf:
    """Return a sheet with the word as outlines of another font than any that is known."""
    font = TTFont(Path(reportlab.__file__).parent / "fonts" / "VeraBd.ttf")
    glyphs, names = font.getGlyphSet(), font.getBestCmap()

    def draw(drawing: canvas.Canvas) -> None:
        width = sum(glyphs[names[ord(letter)]].width for letter in hand.word)
        scale = 0.8 * min(size) / width
        drawing.translate(size[0] / 2, size[1] / 2)
        drawing.rotate(hand.angle)
        drawing.setFillColorRGB(*hand.colour, alpha=0.3)
        drawing.scale(scale, scale)
        drawing.translate(-width / 2, 0)
        for letter in hand.word:
            path = drawing.beginPath()
            path.closePath = path.close
            glyphs[names[ord(letter)]].draw(ReportLabPen(glyphs, path))
            drawing.drawPath(path, stroke=0, fill=1)
            drawing.translate(glyphs[names[ord(letter)]].width, 0)

    return hand.sheet(size, draw)


def first_page_only(document: Pdf, hand: Hand) -> None:
    page = document.pages[0]
    lay_over(page, hand.across(size_of(page)), under=hand.under)


def every_second_page(document: Pdf, hand: Hand) -> None:
    for page in list(document.pages)[::2]:
        lay_over(page, hand.across(size_of(page)), under=hand.under)


def opaque_box(document: Pdf, hand: Hand) -> None:
    for page in document.pages:
        width, height = size_of(page)

        def draw(drawing: canvas.Canvas, width: float = width, height: float = height) -> None:
            drawing.setFillColorRGB(0.95, 0.95, 0.95)
            drawing.rect(0.15 * width, 0.3 * height, 0.7 * width, 0.4 * height, stroke=0, fill=1)
            drawing.setFillColorRGB(*hand.colour)
            drawing.setFont(hand.font, 0.6 * width / drawing.stringWidth(hand.word, hand.font, 1))
            drawing.drawCentredString(width / 2, height / 2, hand.word)

        lay_over(page, hand.sheet((width, height), draw))


STYLES: dict[str, Callable[[Pdf, Hand], None]] = {
    style.__name__: style
    for style in (
        *(text_diagonal, image, annotation, header_line),
        *(artifact, first_page_only, every_second_page, opaque_box),
    )
}


def outlines_in_the_page(document: Pdf, hand: Hand) -> None:
    """Mark by outlines in the middle of the page's own content, where no list of objects tells them from a figure."""
    for page in document.pages:
        with outlined(hand, size_of(page)) as sheet:
            drawn = sheet.pages[0].Contents.read_bytes()
        page.contents_coalesce()
        content = page.Contents.read_bytes()
        page.Contents = document.make_stream(content + b"\nq " + re.sub(rb"/\S+ gs", b"", drawn) + b" Q\n" + content)


def marked(original: Path, copy: Path, style: str, seed: int = 0, *, word: str = "") -> Hand:
    """Leave the article at `copy` as another hand marks it, with a word of its own unless one is given."""
    hand = Hand(seed)
    hand.word = word or hand.word
    with pikepdf.open(original) as document:
        (STYLES.get(style) or outlines_in_the_page)(document, hand)
        document.save(copy)
    return hand

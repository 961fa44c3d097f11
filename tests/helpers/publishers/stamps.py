"""Stamps and banners as others draw them: frames of several forms around a word, and a strip across a page."""

from reportlab.pdfgen import canvas

from tests.helpers.publishers.drawing import RED, Colour, Paint, outlined, width_of


def sealed(
    words: str,
    frame: str,
    face: str = "sans",
    *,
    colour: Colour = RED,
    degrees: float = 20,
    hollow: bool = False,
    share: float = 0.45,
) -> Paint:
    """Return a paint of words in a `round`, `double` or `oval` frame, or blank on a `ground`."""

    def paint(drawing: canvas.Canvas, width: float, height: float) -> None:
        points = share * width / width_of(words, face, 1.0)
        half = share * width / 2 + points * 0.5
        drawing.translate(width * 0.5, height * 0.55)
        drawing.rotate(degrees)
        drawing.setStrokeColorRGB(*colour)
        drawing.setFillColorRGB(*colour)
        drawing.setLineWidth(points * 0.08)
        if frame == "round":
            drawing.roundRect(-half, -0.75 * points, 2 * half, 1.5 * points, points * 0.3, stroke=1, fill=0)
        elif frame == "double":
            drawing.rect(-half, -0.75 * points, 2 * half, 1.5 * points)
            drawing.rect(-half - 0.18 * points, -0.93 * points, 2 * half + 0.36 * points, 1.86 * points)
        elif frame == "oval":
            drawing.ellipse(-half * 1.25, -1.4 * points, half * 1.25, 1.4 * points)
        else:
            drawing.rect(-half, -0.75 * points, 2 * half, 1.5 * points, fill=1, stroke=0)
            drawing.setFillColorRGB(1, 1, 1)
        drawing.setLineWidth(0.6)
        outlined(drawing, words, face, points, fill=int(not hollow), stroke=int(hollow))

    return paint


def banner(words: str, *, outlines: bool) -> Paint:
    """Return a paint of white words on a strip across the head of a page."""

    def paint(drawing: canvas.Canvas, width: float, height: float) -> None:
        drawing.setFillColorRGB(*RED)
        drawing.rect(0, height - 30, width, 24, fill=1, stroke=0)
        drawing.setFillColorRGB(1, 1, 1)
        drawing.translate(width / 2, height - 18)
        if outlines:
            outlined(drawing, words, "sans", 16)
        else:
            drawing.setFont("Helvetica-Bold", 16)
            drawing.drawCentredString(0, -5, words)

    return paint

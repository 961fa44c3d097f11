"""Articles to be measured on: made the same each time, of any length, of text, of scans or of vector drawings."""

import io
import math
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import font_source_sans_pro
import numpy as np
import pikepdf
from PIL import Image
from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
sys.path.insert(0, str(SAMPLES))
from filler import Filler  # noqa: E402 - the samples are scripts, not a package

WIDTH, HEIGHT = A4
FONT = "SourceSansPro"
PAGES_A_FIGURE = 4
SCAN_DOTS_PER_INCH = 100
CURVES_A_PAGE = 1500
DIFFERENT_PAGES = 12
"""Of scans and drawings, which take long to be made: then they come again."""


@cache
def with_font() -> None:
    """Let reportlab know the font of the articles and of the sheet."""
    rl_config.useA85 = 0
    pdfmetrics.registerFont(TTFont(FONT, font_source_sans_pro.font_files_ttf[FONT]))


def article(folder: Path, kind: str, page_count: int, *, streams: bool = False) -> Path:
    """Return an article of this kind, made when it is not there; `streams` gives it cross-reference streams."""
    path = folder / f"{kind}-{page_count}{'-streams' if streams else ''}.pdf"
    if not path.exists():
        with_font()
        canvas = Canvas(str(path), A4, initialFontName=FONT, pageCompression=1, invariant=1)
        draw = KINDS[kind]()
        for page_number in range(1, page_count + 1):
            draw(canvas, page_number)
            canvas.drawRightString(WIDTH - 48, 30, str(page_number))
            canvas.linkURL(f"https://doi.org/10.1234/example.{page_number}", (48, 100, 200, 112))
            canvas.bookmarkPage(f"p{page_number}")
            canvas.addOutlineEntry(f"Section {page_number}", f"p{page_number}")
            canvas.showPage()
        canvas.save()
        _as_most_producers_do(path, streams=streams)
    return path


def _as_most_producers_do(path: Path, *, streams: bool) -> None:
    """Name each single filter without an array: pikepdf recompresses a stream that has it in one."""
    mode = pikepdf.ObjectStreamMode.generate if streams else pikepdf.ObjectStreamMode.disable
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream) and isinstance(item.get("/Filter"), pikepdf.Array):
                item.Filter = item.Filter[0]
        pdf.save(path, deterministic_id=True, object_stream_mode=mode)


Drawing = Callable[[Canvas, int], None]


def _text() -> Drawing:
    """Two columns, a figure on every fourth page; no two pages have the same words."""
    words, lines = Filler(), list[str]()

    def draw(canvas: Canvas, page_number: int) -> None:
        while len(lines) < 2 * 58:
            text = f"{page_number}. " + words.paragraph("methods", 7) + " " + words.paragraph("findings", 7)
            lines.extend(simpleSplit(text.replace("<super>", "").replace("</super>", ""), FONT, 9.5, 238))
        height = 0
        if page_number % PAGES_A_FIGURE == 2:
            canvas.drawImage(_figure(page_number), 48, HEIGHT - 230, 238, 170)
            height = 15
        for left, column in ((48, lines[height:58]), (309, lines[58 : 2 * 58])):
            writing = canvas.beginText(left, HEIGHT - 70 - (58 - len(column)) * 12)
            writing.setFont(FONT, 9.5, 12)
            writing.textLines(column, trim=0)
            canvas.drawText(writing)
        del lines[: 2 * 58]

    return draw


def _scans() -> Drawing:
    """A grey picture over the whole page, with the rows of a printed page in it."""

    def draw(canvas: Canvas, page_number: int) -> None:
        canvas.drawImage(_scan(page_number % DIFFERENT_PAGES), 0, 0, WIDTH, HEIGHT)

    return draw


def _maps() -> Drawing:
    """Some thousand curves, as a map or a plot of many points has them."""

    def draw(canvas: Canvas, page_number: int) -> None:
        canvas.setLineWidth(0.4)
        for curve in range(CURVES_A_PAGE):
            turn = curve * 0.37 + page_number % DIFFERENT_PAGES
            x, y = WIDTH / 2 + 200 * math.cos(turn), HEIGHT / 2 + 300 * math.sin(turn * 1.3)
            canvas.bezier(x, y, x + 20, y + 9 * math.sin(turn), x - 7, y + 15, x + 12 * math.cos(turn), y - 11)

    return draw


KINDS: Mapping[str, Callable[[], Drawing]] = {"text": _text, "scans": _scans, "maps": _maps}


def _figure(number: int) -> ImageReader:
    """Return a plot with some noise in it, as an instrument's have."""
    rows, columns = np.mgrid[0:340, 0:476]
    noise = np.random.default_rng(number).integers(0, 12, rows.shape)
    grey = (120 + 100 * np.sin(columns / (9 + number % 7)) * np.cos(rows / 23) + noise).astype(np.uint8)
    return _picture(grey, "PNG")


@cache
def _scan(number: int) -> ImageReader:
    dots = np.random.default_rng(number)
    shape = (round(HEIGHT / 72 * SCAN_DOTS_PER_INCH), round(WIDTH / 72 * SCAN_DOTS_PER_INCH))
    grey = dots.normal(240, 4, shape)
    for row in range(60, shape[0] - 60, 16):
        grey[row : row + 8, 60:-60] -= 180 * (dots.random((8, shape[1] - 120)) > 0.55)
    return _picture(np.clip(grey, 0, 255).astype(np.uint8), "JPEG")


def _picture(grey: "np.ndarray[tuple[int, int], np.dtype[np.uint8]]", form: str) -> ImageReader:
    data = io.BytesIO()
    Image.fromarray(grey).save(data, form)
    data.seek(0)
    return ImageReader(data)

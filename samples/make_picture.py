"""Make samples/before-and-after.png: a page of the sample article, and the same page of its marked copy.

`python samples/make_picture.py` stamps samples/article.pdf with samples/retraction-notice.md and draws both pages with
PDFium.
"""

import sys
from pathlib import Path
from subprocess import run
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image

SAMPLES = Path(__file__).resolve().parent
PAGE_NUMBER = 4
DOTS_PER_INCH = 72
GAP_PIXELS = 16
COLOURS = 64


def page(path: Path) -> Image.Image:
    """Return a page as displayed."""
    with pypdfium2.PdfDocument(path) as document:
        image: Image.Image = document[PAGE_NUMBER - 1].render(scale=DOTS_PER_INCH / 72).to_pil()
        return image.convert("RGB")


def make_picture(destination: Path) -> None:
    """Leave the two pages side by side at `destination`, on the grey that viewers show behind a page."""
    article = SAMPLES / "article.pdf"
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.pdf"
        notice = SAMPLES / "retraction-notice.md"
        command = [Path(sys.executable).with_name("watermark"), "stamp", article, "--notice", notice, "-o", copy, "-q"]
        run([*map(str, command), "--at", "2024-05-01T12:00:00Z"], check=True)  # noqa: S603 - our own command
        before, after = page(article), page(copy)
    width, height = before.size
    both = Image.new("RGB", (2 * width + 3 * GAP_PIXELS, height + 2 * GAP_PIXELS), "#9a9a9a")
    both.paste(before, (GAP_PIXELS, GAP_PIXELS))
    both.paste(after, (width + 2 * GAP_PIXELS, GAP_PIXELS))
    both.quantize(COLOURS, dither=Image.Dither.NONE).save(destination, optimize=True)


if __name__ == "__main__":
    make_picture(SAMPLES / "before-and-after.png")

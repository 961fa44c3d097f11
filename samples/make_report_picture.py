"""Make samples/report.png: the report of a small catalogue, as Chromium shows it.

`python samples/make_report_picture.py` runs a batch over samples/article.pdf, an article of another title and one that
is not there, and takes a picture of its report with the marked article opened. It needs `chromium` on the PATH.
"""

import shutil
import sys
from pathlib import Path
from subprocess import run
from tempfile import TemporaryDirectory

from PIL import Image
from reportlab.pdfgen.canvas import Canvas

SAMPLES = Path(__file__).resolve().parent
WIDTH, HEIGHT = 1120, 1240
SCALE = 0.72
COLOURS = 240
ROWS = "article,notice\narticle.pdf,notice.md\nanother.pdf,notice.md\nnowhere.pdf,notice.md\n"
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars", "--disable-quic",
         "--disable-background-networking", "--disable-component-update", "--disable-sync")  # fmt: skip


def make_catalogue(folder: Path) -> Path:
    """Leave a catalogue of three rows in the folder, run the batch, and return its report."""
    articles = folder / "Articles of 2020"
    articles.mkdir()
    shutil.copy(SAMPLES / "article.pdf", articles)
    shutil.copy(SAMPLES / "retraction-notice.md", folder / "notice.md")
    canvas = Canvas(str(articles / "another.pdf"), invariant=1)
    canvas.setTitle("Weather Reports of a Small Town in the Mountains")
    canvas.drawString(72, 760, "Weather Reports of a Small Town in the Mountains")
    canvas.save()
    (folder / "list.csv").write_text(ROWS)
    command = [Path(sys.executable).with_name("watermark"), "batch", "list.csv", "--articles", articles, "--out"]
    options = ["Retractions of May 2024", "--at", "2024-05-01T12:00:00Z", "--report", "html", "-q"]
    run([*map(str, command), *options], cwd=folder, check=False, capture_output=True)  # noqa: S603 - our own command
    return folder / "Retractions of May 2024" / "report.html"


def make_picture(destination: Path) -> None:
    """Leave the picture at `destination`."""
    chromium = shutil.which("chromium") or "chromium"
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        report, picture = make_catalogue(Path(folder)), Path(folder) / "picture.png"
        page = report.read_text(encoding="utf-8")
        report.write_text(
            page.replace('<details class="item good"', '<details open class="item good"'), encoding="utf-8"
        )
        size = f"--window-size={WIDTH},{HEIGHT}"
        places = [f"--user-data-dir={folder}/profile", f"--screenshot={picture}", size, f"{report.as_uri()}"]
        run([chromium, *FLAGS, *places], check=True, capture_output=True)  # noqa: S603 - the browser that was found
        image = Image.open(picture).convert("RGB")
    image = image.resize((round(image.width * SCALE), round(image.height * SCALE)), Image.Resampling.LANCZOS)
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(destination, optimize=True)


if __name__ == "__main__":
    make_picture(SAMPLES / "report.png")

"""Make the pictures of the desk, as Chromium shows it: `python samples/make_desk_pictures.py [FOLDER]`.

It starts `watermark desk`, does what an editor does with the sample article and two made ones, and leaves a picture of
each step in the folder, by default `samples`. It needs `chromium` on the PATH and the packages of the extra `test`.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page, sync_playwright
from reportlab.pdfgen.canvas import Canvas

SAMPLES = Path(__file__).resolve().parent
WIDTH, HEIGHT = 1280, 900
SHOWN_WIDTH = 800
COLOURS = 64
SECONDS = 60_000
FOLDER_OF_ARTICLES = {
    "weather.pdf": "Weather Reports of a Small Town in the Mountains",
    "rivers.pdf": "How Rivers Find Their Way Through a Plain Without Stones",
    "tides.pdf": "Tides in Shallow Harbours, Measured With Simple Means",
}


def article(path: Path, title: str) -> Path:
    """Leave a PDF of one page with this title."""
    canvas = Canvas(str(path), invariant=1)
    canvas.setTitle(title)
    canvas.setFont("Helvetica-Bold", 15)
    canvas.drawString(72, 760, title)
    canvas.save()
    return path


@contextmanager
def desk() -> Iterator[str]:
    """Yield the address of a desk."""
    command = [sys.executable, "-m", "watermark", "desk", "--no-browser"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=SAMPLES.parent)  # noqa: S603 - our own command
    assert process.stdout is not None
    try:
        yield next(found[0] for line in process.stdout if (found := re.search(r"http://\S+", line)))
    finally:
        process.terminate()
        process.wait(30)


def take(page: Page, path: Path) -> None:
    """Leave a picture of the window at `path`, small enough to be kept with the code."""
    page.wait_for_timeout(600)
    page.screenshot(path=path)
    image = Image.open(path).convert("RGB")
    image = image.resize((SHOWN_WIDTH, round(image.height * SHOWN_WIDTH / image.width)), Image.Resampling.LANCZOS)
    image.quantize(COLOURS, kmeans=COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def make_pictures(folder: Path, articles: Path) -> None:
    """Leave the pictures in the folder: empty, understood, corrected, before and after, stamped, refused, a folder."""
    chromium = shutil.which("chromium") or "chromium"
    with desk() as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-quic"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.set_default_timeout(SECONDS)
        page.goto(address)
        page.wait_for_selector("#mark-profile option", state="attached")
        take(page, folder / "desk-1-empty.png")
        page.set_input_files("#article-files", SAMPLES / "article.pdf")
        page.set_input_files("#notice-files", SAMPLES / "retraction-notice.md")
        page.wait_for_selector("#stamp:enabled")
        page.focus("#notice-article-title")
        take(page, folder / "desk-2-understood.png")
        page.fill("#notice-date", "2024-05-01")
        page.click("#save-notice")
        page.wait_for_selector(".from.corrected")
        page.wait_for_selector("#stamp:enabled")
        take(page, folder / "desk-3-corrected.png")
        page.click("#tab-pages")
        see_pages(page)
        take(page, folder / "desk.png")
        page.click("#stamp")
        page.wait_for_selector("#result a")
        page.evaluate("scrollTo(0, 0)")
        take(page, folder / "desk-4-stamped.png")
        page.click("#given-articles button")
        page.set_input_files("#article-files", article(articles / "weather.pdf", FOLDER_OF_ARTICLES["weather.pdf"]))
        page.wait_for_selector("#refusal")
        page.click("#tab-pages")
        page.fill("#decision-0", "The title was shortened after publication.")
        page.wait_for_timeout(1500)
        page.evaluate("scrollTo(0, 0)")
        take(page, folder / "desk-5-refused.png")
        several = [article(articles / name, title) for name, title in list(FOLDER_OF_ARTICLES.items())[1:]]
        notice = articles / "rivers.md"
        notice.write_text(f"# {FOLDER_OF_ARTICLES['rivers.pdf']} [Retraction]\n\nWe retract the article named above.\n")
        page.set_input_files("#notice-files", notice)
        page.set_input_files("#article-files", [*several, SAMPLES / "article.pdf"])
        page.locator("#rows .chip.good").nth(1).wait_for()
        page.wait_for_timeout(1500)
        page.evaluate("scrollTo(0, 0)")
        take(page, folder / "desk-6-folder.png")
        browser.close()


def see_pages(page: Page) -> None:
    """Wait until both pictures of a page are there."""
    for side in ("before", "after"):
        page.wait_for_selector(f"#image-{side}[src]:not(.loading)")
    page.evaluate("document.getElementById('tab-pages').scrollIntoView()")


if __name__ == "__main__":
    with TemporaryDirectory() as made:
        make_pictures(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES, Path(made))

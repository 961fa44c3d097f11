"""How fast an article is marked, beside the libraries that people stamp PDFs with.

`python tests/benchmarks/marking.py [ROUNDS]` makes articles of 12, 100 and 1,000 pages (text in two columns, figures,
links, an outline), marks each of them with each tool, one after the other in every round, and prints medians of the
processor's time and of the clock's, the ratio to ours and the growth. Ours is measured without the proof, which no
other tool offers: once with the plan made beforehand, as the sheet that the others lay over each page is, and once with
the planning. Ends with 1 when pikepdf's overlay-and-save takes less than four times as much of the processor's time as
ours, since the clock counts what else the machine does. PyMuPDF is measured when it is installed.
"""

import io
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import font_source_sans_pro
import numpy as np
import pikepdf
import pypdf
from PIL import Image
from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from watermark.article import Article, survey_of
from watermark.look import Look
from watermark.notice import NoticeFile, read_notice
from watermark.pdf.append import Revision
from watermark.plan import Job, Plan, make_plan
from watermark.stamp import revision_of

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
sys.path.insert(0, str(SAMPLES))
from filler import Filler  # noqa: E402 - the samples are scripts, not a package

PAGE_COUNTS = (12, 100, 1000)
ROUNDS = 5
TIMES_FASTER = 4
WIDTH, HEIGHT = A4
FONT = "SourceSansPro"
PAGES_A_FIGURE = 4
Tool = Callable[[Path, Path], None]


@cache
def notice() -> NoticeFile:
    return read_notice(SAMPLES / "retraction-notice.md")


def ours(source: Path, copy: Path) -> None:
    """The adapter: what `stamp_article` does without the proof, from a plan made beforehand as the peers' sheet is."""
    with Article.opened(source, "") as article:
        revision = revision_of(article, plan_for(source))
    save(source, revision, copy)


def ours_with_the_plan(source: Path, copy: Path) -> None:
    """The same with the planning: the survey, the typeset notice, an edge for the line of each page."""
    plan_for.cache_clear()
    ours(source, copy)


@cache
def plan_for(source: Path) -> Plan:
    job = Job(article=source, notice=notice(), marked_at=datetime(2024, 5, 1, tzinfo=UTC), force_match="a benchmark")
    with Article.opened(source, "") as article, Look(source) as look:
        return make_plan(job, survey_of(article, look.opening()), look)


def save(source: Path, revision: Revision, copy: Path) -> None:
    shutil.copyfile(source, copy)
    with copy.open("ab") as file:
        file.write(revision.data)


def with_pikepdf(source: Path, copy: Path) -> None:
    with pikepdf.open(source) as pdf, pikepdf.open(sheet(copy.parent)) as stamp:
        for page in pdf.pages:
            page.add_overlay(stamp.pages[0])
        pdf.save(copy)


def with_pikepdf_one_form(source: Path, copy: Path) -> None:
    """The same with the sheet copied once, which takes knowing the library well."""
    with pikepdf.open(source) as pdf, pikepdf.open(sheet(copy.parent)) as stamp:
        form = pdf.copy_foreign(stamp.pages[0].as_form_xobject())
        for page in pdf.pages:
            page.add_overlay(form)
        pdf.save(copy)


def with_pypdf(source: Path, copy: Path) -> None:
    writer, stamp = pypdf.PdfWriter(clone_from=source), pypdf.PdfReader(sheet(copy.parent)).pages[0]
    for page in writer.pages:
        page.merge_page(stamp)
    writer.write(copy)


def with_pymupdf(source: Path, copy: Path) -> None:
    import pymupdf  # noqa: PLC0415 - a peer, and no dependency

    with pymupdf.open(source) as document, pymupdf.open(sheet(copy.parent)) as stamp:
        for page in document:
            page.show_pdf_page(page.rect, stamp, 0)
        document.save(copy)


TOOLS: dict[str, Tool] = {
    "watermark": ours,
    "watermark, planning": ours_with_the_plan,
    "pikepdf": with_pikepdf,
    "pikepdf, one form": with_pikepdf_one_form,
    "pypdf": with_pypdf,
}
if find_spec("pymupdf"):
    TOOLS["PyMuPDF"] = with_pymupdf


@cache
def sheet(folder: Path) -> Path:
    """Return a page with the translucent word in an embedded font: what the other tools lay over each page."""
    path = folder / "sheet.pdf"
    canvas = Canvas(str(path), A4, initialFontName=FONT, invariant=1)
    canvas.setFont(FONT, 120)
    canvas.setFillColorRGB(0.75, 0.1, 0.1)
    canvas.setFillAlpha(0.22)
    canvas.translate(WIDTH / 2, HEIGHT / 2)
    canvas.rotate(54)
    canvas.drawCentredString(0, -40, "Retracted")
    canvas.save()
    return path


def article(folder: Path, page_count: int) -> Path:
    """Return an article of two columns, deflated as publishers' are; no two pages have the same words."""
    path = folder / f"{page_count}.pdf"
    rl_config.useA85 = 0
    canvas, words, lines = Canvas(str(path), A4, initialFontName=FONT, pageCompression=1, invariant=1), Filler(), []
    for page_number in range(1, page_count + 1):
        while len(lines) < 2 * 58:
            text = f"{page_number}. " + words.paragraph("methods", 7) + " " + words.paragraph("findings", 7)
            lines += simpleSplit(text.replace("<super>", "").replace("</super>", ""), FONT, 9.5, 238)
        height = 0
        if page_number % PAGES_A_FIGURE == 2:
            canvas.drawImage(figure(page_number), 48, HEIGHT - 230, 238, 170)
            height = 15
        for left, column in ((48, lines[height:58]), (309, lines[58 : 2 * 58])):
            writing = canvas.beginText(left, HEIGHT - 70 - (58 - len(column)) * 12)
            writing.setFont(FONT, 9.5, 12)
            writing.textLines(column, trim=0)
            canvas.drawText(writing)
        lines = lines[2 * 58 :]
        canvas.drawRightString(WIDTH - 48, 30, str(page_number))
        canvas.linkURL(f"https://doi.org/10.1234/example.{page_number}", (48, 100, 200, 112))
        canvas.bookmarkPage(f"p{page_number}")
        canvas.addOutlineEntry(f"Section {page_number}", f"p{page_number}")
        canvas.showPage()
    canvas.save()
    return with_plain_filters(path)


def with_plain_filters(path: Path) -> Path:
    """Name each single filter as most producers do: pikepdf inflates and deflates anew what has it in an array."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream) and isinstance(item.get("/Filter"), pikepdf.Array):
                item.Filter = item.Filter[0]
        pdf.save(path, deterministic_id=True)
    return path


def figure(number: int) -> ImageReader:
    """Return a plot with some noise in it, as an instrument's have."""
    rows, columns = np.mgrid[0:340, 0:476]
    noise = np.random.default_rng(number).integers(0, 12, rows.shape)
    grey = (120 + 100 * np.sin(columns / (9 + number % 7)) * np.cos(rows / 23) + noise).astype(np.uint8)
    data = io.BytesIO()
    Image.fromarray(grey).save(data, "PNG")
    data.seek(0)
    return ImageReader(data)


def seconds(tool: Tool, source: Path, copy: Path) -> tuple[float, float]:
    """Return how long a tool took: of the processor's time, and by the clock."""
    copy.unlink(missing_ok=True)
    plan_for(source)
    begin, begin_by_clock = time.process_time(), time.perf_counter()
    tool(source, copy)
    return time.process_time() - begin, time.perf_counter() - begin_by_clock


def measure(folder: Path, page_count: int, rounds: int) -> float:
    """Print a line for each tool; return how many times as much of the processor's time as ours pikepdf took."""
    source = article(folder, page_count)
    copies = {name: folder / f"{page_count}-{number}.pdf" for number, name in enumerate(TOOLS)}
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in TOOLS}
    for _ in range(rounds):
        for name, tool in TOOLS.items():
            taken[name].append(seconds(tool, source, copies[name]))
    medians = {name: [statistics.median(times) for times in zip(*both, strict=True)] for name, both in taken.items()}
    click.echo(f"\n{page_count:,} pages, {source.stat().st_size:,} bytes, medians of {rounds}")
    click.echo(f"  {'':<20} {'processor':>11} {'to ours':>9} {'clock':>11} {'to ours':>9}")
    ours_cpu, ours_wall = medians["watermark"]
    for name, (cpu, wall) in medians.items():
        grown = copies[name].stat().st_size - source.stat().st_size
        ratios = f"{cpu:9.4f} s {cpu / ours_cpu:7.1f} x {wall:9.4f} s {wall / ours_wall:7.1f} x"
        click.echo(f"  {name:<20} {ratios}  {grown:+12,} bytes")
    return medians["pikepdf"][0] / ours_cpu


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    pdfmetrics.registerFont(TTFont(FONT, font_source_sans_pro.font_files_ttf[FONT]))
    with TemporaryDirectory() as folder:
        ratios = [measure(Path(folder), page_count, rounds) for page_count in PAGE_COUNTS]
    slowest = min(ratios)
    click.echo(f"\npikepdf takes at least {slowest:.1f} times as much of the processor; {TIMES_FASTER} is promised")
    return int(slowest < TIMES_FASTER)


if __name__ == "__main__":
    sys.exit(main())

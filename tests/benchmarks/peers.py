"""The tools that people stamp PDFs with, each doing its best: one sheet, its font embedded, shared by all pages.

A tool in this process is a function; a program is run, and its time is that of the processes it starts. What is not
installed is left out, and the results say so.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pikepdf
import pypdf
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.benchmarks.articles import FONT, HEIGHT, WIDTH, with_font
from tests.benchmarks.measuring import say_own_peak

Tool = Callable[[Path, Path], None]


@cache
def sheet(folder: Path) -> Path:
    """Return a page with the translucent word in an embedded font: what the tools lay over each page."""
    path = folder / "sheet.pdf"
    with_font()
    canvas = Canvas(str(path), A4, initialFontName=FONT, invariant=1)
    canvas.setFont(FONT, 120)
    canvas.setFillColorRGB(0.75, 0.1, 0.1)
    canvas.setFillAlpha(0.22)
    canvas.translate(WIDTH / 2, HEIGHT / 2)
    canvas.rotate(54)
    canvas.drawCentredString(0, -40, "Retracted")
    canvas.save()
    return path


def with_pikepdf(source: Path, copy: Path) -> None:
    """As its documentation has it: overlay, and save."""
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


def with_pypdf_incremental(source: Path, copy: Path) -> None:
    writer, stamp = pypdf.PdfWriter(source, incremental=True), pypdf.PdfReader(sheet(copy.parent)).pages[0]
    for page in writer.pages:
        page.merge_page(stamp)
    writer.write(copy)


def with_pymupdf(source: Path, copy: Path) -> None:
    import pymupdf  # noqa: PLC0415 - a peer, and no dependency

    with pymupdf.open(source) as document, pymupdf.open(sheet(copy.parent)) as stamp:
        for page in document:
            page.show_pdf_page(page.rect, stamp, 0)
        document.save(copy)


def with_pymupdf_incremental(source: Path, copy: Path) -> None:
    import pymupdf  # noqa: PLC0415 - a peer, and no dependency

    shutil.copyfile(source, copy)
    with pymupdf.open(copy) as document, pymupdf.open(sheet(copy.parent)) as stamp:
        for page in document:
            page.show_pdf_page(page.rect, stamp, 0)
        document.saveIncr()


def with_pyhanko(source: Path, copy: Path) -> None:
    """An incremental update, the sheet imported once."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415 - takes long
    from pyhanko.pdf_utils.layout import BoxConstraints  # noqa: PLC0415 - takes long
    from pyhanko.stamp import StaticStampStyle  # noqa: PLC0415 - takes long

    with source.open("rb") as file:
        writer = IncrementalPdfFileWriter(file)
        style = StaticStampStyle.from_pdf_file(str(sheet(copy.parent)), border_width=0, background_opacity=1)
        stamp = style.create_stamp(writer, box=BoxConstraints(width=int(WIDTH), height=int(HEIGHT)), text_params={})
        for page in range(int(writer.root["/Pages"]["/Count"])):
            stamp.apply(page, 0, 0)
        with copy.open("wb") as out:
            writer.write(out)


def with_qpdf(source: Path, copy: Path) -> None:
    _run("qpdf", source, "--overlay", sheet(copy.parent), "--repeat=1", "--", copy)


def with_pdftk(source: Path, copy: Path) -> None:
    _run("pdftk", source, "stamp", sheet(copy.parent), "output", copy)


def _run(*command: object) -> None:
    subprocess.run([str(part) for part in command], check=True, capture_output=True)


def peers() -> Mapping[str, Tool]:
    """Return the tools that are installed, by their names."""
    here: dict[str, Tool] = {
        "pikepdf": with_pikepdf,
        "pikepdf, one form": with_pikepdf_one_form,
        "pypdf": with_pypdf,
        "pypdf, incremental": with_pypdf_incremental,
    }
    if find_spec("pymupdf"):
        here |= {"PyMuPDF": with_pymupdf, "PyMuPDF, incremental": with_pymupdf_incremental}
    if find_spec("pyhanko"):
        here["pyHanko, incremental"] = with_pyhanko
    programs = {"qpdf": with_qpdf, "pdftk": with_pdftk}
    return here | {name: tool for name, tool in programs.items() if shutil.which(name)}


if __name__ == "__main__":  # one copy in a process of its own, to see what memory it takes
    peers()[sys.argv[3]](Path(sys.argv[1]), Path(sys.argv[2]))
    say_own_peak()

"""Measure how well mark and line are seen on each page in several programs: python -m tests.corpus.contrasts FOLDER...

Every PDF below the folders is marked. The original, the copy and what the marking alone paints are drawn by PDFium,
poppler and MuPDF, or by those that `--renderers` names; the contrast (WCAG) of what is painted with what was there
before is taken in blocks of 4 points, by sums of its own and not by the package's. Each page is named whose mark has a
median below 1.45 or less than 1.2 in nine of ten blocks, or below 3 where its letters are outlines, and each whose line
has less than 4.5. `--sheet` saves small pictures of the marked pages side by side, to be looked at.
"""

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import numpy as np
import pikepdf
from PIL import Image

from tests.corpus.judges.marking import marked
from tests.corpus.judges.pictures import RENDERERS, Picture, is_installed, pages_by
from tests.corpus.judges.verdict import Pair
from watermark.pdf.contrast import luminance

DPI, DPI_OF_OUTLINES = 144, 288
COVERED = 25
"""How much lighter than its darkest pixel black ink may be where letters cover a pixel; edges are smoothed."""
WHITE = 250
BLOCK_POINTS, FEW_PIXELS = 4, 4
ALIKE = 0.03
"""By how much the luminance of a ground may differ in a block: words and lines under the ink are no ground."""
MARK, MARK_OF_NINE, OUTLINES, LINE = 1.45, 1.2, 3.0, 4.5
ROUNDING = 0.01
"""Colours are drawn in 256 steps."""
LINE_DRAWN = re.compile(rb"/RetractionLine\w* Do")
TWO_TONES = 0.3
"""By how much the luminance of ink of one colour never differs in a block."""
SHEET_WIDTH, THUMBNAIL = 1800, 180
USUAL_RENDERERS = "pdfium,poppler,mupdf"


@dataclass(frozen=True, kw_only=True)
class PageContrast:
    """The contrasts of one page; those of the line are 0 where it was left out."""

    renderer: str
    file: Path
    page_number: int
    median: float
    nine_of_ten: float
    line: float
    is_outlined: bool

    @property
    def fault(self) -> str:
        """What is below the floor, or ""."""
        mark = f"the mark has {self.median:.2f}:1, {self.nine_of_ten:.2f}:1 in nine of ten blocks"
        least = (OUTLINES, OUTLINES) if self.is_outlined else (MARK, MARK_OF_NINE)
        faint = self.median < least[0] - ROUNDING or self.nine_of_ten < least[1] - ROUNDING
        line = f"the line has {self.line:.2f}:1" if 0 < self.line < LINE - ROUNDING else ""
        return "; ".join(one for one in (mark if faint else "", line) if one)


@dataclass(frozen=True, kw_only=True)
class Marked:
    """The files of which a program draws the pages."""

    files: tuple[Path, Path, Path, Path]
    """The original, its copy, what the marking alone paints, and that without its line."""
    is_outlined: bool


def inked(pairs: Sequence[Pair]) -> Iterator[Marked]:
    """Yield the files of each pair whose marking can be drawn alone."""
    for pair in pairs:
        if pair.ink is not None:
            mark = pair.ink.with_suffix(".mark.pdf")
            is_outlined = without_line(pair.ink, mark)
            yield Marked(files=(pair.original, pair.copy, pair.ink, mark), is_outlined=is_outlined)


def contrasts_of(renderer: str, one: Marked) -> tuple[list[PageContrast], list[Image.Image]]:
    """Return what is measured on each page of a marked file as a program draws it, and small pictures of its pages."""
    found, thumbnails = list[PageContrast](), list[Image.Image]()
    dpi = DPI_OF_OUTLINES if one.is_outlined else DPI
    with pages_by(renderer, one.files, dpi) as streams:
        for number, (before, after, ink, mark) in enumerate(zip_longest(*streams), 1):
            if any(picture is None or picture.shape != before.shape for picture in (before, after, ink, mark)):
                sys.stderr.write(f"{one.files[0]}: page {number} and what follows is not measured by {renderer}\n")
                break
            thumbnail = Image.fromarray(after)
            thumbnail.thumbnail((THUMBNAIL, THUMBNAIL))
            thumbnails.append(thumbnail)
            median, nine_of_ten = contrast_in(before, after, mark, dpi)
            line = contrast_in(before, after, np.where(mark < WHITE, np.uint8(255), ink), dpi)[0]
            contrast = PageContrast(
                renderer=renderer,
                file=one.files[0],
                page_number=number,
                median=median,
                nine_of_ten=nine_of_ten,
                line=line,
                is_outlined=one.is_outlined,
            )
            found.append(contrast)
    return found, thumbnails


def contrast_in(before: Picture, after: Picture, ink: Picture, dpi: int = DPI) -> tuple[float, float]:
    """Return the median of the contrasts where ink covers a page, and what nine of ten blocks reach."""
    darkness = ink.max(axis=2)
    if darkness.min(initial=255) >= WHITE:
        return 0.0, 0.0
    rows, columns = np.nonzero(darkness <= int(darkness.min()) + COVERED)
    side = BLOCK_POINTS * dpi // 72
    blocks = rows // side * (1 + ink.shape[1] // side) + columns // side
    order = np.argsort(blocks, kind="stable")
    starts = np.flatnonzero(np.diff(blocks[order])) + 1
    old, new = (luminance(picture[rows, columns]) for picture in (before, after))
    found = [_contrast(old[one], new[one]) for one in np.split(order, starts)]
    reached = sorted(one for one in found if one)
    return (float(np.median(reached)), float(np.quantile(reached, 0.1))) if reached else (0.0, 0.0)


def _contrast(old: np.ndarray, new: np.ndarray) -> float:
    """Return the contrast in one block, 0 for few pixels. Of ink in two tones, the part that is seen better counts."""
    ground = np.median(old)
    new = new[np.abs(old - ground) <= ALIKE]
    if len(new) < FEW_PIXELS:
        return 0.0
    both = (np.maximum(ground, new) + 0.05) / (np.minimum(ground, new) + 0.05)
    return float(np.quantile(both, 0.75) if np.ptp(new) > TWO_TONES else np.mean(both))


def without_line(ink: Path, target: Path) -> bool:
    """Write what the marking paints without its line; return whether the letters of the mark are outlines."""
    is_outlined = False
    with pikepdf.open(ink) as opened:
        for page in opened.pages:
            page.obj.Contents = opened.make_stream(LINE_DRAWN.sub(b"", page.obj.Contents.read_bytes()))
        for one in opened.objects:
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form":
                is_outlined |= b"/RetractionRGB CS" in one.read_bytes()
        opened.save(target)
    return is_outlined


def sheet_of(thumbnails: Sequence[Image.Image]) -> Image.Image:
    """Return the pictures side by side, in rows."""
    across = SHEET_WIDTH // THUMBNAIL
    sheet = Image.new("RGB", (SHEET_WIDTH, THUMBNAIL * -(-len(thumbnails) // across)), "white")
    for number, one in enumerate(thumbnails):
        sheet.paste(one, (number % across * THUMBNAIL, number // across * THUMBNAIL))
    return sheet


def summary(renderer: str, found: Sequence[PageContrast]) -> Iterator[str]:
    """Yield how many pages were measured, the least of each contrast, and each page below the floor."""
    filled = [one for one in found if not one.is_outlined]
    lines = [one.line for one in found if one.line]
    outlined = len(found) - len(filled)
    yield f"{renderer}: {len(found)} pages measured, {outlined} of them with outlines, {len(lines)} with a line"
    if filled:
        least = min(one.median for one in filled), min(one.nine_of_ten for one in filled)
        yield f"least contrast of a translucent mark: {least[0]:.2f}:1 (median), {least[1]:.2f}:1 (nine of ten blocks)"
    if outlined:
        least_outline = min(one.nine_of_ten for one in found if one.is_outlined)
        yield f"least contrast of outlines: {least_outline:.2f}:1 (nine of ten blocks)"
    if lines:
        yield f"least contrast of a line: {min(lines):.2f}:1"
    faults = [one for one in found if one.fault]
    yield f"{len(faults)} pages below the floor"
    yield from (f"  {one.file}, page {one.page_number}: {one.fault}" for one in faults)


def main() -> int:
    """Mark, measure, print; the status says whether a page is below the floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path, metavar="FOLDER", help="folders, or single PDFs")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="one of N files of each folder")
    parser.add_argument("--renderers", default=USUAL_RENDERERS, help=f"of {', '.join(RENDERERS)}; default: %(default)s")
    parser.add_argument("--options", default="", help="further options for `watermark stamp`")
    parser.add_argument(
        "--sheet", type=Path, help="picture of all marked pages as the first of the programs draws them"
    )
    arguments = parser.parse_args()
    renderers = arguments.renderers.split(",")
    if absent := [one for one in renderers if one not in RENDERERS or not is_installed(one)]:
        sys.exit(f"not installed, or not known: {', '.join(absent)}")
    folders = ([path] if path.is_file() else sorted(path.rglob("*.pdf")) for path in arguments.paths)
    articles = [path for paths in folders for path in paths[:: arguments.every]]
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(os.cpu_count()) as threads:
        pairs, refusals = marked(articles, Path(scratch), arguments.options.split())
        tasks = [(renderer, one) for one in inked(pairs) for renderer in renderers]
        measured = list(threads.map(lambda task: contrasts_of(*task), tasks))
    found = [one for pages, _ in measured for one in pages]
    for renderer in renderers:
        drawn = [one for one in found if one.renderer == renderer]
        sys.stdout.write("\n".join(summary(renderer, drawn)) + "\n")
    sys.stdout.writelines(f"not marked: {why}\n" for why in refusals.values())
    if arguments.sheet:
        sheet_of([one for _, thumbnails in measured[:: len(renderers)] for one in thumbnails]).save(arguments.sheet)
    return int(any(one.fault for one in found))


if __name__ == "__main__":
    sys.exit(main())

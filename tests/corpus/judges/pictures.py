"""Judges that draw: pages of the copy beside those of the original, by the same program.

Three streams of pictures are read side by side: the original, the copy, and the ink of the marking alone, which says
where the two may differ, and where the mark has to be seen.
"""

import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import IO

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

from tests.corpus.judges.pdfium import draw
from tests.corpus.judges.processes import stream_of
from tests.corpus.judges.verdict import MOST, Pair

DPI = 72
MAX_SIDE_PIXELS = 3000
SECONDS = 180
FARTHEST_PIXELS = 2
"""From our ink, how far a pixel may differ: what programs smooth at the edges."""
TOLERANCE = 12
VISIBLE = 8
VISIBLE_SHARE = 0.5
"""Of the pixels that the ink changes on white, how many must differ from the original by VISIBLE."""
WHITE = 250

Picture = np.ndarray
Command = Callable[[Path, float], list[str]]


def ghostscript(path: Path, dpi: float) -> list[str]:
    smooth = ["-dTextAlphaBits=4", "-dGraphicsAlphaBits=4", "-dUseCropBox"]
    silent = ["-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sstdout=%stderr", "-sDEVICE=ppmraw", f"-r{dpi:g}"]
    return ["gs", *silent, *smooth, "-sOutputFile=-", str(path)]


def poppler(path: Path, dpi: float) -> list[str]:
    return ["pdftoppm", "-q", "-cropbox", "-r", f"{dpi:g}", str(path)]


def mupdf(path: Path, dpi: float) -> list[str]:
    return ["mutool", "draw", "-q", "-F", "ppm", "-r", f"{dpi:g}", "-o", "-", str(path)]


PROGRAMS: dict[str, tuple[str, Command]] = {
    "ghostscript": ("gs", ghostscript),
    "poppler": ("pdftoppm", poppler),
    "mupdf": ("mutool", mupdf),
}
"""The program that has to be on the PATH, and how it is started."""
PDFIUM = "pdfium"
RENDERERS = (*PROGRAMS, PDFIUM)


def is_installed(renderer: str) -> bool:
    """Return whether a renderer can be asked: PDFium is a library of this tool, the others are programs."""
    return renderer == PDFIUM or shutil.which(PROGRAMS[renderer][0]) is not None


def differences(name: str, pair: Pair) -> str | None:
    """Return what a renderer shows wrong in the copy, "" when nothing, or None when it cannot draw the original."""
    if pair.ink is None:
        return None
    dpi = resolution(pair.original)
    with pages_by(name, (pair.original, pair.copy, pair.ink), dpi) as streams:
        try:
            return "; ".join(_faults(zip_longest(*streams))[:MOST])
        except _UndrawnError:
            return None


@contextmanager
def pages_by(name: str, files: Sequence[Path], dpi: float) -> Iterator[list[Iterator[Picture]]]:
    """Yield the pictures of the pages of each file, as a renderer draws them."""
    with ExitStack() as stack:
        yield [pictures(stack.enter_context(_drawn(name, path, dpi))) for path in files]


class _UndrawnError(Exception):
    """The original has no pictures to compare with."""


def _faults(rows: Iterator[tuple[Picture | None, Picture | None, Picture | None]]) -> list[str]:
    faults = list[str]()
    drawn = 0
    for number, (before, after, ink) in enumerate(rows, 1):
        if before is None:
            break
        drawn += 1
        if after is None or ink is None:
            faults.append(f"page {number} is not drawn")
            break
        if before.shape != after.shape or ink.shape != after.shape:
            faults.append(f"page {number} has another size")
            continue
        faults += [f"page {number} {fault}" for fault in faults_of_page(before, after, ink)]
    if not drawn:
        raise _UndrawnError
    return faults


def faults_of_page(before: Picture, after: Picture, ink: Picture) -> Iterator[str]:
    """Yield what is wrong on a page: differences away from the ink, and ink that is not seen."""
    apart = np.abs(before.astype(np.int16) - after.astype(np.int16)).max(axis=2)
    inked = ink.min(axis=2) < WHITE
    near = np.asarray(Image.fromarray(inked).filter(ImageFilter.MaxFilter(2 * FARTHEST_PIXELS + 1)))
    outside = np.where(near, 0, apart)
    if outside.max(initial=0) > TOLERANCE:
        count = int((outside > TOLERANCE).sum())
        row, column = np.unravel_index(int(outside.argmax()), outside.shape)
        yield f"differs outside mark and line in {count} pixels, by up to {outside.max()} at {column},{row}"
    if not inked.any():
        yield "shows no mark when the marking is drawn alone"
    elif (share := float((apart[inked] >= VISIBLE).mean())) < VISIBLE_SHARE:
        yield f"shows {share:.0%} of the mark and the line"


def resolution(path: Path) -> float:
    """Return the dots an inch at which no page is larger than what is compared quickly."""
    try:
        with pypdfium2.PdfDocument(path) as opened:
            sizes = [opened.get_page_size(index) for index in range(len(opened))]
    except pypdfium2.PdfiumError:
        return DPI
    side = max((max(size) for size in sizes), default=1)
    return min(DPI, DPI * MAX_SIDE_PIXELS / max(side, 1))


def _drawn(name: str, path: Path, dpi: float) -> AbstractContextManager[IO[bytes]]:
    return stream_of(draw, path, dpi) if name == PDFIUM else _started(PROGRAMS[name][1](path, dpi))


@contextmanager
def _started(command: list[str]) -> Iterator[IO[bytes]]:
    """Yield what a program writes; whatever happens, it is ended."""
    command = ["timeout", str(SECONDS), *command]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout
        try:
            yield process.stdout
        finally:
            process.stdout.close()
            process.terminate()


def pictures(stream: IO[bytes]) -> Iterator[Picture]:
    """Yield the pictures of a stream of PPM or PGM files, as rows, columns and three channels."""
    while header := _header(stream):
        kind, width, height = header
        channels = 3 if kind == b"P6" else 1
        data = stream.read(width * height * channels)
        if len(data) < width * height * channels:
            return
        picture = np.frombuffer(data, np.uint8).reshape(height, width, channels)
        yield picture if channels == 3 else np.repeat(picture, 3, axis=2)


def _header(stream: IO[bytes]) -> tuple[bytes, int, int] | None:
    words = list[bytes]()
    while len(words) < 4:
        line = stream.readline()
        if not line:
            return None
        words += line.partition(b"#")[0].split()
    kind, width, height, _ = words
    return kind, int(width), int(height)

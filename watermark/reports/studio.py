"""Pictures for many articles, drawn in processes of their own: a hang or a crash costs the pictures of one article."""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from watermark.apart import Limits, apart
from watermark.errors import WatermarkError
from watermark.ledger import Entry
from watermark.reports.pictures import LARGE_SIDE_PIXELS, Pair, Pictures, draw_pairs, pages_to_show
from watermark.reports.shown import is_url

LIMITS = Limits(seconds=30.0, memory_bytes=8 << 30)
AHEAD = 4
Task = tuple[Path, tuple[int, ...], int]


def illustrated(
    entries: Iterable[Entry],
    folder: Path,
    most_pages: int,
    *,
    longest_side_pixels: int = LARGE_SIDE_PIXELS,
    limits: Limits = LIMITS,
) -> Iterator[tuple[Entry, Pictures]]:
    """Yield each entry with up to `most_pages` of its pages before and after, in order, a few articles ahead.

    Copies with a relative path lie in `folder`. An article that takes too long, crashes PDFium or cannot be drawn is
    shown without pictures, and it is said why.
    """
    workers = os.cpu_count() or 1
    waiting: deque[tuple[Entry, Future[Pictures]]] = deque()
    with ThreadPoolExecutor(workers) as threads:
        try:
            for entry in entries:
                pages = pages_to_show(entry, most_pages)
                waiting.append((entry, threads.submit(_pictures, entry, folder, pages, longest_side_pixels, limits)))
                if len(waiting) > AHEAD * workers:
                    first, future = waiting.popleft()
                    yield first, future.result()
            while waiting:
                first, future = waiting.popleft()
                yield first, future.result()
        finally:
            threads.shutdown(cancel_futures=True)


def _pictures(entry: Entry, folder: Path, pages: tuple[int, ...], longest_side_pixels: int, limits: Limits) -> Pictures:
    if not pages:
        return Pictures()
    if is_url(entry.copy):
        return Pictures(why_not="The copy does not lie on this machine.")
    try:
        task = (folder / entry.copy, pages, longest_side_pixels)
        return Pictures(pairs=apart(_pairs, task, limits))
    except WatermarkError as error:
        return Pictures(why_not=f"{error.reason[:1].upper()}{error.reason[1:]}.")
    except MemoryError:
        return Pictures(why_not="To draw it takes too much memory.")


def _pairs(task: Task) -> tuple[Pair, ...]:
    return draw_pairs(*task)

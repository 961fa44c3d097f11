"""Render the pictures of many articles in separate processes: a hang or a crash affects only one article."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from watermark.batch.ledger import LedgerEntry
from watermark.batch.reports.thumbnails import LARGE_SIDE_PIXELS, Pair, Pictures, draw_pairs, pages_to_show
from watermark.batch.storage import is_url, object_at
from watermark.errors import FailedError, RefusedError, WatermarkError
from watermark.runtime.isolation import Limits, run_isolated
from watermark.runtime.system import usable_cores

LIMITS = Limits(seconds=30.0, memory_bytes=8 << 30)
AHEAD = 4
MAX_FETCHED_BYTES = 256 << 20
MAX_FAILURES = 3
"""Consecutive failures after which a store is no longer tried, so that thousands of articles do not wait for it."""

NO_PASSWORD = "The ledger keeps no passwords. To get pictures, write an HTML report at the end of the batch."  # noqa: S105 - a message


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The pages of a copy to render, and their size. `password` opens the copy; "" if it needs none."""

    copy: Path
    pages: tuple[int, ...]
    longest_side_pixels: int
    password: str = field(default="", repr=False)


def with_thumbnails(  # noqa: PLR0913 - what to render, how, and the limits
    entries: Iterable[LedgerEntry],
    folder: Path,
    max_pages: int,
    *,
    longest_side_pixels: int = LARGE_SIDE_PIXELS,
    limits: Limits = LIMITS,
    password_of: Callable[[LedgerEntry], str] = lambda _: "",
) -> Iterator[tuple[LedgerEntry, Pictures]]:
    """Yield each entry with up to `max_pages` of its pages before and after marking, in order.

    A few articles are rendered ahead. Copies with a relative path are in `folder`; those in a cloud store are fetched,
    one at a time for each core. An article that takes too long, crashes PDFium or cannot be rendered has no pictures,
    but a reason.
    """
    workers = usable_cores()
    waiting: deque[tuple[LedgerEntry, Future[Pictures]]] = deque()
    fetching = _Fetching(limits)
    with ThreadPoolExecutor(workers) as threads:
        try:
            for entry in entries:
                drawing = Drawing(
                    copy=folder / entry.copy,
                    pages=pages_to_show(entry, max_pages),
                    longest_side_pixels=longest_side_pixels,
                    password=password_of(entry),
                )
                url = entry.copy if is_url(entry.copy) else ""
                waiting.append((entry, threads.submit(_pictures, drawing, url, fetching, limits)))
                if len(waiting) > AHEAD * workers:
                    first, future = waiting.popleft()
                    yield first, future.result()
            while waiting:
                first, future = waiting.popleft()
                yield first, future.result()
        finally:
            threads.shutdown(cancel_futures=True)


class _Fetching:
    """Fetches copies from a cloud store, until it has failed several times in a row."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._failures, self._why = 0, ""

    def into(self, scratch: Path, url: str) -> Path:
        """Return a copy of the object in the scratch folder. Raises WatermarkError if there is none."""
        if self._failures >= MAX_FAILURES:
            raise FailedError(self._why, remedy="Check the storage service.")
        try:
            path = run_isolated(_fetched, (url, scratch), self._limits)
        except WatermarkError as error:
            self._failures, self._why = self._failures + 1, error.reason
            raise
        self._failures = 0
        return path


def _pictures(drawing: Drawing, url: str, fetching: _Fetching, limits: Limits) -> Pictures:
    if not drawing.pages:
        return Pictures()
    try:
        if not url:
            return Pictures(pairs=run_isolated(_pairs, drawing, limits))
        with TemporaryDirectory(prefix="watermark-") as scratch:
            fetched = replace(drawing, copy=fetching.into(Path(scratch), url))
            return Pictures(pairs=run_isolated(_pairs, fetched, limits))
    except RefusedError as error:
        return Pictures(why_not=f"{_sentence(error)} {'' if drawing.password else NO_PASSWORD}".strip())
    except WatermarkError as error:
        return Pictures(why_not=_sentence(error))
    except MemoryError:
        return Pictures(why_not="Rendering the pages needs too much memory.")


def _sentence(error: WatermarkError) -> str:
    return f"{error.reason[:1].upper()}{error.reason[1:]}."


def _fetched(arguments: tuple[str, Path]) -> Path:
    url, scratch = arguments
    store, key = object_at(url)
    stored = store.look(key)
    if stored is None:
        raise FailedError("the copy is no longer in the store", file=url, remedy="Run the batch again.")
    if stored.size_bytes > MAX_FETCHED_BYTES:
        raise FailedError("the copy is too large to fetch for a picture", file=url, remedy="View it in the store.")
    return store.fetched(key, scratch)


def _pairs(drawing: Drawing) -> tuple[Pair, ...]:
    return draw_pairs(drawing.copy, drawing.pages, drawing.longest_side_pixels, password=drawing.password)

"""The pages of one article, read by several processes at a time: each takes the next page that no other has taken."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any, Generic, TypeVar

from watermark.errors import FailedError
from watermark.pdf.rendering import RenderedDocument
from watermark.pdf.text_lines import TextLine
from watermark.runtime.isolation import Helper, limits_for, ready_helpers

Argument = TypeVar("Argument")
Result = TypeVar("Result")

MIN_PAGES = 64
"""Of a shorter article, a process that has to be started would not be ready before the first is done."""
MIN_PAGES_WHEN_READY = 1
"""The same of a process that has helped before."""
MAX_PROCESSES = 4
"""The memory of all processes counts for the limit of the article."""
MAX_BLOCKS = 256
"""How many times pages are taken, at most: of a long article, several at a time."""
MOST_AHEAD = 2
"""How many pages a helper draws while the copy is being written."""
IN_MEMORY = "/dev/shm"  # noqa: S108 - only the folder that `mkdtemp` makes there is used
"""Linux: a file system in memory. The small files that say who takes a page are made there a hundred times faster."""
KEPT_PAGES = 64
"""How many pages a process keeps, rendered and read, to measure and compare them later: 25 MB of pixels."""
SECONDS = 24 * 3600.0
"""The process that waits has a limit of time of its own."""
_opened: dict[tuple[Path, str | None], RenderedDocument] = {}
"""In a helper: the documents of its present work."""


class _Unread:
    """The pages of articles that were too short to start a helper for, since this process began."""

    pages = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claims:
    """Pages in blocks. A block belongs to the process that first makes the file with its name."""

    folder: str
    share: int
    page_numbers: tuple[int, ...]
    block_size: int
    last: frozenset[int] = frozenset()
    """Pages that another process has in memory: they are taken last."""
    first: tuple[int, ...] = ()
    """Pages that take long: of those that are taken last and of the others, they come first, in this order."""

    def taken(self, *, from_back: bool = False) -> Iterator[int]:
        """Yield the pages that this process gets, each when it is asked for."""
        blocks = [tuple(block) for _, block in groupby(self.page_numbers, key=lambda number: number // self.block_size)]
        if from_back:
            blocks = [block[::-1] for block in reversed(blocks)]
        places = {number: place for place, number in enumerate(self.first)}
        for block in sorted(blocks, key=lambda block: (block[0] in self.last, places.get(block[0], len(places)))):
            if self._is_first(block[0] // self.block_size):
                yield from block

    def _is_first(self, block_number: int) -> bool:
        path = Path(self.folder, f"{self.share}-{block_number}")
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            return False
        except FileNotFoundError:  # the folder was removed, because the work ended with an error
            return False
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What a helper is asked: to call the function with its argument and the pages that it gets."""

    function: Callable[[Any, Iterator[int]], Any]
    argument: Any = field(repr=False)
    claims: _Claims


@dataclass(frozen=True, slots=True, kw_only=True)
class _Begun:
    """A page that a helper was asked for before its pages were shared; `holds` is as in `SharedPages.ask`."""

    page_number: int
    future: "Future[Any]"
    holds: set[int]

    @property
    def is_lost(self) -> bool:
        """Whether the helper gives no result: it has not even loaded its modules, or has crashed."""
        return self.future.cancel() or self.future.exception() is not None


class SharedPages(Generic[Result]):
    """Pages that this process takes one after the other from the front, and helpers from the back."""

    def __init__(
        self, page_numbers: Sequence[int], claims: _Claims | None = None, begun: "_Begun | None" = None
    ) -> None:
        """Share these pages by claims; without them, this process gets all. One may have been begun before."""
        self._page_numbers, self._claims, self._begun = page_numbers, claims, begun
        self._futures: list[Future[tuple[tuple[int, ...], Result]]] = []
        self._here = list[int]()
        self._holders: list[set[int]] = []
        if begun is not None:
            self._futures.append(begun.future)
            self._holders.append(begun.holds)

    def ask(self, helper: Helper, part: _Part, holds: set[int]) -> None:
        """Let a helper take pages. `holds` gets their numbers when `results` is called."""
        self._futures.append(helper.ask(_take_part, part))
        self._holders.append(holds)

    def __iter__(self) -> Iterator[int]:
        """Yield the pages that are left for this process."""
        for page_number in self._claims.taken() if self._claims else self._page_numbers:
            self._here.append(page_number)
            yield page_number
        if self._begun is not None and self._begun.is_lost:
            self._here.append(self._begun.page_number)
            yield self._begun.page_number

    def results(self) -> tuple[Result, ...]:
        """Return what the helpers that took pages found out, when this process has taken all that were left.

        Raises what they raised, or WorkerTerminatedError. A helper that is not ready in time gets no page.
        """
        missing = set(self._page_numbers) - set(self._here)
        errors, results = list[BaseException](), list[Result]()
        for future, holds in zip(self._futures, self._holders, strict=True):
            if future.cancel() or not missing:
                continue
            if error := future.exception():
                errors.append(error)
                continue
            taken, result = future.result()
            holds.update(taken)
            missing.difference_update(taken)
            results.append(result)
        if missing:
            raise errors[0] if errors else AssertionError("pages were taken by no process")
        return tuple(results)


class Team:
    """This process and its helpers, which work on one article. Without helpers, this process does everything."""

    def __init__(self, helpers: Sequence[Helper] = (), folder: str = "", page_count: int = 0) -> None:
        """Work with these helpers; the folder is for what they take."""
        self._helpers, self._folder, self._shares = tuple(helpers), folder, 0
        self._block_size = -(-page_count // MAX_BLOCKS) or 1
        self._first: tuple[int, ...] = ()
        self._holds: tuple[set[int], ...] = tuple(set() for _ in helpers)
        self._begun: dict[Callable[..., Any], _Begun] = {}

    def __bool__(self) -> bool:
        """Whether there is a helper."""
        return bool(self._helpers)

    def shared(
        self,
        page_numbers: Sequence[int],
        function: Callable[[Argument, Iterator[int]], Result],
        argument: Argument,
        *,
        is_quick: bool = False,
    ) -> SharedPages[Result]:
        """Return pages that helpers take, too: they call `function` with the argument and their pages.

        Who has read a page before takes it first. What `is_quick` takes less time than reading a page again: a helper
        takes only pages that it has. Both function and argument are pickled.
        """
        if not self._helpers or not page_numbers:
            return SharedPages(page_numbers)
        self._shares += 1
        begun = self._begun.pop(function, None)
        begun = begun if begun is not None and begun.page_number in page_numbers else None
        numbers = tuple(number for number in page_numbers if begun is None or number != begun.page_number)
        all_held = frozenset[int]().union(*self._holds)
        shared = SharedPages[Result](tuple(page_numbers), self._claims(numbers, all_held), begun)
        for helper, held in zip(self._helpers, self._holds, strict=True):
            mine = tuple(number for number in numbers if number in held) if is_quick and all_held else numbers
            last = frozenset(mine) - held if held else all_held
            part = _Part(function=function, argument=argument, claims=self._claims(mine, last))
            shared.ask(helper, part, held)
        return shared

    def begin(
        self, page_number: int, function: Callable[[Argument, Iterator[int]], Result], argument: Argument
    ) -> None:
        """Have the first helper call `function` for a page before all else: what it is asked next may take long.

        Pages that are shared for the same function are then shared without this one, which is among the results.
        """
        if self._helpers:
            self._shares += 1
            part = _Part(function=function, argument=argument, claims=self._claims((page_number,), frozenset()))
            future = self._helpers[0].ask(_take_part, part)
            self._begun[function] = _Begun(page_number=page_number, future=future, holds=self._holds[0])

    def even_out(
        self, page_count: int, function: Callable[[Argument, Iterator[int]], object], argument: Argument
    ) -> None:
        """Have helpers read pages that no helper has, from the back, until each has as many as this process."""
        share = page_count // (len(self._helpers) + 1)
        free = [number for number in range(1, page_count + 1) if not any(number in held for held in self._holds)]
        for helper, held in zip(self._helpers, self._holds, strict=True):
            missing = min(share - len(held), MOST_AHEAD)
            if share <= KEPT_PAGES and missing > 0:
                self._shares += 1
                numbers, free = free[-missing:], free[:-missing]
                claims = self._claims(tuple(numbers), frozenset())
                helper.ask(_take_part, _Part(function=function, argument=argument, claims=claims))
                held.update(numbers)

    def _claims(self, page_numbers: tuple[int, ...], last: frozenset[int]) -> _Claims:
        return _Claims(
            folder=self._folder,
            share=self._shares,
            page_numbers=page_numbers,
            block_size=self._block_size,
            last=last,
            first=self._first,
        )

    def begin_with(self, page_numbers: Sequence[int]) -> None:
        """Take these pages first whenever pages are shared: who gets one of them last would keep the others waiting."""
        self._first = tuple(page_numbers)

    def ask(self, function: Callable[[Argument], Result], argument: Argument) -> "Future[Result]":
        """Have something done by the first helper before it takes the pages that are shared next. Both are pickled."""
        return self._helpers[0].ask(function, argument)


@contextmanager
def team_for(file: Path, page_count: int, jobs: int) -> Iterator[Team]:
    """Yield a team of up to `jobs` processes that read a file. They are free for other work afterwards.

    Helpers are started for a long article, and when this process has read as many pages of short ones without any.
    """
    helpers = _helpers_for(file, page_count, jobs)
    if not helpers:
        yield Team()
        return
    in_memory = IN_MEMORY if os.access(IN_MEMORY, os.W_OK | os.X_OK) else None
    folder = tempfile.mkdtemp(prefix="watermark-pages-", dir=in_memory)
    try:
        yield Team(helpers, folder, page_count)
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # a helper that still takes pages gets no more of them
        for helper in helpers:
            helper.close(_leave)
        shutil.rmtree(folder, ignore_errors=True)  # it stayed if a helper made a file in it while it was emptied


def _helpers_for(file: Path, page_count: int, jobs: int) -> list[Helper]:
    most = min(jobs, MAX_PROCESSES) - 1
    if most < 1 or page_count < MIN_PAGES_WHEN_READY:
        return []
    if page_count < MIN_PAGES and _Unread.pages < MIN_PAGES:
        most = min(most, ready_helpers())
        if not most:
            _Unread.pages += page_count
    return [Helper(limits_for([file], seconds=SECONDS), _load) for _ in range(most)]


def opened_here(path: Path, password: str | None) -> RenderedDocument:
    """Return a document that this helper opens once, and keeps with what is drawn and read of its first pages."""
    if (path, password) not in _opened:
        _opened[path, password] = RenderedDocument(path, password=password, kept_pages=KEPT_PAGES, with_text=True)
    return _opened[path, password]


def read_lines(rendered: RenderedDocument, page_numbers: Sequence[int]) -> None:
    """Read the lines of pages of a document by its team, before it is asked for them; without a team, do nothing."""
    if rendered.team and rendered.file is not None:
        known = rendered.known_lines
        unread = [page_number for page_number in page_numbers if page_number not in known]
        shared = rendered.team.shared(unread, _lines_elsewhere, rendered.file, is_quick=True)
        for page_number in shared:
            rendered.lines(page_number)
        for lines in shared.results():
            rendered.remember_lines(lines)


def draw_ahead(rendered: RenderedDocument) -> None:
    """Have the helpers draw pages of a document that they will most probably prove: they have nothing else to do.

    What they have lent to this process is given back.
    """
    rendered.give_back()
    if rendered.team and rendered.file is not None:
        rendered.team.even_out(len(rendered), _drawn_elsewhere, rendered.file)


def _drawn_elsewhere(file: tuple[Path, str | None], page_numbers: Iterator[int]) -> None:
    for page_number in page_numbers:
        with suppress(FailedError):  # raised again for who asks for the page
            opened_here(*file).text(page_number)


def _lines_elsewhere(file: tuple[Path, str | None], page_numbers: Iterator[int]) -> dict[int, tuple[TextLine, ...]]:
    return {page_number: opened_here(*file).lines(page_number) for page_number in page_numbers}


def _take_part(part: _Part) -> tuple[tuple[int, ...], Any]:
    """Return the pages that this helper got, and what the function makes of them."""
    taken = list[int]()

    def pages() -> Iterator[int]:
        for page_number in part.claims.taken(from_back=True):
            taken.append(page_number)
            yield page_number

    result = part.function(part.argument, pages())
    return tuple(taken), result


def _load(_: None) -> None:
    """Do nothing: this module has been loaded."""


def _leave(_: None) -> None:
    for document in _opened.values():
        document.close()
    _opened.clear()

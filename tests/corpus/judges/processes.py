"""Calls in processes of their own, each a fork of one that has loaded the libraries: no file can end the court."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import IO, Any

LOADED = ["tests.corpus.judges.libraries", "tests.corpus.judges.pdfium", "tests.corpus.judges.stamping"]
CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload(LOADED)


class EndedError(Exception):
    """A process ended without an answer, or did not end in time, or raised what this error says."""


def answer_to(seconds: float, function: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401 - what it returns
    """Return what a function returns in a process of its own. Raises EndedError where it returns nothing."""
    here, there = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=_send_answer, args=(there, function, arguments), daemon=True)
    process.start()
    there.close()
    try:
        if not here.poll(seconds):
            raise EndedError(f"no answer within {seconds:g} seconds")
        answer, error = here.recv()
    except EOFError:
        raise EndedError("the process ended without an answer") from None
    finally:
        process.kill()
        process.join()
        here.close()
    if error:
        raise EndedError(error)
    return answer


def _send_answer(there: Connection, function: Callable[..., Any], arguments: tuple[object, ...]) -> None:
    try:
        there.send((function(*arguments), ""))
    except Exception as error:  # noqa: BLE001 - whatever a library raises is why there is no answer
        there.send((None, f"{type(error).__name__}: {error}"[-200:]))


@contextmanager
def stream_of(function: Callable[..., None], *arguments: object) -> Iterator[IO[bytes]]:
    """Yield what a function writes to its first argument, a file, in a process of its own; it is ended in any case."""
    here, there = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=_write, args=(there, function, arguments), daemon=True)
    process.start()
    there.close()
    try:
        with os.fdopen(os.dup(here.fileno()), "rb") as stream:
            here.close()
            yield stream
    finally:
        process.kill()
        process.join()


def _write(there: Connection, function: Callable[..., None], arguments: tuple[object, ...]) -> None:
    with os.fdopen(os.dup(there.fileno()), "wb") as stream:
        function(stream, *arguments)

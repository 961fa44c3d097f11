"""What the readers have to be told for the whole process, told while a proof reads and taken back after it."""

import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Lock

from pypdf.generic import NameObject

READERS = ("pypdf", "pypdfium2")
"""Loggers of those that read."""
NAME_ENDS = re.compile(rb"[\0\s]+|[()<>\[\]{}/%]")
"""pypdf takes a null for a part of a name; it is white space, and ends one (ISO 32000-2 table 1)."""


class _Held:
    """How many proofs are at it, in all threads: the first one changes things and the last one puts them back."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.count = 0
        self.back = ExitStack()


_HELD = _Held()


@contextmanager
def patched_readers() -> Iterator[None]:
    """Keep the readers' remarks on damaged files off the user's terminal: what matters becomes a finding.

    While any thread is inside, pypdf ends names as the standard does. Afterwards all is as the program around had it.
    """
    with _HELD.lock:
        _HELD.count += 1
        if _HELD.count == 1:
            _change(_HELD.back)
    try:
        yield
    finally:
        with _HELD.lock:
            _HELD.count -= 1
            if not _HELD.count:
                _HELD.back.close()


def _change(back: ExitStack) -> None:
    for logger in map(logging.getLogger, READERS):
        back.callback(logger.setLevel, logger.level)
        logger.setLevel(logging.CRITICAL)
    back.callback(setattr, NameObject, "delimiter_pattern", NameObject.delimiter_pattern)
    NameObject.delimiter_pattern = NAME_ENDS
    back.enter_context(warnings.catch_warnings())
    warnings.simplefilter("ignore")

"""Compiled regular expressions, kept from one command to the next.

To compile the expressions that one notice needs takes several times as long as to read it with them. Commands
therefore keep the code that `re` makes of an expression among the user's caches, as Python keeps that of modules.
Python checks such code when an expression is made of it (`_validate` in `_sre.c`), and a file that is damaged, or
that another user could have written, is not read. A library keeps and reads nothing: only a program turns this on.
"""

import hashlib
import json
import os
import re
import sys
import zlib
from array import array
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from watermark._version import __version__
from watermark.errors import WatermarkError
from watermark.runtime import expressions
from watermark.runtime.atomic_files import save as save_file
from watermark.runtime.user_cache import user_cache

PROBE = r"(?P<day>[0-9]{1,2}) (?:März|march)"
"""Compiled first, to see whether this version of Python makes expressions as this module expects."""
MAX_BYTES = 64_000_000
FEWEST_NEW = 8
"""A command that compiled fewer new expressions than this does not write the file again."""
OTHERS_WRITE = 0o022
"""The permissions of other users to write (POSIX)."""
_CODE = "I"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What `re` makes of one expression: flags, the count of its groups, their names, and its code."""

    flags: int
    groups: int
    names: dict[str, int]
    code: bytes

    def pattern(self, source: str | bytes) -> re.Pattern[Any]:
        """Return the expression. Raises RuntimeError where the engine refuses the code."""
        import _sre  # type: ignore[import-not-found]  # noqa: PLC0415 - no other implementation of Python has it

        numbered = {number: name for name, number in self.names.items()}
        index = tuple(numbered.get(number) for number in range(self.groups + 1))
        code = array(_CODE, self.code).tolist()
        made: re.Pattern[Any] = _sre.compile(source, self.flags, code, self.groups, self.names, index)
        return made


@dataclass(slots=True)
class _Store:
    """What is known from the file, which is read when the first expression is needed, and what is new."""

    path: Path
    known: dict[str, _Kept] | None = None
    new: dict[str, _Kept] = field(default_factory=dict)


_stores: list[_Store] = []


def turn_on() -> None:
    """Let this process, which is a program's own, use kept expressions, if its version of Python allows that."""
    turn_off()
    if _is_possible():
        name = f"expressions-{__version__}-{sys.implementation.cache_tag}-{sys.hexversion:x}.bin"
        _stores[:] = [_Store(user_cache() / name)]
        expressions.compile_with(compiled)


def turn_off() -> None:
    """Let this process compile each expression that it needs, and keep none."""
    _stores.clear()
    expressions.compile_with(re.compile)


def save() -> None:
    """Keep what this process has compiled, if it is more than a few expressions and the cache can be written."""
    for store in _stores:
        if len(store.new) >= FEWEST_NEW:
            store.known = {**_read(store.path), **store.new}
            store.new = {}
            try:
                store.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                save_file(store.path, _written(store.known))
            except (OSError, WatermarkError):
                pass  # the next command compiles them again


def compiled(source: str | bytes, flags: int) -> re.Pattern[Any]:
    """Return what `re.compile` returns, from what is kept or else made now and kept. Raises re.error as that does.

    It must have been turned on.
    """
    store = _stores[0]
    if store.known is None:
        store.known = _read(store.path)
    key = hashlib.sha256(f"{int(flags)} {source!r}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
    kept = store.known.get(key)
    if kept is not None:
        try:
            return kept.pattern(source)
        except (RuntimeError, TypeError, ValueError, OverflowError):
            pass  # the engine refuses this code: the expression is compiled again
    store.new[key] = made = _made(source, flags)
    return made.pattern(source)


def _is_possible() -> bool:
    """Tell whether an expression that is made here is the one that `re.compile` makes: `re` may change inside."""
    expected = re.compile(PROBE, re.IGNORECASE)
    try:
        made = _made(PROBE, re.IGNORECASE).pattern(PROBE)
    except (ImportError, AttributeError, TypeError, ValueError, RuntimeError):
        return False
    return made == expected and made.groupindex == expected.groupindex


def _made(source: str | bytes, flags: int) -> _Kept:
    """Compile an expression as `re.compile` does. Raises re.error as that does."""
    from re import _compiler, _parser  # type: ignore[attr-defined]  # noqa: PLC0415 - how `re` itself compiles

    parsed = _parser.parse(source, int(flags))
    code = array(_CODE, map(int, _compiler._code(parsed, int(flags))))  # noqa: SLF001
    state = parsed.state
    return _Kept(
        flags=int(flags) | state.flags, groups=state.groups - 1, names=dict(state.groupdict), code=code.tobytes()
    )


def _read(path: Path) -> dict[str, _Kept]:
    """Return the expressions in the file; none where it is absent, damaged, too large, or others may write it."""
    try:
        with path.open("rb") as file:
            if not _is_own(os.fstat(file.fileno())):
                return {}
            head, _, codes = file.read(MAX_BYTES).partition(b"\n")
        listed = json.loads(head)
        if listed["crc32"] != zlib.crc32(codes):
            return {}
        return {
            key: _Kept(flags=flags, groups=groups, names=names, code=codes[start : start + length])
            for key, (start, length, flags, groups, names) in listed["expressions"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _is_own(status: os.stat_result) -> bool:
    """Tell whether a file belongs to this user, and no other user may write it. Windows keeps caches per user."""
    return not hasattr(os, "getuid") or (status.st_uid == os.getuid() and not status.st_mode & OTHERS_WRITE)


def _written(kept: dict[str, _Kept]) -> bytes:
    codes = bytearray()
    listed: dict[str, list[object]] = {}
    for key, one in kept.items():
        listed[key] = [len(codes), len(one.code), one.flags, one.groups, one.names]
        codes += one.code
    head = json.dumps({"crc32": zlib.crc32(codes), "expressions": listed})
    return head.encode("ascii") + b"\n" + bytes(codes)

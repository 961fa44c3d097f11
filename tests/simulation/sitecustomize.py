"""Another system, simulated on Linux: what macOS, Windows and network shares refuse is refused in this process.

`WATERMARK_SIMULATE` names it. Put the folder of this file on PYTHONPATH: every Python process then begins with it.
`pytest -p tests.simulation.plugin` does both. Nothing here makes Linux behave like another kernel: functions are taken
away or refuse, and names are refused. What cannot be simulated is listed in .github/MEASUREMENTS.md.
"""

import errno
import importlib.machinery
import importlib.util
import mmap
import os
import sys
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

VARIABLE = "WATERMARK_SIMULATE"
SYSTEMS = ("macos", "windows", "share", "ascii")
RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(1, 10))}
_PATCHES: dict[str, dict[str, object]] = {}


class _Patched:  # `importlib.abc` would load modules that a test of start-up time looks for
    """Sets constants of a module as soon as it has been loaded, before another module takes them over."""

    def __init__(self) -> None:
        self._loaders: dict[str, Any] = {}

    def find_spec(self, name: str, path: Sequence[str] | None, _target: ModuleType | None = None) -> Any:  # noqa: ANN401
        if name not in _PATCHES or (spec := importlib.machinery.PathFinder.find_spec(name, path)) is None:
            return None
        self._loaders[name], spec.loader = spec.loader, self
        return spec

    def create_module(self, _spec: object) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        self._loaders[module.__name__].exec_module(module)
        for name, value in _PATCHES[module.__name__].items():
            assert hasattr(module, name), name
            setattr(module, name, value)


def _refuse(number: int) -> Callable[..., Any]:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


def _take_away(*names: str) -> None:
    for name in names:
        if hasattr(os, name):
            delattr(os, name)


def _like_macos() -> None:
    import resource  # noqa: PLC0415 - not on every system

    def refuse_limit(*_: object) -> None:
        raise ValueError("current limit exceeds maximum limit")

    resource.setrlimit = refuse_limit
    _take_away("sched_getaffinity", "copy_file_range", "memfd_create", "pidfd_open")
    _PATCHES["watermark.runtime.isolation.memory_use"] = {"SYSTEM": "darwin"}
    _PATCHES["watermark.runtime.memory_limit"] = {"_SYSTEM": "darwin"}


def _like_windows() -> None:
    _take_away("fchmod", "killpg", "setsid", "sched_getaffinity", "copy_file_range", "memfd_create", "pidfd_open")
    if hasattr(mmap.mmap, "madvise"):
        _PATCHES["watermark.runtime.chunks"] = {"release": lambda *_: None}
    import shutil  # noqa: PLC0415 - see below
    import subprocess  # noqa: PLC0415, F401 - it is loaded whole before something is taken away

    import psutil  # noqa: PLC0415, F401 - see above

    shutil._use_fd_functions = False  # folders cannot be opened

    for name in ("resource", "fcntl"):
        sys.modules[name] = None  # type: ignore[assignment]
    _PATCHES["watermark.runtime.isolation.process"] = {"PIPES_CAN_BE_AWAITED": False, "SECONDS_BETWEEN_LOOKS": 0.05}
    _PATCHES["watermark.runtime.isolation.memory_use"] = {"SYSTEM": "win32"}
    _PATCHES["watermark.runtime.isolation.start"] = {"allow_fork": lambda: None}
    opened, replaced, removed = os.open, os.replace, os.unlink

    def open_file(path: Any, flags: int, *rest: Any, **more: Any) -> int:  # noqa: ANN401 - as of os.open
        if isinstance(path, (str, os.PathLike)):
            if not flags & os.O_DIRECTORY and os.path.isdir(path):
                raise PermissionError(errno.EACCES, "a folder cannot be opened", str(path))
            if flags & os.O_CREAT:
                _check_name(os.fspath(path))
        return opened(path, flags, *rest, **more)

    def replace(source: Any, target: Any, **more: Any) -> None:  # noqa: ANN401 - as of os.replace
        _check_name(os.fspath(target))
        if not more:
            _check_not_open(source, "moved")
            _check_not_open(target, "replaced")
        replaced(source, target, **more)

    def unlink(path: Any, **more: Any) -> None:  # noqa: ANN401 - as of os.unlink
        if not more:
            _check_not_open(path, "removed")
        removed(path, **more)

    os.open, os.replace, os.unlink = open_file, replace, unlink  # type: ignore[assignment]
    os.rename, os.remove = replace, unlink  # type: ignore[assignment]


def _check_name(path: str | bytes) -> None:
    name = os.path.basename(os.fsdecode(path))
    if any(character in '<>:"|?*\\' or character < " " for character in name) or name.endswith((" ", ".")):
        raise OSError(errno.EINVAL, "the name is invalid", path)
    if name.split(".")[0].lower() in RESERVED:
        raise OSError(errno.EINVAL, "the name is of a device", path)


def _check_not_open(path: Any, what: str) -> None:  # noqa: ANN401 - any path
    """Raise PermissionError as Windows does when this process has the file open or mapped."""
    full = os.path.realpath(path)
    if not os.path.isfile(full):
        return
    with open("/proc/self/maps", "rb") as maps:
        is_mapped = os.fsencode(f" {full}\n") in maps.read()
    for handle in os.listdir("/proc/self/fd"):
        try:
            is_mapped = is_mapped or os.readlink(f"/proc/self/fd/{handle}") == full
        except OSError:
            continue
    if is_mapped:
        raise PermissionError(errno.EACCES, f"a file that is open cannot be {what}", str(path))


def _like_a_share() -> None:
    """SMB or FAT: no hard links, no permissions, no flushing of folders, and no name that Windows refuses."""
    import shutil  # noqa: PLC0415 - not needed elsewhere

    os.link = _refuse(errno.ENOTSUP)
    os.fchmod = _refuse(errno.EPERM)
    synced, changed = os.fsync, os.chmod

    def chmod(path: Any, mode: int, **more: Any) -> None:  # noqa: ANN401 - as of os.chmod
        if mode & 0o555 != 0o555 and not os.path.isdir(path):  # all files and folders can be read and run, and stay so
            raise PermissionError(errno.EPERM, "permissions cannot be changed", path)
        changed(path, mode, **more)

    os.chmod = chmod
    # files have the same permissions there, so that copying these changes nothing
    shutil.copystat = shutil.copymode = lambda *_, **__: None

    def fsync(handle: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{handle}"):
            raise OSError(errno.EINVAL, "folders are not flushed")
        synced(handle)

    os.fsync = fsync  # type: ignore[assignment]


def simulate(system: str) -> None:
    """Refuse in this process, from now on, what a system refuses."""
    {"macos": _like_macos, "windows": _like_windows, "share": _like_a_share, "ascii": lambda: None}[system]()
    sys.meta_path.insert(0, _Patched())


if os.environ.get(VARIABLE):
    simulate(os.environ[VARIABLE])

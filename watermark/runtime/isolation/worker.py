"""The worker process: `python -m watermark.runtime.isolation.worker` runs tasks that its parent sends down a pipe."""

import _thread
import gc
import logging
import os
import pickle
import queue
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from watermark.runtime.isolation.process import SECONDS_TO_END, current_folder, received, send
from watermark.runtime.mapped_files import allow_direct_maps
from watermark.runtime.memory_limit import limit_memory
from watermark.runtime.process_tuning import GC_THRESHOLDS
from watermark.runtime.system import SYSTEM

try:
    import resource
except ImportError:  # there is none on Windows: the deadline holds there, too
    resource = None  # type: ignore[assignment]

GROWN_BYTES = 384 << 20
"""Beyond this a process has become large, and is replaced after the task."""
_scratch: list[Path | None] = []
_is_orphan = threading.Event()
_KIBIBYTE = 1 if sys.platform == "darwin" else 1024


def main() -> None:
    """Do what comes through standard input."""
    gc.set_threshold(*GC_THRESHOLDS)  # a fork has them from its parent
    answers = os.fdopen(os.dup(1), "wb")
    serve(sys.stdin.buffer, answers)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Do what comes through a pipe until it ends, and then end at once, whatever is being done."""
    allow_direct_maps()  # the parent reports why this process ended
    os.dup2(2, 1)  # what a library prints is not a result
    logging.disable(logging.WARNING)  # advice that libraries give to programmers is not for users
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    tasks: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests, tasks), daemon=True).start()
    try:
        while True:
            task = pickle.loads(tasks.get())  # noqa: S301 - from the process that started this one
            function, argument, memory_bytes, scratch, folder = task
            _scratch.append(scratch)
            send(answers, b"")  # what the work needs is loaded: its time begins
            send(answers, _answer(function, argument, memory_bytes, folder))
            _scratch.clear()
    except KeyboardInterrupt:
        _end(128 + signal.SIGTERM)  # the process that asked for it reports why
    except BrokenPipeError:
        _is_orphan.set()
        _end(0)


def _listen(pipe: BinaryIO, tasks: "queue.SimpleQueue[bytes]") -> None:
    """Pass on what is to be done; when the process that asked is gone, the result is dropped.

    The task is then interrupted, so that it removes its temporary files; or ended, if that takes long.
    """
    while True:
        try:
            tasks.put(received(pipe))
        except EOFError:
            _is_orphan.set()
            _break_off()
            time.sleep(SECONDS_TO_END)
            _end(0)


def _break_off() -> None:
    """Raise KeyboardInterrupt in the main thread. On Windows a signal would end the process without cleaning up."""
    if SYSTEM == "win32":
        _thread.interrupt_main(signal.SIGTERM)
    else:
        os.kill(os.getpid(), signal.SIGTERM)


def _end(status: int) -> NoReturn:
    """End at once; when no other process is left to remove the folder of the current work, remove that, too."""
    for folder in _scratch:
        if _is_orphan.is_set() and folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
    os._exit(status)


def _answer(function: Callable[[Any], Any], argument: object, memory_bytes: int, folder: str) -> bytes:
    """Return the result of a task, pickled. Relative paths start from `folder`, where the caller is now."""
    limit_memory(memory_bytes)
    try:
        if folder and folder != current_folder():
            os.chdir(folder)
        result, raised = function(argument), None
    except Exception as error:  # noqa: BLE001 - it is raised where the work was asked for
        error.add_note(f"In the worker process:\n{traceback.format_exc()}")  # a traceback cannot be pickled
        result, raised = None, error
    finally:
        tempfile.tempdir = None  # the folder that this task may have chosen is removed: the next one must not use it
    return pickle.dumps((result, raised, _has_grown()))


def _has_grown() -> bool:
    """Return whether this process has had much memory.

    What the system counts begins with the memory of the parent. Where that was much, /proc knows better, which takes as
    long to read as a short task.
    """
    if resource is not None and resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KIBIBYTE <= GROWN_BYTES:
        return False
    try:
        status = Path("/proc/self/status").read_bytes()
        return (int(status.partition(b"VmHWM:")[2].split()[0]) << 10) > GROWN_BYTES
    except (OSError, ValueError, IndexError):
        return resource is not None


if __name__ == "__main__":
    main()

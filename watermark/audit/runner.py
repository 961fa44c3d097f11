"""Many PDFs, each in a process apart: a hang or a crash costs one of them, and is named."""

import os
import pickle
import select
import signal
import threading
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from watermark.audit.auditor import Question, checked, failed
from watermark.audit.classification import Checked
from watermark.errors import FailedError

try:
    import resource
except ImportError:  # there is neither this nor fork on Windows
    resource = None  # type: ignore[assignment]

SECONDS = 120.0
MEMORY_BYTES = 4 << 30
MAPS_OF_A_FILE = 8


def all_checked(questions: Sequence[Question], *, processes: int = 0, seconds: float = SECONDS) -> Iterator[Checked]:
    """Yield the class of each PDF, in their order. `processes` is 0 for as many as there are cores; no error leaves.

    A file that takes longer than so many `seconds`, or more than 4 GiB of memory, is not checked, and so is one that
    a library crashes on.
    """
    if len(questions) == 1 and hasattr(os, "fork") and threading.active_count() == 1:
        yield _forked(questions[0], seconds)
        return
    from watermark.runtime.isolation import end_all, reopen  # noqa: PLC0415 - one file is asked for without them

    with ThreadPoolExecutor(max(min(processes or _cores(), len(questions)), 1)) as threads:
        try:
            yield from threads.map(lambda question: _apart(question, seconds), questions)
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            end_all()
            threads.shutdown()
            reopen()  # for who works apart next
            raise


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _memory_bytes(question: Question) -> int:
    try:
        return MEMORY_BYTES + MAPS_OF_A_FILE * question.path.stat().st_size
    except OSError:
        return MEMORY_BYTES


def _apart(question: Question, seconds: float) -> Checked:
    from watermark.runtime.isolation import EndedError, Limits, apart  # noqa: PLC0415

    try:
        return apart(checked, question, Limits(seconds=seconds, memory_bytes=_memory_bytes(question)))
    except EndedError as error:
        return failed(question, error)
    except (MemoryError, RecursionError) as error:
        return failed(question, _beyond(f"it takes more than the machine has ({type(error).__name__})"))
    except Exception as error:  # noqa: BLE001 - a defect costs one file, never the whole run
        return failed(question, _beyond(f"a defect of this tool ({type(error).__name__}: {error})"))


def _forked(question: Question, seconds: float) -> Checked:
    """Return the class of one PDF, from a copy of this process: that takes no time to start."""
    here, there = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # a library's sleeping threads hold nothing that is used
        child = os.fork()
    if child == 0:
        try:
            os.close(here)
            _, hard = resource.getrlimit(resource.RLIMIT_AS)
            most = _memory_bytes(question)
            resource.setrlimit(resource.RLIMIT_AS, (most if hard < 0 else min(most, hard), hard))
            with os.fdopen(there, "wb") as pipe:
                pipe.write(pickle.dumps(checked(question)))
        finally:
            os._exit(0)  # nothing of the parent's is done a second time
    os.close(there)
    answer, is_late = b"", True
    try:
        with os.fdopen(here, "rb") as pipe:
            is_late = not select.select([pipe], [], [], seconds)[0]
            answer = b"" if is_late else pipe.read()
    finally:
        if is_late:
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    if is_late:
        return failed(question, _beyond(f"it took longer than {seconds:,.0f} seconds"))
    if not answer:
        how = signal.strsignal(os.WTERMSIG(status)) if os.WIFSIGNALED(status) else "it ended without a word"
        return failed(question, _beyond(f"the process that looked at it crashed ({how})"))
    result: Checked = pickle.loads(answer)  # noqa: S301 - from our own process
    return result


def _beyond(reason: str) -> FailedError:
    return FailedError(reason, remedy="Look at the file in a PDF viewer: it may be damaged, or hostile.")

"""Many PDFs, each in a process apart: a hang or a crash costs one of them, and is named."""

import os
import pickle
import select
import signal
import threading
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from watermark.audit.auditor import AuditRequest, audit_file, failed
from watermark.audit.classification import AuditResult
from watermark.errors import FailedError

try:
    import resource
except ImportError:  # there is neither this nor fork on Windows
    resource = None  # type: ignore[assignment]

SECONDS = 120.0
MEMORY_BYTES = 4 << 30
MAPPINGS_PER_FILE = 8


def audit_files(
    questions: Sequence[AuditRequest], *, processes: int = 0, seconds: float = SECONDS
) -> Iterator[AuditResult]:
    """Yield the class of each PDF, in their order. `processes` is 0 for as many as there are cores; no error leaves.

    A file that takes longer than so many `seconds`, or more than 4 GiB of memory, is not checked, and so is one that
    a library crashes on.
    """
    if len(questions) == 1 and hasattr(os, "fork") and threading.active_count() == 1:
        yield _forked(questions[0], seconds)
        return
    from watermark.runtime.isolation import accept_work, terminate_all  # noqa: PLC0415 - one file is asked for without them

    with ThreadPoolExecutor(max(min(processes or _cores(), len(questions)), 1)) as threads:
        try:
            yield from threads.map(lambda question: _apart(question, seconds), questions)
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            terminate_all()
            threads.shutdown()
            accept_work()  # for who works apart next
            raise


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _memory_bytes(question: AuditRequest) -> int:
    try:
        return MEMORY_BYTES + MAPPINGS_PER_FILE * question.path.stat().st_size
    except OSError:
        return MEMORY_BYTES


def _apart(question: AuditRequest, seconds: float) -> AuditResult:
    from watermark.runtime.isolation import Limits, WorkerTerminatedError, run_isolated  # noqa: PLC0415

    try:
        return run_isolated(audit_file, question, Limits(seconds=seconds, memory_bytes=_memory_bytes(question)))
    except WorkerTerminatedError as error:
        return failed(question, error)
    except (MemoryError, RecursionError) as error:
        return failed(question, _beyond(f"it takes more than the machine has ({type(error).__name__})"))
    except Exception as error:  # noqa: BLE001 - a defect costs one file, never the whole run
        return failed(question, _beyond(f"a defect of this tool ({type(error).__name__}: {error})"))


def _forked(question: AuditRequest, seconds: float) -> AuditResult:
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
                pipe.write(pickle.dumps(audit_file(question)))
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
    result: AuditResult = pickle.loads(answer)  # noqa: S301 - from our own process
    return result


def _beyond(reason: str) -> FailedError:
    return FailedError(reason, remedy="Look at the file in a PDF viewer: it may be damaged, or hostile.")

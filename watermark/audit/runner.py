"""Many PDFs, each in an isolated process: a hang or a crash costs one of them, and its result says so."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from watermark.audit.auditor import AuditRequest, audit_file, failed
from watermark.audit.classification import AuditResult
from watermark.errors import FailedError
from watermark.runtime.isolation import WorkerTerminatedError, accept_work, limits_for, run_isolated, terminate_all
from watermark.runtime.system import usable_cores

SECONDS = 120.0


def audit_files(
    questions: Sequence[AuditRequest], *, processes: int = 0, seconds: float = SECONDS
) -> Iterator[AuditResult]:
    """Yield the class of each PDF, in their order. `processes` is 0 for as many as there are cores; no error leaves.

    A file that takes longer than so many `seconds`, or more memory than goes with its size, is not checked, and neither
    is one that a library crashes on.
    """
    if len(questions) == 1:  # without threads, so that the worker may be a fork
        yield _isolated(questions[0], seconds)
        return
    with ThreadPoolExecutor(max(min(processes or usable_cores(), len(questions)), 1)) as threads:
        try:
            yield from threads.map(lambda question: _isolated(question, seconds), questions)
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            terminate_all()
            threads.shutdown()
            accept_work()  # for who works apart next
            raise


def _isolated(question: AuditRequest, seconds: float) -> AuditResult:
    try:
        return run_isolated(audit_file, question, limits_for([question.path], seconds=seconds))
    except WorkerTerminatedError as error:
        return failed(question, error)
    except (MemoryError, RecursionError) as error:
        return failed(question, _beyond(f"it takes more than the machine has ({type(error).__name__})"))
    except Exception as error:  # noqa: BLE001 - a defect costs one file, never the whole run
        return failed(question, _beyond(f"internal error ({type(error).__name__}: {error})"))


def _beyond(reason: str) -> FailedError:
    return FailedError(reason, remedy="Open the file in a PDF viewer: it may be damaged or malicious.")

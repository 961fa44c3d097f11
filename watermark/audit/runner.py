"""Audit many PDFs, each in an isolated process: a hang or a crash affects one of them, and its result says so."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from watermark.audit.auditor import AuditRequest, audit_file, not_checked
from watermark.audit.classification import AuditResult
from watermark.errors import FailedError, exhausted
from watermark.runtime.isolation import WorkerTerminatedError, accept_work, limits_for, run_isolated, terminate_all
from watermark.runtime.system import usable_cores

SECONDS = 120.0


def audit_files(
    requests: Sequence[AuditRequest], *, processes: int = 0, seconds: float = SECONDS
) -> Iterator[AuditResult]:
    """Yield the class of each PDF, in their order. `processes=0` means one for each core. Never raises.

    A file that takes longer than `seconds`, needs more memory than its size allows, or crashes a library is reported as
    not checked.
    """
    if len(requests) == 1:  # without threads, so that the worker may be a fork
        yield _isolated(requests[0], seconds)
        return
    with ThreadPoolExecutor(max(min(processes or usable_cores(), len(requests)), 1)) as threads:
        try:
            yield from threads.map(lambda request: _isolated(request, seconds), requests)
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            terminate_all()
            threads.shutdown()
            accept_work()  # isolated work is possible again afterwards
            raise


def _isolated(request: AuditRequest, seconds: float) -> AuditResult:
    failure: FailedError
    try:
        return run_isolated(audit_file, request, limits_for([request.path], seconds=seconds))
    except WorkerTerminatedError as error:
        failure = error
    except (MemoryError, RecursionError) as error:
        failure = exhausted(error, str(request.path))
    except Exception as error:  # noqa: BLE001 - a bug affects one file, never the whole run
        reason = f"internal error ({type(error).__name__}: {error})"
        failure = FailedError(reason, remedy="Open the file in a PDF viewer: it may be damaged or malicious.")
    return not_checked(request.path, failure.reason, failure.remedy)

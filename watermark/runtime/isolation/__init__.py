"""Tasks in a process of their own, under limits of time and memory: a hang or a crash costs one task.

The processes are used again, so that a task takes a millisecond more, not a second; one that hung, crashed or has
become large is replaced. This package knows nothing of articles.
"""

from watermark.runtime.isolation.helper import Helper, ready_helpers
from watermark.runtime.isolation.limits import Limits, limits_for
from watermark.runtime.isolation.pool import accept_work, run_isolated, terminate_all
from watermark.runtime.isolation.process import WorkerTerminatedError
from watermark.runtime.isolation.start import allow_fork

__all__ = [
    "Helper",
    "Limits",
    "WorkerTerminatedError",
    "accept_work",
    "allow_fork",
    "limits_for",
    "ready_helpers",
    "run_isolated",
    "terminate_all",
]

"""Work in a process of its own, under limits of time and memory: a hang or a crash costs that one piece of work.

The processes are used again, so that a piece of work takes a millisecond more, not a second; one that hung, crashed or
has become large is replaced. This part knows nothing of articles.
"""

from watermark.runtime.isolation.pool import accept_work, run_isolated, terminate_all
from watermark.runtime.isolation.process import Limits, WorkerTerminatedError

__all__ = ["Limits", "WorkerTerminatedError", "accept_work", "run_isolated", "terminate_all"]

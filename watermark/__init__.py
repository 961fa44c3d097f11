"""Mark a retracted article on every page, and prove that nothing else changed.

    notice   ->  what is retracted, by whom, when and why        read_notice, Notice
    plan     ->  what will be written, or why nothing may be     Job, inspect_file
    stamp    ->  mark, attach, describe, verify, then save       stamp_article, outcome_of, Outcome
    verify   ->  proof, from the copy alone                      verify_copy, Verdict
    restore  ->  the original again, byte for byte               restore_original

Each error is a `WatermarkError`, with an exit status and a remedy. The names are loaded when they are first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from watermark._version import __version__

if TYPE_CHECKING:
    from watermark.errors import WatermarkError
    from watermark.inspect import inspect_file
    from watermark.mark import MarkStyle
    from watermark.models import Outcome, Verdict
    from watermark.notice import Notice, State, read_notice
    from watermark.plan import Job
    from watermark.restore import restore_original
    from watermark.stamp import outcome_of, stamp_article
    from watermark.verify import verify_copy


__all__ = [
    "Job",
    "MarkStyle",
    "Notice",
    "Outcome",
    "State",
    "Verdict",
    "WatermarkError",
    "__version__",
    "inspect_file",
    "outcome_of",
    "read_notice",
    "restore_original",
    "stamp_article",
    "verify_copy",
]

_HOMES = {
    "Job": "plan",
    "MarkStyle": "mark",
    "Notice": "notice",
    "Outcome": "models",
    "State": "notice",
    "Verdict": "models",
    "WatermarkError": "errors",
    "inspect_file": "inspect",
    "outcome_of": "stamp",
    "read_notice": "notice",
    "restore_original": "restore",
    "stamp_article": "stamp",
    "verify_copy": "verify",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any of the public names
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

"""A PDF that is retracted and unmarked, marked in its place, as the list tells."""

import os
import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from watermark.audit.classification import AuditResult
from watermark.audit.retraction_index.index import IndexFile, RetractionIndex
from watermark.errors import FailedError, WatermarkError
from watermark.models import Result
from watermark.notice import NoticeFile, notice_in_effect
from watermark.runtime.atomic_files import sidecar_file
from watermark.stamping.isolated import stamp_isolated
from watermark.stamping.plan import StampRequest

SECONDS = 300.0


def mark_in_place(path: Path, found: AuditResult, lists: Sequence[IndexFile], marked_at: datetime) -> str:
    """Return what was done to a PDF in a sentence: a verified copy stands in its place, or it is as it was.

    The copy begins with the original's bytes: `watermark restore` gives it back. No error leaves.
    """
    try:
        before = path.stat()
        job = StampRequest(article=path, notice=_notice_for(found, lists), marked_at=marked_at)
        with TemporaryDirectory(prefix=".watermark-", dir=path.parent) as folder:
            copy = Path(folder) / path.name
            outcome = stamp_isolated(job, copy, SECONDS)
            if outcome.result is not Result.MARKED:
                return f"{path}: {outcome.reason}. {outcome.remedy}"
            if not _is_unchanged(path, before):
                return f"{path}: it changed while it was marked. Nothing was replaced: run the step again."
            shutil.copymode(path, copy)
            beside = _put_in_place(copy, outcome.sidecar, path, [one.path for one in lists])
    except WatermarkError as error:
        return f"{path}: {error.reason}. {error.remedy}"
    except OSError as error:
        return f"{path}: it cannot be written ({error.strerror}). Look at the rights of its folder."
    return f"{path}: marked as {found.state.replace('_', ' ')}{beside}. Look at it, and add it to the commit."


def _is_unchanged(path: Path, before: os.stat_result) -> bool:
    now = path.stat()
    return os.path.samestat(now, before) and (now.st_size, now.st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def _put_in_place(copy: Path, sidecar: str, path: Path, lists: Sequence[Path]) -> str:
    """Return what lies beside the copy, in words, when both have their places; where one fails, neither has."""
    if not sidecar:
        copy.replace(path)
        return ""
    record = path.with_name(Path(sidecar).name)
    with sidecar_file(record, Path(sidecar).read_bytes(), overwrite=True, inputs=(path, *lists)):
        copy.replace(path)
    return f"; {record} lies beside it"


def _notice_for(found: AuditResult, lists: Sequence[IndexFile]) -> NoticeFile:
    """Return the notice that stands for the article, from the first list that names it."""
    with ExitStack() as stack:
        for one in lists:
            index = stack.enter_context(RetractionIndex.opened(one))
            listings = index.about(found.doi)
            if listings:
                notices = [index.notice_of(listing) for listing in listings]
                return index.notice_file_of(listings[notices.index(notice_in_effect(notices))])
    raise FailedError("no list names its DOI", remedy="Mark it by hand, with `watermark stamp`.")

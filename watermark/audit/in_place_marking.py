"""Mark a retracted PDF in place, with the notice from the list."""

import os
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from watermark.audit.candidate_identifiers import CandidateIdentifiers
from watermark.audit.classification import AuditResult
from watermark.audit.list_lookup import LookupQuery, look_up
from watermark.audit.retraction_index.index import IndexFile, RetractionIndex
from watermark.errors import FailedError, WatermarkError
from watermark.models import Result
from watermark.notice import NoticeFile, notice_in_effect
from watermark.runtime.atomic_files import sidecar_file
from watermark.runtime.file_system import copy_permissions, replace_file
from watermark.stamping.in_worker_process import stamp_isolated
from watermark.stamping.plan import StampRequest
from watermark.stamping.seal import SealOptions

SECONDS = 300.0


def mark_in_place(
    path: Path,
    found: AuditResult,
    lists: Sequence[IndexFile],
    marked_at: datetime,
    seal: SealOptions | None = None,
) -> str:
    """Replace a PDF by its verified, marked copy, or leave it unchanged; return the result as one sentence.

    The copy begins with the original's bytes, so `watermark restore` recovers it. `seal` says how it is signed. Never
    raises.
    """
    try:
        before = path.stat()
        request = StampRequest(article=path, notice=_notice_for(path, found, lists), marked_at=marked_at, seal=seal)
        with TemporaryDirectory(prefix=".watermark-", dir=path.parent) as folder:
            copy = Path(folder) / path.name
            outcome = stamp_isolated(request, copy, SECONDS)
            if outcome.result is not Result.MARKED:
                options = " `watermark stamp` has an option for this." if outcome.argument else ""
                return f"{path}: {outcome.reason}. {outcome.remedy}{options}"
            if not _is_unchanged(path, before):
                return (
                    f"{path}: the file changed while it was being marked. Nothing was replaced; run the command again."
                )
            copy_permissions(path, copy)
            record = _put_in_place(copy, outcome.sidecar, path, [one.path for one in lists])
    except WatermarkError as error:
        return f"{path}: {error.reason}. {error.remedy}"
    except OSError as error:
        return f"{path}: cannot write the file ({error.strerror}). Check the permissions of its folder."
    return f"{path}: marked as {found.state.replace('_', ' ')}{record}. Check the copy, then commit it."


def _is_unchanged(path: Path, before: os.stat_result) -> bool:
    now = path.stat()
    return os.path.samestat(now, before) and (now.st_size, now.st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def _put_in_place(copy: Path, sidecar: str, path: Path, lists: Sequence[Path]) -> str:
    """Move the copy and its record into place, both or neither; return a clause with the path of the record."""
    if not sidecar:
        replace_file(copy, path)
        return ""
    record = path.with_name(Path(sidecar).name)
    with sidecar_file(record, Path(sidecar).read_bytes(), overwrite=True, inputs=(path, *lists)):
        replace_file(copy, path)
    return f"; its record is {record}"


def _notice_for(path: Path, found: AuditResult, lists: Sequence[IndexFile]) -> NoticeFile:
    """Return the notice in effect for the article, from the first list that names it."""
    with ExitStack() as stack:
        for one in lists if found.doi else ():
            index = stack.enter_context(RetractionIndex.opened(one))
            listings = index.about(found.doi)
            if listings:
                notices = [index.notice_of(listing) for listing in listings]
                return index.notice_file_of(listings[notices.index(notice_in_effect(notices))])
        if not found.doi:  # it is known by its PubMed ID or its title
            lookup = look_up(LookupQuery(path=path, identifiers=CandidateIdentifiers(dois=(), titles=())), lists)
            for one in lists if lookup.listing else ():
                if one.path == lookup.path and lookup.listing:
                    return stack.enter_context(RetractionIndex.opened(one)).notice_file_of(lookup.listing)
    raise FailedError("its DOI is not on any of the lists", remedy="Mark it with `watermark stamp`.")

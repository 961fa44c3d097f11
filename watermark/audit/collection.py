"""`watermark.check`: compare the PDFs of a collection with lists of retractions."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from watermark.audit.auditor import AuditRequest
from watermark.audit.classification import AuditResult
from watermark.audit.file_discovery import files_in
from watermark.audit.retraction_index.index import index_of
from watermark.audit.runner import SECONDS, audit_files

StrPath: TypeAlias = str | os.PathLike[str]


def check(  # noqa: PLR0913 - one keyword for each option, all with a default
    paths: StrPath | Iterable[StrPath],
    lists: StrPath | Iterable[StrPath] = (),
    *,
    thorough: bool = False,
    strict: bool = False,
    password: str | None = None,
    processes: int = 0,
    timeout: float = SECONDS,
) -> Iterator[AuditResult]:
    """Compare PDFs with lists of retractions, and yield a result for each, in their order.

        for result in watermark.check("archive/", "retraction_watch.csv"):
            if result.needs_attention:
                print(result.path, result.label, result.reason, result.remedy)

    paths
        PDFs, or folders with PDFs.
    lists
        What is retracted: Retraction Watch's CSV, Crossref's records as JSON lines, PubMed's records (NBIB), or a CSV
        with the columns doi or pmid, state and date. The first list that names an article decides. Without a list, only
        marks are looked for.
    thorough
        Also render pages without a recognisable mark, and look for one by its shape. Slower.
    strict
        Report results that could not be determined as needing attention.
    password
        The password that opens the PDFs.
    processes, timeout
        How many files to check at once (0: one for each core), and the seconds after which to give up on a file. Each
        file is checked in a separate process, so that a hostile PDF cannot stop or crash the caller.

    Raises UsageError if a path does not exist or a folder has no PDF, and NoticeError if a list cannot be read. After
    that no error is raised: a file that cannot be checked has the kind Classification.NOT_CHECKED.
    """
    indexes = tuple(index_of(path) for path in _paths(lists))
    requests = [
        AuditRequest(path=pdf, lists=indexes, password=password or "", thorough=thorough, strict=strict)
        for pdf in files_in(_paths(paths)).pdfs
    ]
    return audit_files(requests, processes=processes, seconds=timeout)


def _paths(given: StrPath | Iterable[StrPath]) -> tuple[Path, ...]:
    return (Path(given),) if isinstance(given, str | os.PathLike) else tuple(map(Path, given))

"""The folder of the user: what is stamped is saved there, and noted in a ledger like that of a batch."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePath

from watermark.batch.ledger import NAME, Ledger, LedgerEntry
from watermark.desk.downloads import ENDINGS
from watermark.desk.session import GivenArticle, Session
from watermark.runtime.atomic_files import atomic_file
from watermark.runtime.file_system import stem_that_fits
from watermark.stamping.plan.model import TOOL


def prepared_folder(folder: Path) -> Path:
    """Return the path of the ledger in a folder; both are made if they do not exist.

    Raises OSError, UsageError if another process writes the ledger, and FailedError if it cannot be used.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with Ledger.opened(folder / NAME, write=True):
        return folder / NAME


def stem_for(article: GivenArticle, session: Session) -> str:
    """Return the beginning of the names of an article's files; no other file in the user's folder begins with it."""
    if article.id not in session.stems:
        stem = stem_that_fits(PurePath(article.name).stem)
        session.stems[article.id] = _free(stem, session) if session.out else stem
    return session.stems[article.id]


def _free(stem: str, session: Session) -> str:
    """Return the stem, with a number if a file in the user's folder or another article has a name that begins so."""
    assert session.out is not None
    number, free = 1, stem
    taken = {one.casefold() for one in session.stems.values()}
    while free.casefold() in taken or any((session.out / f"{free}{ending}").exists() for ending in ENDINGS.values()):
        number += 1
        free = f"{stem} ({number})"
    return free


def save_files(files: Mapping[str, Path], folder: Path, stem: str, *, overwrite: bool) -> None:
    """Save files under their names in a folder. Raises UsageError if a name is taken, FailedError for other errors."""
    for kind, path in files.items():
        with atomic_file(folder / f"{stem}{ENDINGS[kind]}", overwrite=overwrite) as new:
            shutil.copyfile(path, new.path)
            new.commit()


def note_in_ledger(entry: LedgerEntry, ledger: Path, started_at: datetime) -> None:
    """Record an attempt; its files are in the folder of the ledger.

    Raises UsageError if another process writes the ledger, FailedError if it cannot be used.
    """
    copy, sidecar = (str(ledger.parent / name) if name else "" for name in (entry.copy, entry.sidecar))
    with Ledger.opened(ledger, write=True) as opened:
        run = opened.begin_run(started_at, TOOL)
        opened.note(run, replace(entry, started_at=started_at, copy=copy, sidecar=sidecar))
        opened.end_run(run)

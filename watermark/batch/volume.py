"""Several rows of one volume: one copy that carries all their marks, made by one worker."""

from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from watermark.batch.ledger import LedgerEntry
from watermark.batch.storage import StoredFile, digest_of, store_at
from watermark.batch.task import Task
from watermark.batch.worker import (
    Step,
    beside,
    failed_entry,
    mark_isolated,
    name_taken,
    run_task,
    scratch_folder,
    still_valid,
    timed_entry,
)
from watermark.errors import WatermarkError
from watermark.runtime.atomic_files import RECORD_SUFFIX, atomic_file, sidecar_file


def run_tasks(tasks: tuple[Task, ...]) -> tuple[LedgerEntry, ...]:
    """Return the ledger entries of tasks that write the same copy: an entry for each, in their order. Never raises.

    Each task marks what the tasks before it have left, in a process of its own: one that is refused or fails leaves the
    others as they are. The copy is published with all marks at once, so that it never has some of them only.
    """
    if len(tasks) == 1 or tasks[0].only_plan:
        return tuple(map(run_task, tasks))
    try:
        known = [still_valid(task) for task in tasks]
        earlier = tuple(entry for entry in known if entry is not None)
        if len(earlier) == len(tasks):
            return earlier
        with scratch_folder(tasks[0]) as folder:
            return _marked_in_turn(tasks, folder)
    except WatermarkError as error:
        return tuple(failed_entry(task, error) for task in tasks)


def _marked_in_turn(tasks: tuple[Task, ...], folder: Path) -> tuple[LedgerEntry, ...]:
    articles, article = store_at(tasks[0].articles), tasks[0].article
    stored = articles.look(article)  # before it is read: a file that is replaced later has another ETag
    original = latest = articles.fetched(article, folder)
    of_article: dict[str, Any] = {
        "article_sha256": digest_of(original),
        "article_size_bytes": original.stat().st_size,
        "article_etag": stored.etag if stored else "",
    }
    (steps := folder / "steps").mkdir()  # together, because the records of earlier marks are looked for there
    entries = []
    for number, task in enumerate(tasks, 1):
        step = Step(source=latest, target=steps / f"{Path(task.copy).stem}.{number}.pdf")
        entry = timed_entry(task, partial(mark_isolated, task, folder, step))
        if entry.copy:
            latest = step.target
        entries.append(replace(entry, **of_article))
    if latest is not original:
        _name_newest_record(tasks[0], entries, latest)
        entries = _published(tasks, entries, latest)
    return tuple(entries)


def _name_newest_record(task: Task, entries: list[LedgerEntry], latest: Path) -> None:
    """Give the record of the newest mark, if it is not inside the copy, the name under which it is looked for."""
    record = latest.with_suffix(RECORD_SUFFIX)
    if record.exists():
        name = Path(task.copy).with_suffix(RECORD_SUFFIX).name
        record.rename(record.with_name(name))
        newest = max(number for number, entry in enumerate(entries) if entry.copy)
        entries[newest] = replace(entries[newest], sidecar=store_at(task.out).name(beside(task.copy, name)))


def _published(tasks: tuple[Task, ...], entries: list[LedgerEntry], latest: Path) -> list[LedgerEntry]:
    """Publish the copy, and return the entries with its digest; with the error, where that fails."""
    try:
        stored = _publish(tasks[0], latest)
    except WatermarkError as error:
        return [failed_entry(task, error) if entry.copy else entry for task, entry in zip(tasks, entries, strict=True)]
    of_copy: dict[str, Any] = {
        "copy_sha256": digest_of(latest),
        "copy_size_bytes": latest.stat().st_size,
        "copy_etag": stored.etag if stored else "",
    }
    return [replace(entry, **of_copy) if entry.copy else entry for entry in entries]


def _publish(task: Task, latest: Path) -> StoredFile | None:
    """Store the copy and the records beside it. Raises UsageError if another file has its name.

    A copy with these bytes is there already if a worker stored it and was lost before it could report.
    """
    out = store_at(task.out)
    if out.look(task.copy) is not None and not task.may_replace:
        if digest_of(latest) != out.digest(task.copy):
            raise name_taken(task)
        return out.look(task.copy)
    records = {beside(task.copy, path.name): path for path in sorted(latest.parent.glob(f"*{RECORD_SUFFIX}"))}
    staged = {key: out.staging_path(key, latest.parent.parent) for key in (*records, task.copy)}
    with ExitStack() as stack, atomic_file(staged[task.copy], overwrite=task.may_replace) as copy:
        copy.write(latest, latest.stat().st_size, b"")
        for key, path in records.items():
            stack.enter_context(sidecar_file(staged[key], path.read_bytes(), overwrite=task.may_replace))
        copy.commit()
    for key in records:
        out.publish(key, staged[key])
    return out.publish(task.copy, staged[task.copy])

"""Several rows of one volume: one copy that carries all their marks, made by one worker."""

from collections.abc import Mapping
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
    failed_entry,
    mark_isolated,
    name_taken,
    record_key,
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
        step = Step(source=latest, target=steps / f"{number}.pdf")
        entry = timed_entry(task, partial(mark_isolated, task, folder, step))
        if entry.copy:
            latest = step.target
        entries.append(replace(entry, **of_article))
    if latest is not original:
        entries = _published(tasks, entries, latest)
    return tuple(entries)


def _published(tasks: tuple[Task, ...], entries: list[LedgerEntry], latest: Path) -> list[LedgerEntry]:
    """Publish the copy, and return the entries with its digest; with the error, where that fails."""
    task, out = tasks[0], store_at(tasks[0].out)
    keys = {
        number: record_key(task.copy, number if f"{number}.pdf" != latest.name else 0)
        for number, entry in enumerate(entries, 1)
        if entry.sidecar
    }
    try:
        stored = _publish(task, latest, keys)
    except WatermarkError as error:
        return [failed_entry(task, error) if entry.copy else entry for task, entry in zip(tasks, entries, strict=True)]
    of_copy: dict[str, Any] = {
        "copy_sha256": digest_of(latest),
        "copy_size_bytes": latest.stat().st_size,
        "copy_etag": stored.etag if stored else "",
    }
    return [
        replace(entry, sidecar=out.name(keys[number]) if number in keys else "", **of_copy) if entry.copy else entry
        for number, entry in enumerate(entries, 1)
    ]


def _publish(task: Task, latest: Path, keys: Mapping[int, str]) -> StoredFile | None:
    """Store the copy, and the record of each mark under its key. Raises UsageError if another file has its name.

    A copy with these bytes is there already if a worker stored it and was lost before it could report.
    """
    out = store_at(task.out)
    if out.look(task.copy) is not None and not task.may_replace:
        if digest_of(latest) != out.digest(task.copy):
            raise name_taken(task)
        return out.look(task.copy)
    records = {key: latest.with_name(f"{number}{RECORD_SUFFIX}") for number, key in keys.items()}
    staged = {key: out.staging_path(key, latest.parent.parent) for key in (*records, task.copy)}
    with ExitStack() as stack, atomic_file(staged[task.copy], overwrite=task.may_replace) as copy:
        copy.write(latest, latest.stat().st_size, b"")
        for key, path in records.items():
            stack.enter_context(sidecar_file(staged[key], path.read_bytes(), overwrite=task.may_replace))
        copy.commit()
    for key in records:
        out.publish(key, staged[key])
    return out.publish(task.copy, staged[task.copy])

"""Turn a row of the manifest into tasks, one for each article, or into ledger entries if no task is needed."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from watermark.batch.ledger import Ledger, LedgerEntry, Run
from watermark.batch.manifest import GivenNotice, ManifestRow
from watermark.batch.storage import StoredFile, store_at
from watermark.batch.task import BatchOptions, Task, copy_key, plan_digest, profile_for
from watermark.batch.worker import failed_entry
from watermark.errors import UsageError, WatermarkError
from watermark.models import Result
from watermark.notice import normalised_doi
from watermark.stamping.profile import Profile

NOT_FOUND = "not found"
REMOVE = "Remove one of the two lines from the manifest."
ALL_LINES = "Put the lines for all articles of the volume into one manifest; or remove the copy, then run again."
NOTHING = GivenNotice(name="", data=b"")
MAX_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class UpToDate:
    """An entry of an earlier attempt that is still valid: nothing has to be done."""

    entry: LedgerEntry


Prepared: TypeAlias = tuple[Task, ...] | LedgerEntry | UpToDate
"""The tasks of the rows that write one copy; or a result."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """What is needed to prepare a row. `articles` and `out` are locations of stores."""

    ledger: Ledger
    run: Run
    articles: str
    out: str
    options: BatchOptions
    scratch: str = ""
    resume: bool = True
    only_plan: bool = False
    ignores_case: bool = False
    """Whether copies whose names differ only in case or Unicode form would be the same file."""
    _volumes: dict[str, list[tuple[ManifestRow, Task]]] = field(default_factory=dict)
    """The rows that name pages of a file, by the key of the file: `of` keeps them for `volumes`."""

    def of(self, row: ManifestRow) -> Iterator[Prepared]:
        """Yield the tasks for each article of the row that may have to be marked, or the entry of the row.

        Rows that name pages of a file yield nothing: `volumes` has them when all rows are known.
        """
        blank = self._task(row, row.name, row.article, self.options.profile)
        try:
            if row.problem is not None:
                raise row.problem
            profile = profile_for(row, self.options)
        except WatermarkError as error:
            yield self._settled(blank, error)
            return
        if row.article:
            try:
                article = store_at(self.articles).find(row.article)
            except WatermarkError as error:
                yield self._settled(blank, error)
            else:
                yield from self._found(row, self._task(row, row.name, article, profile))
            return
        doi = normalised_doi(row.overrides.doi)
        paths = self.ledger.index.paths_of(doi)
        if not paths:
            yield self._not_found(blank, f"no PDF has the DOI {doi}", is_listed=row.is_listed)
        for number, path in enumerate(paths):
            yield from self._found(row, self._task(row, f"{row.name} ({path})" if number else row.name, path, profile))

    def volumes(self) -> Iterator[Prepared]:
        """Yield the tasks of the rows that name pages of a file: those of one file together, in their order."""
        while self._volumes:
            rows = self._volumes.pop(next(iter(self._volumes)))
            by_name: dict[str, tuple[ManifestRow, Task]] = {}
            for row, task in rows:
                if (first := by_name.setdefault(task.row, (row, task))[0]) is not row:
                    yield self._twice(task, row.place, first.place)
            yield from self._together(list(by_name.values()))

    def _found(self, row: ManifestRow, task: Task) -> Iterator[Prepared]:
        if row.overrides.part:
            self._volumes.setdefault(task.article, []).append((row, task))
        else:
            yield from self._together([(row, task)])

    def _together(self, rows: Sequence[tuple[ManifestRow, Task]]) -> Iterator[Prepared]:
        """Yield the tasks of the rows that write one copy, if one of them has to be done, or their entries."""
        tasks = [task for _, task in rows]
        place = rows[0][0].place
        try:
            if first := self._claimed(tasks, place):
                yield from (self._twice(task, row.place, first) for (row, _), task in zip(rows, tasks, strict=True))
                return
            self._keep_other_parts(tasks)
            stored = store_at(self.articles).look(tasks[0].article)
        except WatermarkError as error:
            yield from (self._settled(task, error) for task in tasks)
            return
        if stored is None:
            for (row, _), task in zip(rows, tasks, strict=True):
                yield self._not_found(task, "the file does not exist", is_listed=row.is_listed)
            return
        known = [self._known(task, stored) for task in tasks]
        finished = [item for item in known if isinstance(item, UpToDate)]
        if len(finished) == len(known):
            yield from finished
        else:  # a copy is made with all its marks, or not at all
            yield tuple(
                replace(task, known=item.entry) if isinstance(item, UpToDate) else item
                for task, item in zip(tasks, known, strict=True)
            )

    def _known(self, task: Task, stored: StoredFile) -> Task | UpToDate:
        may_replace = self.ledger.owns_copy(store_at(self.out).name(task.copy))
        task = replace(task, size_bytes=stored.size_bytes, may_replace=may_replace)
        known = self.ledger.latest(task.row) if self.resume else None
        if known is None or known.plan_digest != task.plan_digest or known.result == NOT_FOUND:
            return task
        if known.result == Result.FAILED:
            return UpToDate(entry=known) if self.ledger.previous_owner(self.run, known) else task
        return replace(task, known=known)

    def _claimed(self, tasks: Sequence[Task], place: str) -> str:
        """Return the place of the row of the manifest that has one of these names, or would write this copy, or ""."""
        copy = tasks[0].copy
        copy = unicodedata.normalize("NFC", copy).casefold() if self.ignores_case else copy
        names = (*(f"row {task.row}" for task in tasks), f"copy {copy}")
        return next(filter(None, (self.ledger.reserve_name(name, place) for name in names)), "")

    def _twice(self, task: Task, place: str, first: str) -> LedgerEntry | UpToDate:
        """Return the entry of a row whose name or copy another row has: this row gets a name of its own."""
        error = UsageError(
            f"{first} names the same article, or one whose copy has the same name", place=place, remedy=REMOVE
        )
        return self._settled(replace(task, row=f"{task.row} ({place})"), error)

    def _keep_other_parts(self, tasks: Sequence[Task]) -> None:
        """Raise UsageError if the copy carries marks of rows that are not here: it is made again from the original."""
        name, rows = store_at(self.out).name(tasks[0].copy), {task.row for task in tasks}
        others = [row for row in self.ledger.parts_of_copy(name) if row not in rows]
        if others and store_at(self.out).look(tasks[0].copy) is not None:
            raise UsageError(
                f"the copy carries marks that this manifest does not name: {'; '.join(others[:MAX_NAMED])}",
                remedy=ALL_LINES,
            )

    def _not_found(self, task: Task, why: str, *, is_listed: bool) -> LedgerEntry | UpToDate:
        status = 0 if is_listed else 4
        remedy = "" if is_listed else "Check the file name and the folder of the articles."
        entry = replace(task.new_entry(), result=NOT_FOUND, exit_status=status, reason=why, remedy=remedy)
        return self._same_again(entry)

    def _settled(self, task: Task, error: WatermarkError) -> LedgerEntry | UpToDate:
        return self._same_again(failed_entry(task, error))

    def _same_again(self, entry: LedgerEntry) -> LedgerEntry | UpToDate:
        """Return the earlier entry if it has the same result."""
        known = self.ledger.latest(entry.row)
        same = ("result", "reason", "plan_digest", "article")
        if known is not None and all(getattr(known, name) == getattr(entry, name) for name in same):
            return UpToDate(entry=known)
        return entry

    def _task(self, row: ManifestRow, name: str, article: str, profile: Profile) -> Task:
        return Task(
            row=name,
            attempt=0,
            articles=self.articles,
            article=article,
            out=self.out,
            copy=copy_key(article) if article else "",
            notice=row.notice or NOTHING,
            overrides=row.overrides,
            password=row.password,
            marked_at=self.run.marked_at,
            options=self.options,
            profile=profile,
            plan_digest=plan_digest(row, self.options, profile),
            only_plan=self.only_plan,
            scratch=self.scratch,
        )

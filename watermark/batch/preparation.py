"""Turn a row of the manifest into tasks, one for each article, or into ledger entries if no task is needed."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

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
ONE_AFTER_THE_OTHER = "Mark the articles of a volume one after the other: the second one in the copy of the first."
NOTHING = GivenNotice(name="", data=b"")


@dataclass(frozen=True, slots=True, kw_only=True)
class UpToDate:
    """An entry of an earlier attempt that is still valid: nothing has to be done."""

    entry: LedgerEntry


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

    def of(self, row: ManifestRow) -> Iterator[Task | LedgerEntry | UpToDate]:
        """Yield a task for each article of the row that may have to be marked, or the entry of the row."""
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
                yield self._one(row, self._task(row, row.name, article, profile))
            return
        doi = normalised_doi(row.overrides.doi)
        paths = self.ledger.index.paths_of(doi)
        if not paths:
            yield self._not_found(blank, f"no PDF has the DOI {doi}", is_listed=row.is_listed)
        for number, path in enumerate(paths):
            yield self._one(row, self._task(row, f"{row.name} ({path})" if number else row.name, path, profile))

    def _one(self, row: ManifestRow, task: Task) -> Task | LedgerEntry | UpToDate:
        try:
            self._claim(task, row.place)
            stored = store_at(self.articles).look(task.article)
        except WatermarkError as error:
            if error.place:  # another row has this name, so this row gets a name of its own
                task = replace(task, row=f"{task.row} ({row.place})")
            return self._settled(task, error)
        if stored is None:
            return self._not_found(task, "the file does not exist", is_listed=row.is_listed)
        return self._known(task, stored)

    def _known(self, task: Task, stored: StoredFile) -> Task | UpToDate:
        task = replace(
            task,
            limits=self.options.limits_for(stored.size_bytes),
            may_replace=self.ledger.owns_copy(store_at(self.out).name(task.copy)),
        )
        known = self.ledger.latest(task.row) if self.resume else None
        if known is None or known.plan_digest != task.plan_digest or known.result == NOT_FOUND:
            return task
        if known.result == Result.FAILED:
            return UpToDate(entry=known) if self.ledger.previous_owner(self.run, known) else task
        return replace(task, known=known)

    def _claim(self, task: Task, place: str) -> None:
        """Raise UsageError when another row of the manifest has this name, or would write this copy."""
        copy = unicodedata.normalize("NFC", task.copy).casefold() if self.ignores_case else task.copy
        for name in (f"row {task.row}", f"copy {copy}"):
            first = self.ledger.reserve_name(name, place)
            if first:
                raise UsageError(
                    f"{first} names the same article, or one whose copy has the same name",
                    place=place,
                    remedy=ONE_AFTER_THE_OTHER if task.overrides.pages or task.overrides.printed_pages else REMOVE,
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
            limits=self.options.limits_for(0),
            profile=profile,
            plan_digest=plan_digest(row, self.options, profile),
            only_plan=self.only_plan,
            scratch=self.scratch,
        )

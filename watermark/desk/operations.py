"""What the page can ask for, without HTTP: give files, correct a notice, preview, stamp."""

import secrets
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import anyio.to_thread
import msgspec

from watermark.article import Match
from watermark.batch.ledger import NAME
from watermark.desk.downloads import download_name
from watermark.desk.save_folder import note_in_ledger, save_files, stem_for
from watermark.desk.session import Done, GivenArticle, GivenFont, GivenNotice, Session, found
from watermark.desk.work.articles import Stamped, draw, inspect, matches, record_in, stamp
from watermark.desk.work.case_file_papers import CERTIFICATE, LETTER, PaperNames, write_report
from watermark.desk.work.choices import Choices
from watermark.desk.work.fonts import check_font
from watermark.desk.work.notices import ReadNotice, corrected, look_up, read
from watermark.desk.workers import Workers
from watermark.errors import UsageError, WatermarkError, only_watermark_errors
from watermark.models import Result
from watermark.notice import NoticeFile
from watermark.stamping.unmarked_outcomes import failed_outcome

MAX_PRINTED_DOIS = 4
"""How many DOIs on the first pages of an article are looked up in a list: its own is one of the first."""
REASONS = ("force_match", "over_existing_mark")
"""The choices that are a person's reasons."""


class Desk:
    """A session and the workers that do its work. Each method leaves the session as it says, or raises."""

    def __init__(self, session: Session) -> None:
        """Work for a session."""
        self.session = session
        self._workers = Workers(session.folder)

    async def add_article(self, article: GivenArticle) -> None:
        """Add an article whose file is in its folder, find out what it is, and find its notice."""
        self.session.add_article(article)
        await self._inspect(article)
        await self._pair(article)

    async def add_notice(self, notice: GivenNotice, *, state: str = "", doi: str = "") -> None:
        """Read a notice whose file is saved, and find the articles that it is about."""
        assert notice.path is not None
        self.session.notices[notice.id] = notice
        reading = partial(read, notice.path, notice.name, state=state, doi=doi)
        try:
            notice.found, notice.problem = await self._workers.run(reading, [notice.path]), None
            notice.notice = notice.found.file.notice
            notice.corrected = {}
        except WatermarkError as error:
            notice.found, notice.notice, notice.problem = None, None, error
        await self._pair_all()

    async def look_up(self, doi: str, mailto: str) -> GivenNotice:
        """Return the notice that Crossref has for a DOI. Raises what `fetched_notice` raises."""
        result = await self._workers.run(partial(look_up, doi, mailto))
        notice = self._add_result(result, result.file.name)
        await self._pair_all()
        return notice

    def _add_result(self, result: ReadNotice, name: str) -> GivenNotice:
        """Add what was read from no file of its own to the session, as a notice."""
        identifier, _ = self.session.new_folder()
        notice = GivenNotice(id=identifier, name=name, path=None, found=result, notice=result.file.notice)
        self.session.notices[identifier] = notice
        return notice

    async def correct(self, notice: GivenNotice, changes: Mapping[str, Any]) -> None:
        """Replace fields of a notice by what a person writes; `changes` are all that differ from what was read.

        Raises NoticeError for a value that is not allowed; the notice is then as it was.
        """
        if notice.found is None:
            raise UsageError("this notice could not be read", remedy="Give another file.", code="not-found")
        notice.notice = corrected(notice.found.file.notice, changes)
        notice.corrected = dict(changes)
        for article in self.session.articles.values():
            if article.notice_id == notice.id:
                article.forget_attempt()
        await self._pair_all(only=notice.id)

    async def remove_notice(self, notice: GivenNotice) -> None:
        """Remove a notice; its articles get another one that is about them."""
        self.session.remove_notice(notice)
        await self._pair_all()

    async def choose_notice(self, article: GivenArticle, notice: GivenNotice | None) -> None:
        """Give an article a notice, or none."""
        article.notice_id, article.is_chosen, article.match = notice.id if notice else "", notice is not None, None
        article.forget_attempt()
        if notice is not None:
            await self._match(article)

    async def stamp(self, article: GivenArticle, choices: Choices) -> Done:
        """Mark an article, verify the copy, and return what was done; a refusal is recorded as well."""
        self.session.check_room()
        notice, given = self._notice_of(article)
        identifier, folder = self.session.new_folder()
        at, password, stem = datetime.now(UTC), choices.password or article.password, stem_for(article, self.session)
        is_saved = any(one.article.id == article.id and one.files for one in self.session.done.values())
        stamped = await self.attempt(article, choices, folder=folder, stem=stem)
        files = await self._files(stamped, folder, password)
        done = Done(
            id=identifier,
            article=article,
            article_name=article.name,
            notice_name=given.name,
            notice=notice.notice,
            at=at,
            stamped=stamped,
            reasons=tuple(reason for name in REASONS if (reason := getattr(choices, name).strip())),
            files=files,
            stem=stem,
            password=password,
            not_saved=await self._saved(stamped, files, at, stem, overwrite=is_saved) if self.session.out else "",
        )
        self.session.add_done(done)
        return done

    async def _saved(
        self, stamped: Stamped, files: Mapping[str, Path], at: datetime, stem: str, *, overwrite: bool
    ) -> str:
        """Save the files of an attempt in the user's folder, and note it in the ledger there; return why not, or ""."""
        out = self.session.out
        assert out is not None
        try:
            with only_watermark_errors(out):
                await anyio.to_thread.run_sync(partial(save_files, files, out, stem, overwrite=overwrite))
                if stamped.entry is not None:
                    await anyio.to_thread.run_sync(note_in_ledger, stamped.entry, out / NAME, at)
        except WatermarkError as error:
            return error.reason
        return ""

    async def report(self, done: Done) -> Path:
        """Return the path of the HTML report on a marked article; it is made when it is first asked for."""
        copy, entry = found(done.files, "copy"), done.stamped.entry
        path = copy.with_name("report.html")
        if entry is not None and not path.exists():
            partly = copy.with_name(f"{secrets.token_hex(8)}.html")
            await self._workers.run(partial(write_report, entry, copy, partly, password=done.password), [copy])
            partly.replace(path)
        return path

    async def add_font(self, font: GivenFont) -> None:
        """Add a font whose file is saved. Raises UsageError if it cannot be used or must not be embedded."""
        await self._workers.run(partial(check_font, font.file), [font.file.path])
        self.session.add_font(font)

    async def picture(self, article: GivenArticle, page_number: int, width_pixels: int, *, is_after: bool) -> bytes:
        """Return a page of the article, or of the copy in its preview, as a PNG image.

        It is b"" if the preview, or the article, was removed since the page was asked for. Raises UsageError.
        """
        path = article.preview if is_after else article.path
        if path is None:
            if article.preview_number:
                return b""
            raise UsageError("there is no preview", remedy="Wait until it is made.", code="not-found")
        drawing = partial(draw, path, page_number, width_pixels, password=article.password)
        try:
            return await self._workers.run(drawing, [path])
        except WatermarkError:
            if article.id in self.session.articles and (not is_after or article.preview == path):
                raise
            return b""

    async def use_as_notice(self, article: GivenArticle) -> GivenNotice:
        """Take a file that was given as an article for a notice instead."""
        self.session.check_room(notices=1)
        identifier, folder = self.session.new_folder()
        path = folder / "notice"
        shutil.copyfile(article.path, path)
        self.session.remove_article(article)
        notice = GivenNotice(id=identifier, name=article.name, path=path)
        await self.add_notice(notice)
        return notice

    async def open_with(self, article: GivenArticle, password: str) -> None:
        """Find out what an article is with its password."""
        article.password = password
        await self._inspect(article)
        await self._pair(article)

    async def _inspect(self, article: GivenArticle) -> None:
        inspection = partial(inspect, article.path, password=article.password)
        try:
            article.info, article.problem = await self._workers.run(inspection, [article.path]), None
        except WatermarkError as error:
            article.info, article.problem = None, error

    async def _pair_all(self, only: str = "") -> None:
        for article in tuple(self.session.articles.values()):
            if only and article.notice_id == only:
                await self._match(article)
            else:
                await self._pair(article)

    async def _pair(self, article: GivenArticle) -> None:
        """Give an article the notice that is about it; the only one, where there is only one.

        What a person chose stays, and so do a notice that is about the article and one that it was stamped for.
        """
        is_settled = article.is_chosen or article.is_done or (article.match and article.match.match is Match.MATCH)
        if article.info is None or (article.notice_id and is_settled):
            return
        await self._pick_from_lists(article)
        readable = [notice for notice in self.session.notices.values() if notice.notice is not None]
        if not readable:
            return
        notices = [one.notice for one in readable if one.notice]
        results = await self._workers.run(partial(matches, article.info.identity, notices))
        pairs = list(zip(readable, results, strict=True))
        fitting = [pair for pair in pairs if pair[1].match is Match.MATCH] or (pairs if len(pairs) == 1 else [])
        if fitting and fitting[0][0].id != article.notice_id:
            article.forget_attempt()
            article.notice_id, article.match = fitting[0][0].id, fitting[0][1]

    async def _pick_from_lists(self, article: GivenArticle) -> None:
        """Add what each list of many retractions says of an article, as a notice of its own."""
        assert article.info is not None
        identity = article.info.identity
        dois = dict.fromkeys(one.value for one in (*identity.dois, *identity.printed_dois[:MAX_PRINTED_DOIS]))
        lists = [one for one in self.session.notices.values() if one.problem and one.problem.argument == "doi"]
        for given in lists:
            assert given.path is not None
            for doi in dois:
                name = f"{given.name}: {doi}"
                if any(one.name == name for one in self.session.notices.values()):
                    continue
                try:
                    self.session.check_room(notices=1)
                    result = await self._workers.run(partial(read, given.path, given.name, doi=doi), [given.path])
                except WatermarkError:
                    continue  # the list does not have this article, or the desk is full
                self._add_result(result, name)

    async def _match(self, article: GivenArticle) -> None:
        notice = self.session.notices[article.notice_id].notice
        if article.info is not None and notice is not None:
            identifier = article.notice_id
            (result,) = await self._workers.run(partial(matches, article.info.identity, [notice]))
            if article.notice_id == identifier:
                article.match = result

    def _notice_of(self, article: GivenArticle) -> tuple[NoticeFile, GivenNotice]:
        """Return the notice of an article as it is corrected. Raises UsageError if there is none."""
        given = self.session.notices.get(article.notice_id)
        if given is None or given.found is None or given.notice is None:
            raise UsageError("the article has no notice", remedy="Give the notice first.", code="no-notice")
        return replace(given.found.file, notice=given.notice), given

    async def attempt(
        self, article: GivenArticle, choices: Choices, *, folder: Path | None = None, stem: str = ""
    ) -> Stamped:
        """Mark an article, and keep the outcome and its pages to be looked at, if nothing newer was begun.

        Without a `folder` it is a preview: the copy that `stamp` would make, or why it would not.
        """
        notice, _ = self._notice_of(article)
        article.preview_number += 1
        number = article.preview_number
        passwords = self.session.seal_passwords
        choices = msgspec.structs.replace(
            choices,
            password=choices.password or article.password,
            seal_password=choices.seal_password or passwords.get(choices.profile, ""),
        )
        copy = (folder or article.folder) / ("copy.pdf" if folder else f"preview-{number}.pdf")
        marking = partial(
            stamp,
            article.path,
            notice,
            choices,
            copy,
            profiles=self.session.profiles,
            fonts={font.id: font.file for font in self.session.fonts.values()},
            papers=_paper_names(article.name, stem) if folder else None,
        )
        try:
            stamped = await self._workers.run(marking, [article.path])
        except WatermarkError as error:  # the worker was ended
            stamped = Stamped(outcome=failed_outcome(article.path, error))
        if stamped.outcome.argument == "seal_password":
            passwords.pop(choices.profile, None)  # a token is locked after a few wrong ones
        elif choices.seal_password:
            passwords[choices.profile] = choices.seal_password
        choices = msgspec.structs.replace(choices, seal_password="")
        if number == article.preview_number:
            article.forget_attempt()
            article.preview_number = number
            article.tried, article.choices = stamped, choices
            article.password = choices.password
            article.is_done = folder is not None and stamped.outcome.result is Result.MARKED
            article.preview = copy if stamped.outcome.result is Result.MARKED else None
        elif folder is None:
            copy.unlink(missing_ok=True)
        return stamped

    async def _files(self, stamped: Stamped, folder: Path, password: str) -> dict[str, Path]:
        """Return the files that were made, by their kinds: the copy, and its record, also where it is in the copy."""
        if stamped.outcome.result is not Result.MARKED:
            return {}
        files = {"copy": folder / "copy.pdf"}
        papers = {"certificate": folder / CERTIFICATE, "letter": folder / LETTER}
        files |= {kind: path for kind, path in papers.items() if path.is_file()}
        if stamped.outcome.sidecar:
            return files | {"record": Path(stamped.outcome.sidecar)}
        receipt = stamped.outcome.receipt
        digests = [item.sha256 for item in receipt.files if item.kind == "record"] if receipt else []
        if not digests:
            return files
        record = await self._workers.run(
            partial(record_in, files["copy"], digests[-1], password=password), [files["copy"]]
        )
        if record:
            (folder / "record.json").write_bytes(record)
            files["record"] = folder / "record.json"
        return files


def _paper_names(article_name: str, stem: str) -> PaperNames:
    kinds = ("copy", "record", "certificate")
    return PaperNames(article=article_name, **{kind: download_name(stem, kind) for kind in kinds})

"""What the desk knows while it is open: the files that were given to it, and what was done with them.

It is one person's, and is in memory: the files themselves are in one private folder, which goes when the desk ends.
"""

import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from watermark.article import ArticleInfo, MatchResult
from watermark.desk.work.articles import Stamped
from watermark.desk.work.choices import Choices
from watermark.desk.work.fonts import FontFile
from watermark.desk.work.notices import ReadNotice
from watermark.errors import UsageError, WatermarkError
from watermark.notice import Notice

MAX_ARTICLES, MAX_NOTICES, MAX_FONTS, MAX_DONE = 500, 600, 20, 2_000
MAX_ARTICLE_BYTES = 512 << 20
MAX_NOTICE_BYTES = 20_000_000
"""The same as for the reader of notices: the most bytes of a PDF or a Word document."""
MAX_FONT_BYTES = 64 << 20
"""As the reader of fonts."""
MAX_TOTAL_BYTES = 4 << 30
"""Of articles, fonts and copies, on the disk."""
MAX_NOTICES_BYTES = 256 << 20
"""Of all notices: they are in memory."""

Item = TypeVar("Item")


@dataclass(slots=True, kw_only=True)
class GivenNotice:
    """A notice that was given. `found` is what was read, `problem` why it could not be; `notice` may be corrected."""

    id: str
    name: str
    path: Path | None
    found: ReadNotice | None = None
    notice: Notice | None = None
    problem: WatermarkError | None = None
    corrected: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenFont:
    """A font file that was given, and can be used."""

    id: str
    file: FontFile
    size_bytes: int


@dataclass(slots=True, kw_only=True)
class GivenArticle:
    """An article that was given. `info` is what it is, `problem` why that cannot be found out.

    `notice_id` names its notice, "" for none; `is_chosen` tells that a person chose it; `match` is how both fit.
    `tried` is the newest preview or attempt, and `preview` the path of the copy that the preview shows, None where
    there is none.
    """

    id: str
    name: str
    folder: Path
    size_bytes: int
    info: ArticleInfo | None = None
    problem: WatermarkError | None = None
    password: str = field(default="", repr=False)
    notice_id: str = ""
    is_chosen: bool = False
    match: MatchResult | None = None
    choices: Choices = field(default_factory=Choices)
    tried: Stamped | None = None
    is_done: bool = False
    preview: Path | None = None
    preview_number: int = 0

    @property
    def path(self) -> Path:
        """Where the article is in the private folder."""
        return self.folder / "article.pdf"

    def forget_attempt(self) -> None:
        """Remove the preview and the outcome: the notice or the choices are others now, also for one that is made."""
        self.preview_number += 1
        if self.preview is not None and self.preview.parent == self.folder:
            self.preview.unlink(missing_ok=True)
        self.tried, self.preview, self.is_done = None, None, False


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """An article that was marked, or refused: the outcome, when (UTC), and the files by their kinds.

    The names of the files begin with `stem`. `not_saved` is why they are not in the user's folder as well.
    """

    id: str
    article: GivenArticle
    article_name: str
    notice_name: str
    notice: Notice
    at: datetime
    stamped: Stamped
    reasons: tuple[str, ...]
    files: Mapping[str, Path]
    stem: str
    password: str = field(default="", repr=False)
    not_saved: str = ""


class Session:
    """The files and results of one desk. It has no locks: only the thread of the event loop changes it."""

    def __init__(
        self, folder: Path, profiles: Mapping[str, Path], ledger: Path | None = None, out: Path | None = None
    ) -> None:
        """Keep files in `folder`, which is this desk's alone. The others are from the command line."""
        self.folder, self.profiles, self.ledger, self.out = folder, profiles, ledger, out
        self.articles: dict[str, GivenArticle] = {}
        self.notices: dict[str, GivenNotice] = {}
        self.fonts: dict[str, GivenFont] = {}
        self.done: dict[str, Done] = {}
        self.seal_passwords: dict[str, str] = {}
        """What opens the keys of profiles, by their names, as long as the desk is open."""
        self._bytes = 0
        self.stems: dict[str, str] = {}
        """How the names of the files of an article begin, by the identifiers of articles."""

    @property
    def _notice_bytes(self) -> int:
        return sum(len(notice.found.file.data) for notice in self.notices.values() if notice.found is not None)

    def new_folder(self) -> tuple[str, Path]:
        """Return a new identifier, and a new folder with that name."""
        identifier = secrets.token_hex(8)
        folder = self.folder / identifier
        folder.mkdir(mode=0o700)
        return identifier, folder

    def check_room(self, *, articles: int = 0, notices: int = 0, fonts: int = 0, size_bytes: int = 0) -> None:
        """Raise UsageError if this number of further files does not fit."""
        is_full = (
            len(self.articles) + articles > MAX_ARTICLES
            or len(self.notices) + notices > MAX_NOTICES
            or len(self.fonts) + fonts > MAX_FONTS
            or len(self.done) > MAX_DONE
            or self._bytes + size_bytes > MAX_TOTAL_BYTES
            or (notices and self._notice_bytes + size_bytes > MAX_NOTICES_BYTES)
        )
        if is_full:
            raise UsageError(
                "the desk is full", remedy="Remove some files, or close the desk and open it again.", code="full"
            )

    def add_article(self, article: GivenArticle) -> None:
        """Add an article whose file is in its folder."""
        self.articles[article.id] = article
        self._bytes += article.size_bytes

    def add_font(self, font: GivenFont) -> None:
        """Add a font whose file is saved."""
        self.fonts[font.id] = font
        self._bytes += font.size_bytes

    def add_done(self, done: Done) -> None:
        """Add what was done with an article."""
        self.done[done.id] = done
        self._bytes += done.stamped.size_bytes

    def remove_article(self, article: GivenArticle) -> None:
        """Remove an article and its files; what was done with it stays."""
        del self.articles[article.id]
        self._bytes -= article.size_bytes
        shutil.rmtree(article.folder, ignore_errors=True)

    def remove_notice(self, notice: GivenNotice) -> None:
        """Remove a notice and its file; articles that had it have none."""
        del self.notices[notice.id]
        if notice.path is not None:
            shutil.rmtree(notice.path.parent, ignore_errors=True)
        for article in self.articles.values():
            if article.notice_id == notice.id:
                article.notice_id, article.is_chosen, article.match = "", False, None
                article.forget_attempt()


def found(items: Mapping[str, Item], identifier: str) -> Item:
    """Return the item with an identifier. Raises UsageError with the code "not-found"."""
    if identifier not in items:
        raise UsageError("the desk does not have this any more", remedy="Reload the page.", code="not-found")
    return items[identifier]

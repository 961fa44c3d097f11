"""One line of a manifest, as plain values."""

import hashlib
from dataclasses import dataclass, field

from watermark.errors import WatermarkError
from watermark.notice import NoticeFile, State


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenNotice:
    """The file of a notice as it is, not read yet; `name` has no folder."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """What a manifest says over what the notice and the profile say; an empty string where it says nothing.

    `profile` is a preset's name, or the path of a file.
    """

    doi: str = ""
    notice_doi: str = ""
    date: str = ""
    url: str = ""
    state: State | None = None
    text: str = ""
    force_match: str = ""
    despite_signature: bool = False
    to_pdfa: str = ""
    notice_page: str = ""
    profile: str = ""
    rebuild: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestRow:
    """One article that a manifest names.

    `name` is what the ledger calls the row: the article as written, or its DOI. `place` is its line in the
    manifest. `article` is a path below the folder of articles, or "" when the article has to be found by its DOI.
    `problem` is the error if the row cannot be used. `is_listed` says that a list names the article, which need not be
    one of this catalogue.
    """

    name: str
    place: str
    article: str = ""
    notice: GivenNotice | NoticeFile | None = None
    overrides: Overrides = Overrides()
    password: str = field(default="", repr=False)
    is_listed: bool = False
    problem: WatermarkError | None = None

    @property
    def notice_sha256(self) -> str:
        """SHA-256 of the notice's bytes and name, in hexadecimal; of nothing where there is none."""
        if self.notice is None:
            return ""
        return hashlib.sha256(self.notice.name.encode("utf-8", "replace") + b"\0" + self.notice.data).hexdigest()

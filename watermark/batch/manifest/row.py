"""One line of a manifest, as plain values."""

import hashlib
from dataclasses import dataclass, field

from watermark.errors import WatermarkError
from watermark.notice import NoticeFile, State
from watermark.notice.text_blocks import safe_excerpt


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenNotice:
    """The bytes of a notice file, not parsed yet; `name` is its file name without the folder."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """Values of a manifest that override the notice and the profile; an empty string overrides nothing.

    `profile` is a preset's name, or the path of a file.
    """

    doi: str = ""
    notice_doi: str = ""
    date: str = ""
    url: str = ""
    state: State | None = None
    text: str = ""
    force_match: str = ""
    over_existing_mark: str = ""
    despite_signature: bool = False
    to_pdfa: str = ""
    notice_page: str = ""
    profile: str = ""
    rebuild: bool = False
    pages: str = ""
    printed_pages: str = ""

    @property
    def part(self) -> str:
        """The pages of the file that are the article, as they are written: “pages 3-5”; "" for the whole file."""
        named = (("page", self.pages), ("printed page", self.printed_pages))
        return ", ".join(f"{what}{'' if one.isdecimal() else 's'} {safe_excerpt(one)}" for what, one in named if one)


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestRow:
    """One article that a manifest names.

    `name` identifies the row in the ledger: the article as written, or its DOI, and its pages in a volume. `place` is
    its line in the manifest. `article` is a path below the folder of articles, or "" if the article has to be found by
    its DOI. `problem` is the error if the row cannot be used. `is_listed` means that the row is from a list of
    retractions, so the article need not be in this catalogue.
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
        """SHA-256 of the notice's name and bytes, in hexadecimal, or "" if there is no notice."""
        if self.notice is None:
            return ""
        return hashlib.sha256(self.notice.name.encode("utf-8", "surrogatepass") + b"\0" + self.notice.data).hexdigest()

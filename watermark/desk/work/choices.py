"""What a user chose on the page, as plain values, and the request that it makes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec

from watermark.api import stamp_request
from watermark.desk.work.fonts import FontFile
from watermark.errors import UsageError
from watermark.notice import NoticeFile
from watermark.stamping.mark import Edge
from watermark.stamping.plan import StampRequest
from watermark.stamping.profile import PRESETS, Profile, read_profile, restyled
from watermark.stamping.seal import SealOptions

MAX_LENGTH = 2_000
Text = Annotated[str, msgspec.Meta(max_length=MAX_LENGTH)]
EDGES = tuple(edge.value for edge in Edge)


class Choices(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The options of `watermark stamp` that the page offers; an empty one leaves the value of the profile.

    `profile` is the name of a preset, or of a profile that the desk was started with; `font` is the identifier of a
    font that was given. `at` is the time of marking in ISO 8601. `password` opens the article,
    and `seal_password` the key of the profile.
    """

    profile: Text = ""
    language: Text = ""
    text: Text = ""
    colour: Text = ""
    angle: float | None = None
    opacity: float | None = None
    position: Text = ""
    edge_line: bool | None = None
    edge_text: Text = ""
    edge: Text = ""
    notice_page: Text = ""
    font: Text = ""
    to_pdfa: Text = ""
    linearize: bool = False
    force_match: Text = ""
    over_existing_mark: Text = ""
    allow_signed: bool = False
    rebuild: bool | None = None
    pages: Text = ""
    printed_pages: Text = ""
    password: Text = ""
    seal_password: Text = ""
    at: Text = ""

    def __repr__(self) -> str:
        """Return the profile alone: no password is in a message."""
        return f"Choices(profile={self.profile!r})"


def request_of(
    choices: Choices, article: Path, notice: NoticeFile, profiles: Mapping[str, Path], fonts: Mapping[str, FontFile]
) -> StampRequest:
    """Return the request for an article. `profiles` and `fonts` are the files that the desk has, by what names them.

    Raises UsageError for a value that is not allowed.
    """
    profile = named_profile(choices.profile, profiles)
    return stamp_request(
        article,
        notice,
        at=_time(choices.at),
        text=choices.text,
        profile=profile,
        style=restyled(
            profile.style,
            colour=choices.colour,
            angle=choices.angle,
            opacity=choices.opacity,
            position=choices.position,
            edge_line=choices.edge_line,
            edge_text=choices.edge_text,
            edge=choices.edge,
        ),
        language=choices.language,
        notice_page=choices.notice_page,
        font=_font(choices.font, fonts),
        to_pdfa=choices.to_pdfa,
        linearize=choices.linearize,
        force_match=choices.force_match.strip(),
        over_existing_mark=choices.over_existing_mark.strip(),
        allow_signed=choices.allow_signed,
        rebuild=choices.rebuild,
        pages=choices.pages.strip() or None,
        printed_pages=choices.printed_pages.strip() or None,
        password=choices.password,
        seal=_seal(profile, choices.seal_password),
    )


def _seal(profile: Profile, password: str) -> SealOptions | None:
    """Return how the profile seals, with the password that a person gave for its key, if one was given."""
    if profile.seal is None or not password:
        return profile.seal
    return replace(profile.seal, password=password, password_file="")


def named_profile(name: str, profiles: Mapping[str, Path]) -> Profile:
    """Return a preset, a profile that the desk was started with, or without a name the default. Raises UsageError."""
    if not name:
        return Profile()
    if name not in PRESETS and name not in profiles:
        known = ", ".join((*PRESETS, *profiles))
        raise UsageError(f"there is no profile “{name}”", remedy=f"Choose one of: {known}.", argument="profile")
    return read_profile(str(profiles.get(name, name)))


def _font(identifier: str, fonts: Mapping[str, FontFile]) -> Path | None:
    if identifier and identifier not in fonts:
        raise UsageError("the desk does not have this font any more", remedy="Choose it again.", argument="font")
    return fonts[identifier].path if identifier else None


def _time(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written) if written else None
    except ValueError as error:
        raise UsageError(
            f"“{written}” is not a valid time", remedy="Write it as 2024-05-01T12:00:00Z.", argument="at"
        ) from error

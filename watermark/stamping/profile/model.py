"""What a profile holds, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from watermark.notice import State
from watermark.stamping.mark import MarkStyle
from watermark.stamping.notice_document import Letterhead
from watermark.stamping.plan import StampRequest, Wording
from watermark.stamping.seal import SealOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A publisher's choices. `notice_page` is "auto", "none", "front" or "back"; `font` is a path, or None.

    `translations` has the words of the mark in further languages, by their tags. `files` are those that the profile
    was read from besides its own, such as the logo: no output may replace one of them.
    """

    name: str = ""
    style: MarkStyle = field(default_factory=MarkStyle)
    wording: Wording = field(default_factory=Wording)
    notice_page: str = "auto"
    font: Path | None = None
    letterhead: Letterhead | None = None
    seal: SealOptions | None = None
    files: tuple[Path, ...] = ()
    translations: Mapping[str, Mapping[State, str]] = field(default_factory=dict)

    def in_language(self, language: str) -> "Profile":
        """Return the profile for another language: with its own words for it, or else with those of the tool."""
        words = self.translations.get(language) or self.translations.get(language.partition("-")[0]) or {}
        return replace(self, wording=replace(self.wording, language=language, words=words))

    def apply_to(self, request: StampRequest) -> StampRequest:
        """Return a copy of the request with this profile's options."""
        return replace(
            request,
            style=self.style,
            wording=self.wording,
            notice_page=self.notice_page,
            font=self.font,
            letterhead=self.letterhead,
            seal=request.seal or self.seal,
            inputs=(*request.inputs, *self.files),
        )

"""What a profile holds, as plain values."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from watermark.stamping.mark import MarkStyle
from watermark.stamping.plan import StampRequest, Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How a house marks. `notice_page` is "auto", "none", "front" or "back"; `font` is a path, or None."""

    name: str = ""
    style: MarkStyle = field(default_factory=MarkStyle)
    wording: Wording = field(default_factory=Wording)
    notice_page: str = "auto"
    font: Path | None = None

    def apply_to(self, job: StampRequest) -> StampRequest:
        """Return the job as this house does it."""
        return replace(job, style=self.style, wording=self.wording, notice_page=self.notice_page, font=self.font)

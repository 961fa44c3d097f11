"""Whether a font that was given can be used, asked in a worker."""

from dataclasses import dataclass
from pathlib import Path

from watermark.errors import WatermarkError, only_watermark_errors
from watermark.pdf.fonts.face import face_at


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFile:
    """A font file, and the name that the user gave it."""

    path: Path
    name: str


def check_font(font: FontFile) -> None:
    """Raise UsageError if a file is not a font, or if the licence of the font forbids to embed it."""
    try:
        with only_watermark_errors(font.path):
            face_at(str(font.path))
    except WatermarkError as error:
        error.place = font.name
        raise

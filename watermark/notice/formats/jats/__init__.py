"""Notices as JATS XML: read, and written again."""

from watermark.notice.formats.jats.reader import from_jats
from watermark.notice.formats.jats.writer import to_jats, to_jats_of_the_article

__all__ = ["from_jats", "to_jats", "to_jats_of_the_article"]

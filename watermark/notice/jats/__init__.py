"""Notices as JATS XML: read, and written again."""

from watermark.notice.jats.read import from_jats
from watermark.notice.jats.write import to_jats, to_jats_of_the_article

__all__ = ["from_jats", "to_jats", "to_jats_of_the_article"]

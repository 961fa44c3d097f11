"""Notices as JATS XML: read, and written again."""

from watermark.notice.jats.read import from_jats

__all__ = ["from_jats"]

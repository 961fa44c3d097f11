"""The notice inside the file: as embedded files, and as pages of the article."""

from watermark.stamping.attach.embedded_files import attach
from watermark.stamping.attach.notice_pages import add_notice_pages, refuse_numbered_destinations

__all__ = ["add_notice_pages", "attach", "refuse_numbered_destinations"]

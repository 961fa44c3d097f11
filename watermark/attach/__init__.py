"""The notice inside the file: as embedded files, and as pages of the article."""

from watermark.attach.files import attach
from watermark.attach.pages import add_notice_pages

__all__ = ["add_notice_pages", "attach"]

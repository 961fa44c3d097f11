"""The notice as a document that a publisher can show: typeset, tagged, archivable, the same bytes each time."""

from watermark.stamping.notice_document.blocks import Letterhead, Logo
from watermark.stamping.notice_document.document import notice_document
from watermark.stamping.notice_document.notice_blocks import CopyFacts

__all__ = ["CopyFacts", "Letterhead", "Logo", "notice_document"]

"""The notice as a document that a publisher can show: typeset, tagged, archivable, the same bytes each time."""

from watermark.typeset.document import notice_document
from watermark.typeset.story import NoticeFacts

__all__ = ["NoticeFacts", "notice_document"]

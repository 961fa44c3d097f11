"""The notice as a document that a publisher can show: typeset, tagged, archivable, the same bytes each time."""

from watermark.stamping.notice_document.blocks import Letterhead, Logo
from watermark.stamping.notice_document.content import CopyFacts
from watermark.stamping.notice_document.document import A4, notice_document, paper_like

__all__ = ["A4", "CopyFacts", "Letterhead", "Logo", "notice_document", "paper_like"]

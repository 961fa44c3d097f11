"""Every decision, taken before a byte is written, or the reason to refuse."""

from dataclasses import dataclass
from datetime import datetime

from watermark.mark import Edge, MarkStyle
from watermark.notice import Notice
from watermark.receipt import Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided, and why; `clause` names the rule of the standard when one decides."""

    name: str
    value: str
    reason: str
    clause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeLine:
    """The one run of words a page gains; `edges` holds the edge for each page, in page order."""

    text: str
    link: str
    language: str
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file to embed (ISO 32000-2 7.11.4); `relationship` is its AFRelationship without the slash."""

    kind: str
    name: str
    data: bytes
    media_type: str
    description: str
    relationship: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What will be written into one copy. The writers obey it; they decide nothing.

    `stroke` draws the letters as outlines because the archival level allows no opacity. `pdfa_part` is 0 when the
    original claims no PDF/A. `write_info` is False where the document information dictionary must not be touched or
    created (ISO 19005-4 6.1.3). `notice_page` is "", "front" or "back".
    """

    notice: Notice
    marked_at: datetime
    style: MarkStyle
    stroke: bool
    line: EdgeLine | None
    attachments: tuple[Attachment, ...]
    notice_page: str
    pdfa_part: int
    pdfa_conformance: str
    pdfua: bool
    tagged: bool
    write_info: bool
    title_prefix: str
    receipt: Receipt
    decisions: tuple[Decision, ...]

"""What is asked for, and what will be written: plain values, frozen before the first byte."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from watermark._version import __version__
from watermark.models import Decision, Proof
from watermark.notice import Notice, NoticeFile
from watermark.receipt import Receipt
from watermark.stamping.mark import LinePosition, MarkStyle
from watermark.stamping.mark.ink import Colour, Ink
from watermark.stamping.notice_document import Letterhead
from watermark.stamping.plan.page_selection import PageSelection
from watermark.stamping.plan.wording import Wording
from watermark.stamping.seal.options import SealOptions

TOOL = f"watermark {__version__}"


class Rewriter(StrEnum):
    """Whose reading of a damaged file is rewritten, the one to try first at the top; qpdf writes both."""

    QPDF = "qpdf"
    PDFIUM = "pdfium"


@dataclass(frozen=True, slots=True, kw_only=True)
class StampRequest:
    """One article to be marked for one notice, at one time (UTC).

    `text` is the word on the page, or "" for the one that goes with the notice. `match_override_reason` is the user's
    reason to go on although the PDF does not look like the article of the notice, `over_existing_mark` the one to mark
    an article that has a mark by others. With `allow_signed` a signed article is marked, too: the signed revision stays
    in the copy, byte for byte. `notice_page` is "auto", "none", "front" or "back". `to_pdfa` is the level to raise the
    file's own PDF/A claim to ("3b"), or "" to keep it. With `rebuild` qpdf rewrites the file, and the original is
    embedded unchanged; `may_rebuild` allows that where the original is too damaged for a copy to be compared with it,
    and `must_be_rebuilt` holds where no revision can follow the file as it is.
    `rewriter` says whose reading of the file is rewritten. With `linearize` the copy is then optimised for the web.
    `proof` is what the copy has to pass before it is saved: by structure alone, a page on which the mark is not seen is
    not found, nor marked in another way. Without `asks_verapdf` the copy is not validated with veraPDF. `letterhead` is
    that of the notice document. `seal` says how the copy is sealed; a preview is not
    sealed, but its key is opened. `pages` chooses the part of the file that is the article, None the whole file.
    `inputs` are the other files that the request was read from, such as the notice: no output may replace one of them.
    The pages of a long copy are verified in up to `jobs` processes.
    """

    article: Path
    notice: NoticeFile
    marked_at: datetime
    text: str = ""
    style: MarkStyle = field(default_factory=MarkStyle)
    wording: Wording = field(default_factory=Wording)
    notice_page: str = "auto"
    match_override_reason: str = ""
    over_existing_mark: str = ""
    allow_signed: bool = False
    to_pdfa: str = ""
    rebuild: bool = False
    may_rebuild: bool = True
    must_be_rebuilt: bool = False
    rewriter: Rewriter = Rewriter.QPDF
    linearize: bool = False
    proof: Proof = Proof.FULL
    asks_verapdf: bool = True
    password: str = field(default="", repr=False)
    font: Path | None = None
    letterhead: Letterhead | None = None
    inputs: tuple[Path, ...] = ()
    seal: SealOptions | None = None
    is_preview: bool = False
    pages: PageSelection | None = None
    jobs: int = 1

    @property
    def protected(self) -> tuple[Path, ...]:
        """All files that the copy is made from: no output may replace one of them."""
        key_files = self.seal.key_files if self.seal else ()
        return (self.article, *self.inputs, *([self.font] if self.font else []), *key_files)

    def remedy_against_rebuild(self, other: str) -> str:
        """Return the remedy where the file must not be rewritten: `other`, or to mark it as it is, if that is possible.

        `other` begins with a verb and has no full stop.
        """
        as_it_is = "" if self.must_be_rebuilt else ", or mark the file without rewriting it"
        return f"{other}{as_it_is}."


class IsolationMethod(StrEnum):
    """How a page's own content is separated from the mark, the best way first."""

    WRAP = "wrap"
    """The content between q and Q, the mark after it."""
    CLOSED = "closed"
    """The same, and everything that the content leaves open is closed before the mark."""
    FORM = "form"
    """The content as a form, the mark after it: nothing that it leaves open gets out."""
    ANNOTATION = "annotation"
    """The content untouched, the mark in an annotation over it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeLine:
    """The one run of words a page gains; `positions` has one for each page, in page order, or None: no line there."""

    text: str
    link: str
    language: str
    positions: tuple[LinePosition | None, ...]

    @property
    def is_on_any_page(self) -> bool:
        """Whether any page has room for the line."""
        return any(self.positions)


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

    `outline_only` draws the letters as outlines because the archival level allows no opacity. `pdfa_part` is the
    copy's: 0 when the original claims no PDF/A. `write_info` is False where the document information dictionary must
    not be touched or created (ISO 19005-4 6.1.3). `notice_page` is "", "front" or "back". `sidecar` is the record that
    has to stay outside the copy because its archival level forbids the file inside. `pdf_version` is the one that
    the catalog has to name, "" where the file's own will do. `packet_fault` is why the article's XMP packet
    cannot be edited, "" where it can. `methods` names the pages, from 1, that are not just wrapped.
    `title_prefix` goes before titles, in place of `replaced_prefix`, which an earlier marking wrote.
    `inks` and `line_colours` name those whose mark or line is in another ink than the style says.
    """

    notice: Notice
    marked_at: datetime
    style: MarkStyle
    outline_only: bool
    line: EdgeLine | None
    attachments: tuple[Attachment, ...]
    notice_document: bytes
    notice_page: str
    sidecar: Attachment | None
    pdfa_part: int
    pdfa_conformance: str
    pdfua: bool
    tagged: bool
    write_info: bool
    title_prefix: str
    replaced_prefix: str = ""
    receipt: Receipt
    decisions: tuple[Decision, ...]
    pdf_version: str = ""
    packet_fault: str = ""
    inks: Mapping[int, Ink] = field(default_factory=dict)
    line_colours: Mapping[int, Colour] = field(default_factory=dict)
    methods: Mapping[int, IsolationMethod] = field(default_factory=dict)

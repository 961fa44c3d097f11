"""What an original is, as plain values: the basis of every plan."""

from dataclasses import dataclass, field

from watermark.article.identity import Identity
from watermark.article.other_article_in_range import Beginning
from watermark.article.range_cut_short import Continuation
from watermark.pdf.geometry import PageShape
from watermark.pdf.page_range import PageRange
from watermark.receipt import Receipt

NO_CLAIM = "none"
"""The conformance of a file that claims none, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """The conformance that a file claims, in XMP or (PDF/X) in Info; 0 and "" where it claims none.

    `pdfx` is the version as the file writes it: "PDF/X-1:2001", "PDF/X-4".
    """

    pdfa_part: int = 0
    pdfa_conformance: str = ""
    pdfua_part: int = 0
    pdfx: str = ""

    def __str__(self) -> str:
        claims = [f"PDF/A-{self.pdfa_part}{self.pdfa_conformance.lower()}"] if self.pdfa_part else []
        claims += [f"PDF/UA-{self.pdfua_part}"] if self.pdfua_part else []
        claims += [self.pdfx] if self.pdfx else []
        return ", ".join(claims) or NO_CLAIM


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleInfo:
    """One original. Sizes are bytes, digests SHA-256 in hexadecimal, pages count from 1.

    `pages` is the part of the file that is the article, None if it is the whole file. Then `page_numbers`, `shapes`,
    `blending`, `knockout`, `converting` and `identity` are those of this part, and `existing_mark` is one on it.
    `page_count` is what a viewer shows; a page that appears twice in the page tree is marked once, so `page_numbers`,
    `shapes` and `blending` have one item for each page object, in the order in which they are first shown.

    `blending` holds, for each page, whether transparency has a colour space to blend in (ISO 19005-2 6.2.10).
    `knockout` has the pages whose group is a knockout group (ISO 32000-2 11.4.6), and `converting` those whose group
    changes their colours once something translucent is painted there. `has_incomplete_layers` holds where layers have
    no default configuration (ISO 32000-2 8.11.4.2). `damage`, `signature` and `encryption` are "" or say what was
    found; `signature_effect` is what viewers will say of a change. `packet` is the XMP packet as it is in the file,
    None where there is no metadata stream. `existing_mark` says which mark by others the pages show, and where; it is
    "" where they show none, or were not searched. `rebuilt_sha256` and `rebuilt_size_bytes` are those of the file that
    qpdf made of the original, when asked to. `beginnings` are the later pages of `pages` on which an article seems to
    begin, be it this one or another; those of the whole file where it has a title that its first page does not print.
    `continuation` is the page after `pages` if the article may continue there.
    """

    path: str
    sha256: str
    size_bytes: int
    page_count: int
    page_numbers: tuple[int, ...]
    shapes: tuple[PageShape, ...]
    blending: tuple[bool, ...]
    knockout: tuple[int, ...]
    converting: tuple[int, ...]
    version: str
    has_incomplete_layers: bool
    claims: Claims
    identity: Identity
    language: str
    tagged: bool
    linearized: bool
    damage: str
    encryption: str
    signature: str
    signature_effect: str
    usage_rights: bool
    xfa: bool
    portfolio: bool
    receipt: Receipt | None
    packet: bytes | None = field(default=None, repr=False)
    existing_mark: str = ""
    rebuilt_sha256: str = ""
    rebuilt_size_bytes: int = 0
    pages: PageRange | None = None
    beginnings: tuple[Beginning, ...] = ()
    continuation: Continuation | None = None

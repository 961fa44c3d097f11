"""What a PDF is, without a notice: identifiers, conformance, what prevents a mark, and who marked it."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

import pikepdf

from watermark.article.document import Article, document_at
from watermark.article.doi_links import own_links
from watermark.article.identity import ARXIV_ENTRY, DOI_ENTRIES, PMID_ENTRIES, Identity, identity_of
from watermark.article.info import ArticleInfo, Claims
from watermark.article.marks.detector import AlsoRead, mark_by_others
from watermark.article.other_article_in_range import Beginning, beginning_on, is_named_otherwise
from watermark.article.outline_pages import outline_entries
from watermark.article.printed_identifiers import Pages
from watermark.article.range_cut_short import Continuation, continuation
from watermark.article.signatures import signed
from watermark.article.transparency_groups import changes_colours
from watermark.errors import FailedError, NotVerifiedError, UsageError
from watermark.pdf.geometry import PageShape
from watermark.pdf.page_range import PageRange
from watermark.pdf.page_tree import PageNode
from watermark.pdf.parallel_pages import read_lines
from watermark.pdf.rendering import RenderedDocument
from watermark.pdf.streams import decoded
from watermark.pdf.text_lines import TextLine
from watermark.pdf.typed_values import dictionary_of, items_of, name_of, text_of
from watermark.pdf.xmp.reader import properties_of
from watermark.receipt import Receipt, receipt_in
from watermark.runtime.expressions import expression

OUR_PREFIXES = expression(r"^(?:(?:RETRACTED|WITHDRAWN|PARTIALLY RETRACTED|EXPRESSION OF CONCERN): )+")
"""The prefix of titles where the receipt names no other."""

OPENING_PAGES = 2
"""How many pages of a range say which article it is."""
MAX_SEARCHED = 200
"""How many pages of a whole file are searched for other articles, where the title of the file is not on page 1."""
MAX_PROFILE_BYTES = 64 << 20
ICC_SIGNATURE = slice(36, 40)
"""Where every profile says that it is one (ISO 15076-1 7.2.11)."""
MAX_VERSION_LENGTH = 40
VERSION = expression(r"[0-9]{1,2}\.[0-9]{1,2}")


def inspect_article(
    article: Article,
    opening: Pages = (),
    *,
    rendered: RenderedDocument | None = None,
    page_range: PageRange | None = None,
    also: AlsoRead | None = None,
) -> ArticleInfo:
    """Return what the article is, as plain values; `opening` holds the lines of its first pages.

    With `rendered`, they are read there, and the pages of an article that this tool did not mark are searched for marks
    by others, and `also` is read on them. `page_range` is the part that is the article: only its pages then say which
    one it is. Raises FailedError for pages that cannot be read, UsageError for a shared one.
    """
    document, packet = article.document, packet_of(article.document)
    catalog, receipt = document.Root, _receipt(packet, str(article.path))
    properties, info = properties_of(packet), info_of(document)
    claims = _claims(properties, dictionary_of(document.trailer.get("/Info")))
    if receipt is not None:
        take_off_our_prefixes(properties, info, receipt.title_prefix)
    pages, shapes = _own_pages(article, page_range)
    if page_range is not None:
        properties, info = {}, {}
    signatures = signed(document)
    _have_lines_read(rendered, receipt, page_range, properties, info)
    existing_mark = _existing_mark(article, rendered, receipt, page_range, also)  # opens all; the rest is cached
    opening = opening if rendered is None else _opening_of(rendered, page_range, receipt)
    links = own_links(pages[:2])
    identity = identity_of(properties, info, opening, links, first_page=page_range.first if page_range else 1)
    return ArticleInfo(
        path=str(article.path),
        sha256=article.sha256,
        size_bytes=article.size_bytes,
        page_count=article.page_count,
        page_numbers=tuple(page.number for page in pages),
        shapes=shapes,
        blending=_blending(catalog, pages),
        knockout=tuple(page.number for page in pages if _knocks_out(page.dictionary.get("/Group"))),
        converting=tuple(page.number for page in pages if _converts(page)),
        version=_version(document),
        has_incomplete_layers="/OCProperties" in catalog and "/D" not in dictionary_of(catalog.OCProperties),
        claims=claims,
        identity=identity,
        language=text_of(catalog.get("/Lang")),
        tagged="/StructTreeRoot" in catalog,
        linearized=article.frame.linearized,
        damage=article.damage,
        encryption=f"with {article.ciphers}" if article.ciphers else "",
        signature=signatures.found,
        signature_effect=signatures.effect,
        usage_rights=signatures.usage_rights,
        xfa=_is_xfa(dictionary_of(catalog.get("/AcroForm")).get("/XFA")),
        portfolio="/Collection" in catalog,
        receipt=receipt,
        existing_mark=existing_mark,
        packet=packet if isinstance(catalog.get("/Metadata"), pikepdf.Stream) else None,
        pages=page_range,
        beginnings=_beginnings(article.page_count, rendered, receipt, page_range, identity),
        continuation=_continuation(article, rendered, receipt, page_range, identity),
    )


def _own_pages(article: Article, page_range: PageRange | None) -> tuple[tuple[PageNode, ...], tuple[PageShape, ...]]:
    """Return the page objects of the article, and their shapes. Raises UsageError if one is not only in the range."""
    if page_range is not None:
        _refuse_shared_page(article, page_range)
    own = [
        (page, shape)
        for page, shape in zip(article.pages, article.shapes, strict=True)
        if page_range is None or page.number in page_range
    ]
    return tuple(page for page, _ in own), tuple(shape for _, shape in own)


def _opening_of(rendered: RenderedDocument, page_range: PageRange | None, receipt: Receipt | None) -> Pages:
    """Return the lines of the first pages of a range, or of those pages that say which article a whole file is."""
    if page_range is None:
        return tuple(_without_our_lines(lines, receipt) for lines in rendered.first_page_lines())
    numbers = range(page_range.first, page_range.last + 1)[:OPENING_PAGES]
    return tuple(_lines_of(rendered, number, receipt) for number in numbers)


def _lines_of(rendered: RenderedDocument, page_number: int, receipt: Receipt | None) -> tuple[TextLine, ...]:
    """Return the lines of a page without the edge lines of earlier markings."""
    return _without_our_lines(rendered.lines(page_number), receipt)


def _without_our_lines(lines: tuple[TextLine, ...], receipt: Receipt | None) -> tuple[TextLine, ...]:
    ours = [" ".join(one.line_text.split()) for one in (receipt.markings if receipt else ())]
    return tuple(line for line in lines if not any(" ".join(line.words.split()) in text for text in ours))


def _beginnings(
    page_count: int,
    rendered: RenderedDocument | None,
    receipt: Receipt | None,
    page_range: PageRange | None,
    identity: Identity,
) -> tuple[Beginning, ...]:
    """Return where articles seem to begin in a range, or in a file with a title that its first page does not print."""
    if rendered is None or not page_count or (page_range is None and not is_named_otherwise(identity)):
        return ()
    return tuple(_beginnings_in(rendered, page_range or PageRange(1, min(page_count, MAX_SEARCHED)), receipt))


def _have_lines_read(
    rendered: RenderedDocument | None,
    receipt: Receipt | None,
    page_range: PageRange | None,
    properties: Mapping[str, str],
    info: Mapping[str, str],
) -> None:
    """Have the lines of the pages that `_beginnings` looks at read while these are open for the search for marks."""
    if rendered is None:
        return

    @cache
    def is_named_so() -> bool:
        return is_named_otherwise(identity_of(properties, info, (_lines_of(rendered, 1, receipt),)))

    if page_range is not None:
        rendered.read_lines_while_open(page_range.__contains__, range(page_range.first, page_range.last + 1))
        return
    searched = range(2, MAX_SEARCHED + 1)
    rendered.read_lines_while_open(
        lambda page_number: page_number in searched and is_named_so(),
        searched if properties.get("dc:title") or info.get("/Title") else range(0),
    )


def _beginnings_in(rendered: RenderedDocument, page_range: PageRange, receipt: Receipt | None) -> Iterator[Beginning]:
    """Yield where articles seem to begin behind the first page of a range; pages that cannot be read tell nothing."""
    read_lines(rendered, range(page_range.first, page_range.last + 1))
    with suppress(FailedError):
        first = _lines_of(rendered, page_range.first, receipt)
        for page_number in range(page_range.first + 1, page_range.last + 1):
            with suppress(FailedError):
                found = beginning_on(page_number, _lines_of(rendered, page_number, receipt), first)
                if found is not None:
                    yield found


def _continuation(
    article: Article,
    rendered: RenderedDocument | None,
    receipt: Receipt | None,
    page_range: PageRange | None,
    identity: Identity,
) -> Continuation | None:
    """Return where the article seems to continue after its range; None where that is not known."""
    if rendered is None or page_range is None:
        return None
    outline = outline_entries(article.document, {page.dictionary.objgen: page.number for page in article.pages})
    with suppress(FailedError):
        return continuation(
            page_range, article.page_count, lambda number: _lines_of(rendered, number, receipt), identity, outline
        )
    return None


def _existing_mark(
    article: Article,
    rendered: RenderedDocument | None,
    receipt: Receipt | None,
    page_range: PageRange | None,
    also: AlsoRead | None,
) -> str:
    """Return which mark by others is on the pages, or ""; pages that this tool marked are not searched."""
    if rendered is None:
        return ""
    if page_range is None:
        return "" if receipt else mark_by_others(article.path, article.password, rendered, None, also)
    searched = {
        number
        for number in range(page_range.first, page_range.last + 1)
        if not any(one.pages is None or number in one.pages for one in (receipt.markings if receipt else ()))
    }
    if not searched:
        return ""
    return mark_by_others(article.path, article.password, rendered, searched, also)


def _refuse_shared_page(article: Article, page_range: PageRange) -> None:
    """Return if no page object is displayed both inside and outside of the range. Raises UsageError for the first."""
    for again, first in article.shown_before.items():
        if (again in page_range) != (first in page_range):
            raise UsageError(
                f"pages {first} and {again} are one object in the file, so that both would carry the mark",
                file=str(article.path),
                remedy="Choose a range with both pages, or extract the article and mark the extracted file.",
                argument="pages",
            )


def _converts(page: PageNode) -> bool:
    """Return whether the group of a page changes its colours once something translucent is painted there."""
    return changes_colours(page.dictionary, page.attributes.get("/Resources"))


def _knocks_out(group: object) -> bool:
    """Tell whether what a page paints replaces what was painted before it (ISO 32000-2 11.4.6)."""
    return bool(dictionary_of(group).get("/K", False))


def _is_xfa(form: object) -> bool:
    """Tell whether an XFA form is there: an array without packets and an empty stream are none (ISO 32000-1 12.7.8)."""
    if isinstance(form, pikepdf.Array):
        return any(part is not None for part in items_of(form))
    return isinstance(form, pikepdf.Stream) and bool(form.read_raw_bytes().strip())


def _version(document: pikepdf.Pdf) -> str:
    """Return the version of the header, or a later one that the catalog names (ISO 32000-2 7.5.2)."""
    value = document.Root.get("/Version")
    named = (name_of(value) or text_of(value)).removeprefix("/")
    versions = [version for version in (document.pdf_version, named) if VERSION.fullmatch(version)]
    return max(versions, key=lambda version: [int(part) for part in version.split(".")], default="")


def inspect_file(path: Path, *, password: str = "") -> ArticleInfo:
    """Return what the PDF at `path` says about itself. Raises RefusedError or FailedError when it cannot be read."""
    with Article.opened(path, password) as article, RenderedDocument(path, password=password) as look:
        return inspect_article(article, rendered=look)


def claims_at(path: Path, *, password: str = "") -> Claims:
    """Return the conformance that the PDF at `path` claims. Raises RefusedError when it cannot be read."""
    with document_at(path, password) as document:
        return _claims(properties_of(packet_of(document)), dictionary_of(document.trailer.get("/Info")))


def packet_of(document: pikepdf.Pdf) -> bytes:
    """Return the XMP packet of the document as the file has it, or b"" when there is none to be read."""
    metadata = document.Root.get("/Metadata")
    if not isinstance(metadata, pikepdf.Stream):
        return b""
    try:
        return metadata.read_bytes()
    except pikepdf.PdfError:
        return b""


def take_off_our_prefixes(properties: dict[str, str], info: dict[str, str], prefix: str) -> None:
    """Let titles be as they were published: “EXPRESSION OF CONCERN: …” would else pass for the title of a notice."""
    for values, key in ((properties, "dc:title"), (info, "/Title")):
        if key in values:
            values[key] = OUR_PREFIXES.sub("", values[key].removeprefix(prefix))


def _receipt(packet: bytes, path: str) -> Receipt | None:
    try:
        return receipt_in(packet)
    except ValueError as error:
        raise NotVerifiedError(
            f"it carries a receipt of this tool that cannot be trusted ({error})",
            file=path,
            remedy="Take the original from the archive, and mark that.",
        ) from error


def info_of(document: pikepdf.Pdf) -> dict[str, str]:
    """Return the entries of the document information that name the article, those of them that are text."""
    info = dictionary_of(document.trailer.get("/Info"))
    return {
        key: text_of(info[key])
        for key in ("/Title", ARXIV_ENTRY, *DOI_ENTRIES, *PMID_ENTRIES)
        if isinstance(info.get(key), pikepdf.String)
    }


def _claims(properties: Mapping[str, str], info: pikepdf.Dictionary) -> Claims:
    pdfx = text_of(info.get("/GTS_PDFXVersion"))
    return Claims(
        pdfa_part=_number(properties.get("pdfaid:part", "")),
        pdfa_conformance=properties.get("pdfaid:conformance", "").strip().upper(),
        pdfua_part=_number(properties.get("pdfuaid:part", "")),
        pdfx=(properties.get("pdfxid:GTS_PDFXVersion") or pdfx).strip()[:MAX_VERSION_LENGTH],
    )


def _number(written: str) -> int:
    return int(written) if written.strip().isdecimal() and len(written) < 3 else 0


def _blending(catalog: pikepdf.Object, pages: tuple[PageNode, ...]) -> tuple[bool, ...]:
    """Tell for each page whether transparency has a colour space to blend in (ISO 19005-2 6.2.10)."""
    if any(_is_archival_intent(intent) for intent in items_of(catalog.get("/OutputIntents"))):
        return (True,) * len(pages)
    groups = (dictionary_of(page.dictionary.get("/Group")) for page in pages)
    return tuple(group.get("/S") == pikepdf.Name("/Transparency") and "/CS" in group for group in groups)


def _is_archival_intent(intent: object) -> bool:
    """Tell whether an output intent is one of PDF/A, with a profile that can be read; one of PDF/X does not count."""
    intent = dictionary_of(intent)
    profile = intent.get("/DestOutputProfile")
    if intent.get("/S") != pikepdf.Name("/GTS_PDFA1") or not isinstance(profile, pikepdf.Stream):
        return False
    return (decoded(profile, MAX_PROFILE_BYTES) or b"")[ICC_SIGNATURE] == b"acsp"

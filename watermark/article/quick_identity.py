"""Read only the identifiers and titles of a PDF, for searches through many files."""

from contextlib import suppress
from itertools import islice
from pathlib import Path

from watermark.article.document import document_at
from watermark.article.doi_links import own_links
from watermark.article.identity import Identity, identity_of
from watermark.article.inspection import info_of, packet_of, take_off_our_prefixes
from watermark.pdf.page_tree import pages_of
from watermark.pdf.pdfium.document import PdfiumDocument, PdfiumError
from watermark.pdf.text_lines import TextLine, lines_of, opening_of
from watermark.pdf.xmp.reader import properties_of
from watermark.receipt import receipt_in


def identify(path: Path, password: str = "") -> Identity:
    """Return the identifiers and titles of the PDF at `path`, ranked, each with the place it was read from.

    The file is not read whole: metadata, links, and the words of two pages (three where those name no DOI); a file
    whose pages PDFium cannot read is known by its metadata alone. Raises RefusedError when it is not a PDF, or cannot
    be deciphered.
    """
    with document_at(path, password) as document:
        links = own_links(tuple(islice(pages_of(document.Root), 2)))
        packet, info = packet_of(document), info_of(document)
    properties = properties_of(packet)
    with suppress(ValueError):  # a receipt that cannot be trusted says nothing of the titles
        if (receipt := receipt_in(packet)) is not None:
            take_off_our_prefixes(properties, info, receipt.title_prefix)
    return identity_of(properties, info, _pages(path, password), links)


def _pages(path: Path, password: str) -> tuple[tuple[TextLine, ...], ...]:
    try:
        document = PdfiumDocument(path, password)
    except PdfiumError:
        return ()

    def lines(page_number: int) -> tuple[TextLine, ...]:
        try:
            with document.page(page_number) as page:
                return lines_of(page.text)
        except PdfiumError:
            return ()

    with document:
        return opening_of(len(document), lines)

"""Identify the program that wrote a PDF, by its name in the document information or by its first bytes."""

import mmap
import re

import pikepdf

from watermark.models import plain
from watermark.pdf.typed_values import dictionary_of, text_of

PRODUCERS = re.compile(
    r"Ghostscript|pdfcpu|pypdf|PyPDF2|pikepdf|qpdf|MuPDF|PyMuPDF|iText|PDFtk|PDFsharp|PDFBox|OCRmyPDF|Quartz PDFContext"
    r"|Print To PDF|Skia/PDF|cairo",
    re.IGNORECASE,
)
SECOND_LINES = {
    b"%\xbf\xf7\xa2\xfe": "qpdf or pikepdf",
    b"%\xc2\xb5\xc2\xb6": "MuPDF",
    b"%\xc7\xec\x8f\xa2": "Ghostscript",
}
"""What these programs write after the header, to show that the file is binary (ISO 32000-2 7.5.2)."""
PDFTK = re.compile(rb"%PDF-\d\.\d\n%\xe2\xe3\xcf\xd3\n\d+ 0 obj\n\n<<")
"""pdftk leaves a line blank before each dictionary."""
PYPDF = re.compile(rb"trailer\n<<\n/Size \d+\n(?:/\w+ [^\n]*\n)+>>\nstartxref\n\d+\n%%EOF\n$")
END_BYTES = 1024


def program_that_wrote(data: mmap.mmap, document: pikepdf.Pdf, *, appended: bool) -> str:
    """Return the name of the program, or "" if unknown, as for every file to which something was only appended.

    The bytes take precedence, because many programs keep the name of the previous one in the document information.
    """
    if appended:
        return ""
    producer = _producer(document)
    head = data[:64]
    by_head = next((name for line, name in SECOND_LINES.items() if line in head), "")
    if not by_head and PDFTK.match(head):
        by_head = "pdftk"
    if by_head:
        agrees = any(name.lower() in producer.lower() for name in by_head.split(" or "))
        return producer if agrees else by_head
    if PRODUCERS.search(producer):
        return producer
    return "pypdf" if PYPDF.search(data[-END_BYTES:]) else ""


def _producer(document: pikepdf.Pdf) -> str:
    return plain(text_of(dictionary_of(document.trailer.get("/Info")).get("/Producer")), 60)

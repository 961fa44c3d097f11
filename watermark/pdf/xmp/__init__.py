"""Edit an XMP packet without losing what we do not know."""

from watermark.pdf.xmp.editor import Packet, Property, Schema, declare
from watermark.pdf.xmp.namespaces import CITO, CROSSMARK, DC, PDF, PDFA_ID, PDFX, ST_EVT, XMP, XMP_MM, Namespace

__all__ = [
    "CITO",
    "CROSSMARK",
    "DC",
    "PDF",
    "PDFA_ID",
    "PDFX",
    "ST_EVT",
    "XMP",
    "XMP_MM",
    "Namespace",
    "Packet",
    "Property",
    "Schema",
    "declare",
]

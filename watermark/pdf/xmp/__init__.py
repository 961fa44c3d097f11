"""Edit an XMP packet without losing what we do not know."""

from watermark.pdf.xmp.names import CITO, CROSSMARK, DC, PDFA_ID, PDFX, ST_EVT, XMP, XMP_MM, Namespace
from watermark.pdf.xmp.properties import Packet
from watermark.pdf.xmp.schemas import Property, Schema, declare

__all__ = [
    "CITO",
    "CROSSMARK",
    "DC",
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

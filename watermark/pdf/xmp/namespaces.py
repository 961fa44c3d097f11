"""The namespaces that are written, each with the prefix people know it by."""

from typing import NamedTuple

from watermark.pdf.xmp.packet import RDF


class Namespace(NamedTuple):
    """A namespace; calling it gives the name of a term in it, as lxml writes names."""

    uri: str
    prefix: str

    def __call__(self, local: str) -> str:
        """Return the name of the term `local`."""
        return f"{{{self.uri}}}{local}"


RDF_TERMS = Namespace(RDF, "rdf")
DC = Namespace("http://purl.org/dc/elements/1.1/", "dc")
XMP = Namespace("http://ns.adobe.com/xap/1.0/", "xmp")
PDF = Namespace("http://ns.adobe.com/pdf/1.3/", "pdf")
XMP_MM = Namespace("http://ns.adobe.com/xap/1.0/mm/", "xmpMM")
ST_EVT = Namespace("http://ns.adobe.com/xap/1.0/sType/ResourceEvent#", "stEvt")
CITO = Namespace("http://purl.org/spar/cito/", "cito")
CROSSMARK = Namespace("http://crossref.org/crossmark/1.0/", "crossmark")
PDFX = Namespace("http://ns.adobe.com/pdfx/1.3/", "pdfx")
PDFA_ID = Namespace("http://www.aiim.org/pdfa/ns/id/", "pdfaid")
EXTENSION = Namespace("http://www.aiim.org/pdfa/ns/extension/", "pdfaExtension")
SCHEMA = Namespace("http://www.aiim.org/pdfa/ns/schema#", "pdfaSchema")
PROPERTY = Namespace("http://www.aiim.org/pdfa/ns/property#", "pdfaProperty")

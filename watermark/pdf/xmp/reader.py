"""The XMP properties that tell who an article is and what it claims, read leniently: nothing is changed."""

from collections.abc import Iterator

from watermark.pdf.xmp.packet import RDF, Element, PacketError, read_packet

PREFIXES = {
    "http://prismstandard.org/namespaces/basic/2.0/": "prism",
    "http://prismstandard.org/namespaces/basic/2.1/": "prism",
    "http://prismstandard.org/namespaces/basic/3.0/": "prism",
    "http://ns.adobe.com/pdfx/1.3/": "pdfx",
    "http://crossref.org/crossmark/1.0/": "crossmark",
    "http://crossref.org/crossmark/2.0/": "crossmark",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.aiim.org/pdfa/ns/id/": "pdfaid",
    "http://www.aiim.org/pdfua/ns/id/": "pdfuaid",
    "http://www.npes.org/pdfx/ns/id/": "pdfxid",
}


def properties_of(packet: bytes) -> dict[str, str]:
    """Return the properties as text, keyed `prism:doi`; of a list the first item; {} for an unreadable packet."""
    try:
        rdf, _ = read_packet(packet)
    except PacketError:
        return {}
    found: dict[str, str] = {}
    for description in rdf.iterfind(f"{{{RDF}}}Description"):
        for name, value in _properties(description):
            namespace, _, local = name.removeprefix("{").partition("}")
            if namespace in PREFIXES and value.strip():
                found.setdefault(f"{PREFIXES[namespace]}:{local}", value.strip())
    return found


def _properties(description: Element) -> Iterator[tuple[str, str]]:
    for name, value in description.items():
        yield str(name), str(value)
    for element in description.iterchildren("*"):
        item = element.find(f"./{{*}}*/{{{RDF}}}li")
        yield str(element.tag), "".join(map(str, (element if item is None else item).itertext()))

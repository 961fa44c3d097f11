"""An XMP packet as it is: bytes to text, text to its rdf:RDF element. For any reader, and for hostile packets too.

ISO 16684-1:2019 7.2, 7.3 and Adobe's XMP Specification part 3 (packet wrapper, encodings).
"""

import codecs
import re
from functools import lru_cache
from typing import TypeAlias

from lxml import etree

from watermark.errors import Reason, RefusedError

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no public name for it

MAX_BYTES = 32 << 20
MAX_SHARED_BYTES = 64 << 10
"""Of a larger packet, the parsed form would take too much memory to be kept."""
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF8, "utf-8"),
)
_ZEROS: dict[tuple[bool, ...], str] = {
    (True, True, True, False): "utf-32-be",
    (False, True, True, True): "utf-32-le",
    (True, False, True, False): "utf-16-be",
    (False, True, False, True): "utf-16-le",
}
_STRAY_BYTES = {0xDC00 + byte: bytes((byte,)).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BEGIN = re.compile(r"<\?xpacket\s+begin\s*=[^>]{0,200}\?>")
_END = re.compile(r"<\?xpacket\s+end\s*=\s*['\"]([rw])['\"][^>]{0,200}\?>")
_DECLARATION = re.compile(r"\ufeff?\s*(<\?xml\s[^>]{0,200}\?>)?")
_NOT_NEWLINE = re.compile(r"[^\n]")


class PacketError(RefusedError):
    """The packet cannot be read, or a property has a shape it may not have. It is never repaired in silence."""

    def __init__(self, fault: str, where: str = "") -> None:
        """Say what the fault is, and where in the packet."""
        self.detail = f"its XMP packet has a fault: {fault}"
        super().__init__(
            Reason.DAMAGED,
            self.detail,
            place=f"XMP packet, {where}" if where else "XMP packet",
            remedy="Have the metadata repaired in a copy of the original, with a metadata editor, and mark that copy.",
        )


def decoded(data: bytes) -> str:
    """Return the text of a packet in UTF-8, UTF-16 or UTF-32, found by its byte order mark or its zeros.

    A byte that is not UTF-8 is read as Windows-1252, alone, as Adobe's toolkit reads it: some writers know no other
    encoding. Raises PacketError when there are too many bytes, or when UTF-16 or UTF-32 breaks off.
    """
    if len(data) > MAX_BYTES:
        raise PacketError(f"it is larger than {MAX_BYTES >> 20} MB")
    mark, encoding = next(((mark, name) for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), (b"", ""))
    data = data[len(mark) :]
    encoding = encoding or _ZEROS.get(tuple(byte == 0 for byte in data[:4]), "utf-8")
    if encoding == "utf-8":
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return data.decode("utf-8", "surrogateescape").translate(_STRAY_BYTES)
    width = 4 if "32" in encoding else 2
    try:
        return data[: len(data) // width * width].decode(encoding)
    except UnicodeDecodeError as error:
        raise PacketError(f"it is not {encoding.upper()} throughout", f"byte {error.start + len(mark)}") from error


def strip_illegal_xml_chars(text: str) -> str:
    """Return `text` without the characters XML 1.0 has no place for: most controls, and halves of surrogate pairs."""
    return _NOT_XML.sub("", text)


def read_packet(data: bytes) -> tuple[Element, str]:
    """Return what `parsed_packet` does, for who changes nothing in it: a small packet is parsed once for all of them.

    Each stamp and each verification reads the packets of the original and of the copy in several places.
    """
    return _shared(data) if len(data) <= MAX_SHARED_BYTES else parsed_packet(data)


def parsed_packet(data: bytes) -> tuple[Element, str]:
    """Return the rdf:RDF element of a packet, and "r" or "w" as the end of the packet says who may write it.

    What comes before the packet or after it is not part of it; a packet without its wrapper is read too. No entity is
    resolved and nothing is fetched. Raises PacketError for what is not well-formed XML, for a document type, and unless
    there is one rdf:RDF; lines and columns count from 1 in the decoded text.
    """
    text = decoded(data)
    begin = _BEGIN.search(text)
    declaration = _DECLARATION.match(text, begin.end() if begin else 0)
    assert declaration is not None  # the expression matches nothing, too
    start = declaration.end()
    end = _END.search(text, start)
    body = text[start : end.start() if end else len(text)].rstrip("\0 \t\r\n")
    root = _parsed(_NOT_NEWLINE.sub(" ", text[:start]), body)
    found = list(root.iter(f"{{{RDF}}}RDF"))
    if len(found) != 1:
        raise PacketError(f"it holds {len(found)} rdf:RDF elements and not one", place_of(found[-1] if found else root))
    return found[0], end.group(1) if end else "w"


_shared = lru_cache(maxsize=4)(parsed_packet)


def place_of(element: Element) -> str:
    """Return the position of an element, in words."""
    return f"line {element.sourceline}"


def _parsed(blanked: str, body: str) -> Element:
    """Parse `body` at its own lines and columns: what came before it is replaced by blanks."""
    if not body:
        raise PacketError("it is empty")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring((blanked + body).encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        reason = re.sub(r", line \d+, column \d+.*", "", str(error.msg)).strip()
        raise PacketError(f"it is not well-formed XML ({reason})", f"line {line}, column {column}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise PacketError("it declares a document type, which XMP has no use for")
    return root

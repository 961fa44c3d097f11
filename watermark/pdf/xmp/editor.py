"""One packet, its properties found in every form: element or attribute, in any of the descriptions.

A property is never written beside one that is there already: a property that appears twice makes readers reject the
whole packet (ISO 16684-1:2019 7). What is not asked for is not touched.

PDF/A wants properties that it does not know declared in extension schemas (ISO 19005-1 6.7.8, 19005-2 6.6.2.3).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from lxml import etree

from watermark.pdf.xmp import rdf_values
from watermark.pdf.xmp.namespaces import EXTENSION, PROPERTY, RDF_TERMS, SCHEMA, Namespace
from watermark.pdf.xmp.packet import RDF, Element, PacketError, parsed_packet, place_of, strip_illegal_xml_chars

ABOUT = RDF_TERMS("about")
PARSE_TYPE = RDF_TERMS("parseType")
X_DEFAULT = "x-default"

_EMPTY = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}"/></x:xmpmeta>'.encode("ascii")
_BEGIN = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One property of an extension schema; `value_type` is a type that the standard defines (Text, URI, Date, ...)."""

    name: str
    value_type: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """A namespace, a title for people, and the properties that are used of it."""

    namespace: Namespace
    title: str
    properties: tuple[Property, ...]


class Packet:
    """An XMP packet to be edited. Values are text; `namespace` and local name tell a property."""

    def __init__(self, rdf: Element, access: str) -> None:
        """Use `parse` or `new`."""
        self._rdf = rdf
        self._access = access
        self._own: Element | None = None

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Return the packet in `data`, in any encoding that occurs. Raises PacketError with the place of the fault."""
        return cls(*parsed_packet(data))

    @classmethod
    def new(cls) -> Self:
        """Return a packet that says nothing yet."""
        return cls.parse(_EMPTY)

    def serialised(self) -> bytes:
        """Return the packet in UTF-8 in its wrapper, without padding and indentation. Equal packets give equal bytes.

        A new wrapper is written: byte count and encoding of the old would be wrong, and ISO 19005-1 6.7.5 forbids them.
        """
        if self._own is not None:
            declared = {prefix: uri for element in self._own.iter() for prefix, uri in element.nsmap.items() if prefix}
            etree.cleanup_namespaces(self._own, top_nsmap=declared)
            etree.indent(self._own, "")
            self._own.tail = "\n"
        _unindent(self._rdf.getroottree().getroot())
        text = etree.tostring(self._rdf.getroottree(), encoding="unicode")
        return f'{_BEGIN}{text}\n<?xpacket end="{self._access}"?>'.encode()

    def text(self, namespace: Namespace, name: str) -> str | None:
        """Return the simple value of a property; None when it is not there or is not simple."""
        holder, element = self._find(namespace, name)
        if element is not None:
            return rdf_values.value_of(element)
        return None if holder is None else str(holder.attrib[namespace(name)])

    def set_text(self, namespace: Namespace, name: str, value: str) -> None:
        """Give a property a simple value, new or in place. Raises PacketError when its value is not simple."""
        holder, element = self._find(namespace, name)
        if holder is not None and element is None:
            holder.attrib[namespace(name)] = strip_illegal_xml_chars(value)
        else:
            rdf_values.set_value(self._create(namespace, name) if element is None else element, value)

    def require_once(self, namespace: Namespace, name: str) -> None:
        """Return when a property occurs once at most. Raises PacketError with the positions where it occurs."""
        self._find(namespace, name)

    def keep_first(self, namespace: Namespace, name: str) -> None:
        """Take out all places of a property but the first: for one whose value is about to be replaced."""
        for holder, element in self._containers(namespace, name)[1:]:
            if element is None:
                del holder.attrib[namespace(name)]
            else:
                holder.remove(element)

    def append_text(self, namespace: Namespace, name: str, value: str) -> None:
        """Append a simple value to an ordered array."""
        array = rdf_values.need_array(self.need(namespace, name), "Seq")
        etree.SubElement(array, rdf_values.LI).text = strip_illegal_xml_chars(value)

    def alternatives(self, namespace: Namespace, name: str) -> tuple[tuple[str, str], ...]:
        """Return the language and the text of each alternative; a simple value has the language ""."""
        _, element = self._find(namespace, name)
        array = None if element is None else rdf_values.array_in(element)
        if array is None:
            text = self.text(namespace, name)
            return () if text is None else (("", text),)
        items = rdf_values.items_in(array)
        return tuple((item.get(rdf_values.XML_LANG, ""), rdf_values.text_of(item)) for item in items)

    def change_alternatives(self, namespace: Namespace, name: str, change: Callable[[str], str]) -> None:
        """Replace each alternative of a property by what `change` makes of it; a simple value likewise."""
        _, element = self._find(namespace, name)
        array = None if element is None else rdf_values.array_in(element)
        if array is None:
            text = self.text(namespace, name)
            if text is not None:
                self.set_text(namespace, name, change(text))
            return
        for item in rdf_values.items_in(array):
            rdf_values.change_text(item, change)

    def set_lang_alt(self, namespace: Namespace, name: str, text: str, languages: Iterable[str] = (X_DEFAULT,)) -> None:
        """Let a property say `text` in each of `languages`, and nothing else; x-default comes first."""
        holder, element = self._find(namespace, name)
        if holder is not None and element is None:
            del holder.attrib[namespace(name)]
        if element is None:
            element = self._create(namespace, name)
        for child in list(element):
            element.remove(child)
        element.text = None
        array = etree.SubElement(element, RDF_TERMS("Alt"))
        for language in sorted(set(languages), key=lambda language: (language != X_DEFAULT, language)):
            etree.SubElement(array, rdf_values.LI, {rdf_values.XML_LANG: language}).text = strip_illegal_xml_chars(text)

    def append_structure(self, namespace: Namespace, name: str, kind: Namespace, fields: Mapping[str, str]) -> None:
        """Append a structure of simple `fields`, named in the namespace `kind`, to an ordered array."""
        rdf_values.add_structure(rdf_values.need_array(self.need(namespace, name), "Seq"), kind, fields)

    def uses(self, namespace: Namespace) -> bool:
        """Whether any property of the packet is in `namespace`."""
        start = namespace("")
        return any(
            str(name).startswith(start)
            for holder in self._descriptions()
            for name in (*holder.attrib, *(child.tag for child in rdf_values.children(holder)))
        )

    def need(self, namespace: Namespace, name: str) -> Element:
        """Return the element of a property, a new one when it is not there. Raises PacketError for an attribute."""
        holder, element = self._find(namespace, name)
        if holder is not None and element is None:
            raise PacketError(f"{namespace.prefix}:{name} is a simple value", place_of(holder))
        return self._create(namespace, name) if element is None else element

    def _descriptions(self) -> list[Element]:
        return [child for child in rdf_values.children(self._rdf) if child.tag == rdf_values.DESCRIPTION]

    def _find(self, namespace: Namespace, name: str) -> tuple[Element | None, Element | None]:
        """Return the description that holds a property, and its element (None when it is an attribute)."""
        found = self._containers(namespace, name)
        if len(found) > 1:
            elements = ", ".join(place_of(holder if element is None else element) for holder, element in found)
            raise PacketError(f"{namespace.prefix}:{name} occurs {len(found)} times in it", elements)
        return found[0] if found else (None, None)

    def _containers(self, namespace: Namespace, name: str) -> list[tuple[Element, Element | None]]:
        """Return each occurrence of a property, as `_find` returns one."""
        found: list[tuple[Element, Element | None]] = []
        for holder in self._descriptions():
            found += [(holder, None)] if namespace(name) in holder.attrib else []
            found += [(holder, element) for element in holder.findall(namespace(name))]
        return found

    def _create(self, namespace: Namespace, name: str) -> Element:
        """Enter an empty property into our own description, which is about the same thing as the others."""
        if self._own is None:
            others = self._descriptions()
            self._own = etree.SubElement(self._rdf, rdf_values.DESCRIPTION)
            self._own.set(ABOUT, next((other.get(ABOUT) or other.get("about") or "" for other in others), ""))
        return etree.SubElement(self._own, namespace(name), nsmap={namespace.prefix: namespace.uri})


def _unindent(root: Element) -> None:
    """Let each element begin at the start of its line: blanks between elements say nothing, and can be half of it.

    A blank value is kept, and all of a packet with XML as a value, where blanks may count (RDF/XML 2.8).
    """
    elements = list(root.iter())
    if any(element.get(PARSE_TYPE) == "Literal" for element in elements if isinstance(element.tag, str)):
        return
    for element in elements:
        if len(element) and element.text and element.text.isspace():
            element.text = "\n"
        if element.tail and element.tail.isspace():
            element.tail = "\n"


def declare(packet: Packet, schema: Schema) -> None:
    """Let the packet declare the properties of `schema`; what it declares of them already stays as it is."""
    schemas = rdf_values.need_array(packet.need(EXTENSION, "schemas"), "Bag")
    entry = _entry(schemas, schema.namespace)
    if entry is None:
        title, (uri, prefix) = schema.title, schema.namespace
        entry = rdf_values.add_structure(schemas, SCHEMA, {"schema": title, "namespaceURI": uri, "prefix": prefix})
    fields = rdf_values.fields_of(entry)
    holder = fields.find(SCHEMA("property"))
    if holder is None:
        holder = etree.SubElement(fields, SCHEMA("property"), nsmap={SCHEMA.prefix: SCHEMA.uri})
    properties = rdf_values.need_array(holder, "Seq")
    known = {rdf_values.field(item, PROPERTY("name")) for item in rdf_values.items_in(properties)}
    for item in schema.properties:
        if item.name not in known:
            descriptions = {"name": item.name, "valueType": item.value_type, "category": "external"}
            rdf_values.add_structure(properties, PROPERTY, {**descriptions, "description": item.description})


def _entry(schemas: Element, namespace: Namespace) -> Element | None:
    return next(
        (
            item
            for item in rdf_values.items_in(schemas)
            if rdf_values.field(item, SCHEMA("namespaceURI")) == namespace.uri
        ),
        None,
    )

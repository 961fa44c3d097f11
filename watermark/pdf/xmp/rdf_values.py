"""Values in RDF, in every form that XMP allows them: read and changed in place.

ISO 16684-1:2019 7: simple values, qualifiers, arrays, structures, and their shorthand.
"""

from collections.abc import Callable, Mapping
from itertools import takewhile

from lxml import etree

from watermark.pdf.xmp.namespaces import RDF_TERMS, Namespace
from watermark.pdf.xmp.packet import Element, PacketError, place_of, strip_illegal_xml_chars

VALUE = RDF_TERMS("value")
RESOURCE = RDF_TERMS("resource")
DESCRIPTION = RDF_TERMS("Description")
LI = RDF_TERMS("li")
ARRAYS = frozenset(RDF_TERMS(kind) for kind in ("Alt", "Bag", "Seq"))
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def children(element: Element) -> list[Element]:
    """Return the child elements, without comments and processing instructions."""
    return [child for child in element if isinstance(child.tag, str)]


def value_of(element: Element) -> str | None:
    """Return the simple value of an element, qualified or not; None when it has a structure or an array."""
    for attribute in (RESOURCE, VALUE):
        if attribute in element.attrib:
            return str(element.attrib[attribute])
    inner = children(element)
    if not inner:
        return "".join([element.text or "", *(node.tail or "" for node in element)])
    qualified = fields_of(element).find(VALUE)
    return None if qualified is None else value_of(qualified)


def set_value(element: Element, value: str) -> None:
    """Change the simple value of an element and leave its qualifiers. Raises PacketError when it has no such value."""
    for attribute in (RESOURCE, VALUE):
        if attribute in element.attrib:
            element.attrib[attribute] = strip_illegal_xml_chars(value)
            return
    if not children(element):
        element.text = strip_illegal_xml_chars(value)
        for comment in element:
            comment.tail = None
        return
    qualified = fields_of(element).find(VALUE)
    if qualified is None:
        raise PacketError(f"{etree.QName(element).localname} is not a simple value", place_of(element))
    set_value(qualified, value)


def text_of(element: Element) -> str:
    """Return the simple value of an element, or all the text in it: some writers put HTML into a title."""
    value = value_of(element)
    return "".join(map(str, element.itertext())) if value is None else value


def change_text(element: Element, change: Callable[[str], str]) -> None:
    """Replace the text of an element by what `change` makes of it; where it has elements, only its beginning."""
    value = value_of(element)
    if value is not None:
        set_value(element, change(value))
        return
    text = text_of(element)
    changed = change(text)
    ends = zip(reversed(text), reversed(changed), strict=False)
    kept = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], ends))
    removed, added = text[: len(text) - kept], changed[: len(changed) - kept]
    element.text = strip_illegal_xml_chars(added + (element.text or "").removeprefix(removed))


def fields_of(element: Element) -> Element:
    """Return the element that has the fields of a structure: itself, or the rdf:Description inside it."""
    inner = children(element)
    return inner[0] if len(inner) == 1 and inner[0].tag == DESCRIPTION else element


def field(element: Element, name: str) -> str | None:
    """Return the simple value of a field of a structure, be it an element or an attribute; None when there is none."""
    holder = fields_of(element)
    if name in holder.attrib:
        return str(holder.attrib[name])
    found = holder.find(name)
    return None if found is None else value_of(found)


def array_in(element: Element) -> Element | None:
    """Return the array that is the value of an element, or None."""
    return next((child for child in children(element) if child.tag in ARRAYS), None)


def items_in(array: Element) -> list[Element]:
    """Return the items of an array."""
    return [child for child in children(array) if child.tag == LI]


def need_array(element: Element, kind: str) -> Element:
    """Return the array in an element; an empty element gets one of `kind` (Alt, Bag, Seq).

    Raises PacketError when it holds anything else.
    """
    array = array_in(element)
    if array is not None:
        return array
    if children(element) or (value_of(element) or "").strip():
        raise PacketError(f"{etree.QName(element).localname} is not an array", place_of(element))
    element.text = None
    return etree.SubElement(element, RDF_TERMS(kind))


def add_structure(array: Element, namespace: Namespace, fields: Mapping[str, str]) -> Element:
    """Append a structure of simple fields to an array, as parseType="Resource", and return it."""
    item = etree.SubElement(array, LI, {RDF_TERMS("parseType"): "Resource"})
    for name, value in fields.items():
        etree.SubElement(item, namespace(name), nsmap={namespace.prefix: namespace.uri}).text = strip_illegal_xml_chars(
            value
        )
    return item

"""Extension schemas: the declaration of properties that PDF/A does not know (ISO 19005-1 6.7.8, 19005-2 6.6.2.3)."""

from dataclasses import dataclass

from lxml import etree

from watermark.pdf.xmp import rdf_values
from watermark.pdf.xmp.editor import Packet
from watermark.pdf.xmp.namespaces import EXTENSION, PROPERTY, SCHEMA, Namespace
from watermark.pdf.xmp.packet import Element


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

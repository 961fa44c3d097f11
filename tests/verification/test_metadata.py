"""What of the original's metadata has to be in the copy's."""

import pytest

from watermark.verification.extension_schemas import SCHEMAS as SCHEMAS_OF_PDFA
from watermark.verification.extension_schemas import schemas_differ
from watermark.verification.metadata import _lost_properties, properties_of

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:m="http://ns.adobe.com/xap/1.0/mm/"'
    ' xmlns:e="http://www.aiim.org/pdfa/ns/extension/" xmlns:s="http://www.aiim.org/pdfa/ns/schema#"'
    ' xmlns:x="http://example.org/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
)


def packet(inner: str, attributes: str = "") -> bytes:
    description = f'<rdf:Description rdf:about="" {SPACES} {attributes}>{inner}</rdf:Description>'
    return f"<rdf:RDF {RDF}>{description}</rdf:RDF>".encode()


def lost(before: bytes, after: bytes) -> str:
    old, new = properties_of(before), properties_of(after)
    schemas = schemas_differ(old.get(SCHEMAS_OF_PDFA), new.get(SCHEMAS_OF_PDFA))
    return " | ".join((*_lost_properties(old, new, {}), *schemas))


EVENT = "<rdf:li rdf:parseType='Resource'><m:action>{}</m:action></rdf:li>"
HISTORY = "<m:History><rdf:Seq>{}</rdf:Seq></m:History>"
SCHEMA = "<rdf:li rdf:parseType='Resource'><s:namespaceURI>{}</s:namespaceURI></rdf:li>"
SCHEMAS = "<e:schemas><rdf:Bag>{}</rdf:Bag></e:schemas>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "<x:new>1</x:new>"),
        ("<x:a>1</x:a>", "<x:a> 1 </x:a>"),
        ("<x:a><rdf:Bag><rdf:li>1</rdf:li></rdf:Bag></x:a>", "<x:a>\n<rdf:Bag>\n<rdf:li>1</rdf:li></rdf:Bag></x:a>"),
        ("<xmp:ModifyDate>2020</xmp:ModifyDate>", "<xmp:ModifyDate>2026</xmp:ModifyDate>"),
        (HISTORY.format(EVENT.format("saved")), HISTORY.format(EVENT.format("saved") + EVENT.format("edited"))),
        (
            SCHEMAS.format(SCHEMA.format("u:1")),
            SCHEMAS.format(SCHEMA.format("u:1") + SCHEMA.format("http://purl.org/spar/cito/")),
        ),
    ],
)
def test_what_a_marking_writes_is_not_reported_as_a_loss(before: str, after: str) -> None:
    assert lost(packet(before), packet(after)) == ""


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("<x:a>1</x:a>", "", "the property a of the original is lost"),
        ("<x:a>1</x:a>", "<x:a>2</x:a>", "the property a of the original has another value"),
        ("<x:a rdf:resource='u:1'/>", "<x:a rdf:resource='u:2'/>", "another value"),
        ("<x:a><x:b>1</x:b></x:a>", "<x:a><x:b>2</x:b></x:a>", "another value"),
        (HISTORY.format(EVENT.format("saved")), HISTORY.format(EVENT.format("edited")), "history"),
        (HISTORY.format(EVENT.format("saved")), HISTORY.format(""), "history"),
        (SCHEMAS.format(SCHEMA.format("u:1")), SCHEMAS.format(SCHEMA.format("u:2")), "a declaration"),
        ("", SCHEMAS.format(SCHEMA.format("u:2")), "declare “u:2”, which no marking adds"),
    ],
)
def test_what_is_lost_is_named(before: str, after: str, message: str) -> None:
    assert message in lost(packet(before), packet(after))


def test_a_property_is_found_as_an_attribute_too() -> None:
    assert "another value" in lost(packet("", 'x:a="1"'), packet("", 'x:a="2"'))
    assert lost(packet("", 'x:a="1"'), packet("<x:b/>", 'x:a="1"')) == ""

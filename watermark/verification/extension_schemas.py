"""The declarations of extension schemas in a packet, as PDF/A asks for them (ISO 19005-1 6.7.8, 19005-2 6.6.2.3)."""

import re
from collections import Counter
from collections.abc import Iterator

from watermark.models import plain
from watermark.receipt import NAMESPACE, PREFIX

SCHEMAS = "{http://www.aiim.org/pdfa/ns/extension/}schemas"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DECLARED = frozenset(
    {
        *("Retraction watermark", "Citation Typing Ontology", "Crossmark"),
        *(PREFIX, "cito", "crossmark", "external", "Text", "Integer", "Date", "AgentName", "URI"),
        *(NAMESPACE, "http://purl.org/spar/cito/", "http://crossref.org/crossmark/1.0/"),
        *("OriginalSHA256", "SHA-256 of the original file, in hexadecimal"),
        *("OriginalSize", "Size of the original file in bytes"),
        *("MarkedAt", "When the file was marked"),
        *("Tool", "Which program marked the file"),
        *("State", "What has become of the article, in Crossref's terms"),
        *("NoticeLink", "Where the notice is found"),
        *("Receipt", "What was done to the file, in JSON"),
        *("Pages", "Which pages were marked, if not all of them"),
        *("isRetractedBy", "The notice that retracts the article"),
        *("MajorVersionDate", "Date of the last change of the record"),
    }
)
"""All texts of the declarations that a marking adds."""
NUMBERED = re.compile(r"ns\d{1,3}")
"""A prefix, where the original has the usual one for something else."""

Value = tuple[str, tuple[tuple[str, str], ...], str, tuple["Value", ...]]


def schemas_differ(before: Value | None, after: Value | None) -> Iterator[str]:
    """Yield that a declaration of the original is lost, or that one is new which no marking adds."""
    old, new = (Counter(_leaves(value)) if value else Counter[tuple[str, str]]() for value in (before, after))
    if old - new:
        yield "a declaration of the original's extension schemas is lost"
    for _, text in sorted((new - old).keys()):
        if text not in DECLARED and not NUMBERED.fullmatch(text):
            yield f"the extension schemas declare “{plain(text, 60)}”, which no marking adds"


def _leaves(value: Value) -> Iterator[tuple[str, str]]:
    tag, attributes, text, inner = value
    yield from ((name, value) for name, value in attributes if not name.startswith(RDF))
    if text:
        yield tag, text
    for child in inner:
        yield from _leaves(child)

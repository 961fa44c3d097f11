"""The prefix that an earlier marking put before the titles of a file: the next marking replaces it by its own."""

from collections.abc import Iterator
from pathlib import Path

from watermark.errors import FailedError, WatermarkError
from watermark.pdf.xmp.packet import RDF, PacketError, read_packet
from watermark.receipt import Receipt, receipt_in
from watermark.verification.evidence import Evidence
from watermark.verification.info_titles import begins_with, text_of
from watermark.verification.pypdf_document import PypdfDocument

TITLE = "{http://purl.org/dc/elements/1.1/}title"
REPLACED = "replaced_prefix"
"""The choice that records it."""


def written_prefix(path: Path, password: str = "") -> str:
    """Return the prefix that the newest marking of a copy wrote before its titles.

    It is "" where a title began with it before: it is the publisher's then, and stays. It is "" too where that cannot
    be determined, as in a linearized copy: its original is damaged.
    """
    try:
        with Evidence(path, password=password or None) as evidence:
            return _written(evidence.receipt, evidence.before)
    except (WatermarkError, PacketError):
        return ""


def prefix_before(evidence: Evidence) -> str:
    """Return the prefix that the marking before this one wrote, as `written_prefix` does."""
    try:
        receipt = receipt_in(evidence.before.packet)
        if receipt is None:
            return ""
        return _written(receipt, evidence.until(receipt.rebuilt_size_bytes or receipt.original_size_bytes))
    except (ValueError, FailedError, PacketError):
        return ""


def replaced_prefix(receipt: Receipt) -> str:
    """Return the earlier prefix that a marking replaced, as its receipt records it, or "" if none."""
    replaced = receipt.choices.get(REPLACED, "")
    return replaced if isinstance(replaced, str) else ""


def _written(receipt: Receipt, original: PypdfDocument) -> str:
    """Return the prefix that a marking of this original wrote. Raises FailedError or PacketError."""
    if receipt.linearized:
        return ""
    prefix, replaced = receipt.title_prefix, replaced_prefix(receipt)
    is_own = any(begins_with(title.removeprefix(replaced), prefix) for title in _titles(original))
    return "" if is_own else prefix


def _titles(document: PypdfDocument) -> Iterator[str]:
    """Yield all titles of a file. Raises PacketError."""
    yield text_of(document.info.get("/Title"))
    if not document.packet.strip():
        return
    rdf, _ = read_packet(document.packet)
    for description in rdf.iterchildren(f"{{{RDF}}}Description"):
        yield str(description.attrib.get(TITLE, ""))
        for title in description.iterchildren(TITLE):
            for item in list(title.iter(f"{{{RDF}}}li")) or [title]:
                yield "".join(map(str, item.itertext())).strip()

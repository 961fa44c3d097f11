"""The archival conformance that a file claims in its XMP packet (ISO 19005-1 6.7.11, 19005-2 6.6.4, 14289-1 5)."""

from dataclasses import dataclass, replace
from typing import Self

from watermark.pdf.xmp.packet import RDF, Element, read_packet

PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"

HIGHER_PARTS = {"1": ("2", "3"), "2": ("3",)}
NO_HIGHER = {"B": ("B",), "U": ("B", "U"), "A": ("B", "U", "A")}
"""What a claim may be raised to when a marking is asked to: the rest of the file is the proof's to judge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conformance:
    """Parts and level as the packet has them; empty strings where nothing is claimed."""

    pdfa_part: str = ""
    pdfa_conformance: str = ""
    pdfua_part: str = ""

    @property
    def profiles(self) -> tuple[str, ...]:
        """The claims in a validator's short form: "2b", "ua1"."""
        pdfa = f"{self.pdfa_part}{self.pdfa_conformance}".lower()
        return tuple(profile for profile in (pdfa, self.pdfua_part and f"ua{self.pdfua_part}") if profile)

    def raised_to(self, level: str) -> Self | None:
        """Return the claims with PDF/A at `level` ("3b"); None unless that is a higher part and no higher conformance.

        "" leaves them as they are.
        """
        if not level:
            return self
        part, conformance = level[:1], level[1:].upper()
        if part not in HIGHER_PARTS.get(self.pdfa_part, ()):
            return None
        if conformance not in NO_HIGHER.get(self.pdfa_conformance.upper(), ()):
            return None
        return replace(self, pdfa_part=part, pdfa_conformance=conformance)

    def name_of(self, profile: str) -> str:
        """Return the name that people know a claim by: "PDF/A-2b"."""
        return f"PDF/UA-{profile[2:]}" if profile.startswith("ua") else f"PDF/A-{profile}"

    def __str__(self) -> str:
        return ", ".join(self.name_of(profile) for profile in self.profiles) or "no archival level"


def conformance_of(packet: bytes) -> Conformance:
    """Return what a packet claims; nothing for an empty one. Raises PacketError when it cannot be read."""
    if not packet.strip(b"\0 \t\r\n"):
        return Conformance()
    rdf, _ = read_packet(packet)
    return Conformance(
        pdfa_part=_said(rdf, f"{PDFA}part"),
        pdfa_conformance=_said(rdf, f"{PDFA}conformance"),
        pdfua_part=_said(rdf, f"{PDFUA}part"),
    )


def _said(rdf: Element, name: str) -> str:
    for description in rdf.iterchildren(f"{{{RDF}}}Description"):
        if name in description.attrib:
            return str(description.attrib[name]).strip()[:8]
        child = description.find(name)
        if child is not None:
            return (child.text or "").strip()[:8]
    return ""

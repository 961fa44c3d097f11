"""What the plan says about the original's file: how it is repaired or rewritten, and how its protection changes.

Also which version of PDF the copy has to name (ISO 32000-2 7.5.2). An XMP packet that cannot be edited is embedded in
the copy, and a new one is written.
"""

import re
from collections.abc import Iterator

from watermark.article import ArticleInfo
from watermark.errors import Reason, RefusedError
from watermark.models import Decision
from watermark.pdf.xmp import DC, XMP_MM, Packet
from watermark.pdf.xmp.packet import PacketError
from watermark.stamping.plan.model import Attachment, Rewriter, StampRequest

NAME = "original-metadata.xml"
ARCHIVAL_CLAIM = re.compile(rb"http://www\.aiim\.org/pdf(?:a|ua)/ns/id/.*[:<]part\s*[=>]", re.DOTALL)
MAX_KEPT_BYTES = 4 << 20
BLANK = b"\0 \t\r\n"
ONCE = ((DC, "title"), (XMP_MM, "History"))
"""The properties to which a marking adds: if a packet has two of one, readers may use either."""
VERSION_OF_ADDITIONS = "1.7"
"""File specifications with `/UF` and `/AFRelationship`, and artifacts that are watermarks, came with PDF 1.7."""
BEFORE_LAYERS = "1.4"
"""PDF/X-1a and X-3 allow no later version, X-4 requires one (ISO 15930). Layers came with PDF 1.5."""


def damage_decisions(info: ArticleInfo) -> Iterator[Decision]:
    """Yield that the update repairs the original, where it is damaged."""
    if info.damage:
        value = "repaired: the update lists every object of the original again"
        yield Decision(name="damage", value=value, reason=info.damage, clause="ISO 32000-2 7.5.8")


def existing_mark_decisions(existing_mark: str, reason: str) -> Iterator[Decision]:
    """Yield that the article has a mark by others, and why it is marked nevertheless."""
    if existing_mark:
        yield Decision(name="existing mark", value=f"kept below the new one: {existing_mark}", reason=reason)


def rebuild_decisions(request: StampRequest, info: ArticleInfo) -> Iterator[Decision]:
    """Yield that the original was rewritten, where it was."""
    if info.rebuilt_size_bytes:
        by = "as PDFium reads it" if request.rewriter is Rewriter.PDFIUM else "by qpdf"
        value = f"rewritten {by}{' and linearized' if request.linearize else ''}; the original is embedded unchanged"
        yield Decision(
            name="rebuilt",
            value=value,
            reason="a file that qpdf writes can be compared part by part",
            clause="ISO 32000-2 7.11.4",
        )


def encryption_decisions(info: ArticleInfo) -> Iterator[Decision]:
    """Yield that the encryption is kept, where there is one."""
    if info.encryption:
        yield Decision(
            name="encryption",
            value=f"kept, {info.encryption}",
            reason="one file has one key; passwords and permissions stay as they are",
            clause="ISO 32000-2 7.6",
        )


def signature_decisions(info: ArticleInfo) -> Iterator[Decision]:
    """Yield what happens to usage rights and to a signature."""
    if info.usage_rights:
        yield Decision(
            name="usage rights",
            value="no longer available: Adobe Reader may no longer let readers fill in, comment on or save the file",
            reason="usage rights apply only to an unchanged file; they are not the signature of an author",
            clause="ISO 32000-2 12.8.2.3",
        )
    if info.signature:
        yield Decision(
            name="signature",
            value=f"marked although signed ({info.signature})",
            reason="it was requested; the signed version is kept unchanged inside the copy, and its signature remains"
            f" valid for it; {info.signature_effect}",
            clause="ISO 32000-2 12.8",
        )


def raised_version(info: ArticleInfo) -> str:
    """Return the version that the catalog of the copy has to name, or "" where the file names that or a later one.

    PDF/A-1 ignores the version (ISO 19005-1 6.1.2), and only what PDF 1.4 has is added to it. Layers that lack what PDF
    1.5 requires make a file invalid only if it names that version.
    """
    is_limited = info.claims.pdfx or info.has_incomplete_layers
    needed = BEFORE_LAYERS if is_limited else VERSION_OF_ADDITIONS
    if info.claims.pdfa_part == 1 or not _numbers(info.version) or _numbers(info.version) >= _numbers(needed):
        return ""
    return needed


def version_decisions(info: ArticleInfo, version: str) -> Iterator[Decision]:
    """Yield that the version is raised, where it is."""
    if version:
        reason = "the embedded files and the mark use features of this version"
        yield Decision(
            name="PDF version", value=f"{info.version} -> {version}", reason=reason, clause="ISO 32000-2 7.5.2"
        )


def _numbers(version: str) -> tuple[int, ...]:
    parts = version.split(".")
    return tuple(map(int, parts)) if all(part.isdecimal() and len(part) < 3 for part in parts) else ()


def packet_fault(info: ArticleInfo) -> str:
    """Return why the article's packet cannot be edited; "" when it can, or when there is none or it is blank.

    Raises RefusedError for an archival file, which makes its claim in that packet, and for a packet that is too large.
    """
    if info.packet is None or not info.packet.strip(BLANK):
        return ""
    try:
        packet = Packet.parse(info.packet)
        for namespace, name in ONCE:
            packet.require_once(namespace, name)
    except PacketError as error:
        if len(info.packet) > MAX_KEPT_BYTES or ARCHIVAL_CLAIM.search(info.packet.replace(b"\0", b"")):
            raise RefusedError(
                Reason.DAMAGED, error.detail, file=info.path, place=error.place, remedy=error.remedy
            ) from error
        return error.detail
    return ""


def kept_packet(info: ArticleInfo, fault: str) -> tuple[Attachment, ...]:
    """Return the broken packet as a file to embed; none if it can be edited or is empty."""
    if not fault or not info.packet:
        return ()
    return (
        Attachment(
            kind="metadata",
            name=NAME,
            data=info.packet,
            media_type="application/octet-stream",
            description="XMP metadata of the article as published, which cannot be read",
            relationship="Source",
        ),
    )


def metadata_decisions(info: ArticleInfo, fault: str) -> Iterator[Decision]:
    """Yield how a broken packet is replaced."""
    if fault:
        kept = f"; the original packet is kept as {NAME}" if kept_packet(info, fault) else ""
        value = f"a new packet from the document information{kept}"
        yield Decision(name="XMP metadata", value=value, reason=fault, clause="ISO 16684-1 7")

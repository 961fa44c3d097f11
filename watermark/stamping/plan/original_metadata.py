"""XMP metadata that cannot be edited: the broken packet is kept inside the copy, and a new one is written."""

import re

from watermark.article import ArticleInfo
from watermark.errors import Reason, RefusedError
from watermark.models import Decision
from watermark.pdf.xmp import DC, XMP_MM, Packet
from watermark.pdf.xmp.packet import PacketError
from watermark.stamping.plan.model import Attachment

NAME = "original-metadata.xml"
ARCHIVAL_CLAIM = re.compile(rb"http://www\.aiim\.org/pdf(?:a|ua)/ns/id/.*[:<]part\s*[=>]", re.DOTALL)
MAX_KEPT_BYTES = 4 << 20
BLANK = b"\0 \t\r\n"
ONCE = ((DC, "title"), (XMP_MM, "History"))
"""What a marking adds to: if there are two of them, readers may use either."""


def packet_fault(info: ArticleInfo) -> str:
    """Return why the article's packet cannot be edited; "" when it can, or when there is none or it is blank.

    Raises RefusedError for an archival file, whose claim is in that packet, and for a packet that is too large.
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


def metadata_decisions(info: ArticleInfo, fault: str) -> tuple[Decision, ...]:
    """Return what is done about a broken packet."""
    if not fault:
        return ()
    kept = f"; the original packet is kept as {NAME}" if kept_packet(info, fault) else ""
    value = f"a new packet from the document information{kept}"
    return (Decision(name="XMP metadata", value=value, reason=fault, clause="ISO 16684-1 7"),)

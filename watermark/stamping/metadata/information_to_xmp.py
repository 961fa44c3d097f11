"""A new XMP packet from the document information, where the article's own packet cannot be read.

The table of ISO 19005-1 6.7.3 says which entry is which property; titles and times are written by the marking itself.
"""

from watermark.pdf.xmp import DC, PDF, XMP, Packet
from watermark.stamping.metadata.document_info import Info


def packet_from(info: Info) -> Packet:
    """Return a packet that says what the document information says of author, subject, keywords and programs."""
    packet = Packet.new()
    if author := info.text("/Author"):
        packet.append_text(DC, "creator", author)
    if subject := info.text("/Subject"):
        packet.set_lang_alt(DC, "description", subject)
    for entry, namespace, name in (
        ("/Keywords", PDF, "Keywords"),
        ("/Producer", PDF, "Producer"),
        ("/Creator", XMP, "CreatorTool"),
    ):
        if value := info.text(entry):
            packet.set_text(namespace, name, value)
    return packet

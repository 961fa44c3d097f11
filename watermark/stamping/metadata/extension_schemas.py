"""The terms that PDF/A does not know, declared as it asks (ISO 19005-1 6.7.8, 19005-2 6.6.2.3)."""

from watermark.pdf.xmp import CITO, CROSSMARK, Namespace, Packet, Property, Schema
from watermark.receipt import NAMESPACE, PREFIX

OURS = Namespace(NAMESPACE, PREFIX)

RECEIPT = Schema(
    namespace=OURS,
    title="Retraction watermark",
    properties=(
        Property(name="OriginalSHA256", value_type="Text", description="SHA-256 of the original file, in hexadecimal"),
        Property(name="OriginalSize", value_type="Integer", description="Size of the original file in bytes"),
        Property(name="MarkedAt", value_type="Date", description="When the file was marked"),
        Property(name="Tool", value_type="AgentName", description="Which program marked the file"),
        Property(name="State", value_type="Text", description="What has become of the article, in Crossref's terms"),
        Property(name="NoticeLink", value_type="URI", description="Where the notice is found"),
        Property(name="Receipt", value_type="Text", description="What was done to the file, in JSON"),
    ),
)
PAGES = Schema(
    namespace=OURS,
    title=RECEIPT.title,
    properties=(Property(name="Pages", value_type="Text", description="Which pages were marked, if not all of them"),),
)
CITATION = Schema(
    namespace=CITO,
    title="Citation Typing Ontology",
    properties=(Property(name="isRetractedBy", value_type="URI", description="The notice that retracts the article"),),
)
CROSSMARK_UPDATE = Schema(
    namespace=CROSSMARK,
    title="Crossmark",
    properties=(
        Property(name="MajorVersionDate", value_type="Text", description="Date of the last change of the record"),
    ),
)


def schemas_of(packet: Packet) -> tuple[Schema, ...]:
    """Return the schemas that declare what is written into `packet`."""
    written = [RECEIPT]
    if packet.text(OURS, "Pages") is not None:
        written.append(PAGES)
    if packet.text(CITO, "isRetractedBy") is not None:
        written.append(CITATION)
    if packet.text(CROSSMARK, "MajorVersionDate") is not None:
        written.append(CROSSMARK_UPDATE)
    return tuple(written)

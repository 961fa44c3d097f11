"""From a plan to the metadata of the copy: the packet first, the document information in step with it.

What is written, and nothing besides: the title with its prefix, the times, the instance, one history entry, the link to
the notice, the receipt, and a higher level of PDF/A when it is asked for. `dc:description` is the article's abstract
and `dc:relation` says less than `cito:isRetractedBy`: both stay as they are. So do authors, identifiers, producer and
everything that is not ours. Where the article's own packet cannot be read, a new one is
made from the document information: the table of ISO 19005-1 6.7.3 says which entry is which property.
"""

import re
import uuid

import pikepdf

from watermark.errors import Reason, RefusedError
from watermark.notice import RETRACTED_WHOLE
from watermark.pdf.object_draft import ObjectDraft
from watermark.pdf.serialization import Name, Ref
from watermark.pdf.xmp import CITO, CROSSMARK, DC, PDF, PDFA_ID, PDFX, ST_EVT, XMP, XMP_MM, Packet, declare
from watermark.receipt import LINE, format_utc, history_entry
from watermark.stamping.metadata.document_info import Info
from watermark.stamping.metadata.extension_schemas import OURS, schemas_of
from watermark.stamping.metadata.title_prefix import describe_title
from watermark.stamping.plan import Plan

CROSSMARK_DATE = "MajorVersionDate"
CROSSMARK_ENTRY = "CrossmarkMajorVersionDate"

_XMP_DATE = re.compile(r"\d{4}(-\d\d){0,2}\Z")


def describe(draft: ObjectDraft, document: pikepdf.Pdf, plan: Plan) -> Ref | None:
    """Let the draft say in XMP and in the document information that the article is retracted.

    1. The title, in every language, in both places; of a file that is retracted only in part, it is kept.
    2. The times of change and of the metadata, and the instance.
    3. What was done, in the history.
    4. Where the notice is.
    5. The receipt.
    6. The level of PDF/A, where it is raised, and the declarations that PDF/A-1 to 3 ask for.

    The metadata stream keeps its object number and is never compressed (ISO 19005-1 6.7.2); a document without one gets
    one. Where `plan.packet_fault` says that the packet cannot be edited, a new one takes its place. Returns the
    reference that /Info of the trailer has to be; None leaves it as it was. Raises RefusedError with the place when the
    packet is malformed and the plan does not say so: it is never repaired in silence.
    """
    info = Info(draft, document, writable=plan.write_info)
    packet = packet_from(info) if plan.packet_fault else _packet_of(draft, document)
    if plan.receipt.pages is None:
        describe_title(packet, info, plan)  # 1
    instance = _describe_times(packet, info, plan)  # 2
    _describe_history(packet, plan, instance)  # 3
    _describe_notice(packet, info, plan)  # 4
    for name, value in {**plan.receipt.properties(), LINE: plan.receipt.to_json()}.items():  # 5
        if value or packet.text(OURS, name) is not None:
            packet.set_text(OURS, name, value)
    if plan.receipt.conformance:  # 6
        packet.set_text(PDFA_ID, "part", str(plan.pdfa_part))
        packet.set_text(PDFA_ID, "conformance", plan.pdfa_conformance)
    for schema in schemas_of(packet) if plan.pdfa_part in {1, 2, 3} else ():
        declare(packet, schema)
    _write(draft, document, packet)
    return info.write()


def _describe_times(packet: Packet, info: Info, plan: Plan) -> str:
    """Enter the time of marking, and return the new instance's identifier, which follows from the receipt alone."""
    for namespace, name in ((XMP, "ModifyDate"), (XMP, "MetadataDate"), (XMP_MM, "InstanceID")):
        packet.keep_first(namespace, name)  # some writers add a second time
    packet.set_text(XMP, "ModifyDate", format_utc(plan.marked_at))
    packet.set_text(XMP, "MetadataDate", format_utc(plan.marked_at))
    info.set_modified(plan.marked_at)
    instance = f"uuid:{uuid.uuid5(uuid.NAMESPACE_URL, plan.receipt.to_json())}"
    packet.set_text(XMP_MM, "InstanceID", instance)
    return instance


def _describe_history(packet: Packet, plan: Plan, instance: str) -> None:
    """Append an event of the fields that every part of PDF/A knows (ISO 19005-1 6.7.8: no stEvt:changed)."""
    event = {
        "action": "edited",
        "instanceID": instance,
        "parameters": history_entry(plan.receipt),
        "softwareAgent": plan.receipt.tool,
        "when": format_utc(plan.marked_at),
    }
    packet.append_structure(XMP_MM, "History", ST_EVT, event)


def _describe_notice(packet: Packet, info: Info, plan: Plan) -> None:
    """Link the notice, and give a Crossmark that is there already the notice's date.

    Only an article that is retracted as a whole is declared retracted: a concern or a partial retraction gets no such
    link, and neither does a volume for one of its articles.
    """
    if plan.receipt.pages is not None:
        return  # the volume is not retracted
    if plan.receipt.notice_link and plan.notice.state in RETRACTED_WHOLE:
        packet.set_text(CITO, "isRetractedBy", plan.receipt.notice_link)
    date = plan.notice.date
    if not packet.uses(CROSSMARK) or not _XMP_DATE.match(date):
        return
    packet.set_text(CROSSMARK, CROSSMARK_DATE, date)
    if packet.text(PDFX, CROSSMARK_ENTRY) is not None:
        packet.set_text(PDFX, CROSSMARK_ENTRY, date)
    info.change(f"/{CROSSMARK_ENTRY}", date)


def _packet_of(draft: ObjectDraft, document: pikepdf.Pdf) -> Packet:
    metadata = draft.copy_dict(document.Root).get("/Metadata")
    if not isinstance(metadata, pikepdf.Stream):
        return Packet.new()
    try:
        data = metadata.read_bytes()
    except pikepdf.PdfError as error:
        raise RefusedError(
            Reason.DAMAGED,
            f"its XMP metadata cannot be decoded ({error})",
            place=f"object {metadata.objgen[0]}",
            remedy="Repair the metadata in a copy of the original with a metadata editor, and mark that copy.",
        ) from error
    return Packet.parse(data) if data.strip(b"\0 \t\r\n") else Packet.new()


def _write(draft: ObjectDraft, document: pikepdf.Pdf, packet: Packet) -> None:
    """Replace the metadata of the document with the packet, or add it as a new object that the catalog refers to."""
    metadata = draft.copy_dict(document.Root).get("/Metadata")
    target: Ref | pikepdf.Stream
    if isinstance(metadata, pikepdf.Stream):
        target = metadata
    else:
        target = draft.change(document.Root)["/Metadata"] = draft.add(None)
    entries = {**draft.copy_dict(metadata), "/Type": Name("/Metadata"), "/Subtype": Name("/XML")}
    draft.replace_stream(target, entries, packet.serialised(), compress=False)


def raise_version(draft: ObjectDraft, document: pikepdf.Pdf, plan: Plan) -> None:
    """Let the catalog name the version that the plan raises the file to; the header stays, like every other byte."""
    if plan.pdf_version:
        draft.change(document.Root)["/Version"] = Name(f"/{plan.pdf_version}")


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

"""Check that the metadata say that the article is retracted, and that nothing else in them was lost.

ISO 16684-1:2019 7 (XMP), ISO 32000-2 14.3.
"""

import hashlib
import re
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import TypeAlias

from watermark.models import Claim, Finding, Status, plain
from watermark.notice import RETRACTED_WHOLE
from watermark.pdf.xmp import namespaces
from watermark.pdf.xmp.namespaces import Namespace
from watermark.pdf.xmp.packet import RDF, Element, PacketError, read_packet
from watermark.receipt import LINE, NAMESPACE, PREFIX, Receipt, format_utc, history_entry, receipt_in
from watermark.verification.declared_conformance import PDFA
from watermark.verification.earlier_prefix import REPLACED, prefix_before, replaced_prefix
from watermark.verification.evidence import Evidence
from watermark.verification.extension_schemas import SCHEMAS, schemas_differ
from watermark.verification.info_titles import is_prefixed, is_title_kept, text_of
from watermark.verification.pypdf_document import resolved
from watermark.verification.receipt_wording import prefix_of, wording_differs

WRAPPER = re.compile(
    rb'<\?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"\?>\n.*\n<\?xpacket end="[rw]"\?>', re.DOTALL
)
"""The instructions around a packet, as this tool writes them (ISO 16684-1 7.3.2)."""
DECLARED = re.compile(rb"""\sxmlns:?([^\s=<>]{0,100})\s*=\s*["']([^"'<>]{0,300})["']""")
KNOWN = {
    *((one.prefix.encode(), one.uri.encode()) for one in vars(namespaces).values() if isinstance(one, Namespace)),
    (b"x", b"adobe:ns:meta/"),
    (PREFIX.encode(), NAMESPACE.encode()),
}
"""The prefixes that a marking declares; the original may have more."""
NUMBERED = re.compile(rb"ns\d{1,3}")
NEVER_ADDED = re.compile(rb"<!--|<!\[CDATA\[")
ABOUT = re.compile(rb"""\babout\s*=\s*["']([^"']{0,400})""")
"""What a description is about, however the name is written: a marking repeats what the original says."""
INSTRUCTION = re.compile(rb"<\?([^\s?>]{1,100})")

Value: TypeAlias = "tuple[str, tuple[tuple[str, str], ...], str, tuple[Value, ...]]"
Properties: TypeAlias = dict[str, Value]

TITLE = "{http://purl.org/dc/elements/1.1/}title"
XMP = "{http://ns.adobe.com/xap/1.0/}"
INSTANCE = "{http://ns.adobe.com/xap/1.0/mm/}InstanceID"
HISTORY = "{http://ns.adobe.com/xap/1.0/mm/}History"
RETRACTED_BY = "{http://purl.org/spar/cito/}isRetractedBy"
CHANGED = {
    f"{XMP}ModifyDate",
    f"{XMP}MetadataDate",
    "{http://ns.adobe.com/xap/1.0/mm/}InstanceID",
    "{http://crossref.org/crossmark/1.0/}MajorVersionDate",
    "{http://ns.adobe.com/pdfx/1.3/}CrossmarkMajorVersionDate",
    RETRACTED_BY,
}
"""Properties that a marking gives a value of its own."""
ADDED = CHANGED | {TITLE, HISTORY, SCHEMAS, f"{PDFA}part", f"{PDFA}conformance"}
"""Properties that a marking may add, besides those of its own namespace."""
FROM_INFO = {
    "{http://purl.org/dc/elements/1.1/}creator",
    "{http://purl.org/dc/elements/1.1/}description",
    "{http://ns.adobe.com/pdf/1.3/}Keywords",
    "{http://ns.adobe.com/pdf/1.3/}Producer",
    f"{XMP}CreatorTool",
}
WITHOUT_INFO = "4"
"""The part of PDF/A that has no document information (ISO 19005-4 6.1.3)."""
EVENT_FIELDS = {
    f"{{http://ns.adobe.com/xap/1.0/sType/ResourceEvent#}}{name}"
    for name in ("action", "instanceID", "parameters", "softwareAgent", "when")
}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def check(evidence: Evidence) -> Iterator[Finding]:
    """Yield the findings on the metadata, or that all is well."""
    try:
        after = properties_of(evidence.after.packet)
    except PacketError as error:
        yield _finding(Status.FAILED, f"the XMP packet of the copy cannot be read: {error}")
        return
    before, kept, failed = dict[str, Value](), "", False
    try:
        before = properties_of(evidence.before.packet) if evidence.before.packet.strip() else {}
        names = Counter(_names(evidence.before.packet))
        twice = sorted(name for name in (TITLE, HISTORY) if names[name] > 1)
        problem = f"{_local(twice[0])} appears twice" if twice else ""
    except PacketError as error:
        problem = error.detail
    if problem and _is_kept_as_file(evidence):
        before, kept = {}, "; the original's packet cannot be read, and is kept as a file"
    elif problem and not before:
        yield _finding(Status.NOT_CHECKED, f"the XMP packet of the original cannot be read: {problem}")
    for status, message in wording_differs(evidence.receipt):
        failed = True
        yield _finding(status, message)
    for message in (
        *_added(before, after, evidence.receipt, is_new=bool(kept)),
        *_false_event(evidence.receipt, after),
        *_identifier_differs(after, evidence.receipt),
        *_newly_repeated(evidence),
        *_instructions_added(evidence),
        *_missing_statements(evidence.receipt, after),
        *(_part_differs(evidence, before, after) if evidence.receipt.pages else _titles(evidence, before, after)),
        *_earlier_differs(evidence),
        *schemas_differ(before.get(SCHEMAS), after.get(SCHEMAS)),
        *_lost_properties(before, after, _declared(evidence.receipt)),
        *_info(evidence, after),
    ):
        failed = True
        yield _finding(Status.FAILED, message)
    if not failed:
        title = "the title of the volume is kept, and" if evidence.receipt.pages else "title,"
        message = f"{title} receipt and notice are in the metadata, and nothing that was there is lost"
        yield _finding(Status.OK, message + kept)


def _is_kept_as_file(evidence: Evidence) -> bool:
    """Return whether the receipt names a file that is the original's packet; `embedded_files` checks that file."""
    digest = hashlib.sha256(evidence.before.packet).hexdigest()
    return any(file.kind == "metadata" and file.sha256 == digest for file in evidence.receipt.files)


def _instructions_added(evidence: Evidence) -> Iterator[str]:
    """Yield each processing instruction that the packet has got: programs may follow it, and no marking writes any."""
    before, after = (one.packet.replace(b"\0", b"") for one in (evidence.before, evidence.after))
    instructions = Counter(INSTRUCTION.findall(after)) - Counter(INSTRUCTION.findall(before))
    for target in sorted(instructions.keys() - {b"xpacket", b"xml"}):
        yield f"the XMP packet has an instruction for programs, {plain(target.decode('latin-1'), 40)}"
    known = set(DECLARED.findall(before)) | KNOWN
    for prefix, uri in sorted(set(DECLARED.findall(after)) - known):
        if NUMBERED.fullmatch(prefix) and uri in {one for _, one in known}:
            continue  # the original has the prefix for something else
        yield f"the XMP packet declares {plain(prefix.decode('latin-1'), 40)} for {plain(uri.decode('latin-1'), 60)}"
    for resource in sorted(set(ABOUT.findall(after)) - set(ABOUT.findall(before)) - {b""}):
        yield f"the XMP packet describes {plain(resource.decode('latin-1'), 60)}, which no marking does"
    for written in sorted(Counter(NEVER_ADDED.findall(after)) - Counter(NEVER_ADDED.findall(before))):
        yield f"the XMP packet holds {plain(written.decode('latin-1'), 40)}, which no marking writes"
    if not WRAPPER.fullmatch(evidence.after.packet):
        yield "the XMP packet does not begin and end as a marking writes it"


def properties_of(packet: bytes) -> Properties:
    """Return the properties of a packet by their names, each as a nested value. Raises PacketError."""
    rdf, _ = read_packet(packet)
    found: Properties = {}
    for description in rdf.iterchildren(f"{{{RDF}}}Description"):
        for name, text in description.attrib.items():
            if str(name) != f"{{{RDF}}}about":
                found[str(name)] = (str(name), (), str(text).strip(), ())
        for child in description.iterchildren("*"):
            found[str(child.tag)] = _value(child)
    return found


def _value(element: Element) -> Value:
    inner = [child for child in element if isinstance(child.tag, str)]
    text = "".join([element.text or "", *(node.tail or "" for node in element)]).strip()
    attributes = tuple(sorted((str(name), str(value)) for name, value in element.attrib.items()))
    return str(element.tag), attributes, text, tuple(_value(child) for child in inner)


def _added(before: Properties, after: Properties, receipt: Receipt, *, is_new: bool) -> Iterator[str]:
    """Yield which properties of the packet a marking does not add.

    A packet that `is_new`, because the original's cannot be read, may repeat the document information.
    """
    for name in after.keys() - before.keys():
        known = ADDED | FROM_INFO if is_new else ADDED
        if name not in known and not name.startswith(f"{{{NAMESPACE}}}"):
            yield f"the property {plain(_local(name), 60)} is new, and no marking adds it"
    for name in (HISTORY, TITLE):
        value = after.get(name)
        if value is not None and _members(value) and value[2] != before.get(name, (*value[:2], ""))[2]:
            yield f"the property {_local(name)} has words beside its members"
    old, new = (_members(side[HISTORY]) if HISTORY in side else () for side in (before, after))
    if len(new) > len(old) + 1:
        yield "the history has more than one new event"
    instance = _simple(after.get(INSTANCE))
    for event in new[len(old) :]:
        fields = {tag.rpartition("}")[2]: _simple(part) for part in event[3] for tag in part[:1]}
        expected = {
            "action": "edited",
            "instanceID": instance,
            "parameters": history_entry(receipt),
            "softwareAgent": receipt.tool,
            "when": format_utc(receipt.marked_at),
        }
        is_plain = event[1] == ((f"{{{RDF}}}parseType", "Resource"),) and not event[2]
        if not is_plain or len(event[3]) != len(EVENT_FIELDS) or {tag for tag, *_ in event[3]} != EVENT_FIELDS:
            yield "the new event of the history is not one that a marking writes"
        elif fields != expected:
            yield "the new event of the history does not describe this marking"


def _identifier_differs(after: Properties, receipt: Receipt) -> Iterator[str]:
    """Yield that the identifier of the copy is not the one that follows from the receipt, since that has a format."""
    line = _simple(after.get(f"{{{NAMESPACE}}}{LINE}"))
    if receipt.format and line and _simple(after.get(INSTANCE)) != f"uuid:{uuid.uuid5(uuid.NAMESPACE_URL, line)}":
        yield "the identifier of the copy does not follow from its receipt"


def _false_event(receipt: Receipt, after: Properties) -> Iterator[str]:
    """Yield a message if the last event of the history says that other pages were marked than the receipt says."""
    if receipt.pages is None:
        return
    events = _members(after[HISTORY]) if HISTORY in after else ()
    fields = {tag.rpartition("}")[2]: _simple(part) for part in events[-1][3] for tag in part[:1]} if events else {}
    if fields.get("parameters") != history_entry(receipt):
        yield f"the history does not say that {receipt.pages.in_words} were marked"


def _newly_repeated(evidence: Evidence) -> Iterator[str]:
    """Yield which properties the copy repeats and the original did not: readers choose between them differently."""
    try:
        before = Counter(_names(evidence.before.packet))
    except PacketError:
        before = Counter[str]()
    for name, count in sorted(Counter(_names(evidence.after.packet)).items()):
        if count > max(before[name], 1):
            yield f"the property {plain(_local(name), 60)} appears twice"


def _names(packet: bytes) -> Iterator[str]:
    """Yield the name of each property of a packet, as often as the packet has it. Raises PacketError."""
    if packet.strip():
        rdf, _ = read_packet(packet)
        for description in rdf.iterchildren(f"{{{RDF}}}Description"):
            yield from (str(name) for name in description.attrib if str(name) != f"{{{RDF}}}about")
            yield from (str(child.tag) for child in description.iterchildren("*"))


def _missing_statements(receipt: Receipt, after: Properties) -> Iterator[str]:
    """Yield which statements about the retraction the metadata of the copy lack."""
    moment = receipt.marked_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    expected = {
        **{f"{{{NAMESPACE}}}{name}": value for name, value in receipt.properties().items()},
        f"{XMP}ModifyDate": moment,
        f"{XMP}MetadataDate": moment,
    }
    if receipt.state in RETRACTED_WHOLE and receipt.pages is None:
        expected[RETRACTED_BY] = receipt.notice_link
    for name, value in expected.items():
        if value and _simple(after.get(name)) != value:
            yield f"{_local(name)} does not say {plain(value)}"
    if f"{{{NAMESPACE}}}{LINE}" not in after:
        yield "the receipt is missing"


def _part_differs(evidence: Evidence, before: Properties, after: Properties) -> Iterator[str]:
    """Yield where the metadata declare a volume to be retracted of which only some pages were marked."""
    for name in (TITLE, RETRACTED_BY):
        if after.get(name) != before.get(name):
            yield f"only a part of the file was marked, but the property {_local(name)} of the file has changed"
    old, new = (text_of(document.info.get("/Title")) for document in (evidence.before, evidence.after))
    if old != new and new != text_of(evidence.newest_original_info.get("/Title")):
        yield "only a part of the file was marked, but the title in Info has changed"


def _earlier_differs(evidence: Evidence) -> Iterator[str]:
    """Yield a message if the receipt names other earlier markings than the file before this marking has."""
    try:
        receipt = receipt_in(evidence.before.packet)
    except ValueError:
        receipt = None  # a marking is refused where the receipt before it cannot be read
    found = receipt.markings if receipt is not None else ()
    if evidence.receipt.markings[:-1] != found:
        yield "the receipt names other earlier markings than the file has"


def _titles(evidence: Evidence, before: Properties, after: Properties) -> Iterator[str]:
    """Yield which titles lack the prefix, or differ otherwise from those of the original."""
    prefix = evidence.receipt.title_prefix or prefix_of(evidence.receipt.state)
    replaced = replaced_prefix(evidence.receipt)
    if REPLACED in evidence.receipt.choices and not (replaced and replaced == prefix_before(evidence)):
        yield "the receipt names a replaced prefix of titles, which the marking before did not write"
    old, new = _by_language(before.get(TITLE)), _by_language(after.get(TITLE))
    for language, title in old.items():
        if title.strip() and not is_prefixed(title, new.get(language, ""), prefix, replaced):
            yield f"the title in XMP ({plain(language, 20)}) is not “{plain(prefix + title.removeprefix(replaced))}”"
    info_old, info_new = (text_of(document.info.get("/Title")) for document in (evidence.before, evidence.after))
    is_kept = info_new == info_old and _simple(before.get(f"{PDFA}part")).strip() == "4"  # ISO 19005-4 6.1.3
    if not is_kept and _is_info_title_wrong(evidence, prefix, replaced):
        yield f"the title in Info is not “{plain(prefix + info_old.removeprefix(replaced))}”"
    for title in (*(title for language, title in new.items() if language not in old), "" if info_old else info_new):
        if title.strip() and not title.casefold().startswith(prefix.casefold()):
            yield f"a new title does not begin with “{prefix}”"


def _is_info_title_wrong(evidence: Evidence, prefix: str, replaced: str) -> bool:
    """Return whether the title in Info is not the original's with the prefix, whichever trailer a reader takes it from.

    pypdf finds an Info that only an older trailer names. Other readers do not, so the original has none to keep.
    """
    new = resolved(evidence.after.info.get("/Title"))
    if is_title_kept(resolved(evidence.before.info.get("/Title")), new, prefix, replaced):
        return False
    old = resolved(evidence.newest_original_info.get("/Title"))
    is_begun = bool(text_of(old)) or text_of(new).casefold().startswith(prefix.casefold())
    return not (is_begun and is_title_kept(old, new, prefix, replaced))


def _declared(receipt: Receipt) -> dict[str, str]:
    """Return the new values of properties that the receipt declares: the level of PDF/A, if it was raised."""
    level = receipt.conformance
    return {f"{PDFA}part": level[:1], f"{PDFA}conformance": level[1:].upper()} if level else {}


def _lost_properties(before: Properties, after: Properties, declared: Mapping[str, str]) -> Iterator[str]:
    """Yield each property of the original that is lost, or has neither its old value nor the declared one."""
    for name, value in before.items():
        now = after.get(name)
        if now is None:
            yield f"the property {plain(_local(name), 60)} of the original is lost"
        elif name in declared:
            if now != (*value[:2], declared[name], value[3]):
                yield f"the property {plain(_local(name), 60)} is not what the receipt declares"
        elif name == HISTORY:
            if _members(now)[: len(_members(value))] != _members(value):
                yield "the history of the original is not kept"
        elif name not in CHANGED | {TITLE, SCHEMAS} and not name.startswith(f"{{{NAMESPACE}}}") and now != value:
            yield f"the property {plain(_local(name), 60)} of the original has another value"


def _info(evidence: Evidence, after: Properties) -> Iterator[str]:
    """Yield a message if ModDate in Info is not the time of the marking. PDF/A-4 has an Info only where it had one."""
    now, before = text_of(evidence.after.info.get("/ModDate")), evidence.newest_original_info
    expected = evidence.receipt.marked_at.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")
    is_dated = "/ModDate" in before or (before and _simple(after.get(f"{PDFA}part")) != WITHOUT_INFO)
    if now != expected and (now or is_dated):
        yield f"ModDate in Info is {plain(now, 40) or 'missing'} and not the time of the marking"


def _by_language(value: "Value | None") -> dict[str, str]:
    """Return the titles by language; a title without languages counts as x-default."""
    if value is None:
        return {}
    members = _members(value)
    if not members:
        return {"x-default": value[2]}
    return {dict(attributes).get(LANGUAGE, "x-default"): text for _, attributes, text, _ in members}


def _members(value: Value) -> tuple[Value, ...]:
    """Return the members of an array; none for another value."""
    return value[3][0][3] if len(value[3]) == 1 else ()


def _simple(value: "Value | None") -> str:
    """Return the text of a simple value, or the URI of one that is a resource."""
    return "" if value is None else dict(value[1]).get(f"{{{RDF}}}resource", value[2])


def _local(name: str) -> str:
    return name.rsplit("}", 1)[-1]


def _finding(status: Status, message: str) -> Finding:
    return Finding(claim=Claim.DESCRIBED, status=status, message=message)

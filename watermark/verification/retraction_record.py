"""The files of the marking say what the receipt says: the record, entry by entry, and the notice by its digest."""

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import UTC
from typing import Any
from urllib.parse import unquote

from pypdf.generic import DictionaryObject, StreamObject

from watermark.models import plain
from watermark.receipt import AttachedFile, Receipt, format_utc
from watermark.verification.evidence import Evidence
from watermark.verification.pypdf_document import dictionary, reference, resolved
from watermark.verification.structure_tree import members

MAX_RECORD_BYTES = 16_000_000
NAMES = {
    "notice-pdf": re.compile(r"retraction-notice(?: \(\d+\))?\.pdf"),
    "record": re.compile(r"retraction(?: \(\d+\))?\.json"),
    "original": re.compile(r"original(?: \(\d+\))?\.pdf"),
    "metadata": re.compile(r"original-metadata(?: \(\d+\))?\.xml"),
}
"""What the tool names its own files; a number is added where the article has a file of that name."""
MEDIA_TYPES = {
    "notice-pdf": {"/application/pdf"},
    "record": {"/application/json"},
    "original": {"/application/pdf"},
    "metadata": {"/application/octet-stream"},
    "notice": {
        "/text/markdown",
        "/text/plain",
        "/text/csv",
        "/text/html",
        "/application/json",
        "/application/yaml",
        "/application/xml",
        "/application/pdf",
        "/application/nbib",
        "/application/x-research-info-systems",
        "/application/x-bibtex",
        "/application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    },
}
RELATIONSHIPS = {
    "notice": "/Supplement",
    "notice-pdf": "/Supplement",
    "record": "/Data",
    "original": "/Source",
    "metadata": "/Source",
}
DESCRIPTIONS = {
    "notice": "Retraction notice as the publisher gave it",
    "notice-pdf": "Retraction notice, typeset",
    "record": "Record of the retraction for machines",
    "original": "The article as it was published, byte for byte",
    "metadata": "XMP metadata of the article as published, which cannot be read",
}
INDEX_RECORD = re.compile(r"Retraction record of [^\x00-\x1f]{1,250}; not the publisher's own notice")
"""What a notice is described as that is the record of an index."""
PROGRAM = re.compile(
    r"\.(?:exe|com|scr|pif|bat|cmd|msi|dll|jar|js|jse|vbs|vbe|wsf|wsh|ps1|hta|lnk|reg|app|dmg|pkg|sh|py|docm|xlsm|pptm"
    r"|iso|img|url|desktop|chm|cpl|gadget|inf|svg|swf|xll|one)$",
    re.IGNORECASE,
)
"""What a desktop starts when it is opened: no notice is in such a file."""
BEGINNINGS = {"notice-pdf": b"%PDF-", "original": b""}


def record_differs(evidence: Evidence) -> Iterator[str]:
    """Yield where a file of the marking is not of its kind, or the record does not say what the receipt says."""
    kinds = [file.kind for file in evidence.receipt.files]
    for kind in sorted(set(kinds)):
        if kind not in MEDIA_TYPES:
            yield f"the receipt names a file of the kind “{plain(kind, 40)}”, which no marking puts in"
        elif kinds.count(kind) > 1:
            yield f"the receipt names {kinds.count(kind)} files of the kind “{kind}”"
    for file in evidence.receipt.files:
        found = _file(evidence, file)
        if found is None or file.kind not in MEDIA_TYPES:
            continue  # `embedded_files` says so
        specification, stream = found
        yield from _kind_differs(file, specification, stream)
        yield from _parameters_differ(evidence.receipt, file, stream)
        if file.kind == "record":
            yield from _record(evidence.receipt, stream.get_data())


def _file(evidence: Evidence, file: AttachedFile) -> tuple[DictionaryObject, StreamObject] | None:
    """Return the specification and the stream of a file of the marking; None where it is not there."""
    for specification in members(evidence.after.catalog, "/AF"):
        if (reference(specification) or 0) <= evidence.highest_original_number:
            continue
        found = dictionary(specification)
        stream = resolved(dictionary(found.get("/EF")).get("/F"))
        if isinstance(stream, StreamObject) and hashlib.sha256(stream.get_data()).hexdigest() == file.sha256:
            return found, stream
    return None


def _kind_differs(file: AttachedFile, specification: DictionaryObject, stream: StreamObject) -> Iterator[str]:
    name, shown = plain(file.name, 80), str(specification.get("/UF", ""))
    wanted = NAMES.get(file.kind)
    if wanted is not None and not (wanted.fullmatch(shown) and wanted.fullmatch(file.name)):
        yield f"{name} is not what a file of the kind “{file.kind}” is named"
    if specification.get("/F") != specification.get("/UF"):
        yield f"{name} has two names"
    if PROGRAM.search(shown) or "/" in shown or "\\" in shown:
        yield f"{plain(shown, 80)} is the name of a program, or of a file in a folder"
    if str(stream.get("/Subtype")) not in MEDIA_TYPES[file.kind]:
        yield f"{name} has the media type {plain(stream.get('/Subtype'), 60)}"
    if specification.get("/AFRelationship") != RELATIONSHIPS[file.kind]:
        yield f"{name} has the relationship {plain(specification.get('/AFRelationship'), 40)}"
    description = str(specification.get("/Desc", DESCRIPTIONS[file.kind]))
    is_index_record = file.kind == "notice" and INDEX_RECORD.fullmatch(description)
    if description != DESCRIPTIONS[file.kind] and not is_index_record:
        yield f"{name} is described as “{plain(specification.get('/Desc'), 60)}”"
    if not stream.get_data().startswith(BEGINNINGS.get(file.kind, b"")):
        yield f"{name} is not a PDF"


def _parameters_differ(receipt: Receipt, file: AttachedFile, stream: StreamObject) -> Iterator[str]:
    """Yield where the size, the checksum or the times of an embedded file are not its own (ISO 32000-2 7.11.4.2)."""
    parameters = dictionary(stream.get("/Params"))
    data = stream.get_data()
    moment = receipt.marked_at.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")
    checksum = resolved(parameters.get("/CheckSum"))
    digest = hashlib.md5(data, usedforsecurity=False).digest()
    expected = {"/Size": str(len(data)), "/CreationDate": moment, "/ModDate": moment}
    wrong = [key for key, value in expected.items() if str(parameters.get(key)) != value]
    if getattr(checksum, "original_bytes", b"") != digest:
        wrong.append("/CheckSum")
    yield from (f"{plain(file.name, 80)}: its {key[1:]} is not its own" for key in wrong)


def _record(receipt: Receipt, data: bytes) -> Iterator[str]:
    try:
        record: Any = json.loads(data) if len(data) <= MAX_RECORD_BYTES else None
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        yield "the record is not readable"
        return
    original = record.get("original")
    match = record.get("match")
    said = {
        "tool": (record.get("tool"), receipt.tool),
        "marked_at": (record.get("marked_at"), format_utc(receipt.marked_at)),
        "state": (record.get("state"), receipt.state.value),
        "original": (
            [original.get(key) for key in ("sha256", "size_bytes", "pages")] if isinstance(original, dict) else None,
            [receipt.original_sha256, receipt.original_size_bytes, receipt.page_count],
        ),
        "marked_pages": (
            original.get("marked_pages") if isinstance(original, dict) else None,
            [receipt.pages.first, receipt.pages.last] if receipt.pages else None,
        ),
        "match": (
            [match.get(key) for key in ("result", "evidence", "forced_because")] if isinstance(match, dict) else None,
            [receipt.match, list(receipt.match_evidence), receipt.match_reason],
        ),
        "notice": (_digest(record.get("notice")), receipt.notice_digest),
    }
    for key, (found, expected) in said.items():
        if found != expected:
            yield f"the record says another {key.replace('_', ' ')} than the receipt"
    notice = record.get("notice")
    if isinstance(notice, dict):
        yield from _notice(receipt, notice)


def _notice(receipt: Receipt, notice: dict[str, Any]) -> Iterator[str]:
    doi, article = notice.get("doi"), notice.get("article")
    link = f"https://doi.org/{doi}" if doi else notice.get("url")
    if (link or "") not in {receipt.notice_link, unquote(receipt.notice_link)}:
        yield "the notice is found at another address than the receipt says"
    if isinstance(article, dict) and receipt.article_doi != article.get("doi", ""):
        yield "the notice is of an article with another DOI than the receipt says"
    if notice.get("state") != receipt.state.value:
        yield "the notice says another state than the receipt"


def _digest(notice: object) -> str:
    """Return the digest of a notice as `Notice.digest` computes it: of all that it says in its own words.

    The roles of its DOIs are left out, as is a DOI of a replacement where it names none.
    """
    values = dict(notice) if isinstance(notice, dict) else {}
    values.pop("dois", None)
    if not values.get("replacement_doi"):
        values.pop("replacement_doi", None)
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode("utf-8")).hexdigest()

"""Check that the files named in the receipt are attached unchanged, and that none of the original's is lost."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from pypdf.generic import ArrayObject, DictionaryObject, PdfObject, StreamObject

from watermark.errors import FailedError
from watermark.models import Claim, Finding, Status, plain
from watermark.receipt import AttachedFile, Receipt
from watermark.verification.evidence import Evidence
from watermark.verification.object_equality import same, same_data
from watermark.verification.pypdf_document import PypdfDocument, dictionary, items, raw, reference, resolved
from watermark.verification.retraction_record import record_differs
from watermark.verification.structure_tree import members

MAX_NAMES = 100_000
NOTICE_NOT_COMPARED = "the digest of the notice was not compared, because its record is not in the copy"
"""The message if the conformance level allows no record inside: only with the notice can the copy be reproduced."""
ELSEWHERE = frozenset({"/F", "/FFilter", "/FDecodeParms"})
"""Keys by which the data of a stream are in another file (ISO 32000-2 7.3.8.2)."""


def check(evidence: Evidence) -> Iterator[Finding]:
    """Yield what is wrong with the embedded files (ISO 32000-2 7.11.4), or that nothing is."""
    failed = False
    # one after the other: findings count even when a later comparison is not possible
    for message in chain(_attached_by_marking(evidence), _attached_in_original(evidence), record_differs(evidence)):
        failed = True
        yield Finding(claim=Claim.ATTACHED, status=Status.FAILED, message=message)
    if not failed:
        yield Finding(claim=Claim.ATTACHED, status=Status.OK, message=_all_attached(evidence.receipt))


def _all_attached(receipt: Receipt) -> str:
    """Return which files are attached, and whether the notice in the receipt could be compared with its record."""
    names = ", ".join(plain(file.name, 40) for file in receipt.files)
    message = f"all expected files are attached: {names}" if names else "the receipt names no files"
    has_record = any(file.kind == "record" for file in receipt.files)
    return message if has_record else f"{message}; {NOTICE_NOT_COMPARED}"


def _attached_by_marking(evidence: Evidence) -> Iterator[str]:
    highest = evidence.highest_original_number
    associated = {reference(item) for item in members(evidence.after.catalog, "/AF")}
    found = [(name, value) for name, value in embedded(evidence.after) if (reference(value) or 0) > highest]
    for file in evidence.receipt.files:
        name = plain(file.name, 80)
        named = [entry for entry in found if is_named(entry[0], _file_name(entry[1]), file.name)]
        if not named:
            yield f"{name} is not in the copy"
            continue
        entry = next((one for one in named if not list(_differs(one[1], file))), named[0])
        found.remove(entry)
        if reference(entry[1]) not in associated:
            yield f"{name} is not an associated file of the document"
        yield from (f"{name}: {message}" for message in _differs(entry[1], file))
    expected = Counter(name for name, _ in embedded(evidence.before)) if evidence.is_linearized and found else Counter()
    unnamed = associated - {reference(value) for _, value in embedded(evidence.after)}
    if highest and any(number is not None and number > highest for number in unnamed):
        yield "a file is associated with the document, but has no name in it"
    known = {name for name, _ in embedded(evidence.before)}
    listed = Counter(reference(item) for item in members(evidence.after.catalog, "/AF"))
    listed -= Counter(reference(item) for item in members(evidence.before.catalog, "/AF"))
    if highest and any(count > 1 for number, count in listed.items() if number is not None and number > highest):
        yield "a file is associated with the document twice"
    for name, value in embedded(evidence.after) if highest else ():
        if (reference(value) or 0) <= highest and name not in known:
            yield f"the copy lists {plain(name, 80)} among its files, which no marking does"
    for stray, value in found:
        expected[stray] -= 1
        if expected[stray] < 0:
            yield f"the copy holds {plain(_file_name(value) or stray, 80)}, which the receipt does not name"


def is_named(key: str, name: str, wanted: str) -> bool:
    """Return whether a file has its own name, or that name with a number because the name was taken."""
    stem, dot, suffix = wanted.rpartition(".")
    stem, suffix = (stem, dot + suffix) if stem else (wanted, "")
    numbered = re.compile(re.escape(stem) + r"(?: \(\d+\))?" + re.escape(suffix))
    return key == name and numbered.fullmatch(name) is not None


def _differs(specification: PdfObject, file: AttachedFile) -> Iterator[str]:
    streams_by_key = dictionary(dictionary(specification).get("/EF"))
    if "/RF" in dictionary(specification):
        yield "it leads to further files"
    streams = list(map(resolved, (raw(streams_by_key, key) for key in sorted(streams_by_key, reverse=True))))
    if not streams or not all(isinstance(stream, StreamObject) for stream in streams):
        yield "there is no file behind the name"
        return
    is_one = len({reference(raw(streams_by_key, key)) for key in streams_by_key} - {None}) == 1
    for stream in streams[:1] if is_one else streams:
        assert isinstance(stream, StreamObject)  # as was checked above
        if not ELSEWHERE.isdisjoint(stream):
            yield "its data are in another file"
        data = stream.get_data()
        if len(data) != file.size_bytes or hashlib.sha256(data).hexdigest() != file.sha256:
            yield "it is not the file that was attached: its SHA-256 is not the one in the receipt"


def _attached_in_original(evidence: Evidence) -> Iterator[str]:
    after: dict[str, PdfObject] = dict(embedded(evidence.after))
    is_kept = _same_content if evidence.is_linearized else same
    for name, value in embedded(evidence.before):
        if name not in after or not is_kept(value, after[name]):
            yield f"{plain(name, 80)} of the original is lost or replaced"


def _same_content(old: PdfObject, new: PdfObject) -> bool:
    """Return whether two file specifications have the same entries and data, whatever their object numbers."""
    before, after = dictionary(old), dictionary(new)
    files, now = dictionary(before.get("/EF")), dictionary(after.get("/EF"))
    simple = {key for key in before if not isinstance(resolved(before.get(key)), (DictionaryObject, ArrayObject))}
    return (
        before.keys() == after.keys()
        and files.keys() == now.keys()
        and all(same(resolved(before.get(key)), resolved(after.get(key))) for key in simple)
        and all(same_data(resolved(files.get(key)), resolved(now.get(key))) for key in files)
        and all(
            same(dictionary(files.get(key)).get(one), dictionary(now.get(key)).get(one))
            for key in files
            for one in ("/Filter", "/DecodeParms", *ELSEWHERE)
        )
    )


def embedded(document: PypdfDocument) -> Iterator[tuple[str, PdfObject]]:
    """Yield the names and file specifications of the name tree, each node once (ISO 32000-2 7.9.6)."""
    waiting = [raw(dictionary(document.catalog.get("/Names")), "/EmbeddedFiles")]
    seen, count = set[int](), 0
    while waiting:
        node = waiting.pop()
        number = reference(node)
        if number is not None and number in seen:
            continue
        seen.add(number or 0)
        branch = dictionary(node)
        waiting.extend(items(branch.get("/Kids")))
        entries = items(branch.get("/Names"))
        count += 1 + len(entries)
        if count > MAX_NAMES:
            raise FailedError("it holds too many files to be looked at", remedy="Check its attachments.")
        for name, value in zip(entries[::2], entries[1::2], strict=False):
            yield str(resolved(name)), value


def _file_name(specification: PdfObject) -> str:
    entries = dictionary(specification)
    return str(entries.get("/UF", entries.get("/F", "")))

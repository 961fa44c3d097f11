"""Check that the original is intact inside the copy, and that one revision follows it and changes only what it may."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from pypdf.generic import DictionaryObject

from watermark.errors import FailedError, unreadable
from watermark.models import Claim, Finding, Status, plain
from watermark.receipt import Receipt
from watermark.runtime.chunks import iter_chunks
from watermark.verification.appended_objects import AppendedObjects
from watermark.verification.change_rules import ChangedObjects, dangling
from watermark.verification.evidence import Evidence, NotComparableError
from watermark.verification.file_header import header_differs
from watermark.verification.object_equality import has_prefix, same
from watermark.verification.pypdf_document import PypdfDocument, items, raw, release_regularly, resolved
from watermark.verification.rebuilt_copies import self_digest_differs
from watermark.verification.rewriting import base_differs
from watermark.verification.xref_sections import (
    Section,
    SectionEntry,
    digest_offset,
    is_object_at,
    is_written_whole,
    last_section_offset,
    read_section,
)

MAX_NAMED = 20
KEPT_TRAILER_KEYS = ("/Root", "/Encrypt")
WRITTEN_TRAILER_KEYS = frozenset({"/Size", "/Root", "/Encrypt", "/Info", "/ID", "/Prev", "/XRefStm"}) | {
    *("/Type", "/W", "/Index", "/Length", "/Filter"),
}
"""Those of a section (ISO 32000-2 7.5.5, 7.5.8), each of which is checked on its own or is of the section alone."""
_SPACE = re.compile(rb"\s*")


def check(evidence: Evidence, original: Path | None = None) -> Iterator[Finding]:
    """Yield what is wrong with the bytes and the objects, or that nothing is.

    1. The first bytes of the copy are the original, by its SHA-256 (and by `original` itself, when given).
    2. The whole copy is as it was made, by the SHA-256 in its trailer.
    3. One revision follows the original, and nothing follows the revision (ISO 32000-2 7.5.6).
    4. Its cross-reference section and trailer go on from the original's.
    5. Every object that it overrides differs only where a marking may change it.
    """
    failed = False
    if evidence.receipt.rebuilt_size_bytes:
        for status, message in _rewritten(evidence):
            failed = True
            yield _finding(status, message)
    evidence_of = _linearized if evidence.is_linearized else _digests
    for message in chain(  # one after the other: findings count even when a later comparison is not possible
        evidence_of(evidence),  # 1, 2
        header_differs(evidence),  # 1
        _embedded_original(evidence),  # 1
        _given_original(evidence, original) if original is not None else (),  # 1
        _revisions(evidence),  # 3, 4
        _objects(evidence),  # 5
    ):
        failed = True
        yield _finding(Status.FAILED, message)
    for message, page_number in ChangedObjects(evidence).pages() if _sections(evidence) is not None else ():  # 5
        failed = True
        yield _finding(Status.FAILED, message, page_number)
    if not failed:
        yield _finding(Status.OK, _success_message(evidence.receipt))
        if original is not None:
            yield _finding(Status.OK, "the original that was given is the same, byte for byte")


def _rewritten(evidence: Evidence) -> Iterator[tuple[Status, str]]:
    """Yield how a rewritten file differs from the embedded original; NOT_CHECKED where they cannot be compared."""
    try:
        yield from base_differs(evidence)
    except NotComparableError as error:
        yield Status.NOT_CHECKED, error.reason


def _digests(evidence: Evidence) -> Iterator[str]:
    """Yield which of the two digests differ; the copy is read once for both."""
    size, total = evidence.base_size_bytes, evidence.size_bytes
    sections = _sections(evidence)
    offset = digest_offset(evidence.mapped, evidence.header, sections[0]) if sections else None
    digest = hashlib.sha256()
    _feed(digest, evidence, 0, size)
    whole = digest.copy()
    if digest.hexdigest() != (evidence.receipt.rebuilt_sha256 or evidence.receipt.original_sha256):
        yield f"the original inside (the first {size:,} bytes) was changed: its SHA-256 is not the one in the receipt"
    if offset is None:
        yield "the digest of the whole copy is not in its trailer"
        return
    _feed(whole, evidence, size, offset)
    whole.update(b"0" * 64)
    _feed(whole, evidence, offset + 64, total)
    expected = whole.hexdigest().encode("ascii")
    if evidence.mapped[offset : offset + 64] not in {expected, expected.upper()}:
        yield "the copy has been changed since it was made: its SHA-256 is not the one in its trailer"


def _linearized(evidence: Evidence) -> Iterator[str]:
    if self_digest_differs(evidence.after, evidence.mapped, evidence.size_bytes):
        yield "the copy has been changed since it was made: its SHA-256 is not the one in its trailer"


def _embedded_original(evidence: Evidence) -> Iterator[str]:
    """Yield a message if the original embedded in a rebuilt copy is not the one in the receipt."""
    receipt = evidence.receipt
    if receipt.rebuilt_size_bytes and hashlib.sha256(evidence.embedded_original).hexdigest() != receipt.original_sha256:
        yield "the file inside is not the original: its SHA-256 is not the one in the receipt"


def _success_message(receipt: Receipt) -> str:
    if not receipt.rebuilt_size_bytes:
        return f"the original is intact (first {receipt.original_size_bytes:,} bytes); the marking was appended to it"
    rebuilt = f"the copy is the file rebuilt from it ({receipt.rebuilt_size_bytes:,} bytes), and one revision"
    return f"the original is embedded unchanged ({receipt.original_size_bytes:,} bytes); {rebuilt}"


def _feed(digest: "hashlib._Hash", evidence: Evidence, start: int, end: int) -> None:
    for chunk in iter_chunks(evidence.mapped, start, end):
        digest.update(chunk)


def _given_original(evidence: Evidence, original: Path) -> Iterator[str]:
    size = evidence.receipt.original_size_bytes
    holder = evidence.embedded_original if evidence.receipt.rebuilt_size_bytes else evidence.mapped
    try:
        with original.open("rb") as file:
            same_bytes = all(file.read(len(chunk)) == chunk for chunk in iter_chunks(holder, 0, min(size, len(holder))))
        given_size = original.stat().st_size
    except (OSError, ValueError) as error:
        raise unreadable(original, error) from error
    if given_size != size:
        yield f"the original that was given has {given_size} bytes; the copy holds one of {size}"
    elif not same_bytes:
        yield "the original that was given is another file, or the copy does not hold it whole"


def _revisions(evidence: Evidence) -> Iterator[str]:
    evidence.require_stable_object_numbers()
    try:
        sections = evidence.sections
    except FailedError as error:
        yield error.reason
        return
    if len(sections) != 1:
        if not sections:
            yield "no revision follows the original"
        else:
            numbers = ", ".join(str(number) for number in sorted(sections[0].entries)[:8])
            yield (
                f"a further revision was appended after the marking (objects {numbers}); "
                "the original can still be restored"
            )
        return
    section = sections[0]
    yield from _misplaced_objects(evidence, section)
    wrong = list(_trailer(evidence.before.trailer, section, evidence))
    yield from _trailer(evidence.newest_original_trailer, section, evidence) if wrong else ()
    size: object = resolved(section.trailer.get("/Size"))
    if not isinstance(size, int) or size <= max(section.entries, default=0):
        yield "the trailer counts fewer objects than there are: some viewers do not see the others"
    if "/XRefStm" in section.trailer:
        yield "the trailer names a second cross-reference section"
    yield from _added_trailer_entries(evidence, section)
    yield from _chain(evidence, section)


def _trailer(kept: DictionaryObject, section: Section, evidence: Evidence) -> Iterator[str]:
    """Yield which entries of the previous trailer the trailer of a section does not repeat."""
    for key in KEPT_TRAILER_KEYS:
        if not same(raw(kept, key), raw(section.trailer, key)):
            yield f"the trailer names another {key[1:]}"
    info = raw(kept, "/Info")
    if info is not None and not _is_same_or_added(info, raw(section.trailer, "/Info"), evidence.before):
        yield "the trailer names another Info"
    identifiers = items(raw(kept, "/ID"))[:1]
    if identifiers and not has_prefix(identifiers, items(raw(section.trailer, "/ID"))[:1]):
        yield "the trailer names another first identifier"


def _added_trailer_entries(evidence: Evidence, section: Section) -> Iterator[str]:
    """Yield which entries the trailer has that neither a marking writes nor the original's trailer has."""
    originals = evidence.before.trailer, evidence.newest_original_trailer
    for key in section.trailer:
        value = raw(section.trailer, key)
        if key not in WRITTEN_TRAILER_KEYS and not any(same(raw(trailer, key), value) for trailer in originals):
            yield f"the trailer has the entry {plain(key, 40)}, which no marking writes"


def _is_same_or_added(old: object, new: object, before: PypdfDocument) -> bool:
    """Return whether an entry is unchanged; an added object may replace a direct value or a missing one."""
    number = getattr(new, "idnum", 0)
    led_to_one = getattr(old, "idnum", None) is not None and resolved(old) is not None
    return same(old, new) or (not led_to_one and number > before.highest_number)


def _chain(evidence: Evidence, section: Section) -> Iterator[str]:
    """Yield a message if the section does not continue the original's, or deletes an object of the original."""
    mapped, header = evidence.mapped, evidence.header
    if section.previous is not None:
        known = evidence.before.reader._startxref  # noqa: SLF001 - pypdf has no public name for it
        gap = _SPACE.match(mapped[header + known : header + known + 16])
        if section.previous not in {known, known + (gap.end() if gap else 0)} and _is_sound(evidence):
            yield "the trailer does not go on from the original's cross-reference section"
    elif _is_sound(evidence):
        if _ends_well(evidence):
            yield "the copy lists the original's objects again, which only a damaged original needs"
        else:
            yield from _relisted_objects(evidence, section)
    for number, entry in section.entries.items():
        if entry.kind == 0 and number in evidence.before.numbers:
            yield f"object {number} is deleted"


def _relisted_objects(evidence: Evidence, section: Section) -> Iterator[str]:
    """Yield which objects a rebuilt cross-reference section takes from other offsets than the original's own."""
    size = evidence.base_size_bytes - evidence.header
    for number in sorted(evidence.before.numbers):
        entry = section.entries.get(number)
        if entry is not None and entry.kind == 1 and entry.offset >= size:
            continue  # `_objects` compares it
        if not same(evidence.before.object(number), evidence.after.object(number)):
            yield f"object {number} is taken from another place of the original"


def _misplaced_objects(evidence: Evidence, section: Section) -> Iterator[str]:
    """Yield which objects are not at the offset that the section names, or are taken from elsewhere in the original."""
    mapped, header, size = evidence.mapped, evidence.header, evidence.base_size_bytes
    for number, entry in sorted(section.entries.items()):
        offset = header + entry.offset
        if entry.kind == 1 and not is_object_at(mapped, offset, number, entry.generation):
            yield f"object {number} is not where the cross-reference section says"
        elif entry.kind == 1 and offset < size and section.previous is not None:
            yield f"object {number} is taken from another place of the original"
        elif entry.kind == 2 and section.previous is not None:
            yield f"object {number} is taken from an object stream"


def _is_sound(evidence: Evidence) -> bool:
    """Return whether the original opens by its own cross-reference section, without repairs."""
    try:
        PypdfDocument(
            evidence.mapped, evidence.header, evidence.base_size_bytes, password=evidence.password, strict=True
        )
    except FailedError:
        return False
    return True


def _ends_well(evidence: Evidence) -> bool:
    """Return whether the last startxref of the original points to a cross-reference section."""
    mapped, header, size = evidence.mapped, evidence.header, evidence.base_size_bytes
    try:
        last = read_section(mapped, header, size, last_section_offset(mapped, header, size), evidence.before.reader)
    except FailedError:
        return False
    return "/Size" in last.trailer


def _objects(evidence: Evidence) -> Iterator[str]:
    """Yield each object of the original that the copy overrides in a way that no marking does."""
    sections = _sections(evidence)
    if sections is None:
        return
    added = _added(evidence, sections)
    # first, so that each object is read once: later checks find it cached
    malformed = _malformed_objects(evidence, sections, added)
    overrides = ChangedObjects(evidence)
    count = 0
    for number in added:
        messages = (
            (f"object {number} is not valid PDF syntax; readers may interpret it differently",)
            if number in malformed
            else ()
        )
        judged = overrides.judged(number) if number in evidence.before.numbers else ()
        for message in chain(messages, judged, dangling(evidence.after, number, evidence.before)):
            count += 1
            if count <= MAX_NAMED:
                yield message
    for message in AppendedObjects(evidence, added.keys() - {section.number for section in sections}).unexpected():
        count += 1
        if count <= MAX_NAMED:
            yield message
    if count > MAX_NAMED:
        yield f"{count} findings on objects in all"


def _added(evidence: Evidence, sections: Sequence[Section]) -> dict[int, SectionEntry]:
    """Return the objects that follow the original in the file, by their numbers in ascending order."""
    newest = {number: entry for section in reversed(sections) for number, entry in section.entries.items()}
    return {
        number: entry
        for number, entry in sorted(newest.items())
        if entry.kind == 1 and evidence.header + entry.offset >= evidence.base_size_bytes
    }


def _malformed_objects(evidence: Evidence, sections: Sequence[Section], added: Mapping[int, SectionEntry]) -> set[int]:
    """Return which of these objects a strict reader does not accept."""
    malformed, own = set[int](), {section.offset for section in sections}
    for count, (number, entry) in enumerate(added.items(), 1):
        # a section that is a stream was already read strictly, and is never encrypted (ISO 32000-2 7.5.8.2)
        offset = evidence.header + entry.offset
        is_whole = entry.offset in own or is_written_whole(evidence.mapped, offset, evidence.size_bytes)
        if not is_whole or (entry.offset not in own and not evidence.after.is_plain(number)):
            malformed.add(number)
        release_regularly(count, evidence.after)
    return malformed


def _sections(evidence: Evidence) -> Sequence[Section] | None:
    """Return the sections after the original; None where they cannot be read, which `_revisions` reports."""
    try:
        return evidence.sections
    except FailedError:
        return None


def _finding(status: Status, message: str, page_number: int | None = None) -> Finding:
    return Finding(claim=Claim.FIXITY, status=status, message=message, page_number=page_number)

"""Mutate what a marking appended, seal it again, verify: `python -m tests.helpers.resealed_mutations --count 20000`.

Every digest is recomputed after the mutation, as a forger would: that of the copy in its trailer, those of the embedded
files and of the notice in the receipt, and the identifier that follows from the receipt. To verify, a mutant has to
pass the verifier and to be written again with the same bytes. One that verifies although it is not what a marking
writes is a failure: its seed is printed, and the exit status is 1. The seeds of those that only the writing finds are
printed, too, where the verifier could find them. The same seed gives the same mutant.
"""

import argparse
import hashlib
import io
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf

from tests.helpers.build import build
from tests.helpers.forgeries import with_its_identifier
from tests.helpers.resealed_copies import Body, Recorder, Revision
from tests.helpers.tampered_copies import NOTICE_FILE
from tests.helpers.volumes import notice_of, volume
from watermark.article.inspection import packet_of
from watermark.errors import WatermarkError
from watermark.models import Proof, Status
from watermark.pdf.serialization import Raw
from watermark.receipt import Receipt, receipt_in
from watermark.stamping.plan import IsolationMethod, PageSelection
from watermark.stamping.reproduction import Given, reproduce
from watermark.verification.retraction_record import _digest
from watermark.verification.verifier import receipt_of, verify_copy

GIVEN = Given(notice=NOTICE_FILE)
REFUSED, REFUSED_WHEN_WRITTEN, HARMLESS, ACCEPTED = "refused", "refused when written again", "harmless", "accepted"
ONLY_WRITTEN = frozenset({"a first range", "linearized"})
"""Kinds that the verifier alone does not judge whole: an earlier marking, and objects with other numbers."""
PIECE = 100
"""Mutants that a process judges before it reports."""
WORDS = (
    b"/AA<</O<</S/JavaScript/JS(1)>>>> /OC 3 0 R /ActualText(x) /Alt(x) /Next<</S/Launch>> /F 2 /F 32 /AP<<>> /Ref 1"
    b" /Group<<>> /Matrix[2 0 0 2 0 0] /SMask/None /Filter/Crypt /Names<<>> /Kids[] /Type/Page /Subtype/Widget"
    b" /PieceInfo<<>> /Metadata 1 0 R /Rotate 90 /UserUnit 2 null true << >> [ ] ( ) 0 -1 1 q Q BT ET EMC BI n W f S"
).split(b" ")
NAMES = (b"/Form", b"/Image", b"/Link", b"/Widget", b"/URI", b"/Launch", b"/Page", b"/Font", b"/X", b"/Type3", b"/OCG")
TRAILER = ("Info", "Root", "Encrypt", "XRefStm", "Prev", "AdditionalStreams", "X")
NAME, DIGIT, REFERENCE = (re.compile(one) for one in (rb"/[A-Za-z]+", rb"\d", rb"\b\d+ 0 R\b"))
ENTRY = re.compile(rb"/[A-Za-z]+ ?(?:/[A-Za-z0-9]+|-?[\d.]+(?: 0 R)?|\([^()]*\)|\[[^\[\]]*\])")


def _built(**recipe: Any) -> Callable[[Recorder], Revision]:  # noqa: ANN401 - the recipe knows the type of each
    options = {key: recipe.pop(key) for key in ("methods", "notice_page", "rebuild", "linearize") if key in recipe}
    return lambda recorder: recorder.revision(build(**recipe), **options)


def _of_a_range(recorder: Recorder) -> Revision:
    return recorder.revision(volume(xmp=True), notice_of(2), pages=PageSelection(written="3-4"))


def _of_a_second_range(recorder: Recorder) -> Revision:
    first = _of_a_range(recorder)
    return recorder.revision(first.sealed(), notice_of(3), pages=PageSelection(written="5-6"))


def _of_a_first_range(recorder: Recorder) -> Revision:
    """Return the first of two markings; the second is made after any mutation of it that leaves it a receipt.

    Without one it is an original like any other, which the tool marks.
    """

    def marked_again(copy: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(copy)) as document:
            if receipt_in(packet_of(document)) is None:
                raise ValueError("the first marking has no receipt")
        return recorder.revision(copy, notice_of(3), pages=PageSelection(written="5-6")).sealed()

    return replace(_of_a_range(recorder), finish=marked_again)


KINDS: dict[str, Callable[[Recorder], Revision]] = {
    "plain": _built(text="Words.", links=True, xmp=True),
    "cross-reference stream": _built(xref="stream", object_streams=True, links=True),
    "tagged": _built(tagged=True, links=True),
    "PDF/A-1b": _built(pdfa="1b"),
    "PDF/A-2b": _built(pdfa="2b", links=True),
    "PDF/A-3b": _built(pdfa="3b"),
    "several pages, a file inside": _built(pages=3, links=True, attachments=1),
    "notice in front": _built(notice_page="front", tagged=True),
    "notice behind": _built(notice_page="back"),
    "an annotation": _built(methods={1: IsolationMethod.ANNOTATION}),
    "a form": _built(methods={1: IsolationMethod.FORM}),
    "AES-256": _built(xmp=True, links=True, encryption={"owner": "an owner", "user": "", "R": 6}),
    "AES-128": _built(tagged=True, encryption={"owner": "an owner", "user": "", "R": 4}),
    "a range": _of_a_range,
    "a second range": _of_a_second_range,
    "a first range": _of_a_first_range,
    "rebuilt": _built(xmp=True, links=True, rebuild=True),
    "linearized": _built(xmp=True, links=True, rebuild=True, linearize=True),
}


class Copies:
    """The honest copies that are mutated, one of each kind; open until `close` is called."""

    def __init__(self, folder: Path, kinds: Mapping[str, Callable[[Recorder], Revision]] = KINDS) -> None:
        """Make the copies in `folder`."""
        self._stack = ExitStack()
        recorder = Recorder(folder, self._stack)
        self.revisions = {kind: make(recorder) for kind, make in kinds.items()}
        self.whole = {kind: one.sealed() for kind, one in self.revisions.items()}

    def close(self) -> None:
        """Close the documents."""
        self._stack.close()


def mutant(seed: int, revisions: Mapping[str, Revision]) -> tuple[str, bytes]:
    """Return the kind of one mutant, and its bytes, sealed: the same for the same seed and copies."""
    chance = random.Random(seed)  # noqa: S311 - the same mutants for the same seed
    kind = chance.choice(list(revisions))
    source = revisions[kind]
    objects, trailer = dict(source.objects), dict[str, Raw]()
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        number = chance.choice(list(objects))
        body, way = objects[number], chance.random()
        if body.data is not None and way < 0.5:
            objects[number] = body.with_data(_mutated(chance, body.data))
            _redigest(objects, body.data, objects[number].data or b"")
        elif way < 0.55:
            objects[chance.choice(list(objects))] = body
        elif way < 0.6 and len(objects) > 1:
            del objects[number]
        elif way < 0.62:
            trailer[chance.choice(TRAILER)] = Raw(chance.choice((b"null", b"1 0 R", b"<<>>", b"%d 0 R" % number)))
        else:
            objects[number] = replace(body, head=_mutated(chance, body.head))
    if chance.random() < 0.05:
        objects[max(objects) + 1] = Body(b"<</S/JavaScript/JS(1)>>")
    return kind, source.sealed(objects, **trailer)


def _mutated(chance: random.Random, data: bytes) -> bytes:  # noqa: PLR0911 - one way each
    """Return bytes with one change."""
    at, way = chance.randrange(len(data) + 1), chance.randrange(10)
    if way == 0 and at < len(data):
        return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]
    if way == 1:
        return data[:at] + data[at + chance.choice((1, 2, 5, 20)) :]
    if way == 2:
        return data[:at] + data[at : at + 12] + data[at:]
    if way == 3 and (found := _chosen(chance, DIGIT, data)):
        return data[: found.start()] + b"%d" % chance.randrange(1000) + data[found.end() :]
    if way == 4 and (found := _chosen(chance, NAME, data)):
        return data[: found.start()] + chance.choice(NAMES) + data[found.end() :]
    if way == 5 and data.startswith(b"<<"):
        return b"<<" + chance.choice(WORDS) + b" " + data[2:]
    if way == 6 and (found := _chosen(chance, REFERENCE, data)) and (other := _chosen(chance, REFERENCE, data)):
        return data[: found.start()] + other[0] + data[found.end() :]
    if way == 7 and (found := _chosen(chance, ENTRY, data)):
        return data[: found.start()] + data[found.end() :]
    if way == 8 and (found := _chosen(chance, ENTRY, data)) and (other := _chosen(chance, ENTRY, data)):
        return data[: found.start()] + other[0] + data[found.end() :]
    return data[:at] + b" " + chance.choice(WORDS) + b" " + data[at:]


def _chosen(chance: random.Random, pattern: re.Pattern[bytes], data: bytes) -> re.Match[bytes] | None:
    found = list(pattern.finditer(data))
    return chance.choice(found) if found else None


def _redigest(objects: dict[int, Body], before: bytes, after: bytes) -> None:
    """Let the receipt name what was mutated: the digest and the size of a file, that of the notice, its identifier."""
    old, new = (hashlib.sha256(data).hexdigest().encode() for data in (before, after))
    for number, body in objects.items():
        if body.data is None or b"<rwm:Receipt>" not in body.data:
            continue
        data = body.data
        if old in data:
            data = data.replace(old, new).replace(b'size_bytes":%d' % len(before), b'size_bytes":%d' % len(after))
            data = _with_notice_digest(data, before, after)
        objects[number] = body.with_data(_with_identifier(data))


def _with_notice_digest(packet: bytes, before: bytes, after: bytes) -> bytes:
    """Return the packet with the digest of the notice in the record, where it is the record that was mutated."""
    try:
        old, new = (_digest(json.loads(data).get("notice")).encode() for data in (before, after))
    except (ValueError, AttributeError, RecursionError):
        return packet
    return packet.replace(old, new)


def _with_identifier(packet: bytes) -> bytes:
    try:
        return with_its_identifier(packet.decode()).encode()
    except (AssertionError, UnicodeDecodeError):
        return packet


def says_the_same(one: bytes, other: bytes) -> bool:
    """Return whether two copies have the same objects, however they are written."""
    try:
        with pikepdf.open(io.BytesIO(one)) as first, pikepdf.open(io.BytesIO(other)) as second:
            return _objects(first) == _objects(second)
    except (pikepdf.PdfError, ValueError, RuntimeError):  # qpdf's own errors come as any of them
        return False


def _objects(pdf: pikepdf.Pdf) -> list[tuple[bytes, bytes]]:
    found = []
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream):
            entries = {key: value for key, value in item.items() if key not in {"/Length", "/Filter"}}
            found.append((pikepdf.Dictionary(entries).unparse(), item.read_bytes()))
        else:
            found.append(
                (item.unparse(resolved=True) if isinstance(item, pikepdf.Object) else repr(item).encode(), b"")
            )
    return found


def verdicts(first: int, count: int, folder: Path) -> Iterator[tuple[int, str, str]]:
    """Yield the seed of each mutant, its kind and its result.

    The verifier judges by structure first, and then by pixels and text; what it passes is written again.
    """
    copies = Copies(folder)
    path = folder / "mutant.pdf"
    for seed in range(first, first + count):
        try:
            kind, data = mutant(seed, copies.revisions)
        except (WatermarkError, pikepdf.PdfError, ValueError):
            yield seed, "", REFUSED  # qpdf cannot linearize it, or it cannot be marked a second time
            continue
        path.write_bytes(data)
        yield seed, kind, _verdict(path, data, copies.whole[kind])
    copies.close()


def _verdict(path: Path, data: bytes, honest: bytes) -> str:
    if not (_passes(path, Proof.STRUCTURE) and _passes(path, Proof.FULL)):
        return REFUSED
    if data == honest or says_the_same(data, honest):
        return HARMLESS
    if not _is_written_again(path):
        return REFUSED_WHEN_WRITTEN
    return HARMLESS if _is_another_run(path, honest) else ACCEPTED


def _is_another_run(path: Path, honest: bytes) -> bool:
    """Return whether another run of the tool writes it: with another reason for the match, or with other libraries."""
    receipt = receipt_of(path)
    path.write_bytes(honest)
    return _of_any_run(receipt) == _of_any_run(receipt_of(path))


def _of_any_run(receipt: Receipt) -> Receipt:
    choices = {name: value for name, value in receipt.choices.items() if name != "libraries"}
    return replace(receipt, match_reason="", choices=choices)


def _passes(path: Path, proof: Proof) -> bool:
    try:
        return not verify_copy(path, proof=proof, asks_verapdf=False).failures
    except WatermarkError:
        return False


def _is_written_again(path: Path) -> bool:
    try:
        return all(finding.status is Status.OK for finding in reproduce(path, given=GIVEN))
    except WatermarkError:
        return False


def _piece(first: int, count: int, keep: Path | None) -> list[tuple[int, str, str]]:
    with tempfile.TemporaryDirectory() as name:
        found = []
        for seed, kind, result in verdicts(first, count, Path(name)):
            found.append((seed, kind, result))
            if keep and result in {ACCEPTED, REFUSED_WHEN_WRITTEN}:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{seed}.pdf").write_bytes((Path(name) / "mutant.pdf").read_bytes())
        return found


def main() -> int:
    """Judge mutants, and print the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="begin no piece after so long")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="leave each mutant in this folder that the verifier passes")
    options = parser.parse_args()
    counts, kinds, started = Counter[str](), Counter[str](), time.monotonic()
    starts = iter(range(options.seed, options.seed + options.count, PIECE))
    last = options.seed + options.count
    with ProcessPoolExecutor(options.jobs) as pool:
        while time.monotonic() - started < options.seconds:
            pieces = [one for _, one in zip(range(options.jobs), starts, strict=False)]
            for found in [pool.submit(_piece, one, min(PIECE, last - one), options.keep) for one in pieces]:
                for seed, kind, result in found.result():
                    counts[result] += 1
                    kinds[kind] += 1
                    if result == ACCEPTED or (result == REFUSED_WHEN_WRITTEN and kind not in ONLY_WRITTEN):
                        sys.stdout.write(f"seed {seed} ({kind}): {result}\n")
            sys.stdout.flush()
            if not pieces:
                break
    sys.stdout.write(f"{counts.total()} mutants: {dict(counts)}; {dict(kinds)}\n")
    return int(bool(counts[ACCEPTED]))


if __name__ == "__main__":
    sys.exit(main())

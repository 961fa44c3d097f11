"""Mutate what a marking appended, seal it again, verify: `python -m tests.helpers.resealed_mutations --count 20000`.

A mutant has to be written again with the same bytes, and to pass the verifier.
Every digest is recomputed after the mutation: that of the copy in its trailer, and those of the embedded files in the
receipt. A mutant that verifies although it is not what a marking writes is a failure: its seed is printed, and the exit
status is 1. The same seed gives the same mutant.
"""

import argparse
import hashlib
import io
import random
import re
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from tests.helpers.tampered_copies import stamped
from watermark.api import verify
from watermark.errors import WatermarkError
from watermark.models import Status, VerificationReport
from watermark.stamping.plan import IsolationMethod
from watermark.stamping.reproduction import reproduce
from watermark.verification.verifier import verify_copy

KINDS: tuple[dict[str, object], ...] = (
    {"text": "Words.", "links": True, "xmp": True},
    {"tagged": True},
    {"pdfa": "3b"},
    {"pages": 3, "links": True, "attachments": 1},
    {"notice_page": "front", "tagged": True},
    {"notice_page": "back"},
    {"methods": {1: IsolationMethod.ANNOTATION}},
    {"methods": {1: IsolationMethod.FORM}},
)
WORDS = (
    b"/AA<</O<</S/JavaScript/JS(1)>>>> /OC 3 0 R /ActualText(x) /Alt(x) /Next<</S/Launch>> /F 2 /F 32 /AP<<>> /Ref 1"
    b" /Group<<>> /Matrix[2 0 0 2 0 0] /SMask/None /Filter/Crypt /Names<<>> /Kids[] /Type/Page /Subtype/Widget"
    b" /PieceInfo<<>> /Metadata 1 0 R /Rotate 90 /UserUnit 2 null true << >> [ ] ( ) 0 -1 1 q Q BT ET EMC BI n W f S"
).split(b" ")
NAMES = (b"/Form", b"/Image", b"/Link", b"/Widget", b"/URI", b"/Launch", b"/Page", b"/Font", b"/X", b"/Type3", b"/OCG")
PLACE = re.compile(rb"(\d{10}) (\d{5}) n")
DIGEST = re.compile(rb"<[0-9A-Fa-f]{64}>")
LENGTH = re.compile(rb"/Length \d+")
BLANK = b"<" + b"0" * 64 + b">"


@dataclass
class Revision:
    """The one revision of a copy: its objects in order, streams not deflated, and its trailer."""

    base: bytes
    objects: dict[int, bytes]
    trailer: bytes
    written: dict[bytes, bytes]
    """Each object as it was written, by what it is with its stream inflated: what is not mutated stays so."""

    @classmethod
    def of(cls, copy: bytes, base_size: int) -> "Revision":
        """Take a copy with a classic cross-reference table apart."""
        section = int(re.findall(rb"startxref\s+(\d+)", copy)[-1])
        at, objects = section + 5, dict[int, bytes]()
        places: dict[int, int] = {}
        while head := re.compile(rb"(\d+) (\d+)\n").match(copy, at):
            at = head.end()
            for number in range(int(head[1]), int(head[1]) + int(head[2])):
                row = PLACE.match(copy, at)
                if row is not None:
                    places[number] = int(row[1])
                at += 20
        ends = sorted([*places.values(), section])
        written: dict[bytes, bytes] = {}
        for number, place in places.items():
            whole = copy[place : ends[ends.index(place) + 1]]
            body = whole[whole.index(b"obj\n") + 4 : whole.rindex(b"\nendobj")]
            objects[number] = _plain(body)
            written[objects[number]] = body
        trailer = copy[copy.index(b"trailer", section) + 7 : copy.rindex(b"startxref")].strip()
        return cls(copy[:base_size], objects, trailer, written)

    def sealed(self) -> bytes:
        """Return the copy, with the digest of the whole in its trailer."""
        out, places = bytearray(self.base), dict[int, int]()
        for number, body in sorted(self.objects.items()):
            places[number] = len(out)
            out += b"%d 0 obj\n%b\nendobj\n" % (number, self.written.get(body, body))
        section = len(out)
        out += b"xref\n"
        for number, place in places.items():
            if number - 1 not in places:
                count = next(n for n in range(1, len(places) + 1) if number + n not in places)
                out += b"%d %d\n" % (number, count)
            out += b"%010d 00000 n \n" % place
        trailer = DIGEST.sub(BLANK, self.trailer)
        out += b"trailer\n%b\nstartxref\n%d\n%%%%EOF\n" % (trailer, section)
        place = out.rindex(BLANK) + 1
        out[place : place + 64] = hashlib.sha256(out).hexdigest().upper().encode()
        return bytes(out)


def _plain(body: bytes) -> bytes:
    """Return an object with its stream inflated."""
    head, found, rest = body.partition(b"stream\n")
    if not found or b"/Filter /FlateDecode" not in head:
        return body
    data = zlib.decompress(rest[: rest.rindex(b"endstream")])
    return _stream(head.replace(b"/Filter /FlateDecode", b""), data)


def _stream(head: bytes, data: bytes) -> bytes:
    return LENGTH.sub(b"/Length %d" % len(data), head) + b"stream\n" + data + b"\nendstream"


def revisions(folder: Path) -> list[Revision]:
    """Return the honest copies that are mutated, one of each kind."""
    made = []
    for kind in KINDS:
        copy = stamped(folder, **kind).read_bytes()  # type: ignore[arg-type]
        made.append(Revision.of(copy, len((folder / "original.pdf").read_bytes())))
    return made


def mutant(seed: int, honest: list[Revision]) -> bytes:
    """Return one mutant, sealed: the same for the same seed and copies."""
    chance = random.Random(seed)  # noqa: S311 - the same mutants for the same seed
    source = chance.choice(honest)
    objects = dict(source.objects)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        number = chance.choice(list(objects))
        head, is_stream, rest = objects[number].partition(b"stream\n")
        if is_stream and chance.random() < 0.6:
            before = rest[: rest.rindex(b"\nendstream")]
            data = _mutated(chance, before)
            objects[number] = _stream(head, data)
            _redigest(objects, before, data)
        elif chance.random() < 0.1:
            objects[chance.choice(list(objects))] = objects[number]
        elif chance.random() < 0.05:
            del objects[number]
            if not objects:
                return source.sealed()
        else:
            head = _mutated(chance, head)
            objects[number] = head + is_stream + rest
    if chance.random() < 0.1:
        objects[max(objects) + 1] = b"<</S/JavaScript/JS(1)>>"
    size = b"/Size %d" % (max(objects) + 1)
    trailer = re.sub(rb"/Size \d+", size, source.trailer)
    return Revision(source.base, objects, trailer, source.written).sealed()


def _mutated(chance: random.Random, data: bytes) -> bytes:  # noqa: PLR0911 - one way each
    """Return bytes with one change."""
    at, way = chance.randrange(len(data) + 1), chance.randrange(7)
    if way == 0 and at < len(data):
        return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]
    if way == 1:
        return data[:at] + data[at + chance.choice((1, 2, 5, 20)) :]
    if way == 2:
        return data[:at] + data[at : at + 12] + data[at:]
    if way == 3 and (found := [match.start() for match in re.finditer(rb"\d", data)]):
        at = chance.choice(found)
        return data[:at] + b"%d" % chance.randrange(1000) + data[at + 1 :]
    if way == 4 and (names := list(re.finditer(rb"/[A-Za-z]+", data))):
        name = chance.choice(names)
        return data[: name.start()] + chance.choice(NAMES) + data[name.end() :]
    if way == 5 and data.startswith(b"<<"):
        return b"<<" + chance.choice(WORDS) + b" " + data[2:]
    return data[:at] + b" " + chance.choice(WORDS) + b" " + data[at:]


def _redigest(objects: dict[int, bytes], before: bytes, after: bytes) -> None:
    """Let the receipt name the digest and the size of a file that was mutated, wherever they stand."""
    old, new = (hashlib.sha256(data).hexdigest().encode() for data in (before, after))
    for number, body in objects.items():
        if old in body and b"stream\n" in body:
            head, _, rest = body.partition(b"stream\n")
            data = rest[: rest.rindex(b"\nendstream")].replace(old, new)
            objects[number] = _stream(
                head, data.replace(b'size_bytes":%d' % len(before), b'size_bytes":%d' % len(after))
            )


def says_the_same(one: bytes, other: bytes) -> bool:
    """Return whether two copies have the same objects, however they are written."""
    try:
        with pikepdf.open(io.BytesIO(one)) as first, pikepdf.open(io.BytesIO(other)) as second:
            return _objects(first) == _objects(second)
    except (pikepdf.PdfError, ValueError):
        return False


def _objects(pdf: pikepdf.Pdf) -> list[tuple[bytes, bytes]]:
    found = []
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream):
            entries = {key: value for key, value in item.items() if key not in {"/Length", "/Filter"}}
            found.append((pikepdf.Dictionary(entries).unparse(), item.read_bytes()))
        else:
            found.append((item.unparse() if isinstance(item, pikepdf.Object) else repr(item).encode(), b""))
    return found


def verdicts(first: int, count: int, folder: Path, *, by_witness: bool = False) -> Iterator[tuple[int, str]]:
    """Yield the seed of each mutant, and its result: refused, harmless, or accepted.

    To verify, a mutant has to be written again with the same bytes, and to pass the verifier. Writing it again takes
    a tenth of the time, so that comes first. With `by_witness` the verifier comes first, and what it lets pass is
    counted, too.
    """
    honest = revisions(folder)
    whole = [one.sealed() for one in honest]
    path = folder / "mutant.pdf"
    for seed in range(first, first + count):
        data = mutant(seed, honest)
        path.write_bytes(data)
        if by_witness:
            yield seed, _by_witness(path, data, whole)
        elif not _is_written_again(path):
            yield seed, "refused when written again"
        elif not _passes(lambda: verify(path)):
            yield seed, "refused"
        else:
            yield seed, "harmless" if _is_one_of(data, whole) else "accepted"


def _by_witness(path: Path, data: bytes, whole: list[bytes]) -> str:
    if not _passes(lambda: verify_copy(path)):
        return "refused"
    if _is_one_of(data, whole):
        return "harmless"
    return "refused when written again" if not _is_written_again(path) else "accepted"


def _is_one_of(data: bytes, whole: list[bytes]) -> bool:
    return any(data == one or says_the_same(data, one) for one in whole)


def _is_written_again(path: Path) -> bool:
    try:
        return all(finding.status is Status.OK for finding in reproduce(path))
    except WatermarkError:
        return False


def _passes(verified: Callable[[], VerificationReport]) -> bool:
    try:
        return verified().passed
    except WatermarkError:
        return False


def main() -> int:
    """Judge mutants, and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after so long")
    parser.add_argument("--witness", action="store_true", help="ask the verifier first, and count what it lets pass")
    parser.add_argument("--keep", type=Path, help="leave each accepted mutant in this folder")
    options = parser.parse_args()
    counts, started = Counter[str](), time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        for seed, result in verdicts(options.seed, options.count, Path(name), by_witness=options.witness):
            counts[result] += 1
            if result == "accepted":
                sys.stdout.write(f"seed {seed} verifies, and is not what a marking writes\n")
                sys.stdout.flush()
                if options.keep:
                    options.keep.mkdir(parents=True, exist_ok=True)
                    (options.keep / f"{seed}.pdf").write_bytes((Path(name) / "mutant.pdf").read_bytes())
            if time.monotonic() - started > options.seconds:
                break
    sys.stdout.write(f"{counts.total()} mutants: {dict(counts)}\n")
    return int(bool(counts["accepted"]))


if __name__ == "__main__":
    sys.exit(main())

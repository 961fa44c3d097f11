"""Attacks on a sealed copy: each is named by a verification that requires the seal."""

import hashlib
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from tests.helpers.build import build
from tests.helpers.certificates import PASSWORD, Authority, authority, self_signed
from watermark import SealLevel, SealOptions, SealPolicy, Status, WatermarkError, stamp, verify
from watermark.article import Article
from watermark.pdf.incremental_update import build_update
from watermark.pdf.object_draft import ObjectDraft, first_free_number
from watermark.pdf.serialization import Name
from watermark.stamping.seal.signature_writer import seal_copy
from watermark.verification.seal import SealLayer
from watermark.verification.verifier import seal_of

AT = datetime(2024, 5, 1, tzinfo=UTC)
NOTICE = "# Retraction\n\nThe article https://doi.org/10.5555/a has been retracted.\n\nDate: 2024-05-01\n"
Attack = Callable[[Path, tuple[SealLayer, ...]], None]
Change = Callable[[ObjectDraft], None]


class Bench:
    """Sealed copies of one article, and the policy that their publisher's readers have."""

    def __init__(self, folder: Path, ca: Authority) -> None:
        """Seal a copy at the lowest and at the highest level, and certify one."""
        self.folder, self.ca = folder, ca
        article, notice = folder / "article.pdf", folder / "notice.md"
        article.write_bytes(build(text="doi:10.5555/a", pages=2))
        notice.write_text(NOTICE)
        trust = str(ca.trust_folder(folder / "trust"))
        self.policy = SealPolicy(trust=trust, is_required=True)
        self.key = ca.issued().save(folder / "key.p12", ca.issuer)
        options = {"key": str(self.key), "password": PASSWORD, "trust": trust}
        server = f"{ca.url}/timestamp"
        for name, seal in {
            "plain": SealOptions(**options),
            "certified": SealOptions(**options, certifies=True),
            "lta": SealOptions(**options, level=SealLevel.LTA, timestamp_url=server),
            "unsealed": None,
        }.items():
            stamp(article, notice, folder / f"{name}.pdf", at=AT, seal=seal)

    def attacked(self, name: str, attack: Attack, folder: Path) -> Path:
        """Return the path of a copy that was attacked."""
        path = folder / "copy.pdf"
        path.write_bytes((self.folder / f"{name}.pdf").read_bytes())
        attack(path, seal_of(path))
        return path


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with authority() as ca:
        yield Bench(tmp_path_factory.mktemp("bench"), ca)


def appended(change: Change) -> Attack:
    """Return an attack that appends a revision in good order."""

    def attack(path: Path, _: object) -> None:
        with Article.opened(path) as article:
            draft = ObjectDraft(article.document, first_free_number(article.document))
            change(draft)
            update = build_update(draft, article.frame, article.hasher)
        path.write_bytes(path.read_bytes() + update.data)

    return attack


def replaced(pattern: bytes, by: bytes, *, inside: str = "all") -> Attack:
    """Return an attack that writes other bytes of the same number: the signed ones, or those of the signature."""

    def attack(path: Path, layers: tuple[SealLayer, ...]) -> None:
        data = path.read_bytes()
        area = layers[-1].gap if inside == "signature" else range(len(data))
        found = re.search(pattern, data[area.start : area.stop])
        assert found is not None
        place = area.start + found.start()
        path.write_bytes(data[:place] + by + data[place + len(by) :])

    return attack


def add_link(draft: ObjectDraft) -> None:
    page = draft.change(draft.document.pages[0].obj)
    link = {"/Type": Name("/Annot"), "/Subtype": Name("/Link"), "/Rect": [0, 0, 9, 9]}
    page["/Annots"] = [*draft.copy_array(page.get("/Annots")), draft.add(link)]


def add_second_widget(draft: ObjectDraft) -> None:
    form = draft.change(draft.document.Root.AcroForm)
    field = draft.add({"/FT": Name("/Tx"), "/T": "x", "/V": "y"})
    form["/Fields"] = [*draft.copy_array(form["/Fields"]), field]


def shadow_content(draft: ObjectDraft) -> None:
    page = draft.change(draft.document.pages[0].obj)
    page["/Contents"] = draft.add_stream({}, b"0 g 0 0 600 800 re f")


def exchange_key(bench: Bench) -> Attack:
    def attack(path: Path, layers: tuple[SealLayer, ...]) -> None:
        path.write_bytes(path.read_bytes()[: layers[-1].start])
        key = self_signed("A publisher").save(bench.folder / "stranger.p12")
        seal_copy(path, SealOptions(key=str(key), password=PASSWORD), at=AT)

    return attack


def seal_again(bench: Bench) -> Attack:
    def attack(path: Path, _: object) -> None:
        seal_copy(path, SealOptions(key=str(bench.key), password=PASSWORD), at=AT)

    return attack


def strange_seal_on_top(bench: Bench) -> Attack:
    def attack(path: Path, _: object) -> None:
        key = self_signed().save(bench.folder / "stranger.p12")
        seal_copy(path, SealOptions(key=str(key), password=PASSWORD), at=AT)

    return attack


def drop_seal(path: Path, layers: tuple[SealLayer, ...]) -> None:
    path.write_bytes(path.read_bytes()[: layers[-1].start])


def drop_signature_digits(path: Path, layers: tuple[SealLayer, ...]) -> None:
    data, gap = path.read_bytes(), layers[-1].gap
    path.write_bytes(data[: gap.start + 1] + b"0" * (len(gap) - 2) + data[gap.stop - 1 :])


def signature_of_another_copy(bench: Bench) -> Attack:
    def attack(path: Path, layers: tuple[SealLayer, ...]) -> None:
        other = (bench.folder / "certified.pdf").read_bytes()
        gap = seal_of(bench.folder / "certified.pdf")[-1].gap
        digits = other[gap.start + 1 : gap.stop - 1].rstrip(b"0")
        data, own = path.read_bytes(), layers[-1].gap
        room = len(own) - 2
        path.write_bytes(data[: own.start + 1] + digits.ljust(room, b"0")[:room] + data[own.stop - 1 :])

    return attack


def forged_receipt(bench: Bench) -> Attack:
    """Mark an article of one's own, with the right digests, and put the publisher's seal revision behind it."""

    def attack(path: Path, layers: tuple[SealLayer, ...]) -> None:
        seal = path.read_bytes()[layers[-1].start :]
        own = bench.folder / "own.pdf"
        own.write_bytes(build(text="doi:10.5555/a, and other results", pages=2))
        stamp(own, bench.folder / "notice.md", path, at=AT, overwrite=True)
        path.write_bytes(path.read_bytes() + seal)

    return attack


def widen_gap(path: Path, layers: tuple[SealLayer, ...]) -> None:
    """Leave more out of the signed ranges than the digits of the signature."""
    data = path.read_bytes()
    found = re.search(rb"/ByteRange \[0 (\d+) (\d+) (\d+)", data[layers[-1].start :])
    assert found is not None
    first, second, rest = map(int, found.groups())
    changed = b"/ByteRange [0 %d %d %d" % (first - 60, second, rest)
    place = layers[-1].start + found.start()
    path.write_bytes(data[:place] + changed.ljust(len(found[0])) + data[place + len(found[0]) :])


def save_again(path: Path, _: object) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as document:
        document.save(path)


def append_bytes(path: Path, _: object) -> None:
    path.write_bytes(path.read_bytes() + b"% more\n")


def cut(path: Path, _: object) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def exchange_time_stamp(path: Path, layers: tuple[SealLayer, ...]) -> None:
    """Put the time stamp of other bytes in the place of the right one: its own, with another digest in it."""
    data, gap = path.read_bytes(), layers[0].gap
    digits = data[gap.start + 1 : gap.stop - 1]
    with_digest = bytes.fromhex(digits.decode())
    digest = hashlib.sha256()
    digest.update(data[: gap.start])
    digest.update(data[gap.stop : layers[0].end])
    assert digest.digest() in with_digest
    other = with_digest.replace(digest.digest(), hashlib.sha256(b"other").digest())
    path.write_bytes(data[: gap.start + 1] + other.hex().upper().encode() + data[gap.stop - 1 :])


ATTACKS: dict[str, tuple[str, Attack | Callable[[Bench], Attack]]] = {
    "a link appended": ("plain", appended(add_link)),
    "a form field appended": ("plain", appended(add_second_widget)),
    "other content appended": ("plain", appended(shadow_content)),
    "a script appended": (
        "plain",
        appended(lambda d: d.change(d.catalog).update({"/OpenAction": {"/S": Name("/JavaScript"), "/JS": "x"}})),
    ),
    "other metadata appended": (
        "plain",
        appended(lambda d: d.change(d.catalog).update({"/Metadata": d.add_stream({"/Type": Name("/Metadata")}, b"x")})),
    ),
    "other pages appended": ("plain", appended(lambda d: d.change(d.document.Root.Pages).update({"/Count": 1}))),
    "an empty page list appended": ("plain", appended(lambda d: d.change(d.document.Root.Pages).update({"/Kids": []}))),
    "an appearance for the seal appended": (
        "plain",
        appended(
            lambda d: d.change(d.document.Root.AcroForm.Fields[-1]).update(
                {"/Rect": [0, 0, 600, 800], "/AP": {"/N": d.add_stream({"/Subtype": Name("/Form")}, b"0 g")}}
            )
        ),
    ),
    "the seal's field emptied": (
        "plain",
        appended(lambda d: d.change(d.document.Root.AcroForm.Fields[-1]).update({"/V": None})),
    ),
    "the form's fields dropped": (
        "plain",
        appended(lambda d: d.change(d.document.Root.AcroForm).update({"/Fields": []})),
    ),
    "the form dropped": ("plain", appended(lambda d: d.change(d.catalog).update({"/AcroForm": None}))),
    "validation material alone appended": (
        "plain",
        appended(lambda d: d.change(d.catalog).update({"/DSS": d.add({"/Type": Name("/DSS")})})),
    ),
    "a link appended after certification": ("certified", appended(add_link)),
    "sealed again after certification": ("certified", seal_again),
    "permissions dropped": ("certified", appended(lambda d: d.change(d.catalog).update({"/Perms": None}))),
    "certification softened": ("certified", replaced(rb"/P 1/V", b"/P 2")),
    "a link appended behind the time stamp": ("lta", appended(add_link)),
    "the time stamp exchanged": ("lta", exchange_time_stamp),
    "a certificate exchanged": ("lta", replaced(rb"/Certs \[\d", b"/CRLs  ")),
    "the key exchanged": ("plain", exchange_key),
    "a stranger's seal on top": ("plain", strange_seal_on_top),
    "the seal dropped": ("plain", drop_seal),
    "the seal dropped from a certified copy": ("certified", drop_seal),
    "the seal dropped from an archived copy": ("lta", drop_seal),
    "the signature emptied": ("plain", drop_signature_digits),
    "the signature of another copy": ("plain", signature_of_another_copy),
    "the signature changed": ("plain", replaced(rb"<30", b"<31", inside="signature")),
    "another receipt, without a seal": ("plain", forged_receipt),
    "the ranges widened": ("plain", widen_gap),
    "the ranges shifted": ("plain", replaced(rb"/ByteRange \[0", b"/ByteRange [1")),
    "the original changed": ("plain", replaced(rb"/MediaBox", b"/MediaBux")),
    "the mark changed": ("plain", replaced(rb"/RetractionMark", b"/RetractionMurk")),
    "the time of signing changed": ("plain", replaced(rb"/M \(D:2024", b"/M (D:2020")),
    "the field renamed": ("plain", replaced(rb"\(Retraction seal\)", b"(Retraction real)")),
    "the widget moved": ("plain", replaced(rb"/Rect \[-1 -1 -1 -1\]", b"/Rect [ 1  1  1  1]")),
    "another signature format": ("plain", replaced(rb"/ETSI\.CAdES\.detached", b"/adbe.pkcs7.detached")),
    "saved again by another program": ("plain", save_again),
    "bytes appended": ("plain", append_bytes),
    "cut short": ("plain", cut),
    "a copy that was never sealed": ("unsealed", lambda _, __: None),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_on_a_sealed_copy_is_named(bench: Bench, tmp_path: Path, name: str) -> None:
    copy, attack = ATTACKS[name]
    if attack in {exchange_key, seal_again, strange_seal_on_top, signature_of_another_copy, forged_receipt}:
        attack = attack(bench)
    path = bench.attacked(copy, attack, tmp_path)
    assert problems_of(path, bench.policy) != []


def problems_of(path: Path, policy: SealPolicy) -> list[str]:
    """Return what failed, or why the copy cannot be verified at all."""
    try:
        return [item.message for item in verify(path, seal=policy).failures]
    except WatermarkError as error:
        return [str(error)]


@pytest.mark.parametrize("name", ["plain", "certified", "lta"])
def test_the_copies_that_are_attacked_verify_before(bench: Bench, name: str) -> None:
    assert verify(bench.folder / f"{name}.pdf", seal=bench.policy).passed


@pytest.mark.slow
def test_every_byte_of_a_seal_counts(bench: Bench, tmp_path: Path) -> None:
    """A changed byte outside the signature is always found; one inside never changes who is named.

    The envelope of a signature has a few bytes that are not signed, such as its version (RFC 5652 5.1).
    """
    data = (bench.folder / "plain.pdf").read_bytes()
    (layer,) = seal_of(bench.folder / "plain.pdf")
    honest = {item.message for item in verify(bench.folder / "plain.pdf", seal=bench.policy).findings}
    digits = data[layer.gap.start + 1 : layer.gap.stop - 1]
    signature = range(layer.gap.start + 1, layer.gap.start + 1 + len(digits.rstrip(b"0")))
    path, passed = tmp_path / "copy.pdf", list[int]()
    for place in (*range(layer.start, layer.gap.start, 3), *signature[::29], *range(layer.gap.stop - 1, layer.end, 3)):
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        try:
            report = verify(path, seal=bench.policy)
        except WatermarkError:
            continue
        if report.status is not Status.FAILED:
            passed.append(place)
            assert {item.message for item in report.findings} == honest
    assert [place for place in passed if place not in signature] == []
    assert len(passed) < len(signature) // 29 // 10

"""Attacks on copies that were marked twice or in part, rewritten, linearized or encrypted, with new digests.

Each attack is on a copy that verifies when nothing is changed, which is tried first.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from tests.attacks.bombs import with_empty_revisions
from tests.helpers.resealed_copies import Body, Revision
from tests.helpers.resealed_mutations import GIVEN, KINDS, Copies
from tests.helpers.revision_attacks import (
    OTHER_LINK,
    OTHER_RECORD,
    OTHER_WORDS,
    WHITE_LETTERS,
    Attack,
    between,
    data_with,
    earlier_letters_white,
    entry_with,
    overriding,
    with_blank_page,
)
from tests.helpers.volumes import volume
from watermark.errors import WatermarkError
from watermark.models import Claim, Status
from watermark.pdf.file_structure import XrefTail
from watermark.stamping.reproduction import verify_and_reproduce

pytestmark = pytest.mark.slow
ATTACKED = ("a range", "a second range", "a first range", "rebuilt", "linearized", "AES-256", "notice in front")
ORIGINAL = volume(xmp=True)


def first_page_as_it_was(_: pikepdf.Pdf) -> dict[int, Body]:
    with pikepdf.open(io.BytesIO(ORIGINAL), inherit_page_attributes=False) as original:
        page = original.pages[2].obj
        return {page.objgen[0]: Body(page.unparse(resolved=True))}


def another_pages_content(document: pikepdf.Pdf) -> dict[int, Body]:
    content = document.pages[5].Contents
    return {content.objgen[0]: Body(b"<</Length 23>>", b"1 g 0 0 900 900 re f   ")}


def page_again(document: pikepdf.Pdf) -> dict[int, Body]:
    page, tree = document.pages[2].obj, document.Root.Pages
    highest = max(number for number, _ in document.get_xref_table()) + 500
    kids = b" ".join(b"%d %d R" % kid.objgen for kid in tree.Kids)
    return {
        tree.objgen[0]: Body(b"<</Type/Pages/Count 7/Kids[%b %d 0 R]>>" % (kids, highest)),
        highest: Body(page.unparse(resolved=True)),
    }


def past_the_first_marking(revision: Revision) -> bytes:
    """Let the trailer continue that of the original, so that viewers do not see what the first marking changed."""
    assert isinstance(revision.frame, XrefTail)
    start = int(re.findall(rb"startxref\s+(\d+)", ORIGINAL)[-1])
    return replace(revision, frame=replace(revision.frame, startxref=start)).sealed()


def other_digest(copy: bytes) -> bytes:
    start = copy.rindex(b"/ID [")
    found = [*re.finditer(rb"<([0-9A-F]{64})>", copy[start:])][-1]
    place = start + found.start(1)
    return copy[:place] + b"0" * 64 + copy[place + 64 :]


def emptied(revision: Revision) -> bytes:
    """Leave out the data of the stream that saves the state before a page's own content."""
    number, body = next(one for one in revision.objects.items() if one[1].data == b"q\n")
    return revision.sealed({**revision.objects, number: body.with_data(b"")})


ATTACKS: dict[str, tuple[str, Attack]] = {
    "a page of the first range is as it was": ("a second range", overriding(first_page_as_it_was)),
    "the first letters are white": ("a second range", earlier_letters_white(2)),
    "another page paints white": ("a range", overriding(another_pages_content)),
    "the page without its mark is behind the others": ("a range", overriding(page_again)),
    "viewers do not see the first marking": ("a second range", past_the_first_marking),
    "the receipt leaves the first marking out": (
        "a second range",
        data_with(b"<rwm:Receipt>", rb'"earlier":\[\[.*?\]\]\]?,?', b""),
    ),
    "the receipt names another first article": ("a second range", data_with(b"<rwm:Receipt>", rb"vol\.2", b"vol.9")),
    "the first mark is not painted": ("a first range", data_with(b"/RetractionMark Do", rb"/RetractionMark Do", b"")),
    "the first stream is empty": ("a first range", emptied),
    "the first letters were white": ("a first range", WHITE_LETTERS),
    "the first link leads elsewhere": ("a first range", OTHER_LINK),
    "the first notice was another": ("a first range", data_with(b'"notice": {', rb"Lead Isotopes", b"Leaf Isotopes")),
    "the first marking is of another format": (
        "a first range",
        data_with(b"<rwm:Receipt>", rb'"format":\d', b'"format":9'),
    ),
    "the first copy has another digest": ("a first range", between(other_digest)),
    "a page was emptied between the markings": ("a first range", between(lambda copy: with_blank_page(copy, 2))),
    "an empty revision is between the markings": ("a first range", between(lambda copy: with_empty_revisions(copy, 1))),
    "a linearized copy without its mark": ("linearized", data_with(b"/RetractionMark Do", rb"/RetractionMark Do", b"")),
    "a linearized copy with white letters": ("linearized", WHITE_LETTERS),
    "a linearized copy with a script": (
        "linearized",
        entry_with(b"/Type /Catalog", rb"/Type /Catalog", b"/Type /Catalog/OpenAction<</S/JavaScript/JS(1)>>"),
    ),
    "a linearized copy that links elsewhere": ("linearized", OTHER_LINK),
    "a linearized copy with another record": ("linearized", OTHER_RECORD),
    "a linearized copy with more behind it": ("linearized", lambda one: with_empty_revisions(one.sealed(), 1)),
    "another original in a rewritten copy": ("rebuilt", data_with(b"This is page", rb"page 1 of", b"page 2 of")),
    "a rewritten copy with another record": ("rebuilt", OTHER_RECORD),
    "an encrypted copy that links elsewhere": ("AES-256", OTHER_LINK),
    "an encrypted copy with another record": ("AES-256", OTHER_RECORD),
    "an encrypted copy with other words": ("AES-256", OTHER_WORDS),
    "a page of the notice is blank": ("notice in front", data_with(b"/Text0 24 Tf", rb".*", b"q Q")),
}


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copies]:
    made = Copies(tmp_path_factory.mktemp("copies"), {kind: KINDS[kind] for kind in ATTACKED})
    yield made
    made.close()


def is_verified(path: Path) -> bool:
    report = verify_and_reproduce(path, given=GIVEN)
    return not report.failures and report.status_of(Claim.REPRODUCED) is Status.OK


@pytest.mark.parametrize("kind", ATTACKED)
def test_a_copy_in_which_nothing_is_changed_verifies(tmp_path: Path, copies: Copies, kind: str) -> None:
    path = tmp_path / "copy.pdf"
    path.write_bytes(copies.revisions[kind].sealed())
    assert is_verified(path)


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attacked_copy_does_not_verify(tmp_path: Path, copies: Copies, name: str) -> None:
    kind, attack = ATTACKS[name]
    path = tmp_path / "copy.pdf"
    data = attack(copies.revisions[kind])
    assert data != copies.whole[kind]
    path.write_bytes(data)
    try:
        assert not is_verified(path)
    except WatermarkError as error:
        assert error.exit_status in {3, 4, 5}  # noqa: PT017 - either way it is not verified

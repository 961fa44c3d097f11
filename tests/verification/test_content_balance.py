"""The witness reads each page's content, and finds what of it reaches the mark: whatever a picture shows."""

import zlib
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.tampered_copies import complaints, honest, stamped
from watermark.models import Claim, Proof, Status
from watermark.pdf.object_draft import ObjectDraft
from watermark.pdf.serialization import Name
from watermark.stamping.plan import IsolationMethod
from watermark.verification.verifier import verify_copy

CLOSED = {1: IsolationMethod.CLOSED}
NOT_CLOSED = "what its content leaves open is not closed before the mark"
RESTORED = "restores more than is saved before it"
LEFT_OPEN: dict[str, tuple[dict[str, Any], str]] = {
    "a save": ({"content": b"q"}, NOT_CLOSED),
    "a text object": ({"content": b"BT"}, NOT_CLOSED),
    "marked content": ({"content": b"/Span BMC"}, NOT_CLOSED),
    "a string": ({"content": b"(without an end"}, NOT_CLOSED),
    "an array": ({"content": b"[ 1 2"}, NOT_CLOSED),
    "an inline image": ({"content": b"BI /W 1 /H 1 ID x"}, NOT_CLOSED),
    "a restore too many": ({"content": b"Q"}, RESTORED),
    "a restore too many, and a save": ({"content": b"Q 2 0 0 2 0 0 cm q"}, RESTORED),
    "as many levels as are allowed": ({"content": b"q " * 28 + b"Q " * 28}, "beyond 28 levels"),
    "over two streams": ({"content": [b"q", b"/Span BMC"], "contents": "array"}, NOT_CLOSED),
    "a save, deflated": ({"content": b"q", "compress": True}, NOT_CLOSED),
    "a save, before damage": (
        {
            "content": zlib.compress(b"q " + bytes(range(65, 91)) * 9)[:-6] + b"\0\0",
            "content_entries": {"/Filter": Name("/FlateDecode")},
        },
        NOT_CLOSED,
    ),
    "a save, in hexadecimal": ({"content": b"71>", "content_entries": {"/Filter": [Name("/AHx")]}}, NOT_CLOSED),
    "a save, encrypted": ({"content": b"q", "encryption": {"owner": "", "user": "", "R": 6}}, NOT_CLOSED),
}


@pytest.mark.parametrize(("peculiarities", "words"), LEFT_OPEN.values(), ids=LEFT_OPEN.keys())
def test_what_reaches_the_mark_is_found_by_either_proof(
    tmp_path: Path, peculiarities: dict[str, Any], words: str
) -> None:
    copy = stamped(tmp_path, **peculiarities)
    for proof in Proof:
        assert words in complaints(verify_copy(copy, proof=proof), Claim.MARKED)
    found = complaints(verify_copy(stamped(tmp_path, methods=CLOSED, **peculiarities)), Claim.MARKED)
    assert found == ""


def test_the_page_is_named_once_that_leaves_something_open(tmp_path: Path) -> None:
    copy = stamped(tmp_path, content=b"q", contents="shared", pages=2)
    assert [finding.page_number for finding in verify_copy(copy).failures if finding.claim is Claim.MARKED] == [1, 2]


def test_a_mark_on_the_line_of_a_comment_is_found(tmp_path: Path) -> None:
    def joined(draft: ObjectDraft) -> None:
        for ref, data in draft._streams.items():
            painted = zlib.decompress(data) if data[:1] == b"\x78" else b""
            if painted.startswith(b"\nQ"):
                draft._streams[ref] = zlib.compress(painted.lstrip())

    for tamper, said in ((honest, ""), (joined, "page 1: no new line ends a comment that its content may end in")):
        copy = stamped(tmp_path, tamper, content=b"% no end of line")
        assert complaints(verify_copy(copy, proof=Proof.STRUCTURE), Claim.MARKED) == said


@pytest.mark.parametrize("proof", Proof)
def test_content_that_cannot_be_decoded_is_not_checked(tmp_path: Path, proof: Proof) -> None:
    copy = stamped(tmp_path, content=b"whatever", content_entries={"/Filter": Name("/NoSuchDecode")}, pages=25)
    verdict = verify_copy(copy, proof=proof)
    assert verdict.status_of(Claim.MARKED) is Status.NOT_CHECKED
    assert "its content cannot be decoded" in verdict.findings[1].message

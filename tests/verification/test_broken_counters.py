"""Break each thing that one side counts in a page's content: the other side, which counts it itself, objects."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.tampered_copies import complaints, stamped
from watermark.models import Claim, Proof
from watermark.pdf import content_balance as writer
from watermark.stamping.plan import IsolationMethod
from watermark.verification import unclosed_operators as verifier
from watermark.verification.verifier import verify_copy

COUNTED = {
    "q": b"q",
    "Q": b"Q",
    "BT": b"BT",
    "ET": b"BT ET",
    "BMC": b"/Span BMC",
    "BDC": b"/Span <<>> BDC",
    "EMC": b"/Span BMC EMC",
    "[": b"[ 1 2",
    "<<": b"<< /A 1",
    "]": b"[ [ 1 ] 2 ]",
    ">>": b"<< /A << >> >>",
    "(": b"(without an end",
    "BI": b"BI /W 1 /H 1 ID x",
    "depth": b"q " * 28 + b"Q " * 28,
}
"""What is counted, and content in which it counts."""


def verdict_on(folder: Path, content: bytes) -> str:
    """Return what the verifier says of a copy whose mark is behind this content, closed by the writer."""
    copy = stamped(folder, methods={1: IsolationMethod.CLOSED}, content=content)
    return complaints(verify_copy(copy, proof=Proof.STRUCTURE), Claim.MARKED)


def without(counted: str, take: Callable[..., None]) -> Callable[..., None]:
    """Return a method that takes each operator but one."""
    return lambda self, word, at: None if word == counted.encode() else take(self, word, at)


def break_verifier(counted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if counted == "(":
        monkeypatch.setattr(verifier._Counter, "_unfinished", lambda *_: -1)
    elif counted == "BI":
        monkeypatch.setattr(verifier._Counter, "image", lambda *_: -1)
    elif counted == "depth":
        monkeypatch.setattr(verifier, "MAX_LEVELS", 1000)
    else:
        monkeypatch.setattr(verifier._Counter, "_take", without(counted, verifier._Counter._take))


@pytest.mark.parametrize(("counted", "content"), COUNTED.items(), ids=COUNTED.keys())
def test_an_honest_copy_is_refused_when_the_verifier_leaves_out_what_it_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, counted: str, content: bytes
) -> None:
    break_verifier(counted, monkeypatch)
    assert verdict_on(tmp_path, content)


@pytest.mark.parametrize("counted", ["q", "Q", "BT", "BMC", "BDC", "[", "<<", "(", "BI"])
def test_a_copy_is_refused_when_the_writer_leaves_out_what_it_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, counted: str
) -> None:
    if counted in {"q", "Q", "BT", "BMC", "BDC"}:
        monkeypatch.setattr(writer._Scan, "_operator", without(counted, writer._Scan._operator))
    elif counted == "BI":
        monkeypatch.setattr(writer._Scan, "_after_image", lambda *_: None)
    elif counted == "(":
        monkeypatch.setattr(writer._Scan, "_after_string", lambda *_: None)
    else:
        balance = writer._Scan.balance
        monkeypatch.setattr(writer._Scan, "balance", lambda scan: scan._nested.clear() or balance(scan))
    assert verdict_on(tmp_path, COUNTED[counted])

"""The verifier finds the operator after which poppler draws nothing: one with too few operands."""

import random
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.helpers.build import build
from tests.helpers.tampered_copies import complaints, stamped
from watermark.models import Claim, Proof
from watermark.stamping.plan import IsolationMethod
from watermark.verification.missing_operands import lacks_operands
from watermark.verification.verifier import verify_copy

LACKING = {
    b"w": b"w", b"1 w w": b"w", b"1 2 3 re f": b"re", b"BT /F1 Tf ET": b"Tf", b"/P BDC EMC": b"BDC",
    b"(a(b)c) Td": b"Td",
    b"[1 2 w] w\n[] d": b"d", b"1 2 3 % 4\nre": b"re", b"1 x w": b"w", b"1e5 w": b"w", b"<</A[1]>> BDC": b"BDC",
    b"BI /W 1 /H 1 /BPC 8 /CS /G ID w EI w": b"w", b"1 ] w": b"w", b"Do": b"Do", b'1 (a) "': b'"', b"/w m": b"m",
}  # fmt: skip
COMPLETE = (
    b"", b"q Q BT ET x f", b"0.5w", b"1 2 3 4 5 6 7 re", b"(w) Tj <41>Tj [(w)-3(a(w)b)]TJ", b"/P<</A[/w w]>>BDC EMC",
    b"% w\n1 w", b"BI /W 1 /H 1 /BPC 8 /CS /G ID w EI 1 w", b"1 2 m 1-2 l", b"null w true w ) w } w", b"/ gs /a#20w gs",
    b"(\\) w", b"[w", b"<41 w", b"(a(b) w", b"SC sc SCN scn", b"1.5.2 w --3 w", b"1 0 0RG/N gs",
)  # fmt: skip


@pytest.mark.parametrize(("content", "operator"), LACKING.items())
def test_an_operator_with_too_few_operands_is_found(content: bytes, operator: bytes) -> None:
    assert lacks_operands(b"1 0 0 1 0 0 cm " + content + b" 1 w") == operator


@pytest.mark.parametrize("content", COMPLETE)
def test_complete_and_unknown_operators_are_not(content: bytes) -> None:
    assert lacks_operands(content) == b""


@pytest.mark.parametrize("proof", list(Proof))
@pytest.mark.parametrize("method", [IsolationMethod.WRAP, IsolationMethod.CLOSED])
def test_a_copy_fails_whose_mark_follows_such_an_operator(
    tmp_path: Path, proof: Proof, method: IsolationMethod
) -> None:
    copy = stamped(tmp_path, content=b"q 1 2 3 re f Q", methods={1: method})
    assert "the operator re in its content lacks operands" in complaints(verify_copy(copy, proof=proof), Claim.MARKED)


@pytest.mark.parametrize("method", [IsolationMethod.FORM, IsolationMethod.ANNOTATION])
def test_a_copy_passes_whose_mark_is_apart_from_such_an_operator(tmp_path: Path, method: IsolationMethod) -> None:
    copy = stamped(tmp_path, content=b"q 1 2 3 re f Q", methods={1: method})
    assert complaints(verify_copy(copy), Claim.MARKED) == ""


OPERANDS = b"1,-2,.5,/N,(s),(a(b)),<41>,[1 2],[(a)-3(b)],<</A 1>>,[<</A[1]>>],true,null,1.5.2,1e5,},%x w\n,],zz".split(
    b","
)
OPERATORS = b"w J d m l c v y h re n f S g rg k gs Tf Td Tm Tj TJ Tc ' \" sh MP DP SC scn ri zz".split()
AFTER = b"\nQ q 0 g 0 0 612 792 re f Q"


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="poppler is not installed")
def test_poppler_stops_at_the_same_operators(tmp_path: Path) -> None:
    chosen = random.Random(7)  # noqa: S311 - which contents are tried, and no secret
    stops = 0
    for _ in range(120):
        content = b" ".join(
            b" ".join([*chosen.choices(OPERANDS, k=chosen.randint(0, 7)), chosen.choice(OPERATORS)])
            for _ in range(chosen.randint(1, 3))
        )
        (tmp_path / "page.pdf").write_bytes(build(content=b"q " + content + AFTER))
        drawn = subprocess.run(
            ["pdftoppm", "-q", "-r", "9", "-gray", tmp_path / "page.pdf"], check=True, capture_output=True, timeout=60
        ).stdout
        assert (drawn[len(drawn) // 2] > 0) == bool(lacks_operands(content)), content
        stops += drawn[len(drawn) // 2] > 0
    assert 20 < stops < 100

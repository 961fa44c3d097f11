"""What content leaves open is found and closed; an independent, slow parser agrees."""

import contextlib
import time

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from watermark.errors import RefusedError
from watermark.pdf.content_balance import balance_of

CLOSED = [
    b"",
    b"q Q",
    b"BT /F1 12 Tf (a) Tj ET",
    b"/q 1 Q",  # the Q is one too many, the name is no q
    b"(q BT) Tj [(q) 1 (BMC)] TJ",
    b"(nested (q (deeply (BT)))) Tj",
    rb"(escaped \( q) Tj (\\) Tj",
    b"<71> Tj % q BT\n",
    b"/Span <</ActualText (q) /A [/q <</B (BT)>>]>> BDC EMC",
    b"BI /W 1 /H 1 /BPC 8 /CS /G ID q EI",
    b"BI /W 9 /H 1 /BPC 8 /CS /G ID a EI \x80 q q\nEI",
    b"BI /W 1 /H 1 /F /A85 ID q BT ~>EI",
    b"qq Qq BTs /BT BX EX QQ",
    b"EMC ET ] >> > )",
]


@pytest.mark.parametrize("content", CLOSED)
def test_nothing_is_closed_that_is_not_open(content: bytes) -> None:
    assert balance_of(content).closing == b"\n"


@pytest.mark.parametrize(
    ("content", "closing"),
    [
        (b"q", b"\nQ"),
        (b"q[(a)]TJ q", b"\nQ\nQ"),
        (b"(a)Tj(b)Tj q<</A 1>>[1]q/a gs", b"\nQ\nQ"),
        (b"q BT", b"\nET\nQ"),
        (b"BT q", b"\nQ\nET"),
        (b"q BT Q", b"\nET"),
        (b"BT BT", b"\nET"),
        (b"/A BMC q /B <</MCID 1>> BDC BT", b"\nET\nEMC\nQ\nEMC"),
        (b"/OC /MC0 BDC q EMC", b"\nQ"),
        (b"q % Q", b"\nQ"),
        (b"q (Q", b"\n)\nQ"),
        (rb"q (Q \) (nested", b"\n))\nQ"),
        (b"q (ends in an escape \\", b"\n)\nQ"),
        (b"q <51 Q", b"\n>\nQ"),
        (b"q [(Q) Q", b"\n]\nQ"),
        (b"q [ % ] Q\n [ 1 Q", b"\n]]\nQ"),
        (b"q <</A [(Q", b"\n)]>>\nQ"),
        (b"q <</A <", b"\n>>>\nQ"),
        (b"q BI /W 1 ID Q", b"\nEI\nQ"),
        (b"q BI /W 1", b"\nID EI\nQ"),
        (b"q\0Q\fq", b"\nQ"),
    ],
)
def test_what_is_open_is_closed_in_order(content: bytes, closing: bytes) -> None:
    assert balance_of(content).closing == closing


def test_surplus_restores_and_the_greatest_depth_are_counted() -> None:
    balance = balance_of(b"Q q q Q Q Q q")
    assert (balance.unmatched_restores, balance.max_depth, balance.closing) == (2, 2, b"\nQ")


def test_an_image_without_an_end_is_reported() -> None:
    assert balance_of(b"BI /W 1 /H 1 ID \xff").ends_in_image
    assert balance_of(b"BI /W 1").ends_in_image
    assert not balance_of(b"BI /W 1 /H 1 ID \xff EI").ends_in_image


_TOKENS = st.sampled_from(
    [
        *(b"q", b"Q", b"BT", b"ET", b"/P BMC", b"/P <</MCID 0>> BDC", b"EMC", b"1 0 0 1 0 0 cm", b"TJ"),
        *(b"(q BT)", b"[(Q) 3 <51>]", b"/q gs", rb"(\(q (Q (ET)))", b"% q\n", b"q%Q\n", b"<</A/q>>"),
        b"[/q [(Q)] <</A (EMC)>>]",
    ]
)
_SPACES = st.sampled_from([b" ", b"\n", b"\r\n", b"\t", b"\0"])


_DOCUMENT = pikepdf.new()


def _left_open(content: bytes) -> tuple[int, int, bool, int]:
    """Count what is open at the end of `content`, as qpdf's parser sees its operators."""
    stream = pikepdf.Stream(_DOCUMENT, content + b"\nn")  # operands without an operator would be warned of
    words = [str(part.operator) for part in pikepdf.parse_content_stream(stream)]
    saves = marked = surplus = 0
    text = False
    for word in words:
        surplus += word == "Q" and not saves
        saves = saves + 1 if word == "q" else max(0, saves - (word == "Q"))
        marked = marked + 1 if word in {"BMC", "BDC"} else max(0, marked - (word == "EMC"))
        text = word == "BT" or (text and word != "ET")
    return saves, marked, text, surplus


@given(parts=st.lists(st.tuples(_TOKENS, _SPACES), max_size=20))
def test_any_interleaving_comes_out_even(parts: list[tuple[bytes, bytes]]) -> None:
    content = b"".join(token + space for token, space in parts)
    balance = balance_of(content)
    assert _left_open(content + balance.closing) == (0, 0, False, balance.unmatched_restores)


@given(parts=st.lists(st.tuples(_TOKENS, _SPACES), max_size=12), cut=st.integers(0, 12))
def test_content_broken_off_anywhere_comes_out_even(parts: list[tuple[bytes, bytes]], cut: int) -> None:
    content = b"".join(token + space for token, space in parts)
    content = content[: max(0, len(content) - cut)]
    balance = balance_of(content)
    assert _left_open(content + balance.closing) == (0, 0, False, balance.unmatched_restores)


@given(content=st.binary(max_size=200))
def test_closing_once_is_enough_whatever_the_bytes(content: bytes) -> None:
    balance = balance_of(content)
    assert balance.closing.startswith(b"\n")
    if not balance.ends_in_image:
        assert balance_of(content + balance.closing).closing == b"\n"


@pytest.mark.parametrize(
    "unit",
    [b"\\", b"(\\", b"[1 ", b"<", b"((()))", b"q Q ", b"BI ID \nEI \xff", b"[(a) % \n]", b"E", b"% \n", b"]", b"[("],
)
def test_hostile_content_takes_linear_time(unit: bytes) -> None:
    content = unit * (300_000 // len(unit))
    start = time.process_time()
    with contextlib.suppress(RefusedError):
        balance_of(content)
    assert time.process_time() - start < 2


@pytest.mark.parametrize("unit", [b"q ", b"[", b"(", b"/A BMC "])
def test_more_levels_than_a_page_can_mean_are_refused(unit: bytes) -> None:
    with pytest.raises(RefusedError, match="levels"):
        balance_of(unit * 100_001)

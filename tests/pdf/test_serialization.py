"""Values become tokens that other parsers read back as the same values."""

from decimal import Decimal

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from watermark.pdf.serialization import Name, Raw, Ref, name, number, text, tokens


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, b"null"),
        (True, b"true"),
        (False, b"false"),
        (12, b"12"),
        (-0.5, b"-0.5"),
        (1e-9, b"0"),
        (-1e-9, b"0"),
        (1e10, b"10000000000"),
        (Decimal("0.00000001"), b"0.00000001"),
        (Decimal("1E+3"), b"1000"),
        (Decimal("123456789.123456789123"), b"123456789.123456789123"),
        (Name("/Page"), b"/Page"),
        (Name("/a b#(é"), b"/a#20b#23#28#C3#A9"),
        (Ref(3, 1), b"3 1 R"),
        (Raw(b"<<>>"), b"<<>>"),
        ("text", b"(text)"),
        ("Zürich", b"<FEFF005A00FC0072006900630068>"),
        (b"(\\)\r", rb"(\(\\\)\r)"),
        (b"\0\xff", b"<00FF>"),
        ([1, [], {}], b"[1 [] <<>>]"),
        ({"/A": 1, "/B": Name("/C")}, b"<</A 1/B /C>>"),
    ],
)
def test_each_kind_of_value_has_its_token(value: object, written: bytes) -> None:
    assert tokens(value) == written


@given(st.binary())
def test_a_string_is_read_back_byte_for_byte(value: bytes) -> None:
    assert bytes(pikepdf.Object.parse(tokens(value))) == value


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_string_is_read_back_letter_for_letter(value: str) -> None:
    assert str(pikepdf.Object.parse(tokens(value))) == value


@given(st.text(st.characters(min_codepoint=1, exclude_categories=["Cs"]), min_size=1))
def test_a_name_is_read_back(value: str) -> None:
    assert str(pikepdf.Object.parse(name(value))) == "/" + value.removeprefix("/")


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12))
def test_a_number_that_was_read_is_written_as_exactly(value: Decimal) -> None:
    assert Decimal(tokens(value).decode()) == value


@given(st.floats(-1e12, 1e12))
def test_a_computed_number_is_right_to_five_places_and_has_no_exponent(value: float) -> None:
    written = number(value)
    assert b"e" not in written
    assert abs(float(written) - value) <= 0.5e-5 + abs(value) * 1e-15


@pytest.mark.parametrize("value", [float("inf"), float("nan")])
def test_what_is_not_finite_is_not_a_number(value: float) -> None:
    with pytest.raises(ValueError, match="no infinity"):
        tokens(value)


def test_what_has_no_form_is_an_error() -> None:
    with pytest.raises(TypeError, match="no PDF form"):
        tokens({1, 2})


def test_a_readers_value_writes_itself_and_an_indirect_one_is_a_reference() -> None:
    document = pikepdf.new()
    direct = pikepdf.Object.parse(b"<</A [1.50 (x) /N#20]>>")
    assert pikepdf.Object.parse(tokens(direct)) == direct
    assert tokens(document.Root) == b"%d %d R" % document.Root.objgen
    assert tokens([document.Root]) == b"[%d %d R]" % document.Root.objgen


def test_every_string_is_enciphered_and_nothing_else() -> None:
    value = {"/A": b"ab", "/B": ["cd", Name("/ef"), 1, Ref(2)]}
    assert tokens(value, lambda data: data[::-1]) == b"<</A (ba)/B [(dc) /ef 1 2 0 R]>>"


@pytest.mark.parametrize("value", [pikepdf.String("a"), Raw(b"(a)"), Raw(b"[<61>]")])
def test_a_string_that_a_cipher_cannot_reach_is_an_error(value: object) -> None:
    with pytest.raises(TypeError, match="cannot be encrypted"):
        tokens(value, bytes)
    assert tokens(Raw(b"<</A[1]>>"), bytes) == b"<</A[1]>>"


def test_text_is_ascii_or_utf_16_with_its_mark() -> None:
    assert text("plain\n") == b"plain\n"
    assert text("\x1bplain").startswith(b"\xfe\xff")
    assert text("😀") == b"\xfe\xff\xd8\x3d\xde\x00"

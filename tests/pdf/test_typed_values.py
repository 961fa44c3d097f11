"""Texts and names of a document are read also where they are not the UTF-8 that they say, or should be."""

import pikepdf
import pytest

from watermark.pdf.typed_values import name_of, text_of


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (b"(A)", "A"),
        (b"<EFBBBFC3A9>", "\xe9"),
        (b"<EFBBBF41FF>", "A\ufffd"),
        (b"<FEFF0041D800>", "A"),
        (b"/A", ""),
        (b"1", ""),
    ],
)
def test_a_string_is_read_as_far_as_it_is_text(written: bytes, text: str) -> None:
    assert text_of(pikepdf.Object.parse(written)) == text


@pytest.mark.parametrize(
    ("written", "name"),
    [(b"/A", "/A"), (b"/#c3#89t#20", "/\xc9t "), (b"/#DCbung", "/\udcdcbung"), (b"(A)", ""), (b"1", "")],
)
def test_a_name_is_read_as_the_keys_of_a_dictionary_are(written: bytes, name: str) -> None:
    value = pikepdf.Object.parse(written)
    assert name_of(value) == name
    assert not name or list(pikepdf.Object.parse(b"<<%b 1>>" % written).keys()) == [name]

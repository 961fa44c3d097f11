"""What counts as the same object, and what does not."""

import pytest

from tests.helpers.evidence import original, revision, stream
from watermark.verification.object_equality import kind_of, same
from watermark.verification.pypdf_document import PypdfDocument

BEFORE = (
    b"<</A 2 0 R/B[1 2.0(text)<74657874>/Name true null]/C 3 0 R/D<</E/F>>/S 4 0 R/L(a\r\nb)>>",
    b"7",
    b"<</Type/Font>>",
    stream("", b"data"),
)


def document(*bodies: bytes) -> PypdfDocument:
    data = revision(b"%PDF-1.7\n", dict(enumerate(bodies, 1)) | {8: b"<</Type/Catalog>>"}, "/Size 9/Root 8 0 R")
    return PypdfDocument(data, 0, len(data))


@pytest.mark.parametrize(
    ("old", "new", "is_same"),
    [
        (b"", b"", True),
        (b"/A 2 0 R", b"/A 7", True),
        (b"/A 2 0 R", b"/A 8", False),
        (b"/A 2 0 R", b"/A 3 0 R", False),
        (b"/C 3 0 R", b"/C<</Type/Font>>", False),
        (b"2.0", b"2", True),
        (b"(text)", b"<74657874>", True),
        (b"(text)", b"(texts)", False),
        (b"(text)", b"/text", False),
        (b"a\r\nb", b"a\nb", True),
        (b"true", b"false", False),
        (b"true", b"1", False),
        (b" null", b"", False),
        (b"/D<</E/F>>", b"/D<</E/F/G null>>", True),
        (b"/D<</E/F>>", b"/D<</E/G>>", False),
        (b"/D<</E/F>>", b"", False),
        (b"/S 4 0 R", b"/S 4 0 R/T 1", False),
    ],
)
def test_same_is_what_says_the_same(old: bytes, new: bytes, *, is_same: bool) -> None:
    assert old in BEFORE[0]
    before, after = document(*BEFORE), document(BEFORE[0].replace(old, new), *BEFORE[1:])
    assert same(before.object(1), after.object(1)) is is_same
    assert same(after.object(1), before.object(1)) is is_same


def test_streams_are_compared_by_the_bytes_they_store() -> None:
    before, after = document(*BEFORE), document(*BEFORE[:3], stream("", b"date"))
    assert same(before.object(4), before.object(4))
    assert not same(before.object(4), after.object(4))
    assert not same(before.object(4), after.object(3))


@pytest.mark.parametrize(
    ("number", "kind"),
    [(1, "catalog"), (2, "page tree"), (3, "font"), (5, "metadata"), (9, "array"), (10, "annotation")],
)
def test_an_object_is_named_by_what_it_is(number: int, kind: str) -> None:
    data = original()
    assert kind_of(PypdfDocument(data, 0, len(data)).object(number)) == kind

"""The shape of a page is what PDFium shows of it."""

import io

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.build import build
from watermark.pdf.geometry import DEFAULT_MEDIA_BOX, Matrix, PageShape, applied, multiplied, shape_of
from watermark.pdf.page_tree import pages_of


def _shape(data: bytes) -> PageShape:
    with pikepdf.open(io.BytesIO(data), inherit_page_attributes=False) as document:
        page = next(pages_of(document.Root))
        return shape_of(page.attributes, page.dictionary.get("/UserUnit"))


def _displayed(data: bytes) -> tuple[tuple[float, float], int]:
    document = pypdfium2.PdfDocument(data)
    page = document[0]
    size, rotation = page.get_size(), page.get_rotation()
    page.close()
    document.close()
    return size, rotation


ROTATIONS = [0, 90, 180, 270, 360, 450, -90, -180, -270, -450, b"90.0", b"-90.0", b"89.9", 44, 45, 89, 135, -45, -135]
ODD_ROTATIONS = [b"(90)", b"/x", b"true", b"[90]", b"null"]
BOXES = [
    {"media_box": (300, 400, 100, 50)},
    {"media_box": (-100, -200, 200, 100)},
    {"media_box": None},
    {"media_box": b"[0 0 0 0]"},
    {"media_box": b"[0 0 100]"},
    {"media_box": b"[0 0 100 100 5]"},
    {"media_box": b"100"},
    {"media_box": None, "crop_box": (10, 10, 100, 200)},
    {"crop_box": (100, 50, 300, 700)},
    {"crop_box": (300, 700, 100, 50)},
    {"crop_box": (-50, -50, 1000, 300)},
    {"crop_box": (10, 10, 10, 100)},
    {"crop_box": b"[/a 0 100 100]"},
    {"crop_box": b"[0 0 (a) 100]"},
    {"media_box": (0, 0, 20000, 20000)},
    {"media_box": (0, 0, 3, 3)},
    {
        "media_box": (100, 100, 400, 500),
        "inherited": ["/MediaBox"],
        "indirect": ["/CropBox"],
        "crop_box": (0, 0, 150, 450),
    },
]


@pytest.mark.parametrize("rotate", [*ROTATIONS, *ODD_ROTATIONS])
def test_a_page_turns_as_it_does_in_pdfium(rotate: int | bytes) -> None:
    data = build(rotate=rotate)
    assert _shape(data).rotate_degrees_cw == _displayed(data)[1]


@pytest.mark.parametrize("boxes", BOXES, ids=str)
@pytest.mark.parametrize("rotate", [0, 90])
def test_a_page_is_as_large_as_it_is_in_pdfium(boxes: dict[str, object], rotate: int) -> None:
    data = build(rotate=rotate, **boxes)
    assert _shape(data).displayed_size == pytest.approx(_displayed(data)[0])


@pytest.mark.parametrize("crop_box", [(700, 0, 900, 100), (612, 0, 900, 100)])
def test_a_crop_box_outside_leaves_the_media_box_and_a_note(crop_box: tuple[int, ...]) -> None:
    shape = _shape(build(crop_box=crop_box))
    assert shape.visible == DEFAULT_MEDIA_BOX
    assert "outside" in shape.notes[0]


def test_odd_pages_carry_a_note_and_usual_pages_none() -> None:
    assert not _shape(build(rotate=90, crop_box=(1, 1, 50, 50), user_unit=2)).notes
    assert "Letter" in _shape(build(media_box=None)).notes[0]
    assert "multiple of 90" in _shape(build(rotate=45)).notes[0]
    assert "not a number" in _shape(build(rotate=b"/x")).notes[0]
    assert "UserUnit" in _shape(build(page_entries={"/UserUnit": -1})).notes[0]


def test_the_user_unit_is_read() -> None:
    assert _shape(build(user_unit=2.5)).user_unit == 2.5
    assert _shape(build(page_entries={"/UserUnit": 0})).user_unit == 1


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("media_box", [(0, 0, 200, 300), (-150, 70, 50, 370), (350, 470, 150, 170)])
@pytest.mark.parametrize("inset", [None, (20, 30, -60, -70), (-50, 100, 90, -1), (40, -900, 900, -150)])
def test_what_is_drawn_at_the_displayed_lower_left_is_seen_there(
    rotate: int, media_box: tuple[int, ...], inset: tuple[int, ...] | None
) -> None:
    whole = _shape(build(media_box=media_box)).visible
    crop_box = inset and tuple(side + more for side, more in zip(whole, inset, strict=True))
    shape = _shape(build(rotate=rotate, media_box=media_box, crop_box=crop_box))
    matrix = b"%g %g %g %g %g %g cm" % shape.from_displayed
    data = build(rotate=rotate, media_box=media_box, crop_box=crop_box, content=matrix + b" 1 0 0 rg 4 6 10 5 re f")
    document = pypdfium2.PdfDocument(data)
    image = document[0].render(scale=1).to_pil().convert("RGB")
    document.close()
    red = [(x, y) for x in range(image.width) for y in range(image.height) if image.getpixel((x, y)) == (255, 0, 0)]
    xs, ys = {x for x, _ in red}, {image.height - 1 - y for _, y in red}
    assert (min(xs), max(xs), min(ys), max(ys)) == (4, 13, 6, 10)


_numbers = st.floats(-1000, 1000, allow_nan=False)
_matrices = st.tuples(*[_numbers] * 6)


@given(first=_matrices, then=_matrices, x=_numbers, y=_numbers)
def test_a_product_applies_the_first_matrix_first(first: Matrix, then: Matrix, x: float, y: float) -> None:
    assert applied(multiplied(first, then), x, y) == pytest.approx(
        applied(then, *applied(first, x, y)), rel=1e-6, abs=1
    )


_anything = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=3), st.binary(max_size=3))


@given(box=st.one_of(_anything, st.lists(_anything, max_size=6)), rotate=_anything, unit=_anything)
def test_whatever_is_there_a_shape_has_an_area_and_a_right_angle(box: object, rotate: object, unit: object) -> None:
    shape = shape_of({"/MediaBox": box, "/CropBox": box, "/Rotate": rotate}, unit)
    width, height = shape.displayed_size
    assert width > 0
    assert height > 0
    assert shape.rotate_degrees_cw in {0, 90, 180, 270}
    assert shape.user_unit > 0

"""Pages with far more data than the others are known before any page is drawn, whatever a file has in their place."""

from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.helpers.build import build
from watermark.pdf.heavy_pages import LITTLE, heavy_pages
from watermark.pdf.page_tree import displayed_pages


def numbers_of(*drawings: Any) -> tuple[int, ...]:  # noqa: ANN401 - whatever a file has there
    with pikepdf.new() as pdf:
        for drawing in drawings:
            page = pdf.add_blank_page().obj
            value = pdf.make_stream(b"x" * drawing) if isinstance(drawing, int) else drawing
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=value))
        return heavy_pages(tuple(displayed_pages(pdf.Root)))


def test_the_largest_come_first_and_pages_that_are_alike_are_not_named() -> None:
    assert numbers_of(10, 2 * LITTLE, 20, 3 * LITTLE, 0) == (4, 2)
    assert numbers_of(3 * LITTLE, 3 * LITTLE, 3 * LITTLE + 10) == ()
    assert numbers_of() == ()


@pytest.mark.parametrize("value", [pikepdf.Dictionary(), pikepdf.Array([1]), pikepdf.String("x")])
def test_what_is_no_drawing_counts_as_nothing(value: pikepdf.Object) -> None:
    assert numbers_of(value, 2 * LITTLE, 5) == (2,)


def test_a_page_without_resources_counts_as_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(build(pages=3))
    with pikepdf.open(tmp_path / "a.pdf", inherit_page_attributes=False) as pdf:
        assert heavy_pages(tuple(displayed_pages(pdf.Root))) == ()

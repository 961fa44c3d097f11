"""Pages as a reader sees them, out of a whole file or out of its first bytes."""

import mmap
from pathlib import Path

import numpy as np
import pytest

from tests.helpers.evidence import LINE, made, original
from watermark.errors import FailedError
from watermark.pdf import rendering as look_module
from watermark.pdf.page_drawing import MAX_SIDE_PIXELS_LENGTH
from watermark.pdf.rendering import RenderedDocument

ORIGINAL = original()
COPY = made(ORIGINAL)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    path = tmp_path / "copy.pdf"
    path.write_bytes(COPY)
    return path


def test_the_original_is_seen_inside_the_copy(copy: Path) -> None:
    with (
        RenderedDocument(copy) as after,
        RenderedDocument(copy, size_bytes=len(ORIGINAL)) as before,
        RenderedDocument.of_bytes(ORIGINAL) as alone,
    ):
        assert len(after) == len(before) == 3
        assert np.array_equal(before.pixels(2), alone.pixels(2))
        assert not np.array_equal(before.pixels(2), after.pixels(2))
        assert LINE in after.text(2)
        assert LINE not in before.text(2)


def test_words_are_found_where_they_stand(copy: Path) -> None:
    with RenderedDocument(copy) as rendered:
        ((left, top, right, bottom),) = rendered.find_text_boxes(1, LINE)
        height, width = rendered.pixels(1).shape[:2]
        assert 0 < left < right < width
        assert 0 < top < bottom < 0.06 * height
        assert rendered.find_text_boxes(1, "no such words") == []


@pytest.mark.parametrize(("rotate", "corner"), [(0, (0, 421)), (90, (0, 0)), (180, (298, 0)), (270, (421, 298))])
def test_user_space_is_found_on_the_page_as_displayed(rotate: int, corner: tuple[float, float]) -> None:
    with RenderedDocument.of_bytes(original(pages=1, rotate=rotate)) as rendered:
        assert rendered.in_pixels(1, [(0, 0)])[0] == pytest.approx(corner, abs=1)


def test_the_first_pages_are_kept_and_the_newest(copy: Path) -> None:
    with RenderedDocument(copy, kept_pages=2) as rendered:
        first, second, third = (rendered.pixels(page_number) for page_number in (1, 2, 3))
        assert rendered.pixels(1) is first
        assert rendered.pixels(3) is third
        assert rendered.pixels(2) is not second


def test_the_text_is_taken_along_while_the_page_is_open(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with RenderedDocument(copy, kept_pages=3, with_text=True) as rendered:
        for page_number in (1, 2, 3):
            rendered.pixels(page_number)
        monkeypatch.setattr(rendered, "_page", None)  # no page can be opened again
        assert all(LINE in rendered.text(page_number) for page_number in (1, 2, 3))


def test_the_lines_that_will_be_asked_for_are_read_while_the_page_is_open(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with RenderedDocument(copy, kept_pages=3, with_text=True) as rendered:
        rendered.read_lines_while_open(lambda page_number: page_number == 2)
        for page_number in (1, 2, 3):
            rendered.opened_page(page_number)
        monkeypatch.setattr(rendered, "_page", None)  # no page can be opened again
        assert any(LINE in line.words for line in rendered.lines(2))


def test_a_look_knows_its_bytes(copy: Path) -> None:
    with copy.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as cached:
        with RenderedDocument(copy, size_bytes=len(ORIGINAL)) as rendered:
            assert rendered.maps_same_bytes(cached, len(ORIGINAL))
            assert not rendered.maps_same_bytes(cached, len(ORIGINAL) - 1)
            assert not rendered.maps_same_bytes(cached, len(COPY))
        with RenderedDocument.of_bytes(ORIGINAL[:-8] + ORIGINAL[-8:].lower()) as other:
            assert not other.maps_same_bytes(cached, len(ORIGINAL))


@pytest.mark.parametrize("data", [b"", b"no PDF", COPY[:300]])
def test_what_pdfium_cannot_open_is_an_error_of_ours(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(data)
    with pytest.raises(FailedError):
        RenderedDocument(path)


@pytest.mark.parametrize("page_number", [0, 4, 1000])
def test_a_page_that_is_not_there_is_an_error_of_ours(copy: Path, page_number: int) -> None:
    with RenderedDocument(copy) as rendered, pytest.raises(FailedError, match="cannot load"):
        rendered.pixels(page_number)


def test_a_missing_file_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match="cannot be read"):
        RenderedDocument(tmp_path / "nowhere.pdf")


@pytest.mark.parametrize("box", [b"[0 0 3 3]", b"[0 0 14400 14400]", b"[0 0 14400 3]"])
def test_pages_of_any_size_are_drawn_within_bounds(box: bytes) -> None:
    with RenderedDocument.of_bytes(original(pages=1).replace(b"[0 0 595 842]", box)) as rendered:
        assert max(rendered.pixels(1).shape) <= MAX_SIDE_PIXELS_LENGTH + 1
        assert rendered.pixels(1).shape[2] == 3


def test_a_closed_look_leaves_the_file_free(copy: Path) -> None:
    rendered = RenderedDocument(copy)
    rendered.pixels(1)
    rendered.close()
    copy.unlink()
    assert not copy.exists()


def test_a_document_that_is_opened_again_looks_the_same(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with RenderedDocument(copy) as rendered:
        expected = [(rendered.pixels(page_number), rendered.text(page_number)) for page_number in (1, 2, 3)]
    monkeypatch.setattr(look_module, "FORGOTTEN_AFTER_PAGES", 1)
    for again in (RenderedDocument(copy), RenderedDocument.of_bytes(COPY)):
        with again:
            for page_number, (pixels, text) in enumerate(expected, 1):
                assert np.array_equal(again.pixels(page_number), pixels)
                assert again.text(page_number) == text


def test_what_is_in_memory_is_not_a_file(copy: Path) -> None:
    with (
        copy.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as cached,
        RenderedDocument.of_bytes(COPY) as rendered,
    ):
        assert not rendered.maps_same_bytes(cached, len(COPY))
        assert LINE in rendered.text(1)

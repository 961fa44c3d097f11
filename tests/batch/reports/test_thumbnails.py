"""The pictures of a page before and after, drawn from the copy alone."""

import io
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.batch.reports.entries import WELL, entry, marked, refused
from watermark.batch.ledger import LedgerEntry
from watermark.batch.reports.thumbnail_workers import with_thumbnails
from watermark.batch.reports.thumbnails import LARGE_SIDE_PIXELS, Pictures, pages_to_show
from watermark.models import Status
from watermark.runtime.isolation import Limits

WORD = "geheim"


def pictures_of(recorded: LedgerEntry, folder: Path, most_pages: int = 1, **more: Any) -> Pictures:  # noqa: ANN401 - as it has them
    ((returned, pictures),) = with_thumbnails([recorded], folder, most_pages, **more)
    assert returned is recorded
    return pictures


def redness(webp: bytes) -> float:
    pixels = np.asarray(Image.open(io.BytesIO(webp)).convert("RGB"), dtype=np.int16)
    return float((pixels[..., 0] - pixels[..., 1]).clip(0).mean())


def test_the_page_after_carries_the_mark_and_the_page_before_does_not(tmp_path: Path) -> None:
    (pair,) = pictures_of(marked(tmp_path), tmp_path).pairs
    assert redness(pair.after) > 1
    assert redness(pair.before) < 0.1
    assert Image.open(io.BytesIO(pair.after)).size == (pair.width, pair.height)
    assert max(pair.width, pair.height) <= LARGE_SIDE_PIXELS


@pytest.mark.parametrize("notice_page", ["front", "back"])
def test_a_page_is_shown_beside_itself_also_where_the_notice_was_put_before_it(
    tmp_path: Path, notice_page: str
) -> None:
    recorded = marked(tmp_path, notice_page=notice_page, rotate=90)
    (pair,) = pictures_of(recorded, tmp_path).pairs
    before, after = (Image.open(io.BytesIO(webp)) for webp in (pair.before, pair.after))
    assert before.size == after.size
    assert before.width > before.height  # the typeset notice stands upright


def test_a_copy_of_a_rebuilt_article_is_shown_beside_what_it_was_rebuilt_to(tmp_path: Path) -> None:
    (pair,) = pictures_of(marked(tmp_path, rebuild=True), tmp_path).pairs
    assert redness(pair.after) > 1
    assert redness(pair.before) < 0.1


def test_the_original_may_be_gone(tmp_path: Path) -> None:
    recorded = marked(tmp_path)
    Path(recorded.article).unlink()
    assert pictures_of(recorded, tmp_path).pairs


def test_a_copy_in_the_folder_of_the_ledger_is_found_by_its_relative_path(tmp_path: Path) -> None:
    recorded = marked(tmp_path)
    assert pictures_of(replace(recorded, copy=Path(recorded.copy).name), tmp_path).pairs


def test_the_first_page_comes_first_then_those_with_findings_then_the_next() -> None:
    finding = replace(WELL[0], status=Status.NOT_CHECKED, page_number=7)
    recorded = entry(page_count=9, findings=(*WELL, finding))
    assert pages_to_show(recorded, 1) == (1,)
    assert pages_to_show(recorded, 2) == (1, 7)
    assert pages_to_show(recorded, 3) == (1, 2, 7)
    assert pages_to_show(entry(page_count=1), 4) == (1,)
    assert pages_to_show(entry(), 0) == ()
    assert pages_to_show(refused(), 4) == ()


@pytest.mark.parametrize("damage", [b"no PDF", b""])
def test_what_cannot_be_drawn_is_shown_without_pictures_and_says_why(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "a.pdf").write_bytes(damage)
    pictures = pictures_of(entry(copy="a.pdf"), tmp_path)
    assert not pictures.pairs
    assert len(pictures.why_not) > 10


def test_a_copy_that_needs_a_password_is_shown_to_who_knows_it_and_the_others_are_told(tmp_path: Path) -> None:
    recorded = marked(tmp_path, password=WORD, encryption={"owner": "owner", "user": WORD, "R": 6})
    (pair,) = pictures_of(recorded, tmp_path, password_of=lambda _: WORD).pairs
    assert redness(pair.after) > 1
    assert redness(pair.before) < 0.1
    assert "The ledger keeps no passwords" in pictures_of(recorded, tmp_path).why_not
    assert "this password does not open it" in pictures_of(recorded, tmp_path, password_of=lambda _: "wrong").why_not


def test_a_copy_that_never_comes_costs_its_own_pictures_only(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "hangs.pdf")  # opening it waits for a writer, for ever
    entries = [marked(tmp_path), entry(copy="hangs.pdf"), marked(tmp_path, "b")]
    limits = Limits(seconds=4.0, memory_bytes=8 << 30)
    found = [pictures for _, pictures in with_thumbnails(entries, tmp_path, 1, limits=limits)]
    assert [bool(pictures.pairs) for pictures in found] == [True, False, True]
    assert "longer than 4 seconds" in found[1].why_not


def test_only_a_few_entries_are_taken_ahead(tmp_path: Path) -> None:
    taken: list[int] = []

    def entries() -> Iterator[LedgerEntry]:
        for number in range(1000):
            taken.append(number)
            yield refused()

    pictures = with_thumbnails(entries(), tmp_path, 1)
    next(pictures)
    assert len(taken) <= 4 * (os.cpu_count() or 1) + 1
    pictures.close()  # type: ignore[attr-defined]

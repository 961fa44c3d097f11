"""The report as CSV and as JSON lines."""

import csv
import gc
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from typing import TextIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.batch.reports.entries import A_MARKED_ONE, WELL, entry, refused
from watermark.batch.ledger import LedgerEntry
from watermark.batch.reports.csv_table import ENCODING, MAX_CELL_LENGTH, safe, write_table
from watermark.batch.reports.jsonl import write_lines
from watermark.models import Claim, Status

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", " =1", "＝1", "－1")  # noqa: RUF001 - on purpose


def rows_of(*entries: LedgerEntry) -> list[dict[str, str]]:
    target = io.StringIO(newline="")
    write_table(entries, target)
    return list(csv.DictReader(io.StringIO(target.getvalue(), newline="")))


@pytest.mark.parametrize("title", FORMULAS)
def test_no_cell_is_a_formula(title: str) -> None:
    assert rows_of(entry(title=title))[0]["title"] == f"'{title}"


@pytest.mark.parametrize("control", ["\t", "\r", "\n"])
def test_no_cell_is_a_formula_where_a_control_character_separates_cells(control: str) -> None:
    assert rows_of(entry(title=f"{control}=1"))[0]["title"] == f"'{control}'=1"


@given(st.text())
def test_every_cell_begins_with_a_harmless_character(text: str) -> None:
    assert not safe(text).lstrip(" \xa0").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_number_stays_a_number() -> None:
    row = rows_of(entry(seconds=0.5))[0]
    assert (row["seconds"], row["pages"], row["article bytes"]) == ("0.5", "2", "1000")


def test_each_claim_has_a_column_and_what_is_not_well_is_in_words() -> None:
    open_claim = tuple(
        replace(item, status=Status.NOT_CHECKED, page_number=3) if item.claim is Claim.ARCHIVABLE else item
        for item in WELL
    )
    row = rows_of(entry(findings=open_claim))[0]
    assert (row["intact"], row["archivable"]) == ("ok", "not checked")
    assert row["findings"] == "archivable not checked: page 3: archivable holds"


def test_an_article_that_was_not_judged_has_no_verdict() -> None:
    row = rows_of(refused())[0]
    assert (row["result"], row["intact"], row["copy"]) == ("refused", "", "")


def test_quotes_commas_and_lines_come_back_as_they_were() -> None:
    title = 'He said "no", and\nleft; 2,5'
    assert rows_of(entry(title=title))[0]["title"] == title


def test_a_cell_holds_no_more_than_a_spreadsheet_does() -> None:
    assert len(rows_of(entry(reason="x" * 100_000))[0]["reason"]) == MAX_CELL_LENGTH


def test_the_file_says_that_it_is_utf_8() -> None:
    assert "row".encode(ENCODING).startswith(b"\xef\xbb\xbf")


def test_a_line_holds_every_field_of_the_entry() -> None:
    target = io.StringIO()
    write_lines([A_MARKED_ONE, refused(title="a\u2028b\nc")], target)
    first, second = map(json.loads, target.getvalue().split("\n")[:2])
    assert list(first) == [field.name for field in fields(LedgerEntry)]
    assert first["started_at"] == "2026-01-02T03:04:05Z"
    assert first["findings"][0] == {
        "claim": "intact",
        "status": "ok",
        "message": "intact holds",
        "page_number": None,
        "code": "intact",
    }
    assert second["title"] == "a\u2028b\nc"


class Nowhere(io.TextIOBase):
    def write(self, text: str) -> int:
        return len(text)


@pytest.mark.parametrize("write", [write_table, write_lines])
def test_no_entry_is_kept_once_it_is_written(write: Callable[[Iterable[LedgerEntry], TextIO], None]) -> None:
    alive: list[int] = []

    def entries(count: int) -> Iterator[LedgerEntry]:
        for number in range(count):
            yield entry(row=str(number))
        alive.append(sum(isinstance(thing, LedgerEntry) for thing in gc.get_objects()))

    write(entries(200), Nowhere())  # type: ignore[arg-type]
    assert alive[0] < 10

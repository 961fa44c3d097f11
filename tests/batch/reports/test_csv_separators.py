"""No cell of a CSV report becomes a formula, whichever separator a spreadsheet takes for it."""

import csv
import io

import pytest

from watermark.batch.reports.csv_table import safe

FORMULAS = ("=1+1", "+1", "-1", "@SUM(1)", "＝1", '=HYPERLINK("http://x")')  # noqa: RUF001 - wide forms, too


@pytest.mark.parametrize("before", ["", "x;", "x; ", "x\n", "x\t", "x|", 'x"', "x;;", "x;\n", "a;b;c;"])
@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_no_separator_makes_a_formula_of_a_part_of_a_cell(before: str, formula: str, separator: str) -> None:
    target = io.StringIO(newline="")
    csv.writer(target).writerow([safe("a"), safe(before + formula), safe("b")])
    for row in csv.reader(io.StringIO(target.getvalue(), newline=""), delimiter=separator):
        for cell in row:
            assert not cell.strip(' "').startswith(("=", "+", "-", "@", "＝")), row  # noqa: RUF001 - see above


def test_what_is_not_a_formula_stays_as_it_is() -> None:
    for text in ("10.5555/a-b", "page 1: a, b = c", "x; y", "2024-05-01", 'he said "no"'):
        assert safe(text) == text

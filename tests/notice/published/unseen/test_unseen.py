"""What is read of notices that the reader was not tuned on never falls below what was reached, and is never a guess."""

from collections.abc import Iterable

import pytest

from tests.notice.published.unseen.measure import FACTS, FOLDER, measured


def _floors(least: int, **others: int) -> dict[str, int]:
    """Return the least percentage of each fact; `others` are those of single facts."""
    return dict.fromkeys(FACTS, least) | others


FLOORS = {
    "first": _floors(97),
    "second": _floors(98),
    "third": _floors(96),
    "fourth": _floors(97),
    "fifth": _floors(97),
    "sixth": _floors(97),
    "seventh": _floors(100, journal=94),
    "eighth": _floors(97, journal=94),
    "ninth": _floors(97),
    "tenth": _floors(97, article=96, journal=96),
    "eleventh": _floors(97, title=94, journal=94),
    "twelfth": _floors(98),
    "thirteenth": _floors(97),
    "fourteenth": _floors(97, article=94, notice=94, journal=91),
    "fifteenth": _floors(97, journal=92),
    "sixteenth": _floors(97),
    "seventeenth": _floors(95, article=90),
    "eighteenth": _floors(95),
    "nineteenth": _floors(93, article=88, date=86),
    "twentieth": _floors(95),
    "twentyfirst": _floors(100),
    "twentysecond": _floors(92, journal=92),
    "twentythird": _floors(96),
    "twentyfourth": _floors(96),
    "twentyfifth": _floors(95),
    "twentysixth": _floors(96),
    "twentyseventh": _floors(94, journal=91),
    "twentyeighth": _floors(96),
    "twentyninth": _floors(96),
    "thirtieth": _floors(94),
    "thirtyfirst": _floors(90, article=88, title=90, journal=90),
    "thirtysecond": _floors(98),
    "thirtythird": _floors(95),
    "thirtyfourth": _floors(98),
    "thirtyfifth": _floors(96, date=91),
    "thirtysixth": _floors(100),
    "thirtyseventh": _floors(98),
    "thirtyeighth": _floors(98),
    "thirtyninth": _floors(95, date=93, journal=92, reasons=92),
}
"""For each set, the least percentage of notices of which each fact must be right."""
WRAPPED_BY_COLUMNS = {"nineteenth", "twentieth"}
"""Sets with pages of two columns: wrapped once more, one DOI in forty of them is given the other one's role."""


@pytest.mark.parametrize("name", FLOORS)
def test_the_facts_of_unseen_notices_are_read_at_least_as_often_as_before(name: str) -> None:
    right, wrong, count = measured(FOLDER / f"{name}.txt")
    for fact, floor in FLOORS[name].items():
        assert 100 * right[fact] >= floor * count, fact
    assert not wrong


def _wrapped(names: Iterable[str], width: int) -> tuple[int, int, list[str]]:
    """Return how many articles were found in the wrapped notices of sets, of how many, and the DOIs that are wrong."""
    found = [measured(FOLDER / f"{name}.txt", width=width) for name in names]
    return (
        sum(right["article"] for right, _, _ in found),
        sum(count for *_, count in found),
        [w for _, x, _ in found for w in x],
    )


@pytest.mark.parametrize("width", [65, 72])
def test_notices_that_a_program_wrapped_are_read_and_no_doi_is_wrong(width: int) -> None:
    right, count, wrong = _wrapped(["sixteenth"], width)
    assert 100 * right >= 95 * count
    assert not wrong


@pytest.mark.slow
@pytest.mark.parametrize("width", [65, 72, 80])
def test_all_notices_that_a_program_wrapped_are_read_and_no_doi_is_wrong(width: int) -> None:
    right, count, wrong = _wrapped(FLOORS.keys() - WRAPPED_BY_COLUMNS, width)
    assert 100 * right >= 95 * count
    assert not wrong

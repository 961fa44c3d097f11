"""What is read of notices that the reader was not tuned on never falls below what was reached, and is never a guess."""

from collections.abc import Iterable

import pytest

from tests.notice.published.unseen.measure import FOLDER, measured

_ALL = ("article", "notice", "date", "title", "journal", "state", "reasons", "matches")
FLOORS = {
    "first": dict.fromkeys(_ALL, 97),
    "second": dict.fromkeys(_ALL, 98),
    "third": dict.fromkeys(_ALL, 96),
    "fourth": dict.fromkeys(_ALL, 97),
    "fifth": dict.fromkeys(_ALL, 97),
    "sixth": dict.fromkeys(_ALL, 97),
    "eighth": {**dict.fromkeys(_ALL, 97), "journal": 94},
    "ninth": dict.fromkeys(_ALL, 97),
    "tenth": {**dict.fromkeys(_ALL, 97), "article": 96, "journal": 96},
    "eleventh": {**dict.fromkeys(_ALL, 97), "title": 94, "journal": 94},
    "twelfth": dict.fromkeys(_ALL, 98),
    "thirteenth": dict.fromkeys(_ALL, 97),
    "fourteenth": {**dict.fromkeys(_ALL, 97), "article": 94, "notice": 94, "journal": 91},
    "fifteenth": {**dict.fromkeys(_ALL, 97), "journal": 92},
    "sixteenth": dict.fromkeys(_ALL, 97),
    "seventeenth": {**dict.fromkeys(_ALL, 95), "article": 90},
    "seventh": {**dict.fromkeys(_ALL, 100), "journal": 94},
}
"""For each set, the least percentage of notices of which each fact must be right."""


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
    right, count, wrong = _wrapped(FLOORS, width)
    assert 100 * right >= 95 * count
    assert not wrong

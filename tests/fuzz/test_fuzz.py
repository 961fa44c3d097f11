"""Spoiled files come to an outcome by the laws; each seed that once broke one is kept as a test in tests/attacks."""

from itertools import islice

import pytest

from tests.fuzz.mutate import fuzz, sources, spoiled

SPOILED_FILES = 40


def test_the_same_seed_spoils_in_the_same_way() -> None:
    files = sources()
    assert spoiled(7, files) == spoiled(7, files) != spoiled(8, files)


@pytest.mark.slow
def test_spoiled_files_break_no_law() -> None:
    found = list(islice(fuzz(120, 1, sources()), SPOILED_FILES))
    assert len(found) == SPOILED_FILES  # however slow the machine is, up to two minutes
    assert not [(seed, laws) for seed, _, laws, _ in found if laws]

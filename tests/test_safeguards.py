"""The table of safeguards names functions and tests that exist; `python -m tests.helpers.safeguards` takes them out."""

import importlib
from functools import reduce

import pytest

from tests.helpers.safeguards import REPOSITORY, SAFEGUARDS, Safeguard, is_held


@pytest.mark.parametrize("safeguard", SAFEGUARDS, ids=lambda safeguard: safeguard.function.replace("watermark.", ""))
def test_a_safeguard_and_its_tests_exist(safeguard: Safeguard) -> None:
    module, _, path = safeguard.function.partition(":")
    assert reduce(getattr, path.split("."), importlib.import_module(module)) is not None  # a function or a constant
    assert (REPOSITORY / safeguard.tests).exists()


def test_each_safeguard_is_listed_once() -> None:
    assert len({safeguard.function for safeguard in SAFEGUARDS}) == len(SAFEGUARDS) > 30
    assert len({safeguard.promise for safeguard in SAFEGUARDS}) == len(SAFEGUARDS)


@pytest.mark.slow
@pytest.mark.parametrize("safeguard", SAFEGUARDS, ids=lambda safeguard: safeguard.function.replace("watermark.", ""))
def test_a_test_fails_without_the_safeguard(safeguard: Safeguard) -> None:
    assert is_held(safeguard)

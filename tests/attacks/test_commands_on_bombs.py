"""Files made to take all memory or all time: each command ends within its limits, and says what is wrong."""

import sys
from pathlib import Path

import pytest

from tests.attacks.bomb_table import commands, run_all, write_beside
from tests.attacks.bombs import BOMBS
from tests.attacks.given_bombs import GIVEN_BOMBS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="resident memory is read from /proc"),
]
FAR_REACHING = ("content", "content-twice", "form-in-itself", "forms-of-forms", "pages-of-pages", "dashes")
"""These are tried with eight commands, the others with the one that reads most; `bomb_table` tries all with all."""
COMMANDS = ("inspect", "stamp", "preview", "verify", "notice", "check", "restore", "batch")
ENDED_BY_THE_CLOCK = ("rows-again", "masks-of-masks", "patterns-of-patterns")
"""Each takes the whole 30 seconds of the limit, so they are in the table only."""


@pytest.mark.parametrize(
    ("name", "bomb"),
    [
        (name, bomb)
        for bomb in BOMBS
        if bomb not in ENDED_BY_THE_CLOCK
        for name in (COMMANDS if bomb in FAR_REACHING else ("stamp",))
    ],
)
def test_a_command_ends_within_its_limits_and_says_what_is_wrong(tmp_path: Path, name: str, bomb: str) -> None:
    write_beside(tmp_path)
    (tmp_path / "articles" / "bomb.pdf").write_bytes(BOMBS[bomb]())
    done = run_all(commands(tmp_path)[name], tmp_path)
    assert done.is_bounded, done
    assert done.message.strip()
    assert name != "batch" or "of 1 article" in done.message


@pytest.mark.parametrize("bomb", ["ledger", "tagged-names"])
def test_a_command_ends_within_its_limits_on_what_it_is_given_beside_the_article(tmp_path: Path, bomb: str) -> None:
    for calls in list(GIVEN_BOMBS[bomb](tmp_path).values())[:2]:
        assert run_all(calls, tmp_path).is_bounded

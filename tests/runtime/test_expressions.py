"""No regular expression takes more than linear time, whatever text is made to pump it."""

import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.runtime.expressions import Expression, expressions, inline_expressions

SHORT, LONG = 500, 2_000
MAX_SECONDS = 0.01
"""What takes less for the long text is fast enough, whatever its growth."""
MAX_GROWTH = 8.0
"""Four times the text takes four times as long in linear time, and sixteen times in quadratic."""
GIVE_UP_SECONDS = 2.0

ATTACKS = {
    "watermark.verification.xref_sections:_IDENTIFIER": ("", "/ID[", ""),
    "watermark.verification.xref_sections:_DIGEST": ("", "<" + "0" * 64 + "> ", ""),
    "watermark.verification.content_operators:NUMBER": ("", "1", "x"),
}
"""Texts that were once used to attack an expression."""

BOUNDED: dict[str, int] = {}
"""Expressions that see no more than so many characters: their callers cut the text off."""

ALL = list(expressions())
INLINE = list({expression.name: expression for expression in inline_expressions()}.values())


@contextmanager
def ended_in_time() -> Iterator[None]:
    """End an expression whose time grows exponentially: `re` lets signals in."""

    def give_up(*_: object) -> None:
        raise TimeoutError("an expression takes exponential time")

    if not hasattr(signal, "setitimer"):  # Windows
        yield
        return
    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, 5 * GIVE_UP_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def seconds(expression: Expression, text: str) -> float:
    fastest = float("inf")
    for _ in range(2):
        start = time.thread_time()
        with ended_in_time():
            expression.run(text)
        fastest = min(fastest, time.thread_time() - start)
        if fastest > GIVE_UP_SECONDS:
            break
    return fastest


def is_linear(expression: Expression, short: str, long: str) -> bool:
    """Tell whether the long text takes little time, or not much longer than its length says: measured up to thrice.

    Other work on the machine may disturb one measurement, but a quadratic expression fails in each.
    """
    for _ in range(3):
        taken, longer = seconds(expression, short), seconds(expression, long)
        if longer < MAX_SECONDS or longer < MAX_GROWTH * taken:
            return True
    return False


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="Windows has no such timer")
def test_words_that_many_repetitions_can_share_out_are_tried() -> None:
    ambiguous = re.compile(r"(?:[^\W\d_a-z]\w+(?: and )?){1,8} [0-9]{4}")
    expression = Expression(name="ambiguous", pattern=ambiguous, methods=frozenset({"fullmatch"}))
    assert ("", "A", "\0") in expression.pumps()
    assert not is_linear(expression, "A" * 20, "A" * 30)


def test_the_expressions_of_the_package_are_found() -> None:
    assert len(ALL) > 400
    assert len(INLINE) > 70
    names = {expression.name for expression in ALL}
    assert ATTACKS.keys() | BOUNDED.keys() <= names


@pytest.mark.parametrize("expression", [*ALL, *INLINE], ids=lambda expression: expression.name)
def test_an_expression_takes_linear_time_for_every_text_that_pumps_it(expression: Expression) -> None:
    pumps = expression.pumps() | ({ATTACKS[expression.name]} if expression.name in ATTACKS else set())
    times = 20 if expression.name in ATTACKS else 1
    for before, unit, after in sorted(pumps):
        most = BOUNDED.get(expression.name, 0)
        short, long = (
            (before + unit * max(length // len(unit), 1))[: most or None] + after
            for length in (times * SHORT, times * LONG)
        )
        taken = seconds(expression, short)
        assert taken < GIVE_UP_SECONDS, (before, unit, after)
        if taken > MAX_SECONDS / 16 and not most:
            assert is_linear(expression, short, long), (before, unit, after)

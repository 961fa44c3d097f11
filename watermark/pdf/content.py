"""What a page's content leaves open at its end, found by one fast scan (ISO 32000-2 8.4.2, 14.6)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """How the saves and restores, the text objects and the marked content of a page come out.

    `closing` is what has to be written after the content to close all it left open: it begins with a newline, so that a
    comment or an unfinished token ends. `surplus_restores` counts the Q that no q in the content answers.
    """

    closing: bytes
    surplus_restores: int
    deepest: int


def balance_of(content: bytes) -> Balance:
    """Return what `content`, the decoded content of one page, leaves open."""
    raise NotImplementedError

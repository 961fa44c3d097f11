# ruff: noqa: RUF001 - letters and punctuation of other scripts are meant
"""Paragraphs of a text whose lines are not parted by empty lines, as text that is copied from a web page."""

import re

from watermark.notice.extraction.fields import is_labelled
from watermark.notice.extraction.state_phrases import parse_state, split_title_label

LONG_LINE = 160
_CONTINUES = re.compile(r"[^\W\d_]*[a-zа-яё]|[,;:)\]]")
_BEGINS = re.compile(
    r"(?:The|This|We|Following|In|At|After|Since|It|Published|Available|Received|DOI|doi|https?:|Abstract|References?"
    r"|Citation|Copyright|©|[-*•]|\[[0-9]|ABSTRACT|REFERENCES?)"
)


def with_paragraphs(text: str) -> str:
    """Return a text with an empty line between its paragraphs.

    Where a line is longer than any printed one, each line is a paragraph. Elsewhere the lines of a paragraph stay
    together, and only the title line and the labelled lines are parted from the others.
    """
    lines = text.split("\n")
    is_unwrapped = any(len(line) > LONG_LINE for line in lines)
    parted: list[str] = []
    for number, line in enumerate(lines):
        parted.append(line)
        following = lines[number + 1].strip() if number + 1 < len(lines) else ""
        if not line.strip() or not following:
            continue
        if is_unwrapped:
            is_end = len(line) > LONG_LINE or not (following[0].islower() and not line.rstrip().endswith((".", ":")))
        else:
            is_end = _ends_here(line.strip(), following, number)
        if is_end:
            parted.append("")
    return "\n".join(parted)


def _ends_here(line: str, following: str, number: int) -> bool:
    if is_labelled(following) or parse_state(line) is not None:
        return True
    is_label = number < 12 and split_title_label(line)[1] is not None
    return (
        is_label
        and not line.endswith("]")
        and len(line) < LONG_LINE
        and bool(_BEGINS.match(following))
        and not line.endswith(",")
    )

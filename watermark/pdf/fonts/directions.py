"""The order in which a line with words of both directions is displayed (Unicode Standard Annex 9)."""

import unicodedata
from functools import partial
from itertools import groupby

RIGHT_TO_LEFT = frozenset({"R", "AL"})
NUMBERS = frozenset({"EN", "AN"})
BRACKETS = {"(": ")", "[": "]", "{": "}"}
MAX_OPEN_BRACKETS = 63


def runs_from_right(text: str) -> bool:
    """Return True if the first letter with a direction is written from right to left (UAX 9, P2 and P3)."""
    kinds = (unicodedata.bidirectional(character) for character in text)
    return next((kind in RIGHT_TO_LEFT for kind in kinds if kind in {"L", "R", "AL"}), False)


def displayed_runs(text: str, *, from_right: bool) -> list[tuple[str, bool]]:
    """Return the runs of a line in the order of their display, from left to right.

    Each run holds its characters in reading order, and True if it is written from right to left. `from_right` is the
    direction of the paragraph. Explicit directional controls have no effect.
    """
    base = 1 if from_right else 0
    outer = "R" if from_right else "L"
    kinds = _resolved_numbers(text, outer)
    _resolve_brackets(text, kinds, outer)
    levels = [_level(kind, base) for kind in _resolved_neutrals(kinds, outer)]
    runs: list[tuple[int, str]] = []
    for level, group in groupby(range(len(text)), levels.__getitem__):
        runs.append((level, "".join(text[index] for index in group)))
    for level in range(max(levels, default=0), 0, -1):  # L2
        reordered: list[tuple[int, str]] = []
        for is_deep, group_of_runs in groupby(runs, partial(_is_deep, level)):
            members = list(group_of_runs)
            reordered += members[::-1] if is_deep else members
        runs = reordered
    return [(characters, level % 2 == 1) for level, characters in runs]


def _is_deep(level: int, run: tuple[int, str]) -> bool:
    return run[0] >= level


def _resolved_numbers(text: str, outer: str) -> list[str]:
    """Return the class of each character after the rules for weak types (W1 to W7)."""
    kinds = _weak_kinds(text, outer)
    for index in range(1, len(kinds) - 1):
        before, kind, after = kinds[index - 1 : index + 2]
        if before == after and before in NUMBERS and (kind == "CS" or (kind == "ES" and before == "EN")):
            kinds[index] = before
    for step in (1, -1):
        for index in range(len(kinds))[::step]:
            if kinds[index] == "ET" and 0 <= index - step < len(kinds) and kinds[index - step] == "EN":
                kinds[index] = "EN"
    strong = outer
    for index, kind in enumerate(kinds):
        strong = kind if kind in {"L", "R"} else strong
        if kind == "EN" and strong == "L":
            kinds[index] = "L"
    return kinds


def _weak_kinds(text: str, outer: str) -> list[str]:
    """Return the class of each character after the rules W1 to W3."""
    kinds: list[str] = []
    strong = outer
    for character in text:
        kind = unicodedata.bidirectional(character) or "L"
        if kind == "NSM":
            kind = kinds[-1] if kinds else outer
        if kind in {"L", "R", "AL"}:
            strong = kind
        kinds.append("AN" if kind == "EN" and strong == "AL" else kind)
    return ["R" if kind == "AL" else kind for kind in kinds]


def _resolve_brackets(text: str, kinds: list[str], outer: str) -> None:
    """Give each pair of brackets the direction that the letters inside and before it have (N0)."""
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for index, character in enumerate(text):
        if character in BRACKETS and len(opened) < MAX_OPEN_BRACKETS:
            opened.append(index)
        elif opened and character == BRACKETS[text[opened[-1]]]:
            pairs.append((opened.pop(), index))
    for start, end in sorted(pairs):
        inside = {_side(kind) for kind in kinds[start + 1 : end]} & {"L", "R"}
        if inside:
            before = next((_side(kind) for kind in kinds[start - 1 :: -1] if _side(kind) in {"L", "R"}), outer)
            kinds[start] = kinds[end] = outer if outer in inside or before == outer or not start else before


def _resolved_neutrals(kinds: list[str], outer: str) -> list[str]:
    """Return the classes with each neutral replaced by the direction around it (N1 and N2)."""
    resolved: list[str] = []
    for is_neutral, group in groupby(range(len(kinds)), lambda index: kinds[index] not in {"L", "R", *NUMBERS}):
        members = list(group)
        if not is_neutral:
            resolved += [kinds[index] for index in members]
            continue
        before = _side(kinds[members[0] - 1]) if members[0] else outer
        after = _side(kinds[members[-1] + 1]) if members[-1] + 1 < len(kinds) else outer
        resolved += [before if before == after else outer] * len(members)
    return resolved


def _side(kind: str) -> str:
    return "R" if kind in NUMBERS else kind


def _level(kind: str, base: int) -> int:
    """Return the embedding level of a resolved class (I1 and I2)."""
    if base:
        return 1 if kind == "R" else 2
    return {"L": 0, "R": 1}.get(kind, 2)

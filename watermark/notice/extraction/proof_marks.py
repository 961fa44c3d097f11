"""What only the proof of a notice has: numbers of lines, queries to the author, and the name of a proof."""

import re

from watermark.runtime.expressions import expression

_NUMBERED = expression(r"[ \t]{0,8}(?P<number>[0-9]{1,4})(?:[ \t]{1,8}(?P<words>\S.*))?$")
_QUERY = expression(r"\s?[\[(<{]\s?(?:AQ|Author query|Query)\s?[0-9]{0,3}\b[^\[\]<>{}]{0,400}[\])>}]", re.IGNORECASE)
_QUERY_LINE = expression(r"[ \t]{0,20}(?:AQ|Author query|Query)\s?[0-9]{1,3}\b.{0,400}", re.IGNORECASE)
_PROOF_LINE = expression(
    r".{0,100}\b(?:uncorrected|galley|author'?s?|page) proofs?\b.{0,60}|[ \t]{0,20}proof\b.{0,4}please return\b.{0,80}"
    r"|[ \t]{0,20}author (?:query form|queries)\b.{0,60}"
    r"|[A-Z]{2,6}[0-9]{0,8}10\.[0-9]{4,9}/\S{1,80}[a-z]\S{0,80}(?: .{0,120})?",
    re.IGNORECASE,
)
"""The name of a proof, the heading of its queries, and the line in which a typesetter's number is joined to the DOI."""
MIN_NUMBERED, MIN_LOWER = 4, 2
"""Lines with consecutive numbers, and those of them that go on in lower case, which a list of items does not."""


def without_proof_marks(text: str) -> str:
    """Return a text without the marks of a proof; a text that is none comes back as it is."""
    lines = _without_numbers(text.split("\n"))
    kept = ("" if _PROOF_LINE.fullmatch(line) or _QUERY_LINE.fullmatch(line) else line for line in lines)
    return _QUERY.sub("", "\n".join(kept))


def _without_numbers(lines: list[str]) -> list[str]:
    """Return lines without the numbers in front of them where a proof counts its lines."""
    whole = list(lines)
    run: dict[int, str] = {}
    last = 0
    for number, line in enumerate([*lines, "-"]):
        found = _NUMBERED.match(line)
        if found is None and not line.strip():
            continue
        if found is None or int(found["number"]) != last + 1:
            for place, words in run.items() if _is_counted(list(run.values())) else ():
                whole[place] = words
            run = {}
        if found is not None:
            run[number], last = found["words"] or "", int(found["number"])
    return whole


def _is_counted(words: list[str]) -> bool:
    return len(words) >= MIN_NUMBERED and sum(line[:1].islower() for line in words) >= MIN_LOWER

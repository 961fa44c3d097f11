"""How many facts of unseen notices are read: `python -m tests.notice.published.unseen.measure [-v] [SET ...]`.

A set is a text file: `#### name`, the facts as `key: value` lines (several journals, all of them right, with ` | `), a
line of hyphens, and the notice. A fact that is not named must come out empty; the state is `retraction` unless named.
Figures of the article that are duplicates are written `4A,4B=2C`; `5C=3D,3E` is short for `5C=3D; 5C=3E`.
"""

import sys
import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from watermark.errors import WatermarkError
from watermark.notice import Notice, from_text

FOLDER = Path(__file__).parent
FACTS = ("article", "notice", "date", "title", "journal", "state", "reasons", "matches")


@dataclass(frozen=True, slots=True)
class Unseen:
    """One notice: its name, its text, and the facts that it states."""

    name: str
    text: str
    expected: dict[str, str] = field(default_factory=dict)


def unseen(path: Path) -> Iterator[Unseen]:
    """Yield the notices of a set."""
    for part in path.read_text(encoding="utf-8").split("#### ")[1:]:
        head, text = part.split("\n----\n", 1)
        name, *lines = head.split("\n")
        facts = dict.fromkeys(FACTS, "") | {"state": "retraction"}
        for line in lines:
            key, value = line.split(":", 1)
            assert key in FACTS, f"{name}: {key}"
            facts[key] = value.strip()
        yield Unseen(name, text.strip() + "\n", facts)


def facts_of(notice: Notice) -> dict[str, str]:
    """Return the facts of a notice as the sets write them."""
    return {
        "article": notice.article.doi,
        "notice": notice.doi,
        "date": notice.date,
        "title": notice.article.title,
        "journal": notice.article.journal,
        "state": notice.state.value,
        "reasons": "; ".join(sorted(notice.reasons)),
        "matches": "; ".join(f"{','.join(match.figures)}={match.source_figure}" for match in notice.figure_matches),
    }


def is_right(fact: str, found: str, expected: str) -> bool:
    """Tell whether a fact was read as the set says."""
    if fact in {"article", "notice"}:
        return found == expected.lower()
    if fact == "matches":
        return found == "; ".join(_of_each_source_figure(expected))
    return found in expected.split(" | ") if fact == "journal" else found == expected


def _of_each_source_figure(matches: str) -> Iterator[str]:
    """Yield the matches that a set names, one for each figure of a source, as the notice has them."""
    for match in filter(None, matches.split("; ")):
        figures, sources = match.split("=")
        yield from (f"{figures}={source}" for source in sources.split(","))


def wrapped(text: str, width: int) -> str:
    """Return a text of which no line is longer than a column, as e-mail programs and terminals wrap it."""
    wrapper = textwrap.TextWrapper(width, break_long_words=False, break_on_hyphens=False)
    return "\n".join(wrapper.fill(line) if len(line) > width else line for line in text.split("\n"))


def measured(path: Path, *, tell: bool = False, width: int = 0) -> tuple[Counter[str], list[str], int]:
    """Return how often each fact was right, the DOIs that are wrong and not empty, and the count of notices.

    With `width`, each line is wrapped at that column first.
    """
    right, wrong, count = Counter[str](), [], 0
    for one in unseen(path):
        count += 1
        try:
            found = facts_of(from_text(wrapped(one.text, width) if width else one.text))
        except WatermarkError as error:
            found = dict.fromkeys(FACTS, f"({error})")
        for fact in FACTS:
            good = is_right(fact, found[fact], one.expected[fact])
            right[fact] += good
            if not good and found[fact] and not found[fact].startswith("(") and fact in {"article", "notice"}:
                wrong.append(f"{one.name}: {fact} {found[fact]}")
            if tell and not good:
                sys.stdout.write(f"{one.name} | {fact}: {found[fact]!r}, not {one.expected[fact]!r}\n")
    return right, wrong, count


if __name__ == "__main__":
    names = [name for name in sys.argv[1:] if name != "-v"] or sorted(path.stem for path in FOLDER.glob("*.txt"))
    for set_name in names:
        rights, wrongs, number = measured(FOLDER / f"{set_name}.txt", tell="-v" in sys.argv)
        shown = ", ".join(f"{fact} {100 * rights[fact] / number:.1f} %" for fact in FACTS)
        sys.stdout.write(f"{set_name}: {number} notices: {shown}; wrong DOIs: {len(wrongs)}\n")
        sys.stdout.writelines(f"  {wrong}\n" for wrong in wrongs)

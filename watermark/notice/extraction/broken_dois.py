"""DOIs that a line break divides: joined where the printed line proves it, and dropped where it does not."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Self

from watermark.notice.doi import doi_spans
from watermark.runtime.expressions import expression

_AT_THE_END = expression(r"10\.[0-9]{4,9}/(?P<name>\S{1,300})$")
_DIVIDED_AFTER = ("-", "\u2010", "\u2011", "/", "_", ".")
MIN_ABOVE = 25
"""The least number of characters in front of a DOI that are a printed line, and not just a label."""
JOINED = "\ue002"
"""The end of a line of which the next one is certainly the continuation: a divided word or DOI was between them."""
_HYPHENS = str.maketrans("\u2010\u2011", "--")
_REST = expression(r"(?=\S*[0-9])[\w./()-]{1,80}(?=$|[\s,;\]])")
_ONLY_A_RESOLVER = expression(r"(?:doi\.org/|doi:)\s*$|10\.[0-9]{4,9}/?$", re.IGNORECASE)
_ONLY_A_REGISTRANT = expression(r"(?<![0-9])10\.[0-9]{4,9}/$")
_NEW_START = expression(
    r"(?:[0-9]{1,3}[.)]|\(?(?:19|20)[0-9]{2}\)?[.,;:]?|[0-9]{4}-[0-9]{2}-[0-9]{2}\S*"
    r"|10\.[0-9]{4,9}/\S*|[0-9]{4}-[0-9]{3}[0-9Xx]/(?:[0-9]{2}|(?:19|20)[0-9]{2})[/(]\S*)$"
)
"""A word with which another line begins: the number of an item, a date, a DOI, or an ISSN with year and price."""
_IN_BRACKETS = expression(r"[(\[][^()\[\]]{0,40}10\.[0-9]{0,9}(?:/[^\s()\[\]]*)?$")
_REST_IN_BRACKETS = expression(r"(?!(?:19|20)[0-9]{2}[)\]])[0-9a-z][\w./-]{0,80}[)\]]")
"""The rest of a DOI that a bracket in front of it and one behind it hold together."""
_MAY_DIVIDE = frozenset({"", *_DIVIDED_AFTER})
"""What is behind a DOI that may be only the first half of one, at the end of a line."""
MIN_FORM = 16
_START = expression(r"10\.[0-9]{4,9}/[a-z-]{1,40}")
_NUMBERED = expression(r"[0-9]{1,2} [^\W\d_a-z]")
"""The number of a paragraph and its first word."""
_LAST_NUMBER = expression(r"[0-9]{1,3}\.(?:\s+[A-Z][a-z]|$)")
"""The last number of a DOI and the full stop of its sentence."""
_ITEM = expression(r"\s{0,20}\[?[0-9]{1,3}[\].)]")
_LONG_NUMBER = expression(r"[0-9]{7,12}[,.;)]?")
"""A number that begins a line and is too long for a year, a postal code or a page."""
_DAY = expression(r"[0-9]{1,2}(?:st|nd|rd|th)? [^\W\d_]{3,10}\.?,? (?:19|20)[0-9]{2}\b")
_HYPHENATED = expression(r"[^\W\d_][-\u2010\u2011]$")
_TWICE = expression(r"(10\.[0-9]{4,9}/[0-9]{4}/(?P<number>[0-9]{5,9}))\.(?P=number)(?![0-9.])")
"""A DOI whose number one archive prints twice: `10.5555/2020/661208.661208`."""
_ONLY_A_PREFIX = expression(r"(?:^|[\s/:(])10\.$")
_DIGITS, _REST_OF_DIGITS = expression(r"/[0-9]{8,}$"), expression(r"[0-9]{9,}$")
_TAIL_OF_DIGITS = expression(r"[0-9][\w]*(?:-[\w]+)+[.,;]?$")


@dataclass(slots=True)
class _Printed:
    """The DOIs of a text: those inside of a line are whole, and those at the end of one may be halves."""

    inside: set[str] = field(default_factory=set)
    at_end: set[str] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, lines: Sequence[str]) -> Self:
        """Return the DOIs of these lines."""
        printed = cls()
        for line in lines:
            for _, end, doi in doi_spans(line):
                is_inside = line[end:].strip() not in _MAY_DIVIDE
                (printed.inside if is_inside else printed.at_end).add(doi)
        return printed

    def whole(self, half: str, word: str) -> str:
        """Return `half` with `word` behind it, without the hyphen where that is not the DOI's; "" for no proof.

        Proof is the same DOI printed elsewhere, or another DOI that is built as the whole is, and the half is not.
        """
        joins = [half] if half[-1] != "-" else [half, half[:-1]]
        names = [(one, _name(one + word)) for one in joins]
        if same := [one for one, name in names if name in self.inside | self.at_end and _name(one) != name]:
            return same[0]
        if len(names) > 1:
            starts = [one for one, name in names if self._has_start(one, name)]
            return starts[0] if len(starts) == 1 else ""
        is_built_so = _form(names[0][1]) in {_form(doi) for doi in self.inside} - {_form(_name(half))}
        return half if is_built_so and len(_form(names[0][1])) >= MIN_FORM else ""

    def _has_start(self, half: str, name: str) -> bool:
        """Tell whether another DOI has the same word at its start as the one that is joined from `half` on."""
        start = _START.match(name)
        return (
            start is not None
            and start.end() > len(half)
            and any(found[0] == start[0] for doi in self.inside | self.at_end if (found := _START.match(doi)))
        )


def mended_lines(text: str) -> tuple[str, frozenset[str]]:
    """Return a text whose divided DOIs are whole again, and the half DOIs that cannot be completed, in lower case.

    A DOI is joined where its line ends with a hyphen, slash, underscore or full stop and the next line begins with one
    word that has a digit. Where the next line may or may not continue the DOI, what is printed is not its whole, unless
    the text prints it inside of a line, too.
    """
    lines = _TWICE.sub(r"\1", text).split("\n")
    printed = _Printed.of(lines)
    joined = list(_joined(lines, printed))
    return "\n".join(joined), frozenset(printed.doubtful - printed.inside)


def _joined(lines: list[str], printed: _Printed) -> Iterator[str]:
    unfinished, is_moved = "", False
    for number, raw in enumerate(lines):
        line = unfinished + raw.lstrip() if unfinished else raw
        doi, _, rest = line.partition(" ") if is_moved else ("", "", "")
        if rest.strip():
            yield f"{doi}{JOINED}"  # so that no line becomes longer than those around it
            line, is_moved = rest.lstrip(), False
        following = lines[number + 1].strip() if number + 1 < len(lines) else ""
        unfinished = _continued(line.rstrip(), following, printed, is_moved=is_moved)
        is_moved = False
        if not unfinished:
            if not following and line.rstrip().endswith(_DIVIDED_AFTER):
                _doubt_before_gap(line.rstrip(), lines[number + 2 : number + 3], printed)
            yield line
        elif "10." in (word := unfinished.split()[-1]) and len(unfinished) - len(word) > MIN_ABOVE:
            yield f"{unfinished[: len(unfinished) - len(word)].rstrip()}{JOINED}"
            unfinished, is_moved = word, True
    if unfinished:
        yield unfinished


def _doubt_before_gap(line: str, below: Sequence[str], printed: _Printed) -> None:
    """Note a DOI as a half where its line ends within it and a line that may be its rest comes behind an empty one."""
    found = _AT_THE_END.search(line[-400:])
    words = below[0].strip() if below else ""
    is_new = line.endswith(".") and (_NUMBERED.match(words) or _DAY.match(words))
    if found and words and not is_new and _continues(found[0], words.partition(" ")[0]):
        printed.doubtful.add(_name(found[0]))


def _continued(line: str, following: str, printed: _Printed, *, is_moved: bool) -> str:
    """Return the line to which the next one is joined; an empty string where the next one is another line.

    `is_moved` tells that the line begins with a DOI whose first half was at the end of a full line.
    """
    if not following or ("10." not in line[-400:] and "doi" not in line[-20:].lower()):
        return ""
    found = _AT_THE_END.search(line[-400:])
    word = following.split(maxsplit=1)[0]
    is_hyphenated = _HYPHENATED.search(line[-4:]) is not None and word[0].isalpha()
    is_sure = not is_hyphenated and _is_surely_divided(line, following)
    if found is None or is_sure:
        return line if is_sure else ""
    name = found[0].translate(_HYPHENS)
    front = line[: len(line) - len(found[0])]
    # no DOI ends with a hyphen: a number and a stop behind it are its end, and that of the sentence
    is_last = name.endswith("-") and _LAST_NUMBER.match(following) and not _ITEM.match(line)
    if whole := printed.whole(name, word) or (name if is_last and len(front) > MIN_ABOVE else ""):
        return front + whole
    if _NEW_START.match(word) or _DAY.match(following) or _NUMBERED.match(following):
        return ""
    is_full = is_moved or len(front) > MIN_ABOVE or _TAIL_OF_DIGITS.match(word) is not None
    is_number = _LONG_NUMBER.fullmatch(word) is not None and name[-1:].isdigit() and len(front) > MIN_ABOVE
    if is_number or (line.endswith(_DIVIDED_AFTER) and _continues(name, word) and not is_hyphenated):
        return front + name
    if line.endswith(_DIVIDED_AFTER) and not line.endswith("."):
        printed.doubtful.update((name.lower(), _name(name), _name(name[:-1])))
    elif is_full and not line.endswith(_DIVIDED_AFTER) and _continues(name, word):
        printed.doubtful.add(_name(name))
    return ""


def _continues(name: str, word: str) -> bool:
    """Tell whether a word may be the rest of a DOI: it has a digit, and nothing that a DOI has not."""
    if name[-1:] in {")", "]", ",", ";", ":"} or _NEW_START.match(word):
        return False
    rest = _name(name + word)[len(_name(name)) :]
    return re.search(r"[0-9]", rest) is not None and not re.search(r"[^\w./()-]", rest)


def _name(text: str) -> str:
    """Return the DOI with which a text begins, in lower case; a hyphen at its end is none of it."""
    return next((doi for _, _, doi in doi_spans(text.rstrip("-"))), text.lower())


def _form(doi: str) -> str:
    """Return how a DOI is built: its registrant, and 0 for each digit, and its letters."""
    registrant, _, name = doi.partition("/")
    return f"{registrant}/{re.sub('[0-9]', '0', name)}"


def _is_surely_divided(line: str, following: str) -> bool:
    """Tell whether a line ends within a DOI: in front of its name, in its prefix, between brackets, or in digits."""
    end = line[-200:]
    in_brackets = _REST_IN_BRACKETS.match(following) if _IN_BRACKETS.search(end) else None
    return bool(
        (_ONLY_A_RESOLVER.search(end[-60:]) and re.match(r"[0-9a-z]", following))
        or (_ONLY_A_REGISTRANT.search(end[-60:]) and _REST.match(following))
        or (_ONLY_A_PREFIX.search(end) and re.match(r"[0-9]{4,9}/\S", following))
        or (in_brackets and re.search(r"[0-9]", in_brackets[0]))
        or (_DIGITS.search(end) and _REST_OF_DIGITS.match(following))
    )

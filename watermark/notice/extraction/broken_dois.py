"""DOIs that a line break divides: joined where the printed line proves it, and dropped where it does not."""

import re
from collections.abc import Iterator

from watermark.runtime.expressions import expression

_AT_THE_END = expression(r"10\.[0-9]{4,9}/(?P<name>\S{1,300})$")
_DIVIDED_AFTER = ("-", "\u2010", "\u2011", "/", "_", ".")
MIN_ABOVE = 25
"""The least number of characters in front of a DOI that are a printed line, and not just a label."""
GOES_ON = "\ue002"
"""The end of a line of which the next one is certainly the continuation: a divided word or DOI was between them."""
_HYPHENS = str.maketrans("\u2010\u2011", "--")
_REST = expression(r"(?=\S*[0-9])[\w./()-]{1,80}(?=$|[\s,;\]])")
_ONLY_A_RESOLVER = expression(r"(?:doi\.org/|doi:)\s*$|10\.[0-9]{4,9}/?$", re.IGNORECASE)
_ONLY_A_REGISTRANT = expression(r"(?<![0-9])10\.[0-9]{4,9}/$")
_STARTS_ANEW = expression(
    r"(?:[0-9]{1,3}[.)]|\(?[12][0-9]{3}\)?[.,;:]?|[0-9]{4}-[0-9]{2}-[0-9]{2}\S*"
    r"|10\.[0-9]{4,9}/\S*)$"
)
_IN_BRACKETS = expression(r"[(\[][^()\[\]]{0,40}10\.[0-9]{0,9}(?:/[^\s()\[\]]*)?$")
_REST_IN_BRACKETS = expression(r"(?!(?:19|20)[0-9]{2}[)\]])[0-9a-z][\w./-]{0,80}[)\]]")
"""The rest of a DOI that a bracket in front of it and one behind it hold together."""
_ONLY_A_PREFIX = expression(r"(?:^|[\s/:(])10\.$")
_DIGITS, _REST_OF_DIGITS = expression(r"/[0-9]{8,}$"), expression(r"[0-9]{9,}$")
_TAIL_OF_DIGITS = expression(r"[0-9][\w]*(?:-[\w]+)+[.,;]?$")


def mended_lines(text: str) -> tuple[str, frozenset[str]]:
    """Return a text whose divided DOIs are whole again, and the half DOIs that cannot be completed, in lower case.

    A DOI is joined where its line ends with a hyphen, slash, underscore or full stop and the next line begins with one
    word that has a digit. Where the next line may or may not continue the DOI, what is printed is not its whole.
    """
    lines = text.split("\n")
    doubtful: set[str] = set()
    joined = list(_joined(lines, doubtful))
    return "\n".join(joined), frozenset(doubtful)


def _joined(lines: list[str], doubtful: set[str]) -> Iterator[str]:
    unfinished = ""
    for number, raw in enumerate(lines):
        line = unfinished + raw.lstrip() if unfinished else raw
        following = lines[number + 1].strip() if number + 1 < len(lines) else ""
        unfinished = _continued(line.rstrip(), following, doubtful)
        if not unfinished:
            yield line
        elif "10." in (word := unfinished.split()[-1]) and len(unfinished) - len(word) > MIN_ABOVE:
            yield f"{unfinished[: len(unfinished) - len(word)].rstrip()}{GOES_ON}"
            unfinished = word  # so that no line becomes longer than those around it
    if unfinished:
        yield unfinished


def _continued(line: str, following: str, doubtful: set[str]) -> str:
    """Return the line to which the next one is joined; an empty string where the next one is another line."""
    if not following or ("10." not in line[-400:] and "doi" not in line[-20:].lower()):
        return ""
    if _is_surely_divided(line, following):
        return line
    found = _AT_THE_END.search(line[-400:])
    word = following.split(maxsplit=1)[0]
    if found is None or _STARTS_ANEW.match(word):
        return ""
    name = found[0].translate(_HYPHENS)
    if line.endswith(_DIVIDED_AFTER):
        if _REST.match(following):
            return line[: len(line) - len(found[0])] + name
        if not line.endswith("."):
            doubtful.add(name.lower())
    elif _TAIL_OF_DIGITS.match(word) and _REST.match(word):
        doubtful.add(name.lower().rstrip(".,;:)"))
    return ""


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

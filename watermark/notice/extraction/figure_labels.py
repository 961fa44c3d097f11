"""How a notice names figures: `Figures 3A and B`, `panels A-C of Fig. 3`, `Fig. 5 (5A, 5B)`, and which they are."""

import re

from watermark.runtime.expressions import expression

_NO_NOUN = r"(?!\s(?:panels?|images?|blots?|lanes?|more|further|others?|cases?|tables?)\b)"
_LABEL = (
    r"S?[0-9]{1,2}(?:[A-Za-z]{1,2}(?![A-Za-z0-9])|\([a-zA-Z]\)"
    r"|\s(?:[A-HJ-Z]|[b-df-h])(?![\w'\u2019]|-[a-z]{2}|\.\s?[A-Z]\.|\s(?:cells?|lymphocytes?)\b)"
    rf"|(?![A-Za-z0-9]){_NO_NOUN})"
)
_PART = r"(?:(?:[A-Z]|[b-z])(?![A-Za-z]|[-\u2013]?[0-9]|-[A-Za-z]{2})|\([a-zA-Z]\))"
_JOIN = r"(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s*/\s*(?=[A-Za-z]\b)|,?\s+as\s+well\s+as\s+)"
_NO_AMOUNT = (
    r"(?![0-9]{1,2}(?:\s[dgh]|\s?(?:hours?|hrs?|days?|weeks?|months?|min|mg|ml|kg|Gy|[mnu\u00b5\u03bc][MgLl]))\b"
    r"|[0-9]{1,2}\s?%)"
)
"""Behind a comma, `48 h` is the group of a panel, and no figure."""
_RANGE = rf"(?:\s?[-\u2013]\s?(?:{_LABEL}|{_PART})|\sto\s(?=[0-9]{{1,2}}[A-Za-z]\b){_LABEL})?"
_PANELS = rf"{_PART}(?:\s?[-\u2013]\s?{_PART})?(?:{_JOIN}{_PART}(?:\s?[-\u2013]\s?{_PART})?){{0,12}}"
MENTION = expression(
    rf"(?:\b[Pp](?:anel|art)s?\s+(?P<panels>{_PANELS}|\(?a\)?)\s+(?:of|in|from)\s+)?"
    r"\b(?P<supplement>(?:[Ss]upp(?:l\.?|lement\w{2,4})|[Ss]upporting|ESI)\s+)?(?:[Ff]ig(?:ure|\.|)|FIG(?:URE)?)[sS]?\.?\s*"
    rf"(?P<labels>{_LABEL}{_RANGE}(?:{_JOIN}(?:{_NO_AMOUNT}{_LABEL}|{_PART}){_RANGE}){{0,30}})"
    rf"(?:,?\s+\(?panels?\s+(?P<behind>{_PANELS}|\(?a\)?)\)?|\s?\((?P<inside>{_PANELS}|a(?:{_JOIN}{_PANELS})?"
    rf"|[0-9]{{1,2}}[A-Za-z](?:{_JOIN}[0-9]{{1,2}}[A-Za-z]){{0,12}})\))?"
)

_NEXT_CLAUSE = expression(
    r"[\s)\]]{0,4}(?:;|,?\s(?:(?:and|but)\s)?(?:also\s)?(?:that|while|whereas|likewise|similarly|further(?:more)?)\b"
    r"|(?P<joint>,?\sand\b|,))(?:\sand\b)?(?:\s(?:that|likewise|similarly|also))?,?\s(?:[\w-]{1,24}\s){0,5}",
    re.IGNORECASE,
)
"""What is between a match and the next pair of figures: `, and that the blots in `."""
_VERB = expression(
    r"\s?(?:both\s|also\s){0,2}(?:are|were|is|was|look|appear|seem|match|overlap|share|show|resemble|duplicate|coincide"
    r"|correspond)\b"
)


def labels_of(mention: re.Match[str]) -> tuple[str, ...]:
    """Return the labels that a place names; `panels A-C of Figure 3` is 3A-C.

    Those of a supplement have an S in front of the number: `Supplementary Figure 3a` is S3A.
    """
    labels = _labels_with_panels(mention)
    return tuple(f"S{label.removeprefix('S')}" for label in labels) if mention["supplement"] else labels


def _labels_with_panels(mention: re.Match[str]) -> tuple[str, ...]:
    panels = mention["panels"] or mention["behind"] or mention["inside"]
    labels = _labels(mention["labels"])
    if panels and labels and panels[0].isdigit():  # `Fig. 5 (5A, 5B)`, not `Fig. 4A (40X)`
        inside = _labels(panels)
        return (*labels[:-1], *inside) if inside[0][:-1] == labels[-1] else labels
    is_number = panels and labels and labels[-1].lstrip("S").isdigit()
    return (*labels[:-1], *_labels(f"{labels[-1]}{panels}")) if is_number and panels else labels


def _labels(text: str) -> tuple[str, ...]:
    """Return the labels of a list of figures; `3A, B and 5(e)` is 3A, 3B and 5E, `4A to 4C` are three; `3A-C` stays."""
    labels: list[str] = []
    text = re.sub(r"\(([A-Za-z])\)|(?<=[0-9])\s(?=[A-Za-z](?![A-Za-z]))", r"\1", text)
    for part in re.split(_JOIN, re.sub(r"\s?[-\u2013]\s?", "-", text.strip())):
        number = re.match(r"S?[0-9]+", labels[-1]) if labels else None
        if part[:1].isalpha() and not part[1:2].isdigit():
            if number is None:
                break
            if number[0] == labels[-1]:  # `Fig. 2, A and C`
                labels.pop()
            labels.append(number[0] + part)
        elif part:
            first, _, last = part.partition(" to ")
            is_range = last and first[:-1] == last[:-1]
            letters = range(ord(first[-1]), ord(last[-1]) + 1) if is_range else ()
            labels.extend([first[:-1] + chr(letter) for letter in letters] or filter(None, (first, last)))
    return tuple(dict.fromkeys(label.upper() for label in labels))


def begins_a_pair(between: str, behind: str) -> bool:
    """Tell whether two figures that are named together are a pair of their own: `…; Fig. 2B and Fig. 4D of [3] match`.

    A clause begins with them, which a semicolon or a word shows, or that they have a verb.
    """
    found = _NEXT_CLAUSE.fullmatch(between)
    return found is not None and (found["joint"] is None or _VERB.match(behind) is not None)

"""On which pages of an article the captions of figures are, as opposed to mere mentions of a figure."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from watermark.pdf.text_lines import TextLine
from watermark.runtime.expressions import expression

Caption = tuple[str, int]
"""The number of a figure, and the strength of the evidence, 1 to 3."""
MAX_PAGES = 2000
MAX_PLACES = 3
_FIGURE = (
    r"(?:supplementa(?:ry|l)\s+)?(?:figure|fig\.?|figura|abbildung|abb\.?|рис(?:унок|\.)?|图|圖|図)\s*"
    r"(?P<number>S?[0-9]{1,3})"
)
_LABEL = _FIGURE + r"(?P<panels>\s?[A-Za-z](?:\s?[-\u2013,]\s?[A-Za-z]){0,8}(?![A-Za-z]))?(?P<rest>.*)"
_BEGINS_A_LINE = expression(r"(?:^|[\r\n\x00])[^\S\r\n]*" + _FIGURE, re.IGNORECASE)
_MARKED_OFF = expression(r"\s*[.:|\uff1a\u2014\u2013-]")
_TITLED = r"\s+[A-Z\u0400-\u042f\u3040-\u9fff(]"
_GOES_ON = expression(r"[a-z,(]\s*$")
"""The end of a line whose sentence continues on the next one: “as is seen in / Figure 3. The …”."""


def pages_of_figures(
    figures: Iterable[str], page_count: int, captions: Callable[[int], Iterable[Caption]]
) -> Mapping[str, tuple[int, ...]]:
    """Return, for each figure as a notice names it (`3A`, `S2`), the pages from 1 that have its caption.

    `captions` are those that one page may have. A caption begins a line and is marked off from its title, or is a
    title; what begins like one in the middle of a sentence is none. A figure that is not found, or seems to be in more
    than three places, is left out.
    """
    wanted = {figure: number for figure in figures if (number := _number(figure))}
    found: dict[str, dict[int, int]] = {number: {} for number in wanted.values()}
    for page_number in range(1, min(page_count, MAX_PAGES) + 1) if wanted else ():
        for number, weight in captions(page_number):
            if number in found:
                weights = found[number]
                weights[page_number] = max(weight, weights.get(page_number, 0))
    places = {number: _best(weights) for number, weights in found.items()}
    return {figure: places[number] for figure, number in wanted.items() if places[number]}


def may_have_captions(text: str) -> bool:
    """Return whether a line of a page's text begins as a caption does: to find the position of each line is slow."""
    return _BEGINS_A_LINE.search(text) is not None


def _best(weights: Mapping[int, int]) -> tuple[int, ...]:
    best = max(weights.values(), default=0)
    pages = tuple(sorted(page for page, weight in weights.items() if weight == best))
    return pages if len(pages) <= MAX_PLACES else ()


def captions_in(lines: Sequence[TextLine]) -> Iterator[Caption]:
    """Yield the number of each figure that a caption may name, with the strength of the evidence."""
    nothing, (label, titled) = TextLine(""), _of_a_caption()
    for above, line, below in zip((nothing, *lines), lines, (*lines[1:], nothing), strict=False):
        found = label.match(line.words)
        if found is None or _is_in_a_sentence(above, line):
            continue
        weight = 3 * bool(_MARKED_OFF.match(found["rest"])) or 2 * bool(titled.match(found["rest"]))
        weight = weight or int(not found["rest"].strip() and below.words[:1].isupper())
        if weight:
            yield found["number"].upper(), weight


@cache
def _of_a_caption() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what a caption begins with, and what its title does; ready to be looked for when a page has one."""
    return re.compile(_LABEL, re.IGNORECASE | re.DOTALL), re.compile(_TITLED)


def _is_in_a_sentence(above: TextLine, line: TextLine) -> bool:
    """Return whether a line continues the line directly above it in the same type."""
    gap = above.bottom - line.top
    is_next = -0.5 * line.size <= gap <= 0.6 * line.size and abs(above.size - line.size) <= 0.05 * line.size
    return is_next and bool(_GOES_ON.search(above.words))


def _number(figure: str) -> str:
    """Return the number of a figure without its panels: 3 for `3A-C`, S2 for `s2b`."""
    found = re.match(r"S?[0-9]{1,3}(?![0-9])", figure.strip().upper())
    return found[0] if found else ""

"""The contrast of the mark and the line with each page, and what is done where it is too low."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from watermark.models import Decision
from watermark.pdf.contrast import HIGHEST, LEAST_MEDIAN, LEAST_NINE_OF_TEN, LEAST_OF_OUTLINES
from watermark.runtime.expressions import expression
from watermark.stamping.mark.ink import Colour, Ink
from watermark.stamping.plan.page_measures import PageMeasures, Wanted

MAX_PAGES_NAMED = 12
_RATIO = expression(r"[1-9]\d?\.\d{2}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageInks:
    """The pages, from 1, whose mark or line has another ink than the style says, and the least contrast of all pages.

    The contrasts are as they are said: `median` and `nine_of_ten` of the mark, and that of the line; "" where no page
    was measured. See `watermark.stamping.mark.ink`. `outlined` holds where no translucent ink was strong enough on some
    page, so that the letters are outlines. `faintest_line`, which is not recorded, is what nine of ten blocks along the
    line reach on each page.
    """

    marks: Mapping[int, Ink] = field(default_factory=dict)
    lines: Mapping[int, Colour] = field(default_factory=dict)
    median: str = ""
    nine_of_ten: str = ""
    line: str = ""
    outlined: bool = False
    faintest_line: float = HIGHEST

    @property
    def reaches_floor(self) -> bool:
        """Whether the mark can be seen on every page that was measured."""
        if not self.median:
            return True
        if self.outlined:
            return float(self.nine_of_ten) >= LEAST_OF_OUTLINES
        return float(self.median) >= LEAST_MEDIAN and float(self.nine_of_ten) >= LEAST_NINE_OF_TEN

    def recorded(self) -> dict[str, Any]:
        """Return the choices as JSON values; only what is not empty."""
        values: dict[str, Any] = {
            "marks": {
                str(number): [*ink.colour_rgb, ink.opacity, *(ink.halo_rgb or ())] for number, ink in self.marks.items()
            },
            "lines": {str(number): list(colour) for number, colour in self.lines.items()},
            "median": self.median,
            "nine_of_ten": self.nine_of_ten,
            "line": self.line,
            "outlined": self.outlined,
        }
        return {key: value for key, value in values.items() if value}


def inks_in(values: Mapping[str, Any]) -> PageInks:
    """Return the recorded choices. Raises TypeError or ValueError for what no marking records."""
    marks = {}
    for number, (red, green, blue, opacity, *halo) in dict(values.get("marks", {})).items():
        halo_rgb = _colour(halo) if halo else None
        marks[int(number)] = Ink(colour_rgb=_colour([red, green, blue]), opacity=float(opacity), halo_rgb=halo_rgb)
    lines = {int(number): _colour(colour) for number, colour in dict(values.get("lines", {})).items()}
    return PageInks(
        marks=marks,
        lines=lines,
        median=_ratio(values, "median"),
        nine_of_ten=_ratio(values, "nine_of_ten"),
        line=_ratio(values, "line"),
        outlined=values.get("outlined") is True,
    )


def _ratio(values: Mapping[str, Any], key: str) -> str:
    value = values.get(key, "")
    if not isinstance(value, str) or (value and not _RATIO.match(value)):
        raise ValueError(f"the contrast “{key}” is not recorded in the form that this tool writes")
    return value


def _colour(parts: Sequence[Any]) -> Colour:
    red, green, blue = map(float, parts)
    return red, green, blue


def page_inks(wanted: Wanted, measures: Sequence[PageMeasures]) -> PageInks:
    """Return the inks that were chosen for the pages. One that cannot be drawn is left out: its verification fails."""
    style = wanted.style
    own = Ink(colour_rgb=style.colour_rgb, opacity=1.0 if wanted.outline_only else style.opacity)
    numbered = [(number, one) for (number, _), one in zip(wanted.pages, measures, strict=True)]
    marks = {number: one.mark.ink for number, one in numbered if one.mark}
    lines = {number: one.line.colour for number, one in numbered if one.line}
    of_marks = [one.mark for one in measures if one.mark]
    of_lines = [one.line for one in measures if one.line]
    return PageInks(
        marks={number: ink for number, ink in marks.items() if ink != own},
        lines={number: colour for number, colour in lines.items() if colour != style.colour_rgb},
        median=_least(choice.median for choice in of_marks),
        nine_of_ten=_least(choice.nine_of_ten for choice in of_marks),
        line=_least(ink.median for ink in of_lines),
        faintest_line=min((ink.nine_of_ten for ink in of_lines), default=HIGHEST),
    )


def _least(contrasts: Iterable[float]) -> str:
    return as_stated(min(contrasts, default=None))


def as_stated(contrast: float | None) -> str:
    """Return a contrast as a receipt states it; "" where nothing was measured."""
    return "" if contrast is None else f"{contrast:.2f}"


def contrast_decisions(inks: PageInks) -> Iterator[Decision]:
    """Yield the least contrast of all pages, and what was done on which."""
    if inks.median:
        value = f"at least {inks.median}:1 for the mark ({inks.nine_of_ten}:1 in its faintest tenth)"
        value += f"; at least {inks.line}:1 for the edge line" if inks.line else ""
        yield Decision(
            name="contrast", value=value, reason="these are the lowest values of all pages", clause="WCAG 2.2 1.4.3"
        )
    for ink in dict.fromkeys(inks.marks.values()):
        pages = named_pages([number for number, other in inks.marks.items() if other == ink])
        paint = f"with an opacity of {ink.opacity:.0%}"
        paint = f"on a wider line of {_hex(ink.halo_rgb)}" if ink.halo_rgb else paint
        value = f"{_hex(ink.colour_rgb)} {paint} on {pages}"
        reason = "with the colour and opacity of the other pages, the mark would be too faint there"
        yield Decision(name="ink of the mark", value=value, reason=reason)
    for colour, count in Counter(inks.lines.values()).items():
        pages = named_pages([number for number, other in inks.lines.items() if other == colour])
        reason = f"in the colour of the other pages, the edge line could not be read there ({count} in all)"
        yield Decision(name="ink of the line", value=f"{_hex(colour)} on {pages}", reason=reason)


def named_pages(numbers: Sequence[int]) -> str:
    """Return pages for people, at most 12 of them by number: “page 1, 2, 3 and 4 more”."""
    more = f" and {len(numbers) - MAX_PAGES_NAMED} more" if len(numbers) > MAX_PAGES_NAMED else ""
    return f"page {', '.join(map(str, numbers[:MAX_PAGES_NAMED]))}{more}"


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)

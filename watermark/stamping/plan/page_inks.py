"""The contrast of the mark and the line with each page, and what is done where it is too low."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from watermark.article import ArticleInfo
from watermark.errors import FailedError
from watermark.models import Decision
from watermark.pdf.contrast import HIGHEST, Ground
from watermark.pdf.rendering import RenderedDocument
from watermark.runtime.expressions import expression
from watermark.stamping.mark import MarkStyle
from watermark.stamping.mark.edge_line_layout import place_line
from watermark.stamping.mark.edge_selection import band_of
from watermark.stamping.mark.ink import MEDIAN, NINE_OF_TEN, OPAQUE, Colour, Ink, choose_ink, choose_line_colour
from watermark.stamping.mark.silhouette import ink_area
from watermark.stamping.plan.model import EdgeLine

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
            return float(self.nine_of_ten) >= OPAQUE
        return float(self.median) >= MEDIAN and float(self.nine_of_ten) >= NINE_OF_TEN

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
    lines = {}
    for number, colour in dict(values.get("lines", {})).items():
        lines[int(number)] = _colour(colour)
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


def page_inks(
    info: ArticleInfo, rendered: RenderedDocument, style: MarkStyle, line: EdgeLine | None, *, outline_only: bool
) -> PageInks:
    """Measure each page, and choose the inks. A page that cannot be rendered is left out (the verification fails)."""
    marks: dict[int, Ink] = {}
    lines: dict[int, Colour] = {}
    medians, tenths, words, faintest = list[float](), list[float](), list[float](), HIGHEST
    own = Ink(colour_rgb=style.colour_rgb, opacity=1.0 if outline_only else style.opacity)
    for page_index, (number, shape) in enumerate(zip(info.page_numbers, info.shapes, strict=True)):
        try:
            pixels = rendered.pixels(number)
        except FailedError:
            continue
        area, size = ink_area(shape, style, outlined=outline_only)
        if size == pixels.shape[:2] and len(area.places):
            choice = choose_ink(Ground(pixels, area), style, outline_only=outline_only)
            medians.append(choice.median)
            tenths.append(choice.nine_of_ten)
            if choice.ink != own:
                marks[number] = choice.ink
        if line is not None and (position := line.positions[page_index]) is not None:
            box = place_line(shape, line.text, position, style.font_path).displayed_box
            band = band_of(pixels, shape, box)
            if band.size:
                colour, reached, of_nine = choose_line_colour(band, style)
                words.append(reached)
                faintest = min(faintest, of_nine)
                if colour != style.colour_rgb:
                    lines[number] = colour
    median, nine_of_ten, of_line = (f"{min(values):.2f}" if values else "" for values in (medians, tenths, words))
    return PageInks(
        marks=marks, lines=lines, median=median, nine_of_ten=nine_of_ten, line=of_line, faintest_line=faintest
    )


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

"""What the receipt records so that a copy can be written again: the user's choices, and decisions taken from pixels.

Everything else follows from the original, the notice and the release. Only what differs from its default is recorded.
Of the publisher's letterhead, that is its name, its colour, and which picture in the copy is its logo.
"""

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import groupby, starmap
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import fontTools
import reportlab

from watermark.notice import State
from watermark.notice.statement_markup import KINDS, Markup
from watermark.pdf.contrast import is_readable_on_white
from watermark.receipt import NO_LINE
from watermark.stamping.mark import Edge, LinePosition, MarkStyle
from watermark.stamping.mark.edge_selection import MOVED
from watermark.stamping.notice_document import Letterhead, Logo
from watermark.stamping.plan.model import EdgeLine, IsolationMethod, Rewriter, StampRequest
from watermark.stamping.plan.page_inks import PageInks, inks_in
from watermark.stamping.plan.wording import Wording

MAX_NAME_LENGTH = 100
MAX_LOGO_SIDE = 600
NOT_RECORDED = frozenset({"text", "font_path"})
"""Fields of the style that say nothing on their own: the word has a field in the receipt, a path is of one machine."""
Options = TypeVar("Options", MarkStyle, Wording)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """Decisions that an earlier marking took from pixels, to be taken again: the place of the line, page by page.

    `methods` names the pages, from 1, that are not just wrapped. `tool` is the release that took the decisions, and
    `libraries` are the versions that it drew with. `existing_mark` is one by others that was found.
    `replaced_prefix` is one that titles began with.
    """

    tool: str
    libraries: Mapping[str, str]
    positions: tuple[LinePosition | None, ...]
    methods: Mapping[int, IsolationMethod]
    inks: PageInks
    markup: tuple[Markup, ...]
    existing_mark: str = ""
    replaced_prefix: str = ""


def recorded_choices(  # noqa: PLR0913, PLR0917 - all that was chosen
    request: StampRequest,
    line: EdgeLine | None,
    methods: Mapping[int, IsolationMethod],
    inks: PageInks,
    versions: Mapping[str, str],
    markup: Sequence[Markup] = (),
    existing_mark: str = "",
    pages: Mapping[str, object] = MappingProxyType({}),
    replaced_prefix: str = "",
) -> dict[str, Any]:
    """Return the choices as JSON values, in an order that does not change.

    `versions` are those of the libraries, `markup` is that of the notice's statement. `existing_mark` is one by
    others that the article has. `pages` are those that were marked, and the earlier markings.
    `replaced_prefix` is the prefix that an earlier marking put before titles.
    """
    style, wording = _changed(request.style, MarkStyle()), _changed(request.wording, Wording())
    choices: dict[str, Any] = {
        "text": request.text,
        "style": {key: value for key, value in style.items() if key not in NOT_RECORDED},
        "wording": wording,
        "rewriter": request.rewriter.value if request.rebuild and request.rewriter is not Rewriter.QPDF else "",
        "notice_page": request.notice_page if request.notice_page != "auto" else "",
        "edges": [_run(position, len(list(run))) for position, run in groupby(line.positions)] if line else [],
        "contrast": inks.recorded(),
        "methods": {str(number): method.value for number, method in sorted(methods.items())},
        "font_sha256": hashlib.sha256(request.font.read_bytes()).hexdigest() if request.font else "",
        "letterhead": recorded_letterhead(request.letterhead) if request.letterhead else None,
        "existing_mark": [existing_mark, request.over_existing_mark] if existing_mark else [],
        **pages,
        "replaced_prefix": replaced_prefix,
        "markup": [[part.paragraph, part.start, part.end, part.kind] for part in markup],
    }
    return {key: value for key, value in choices.items() if value} | {"libraries": dict(versions)}


def libraries() -> dict[str, str]:
    """Return the versions of the libraries that drew and compressed parts of a copy."""
    return {"fontTools": fontTools.version, "reportlab": reportlab.Version, "zlib": zlib.ZLIB_RUNTIME_VERSION}


def style_in(choices: Mapping[str, Any]) -> MarkStyle:
    """Return the recorded style. Raises TypeError or ValueError for values that no marking records."""
    values = dict(_mapping(choices, "style"))
    if not values.keys() <= {field.name for field in fields(MarkStyle)} - NOT_RECORDED:
        raise ValueError("the style has an unknown field")
    if "colour_rgb" in values:
        red, green, blue = map(float, values["colour_rgb"])
        values["colour_rgb"] = (red, green, blue)
    if "line_edge" in values:
        values["line_edge"] = Edge(values["line_edge"])
    return MarkStyle(**values)


def wording_in(choices: Mapping[str, Any]) -> Wording:
    """Return the recorded wording. Raises TypeError or ValueError for what no marking records."""
    values = dict(_mapping(choices, "wording"))
    for key in ("words", "prefixes"):
        if key in values:
            values[key] = {State(state): str(words) for state, words in _mapping(values, key).items()}
    return Wording(**values)


def replay_in(choices: Mapping[str, Any], tool: str, pages: int) -> Replay:
    """Return the decisions that were taken from pixels, for an article with at most this number of pages.

    Raises TypeError or ValueError for what no marking records.
    """
    methods = {int(number): IsolationMethod(method) for number, method in _mapping(choices, "methods").items()}
    positions = tuple(_positions(choices.get("edges", ()), pages))
    versions = {str(name): str(version) for name, version in _mapping(choices, "libraries").items()}
    inks = inks_in(_mapping(choices, "contrast"))
    markup = tuple(starmap(_markup, choices.get("markup", ())))
    return Replay(
        tool=tool,
        libraries=versions,
        positions=positions,
        methods=methods,
        inks=inks,
        markup=markup,
        existing_mark=existing_mark_in(choices)[0],
        replaced_prefix=str(choices.get("replaced_prefix", "")),
    )


def existing_mark_in(choices: Mapping[str, Any]) -> tuple[str, str]:
    """Return the mark by others that the article has, and the reason to mark it nevertheless; two "" if none.

    Raises TypeError or ValueError for what no marking records.
    """
    mark, reason = choices.get("existing_mark") or ("", "")
    if not (isinstance(mark, str) and isinstance(reason, str)):
        raise TypeError("existing_mark is not two texts")
    return mark, reason


def _markup(paragraph: object, start: object, end: object, kind: object) -> Markup:
    if not (type(paragraph) is type(start) is type(end) is int and kind in KINDS):
        raise ValueError("the markup of the notice is not recorded in the form that this tool writes")
    return Markup(paragraph, start, end, kind)


def _run(position: LinePosition | None, count: int) -> list[object]:
    """Return a number of pages with the line at one position as a JSON value."""
    if position is None:
        return [NO_LINE, count]
    moved = [position.along, position.inward] if position.along or position.inward else []
    return [position.edge.value, count, *moved]


def _positions(runs: Iterable[Any], pages: int) -> Iterator[LinePosition | None]:
    left = pages
    for name, count, *moved in runs:
        if type(count) is not int or not 0 < count <= left:
            raise ValueError("the edges of the line are recorded for another number of pages")
        position = None if name == NO_LINE else LinePosition(Edge(name), *moved)
        if moved and (len(moved) != 2 or position not in MOVED):
            raise ValueError("the line is recorded at a place where no marking puts it")
        left -= count
        yield from (position,) * count


def _mapping(values: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = values.get(key, {})
    if not isinstance(value, dict):
        raise TypeError(f"{key} is not a mapping")
    return value


def _changed(options: Options, default: Options) -> dict[str, Any]:
    """Return the fields that differ from the default, as JSON values."""
    pairs = ((field.name, getattr(options, field.name)) for field in fields(options))
    return {name: _plain(value) for name, value in pairs if value != getattr(default, name)}


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): str(item) for key, item in sorted(value.items())}
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, Path) else value


def recorded_letterhead(letterhead: Letterhead) -> dict[str, Any]:
    """Return a letterhead as JSON values. The pixels of the logo are in the notice document, so a digest names them."""
    logo = letterhead.logo
    values = {"name": letterhead.name, "colour_rgb": list(letterhead.colour_rgb)}
    if logo is None:
        return values
    return values | {
        "logo": {"width": logo.width, "height": logo.height, "sha256": hashlib.sha256(logo.pixels).hexdigest()}
    }


def letterhead_in(choices: Mapping[str, Any], pixels_of: Callable[[tuple[int, int], str], bytes]) -> Letterhead | None:
    """Return the recorded letterhead, or None.

    `pixels_of` returns the pixels of the picture with this size (width and height) and SHA-256. Raises TypeError,
    KeyError or ValueError for what no marking records.
    """
    values = choices.get("letterhead")
    if values is None:
        return None
    name, (red, green, blue) = values["name"], map(float, values["colour_rgb"])
    if not isinstance(name, str) or len(name) > MAX_NAME_LENGTH:
        raise ValueError("the name in the letterhead is not one that a marking records")
    if not all(0 <= part <= 1 for part in (red, green, blue)):
        raise ValueError("the colour of the letterhead is not one that a marking records")
    if not is_readable_on_white((red, green, blue)):
        raise ValueError("the colour of the letterhead is too light to be read")
    return Letterhead(name=name, logo=_logo(values.get("logo"), pixels_of), colour_rgb=(red, green, blue))


def _logo(values: Mapping[str, Any] | None, pixels_of: Callable[[tuple[int, int], str], bytes]) -> Logo | None:
    if values is None:
        return None
    width, height, digest = values["width"], values["height"], values["sha256"]
    if not (type(width) is type(height) is int and 0 < width <= MAX_LOGO_SIDE and 0 < height <= MAX_LOGO_SIDE):
        raise ValueError("the logo in the letterhead has a size that no marking records")
    return Logo(width=width, height=height, pixels=pixels_of((width, height), str(digest)))

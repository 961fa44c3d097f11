"""How a house marks, as options of a command: a profile, and what is said beside it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from watermark.errors import UsageError
from watermark.stamping.mark import POSITIONS, Edge, MarkStyle
from watermark.stamping.plan import LANGUAGES
from watermark.stamping.profile import Profile, colour_of, read_profile

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--profile", metavar="NAME|FILE", help="How the house marks; see `watermark profile`."),
    click.option("--language", type=click.Choice(sorted(LANGUAGES)), help="Of the words on the page. Default: en."),
    click.option("--text", default="", help="The word across the page. Default: the notice's, such as Retracted."),
    click.option("--colour", help="Colour of the mark, as #rrggbb. Default: #bf1a1a."),
    click.option(
        "--angle", type=click.FloatRange(-90, 90), help="Degrees, counterclockwise. Default: the page's diagonal."
    ),
    click.option("--opacity", type=click.FloatRange(0.05, 0.5), help="Of the filled mark. Default: 0.22."),
    click.option("--position", type=click.Choice(POSITIONS), help="Where on the page it stands. Default: centre."),
    click.option("--edge-line/--no-edge-line", default=None, help="The line of text at the page's edge. Default: on."),
    click.option("--edge-text", default="", help="Wording of the edge line."),
    click.option("--edge", type=click.Choice([edge.value for edge in Edge]), help="Where the edge line stands."),
    click.option(
        "--notice-page",
        type=click.Choice(["auto", "none", "front", "back"]),
        help="The typeset notice as pages of the copy. Default: auto, at the back where no file may be inside.",
    ),
    click.option("--font", type=click.Path(path_type=Path), help="Font for words that the built-in one lacks."),
)


def style_options(command: Command) -> Command:
    """Return the command with the options that say how to mark."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def profile_from_options(options: dict[str, Any]) -> Profile:
    """Return the profile that the options name, changed by each of the other options that was given.

    Raises UsageError for what is no profile or no colour.
    """
    profile = read_profile(options["profile"]) if options["profile"] else Profile()
    wording = profile.wording
    if options["language"]:
        wording = replace(wording, language=options["language"], words={})
    return replace(
        profile,
        style=_style(options, profile.style),
        wording=wording,
        notice_page=options["notice_page"] or profile.notice_page,
        font=options["font"] or profile.font,
    )


def _style(options: dict[str, Any], style: MarkStyle) -> MarkStyle:
    given = {
        "colour_rgb": _colour(options["colour"]),
        "angle_degrees_ccw": options["angle"],
        "opacity": options["opacity"],
        "position": options["position"],
        "line": options["edge_line"],
        "line_text": options["edge_text"] or None,
        "line_edge": Edge(options["edge"]) if options["edge"] else None,
    }
    return replace(style, **{name: value for name, value in given.items() if value is not None})


def _colour(written: str | None) -> tuple[float, float, float] | None:
    if written is None:
        return None
    colour = colour_of(written)
    if colour is None:
        raise UsageError(f"“{written}” is no colour", place="--colour", remedy="Write it as #rrggbb, such as #bf1a1a.")
    return colour

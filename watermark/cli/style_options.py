"""The options of a command that say how the mark looks, and the profile that they describe."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from watermark.cli.common_options import with_options
from watermark.cli.numbers import Number
from watermark.cli.seal_options import with_password

if TYPE_CHECKING:
    from watermark.stamping.profile import Profile

# The library has these values, too, but `--help` must not wait for its fonts and PDF readers; a test compares them.
LANGUAGES = ("de", "en", "es", "fr", "ja", "pt", "ru", "zh")
POSITIONS = ("centre", "top", "bottom")
MAX_ANGLE = 90
MIN_OPACITY, MAX_OPACITY = 0.05, 0.5
EDGES = ("top", "bottom", "left", "right")
NOTICE_PAGES = ("auto", "none", "front", "back")

style_options = with_options(
    click.option(
        "--profile", metavar="NAME|FILE", help="House style: a preset name or a TOML file (see `watermark profile`)."
    ),
    click.option(
        "--language", type=click.Choice(LANGUAGES), help="Language of the mark and the edge line. [default: en]"
    ),
    click.option("--text", default="", help="Word across the page. [default: from the notice, such as Retracted]"),
    click.option("--colour", metavar="COLOUR", help="Colour of the mark, as #rrggbb. [default: #bf1a1a]"),
    click.option(
        "--angle",
        type=Number(-MAX_ANGLE, MAX_ANGLE),
        help="Angle of the word in degrees, counterclockwise. [default: the page's diagonal]",
    ),
    click.option("--opacity", type=Number(MIN_OPACITY, MAX_OPACITY), help="Opacity of the mark. [default: 0.22]"),
    click.option("--position", type=click.Choice(POSITIONS), help="Position of the word. [default: centre]"),
    click.option(
        "--font",
        metavar="FILE",
        type=click.Path(path_type=Path, readable=False),
        help="Font file for all text that is added, instead of the built-in font. Give it to `verify`, too.",
    ),
    click.option(
        "--edge-line/--no-edge-line",
        default=None,
        help="Print a line of text with a link at the edge of each page. [default: on]",
    ),
    click.option("--edge-text", default="", help="Wording of the edge line."),
    click.option(
        "--edge", type=click.Choice(EDGES), help="Edge of the page for the line. [default: one with free space]"
    ),
    click.option(
        "--notice-page",
        type=click.Choice(NOTICE_PAGES),
        help="Add the notice, typeset, as pages of the copy. auto: at the back, if it cannot be attached as a file. "
        "[default: auto]",
    ),
)
"""The options that say how the mark looks."""
STYLE_GROUPS = {
    "Appearance": ("profile", "language", "text", "colour", "angle", "opacity", "position", "font"),
    "Page": ("edge_line", "edge_text", "edge", "notice_page"),
}


def profile_from_options(options: dict[str, Any]) -> "Profile":
    """Return the profile that the options name, changed by each other option that was given.

    Raises UsageError for an invalid profile or colour.
    """
    from watermark.cli.configuration import configuration_of  # noqa: PLC0415 - see LANGUAGES
    from watermark.stamping.profile import Profile, read_profile, restyled  # noqa: PLC0415 - see LANGUAGES

    name = options["profile"] or configuration_of(Path.cwd()).profile
    profile = read_profile(name) if name else Profile()
    if options["language"]:
        profile = profile.in_language(options["language"])
    return replace(
        profile,
        style=restyled(
            profile.style,
            colour=options["colour"] or "",
            angle=options["angle"],
            opacity=options["opacity"],
            position=options["position"] or "",
            edge_line=options["edge_line"],
            edge_text=options["edge_text"],
            edge=options["edge"] or "",
        ),
        notice_page=options["notice_page"] or profile.notice_page,
        font=options["font"] or profile.font,
        seal=profile.seal if options.get("seal") or options.get("cluster") else with_password(profile.seal),
    )

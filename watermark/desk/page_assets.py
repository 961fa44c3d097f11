"""The page itself and its assets, from the package, and what the page has to know before a file is given."""

import mimetypes
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from watermark._version import __version__
from watermark.desk.session import MAX_ARTICLE_BYTES, MAX_FONT_BYTES, MAX_NOTICE_BYTES, Session
from watermark.desk.work.choices import EDGES, named_profile
from watermark.errors import WatermarkError
from watermark.notice import State
from watermark.stamping.mark.style import MAX_ANGLE, MAX_OPACITY, MIN_OPACITY, POSITIONS
from watermark.stamping.plan import LANGUAGES, LEVELS
from watermark.stamping.profile import NOTICE_PAGES, PRESETS, Profile
from watermark.stamping.seal import SealLevel, SealOptions

SCRIPTS = ("api.js", "desk.js", "dom.js", "done.js", "files.js", "mark.js", "notice.js", "viewer.js")
ASSETS = ("desk.css", "icon.svg", *SCRIPTS)
LANGUAGE_NAMES = {
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "ja": "日本語",
    "pt": "Português",
    "ru": "Русский",
    "zh": "中文",
}


@cache
def page() -> str:
    """Return the page. Nothing of a file is in it: scripts add that, as text."""
    environment = Environment(
        loader=PackageLoader("watermark.desk", "assets"), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template("desk.html.j2").render(version=__version__, states=_states())


@cache
def asset(name: str) -> tuple[bytes, str] | None:
    """Return a file of the page and its media type, or None: only names in a list are looked up."""
    if name not in ASSETS:
        return None
    media_type = "text/javascript" if name.endswith(".js") else mimetypes.guess_type(name)[0]
    return (files("watermark.desk") / "assets" / name).read_bytes(), f"{media_type}; charset=utf-8"


def desk_values(session: Session) -> dict[str, Any]:
    """Return what can be chosen, and the limits."""
    return {
        "languages": {tag: LANGUAGE_NAMES.get(tag, tag) for tag in sorted(LANGUAGES)},
        "positions": list(POSITIONS),
        "edges": list(EDGES),
        "notice_pages": list(NOTICE_PAGES),
        "levels": list(LEVELS),
        "opacity": [MIN_OPACITY, MAX_OPACITY],
        "angle": [-MAX_ANGLE, MAX_ANGLE],
        "profiles": {name: values for name in ("", *PRESETS, *session.profiles) if (values := _profile(name, session))},
        "max_article_bytes": MAX_ARTICLE_BYTES,
        "max_notice_bytes": MAX_NOTICE_BYTES,
        "max_font_bytes": MAX_FONT_BYTES,
        "can_look_up": find_spec("urllib3") is not None,
        "has_ledger": session.ledger is not None,
        "out": str(session.out or ""),
    }


def _profile(name: str, session: Session) -> dict[str, Any] | None:
    """Return the choices that a profile makes; None for one that cannot be read any more."""
    try:
        profile: Profile = named_profile(name, session.profiles)
    except WatermarkError:
        return None
    style = profile.style
    red, green, blue = (round(255 * part) for part in style.colour_rgb)
    return {
        "language": profile.wording.language,
        "colour": f"#{red:02x}{green:02x}{blue:02x}",
        "opacity": style.opacity,
        "angle": style.angle_degrees_ccw,
        "position": style.position,
        "edge_line": style.line,
        "edge_text": profile.wording.line,
        "edge": style.line_edge.value if style.line_edge else "",
        "notice_page": profile.notice_page,
        "font": profile.font.name if profile.font else "",
        "publisher": profile.letterhead.name if profile.letterhead else "",
        "seal": " ".join(_seal(profile.seal)) if profile.seal else "",
    }


def _seal(seal: SealOptions) -> Iterator[str]:
    """Yield what a profile's seal does, a sentence each. Who signs is known only once the key has been opened."""
    yield "Each copy is sealed with the key of this profile, so that readers can check whose mark it is."
    if seal.timestamp_url:
        yield f"For the time stamp, a digest is sent to {urlsplit(seal.timestamp_url).hostname}, and nothing else."
    if seal.level in {SealLevel.LT, SealLevel.LTA}:
        yield "Whether the certificates were revoked is asked at the addresses in them."
    if seal.certifies:
        yield "The copy is final: no later change is allowed."


def _states() -> list[tuple[str, str]]:
    return [(state.value, state.value.replace("_", " ").capitalize()) for state in State]

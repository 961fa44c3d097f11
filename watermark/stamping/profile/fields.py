"""The keys of a profile: which values each allows, and which option it sets."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from watermark.errors import UsageError
from watermark.notice import State
from watermark.stamping.mark.style import MAX_ANGLE, MAX_OPACITY, MIN_OPACITY, POSITIONS, Edge, MarkStyle
from watermark.stamping.notice_document import Letterhead, Logo
from watermark.stamping.plan import CASES, PLACEHOLDERS
from watermark.stamping.profile.logo import LogoError, read_logo
from watermark.stamping.profile.model import Profile
from watermark.stamping.seal import SealLevel, SealOptions
from watermark.stamping.seal.options import PKCS11_SCHEME
from watermark.verification.seal.trust import SYSTEM

MAX_WORD_LENGTH, MAX_LINE_LENGTH = 100, 300
SEAL_PATHS = {"key": "key", "password-file": "password_file", "trust": "trust"}
"""The keys of a seal that are paths, and the options that they set."""
MIN_CONTRAST = 4.5
"""Of text and paper, for everybody to read it (WCAG 2.2, 1.4.3)."""
MARKED = tuple(state for state in State if state.is_marked)
NOTICE_PAGES = ("auto", "none", "front", "back")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")
_COLOUR = re.compile(r"#?([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})")


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a profile, where it comes from, and the folder that its paths start from; None for a preset."""

    text: str
    place: str
    folder: Path | None

    def wrong(self, key: str, reason: str, remedy: str) -> UsageError:
        """Return the error for a key, with the line number of the key."""
        line = self._line_of(key)
        return UsageError(reason, file=self.place, place=f"line {line}" if line else "", remedy=remedy)

    def _line_of(self, key: str) -> int:
        """Return the line number of a key, dotted or in its table; 0 if it is not found."""
        table, _, name = key.rpartition(".")
        inside = not table
        for number, line in enumerate(self.text.splitlines(), 1):
            bare = re.sub(r"[\"'\s]", "", line.partition("#")[0] if "=" not in line else line.partition("=")[0])
            if bare.startswith("["):
                if bare == f"[{key}]":
                    return number
                inside = bare == f"[{table}]"
            elif bare == key or (inside and bare == name) or bare.startswith(f"{key}."):
                return number
        return 0


Setter: TypeAlias = Callable[[Source, str, Any, Profile], Profile]


def colour_of(written: str) -> tuple[float, float, float] | None:
    """Return red, green and blue, 0 to 1, of `#rrggbb`; None if it is not a valid colour."""
    found = _COLOUR.fullmatch(written)
    if found is None:
        return None
    red, green, blue = (int(channel, 16) / 255 for channel in found.groups())
    return red, green, blue


def restyled(  # noqa: PLR0913 - one keyword for each part of the look
    style: MarkStyle,
    *,
    colour: str,
    angle: float | None,
    opacity: float | None,
    position: str,
    edge_line: bool | None,
    edge_text: str,
    edge: str,
) -> MarkStyle:
    """Return a style with each value that was chosen in place of its own; "" and None leave the style's.

    Raises UsageError for a colour or an edge that does not exist.
    """
    colour_rgb = colour_of(colour) if colour else None
    if colour and colour_rgb is None:
        remedy = "Write it as #rrggbb, such as #bf1a1a."
        raise UsageError(f"“{colour}” is not a valid colour", remedy=remedy, argument="colour")
    if edge and edge not in frozenset(Edge):
        raise UsageError(f"“{edge}” is not an edge", remedy=f"Choose one of: {', '.join(Edge)}.", argument="edge")
    chosen: dict[str, Any] = {
        "colour_rgb": colour_rgb,
        "angle_degrees_ccw": angle,
        "opacity": opacity,
        "position": position or None,
        "line": edge_line,
        "line_text": edge_text or None,
        "line_edge": Edge(edge) if edge else None,
    }
    return replace(style, **{name: value for name, value in chosen.items() if value is not None})


def _text(source: Source, key: str, value: object, longest: int, placeholders: tuple[str, ...] = ()) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable() or len(value) > longest:
        raise source.wrong(key, f"“{key}” must be text of 1 to {longest} characters on one line", "Put it in quotes.")
    for name in re.findall(r"\{(\w*)\}", value):
        if name not in placeholders:
            allowed = ", ".join(f"{{{one}}}" for one in placeholders) or "none"
            raise source.wrong(key, f"“{key}” contains {{{name}}}, which is not a placeholder", f"Allowed: {allowed}.")
    return value.strip()


def _notice_page(source: Source, key: str, value: object, profile: Profile) -> Profile:
    return replace(profile, notice_page=_one_of(source, key, value, NOTICE_PAGES))


def _one_of(source: Source, key: str, value: object, allowed: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise source.wrong(key, f"“{key}” has a value that is not allowed", f"Choose one of: {', '.join(allowed)}.")
    return value


def _number(field: str, low: float, high: float) -> Setter:
    def put(source: Source, key: str, value: object, profile: Profile) -> Profile:
        number = value if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
        if not low <= number <= high:  # before it becomes a float: an integer may be too large for one
            remedy = f"Write it as: {key} = {high / 2:g}."
            raise source.wrong(key, f"“{key}” must be a number from {low:g} to {high:g}", remedy)
        changed: dict[str, Any] = {field: float(number)}
        return replace(profile, style=replace(profile.style, **changed))

    return put


def _colour(source: Source, key: str, value: object, profile: Profile) -> Profile:
    colour = colour_of(value) if isinstance(value, str) else None
    if colour is None:
        raise source.wrong(key, f"“{key}” is not a valid colour", 'Write it as: colour = "#bf1a1a".')
    return replace(profile, style=replace(profile.style, colour_rgb=colour))


def _position(source: Source, key: str, value: object, profile: Profile) -> Profile:
    return replace(profile, style=replace(profile.style, position=_one_of(source, key, value, POSITIONS)))


def _edge(source: Source, key: str, value: object, profile: Profile) -> Profile:
    edge = Edge(_one_of(source, key, value, tuple(edge.value for edge in Edge)))
    return replace(profile, style=replace(profile.style, line_edge=edge))


def _edge_line(source: Source, key: str, value: object, profile: Profile) -> Profile:
    if not isinstance(value, bool):
        raise source.wrong(key, f"“{key}” must be true or false", f"Write it as: {key} = true, without quotes.")
    return replace(profile, style=replace(profile.style, line=value))


def _edge_text(source: Source, key: str, value: object, profile: Profile) -> Profile:
    line = _text(source, key, value, MAX_LINE_LENGTH, PLACEHOLDERS)
    return replace(profile, wording=replace(profile.wording, line=line))


def _language(source: Source, key: str, value: object, profile: Profile) -> Profile:
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        raise source.wrong(key, f"“{key}” is not a language tag", 'Write it as: language = "pt-BR".')
    return replace(profile, wording=replace(profile.wording, language=value))


def _case(source: Source, key: str, value: object, profile: Profile) -> Profile:
    case = _one_of(source, key, value, ("as-is", *filter(None, CASES))).removeprefix("as-is")
    return replace(profile, wording=replace(profile.wording, case=case))


def _by_state(field: str, placeholders: tuple[str, ...]) -> Setter:
    def put(source: Source, key: str, value: object, profile: Profile) -> Profile:
        known = f"Use one of: {', '.join(MARKED)}."
        if not isinstance(value, Mapping):
            remedy = f'Write it as: {key}.retraction = "…". {known}'
            raise source.wrong(key, f"“{key}” must be a table with one entry for each state", remedy)
        words: dict[State, str] = dict(getattr(profile.wording, field))
        for name, word in value.items():
            if isinstance(word, Mapping) and field == "words" and _LANGUAGE.fullmatch(name):
                profile = _translated(source, f"{key}.{name}", name, word, profile)
                continue
            if name not in MARKED:
                raise source.wrong(f"{key}.{name}", f"“{name}” is not a state that is marked", known)
            words[State(name)] = _text(source, f"{key}.{name}", word, MAX_WORD_LENGTH, placeholders)
        changed: dict[str, Any] = {field: words}
        return replace(profile, wording=replace(profile.wording, **changed))

    return put


def _translated(source: Source, key: str, language: str, words: Mapping[str, object], profile: Profile) -> Profile:
    """Return the profile with the words of one more language."""
    found: dict[State, str] = {}
    for name, word in words.items():
        if name not in MARKED:
            known = f"Use one of: {', '.join(MARKED)}."
            raise source.wrong(f"{key}.{name}", f"“{name}” is not a state that is marked", known)
        found[State(name)] = _text(source, f"{key}.{name}", word, MAX_WORD_LENGTH, ("date",))
    return replace(profile, translations={**profile.translations, language: found})


def _font(source: Source, key: str, value: object, profile: Profile) -> Profile:
    path = Path(_text(source, key, value, 1000))
    if source.folder is not None:
        path = source.folder / path
    if not path.is_file():
        raise source.wrong(key, f"there is no font at {path}", "Write the path relative to the folder of the profile.")
    return replace(profile, font=path)


def _publisher(source: Source, key: str, value: object, profile: Profile) -> Profile:
    if not isinstance(value, Mapping):
        raise source.wrong(key, f"“{key}” is not a table", f'Write it as: {key}.name = "…".')
    letterhead = profile.letterhead or Letterhead()
    for name, entry in value.items():
        full = f"{key}.{name}"
        if name == "name":
            letterhead = replace(letterhead, name=_text(source, full, entry, MAX_WORD_LENGTH))
        elif name == "logo":
            path = _path(source, full, entry)
            letterhead = replace(letterhead, logo=_logo(source, full, path))
            profile = replace(profile, files=(*profile.files, path))
        elif name == "colour":
            letterhead = replace(letterhead, colour_rgb=_dark_colour(source, full, entry))
        else:
            raise source.wrong(full, f"“{full}” is not a key of a profile", "Use one of: name, logo, colour.")
    return replace(profile, letterhead=letterhead)


def _seal(source: Source, key: str, value: object, profile: Profile) -> Profile:
    """Set how copies are sealed. The paths start from the folder of the profile; a password is never in a profile."""
    if not isinstance(value, Mapping) or not value.get("key"):
        raise source.wrong(key, f"“{key}” must be a table with a key", f'Write it as: {key}.key = "publisher.p12".')
    options: dict[str, Any] = {}
    for name, entry in value.items():
        full = f"{key}.{name}"
        if name in SEAL_PATHS and not (name == "key" and str(entry).startswith(PKCS11_SCHEME)):
            path = Path(_text(source, full, entry, 1000))
            if source.folder is not None and entry != SYSTEM:
                path = source.folder / path
            options[SEAL_PATHS[name]] = str(path)
        elif name in {"key", "timestamp-url"}:
            options[name.replace("-", "_")] = _text(source, full, entry, 1000)
        elif name == "level":
            options["level"] = SealLevel(_one_of(source, full, entry, tuple(SealLevel)))
        elif name == "certify" and isinstance(entry, bool):
            options["certifies"] = entry
        else:
            known = "Use one of: key, password-file, level, timestamp-url, trust, certify (true or false)."
            raise source.wrong(full, f"“{full}” is not a key of a profile, or has a value that is not allowed", known)
    return replace(profile, seal=SealOptions(**options))


def _path(source: Source, key: str, value: object) -> Path:
    path = Path(_text(source, key, value, 1000))
    return source.folder / path if source.folder is not None else path


def _logo(source: Source, key: str, path: Path) -> Logo:
    try:
        return read_logo(path)
    except LogoError as error:
        remedy = (
            "Use a PNG or JPEG file of at most 2 MB and 8000 pixels a side; the path starts at the profile's folder."
        )
        raise source.wrong(key, str(error), remedy) from error


def _dark_colour(source: Source, key: str, value: object) -> tuple[float, float, float]:
    colour = colour_of(value) if isinstance(value, str) else None
    if colour is None:
        raise source.wrong(key, f"“{key}” is not a valid colour", f'Write it as: {key} = "#004080".')
    if _contrast_with_white(colour) < MIN_CONTRAST:
        raise source.wrong(key, f"“{key}” is too light to be read on white", "Choose a darker colour.")
    return colour


def _contrast_with_white(colour: tuple[float, float, float]) -> float:
    """Return the contrast ratio of a colour and white (WCAG 2.2, 1.4.3)."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


KEYS: Mapping[str, Setter] = {
    "language": _language,
    "words": _by_state("words", ("date",)),
    "title-prefix": _by_state("prefixes", ()),
    "case": _case,
    "colour": _colour,
    "angle": _number("angle_degrees_ccw", -MAX_ANGLE, MAX_ANGLE),
    "opacity": _number("opacity", MIN_OPACITY, MAX_OPACITY),
    "size": _number("length_of_diagonal", 0.2, 0.95),
    "position": _position,
    "font": _font,
    "edge-line": _edge_line,
    "edge-text": _edge_text,
    "edge": _edge,
    "notice-page": _notice_page,
    "publisher": _publisher,
    "seal": _seal,
}

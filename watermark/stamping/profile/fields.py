"""The keys of a profile: which values each allows, and which option it sets."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from watermark.errors import UsageError
from watermark.notice import State
from watermark.pdf.contrast import is_readable_on_white
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
MARKED = tuple(state for state in State if state.is_marked)
KNOWN_STATES = f"Use one of: {', '.join(MARKED)}."
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
Parser: TypeAlias = Callable[[Source, str, Any], Any]


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


def _one_of(source: Source, key: str, value: object, allowed: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise source.wrong(key, f"“{key}” has a value that is not allowed", f"Choose one of: {', '.join(allowed)}.")
    return value


def _set(field: str, parse: Parser, of: str = "") -> Setter:
    """Return what sets a field of a profile, or of its style or wording, to a value that `parse` allows."""

    def put(source: Source, key: str, value: object, profile: Profile) -> Profile:
        changed: dict[str, Any] = {field: parse(source, key, value)}
        return replace(profile, **({of: replace(getattr(profile, of), **changed)} if of else changed))

    return put


def _number(low: float, high: float) -> Parser:
    def parse(source: Source, key: str, value: object) -> float:
        number = value if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
        if not low <= number <= high:  # before it becomes a float: an integer may be too large for one
            remedy = f"Write it as: {key} = {high / 2:g}."
            raise source.wrong(key, f"“{key}” must be a number from {low:g} to {high:g}", remedy)
        return float(number)

    return parse


def _colour(source: Source, key: str, value: object, example: str = "#bf1a1a") -> tuple[float, float, float]:
    colour = colour_of(value) if isinstance(value, str) else None
    if colour is None:
        remedy = f'Write it as #rrggbb, such as: {key} = "{example}".'
        raise source.wrong(key, f"the value of “{key}” is not a valid colour", remedy)
    return colour


def _boolean(source: Source, key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise source.wrong(key, f"“{key}” must be true or false", f"Write it as: {key} = true, without quotes.")
    return value


def _language(source: Source, key: str, value: object) -> str:
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        raise source.wrong(key, f"“{key}” is not a language tag", 'Write it as: language = "pt-BR".')
    return value


def _by_state(field: str, placeholders: tuple[str, ...]) -> Setter:
    def put(source: Source, key: str, value: object, profile: Profile) -> Profile:
        if not isinstance(value, Mapping):
            remedy = f'Write it as: {key}.retraction = "…". {KNOWN_STATES}'
            raise source.wrong(key, f"“{key}” must be a table with one entry for each state", remedy)
        is_word = field == "words"
        further = [
            name
            for name, words in value.items()
            if is_word and isinstance(words, Mapping) and _LANGUAGE.fullmatch(name)
        ]
        own = {name: word for name, word in value.items() if name not in further}
        words = {**getattr(profile.wording, field), **_words(source, key, own, placeholders)}
        translations = {name: _words(source, f"{key}.{name}", value[name], placeholders) for name in further}
        changed: dict[str, Any] = {field: words}
        return replace(
            profile,
            translations={**profile.translations, **translations},
            wording=replace(profile.wording, **changed),
        )

    return put


def _words(source: Source, key: str, words: Mapping[str, object], placeholders: tuple[str, ...]) -> dict[State, str]:
    """Return the words for each state that is marked, in one language."""
    for name in words:
        if name not in MARKED:
            raise source.wrong(f"{key}.{name}", f"“{name}” is not a state that is marked", KNOWN_STATES)
    return {
        State(name): _text(source, f"{key}.{name}", word, MAX_WORD_LENGTH, placeholders) for name, word in words.items()
    }


def _font(source: Source, key: str, value: object) -> Path:
    path = _path(source, key, value)
    if not path.is_file():
        raise source.wrong(key, f"there is no font at {path}", "Write the path relative to the folder of the profile.")
    return path


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
            options[SEAL_PATHS[name]] = SYSTEM if entry == SYSTEM else str(_path(source, full, entry))
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
    colour = _colour(source, key, value, "#004080")
    if not is_readable_on_white(colour):
        raise source.wrong(key, f"“{key}” is too light to be read on white", "Choose a darker colour.")
    return colour


def _edge(source: Source, key: str, value: object) -> Edge:
    return Edge(_one_of(source, key, value, allowed=tuple(edge.value for edge in Edge)))


def _case(source: Source, key: str, value: object) -> str:
    return _one_of(source, key, value, allowed=("as-is", *filter(None, CASES))).removeprefix("as-is")


KEYS: Mapping[str, Setter] = {
    "language": _set("language", _language, of="wording"),
    "words": _by_state("words", ("date",)),
    "title-prefix": _by_state("prefixes", ()),
    "case": _set("case", _case, of="wording"),
    "colour": _set("colour_rgb", _colour, of="style"),
    "angle": _set("angle_degrees_ccw", _number(-MAX_ANGLE, MAX_ANGLE), of="style"),
    "opacity": _set("opacity", _number(MIN_OPACITY, MAX_OPACITY), of="style"),
    "size": _set("length_of_diagonal", _number(0.2, 0.95), of="style"),
    "position": _set("position", partial(_one_of, allowed=POSITIONS), of="style"),
    "font": _set("font", _font),
    "edge-line": _set("line", _boolean, of="style"),
    "edge-text": _set("line", partial(_text, longest=MAX_LINE_LENGTH, placeholders=PLACEHOLDERS), of="wording"),
    "edge": _set("line_edge", _edge, of="style"),
    "notice-page": _set("notice_page", partial(_one_of, allowed=NOTICE_PAGES)),
    "publisher": _publisher,
    "seal": _seal,
}

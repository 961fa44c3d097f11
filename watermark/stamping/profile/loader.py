"""Read a profile from a TOML file or a preset. An unknown key or value is refused, with its line number.

| key | value |
|---|---|
| `extends` | a preset whose values the profile starts from |
| `language` | BCP 47 tag of the words: en, pt, es, fr, de, ru, zh and ja are known; any other needs `words` |
| `words.LANGUAGE.STATE` | the same in another language: words.de.retraction is used where the language is de |
| `words.STATE` | the mark: retraction, withdrawal, partial_retraction, expression_of_concern; may hold `{date}` |
| `title-prefix.STATE` | what the title begins with in the metadata |
| `case` | as-is, upper or lower: of the mark |
| `colour` | #rrggbb |
| `angle` | degrees counterclockwise, -90 to 90; left out: the page's diagonal |
| `opacity` | 0.05 to 0.5 |
| `size` | length of the mark as a part of the diagonal, 0.2 to 0.95 |
| `position` | centre, top or bottom |
| `font` | path, from the profile's folder, of the font for all text that is added; nothing it draws is bold |
| `edge-line` | true or false |
| `edge-text` | the edge line; may hold `{word}`, `{date}` and `{link}` |
| `edge` | top, bottom, left or right |
| `notice-page` | auto, none, front or back |
| `publisher.name` | the publisher's name, on the notice document |
| `publisher.logo` | path of a PNG or JPEG file, from the profile's folder: at most 2 MB and 8000 pixels a side |
| `publisher.colour` | #rrggbb, dark enough to be read on white: the colour of the notice document's headings |
| `seal.key` | path of a PKCS#12 file, from the profile's folder, or a PKCS#11 URI: copies are sealed with it |
| `seal.password-file` | path of the file with its password, which is asked for if none is named |
| `seal.level` | b-b, b-t, b-lt or b-lta; from b-t on, `seal.timestamp-url` is needed |
| `seal.timestamp-url` | address of the time stamp server |
| `seal.trust` | folder or file with root certificates, or system: needed for b-lt and b-lta |
| `seal.certify` | true or false: whether the copy is final |
"""

import pkgutil
from dataclasses import replace
from pathlib import Path

from watermark.errors import UsageError
from watermark.runtime.bounded_read import read_bounded
from watermark.runtime.simple_toml import toml_values
from watermark.stamping.profile.fields import KEYS, Source
from watermark.stamping.profile.model import Profile

PRESETS = ("acl", "dove", "rup")
MAX_BYTES = 100_000


def read_profile(given: str) -> Profile:
    """Return the profile with a preset's name, or in the file at a path.

    Raises UsageError with file, line and remedy for an unknown key, a value out of range, or a file that is not TOML.
    """
    if given in PRESETS:
        return _profile(Source(preset_text(given), place=f"preset {given}", folder=None), given, Profile())
    path = Path(given)
    try:
        text = read_bounded(path, MAX_BYTES).decode("utf-8-sig")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise UsageError(
            f"the profile cannot be read ({reason})",
            file=given,
            remedy=f"Use the path of a TOML file, or one of: {', '.join(PRESETS)}.",
        ) from error
    return _profile(Source(text, place=given, folder=path.parent), path.stem, Profile())


def parsed_profile(text: str, path: Path) -> Profile:
    """Return the profile in a text that is to be saved at a path. Raises UsageError as `read_profile` does."""
    return _profile(Source(text, place=str(path), folder=path.absolute().parent), path.stem, Profile())


def preset_text(name: str) -> str:
    """Return the TOML of a preset. Raises UsageError if no preset has this name."""
    if name not in PRESETS:
        raise UsageError(f"there is no preset “{name}”", remedy=f"Choose one of: {', '.join(PRESETS)}.")
    data = pkgutil.get_data("watermark.stamping.profile", f"presets/{name}.toml")
    assert data is not None  # it is a part of the package
    return data.decode("utf-8")


def _profile(source: Source, name: str, base: Profile) -> Profile:
    values = toml_values(source.text, file=source.place, what="the profile", example='colour = "#bf1a1a"')
    if extended := values.pop("extends", ""):
        if extended not in PRESETS:
            raise source.wrong("extends", f"there is no preset “{extended}”", f"Choose one of: {', '.join(PRESETS)}.")
        base = _profile(Source(preset_text(extended), place=f"preset {extended}", folder=None), extended, base)
    profile = replace(base, name=name)
    for key, value in values.items():
        if key not in KEYS:
            raise source.wrong(key, f"“{key}” is not a key of a profile", f"Use one of: extends, {', '.join(KEYS)}.")
        profile = KEYS[key](source, key, value, profile)
    own = profile.in_language(profile.wording.language).wording.words
    return (
        replace(profile, wording=replace(profile.wording, words={**own, **profile.wording.words})) if own else profile
    )

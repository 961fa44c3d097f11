"""Fonts that have the characters that a font lacks: well-known ones by script, and those installed on this system.

They are only named. A font is used when it is given, so that the same input gives the same bytes on every machine.
Only fonts whose licence allows the embedding of a part of them are named (OpenType, OS/2, fsType).
"""

import os
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from time import process_time
from typing import Any

from watermark.errors import UsageError

USAGE_BITS, RESTRICTED_LICENCE = 0x000F, 0x0002
NO_SUBSETTING, BITMAPS_ONLY = 0x0100, 0x0200
FIRST_VERSION_WITH_BOTH = 2
"""The first version of the OS/2 table that defines the two bits."""
MAX_NAMED, MAX_FILES, MAX_FOLDERS = 3, 3000, 500
MAX_SECONDS = 1.5
"""Processor time of a search through the fonts of this system."""
MAX_FONT_BYTES = 64 * 1024 * 1024
ENDINGS = frozenset({".ttf", ".otf", ".ttc"})
HAN = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC", "FULLWIDTH", "HALFWIDTH"})
OTHER_NAMES = {"ARABIC": "Noto Naskh Arabic", "MATHEMATICAL": "Noto Sans Math", "KHMER": "Noto Sans Khmer"}
SCRIPTS = frozenset(
    {
        *("ARMENIAN", "BENGALI", "CHEROKEE", "DEVANAGARI", "ETHIOPIC", "GEORGIAN", "GUJARATI", "GURMUKHI", "HEBREW"),
        *("KANNADA", "LAO", "MALAYALAM", "MONGOLIAN", "MYANMAR", "ORIYA", "SINHALA", "SYRIAC", "TAMIL", "TELUGU"),
        *("THAANA", "THAI", "TIBETAN"),
    }
)
FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
    "${WINDIR}/Fonts",
    "${LOCALAPPDATA}/Microsoft/Windows/Fonts",
)
"""Where systems keep their fonts; those of other systems do not exist here."""


def missing_characters(described: str, missing: str, *, place: str) -> UsageError:
    """Return the error that a font lacks characters, which names fonts that have them."""
    names, found = _names(missing), fonts_with("".join(sorted(set(missing))))
    remedy = ["Choose a font that has these characters."]
    if names:
        remedy.append(f"For example: {', '.join(names)}.")
    if found:
        remedy.append(f"Found on this system: {', '.join(found)}.")
    reason = f"the font has no {described}"
    return UsageError(reason, place=place, remedy=" ".join(remedy), code="font", argument="font")


@lru_cache(maxsize=64)
def fonts_with(characters: str) -> tuple[str, ...]:
    """Return the paths of up to three fonts of this system with all of the characters, which may be embedded.

    The search has a limit of time and of files. A path in the home folder begins with ~.
    """
    end, wanted, found = process_time() + MAX_SECONDS, frozenset(map(ord, characters)), list[str]()
    for path in sorted(_installed(), key=_rank):
        if len(found) == MAX_NAMED or process_time() > end:
            break
        if _has(path, wanted):
            found.append(_shown(path))
    return tuple(found)


def _names(characters: str) -> list[str]:
    """Return well-known fonts for the scripts of the characters."""
    names = []
    for script in dict.fromkeys(unicodedata.name(character, "").split(" ")[0] for character in characters):
        if script in HAN:
            names.append("Noto Sans CJK")
        elif script in OTHER_NAMES:
            names.append(OTHER_NAMES[script])
        elif script in SCRIPTS:
            names.append(f"Noto Sans {script.title()}")
    return list(dict.fromkeys(names))[:MAX_NAMED]


def _installed() -> Iterator[Path]:
    """Yield the font files of this system, a limited number of them; links to folders are not followed."""
    files = folders = 0
    for name in FOLDERS:
        expanded = os.path.expandvars(os.path.expanduser(name))  # noqa: PTH111 - variables are expanded, too
        if "$" in expanded or "~" in expanded:
            continue
        for folder, _, inside in os.walk(expanded):
            folders += 1
            for file in inside:
                if os.path.splitext(file)[1].lower() in ENDINGS:  # noqa: PTH122 - no Path for each of thousands
                    files += 1
                    yield Path(folder, file)
            if files > MAX_FILES or folders > MAX_FOLDERS:
                return


def _rank(path: Path) -> tuple[bool, bool, str]:
    """Return the order in which fonts are tried: upright text fonts without serifs first."""
    name = path.name.lower()
    return "regular" not in name and "-" in name, "serif" in name, str(path)


def _has(path: Path, wanted: frozenset[int]) -> bool:
    """Whether the first font of a file has the characters and may be embedded; no error leaves."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - loaded already where a font was read

    try:
        if not path.is_file() or path.stat().st_size > MAX_FONT_BYTES:
            return False
        with path.open("rb") as file:  # fontTools leaves it open where it is not a font
            font = TTFont(file, fontNumber=0, lazy=True)
            return wanted <= (font.getBestCmap() or {}).keys() and not objection_to_embedding(font)
    except Exception:  # noqa: BLE001 - a damaged font of the system is no reason to fail
        return False


def _shown(path: Path) -> str:
    home = Path.home()
    return f"~/{path.relative_to(home).as_posix()}" if path.is_relative_to(home) else str(path)


def objection_to_embedding(font: Any) -> str:  # noqa: ANN401 - fontTools ships no types
    """Return why a font may not be embedded in part, or "" if it may. A font that says nothing may be embedded."""
    if "OS/2" not in font:
        return ""
    table = font["OS/2"]
    flags = int(table.fsType)
    if flags & USAGE_BITS == RESTRICTED_LICENCE:
        return "the licence of the font does not allow embedding"
    if table.version < FIRST_VERSION_WITH_BOTH:
        return ""
    if flags & NO_SUBSETTING:
        return "the licence of the font does not allow embedding of only a part of it"
    if flags & BITMAPS_ONLY:
        return "the licence of the font does not allow embedding of its outlines"
    return ""

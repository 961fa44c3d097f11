"""Text as a font can set it: nothing that a reader sees is changed."""

import re
import unicodedata
from functools import lru_cache

_SAME_LOOK = str.maketrans({"\u2010": "-", "\u2011": "-", "\u00a0": " ", "\u00ad": None})
_UNUSUAL = re.compile(r"[^ -~]")
_LIGATURES = "\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06\u00b5"  # and the micro sign, which is the letter mu


def settable(text: str) -> str:
    """Return `text` on one line, without invisible characters; each white space is one space, ligatures are letters."""
    return " ".join(visible(text).split())


def visible(text: str) -> str:
    """Return `text` without invisible characters; each white space is a space of its own."""
    composed = unicodedata.normalize("NFC", text).translate(_SAME_LOOK)
    return _UNUSUAL.sub(lambda found: _plain(found[0]), composed)


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] == "Z" or character in "\t\n\r\f\v":
        return " "
    if category in {"Cc", "Cf", "Cs", "Co", "Cn"}:
        return ""
    is_variant = unicodedata.decomposition(character).startswith("<font>") or character in _LIGATURES
    return unicodedata.normalize("NFKC", character) if is_variant else character

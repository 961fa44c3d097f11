"""Words from a notice, as a font can set them; nothing that a reader sees is changed."""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote

from watermark.stamping.notice_document.blocks import Run, Runs

_SAME_LOOK = str.maketrans({"\u2010": "-", "\u2011": "-", "\u00a0": " ", "\u00ad": None})
_UNUSUAL = re.compile(r"[^ -~]")
_LIGATURES = "\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06\u00b5"  # and the micro sign, which is the letter mu
_URL = re.compile(r"<?(https?://[^\s<>\"]+)>?", re.IGNORECASE)
_AFTER_A_URL = ".,;:!?'\u201d\u2019"
_IN_A_URL = "/:?#[]@!$&'()*+,;=-._~%"


def settable(text: str) -> str:
    """Return `text` on one line: blanks are one space each, invisible characters gone, ligatures taken apart."""
    composed = unicodedata.normalize("NFC", text).translate(_SAME_LOOK)
    return " ".join(_UNUSUAL.sub(lambda found: _plain(found[0]), composed).split())


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] == "Z" or character in "\t\n\r\f\v":
        return " "
    if category in {"Cc", "Cf", "Cs", "Co", "Cn"}:
        return ""
    is_variant = unicodedata.decomposition(character).startswith("<font>") or character in _LIGATURES
    return unicodedata.normalize("NFKC", character) if is_variant else character


def linked(text: str) -> Runs:
    """Return `text` as runs in which every web address is a link."""
    runs: list[Run] = []
    text, end = settable(text), 0
    for found in _URL.finditer(text):
        url = found[1].rstrip(_AFTER_A_URL)
        if url.endswith(")") and "(" not in url:
            url = url.rstrip(")")
        if found.start() > end:
            runs.append(Run(text=text[end : found.start()]))
        runs.append(Run(text=url, link=web_address(url)))
        end = found.end() if found[0].endswith(">") and url == found[1] else found.start(1) + len(url)
    if text[end:]:
        runs.append(Run(text=text[end:]))
    return tuple(runs)


def web_address(url: str) -> str:
    """Return `url` in ASCII, or nothing when it does not lead into the web (ISO 32000-2 12.6.4.8)."""
    address = quote("".join(url.split()), safe=_IN_A_URL)
    return address if address.lower().startswith(("http://", "https://")) else ""


def doi_link(doi: str) -> Run:
    """Return a bare DOI as a link that is written out."""
    shown = f"https://doi.org/{settable(doi)}"
    return Run(text=shown, link=quote(shown, safe="/:()._-;~"))

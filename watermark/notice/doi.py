# ruff: noqa: RUF001 - punctuation of other scripts is meant
"""DOIs, however they are written: bare, as a URL, with `doi:` in front, at the end of a sentence."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from watermark.notice.remembered import remembered
from watermark.runtime.expressions import expression

_RESOLVER = expression(r"https?://(?:(?:dx|www)\.)?doi\.org/", re.IGNORECASE)
_LABEL = expression(r"(?:info:doi/|urn:doi:|doi\s*[:=]?\s*)", re.IGNORECASE)
_EAST_ASIAN = r"\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
_NAME = rf"(?:\.[0-9]{{1,9}}){{0,5}}/[^\s\"“”„«»\x00-\x1f\x7f{_EAST_ASIAN}]{{1,500}}"
_DOI = expression(rf"10\.[0-9]{{1,9}}{_NAME}")
_SAID_TO_BE = r"(?i:(?<=doi:)|(?<=doi: )|(?<=doi )|(?<=doi\.org/))"
_IN_TEXT = expression(rf"(?<![0-9])10\.[0-9]{{4,9}}{_NAME}|{_SAID_TO_BE}10\.[0-9]{{1,3}}{_NAME}")
_ENCODED_SLASH = expression(r"(?<![0-9])(10\.[0-9.]{4,60})%2[Ff](?=\S)")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_CLOSERS = {")": "(", "]": "[", "}": "{", ">": "<"}
_TRAILING = ".,;:!?'\u2019\u2018`*_…\\"


def normalised_doi(text: str) -> str:
    """Return `text` as a bare DOI in lower case; an empty string if it is not a DOI.

    Takes away the resolver's address, `doi:`, angle brackets and the punctuation of a sentence, and decodes the
    percent signs of a URL. DOIs are case-insensitive (ISO 26324), so lower case makes equal ones equal.
    """
    text = text.translate(_INVISIBLE).strip().lstrip("<([\"'“\u2018")
    if label := _LABEL.match(text):
        text = text[label.end() :]
    if resolver := _RESOLVER.match(text):
        text = unquote(re.split(r"[?#]", text[resolver.end() :], maxsplit=1)[0])
    text = _ENCODED_SLASH.sub(lambda found: unquote(found[0]), text) if "%2" in text[:70] else text
    found = _DOI.match(text)
    if found is None or text[found.end() :].strip(' \t\r\n"”»）】」。，；'):
        return ""
    name = _without_sentence(found[0])
    rest = found[0][len(name) :].strip(_TRAILING + "".join(_CLOSERS))
    return name.lower() if not rest and _DOI.fullmatch(name) else ""


@remembered
def dois_in(text: str) -> tuple[str, ...]:
    """Return the DOIs in running text, normalised, each once, in the order of their first appearance.

    A registrant of fewer than four digits is taken only behind `doi`: `10.5/3` may be a ratio.
    """
    text = text if text.isascii() else text.translate(_INVISIBLE)
    if "10." not in text:  # as in nearly every line: the expression takes a hundred times as long to say so
        return ()
    return tuple(dict.fromkeys(doi for _, _, doi in doi_spans(_ENCODED_SLASH.sub(r"\1/", text))))


def doi_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and normalised form of each DOI in running text. What ends with a hyphen is half of a DOI."""
    if "10." not in text:
        return
    for found in _IN_TEXT.finditer(text):
        name = _without_sentence(found[0])
        if _DOI.fullmatch(name) and not name.endswith("-"):
            yield found.start(), found.start() + len(name), name.lower()


def _without_sentence(name: str) -> str:
    """Cut a DOI where the sentence, the link or the bracket around it continues.

    A closing bracket belongs to the DOI only when it was opened in it: `10.1016/s0140-6736(20)31180-6`. An angle
    bracket opens only before a digit, as in the SICI of older DOIs.
    """
    open_brackets: list[str] = []
    end = len(name)
    for position, character in enumerate(name):
        if character in "([{" or (character == "<" and name[position + 1 : position + 2].isdigit()):
            open_brackets.append(character)
        elif character == "<" or (
            character in _CLOSERS and (not open_brackets or open_brackets.pop() != _CLOSERS[character])
        ):
            end = position
            break
    return name[:end].rstrip(_TRAILING + "([{<")

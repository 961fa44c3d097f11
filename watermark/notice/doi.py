# ruff: noqa: RUF001 - punctuation of other scripts is meant
"""DOIs, however they are written: bare, as a URL, with `doi:` in front, at the end of a sentence."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from watermark.notice.remembered import remembered
from watermark.runtime.expressions import expression

_RESOLVER = expression(r"https?://(?:(?:dx|www)\.)?doi\.org/", re.IGNORECASE)
_LABEL = expression(r"(?:info:doi/|urn:doi:|doi\s*[:=]?\s*)", re.IGNORECASE)
_EAST_ASIAN = r"\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
_NAME = rf"(?:\.[0-9]{{1,9}}){{0,5}}/[^\s\"“”„«»\x00-\x1f\x7f{_EAST_ASIAN}]{{1,500}}"
_DOI = expression(rf"10\.[0-9]{{1,9}}{_NAME}")
_BARE = expression(r"10\.[0-9]{4,9}/[A-Za-z0-9]{1,49}(?:[./_-][A-Za-z0-9]{1,49}){0,9}")
"""A DOI as most lists have it, with nothing around it and nothing in it that needs a second look."""
_SAID_TO_BE = r"(?i:(?<=doi:)|(?<=doi: )|(?<=doi )|(?<=doi\.org/))"
_IN_TEXT = expression(rf"(?<![0-9])10\.[0-9]{{4,9}}{_NAME}|{_SAID_TO_BE}10\.[0-9]{{1,3}}{_NAME}")
_ENCODED_SLASH = expression(r"(?<![0-9])(10\.[0-9.]{4,60})%2[Ff](?=\S)")
_ESCAPED = expression(r"&(?:amp;)?(?:lt|gt|#60|#62|#x3[CcEe]);")
_NUMBERED = expression(r"10\.[0-9]{4,9}/(?:\(sici\))?s?[0-9]{4}-?[0-9]{3}[0-9x]\([0-9/]{2,11}\)", re.IGNORECASE)
"""How a DOI begins that was made of a SICI or a publisher item identifier: with brackets, which addresses escape."""
_GAP = r"\s{0,2}"
_SICI = expression(
    _GAP.join(
        (
            *(r"10\.[0-9]{4,9}/", rf"(?:\({_GAP}{_GAP.join('sici')}{_GAP}\))?"),
            *("[0-9]",) * 4,
            *("-?", "[0-9]", "[0-9]", "[0-9]", "[0-9x]", r"\(", rf"(?:[0-9/]{_GAP}){{4,11}}\)"),
            *(rf"(?:[^\s<>\[\]]{_GAP}){{1,20}}[<\[]", rf"(?:[^\s<>\[\]]{_GAP}){{0,40}}[>\]]"),
            *("[0-9]", r"\.", "[0-9]", r"\.", "[a-z]", "[a-z]", ";", rf"2(?:-{_GAP}[0-9a-z#](?![0-9a-z]))?"),
        )
    ),
    re.IGNORECASE,
)
"""A DOI that was made of a serial item and contribution identifier (ANSI/NISO Z39.56), as many were before 2003.

Lines may break anywhere in it.
"""
_IN_ADDRESS = expression(r"(?:https?://|www\.)(?!(?:dx\.|www\.)?doi\.org/)\S*$", re.IGNORECASE)
_VIEW = expression(
    r"/(?:abstract|summary|full(?:text)?|full-text|e?pdf|html|epub|references|citedby|meta|pdfdirect)$", re.IGNORECASE
)
"""What the address of a publisher's page has behind the DOI."""
MAX_ADDRESS = 200
_END_OF_PATH = expression(r"\?|(?<!;2-)#")
"""Where the DOI ends in an address; a SICI may end with the check character #."""
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_CLOSERS = {")": "(", "]": "[", "}": "{", ">": "<"}
_TRAILING = ".,;:!?'\u2019\u2018`*_…\\"


def normalised_doi(text: str) -> str:
    """Return `text` as a bare DOI in lower case; an empty string if it is not a DOI.

    Takes away the resolver's address, `doi:`, angle brackets and the punctuation of a sentence, and decodes the
    percent signs of a URL. DOIs are case-insensitive (ISO 26324), so lower case makes equal ones equal.
    """
    if _BARE.fullmatch(text):
        return text.lower()
    text = with_whole_sicis(text.translate(_INVISIBLE)).strip().lstrip("<([\"'“\u2018")
    if label := _LABEL.match(text):
        text = text[label.end() :]
    if resolver := _RESOLVER.match(text):
        text = unquote(_END_OF_PATH.split(text[resolver.end() :], maxsplit=1)[0])
    text = _ENCODED_SLASH.sub(lambda found: unquote(found[0]), text) if "%2" in text[:70] else text
    found = _DOI.match(text)
    if found is None or text[found.end() :].strip(' \t\r\n"”»）】」。，；'):
        return ""
    written = _unescaped(found[0])
    name = _without_sentence(written)
    rest = written[len(name) :].strip(_TRAILING + "".join(_CLOSERS))
    return name.lower() if not rest and _DOI.fullmatch(name) else ""


@remembered
def dois_in(text: str) -> tuple[str, ...]:
    """Return the DOIs in running text, normalised, each once, in the order of their first appearance.

    A registrant of fewer than four digits is taken only behind `doi`: `10.5/3` may be a ratio.
    """
    text = text if text.isascii() else text.translate(_INVISIBLE)
    if "10." not in text:  # as in nearly every line: the expression takes a hundred times as long to say so
        return ()
    text = with_whole_sicis(_ENCODED_SLASH.sub(r"\1/", text))
    return tuple(dict.fromkeys(doi for _, _, doi in doi_spans(text)))


def doi_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and normalised form of each DOI in running text. What ends with a hyphen is half of a DOI."""
    if "10." not in text:
        return
    for found in _IN_TEXT.finditer(text):
        name = _without_sentence(found[0])
        if (view := _VIEW.search(name)) and _IN_ADDRESS.search(
            text[max(0, found.start() - MAX_ADDRESS) : found.start()]
        ):
            name = name[: view.start()]
        if _DOI.fullmatch(name) and not name.endswith("-"):
            yield found.start(), found.start() + len(name), _without_sentence(_unescaped(name)).lower()


def with_whole_sicis(text: str) -> str:
    """Return a text without the spaces and line breaks inside of DOIs that were made of a SICI."""
    return _SICI.sub(lambda found: "".join(found[0].split()), text) if ";2" in text else text


def _unescaped(name: str) -> str:
    """Return a DOI without the escapes of HTML and, if it was made of a SICI or a PII, without those of addresses.

    In another DOI a percent sign may be part of it.
    """
    if "&" in name:
        name = _ESCAPED.sub(lambda found: unescape(unescape(found[0])), name)
    if ("%" in name or "?" in name) and _NUMBERED.match(plain := unquote(unquote(name)).partition("?")[0]):
        return plain
    return name


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

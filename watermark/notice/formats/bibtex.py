"""BibTeX and BibLaTeX, as reference managers and journals' pages export them."""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from watermark.errors import NoticeError
from watermark.notice.dates import date_in_words, iso_date
from watermark.notice.doi import normalised_doi
from watermark.notice.formats.index_record import (
    IndexRecord,
    certain_kinds,
    person,
    reading_of,
    surname_first,
    unlabelled,
)
from watermark.notice.formats.reading import Reading
from watermark.notice.model import Reference
from watermark.notice.text_blocks import collapse_whitespace, printable
from watermark.runtime.expressions import expression

SOURCE = "a reference manager (BibTeX)"
MAX_DEPTH = 50
_ENTRY = expression(r"@\s*(?P<type>[A-Za-z]{2,20})\s*[{(]\s*(?:[^\s,{}=\"]{0,200}\s*,)?")
_FIELD = expression(r"[\s,]*([A-Za-z][\w.:-]{0,60})\s*=\s*")
_BARE = expression(r"[\w.:/-]{1,200}")
_JOIN = expression(r"\s*#\s*")
_NO_WORK = frozenset({"comment", "preamble"})
_ACCENTS = dict(
    zip(
        "`'^~=.u\"Hvcrkd",
        "\u0300\u0301\u0302\u0303\u0304\u0307\u0306\u0308\u030b\u030c\u0327\u030a\u0328\u0323",
        strict=True,
    )
)
_ACCENT = expression(r"\\([`'^~=.\"]|[uHvcrkd](?![A-Za-z]))\s?\{?\s?\\?([A-Za-z])\}?")
_LETTERS = {"ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å", "l": "ł"}
_LETTER = expression(r"\\(ss|ae|AE|oe|OE|aa|AA|o|O|l)(?![A-Za-z])\s?(?:\{\})?")
_ESCAPED = expression(r"\\([&%$#_{}~-])")
_COMMAND = expression(r"\\[A-Za-z]{1,30}\*?\s?")


def from_bibtex(text: str, *, article_doi: str = "") -> Reading:
    """Return what the references say of one article.

    Raises NoticeError when none says that it was retracted, and when braces or quotation marks do not close.
    """
    return reading_of([_record(fields) for fields in entries_in(text)], "BibTeX record", article_doi)


def entries_in(text: str) -> Iterator[dict[str, str]]:
    """Yield the fields of each entry, their names in lower case and their values as plain text; in linear time."""
    text = printable(text)
    position = 0
    macros: dict[str, str] = {}
    while entry := _ENTRY.search(text, position):
        position = entry.end()
        fields: dict[str, str] = {}
        while field := _FIELD.match(text, position):
            value, position = _value(text, field.end(), macros)
            fields.setdefault(field[1].lower(), plain_text(value))
        kind = entry["type"].lower()
        if kind == "string":
            macros |= fields
        elif kind not in _NO_WORK:
            yield fields


def plain_text(value: str) -> str:
    """Return a value without braces and commands; an accent command becomes the letter with its accent."""
    value = _ACCENT.sub(lambda found: unicodedata.normalize("NFC", found[2] + _ACCENTS[found[1]]), value)
    value = _LETTER.sub(lambda found: _LETTERS[found[1]], value)
    value = _COMMAND.sub("", _ESCAPED.sub(r"\1", value))
    return collapse_whitespace(re.sub("[{}]", "", value).replace("---", "\u2014").replace("--", "\u2013"))


def _value(text: str, position: int, macros: Mapping[str, str]) -> tuple[str, int]:
    """Return a value, its parts joined at `#`, and the position behind it; `macros` are those of `@string`."""
    parts = []
    while True:
        is_bare = text[position : position + 1] not in {"{", '"'}
        part, position = _part(text, position)
        parts.append(macros.get(part.lower(), part) if is_bare else part)
        joint = _JOIN.match(text, position)
        if joint is None:
            return "".join(parts), position
        position = joint.end()


def _part(text: str, start: int) -> tuple[str, int]:
    opening = text[start : start + 1]
    if opening not in {"{", '"'}:
        bare = _BARE.match(text, start)
        return (bare[0], bare.end()) if bare else ("", start + 1)
    depth = 0
    for found in re.compile(r'\\.|[{}"]', re.DOTALL).finditer(text, start + 1):
        mark = found[0]
        if mark == "{":
            depth += 1
            if depth > MAX_DEPTH:
                raise _broken(text, start, f"braces are nested more than {MAX_DEPTH} deep")
        elif depth == 0 and mark == ("}" if opening == "{" else '"'):
            return text[start + 1 : found.start()], found.end()
        elif mark == "}":
            depth -= 1
    raise _broken(text, start, "a brace or a quotation mark is not closed")


def _broken(text: str, position: int, reason: str) -> NoticeError:
    return NoticeError(
        f"the BibTeX cannot be read: {reason}",
        place=f"line {text.count(chr(10), 0, position) + 1}",
        remedy="Correct it, or export the reference again.",
    )


def _record(fields: dict[str, str]) -> IndexRecord:
    title = fields.get("title", "")
    year = iso_date(fields.get("date", "")[:10]) or iso_date(fields.get("year", "")[:4])
    month = date_in_words(f"{fields.get('month', '')} {year}") if len(year) == len("2024") else ""
    note = fields.get("note", "")
    remarks = [fields.get(name, "") for name in ("keywords", "type", "note", "howpublished")]
    return IndexRecord(
        source=SOURCE,
        title=title,
        work=Reference(
            authors=surname_first(map(_surname_in_front, fields.get("author", "").split(" and "))),
            title=unlabelled(title),
            journal=next((fields[name] for name in ("journal", "journaltitle", "booktitle") if fields.get(name)), ""),
            year=int(year[:4]) if year else None,
            volume=fields.get("volume", ""),
            issue=fields.get("number", "") or fields.get("issue", ""),
            pages=fields.get("pages", "").replace("\u2013", "-"),
            doi=normalised_doi(fields.get("doi", "")) or normalised_doi(fields.get("url", "")),
        ),
        date=month or year,
        kinds=certain_kinds(word for remark in remarks for word in re.split(r"[,;]", remark)),
        paragraphs=tuple(filter(None, (fields.get("abstract", ""), note))),
    )


def _surname_in_front(name: str) -> str:
    words = name.split()
    return name if "," in name or len(words) < 2 else person(words[-1], " ".join(words[:-1]))

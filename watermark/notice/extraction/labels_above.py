# ruff: noqa: RUF001 - the colon of other scripts is meant
"""Labels on a line of their own, with the value below, and rows of an export: each becomes `label: value`."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from watermark.notice.dates import date_in_words
from watermark.notice.doi import normalised_doi
from watermark.notice.extraction.field_names import (
    ARTICLE_DOI,
    AUTHORS,
    DATE,
    DOI,
    JOURNAL,
    KINDS,
    NOTICE_DOI,
    PUBLISHED,
    REPLACEMENT,
    TITLE,
)
from watermark.notice.extraction.fields import is_labelled
from watermark.runtime.expressions import expression

_DOIS = frozenset({ARTICLE_DOI, DOI, NOTICE_DOI, REPLACEMENT})
_WORDS = frozenset({AUTHORS, JOURNAL, TITLE})
_KEY = expression(r"(?P<key>[a-z][a-z0-9]*(?:_[a-z0-9]+)*)\s?:\s*(?P<value>\S.*)")
_COLUMN = expression(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_WIDE_SPACE = expression(r"(?P<label>[^\s:：]{1,6}(?:\u3000[^\s:：])?)\u3000{1,4}(?P<value>\S.{0,400})")
_TAG = expression(r"<[a-zA-Z/][^<>]{0,200}>")
_PARAGRAPH = expression(r"</(?:p|div|h[1-6]|li)>|<br ?/?>", re.IGNORECASE)
_LANGUAGE = expression(r"_(?:en|de|fr|es|it|pt|pl|ru|zh|ja|ko|html|txt|text)$")
_LABELS = {
    "doi_self": "DOI of notice",
    "self_doi": "DOI of notice",
    "notice_doi": "DOI of notice",
    "rel_doi": "DOI of retracted article",
    "related_doi": "DOI of retracted article",
    "article_doi": "DOI of retracted article",
    "original_doi": "DOI of retracted article",
    "target_doi": "DOI of retracted article",
    "rel_cit": "Retraction of",
    "related_citation": "Retraction of",
    "publish_date": "Published",
    "pub_date": "Published",
    "published_at": "Published",
    "date_published": "Published",
    "notice_date": "Date of notice",
    "retraction_date": "Date of retraction",
    "journal_title": "Journal",
    "article_title": "Article title",
}
"""What the keys of exports mean; the relation of a related DOI must be a retraction."""
_BARE = frozenset({"title", "heading", "headline", "body", "abstract", "text"})
"""Keys whose values are lines of the notice, without a label."""
_MACHINE = frozenset(
    {"id", "type", "section", "lang", "language", "status", "license", "modified", "created", "version"}
)
MIN_KEYS, MAX_VALUE, MAX_LABEL = 4, 400, 60


def with_labels(text: str) -> str:
    """Return a text in which labels and their values share a line; an export becomes the lines of its notice."""
    lines = [_with_colon(line) for line in text.split("\n")]
    keys = sum(_KEY.fullmatch(line.strip()) is not None and "_" in line.partition(":")[0] for line in lines)
    return "\n".join(_joined(list(_of_export(lines)) if keys >= MIN_KEYS else lines))


def _with_colon(line: str) -> str:
    """Return a line with a colon behind its label where a wide space of East Asian print parts both: `論題　池`."""
    found = _WIDE_SPACE.fullmatch(line.strip("\u3000 ")) if "\u3000" in line else None
    label = found["label"].replace("\u3000", "") if found else ""
    return f"{label}: {found['value']}" if found and label in KINDS else line


def _joined(lines: Sequence[str]) -> list[str]:
    """Return lines in which a label on a line of its own and the value below it are one line."""
    counts = Counter(_kind(line) for line in lines)
    whole: list[str] = []
    number = 0
    while number < len(lines):
        line = lines[number].strip()
        kind = _kind(line)
        place = number + 1 if number + 1 < len(lines) and lines[number + 1].strip() else number + 2
        value = lines[place].strip() if kind and place < len(lines) else ""
        is_list = line.endswith((":", "：")) or sum(counts[name] for name in _WORDS) > 1
        if value and _is_value(value, kind, is_list=is_list and place == number + 1):
            whole.append(f"{line.rstrip(' :：')}: {value}")
            number = place + 1
        else:
            whole.append(lines[number])
            number += 1
    return whole


def _kind(line: str) -> str:
    """Return the kind of fact of which a line is nothing but the label; an empty string for other lines."""
    if not 0 < len(line) <= MAX_LABEL:
        return ""
    words = line.replace("\u2019", "'").strip(" *_:：").casefold().split()
    return KINDS.get(" ".join(word for word in words if word != "the"), "")


def _is_value(value: str, kind: str, *, is_list: bool) -> bool:
    if kind in _DOIS:
        return bool(normalised_doi(value))
    if kind in {DATE, PUBLISHED}:
        return bool(date_in_words(value))
    return is_list and kind in _WORDS and len(value) <= MAX_VALUE and not is_labelled(value) and not _kind(value)


def _of_export(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines of an export of keys and values as lines of a notice; other lines come back as they are."""
    is_retraction = any(re.search(r"retract|withdr", line, re.IGNORECASE) for line in lines)
    rows = iter(_without_header(lines))
    for line in rows:
        found = _KEY.fullmatch(line.strip())
        if found is None:
            yield line
            continue
        key, value = _LANGUAGE.sub("", found["key"]), found["value"].strip()
        is_plain = "_" not in found["key"] and key not in _MACHINE | _BARE
        if label := _LABELS.get(key, key if is_plain else ""):
            yield from (f"{label}: {value}", "") if is_retraction or not label.startswith("DOI of retracted") else ()
        elif key in _BARE:
            yield from (part for piece in _PARAGRAPH.split(value) for part in (_TAG.sub("", piece).strip(), ""))


def _without_header(lines: Sequence[str]) -> Iterator[str]:
    """Yield lines, and for a row of names of columns with the row of their values one line for each."""
    number = 0
    while number < len(lines):
        mark = next((mark for mark in ";\t," if lines[number].count(mark) >= MIN_KEYS - 1), "")
        names = lines[number].strip().split(mark) if mark else []
        values = lines[number + 1].strip().split(mark) if mark and number + 1 < len(lines) else []
        if names and len(names) == len(values) and all(map(_COLUMN.fullmatch, names)):
            yield from (f"{name}: {value}" for name, value in zip(names, values, strict=True) if value)
            number += 2
        else:
            yield lines[number]
            number += 1

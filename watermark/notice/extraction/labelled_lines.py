"""Lines that name a fact outright: `DOI of the article: …`, `Retraction date: …`, `Published 5 May 2024`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from watermark.notice.dates import date_in_words
from watermark.notice.doi import normalised_doi
from watermark.notice.text_blocks import plain

_ARTICLE_DOI = frozenset(
    {"doi of article", "doi of retracted article", "doi of original article", "article doi", "retracted article doi"}
    | {"original article doi", "original doi"},
)
_NOTICE_DOI = frozenset(
    {"doi of notice", "doi of this notice", "doi of retraction notice", "doi of this retraction notice", "notice doi"}
    | {"doi of retraction", "doi of this retraction", "retraction notice doi", "retraction doi"},
)
_NOTICE_URL = frozenset({"url of notice", "url of this notice", "notice url", "url of retraction notice"})
_NOTICE_DATE = frozenset(
    {"date of notice", "date of this notice", "date of retraction", "date of retraction notice", "notice date"}
    | {"notice published", "retraction date", "retraction published", "retracted", "retracted on", "date retracted"},
)
_PUBLISHED = frozenset({"published", "published on", "published online", "date of publication", "publication date"})
_LINE = re.compile(r"(?P<label>[A-Za-z][A-Za-z ]{1,50}?)\s*[:=]\s*(?P<value>\S.{0,600})")
_DATE_LINE = re.compile(
    r"(?P<label>published(?: online)?(?: on)?|retracted(?: on)?) (?P<value>[^:]{4,40})", re.IGNORECASE
)
_HINT = re.compile(r"[:=]|published|retracted", re.IGNORECASE)  # most lines have none: leave them early
_URL = re.compile(r"https?://[!-~]{3,500}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledLines:
    """What the labelled lines of a notice say; empty where none does, and where two contradict each other."""

    article_doi: str = ""
    notice_doi: str = ""
    url: str = ""
    date: str = ""

    @classmethod
    def of(cls, lines: Iterable[str]) -> Self:
        """Return the facts of those `lines` that are labelled."""
        found: dict[str, set[str]] = {}
        for line in lines:
            if fact := _fact(line):
                found.setdefault(fact[0], set()).add(fact[1])
        agreed = {kind: next(iter(values)) for kind, values in found.items() if len(values) == 1}
        date = agreed.get("date", "") if "date" in found else agreed.get("published", "")
        return cls(
            article_doi=agreed.get("article_doi", ""),
            notice_doi=agreed.get("notice_doi", ""),
            url=agreed.get("url", ""),
            date=date,
        )


def is_labelled(line: str) -> bool:
    """Tell whether a line is a label with a value that can be read, and nothing else."""
    return _fact(line) is not None


def _fact(line: str) -> tuple[str, str] | None:
    """Return the kind of fact and its value; None when the line is ordinary text."""
    if not _HINT.search(line):
        return None
    line = plain(line)
    found = _LINE.fullmatch(line) or _DATE_LINE.fullmatch(line)
    if found is None:
        return None
    label = " ".join(word for word in found["label"].lower().split() if word != "the")
    value = found["value"].strip()
    if label in _ARTICLE_DOI | _NOTICE_DOI:
        kind, read = ("article_doi" if label in _ARTICLE_DOI else "notice_doi"), normalised_doi(value)
    elif label in _NOTICE_DATE | _PUBLISHED:
        kind, read = ("date" if label in _NOTICE_DATE else "published"), date_in_words(value)
    elif label in _NOTICE_URL:
        kind, read = "url", value if _URL.fullmatch(value) else ""
    else:
        return None
    return (kind, read) if read else None

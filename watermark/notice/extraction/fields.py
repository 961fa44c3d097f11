# ruff: noqa: RUF001 - letters and punctuation of other scripts are meant
"""Labelled lines of a notice: `DOI of the article: …`, `Retraction date: …`, `Published 5 May 2024`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from watermark.notice.dates import date_in_words, dates_in
from watermark.notice.doi import dois_in, normalised_doi
from watermark.notice.extraction.field_names import (
    ARTICLE_DOI,
    DATE,
    DOI,
    INTRODUCTIONS,
    JOURNAL,
    KINDS,
    NOTICE_DOI,
    PUBLISHED,
    REPLACEMENT,
    URL,
)
from watermark.notice.remembered import remembered
from watermark.notice.text_blocks import plain
from watermark.runtime.expressions import expression

MAX_KEPT_LENGTH = 160
"""Letters of a line whose facts are remembered: each line is asked for several times."""
_LINE = expression(r"(?P<label>[^\W\d_][^:=：\n]{0,60}?)\s?(?:[:：=])\s*(?P<value>\S.{0,2000})")
_DATE_LINE = expression(
    r"(?P<label>published(?: online)?(?: on)?|retracted(?: on)?|available online|publicado(?: el| em)?"
    r"|publicado en línea(?: el)?|publicado online em|publi[ée]e?(?: en ligne)? le|mise? en ligne le"
    r"|disponible (?:sur internet|en ligne|en línea|en internet)(?: le| el| desde el)?(?: [a-zéèáí]{4,9}(?= [0-9]))?"
    r"|(?:早期)?公[開开]日|发布日期|發布日期|出版日期|게재일|발행일|e?pub(?:lished)?(?: ahead of print)?"
    r"|(?:online )?(?:veröffentlicht|publiziert)(?: am)?|pubblicato(?: online)?(?: il)?|opublikowano(?: online)?"
    r"|опубликован[оа](?: онлайн)?|first published online|e-?published(?: on)?) (?P<value>[^:]{4,60})",
    re.IGNORECASE,
)
_HINT = expression(
    r"[:=：]|publish|disponible|公[開开]日|日期|[재행]일|\bepub"
    r"|retracted|available online|publi[cézé]|veröff|pubbl|опубл|opubl|en ligne",
    re.IGNORECASE,
)
_SENT = expression(
    r"\W*(?:sent|gesendet|enviado|envoyé|inviato|wysłano|отправлено|date|datum)\b.{0,40}[0-9]{1,2}:[0-9]{2}",
    re.IGNORECASE,
)
"""The line of a letter's head that gives its day and hour."""
_EARLY = expression(r"e-?pub|available online|first|online first|early", re.IGNORECASE)
"""The label of a day before that of the publication."""
_OTHER = expression(
    r"(?:bibliometrics|volume|issue|pages?|number|keywords?|received|accepted|revised|e?issn|publisher|year|article"
    r" (?:type|history|number)"
    r"|affiliations?|citation|correspond\w+(?: author)?|pmid|pmcid|section|e-?mail|subjects?|license|copyright|cite"
    r" as|comments|type|band|heft"
    r"|jahr|volumen|número|volume e número|том|номер|tom|numer|卷|期|巻|号|권|호"
    r"|작성자|글쓴이|조회수|첨부파일|投稿者|作成者|发布者|浏览次数|点击数)(?: \w+){0,3}\s?[:：]\s*\S",
    re.IGNORECASE,
)
_PLACE = expression(
    r"(?:vol(?:ume|\.)?|no\.|issue|year|band|heft|jahrgang|jg\.|tom[eo]?|т\.|pp?\.)\W{0,3}[0-9]"
    r"|[0-9]{1,4} ?[(:,]",
    re.IGNORECASE,
)
"""The volume or the pages, which some forms have behind `Published in`."""
_URL = expression(r"https?://[!-~]{3,500}")
_FIRST = expression(r"[\s*_]*(?P<label>[^\W\d_][^:=：\n]{0,60}?)[\s*_]*[:=：]")
_OPENING = expression(
    r"\W*(?:https?:|doi|10\.|received|accepted|revised|submitted|publi|retracted|available online|first published|mise?"
    r" en ligne|online |e-?published"
    r"|veröff|pubbl|опубл|opubl|disponible|早期公|公[開开]|发布|發布|出版|게재일|발행일|epub)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One labelled fact: its kind (a constant of this module), its value, and the line as printed."""

    kind: str
    value: str
    line: str


@dataclass(frozen=True, slots=True)
class Fields:
    """The labelled facts of a notice; a value is empty where no line gives it and where two contradict each other."""

    found: tuple[Field, ...] = ()

    @classmethod
    def of(cls, lines: Iterable[str]) -> Self:
        """Return the facts of those `lines` that are labelled."""
        return cls(tuple(field for line in lines for field in fields_in(line)))

    def value(self, kind: str) -> str:
        """Return the one value of a kind; of two dates the more exact one, where they agree."""
        values = sorted({field.value for field in self.found if field.kind == kind}, key=len, reverse=True)
        if kind == PUBLISHED and len(values) > 1:
            final = {field.value for field in self.found if field.kind == kind and not _EARLY.match(field.line)}
            values = sorted(final, key=len, reverse=True) or values
            years = [value[:4] for value in values]
            values = [value for value in values if value[:4] == max(years)]  # an older one is the article's
        if values and kind in {DATE, PUBLISHED} and all(values[0].startswith(value) for value in values):
            return values[0]
        if values and kind == JOURNAL and all(value.startswith(values[-1]) for value in values):
            return values[-1]  # the name, and the name with its volume
        return values[0] if len(values) == 1 else ""

    def has(self, kind: str) -> bool:
        """Return whether a line of this kind was found."""
        return any(field.kind == kind for field in self.found)

    @property
    def date(self) -> str:
        """The date of the notice: one that is called so, else that of publication."""
        called = {field.value for field in self.found if field.kind == DATE and not _SENT.match(field.line)}
        if not called and self.has(PUBLISHED):
            return self.value(PUBLISHED)  # the letter that the notice came with is of another day
        return self.value(DATE) if self.has(DATE) else self.value(PUBLISHED)


def is_other_field(line: str) -> bool:
    """Return whether a line is a label with a value that this reader has no use for: `Volume: 12`."""
    return bool(_OTHER.match(line)) and len(line) < 300


def is_labelled(line: str) -> bool:
    """Return whether a line is a label with a value that can be read, and nothing else."""
    return bool(fields_in(line))


@remembered
def fields_in(line: str) -> tuple[Field, ...]:
    """Return the labelled facts of a line: one, or several that share the line; none for ordinary text."""
    if len(line) > 2200 or not _HINT.search(line) or not _may_have_fields(line):
        return ()
    return _fields_in(line) if len(line) <= MAX_KEPT_LENGTH else _fields_in.__wrapped__(line)


def _may_have_fields(line: str) -> bool:
    """Return whether a line begins with a known label, a DOI or a date: most lines do not, and are left early."""
    found = _FIRST.match(line)
    return bool(_OPENING.match(line)) or (
        found is not None and ((name := _name_of(found["label"])) in KINDS or name in INTRODUCTIONS)
    )


def _name_of(label: str) -> str:
    """Return a label in the spelling of the tables: in lower case, without articles and Markdown."""
    words = re.sub(r" ?\((?:web|online|print)\)$", "", label.replace("\u2019", "'").strip(" *_·•-").lower()).split()
    name = " ".join(word for word in words if word != "the")
    return name if name in KINDS else name.removesuffix(" online")


@lru_cache(maxsize=50_000)
def _fields_in(line: str) -> tuple[Field, ...]:
    line = plain(line)
    if one := _field(line):
        return (one,)
    parts = [part.strip() for part in re.split(r"\s[•|·–—/]\s|;\s|\t", line)]
    if len(parts) < 2 or len(line) > 400:
        return ()
    fields = [_field(part) or _bare(part) for part in parts if part]
    known = tuple(field for field in fields if field is not None)
    has_label = any(field.kind in {DATE, PUBLISHED, NOTICE_DOI, ARTICLE_DOI} for field in known)
    return known if len(known) == len(fields) and has_label else ()


def _bare(part: str) -> Field | None:
    """Return a DOI or a date of receipt that shares a line with a labelled fact."""
    if doi := normalised_doi(part):
        return Field(kind=DOI, value=doi, line=part)
    if re.match(r"(?:received|accepted|revised|submitted)\b", part, re.IGNORECASE):
        return Field(kind="ignored", value=part, line=part)
    return None


def _field(line: str) -> Field | None:
    found = _LINE.fullmatch(line) or _DATE_LINE.fullmatch(line)
    if found is None:
        return None
    label = _name_of(found["label"])
    kind = KINDS.get(label, "")
    value = found["value"].strip()
    if kind in {ARTICLE_DOI, NOTICE_DOI, DOI, REPLACEMENT}:
        value = normalised_doi(value) or _only_doi(value)
    elif kind in {DATE, PUBLISHED}:
        value = date_in_words(value) or _date_before_more(value)
    elif kind == JOURNAL and (dois_in(value) or _PLACE.match(value)):
        kind = ""  # a citation, or the place alone
    elif kind == URL:
        value = value if _URL.fullmatch(value) else ""
    if kind == "" and label in INTRODUCTIONS and (doi := normalised_doi(value)):
        kind, value = ARTICLE_DOI, doi
    if kind == "" and found.re.pattern == _DATE_LINE.pattern:
        kind, value = PUBLISHED, date_in_words(value) or _date_before_more(value)
    return Field(kind=kind, value=value, line=line) if kind and value else None


def _only_doi(value: str) -> str:
    found = dois_in(value)
    return found[0] if len(found) == 1 and len(value) - len(found[0]) <= 40 else ""


def _date_before_more(value: str) -> str:
    """Return the date at the start of a value that has more text: `4 May 2024 (online)`."""
    found = dates_in(value)
    rest = re.sub(r"\W+", " ", value)
    return found[0] if len(found) == 1 and len(rest) <= 40 and not re.search(r"10\.[0-9]{4}", value) else ""

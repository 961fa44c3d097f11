# ruff: noqa: RUF001 - letters and punctuation of other scripts are meant
"""Labelled lines of a notice: `DOI of the article: …`, `Retraction date: …`, `Published 5 May 2024`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from watermark.notice.dates import date_in_words, dates_in
from watermark.notice.doi import dois_in, normalised_doi
from watermark.notice.text_blocks import plain
from watermark.runtime.expressions import expression

ARTICLE_DOI, NOTICE_DOI, DOI, URL, DATE, PUBLISHED = "article_doi", "notice_doi", "doi", "url", "date", "published"
TITLE, AUTHORS, JOURNAL, REPLACEMENT = "title", "authors", "journal", "replacement"
_OF_ARTICLE = (
    "article",
    "retracted article",
    "original article",
    "paper",
    "original paper",
    "retracted paper",
    "original",
)
_OF_NOTICE = ("notice", "this notice", "retraction", "retraction notice", "this retraction", "this retraction notice")
_NAMES: dict[str, frozenset[str]] = {
    ARTICLE_DOI: frozenset(
        {f"doi of {name}" for name in _OF_ARTICLE[:-1]}
        | {f"{name} doi" for name in _OF_ARTICLE}
        | {
            "doi of original publication",
            "doi of affected article",
            "affected article doi",
            "doi of publication concerned",
        }
        | {"doi des artikels", "doi del artículo", "doi del artículo original", "doi de l'article", "doi dell'articolo"}
        | {
            "doi do artigo",
            "doi artykułu",
            "doi статьи",
            "文章doi",
            "原文doi",
            "論文doi",
            "論文のdoi",
            "논문 doi",
            "原論文doi",
        }
        | {"doi des zurückgezogenen artikels", "doi del artículo retractado", "doi de l'article rétracté", "原文 doi"}
        | {
            "doi do artigo retratado",
            "doi dell'articolo ritrattato",
            "doi wycofanego artykułu",
            "doi отозванной статьи",
        }
        | {
            "doi de l'article original",
            "doi dell'articolo originale",
            "doi do artigo original",
            "doi des originalartikels",
            "doi der originalarbeit",
            "doi originalnego artykułu",
            "doi исходной статьи",
            "原文章doi",
            "被撤稿文章doi",
            "撤稿论文doi",
            "撤稿文章doi",
            "撤回論文doi",
            "철회 논문 doi",
            "원문 doi",
            "original publication doi",
            "doi of retracted publication",
            "original doi",
            "retracted doi",
            "original",
        }
        | {"doi original", "doi del artículo retirado", "원 논문 doi", "原著論文doi", "文章 doi", "論文 doi"},
    ),
    NOTICE_DOI: frozenset(
        {f"doi of {name}" for name in _OF_NOTICE}
        | {f"{name} doi" for name in _OF_NOTICE}
        | {"doi der mitteilung", "doi de la nota", "doi de l'avis", "doi dell'avviso", "doi da nota", "doi noty"}
        | {"doi уведомления", "撤稿声明doi", "撤回通知doi", "공지 doi", "doi dieser mitteilung", "doi de esta nota"}
        | {
            "doi de cet avis",
            "doi desta nota",
            "doi di questo avviso",
            "doi of this note",
            "doi of expression of concern",
        }
        | {"expression of concern doi", "doi of this expression of concern", "statement doi", "doi of statement"},
    ),
    REPLACEMENT: frozenset(
        {"doi of replacement", "replacement doi", "replacement article", "replacement", "doi of replacement article"}
        | {"doi of new version", "replaced by", "republished as", "replacement article doi"},
    ),
    DOI: frozenset({"doi", "digital object identifier", "article doi link"}),
    URL: frozenset({"url of notice", "url of this notice", "notice url", "url of retraction notice"}),
    DATE: frozenset(
        {"date of notice", "date of this notice", "date of retraction", "date of retraction notice", "notice date"}
        | {"notice published", "retraction date", "retraction published", "retracted", "retracted on", "date retracted"}
        | {"date", "issued", "date issued", "date of issue", "datum", "fecha", "data", "дата", "日期", "日付", "날짜"}
        | {"retraction notice published", "withdrawn", "withdrawn on", "date of withdrawal", "retraction notice date"}
        | {"datum der mitteilung", "fecha de retractación", "date de rétractation", "data di ritrattazione", "撤稿日期"}
        | {"data da retratação", "data de retratação", "data wycofania", "дата ретракции", "дата отзыва", "撤回日"}
        | {"sent", "gesendet", "gesendet am", "envoyé", "enviado", "inviato", "wysłano", "отправлено"}
        | {"发布日期", "发布时间", "公告日期", "声明日期", "告知日", "掲示日", "공고일", "公告日"}
        | {"철회일", "fecha de la nota", "datum der retraktion", "date de l'avis", "posted", "notice issued"},
    ),
    PUBLISHED: frozenset(
        {"published", "published on", "published online", "date of publication", "publication date", "available online"}
        | {
            "first published online",
            "version of record online",
            "online publication date",
            "epub",
            "online",
            "published date",
        }
        | {"veröffentlicht", "veröffentlicht am", "publicado", "publicado el", "publié", "publié le", "pubblicato"}
        | {
            "pubblicato il",
            "publicado em",
            "opublikowano",
            "опубликовано",
            "公開日",
            "발행일",
            "发表日期",
            "게시일",
        }
        | {"online publiziert", "publiziert", "publiziert am", "mis en ligne", "mis en ligne le", "pubblicato online"}
        | {"online veröffentlicht", "publicado en línea", "publié en ligne", "data publikacji", "дата публикации"}
        | {"first published", "published electronically", "fecha de publicación", "data de publicação"}
        | {
            "publikationsdatum",
            "article published online",
            "date de publication",
            "data di pubblicazione",
            "出版日期",
            "掲載日",
            "게재일",
        },
    ),
    TITLE: frozenset(
        {
            "article title",
            "title of article",
            "title of retracted article",
            "title",
            "paper title",
            "original article title",
        }
        | {"retracted article title", "titel", "titel des artikels", "título", "título del artículo", "titre"}
        | {
            "titre de l'article",
            "titolo",
            "titolo dell'articolo",
            "título do artigo",
            "tytuł",
            "tytuł artykułu",
            "название",
        }
        | {
            "название статьи",
            "标题",
            "题目",
            "文章标题",
            "論文題目",
            "論文名",
            "タイトル",
            "제목",
            "논문 제목",
            "title of paper",
        }
        | {
            "篇名",
            "题名",
            "論文タイトル",
            "论文题目",
            "论文标题",
            "文章题目",
            "文章名称",
            "論文名称",
            "논문명",
            "original title",
        },
    ),
    AUTHORS: frozenset(
        {"authors", "author", "author(s)", "authors of article", "autoren", "autor", "autores", "auteurs", "autori"}
        | {"autorzy", "авторы", "автор", "作者", "著者", "저자", "article authors", "original authors", "auteur"},
    ),
    JOURNAL: frozenset(
        {"journal", "journal title", "journal name", "name of journal", "zeitschrift", "revista", "revue", "rivista"}
        | {"periódico", "titel der zeitschrift", "nombre de la revista", "nome da revista", "revista científica"}
        | {"nom de la revue", "titre de la revue", "nome della rivista", "tytuł czasopisma", "название журнала"}
        | {"期刊名称", "刊物", "ジャーナル", "雑誌名", "誌名", "저널", "학술지명", "저널명", "periodical", "издание"}
        | {"czasopismo", "журнал", "期刊", "雑誌", "掲載誌", "학술지", "publication", "published in", "source", "刊名"},
    ),
}
_INTRODUCTIONS = frozenset(
    {f"{word} {name}" for word in ("original", "retracted", "affected") for name in ("article", "paper", "publication")}
    | {"article retracted", "article concerned", "refers to", "originalartikel", "artículo original"}
    | {"article original", "articolo originale", "artigo original", "原文"}
)
"""Labels that name the article where nothing but its DOI follows."""
MAX_KEPT_LENGTH = 160
"""Letters of a line whose facts are remembered: each line is asked for several times."""
_KINDS = {name: kind for kind, names in _NAMES.items() for name in names}
_LINE = expression(r"(?P<label>[^\W\d_][^:=：\n]{0,60}?)\s?(?:[:：=])\s*(?P<value>\S.{0,2000})")
_DATE_LINE = expression(
    r"(?P<label>published(?: online)?(?: on)?|retracted(?: on)?|available online|publicado(?: el| em)?"
    r"|publicado en línea(?: el)?|publicado online em|publi[ée]e?(?: en ligne)? le|mise? en ligne le"
    r"|(?:online )?(?:veröffentlicht|publiziert)(?: am)?|pubblicato(?: online)?(?: il)?|opublikowano(?: online)?"
    r"|опубликован[оа](?: онлайн)?|first published online|e-?published(?: on)?) (?P<value>[^:]{4,60})",
    re.IGNORECASE,
)
_HINT = expression(
    r"[:=：]|publish|retracted|available online|publi[cézé]|veröff|pubbl|опубл|opubl|en ligne", re.IGNORECASE
)
_OTHER = expression(
    r"(?:bibliometrics|volume|issue|pages?|number|keywords?|received|accepted|revised|e?issn|publisher|year|article"
    r" (?:type|history|number)"
    r"|affiliations?|citation|correspond\w+(?: author)?|pmid|pmcid|section|e-?mail|subjects?|license|copyright|cite"
    r" as|comments|type|band|heft"
    r"|jahr|volumen|número|volume e número|том|номер|tom|numer|卷|期|巻|号|권|호)(?: \w+)?\s?[:：]\s*\S",
    re.IGNORECASE,
)
_URL = expression(r"https?://[!-~]{3,500}")
_FIRST = expression(r"[\s*_]*(?P<label>[^\W\d_][^:=：\n]{0,60}?)[\s*_]*[:=：]")
_OPENING = expression(
    r"\W*(?:https?:|doi|10\.|received|accepted|revised|submitted|publi|retracted|available online|first published|mise?"
    r" en ligne|online |e-?published"
    r"|veröff|pubbl|опубл|opubl)",
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
        if values and kind in {DATE, PUBLISHED} and all(values[0].startswith(value) for value in values):
            return values[0]
        return values[0] if len(values) == 1 else ""

    def has(self, kind: str) -> bool:
        """Return whether a line of this kind was found."""
        return any(field.kind == kind for field in self.found)

    @property
    def date(self) -> str:
        """The date of the notice: one that is called so, else that of publication."""
        return self.value(DATE) if self.has(DATE) else self.value(PUBLISHED)


def is_other_field(line: str) -> bool:
    """Return whether a line is a label with a value that this reader has no use for: `Volume: 12`."""
    return bool(_OTHER.match(line)) and len(line) < 300


def is_labelled(line: str) -> bool:
    """Return whether a line is a label with a value that can be read, and nothing else."""
    return bool(fields_in(line))


def fields_in(line: str) -> tuple[Field, ...]:
    """Return the labelled facts of a line: one, or several that share the line; none for ordinary text."""
    if len(line) > 2200 or not _HINT.search(line) or not _may_have_fields(line):
        return ()
    return _fields_in(line) if len(line) <= MAX_KEPT_LENGTH else _fields_in.__wrapped__(line)


def _may_have_fields(line: str) -> bool:
    """Return whether a line begins with a known label, a DOI or a date: most lines do not, and are left early."""
    found = _FIRST.match(line)
    return bool(_OPENING.match(line)) or (
        found is not None and ((name := _name_of(found["label"])) in _KINDS or name in _INTRODUCTIONS)
    )


def _name_of(label: str) -> str:
    """Return a label in the spelling of the tables: in lower case, without articles and Markdown."""
    words = re.sub(r" ?\((?:web|online|print)\)$", "", label.replace("\u2019", "'").strip(" *_·•-").lower()).split()
    return " ".join(word for word in words if word != "the")


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
    kind = _KINDS.get(label, "")
    value = found["value"].strip()
    if kind in {ARTICLE_DOI, NOTICE_DOI, DOI, REPLACEMENT}:
        value = normalised_doi(value) or _only_doi(value)
    elif kind in {DATE, PUBLISHED}:
        value = date_in_words(value) or _date_before_more(value)
    elif kind == JOURNAL and dois_in(value):
        kind = ""  # a citation
    elif kind == URL:
        value = value if _URL.fullmatch(value) else ""
    if kind == "" and label in _INTRODUCTIONS and (doi := normalised_doi(value)):
        kind, value = ARTICLE_DOI, doi
    if kind == "" and found.re.pattern == _DATE_LINE.pattern:
        kind, value = PUBLISHED, date_in_words(value) or _date_before_more(value)
    if label == "first published" and found.re.pattern == _DATE_LINE.pattern:
        return None
    return Field(kind=kind, value=value, line=line) if kind and value else None


def _only_doi(value: str) -> str:
    found = dois_in(value)
    return found[0] if len(found) == 1 and len(value) - len(found[0]) <= 40 else ""


def _date_before_more(value: str) -> str:
    """Return the date at the start of a value that has more text: `4 May 2024 (online)`."""
    found = dates_in(value)
    rest = re.sub(r"\W+", " ", value)
    return found[0] if len(found) == 1 and len(rest) <= 40 and not re.search(r"10\.[0-9]{4}", value) else ""

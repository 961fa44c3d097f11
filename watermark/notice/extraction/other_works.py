# ruff: noqa: RUF001 - letters of other scripts are meant
"""Which other work the words beside a figure mean where they cite none in full: `that paper`, `Lom et al. (2014)`."""

import re
from collections.abc import Mapping

from watermark.notice.doi import dois_in
from watermark.notice.model import Reference
from watermark.runtime.expressions import expression

_OF = (
    r"[\s,]{0,3}(?:\([^()]{1,40}\)|,[^,.;:()]{1,50},)?[\s,]{0,3}\b(?:of|in|from|by|einer?|eines|aus"
    r"|d['\u2019]une?|dans|de|del|en|di|do|da|em"
    r"|w|we|z|в|из)\b\s?"
)
_WORK = (
    r"(?:articles?|papers?|works?|publications?|stud(?:y|ies)|reports?|manuscripts?|letters?|arbeit"
    r"|artikels?|publikation|beitrags?"
    r"|artículo|trabajo|articolo|lavoro|artigo|trabalho|prac[ya]|artykuł\w*|стать\w+|работ\w+)\b"
)
_OTHER = (
    r"(?:another|other|different|own|older|earlier|previous(?:ly)?|prior|unrelated|former|published|written|by"
    r"|from|früher\w*|ander\w+|autres?"
    r"|antérieure?|précédente?|otro|anterior|altro|precedente|outro|wcześniejsz\w+|inn\w+|друг\w+|предыдущ\w+)\b"
)
_BEHIND = expression(
    rf"(?P<there>\s(?:there|therein)\b)|(?i:{_OF})(?:(?P<same>(?i:(?:(?P<that>that)|the same|the latter|derselben"
    rf"|dieser)"
    rf"\s(?:[\w-]+\s){{0,2}}?{_WORK}))"
    r"|(?P<people>[^\W\d_a-z][\w'\u2019-]{1,40}(?:,?\s(?:[A-Z]\.[ -]?){1,3})?"
    r"(?:\s(?:et al\.?|and co-?workers)|(?:,?\s(?:and|&)\s|,\s)[^\W\d_a-z][\w'\u2019-]{1,40}"
    r"(?:,?\s(?:[A-Z]\.[ -]?){1,3})?){0,6}),?"
    r"\s\(?(?P<year>(?:19|20)[0-9]{2})[a-z]?\b\)?"
    r"|(?P<words>(?!(?i:this|our(?!\s(?:own|earlier|previous|prior|other|older|former)\b)|the (?:present|retracted"
    r"|above|current|said))\b)"
    rf"(?i:(?:[\w-]+\s){{0,5}}?{_WORK}[^.,;:()\[\]]{{0,90}})))"
)
_IS_OTHER = expression(rf"\b{_OTHER}", re.IGNORECASE)
_BRACKET = expression(r"\s?[\[(](?P<words>(?:[^()\[\]]|\([^()]{1,40}\)){8,300})[\])]")
_FIRST_WITHOUT_SPACES = "\u3040"
_IN_FRONT = expression(
    r"(?:(?:发表|另|其他|別の|他の|다른|《)[^。]{0,80}?(?:论文|論文|文章|논문)|文献|문헌"
    r"|(?:论文|論文|논문)(?=\[))\s?(?:\[(?P<number>[0-9]{1,2})\])?\s?(?:[(（](?:[^()（）]"
    r"|[(（][^()（）]{0,20}[)）]){3,150}[)）])?\s?(?:中的|中|における|의|の|的)?\s?$"
)
_FIGURE = expression(
    r"\b(?:Abb(?:ildung(?:en)?)?\b\.?|[Ff]igur(?:as?|en)|[Rr]ycin\w{1,5}|[Rr]yc\.|[Рр]ис(?:ун\w{1,5}"
    r"|\.))\s?(?=S?[0-9])|[图圖図]\s?(?=[0-9])|그림\s?(?=[0-9])"
)
_AND = expression(r"(?<=[0-9A-Z])(?:\s(?:und|et|y|e|i|и)\s|[、和])(?=(?:Figure\s)?S?[0-9]|[A-Z]\b)")


def in_english(text: str) -> str:
    """Return a text in which the words for a figure, and between two of them, are English in place of ten languages."""
    read, count = _FIGURE.subn(_figure, text)
    return _AND.sub(" and ", read) if count else text


def _figure(found: re.Match[str]) -> str:
    return " Figure " if found.string[max(0, found.start() - 1) : found.start()].isalnum() else "Figure "


def other_work(near: str, latest: Reference | None) -> tuple[Reference, int] | None:
    """Return the other work that the words behind a figure mean, and where they end; `that paper` is the `latest`."""
    named = _BEHIND.match(near)
    if named is None:
        return None
    if named["same"] or named["there"]:
        work = latest or (Reference(citation=str(named["same"])) if named["that"] else None)
        return (work, named.end()) if work else None
    if people := named["people"]:
        year = named["year"]
        return Reference(citation=f"{people} ({year})", authors=(people,), year=int(year)), named.end()
    if not _IS_OTHER.search(named["words"]):
        return None
    bracket = _BRACKET.match(near, named.end())
    words = str((bracket or named)["words"]).strip()
    dois = dois_in(words)
    doi = dois[0] if len(dois) == 1 else ""
    return Reference(citation=words, doi=doi), (bracket or named).end()


def work_in_front(words: str, references: Mapping[int, str]) -> Reference | None:
    """Return the other work that is named in front of a figure, in languages that put it there: `論文[1]の図1B`."""
    found = _IN_FRONT.search(words) if max(words, default="") >= _FIRST_WITHOUT_SPACES else None
    if found is None:
        return None
    numbered = references.get(int(found["number"])) if found["number"] else None
    return Reference(citation=(numbered or found[0]).strip())

# ruff: noqa: RUF001 - letters of other scripts are meant
"""Which work the words beside a figure name: the article, a reference by its number, a citation, or `that paper`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from watermark.notice.doi import doi_spans, dois_in
from watermark.notice.extraction.citation import MAX_CHARACTERS, read_citation
from watermark.notice.extraction.citation_styles import read_styled
from watermark.notice.model import Reference
from watermark.runtime.expressions import expression

MAX_CITATION, MAX_BEHIND, MAX_FRONT = 1_000, 400, 240
SENTENCE_END = expression(r"(?<!\bal)(?<!\b[Ff]ig)(?<!\b[Ff]igs)(?<!\b[Rr]ef)(?<!\b[Rr]efs)(?<!\bvs)[.!?]\s|。")
_DIGITS = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789")
_ASIDE = (
    r"(?:,?\s{0,4}\((?![Rr]ef|\s?[0-9]{1,2}\s?\)|(?:[^\W\d_]|[\s.,'&-]){3,60}(?:19|20)[0-9]{2}|doi|http)[^()]{1,60}\)"
    r"|,\s(?!and\b)[^,.;:()\[\]]{1,50}(?=,)|,?\srespectively\b){0,4}\)?"
)
"""What may be said of a figure before its work is named: `, image for 786-O, sh-NC,`, `(rotated)`, `respectively`."""
_WORK = (
    r"(?:articles?|papers?|works?|publications?|stud(?:y|ies)|reports?|manuscripts?|letters?|arbeit"
    r"|artikels?|publikation|beitrags?"
    r"|artículo|trabajo|articolo|lavoro|artigo|trabalho|prac[ya]|artykuł\w*|стать\w+|работ\w+)\b"
)
_OWN_WORK = (
    r"(?:this|our(?!\s(?:own|earlier|previous|prior|other|older|former)\b)"
    r"|the (?:present|retracted|above|current|said))\b"
)
_OWN = expression(
    rf"[^.;:\[\]\d]{{0,60}}?(?:\b(?:of|in|from|within)\s{{1,4}})?\b{_OWN_WORK}\s{{1,4}}(?:\w{{1,24}}\s{{1,4}})?"
    rf"(?:article|paper|work|publication|study|report|manuscript|letter)\b",
    re.IGNORECASE,
)
_NUMBER = expression(
    r"(?:\[\s?(?:refs?\.?\s|references?\s)?(?P<a>[0-9]{1,2})\s?\]|\((?P<b>[0-9]{1,2})\)"
    r"|\(?ref(?:erence|s?\.)?\s?(?:n(?:o|umber)\b\.?\s?)?[\[(]?(?P<c>[0-9]{1,2})[\])]{0,2}|(?P<d>[¹²³⁴⁵⁶⁷⁸⁹]))",
    re.IGNORECASE,
)
_BETWEEN = expression(
    rf"{_ASIDE}(?:\s{{1,4}}(?:[\w-]{{1,24}}\s{{1,2}})?(?:panels?|images?|blots?|lanes?)|\s{{0,4}}\|)?,?\s{{0,4}}"
    r"(?:(?P<preposition>of|in|from|by|as|einer?|eines|aus|d['\u2019]une?|dans|del?|en|di|do|da|em|we?|в|из)\b:?\s{0,4}"
    r"(?P<words>(?:(?!\b(?:is|are|and (?:to|in|with)|appears?|seems?)\s)(?:[^.;:\[\]()]|(?<=\bal)\."
    r"|\((?:19|20)[0-9]{2}[a-z]?\))){0,160}?))?(?:\s{0,4}(?=\[|\((?!(?:19|20)[0-9]{2})|\bref|[¹²³⁴⁵⁶⁷⁸⁹]|$)|\.(?=\[))",
    re.IGNORECASE,
)
"""What may be between a figure and the number or the bracket that names its work."""
_CITED = expression(
    rf"{_ASIDE}\s{{0,4}},?\s{{0,4}}(?:from|in|of|by):?\s{{1,4}}"
    rf"(?:(?:the|an?|another|one|our|their)\s{{1,4}}(?:[\w-]{{1,24}}\s{{1,4}}){{0,3}}?{_WORK}"
    r"(?:[^.:;()\[\]]{0,60}:\s|(?:\s{1,4}(?:by|of|in|with(?:\sthe)?(?=\s(?:DOI|doi|10\.))))?:?\s{1,4}))?",
)
"""What is between a figure and the citation of its work."""
_BRACKET = expression(
    r"\s*(?:\[(?P<square>[^\W\d_][^\[\]]{5,300})\]|\((?P<round>[^\W\d_](?:[^()]|\([^()]{1,40}\)){5,300})\))"
)
_AUTHOR = r"[^\W\d_a-z][\w'\u2019-]{1,40}(?: et al\.?| (?:and|&) [^\W\d_a-z][\w'\u2019-]{1,40}| and co-?workers)?"
_AUTHOR_AND_YEAR = expression(
    rf"(?P<people>{_AUTHOR}),? (?:[A-Z][\w. ]{{1,40}} )?\(?(?P<year>(?:19|20)[0-9]{{2}})[a-z]?\)?"
)
_AUTHOR_AND_DOI = expression(
    rf"\s*(?P<people>{_AUTHOR}),?"
    r"(?: \(?(?P<year>(?:19|20)[0-9]{2})[a-z]?\)?)?[,;]? ?"
    r"[\[(]?(?P<doi>(?:https?://(?:dx\.)?doi\.org/|(?:doi|DOI):? ?)?10\.[0-9]{4,9}/[^\s()]{1,200})[)\]]?"
)
_PLACE = expression(
    r"\b[0-9]{1,4}\s?\((?:19|20)[0-9]{2}\),?\s(?:pp?\.?\s)?[A-Za-z]{0,3}[0-9]{1,7}(?:[\u2013-][A-Za-z]?[0-9]{1,7})?\b"
    r"|\b[0-9]{1,4},\s[A-Za-z]{0,3}[0-9]{1,7}\s\((?:19|20)[0-9]{2}\)"
    r"|\b(?:19|20)[0-9]{2}\)?[,.]?\s(?:vol\.?\s)?[0-9]{1,4}\b(?:\s?\([^()]{1,12}\))?"
    r"(?:[,:]\s?(?:pp?\.?\s)?[A-Za-z]?[0-9]{1,7}(?:[\u2013-][A-Za-z]?[0-9]{1,7})?)?"
    r"|\b[0-9]{1,4}\s?(?:\([^()]{1,12}\))?\s?(?::\s?[A-Za-z]{0,3}[0-9]{1,7}\b|,\s?(?:pp?\.?\s)?[0-9]{1,7}(?=[\u2013-]))"
    r"(?:[\u2013-][A-Za-z]?[0-9]{1,7}\b)?(?:[.,]?\s\(?(?:19|20)[0-9]{2}\)?)?",
    re.IGNORECASE,
)
_FRONT = expression(
    rf"(?i:\b(?:in|of|from|by|with|to)\s[^.;:\[\]()]{{0,80}}\(?(?P<number>{_NUMBER.pattern})\s?"
    r"(?:[,:(]|,?\s?[^.,;:\[\]()]{0,40}\b(?:as|in))?\s?(?:the\s)?$)"
    r"|[\[(](?:[Rr]ef(?:erence|s?\.)?\s)?(?P<inside>[0-9]{1,2})[,;:]\s?(?:see\s)?$"
    r"|(?P<doi>10\.[0-9]{4,9}/[^\s()]{1,200}),?\s[\[(](?:see\s)?$"
    r"|[(\[](?P<bracket>[^\W\d_](?:[^()\[\]]|\([^()]{1,40}\)){7,300}?)[,;:.]\s?(?:see\s|as\s|in\s|their\s)?$"
    rf"|\b(?P<people>{_AUTHOR}),? \(?(?P<year>(?:19|20)[0-9]{{2}})[a-z]?\)?,? [\[(](?:see\s|as\s|their\s)?$",
)
"""A work in front of its figure: `also appears in [2] as Figure 3C`, `(Ponds 2018; 24: 58-80, Fig. 2B)`."""
_OTHER = (
    r"(?:another|other|different|own|older|earlier|previous(?:ly)?|prior|unrelated|former|published|written|by"
    r"|from|früher\w*|ander\w+|autres?"
    r"|antérieure?|précédente?|otro|anterior|altro|precedente|outro|wcześniejsz\w+|inn\w+|друг\w+|предыдущ\w+)\b"
)
_BEHIND = expression(
    rf"(?P<there>\s(?:there|therein)\b)|{_ASIDE}[\s,]{{0,3}}(?i:\b(?:of|in|from|by|einer?|eines|aus|d['\u2019]une?|dans"
    r"|de|dell?o?|della|du|der|en|di|do|da|em|w|we|z|tej|в|из)\b\s?)(?:(?P<same>(?i:(?:(?P<that>that)|the same"
    r"|the latter|derselben|desselben|dieser|(?:lo |il )?(?:stesso|medesimo)|la même|même|l[ae]? mism[ao]|mismo|mesmo"
    r"|tej samej)"
    rf"\s(?:[\w-]+\s){{0,2}}?{_WORK}))"
    r"|(?P<people>[^\W\d_a-z][\w'\u2019-]{1,40}(?:,?\s(?:[A-Z]\.[ -]?){1,3})?"
    r"(?:\s(?:et al\.?|and co-?workers)|(?:,?\s(?:and|&)\s|,\s)[^\W\d_a-z][\w'\u2019-]{1,40}"
    r"(?:,?\s(?:[A-Z]\.[ -]?){1,3})?){0,6}),?"
    r"\s\(?(?P<year>(?:19|20)[0-9]{2})[a-z]?\b\)?"
    rf"|(?P<words>(?!(?i:{_OWN_WORK}))(?i:(?:[\w-]+\s|[A-Z][a-z]{{0,6}}\.\s){{0,5}}?{_WORK}"
    r"(?:(?!(?<!that)(?<!which)\s(?:is|are|was|were|appears?|show)\b)[^.,;:()\[\]]){0,90})))"
)
_IS_OTHER = expression(rf"\b{_OTHER}|^(?:an?|one of (?:our|their|the))\s", re.IGNORECASE)
_AFTERWARDS = expression(r"\s?[\[(](?P<words>(?:[^()\[\]]|\([^()]{1,40}\)){8,300})[\])]")
_FIRST_WITHOUT_SPACES = "\u3040"
_IN_FRONT = expression(
    r"(?:(?:发表|另|其他|別の|他の|다른|《)[^。]{0,80}?(?:论文|論文|文章|논문)|文献|문헌"
    r"|(?:论文|論文|논문)(?=\[))\s?(?:\[(?P<number>[0-9]{1,2})\])?\s?(?:[(（](?:[^()（）]"
    r"|[(（][^()（）]{0,20}[)）]){3,150}[)）])?\s?(?:中的|中|における|의|の|的)?\s?$"
)
_FIGURE = expression(
    r"\b(?:Abb(?:ildung(?:en)?)?\b\.?|[Ff]igur(?:as?|en)|[Rr]ycin\w{1,5}|[Rr]yc\.|[Рр]ис(?:ун\w{1,5}"
    r"|\.))\s?(?=S?[0-9])|[图圖図]\s?(?=[0-9])|그림\s?(?=[0-9])"
    r"|\b(?P<front>S[0-9]{1,2}[A-Za-z]{0,2}(?:(?:,? and |, )S[0-9]{1,2}[A-Za-z]{0,2}){0,5})\s"
    r"[Ff]ig(?:ure)?s?\b\.?(?!\s?S?[0-9])"
)
_CALLED = expression(
    r"\b(?:(?:this|our|above|title|following|retract(?:s|ed|ing)?(?: the| this)?) (?:\w{1,24} ){0,2}"
    r"(?:article|paper|study)|the (?:article|paper|study)(?=.{2,6}(?:is|has|have|was)\b[^.]{0,30}retract)),?"
    r" ?[\[(]([0-9]{1,2})[\])]",
    re.IGNORECASE,
)
_AND = expression(r"(?<=[0-9A-Z])(?:\s(?:und|et|y|e|i|и)\s|[、和])(?=(?:Figure\s)?S?[0-9]|[A-Z]\b)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The work that the words beside a figure name, up to `end`; `reference` is None for the article itself."""

    reference: Reference | None
    end: int
    number: int = 0


@dataclass(kw_only=True)
class Works:
    """What is known of the works that a notice with these `texts` cites.

    `latest` is the work that was named last, which `the same paper` means. In a notice whose list of references is
    lost, a number alone names a work.
    """

    references: Mapping[int, str]
    texts: Sequence[str] = ()
    latest: Reference | None = None

    @cached_property
    def own(self) -> int:
        """The number of the article among the references; 0 if the notice does not say it."""
        called = next(filter(None, map(_CALLED.search, self.texts)), None)
        return int(called[1]) if called else 0

    def beside(self, text: str, start: int, figure: re.Match[str], following: Sequence[re.Match[str]]) -> Named | None:
        """Return the work of a figure, None where none is named.

        `start` is where the figure before and its work end, `following` are the figures behind it.
        """
        at = figure.end()
        front = text[max(start, figure.start() - MAX_FRONT) : figure.start()]
        until = following[0].start() if following else len(text)
        near = text[at : min(until, at + MAX_BEHIND)]
        own = _OWN.match(near)
        numbered = self._by_number(near, own.end() if own else None)
        if own and (numbered is None or numbered.number == (self.own or 1)):
            return Named(reference=None, end=at + own.end())
        named = numbered or self._in_front(front)
        if named is None:
            found = _source(text, at, near, following) or self._other(near, text[:at])
            named = Named(reference=found[0], end=found[1]) if found else None
        if named is None and (
            work := work_in_front(text[max(0, figure.start() - MAX_FRONT) : figure.start()], self.references)
        ):
            named = Named(reference=work, end=0)
        if named and named.reference and (named.number != 1 or self.own or not self.latest):  # [1] may be the article
            self.latest = named.reference
        return replace(named, end=at + named.end) if named else None

    def _by_number(self, near: str, at: int | None) -> Named | None:
        """Return the reference that the words behind a figure name by its number, or that is named right `at`."""
        between = _BETWEEN.match(near) if at is None else None
        if between is None and at is None:
            return None
        found = _NUMBER.match(near.rstrip(), between.end() if between else (at or 0) + 1)
        if found is None:
            return None
        is_doubtful = found["b"] and not self.references and not (between and between["preposition"])
        return None if is_doubtful else self._of_digits(found, found.end())

    def _of_digits(self, found: re.Match[str], end: int) -> Named | None:
        number = int(next(filter(None, (found[name] for name in "abcd"))).translate(_DIGITS))
        return self._numbered(number, end) if number in self.references or not self.references else None

    def _numbered(self, number: int, end: int) -> Named:
        """Return the reference of a number; the article itself where it is known to be of that number."""
        if number == self.own:
            return Named(reference=None, end=end, number=number)
        words = self.references.get(number, "")
        read = read_citation(words)
        dois = dois_in(words)
        source = read[0] if read else replace(read_styled(words), citation=words[:MAX_CHARACTERS] or f"[{number}]")
        doi = source.doi or (dois[0] if len(dois) == 1 else "")
        return Named(reference=replace(source, doi=doi), end=end, number=number)

    def _in_front(self, words: str) -> Named | None:
        """Return the work that is named in front of its figure."""
        found = _FRONT.search(SENTENCE_END.split(words)[-1] if "(" not in words else words)
        if found is None:
            return None
        if inside := found["inside"]:
            number = int(inside)
            return self._numbered(number, 0) if number in self.references or not self.references else None
        if found["number"]:
            return self._of_digits(found, 0)
        if people := found["people"]:
            year = found["year"]
            return Named(reference=Reference(citation=f"{people} ({year})", authors=(people,), year=int(year)), end=0)
        reference = _of_bracket(found["bracket"] or found["doi"])
        return Named(reference=reference, end=0) if reference else None

    def _other(self, near: str, front: str) -> tuple[Reference, int] | None:
        """Return the other work that the words behind a figure mean; `that paper` is the latest."""
        named = _BEHIND.match(near)
        if named is None:
            return None
        if named["same"] and not named["that"] and _is_within(front):
            return None
        if named["same"] or named["there"]:
            work = self.latest or _announced(front) or (Reference(citation=named["same"]) if named["that"] else None)
            return (work, named.end()) if work else None
        if people := named["people"]:
            year = named["year"]
            return Reference(citation=f"{people} ({year})", authors=(people,), year=int(year)), named.end()
        if not _IS_OTHER.search(named["words"]):
            return None
        bracket = _AFTERWARDS.match(near, named.end())
        words = named["words"].strip()
        if bracket:  # that of a volume and pages only follows the journal's name
            has_name = re.search(r"[^\W\d_]{3}", bracket["words"])
            words = bracket["words"].strip() if has_name else f"{words} ({bracket['words']})"
        dois = dois_in(words)
        doi = dois[0] if len(dois) == 1 else ""
        return Reference(citation=words, doi=doi), (bracket or named).end()


def in_english(text: str) -> str:
    """Return a text in which the words for a figure, and between two of them, are English in place of ten languages.

    A number in front of its figure is then behind it: `S2B Fig`.
    """
    read, count = _FIGURE.subn(_figure, text)
    return _AND.sub(" and ", read) if count or " et " in text else text


def _figure(found: re.Match[str]) -> str:
    if found["front"]:
        return f"Figure {found['front']}"
    return " Figure " if found.string[max(0, found.start() - 1) : found.start()].isalnum() else "Figure "


def work_in_front(words: str, references: Mapping[int, str]) -> Reference | None:
    """Return the other work that is named in front of a figure, in languages that put it there: `論文[1]の図1B`."""
    found = _IN_FRONT.search(words) if max(words, default="") >= _FIRST_WITHOUT_SPACES else None
    if found is None:
        return None
    numbered = references.get(int(found["number"])) if found["number"] else None
    return Reference(citation=(numbered or found[0]).strip())


def _is_within(front: str) -> bool:
    """Tell whether a sentence compares two parts of one figure, of which `the same article` may be the article."""
    numbers = re.findall(r"\b[Ff]ig\w{0,4}\.?\s?(S?[0-9]{1,2})", SENTENCE_END.split(front)[-1])
    return len(numbers) == 2 and numbers[0] == numbers[1]


def _announced(front: str) -> Reference | None:
    """Return the work that a bracket in front cites last: `in our report (Reed, J Ponds 3:4, 2011): …`."""
    brackets = [_of_bracket(found["words"]) for found in _AFTERWARDS.finditer(front)]
    return next((work for work in reversed(brackets) if work), None)


def _of_bracket(words: str) -> Reference | None:
    """Return the work that the words of a bracket cite, None where they cite none."""
    dois = dois_in(words)
    doi = dois[0] if len(dois) == 1 else ""
    read = read_styled(words)
    if doi or (read.journal and read.volume):
        return replace(read, citation=words, doi=doi)
    cited = _AUTHOR_AND_YEAR.match(words)
    return Reference(citation=words, authors=(cited["people"],), year=int(cited["year"])) if cited else None


def _source(text: str, at: int, near: str, following: Sequence[re.Match[str]]) -> tuple[Reference, int] | None:
    """Return the work that the words behind a figure cite, and how many characters cite it; None where none is cited.

    `near` are the words up to the next figure: no bracket behind them is of this one.
    """
    if found := _by_bracket(near):
        return found
    cited = _CITED.match(text[at : at + MAX_BEHIND])
    if cited is None or (following and at + cited.end() > following[0].start()):
        return None
    end = min(len(text), at + MAX_CHARACTERS)
    # it ends at the latest at the next figure with a source of its own
    ends = (one.start() for one in following[:4] if _CITED.match(text[one.end() : one.end() + MAX_BEHIND]))
    behind = text[at + cited.end() : next(ends, end)]
    read = (
        read_citation(behind)
        or _in_brackets(behind)
        or _by_author_and_doi(behind)
        or _up_to_doi(behind)
        or _by_author_and_bracket(behind)
        or _up_to_pages(behind)
    )
    return (read[0], cited.end() + read[1]) if read else None


def _by_bracket(near: str) -> tuple[Reference, int] | None:
    """Return the work that a bracket behind `in an article of others` names by its authors and year."""
    between = _BETWEEN.match(near)
    found = _BRACKET.match(near, between.end()) if between else None
    words = (found["square"] or found["round"]) if found else ""
    cited = _AUTHOR_AND_YEAR.match(words)
    if found is None or cited is None or not (between and (between["preposition"] or " " in cited["people"])):
        read = _in_brackets(near[between.end() :]) if between and between["preposition"] else None
        return (read[0], between.end() + read[1]) if read and between else None
    dois = dois_in(words)
    doi = dois[0] if len(dois) == 1 else ""
    return Reference(citation=words, authors=(cited["people"],), year=int(cited["year"]), doi=doi), found.end()


def _up_to_pages(text: str) -> tuple[Reference, int] | None:
    """Return the work that a text cites up to its volume and pages, where no DOI can be read, and where that ends."""
    tail = _PLACE.search(text[:MAX_BEHIND])
    words = text[: tail.end()].strip() if tail else ""
    if tail is None or not re.match(r"[^\W\d_a-z]", words) or re.search(r"\b(?:is|are|was|were|ha[sd]|have)\b", words):
        return None
    years = set(re.findall(r"\b(?:19|20)[0-9]{2}\b", tail[0]))
    return Reference(citation=words, year=int(years.pop()) if len(years) == 1 else None), tail.end()


def _by_author_and_bracket(text: str) -> tuple[Reference, int] | None:
    """Return the work of `Marsh et al. (J Ponds 12, 1180-1191; 2018)` with which a text begins, and where it ends."""
    people = re.match(rf"\s*(?P<people>{_AUTHOR})\s+(?=[(\[])", text)
    read = _in_brackets(text[people.end() :]) if people else None
    if people is None or read is None:
        return None
    return replace(read[0], authors=(people["people"],)), people.end() + read[1]


def _in_brackets(text: str) -> tuple[Reference, int] | None:
    """Return the citation in brackets with which a text begins, and where it ends: `[J Ponds 110 (2019) 213-223]`."""
    found = _BRACKET.match(text)
    words = (found["square"] or found["round"]) if found else ""
    read = read_styled(words)
    if found is None or not (read.journal and read.volume):
        return None
    dois = dois_in(words)
    return replace(read, citation=words, doi=dois[0] if len(dois) == 1 else ""), found.end()


def _by_author_and_doi(text: str) -> tuple[Reference, int] | None:
    """Return the work of `Marsh et al. 2018 (doi: 10.5555/a.1)` with which a text begins, and where it ends."""
    found = _AUTHOR_AND_DOI.match(text)
    dois = dois_in(found["doi"]) if found else ()
    if found is None or len(dois) != 1:
        return None
    year = int(found["year"]) if found["year"] else None
    return Reference(citation=found[0].strip(), authors=(found["people"],), year=year, doi=dois[0]), found.end()


def _up_to_doi(text: str) -> tuple[Reference, int] | None:
    """Return the work that a text cites, in any style, up to its DOI, and where that ends."""
    first = next(iter(doi_spans(text[:MAX_CITATION])), None)
    if first is None:
        return None
    start, end, doi = first
    read = read_styled(text[:end])
    words = text[:end].strip()
    year = read.year or next((int(found) for found in re.findall(r"\b(?:19|20)[0-9]{2}\b", text[:start])), None)
    is_one_sentence = SENTENCE_END.search(re.sub(r"\b[A-Z][a-z]{0,6}\.", "", text[:start])) is None
    if text[:start].strip(" ([").lower() in {"", "doi", "doi:", "https://doi.org/", "http://dx.doi.org/"}:
        return Reference(citation=text[:end].strip(), doi=doi), end
    if year is None or not (is_one_sentence or (read.authors and read.volume)):
        return None
    return replace(read, citation=words, year=year, doi=doi), end

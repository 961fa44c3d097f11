# ruff: noqa: RUF001 - dashes of several kinds are meant
"""Where a notice prints its DOIs, and what is printed with each of them, as plain values.

Nothing is decided here: `doi_decision` weighs the values of all DOIs together.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from watermark.notice.doi import doi_spans, dois_in
from watermark.notice.extraction.article_numbers import (
    VOLUME_OF_ARTICLE,
    ends_with_number,
    has_numbers,
    has_other_numbers,
    has_pages,
    numbers_of_article,
)
from watermark.notice.extraction.behind_title import MIN_TITLE_LETTERS, QUOTED
from watermark.notice.extraction.citation_roles import (
    EDITORS,
    announces_article,
    is_another_title,
    is_called_original,
    is_introduced,
    is_introduced_inside,
    is_of_another_publication,
    is_to_cite_page,
    leads_to_another_work,
)
from watermark.notice.extraction.citation_styles import read_styled
from watermark.notice.extraction.role_cues import WORK
from watermark.notice.extraction.state_phrases import is_label_in_place, parse_state, split_title_label
from watermark.notice.extraction.zones import begins_with_number, is_prose
from watermark.notice.model import DoiRole
from watermark.notice.text_blocks import Block, letters
from watermark.runtime.expressions import expression

MAX_UNIT, MAX_LINES_ABOVE, MAX_BEHIND = 600, 4, 160
MIN_WORDS = 10
"""Letters in front of a DOI from which on they say something about it."""
_RESOLVER = expression(
    r"\W*(?:(?:https?:|(?:dx\.)?doi\.org|www\.|digital object identifier|article doi|doi)\W*){0,4}$", re.IGNORECASE
)
_NAME = expression(r"10\.[0-9]{4,9}/\S+")
_YEAR = expression(r"(?<![0-9./:–-])(?:19[5-9]|20[0-4])[0-9](?![0-9/–-])")
MAX_HEADING = 80
MAX_PRINTS = 200
MIN_TITLE_WORDS, MIN_TITLE_EASTERN = 4, 6
_ELSEWHERE = expression(
    r"(?:recommended|similar|related|suggested|popular|most[ -](?:read|cited)|trending|latest|more|other|cited"
    r"|citing|further|recently published)[ -](?:(?:\w+ ){0,2}?(?:articles|papers|content|reading|publications|works"
    r"|by(?: \(?[0-9]+\)?)?|in this issue)|articles? (?:by|in|from) .{2,60})\W*|cited by(?: \(?[0-9,]+\)?)?\W*"
    r"|articles citing this|cited in\W*|people also (?:read|looked at).{0,20}|recommendations?|see also\W*"
    r"|you (?:may|might) (?:also )?(?:like|be interested in).{0,20}",
    re.IGNORECASE,
)
"""The heading of a list that a page has of other articles."""
_RETRACTS = expression(r"\b(?:retract|withdr[ae]w|concern|reinstat|removed)\w*", re.IGNORECASE)
_SENTENCE_START = expression(r"(?<!et al)[.!?]\s+(?=(?:The|This|These|We|In|It|Our|At|As|On|However|A|An)\s)")
_KEY = expression(
    r"(?:^|[\s;{,\"])((?:[a-z]{2,16}[_-]){1,3}[a-z]{2,16})\"?\s?[:=]\s*\"?(?:https?://\S{0,20})?$", re.IGNORECASE
)
_OWN_KEYS = frozenset({"self", "own", "this", "notice"})
_ARTICLE_KEYS = frozenset({"rel", "related", "article", "original", "orig", "retracted", "target", "parent"})
_TELLS = expression(r"\b(?:that|wrote|it is|told|asked|found|noted)\b", re.IGNORECASE)
"""Words of a sentence, which a citation has not."""
_CALLED_WORK = expression(
    rf"\bpublished (?:an?|the|our) (?:\w+ ){{0,3}}(?:{WORK}|trial|essay|survey|meta-analysis)\b[^“”\"]{{0,160}}"
    r"(?:[“\"][^“”\"]{8,400}[”\"][^“”\"]{0,160})?$"
    rf"|^(?:The|This|Our) (?:\w+ )?{WORK}\b[^“”\"]{{0,60}} by [^“”\"]{{3,300}}$"
    rf"|\b(?:an?|the|this|our|its) (?:\w+ ){{0,2}}(?:{WORK}|trial|essay|survey|meta-analysis)\b[^.;“”]{{0,60}}"
    r"\b(?:published|appeared|printed) (?:online )?(?:in|on)\b[^;“”]{0,200}$",
    re.IGNORECASE,
)
_IN_ITS_CITATION = expression(
    rf"\b(?:the|this|our|an?) (?:\w+ ){{0,3}}?{WORK} (?:by|of|from) [^“”()\[\]]{{3,120}}[(\[][^()\[\]]{{20,500}}$",
    re.IGNORECASE,
)
"""The article in a sentence, with its citation in brackets: `about the article by Roe and others (Roe A. …`."""
_MENTIONED_IN = "is mentioned in:"
"""How the page of a notice names its article."""
_BRACKETS_AT_END = expression(r"\[(?P<cited>[^\W\d_][^\[\]]{8,160})\]\.?$")


class Zone(StrEnum):
    """The part of a notice in which a DOI is printed."""

    TITLE = "the title line"
    HEADING = "the heading"
    SENTENCE = "a sentence"
    LINE = "a line between or below the sentences"
    REFERENCE = "the list of references"
    ELSEWHERE = "a list of other articles"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedDoi:
    """One place at which a DOI is printed, and what is printed with it.

    Its unit is the words that it ends: those in front of it, or the lines above where it is alone on its line.
    `has_title` tells that the article's title is in the unit, `is_below_heading` that this is only the title in the
    heading of the notice, `has_numbers` that the unit or the DOI has the numbers with which the notice's title cites
    the article, `has_other_numbers` that it is in the heading with those of another page,
    `is_bracketed` that a citation in brackets ends the sentence, and `label` the line of the unit that
    bears the label of a notice.
    """

    doi: str
    zone: Zone
    is_alone: bool
    has_title: bool
    is_below_heading: bool
    has_numbers: bool
    has_other_numbers: bool
    is_bracketed: bool
    label: str
    is_introduced: bool
    is_of_another: bool
    is_retracting: bool
    is_called_work: bool
    is_called_original: bool
    is_citation: bool
    key_role: DoiRole | None
    years: tuple[int, ...]
    has_pages: bool

    @property
    def names_article(self) -> bool:
        """Tell whether the words around it name the article: by its title, an introduction, or a key."""
        return self.has_title or self.is_introduced or self.key_role is DoiRole.ARTICLE


@dataclass(frozen=True, slots=True)
class Printing:
    """The blocks of a notice in which DOIs are printed, with what is known of them."""

    found: Sequence[Block]
    listed: frozenset[int]
    first_sentence: int
    title: str
    article_title: str
    numbers: tuple[str, ...]

    @classmethod
    def of(cls, found: Sequence[Block], listed: Sequence[Block], title: str, article_title: str) -> Self:
        """Return the blocks of a notice; `listed` are those from its list of references on."""
        first = next((number for number, block in enumerate(found) if is_prose(block)), len(found))
        return cls(found, frozenset(map(id, listed)), first, title, article_title, numbers_of_article(title, found))

    def prints(self) -> Iterator[PrintedDoi]:
        """Yield each print of each DOI, in order."""
        elsewhere = False
        count = 0
        for number, block in enumerate(self.found):
            words = block.words
            if len(words) < MAX_HEADING and _ELSEWHERE.fullmatch(words.strip()):
                elsewhere = True
            elif elsewhere and (is_introduced(words) or split_title_label(words)[1] or self._is_past_list(number)):
                elsewhere = False
            position = 0
            zone = Zone.ELSEWHERE if elsewhere else self._zone(number)
            for start, end, doi in doi_spans(words):
                yield self._print(doi, zone, number, (position, start, end))
                position, count = end, count + 1
                if count > MAX_PRINTS:
                    return

    def _is_past_list(self, number: int) -> bool:
        """Tell whether a list of other articles is over: the references begin, or sentences follow its heading."""
        block, above = self.found[number], self.found[number - 1]
        if id(block) in self.listed:
            return id(above) not in self.listed
        return is_prose(block) and not dois_in(block.words) and _ELSEWHERE.fullmatch(above.words.strip()) is not None

    def _zone(self, number: int) -> Zone:
        block = self.found[number]
        if id(block) in self.listed:
            return Zone.REFERENCE if block.is_item or _YEAR.search(block.words) else Zone.LINE
        if block.words == self.title:
            return Zone.TITLE
        if is_prose(block):
            return Zone.SENTENCE
        if number < self.first_sentence:
            return Zone.HEADING
        return Zone.REFERENCE if begins_with_number(block.words) else Zone.LINE

    def _print(self, doi: str, zone: Zone, number: int, span: tuple[int, int, int]) -> PrintedDoi:
        words, (position, start, end) = self.found[number].words, span
        before = _RESOLVER.sub("", words[max(position, start - MAX_UNIT) : start])
        behind = re.split(r"10\.[0-9]{4,9}/", words[end : end + MAX_BEHIND])[0]
        is_alone = len(re.findall(r"[^\W_]", before)) < MIN_WORDS and zone is not Zone.SENTENCE
        above, lead = self._above(number) if is_alone else self._title_above(number, zone)
        if zone is Zone.SENTENCE:
            before = _SENTENCE_START.split(before)[-1]
        own = " ".join((*(one for one in above if not (_is_labelled(one) or _MENTIONED_IN in one)), before))
        if VOLUME_OF_ARTICLE.search(own):
            own = before = ""
        unit = " ".join((*above, before)).strip()
        sentence = f"{_SENTENCE_START.split(words[max(0, start - MAX_UNIT) : start])[-1]} "
        has_title = _has_title(unit, self.article_title)
        has_numbers_ = has_numbers(_NAME.sub(" ", own), self.numbers) or ends_with_number(doi, self.numbers)
        is_introduced_ = announces_article(lead) or _is_introduced(lead, unit)
        return PrintedDoi(
            doi=doi,
            zone=zone,
            is_alone=is_alone,
            has_title=has_title,
            is_below_heading=has_title and not _has_title(before, self.article_title) and self._is_first(number),
            has_numbers=has_numbers_,
            has_other_numbers=zone is Zone.HEADING and has_other_numbers(doi, _NAME.sub(" ", own), self.numbers),
            is_bracketed=zone is Zone.SENTENCE and self._ends_in_brackets(words[max(0, start - MAX_UNIT) :]),
            label=next((line for line in (before, *reversed(above)) if _is_labelled(line)), ""),
            is_introduced=is_introduced_ and not _TELLS.search(before),
            is_of_another=self._is_of_another(zone, before, own, lead, has_title=has_title or has_numbers_),
            is_retracting=_RETRACTS.search(sentence + _SENTENCE_START.split(behind)[0]) is not None,
            is_called_work=_CALLED_WORK.search(before) is not None,
            is_called_original=is_called_original(words),
            is_citation=zone in {Zone.HEADING, Zone.LINE} and _is_citation(before),
            key_role=_role_of_key(words[max(0, start - MAX_HEADING) : start]),
            years=_years_in(own) or _years_in(behind),
            has_pages=has_pages(own),
        )

    def _is_of_another(self, zone: Zone, before: str, own: str, lead: str, *, has_title: bool) -> bool:
        """Tell whether a DOI is printed with another work than the article and its notice."""
        rest = re.sub(re.escape(self.article_title), " ", own, flags=re.IGNORECASE) if self.article_title else own
        rest = QUOTED.sub(" ", rest)
        is_led = not announces_article(lead) and leads_to_another_work(lead)
        if is_led or is_of_another_publication(_without_label(rest)):
            return True
        if zone is Zone.SENTENCE:  # its subject may be the editors, who tell of the article
            return has_title and EDITORS.search(before) is not None and not _IN_ITS_CITATION.search(before)
        return EDITORS.search(before) is not None if has_title else self._cites_another(before)

    def _ends_in_brackets(self, words: str) -> bool:
        """Tell whether words end with a citation of the notice's own journal in square brackets, without authors."""
        found = _BRACKETS_AT_END.search(words)
        cited = read_styled(found["cited"]) if found else None
        if cited is None or cited.authors or not cited.journal:
            return False
        return any(block.words.casefold() == cited.journal.casefold() for block in self.found[: self.first_sentence])

    def _words(self, number: int) -> str:
        return self.found[number].words if 0 <= number < len(self.found) else ""

    def _above(self, number: int) -> tuple[list[str], str]:
        """Return the lines above a DOI that is alone, which describe it, and the line above these."""
        lines: list[str] = []
        for place in range(number - 1, max(-1, number - 1 - MAX_LINES_ABOVE), -1):
            words = self.found[place].words
            is_item = self.found[place].is_item or begins_with_number(words)
            if (
                dois_in(words)
                or is_item
                or is_prose(self.found[place])
                or is_to_cite_page(words)
                or len(words) > MAX_UNIT
            ):
                return lines[::-1], "" if dois_in(words) else words
            if is_introduced(words) or parse_state(words) is not None:
                return lines[::-1], words
            lines.append(words)
            if split_title_label(words)[1] is not None:
                return lines[::-1], self._words(place - 1)
        return lines[::-1], ""

    def _title_above(self, number: int, zone: Zone) -> tuple[list[str], str]:
        """Return the line above the citation that a DOI ends, where it is the article's title, and the line above."""
        words = self._words(number - 1)
        is_title = zone is not Zone.SENTENCE and len(words) < MAX_UNIT and not dois_in(words)
        if is_title and _has_title(words, self.article_title) and not is_prose(self.found[number - 1]):
            return [words], self._words(number - 2)
        return [], words

    def _is_first(self, number: int) -> bool:
        """Tell whether the title above a block is that of the heading: no line further above has it."""
        above = self.found[: max(0, number - MAX_LINES_ABOVE)]
        return not any(_has_title(block.words, self.article_title) for block in above[:MAX_HEADING])

    def _cites_another(self, words: str) -> bool:
        """Tell whether words cite a work with another title than the article's."""
        cited = read_styled(words)
        return bool(cited.year and cited.title) and (
            is_another_title(cited.title, self.article_title) or bool(cited.authors and self.article_title)
        )


def _role_of_key(before: str) -> DoiRole | None:
    """Return the role that the key of a record gives the DOI behind it: `doi_self: …`, `rel_doi: …`."""
    found = _KEY.search(before)
    parts = set(re.split(r"[_-]", found[1].casefold())) if found else set()
    is_own, is_other = bool(parts & _OWN_KEYS), bool(parts & _ARTICLE_KEYS)
    return None if is_own == is_other else DoiRole.NOTICE if is_own else DoiRole.ARTICLE


def _is_citation(words: str) -> bool:
    cited = read_styled(words)
    return bool(cited.authors and cited.year)


def _is_introduced(lead: str, unit: str) -> bool:
    return is_introduced(lead) or is_introduced_inside(unit)


def _is_labelled(words: str) -> bool:
    return split_title_label(words)[1] is not None and not is_label_in_place(words)


def _without_label(words: str) -> str:
    rest, state = split_title_label(words)
    return rest if state else words


def _years_in(words: str) -> tuple[int, ...]:
    return tuple(int(year) for year in _YEAR.findall(_NAME.sub(" ", words)))


def _has_title(unit: str, title: str) -> bool:
    """Tell whether a unit has the title, or nearly all of its words."""
    wanted = letters(title)
    if len(wanted) < MIN_TITLE_LETTERS and (wanted.isascii() or len(wanted) < MIN_TITLE_EASTERN):
        return False
    if wanted in letters(unit):
        return True
    words = _words_of(title)
    return len(words) >= MIN_TITLE_WORDS and len(words - _words_of(unit)) <= len(words) // 8


def _words_of(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"[^\W_]+", text.casefold()) if len(word) > 2)

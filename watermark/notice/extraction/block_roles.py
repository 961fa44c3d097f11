# ruff: noqa: RUF001 - punctuation of other scripts is meant
"""The role that the form of a block, its position and its neighbours give to the DOIs in it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from watermark.notice.dates import dates_in
from watermark.notice.doi import dois_in
from watermark.notice.extraction.article_numbers import (
    VOLUME_OF_ARTICLE,
    ends_with_its_place,
    is_above_its_story,
    is_cited_as_notice,
    is_cited_behind_label,
    is_cited_by_years,
    is_place_behind_label,
    is_published_before,
)
from watermark.notice.extraction.citation import PROSE_START
from watermark.notice.extraction.citation_roles import (
    INTRODUCED,
    announces_article,
    has_its_title,
    has_year_of,
    is_another_title,
    is_below_the_article,
    is_bracketed_citation,
    is_introduced_inside,
    is_of_another_publication,
    is_to_cite_notice,
    is_too_early,
    is_whole_citation,
    leads_to_another_work,
    retracts_what_is_above,
    role_by_title,
    says_no_more,
)
from watermark.notice.extraction.citation_styles import read_styled
from watermark.notice.extraction.dated_lines import (
    MAX_DATED,
    dates_beside,
    has_day,
    is_beside_a_date,
    is_beside_publication,
    own_dates,
    own_year,
)
from watermark.notice.extraction.doi_roles import (
    ABOVE_ITS_RETRACTION,
    BELOW_EARLIER,
    BESIDE_A_DATE,
    CITATION_OF_THE_NOTICE,
    CITED_BELOW,
    EARLIER,
    OWN_CITATION,
    Passage,
    has_another_label,
    is_of_another_kind,
    label_passage,
)
from watermark.notice.extraction.heading import MAX_HEAD, has_title_below
from watermark.notice.extraction.journal_lines import is_another_journal, journals_of_heading
from watermark.notice.extraction.role_cues import names_another_work
from watermark.notice.extraction.state_phrases import split_title_label
from watermark.notice.extraction.zones import Zones, begins_with_number, is_head_line, is_prose
from watermark.notice.model import DoiRole
from watermark.notice.text_blocks import Block
from watermark.runtime.expressions import expression

ANOTHER_KIND = "a notice of another kind"
BELOW_ITS_TITLE, BELOW_A_BRACKET = "below the article's title", "below a citation in brackets"
RETRACTION_OF = expression(
    r"(?:an? )?(?:retraction|expression of concern) (?:of|on|about|for|to|regarding) the (?:[a-z]{1,30}"
    r" ){1,4}article\W*"
    r"|this is an? (?:retraction|withdrawal|(?:editorial )?expression of concern) (?:of|on|about|for|to"
    r"|regarding)\s?[:：]",
    re.IGNORECASE,
)
_QUOTED_LABEL = expression(r"[^“\"]{5,50}[“\"].{3,600}[”\"]\.?$")
ORIGINAL_IS_AT = expression(
    r"(?:(?:for|to (?:see|read|view)|see|read|view|link to) )?"
    r"(?:the )?(?:(?:online|digital|full|published) )?(?:version of (?:the |this )?)?(?:original (?:article|paper"
    r"|publication|version)|retracted (?:article|paper)|(?:article|paper) (?:being )?retracted)\b"
    r"[^:.]{0,60}\b(?:at|under|via|here|see|visit|click|go to|refer to)\b"
    r"|this (?:retraction|notice|note|statement|withdrawal|expression of concern)(?: (?:notice|note|statement))?"
    r" (?:relates|refers|applies) to\b",
    re.IGNORECASE,
)
_ONLY_LABEL_AND_DOI = expression(
    r"(?:retraction|withdrawal|expression of concern) (?:notice|note|statement)\s?:\s?"
    r"(?:https?://\S+|(?:doi:? ?)?10\.\S+)",
    re.IGNORECASE,
)
_VOLUME_AND_DOI = expression(
    r"vol(?:ume|\.) ?[0-9]{1,4},? [^.:;]{0,60}[^:;]{0,40}\b(?:19|20)[0-9]{2}\b[^:;]{0,12}(?:https?:|doi)", re.IGNORECASE
)
"""A paragraph that begins with the article's volume, year and DOI, as the notices of one publisher do."""
_TO_CITE = expression(r"(?:to )?(?:cite|link to) this (?:article|page|document)\s?[:：]?\s*", re.IGNORECASE)
_LABEL_INSIDE = expression(
    r"(?<!^)(?<!this is a )(?<!this is an )\b(?:retraction|expression of concern|withdrawal|removal)"
    r"(?: (?:note|notice|statement))?(?: (?:to|of|for|on))?:",
    re.IGNORECASE,
)
LABEL_AND_STOP = expression(
    r"(?:notice of )?(?:retraction|withdrawal|expression of concern)(?: (?:notice|note))?\.\s", re.IGNORECASE
)
_TELLS = expression(
    r"\b(?:compare|cf\.|see|told|thank\w*|us|we|they|authors? of|informed|wrote|asked|noted|readers?|similar\w*"
    r"|has been)\b",
    re.IGNORECASE,
)
"""Words of a short sentence about another work, which the line of the notice's own DOI has not."""
_QUOTED_TITLE = expression(r"[“\"«„][^“”\"«»„]{12,600}[”\"»“]")
ONLY_A_DOI = expression(
    r"\W*(?:(?:paper|article) (?=10\.|doi|https?:))?(?:https?:|doi\b|10\.|www\.\S{4,60}/10\."
    r"|digital object identifier)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadedBlocks:
    """The blocks of a notice below its title, and what is known of them all.

    `found` are all blocks with the labelled lines, `positions` where each is in it, `dates` those that the labelled
    lines and the heading give for the notice, `year` its newest year (0 for none), and `journals` the lines of the
    heading that name a journal.
    """

    title: str
    article_title: str
    found: Sequence[Block]
    body: Sequence[Block]
    zones: Zones
    positions: Mapping[int, int]
    dates: tuple[str, ...]
    year: int
    journals: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, title: str, article_title: str, found: Sequence[Block], body: Sequence[Block], zones: Zones) -> Self:
        """Return the blocks with the dates that the labelled lines of the notice give."""
        return cls(
            title=title,
            article_title=article_title,
            found=found,
            body=body,
            zones=zones,
            positions={id(block): place for place, block in enumerate(found)},
            dates=own_dates(found),
            year=own_year(found),
            journals=journals_of_heading(found),
        )

    def lead(self, number: int) -> str:
        """Return the words of the block above a block of the body; an empty string for the first."""
        return self.body[number - 1].words if number else ""

    def passage(self, number: int) -> Passage:
        """Return the passage of one block of the body, with the role that its form and its neighbours decide."""
        block, lead = self.body[number], self.lead(number)
        words = block.words
        if not dois_in(words) and "10." not in words:
            about, state = split_title_label(words)
            role = DoiRole.ARTICLE if state and about and not is_prose(block) and len(words) < 600 else None
            return Passage(words=words, role=role)
        if evidence := self._introduction(number):
            return Passage(words=words, role=DoiRole.ARTICLE, evidence=evidence)
        is_placed = (
            number <= self.zones.first_sentence or lead.rstrip().endswith((":", "：")) or announces_article(lead)
        )
        by_title = role_by_title(words, lead, self.article_title) if not PROSE_START.match(words) else None
        if by_title and (is_placed or by_title[0] is DoiRole.NOTICE or by_title[1] == INTRODUCED):
            is_own = by_title[0] is DoiRole.NOTICE
            return self._of_notice(words) if is_own else Passage(words=words, role=by_title[0], evidence=by_title[1])
        is_volume = _VOLUME_AND_DOI.match(words) is not None and len(dois_in(words)) == 1
        if is_volume and is_too_early(words[:MAX_DATED].split("10.")[0], self._years()):
            return Passage(words=words, role=DoiRole.ARTICLE, evidence=EARLIER)
        return Passage(words=words, lead=lead) if is_prose(block) else self._of_line(number)

    def _introduction(self, number: int) -> str:
        """Return what introduces a block as the retracted article; an empty string where nothing does."""
        words, lead = self.body[number].words, self.lead(number)
        if self._is_announced(number):
            return "below the announcement of the retracted article"
        if self._is_above_its_retraction(number):
            return ABOVE_ITS_RETRACTION
        if ends_with_its_place(words):
            return "the place of the article at the end"
        is_inside = is_introduced_inside(words) and len(dois_in(words)) == 1 and not leads_to_another_work(lead)
        return INTRODUCED if is_inside else ""

    def _is_above_its_retraction(self, number: int) -> bool:
        """Tell whether a block is a citation, and the next one begins with `The above article … has been retracted`."""
        words = self.body[number].words
        below = self.body[number + 1].words if number + 1 < len(self.body) else ""
        if len(dois_in(words)) != 1 or is_of_another_publication(words):
            return False
        if not retracts_what_is_above(below):
            return is_above_its_story(words, below, self.year)
        cited = read_styled(words)
        return bool((cited.authors or cited.volume) and cited.year) and not is_another_title(
            cited.title, self.article_title
        )

    def _of_notice(self, words: str) -> Passage:
        """Return the passage of a line that cites a notice by its label: this one, or one of another kind."""
        if has_another_label(self.title, words):
            return Passage(words=words, role=DoiRole.REFERENCE, evidence=ANOTHER_KIND)
        return Passage(words=words, role=DoiRole.NOTICE, evidence=CITATION_OF_THE_NOTICE)

    def _is_announced(self, number: int) -> bool:
        words = self.body[number].words
        lead = self.lead(number) if number else self._title_above()
        place = lead if ONLY_A_DOI.match(words) else words
        is_place = is_cited_behind_label(place, self.year) or (number > 0 and is_cited_behind_label(place, 0))
        is_place = is_place and not is_of_another_kind(self.title, place)
        if RETRACTION_OF.fullmatch(lead) or is_place:
            return len(dois_in(words)) == 1
        above = self.body[number - 2].words if number > 1 else ""
        return bool(RETRACTION_OF.fullmatch(above) and re.match(r"by\s", words, re.IGNORECASE))

    def _title_above(self) -> str:
        """Return the title line of the notice where it is directly above the first block; else an empty string."""
        place = self.positions.get(id(self.body[0]), 0)
        return self.title if place and self.found[place - 1].words == self.title else ""

    def _of_line(self, number: int) -> Passage:
        """Return the passage of a line that is not a sentence."""
        block, lead = self.body[number], self.lead(number)
        words = block.words
        is_labelled = split_title_label(words)[1] is not None
        own = _TO_CITE.match(words)
        if (own or is_cited_as_notice(words)) and len(dois_in(words)) == 1:
            return self._of_the_page(words[own.end() if own else 0 :])
        if ORIGINAL_IS_AT.match(words):
            return Passage(words=words, lead=lead)
        if has_day(words) and not is_labelled:
            return Passage(words=words, role=DoiRole.NOTICE, evidence=OWN_CITATION)
        is_own = (is_to_cite_notice(lead) or is_cited_by_years(words)) and len(dois_in(words)) == 1
        if is_own or (_LABEL_INSIDE.search(words[:1200]) and not is_labelled):
            return self._of_notice(words)
        labelled = label_passage(words, lead)
        if labelled is not None:
            return self._of_label(labelled)
        is_bare = ONLY_A_DOI.match(words) and len(words) < 120
        return self._of_bare_doi(number) if is_bare else self._of_citation(number)

    def _of_the_page(self, words: str) -> Passage:
        """Return the passage of a line that tells how the page is to be cited: it has the page's own DOI."""
        if is_cited_as_notice(words) and not is_another_title(read_styled(words).title, self.article_title):
            return Passage(words=words, role=DoiRole.NOTICE, evidence=CITATION_OF_THE_NOTICE)
        return Passage(words=words, candidate=says_no_more(words))

    def _of_label(self, labelled: Passage) -> Passage:
        """Return the passage of a line with a label in front: the article's, unless the label is of another kind."""
        words = labelled.words
        if _ONLY_LABEL_AND_DOI.fullmatch(words):
            return Passage(words=words, lead=labelled.lead, candidate=True)  # no word shows whose DOI it is
        if is_of_another_kind(self.title, words):
            return Passage(words=words, role=DoiRole.REFERENCE, evidence=ANOTHER_KIND)
        # behind a full stop, the journal may be that of the notice: `Retraction. Journal 2019;9:e1`
        is_open = LABEL_AND_STOP.match(words) and dates_in(words) and self.article_title
        return Passage(words=words, lead=labelled.lead, candidate=True) if is_open else labelled

    def _of_citation(self, number: int) -> Passage:
        """Return the passage of a line with a DOI among other words, as a citation or the journal's own line."""
        block, lead = self.body[number], self.lead(number)
        words = block.words
        if evidence := self._evidence_in(number):
            return Passage(words=words, role=DoiRole.ARTICLE, evidence=evidence)
        is_other = is_of_another_publication(words)
        is_short = is_head_line(block) and len(words) < 240 and not is_other and not begins_with_number(words)
        announced = lead.rstrip().endswith((":", "："))
        if is_short and not announced and not block.is_item and self._is_earlier(words):
            return Passage(words=words, role=DoiRole.ARTICLE, evidence=EARLIER)
        cited = read_styled(words)
        is_foreign = bool(cited.year and cited.volume) and is_another_journal(cited.journal, self.journals, words)
        is_own = is_short and not announced and not block.is_item and not is_foreign and not _TELLS.search(words)
        if is_own and self._is_beside_a_date(block, words):
            return Passage(words=words, role=DoiRole.NOTICE, evidence=BESIDE_A_DATE)
        if is_own and any(int(date[:4]) >= max(self._years(), default=0) for date in dates_in(words)):
            return Passage(words=words, role=DoiRole.NOTICE, evidence=BESIDE_A_DATE)
        is_line = (number < self.zones.first_sentence and not is_other) or (is_short and not announced)
        is_candidate = (
            is_line
            and not is_foreign
            and not is_too_early(words, self._years())
            and says_no_more(words)
            and not _is_citation(words)
        )
        return Passage(words=words, lead=lead, candidate=is_candidate)

    def _evidence_in(self, number: int) -> str:
        """Return what makes a line with a DOI the article's citation by its position; an empty string for nothing."""
        words = self.body[number].words
        if number == 0 and re.match(r"by\s", words) and _QUOTED_LABEL.match(self.title):
            return "the authors and the citation below the title"
        if PROSE_START.match(words) or is_of_another_publication(words) or self.body[number].is_item:
            return ""
        is_open = number == 0 and not self.article_title and has_title_below(self.body[1:MAX_HEAD])
        if number == 0 and not dates_in(words) and not is_open and self._is_cited(words):
            return CITED_BELOW
        is_below = len(dois_in(words)) == 1 and is_below_the_article(self._above(number), self.article_title)
        return BELOW_ITS_TITLE if is_below else ""

    def _is_earlier(self, words: str) -> bool:
        cited = read_styled(words)
        is_another = not has_its_title(cited.title, self.article_title) or (
            not cited.title and is_another_journal(cited.journal, self.journals, words)
        )
        return is_too_early(words, self._years()) and not is_another

    def _is_cited(self, words: str) -> bool:
        cited = read_styled(words)
        return bool(cited.authors and cited.year) and has_its_title(cited.title, self.article_title)

    def _above(self, number: int) -> list[str]:
        return [one.words for one in self.body[max(0, number - 5) : number]]

    def _years(self) -> tuple[int, ...]:
        """Return the year of the newest date: a notice is younger than what it cites."""
        return (max(int(date[:4]) for date in self.dates),) if self.dates else ()

    def _of_bare_doi(self, number: int) -> Passage:
        """Return the passage of a line that is a DOI alone: behind a label, beside a date, or a candidate."""
        words, lead = self.body[number].words, self.lead(number)
        if by_label := self._below_label(words, lead):
            return by_label
        is_announced = lead.rstrip().endswith((":", "："))
        if evidence := "" if is_announced else self._evidence_above(number):
            return Passage(words=words, role=DoiRole.ARTICLE, evidence=evidence)
        above = lead if number else self._title_above()
        # the place behind a label may be that of the article or of the notice, and so may what is dated before it
        if is_announced or is_place_behind_label(above) or is_published_before(words, self.dates):
            return Passage(words=words, lead=lead)
        if self._is_beside_a_date(self.body[number]):
            return Passage(words=words, role=DoiRole.NOTICE, evidence=BESIDE_A_DATE)
        return Passage(words=words, lead=lead, candidate=not is_whole_citation(lead))

    def _below_label(self, words: str, lead: str) -> Passage | None:
        """Return the passage of a DOI below a line with the label of a notice and a year; None below other lines."""
        if is_cited_by_years(lead):
            return self._of_notice(words)
        is_labelled = split_title_label(lead)[1] is not None
        if is_labelled and is_of_another_kind(self.title, lead):
            return Passage(words=words, role=DoiRole.REFERENCE, evidence=ANOTHER_KIND)
        is_dated = is_labelled and re.search(r"\([12][0-9]{3}\)|\b(?:19|20)[0-9]{2}\b", lead)
        is_articles = is_dated and not has_day(lead) and not is_place_behind_label(lead)
        return Passage(words=words, role=DoiRole.ARTICLE, evidence=lead[:80]) if is_articles else None

    def _evidence_above(self, number: int) -> str:
        """Return what the lines above a DOI say that makes it the article's; an empty string where they say nothing."""
        lead, words = self.lead(number), self.body[number].words
        is_alone = sum(bool(dois_in(block.words)) for block in self.found) < 2
        is_before = is_published_before(words, self.dates) and not is_alone
        if dates_in(words) and (is_too_early(words, self._years()) or is_before):
            return EARLIER
        if is_below_the_article(self._above(number), self.article_title):
            return BELOW_ITS_TITLE
        if is_bracketed_citation(lead) and split_title_label(self.title)[1] is not None:
            return BELOW_A_BRACKET
        if VOLUME_OF_ARTICLE.match(lead) and re.match(r"\W*doi\b", words, re.IGNORECASE):
            return ""  # the notice's own DOI below the article's volume, as one publisher prints it
        is_below = self.positions.get(id(self.body[number - 1])) == self.positions.get(id(self.body[number]), 0) - 1
        if is_below and lead and not dates_in(lead) and not dois_in(lead) and is_too_early(lead, self._years()):
            return BELOW_EARLIER
        return ""

    def is_of_the_journal(self, block: Block) -> bool:
        """Tell whether a line below the references is the notice's own: its journal and year, and no other words."""
        cited = read_styled(block.words)
        is_bare = bool(cited.journal and cited.volume and len(dois_in(block.words)) == 1) and not block.is_item
        if not is_bare or cited.authors or cited.title or names_another_work(block.words):
            return False
        first = self.body[self.zones.listed : self.zones.listed + 1]
        return bool(first and first[0].is_item) and cited.year in self._years()

    def is_beside_publication(self, block: Block) -> bool:
        """Tell whether the line above or below a block gives the day of publication, under that name."""
        return is_beside_publication(self._beside(block))

    def _is_beside_a_date(self, block: Block, words: str = "") -> bool:
        """Tell whether the line above or below gives the notice's date, and no line there describes the article.

        A year in `words` must be that of the date.
        """
        dates = dates_beside(self._beside(block))
        return has_year_of(words, [*self.dates, *dates]) and is_beside_a_date(self._beside(block))

    def _beside(self, block: Block) -> list[Block]:
        place = self.positions.get(id(block), -1)
        return [self.found[n] for n in (place - 1, place + 1) if place >= 0 and 0 <= n < len(self.found)]


def _is_citation(words: str) -> bool:
    """Tell whether a line cites a work with its authors or its title, and not the journal of the notice alone."""
    return bool(_QUOTED_TITLE.search(words) or read_styled(words).authors)

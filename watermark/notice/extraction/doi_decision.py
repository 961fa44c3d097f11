"""Which DOI is the article's and which the notice's own, decided over all DOIs of a notice together.

Each piece of evidence adds its weight for one of the two roles. A DOI gets a role where its evidence is enough and no
other DOI comes near; a tie leaves the role empty. Where one of the two is known and one other DOI is left without a
role of its own, less evidence is enough for that one.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from watermark.notice.doi import dois_in
from watermark.notice.extraction.article_numbers import is_numbered_before, is_suffixed
from watermark.notice.extraction.citation_roles import MIN_YEARS_EARLIER, tells_of_a_duplicate
from watermark.notice.extraction.dated_lines import own_year
from watermark.notice.extraction.doi_roles import (
    BESIDE_A_DATE,
    BY_POSITION,
    BY_TITLE,
    BY_YEAR,
    CITATION_OF_THE_NOTICE,
    EARLIER,
    IN_HEADING_OR_FOOT,
    OWN_CITATION,
    SEVERAL_MAY_BE_IT,
    Claims,
)
from watermark.notice.extraction.own_page import is_page_of_article, is_record_of_article
from watermark.notice.extraction.printed_dois import PrintedDoi, Zone
from watermark.notice.extraction.state_phrases import is_label_in_place
from watermark.notice.model import ROLE_NOT_SHOWN, DoiMention, DoiRole
from watermark.notice.text_blocks import Block
from watermark.runtime.expressions import expression

ENOUGH, MARGIN, ENOUGH_OF_REST = 4, 2, 2
CERTAIN, SAID, BY_PLACE = 8, 6, 4
"""The weights of words that name the title or the label, of other words, and of a place beside a date."""
_REINSTATES = expression(r"rein(?:statement)?[0-9]?$", re.IGNORECASE)
_FORM = expression(r"\.(?P<kind>[mw])[0-9]{3}\.[0-9]{6}$")
"""How biochemical journals number manuscripts (`M110.167881`) and notices of withdrawal (`W118.005512`)."""
_CITES_THE_ARTICLE = expression(r"\bet al\b[^\n]{0,400}\b(?:19|20)[0-9]{2}\b")
"""The title of a notice that cites the article: `RETRACTED: Marsh et al. Ponds in Towns. Ponds 2020, 12, 37`."""
MAX_DOIS = 40
WITH_A_MARK = "one DOI is the other with the mark of a notice behind it"
OLDER, NEWER = "the journal's number is the smaller one", "the journal's number is the greater one"
_WORKS = (DoiRole.ARTICLE, DoiRole.NOTICE)
_IN_LINES = frozenset({Zone.TITLE, Zone.HEADING, Zone.LINE})
_BELOW_TITLE = frozenset({Zone.HEADING, Zone.LINE})


@dataclass(slots=True)
class _Candidate:
    """One DOI with its evidence for each of the two roles; `other` is the certain role that it has instead."""

    doi: str
    claims: Claims
    prints: list[PrintedDoi] = field(default_factory=list)
    weights: dict[DoiRole, dict[str, int]] = field(default_factory=lambda: {role: {} for role in _WORKS})
    other: DoiRole | None = None
    is_contradicted: bool = False

    def add(self, role: DoiRole, evidence: str, weight: int) -> None:
        """Add a piece of evidence, once."""
        self.weights[role][evidence] = max(weight, self.weights[role].get(evidence, 0))

    def weight(self, role: DoiRole) -> int:
        return sum(self.weights[role].values())

    def net(self, role: DoiRole) -> int:
        """Return the weight for a role less what speaks for the other."""
        return self.weight(role) - self.weight(_WORKS[role is DoiRole.ARTICLE])

    def evidence(self, role: DoiRole) -> str:
        """Return the evidence for a role, the weightiest first."""
        return "; ".join(sorted(self.weights[role], key=lambda name: -self.weights[role][name]))

    def is_said_to_be_only(self, role: DoiRole) -> bool:
        """Tell whether the words give the DOI this role, and no other; a year says less than words."""
        roles = {role for role, evidence in self.claims.roles.items() if evidence not in BY_YEAR}
        return roles - {DoiRole.REFERENCE} == {role}

    @property
    def is_open(self) -> bool:
        return self.other is None and not self.is_contradicted


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What holds for a whole notice: the year of its newest day (0 for none), and what kind of notice it is.

    `is_duplicate` tells that the article was published twice, `is_headed` that its title is in the heading,
    `is_in_place` that the title bears the label which publishers put on the article itself, `is_own_page` that the page
    is the article's own, and `has_one_doi` that no second DOI is printed. `is_own_record` tells that it is the
    article's record in an index, which names where the retraction was published; `is_reinstatement` that the notice
    takes back an earlier one, whose DOI is not the notice's own.
    """

    year: int = 0
    is_duplicate: bool = False
    is_headed: bool = False
    is_in_place: bool = False
    is_own_page: bool = False
    has_one_doi: bool = False
    is_own_record: bool = False
    is_reinstatement: bool = False

    @classmethod
    def of(cls, found: Sequence[Block], title: str, *, is_headed: bool, is_reinstatement: bool = False) -> Self:
        """Return what holds for a notice with these blocks and this title line."""
        return cls(
            year=own_year(found),
            is_duplicate=tells_of_a_duplicate(block.words for block in found),
            is_headed=is_headed,
            is_in_place=is_label_in_place(title) and _CITES_THE_ARTICLE.search(title) is None,
            is_own_page=is_page_of_article(found, title),
            has_one_doi=len({doi for block in found for doi in dois_in(block.words)}) == 1,
            is_own_record=is_record_of_article(found),
            is_reinstatement=is_reinstatement,
        )


def decided(
    claims: Mapping[str, Claims], prints: Iterable[PrintedDoi], notice: Circumstances
) -> tuple[DoiMention, ...]:
    """Return each DOI of a notice with its role."""
    candidates = {doi: _Candidate(doi, known) for doi, known in claims.items()}
    for one in prints:
        if one.doi in candidates:
            candidates[one.doi].prints.append(one)
    for candidate in candidates.values():
        _weigh_claims(candidate, notice)
        for one in candidate.prints:
            _weigh_print(candidate, one, notice)
        is_original = bool(candidate.prints) and all(one.is_called_original for one in candidate.prints)
        if notice.is_duplicate and is_original and not any(one.has_numbers for one in candidate.prints):
            candidate.is_contradicted = True  # in a notice of a duplicate, the original is the good article
        if len(candidate.prints) > 1 and all(one.zone in {Zone.HEADING, Zone.LINE} for one in candidate.prints):
            candidate.add(DoiRole.NOTICE, "printed again in the foot", 1)
    _weigh_pair(candidates, notice)
    _weigh_order([one for one in candidates.values() if one.is_open])
    if not notice.is_headed:
        _drop_rivals(candidates.values())
    article, own = _chosen(list(candidates.values()))
    return tuple(_mention(one, article, own) for one in candidates.values())


def _weigh_claims(candidate: _Candidate, notice: Circumstances) -> None:
    roles = candidate.claims.roles
    works = [role for role in roles if role in _WORKS]
    others = [role for role in roles if role not in _WORKS and role is not DoiRole.REFERENCE]
    if len(others) > 1 or (others and works):
        candidate.is_contradicted = True
    elif not works and roles:
        candidate.other = others[0] if others else DoiRole.REFERENCE
    for role in works:
        evidence = roles[role]
        if role is DoiRole.NOTICE and notice.is_own_record and evidence == OWN_CITATION:
            candidate.add(DoiRole.ARTICLE, "the citation of the article's own record", CERTAIN)
            continue
        is_of_page = notice.is_own_page or (evidence == BESIDE_A_DATE and _is_paged(candidate))
        if role is DoiRole.NOTICE and is_of_page and evidence != CITATION_OF_THE_NOTICE:
            continue
        is_certain = evidence in BY_TITLE or evidence == CITATION_OF_THE_NOTICE
        is_open = evidence in {OWN_CITATION, BESIDE_A_DATE} and role is DoiRole.NOTICE and notice.is_in_place
        by_place = BY_PLACE if evidence == BESIDE_A_DATE or evidence in BY_YEAR else SAID
        candidate.add(role, evidence, CERTAIN if is_certain else ENOUGH_OF_REST if is_open else by_place)
    if (form := _FORM.search(candidate.doi)) and candidate.is_open:
        role = DoiRole.NOTICE if form["kind"] == "w" else DoiRole.ARTICLE
        candidate.add(role, "numbered as a publisher numbers them", BY_PLACE)
    if candidate.claims.is_candidate:
        candidate.add(DoiRole.NOTICE, IN_HEADING_OR_FOOT, 2)


def _is_paged(candidate: _Candidate) -> bool:
    """Tell whether a DOI is printed behind the pages of an article, without the label of a notice."""
    return any(one.has_pages and not one.label for one in candidate.prints)


def _weigh_print(candidate: _Candidate, one: PrintedDoi, notice: Circumstances) -> None:
    if one.key_role is not None:
        candidate.add(one.key_role, "behind a key that names it", BY_PLACE)
    if notice.is_own_page and notice.has_one_doi and one.is_alone:
        candidate.add(DoiRole.ARTICLE, "the one DOI on the article's own page", SAID)
    if one.has_other_numbers:
        candidate.add(DoiRole.NOTICE, "printed with other numbers than the article in the title", BY_PLACE)
    if one.has_numbers and not one.is_of_another:
        candidate.add(DoiRole.ARTICLE, "printed with the numbers of the article in the title", SAID)
    if one.zone is Zone.SENTENCE:
        _weigh_sentence(candidate, one, notice)
    elif one.zone is Zone.TITLE:
        candidate.add(DoiRole.ARTICLE, "in the title line, behind the label", 4)
    elif one.zone in {Zone.HEADING, Zone.LINE} and not one.is_of_another:
        _weigh_line(candidate, one, notice)


def _weigh_sentence(candidate: _Candidate, one: PrintedDoi, notice: Circumstances) -> None:
    if one.is_bracketed and _is_earlier(one, notice):
        candidate.add(DoiRole.ARTICLE, "in brackets at the end of the notice", 4)
    if one.is_of_another or notice.is_duplicate:
        return
    if one.has_title:
        candidate.add(DoiRole.ARTICLE, "behind the article's title in a sentence", 4 if one.is_retracting else 2)
    if one.is_called_work:
        candidate.add(DoiRole.ARTICLE, "behind the words of a sentence that tell where a work was published", 1)
    if (one.has_title or one.is_called_work) and _is_earlier(one, notice):
        candidate.add(DoiRole.ARTICLE, EARLIER, 1)


def _is_earlier(one: PrintedDoi, notice: Circumstances) -> bool:
    return bool(notice.year and one.years) and max(one.years) <= notice.year - MIN_YEARS_EARLIER


def _weigh_line(candidate: _Candidate, one: PrintedDoi, notice: Circumstances) -> None:
    article, own = DoiRole.ARTICLE, DoiRole.NOTICE
    is_own_year = bool(notice.year and one.years) and max(one.years) >= notice.year
    if one.has_title and not one.label and not notice.is_duplicate:
        is_weak = one.is_below_heading or (is_own_year and not one.has_pages) or one.zone is Zone.LINE
        candidate.add(article, "printed with the article's title", 2 if is_weak else 4)
        if notice.is_own_page:
            candidate.add(article, "on the article's own page", 4)
    if one.is_introduced and not notice.is_duplicate:
        candidate.add(article, "introduced as the article", 4)
    if one.is_citation and not (one.has_title or one.is_introduced):
        return  # authors and title of a work that nothing connects with the article
    if one.has_pages:
        candidate.add(article, "cited with its pages", 2)
    if _is_earlier(one, notice):
        candidate.add(article, EARLIER, 2)
    elif is_own_year and not one.has_pages:
        candidate.add(own, "beside the year of the notice", 1)
    if one.label and one.has_title and not one.is_alone:
        candidate.add(own, "cited with the label of a notice", 1)
    if one.label and one.is_alone:
        candidate.add(own, "below the title of the notice", 1)


def _drop_rivals(candidates: Iterable[_Candidate]) -> None:
    """Take away what the place of a citation says where two works are cited, and no title tells them apart."""
    cited = [one for one in candidates if one.is_open and any(print_.is_citation for print_ in one.prints)]
    for candidate in cited if len(cited) > 1 else ():
        if candidate.claims.roles.get(DoiRole.ARTICLE) in BY_POSITION:
            candidate.weights[DoiRole.ARTICLE] = {}


def _weigh_pair(candidates: dict[str, _Candidate], notice: Circumstances) -> None:
    """Weigh two DOIs of which one is the other with a mark of a notice behind it, where no third is said to be one."""
    marked = [doi for doi, one in candidates.items() if one.other is None]  # that of an earlier notice is another one
    pairs = [(a, b) for a in candidates for b in marked if is_suffixed(b, a)] if len(candidates) < MAX_DOIS else []
    thirds = [one.claims.roles for doi, one in candidates.items() if len(pairs) == 1 and doi not in pairs[0]]
    if len(pairs) != 1 or any(role in roles for roles in thirds for role in _WORKS):
        return
    for doi, role in zip(pairs[0], _WORKS, strict=True):
        prints = candidates[doi].prints
        candidates[doi] = _Candidate(doi, Claims({role: WITH_A_MARK}), prints)
        candidates[doi].add(role, WITH_A_MARK, 2 * CERTAIN)  # no citation beside them says as much
    if notice.is_reinstatement and not _REINSTATES.search(pairs[0][1]):
        doi = pairs[0][1]
        taken_back = Claims({DoiRole.REFERENCE: "the notice that is taken back"})
        candidates[doi] = _Candidate(doi, taken_back, candidates[doi].prints, other=DoiRole.REFERENCE)


def _weigh_order(candidates: Sequence[_Candidate]) -> None:
    """Weigh the two DOIs that may be one of the works, where they differ in a number alone: the journal's older first.

    They are no DOIs of which the words speak, and neither is in a sentence or a reference. Pages print the older DOIs
    of other articles of the journal, too: below their titles, and below the notice.
    """
    if len(candidates) != 2 or any(print_.zone not in _IN_LINES for one in candidates for print_ in one.prints):
        return
    older, newer = candidates
    if not is_numbered_before(older.doi, newer.doi):
        older, newer = newer, older
    is_article = newer.claims.roles.get(DoiRole.ARTICLE) not in {None, *BY_YEAR}
    if not is_article and is_numbered_before(older.doi, newer.doi) and _belongs_to_notice(older, newer):
        older.add(DoiRole.ARTICLE, OLDER, 2)
        newer.add(DoiRole.NOTICE, NEWER, 2)


def _belongs_to_notice(older: _Candidate, newer: _Candidate) -> bool:
    """Tell whether the older of two DOIs is named as the article, or ends a line of the heading.

    Below the sentences it ends a line beside the DOI that is said to be the notice's.
    """
    if DoiRole.ARTICLE in older.claims.roles or any(one.names_article for one in older.prints):
        return True
    lines = [one for one in older.prints if not one.is_alone]
    is_below = DoiRole.NOTICE in newer.claims.roles and all(one.zone is Zone.LINE for one in newer.prints)
    return any(one.zone is not Zone.LINE or is_below for one in lines)


def _chosen(candidates: Sequence[_Candidate]) -> tuple[_Candidate | None, _Candidate | None]:
    """Return the article's DOI and the notice's, as far as the evidence tells."""
    open_ones = [one for one in candidates if one.is_open and not _is_elsewhere(one)]
    said = [one for one in open_ones if DoiRole.ARTICLE in one.claims.roles]
    surest = [one for one in said if one.claims.roles[DoiRole.ARTICLE] in BY_TITLE]
    surest = surest or _with_title(said) or _cited_as_article(said)
    surest = surest or [one for one in said if one.claims.roles[DoiRole.ARTICLE] not in BY_YEAR]
    if len(said) > 1 and len(surest) != 1:
        return None, _notice_alone([one for one in open_ones if one not in said])
    others = [one for one in open_ones if one not in said or one in surest or len(said) == 1]
    if pair := _pair_of([one for one in others if any(one.weights.values())]):
        return pair
    article = _best(others, DoiRole.ARTICLE)
    notice = _notice_beside(article, open_ones) if article else _notice_alone(open_ones)
    if article is None and notice is not None:
        article = _best([one for one in open_ones if one is not notice], DoiRole.ARTICLE)
    return article, notice


def _with_title(said: Sequence[_Candidate]) -> list[_Candidate]:
    """Return the one DOI that is printed with the article's title again, below the heading; else none."""
    titled = [
        one
        for one in said
        if any(
            print_.has_title and print_.zone in _BELOW_TITLE and not print_.is_below_heading for print_ in one.prints
        )
    ]
    return titled if len(titled) == 1 else []


def _cited_as_article(said: Sequence[_Candidate]) -> list[_Candidate]:
    """Return the DOI whose citation is introduced as the article's, where no other citation has one of these DOIs."""
    cited = [one for one in said if any(print_.is_citation for print_ in one.prints)]
    return [one for one in cited if len(cited) == 1 and any(print_.is_introduced for print_ in one.prints)]


def _pair_of(candidates: Sequence[_Candidate]) -> tuple[_Candidate, _Candidate] | None:
    """Return the article's DOI and the notice's where only two may be them, and one order of the two is better."""
    if len(candidates) != 2:
        return None
    ordered = sorted(candidates, key=lambda one: one.net(DoiRole.ARTICLE), reverse=True)
    article, notice = ordered
    said, told = article.weight(DoiRole.ARTICLE), notice.weight(DoiRole.NOTICE)
    turned = notice.weight(DoiRole.ARTICLE) + article.weight(DoiRole.NOTICE)
    is_enough = min(said, told) >= ENOUGH_OF_REST and said + told >= turned + MARGIN
    is_against = notice.is_said_to_be_only(DoiRole.ARTICLE) or EARLIER in notice.weights[DoiRole.ARTICLE]
    return (article, notice) if is_enough and not is_against else None


def _notice_alone(candidates: Sequence[_Candidate]) -> _Candidate | None:
    """Return the notice's DOI where that of the article is not known: its place alone does not tell the two apart."""
    notice = _best(candidates, DoiRole.NOTICE)
    evidence = notice.claims.roles.get(DoiRole.NOTICE) if notice else None
    others = [one for one in candidates if one is not notice and one.claims.is_candidate]
    form = _FORM.search(notice.doi) if notice else None
    is_numbered = form is not None and form["kind"] == "w"
    return notice if is_numbered or (evidence and not (evidence == BESIDE_A_DATE and others)) else None


def _notice_beside(article: _Candidate, candidates: Sequence[_Candidate]) -> _Candidate | None:
    """Return the notice's DOI where that of the article is known: it is then the only other one in heading and foot."""
    rest = [one for one in candidates if one is not article and one.weight(DoiRole.NOTICE) > 0]
    rest = [one for one in rest if not one.is_said_to_be_only(DoiRole.ARTICLE)]
    rest.sort(key=lambda one: one.weight(DoiRole.NOTICE), reverse=True)
    if not rest or rest[0].weight(DoiRole.NOTICE) < ENOUGH_OF_REST:
        return None
    is_tied = len(rest) > 1 and rest[1].weight(DoiRole.NOTICE) > rest[0].weight(DoiRole.NOTICE) - MARGIN
    is_beside_a_date = rest[0].claims.roles.get(DoiRole.NOTICE) == BESIDE_A_DATE
    is_tied = is_tied or (is_beside_a_date and any(one.claims.is_candidate for one in rest[1:]))
    is_too_old = EARLIER in rest[0].weights[DoiRole.ARTICLE] and rest[0].weight(DoiRole.NOTICE) < ENOUGH
    return None if is_tied or is_too_old else rest[0]


def _is_elsewhere(candidate: _Candidate) -> bool:
    return bool(candidate.prints) and all(one.zone is Zone.ELSEWHERE for one in candidate.prints)


def _best(candidates: Sequence[_Candidate], role: DoiRole) -> _Candidate | None:
    """Return the one candidate with enough evidence for a role, and more than each other one."""
    ordered = sorted(candidates, key=lambda one: one.net(role), reverse=True)
    if not ordered or ordered[0].weight(role) < ENOUGH or ordered[0].net(role) < MARGIN:
        return None
    is_tied = len(ordered) > 1 and ordered[1].net(role) > ordered[0].net(role) - MARGIN
    return None if is_tied else ordered[0]


def _mention(candidate: _Candidate, article: _Candidate | None, notice: _Candidate | None) -> DoiMention:
    if candidate is article or candidate is notice:
        role = DoiRole.ARTICLE if candidate is article else DoiRole.NOTICE
        return DoiMention(doi=candidate.doi, role=role, evidence=candidate.evidence(role))
    if candidate.other is not None:
        return DoiMention(doi=candidate.doi, role=candidate.other, evidence=candidate.claims.roles[candidate.other])
    evidence = "the words do not show its role"
    if candidate.is_contradicted:
        evidence = "the words contradict each other"
    elif DoiRole.ARTICLE in candidate.claims.roles:
        evidence = SEVERAL_MAY_BE_IT
    elif DoiRole.NOTICE in candidate.claims.roles:
        evidence = "one of several DOIs that may be the notice's"
    elif candidate.claims.is_candidate:
        evidence = ROLE_NOT_SHOWN
    return DoiMention(doi=candidate.doi, role=DoiRole.UNKNOWN, evidence=evidence)

# ruff: noqa: RUF001 - letters and punctuation of other scripts are meant
"""What each DOI in a notice is: the article's, the notice's own, its replacement's, a copied source's, another work's.

The words in front of a DOI show its role: the last cue before it counts. A role that no words show is UNKNOWN. A DOI to
which different words give different roles is UNKNOWN, too, and so are two DOIs that both seem to be the article's.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from watermark.notice.doi import doi_spans
from watermark.notice.extraction.behind_title import QUOTED, is_behind_title, opens_with_article
from watermark.notice.extraction.citation_styles import read_styled
from watermark.notice.extraction.role_cues import COPIED_BEHIND, CUES, REASON_IN_LANGUAGES, RETRACTED_BEHIND, WORK
from watermark.notice.extraction.state_phrases import parse_state, split_title_label
from watermark.notice.model import RETRACTED_WHOLE, DoiMention, DoiRole, FigureMatch
from watermark.runtime.expressions import expression

MAX_CONTEXT = 700
MAX_BEHIND = 1_500
WITH_ITS_TITLE, BELOW_ITS_CITATION = "cited with the article's title", "below the article's citation"
BEHIND_ITS_TITLE, IN_ITS_LINE = "behind the article's title", "in a line labelled as the article's DOI"
BY_TITLE = frozenset({WITH_ITS_TITLE, BELOW_ITS_CITATION, BEHIND_ITS_TITLE, IN_ITS_LINE})
"""Evidence that outweighs any other: the article's own title, or a label that says whose DOI it is."""
CITATION_OF_THE_NOTICE = "the citation of the notice"
OWN_CITATION = "the notice's own citation"
ABOVE_ITS_RETRACTION = "cited above the sentence that retracts it"
EARLIER = "cited with an earlier year than the notice's"
BELOW_EARLIER = "below an earlier year than the notice's"
BY_YEAR = frozenset({EARLIER, BELOW_EARLIER})
"""Evidence of a year alone: a volume of proceedings may be years older than a notice in it."""
CITED_BELOW = "the article's citation below the title"
BY_POSITION = frozenset({ABOVE_ITS_RETRACTION, CITED_BELOW, EARLIER})
"""Evidence of a citation that is the article's by its place or its year alone."""
BESIDE_A_DATE = "beside the date of the notice"
SEVERAL_MAY_BE_IT = "one of several DOIs that may be the article's"
ROLES_CONTRADICT = "what is printed beside the DOIs contradicts their roles"
IN_HEADING_OR_FOOT = "in the heading or foot of the notice"
_BREAKS = expression(
    r"\b(?:because|due to|owing to|since it|since the|as it|as the|which|whereas|but|however|after|whose|in"
    r" which|that)\b",
    re.IGNORECASE,
)
_PUBLICATION = expression(
    r"\b(?:which|that) (?:(?:was |has been )?(?:first |originally )?(?:published|appeared)"
    r"|is (?:available )?(?:at|under)|(?:can|may) be found (?:at|under))\b",
    re.IGNORECASE,
)
_JOINS = expression(r"[\s,;.()\[\]]*(?:(?:and|&|or|doi|https?|at|also)[\s,;:.()\[\]]*){0,3}", re.IGNORECASE)
_NEXT_SENTENCE = expression(
    r"[.!?]\s+(?:The|This|These|We|In|It|Our|Following|At|As|On|However|Readers|Another|Both|After|Later|Since|Their|There"
    r"|A (?=[a-z])|An (?=[a-z]))\s?"
)
_AFTER_ARTICLE = expression(
    r"^[\s)\],.;]{0,4}(?:by (?:[^.;()]|(?<=\b[A-Z])\.){3,120} )?(?:,? ?(?:has|have|is|was) (?:now |hereby |been "
    r"|being |therefore )*(?:retracted"
    r"|withdrawn|removed|reinstated)\b)",
    re.IGNORECASE,
)
_NAMED_BEHIND = expression(
    r"^\s?\((?:(?P<own>this (?:retraction|notice|note|statement|expression of concern|withdrawal)(?: notice)?)"
    r"|(?P<article>(?:the )?(?:retracted|original) (?:article|paper|publication)))\)",
    re.IGNORECASE,
)
_IN_APPOSITION = expression(
    rf"\b(?:between|in|within|from) (?:this|our|the (?:above|present|retracted|said))(?: \w+)? {WORK} ?[\[(]"
    r"(?:(?:DOI|doi|https?|(?:dx\.)?doi\.org)[:/ ]{0,3}){0,3}$"
)
"""The article in front of brackets with its DOI: `between this article [doi: 10.5555/a] and others`."""
_ROLES_BEHIND = {"own": DoiRole.NOTICE, "article": DoiRole.ARTICLE}
"""What a DOI is, in brackets behind it: `10.5555/n (this retraction)`."""
_AFTER_AND_RETRACTED = expression(
    r"^[\s)\]]{0,3}\.\s+(?:We|The [\w'\u2019]+(?:[- ][\w'\u2019]+){0,3})"
    r" (?:hereby |have |has |are |is |now )*(?:retract|withdr)\w* this\b"
)
_AFTER_IN_LANGUAGES = expression(
    r"^[\s)\],.;，）]{0,4}(?:(?:wurde|wird|ha sido|fue|a été|è stat[oa]|foi"
    r"|został[ao]?)(?: \w+){0,6}? (?:zurückgezogen|retractad|"
    r"retirad|rétracté|ritrattat|ritirat|retratad|wycofan)|отозван|ретрагирован|被撤)",
    re.IGNORECASE,
)
_AFTER_SOURCE = expression(
    r"^[\s)\],.;]{0,4}(?:(?:was|had been|is) (?:first|already|earlier|previously)"
    r" published)",
    re.IGNORECASE,
)
_SENTENCE_WORDS = expression(
    r"\b(?:we|was|were|is|are|has|have|had|by|learned|found|that|it|this|from|see)\b", re.IGNORECASE
)
_COLON = expression(r": |：")
_IS_CLOSE = expression(
    rf"{WORK}(?:[^.]{{0,40}}|[^.:]{{0,80}}\b(?:is|are|has been|have been) (?:\w+ )?(?:retracted|withdrawn))$",
    re.IGNORECASE,
)
"""The end of the words in front of a citation that name its kind of work: `The following paper is retracted: …`."""
MAX_OPENING = 200
_ITS_FIGURE = expression(
    r"(?:\bduplications? (?:in|within) )?\bfig(?:ure|s|\.)?s?\.? ?[0-9]\w{0,3}(?: panels? \w+)? (?:of|in|from) $",
    re.IGNORECASE,
)
"""A figure of the article, in front of `our paper`."""
_ANNOUNCES = expression(
    r"(?<!^abstract)(?<!^summary)(?<!^text)(?<!^full text)(?<!^description)(?<!^statement)(?<!^details)(?<!^notice)"
    r"(?<!^text of the notice)(?<!^resumen)(?<!^zusammenfassung)(?<!^résumé)[:：]\s*$",
    re.IGNORECASE,
)
"""The end of a line that announces what is below it, and does not only name that part of the page."""
_RETRACTS = expression(r"\b(?:retract|withdr[ae]w)", re.IGNORECASE)
_OF_CONCERN = expression(
    r"(?<!this )\b(?:expressions?|notes?|notices?|statements?) of concern\b(?!.{0,699}?(?:retract|withdr|[.!?]\s))",
    re.IGNORECASE,
)
"""The mention of an earlier notice, with nothing of a retraction and no further sentence between it and a DOI."""
_KIND_INSIDE = expression(
    r"\b(?:partial retraction|retraction|expression of concern|withdrawal|removal|correction)(?=[ :])", re.IGNORECASE
)
_NOT_FOLLOWED = expression(r"\b(?:not|never|nor) (?:been )?(?:retract|withdr)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A block in which DOIs are looked for. `lead` are the words of the block above it.

    `role` is that of every DOI in the block where its position decides, with `evidence`; `candidate` holds for a line
    that belongs to the notice's own heading or foot.
    """

    words: str
    lead: str = ""
    role: DoiRole | None = None
    evidence: str = ""
    candidate: bool = False


@dataclass(slots=True)
class Claims:
    """What the words say of one DOI: each role with its first evidence.

    `is_candidate` tells that it is printed in the heading or foot, on a line that says nothing else.
    """

    roles: dict[DoiRole, str] = field(default_factory=dict)
    is_candidate: bool = False


def claims_in(
    passages: Iterable[Passage], title: str, doubtful: frozenset[str] = frozenset(), *, is_headed: bool = False
) -> dict[str, Claims]:
    """Return what the words of the passages say of each DOI; `title` is the article's, whose words are no cues.

    `is_headed` tells that the title is that of the notice's heading, and not one that a sentence quotes.
    `doubtful` are halves of DOIs that were divided at the end of a line: they are left out.
    """
    claims: dict[str, Claims] = defaultdict(Claims)
    passages = tuple(passages)
    is_retraction = any(_RETRACTS.search(passage.words) for passage in passages)
    for passage in passages:
        for doi, role, evidence in _in_passage(passage, title, is_headed=is_headed, is_retraction=is_retraction):
            if doi in doubtful or doi.endswith("-"):
                continue
            known = claims[doi]
            if role is not None:
                is_better = evidence in BY_TITLE or evidence == CITATION_OF_THE_NOTICE
                known.roles[role] = evidence if is_better else known.roles.get(role, evidence)
            elif passage.candidate:
                known.is_candidate = True
    return dict(claims)


def _in_passage(
    passage: Passage, title: str, *, is_headed: bool, is_retraction: bool
) -> Iterator[tuple[str, DoiRole | None, str]]:
    words = passage.words
    position = 0
    last: DoiRole | None = None
    role: DoiRole | None
    last_evidence = ""
    for start, end, doi in doi_spans(words):
        before = words[max(position, start - MAX_CONTEXT) : start]
        after = words[end : end + MAX_BEHIND]
        if passage.role is not None:
            role, evidence = passage.role, passage.evidence
        elif position and _JOINS.fullmatch(before):
            is_list = last in {DoiRole.SOURCE, DoiRole.REFERENCE}
            role, evidence = (last, last_evidence) if is_list else (None, "")
        else:
            lead = passage.lead if not position else ""
            is_whole = len(before) == start
            role, evidence = _role_at(before, lead, after, title, is_headed=is_headed, is_whole=is_whole)
            if role in {DoiRole.ARTICLE, DoiRole.NOTICE} and is_retraction and _OF_CONCERN.search(before):
                role, evidence = None, ""
        yield doi, role, evidence
        position, last, last_evidence = end, role, evidence


def _role_at(  # noqa: PLR0913 - the words on each side, and what they belong to
    before: str, lead: str, after: str, title: str, *, is_headed: bool, is_whole: bool
) -> tuple[DoiRole | None, str]:
    """Return the role that the words around a DOI give it, with those words; `before` may be the whole beginning."""
    if named := _NAMED_BEHIND.match(after) or COPIED_BEHIND.match(after):
        return _ROLES_BEHIND.get(named.lastgroup or "", DoiRole.SOURCE), _shown(after)
    is_opening = len(before) < MAX_OPENING and not _SENTENCE_WORDS.search(before)
    if any(cue.match(after) for cue in (_AFTER_ARTICLE, _AFTER_IN_LANGUAGES, RETRACTED_BEHIND)) or (
        (is_opening and _AFTER_AND_RETRACTED.match(after)) or (is_whole and opens_with_article(before, after))
    ):
        return DoiRole.ARTICLE, _shown(after)
    apposition = _IN_APPOSITION.search(before)
    if apposition or is_behind_title(before, after, title, is_headed=is_headed):
        return DoiRole.ARTICLE, _shown(apposition[0]) if apposition else BEHIND_ITS_TITLE
    if _AFTER_SOURCE.match(after):
        return DoiRole.SOURCE, _shown(after)
    if _ANNOUNCES.search(lead) and _is_citation(before):
        role, evidence = _last_cue(lead[-300:], title)
        return (None if role is DoiRole.ARTICLE and _NOT_FOLLOWED.search(lead[-200:]) else role), evidence
    before = _without_quotes(before, title)
    heads = [before[: found.start()] for found in _COLON.finditer(before)] if len(before) > 40 else []
    announced = (head for head in heads if _IS_CLOSE.search(head) and not _BREAKS.search(before[len(head) :]))
    text = next((head for head in announced if _last_cue(head, title)[0] is not None), before)
    return _last_cue(text, title, after)


def _source_before(words: str) -> str:
    """Return the words from a cue of copying on, where nothing of a retraction follows it; else an empty string."""
    words = _ITS_FIGURE.sub("", words)
    starts = [found.start() for role, cue in CUES if role is DoiRole.SOURCE for found in cue.finditer(words)]
    if not starts or re.search(r"retract|withdr|[.!?] ", words[max(starts) :], re.IGNORECASE):
        return ""
    return words[max(starts) :]


def _is_citation(before: str) -> bool:
    """Return whether the words in front of a DOI are a citation, and no sentence about it."""
    return not re.search(r"[^\W\d_]{3}", re.sub(r"https?|doi", "", before)) or read_styled(before).year is not None


def _last_cue(text: str, title: str, after: str = "") -> tuple[DoiRole | None, str]:
    """Return the role of the last cue in a text; an article's only where nothing turns the sentence away from it."""
    plain = _without_quotes(text, title)
    best: tuple[int, int, DoiRole] | None = None
    for role, cue in CUES:
        for found in cue.finditer(plain):
            if best is None or (found.end(), found.start()) > (best[0], best[1]):
                best = (found.end(), found.start(), role)
    if best is None:
        return None, ""
    end, start, role = best
    between = _PUBLICATION.sub(" ", plain[end:])
    if role is DoiRole.ARTICLE:
        taken = _source_before(plain[max(0, start - 100) : start])
        if taken and not _is_turned_away(plain, between, start, end):
            return DoiRole.SOURCE, _shown(taken + plain[start:end])
        if _is_turned_away(plain, between, start, end) or not _is_of_this_article(f"{plain}{after}", start, end):
            return None, ""
    if _NEXT_SENTENCE.search(between):
        return None, ""  # another sentence begins between the cue and the DOI
    return role, _shown(plain[start:end])


def _is_turned_away(plain: str, between: str, start: int, end: int) -> bool:
    """Tell whether the words around a cue of the article turn the sentence to another work: a reason, or a denial."""
    return bool(
        _BREAKS.search(between)
        or _NOT_FOLLOWED.search(plain[max(0, start - 20) : end])
        or REASON_IN_LANGUAGES.search(re.split(r"[.!?]\s|。", plain)[-1])
    )


def _is_of_this_article(plain: str, start: int, end: int) -> bool:
    """Return whether an article cue means the retracted article: its sentence tells of a retraction or a concern."""
    cue = plain[start:end].lower()
    if not re.match(r"(?:this|the following|the above|aforementioned|our|following|which|.*titled)", cue):
        return True
    sentence = re.split(r"(?<=[.!?])\s+(?=[A-Z])", plain[:end])[-1]
    return bool(
        re.search(
            r"retract|withdr|concern|removed|notice|applies to|refers to|relates to"
            r"|regarding",
            sentence + plain[end : end + MAX_BEHIND],
            re.IGNORECASE,
        )
    )


def _without_quotes(text: str, title: str) -> str:
    """Return a text without quoted titles and without the article's own title: their words are no cues."""
    if title and len(title) > 8:
        text = re.sub(re.escape(title), "“”", text, flags=re.IGNORECASE)
    return QUOTED.sub("“”", text)


def _shown(words: str) -> str:
    return " ".join(words.split())[:120]


def label_passage(words: str, lead: str = "") -> Passage | None:
    """Return the passage of a line that names the article behind the notice's label: `Retraction to: … DOI`."""
    rest, state = split_title_label(words)
    if state is None or not rest or len(words) > 1500:
        return None
    return Passage(
        words=words, lead=lead, role=DoiRole.ARTICLE, evidence=_shown(words[: len(words) - len(rest)]) or "label"
    )


def has_another_label(title: str, words: str) -> bool:
    """Tell whether the labels inside a line all name another state than the notice's title: an earlier concern."""
    own = split_title_label(title)[1] or parse_state(title)
    named = {parse_state(found[0].rstrip(" :")) for found in _KIND_INSIDE.finditer(words[:1200])} - {None}
    return (
        own is not None
        and bool(named)
        and not any(state is own or (state in RETRACTED_WHOLE and own in RETRACTED_WHOLE) for state in named)
    )


def is_of_another_kind(title: str, words: str) -> bool:
    """Tell whether a line bears the label of another kind of notice: of an earlier concern, or of a correction."""
    own = split_title_label(title)[1] or parse_state(title)
    state = split_title_label(words)[1]
    if re.match(r".{4,40}? (?:to|on|for|about)\s?[:：]", words):
        return False  # `Correction to: …` names the article that both notices are about
    return own is not None and state is not own and not (own in RETRACTED_WHOLE and state in RETRACTED_WHOLE)


def numbered_references(blocks: Sequence[tuple[int, str]]) -> dict[int, str]:
    """Return the references by their numbers, from blocks with the numbers printed in front of them (0 for none)."""
    numbered: dict[int, str] = {}
    for place, (number, words) in enumerate(blocks, 1):
        numbered.setdefault(number or place, words)
    return numbered


def with_sources(roles: tuple[DoiMention, ...], matches: Sequence[FigureMatch]) -> tuple[DoiMention, ...]:
    """Return the roles, with SOURCE for the works whose figures were copied and whose role no words show."""
    sources = {match.source.doi for match in matches}
    return tuple(
        replace(one, role=DoiRole.SOURCE, evidence="a figure of the article matches one of its figures")
        if one.doi in sources and one.role in {DoiRole.UNKNOWN, DoiRole.REFERENCE}
        else one
        for one in roles
    )


def only_doi_of(roles: Sequence[DoiMention], role: DoiRole) -> str:
    """Return the one DOI that has a role; "" where none has it, or several have."""
    found = [mention.doi for mention in roles if mention.role is role]
    return found[0] if len(found) == 1 else ""

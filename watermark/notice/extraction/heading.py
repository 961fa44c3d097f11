# ruff: noqa: RUF001 - punctuation of other scripts is meant
"""The title line of a notice, with its label, among the lines that come before the first sentence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from watermark.notice.doi import dois_in
from watermark.notice.extraction import field_names
from watermark.notice.extraction.citation import is_only_a_citation, read_citation
from watermark.notice.extraction.citation_styles import read_styled
from watermark.notice.extraction.fields import Fields, is_other_field
from watermark.notice.extraction.state_phrases import (
    MAX_TITLE,
    is_label_in_place,
    is_statement,
    parse_state,
    split_title_label,
    state_of,
)
from watermark.notice.extraction.zones import is_head_line, is_one_person, is_people, is_prose
from watermark.notice.model import MARKED_STATES, RETRACTED_WHOLE, State
from watermark.notice.text_blocks import Block, sentences
from watermark.runtime.expressions import expression

_NOTICE_AND_SENTENCE = expression(
    r"(?:notice of retraction|retraction (?:notice|note|statement))\s?[:.\u2013—-] .{0,1500}?"
    r"\b(?:this|the) (?:article|paper|publication) (?:was|is|has been|is being) (?:\w+ )?retracted\b",
    re.IGNORECASE,
)
"""A paragraph that begins with the name of a notice and declares the retraction."""
_VIOLATION = expression(
    r"notice of violation(?: of [^:]{2,40}principles)?(?:: (?P<title>[^“”\"]{12,400})|\W*)", re.IGNORECASE
)
"""The name of a notice that does not tell the state: its sentences do; with the article's title behind it, or not."""
_QUOTED_AND_AUTHORS = expression(r"[“\"][^“”\"]{12,400}[”\"],? (?:by|(?:published |appeared )?in) ")
_RETRACTIONS = RETRACTED_WHOLE | {State.PARTIAL_RETRACTION}
_SALUTATION = expression(
    r"(?:dear|to whom it may concern|sehr geehrte\w*|liebe\w*|estimad[oa]s?|cher|chère|madame|gentil[ei]|egregi[oa]"
    r"|prezad[oa]s?|szanown[iaey]|уважаем\w+)\b[^.!?]{0,60}[,:;!，：]?"
    r"|尊敬的[^。]{1,20}|(?:会員|読者|著者|関係者)の?(?:各位|皆様|皆さま)[へ:：]?|안녕하십니까\.?|各位(?:读者|讀者|作者)?[:：]?",
    re.IGNORECASE,
)
_ONLY_A_PLACE = expression(
    r"(?:\W|\b(?:vol(?:ume|s)?|no|issue|number|pp?|pages?|article|in press|and)\b|\b[a-z]{0,2}[0-9]+[a-z]?\b){3,60}",
    re.IGNORECASE,
)
"""A volume, a year and pages: what some labels have behind them in the place of the title."""
_SECTIONS = frozenset({State.ERRATUM, State.CORRECTION, State.CORRIGENDUM})
_DECLARES = expression(
    r"\b(?:has|have|had|is|are|was|were)(?: \w+){0,2} (?:retracted|withdrawn)\b|\bretract(?:s|ing)?\b"
    r"|\b(?:expression|notice) of concern\b|\bzieh(?:t|en)\b[^.]{0,80} zurück\b|\bzurückgezogen\b|\br[eé]tract"
    r"|\bretira|\britira|\britratt|\bretrat|\bwycof|\bотозва|\bотзыва|\bретра|撤|取り下げ|철회",
    re.IGNORECASE,
)
_COLLECTION = expression(r"(?:in )?(?:this |special )?(?:collection|section|issue|series|category)\b", re.IGNORECASE)
_BEHIND_JOURNAL = expression(r"[\s.,;:|()-]*(?:$|[0-9]|©|copyright\b|vol(?:ume|\.)|issue\b|no\.|the authors?\b)")
MIN_JOURNAL = 4
MAX_HEAD = 8
MAX_ABOVE_TITLE = 4
MAX_JOURNAL, MAX_SENTENCE = 60, 4_000
MAX_MENU, MAX_MENU_LINE, MAX_ANNOUNCEMENT = 60, 300, 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The title line's facts; `body` is every other block, and `below` the position in it of the first below it."""

    title: str = ""
    article_title: str = ""
    state: State | None = None
    body: Sequence[Block] = ()
    below: int = 0


def heading_of(found: Sequence[Block], fields: Fields) -> Heading:
    """Return the facts of the title line; a volume with pages behind its label is not a title."""
    head = _labelled_heading(found, fields)
    return replace(head, article_title="") if _ONLY_A_PLACE.fullmatch(head.article_title) else head


def _labelled_heading(found: Sequence[Block], fields: Fields) -> Heading:
    """Find the title line: the first of the first blocks that bears a label, else the first that can be a title."""
    top = _end_of_head(found)
    labelled = [n for n in range(top) if _is_label_line(found, n)]
    place = next(iter(labelled), _first_title(found[:top]))
    if parse_state(found[place].words if place < len(found) else "") in _SECTIONS:
        place = _below_section(found, labelled)
    if place >= len(found):
        return Heading()
    words = found[place].words
    heading = parse_state(words)
    violation = _VIOLATION.fullmatch(words)
    if violation and violation["title"]:
        body = [block for n, block in enumerate(found) if n != place]
        return Heading(title=words, article_title=violation["title"], body=body, below=place)
    if heading is None and not violation:
        return _titled(found, place, fields)
    below, at = _title_below(found, place, fields, top)
    article_title, state = split_title_label(below.words) if below else ("", None)
    at = -1 if state is None and below and dois_in(below.words) else at  # a citation stays in the body
    return Heading(
        title=below.words if below and state else words,
        article_title=article_title,
        state=_combined(heading, below, found) if heading else state,
        body=[block for n, block in enumerate(found) if n not in {place, at}],
        below=place,
    )


def _below_section(found: Sequence[Block], labelled: Sequence[int]) -> int:
    """Return the position of the label of a marked state below a journal's section, where sentences declare it."""
    marked = [n for n in labelled if parse_state(found[n].words) in MARKED_STATES]
    return marked[0] if marked and _is_declared(found) else labelled[0]


def _is_declared(found: Sequence[Block]) -> bool:
    return any(_DECLARES.search(block.words[:MAX_SENTENCE]) for block in found if is_prose(block))


def _end_of_head(found: Sequence[Block]) -> int:
    """Return the position of the first block that is no line of the heading: a sentence, or the article's citation.

    A copied web page has lines of menus before the title: they are short, and none is a sentence.
    """
    is_titled = False
    for number, block in enumerate(found[:MAX_MENU]):
        is_unlabelled = split_title_label(block.words)[1] is None
        is_citation = is_only_a_citation(block.marked_up) and is_unlabelled
        if is_citation and is_titled and not _is_above_title(found, number):
            return number
        is_titled = is_titled or not is_unlabelled or parse_state(block.words) is not None
        is_sentence = is_prose(block) and not _announces(block.words)
        if number >= MAX_HEAD and (is_sentence or len(block.words) > MAX_MENU_LINE):
            return number + (not is_unlabelled)
    return min(len(found), MAX_MENU)


def _is_above_title(found: Sequence[Block], place: int) -> bool:
    """Tell whether a citation without authors is the notice's own: its title line comes a few lines below."""
    cited = read_citation(found[place].marked_up)
    below = found[place + 1 : place + 1 + MAX_ABOVE_TITLE]
    is_titled = any(
        (split_title_label(block.words)[1] is not None or parse_state(block.words) is not None) and not is_prose(block)
        for block in below
    )
    return cited is not None and not cited[0].authors and is_titled


def _announces(words: str) -> bool:
    """Tell whether a line introduces the next one: `This article is a retraction of:`."""
    return len(words) < MAX_ANNOUNCEMENT and words.rstrip().endswith((":", "："))


def _first_title(found: Sequence[Block]) -> int:
    """Return the position of the first block that can be a title where no label shows it; 0 where none can.

    What is above the salutation of a letter is its address, and no title.
    """
    greeted = next((n for n, block in enumerate(found) if _SALUTATION.fullmatch(block.words)), -1)
    if greeted >= 0:
        return min(greeted + 1, len(found) - 1)
    return next((n for n, block in enumerate(found) if not is_head_line(block) and not is_one_person(block.words)), 0)


def _combined(heading: State, below: Block | None, found: Sequence[Block]) -> State | None:
    """Return the state of a heading and of the title line below it; None where they contradict each other.

    Some journals print retractions in the section for errata and corrections: a sentence then declares the retraction.
    """
    state = split_title_label(below.words)[1] if below else None
    if below and heading in _SECTIONS and state in MARKED_STATES and not is_label_in_place(below.words):
        return state if _is_declared(found) else None
    if state is not None and {heading, state} <= _RETRACTIONS:
        return heading if state is State.RETRACTION else state  # the one that says more
    return heading if state in {None, heading} else None


def _is_label_line(found: Sequence[Block], place: int) -> bool:
    words = found[place].words
    if _COLLECTION.match(words):
        return False
    if parse_state(words) or ((violation := _VIOLATION.fullmatch(words)) and violation["title"]):
        return True
    about, state = split_title_label(words)
    if state is None:
        return False
    if place < MAX_HEAD and _NOTICE_AND_SENTENCE.match(words):
        return True
    if is_statement(about) and len(about) > MAX_TITLE:
        return state in MARKED_STATES and _DECLARES.search(about) is not None
    is_early = place == 0 or all(is_head_line(block) or parse_state(block.words) for block in found[:place])
    return not is_statement(about) or (is_early and state_of(sentences(about)) is not None)


def _titled(found: Sequence[Block], place: int, fields: Fields) -> Heading:
    words = found[place].words
    article_title, state = split_title_label(words)
    named = fields.value(field_names.TITLE)
    if named and (state is None or " " not in article_title):  # a row of a record is not a title: `Nature: Retraction`
        article_title, named_state = split_title_label(named)
        return Heading(title=named, article_title=article_title, state=named_state or state, body=found)
    if state is not None and is_statement(article_title):
        return Heading(title="", state=state, body=found)
    if state is None and not may_be_title(found[place]):
        return Heading(body=found)
    body = [block for n, block in enumerate(found) if n != place]
    return Heading(title=words, article_title=article_title, state=state, body=body, below=place)


def _title_below(found: Sequence[Block], place: int, fields: Fields, top: int) -> tuple[Block | None, int]:
    """Return the article's title below a bare heading, past the lines that are none, and its position (-1 for none).

    `top` is the end of the heading, in which a title with a label is looked for.
    """
    window = range(place + 1, min(place + 5, len(found)))
    for number in range(place + 1, min(max(top, place + 5), len(found))):
        about, state = split_title_label(found[number].words)
        is_label = parse_state(found[number].words) is not None  # `Article type: Retraction`
        if state is not None and not is_label and about and not _COLLECTION.match(about) and not is_statement(about):
            return found[number], number
        if is_prose(found[number]) and not _announces(found[number].words):
            break
    if fields.value(field_names.TITLE):
        return None, -1
    for number in window:
        block = found[number]
        is_quoted = _QUOTED_AND_AUTHORS.match(block.words) is not None
        if is_prose(block) or (is_only_a_citation(block.marked_up) and not is_quoted):
            break
        is_of_head = is_head_line(block) and not is_quoted
        if block.words == fields.value(field_names.JOURNAL) or is_of_head or parse_state(block.words):
            continue
        if _SALUTATION.fullmatch(block.words) or is_one_person(block.words) or _is_named_as_journal(block.words, found):
            continue
        if may_be_title(block) or is_quoted or _is_title_with_stop(found, number):
            return block, number
    return None, -1


def _is_title_with_stop(found: Sequence[Block], place: int) -> bool:
    """Tell whether a line is a title that ends with a full stop: the names of its authors are below it."""
    block = found[place]
    is_above_people = place + 1 < len(found) and is_people(found[place + 1].words)
    return is_above_people and block.words.endswith(".") and may_be_title(replace(block, words=block.words[:-1]))


def _is_named_as_journal(words: str, found: Sequence[Block]) -> bool:
    """Tell whether a short line is the journal's name: a sentence says that it publishes, or a citation names it."""
    if len(words) > MAX_JOURNAL:
        return False
    name = re.escape(words)
    if any(_is_of_journal(words, journal) for journal in cited_journals(found)):
        return True
    deed = re.compile(
        rf"{name},? (?:published|(?:is|are|has|have)(?: \w+)? (?:retract|made aware|been)|retracts|hereby)\b"
        rf"|\b(?:published|appeared) (?:online )?in {name}\b|\b[Ee]ditors? of {name}\b"
    )
    return any(deed.search(block.words[:MAX_SENTENCE]) for block in found if is_prose(block))


def cited_journals(found: Sequence[Block]) -> Iterator[str]:
    """Yield the journal of the first citation of each block that cites a work with its title."""
    for block in found:
        read = read_citation(block.marked_up[:MAX_SENTENCE])
        cited = read[0] if read else read_styled(block.words[:MAX_SENTENCE])
        if cited.title and len(cited.journal) >= MIN_JOURNAL and (read or cited.authors):
            yield cited.journal


def _is_of_journal(words: str, journal: str) -> bool:
    """Tell whether a line is a journal's name, alone or with the year, the volume or the copyright behind it."""
    line, name = (re.sub(r"^the ", "", text.casefold()) for text in (words, journal))
    return line.startswith(name) and _BEHIND_JOURNAL.match(line[len(name) :]) is not None


def may_be_title(block: Block) -> bool:
    """Tell a title from a paragraph: one sentence without a full stop that declares nothing, and no citation."""
    parts = sentences(block.words)
    if block.is_item or is_only_a_citation(block.marked_up) or state_of(parts) or is_other_field(block.words):
        return False
    return block.is_heading or (len(parts) == 1 and not block.words.endswith((".", ":", ",", "。", "：")))


def has_title_below(below: Sequence[Block]) -> bool:
    """Tell whether a line above the first sentence may be a title: the citation above it may be of another work."""
    lines = list(takewhile(lambda block: not is_prose(block), below))
    return any(may_be_title(block) and not is_head_line(block) and not is_one_person(block.words) for block in lines)

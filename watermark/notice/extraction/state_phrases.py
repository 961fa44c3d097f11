"""From the words of a notice to the state of the article."""

import re
from collections.abc import Iterable
from functools import cache

from watermark.notice.model import RETRACTED_WHOLE, State

_PHRASES: dict[State, tuple[str, ...]] = {
    State.RETRACTION: (
        "retraction",
        "retracted",
        "retracted article",
        "article retracted",
        "article retraction",
        "retraction notice",
        "retraction note",
        "retraction statement",
        "notice of retraction",
        "statement of retraction",
    ),
    State.RETRACTED_AND_REPLACED: (
        "retracted and replaced",
        "retracted and republished",
        "retraction and replacement",
        "retraction with replacement",
        "retraction and republication",
        "notice of retraction and replacement",
        "retraction and replacement notice",
    ),
    State.PARTIAL_RETRACTION: (
        "partial retraction",
        "partially retracted",
        "retraction in part",
        "partial retraction notice",
        "notice of partial retraction",
    ),
    State.WITHDRAWAL: (
        "withdrawal",
        "withdrawn",
        "withdrawn article",
        "article withdrawn",
        "article withdrawal",
        "withdrawal notice",
        "notice of withdrawal",
    ),
    State.EXPRESSION_OF_CONCERN: (
        "expression of concern",
        "editorial expression of concern",
        "expression of editorial concern",
        "notice of concern",
    ),
    State.REINSTATEMENT: ("reinstatement", "reinstated", "notice of reinstatement"),
    State.REMOVAL: (
        "removal",
        "removed",
        "article removal",
        "removal notice",
        "temporary removal",
        "notice of removal",
    ),
    State.CORRECTION: ("correction", "author correction", "publisher correction", "correction notice"),
    State.CORRIGENDUM: ("corrigendum", "corrigenda"),
    State.ERRATUM: ("erratum", "errata"),
    State.ADDENDUM: ("addendum", "addenda"),
    State.CLARIFICATION: ("clarification",),
    State.NEW_EDITION: ("new edition",),
    State.NEW_VERSION: ("new version",),
}
_STATES = {phrase: state for state, phrases in _PHRASES.items() for phrase in phrases}
_ANY_PHRASE = "|".join(sorted((re.escape(phrase).replace(r"\ ", "[ _-]") for phrase in _STATES), key=len, reverse=True))
MAX_LABELS = 3
_BRACKET_AT_END = re.compile(r"\[([^\[\]]{3,60})\]$")
_BRACKET_IN_FRONT = re.compile(r"\[([^\[\]]{3,60})\][:.]? ?(?=\S)")
_PREFIX = re.compile(rf"({_ANY_PHRASE})(?: (?:to|of|for|on))?(?:: ?| [-\u2013—] )(?=\S)", re.IGNORECASE)
_QUOTED = re.compile(
    rf"({_ANY_PHRASE}) (?:to|of|for|on):? ?[“\"\u2018']([^“”\"]{{3,}}?)[”\"\u2019']\.?(?: \[[^\[\]]*\])?$",
    re.IGNORECASE,
)

_ARTICLE = r"(?:article|paper|manuscript)\b"
_THIS = rf"(?:this|the (?:following|above|above[- ]named|published|present)) {_ARTICLE}"
_OBJECT = rf"(?:{_THIS}|the (?:[0-9]{{1,2}} [A-Z][a-z]{{2,8}} [0-9]{{4}} )?{_ARTICLE})"
_DOES = r"(?:have|has|hereby|now|are|is|wish(?:es)? to|would like to|decided to|agreed to|must)"
_IS_NOW = r"(?:has been|has now been|is|is being|is hereby|is now|was)"
_DEEDS: tuple[tuple[State, str], ...] = (
    (State.PARTIAL_RETRACTION, rf"{_THIS} {_IS_NOW} (?:partially retracted|retracted in part)"),
    (State.RETRACTED_AND_REPLACED, rf"{_THIS} (?:{_IS_NOW}|be) retracted and (?:replaced|republished)"),
    (State.RETRACTION, rf"{_DOES} retract(?:ed|ing)? {_OBJECT}"),
    (State.RETRACTION, rf"{_THIS} {_IS_NOW} retracted\b(?! in part| and re(?:placed|published))"),
    (State.RETRACTION, rf"\b(?:editors?|publishers?|authors?|journal|board|office|team) retracts? {_OBJECT}"),
    (State.WITHDRAWAL, rf"{_DOES} withdr(?:aw|awn|ew|awing) {_OBJECT}"),
    (State.WITHDRAWAL, rf"{_THIS} {_IS_NOW} withdrawn\b"),
    (
        State.EXPRESSION_OF_CONCERN,
        r"\b(?:issu|publish)(?:e|es|ed|ing)? (?:this|an?) (?:editorial )?expression of concern",
    ),
    (State.REINSTATEMENT, r"\breinstat(?:e|ed|es|ing|ement)\b"),
    (State.REMOVAL, rf"{_THIS} {_IS_NOW} removed\b"),
)
_NOT = re.compile(r"\b(?:not|never|neither|nor|no longer|rather than|instead of)\b", re.IGNORECASE)


def parse_state(text: str) -> State | None:
    """Return the state that `text` is the name of: `retraction`, `Partial-Retraction`, `Expression of concern`."""
    return _STATES.get(" ".join(re.split(r"[\s_-]+", text.strip(" \t\n.:").lower())))


def state_of_update(kind: str, label: str) -> State | None:
    """Return the state of an update from its type and label; a label that narrows a retraction outweighs the type."""
    state, named = parse_state(kind), parse_state(label)
    is_narrower = named in {State.REMOVAL, State.PARTIAL_RETRACTION, State.RETRACTED_AND_REPLACED}
    return named if is_narrower and state in RETRACTED_WHOLE else state or named


def contradicts_state(word: str, state: State) -> bool:
    """Tell whether `word` names a state of another kind than `state`: a whole retraction, a partial one, a concern."""
    named = parse_state(word)
    return named is not None and named is not state and not {named, state} <= RETRACTED_WHOLE


def split_title_label(title: str) -> tuple[str, State | None]:
    """Return the article's own title, and the state that the notice's title line puts on it (None when it does not).

    The label is in square brackets at the end or in front, or a word with a colon in front. A label at the end
    decides; of several, the last one: `… [Retraction] [Corrigendum]` corrects a retraction notice.
    """
    state: State | None = None
    for _ in range(MAX_LABELS):
        found = _BRACKET_AT_END.search(title, max(0, len(title) - 62))
        named = parse_state(found[1]) if found else None
        if found is None or named is None:
            break
        state = state or named
        title = title[: found.start()].rstrip()
    for _ in range(MAX_LABELS):
        if (quoted := _QUOTED.match(title)) and state in (None, parse_state(quoted[1])):
            return quoted[2].strip(), state or parse_state(quoted[1])
        found = _PREFIX.match(title) or _BRACKET_IN_FRONT.match(title)
        named = parse_state(found[1]) if found else None
        if found is None or named is None or (state and named is not State.RETRACTION and named is not state):
            break
        state = state or named
        title = title[found.end() :]
    return title, state


def state_of(sentences: Iterable[str]) -> State | None:
    """Return the one state that the sentences declare the article to be in; None when there is none, or several."""
    declared = {
        state
        for sentence in sentences
        for state, deed in _deeds()
        if (found := deed.search(sentence)) and not is_negated(sentence[max(0, found.start() - 40) : found.start()])
    }
    return declared.pop() if len(declared) == 1 else None


@cache
def _deeds() -> tuple[tuple[State, re.Pattern[str]], ...]:
    """Return the deeds, ready to be looked for: only where no title says the state."""
    return tuple((state, re.compile(pattern, re.IGNORECASE)) for state, pattern in _DEEDS)


def is_negated(text: str) -> bool:
    """Tell whether `text`, the words around a claim, turns the claim into its opposite."""
    return bool(_NOT.search(text))

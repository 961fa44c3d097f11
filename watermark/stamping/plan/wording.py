"""The words on the page and in front of the title, for each state."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from watermark.notice import Notice, State, contradicts_state
from watermark.stamping.mark import is_set_letter_by_letter
from watermark.stamping.plan.language_words import LANGUAGES, language_of

ENGLISH = "en"
CASES = ("", "upper", "lower")
PLACEHOLDERS = ("word", "date", "link")
TITLE_PREFIXES = {
    State.RETRACTION: "RETRACTED: ",
    State.RETRACTED_AND_REPLACED: "RETRACTED: ",
    State.WITHDRAWAL: "WITHDRAWN: ",
    State.PARTIAL_RETRACTION: "PARTIALLY RETRACTED: ",
    State.EXPRESSION_OF_CONCERN: "EXPRESSION OF CONCERN: ",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The wording of a profile. An empty entry uses the default of `language`, or else English.

    `language` is a BCP 47 tag. `words` are the marks and may hold `{date}`; `line` is the edge line and may hold
    `{word}`, `{date}` and `{link}`; `prefixes` precede titles. `case` is "", "upper" or "lower", of the mark.
    """

    language: str = ENGLISH
    words: Mapping[State, str] = field(default_factory=dict)
    line: str = ""
    prefixes: Mapping[State, str] = field(default_factory=dict)
    case: str = ""


def mark_word(notice: Notice, chosen: str, wording: Wording) -> str:
    """Return the word of the mark: the user's choice, else the profile's, else the word that the notice promises.

    The notice's word counts only in English, and only where it does not name another kind of state. Without any of
    them, the word is the state's own, in the profile's language.
    """
    if chosen:
        return chosen
    word = filled(_own_word(notice, wording), date=notice.date)
    return {"upper": word.upper(), "lower": word.lower()}.get(wording.case, word)


def line_words(notice: Notice, chosen: str, notice_page: str, wording: Wording) -> str:
    """Return the edge line: the mark, the notice's date if known, where the notice is, and what replaces the article.

    A word in a script whose letters cannot be set one by one is replaced by the English word.
    """
    word = filled(chosen or _own_word(notice, wording), date="")
    if not is_set_letter_by_letter(word):
        word = LANGUAGES[ENGLISH].word(notice.state)
    if wording.line:
        return filled(wording.line, word=word, date=notice.date, link=line_link(notice))
    language = language_of(line_language(wording)) or LANGUAGES[ENGLISH]
    opening = f"{word} {notice.date}" if notice.date else word
    line = f"{opening}{language.stop}{language.where(notice_page, notice.link)}"
    if not notice.replacement_doi:
        return line
    replacement = language.replaced.replace("{link}", f"https://doi.org/{notice.replacement_doi}")
    return f"{line.rstrip('.。')}{language.stop}{replacement}"


def line_language(wording: Wording) -> str:
    """Return the language of the edge line: the profile's, if this tool knows it or the profile defines the line."""
    return wording.language if wording.line or language_of(wording.language) else ENGLISH


def line_link(notice: Notice) -> str:
    """Return the edge line's link: the notice, else the article's own page, else an empty string."""
    if notice.link:
        return notice.link
    return f"https://doi.org/{notice.article.doi}" if notice.article.doi else ""


def title_prefix(state: State, wording: Wording) -> str:
    """Return the title's prefix with a space at the end: the profile's, or the English word that catalogues know."""
    return f"{wording.prefixes.get(state, TITLE_PREFIXES[state]).rstrip()} "


def filled(text: str, **values: str) -> str:
    """Return `text` with each `{name}` replaced, and no blank left where a value is empty."""
    whole = re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), text)
    return re.sub(r" (?=[ .,:;])", "", whole).strip()


def _own_word(notice: Notice, wording: Wording) -> str:
    if word := wording.words.get(notice.state):
        return word
    language = language_of(wording.language) or LANGUAGES[ENGLISH]
    promised = notice.mark_text if language is LANGUAGES[ENGLISH] else ""
    return promised if promised and not contradicts_state(promised, notice.state) else language.word(notice.state)

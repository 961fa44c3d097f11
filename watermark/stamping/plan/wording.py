"""The words on the page and in front of the title, for each state, in each language that this tool knows.

A profile can add others. Links are URIs: a DOI may hold characters that end or split an address (RFC 3986, Crossref's
display guidelines).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from watermark.notice import Notice, State, contradicts_state
from watermark.stamping.mark import is_set_letter_by_letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The mark for each state, and the sentences of the edge line that follow it.

    `linked` and `replaced` contain `{link}`: the address of the notice, and that of the article that replaces the
    retracted one. `attached`, `back` and `front` are whole sentences that say where the notice is in the copy, which
    stay true when the pages of a later notice are put before or after it.
    """

    retraction: str
    retracted_and_replaced: str
    withdrawal: str
    partial_retraction: str
    expression_of_concern: str
    linked: str
    replaced: str
    attached: str
    back: str
    front: str
    stop: str = ". "

    def word(self, state: State) -> str:
        """Return the word of the mark for a state that is marked."""
        return str(getattr(self, state.value))

    def where(self, notice_page: str, link: str) -> str:
        """Return the sentence that says where the notice is: its link, or else its position in the copy."""
        if link:
            return self.linked.replace("{link}", link)
        return {"back": self.back, "front": self.front}.get(notice_page, self.attached)


LANGUAGES: Mapping[str, Language] = {
    "en": Language(
        retraction="Retracted",
        retracted_and_replaced="Retracted and replaced",
        withdrawal="Withdrawn",
        partial_retraction="Partially retracted",
        expression_of_concern="Expression of concern",
        linked="Notice: {link}",
        replaced="Replacement: {link}",
        attached="The notice is attached to this file.",
        back="The notice is at the end of this file.",
        front="The notice is at the beginning of this file.",
    ),
    "pt": Language(
        retraction="Artigo retratado",
        retracted_and_replaced="Artigo retratado e substituído",
        withdrawal="Artigo retirado",
        partial_retraction="Artigo parcialmente retratado",
        expression_of_concern="Manifestação de preocupação",
        linked="Nota: {link}",
        replaced="Substituto: {link}",
        attached="A nota está anexada a este arquivo.",
        back="A nota está no final deste arquivo.",
        front="A nota está no início deste arquivo.",
    ),
    "es": Language(
        retraction="Artículo retractado",
        retracted_and_replaced="Artículo retractado y sustituido",
        withdrawal="Artículo retirado",
        partial_retraction="Artículo parcialmente retractado",
        expression_of_concern="Expresión de preocupación",
        linked="Nota: {link}",
        replaced="Sustituto: {link}",
        attached="La nota está adjunta a este archivo.",
        back="La nota está al final de este archivo.",
        front="La nota está al principio de este archivo.",
    ),
    "fr": Language(
        retraction="Article rétracté",
        retracted_and_replaced="Article rétracté et remplacé",
        withdrawal="Article retiré",
        partial_retraction="Article partiellement rétracté",
        expression_of_concern="Expression de préoccupation",
        linked="Avis : {link}",
        replaced="Remplacement : {link}",
        attached="L'avis est joint à ce fichier.",
        back="L'avis est à la fin de ce fichier.",
        front="L'avis est au début de ce fichier.",
    ),
    "de": Language(
        retraction="Zurückgezogen",
        retracted_and_replaced="Zurückgezogen und ersetzt",
        withdrawal="Zurückgenommen",
        partial_retraction="Teilweise zurückgezogen",
        expression_of_concern="Bedenken der Redaktion",
        linked="Mitteilung: {link}",
        replaced="Ersatz: {link}",
        attached="Die Mitteilung liegt dieser Datei bei.",
        back="Die Mitteilung steht am Ende dieser Datei.",
        front="Die Mitteilung steht am Anfang dieser Datei.",
    ),
    "ru": Language(
        retraction="Отозвана",
        retracted_and_replaced="Отозвана и заменена",
        withdrawal="Снята с публикации",  # noqa: RUF001 - a Russian word
        partial_retraction="Частично отозвана",
        expression_of_concern="Выражение обеспокоенности",
        linked="Уведомление: {link}",
        replaced="Замена: {link}",
        attached="Уведомление приложено к этому файлу.",
        back="Уведомление в конце этого файла.",
        front="Уведомление в начале этого файла.",
    ),
    "zh": Language(
        retraction="撤稿",
        retracted_and_replaced="撤稿并替换",
        withdrawal="撤回",
        partial_retraction="部分撤稿",
        expression_of_concern="关注声明",
        linked="声明: {link}",
        replaced="替换文章: {link}",
        attached="声明附于本文件。",
        back="声明见本文件末尾。",
        front="声明见本文件开头。",
        stop="。",
    ),
    "ja": Language(
        retraction="撤回",
        retracted_and_replaced="撤回・差し替え",
        withdrawal="取り下げ",
        partial_retraction="一部撤回",
        expression_of_concern="懸念表明",
        linked="告知: {link}",
        replaced="差し替え論文: {link}",
        attached="告知は本ファイルに添付されています。",
        back="告知は本ファイルの末尾にあります。",
        front="告知は本ファイルの冒頭にあります。",
        stop="。",
    ),
}


def language_of(tag: str) -> Language | None:
    """Return the words for a language tag (BCP 47), by its first part: pt for pt-BR; None for one that is not known."""
    return LANGUAGES.get(tag.partition("-")[0].lower())


RESOLVER = "https://doi.org/"
IN_A_PATH = "/!$&'()*+,;=:@~"
"""What a path may hold besides letters, digits and `-._` (RFC 3986 3.3)."""
IN_AN_ADDRESS = IN_A_PATH + "?#[]%"
_NO_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
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
    replacement = language.replaced.replace("{link}", f"{RESOLVER}{notice.replacement_doi}")
    return f"{line.rstrip('.。')}{language.stop}{replacement}"


def line_language(wording: Wording) -> str:
    """Return the language of the edge line: the profile's, if this tool knows it or the profile defines the line."""
    return wording.language if wording.line or language_of(wording.language) else ENGLISH


def line_link(notice: Notice) -> str:
    """Return the edge line's link: the notice, else the article's own page, else an empty string."""
    if notice.link:
        return notice.link
    return f"{RESOLVER}{notice.article.doi}" if notice.article.doi else ""


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


def uri_of(link: str) -> str:
    """Return a link as a URI in ASCII; an ordinary link is returned as it is.

    Of a DOI at the resolver every character is part of the DOI, so that `<`, `>`, `#`, `?` and `%` are percent-encoded.
    Other addresses keep their own escapes, query and fragment.
    """
    if link.startswith(f"{RESOLVER}10."):
        return RESOLVER + quote(link.removeprefix(RESOLVER), safe=IN_A_PATH)
    return quote(_NO_ESCAPE.sub("%25", link), safe=IN_AN_ADDRESS)

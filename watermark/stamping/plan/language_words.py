"""The words on the page in each language that this tool knows; a profile can add others."""

from collections.abc import Mapping
from dataclasses import dataclass

from watermark.notice import State


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

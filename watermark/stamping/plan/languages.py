"""The words on the page in each language that this tool knows; any other comes with a profile."""

from collections.abc import Mapping
from dataclasses import dataclass

from watermark.notice import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The mark for each state, and what the edge line says: behind the mark, and of where the notice is found.

    `linked` has `{link}` in it; `attached`, `back` and `front` are whole sentences.
    """

    retraction: str
    withdrawal: str
    partial_retraction: str
    expression_of_concern: str
    linked: str
    attached: str
    back: str
    front: str
    stop: str = ". "

    def word(self, state: State) -> str:
        """Return the mark for a state that is marked."""
        return str(getattr(self, state.value))

    def where(self, notice_page: str, link: str) -> str:
        """Return the sentence that says where the notice is found: by its link, or else in the copy."""
        if link:
            return self.linked.replace("{link}", link)
        return {"back": self.back, "front": self.front}.get(notice_page, self.attached)


LANGUAGES: Mapping[str, Language] = {
    "en": Language(
        retraction="Retracted",
        withdrawal="Withdrawn",
        partial_retraction="Partially retracted",
        expression_of_concern="Expression of concern",
        linked="Notice: {link}",
        attached="The notice is attached to this file.",
        back="The notice is on the last page.",
        front="The notice is on the first page.",
    ),
    "pt": Language(
        retraction="Artigo retratado",
        withdrawal="Artigo retirado",
        partial_retraction="Artigo parcialmente retratado",
        expression_of_concern="Manifestação de preocupação",
        linked="Nota: {link}",
        attached="A nota está anexada a este arquivo.",
        back="A nota está na última página.",
        front="A nota está na primeira página.",
    ),
    "es": Language(
        retraction="Artículo retractado",
        withdrawal="Artículo retirado",
        partial_retraction="Artículo parcialmente retractado",
        expression_of_concern="Expresión de preocupación",
        linked="Nota: {link}",
        attached="La nota está adjunta a este archivo.",
        back="La nota está en la última página.",
        front="La nota está en la primera página.",
    ),
    "fr": Language(
        retraction="Article rétracté",
        withdrawal="Article retiré",
        partial_retraction="Article partiellement rétracté",
        expression_of_concern="Expression de préoccupation",
        linked="Avis : {link}",
        attached="L'avis est joint à ce fichier.",
        back="L'avis est à la dernière page.",
        front="L'avis est à la première page.",
    ),
    "de": Language(
        retraction="Zurückgezogen",
        withdrawal="Zurückgenommen",
        partial_retraction="Teilweise zurückgezogen",
        expression_of_concern="Bedenken der Redaktion",
        linked="Mitteilung: {link}",
        attached="Die Mitteilung liegt dieser Datei bei.",
        back="Die Mitteilung steht auf der letzten Seite.",
        front="Die Mitteilung steht auf der ersten Seite.",
    ),
    "ru": Language(
        retraction="Отозвана",
        withdrawal="Снята с публикации",  # noqa: RUF001 - a Russian word
        partial_retraction="Частично отозвана",
        expression_of_concern="Выражение обеспокоенности",
        linked="Уведомление: {link}",
        attached="Уведомление приложено к этому файлу.",
        back="Уведомление на последней странице.",
        front="Уведомление на первой странице.",
    ),
    "zh": Language(
        retraction="撤稿",
        withdrawal="撤回",
        partial_retraction="部分撤稿",
        expression_of_concern="关注声明",
        linked="声明: {link}",
        attached="声明附于本文件。",
        back="声明见最后一页。",
        front="声明见第一页。",
        stop="。",
    ),
    "ja": Language(
        retraction="撤回",
        withdrawal="取り下げ",
        partial_retraction="一部撤回",
        expression_of_concern="懸念表明",
        linked="告知: {link}",
        attached="告知は本ファイルに添付されています。",
        back="告知は最後のページにあります。",
        front="告知は最初のページにあります。",
        stop="。",
    ),
}


def language_of(tag: str) -> Language | None:
    """Return the words for a language tag (BCP 47), by its first part: pt for pt-BR; None for one that is not known."""
    return LANGUAGES.get(tag.partition("-")[0].lower())

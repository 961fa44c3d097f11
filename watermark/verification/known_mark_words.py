"""Whether the word of a mark says that an article is retracted, withdrawn, or of concern.

A user may stamp any word. A copy that says something else verifies as well, so the report has to name the word.
"""

import re
import unicodedata

PHRASES = frozenset(
    {
        "retracted",
        "retraction",
        "withdrawn",
        "withdrawal",
        "retracted and replaced",
        "retracted and republished",
        "partially retracted",
        "partial retraction",
        "expression of concern",
        "temporarily withdrawn",
        "retirado",
        "retratado",
        "retratado e substituído",
        "parcialmente retratado",
        "manifestação de preocupação",
        "retractado",
        "retractado y sustituido",
        "parcialmente retractado",
        "expresión de preocupación",
        "rétracté",
        "rétracté et remplacé",
        "retiré",
        "partiellement rétracté",
        "expression de préoccupation",
        "zurückgezogen",
        "zurückgezogen und ersetzt",
        "zurückgenommen",
        "teilweise zurückgezogen",
        "bedenken der redaktion",
        "отозвана",
        "отозвана и заменена",
        "снята с публикации",  # noqa: RUF001 - Russian words
        "частично отозвана",
        "выражение обеспокоенности",
        "撤稿",
        "撤稿并替换",
        "撤回",
        "部分撤稿",
        "关注声明",
        "撤回・差し替え",
        "取り下げ",
        "一部撤回",
        "懸念表明",
    }
)
_ARTICLE = re.compile(r"(?:article|paper|artigo|artículo|artikel|статья) | (?:article|paper|artikel|статья)")
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DATE = re.compile(rf"[\d./\-年月日]+|\b(?:on|{_MONTHS})\b")
_BORDER = " .:;,!*[]()–—|"  # noqa: RUF001 - dashes


def says_retraction(mark_text: str) -> bool:
    """Return whether the word of a mark is one for a retraction, a withdrawal or a concern, in a known language.

    A date and the word for an article may be beside it. Any other word makes it unknown: “not retracted” is.
    """
    text = unicodedata.normalize("NFKC", mark_text).casefold()
    text = " ".join(_DATE.sub(" ", text).split()).strip(_BORDER)
    return text in PHRASES or _ARTICLE.sub("", text).strip(_BORDER) in PHRASES

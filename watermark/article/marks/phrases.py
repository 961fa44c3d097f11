"""The words by which articles are marked as retracted, and what a line that is a mark looks like.

A mark is on its own, or with a date or the address of the notice. The same words in a sentence, in a heading
or in a list of references are not a mark.
"""

import re
import unicodedata

from watermark.runtime.expressions import expression

WORDS = (
    *("retracted", "withdrawn", "expression of concern"),
    *("temporarily removed", "article removed", "notice of violation"),
    *("retratado", "retractado", "retirado", "retractada", "retirada", "rétracté", "ritirato", "ritrattato"),
    *("zurückgezogen", "ingetrokken", "teruggetrokken", "wycofany", "wycofano", "geri çekildi", "geri çekilmiştir"),
    *("отозвана", "отозвано", "отозван", "ретрагирована", "відкликано", "відкликана"),
    *("ανακληθηκε", "ανακληθεν", "αποσυρθηκε", "αποσυρθεν", "tillbakadragen", "tillbakadraget", "tilbagetrukket"),
    *("tilbaketrukket", "visszavont", "visszavonva", "оттеглена", "повучено"),
    *("widerrufen", "trukket tilbake", "článek stažen", "artikel ditarik", "articol retras"),
    *("撤稿", "撤回", "撤銷", "取り下げ", "철회", "مسحوب", "تم سحب", "بوحسم", "بحس مت"),
)
"""What is looked for: participles, because a noun is the heading of a notice; Arabic also as drawn from the left."""
NOUNS = (
    *("retraction", "retractación", "retratação", "rétractation", "ritrattazione", "retraktion", "ретракция"),
    "ретракція",
)
"""They are a mark where they are aslant across a page, and nothing else is on their line."""
HEADINGS = frozenset({"expressionofconcern", "noticeofviolation"})
"""Nouns as well: they count only where no heading would be."""

_OBJECT = (
    r"(?:article|paper|publication|manuscript|artigo|artículo|articulo|trabajo|articolo|artikel|artykuł|makale|статья"
    r"|стаття|статтю|το άρθρο|άρθρο|论文|論文|논문[은이]?|文章|文|(?:ال)?مقالة?|ة?لاقم(?:لا)?)"
)


def without_accents(text: str) -> str:
    """Return a text without the accents of its letters, each letter in its place."""
    plain = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(letter for letter in plain if not unicodedata.combining(letter)))


_WORD = "|".join(re.escape(form) for word in WORDS for form in dict.fromkeys((word, without_accents(word))))
_THIS = (
    r"(?:this |the following |the |el |este |o |questo |l'|dieser |dit |ten |bu |cet |эта |данная |ця |本|该|此|이 )"
)
_BEING = (
    r"(?:has been|was|is|now|partially|in part|wurde|ist|foi|é|ha sido|fue|a été|è stato|werd|został|была|было|已|被)"
)
_STATE = (
    rf"(?:editorial |ieee )?(?:{_WORD})"
    r"(?: of ieee publication principles|되었습니다|됨|된| worden|済み?|された)?"
)
_DATE = r"(?:[\d./-]{4,10}|\d{1,2} \w{3,9} \d{4}|\w{3,9} \d{1,2},? \d{4}|\w{3,9} \d{4})"
_ALONE = expression(
    rf"{_THIS}?(?:{_OBJECT}:? ?)?(?:{_BEING} ?){{0,3}}"
    rf"{_STATE}(?: ?{_OBJECT})?(?:[ :,(-]{{1,3}}(?:on |am |le |el )?{_DATE}\)?)?[.!。]?",
    re.IGNORECASE,
)
_SENTENCE = expression(
    rf"\W{{0,3}}{_THIS}{_OBJECT} ?(?:(?:{_BEING}) ?){{1,3}}(?:{_WORD})(?!\w)"
    rf"|\W{{0,3}}{_OBJECT} (?:has been|was) (?:{_WORD})\b",
    re.IGNORECASE,
)
_COVER = expression(
    rf"\b(?:this|the following|the above|the) {_OBJECT}(?: \S{{1,40}}){{0,3}}? (?:has|have|was|is)(?: been)?"
    rf" (?:{_WORD})\b"
    rf"|^\W*(?:notice of retraction|retraction notice|retraction note|withdrawal notice|{_WORD})\W*$",
    re.IGNORECASE | re.MULTILINE,
)
_NOTICE = expression(
    r"\W{0,3}(?:(?:notice|statement) of retraction|retraction (?:notice|note|statement)|editorial retraction)\b",
    re.IGNORECASE,
)
_WITH_NOTICE = expression(r"\bnotice\b|\bretraction\b|doi\.org/|\b10\.\d{4,9}/|https?://", re.IGNORECASE)
_GOES_ON = expression(r"[ ]?(?:[:.,;(|-]|on\b|by\b|see\b|due\b|at\b|\d)", re.IGNORECASE)
_IN_FRONT = expression(
    rf"\W{{0,3}}(?P<words>(?:this )?(?:{_OBJECT}:? )?(?:(?:has been|was|is|partially) ){{0,2}}(?:{_WORD})"
    rf"(?: {_OBJECT})?)",
    re.IGNORECASE,
)
_TITLE = expression(
    rf"\W{{0,3}}(?:{_WORD})(?: {_OBJECT})?\s?[:\]\u2013\u2014-]|.{{3,}}\[(?:{_WORD})(?: {_OBJECT})?\]\W*$",
    re.IGNORECASE,
)
MAX_LINE_LENGTH = 200


_NOT_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())


def letters_of(text: str) -> str:
    """Return the letters of a text alone, without case and accents: what stays of a word that is torn apart."""
    if text.isascii():  # most pages
        return text.encode("ascii").translate(None, _NOT_LETTERS).decode("ascii").lower()
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = plain.encode("utf-8", "surrogatepass").translate(None, _NOT_LETTERS).decode("utf-8", "surrogatepass")
    if not plain.isalpha():  # a few kinds of dashes, quotes and accents: to ask each character takes far longer
        for character in set(plain):
            if not character.isalpha():
                plain = plain.replace(character, "")
    return plain


NOUN_LETTERS = frozenset(letters_of(word) for word in NOUNS)
LETTERS = tuple(sorted({letters_of(word) for word in WORDS} | NOUN_LETTERS, key=len, reverse=True))
ASCII_LETTERS = tuple(letters for letters in LETTERS if letters.isascii())
_ANY = expression("|".join(LETTERS))


def may_be_marked(text: str) -> bool:
    """Whether the letters of any of the words follow each other in a text."""
    letters = letters_of(text)
    for word in ASCII_LETTERS if letters.isascii() else LETTERS:  # noqa: SIM110 - every page is asked: no generator
        if word in letters:
            return True
    return False


def places_in(letters: str) -> list[tuple[int, int]]:
    """Return where the words begin and end among letters alone."""
    return [found.span() for found in _ANY.finditer(letters)]


def stands_alone(line: str) -> bool:
    """Whether a line has only the words, what is retracted, and a date."""
    words = " ".join(unicodedata.normalize("NFKC", line).split()).strip("*\u2013\u2014-[]()•|“”\"' ")
    return _ALONE.fullmatch(words) is not None


def is_line_of_a_mark(line: str) -> bool:
    """Whether a line begins with the words and continues as a mark does.

    It continues with the address of the notice; or the words are in capitals, before a colon and the article's title.
    """
    line = " ".join(line.split())
    found = _IN_FRONT.match(line)
    if found is None or len(line) > MAX_LINE_LENGTH:
        return False
    rest = line[found.end() :]
    if not _GOES_ON.match(rest):
        return False
    return names_the_notice(rest) or (found["words"].isupper() and rest.lstrip().startswith(":"))


def is_sentence_of_a_mark(line: str) -> bool:
    """Whether a line begins with the sentence that this article was retracted."""
    return len(line) <= MAX_LINE_LENGTH and _SENTENCE.match(" ".join(line.split())) is not None


def is_heading_of_a_notice(line: str) -> bool:
    """Whether a line begins as the heading of a notice does: on the article itself, it was added as a mark."""
    return _NOTICE.match(" ".join(line.split())) is not None


def sentence_of_a_cover(text: str) -> str:
    """Return the words by which a page in front says that the article behind it was retracted, or ""."""
    found = _COVER.search(text)
    return " ".join(found[0].split()) if found else ""


def names_the_notice(line: str) -> bool:
    """Whether a line says where the notice is."""
    return _WITH_NOTICE.search(line) is not None


def is_title_of_a_mark(title: str) -> bool:
    """Whether a title in the metadata begins with the words, or ends with them in brackets."""
    return _TITLE.match(" ".join(title.split())) is not None

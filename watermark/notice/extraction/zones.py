# ruff: noqa: RUF001 - letters and punctuation of other scripts are meant
"""The part of a notice to which a block belongs: its heading, its sentences, its references, its foot."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from watermark.notice.dates import dates_in
from watermark.notice.doi import dois_in
from watermark.notice.extraction.citation import is_only_a_citation
from watermark.notice.extraction.state_phrases import split_title_label, state_of
from watermark.notice.model import State
from watermark.notice.remembered import remembered
from watermark.notice.text_blocks import Block, sentences
from watermark.runtime.expressions import expression

REFERENCES = expression(
    r"(?:references?(?: and notes| cited)?|bibliography|literature(?: cited)?|works cited|cited article"
    r"|literatur(?:verzeichnis)?"
    r"|referencias|références|riferimenti(?: bibliografici)?|bibliografia|referências|piśmiennictwo|список литературы"
    r"|литература"
    r"|参考文献|引用文献|참고문헌|參考文獻)[.:：]?",
    re.IGNORECASE,
)
_VERB = expression(
    r"\b(?:is|are|was|were|has|have|had|been|be|retracts?|issues?|agree[sd]?|regrets?|apologi\w+|wish(?:es)?|found"
    r"|wurde|werden|hat"
    r"|zieht|ziehen|stimmen|stimmt|ergab|teilt|retracta|retira|informa|comunica|rétracte|retire|annonce|ritira|wycofuje"
    r"|informuje|haben|fue|ha|han|été|ont|est|è|stato|foi|foram|został|został[ay]?|jest|была?|было)\b"
)
"""A verb, in lower case: `Han` and `Ha` are names."""
_OWN_JOURNAL = expression(
    r"(?=.*\b(?:19|20)[0-9]{2}\b)(?=.*(?:\bvol(?:ume|\.)?\b|\b[0-9]{1,4}\s?\([0-9A-Za-z -]{1,12}\)"
    r"|[;,:]\s?[0-9]{1,4}\s?[:,(]|\b[ivxlc]{2,7}; |\b[0-9]{1,4}:e?[0-9]+"
    r"|\bno\.|\bissue\b|№ ?[0-9]|[ТтСс]\. ?[0-9]|\bn[.º°o] ?[0-9]|第[0-9]+[卷期巻号]|\([12][0-9]{3}\) [0-9]"
    r"|\b[0-9]{1,4} \((?:19|20)[0-9]{2}\)|\bpp?\. ?[0-9]|\bpages? [0-9]|doi)).{4,240}",
    re.IGNORECASE | re.DOTALL,
)
_FURNITURE = expression(
    r"(?:received|accepted|revised|correspond|e-?mail|copyright|the author\(s\)"
    r"|article reuse guidelines|©|\(c\)|issn|www\.|https?:|open access|vol(?:ume|\.)? "
    r"|issue|pages?\b"
    r"|published|available online|article history|keywords|contents lists|journal homepage|creative commons|this is"
    r" an open access"
    r"|department|faculty|university|institute|edited by|handling editor|academic editor|review(?:ed)? by"
    r"|cite this"
    r"|citation:|to cite|how to cite|article in press|editorial office|crossmark|check for updates|download"
    r"|the following article is open access"
    r"|share|views|arxiv:|\[?submitted on|\*|metrics|[0-9]+ (?:views|accesses|citations|downloads)|skip to|home\b"
    r"|advertisement|article (?:number|id)\b|number of pages?\b|sections?$"
    r"|articles$|research topics|about (?:the )?journal|authors?$|figures?$|full text|pdf\b"
    r"|approved by|type\b|read original|comments$|search\b|log ?in|sign in|menu$|journal info|sec\. |back to|tools$"
    r"|submit (?:your|an?|manuscript)\b|article views|view (?:related|crossmark|citing|supplement|article)"
    r"|full terms|to link to|in special|special collection|get rights|purchase|author links"
    r"|connected content|topics?\b|aims and scope|explore\b"
    r"|abstract$|type:|information:|letters?$|editor[ -]in[ -]chief$)",
    re.IGNORECASE,
)
_LICENCE = expression(
    r"\b(?:open[- ]access|this) article (?:is |are )?(?:distributed|licensed|published) under\b"
    r"|\bcreative commons (?:attribution|cc[- ]by)\b",
    re.IGNORECASE,
)
"""The terms of a licence: they are sentences, and none of them is of the notice."""
_KIND = expression(
    r"(?:editorial|news|notice|retractions?|research|open access|(?:case|brief|short|clinical|technical) (?:report"
    r"|communication|study|note)|(?:review|clinical|regular) article|original (?:article|research)|article|errata?"
    r"|research-article|free access|addition/correction|corrections? and additions?|correspondence|in this issue"
    r"|letter to the editor"
    r"|corrections?|letters?|(?:notice|note)s? to (?:the |our )?readers?"
    r"|(?:full|short|research) (?:paper|article)|publisher'?s? note|editor'?s? note|announcement"
    r"|note de la rédaction|nota (?:de la redacción|della redazione|da redação)|od redakcji|от редакции"
    r"|in eigener sache|(?:anmerkung|mitteilung) der (?:redaktion|herausgeber)|under an? .{1,40}\blicen[cs]e)s?",
    re.IGNORECASE,
)
JOURNAL_NAME = expression(
    r"(?:the )?(?:[A-Z][\w&-]* ){0,6}?(?:Journal|Annals|Archives|Proceedings|Transactions|Bulletin|Reviews?|Letters"
    r"|Reports|Frontiers|Acta|Database"
    r"|International Journal|Zeitschrift|Revista|Rivista|Revue|Czasopismo)(?: (?:of|for|in|on|the|and|de|del|des|für"
    r"|&) ?[\w ,&'-]{2,80})?",
)
_EAST_ASIAN_JOURNAL = expression(
    r"[^\s。、，,「」『』《》0-9]{1,20}(?:学报|杂志|期刊|学刊|通报|会誌|学会誌|雑誌|紀要|학회지|저널)"
)
_EAST_ASIAN_OFFICE = expression(
    r"[^\s。、，,0-9]{2,30}(?:编辑部|編輯部|编委会|编辑委员会|編集部|編集委員会|杂志社|편집위원회|편집부)"
)
_AUTHOR_LINE = expression(
    r"(?:by )?(?:the )?(?:[A-Z][\w&'\u2019.-]{0,30} ){0,5}(?:editors?|editorial (?:office|board|team)|publisher"
    r"|authors)(?:[-, ].{0,60})?",
    re.IGNORECASE,
)


_EAST_ASIAN_STOP = expression(r"[。]|(?:다|요|음)\.(?:\s|$)")
_YEAR = expression(r"\b(?:19|20)[0-9]{2}\b")
_NUMBERED = expression(r"\[?[0-9]{1,3}[\].)]{0,2}\s+[^\W\d_a-z][\w'\u2019-]+ [A-Z]{1,3}\b")
_SIGNED = expression(r"[^\W\d_a-z].{3,60}, (?:\w+[ -]){0,2}editors?(?:[ -]in[ -]chief)?\.?", re.IGNORECASE)
_REFERENCE_NUMBER = expression(r"\[[0-9]{1,3}\] ?(?=\S)|[0-9]{1,3}[.)] (?=[^\W\d_])")
_UNDATED = expression(r"(?:[^\W\d_a-z][\w'\u2019-]{1,40} [A-Z]{1,3}(?:, |\. )){1,40}(?=\S)")
"""The authors with whom a reference begins, also where it has no year."""
MAX_FOOT = 6
"""Blocks that may follow a list of references: the date, the copyright, the address."""


@dataclass(frozen=True, slots=True)
class Zones:
    """The positions, in the blocks below the title, of the first sentence and of the end of the statement.

    `references` is the position of the references' heading, or of the first reference where they have no heading;
    `listed` that of the first reference. Both are the count of blocks where there are none.
    """

    first_sentence: int
    references: int
    listed: int


MAX_LINE_OF_PEOPLE = 600
MAX_PERSON, MAX_LICENCE = 50, 600
_UPPER = r"[^\W\d_a-zß-öø-ÿа-яё]"
_PERSON = expression(
    rf"(?:(?:Dr|Prof|Mr|Ms|Mrs)\. )?{_UPPER}[\w'\u2019-]*\.?(?: {_UPPER}\.){{0,3}}(?: (?:de|van|von|der|al|bin"
    rf"|la|del|di))?"
    rf" {_UPPER}[\w'\u2019-]+[0-9*†]{{0,3}}(?:, (?:[A-Z][A-Za-z]{{0,3}}\.?,? ?){{1,5}})?"
)


_AFFILIATION = expression(
    r"(?-i:(?:[a-z*†‡§]|[0-9]{1,2})[.)]? ?(?=[^\W\d_a-z]))[^,:]{0,60}\b(?:universi|d[eé]part|dipart|abteilung|klini"
    r"|clini|servi[cç]|hospital|hôpital|ospedal|insti|istitut|facul|fakult|facol|college|school|schule|laborato|unit[éeàa]|cent[re]"
    r"|division|wydzia|katedr|кафедр|институт|университет)[^,]{0,80},",
    re.IGNORECASE,
)
"""The mark of an author and the address: `a Service de pneumologie, 22400 Lamballe, France`."""


def zones_of(body: Sequence[Block]) -> Zones:
    """Return where the statement and the list of references begin; the count of blocks where there is none."""
    heading = _heading_of_references(body)
    references = heading if heading >= 0 else _first_reference(body)
    listed = references + 1 if heading >= 0 else references
    first = next((n for n, block in enumerate(body[:references]) if is_prose(block)), references)
    return Zones(first, references, listed)


def _heading_of_references(body: Sequence[Block]) -> int:
    """Return the position of the line `References` above the list; -1 for none.

    A page may print the word in its menus, too: a heading has a reference below it. Where none has, it is the first
    one below which no sentence tells the state of the article.
    """
    headings = [number for number, block in enumerate(body) if REFERENCES.fullmatch(block.words.strip())]
    above_list = (number for number in headings if any(map(_is_reference, body[number + 1 : number + 2])))
    last = max((number for number, block in enumerate(body) if _tells_state(block)), default=-1) if headings else -1
    return next(above_list, next((number for number in headings if number > last), -1))


def _tells_state(block: Block) -> bool:
    return is_prose(block) and _state_told(block.words) is not None


def _first_reference(body: Sequence[Block]) -> int:
    """Return the position of the first of the numbered citations with a year and a DOI that end a notice."""
    first = len(body)
    for number in range(len(body) - 1, -1, -1):
        block = body[number]
        if (block.is_item or _NUMBERED.match(block.words)) and _is_reference(block):
            first = number
        elif first < len(body) or len(body) - number > MAX_FOOT or block.is_item:
            break
    if first in {0, len(body)}:
        return len(body)
    above = body[first - 1]
    is_signed = body[first].number == 1 and _SIGNED.fullmatch(above.words) is not None
    is_below = is_prose(above) or is_head_line(above) or above.is_item or is_signed
    is_list = not above.words.rstrip().endswith((":", "：")) and is_below
    return first if is_list else len(body)


def _is_reference(block: Block) -> bool:
    years = _YEAR.search(re.sub(r"10\.[0-9]{4,9}/\S+", " ", block.words))
    return (
        (years is not None or (block.is_item and _UNDATED.match(block.words) is not None))
        and len(block.words) < 800
        and not _state_told(block.words)
        and (bool(dois_in(block.words)) or is_only_a_citation(block.marked_up))
    )


@remembered
def _state_told(words: str) -> State | None:
    """Return the state that the sentences of a block declare: each block is asked for it many times."""
    return state_of(sentences(words))


def is_prose(block: Block) -> bool:
    """Tell a paragraph of the statement from a line of the heading: it is a sentence with a verb."""
    words = block.words
    if _EAST_ASIAN_STOP.search(words) and not block.is_heading:
        return True
    if block.is_heading or len(words) < 30:
        return bool(_state_told(words))
    if split_title_label(words)[1] is not None and not _VERB.search(words):
        return False
    if is_only_a_citation(block.marked_up) or _FURNITURE.match(words):
        return False
    if _LICENCE.search(words[:MAX_LICENCE]) and not _state_told(words):
        return False
    return bool(_VERB.search(words)) and (
        words.rstrip().endswith((".", ":", "!", "?", ")", "”", "]")) or len(words) > 200
    )


def is_head_line(block: Block) -> bool:
    """Tell a line that names a journal, a date, an address, a person or a kind of article: it is no title."""
    words = block.words.strip()
    return bool(
        _FURNITURE.match(words)
        or _AFFILIATION.match(words)
        or _KIND.fullmatch(words.rstrip(".:"))
        or (_OWN_JOURNAL.fullmatch(words) and not is_prose(block))
        or JOURNAL_NAME.fullmatch(words)
        or _EAST_ASIAN_JOURNAL.fullmatch(words)
        or _EAST_ASIAN_OFFICE.fullmatch(words)
        or _AUTHOR_LINE.fullmatch(words.rstrip("*"))
        or any(part.strip().isdigit() for part in words.split("|")[1:])  # a running head: `Ponds | 347`
        or (dois_in(words) and len(words) < 200)
        or (dates_in(words) and len(words) < 80)
        or is_people(words)
    )


def is_kind(words: str) -> bool:
    """Tell a line that names a kind of article, or its access: `CASE REPORT`, `Free Access`."""
    return _KIND.fullmatch(words.strip(" .:")) is not None


def begins_with_number(words: str) -> bool:
    """Tell a line that begins with the number of a reference: `[1] Marsh A. Ponds`."""
    return _REFERENCE_NUMBER.match(words) is not None


def is_one_person(words: str) -> bool:
    """Tell a line that may be the name of one person, and is too short to be a title: `Ada Moss, Ph.D.`."""
    return len(words) <= MAX_PERSON and _PERSON.fullmatch(words.strip(" .,*")) is not None


def is_office(words: str) -> bool:
    """Tell a line that names the editors or the office of a journal as authors, and is not a sentence about them."""
    bare = words.strip(" *")
    is_named = (_AUTHOR_LINE.fullmatch(bare) or _EAST_ASIAN_OFFICE.fullmatch(bare)) is not None
    return is_named and _VERB.search(words) is None


def is_people(words: str) -> bool:
    """Tell a line of authors: names with initials or several names, and no other words."""
    if len(words) > MAX_LINE_OF_PEOPLE:
        return False
    words = re.sub(
        r"^by (?=[^\W\d_a-z])|(?<=[^\W\d_]) (?=[0-9*†‡§]{1,3}(?:,[0-9])* ?(?:[,;&]|and |$))",
        "",
        " ".join(words.split()),
    )
    plain = re.sub(r"(?<![0-9*†‡§,])[0-9*†‡§,]+(?= ?[,;]| and | & |$)", "", words).strip(" .")
    parts = [part for part in re.split(r" ?[,;•·] ?(?:and |& ?)?| and | ?& ?", plain) if part]
    if not parts:
        return False
    initial = re.compile(
        r"(?:[A-Z]\.[ -]?){1,4}(?:[a-z]{2,3} )?[^\W\d_][\w'\u2019-]+|[^\W\d_][\w'\u2019-]+(?: [^\W\d_][\w'\u2019-]+)?"
        r" (?:[A-Z]\.?){1,3}"
    )
    if all(initial.fullmatch(part.strip()) for part in parts):
        return True
    names = all(
        re.fullmatch(
            rf"(?:{_UPPER}[\w'\u2019.-]*(?: (?:de|van|von|der|al|bin|el|la|da|del|di))?(?: |$)){{2,4}}",
            f"{part.strip()} ".rstrip(),
        )
        for part in parts
    )
    return names and len(parts) > 1

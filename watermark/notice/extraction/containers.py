# ruff: noqa: RUF001 - quotation marks and letters of other scripts are meant
"""What an article appeared in, where only words beside it tell so: a book, proceedings, a preprint server, a journal.

A book is named behind the chapter and `in`, with its editors; proceedings behind `published in`; a server in front of
the DOI; a journal behind those who edit it or read it, and above the page.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from watermark.notice.dates import date_in_words
from watermark.notice.doi import dois_in
from watermark.notice.extraction.citation_styles import read_styled
from watermark.notice.extraction.citation_tails import SMALL_WORDS, is_name, tail_of
from watermark.notice.extraction.journal_lines import may_be_journal
from watermark.notice.extraction.journal_names import cleaned, folded
from watermark.notice.extraction.role_cues import names_another_work
from watermark.notice.extraction.state_phrases import parse_state, split_title_label
from watermark.notice.extraction.zones import is_kind, is_office, is_one_person, is_people
from watermark.notice.model import Reference
from watermark.notice.text_blocks import Block
from watermark.runtime.expressions import expression

_EDITORS = (
    r"\(?(?:[Ee]ds?|[Ee]dited|[Ee]ditors?|[Hh]rsgg?|[Hh]gg?|[Dd]irs?|[Cc]oords?|[Oo]rgs?|[Rr]ed|[Pp]od red|a cura di"
    r"|sous la direction|под ред)\b"
)
_NAME = r"(?P<name>[^\W\d_a-z][^“”\"«»„()\[\];\n]{4,200}?)"
_END_OF_BOOK = (
    r"(?=,? (?:Lecture Notes\b|\(|\[|pp?\.|pages?\b|[Cc]hapter\b|[Vv]ol(?:ume|\.)|https?:|doi|DOI|10\.|isbn|ISBN"
    r"|[A-Z]{2,8},? (?:vol\.? ?)?[0-9])|\s?\(|; |\.? ?$|\. (?=[^\W\d_a-z])|,? (?:19|20)[0-9]{2}\b)"
)
_IN_A_BOOK = expression(
    rf"(?:[,.;”\"»’')\]]{{1,2}} ?)?[Ii]n:? (?:[^“”\"«»()\[\]]{{3,160}}?,? {_EDITORS}(?:\.?\)[:,.]? |\.?[:,] ))"
    rf"{_NAME}{_END_OF_BOOK}"
)
_CHAPTER = expression(r"\b[Cc]hapter [0-9]{1,3},? (?=[Ii]n:? )")
_BOOK_AND_EDITORS = expression(rf"[,.;”\"»’')\]]{{1,2}} ?[Ii]n:? {_NAME},? {_EDITORS}\.?(?: by| von)? (?=[^\W\d_a-z])")
_EDITED_BOOK = expression(rf"(?:[^\W\d_a-z][^“”\"()\[\]:;]{{3,160}}) \({_EDITORS[3:]}\.?\)[:,.] {_NAME}{_END_OF_BOOK}")
"""The line of a book with its editors: `K. Roe (Ed.): Ponds, LNPS 12, pp. 1-9`."""
_PROCEEDINGS = expression(
    r"(?:(?i:published in|appeared in|presented at|in)\s?:? ?(?:the )?)?"
    r"(?P<name>(?:[A-Z][\w-]{1,20} ?['’]?[0-9]{2,4}: )?(?:[^\W\d_a-z][\w'’-]* |[0-9]{1,4}(?:st|nd|rd|th)? ){0,6}"
    r"(?:Proceedings of|(?:Conference|Symposium|Workshop|Congress) (?:on|of|for|in))\b[^“”\"«»„•|\[\];]{8,180}?)"
    r"(?:,? \(?(?:pp?\.|[Pp]ages?)\b.{0,80}|\s[•|·]\s.{0,160}|[.,]? ?(?:https?:|doi|DOI).{0,120}"
    r"|[.,]? (?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r" (?:19|20)[0-9]{2}\b.{0,120})?"
)
_SERVER_AND_NUMBER = expression(
    r"(?P<name>[^\W\d_][\w.]{2,30}(?: [^\W\d_a-z][\w.]{1,30}){0,3}) (?P<number>[0-9][\w./-]{5,40})\s?[;,.:]\s?"
    r"(?:doi|https?:)[^\n]{0,200}?/(?P=number)"
)
"""The name of a preprint server in front of the number that its DOI ends with: `bioRxiv 2020.11.02.3655; doi: …`."""
_SERVER = expression(
    r"\b(?:[A-Za-z]{2,8}[RrX][xX]iv|arXiv|Research Square|SSRN(?: Electronic Journal)?|Preprints\.org)\b"
)
_IS_PREPRINT = expression(r"\bpreprints?\b", re.IGNORECASE)
_SERVER_NAME = expression(
    r"(?!(?:[Ss]ign|[Ll]og|[Ss]ubmit|[Bb]rowse|[Ss]earch|[Hh]ome|[Ss]kip|[Nn]ew)\b)(?:[a-z]{2,6}(?=[A-Z])|[A-Z])[\w.]{2,30}"
    r"(?: (?:[A-Z][\w.]{1,30}|of|for|in)){0,4}"
)
_ITS_KIND = expression(r"\W{1,9}the preprint server\b.*$", re.IGNORECASE)
_IN_PRESS = expression(
    rf"{_NAME}(?:, | \()(?:[Ii]n [Pp]ress|[Aa]rticles? in [Pp]ress|[Aa]vailable online|[Ff]irst published)\b.{{0,80}}"
)
_ROLE = expression(
    r"\b(?:(?:[Ee]ditors?(?:-in-[Cc]hief)?|[Ee]ditorial (?:[Bb]oard|[Oo]ffice|[Tt]eam|[Cc]ommittee)|[Rr]eaders(?:hip)?"
    r"|[Ss]ubscribers|[Bb]ehalf|[Pp]ages|[Ii]ssues?)(?: and (?:the )?[Pp]ublishers?)? of"
    r"|[Pp]aper in|[Aa]rticle in|[Oo]nline (?:[Ff]irst )?in) (?:the )?(?:journal )?"
    r"(?P<name>(?:[A-Z][\w&'’-]*)(?: (?:[A-Z][\w&'’-]*|of|and|the|in|for|on|&)){1,9})"
    r"|\b[Tt]he (?P<own>(?!The\b)[A-Z][\w&'’-]*(?: (?:(?!Editor|Editorial\b)[A-Z][\w&'’-]*|of|and|in|for|&)){0,7})"
    r" (?:[Ee]ditors\b|Editors?-in-[Cc]hief\b|[Ee]ditorial (?:[Oo]ffice|[Tt]eam|[Bb]oard)\b)"
)
"""A journal behind those who make or read it, which has two words at least, or in front of them."""
_IN_JOURNAL = expression(
    r"\b(?:from|in) (?:the )?(?P<name>(?:[A-Z][\w-]* ){0,3}(?:Journal|Annals|Archives|Bulletin|Transactions|Quarterly)"
    r"(?: of| for| on)(?: (?:of|for|on|and|the|in|&|[A-Z][\w-]*)){1,8})"
)
_IN_PROCEEDINGS = expression(
    r"\b(?:in|at) (?:the )?(?P<name>(?:Proceedings of (?:the )?(?=[A-Z0-9])"
    r"|[0-9]{4} [\w ]{3,40} Conference on )[^,.;()“”]{8,150})"
)
_BRACKETED = expression(
    r"\b(?:[Oo]ur|[Tt]he|[Tt]his|[Aa]n?)\b[^.\[\]()]{0,60}\b(?:[Pp]aper|[Aa]rticle|[Ll]etter"
    r"|[Cc]ommunication|[Rr]eport|title|work|study)\b[,:]? ?"
    r"[\[(] ?(?P<citation>[^\W\d_a-z][^\[\]]{6,400}?)[\])]",
)
"""The place of the article in brackets behind what the sentence calls it: `our paper [J. Ponds 11, 44 (2015)]`."""
_SIGNATURE = expression(
    r"\b(?:[Ee]ditors?|Editors?[- ]in[- ][Cc]hief|Editorial (?:Board|Office)), (?:the )?(?:journal )?"
    r"(?P<name>[A-Z][\w&'’-]*(?: (?:[A-Z][\w&'’-]*|of|and|the|in|for|on|&)){1,9})\.?$"
)
"""The end of a letter: `The Editors, Ponds and Lakes`."""
_PUBLISHER = expression(
    r"\b(?:Elsevier|Springer|Wiley|SAGE|Sage|Hindawi|Taylor|IEEE|ACM|IOP|AIP|MDPI|Frontiers|Library|Publishing"
    r"|Publishers?|Publications|Press|Ltd|Inc|Verlag|University|Institute|Department|Committee|Policy|Office|Board|Editors?"
    r"|Center|Centre|College|Hospital|Foundation|Council|Group|Online|Access|License|Licence|Creative Commons|Chief"
    r"|[EÉ]di(?:zioni|tions?|ciones|ções|tora|toriale?)|Wydawnictwo|Издательство|Academic|Guest|Handling|Managing|Associate"
    r"|Section|Executive|Deputy|Senior|Retract\w+)\b"
)
_SOCIETY = expression(
    r"(?!.*\b(?:Journal|Proceedings|Bulletin|Transactions|Annals|Notes|Studies)\b)(?:The )?(?:[A-Z][\w-]* ){0,3}"
    r"(?:Society|Association|Academy|Union|Federation)\b",
    re.IGNORECASE,
)
_LETTERHEAD = expression(r"(?:[^\W\d_a-z]|[a-z]{1,6}(?=[A-Z])).{5,90}")
_ONLINE = expression(
    r"(?:^|[,»”.] ?)(?P<name>[^\W\d_a-z][^«»“”\[\]0-9]{4,100}) \[(?:[Ee]n ligne|[Ee]n línea|[Oo]n-?line|[Ii]nternet)\]"
)
"""The journal of a citation that calls it electronic: `« Un titre », Études d'étangs [En ligne], 61 | 2019`."""
_CODE = expression(r"/(?:j\.|acs\.|[a-z]{1,4}\.)?(?P<code>[A-Za-z][A-Za-z0-9]{1,14}[A-Za-z])(?![A-Za-z])")
"""The letters with which publishers abbreviate the journal behind the prefix of a DOI."""
_NAMED_BY = expression(
    r"(?:^|\W)(?:in|of|to|by|journal|the|en|de|des|du|la|le|di|dei|in der|im|der|von|w|в)\W{1,3}$", re.IGNORECASE
)
MAX_LINE, MAX_NAME, MAX_HEAD, MAX_TEXT, MAX_BLOCKS, MIN_WORDS = 400, 200, 8, 4_000, 200, 2
MIN_STEM, MAX_ENDING, MAX_ACRONYM, MAX_LEAD = 4, 3, 5, 160
"""Letters of a word that its endings leave, and those of an ending."""


def books_in(found: Sequence[Block], title: str) -> Iterator[str]:
    """Yield the books of which the article is a chapter: behind its title and `in`, and in a line with the editors."""
    wanted = title.casefold()
    for block in found[:MAX_BLOCKS]:
        words = block.words[:MAX_TEXT]
        place = words.casefold().find(wanted) if wanted else -1
        if place >= 0:
            behind = words[place + len(title) :][:MAX_LINE]
            for one in (_BOOK_AND_EDITORS, _IN_A_BOOK):
                if (book := one.match(behind)) and may_be_container(book["name"]):
                    yield _cleaned(book["name"])
                    break
        numbered = _CHAPTER.search(words[:MAX_LINE])
        book = _IN_A_BOOK.match(words, numbered.end()) if numbered else None
        if book and may_be_container(book["name"]):
            yield _cleaned(book["name"])
        if (line := _EDITED_BOOK.match(words)) and may_be_container(line["name"]):
            yield _cleaned(line["name"])


def proceedings_in(found: Sequence[Block]) -> Iterator[str]:
    """Yield the proceedings that a line of the notice names, alone or behind `published in`."""
    for block in found[:MAX_BLOCKS]:
        line = _PROCEEDINGS.fullmatch(block.words) if len(block.words) <= MAX_LINE else None
        if line and may_be_container(line["name"]) and not names_another_work(block.words):
            yield _cleaned(line["name"])


def servers_in(found: Sequence[Block]) -> Iterator[str]:
    """Yield the preprint servers that name the manuscript with its number, or a page on which the notice is."""
    for block in found[:MAX_BLOCKS]:
        if server := _SERVER_AND_NUMBER.search(block.words[:MAX_TEXT]):
            yield server["name"]
    if any(_IS_PREPRINT.search(block.words[:MAX_TEXT]) for block in found[:MAX_BLOCKS]):
        first = _ITS_KIND.sub("", found[0].words)
        yield from (name for name in (first,) if _SERVER_NAME.fullmatch(name) and _may_be_letterhead(name))
        yield from (block.words for block in found[:MAX_HEAD] if _SERVER.fullmatch(block.words))


def journals_in_press(found: Sequence[Block]) -> Iterator[str]:
    """Yield the journals of lines that tell that the article has no volume yet: `Ponds, In Press`."""
    for block in found[:MAX_BLOCKS]:
        line = _IN_PRESS.fullmatch(block.words) if len(block.words) <= MAX_LINE else None
        if line and may_be_container(line["name"]):
            yield line["name"]


def journals_of_people(paragraphs: Sequence[str]) -> Iterator[str]:
    """Yield the journals that sentences name with their editors or readers: `the readership of Ponds and Lakes`."""
    for words in paragraphs[:MAX_BLOCKS]:
        places = [place for one in (_IN_JOURNAL, _IN_PROCEEDINGS) for place in one.finditer(words[:MAX_TEXT])]
        places = [one for one in places if not names_another_work(words[max(0, one.start() - MAX_LEAD) : one.start()])]
        roles = (
            role
            for role in _ROLE.finditer(words[:MAX_TEXT])
            if not role[0].casefold().startswith(("paper", "article"))
            or not names_another_work(words[max(0, role.start() - MAX_LEAD) : role.start()])
        )
        for found in (*roles, *_SIGNATURE.finditer(words[:MAX_LINE]), *places):
            own = found.groupdict().get("own") or ""
            name = own or re.sub(r" (?:of|and|the|in|for|on|&)$", "", found["name"])
            name = cleaned(name)
            if (own or len(name.split()) >= MIN_WORDS) and may_be_container(name) and not _PUBLISHER.search(name):
                yield name


def cited_in_brackets(paragraphs: Sequence[str]) -> Iterator[Reference]:
    """Yield the citations in brackets behind `our paper`, in sentences about the article."""
    for words in paragraphs[:MAX_BLOCKS]:
        for found in _BRACKETED.finditer(words[:MAX_TEXT]):
            cited = tail_of(found["citation"]) or read_styled(found["citation"])
            if cited.journal and not names_another_work(words[max(0, found.start() - 120) : found.start("citation")]):
                yield cited


def journals_online(found: Sequence[Block]) -> Iterator[str]:
    """Yield the journals of citations that call them electronic: `Études d'étangs [En ligne]`."""
    for block in found[:MAX_BLOCKS]:
        yield from (cited["name"] for cited in _ONLINE.finditer(block.words[:MAX_TEXT]))


def letterheads(found: Sequence[Block], title: str) -> Iterator[str]:
    """Yield the lines at the top of a page that another block prints within its words: the name of what it is from.

    A line in capitals comes as the other block prints it. The article's `title` is not one of them. One word may be
    any, and two a person's: in the first line they count where a word in front of them tells that they are a journal's.
    """
    for number, block in enumerate(found[:MAX_HEAD]):
        line = block.words
        is_word = sum(any(map(str.isalpha, word)) for word in line.split()) < MIN_WORDS
        if (
            (is_word and (number > 0 or not may_be_journal(line)))
            or not _may_be_letterhead(line)
            or line.casefold() in title.casefold()
        ):
            continue
        is_person = is_word or is_one_person(line) or is_people(line)
        others = (other.words[:MAX_TEXT] for n, other in enumerate(found[:MAX_BLOCKS]) if n != number)
        printed = [
            name
            for words in others
            if words.casefold() != line.casefold() and (name := _within(words, line, is_person=is_person))
        ]
        if not is_person or number == 0:
            name = next((name for name in printed if not name.isupper()), line)
            yield from (name for _ in printed[:1] if not _PUBLISHER.search(name))


def journal_above_label(found: Sequence[Block]) -> str:
    """Return the first line of a page where nothing but kinds of articles is between it and the label; else "".

    It has two words or more, each with a capital, and is not a section of a journal in capitals. The label may have the
    title behind it where a kind is printed between.
    """
    line, *below = [block.words for block in found[:MAX_HEAD]]
    kinds = list(takewhile(lambda words: is_kind(words) and parse_state(words) is None, below))
    label = below[len(kinds)] if len(kinds) < len(below) else ""
    is_above = parse_state(label) is not None or (bool(kinds) and split_title_label(label)[1] is not None)
    is_cased = not any(word.isupper() and len(word) > MAX_ACRONYM for word in line.split())
    may_be = is_above and is_name(line) and is_cased and _may_be_letterhead(line) and may_be_journal(line)
    return line if may_be and len(line.split()) >= MIN_WORDS else ""


def journals_of_codes(found: Sequence[Block]) -> Iterator[str]:
    """Yield the short lines at the top of a page that a DOI of the notice has the code of: `anae` for `Anaesthesia`."""
    codes = {code["code"].casefold() for block in found for doi in dois_in(block.words) for code in _CODE.finditer(doi)}
    for block in found[:MAX_HEAD]:
        words = [folded(word) for word in block.words[:MAX_NAME].split() if word.casefold() not in SMALL_WORDS]
        may_be = bool(words) and may_be_journal(block.words) and _may_be_letterhead(block.words)
        if may_be and any(_is_code(code, words) for code in codes):
            yield block.words


def _is_code(code: str, words: Sequence[str]) -> bool:
    """Tell whether a code has the first letters of every word of a name, in their order: `jcmm`, `anae`, `cam`."""
    ends = {0}
    for word in words:
        ends = {n + count for n in ends for count in range(1, len(word) + 1) if code[n : n + count] == word[:count]}
    return len(code) in ends


def _within(words: str, line: str, *, is_person: bool) -> str:
    """Return a line as other words print it, in any case of its language; "" where they do not, or in a word.

    Where it may be a person's name (`is_person`), a word such as `in` has to be in front of it.
    """
    start = words.casefold().find(line.casefold()) if len(words.casefold()) == len(words) else -1
    is_whole = start >= 0 and not (words[start - 1 : start].isalnum() or words[start + len(line) :][:1].isalnum())
    if is_whole:
        is_named = not is_person or _NAMED_BY.search(words[max(0, start - 20) : start]) is not None
        return words[start : start + len(line)] if is_named else ""
    return line if _is_inflected_in(words.split(), line.split()) else ""


def _is_inflected_in(words: Sequence[str], line: Sequence[str]) -> bool:
    """Tell whether words have those of a line one after the other, with other endings: `des Archivs für Teiche`."""
    length = len(line)
    return length > MIN_WORDS and any(
        all(map(_is_inflected, words[n : n + length], line)) for n in range(len(words) - length + 1)
    )


def _is_inflected(word: str, other: str) -> bool:
    one, two = (each.strip("„“”«»\"',.;:()") for each in (word, other))
    stem = max(len(two) - MAX_ENDING, MIN_STEM)
    return one == two or (len(two) > MIN_STEM and one[:stem] == two[:stem] and abs(len(one) - len(two)) <= MAX_ENDING)


def _may_be_letterhead(words: str) -> bool:
    is_named = _LETTERHEAD.fullmatch(words) is not None and split_title_label(words)[1] is None
    return is_named and not is_office(words) and may_be_container(words) and not _PUBLISHER.search(words)


def may_be_container(name: str) -> bool:
    """Tell whether words may name a book, proceedings or a journal: they are no date, no state and no society."""
    return (
        4 < len(name) <= MAX_NAME and parse_state(name) is None and not date_in_words(name) and not _SOCIETY.match(name)
    )


def _cleaned(name: str) -> str:
    """Return a name without the short name in brackets, the series and the pages behind it."""
    name = re.sub(
        r",? (?:[A-Z]{2,8},? )?(?:[Vv]ol(?:ume|\.)? ?)?(?!(?:19|20)[0-9]{2}$)[0-9]{1,5}$", "", name.strip(" ,.:")
    )
    return re.sub(r" \([A-Z][A-Za-z]{0,12} (?:19|20)[0-9]{2}\)$", "", name).strip(" ,.:")

# ruff: noqa: RUF001 - punctuation of other scripts is meant
"""Which of the names that a notice prints is its article's journal: all candidates decide together.

Each place that may name the journal gives a candidate with its evidence. Names that agree count together: the same
name twice, or a name and its abbreviation. A name with other words in front of it is cut where another place prints
it without them. What only one weak place says is not certain, and stays empty.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice, pairwise

from watermark.notice.extraction.citation import people_of
from watermark.notice.extraction.citation_tails import divided_place, tail_of, tail_without_year
from watermark.notice.extraction.containers import (
    books_in,
    cited_in_brackets,
    journal_above_label,
    journals_in_press,
    journals_of_codes,
    journals_of_people,
    journals_online,
    letterheads,
    may_be_container,
    proceedings_in,
    servers_in,
)
from watermark.notice.extraction.journal_lines import (
    CITE_THIS,
    COPYRIGHT,
    is_abbreviation,
    is_same_journal,
    journal_as_subject,
    journal_behind_label,
    journal_in_sentences,
    journal_of_editors,
    journal_of_foot,
    journal_of_heading,
    may_be_journal,
)
from watermark.notice.extraction.journal_names import cleaned, is_in_capitals, is_short_form
from watermark.notice.extraction.role_cues import names_another_work
from watermark.notice.extraction.state_phrases import split_title_label
from watermark.notice.extraction.statement import is_about_a_source, journal_of
from watermark.notice.extraction.zones import is_office, is_one_person, is_people, is_prose
from watermark.notice.text_blocks import Block
from watermark.runtime.expressions import expression


class Evidence(IntEnum):
    """Where a notice names the journal; the value is its weight."""

    LINE = 1
    REPEATED = 2
    PLACE = 3
    CITATION = 4
    LABEL = 5


MIN_WEIGHT = 3
"""The least weight of a name that is certain: one place that names the journal, or two that may."""
MAX_LINES, MAX_NAME, MAX_TITLE, MIN_TITLE, MAX_PLACES, MAX_BEHIND = 12, 110, 600, 12, 20, 300
_BOUNDARY = expression(r"(?<=[\w)]\.) (?=[^\W\d_a-z])|, (?=[^\W\d_a-z])|[．：:] ?(?=\w)|[”\"»」] ?")
_SKIPPED = expression(
    r"(?:[\s.,;:”\"’'»」』》)*_．。，、]+"
    r"|\[[^\[\]]{2,60}\]|(?:which |that )?(?:was |has been |had )?(?:originally |first )?(?:published|appeared|printed)"
    r"(?: online)? in\b(?: issue [0-9]{1,4}, [^,]{3,24}, (?:19|20)[0-9]{2}, of)?|in (?=the |[^\W\d_a-z])"
    r"|the (?=[^\W\d_a-z]))*"
    r"[(\[]?(?:the )?"
)
_TAIL = expression(
    r"(?P<name>(?:npj |[a-z](?=[A-Z])|(?:19|20)[0-9]{2} (?=(?:IEEE |ACM )?(?:[0-9]{1,2}[a-z]{2} )?[A-Z]))?"
    r"[^\W\d_a-zа-я](?:[^“”\"«»„()\[\];0-9<>]|\([^()0-9]{3,30}\)"
    r"|(?<= )[0-9]{1,3}(?:st|nd|rd|th)(?= )){1,110}?)"
    r"(?:, (?:ACM|IEEE|Springer|SPIE|AIP|IOP|Atlantis Press|EDP Sciences))?"
    r"[.,]{0,2} ?(?:[(\[]?(?:19|20)[0-9]{2}[)\]]?(?:[,;:.\[ ]|$)|[Vv]ol(?:ume|\.)? ?[0-9]|VOL\.? ?[0-9]"
    r"|[0-9]{1,6} ?(?:[(:,;]|no\.)|第? ?[0-9]{1,4} ?[巻卷期권]|(?:[nv]\.|[Nn]úm\.|[Tt]om|fasc\.) ?[0-9]"
    r"|[(\[]?(?i:early view|online first|online ahead|ahead of print|in press|advance (?:access|online)"
    r"|first (?:published|online)|available online|published online|prepublished|epub)\b|https?:|doi\b|DOI\b)"
)
_OF_YEAR = expression(r"(?:19|20)[0-9]{2} (?:[\w-]+ ){0,6}?(?:Conference|Symposium|Workshop|Congress)\b")
_BY = expression(r"[ ,.:”\"»’']{0,4}(?:by|par|por|di|von|de autoria de) (?=[^\W\d_])")
_BEHIND_PEOPLE = expression(
    r"(?:,? (?:(?:which |that )?(?:was )?(?:published|appeared) in"
    r"(?: issue [0-9]{1,4}, [^,]{3,24}, (?:19|20)[0-9]{2}, of)?(?: the [^,.()]{3,20},? issue of)?"
    r"|in|dans|en|em|na) (?:the )?(?:[Pp]roceedings of (?:the )?(?=(?:19|20)[0-9]{2} ))?|[.,] | \()"
    r"(?=[^\W\d_a-z]|(?<=the )(?:19|20)[0-9]{2} [A-Z0-9])"
)
_IN_ALONE = expression(
    r"[ ,.”\"»’]{0,4}(?:published )?[Ii]n:? (?:the )?(?P<name>[^\W\d_a-z][^“”\"«»„()\[\];:0-9<>]{2,90}?)\.?"
)
_SENTENCE_END = expression(r"(?<=[\w)”\"’?!])[.?!”\"] (?=[^\W\d_a-z])")
_ABBREVIATED = expression(r"(?<![\w-])[^\W\d_a-z][\w-]{0,8}\.:? $")
_IS_A_JOURNAL = expression(
    r"(?:Anales|Annales|Annali|Anais|Cahiers|Cadernos|Cuadernos|Quaderni|Archivos|Boletín|Bollettino|Jahrbuch|Studi"
    r"|Studia) (?:\w|[dl]['’]).*[^\W\d_]$"
)
_LABEL = expression(r"[^\W\d_][^:.0-9]{2,40}: ")
_ADDRESS = expression(r" (?:https?://|www\.|[a-z0-9-]{2,30}\.[a-z]{2,3}(?=/|$))\S*$")
_PEOPLE = expression(
    r"\bet al\b|\beds?\b|^In: |^[A-Z]{1,2} [A-Z][\w'-]{1,30}(?:, .{1,80})? and [A-Z]{1,2} [A-Z]"
    r"|\w- [a-z]| [a-z](?:,|$)| (?:of|the|in|and|for)$"
    r"|^(?!(?:New|Open|World|Asian|Indian|Korean|Turkish|Chinese|Iranian|Arab|Saudi|African|British|European|Polish)"
    r" J\. )"
    r"[A-Z][\w'\u2019-]{1,30} [A-Z]{1,3}[.,] "
    r"|^(?!J\. [^\W\d_]+$)(?:[A-Z]\.[ -]?){1,3}[^\W\d_a-z][\w'\u2019-]+(?:,| and| &|$)"
)
_SENTENCE = expression(
    r"[：:>]$|[“”（）]|\b(?:regarding|concerning|(?:is|are) [a-z]+ing)\b"
    r"|\b(?:which|whose|was|were|has been|have been)\b|\b(?:[Rr]etract|[Ww]ithdraw|RETRACT|WITHDRAW)\w*"
    r"|\b(?:ritirano|ritira|publicam?|publican?|pubblicat[oa]|publicad[oa]|retir(?:an?|am)|comunicam?|informam?"
    r"|informuj[eą],?|wycofuj[eą]) "
    r"|\b(?:l['’]articolo|l['’]article|el artículo|o artigo|der Artikel|artykuł\w*|стать[яиюей]{1,2})\b"
)
"""Words of a sentence about the retraction, which no name has."""
MAX_CANDIDATES = 80
"""Names that are compared with each other, the first that are printed: a long list of references has thousands."""
MIN_PART, MAX_LEAD, MAX_AUTHORS, MIN_CITED, MAX_BELOW = 8, 260, 16, 2, 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that a place of the notice prints, and how much the place says."""

    name: str
    evidence: Evidence


def chosen_journal(candidates: Sequence[Candidate], title: str) -> str:
    """Return the name on which most of the evidence agrees; "" where none is certain.

    Of equal ones the first candidate decides, and of one journal's names the one that is not an abbreviation. No part
    of the article's `title` is its journal.
    """
    distinct = islice(dict.fromkeys(one for one in candidates if one.name), MAX_CANDIDATES)
    bare = [Candidate(cleaned(one.name), one.evidence) for one in distinct]
    named = [one for one in bare if one.name and not _is_no_name(one, title)]
    named = [Candidate(_cut(one.name, named), one.evidence) for one in named]
    best: list[Candidate] = []
    weight = 0
    for one in named:
        same = [other for other in named if is_same_journal(one.name, other.name)]
        total = sum({other.evidence: int(other.evidence) for other in same}.values())
        if total > weight and max(other.evidence for other in same) >= max((b.evidence for b in best), default=0):
            best, weight = same, total
    name = _best_form([one.name for one in best]) if weight >= MIN_WEIGHT else ""
    alone = name.removeprefix("The ")
    is_bare = any(one.name == alone and one.evidence is Evidence.LINE for one in named)
    return alone if is_bare else name


def _is_no_name(one: Candidate, title: str) -> bool:
    """Tell whether a candidate is a person, a word that a line end divides, or a part of the title."""
    name = one.name
    is_part = len(name) >= MIN_PART and one.evidence < Evidence.CITATION and name.casefold() in title.casefold()
    is_people_of = is_people(name) and name.count(",") > 0
    is_told = is_people_of or _PEOPLE.search(name) is not None or _SENTENCE.search(name) is not None
    return is_part or name.casefold() == title.casefold() or is_told


def _cut(name: str, named: Sequence[Candidate]) -> str:
    """Return the end of a name that another candidate prints alone, or the start that a citation prints; else all."""
    for boundary in _BOUNDARY.finditer(name):
        rest = name[boundary.end() :]
        is_separate = "," in name[: boundary.end()] or len(rest.split()) > 1
        if is_separate and any(other.name != name and is_same_journal(rest, other.name) for other in named):
            return rest
    cited = (
        other.name for other in named if other.evidence >= Evidence.CITATION and len(other.name.split()) > MIN_CITED
    )
    return next((other for other in cited if name.startswith(f"{other} ")), name)


def _best_form(names: Sequence[str]) -> str:
    """Return the first name that is not in capitals, or the full form of that where it is an abbreviation."""
    first = next((name for name in names if not is_in_capitals(name)), names[0])
    full = (name for name in names if "." not in name and not is_in_capitals(name) and is_abbreviation(first, name))
    return next(full, first)


def behind_title(found: Sequence[Block], title: str) -> Iterator[Candidate]:
    """Yield the journal in front of a volume or a year, wherever the article's title is printed with them behind it."""
    wanted = title.casefold()[:MAX_TITLE]
    places = 0
    above = ""
    for number, block in enumerate(found if len(wanted) >= MIN_TITLE else ()):
        words = block.words.casefold()
        lead, above = above if above.endswith(":") else "", block.words[-MAX_LEAD:]
        if len(words) != len(block.words):
            continue
        start = words.find(wanted)
        while start >= 0 and places < MAX_PLACES:
            places += 1
            end = start + len(wanted)
            behind = block.words[end : end + MAX_BEHIND]
            if not any(map(str.isalnum, behind)):
                behind += _below(found[number + 1 : number + 1 + MAX_BELOW])
            if not is_about_a_source(lead or block.words[:start]) and (
                name := _name_at(behind) or _named_alone(behind)
            ):
                yield Candidate(name, Evidence.CITATION)
            start = words.find(wanted, end)


def _below(lines: Sequence[Block]) -> str:
    """Return the words below a title that place it: its authors behind `by`, and the journal with its volume."""
    behind = ""
    for block in lines:
        words = block.words[:MAX_BEHIND]
        is_by = words.startswith("by ")
        if is_by or tail_of(words) or tail_without_year(words):
            behind += f" {words}"
        elif not is_people(words):
            break
        if not (is_by or is_people(words)):
            break
    return behind


def _name_at(words: str) -> str:
    """Return the name with which words begin, past quotes, authors and `published in`; "" where none is there."""
    skipped = _SKIPPED.match(words)
    rest = words[skipped.end() if skipped else 0 :]
    if by := _BY.match(words):
        rest = _past_people(words[by.end() :])
    found = _TAIL.match(rest)
    if found is None:
        return ""
    name = cleaned(found["name"])
    is_abbreviated = re.search(r"[^\W\d_]\.,? ", name) is not None
    name = name if is_abbreviated else name.rstrip(".")
    return name if _may_be_name(name) and not _PEOPLE.search(name) else ""


def _may_be_name(name: str) -> bool:
    """Tell whether words may name a journal, or the proceedings of a conference with its year."""
    is_proceedings = name.startswith("Proceedings of ") or _OF_YEAR.match(name) is not None
    return may_be_journal(name) or (is_proceedings and may_be_container(name))


def _named_alone(words: str) -> str:
    """Return the name that ends a line behind the title and `in`; "" where no name does."""
    found = _IN_ALONE.fullmatch(words)
    return found["name"] if found and may_be_journal(found["name"]) and not _PEOPLE.search(found["name"]) else ""


def _past_people(words: str) -> str:
    """Return what follows the authors with whom words begin; "" where none is told from them."""
    rest = ""
    is_open = False
    for found in islice(_BEHIND_PEOPLE.finditer(words), MAX_AUTHORS):
        people = words[: found.start()]
        is_list = (
            people.endswith(("et al", "et al.")) or is_people(people) or is_one_person(people) or people_of(people)
        )
        if is_list and len(people) > 3:
            rest = words[found.end() :]
            if (named := _TAIL.match(rest)) and is_short_form(named["name"]):
                return rest
            is_open = " and " not in people and "&" not in people and "et al" not in people
    last = re.split(r" [(\[]|, (?=[0-9])", rest)[0]
    is_placed = re.match(r"[ ,(\[]{0,3}[0-9]", rest[len(last) :]) is not None
    return (
        "" if is_open and is_people(last) and (" and " in last or not is_placed) else rest
    )  # the last authors of the list


def printed_journals(found: Sequence[Block], body: Sequence[str], references: int, title: str) -> Iterator[Candidate]:
    """Yield the journals that sentences and lines of a notice name; `references` is where the references begin."""
    prose = body[:references]
    first = next((n for n, block in enumerate(found) if is_prose(block)), len(found))
    yield Candidate(journal_behind_label(title, split_title_label(title)[0]), Evidence.LABEL)
    yield Candidate(divided_place(split_title_label(title)[0])[0], Evidence.CITATION)
    yield Candidate(journal_of(body), Evidence.CITATION)
    yield Candidate(journal_of_heading(found, title, first), Evidence.PLACE)
    kept = frozenset(body)
    lines = (block.words for block in found[:MAX_LINES] if block.words not in kept)  # the title with its authors
    yield Candidate(journal_in_sentences([title, *lines, *prose]), Evidence.PLACE)
    yield Candidate(journal_as_subject(prose), Evidence.PLACE)
    yield Candidate(journal_of_foot(found), Evidence.PLACE)
    yield Candidate(journal_of_editors(found), Evidence.PLACE)
    yield from _lines_of_head(found)
    yield from _beside_numbers(found[: len(found) - len(body) + references])


def containers_in(found: Sequence[Block], prose: Sequence[str], title: str) -> Iterator[Candidate]:
    """Yield the books, proceedings and preprint servers of a notice, and the journals that words beside them tell."""
    yield from (Candidate(name, Evidence.CITATION) for name in books_in(found, title))
    yield from (Candidate(name, Evidence.CITATION) for name in servers_in(found))
    head = next((n for n, block in enumerate(found) if is_prose(block)), len(found))
    yield from (Candidate(name, Evidence.LABEL) for name in proceedings_in(found[:head]))
    yield from (Candidate(name, Evidence.CITATION) for name in proceedings_in(found[head:]))
    yield from (Candidate(cited.journal, Evidence.CITATION) for cited in cited_in_brackets(prose))
    yield from (Candidate(name, Evidence.PLACE) for name in journals_in_press(found))
    yield from (Candidate(name, Evidence.PLACE) for name in journals_online(found))
    yield from (Candidate(name, Evidence.PLACE) for name in letterheads(found, title))
    yield from (Candidate(name, Evidence.PLACE) for name in journals_of_codes(found))
    yield Candidate(journal_above_label(found) if found else "", Evidence.PLACE)
    if not journal_of(prose):  # else the same words would count twice
        yield from (Candidate(name, Evidence.PLACE) for name in journals_of_people(prose))


def _lines_of_head(found: Sequence[Block]) -> Iterator[Candidate]:
    """Yield the short lines above the first sentence that may be a name, and the owners of the copyright."""
    for block in found[:MAX_LINES]:
        if is_prose(block):
            break
        words = _ADDRESS.sub("", block.words)
        if (
            len(words) <= MAX_NAME
            and may_be_journal(words)
            and not (is_people(words) or is_one_person(words) or is_office(words))
        ):
            yield Candidate(words, Evidence.PLACE if _IS_A_JOURNAL.match(words) else Evidence.LINE)
    for block in found:
        if owner := COPYRIGHT.search(block.words[:200]):
            yield Candidate(owner["name"].strip(), Evidence.REPEATED)


def _beside_numbers(found: Sequence[Block]) -> Iterator[Candidate]:
    """Yield the names with a volume behind them: of the lines that begin so, and within the citations with authors.

    The first are the lines of the notice and its article themselves. One within a citation needs another place.
    """
    lead = ""
    lines = {_ADDRESS.sub("", block.words).casefold() for block in found if len(block.words) <= MAX_NAME}
    for block in found:
        above, lead = lead, block.words
        if (
            is_prose(block)
            or len(block.words) > MAX_TITLE
            or is_about_a_source(above)
            or names_another_work(block.words)
        ):
            continue
        words = CITE_THIS.sub("", block.words, count=1).replace(" ·", ",")
        label = _LABEL.match(words)
        parts = (*words.split(" | "), words[label.end() :] if label else "")
        own = next(filter(None, map(tail_of, parts)), None)
        if own and own.volume and may_be_journal(own.journal):
            yield Candidate(own.journal, Evidence.PLACE)
            continue
        if name := _in_citation(words):
            yield Candidate(name, Evidence.PLACE if name.casefold() in lines else Evidence.REPEATED)


def _in_citation(words: str) -> str:
    """Return the name behind the title of a citation and in front of the volume; "" where none is there.

    The title is the last sentence of three words or more that does not end with an abbreviated word.
    """
    ends = [0, *(boundary.end() for boundary in islice(_SENTENCE_END.finditer(words), MAX_PLACES))]
    behind = [end for begin, end in pairwise(ends) if _may_end_a_title(words[begin:end])]
    rest = words[behind[-1] :] if behind else ""
    cited = tail_of(rest) or tail_without_year(rest)
    is_own = (
        cited is not None and may_be_journal(cited.journal) and not is_about_a_source(words[: len(words) - len(rest)])
    )
    return cited.journal if cited and is_own else ""


def _may_end_a_title(words: str) -> bool:
    return len(words.split()) > 2 and _ABBREVIATED.search(words) is None

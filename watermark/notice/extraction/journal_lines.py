# ruff: noqa: RUF001 - letters and punctuation of other scripts are meant
"""The journal of a notice and its article, where no citation names it: from the heading, or from a sentence."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from watermark.notice.dates import date_in_words, without_dates
from watermark.notice.extraction.citation_styles import read_styled
from watermark.notice.extraction.citation_tails import (
    NUMBERED,
    SMALL_WORDS,
    SUBSERIES,
    journal_alone,
    journal_name,
)
from watermark.notice.extraction.field_names import JOURNAL
from watermark.notice.extraction.fields import fields_in
from watermark.notice.extraction.journal_names import folded, is_short_form
from watermark.notice.extraction.state_phrases import parse_state, split_title_label
from watermark.notice.extraction.zones import JOURNAL_NAME, REFERENCES, is_one_person, is_people, is_prose
from watermark.notice.text_blocks import Block
from watermark.runtime.expressions import expression

MAX_LINE, MAX_NAME, MAX_WORDS, MIN_WORD = 240, 110, 12, 3
MAX_TEXT, MAX_HEAD, MAX_BLOCKS = 4_000, 60, 200
_NAME = (
    rf"(?P<name>(?:npj |[a-z]{{1,2}}(?=[A-Z])|{NUMBERED})?[^\W\d_a-zа-я]"
    rf"(?:[^“”\"«»„()\[\]:;,0-9]|{SUBSERIES}){{1,100}}?)"
)
_PUBLISHED_IN = expression(
    r"\b(?:publicad[oa]s? (?:en|no|na|em)|parue?s? dans|publiée?s? dans|erschienen in|veröffentlicht in"
    r"|pubblicat[oa] (?:in|su|sulla?|nella?)|opublikowan\w+ (?:w|na łamach)|опубликованн\w+ в"
    r"|published (?:online )?in|posted (?:to|on|at)|appeared in(?: issue [^()“”]{1,40}, of)?|aparecid[oa]s? en"
    r"|app?ars[oa] (?:in|su)"
    r"|(?:retract|remov)(?:ed|ion|al|s|ing)?(?: (?:this|the|our) (?:\w+ )?(?:article|paper|work))?"
    r"(?: of this (?:article|paper))?"
    r" from|withdrawn from"
    r"|(?P<cited>(?i:retraction (?:relates|refers) to|concerns? (?:with|about|regarding)|retract(?:ed|s|ing)?))"
    r"(?! (?:[Tt]he )?(?:Fig|Tab|Suppl|Ref|Chap|Sect|Part|Append|Panel|Article|Paper|Notice|Dr|Prof|And|By)))"
    r" (?:(?:the|la|el|le|les|der|dem|das|il|lo|o|a|journal|revue|revista|rivista|periódico|czasopiśmie|czasopisma"
    rf"|журнале) (?=[^\W\d_a-zа-я]))*{_NAME}"
    r"(?(cited)(?=,? (?:\((?:19|20)[0-9]{2}\),? |vol\.? )?[0-9]{1,4} ?[:,(])"
    r"|(?=\.?(?:,? (?:vol|n[.º°o]|in (?![^\W\d_a-z]\w+\b(?!,? (?:of )?[0-9]))|en |em |el |le |il |w |on |by |without "
    r"|before |at |as |because |due |after |following |[0-9(\[])|[,(\[;:]|\.$| \()))"
)
_SUBJECT = expression(
    r"(?:^|(?<=[.] )|(?<=, )|(?<=The )|(?<=the )|(?<=[0-9]{4} ))"
    rf"{_NAME}(?:,? (?:Part|Section) [A-Z],?)?"
    r" (?:(?:(?:has )?(?:published|retracted|issued)|is (?:now |today )?(?:publishing|issuing"
    r"|placing)) (?:the|an?|our|this)"
    r"|(?:is|are|has|have)(?: now| hereby| officially| therefore| today)? retract(?:ed|ing)|hereby retracts?|retracts"
    r"|apologi[sz]es|has been (?:notified|informed|contacted|made aware)) "
)
"""A journal as the subject of a sentence of the notice: `Frontiers in Ponds is retracting the article`."""
_OWN_LINE = expression(
    rf"(?:(?i:cite (?:this|as)|citation|information|source|published in|in)\s?[:：]?\s+)?{_NAME}"
    r"(?:[.,]? ?(?<![^\W_])(?:[Vv]ol(?:ume|\.)|VOL(?:UME|\.)|[Bb]and|[Tt]om[eo]?|Т\.|[Nn]o\.|[Ii]ssue|[Vv]ol\.?"
    r"|[Pp]p?\.(?= ?[0-9])"
    r"|[Hh]eft|[Pp]ages?|[Nn]r\.?|[Nn]úm\.|[vn]\.(?= ?[0-9])|ann?o(?= [IVXL0-9])|año|[Ff]asc\w*\.?|[Zz]eszyt"
    r"|[Jj]ahrgang"
    r"|[Jj]g\.)"
    r"(?!\w).{0,160}"
    r"|[.,]? (?:(?<=, )(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? )?\(?(?:19|20)[0-9]{2}\)?"
    r"[,;:. ].{0,120}|,? \((?:[A-Z][a-z]{2,8}\.? )?(?:19|20)[0-9]{2}\)|,? [0-9]{1,4} ?[(,:].{0,120}"
    r"|, [a-z]{2,8}[0-9]{2,6}\b.{0,100}|,? [IVXLC]{2,7}[;,:] .{0,120}|, ?)"
)
_EDITORS = expression(
    r"(?P<name>The (?:[^\W\d_a-z][\w&-]*(?: of| and)? ?){1,7}?(?= Editors)"
    r"|(?<=[《「『])[^\W\d_][^\s《》「」『』]{2,30}(?=[》」』]))"
    r"[》」』]? ?(?:Editors|编辑部|編輯部|编委会|編集部|編集委員会|편집위원회|편집부)\W?"
)
_DATED = expression(
    r"\W*(?:(?:first|originally|article|e-?)[ -]?)?(?:published|posted|available|issued|online"
    r"|publication date|date of)\b",
    re.IGNORECASE,
)
COPYRIGHT = expression(
    r"(?:©|copyright)[^\w]{0,4}(?:(?:19|20)[0-9]{2} )?(?P<name>[^\W\d_a-zа-я][^.;,0-9]{3,90})", re.IGNORECASE
)
_EAST_ASIAN_LINE = expression(
    r"(?P<name>[^\s。、，,.:：「」『』《》()0-9A-Za-z]{2,30})\s*(?:第?\s?[0-9]{1,4}\s?[巻卷期号號권]|[12][0-9]{3}\s?[年년])"
)
"""The journal in front of its volume or year: `海獣研究 30 巻 (2022) 1 号`."""
SECTION = expression(r",? (?:Section|Part|Series|Sect\.|Ser\.) [A-Z]\b.*$")
"""The section of a journal, which a citation may leave out: `Acta Crystallographica Section E`."""
_THIS_JOURNAL = frozenset({"本刊", "我刊", "该刊", "本誌", "本報", "本报", "본지"})
HOUSES = ("PLOS ", "PLoS ", "BMC ", "JAMA ")
"""The first words of journals that have no article in front of them."""
_CALLED = (
    *(
        "Journal",
        "Annals",
        "Archives",
        "Bulletin",
        "Transactions",
        "Proceedings",
        "Reports",
        "Letters",
        "Communications",
    ),
    *("Revista", "Rivista", "Revue", "Zeitschrift", "Czasopismo", "Вестник", "Журнал"),
)
_NAMED_JOURNAL = expression(
    r"(?:The )?(?:[A-Z][\w&-]* ){0,4}(?:(?:Journal|Annals|Archives|Bulletin|Transactions|Proceedings) (?:of|for|on)"
    r" (?:(?:of|for|on|and|the|in|&|[A-Z][\w&'’-]*)(?: |$)){1,9}|Reports|Letters|Communications)"
    r"|(?:Revista|Rivista|Revue|Zeitschrift|Czasopismo|Вестник|Журнал)(?: [^\W\d_][\w'’-]*){1,6}"
)
"""A name that is a journal's, whatever is printed beside it."""
CITE_THIS = expression(r"(?:how to |to |please )?cite this(?: article| paper)?(?: as)?\s?[:：]\s*", re.IGNORECASE)
_OF_ANOTHER = expression(
    r"\b(?:already|previously|earlier|another|other|elsewhere|duplicat\w*|copied|taken|identical|same)\b[^.]*$",
    re.IGNORECASE,
)
_BELOW_A_NAME = expression(
    r"vol(?:ume|\.)? ?[0-9]|available online\b|(?:articles? )?in press\b|(?:accepted manuscript|corrected proof)\b"
    r"|[a-z]{3,9}\.?[-/\u2013][a-z]{3,9}\.? (?:19|20)[0-9]{2}\b",
    re.IGNORECASE,
)
_VOLUME_IN_LANGUAGES = expression(
    r"(?:volumen|heft|nr\.?|n\.|n[úu]m(?:ero)?\.?|jahrgang|jg\.|band|tom[eo]?|т\.|том|№|fasc\w*\.?|rok|zeszyt|ann?o|año"
    r"|[第제]) ?[0-9]|ann?o [ivxl]",
    re.IGNORECASE,
)
"""The volume in other languages: below the first line alone it tells that this is the journal's name."""
_NO_SUBJECT = expression(
    r"\b(?:Hindawi|Elsevier|Springer|Wiley|SAGE|Sage|Emerald|Frontiers Media|EDP Sciences"
    r"|[Ee]ditors?|[Pp]ublishers?|[Aa]uthors?|[Bb]oard|[Jj]ournal(?: [a-z]+)?$|journal|[Pp]aper"
    r"|[Ss]tudy|[Ii]nstitut\w+|[Ss]ociety|[Cc]ouncil|[Cc]ommittee"
    r"|[Cc]ollege|[Hh]ospital|[Pp]ress|[Gg]roup|[Ll]td|[Ii]nc|[Tt]eam|[Oo]ffice|[Cc]ompany|[Ff]indings|[Rr]eaders?|[Ww]e|[Tt]his|[Tt]hese"
    r"|[Tt]hey|[Ii]t|[Ww]ho|[Ww]hich|[Aa]nd)\b"
)
_LANGUAGE = expression(
    r".*\b(?:Library|Database|Platform|Web ?site|PubMed|Scopus|Internet|Press)"
    r"|(?:English|German|French|Spanish|Portuguese|Italian|Dutch|Polish|Czech|Hungarian|Russian|Ukrainian|Chinese|Japanese"
    r"|Korean|Turkish|Arabic|Persian)(?: [a-z].*)?"
)
_NO_NAME = expression(
    r"\b(?:online library|early view|early access|online first|first ?online|first ?view|ahead of print|advance online"
    r"|articles? in press|just accepted)\b|公[開开]日|日期|[掲刊]載日|[재행]일$"
    r"|^(?:volume|vol|issue|pages?|no|number|heft|band|jahrgang|ausgabe|numéro|número|fascicolo|zeszyt)\b|https?:|www\."
    r"|^(?:the )?(?:journals?(?: (?:volume|issue|home|info|title|name|content|section|of record)s?\b.*)?|revues?"
    r"|revistas?|rivist[ae]|zeitschrift(?:en)?)$|\b(?:[eé]di(?:zioni|tions|ciones|ções|tora)|wydawnictwo|издательство)\b"
    r"|^(?!.{0,60}\b(?:journal|bulletin|annals|transactions|acta|proceedings|revista|vestnik)\b).{0,100}\buniversity\b"
    r"|^(?:year|année|jahr|yıl|cilt|sayı|online|print|home|details)$|\bdate\b|\bdigital library\b"
    r"|^(?:an?|(?:the )?official|órgano oficial|organe officiel|organo ufficiale|offizielles) .{0,80}\b(?:journal"
    r"|publication|organ|magazine|forum|de|della|der|des)\b"
    r"|@|\b(?:retract\w*|withdr\w*|concern|notice|article|published|received|accepted|author\w*"
    r"|department|institute|faculty|correspond\w*|copyright|license|doi|references?|abstract|conference"
    r"|proceedings(?! of))\b",
    re.IGNORECASE,
)


def journal_of_heading(found: Sequence[Block], title: str, first_sentence: int) -> str:
    """Return the journal that the heading names for certain; an empty string where it names none.

    A line with a volume, a year or a date names it, and so does a line that is repeated elsewhere in the notice.
    `first_sentence` is the position of the first block that is not of the heading.
    """
    head = [block.words for block in found[: min(first_sentence, MAX_HEAD)] if len(block.words) < MAX_LINE]
    about = split_title_label(title)[0].casefold()
    lines = [words for words in head if words != title and split_title_label(words)[1] is None]
    lines = [words for words in lines if words.casefold() != about and not _is_field_of_other_kind(words)]
    for names in (_dated(lines), _above_volumes(head, lines), _repeated(lines, found)):
        known = list(dict.fromkeys(names))
        if known:
            return known[0] if all(is_same_journal(known[0], name) for name in known[1:]) else ""
    return next((words for words in lines if _is_named_a_journal(words) and not _NO_NAME.search(words)), "")


def _is_named_a_journal(words: str) -> bool:
    """Tell a line whose words are a journal's, such as `Journal of …`; in capitals `REPORTS` may be a section's."""
    if not words.isupper():
        return JOURNAL_NAME.fullmatch(words) is not None
    parts = words.casefold().split()
    cased = " ".join(word if word in SMALL_WORDS else word.title() for word in parts)
    is_whole = "journal" in parts or not SMALL_WORDS.isdisjoint(parts)
    return is_whole and JOURNAL_NAME.fullmatch(cased) is not None


def journal_behind_label(title: str, about: str) -> str:
    """Return the journal that is printed behind a label in place of the title: `Retraction to: Nature`; "" for none.

    `about` is what the title line `title` has behind its label. A name without a place is one where its form or the
    label tells so: a title follows `to:` with more than one word.
    """
    if len(about) > MAX_NAME + MAX_HEAD:
        return ""
    if any(map(str.isdigit, about)) and (alone := journal_alone(about)):
        return alone
    is_of = title.endswith(about) and title[: len(title) - len(about)].rstrip().endswith((" to:", " of:", " for:"))
    is_word = " " not in about and len(about) > MIN_WORD and not about.islower()
    is_few = len(about.split()) <= MAX_WORDS and any(word in about for word in _CALLED)
    is_name = (is_of and (is_word or about.startswith(HOUSES))) or (is_few and _NAMED_JOURNAL.fullmatch(about))
    return about if (is_name or is_short_form(about)) and may_be_journal(about) and len(about) <= MAX_NAME else ""


def _is_field_of_other_kind(words: str) -> bool:
    fields = fields_in(words)
    return bool(fields) and all(field.kind != JOURNAL for field in fields)


def journals_of_heading(found: Sequence[Block]) -> tuple[tuple[str, str], ...]:
    """Return the lines of the heading, and the labelled lines in it, that name a journal, each with that name."""
    end = next((number for number, block in enumerate(found) if is_prose(block)), len(found))
    lines = [block.words for block in found[: min(end, MAX_HEAD)] if len(block.words) < MAX_LINE]
    unlabelled = (line for line in lines if split_title_label(line)[1] is None and not is_people(line))
    named = [(line, name) for line in unlabelled for name in _dated([line]) if line.startswith(name)]
    named.extend((line, line) for line in lines if " " in line.strip() and JOURNAL_NAME.fullmatch(line))
    fields = ((block.words, field) for block in found[:MAX_HEAD] for field in fields_in(block.marked_up))
    named.extend((words, field.value) for words, field in fields if field.kind == JOURNAL)
    return tuple(named)


def is_another_journal(cited: str, journals: Sequence[tuple[str, str]], words: str) -> bool:
    """Tell whether a journal is not the one that other lines of the heading name; false where none names one.

    `journals` are those lines with the names; `words` is the line that cites it. A name and its abbreviation are one
    journal.
    """
    own = [name for line, name in journals if line != words]
    return bool(cited and own) and not any(_same_journal(cited, name) for name in own)


def is_same_journal(one: str, other: str) -> bool:
    """Tell whether two names are one journal's: the same words, or abbreviations of them, in the same order.

    A name of three words or more may lack the last ones of the other: `Rev Fr Agron`. An acronym has the first letters.
    """
    first, second = (_content_words(name) for name in (one, other))
    if first == second:
        return bool(first)
    if len(first) > len(second):
        first, second = second, first
    if len(first) == 1 and len(second) > 2:
        return first[0] == "".join(word[0] for word in second)
    is_whole = len(first) == len(second) or len(first) > 2
    return is_whole and bool(first) and all(map(_abbreviates, first, second))


def is_abbreviation(short: str, full: str) -> bool:
    """Tell whether a name is the abbreviated form of another one of the same journal."""
    first, second = _content_words(short), _content_words(full)
    return is_same_journal(short, full) and any(len(a) + 2 < len(b) for a, b in zip(first, second, strict=False))


def _content_words(name: str) -> list[str]:
    name = SECTION.sub("", name)
    words = (re.sub(r"^[dl]['\u2019]", "", word) for word in re.findall(r"[^\W\d_][\w'\u2019]*", name.casefold()))
    return [folded(word) for word in words if word and word not in SMALL_WORDS]


def _abbreviates(one: str, other: str) -> bool:
    """Tell whether either word is short for the other: it begins it, or has some of its letters: `natl`, `national`."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return long.startswith(short) or (
        short[0] == long[0] and len(short) > 2 and all(letter in rest for letter in short)
    )


def _same_journal(one: str, other: str) -> bool:
    """Tell whether two names may be one journal's: a word of the longer begins as each of the shorter."""
    first, second = (_content_words(name) for name in (one, other))
    if len(first) > len(second):
        first, second = second, first
    rest = iter(second)
    return all(any(_begin_alike(word, longer) for longer in rest) for word in first)


def _begin_alike(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def journal_of_foot(found: Sequence[Block]) -> str:
    """Return the journal of the notice's own line below its sentences; "" where none names it, or two."""
    last = max((number for number, block in enumerate(found) if is_prose(block)), default=len(found))
    lines = [block.words for block in found[last + 1 :] if len(block.words) < MAX_LINE and not block.is_item]
    names = {name.casefold(): name for name in _dated(lines)}
    return next(iter(names.values())) if len(names) == 1 else ""


def journal_of_editors(found: Sequence[Block]) -> str:
    """Return the journal whose editors are named as the authors of the notice: `The Lancet Editors`; "" for none."""
    named = (
        _EDITORS.fullmatch(block.words, int(block.words.startswith(("《", "「", "『"))))
        for block in (*found[:MAX_HEAD], *found[-MAX_HEAD:])
    )
    names = {editors["name"] for editors in named if editors and not _NO_SUBJECT.search(editors["name"])}
    name = names.pop() if len(names) == 1 else ""
    bare = name.removeprefix("The ")
    is_bare = bare.startswith(HOUSES) or any(
        block.words.startswith(bare) or f"the {bare}" in block.words[:MAX_TEXT] for block in found[:MAX_BLOCKS]
    )
    return bare if is_bare else name


def journal_in_sentences(paragraphs: Iterable[str]) -> str:
    """Return the journal in `published in JOURNAL, vol. 3`, in any of nine languages; "" where two are named."""
    names = [
        _clean(re.split(r"(?<=[a-z]{4})\. (?=[A-Z][a-z]* [a-z])", found["name"])[0])
        for words in paragraphs
        for found in _PUBLISHED_IN.finditer(words[:MAX_TEXT])
        if not _OF_ANOTHER.search(words[max(0, found.start() - 120) : found.start()])
    ]
    known = {name.casefold(): name for name in names if may_be_journal(name) and not _LANGUAGE.fullmatch(name)}
    return next(iter(known.values())) if len(known) == 1 else ""


def journal_as_subject(paragraphs: Iterable[str]) -> str:
    """Return the journal that retracts the article, as the subject of a sentence; "" where two are named."""
    found = (found for words in paragraphs for found in _SUBJECT.finditer(words[:MAX_TEXT]))
    names = [_clean(_last_sentence(one["name"])) for one in found]
    names = [name.removeprefix("The ") if JOURNAL_NAME.fullmatch(name) else name for name in names]
    known = {
        name.casefold(): name
        for name in names
        if may_be_journal(name) and (JOURNAL_NAME.fullmatch(name) or not _NO_SUBJECT.search(name))
    }
    return next(iter(known.values())) if len(known) == 1 else ""


def _last_sentence(name: str) -> str:
    """Return a name without the sentence in front of it: `This was found. Pond Science`, but `J. Pond Sci.`."""
    above, stop, last = name.rpartition(". ")
    is_sentence = any(word.islower() and word not in SMALL_WORDS for word in above.split())
    return last if stop and is_sentence else name


def _dated(lines: Sequence[str]) -> Iterator[str]:
    """Yield the journals of the lines that have a volume, a year or a date behind them."""
    for line in lines:
        words = CITE_THIS.sub("", line)
        if REFERENCES.fullmatch(words) or parse_state(words) or _DATED.match(words):
            continue
        plain = " ".join(re.sub(r"[•·]", ",", without_dates(words)).split()).replace(" ,", ",").replace(",,", ",")
        found = _OWN_LINE.fullmatch(plain if plain != words else words) or _OWN_LINE.fullmatch(words)
        cited = read_styled(words)
        if cited.authors or cited.title:
            continue  # another work
        name = _clean(found["name"]) if found else cited.journal
        if eastern := _EAST_ASIAN_LINE.match(words):
            name, found = eastern["name"], None
        if found and ". " in name and (plain if plain != words else words)[found.end("name") :].startswith("."):
            name += "."  # the stop of an abbreviation
        if name and may_be_journal(name) and (found is None or plain != words or re.search(r"[0-9]", words)):
            yield name


def _above_volumes(head: Sequence[str], lines: Sequence[str]) -> Iterator[str]:
    """Yield those of the `lines` of the head that may be names, above a line that begins with the volume."""
    for words, following in pairwise(head):
        if (
            words in lines
            and (_BELOW_A_NAME.match(following) or (words is head[0] and _VOLUME_IN_LANGUAGES.match(following)))
            and may_be_journal(words)
            and (words is head[0] or not (is_one_person(words) or is_people(words)))
        ):
            yield words


def _repeated(lines: Sequence[str], found: Sequence[Block]) -> Iterator[str]:
    """Yield the lines that are names and are found again, in another line of the heading or in the copyright."""
    ends = (*found[:MAX_HEAD], *found[-MAX_HEAD:])
    owners = [owner["name"].strip().casefold() for block in ends for owner in COPYRIGHT.finditer(block.words[:200])]
    for words in lines:
        name = words.casefold()
        is_twice = sum(other.casefold() == name for other in lines) > 1 or name in owners
        if is_twice and may_be_journal(words) and not is_one_person(words) and not is_people(words):
            yield words


def _clean(name: str) -> str:
    name = journal_name(name.strip(" ,|"))
    is_abbreviated = re.search(r"[^\W\d_]\.? [^\W\d_]+\.", name) is not None and "." in name[:-1]
    return name if is_abbreviated else name.rstrip(" .")


def may_be_journal(name: str) -> bool:
    """Tell whether words may be the name of a journal: they are few, begin with a capital, and speak of nothing."""
    words = name.split()
    is_short = (
        not all(word.casefold() in SMALL_WORDS for word in words)
        and 1 <= len(words) <= MAX_WORDS
        and len(name) > 1
        and len(name) <= MAX_NAME
        and not date_in_words(f"{name.replace('–', '-').partition('-')[0]} 2000")  # `January-March`
        and name not in _THIS_JOURNAL
    )
    is_name = (name[:1].isalpha() and not name[:1].islower()) or re.match(
        rf"npj |[a-z]{{1,2}}[A-Z]|{NUMBERED}", name
    ) is not None
    return is_short and is_name and not _NO_NAME.search(name) and parse_state(name) is None

# ruff: noqa: RUF001 - letters of other scripts are meant
"""The journal, year, volume and pages that end a citation, in the styles of publishers."""

import re
from itertools import pairwise

from watermark.notice.dates import date_in_words
from watermark.notice.doi import dois_in
from watermark.notice.model import Reference
from watermark.runtime.expressions import expression

YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_PAGE = r"[A-Za-z]{0,6}[0-9][\w.]{0,20}"
_PAGES = rf"(?P<pages>{_PAGE}(?:\s?[-\u2013—\u2011]\s?{_PAGE})?)(?:\(R\))?"
_VOLUME = r"(?P<volume>[0-9]{1,5}[A-Z]?)"
_ISSUE = r"(?:\s?\((?P<issue>[^()]{1,30})\))?"
NUMBERED = (
    r"(?:[A-Z][0-9][A-Z] (?=[A-Z])"
    r"|[0-9][A-Z]? (?!(?:January|February|March|April|August|September|October|November|December)\b)(?=[A-Z][a-z]{4}))"
)
"""A number with which the name of a journal begins: `3 Biotech`."""
_NAME = (
    rf"(?P<journal>[A-Z]{{1,3}}[0-9]{{1,4}}[A-Za-z]{{4,20}}|{NUMBERED}[^“”\"\[\]();0-9]{{1,110}}?"
    r"|[^\W\d_][^“”\"\[\]();0-9]{1,110}?)"
)
SUBSERIES = (
    r"(?:(?<=\.): "
    r"|: (?=(?:General|Applied|Oceans|Atmospheres|Solid Earth|Biological Sciences|Conference|Conf\.|Proceedings"
    r"|Proc\.|Part|Section|Series|Ser\.|Case|Genes|Materials)(?:\W|$)))"
)
"""What divides a journal from its part or series: `J. Phys.: Conf. Ser.`, `Materials Today: Proceedings`."""
_TAILS = tuple(
    expression(pattern)
    for pattern in (
        rf"{_NAME},? {_VOLUME},? no\. (?P<issue>[\w-]{{1,12}}) \({YEAR}\):? {_PAGES}",
        rf"{_NAME},? {_VOLUME}{_ISSUE} ?\({YEAR}\)[:,]? ?(?:S\.|pp?\.|s\.|[сС]\.)? ?{_PAGES}",
        (
            rf"{_NAME},? vol(?:\.|ume)? {_VOLUME},(?: (?:no\.|issue|iss\.) (?P<issue>[\w-]{{1,12}}),)?(?: (?:pp?\."
            r"|pages"
            rf"|Article ID|art\. no\.)"
            rf" {_PAGES},)?(?: [0-9]{{1,3}} pages,)?(?: [A-Z][a-z]{{2,8}}\.?)? ?{YEAR}"
        ),
        (
            rf"{_NAME},? \(?{YEAR}\)?(?: [A-Z][a-z]{{2}}\b\.?(?: [0-9]{{1,2}})?(?=;))?[,;:]? ?{_VOLUME}{_ISSUE} ?[:,]"
            rf" ?{_PAGES}"
        ),
        rf"{_NAME},? \({YEAR}\) {_VOLUME}{_ISSUE} {_PAGES}",
        (
            rf"{_NAME} [(\[]{_VOLUME}{_ISSUE}[:,] ?{_PAGES}[,;] (?:first )?(?:published )?[A-Z]?[a-z]* ?[0-9]{{0,2}},?"
            rf" ?{YEAR}"
        ),
        rf"{_NAME},? {YEAR}[;,] \(?published online:? [A-Z][a-z]{{2,8}} [0-9]{{1,2}}",
        rf"{_NAME}, {YEAR}\[[A-Z][a-z]{{2,8}}\], Vol {_VOLUME}(?:\[(?P<issue>[\w-]{{1,9}})\])?, {_PAGES}",
        rf"{_NAME},? {_VOLUME}{_ISSUE}[,:] ?(?:pp?\. ?)?{_PAGES},? \(?{YEAR}\)?",
        (
            rf"{_NAME},? Vol(?:ume|\.)? {_VOLUME},? (?:Issue|No\.|Iss\.) (?P<issue>[\w-]{{1,12}}),?"
            rf" (?:[0-9]{{1,2}} )?(?:[A-Z][a-z]{{2,8}} )?{YEAR},? (?:[Pp]ages?|pp\.|p\.) {_PAGES}"
        ),
        (
            rf"{_NAME},? [Vv]ol(?:ume|\.)? {_VOLUME}, (?:[Nn]o\.|[Ii]ssue) (?P<issue>[\w-]{{1,12}}),?"
            rf" \({YEAR}\),? {_PAGES}"
        ),
        (
            rf"{_NAME},? {_VOLUME}{_ISSUE}[,:] ?{_PAGES} \((?:[Ff]irst )?[Pp]ublished(?: online)?:?"
            rf" [^()0-9]{{0,9}}(?:[0-9]{{1,2}} )?[^()0-9]{{0,12}}{YEAR}\)"
        ),
        rf"{_NAME},? {_VOLUME}{_ISSUE}, {YEAR}, (?:pp?\.|[Pp]ages?|[Ss]\.) ?{_PAGES}",
        rf"{_NAME},? {YEAR} ?; ?{_VOLUME}{_ISSUE}(?=\W*$|[.,;)] )",
        rf"{_NAME},? {_VOLUME}{_ISSUE}[,:] ?{_PAGES}; (?:[A-Z][a-z]{{2,8}}\.?(?: [0-9]{{1,2}})?,? )?{YEAR}",
        (
            rf"{_NAME},? [Vv]ol(?:ume|\.)? {_VOLUME}{_ISSUE},(?: [A-Z][a-z]{{2,8}}\.?)? ?{YEAR},?"
            rf" (?:[Pp]ages?|pp?\.) {_PAGES}"
        ),
        rf"{_NAME},? {YEAR},? [Vv]ol(?:ume|\.)? ?{_VOLUME}{_ISSUE}(?:,? (?:pp?\.? ?)?{_PAGES})?",
        (
            rf"{_NAME}[.,]? [Vv]ol(?:\.|ume)? {_VOLUME}(?:,? [Nn]o\. (?P<issue>[\w-]{{1,12}}))?,"
            rf" [A-Z][a-z]{{2,8}}\.? [0-9]{{1,2}}, {YEAR}"
        ),
    )
)
_NO_YEAR_TAIL = expression(rf"{_NAME},? {_VOLUME}{_ISSUE}[,:] ?{_PAGES}")
_NAMED_VOLUME = expression(
    rf"{_NAME},? [Vv]ol(?:ume|\.)? {_VOLUME},? (?:[Nn]o\.|[Ii]ssue) (?P<issue>[\w-]{{1,12}}),?"
    rf" (?:pp?\.|[Pp]ages?) {_PAGES}"
)
_JOURNAL_AND_YEAR = expression(rf"(?P<journal>[^\W\d_a-z][^“”\"\[\]();:,0-9]{{3,80}}), {YEAR}\W*")
_BEHIND_A_NAME = expression(
    r"(?![A-Z]{2})[^\W\d_a-z][\w'\u2019-]{1,20} [^\W\d_a-z][\w'\u2019-]{1,20}\."
    r" (?=[^\W\d_a-z][^. ]{2,30}(?: [^. ]{2,30}){1,8}$)"
)
"""One person in front of the journal: `Ada Moss. Ponds, 2017`."""
_JOURNAL_AND_YEAR_IN_BRACKETS = expression(
    r"(?![^\W\d_a-z][\w'-]+ (?:and|&) [^\W\d_a-z][\w'-]+ \()"  # may be two authors
    r"(?P<journal>[^\W\d_a-z][\w&.'-]{0,30}(?: (?:[^\W\d_a-z][\w&.'-]{0,30}|of|and|the|in|for|&)){0,7})"
    rf" \({YEAR}\)\W*"
)
_JOURNAL_AND_NUMBERS = expression(
    r"(?P<journal>[^\W\d_a-z][^“”\"\[\]();0-9]{3,80}) (?P<volume>[0-9]{1,5}) (?P<pages>[0-9]{4,9})"
)
_JOURNAL_AND_DAY = expression(
    r"(?P<journal>[^\W\d_a-z][^“”\"\[\]();:,0-9]{2,80}?),? (?:[Ff]irst )?[Pp]ublished(?: online)?:?(?: on)?"
    rf" (?:[0-9]{{1,2}} [A-Z][a-z]{{2,8}}|[A-Z][a-z]{{2,8}} [0-9]{{1,2}},) {YEAR}\W*$"
)
_OF_CONFERENCE = expression(r"\b(?:Conference|Symposium|Workshop|Congress)\b(?! (?:Series|Ser\.))")
_BEHIND_PROCEEDINGS = expression(
    r"(?: \([A-Z][\w' -]{1,20}\))?,? (?:pp?\.|[Pp]ages?|[Vv]ol(?:ume|\.)) ?[0-9].{0,120}$|,? Year: ?[0-9].{0,120}$"
)
_PERSON = expression(r"(?:[A-Z]\.[ -]?){1,3}[^\W\d_a-z][\w'\u2019-]+(?:,| and| &|$)")
_NO_JOURNAL = expression(
    r"\b(?:retracts?|has|have|was|were|been|is|are|by|withdrawn|retracted|published|entitled)\b"
    r"|[a-z] [a-z]{4,}[.?!] (?=[^\W\d_a-z])"
)
"""Words of a sentence, or the end of a title, which no name of a journal has."""

_ONLINE = expression(
    r"[\s,;.(]{0,3}\b(?:(?:first |e-?|pre)?published(?: online)?(?: first)?"
    r"|(?:available |advance )?online(?: publication)?|epub)(?: before print| ahead of print)?(?: on)?[:,]?"
    r" (?:[0-9]{1,2} [A-Z][a-z]{2,8}|[A-Z][a-z]{2,8} [0-9]{1,2},) (?:19|20)[0-9]{2}\W*$",
    re.IGNORECASE,
)
"""The day behind a journal whose article has no volume: `, published online 13 January 2021`."""
_NUMBERS = expression(r"(?:[\W_]|[A-Za-z]{0,4}[0-9]\w{0,12}|[Vv]ol(?:ume)?|[Nn]o|pp?|[Ii]ssue)+")
_PLACE_IN_FRONT = expression(
    r"(?P<journal>[^\W\d_a-z][^“”\":;()\[\]0-9]{2,80}?),? (?:[Vv]ol(?:ume|\.)? ?)?(?:(?:19|20)[0-9]{2}[,;] ?)?"
    r"[0-9]{1,4}(?: ?\([^()]{1,12}\))?(?:[,:]? ?(?:pp?\. ?)?[A-Za-z]{0,2}[0-9]{1,8}(?:[–-][0-9]{1,8})?)?"
    r"(?:,? \(?(?:19|20)[0-9]{2}\)?)?[:.] (?=[^\W\d_][^\W_]* [^\W_])"
)
"""The place of an article in front of its title: `Ponds 22(2), 1820-1834: A title`."""
SMALL_WORDS = frozenset(
    {"the", "of", "and", "for", "in", "on", "de", "der", "des", "für", "et", "la", "le", "del", "e", "y", "di", "della"}
    | {"delle", "dei", "degli", "dello", "du", "das", "do", "da", "und", "i", "и", "och", "en", "w", "à", "au", "aux"}
    | {"dos", "las", "los"}
)
"""Words that begin with a small letter also in a journal's name."""


def tail_of(text: str) -> Reference | None:
    """Return journal, year, volume and pages, from text that begins with the journal's name."""
    for pattern in _TAILS:
        if (found := pattern.match(text)) and _may_be_journal(found["journal"]):
            groups = found.groupdict()
            name = _without_stop(groups["journal"], text[found.end("journal") :][:1])
            if groups.get("volume") and found.start("volume") < found.start("year") and groups["journal"].endswith("."):
                name = groups["journal"]  # no sentence ends in front of a volume: it is the stop of an abbreviation
            return Reference(
                journal=name,
                year=int(groups["year"]),
                volume=groups.get("volume") or "",
                issue=(groups.get("issue") or "").strip(),
                pages=groups.get("pages") or "",
            )
    return None


def _may_be_journal(name: str) -> bool:
    """Tell whether words may be a journal's name: they have no verb, and begin with a capital (`eLife`, too)."""
    return (
        not _PERSON.match(name)
        and not date_in_words(f"{name.strip(' ,.')} 2000")
        and not _NO_JOURNAL.search(name)
        and not re.match(r"(?!npj )[a-zà-ÿа-я]+(?:[ ,.]|$)", name)
    )


def undated_tail(text: str) -> Reference | None:
    """Return journal and year of a line that has no volume: `Ponds, 2017`, `Ponds published 4 May 2017`."""
    if bare := _JOURNAL_AND_NUMBERS.fullmatch(text):
        return Reference(journal=bare["journal"].strip(" ,"), volume=bare["volume"], pages=bare["pages"])
    bare = _JOURNAL_AND_YEAR.fullmatch(text) or _JOURNAL_AND_YEAR_IN_BRACKETS.fullmatch(text)
    found = bare or _JOURNAL_AND_DAY.match(text)
    name = _BEHIND_A_NAME.sub("", found["journal"].strip(" ,")) if found else ""
    return Reference(journal=name, year=int(found["year"])) if found and _may_be_journal(name) else None


def tail_without_year(text: str) -> Reference | None:
    """Return journal, volume and pages, from text that begins with the journal's name and gives no year."""
    found = _NO_YEAR_TAIL.match(text) or _NAMED_VOLUME.match(text)
    if found is None or len(found["journal"].split()) > 14 or date_in_words(f"{found['journal']} 1, 2000"):
        return None
    if _NO_JOURNAL.search(found["journal"]):
        return None
    return Reference(
        journal=_without_stop(found["journal"], text[found.end("journal") :][:1]),
        volume=found["volume"],
        issue=(found["issue"] or "").strip(),
        pages=found["pages"],
    )


def whole_tail_without_year(text: str) -> Reference | None:
    """Return journal, volume and pages of a text that is nothing else: `J. Pond Sci. 134, 1201-1211`."""
    found = _NO_YEAR_TAIL.fullmatch(text.strip(" ().,;"))
    return tail_without_year(text.strip(" ().,;")) if found and _may_be_journal(found["journal"]) else None


def clean_journal(journal: str) -> str:
    """Return a journal's name without the marks and the word `volume` that may surround it."""
    if "(" in journal and ")" not in journal:
        journal = journal[journal.rfind("(") + 1 :]  # the bracket in which a sentence cites it
    return re.sub(r",? (?:[Vv]ol(?:ume|\.)?|VOL(?:UME|\.)?)$", "", journal.strip(" ,«»|")).rstrip(" ,»|")


def journal_name(journal: str) -> str:
    """Return a journal's name without the year that may follow it; the year of a conference is part of its name."""
    if _OF_CONFERENCE.search(journal):
        return _BEHIND_PROCEEDINGS.sub("", journal).strip(" ,.")
    name = re.sub(r",?(?: [0-9]{1,2} [A-Z][a-z]{2,8}\.?)? \(?(?:19|20)[0-9]{2}\)?.*$", "", journal)
    name = _BEHIND_A_NAME.sub("", name)
    name = re.sub(r" [0-9]{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}$", "", name)
    name = re.sub(r",? (?:[Vv]ol(?:ume|\.)? ?)?[0-9]{1,4}(?: ?[(,:].*)?$", "", name) or name
    if name != journal and not re.search(r"[^\W\d_]\. ", name) and re.search(r"[а-яё]", name):
        name = name.rstrip(" .")
    name = re.sub(r"(?:제 ?|第 ?)?[0-9]{1,4} ?[권巻卷].*$", "", name).strip(" ,")
    return re.sub(r" (?:en|em|in|no|w)$", "", name)


def divided_place(title: str) -> tuple[str, str]:
    """Return the journal whose volume and pages are printed in front of a title, and the title; "" for none."""
    found = _PLACE_IN_FRONT.match(title)
    is_place = found is not None and _may_be_journal(found["journal"]) and is_name(found["journal"])
    return (found["journal"].strip(" ,"), title[found.end() :]) if found and is_place else ("", title)


def _without_stop(journal: str, behind: str) -> str:
    """Return a journal's name without the stop that ends it; the stop of an abbreviation stays.

    It is one where the name has others (`J. Pond Chem.`), and where a comma follows it.
    """
    name = journal.strip(" ,")
    is_abbreviated = re.search(r"[^\W\d_]\. ", name) is not None or behind.startswith(",")
    return name if is_abbreviated else name.rstrip(" .,")


def is_name(words: str) -> bool:
    """Tell whether words may be a journal's name: few, and all but small ones begin with a capital."""
    first, *others = words.removeprefix("npj ").split() or [""]
    return (
        len(others) < 8
        and (any(map(str.isupper, first[:3])) or (first.isdigit() and len(first) == 1))
        and all(word[:1].isupper() or word == "&" or word in SMALL_WORDS for word in others)
    )


def without_links(text: str) -> str:
    """Return a text without its DOIs and their addresses, whose digits are no volume."""
    if not dois_in(text):
        return text
    return re.sub(r"(?:https?://\S{0,200}|\bdoi:? ?|\bDOI:? ?)?\b10\.[0-9]{4,9}/\S+", " ", text).strip()


def without_day_online(text: str) -> str:
    """Return a text without the day at its end on which the article was published online."""
    is_dated = any(word in text.casefold() for word in ("online", "published"))
    return (_ONLINE.sub("", text) if is_dated else text).strip(" ,.;:()")


def journal_alone(title: str) -> str:
    """Return the journal of a title line that has nothing but its name and the place or the day of the article.

    `J. Pond Sci. 118, 243-252`, `Ponds, published online 3 May 2017`, `Pond Reports https://doi.org/…`; else "".
    """
    plain = without_links(title).strip(" ,.;:()")
    if any(one == "." and other.isdigit() for one, other in pairwise(plain)):
        plain = re.sub(r"(?<=[^\W\d_]\.)(?=[0-9])", " ", plain)
    bare = without_day_online(plain)
    if bare != plain and is_name(bare):
        return bare
    tail = whole_tail_without_year(bare) or tail_of(bare)
    is_alone = tail is not None and is_name(tail.journal) and _NUMBERS.fullmatch(bare[len(tail.journal) :])
    return tail.journal if tail and is_alone else ""

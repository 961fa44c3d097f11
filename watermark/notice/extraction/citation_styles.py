"""The article's citation in the styles of publishers: APA, MDPI, Springer, Wiley, IEEE, Science, Elsevier, PLOS."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from watermark.notice.doi import MAX_REMEMBERED, dois_in
from watermark.notice.extraction.citation import MAX_CHARACTERS, people_in, read_citation
from watermark.notice.model import Reference
from watermark.notice.text_blocks import collapse_whitespace

_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_PAGE = r"[A-Za-z]{0,6}[0-9][\w.]{0,20}"
_PAGES = rf"(?P<pages>{_PAGE}(?:\s?[-\u2013—\u2011]\s?{_PAGE})?)"
_VOLUME = r"(?P<volume>[0-9]{1,5}[A-Z]?)"
_ISSUE = r"(?:\s?\((?P<issue>[^()]{1,30})\))?"
_JOURNAL = r"(?P<journal>(?:The )?[^\W\d_][^“”\"\[\]():;,.0-9]{0,90}(?:[.:&,](?: |$)[^“”\"\[\]():;,.0-9]{1,60}){0,6}?)"
_NAME = r"(?P<journal>[^\W\d_][^“”\"\[\]();0-9]{1,110}?)"
_TAILS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NAME},? {_VOLUME},? no\. (?P<issue>[\w-]{{1,12}}) \({_YEAR}\):? {_PAGES}",
        rf"{_NAME},? {_VOLUME} \({_YEAR}\):? {_PAGES}",
        (
            rf"{_NAME},? vol(?:\.|ume)? {_VOLUME},(?: (?:no\.|issue|iss\.) (?P<issue>[\w-]{{1,12}}),)?(?: (?:pp?\."
            r"|pages"
            rf"|Article ID|art\. no\.)"
            rf" {_PAGES},)?(?: [0-9]{{1,3}} pages,)?(?: [A-Z][a-z]{{2,8}}\.?)? ?{_YEAR}"
        ),
        rf"{_NAME},? \(?{_YEAR}\)?[,;:]? ?{_VOLUME}{_ISSUE} ?[:,] ?{_PAGES}",
        rf"{_NAME},? {_VOLUME}{_ISSUE}[,:] ?{_PAGES},? \(?{_YEAR}\)?",
        (
            rf"{_NAME},? Vol(?:ume|\.)? {_VOLUME},? (?:Issue|No\.|Iss\.) (?P<issue>[\w-]{{1,12}}),?"
            rf" (?:[0-9]{{1,2}} )?(?:[A-Z][a-z]{{2,8}} )?{_YEAR},? (?:[Pp]ages?|pp\.|p\.) {_PAGES}"
        ),
        (
            rf"{_NAME},? [Vv]ol(?:ume|\.)? {_VOLUME}, (?:[Nn]o\.|[Ii]ssue) (?P<issue>[\w-]{{1,12}}),?"
            rf" \({_YEAR}\),? {_PAGES}"
        ),
        (
            rf"{_NAME},? {_VOLUME}{_ISSUE}[,:] ?{_PAGES} \((?:[Ff]irst )?[Pp]ublished(?: online)?:?"
            rf" [^()0-9]{{0,9}}(?:[0-9]{{1,2}} )?[^()0-9]{{0,12}}{_YEAR}\)"
        ),
        rf"{_NAME},? {_YEAR} ?; ?{_VOLUME}{_ISSUE}(?=\W*$|[.,;)] )",
        rf"{_NAME},? {_VOLUME}{_ISSUE}[,:] ?{_PAGES}; (?:[A-Z][a-z]{{2,8}}\.?(?: [0-9]{{1,2}})?,? )?{_YEAR}",
        (
            rf"{_NAME},? [Vv]ol(?:ume|\.)? {_VOLUME}{_ISSUE},(?: [A-Z][a-z]{{2,8}}\.?)? ?{_YEAR},?"
            rf" (?:[Pp]ages?|pp?\.) {_PAGES}"
        ),
        rf"{_NAME},? {_YEAR},? [Vv]ol\.? ?{_VOLUME}{_ISSUE}(?:,? (?:pp?\.? ?)?{_PAGES})?",
    )
)
_NO_YEAR_TAIL = re.compile(rf"{_NAME},? {_VOLUME}{_ISSUE}[,:] ?{_PAGES}")
_JOURNAL_AND_YEAR = re.compile(rf"(?P<journal>[^\W\d_a-z][^“”\"\[\]();:,0-9]{{3,80}}), {_YEAR}\W*")
_JOURNAL_AND_NUMBERS = re.compile(
    r"(?P<journal>[^\W\d_a-z][^“”\"\[\]();0-9]{3,80}) (?P<volume>[0-9]{1,5}) (?P<pages>[0-9]{4,9})"
)
_JOURNAL_AND_DAY = re.compile(
    r"(?P<journal>[^\W\d_a-z][^“”\"\[\]();:,0-9]{2,80}?),? (?:[Ff]irst )?[Pp]ublished(?: online)?:?(?: on)?"
    rf" (?:[0-9]{{1,2}} [A-Z][a-z]{{2,8}}|[A-Z][a-z]{{2,8}} [0-9]{{1,2}},) {_YEAR}\W*$"
)
_JOURNAL_AT_THE_END = re.compile(
    r"\s[\[(](?P<citation>[^\W\d_a-z][^\[\]()0-9]{2,80} [0-9]{1,5}[A-Z]?[ ,;:(](?:[0-9 ,;:()\u2013.-]"
    r"|[eELS](?=[0-9])){2,40})[\])]$"
)
_VERSION = re.compile(r"\s\[version [0-9][^\[\]]{0,60}\]$", re.IGNORECASE)
_CHAPTER = re.compile(r"chapter (?:[0-9]{1,3}:? )?[“\"](?P<title>[^“”\"]{3,600})[”\"].{0,300}$", re.IGNORECASE)
_NO_JOURNAL = re.compile(r"\b(?:has|have|was|were|been|is|are|by|withdrawn|retracted|published|entitled)\b")
"""Words of a sentence, which no name of a journal has."""
_BY_YEAR = re.compile(rf"(?P<people>[^()“”]{{3,600}}?)[,.]? \({_YEAR}[a-z]?(?:,[^()]{{1,30}})?\)[.,:]? (?P<rest>\S.*)")
_YEAR_BETWEEN = re.compile(rf"(?P<people>[^.()“”0-9]{{3,600}})\. {_YEAR}\. (?P<rest>\S.*)")
_TITLE_QUOTED = re.compile(
    r"[“\"«„](?P<title>[^“”\"«»„]{3,600}?)[,.]?[”\"»“]|\u2018(?P<single>[^\u2018“”]{8,600}?)[,.]?\u2019(?=$|[\s,.;)])"
)
_PUBLISHED_IN = re.compile(
    r"^[ ,.«»]*(?:(?:that |which )?(?:was |has been )?(?:first )?(?:published|appeared)(?: online)? in"
    r"|publicad[oa] en|publiée? dans"
    r"|erschienen in|veröffentlicht in|pubblicat[oa] (?:in|su)|publicad[oa] (?:em|na|no)|opublikowan\w+ w"
    r"|опубликованн\w+ в журнале)"
    r" (?:the journal )?",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(r", (?:in )?(?=[^\W\d_a-z])| in (?=[A-Z])| [(\[](?:(?:19|20)[0-9]{2}[)\]][.,]? )?(?=[A-Z])")
_ET_AL = re.compile(r"(?P<people>[^\W\d_][^.:;()“”0-9]{1,80}?) et al\.?[,:]? ")
_MDPI_PEOPLE = re.compile(
    r"(?P<people>(?:[^\W\d_][\w'\u2019 -]{1,40}, (?:[A-Z]\.[ -]?){1,4}(?:; |\.?"
    r" ?)){1,40})(?=[A-Z“\"])"
)
_INVERTED = re.compile(
    r"(?<![^\W\d_])([^\W\d_][\w'\u2019-]{1,100}(?: [^\W\d_][\w'\u2019-]{1,100}){0,2}), "
    r"((?:[A-Z]\.?[ -]?){1,5})(?=[,;.\s]|$)"
)
_IN_BRACKETS = re.compile(r"\(([^()]{4,150})\)")
_LEADING_NAMES = re.compile(
    r"(?:(?:[A-Z]\.[ -]?){1,4}[^\W\d_][\w'\u2019-]+, )*(?:[A-Z]\.[ -]?){1,4}[^\W\d_][\w'\u2019-]+,? and"
    r" (?:[A-Z]\.[ -]?){1,4}[^\W\d_][\w'\u2019-]+[ ,]+(?:in )?(?=[A-Z])|"
    r"(?:(?:[A-Z]\.[ -]?){1,4}(?:(?:de|van|von|der|el|al) )?[^\W\d_][\w'\u2019-]+(?:, (?:and"
    r" )?(?:in )?|,? and |,? & )){1,60}(?=[A-Z])"
)
_LEADING = re.compile(r"^(?:by|in|see|from)\s", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[^\W\d_a-z]|[a-z][A-Z])")


@lru_cache(maxsize=MAX_REMEMBERED)  # a line is asked about several times
def read_styled(text: str) -> Reference:
    """Return what the citation in `text` says, in whichever style it is; what is not certain stays empty.

    `text` is one citation without Markdown, from its authors or its title to its pages, year or DOI.
    """
    text = _without_links(collapse_whitespace(text))[:MAX_CHARACTERS]
    text = _LEADING.sub("", text)
    if not text:
        return Reference()
    for read in (
        _with_quoted_title,
        _with_year_behind_authors,
        _with_year_between,
        _vancouver,
        _with_named_people,
        _only_the_journal,
    ):
        reference = read(text)
        if reference is not None:
            return replace(
                reference,
                pages=re.sub(r"\s?[-\u2013—\u2011]\s?", "-", reference.pages).rstrip("."),
                journal=_clean(reference.journal),
            )
    return Reference()


def _with_quoted_title(text: str) -> Reference | None:
    found = _TITLE_QUOTED.search(text)
    if found is None:
        return None
    behind = text[found.end() : found.end() + 600]
    by_people, rest = _behind_names(behind)
    rest = _LEADING_NAMES.sub("", _PUBLISHED_IN.sub("", rest).lstrip(" ,.»"), count=1)
    tail = _tail(re.sub(r"^(?:[ ,.\[(«»]|in |by [^,]{3,200}, (?:in )?(?=[A-Z]))*", "", rest)) or _in_brackets(behind)
    people = _people(re.sub(r"\((?:19|20)[0-9]{2}.*", "", text[: found.start()]))
    year = re.search(r"(?:\(|\. )((?:19|20)[0-9]{2})[a-z]?\)?\W*$", text[: found.start()])
    year = year or re.match(r"[^“”\"]{0,400}?\(((?:19|20)[0-9]{2})\)[.,]? ", behind)
    if tail is None and year and (short := _tail_without_year(rest.lstrip(" ,.;"))):
        tail = replace(short, year=int(year[1]))
    by = re.match(r"[,.]? by ([^,(;]+(?:, [^,(;]+)*?)(?=,? (?:which|published|in |\()|[,(;]|$)", text[found.end() :])
    return replace(
        tail or Reference(),
        title=(found["title"] or found["single"]).strip(" ,."),
        authors=people or by_people or (_people(by[1]) if by else ()),
    )


def _behind_names(behind: str) -> tuple[tuple[str, ...], str]:
    """Return the authors behind a title in quotes and `by`, and the text behind them; no authors if none are named."""
    by = re.match(r"[,.]? by (?=[^\W\d_])", behind)
    best: tuple[tuple[str, ...], str] = ((), behind)
    for boundary in _BOUNDARY.finditer(behind[by.end() : by.end() + 400]) if by else ():
        names = behind[by.end() : by.end() + boundary.start()] if by else ""
        if people := _people(re.sub(r" et al\.?$", "", names)) or ((names[:-7],) if names.endswith(" et al.") else ()):
            best = (people, behind[by.end() + boundary.end() :] if by else behind)
    return best


def _in_brackets(text: str) -> Reference | None:
    """Return the journal in brackets behind the date: `first published May 4, 2020; DOI (J Ponds 9, 1-5)`."""
    found = _IN_BRACKETS.search(text)
    tail = _tail_without_year(found[1]) if found else None
    year = re.search(r"published[^;()]{0,30}?\b((?:19|20)[0-9]{2})\b", text)
    return replace(tail, year=int(year[1])) if tail and year else tail


def _with_year_behind_authors(text: str) -> Reference | None:
    found = _BY_YEAR.match(text)
    if found is None:
        return None
    people = _people(found["people"])
    if not people:
        return None
    rest = found["rest"]
    parts = _SENTENCE.split(rest)
    if re.fullmatch(r"(?:[^\W\d_a-z][^\W\d_]{0,7}\.\s?){1,3}", parts[0]) and (journal := _tail_without_year(rest)):
        return replace(journal, authors=people, year=int(found["year"]))  # a journal's abbreviated name, and no title
    for count in range(1, min(len(parts), 6)):
        title, tail_text = " ".join(parts[:count]), " ".join(parts[count:])
        tail = _tail_without_year(tail_text)
        if tail is not None:
            return replace(tail, authors=people, title=title.strip(" ."), year=int(found["year"]))
    tail = _tail_without_year(rest)
    if tail is not None and len(tail.journal.split()) <= 6:
        return replace(tail, authors=people, year=int(found["year"]))
    return Reference(authors=people, year=int(found["year"]), title=parts[0].strip(" .") if len(parts) > 1 else "")


def _vancouver(text: str) -> Reference | None:
    found = read_citation(text)
    if found is None or not (found[0].authors or found[0].title) or len(found[0].journal.split()) > 12:
        return None
    reference = found[0]
    et_al = _ET_AL.match(reference.title)
    return replace(reference, citation="", doi="", title=reference.title[et_al.end() :] if et_al else reference.title)


def _with_named_people(text: str) -> Reference | None:
    """Return a citation that begins with `Marsh et al.` or `Marsh, A.; Fenn, B.`, with title and journal."""
    found = _ET_AL.match(text) or _MDPI_PEOPLE.match(text)
    if found is None:
        return None
    parts = _SENTENCE.split(text[found.end() :])
    is_list = found.re is _MDPI_PEOPLE
    people = tuple(name.strip(" .,") for name in found["people"].split(";")) if is_list else ()
    for count in range(1, min(len(parts), 6)):
        tail = _tail(" ".join(parts[count:]))
        if tail is not None:
            return replace(tail, authors=tuple(filter(None, people)), title=" ".join(parts[:count]).strip(" ."))
    return None


def _only_the_journal(text: str) -> Reference | None:
    names = _LEADING_NAMES.match(text)
    people = (
        tuple(name.strip(" ,") for name in re.split(r",(?: and| &)?|\band\b|&", names[0]) if name.strip(" ,"))
        if names
        else ()
    )
    text = text[names.end() :] if names else text
    tail = _tail(text) or _undated_tail(text)
    if tail is None and (cited := read_citation(text)) is not None and not cited[0].authors and len(text) < 200:
        tail = replace(cited[0], citation="", doi="", title="")
    if tail is not None and people:
        tail = replace(tail, authors=people)
    return (
        tail if tail is not None and len(tail.journal.split()) <= 12 and not re.search(r"[?!]", tail.journal) else None
    )


def _with_year_between(text: str) -> Reference | None:
    """Return a citation with a bare year behind the authors: `Grant D, Lowe E. 2018. Title. Journal 7:e3`."""
    found = _YEAR_BETWEEN.match(text)
    people = _people(found["people"]) if found else ()
    parts = _SENTENCE.split(found["rest"]) if found and people else []
    for count in range(1, min(len(parts), 6)):
        tail = _tail_without_year(" ".join(parts[count:]))
        if found and tail is not None:
            return replace(tail, authors=people, title=" ".join(parts[:count]).strip(" ."), year=int(found["year"]))
    return None


def _tail(text: str) -> Reference | None:
    """Return journal, year, volume and pages, from text that begins with the journal's name."""
    for pattern in _TAILS:
        if (found := pattern.match(text)) and not _NO_JOURNAL.search(found["journal"]):
            groups = found.groupdict()
            return Reference(
                journal=_without_stop(groups["journal"], text[found.end("journal") :][:1]),
                year=int(groups["year"]),
                volume=groups.get("volume") or "",
                issue=(groups.get("issue") or "").strip(),
                pages=groups.get("pages") or "",
            )
    return None


def _undated_tail(text: str) -> Reference | None:
    """Return journal and year of a line that has no volume: `Ponds, 2017`, `Ponds published 4 May 2017`."""
    if bare := _JOURNAL_AND_NUMBERS.fullmatch(text):
        return Reference(journal=bare["journal"].strip(" ,"), volume=bare["volume"], pages=bare["pages"])
    found = _JOURNAL_AND_YEAR.fullmatch(text) or _JOURNAL_AND_DAY.match(text)
    return Reference(journal=found["journal"].strip(" ,"), year=int(found["year"])) if found else None


def _tail_without_year(text: str) -> Reference | None:
    found = _NO_YEAR_TAIL.match(text)
    if found is None or len(found["journal"].split()) > 14:
        return None
    return Reference(
        journal=_without_stop(found["journal"], text[found.end("journal") :][:1]),
        volume=found["volume"],
        issue=(found["issue"] or "").strip(),
        pages=found["pages"],
    )


def _people(text: str) -> tuple[str, ...]:
    """Return the names of a list of authors, in any style; nothing where the words are not only names."""
    text = _names(text)
    inverted = [" ".join(filter(None, found.groups())) for found in _INVERTED.finditer(text)]
    if inverted and not re.search(r"[^\W\d_]{3}", re.sub(r"\bet al\b", "", _INVERTED.sub("", text))):
        return tuple(re.sub(r"(?<![.\s])[.\s]+$", "", re.sub(r"\.(?: |-)?", "", name)) for name in inverted)
    return people_in(text)


def _names(text: str) -> str:
    return re.sub(r"(?:^|,) ?(?:and|&) ", ", ", text.strip(' ,.:;“"')).strip(" ,")


def _clean(journal: str) -> str:
    return re.sub(r",? [Vv]ol(?:ume|\.)?$", "", journal.strip(" ,«»")).rstrip(" ,»")


def journal_name(journal: str) -> str:
    """Return a journal's name without the year that may follow it."""
    name = re.sub(r",? \(?(?:19|20)[0-9]{2}\)?.*$", "", journal)
    return re.sub(r"(?:제 ?|第 ?)?[0-9]{1,4} ?[권巻卷].*$", "", name).strip(" ,")


def _without_stop(journal: str, behind: str) -> str:
    """Return a journal's name without the stop that ends it; the stop of an abbreviation stays.

    It is one where the name has others (`J. Pond Chem.`), and where a comma follows it.
    """
    name = journal.strip(" ,")
    is_abbreviated = re.search(r"[^\W\d_]\. ", name) is not None or behind.startswith(",")
    return name if is_abbreviated else name.rstrip(" .,")


def _without_links(text: str) -> str:
    """Return a text without its DOIs and their addresses, whose digits are no volume."""
    if not dois_in(text):
        return text
    return re.sub(r"(?:https?://\S{0,200}|\bdoi:? ?|\bDOI:? ?)?\b10\.[0-9]{4,9}/\S+", " ", text).strip()


def styled_in(texts: Iterator[str] | tuple[str, ...] | list[str]) -> Reference:
    """Return the facts of the first citations that have them: each fact from the first text that says it."""
    found = Reference()
    for text in texts:
        other = read_styled(text)
        if found.title and other.title and _letters(found.title) != _letters(other.title):
            continue  # another work
        found = Reference(
            authors=found.authors or other.authors,
            title=found.title or other.title,
            journal=found.journal or other.journal,
            year=found.year or other.year,
            volume=found.volume or other.volume,
            issue=found.issue or (other.issue if not found.volume else ""),
            pages=found.pages or other.pages,
        )
    return found


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def cited_title(title: str) -> str:
    """Return a title line that also cites the article; an empty string for one that is the title alone."""
    quoted = re.search(r"[“\"«]", title)
    is_dated = quoted is not None and re.search(r"\b(?:19|20)[0-9]{2}\b", title[quoted.end() :]) is not None
    is_cited = is_dated or dois_in(title) or re.search(r"\bet al\.|\b(?:19|20)[0-9]{2}[;,)]", title)
    return title if is_cited else ""


def bracketed_journal(title: str) -> str:
    """Return the journal's citation in the brackets that end a title line: `… [Phys. Rev. 130, 77 (2023)]`."""
    found = _JOURNAL_AT_THE_END.search(title)
    return found["citation"] if found else ""


def _bare_title(title: str) -> str:
    """Return a title without quotes, the journal in brackets behind it, the book of a chapter, and a version."""
    title = _VERSION.sub("", _JOURNAL_AT_THE_END.sub("", title)).strip()
    if chapter := _CHAPTER.match(title):
        return chapter["title"]
    whole = re.fullmatch(r"[“\"«\u2018](?P<title>[^“”\"«»]{3,600})[”\"»\u2019]", title)
    return whole["title"].strip(" ,.") if whole else title


def plain_title(title: str) -> str:
    """Return the title in the title line; an empty string where the line cites the article without a title."""
    title = _bare_title(title)
    if not cited_title(title):
        return title
    found = read_styled(title)
    if found.title:
        return found.title
    return "" if dois_in(title) or found.journal or "et al." in title[:80] else title

# ruff: noqa: RUF001 - letters and punctuation of other scripts are meant
"""The article's citation in the styles of publishers: APA, MDPI, Springer, Wiley, IEEE, Science, Elsevier, PLOS."""

import re
from collections.abc import Iterator
from dataclasses import replace

from watermark.notice.doi import dois_in
from watermark.notice.extraction.citation import MAX_CHARACTERS, before_people, people_of, read_citation
from watermark.notice.extraction.citation_tails import (
    YEAR,
    clean_journal,
    divided_place,
    is_name,
    journal_alone,
    tail_of,
    tail_without_year,
    undated_tail,
    whole_tail_without_year,
    without_day_online,
    without_links,
)
from watermark.notice.extraction.marked_citations import (
    in_east_asian_form,
    in_front_of_brackets,
    with_quoted_journal,
    with_slashes,
)
from watermark.notice.model import Reference
from watermark.notice.remembered import remembered
from watermark.notice.text_blocks import collapse_whitespace, letters
from watermark.runtime.expressions import expression

_JOURNAL_AT_THE_END = expression(
    r"\s[\[(](?:(?:19|20)[0-9]{2} )?(?P<citation>[^\W\d_a-z](?:[0-9][A-Z] )?[^\[\]()0-9]{2,80} [0-9]{1,5}[A-Z]?[ ,;:(]"
    r"(?:[0-9 ,;:()\u2013\u2212.-]|[eELS](?=[0-9])|R(?=\))){2,40})[\])]\.?$"
)
_DOI_AT_THE_END = expression(
    r"\s?[\[(](?:doi\s?:?\s?)?(?:https?://(?:dx\.)?doi\.org/)?10\.[0-9]{4,9}/[^\s\[\]]{1,200}[\])]$", re.IGNORECASE
)
_VERSION = expression(r"\s\[version [0-9][^\[\]]{0,60}\]$", re.IGNORECASE)
_VERSION_INSIDE = expression(r"\s\[version [0-9][^\[\]]{0,60}\](?=[.,;])", re.IGNORECASE)
_CHAPTER = expression(r"chapter (?:[0-9]{1,3}:? )?[“\"](?P<title>[^“”\"]{3,600})[”\"].{0,300}$", re.IGNORECASE)
_BY_YEAR = expression(
    rf"(?P<people>[^()“”]{{3,600}}?)[,.]? \((?:[A-Z][a-z]{{2,8}} [0-9]{{1,2}}, )?{YEAR}[a-z]?(?:,[^()]{{1,30}})?\)"
    r"[.,:]? (?P<rest>\S.*)"
)
_VOLUME_AND_PAGES = expression(r"[0-9]{1,5}(?: ?\([^()]{1,12}\))?[:,] ?[eE]?[0-9][0-9\u2013-]{0,20}\W*")
_YEAR_BETWEEN = expression(rf"(?P<people>[^.()“”0-9]{{3,600}})\. {YEAR}\. (?P<rest>\S.*)")
_TITLE_QUOTED = expression(
    r"[“\"«„](?P<title>[^“”\"«»„]{3,600}?)[,.]?[”\"»“]|\u2018(?P<single>[^\u2018“”]{8,600}?)[,.]?\u2019(?=$|[\s,.;:)])"
)
_BY_IN_LANGUAGES = expression(
    r"^[ ,.»”\"]*(?:(?:di|de|da|par|von|por|autorstwa|автор\w*|,?\(автор\w*) |d['\u2019](?=[^\W\d_a-z]))"
    r"[^,()«»„“]{3,80}\)?,? (?=[a-zà-ÿа-я])"
)
_PUBLISHED_IN = expression(
    r"^[ ,.«»]*(?:(?:that |which )?(?:was |has been )?(?:first )?(?:published|appeared)(?: online)? in"
    r"(?: issue [0-9]{1,4}, [A-Z][a-z]{2,8} [0-9]{1,2}, (?:19|20)[0-9]{2}, of)?"
    r"|publicad[oa] en|publiée? dans"
    r"|erschienen in|veröffentlicht in|pubblicat[oa] (?:in|su)|publicad[oa] (?:em|na|no)|opublikowan\w+ w"
    r"|опубликованн\w+ в журнале)"
    r" (?:the journal |la |el |le |les |der |dem |das |il )?",
    re.IGNORECASE,
)
_BOUNDARY = expression(r", (?:in )?(?=[^\W\d_a-z])| in (?=[A-Z])| [(\[](?:(?:19|20)[0-9]{2}[)\]][.,]? )?(?=[A-Z])")
_ET_AL = expression(r"(?P<people>[^\W\d_][^.:;()“”0-9]{1,80}?) et al\.?[,:]? ")
_MDPI_PEOPLE = expression(
    r"(?P<people>(?:[^\W\d_][\w'\u2019 -]{1,40}, (?:[A-Z]\.[ -]?){1,4}(?:; |\.?"
    r" ?)){1,40})(?=[A-Z“\"])"
)
_TWO_SURNAMES = expression(
    r"(?P<people>[^\W\d_a-z][\w'\u2019-]+ (?:and|&) [^\W\d_a-z][\w'\u2019-]+)[.:] (?=[^\W\d_a-z])"
)
_IN_BRACKETS = expression(r"\(([^()]{4,150})\)")
_LEADING_NAMES = expression(
    r"(?:(?:[A-Z]\.[ -]?){1,4}[^\W\d_][\w'\u2019-]+, )*(?:[A-Z]\.[ -]?){1,4}[^\W\d_][\w'\u2019-]+,? and"
    r" (?:[A-Z]\.[ -]?){1,4}[^\W\d_][\w'\u2019-]+[ ,]+(?:in )?(?=[A-Z])|"
    r"(?:(?:[A-Z]\.[ -]?){1,4}(?:(?:de|van|von|der|el|al) )?[^\W\d_][\w'\u2019-]+(?:, (?:and"
    r" )?(?:in )?|,? and |,? & )){1,60}(?=[A-Z])"
)
_LEADING_PEOPLE = expression(
    r"(?:(?:[^\W\d_a-z][\w'\u2019-]+ (?:[A-Z]\.[ -]?){1,3}|(?:[A-Z]\.[ -]?){1,3}[^\W\d_a-z][\w'\u2019-]+)"
    r"(?:, (?:and |& )?|,? and |,? & )){1,40}(?=[^\W\d_a-z][\w-]+ [\w-])"
)
MIN_TITLE, MAX_NAMES = 12, 600
_QUOTED_WHOLE = expression(
    r"(?:[“„\"\u2018](?P<title>[^“”„\"«»]{3,600})[”“\"\u2019]|« ?(?P<latin>[^«»]{3,600}?) ?»"
    r"|[「『《](?P<eastern>[^「」『』《》]{3,600})[」』》])"
    r"(?:,? (?:by|par|di|de|von|por) [^“”\"«»0-9]{3,200})?"
)
"""A title in quotes, alone or in front of its authors."""
_PEOPLE_AT_THE_END = expression(r"\. (?:[^\W\d_a-z][\w'\u2019-]+ [A-Z]{1,3}(?:, |$)){1,30}$")
_LEADING = expression(
    r"^(?:by|in|see|from|(?:original(?: article| paper)?|re|article|paper|subject|reference|betrifft)\s?:)\s",
    re.IGNORECASE,
)
_SENTENCE = expression(r"(?<=[.?!])\s+(?=[^\W\d_a-z]|[a-z][A-Z])")


@remembered
def read_styled(text: str) -> Reference:
    """Return what the citation in `text` says, in whichever style it is; what is not certain stays empty.

    `text` is one citation without Markdown, from its authors or its title to its pages, year or DOI.
    """
    has_doi = bool(dois_in(text))
    text = without_links(collapse_whitespace(text))[:MAX_CHARACTERS]
    text = _VERSION_INSIDE.sub("", _LEADING.sub("", text))
    if not text:
        return Reference()
    for read in (
        with_quoted_journal,
        _with_quote_in_title,
        _with_quoted_title,
        _with_year_behind_authors,
        _with_year_between,
        with_slashes,
        in_east_asian_form,
        in_front_of_brackets,
        _with_colon,
        _vancouver,
        _with_named_people,
        _between_commas,
        _only_the_journal,
    ):
        reference = read(text)
        if reference is not None:
            return replace(
                reference,
                pages=re.sub(r"\s?[-\u2013—\u2011]\s?", "-", reference.pages).rstrip("."),
                journal=clean_journal(reference.journal),
            )
    return _undated(text) if has_doi else Reference()


def _undated(text: str) -> Reference:
    """Return the title and the journal of a citation that ends with them and its DOI: `Title. N Engl J Ponds.`."""
    text = without_day_online(re.sub(r"\W*(?:doi)?\W*$", "", text, flags=re.IGNORECASE))
    et_al = _ET_AL.match(text)
    parts = [part.strip(" .") for part in _SENTENCE.split(text[et_al.end() :] if et_al else text)]
    if len(parts) == 3 and (people := people_of(parts[0])):
        return Reference(authors=people, title=parts[1], journal=parts[2]) if is_name(parts[2]) else Reference()
    if len(parts) == 2 and len(parts[0].split()) > 2 and is_name(parts[1]):
        return Reference(title=parts[0], journal=parts[1])
    return Reference()


def _with_quote_in_title(text: str) -> Reference | None:
    """Return a citation whose title begins with a quotation: `Ada Moss, “We dig”: ponds and pits, Ponds, 3(1), …`."""
    found = _TITLE_QUOTED.search(text)
    if found is None or not text.startswith(": ", found.end()):
        return None
    behind = text[found.end() :]
    for boundary in re.finditer(r"[,.?] (?=[^\W\d_a-z])", behind[:MAX_NAMES]):
        rest = behind[boundary.end() :]
        if tail := tail_of(rest) or tail_without_year(rest):
            title = text[found.start() : found.end() + boundary.start()].strip(" ,.")
            names = text[: found.start()].strip(" ,.")
            return replace(tail, title=title, authors=people_of(names) or ((names,) if is_name(names) else ()))
    return None


def _with_quoted_title(text: str) -> Reference | None:
    found = _TITLE_QUOTED.search(text)
    if found is None:
        return None
    behind = text[found.end() : found.end() + 600]
    by_people, rest = _behind_names(behind)
    rest = _BY_IN_LANGUAGES.sub("", rest, count=1)
    rest = _LEADING_NAMES.sub("", _PUBLISHED_IN.sub("", rest).lstrip(" ,.»"), count=1)
    tail = tail_of(re.sub(r"^(?:[ ,.\[(«»]|in |by [^,]{3,200}, (?:in )?(?=[A-Z]))*", "", rest)) or _in_brackets(behind)
    people = people_of(re.sub(r"\((?:19|20)[0-9]{2}.*", "", text[: found.start()]))
    year = re.search(r"(?:\(|\. |[0-9], )((?:19|20)[0-9]{2})[a-z]?\)?\W*$", text[: found.start()])
    year = year or re.match(r"[^“”\"]{0,400}?\(((?:19|20)[0-9]{2})\)[.,]? ", behind)
    if tail is None and not year and is_name(name := rest.strip(" ,.»")):
        tail = Reference(journal=name)
    if tail is None and year and (short := tail_without_year(rest.lstrip(" ,.;"))):
        tail = replace(short, year=int(year[1]))
    by = re.match(r"[,.]? by ([^,(;]+(?:, [^,(;]+)*?)(?=,? (?:which|published|in |\()|[,(;]|$)", text[found.end() :])
    return replace(
        tail or Reference(),
        title=(found["title"] or found["single"]).strip(" ,."),
        authors=people or by_people or (people_of(by[1]) if by else ()),
    )


def _behind_names(behind: str) -> tuple[tuple[str, ...], str]:
    """Return the authors behind a title in quotes and `by`, and the text behind them; no authors if none are named."""
    by = re.match(r"[,.]? by (?=[^\W\d_])", behind)
    best: tuple[tuple[str, ...], str] = ((), behind)
    if by and len(people := people_of(behind[by.end() :].strip(" ,."))) > 1:
        return people, ""
    for boundary in _BOUNDARY.finditer(behind[by.end() : by.end() + 400]) if by else ():
        names = behind[by.end() : by.end() + boundary.start()] if by else ""
        if people := people_of(re.sub(r" et al\.?$", "", names)) or (
            (names[:-7],) if names.endswith(" et al.") else ()
        ):
            best = (people, behind[by.end() + boundary.end() :] if by else behind)
    return best


def _in_brackets(text: str) -> Reference | None:
    """Return the journal in brackets behind the date: `first published May 4, 2020; DOI (J Ponds 9, 1-5)`."""
    found = _IN_BRACKETS.search(text)
    tail = tail_without_year(found[1]) if found else None
    year = re.search(r"published[^;()]{0,30}?\b((?:19|20)[0-9]{2})\b", text)
    return replace(tail, year=int(year[1])) if tail and year else tail


def _with_year_behind_authors(text: str) -> Reference | None:
    found = _BY_YEAR.match(text)
    if found is None:
        return None
    people = people_of(found["people"])
    rest = found["rest"]
    if not people or _VOLUME_AND_PAGES.fullmatch(rest):
        return None
    parts = _SENTENCE.split(rest)
    if re.fullmatch(r"(?:[^\W\d_a-z][^\W\d_]{0,7}\.\s?){1,3}", parts[0]) and (journal := tail_without_year(rest)):
        return replace(journal, authors=people, year=int(found["year"]))  # a journal's abbreviated name, and no title
    for count in range(1, min(len(parts), 6)):
        title, tail_text = " ".join(parts[:count]), " ".join(parts[count:])
        tail = tail_without_year(tail_text)
        if tail is not None:
            return replace(tail, authors=people, title=title.strip(" ."), year=int(found["year"]))
    tail = tail_without_year(rest)
    if tail is not None and len(tail.journal.split()) <= 6:
        return replace(tail, authors=people, year=int(found["year"]))
    online = _undated(rest) if "Epub" in rest or "ublished" in rest else Reference()
    title = online.title or (parts[0].strip(" .") if len(parts) > 1 else "")
    return replace(online, authors=people, year=int(found["year"]), title=title)


def _with_colon(text: str) -> Reference | None:
    """Return a citation with a colon behind the authors: `Roe A and Doe B: A title. J Ponds 10: 47-51, 2017`."""
    names, colon, rest = text.partition(": ")
    is_list = colon and len(names) < MAX_NAMES and re.search(r"[0-9]", names) is None
    people = people_of(names) if is_list else ()
    parts = _SENTENCE.split(rest) if people else []
    for count in range(1, min(len(parts), 6)):
        tail = tail_of(" ".join(parts[count:]))
        if tail is not None and tail.volume:
            return replace(tail, authors=people, title=" ".join(parts[:count]).strip(" ."))
    return None


def _vancouver(text: str) -> Reference | None:
    found = read_citation(text)
    if found is None or not (found[0].authors or found[0].title) or len(found[0].journal.split()) > 12:
        return None
    reference = found[0]
    et_al = _ET_AL.match(reference.title)
    return replace(reference, citation="", doi="", title=reference.title[et_al.end() :] if et_al else reference.title)


def _with_named_people(text: str) -> Reference | None:
    """Return a citation that begins with `Marsh et al.` or `Marsh, A.; Fenn, B.`, with title and journal."""
    found = _ET_AL.match(text) or _MDPI_PEOPLE.match(text) or _TWO_SURNAMES.match(text)
    if found is None:
        return _with_people_in_full(text)
    parts = _SENTENCE.split(text[found.end() :])
    is_list = found.re.pattern == _MDPI_PEOPLE.pattern
    people = tuple(name.strip(" .,") for name in found["people"].split(";")) if is_list else ()
    for count in range(1, min(len(parts), 6)):
        tail = tail_of(" ".join(parts[count:]))
        if tail is not None:
            return replace(tail, authors=tuple(filter(None, people)), title=" ".join(parts[:count]).strip(" ."))
    return None


def _with_people_in_full(text: str) -> Reference | None:
    """Return a citation that begins with full names: `Li Yanmei, Sun Qiao. Title. Ponds, vol. 4, pp. 1-9, 2021`."""
    parts = _SENTENCE.split(text)
    people = people_of(parts[0]) if len(parts) > 2 else ()
    for count in range(2, min(len(parts), 7)) if people else ():
        tail = tail_of(" ".join(parts[count:]))
        if tail is not None:
            return replace(tail, authors=people, title=" ".join(parts[1:count]).strip(" ."))
    return None


def _between_commas(text: str) -> Reference | None:
    """Return a citation whose parts commas divide: `Zhang Q., A title, Journal 7(1) (2022) 101-110`."""
    names = _LEADING_PEOPLE.match(text)
    if names is None:
        return None
    rest = text[names.end() :]
    for comma in re.finditer(r", (?=[^\W\d_a-z])", rest[:600]):
        tail = tail_of(rest[comma.end() :])
        if tail is not None and len(tail.journal.split()) <= 9:
            people = tuple(name.strip(" .,") for name in re.split(r", | and | & ", names[0]) if name.strip(" .,"))
            return replace(tail, authors=people, title=rest[: comma.start()].strip(" ."))
    return None


def _only_the_journal(text: str) -> Reference | None:
    names = _LEADING_NAMES.match(text)
    people = (
        tuple(name.strip(" ,") for name in re.split(r",(?: and| &)?|\band\b|&", names[0]) if name.strip(" ,"))
        if names
        else ()
    )
    text = text[names.end() :] if names else text
    tail = tail_of(text) or undated_tail(text) or whole_tail_without_year(text)
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
    people = people_of(found["people"]) if found else ()
    parts = _SENTENCE.split(found["rest"]) if found and people else []
    for count in range(1, min(len(parts), 6)):
        tail = tail_without_year(" ".join(parts[count:]))
        if found and tail is not None:
            return replace(tail, authors=people, title=" ".join(parts[:count]).strip(" ."), year=int(found["year"]))
    return None


def styled_in(texts: Iterator[str] | tuple[str, ...] | list[str]) -> Reference:
    """Return the facts of the first citations that have them: each fact from the first text that says it."""
    found = Reference()
    for text in texts:
        other = read_styled(text)
        if found.title and other.title and letters(found.title) != letters(other.title):
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


def cited_title(title: str) -> str:
    """Return a title line that also cites the article; an empty string for one that is the title alone."""
    quoted = re.search(r"[“\"«]", title)
    is_dated = quoted is not None and re.search(r"\b(?:19|20)[0-9]{2}\b", title[quoted.end() :]) is not None
    is_cited = is_dated or dois_in(title) or re.search(r"\bet al\.|\b(?:19|20)[0-9]{2}[;,)]", title)
    return title if is_cited or journal_alone(title) else ""


def bracketed_journal(title: str) -> str:
    """Return the journal's citation in the brackets that end a title line: `… [Phys. Rev. 130, 77 (2023)]`."""
    found = _JOURNAL_AT_THE_END.search(title)
    return found["citation"] if found else ""


_LEAD = expression(
    r"(?:to(?: the (?:article|paper))?|re|sobre (?:el artículo|o artigo)|(?:en )?(?:referencia|relación) al artículo"
    r"|artículo|artigo|articolo|artykuł|artikel|beitrag|aufsatz|betrifft|betr\.|zu|dotyczy(?: artykułu)?|à propos de"
    r" l['\u2019]article|concernant l['\u2019]article|(?:in )?riferimento all['\u2019]articolo|riguarda"
    r"|referente ao artigo"
    r"|относительно статьи|о статье|статья|paper|chapter|manuscript)\s?[:：]\s?(?=[\w«„“\"])",
    re.IGNORECASE,
)
"""What a line says in front of the title of the article: `To: …`, `Dotyczy: …`."""


def _bare_title(title: str) -> str:
    """Return a title without quotes, the journal in brackets behind it, the book of a chapter, and a version."""
    title = divided_place(_LEAD.sub("", title, count=1) if _LEAD.match(title) else title)[1]
    title = _DOI_AT_THE_END.sub("", title)
    title = _VERSION.sub("", _JOURNAL_AT_THE_END.sub("", title)).strip().rstrip("†‡§¶*").rstrip()
    if chapter := _CHAPTER.match(title):
        return chapter["title"]
    whole = _QUOTED_WHOLE.fullmatch(title)
    return next(filter(None, whole.groups())).strip(" ,.") if whole else title


def plain_title(title: str) -> str:
    """Return the title in the title line; an empty string where the line cites the article without a title."""
    title = _bare_title(title)
    if not cited_title(title):
        return title
    found = read_styled(title)
    if found.title:
        return _PEOPLE_AT_THE_END.sub("", found.title)
    people = _ET_AL.match(title)
    if people and len(title) - people.end() > MIN_TITLE and not re.search(r"\b(?:19|20)[0-9]{2}\b|10\.", title):
        return title[people.end() :]
    if before := before_people(without_links(title)):
        return before
    return "" if dois_in(title) or found.journal or "et al." in title[:80] else title

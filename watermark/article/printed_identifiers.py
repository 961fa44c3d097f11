"""What the first pages print of the article itself: its DOI (not the cited ones), its arXiv stamp, its title.

A page prints the DOIs of other works, too: references, data, the article that it comments on. One is the article's own
where it follows the article's title, in the running head or foot, on a line that says `DOI`, on both of the first
pages, or behind “Cite this article”; never behind the heading of the references, and never in words that speak of
another work. Where two seem to be the article's, neither is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from rapidfuzz import fuzz

from watermark.article.identifiers import PMID, SourcedValue, arxiv_doi, is_placeholder
from watermark.article.title_matching import comparable, weight_of
from watermark.notice import dois_in, with_whole_sicis
from watermark.pdf.text_lines import TextLine, size_of_text
from watermark.runtime.expressions import expression

Pages = Sequence[Sequence[TextLine]]
"""The lines of page 1 and page 2, and of the last page where the first two name no DOI; () for one that is not read."""

MAX_TITLE_LINES, MAX_TITLE_LENGTH = 8, 400
MAX_SIZES = 4
LEAST_LETTERS = 3
"""How many letters a line has, at least, whose size of type counts."""
SAME_SIZE = 0.06
BEHIND_A_TITLE = 90.0
SHORTEST_TITLE = 20
MAX_CITATION_LENGTH = 160
IN_REFERENCES = ", in its references"
"""Behind the page of a DOI that is found only among references and in footnotes."""
LAST_PAGE = "last page"
"""The place of a DOI that only the last page prints."""
HEAD, FOOT = 0.93, 0.06
"""Where the running head and foot are, as parts of the height of the text on the page."""

_LABEL = expression(
    r"^\W*(?:article\s+)?(?:doi|digital object identifier)\W*(?:https?://(?:dx\.)?doi\.org/)?$", re.IGNORECASE
)
_OTHER_WORK = expression(
    r"\b(?:original (?:article|version|paper|publication)|correct(?:s|ion|ed)\b|errat|corrigend|retract|withdraw"
    r"|notice\b|comment(?:s|ary|ing)? on|repl(?:y|ies) to|respon[ds]e? to|refers? to|companion|previously published"
    r"|(?:earlier|previous|prior|recent) (?:work|stud(?:y|ies)|articles?|papers?|reports?)\b"
    r"|preprint|see also|supplement"
    r"|(?:code|data|datasets?|software|materials?)\b.{0,60}\b(?:available|archived|deposited|found))",
    re.IGNORECASE,
)
_REFERENCES = expression(
    r"(?:[0-9IVX]{1,4}\.?\s+)?(?:references?(?: and notes| cited)?|bibliography|literature(?: cited)?|works cited"
    r"|refer[êe]ncias(?: bibliográficas)?|referencias|littérature|literatur(?:verzeichnis)?|参考文献"
    r"|список литературы)\W*",
    re.IGNORECASE,
)
_IN_A_REFERENCE = expression(
    r"(?:[0-9]\s?[-\u2013]\s?[0-9]+|\([12][0-9]{3}[a-z]?\)|;\s?[0-9]+\s?\([0-9]+\):?\s?[0-9-]+)\W*$"
)
_CITATION_LINE = expression(
    r"(?=.{0,100}\b(?:19|20)[0-9]{2}\b)[^.!?]{3,80}[0-9]{1,5}\s?(?:\([0-9]{1,4}\))?\s?[:,]\s?e?[0-9]{1,7}"
    r"(?:\s?[-\u2013]\s?e?[0-9]{1,7})?[\s.;,|\u00b7\u2022]{1,6}doi\W{0,3}(?:https?://(?:dx\.)?doi\.org/)?$",
    re.IGNORECASE,
)
"""The journal, the year, the volume and the pages, and then the word DOI: how a journal cites its own page."""
_FOOTNOTE = expression(
    r"\W?[0-9]{1,3}[.)\]]?\s+(?:(?:[A-Z]\.[ -]?){1,3}[^\W\d_]{2}"
    r"|[^\W\d_a-z][\w'\u2019-]{1,30},? (?:[A-Z]\.?[ -]?){1,3}[ ,])"
)
"""The number of a footnote and the authors of the work that it cites."""
_CITE = expression(
    r"(?:how to |please |to )?cite (?:this|as)\b.{0,40}|^\W*citation\s*:|reference format", re.IGNORECASE
)
_STAMP = expression(
    r"arXiv:((?:[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7}|[0-9]{4}\.[0-9]{4,5})(?:v[0-9]{1,3})?)\s*\[[\w.-]{2,20}\]"
)
_BEFORE_A_PMID = expression(
    r"\W*(?:(?:PMCID\W*)?PMC[0-9]{1,9}\W{1,9}|(?:doi\W{0,9})?(?:https?://(?:dx\.)?doi\.org/)?10\.[^\s]{1,100}\s\W{0,9}){0,4}",
    re.IGNORECASE,
)
"""What a line has in front of the article's own PubMed ID: nothing, or other identifiers of the article."""
_KIND = expression(
    r"(?:open access|(?:original|research|review|short|brief|regular|full|invited|case|data|method\w*|clinical)?\s*"
    r"(?:article|paper|review|report|communication|letter|study))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """The DOI and PubMed ID that the pages say are the article's own, the other DOIs, and what may be its title."""

    own: tuple[SourcedValue, ...]
    others: tuple[SourcedValue, ...]
    pmids: tuple[SourcedValue, ...]
    titles: tuple[SourcedValue, ...]


@dataclass(slots=True)
class _Seen:
    """Where a DOI was found first, how strong the evidence for it is, and on how many pages it is.

    `is_only_cited` holds while it is found only among references and in footnotes.
    """

    place: str
    score: int = 0
    pages: int = 0
    is_only_cited: bool = True


def printed_in(pages: Pages, titles: Sequence[str]) -> Printed:
    """Return what the pages print; `titles` are those of the metadata, for telling a citation of the article itself."""
    found_titles = tuple(titles_on(pages[0])) if pages else ()
    own_type = [title for title, _ in found_titles if not _is_running_text(title, pages[0])]
    known = [comparable(title) for title in (*titles, *own_type)]
    known = [title for title in known if weight_of(title) >= SHORTEST_TITLE]
    seen: dict[str, _Seen] = {}
    is_behind_references = False
    for number, lines in enumerate(pages[:2], 1):
        of_page: set[str] = set()
        for doi, score, is_listed in _on_page(lines, known, is_first=number == 1):
            item = seen.setdefault(doi, _Seen(place=f"page {number}"))
            is_cited = is_listed or is_behind_references
            item.is_only_cited = item.is_only_cited and is_cited
            item.score = max(item.score, 0 if is_cited else score)
            item.pages += doi not in of_page and score >= 0 and not is_cited
            of_page.add(doi)
        is_behind_references = any(_REFERENCES.fullmatch(line.words) for line in lines)
    own = _chosen(seen) or _cited_as(pages[2] if len(pages) > 2 else ())
    stamp = tuple(_stamp(pages[0] if pages else ()))
    taken = {doi for doi, _ in (*own, *stamp)}
    return Printed(
        own=(*stamp, *own),
        others=tuple(
            SourcedValue(doi, f"{item.place}{IN_REFERENCES if item.is_only_cited else ''}")
            for doi, item in seen.items()
            if doi not in taken
        ),
        pmids=tuple(_pmids(pages[0])) if pages else (),
        titles=found_titles,
    )


def _is_running_text(title: str, lines: Sequence[TextLine]) -> bool:
    """Tell whether what may be a title is set in the type of most of the page: an abstract is no title."""
    usual = size_of_text(lines)
    return any(abs(line.size - usual) <= SAME_SIZE * usual and title.startswith(line.words) for line in lines)


def _on_page(lines: Sequence[TextLine], titles: Sequence[str], *, is_first: bool) -> Iterator[tuple[str, int, bool]]:
    """Yield each DOI of a page with the strength of its evidence, and whether it is among the references.

    The strength is -1 for a DOI that the page gives to another work.
    """
    words = [line.words for line in lines]
    references = next((place for place, line in enumerate(words) if _REFERENCES.fullmatch(line)), len(words))
    low, high = min((line.bottom for line in lines), default=0.0), max((line.top for line in lines), default=0.0)
    for place, line in enumerate(lines):
        if "10." not in line.words and line.words.isascii():
            continue  # as most lines: no DOI begins here
        for doi in dois_in(_whole(line.words, words[place + 1 : place + 3])):
            position = line.words.lower().find(doi[:12])
            if position < 0:  # it is broken at the end of the line
                position = line.words.find(doi[: doi.find("/") + 1])
            before = " ".join((*words[max(0, place - 6) : place], line.words[: max(position, 0)]))
            is_cited = place >= references or _FOOTNOTE.match(line.words) is not None
            if _OTHER_WORK.search(before[-90:]):
                yield doi, -1, is_cited
                continue
            score = 3 * _is_behind(titles, before[-600:])
            if is_first and not is_cited:
                relative = ((line.top + line.bottom) / 2 - low) / max(high - low, 1.0)
                score += 2 * (relative > HEAD or relative < FOOT)
                score += 4 * _is_labelled(line.words[: max(position, 0)], words[place - 1] if place else "")
                score += 2 * (_is_set_apart(lines, place) and _cites_its_page(line.words[: max(position, 0)]))
                score += 2 * bool(_CITE.search(before[-400:]))
            yield doi, score, is_cited


def _whole(line: str, following: Sequence[str]) -> str:
    """Return a line with the rest of its DOI, which is alone on the next line; a SICI may be broken twice."""
    whole = with_whole_sicis("\n".join((line, *following))).partition("\n")[0]
    goes_on = re.search(r"10\.[0-9]{4,9}/(?:\S*[./_-])?$", whole[-200:])
    is_rest = following and re.fullmatch(r"(?=\S*[0-9])[\w./-]{2,40}", following[0])
    return line + following[0] if whole == line and goes_on and is_rest else whole


def _is_behind(titles: Sequence[str], before: str) -> bool:
    text = comparable(before)
    return any(len(text) >= len(title) and fuzz.partial_ratio(title, text) >= BEHIND_A_TITLE for title in titles)


def _is_set_apart(lines: Sequence[TextLine], place: int) -> bool:
    """Tell whether a line has a line's height free above it, as the last line of a reference has not."""
    line = lines[place]
    return place == 0 or lines[place - 1].bottom - line.top >= 0.8 * (line.top - line.bottom)


def _cites_its_page(lead: str) -> bool:
    return len(lead) < MAX_CITATION_LENGTH and _CITATION_LINE.match(lead) is not None


def _is_labelled(lead: str, above: str) -> bool:
    if _IN_A_REFERENCE.search(above):
        return False
    return bool(_LABEL.match(lead)) or (not lead.strip() and bool(_LABEL.match(above)))


def _chosen(seen: dict[str, _Seen]) -> tuple[SourcedValue, ...]:
    """Return the one DOI with the strongest evidence; none if two are equal, or if there is no evidence."""
    scores: dict[str, int] = {}
    for doi, item in seen.items():
        is_part = any(doi != other and doi.startswith(other + ".") for other in seen)
        if item.score >= 0 and not is_part and not is_placeholder(doi):
            scores[doi] = item.score + 2 * (item.pages > 1)
    best = max(scores.values(), default=0)
    leading = [doi for doi, score in scores.items() if score == best]
    return (
        (SourcedValue(leading[0], f"{seen[leading[0]].place}, as its own"),) if best >= 2 and len(leading) == 1 else ()
    )


def _cited_as(lines: Sequence[TextLine]) -> tuple[SourcedValue, ...]:
    """Return the DOI that the last page asks to cite the article by: on the line above the words, or behind them."""
    words = [line.words for line in lines]
    for place, line in enumerate(words):
        if not re.match(r"\W*(?:please )?cite (?:this article|this paper|as)\b", line, re.IGNORECASE):
            continue
        above = words[place - 1] if place else ""
        near = dois_in(above) if _LABEL.match(above[: max(above.find("10."), 0)]) else ()
        near = near or dois_in(" ".join(words[place : place + 5]))[:1]
        return tuple(SourcedValue(doi, f"{LAST_PAGE}, to be cited by") for doi in near if not is_placeholder(doi))
    return ()


def _stamp(lines: Sequence[TextLine]) -> Iterator[SourcedValue]:
    """Yield what arXiv printed up the margin; an arXiv number without its subject is a cited one."""
    found = _STAMP.search(" ".join(line.words for line in lines))
    if found is not None:
        yield SourcedValue(arxiv_doi(found[1]), "arXiv stamp on page 1")


def _pmids(lines: Sequence[TextLine]) -> Iterator[SourcedValue]:
    """Yield the PubMed ID at the beginning of a line of page 1, if that names no other before its references."""
    words = [line.words for line in lines]
    words = words[: next((place for place, line in enumerate(words) if _REFERENCES.fullmatch(line)), len(words))]
    found = [(place, one) for place, line in enumerate(words) for one in PMID.finditer(line)]
    for place, one in found if len({one[1] for _, one in found}) == 1 else ():
        lead, above = one.string[: one.start()], " ".join(words[max(0, place - 2) : place])
        is_of_another = _OTHER_WORK.search(f"{above} {lead}"[-90:]) or (not lead and _IN_A_REFERENCE.search(above))
        if _BEFORE_A_PMID.fullmatch(lead) and not is_of_another:
            yield SourcedValue(one[1], "page 1")
            return


def _has_letters(words: str) -> bool:
    return len(tuple(islice(filter(str.isalpha, words), LEAST_LETTERS))) == LEAST_LETTERS


def titles_on(lines: Sequence[TextLine]) -> Iterator[SourcedValue]:
    """Yield what is set in the largest types of the page's upper part, the largest first."""
    high, low = max((line.top for line in lines), default=0.0), min((line.bottom for line in lines), default=0.0)
    upper = [line for line in lines if line.bottom >= (high + low) / 2 - (high - low) * 0.1]
    sizes = sorted({line.size for line in upper if _has_letters(line.words)}, reverse=True)
    if not sizes or sizes[0] - sizes[-1] <= SAME_SIZE * sizes[0]:
        return  # all in one type, as in a scan: nothing tells the title
    done: list[float] = []
    for size in sizes:
        if len(done) == MAX_SIZES:
            break
        if any(abs(size - other) <= SAME_SIZE * other for other in done):
            continue
        done.append(size)
        alike = [line.words for line in upper if abs(line.size - size) <= SAME_SIZE * size][:MAX_TITLE_LINES]
        if alike and _KIND.fullmatch(alike[0].strip()):
            alike = alike[1:]
        title = " ".join(alike)
        if len(title.split()) > 1 and len(title) <= MAX_TITLE_LENGTH and sum(map(str.isalpha, title)) > 5:
            yield SourcedValue(title, f"page 1, in its {'largest type' if len(done) == 1 else 'larger type'}")

# ruff: noqa: RUF001 - punctuation of other scripts is meant
"""Whether a line of a notice cites the retracted article, the notice itself, or neither for certain.

A citation is the article's where it has the article's title and no label of a notice, where a line such as `Refers to`
introduces it, and where its year is too early to be the notice's. Words about copying, replacing or quoting other works
beside it leave its role open.
"""

import re
from collections.abc import Iterable, Sequence

from watermark.notice.dates import dates_in
from watermark.notice.doi import dois_in
from watermark.notice.extraction.behind_title import MIN_TITLE_LETTERS
from watermark.notice.extraction.citation_styles import read_styled
from watermark.notice.extraction.doi_roles import CITATION_OF_THE_NOTICE, WITH_ITS_TITLE
from watermark.notice.extraction.role_cues import LABELLED_AUTHORS, WORK, names_another_work
from watermark.notice.extraction.state_phrases import parse_state, split_title_label, state_of
from watermark.notice.model import DoiRole
from watermark.notice.remembered import remembered
from watermark.notice.text_blocks import letters, sentences
from watermark.runtime.expressions import expression

INTRODUCED = "introduced as the article"
MAX_LINE, MAX_ABOVE = 1_200, 600
MIN_YEARS_EARLIER = 2
"""A volume may be dated one year before its publication; two years make the citation another work's."""
_NOTICE_LABEL = expression(
    r"\b(?:retraction|expression of concern|withdrawal|removal|retraktion|retractaci[oó]n|r[eé]tractation|retratação"
    r"|ritrattazione|wycofani\w+|ретракци\w+)(?: (?:notice|note|statement|letter))?(?: (?:to|of|for|on|from|zu|de|del"
    rf"|do))*{LABELLED_AUTHORS}[\s:.“\"‘'«\-–—]*$",
    re.IGNORECASE,
)
_LABELLED_IN_PLACE = expression(r"\b(?:retracted|withdrawn)(?: article)?:\W*$", re.IGNORECASE)
_FIRST_PUBLISHED = expression(
    r"\b(?:(?:which|that) (?:was|were|has been) |first )(?:first )?published\b", re.IGNORECASE
)
"""Words behind a title that tell when the article was published, before the DOI of the article."""
_RETRACTION_OF = expression(
    r"\W*an? (?:retraction|withdrawal)(?: notice| note)? (?:of|to|on|for|about)[\s“\"‘'«]*", re.IGNORECASE
)
_OWN_LEAD = expression(r"\b(?:cite (?:this|as)|to cite|how to cite|citation|cita|zitier\w*)\b", re.IGNORECASE)
ARTICLE_LABEL = (
    r"(?:(?:this (?:(?:article|notice|retraction|retraction note|note|document|item) )?)?"
    r"(?:refers to|(?:is )?(?:relates|related) to|retracts|corrects"
    r"|is an? (?:retraction|withdrawal|expression of concern)(?: and replacement)?"
    r" (?:of|to|for|about|on|regarding))"
    r"(?: the)?(?: (?:original|retracted|following|affected))?(?: (?:article|paper|publication|following))?s?"
    r"|(?:an? )?retraction of the article"
    r"|(?:the )?(?:original|retracted|withdrawn|removed|reinstated|affected|linked|related|parent)"
    r" (?:article|paper|publication|chapter|record|document|citation|item)"
    r"|(?:article|paper|publication|chapter) (?:being )?(?:retracted|withdrawn|removed|reinstated|concerned|affected)"
    r"|(?:article|paper|publication) details|bezieht sich auf|betrifft|original(?:artikel|arbeit|beitrag|publikation)"
    r"|zurückgezogener (?:artikel|beitrag)"
    r"|artículo original|artículo retractado|article original|article rétracté|articolo originale|artigo original"
    r"|artigo retratado|dotyczy)(?: (?:details?|information|doi|to this (?:article|notice)))?"
)
"""The words that introduce the article of a notice on a line of their own, or with a colon: `Refers to`."""
_REFERS_TO = expression(rf"{ARTICLE_LABEL}\W*", re.IGNORECASE)
_INTRODUCED = expression(
    rf"(?:{ARTICLE_LABEL}|original(?: version)?|article(?=\s?[:：]\s?(?:https?:|10\.)))"
    r"\s?(?:[:：]\s?|(?<=retracts)(?=\s(?:doi|https?:|10\.)))"
    r"|(?:partial )?(?:retraction|withdrawal|removal|expression of concern)(?: notice| note)? (?:of|for|to|on)"
    rf"(?: the)?(?: {WORK})?(?: with)? (?=doi|https?:|10\.)",
    re.IGNORECASE,
)
_FOLLOWING = expression(
    r"^[^“”\"]{0,200}?\bfollowing (?:\w+ )?(?:article|paper|chapter|publication)\b[^.:“”\"]{0,60}:\s+", re.IGNORECASE
)
_ANNOUNCED = expression(rf"\b(?:following|below)(?: \w+){{0,2}} {WORK}\b(?P<behind>[^.:]{{0,240}})[.:]$", re.IGNORECASE)
_SENDS_ELSEWHERE = expression(
    r"\b(?:references?|cite|citations?) (?:should|to|are|must|can|may)\b|\binstead\b", re.IGNORECASE
)
"""Words that send readers to another work in place of the article."""
_ANNOUNCED_IN_LANGUAGES = expression(
    r"(?:\b(?:rétract|retract|retrac[ct]|retir[ae]|retrata|ritratta|ritira|wycof|retrakcj|отозв|отзыв|ретра[кг]|zurück"
    r"|widerr|retrahier)\w*|撤回|撤稿|撤销|撤銷|取り下げ|철회)[^.。:：]{0,160}[:：]$",
    re.IGNORECASE,
)
"""The end of a sentence that retracts what is cited below it, in other languages."""
_IS_RETRACTED = expression(r"\b(?:retract|withdr|concern)\w*", re.IGNORECASE)
_IS_BEING_RETRACTED = expression(
    r"\b(?:we|is|are|was|were|has|have|hereby) (?:\w+ ){0,2}?(?:retract|withdr)\w*", re.IGNORECASE
)
"""A verb of retraction: what has it is a sentence, and a DOI below it may be the notice's."""
_POINTS_BELOW = expression(r"\b(?:below|following|here|in)\W*$|\bbelow\b", re.IGNORECASE)
_ABOVE_IS_RETRACTED = expression(
    r"(?:[^\W\d_a-z][^.;:]{3,160}, )?[Tt]he (?:(?:above(?:[- ](?:named|mentioned|cited))?"
    r"|aforementioned) (?:article|paper|chapter)"
    r"|(?:article|paper|chapter) (?:\w+ )?above)\b[^.;]{0,250}?"
    r"\b(?:has been|is|was)(?: hereby| now)? (?:retracted|withdrawn)\b"
)
_REST_OF_SENTENCE = expression(
    r"(?:is|was|has been|wird|wurde|ha sido|fue|est|a été|è stat[oa]|foi|zostaje|został|jest)\b[^.;]{0,80}"
    r"(?:retract|withdraw|zurückgezogen|retir|rétract|ritir|ritratt|retrat|wycofan)|отозван|ретрагирован",
)
"""The rest of a sentence that retracts what is printed between its halves, in small letters."""
MAX_ANNOUNCED = 60
"""Characters behind `the following article` that need no word of a retraction: `, published in 2020:`."""
_FURNITURE = expression(r"©|copyright|\b(?:received|accepted|revised|submitted)\b", re.IGNORECASE)
MAX_LEAD = 160
_CITES_THE_NOTICE = expression(
    r"\bcit(?:e|ing|ation of) this (?:retraction|notice|note|statement|withdrawal|expression of concern)\b.{0,100}$"
    r"|^citation:?\s[^\W\d_].{2,260}\b(?:19|20)[0-9]{2}\.?$",
    re.IGNORECASE,
)
"""Words in front of the notice's own citation: `Cite this retraction as Marsh A (March 8, 2023)`."""
_TO_CITE_PAGE = expression(
    r"(?:(?:how )?to cite(?: this (?:article|page|document|publication))?"
    r"|cite this (?:article|page|document|publication)(?: as)?|cite as|suggested citation)\s?[:：]?",
    re.IGNORECASE,
)
_OTHER_PUBLICATION = expression(
    r"\b(?:expressions? of concern|corrigend\w+|errat\w+|corrections?|corrected|comment\w*|repl(?:y|ies)"
    r"|responses?|letter"
    r" (?:by|from|to)|preprints?|data ?(?:sets?|files?|deposit\w*|repositor\w+)|dryad|zenodo|figshare"
    r"|supplement\w*|replac\w+|republi\w+"
    r"|editorials?|news"
    r"|protocol|registration|see also|related)\b",
    re.IGNORECASE,
)
"""Words of a line about another publication than the article itself."""
_PUBLISHED_TWICE = expression(
    r"\b(?:duplicate (?:publication|article|paper|submission|version)|(?:redundant|dual|double) publication"
    r"|the duplicate\b"
    r"|published (?:twice|before|previously|earlier|elsewhere)|repeats (?:one|the|an?|another)|appeared before)",
    re.IGNORECASE,
)
EDITORS = expression(r"\b(?:editors?|editorial|publishers?)\b", re.IGNORECASE)
_OTHER_WORDS = expression(
    r"(?!(?:volume|issue|number|pages?|band|heft|seiten?|numer|strony?|tome?|numéro|número|páginas?)\b)\b[^\W\d_]{2,}",
    re.IGNORECASE,
)
"""A word beside a title that is none of a volume: without one, the title may be the journal's own name."""
_YEAR = expression(r"(?<![0-9./-])(?:19|20)[0-9]{2}(?![0-9/-])")
_BRACKETED = expression(
    r"[(\[](?!(?i:received|accepted|revised|published|submitted|dated)\b)"
    r"(?P<journal>[^\W\d_][^()\[\]0-9]{1,90}?),? (?:[0-9(]).{3,60}\b(?:19|20)[0-9]{2}\)?[)\]]\.?"
)


@remembered
def is_of_another_publication(words: str) -> bool:
    """Tell whether a line speaks of a correction, a comment, a data set, a copied source or another such work."""
    words = words.replace("[Related article:]", "")  # how one publisher points to the retracted article
    return bool(_OTHER_PUBLICATION.search(words) or names_another_work(words))


def is_another_title(cited: str, known: str) -> bool:
    """Tell whether two titles are those of two works; one that is cut short or too short to tell is not.

    The name of a notice in the place of a title is none: `“Expression of concern”`.
    """
    if parse_state(cited) is not None:
        return False
    cited, known = letters(split_title_label(cited)[0]), letters(known)
    is_telling = min(len(cited), len(known)) >= MIN_TITLE_LETTERS
    return is_telling and cited not in known and known not in cited


def has_its_title(cited: str, known: str) -> bool:
    """Tell whether a citation may be that of the work with this title: it has that title, or none can be compared."""
    cited, known = letters(split_title_label(cited)[0]), letters(known)
    return not cited or not known or cited in known or known in cited


def is_introduced(lead: str) -> bool:
    """Tell whether a line is nothing but an introduction of the retracted article: `Refers to`."""
    return len(lead) < 90 and _REFERS_TO.fullmatch(lead.strip()) is not None


def is_to_cite_notice(lead: str) -> bool:
    """Tell whether a line begins the citation of the notice itself, which the next line continues."""
    return not dois_in(lead) and _CITES_THE_NOTICE.search(lead[-MAX_LEAD:]) is not None


def is_to_cite_page(words: str) -> bool:
    """Tell whether a line is nothing but the words above a page's own citation: `Cite this article`."""
    return _TO_CITE_PAGE.fullmatch(words.strip()) is not None


def announces_article(lead: str) -> bool:
    """Tell whether a line ends with the announcement of the article: `The following article has been retracted:`."""
    if _ANNOUNCED_IN_LANGUAGES.search(lead[-400:]) and not names_another_work(lead[-400:]):
        return True
    found = _ANNOUNCED.search(lead[-400:])
    return (found is not None and not _SENDS_ELSEWHERE.search(lead[-MAX_LEAD:])) and (
        len(found["behind"]) <= MAX_ANNOUNCED
        or (_IS_RETRACTED.search(found["behind"]) is not None and not names_another_work(found["behind"]))
    )


def leads_to_another_work(lead: str) -> bool:
    """Tell whether the line above a citation makes it another work's: a whole sentence only where it points below."""
    is_over = lead.rstrip().endswith((".", "。")) and _POINTS_BELOW.search(lead[-MAX_LEAD:]) is None
    return not is_over and names_another_work(lead[-MAX_LEAD:])


def retracts_what_is_above(words: str) -> bool:
    """Tell whether a sentence retracts what is cited above it, or is the second half of such a sentence."""
    return _ABOVE_IS_RETRACTED.match(words) is not None or _REST_OF_SENTENCE.match(words) is not None


def is_introduced_inside(words: str) -> bool:
    """Tell whether a line begins with an introduction of the retracted article: `Original article: …`."""
    return len(words) < MAX_LINE and _INTRODUCED.match(words) is not None


def is_called_original(words: str) -> bool:
    """Tell whether a line introduces a work as the original one, as notices of duplicates do with the good one."""
    return (
        re.match(r"\W*(?:the )?original (?:article|paper|publication)[^:：]{0,12}[:：]", words, re.IGNORECASE)
        is not None
    )


def tells_of_a_duplicate(texts: Iterable[str]) -> bool:
    """Tell whether a notice says that the article was published twice."""
    return any(_PUBLISHED_TWICE.search(words) for words in texts)


def without_introduction(words: str) -> str:
    """Return a citation without what introduces it: `Original article:`."""
    return _FOLLOWING.sub("", _INTRODUCED.sub("", words, count=1), count=1)


def is_bracketed_citation(words: str) -> bool:
    """Tell whether a line is a journal's citation in brackets, as of the article below a notice's title."""
    return len(words) < 160 and _BRACKETED.fullmatch(words.strip()) is not None


def role_by_title(words: str, lead: str, title: str) -> tuple[DoiRole, str] | None:
    """Return the role of the one DOI on a line that has the article's title; None where the line does not show it.

    `lead` is the line above.
    """
    wanted = letters(title)
    if (
        len(wanted) < MIN_TITLE_LETTERS
        or len(words) > MAX_LINE
        or len(dois_in(words)) != 1
        or wanted not in letters(words)
    ):
        return None
    before, behind = _around(words, title)
    if re.fullmatch(r"\W*Re\s?[:.]\W*", before) and not names_another_work(behind):
        return DoiRole.ARTICLE, INTRODUCED
    if _RETRACTION_OF.fullmatch(before) and not _OTHER_PUBLICATION.search(behind) and not names_another_work(behind):
        return DoiRole.ARTICLE, INTRODUCED
    if label := _NOTICE_LABEL.search(before[-60:]):
        is_inside = len(letters(before[:-60] + before[-60:][: label.start()])) > 2
        is_inside = is_inside and not _FIRST_PUBLISHED.search(behind)
        return (DoiRole.NOTICE, CITATION_OF_THE_NOTICE) if is_inside else None
    outside = f"{before} {behind}"
    is_own = _OWN_LEAD.search(outside) or _OWN_LEAD.search(lead[-40:]) or EDITORS.search(before)
    is_own = is_own or _LABELLED_IN_PLACE.search(before[-30:])  # the article under its new title, or the notice
    if is_own or split_title_label(words)[1] is not None or state_of(sentences(outside)):
        return None
    is_other = any(_OTHER_PUBLICATION.search(one) or names_another_work(one) for one in (outside, lead[-200:]))
    return None if is_other else (DoiRole.ARTICLE, WITH_ITS_TITLE)


def is_whole_citation(words: str) -> bool:
    """Tell whether a line cites a work with authors, year and journal, without its DOI and the label of a notice."""
    if len(words) > MAX_LINE or dois_in(words) or split_title_label(words)[1] is not None:
        return False
    cited = read_styled(words)
    return bool(cited.authors and cited.year and cited.journal)


_ANOTHER_SENTENCE = expression(
    r"[.!?]\s+(?:The|This|These|Those|We|It|Our|Following|However|Readers|Another|Both|After|Later|Since|Their|There|All)"
    r"\s+[A-Za-z]"
)
"""A sentence behind a citation: what is printed below it does not belong to the citation."""


def cites_title(words: str, title: str) -> bool:
    """Tell whether a line without a DOI cites the work with this title: it has a year, and bears no label.

    No further sentence follows the title.
    """
    wanted = letters(title)
    return (
        len(wanted) >= MIN_TITLE_LETTERS
        and len(words) < MAX_LINE
        and wanted in letters(words)
        and not dois_in(words)
        and _YEAR.search(words) is not None
        and _OTHER_WORDS.search(" ".join(_around(words, title))) is not None
        and split_title_label(words)[1] is None
        and not any(_NOTICE_LABEL.search(before[-60:]) for before in _around(words, title)[:1])
        and not is_of_another_publication("".join(_around(words, title)))
        and not any(map(_IS_BEING_RETRACTED.search, _around(words, title)))
        and state_of(sentences(words)) is None
        and _ANOTHER_SENTENCE.search(_around(words, title)[-1]) is None
    )


def _around(words: str, title: str) -> tuple[str, str]:
    """Return what is printed before and behind the title on a line; a title that is printed otherwise has no end."""
    pattern = r"\W+".join(re.escape(word) for word in re.findall(r"\w+", title))
    found = re.search(pattern, words, re.IGNORECASE) if len(title) < MAX_LINE else None
    return (words[: found.start()], words[found.end() :]) if found else (words, "")


def is_too_early(words: str, years: Iterable[int]) -> bool:
    """Tell whether the years on a line are all too early for a notice that was published in one of `years`."""
    own = [int(year) for year in _YEAR.findall(re.sub(r"10\.[0-9]{4,9}/\S+", " ", words))]
    known = sorted(years)
    words = words.replace("[Related article:]", "")
    is_earlier = bool(own and known) and max(own) <= known[0] - MIN_YEARS_EARLIER
    return is_earlier and not (
        _FURNITURE.search(words) or _OTHER_PUBLICATION.search(words) or names_another_work(words)
    )


def is_below_the_article(lines: Sequence[str], title: str) -> bool:
    """Tell whether the lines above a DOI, the nearest last, name the article: `Refers to`, or its title alone."""
    wanted = letters(title)
    for words in reversed(lines[-5:]):
        is_other = names_another_work(words) or _OTHER_PUBLICATION.search(words[:80])
        if dois_in(words) or is_other or is_to_cite_page(words) or len(words) > MAX_ABOVE:
            return False
        if is_introduced(words) or (len(wanted) >= MIN_TITLE_LETTERS and letters(words) == wanted):
            return True
        if len(wanted) >= MIN_TITLE_LETTERS and wanted in letters(words) and is_introduced(_around(words, title)[0]):
            return True
    return False


def has_year_of(words: str, dates: Sequence[str]) -> bool:
    """Tell whether a line has no year, or one that is the year of one of the dates."""
    own = {int(year) for year in _YEAR.findall(re.sub(r"10\.[0-9]{4,9}/\S+", " ", words))}
    own -= {int(date[:4]) for date in dates_in(words)} if len(own) > 1 else set()
    return not own or not dates or any(abs(int(date[:4]) - year) < MIN_YEARS_EARLIER for date in dates for year in own)


_STAGES = expression(
    r"\b(?:accepted (?:article|manuscript)|articles? in press|early view|(?:published )?online ?first|first published"
    r"|(?:published )?online|ahead of print|advance (?:access|article)|e-?pub)\b",
    re.IGNORECASE,
)
"""How journals call the stages of a publication."""


def says_no_more(words: str) -> bool:
    """Tell whether a line has nothing but a DOI, a journal, a volume and a date: it is not a sentence about the DOI."""
    rest = re.sub(r"https?://\S+|\b(?:doi|DOI|www)\b|10\.[0-9]{4,9}/\S+", " ", words).strip(" .,;:|()[]•·")
    rest = _STAGES.sub("", rest).strip(" .,;:|()")
    return (
        not rest or bool(dates_in(rest)) or bool(re.search(r"[0-9]", rest) and not re.search(r"\b[a-z]{2,}ed\b", rest))
    )

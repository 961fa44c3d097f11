"""What cannot be an article's title, as many articles have it on page 1: the journal's name, a heading, a licence."""

import re
from collections.abc import Iterable, Iterator, Sequence

from watermark.article.title_matching import comparable
from watermark.notice import Notice
from watermark.notice.extraction.zones import is_one_person, is_people
from watermark.runtime.expressions import expression

MAX_TITLE, MAX_LINE = 1_000, 600
MAX_TITLE_LINES = 12
MAX_JOURNAL_WORDS = 12
"""Words of a journal's name: a line with more of them in front of a year is no masthead."""
_BESIDE_NAMES = frozenset(("", "by", "abstract"))
_SOURCE = (
    r"\(?(?:19|20)[0-9]{2}\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? (?:19|20)[0-9]{2}\b"
    r"|vol(?:ume|\.)? ?[0-9]|[0-9]{1,4} ?[(:;,] ?[0-9(]|no\. ?[0-9]|issue [0-9]"
    r"|(?:e-?|print |online )?issn\b|doi\b|10\.[0-9]{4,9}/|https?:|www\."
)
_BEHIND_A_JOURNAL = expression(rf"[\s.,;:|()\u00a9\u00b7\u2022\u2013\u2014-]*(?:{_SOURCE})", re.IGNORECASE)
"""What the line of a journal has behind its name: the year, the volume, the ISSN, a DOI or an address."""
_MASTHEAD = expression(
    r"(?=.{0,100}$)(?!.*[“”\"\[\]])(?!comment|repl|response)(?=.*\b(?:19|20)[0-9]{2}\b)"
    r".*(?:\bvol(?:ume|\.)? ?[0-9]|\b[0-9]{1,4} ?\([0-9]{1,4}\)|[;,:] ?[0-9]{1,4} ?[:(] ?[0-9])[\W\d]*"
    r"(?:(?:pp?|pages?|no|issue|article|e|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\W\d]+){0,3}"
    r"(?:(?:https?:|doi|www\.).*)?"
    r"|(?=.{0,300}$).*\b(?:e-?)?issn\b.*[0-9]{4}-[0-9]{3}[0-9x].*"
    r"|(?=.{0,300}$)(?:\S+\s){0,6}(?:https?://|www\.|doi:? ?10|10\.[0-9]{4,9}/)\S*.*",
    re.IGNORECASE,
)
"""The journal with its year and volume, its ISSN, or an address; never the title of a comment on a cited work."""
_KIND = expression(
    r"(?:(?:original|research|review|retracted|withdrawn|short|brief|regular|full|full[- ]length|invited|case|clinical"
    r"|open access|systematic|scientific|technical|rapid|featured?|letters?|special|basic|peer[- ]reviewed|editor.?s)"
    r"[\s:|,-]{0,3}){0,4}"
    r"(?:articles?|papers?|reviews?|reports?|communications?|letters?|stud(?:y|ies)|research|investigations?|trials?"
    r"|contributions?|notes?|access|choice|issue|section|manuscript|series)"
    r"|(?:notice of |statement of )?(?:retract|withdraw|remov)\w*(?: (?:notice|note|statement|article|paper))?"
    r"|(?:abstract|summary|introduction|background|keywords?|key words|highlights|graphical abstract|contents"
    r"|article (?:info|information|history)|methods?|materials? and methods?|methods and materials|results?"
    r"|results and discussion|discussion|discussion and conclusions?|conclusions?|references"
    r"|acknowledge?ments?|conflicts? of interest|competing interests?|declarations?|funding|data availability"
    r"|supplement(?:ary|al) \w+|author contributions?|ethics (?:statement|approval|declarations?)(?: \w+){0,4}"
    r"|corresponding authors?|affiliations?)"
    r"(?: and (?:objectives?|aims?|purpose|keywords?|introduction|summary))?"
    r"|available online(?: at)?|contents lists? available(?: \w+){0,4}|journal homepage|check for updates"
    r"|view (?:\w+ ){0,3}online|citation|how to cite|cite this|downloaded from|article in press"
    r"|(?:accepted|author) manuscript",
    re.IGNORECASE,
)
"""The kind of an article, or the heading of a section."""
_SHORT_WORK = expression(
    r"(?:(?:a |guest |invited )?(?:letter|editorial|commentar|correspondence|comment|reply|viewpoint|perspective)\w*"
    r"(?: (?:to|from) (?:the )?(?:editors?|authors?))?|in reply|the authors?.? reply|(?:book )?reviews?)\W*",
    re.IGNORECASE,
)
"""What letters and editorials without a title of their own are called: authors may write several of them."""
_NUMBER_OF_A_SECTION = expression(r"^\W*(?:[0-9]{1,2}(?:\.[0-9]{1,2}){0,2}|[IVX]{1,4})[.)]?\s+")
_LICENCE = expression(
    r"©|\bcopyright (?:\(c\)|[0-9]{4}|the )|\ball rights reserved\b|\bcreative commons (?:attribution|licen)"
    r"|\bCC[ -]BY\b|^\W*this is an open|\ban open[- ]access article (?:distributed|under|published)"
    r"|\b(?:distributed|licensed) under\b|\blicensee [A-Z]|^\W*published by\b|\bfor personal use only\b"
    r"|\bterms of use (?:apply|at)\b"
    r"|^\W*(?:article )?(?:received|accepted|revised|(?:first )?published(?: online)?)(?: on)?[\s:]{1,3}(?:[0-9]"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* [0-9])",
    re.IGNORECASE,
)
_PUBLISHER = expression(
    r"(?:the )?(?:(?:(?-i:[A-Z])[\w&'.-]*|and|&|of|for)\s){1,4}(?:publishing|publishers?|publications?|press|verlag)"
    r"(?: (?:group|company|corporation|limited|ltd|inc|llc|gmbh|co|society|ag)\b\.?,?){0,3}"
    r"|(?:the )?(?:elsevier|springer|wiley|blackwell|sage|hindawi|mdpi|frontiers|plos|bmc|biomed central|dove|karger"
    r"|thieme|ieee|taylor (?:&|and) francis|lippincott williams (?:&|and) wilkins|wolters kluwer|informa|john wiley)"
    r"(?:\s?[&+]|[\s+-](?:media|group|company|limited|ltd|inc|llc|b\.?v|ag|gmbh|s\.?a"
    r"|healthcare|international|medical|verlag|publishing|publishers?|publications?|journals?|online|library|nature|science|business|and|co|sons|kluwer"
    r"|health|pvt|periodicals|blackwell|uk|usa|heidelberg|berlin)\b[.,]{0,2}){0,8}",
    re.IGNORECASE,
)
_WORD = expression(r"[^\W\d_]{2,}")
_SPACES = expression(r"\s+")


def is_usable(title: str, notice: Notice) -> bool:
    """Tell whether a notice's title of the article can be one, and not what many articles have on page 1.

    The journal's name, its masthead, a publisher, a licence, a kind of article, a heading, an address and the authors
    are no titles.
    """
    words = _SPACES.sub(" ", title[:MAX_TITLE]).strip(" .:;,|*")
    plain = _NUMBER_OF_A_SECTION.sub("", words).strip(" .:;,|*")
    if any(_KIND.fullmatch(text) or _MASTHEAD.fullmatch(text) or _PUBLISHER.fullmatch(text) for text in (words, plain)):
        return False
    if _LICENCE.search(words) or _is_of_the_journal(words, notice.article.journal):
        return False
    return not _is_of_people(words, notice.article.authors)


def _is_of_people(words: str, authors: Sequence[str]) -> bool:
    """Tell whether words are nothing but the names of the article's authors; of any people, where it names none."""
    if not authors:
        return is_people(words)
    families = {max(_WORD.findall(name.casefold()), key=len, default="") for name in authors}
    is_named = not families.isdisjoint(_WORD.findall(words.casefold()))
    return is_named and (is_people(words) or is_one_person(words))


def _is_of_the_journal(words: str, journal: str) -> bool:
    """Tell whether words are the journal's name, with its year, volume or address or without."""
    name = comparable(journal)
    if not name:
        return False
    letters = comparable(words)
    if letters in {name, f"the{name}"} or f"the{letters}" == name:
        return True
    place = words.casefold().find(journal.casefold())
    return place >= 0 and _BEHIND_A_JOURNAL.match(words[place + len(journal) :]) is not None and place < len("The x")


def is_masthead(title: str, line: str) -> bool:
    """Tell whether a line has words in it as a journal's masthead has its name: in front of a year, volume or DOI."""
    is_short = len(title.split()) <= MAX_JOURNAL_WORDS
    return is_short and any(_BEHIND_A_JOURNAL.match(rest) for rest in _behind(title, line))


def is_of_several(title: str) -> bool:
    """Tell whether a title is one that the same authors may have given to several works: “Letter to the Editor”."""
    return _SHORT_WORK.fullmatch(title.strip()) is not None


def without_mastheads(title: str, text: str) -> str:
    """Return the lines of a page without those in which a title is a journal's name in its masthead."""
    return "\n".join(line for line in text.split("\n") if not is_masthead(title, line))


def is_whole(title: str, found: str, text: str, authors: Iterable[str]) -> bool:
    """Tell whether a file has a whole title, where what it has in large type agrees with the title in part.

    Either nothing but the authors' names goes with it in that type, or it is longer than that, and the page has it on
    lines of its own.
    """
    wanted, joined = comparable(title), ""
    if not comparable(found).startswith(wanted):
        return has_own_lines(title, text)
    names = {comparable(part) for author in authors for part in author.split()}
    parts = found.split()
    for number, part in enumerate(parts, 1):
        joined += comparable(part)
        if joined == wanted:
            rest = [other for other in parts[number:] if comparable(other) not in _BESIDE_NAMES]
            return is_people(" ".join(rest)) or all(comparable(other) in names for other in rest)
    return False


def has_own_lines(title: str, text: str) -> bool:
    """Tell whether a page has a title on lines of its own: it begins where a line does, and ends where one does."""
    wanted = comparable(title)
    lines = [comparable(line) for line in text.split("\n")]
    for first in range(len(lines)):
        joined = ""
        for line in lines[first : first + MAX_TITLE_LINES]:
            joined += line
            if joined == wanted:
                return True
            if not wanted.startswith(joined):
                break
    return False


def _behind(title: str, line: str) -> Iterator[str]:
    """Yield what a line has behind each occurrence of a title; spaces and case are passed over."""
    words, known = _SPACES.sub(" ", line[:MAX_LINE]).casefold(), _SPACES.sub(" ", title).strip(" .").casefold()
    place = words.find(known) if known else -1
    while place >= 0:
        yield words[place + len(known) :]
        place = words.find(known, place + 1)

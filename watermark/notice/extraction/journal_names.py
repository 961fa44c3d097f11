# ruff: noqa: RUF001 - punctuation of other scripts is meant
"""The name of a journal as it is given: without its volume, its label and its authors, in full, and not in capitals."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from watermark.notice.extraction.citation import people_of
from watermark.notice.extraction.citation_tails import SMALL_WORDS, is_name, journal_name
from watermark.notice.extraction.field_names import JOURNAL, KINDS
from watermark.notice.extraction.state_phrases import split_title_label
from watermark.notice.text_blocks import Block
from watermark.runtime.expressions import expression

_FRONT = expression(r"^(?:(?:[A-Z]\. ?){1,3}|[^\[\]“”]{3,80}? et al\.?), (?=[^\W\d_a-z][^\W\d_])")
_PLACED = expression(
    r"^[^“”\"]{2,120}?, (?:(?:which|that) )?(?:was |had )?(?:published|appeared|erschienen|veröffentlicht|publiziert"
    r"|parue?|publiée?|publicad[oa]|pubblicat[oa]|opublikowan[yae]) (?:online )?(?:in|im|dans|en|na|no|em|su|w)"
    r" (?:the |der |la )?"
    r"(?=[^\W\d_a-z])"
)
"""The authors and `published in` in front of a name."""
_LABEL = expression(r"(?P<label>[^\W\d_][^:：]{0,40}?)\s?[:：]\s?(?=\w)")
_BEHIND = expression(
    r"(?:(?<![\s,，.;:(])[\s,，.;:(]{1,6}(?:vol(?:ume|úmenes|umen)?|VOL(?:UME)?|Vol(?:ume|umen|\.)?|[vtnN]|[Nn][ro]|[Nn]úm|[Nn]um"
    r"|[Nn]umero|[Nn]º|n[.°]º?|№|[Tt]om[eo]?|Bd|Band|Jg|Jahrgang|[Hh]eft|H|fasc|fascicolo|anno|año|ano|rok|zeszyt|[Tt]omo"
    r"|Т|Том|т|том|вып|Вып|xxx?)\.?"
    r"|,? [^\W\d_]{3,10} de|,? ann?o [IVXLC0-9]{1,8}\b.{0,40}"
    r"|,? (?:January|February|March|April|May|June|July|August|September|October|November|December|Spring|Summer"
    r"|Autumn|Fall|Winter|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
    r"|(?<![\s,])[\s,]{0,6}\b[0-9]{1,4}\.[0-9]{1,3}|(?<![\s,/|*>›»•])[\s,/|*>›»•]{1,40})$"
)
"""What is printed between a name and its volume: `, núm.`, ` Том`, ` xxx`, ` >`."""
_EDITION = expression(
    r"(?<![\s,(])[\s,(]{0,6}\b(?:vers(?:ión|ão|ion)|print|online|on-line|impresso|impressa)?\s?(?:on-?line|impres[as][ao]?|print)?\s?"
    r"\bISSN\b.*$|[，,]?\s?(?:19|20)[0-9]{2}\s?年.*$|[，,]\s?(?:19|20)[0-9]{2}\s?[,，].*$|[，,]?\s?[제第]?\s?[0-9]{1,4}\s?[권巻卷号號期호].*$",
    re.IGNORECASE,
)
_IN_PRESS = expression(
    r",? \(?(?:articles? )?in press\b.*$| \[(?:en ligne|en línea|on-?line|internet)\].*$"
    r"|[.,]? (?:(?:first |e-?|pre-?)published|epub)\b.*$"
    r"|,? (?-i:and|&) (?:the )?(?-i:(?:[A-Z][\w&'’-]* ){0,4}(?:Press|Publish(?:ers?|ing)|Ltd))$",
    re.IGNORECASE,
)
_SECTION = expression(r"(?:Section|Part|Series) [A-Z]\W?")
"""The section of a journal behind its name: `Acta Crystallographica Section E`."""
_STOP_INSIDE = expression(r"\b[^\W\d_]{0,8}[^\W\d_]\.[ -]?[^\W\d_]")
_NAME = expression(r"[^()\[\]“”\"«»0-9]{4,120}")
_ABBREVIATED = expression(r"(?!.*\b(?:Journal|Revista|Revue|Rivista)\b).* [^\W\d_]{1,6}(?<![aeiou])")
_ONLY_A_VOLUME = expression(
    r"(?:first|published|online|epub|vol|volume|том|т|tom|tome|tomo|band|bd|heft|núm|no|nr|issue|n)?\W*", re.IGNORECASE
)
_ACRONYMS = frozenset(
    {"ACM", "ACS", "AIP", "APS", "ASCE", "ASME", "BMC", "BMJ", "DNA", "EMBO", "FEBS", "HIV", "IEEE", "IET", "IOP"}
    | {"JAMA", "PLOS", "PNAS", "RNA", "RSC", "SAGE", "SIAM", "UK", "USA"}
)
_SHORT = frozenset(
    {"acad", "acc", "adv", "agric", "am", "anal", "anat", "ann", "annu", "appl", "arch", "asian", "assoc"}
    | {"biochem", "bioeng", "biol", "biomed", "biophys", "biosci", "biotechnol", "br", "bull", "cardiol", "chem"}
    | {"chin", "chromatogr", "clin", "commun", "comp", "comput", "cryst", "curr", "dermatol", "dev", "diagn", "dis"}
    | {"ecol", "econ", "educ", "electron", "endocrinol", "eng", "engl", "environ", "epidemiol", "eur", "exp", "fed"}
    | {"front", "funct", "gastroenterol", "gen", "genet", "geol", "geophys", "geosci", "gynecol", "hematol"}
    | {"hepatol", "hum", "immun", "immunol", "ind", "infect", "int", "invest", "j", "lett", "math", "mater", "meas"}
    | {"mech", "med", "metab", "methodol", "microbiol", "mol", "nanomed", "nat", "natl", "nephrol", "neurol"}
    | {"neurosci", "nucl", "nutr", "obstet", "occup", "oncol", "ophthalmol", "opt", "orthop", "otolaryngol", "pathol"}
    | {"pediatr", "pharm", "pharmacol", "phys", "physiol", "polym", "proc", "psychol", "radiat", "radiol", "rehabil"}
    | {"rep", "reprod", "res", "respir", "rev", "rheumatol", "sci", "soc", "spectrosc", "stat", "surg", "syst"}
    | {"technol", "ther", "thorac", "toxicol", "trans", "transl", "trop", "urol", "vasc", "vet", "virol", "zool"}
)
"""Words that are cut in the abbreviated names of journals."""
_SOCIETIES = frozenset(
    {"academy", "association", "center", "centre", "college", "council", "department", "faculty", "federation"}
    | {"foundation", "institute", "institutes", "ministry", "school", "society", "union", "university"}
)
"""What the name of a society or of an office begins with, which has words of a journal: `Association for Cancer …`."""
_SENTENCE_CASE = frozenset({"della", "delle", "dei", "degli", "dello", "di", "du", "des"})
MIN_CAPITALS, MAX_BLOCKS, MAX_TEXT, MIN_WORDS, MAX_WORDS, MOST = 14, 60, 4_000, 2, 12, 0.75
MAX_SHORT, MIN_CUT, MIN_STOPPED, MAX_OFFICE = 8, 2, 3, 3


def cleaned(name: str) -> str:
    """Return a name without its label, its authors, and the volume, the year or the edition behind it."""
    name = _EDITION.sub("", _IN_PRESS.sub("", name.partition(" · ")[0]))
    if (label := _LABEL.match(name)) and KINDS.get(label["label"].casefold()) == JOURNAL:
        name = name[label.end() :]
    name = _FRONT.sub("", journal_name(_PLACED.sub("", name)))
    name = name.partition("》")[0] if "《" not in name else name
    about, state = split_title_label(name)
    name = about if state and about and name.endswith(about) and name[: -len(about)].rstrip().endswith(":") else name
    bare = re.sub(r"^(?:Retraction|Withdrawal|Removal|Expression of [Cc]oncern) (?:of|to|for|in):? ", "", name)
    is_bare = is_short_form(bare) or (name.startswith("Expression") and is_name(bare) and " and " not in bare)
    name = bare if is_bare else name
    if "．" in name:
        name = name.split("．")[-1]
    parts = re.split(r"(?<=[\w)]\.) ", name)
    for count in range(1, len(parts)):
        people = " ".join(parts[:count])
        if re.search(r",| and | & ", people) and people_of(people.rstrip(".")):
            name = " ".join(parts[count:])
            break
    if name.count("(") > name.count(")"):
        name = name[: name.rfind("(")]
    while (
        shorter := _BEHIND.sub("", name.removesuffix(". –").removesuffix(" –").removesuffix(" —")).strip(" ,/|*>")
    ) != name:
        name = shorter
    return "" if _ONLY_A_VOLUME.fullmatch(name) else name


def is_in_capitals(name: str) -> bool:
    """Tell a name of several words that is printed in capitals; `PLOS ONE` is none."""
    is_long = len(name) >= MIN_CAPITALS and " " in name
    return is_long and sum(map(str.isupper, name)) > sum(map(str.isalpha, name)) * MOST


def is_short_form(name: str) -> bool:
    """Tell the abbreviated name of a journal, with nothing behind it: `Pond Physiol Biochem`, `J. Pond Sci.`."""
    words = name.split()
    cut = sum(
        word.rstrip(".").casefold() in _SHORT or (word.endswith(".") and len(word) > MIN_STOPPED) for word in words
    )
    is_name = (
        MIN_WORDS <= len(words) <= MAX_SHORT
        and "," not in name
        and all(word[:1].isupper() or word in {"&", "of"} for word in words)
    )
    return is_name and (cut >= MIN_CUT or (cut > 0 and len(words) == MIN_WORDS))


def as_given(name: str, found: Sequence[Block]) -> str:
    """Return a name in the best form that a notice has: in full, not in capitals, with the stop of an abbreviation."""
    name = _in_small_letters(name, found) if is_in_capitals(name) else name
    full = next(_full_forms(name, found), "")
    return full or _with_stop(name, found)


def printed_in_small_letters(name: str, found: Sequence[Block]) -> str:
    """Return words in capitals as another place of a notice prints them; "" where none does."""
    for block in found[:MAX_BLOCKS]:
        words = block.words[:MAX_TEXT]
        place = words.casefold().find(name.casefold()) if len(words.casefold()) == len(words) else -1
        while place >= 0:
            printed = words[place : place + len(name)]
            if not is_in_capitals(printed):
                return printed
            place = words.casefold().find(name.casefold(), place + 1)
    return ""


def _in_small_letters(name: str, found: Sequence[Block]) -> str:
    """Return a name in capitals as another place prints it; else with capitals as its language has them."""
    if printed := printed_in_small_letters(name, found):
        return printed
    parts = name.casefold().removeprefix("the ").split()
    is_sentence = not _SENTENCE_CASE.isdisjoint(parts) or re.search(r"[а-я]", parts[0]) is not None
    cased = [_cased(word, is_first=n == 0, is_sentence=is_sentence) for n, word in enumerate(parts)]
    return " ".join(cased)


def _cased(word: str, *, is_first: bool, is_sentence: bool) -> str:
    if word.upper() in _ACRONYMS:
        return word.upper()
    is_small = not is_first and (is_sentence or word in SMALL_WORDS)
    return word if is_small else "-".join(part[:1].upper() + part[1:] for part in word.split("-"))


def _with_stop(name: str, found: Sequence[Block]) -> str:
    """Return a name with the stop that the notice prints behind it, where it is that of an abbreviation."""
    if name.endswith(".") or not name:
        return name
    stopped = f"{name}."
    texts = [block.words[:MAX_TEXT] for block in found[:MAX_BLOCKS]]
    if stopped in texts and _ABBREVIATED.fullmatch(name):
        return stopped
    if is_short_form(name) and any(f"{stopped} (" in words or f"{stopped}," in words for words in texts):
        return stopped
    is_abbreviated = _STOP_INSIDE.search(name) is not None and any(stopped in words for words in texts)
    return stopped if is_abbreviated else name


def folded(word: str) -> str:
    """Return a word in small letters without accents and stops."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def _full_forms(name: str, found: Sequence[Block]) -> Iterator[str]:
    """Yield the names of which a name is the abbreviation, as lines and sentences of a notice print them."""
    short = [folded(word) for word in re.split(r"[\s-]+|(?<=\.)(?=\w)", name) if word.casefold() not in SMALL_WORDS]
    short = [word for word in short if word]
    if "." in name.rstrip(".") or not MIN_WORDS <= len(short) <= MAX_WORDS:
        return
    for block in found[:MAX_BLOCKS]:
        words = block.words[:MAX_TEXT].split()
        plain = [folded(word) for word in words]
        for first, word in enumerate(plain):
            is_of_society = not _SOCIETIES.isdisjoint(plain[max(0, first - MAX_OFFICE) : first])
            if not is_of_society and word.startswith(short[0]) and (end := _end_of(short, plain, words, first)):
                end += MIN_WORDS * bool(_SECTION.fullmatch(" ".join(words[end : end + MIN_WORDS])))
                full = " ".join(words[first:end]).rstrip(' .,;:)”"»')
                yield from (full,) if _NAME.fullmatch(full) and not is_in_capitals(full) else ()


def _end_of(short: Sequence[str], plain: Sequence[str], words: Sequence[str], first: int) -> int:
    """Return the end of the full name that begins at a word; 0 where it is none."""
    place, saved = first, 0
    for number, one in enumerate(short):
        while number and place < len(words) and words[place].casefold() in SMALL_WORDS:
            place += 1
        if place >= len(words) or not plain[place].startswith(one) or not words[place][:1].isupper():
            return 0
        is_last = number == len(short) - 1
        if not is_last and words[place].endswith((".", ";", ":", ")")):
            return 0
        saved += len(plain[place]) - len(one)
        place += 1
    return place if saved > len(short) and not words[place - 1].endswith("-") else 0

# ruff: noqa: RUF001 - letters of other scripts are meant
"""What the sentences of a notice say: who issues it, who asked for it, why, by which rules, and what follows."""

import re
from collections.abc import Iterable, Sequence

from watermark.notice.extraction.state_phrases import contradicts_state, is_negated, parse_state
from watermark.notice.model import State
from watermark.notice.text_blocks import collapse_whitespace, plain
from watermark.runtime.expressions import expression

_ROLE = (
    r"(?:Editors?(?:[- ]in[- ]Chief)?|Editorial (?:Board|Office|Team)|Publishers?|Authors?|Society"
    r"|(?:Academic|Guest|Managing|Handling|Associate|Senior) Editors?)"
)
_ROLES = rf"{_ROLE}(?:(?:, (?:and )?| and )(?:the )?{_ROLE}){{0,6}}"
_DEED = r"(?:have|has|wish|wishes|are|is|would|hereby|now|retracts?|issues?|withdraws?|agreed|decided)\b"
_ISSUERS = expression(
    rf"(?:\b[Ww]e, |^)(?:the )?(?P<roles>{_ROLES}) of (?:(?:the|this) )?(?:[Jj]ournal )?"
    rf"(?:[*_]{{1,3}}(?P<marked>[^*_]{{1,200}})[*_]{{1,3}}|(?P<bare>[^.;*]{{1,200}}?))(?=,? {_DEED})",
    re.IGNORECASE,
)
_ISSUERS_ALONE = expression(rf"(?:\b[Ww]e, |^)(?:the )?(?P<roles>{_ROLES})(?=,? {_DEED})", re.IGNORECASE)
_JOURNAL = expression(
    r"^(?:the )?(?P<roles>journal(?:,? and (?:the )?Chief Editors?)?)(?= (?:hereby )?retracts?\b)", re.IGNORECASE
)
_NAMED = expression(
    r"\b[Tt]he (?P<name>(?:[A-Z][\w&.-]{0,30} ){1,5}(?:Editors?|Editorial (?:Office|Board|Team)))"
    r"(?= (?:have|has|hereby|now|retracts?|issues?|withdraws?)\b)"
)
_RETRACTED_BY = expression(
    r"\b(?:article|paper) (?:has been|is|was|is hereby|is being) (?:retracted|withdrawn) by (?:the )?"
    r"(?P<who>(?!agreement|mutual)[^.,;:]{2,80}?)"
    r"(?=[.,;:]| (?:because|following|after|due|as|at|in|on|for|and|owing|since|with)\b|$)",
    re.IGNORECASE,
)
_AUTHORS = r"(?:the )?(?P<who>(?:corresponding )?authors?)"
_ANYONE = r"(?P<who>[^.,;:]{2,100}?)(?=[.,;:]| and (?:the|we)\b| the | we | this | have | has |$)"
_UNDOING = r"(?:the |its |a )?(?:retraction|withdrawal)"
_REQUESTS = tuple(
    expression(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bat {_AUTHORS}(?:['\u2019]s?)? (?:own )?request",
        rf"\b{_AUTHORS} (?:have |has )?(?:requested|asked) (?:to (?:retract|withdraw)|that |(?:for )?{_UNDOING})",
        rf"\b(?:requested|asked for) by {_AUTHORS}\b",
        rf"\b(?:at|on|following|after|upon) (?:the|a) request (?:of|from|by) (?:the )?{_ANYONE}",
    )
)
_POLICIES = (
    ("editorial policies", expression(r"\beditorial polic(?:y|ies)\b", re.IGNORECASE)),
    ("policy on article withdrawal", expression(r"\bpolic(?:y|ies) on article withdrawals?\b", re.IGNORECASE)),
    ("COPE guidelines", expression(r"(?:\bCOPE\b|Committee on Publication Ethics).{0,40}\bguid(?:ance|elines?)\b")),
    ("COPE", expression(r"\bCOPE\b|Committee on Publication Ethics")),
    ("ICMJE recommendations", expression(r"\bICMJE\b|International Committee of Medical Journal Editors")),
)
_STAYS = expression(
    r"\b(?:article|paper|it)\b.{0,80}\b(?:remains?|stays?|kept|retained|continues?|left)\b.{0,60}"
    r"\b(?:online|available|accessible|public|in place)\b",
    re.IGNORECASE,
)
_SOURCE = expression(
    r"\b(?:copied|cop(?:y|ies) of|taken|plagiari\w+|reproduced|overlap\w*|similar\w*|identical|duplicat\w+"
    r"|another|other|different"
    r"|resembl\w+"
    r"|re-?used|previously published|earlier)\b[^.:]{0,160}$",
    re.IGNORECASE,
)
_CONDITIONAL = expression(r"\b(?:should|if|would|might|could|may|unless)\b", re.IGNORECASE)
_JOURNALS = tuple(
    expression(pattern)
    for pattern in (
        (
            r"\b(?:[Ee]ditors?(?:[- ]in[- ][Cc]hief)?|[Pp]ublishers?|[Ee]ditorial [Bb]oard)(?: and (?:the"
            r" )?[Pp]ublisher)? of (?:the )?(?:journal )?"
            r"(?P<name>(?:[A-Z][\w&'\u2019-]*|of|and|the|in|for|on|&)(?:,? (?:[A-Z][\w&'\u2019-]*|of|and|the|in|for|on"
            r"|&)){0,12}?)"
            r"(?=,? (?:have|has|wish|are|is|would|hereby|retracts?|issues?)\b)"
        ),
        (
            r"\b(?:article|paper) (?:from|in|published in) (?:the (?:journal )?)?"
            r"(?P<name>(?:The )?[A-Z][\w&'\u2019-]*(?:"
            r" (?:[A-Z][\w&'\u2019-]*|of|and|the|in|for|&)){0,10}?)"
            r"(?=, [“\"]|[,.;:] |\.$| \(| has been| was | titled| entitled)"
        ),
        (
            r"(?:^|(?<=, )the )(?:The )?(?!(?:Editor|Publisher|Author|Editorial|We|This|It)s?\b"
            r"|Journal (?!of\b))(?P<name>[A-Z][\w&'\u2019-]*(?:"
            r" (?!(?:Editor|Publisher|Author|Society|Association|Council|Institute|University|Press|Publishing|Ltd|Inc"
            r"|Office|Board|Team)s?\b)(?:[A-Z][\w&'\u2019-]*|of|and|the|in|for|&)){1,10}?)(?:,? and the"
            r" (?:[Pp]ublishers?|[Ee]ditors?(?:-in-[Cc]hief)?))?(?= (?:hereby )?retracts?\b| is (?:therefore "
            r"|hereby )?retracting)"
        ),
        r"《(?P<name>[^《》]{2,60})》\s?(?:\(?[12][0-9]{3}|第\s?[0-9]|编辑部|編輯部|编委会|杂志社)",
        (
            r"(?P<name>[^\s。、，,「」『』《》0-9]{2,30}?)(?:\s?(?:第\s?[0-9]+|[0-9]{4}\s?年)[^。「」]{0,30}"
            r"(?:掲載|刊登|发表|發表)|(?<=[誌志报報要])\s?(?:編集委員会|編集部|编辑部|编委会|編輯部))"
        ),
        r"(?P<name>[가-힣]{2,20}(?: [가-힣]{2,12}){0,3}?) (?:제 ?[0-9]+|[0-9]{4}년)[^.\"“]{0,30}게재",
        (
            r"\b(?:[Dd]irección|[Dd]irezione|[Dd]ireção|[Dd]irection|[Rr]edacción|[Ee]ditores"
            r"|[Ee]quipo [Ee]ditorial|[Cc]omité [Ee]ditorial|[Cc]onse[lj]h?o [Ee]ditorial"
            r"|[Rr]edazione|[Rr]édaction|[Rr]edakcja|[Rr]edação|[Rr]edaktion|[Hh]erausgeber"
            r"|[Rr]edakcja czasopisma|[Рр]едакция(?: журнала)?) (?:de la |del |de |di "
            r"|della |der |des |do |da |du )?"
            r"(?P<name>[^\W\d_a-zа-я][\w-]+(?: (?:de|la|del|di|della|der|des|do|da|du|für|und|e|y|et|i|и"
            r"|[^\W\d_a-zа-я][\w-]+)){1,8}?)"
            r"(?= (?:comunica|informa|ha\b|han\b|retir|retract|ritir|ritratt|deliber|decid|zieht|hat\b|haben\b|a\b"
            r"|annonce|retrat|сообщает|отзыва))"
        ),
        r"『(?P<name>[^『』]{2,60})』\s?(?:\(?[12][0-9]{3}|第\s?[0-9]|編集)",
        (
            r"\b(?:журнал\w{0,2}|[Rr]evista|[Rr]evue|[Rr]ivista|[Zz]eitschrift|[Cc]zasopism\w{1,3})"
            r" [«„“\"](?P<name>[^«»„“”\"]{2,80})[»“”\"]"
        ),
    )
)
_OF_ANOTHER = expression(
    r"\b(?:as|from|with|in|see|of) (?:[Ff]ig(?:ure|s)?\.? ?[0-9]\w* (?:of|in|from) )?(?:an|another|the earlier|their)"
    r" (?:\w+ )?(?:article|paper) (?:from|in|published in) (?:the (?:journal )?)?$"
    r"|与[^。，,]{1,40}(?:发表于|刊登于)?《$"
)
"""What is printed in front of a journal that is another article's: `as Fig. 6A of an article in …`."""
MAX_BEFORE = 120
_THIS_JOURNAL = expression(
    r"(?:The )?Journal|.*\b(?:Library|Database)|[本当當](?:学会|學會)?[刊誌志]|본 ?(?:지|학회지|학술지)"
)
_MARKED = expression(
    r"\b(?:articles?|papers?|manuscript|pages?|pdf|copy|copies|version|file|it"
    r"|they|which)\b",
    re.IGNORECASE,
)
_MARK = expression(
    r"\b(?:watermark|stamp|mark|label)(?:s|ed|ped|led)?\b(?:[^.“”\"]"
    r"|\.(?=pdf)){0,120}[“\"\u2018'](?P<word>[^“”\"\u2018\u2019']{1,60}?)[.,]?[”\"\u2019']",
    re.IGNORECASE,
)


def issuers(paragraphs: Iterable[str]) -> tuple[str, ...]:
    """Return who issues the notice, as `Editor of JOURNAL`; takes sentences with their Markdown marks."""
    for sentence in paragraphs:
        for clause in (sentence, *sentence.split(": ")[1:]):
            if found := _ISSUERS.search(clause):
                journal = collapse_whitespace(plain(found["marked"] or found["bare"])).strip(" ,")
                return tuple(f"{role} of {journal}" for role in _roles(found["roles"]))
            if found := _ISSUERS_ALONE.search(clause) or _JOURNAL.search(clause):
                return _roles(found["roles"])
            if found := _NAMED.search(plain(clause)):
                return (found["name"],)
            if found := _RETRACTED_BY.search(plain(clause)):
                return (collapse_whitespace(found["who"]),)
    return ()


def requested_by(sentences: Sequence[str]) -> tuple[str, ...]:
    """Return who asked for the retraction, in the notice's words without the article: `authors`."""
    found = [
        collapse_whitespace(request["who"])
        for sentence in sentences
        for pattern in _REQUESTS
        for request in pattern.finditer(sentence)
        if not is_negated(sentence[max(0, request.start() - 20) : request.start()])
    ]
    names = dict.fromkeys(name.lower() if name.lower().endswith(("author", "authors")) else name for name in found)
    return tuple(name for name in names if f"{name}s" not in names)


def policies(sentences: Sequence[str]) -> tuple[str, ...]:
    """Return the rules that the notice says were followed: `editorial policies`, `COPE guidelines`."""
    named = [name for name, pattern in _POLICIES if any(pattern.search(sentence) for sentence in sentences)]
    return tuple(name for name in named if not (name == "COPE" and "COPE guidelines" in named))


def stays_online(sentences: Sequence[str]) -> bool:
    """Return whether the notice promises that the article stays where it is."""
    return any(
        not is_negated(sentence[max(0, found.start() - 20) : found.end()])
        for sentence in sentences
        if (found := _STAYS.search(sentence))
    )


def mark_text(sentences: Sequence[str], state: State) -> str:
    """Return the word with which the notice promises to mark the article or its pages, or an empty string.

    It counts only where it is one of the names of a state, and of the same kind of state as the notice's own.
    """
    for sentence in sentences:
        found = _MARK.search(sentence)
        if found is None or _CONDITIONAL.search(sentence[max(0, found.start() - 200) : found.start("word")]):
            continue
        if is_negated(re.split("[;,]", sentence[max(0, found.start() - 100) : found.start("word")])[-1]):
            continue
        if not _MARKED.search(sentence[max(0, found.start() - 160) : found.start("word")]):
            continue
        word = collapse_whitespace(found["word"])
        if parse_state(word) is not None and not contradicts_state(word, state):
            return word
    return ""


def is_about_a_source(words: str) -> bool:
    """Return whether the end of a sentence speaks of another work, from which something was taken."""
    return bool(_SOURCE.search(re.split(r"[.!?]\s", words.rstrip(" :"))[-1]))


def journal_of(paragraphs: Iterable[str]) -> str:
    """Return the journal that the statement calls the article's: `the Editors of JOURNAL have retracted`; or ""."""
    found = [
        re.sub(r"^(?:학회지|학술지|저널|잡지) ", "", collapse_whitespace(journal["name"]).strip(" ,"))
        for words in paragraphs
        for pattern in _JOURNALS
        for journal in pattern.finditer(words[:4000])
        if len(journal["name"]) > 1  # not the first letter of an abbreviation
        and not _is_of_another(words[max(0, journal.start("name") - MAX_BEFORE) : journal.start("name")])
        and not _THIS_JOURNAL.fullmatch(journal["name"])
    ]
    return found[0] if found and len({name.casefold() for name in found}) == 1 else ""


def _is_of_another(before: str) -> bool:
    """Tell whether the words in front of a journal speak of another article in it."""
    may_be = any(word in before[-MAX_BEFORE // 3 :] for word in ("article", "paper", "《"))
    return may_be and _OF_ANOTHER.search(before) is not None


def _roles(text: str) -> tuple[str, ...]:
    roles = (part.removeprefix("the ").strip() for part in re.split(r", (?:and )?| and ", text))
    return tuple(dict.fromkeys(role for role in roles if role))

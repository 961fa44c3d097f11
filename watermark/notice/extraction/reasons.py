# ruff: noqa: RUF001 - letters of other scripts are meant
"""Why an article was retracted, in fixed short words (`image duplication`), so that two notices of one case are equal.

A reason is given where one clause of the notice says what was done to what: words for both are in it. What a clause
denies, what the rules of a journal say, what happened to another article, and what a form leaves without a tick does
not count.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from watermark.notice.extraction import reason_words as words
from watermark.notice.extraction.reason_rules import REASONS, Given
from watermark.runtime.expressions import expression

MAX_OCCURRENCES, MAX_CLAUSE, MAX_CLAUSES = 20, 1_200, 1_500

_OF_DATA = expression(
    rf"(?:{words.DATA})[^;,]{{0,60}}?\b(?:fabricat|falsif|manipulat|invent|made up|faked|forged)\w*"
    rf"|\b(?:fabricat|falsif|manipulat|invent|fak)\w* (?:\w+ ){{0,2}}(?:{words.DATA})",
    re.IGNORECASE,
)
_NO_EVIDENCE = expression(
    r"\b(?:belief|believed) that\b|\b(?:no|nor|any)(?: \w+){0,4} found\b|\b(?:no|not|nor|never"
    r"|any) (?:\w+ ){0,4}(?:evidence|indication"
    r"|sign|proof|suspicion|suggest\w*)"
    r"|\bwithout (?:any )?(?:evidence|proof|suspicion)"
    r"|\b(?:kein\w*|keinerlei) (?:\w+ ){0,3}(?:hinweis|beleg|anhalt|nachweis)\w*"
    r"|\baucun\w* (?:\w+ ){0,2}(?:preuve|indice)"
    r"|\b(?:no|sin|ningun\w*) (?:\w+ ){0,4}(?:evidencia|indicio|prueba)s?"
    r"|\bness?un\w*(?:['\u2019 ]\w+){0,2} (?:prov|evidenz|indizi)\w*"
    r"|\b(?:não|nenhum\w*|sem) (?:\w+ ){0,4}(?:evidência|indício|prova)s?|\bnie (?:stwierdzono|wykazano|potwierdzono)"
    r"|\bbrak (?:dowod|podstaw)\w*|\bне (?:выявлен|обнаружен|установлен|подтвержд)\w*|\bнет (?:доказательств"
    r"|признаков)"
    r"|未发现|没有发现|不存在|没有证据|未發現|(?:認められ|確認され)(?:ない|なかった|ず)|ではな|발견되지"
    r"|확인되지|아니",
    re.IGNORECASE,
)
_DENIED = expression(
    r"\b(?:den(?:y|ies|ied)|clear(?:s|ed)|exonerat\w+|reject(?:s|ed)? the|insist\w*|bestreite\w*"
    r"|nie(?:ga|gan|nt|ent)|contest\w*"
    r"|zaprzecz\w*|отриц\w+)\b"
    r"[^.;]{0,120}$|\b(?:not|never|rather than|nothing to do with|other than) (?:been |involve |amount to "
    r"|constitute "
    r"|a case of |because of |due to )?$",
    re.IGNORECASE,
)
_RULES = expression(
    r"\bCreative Commons\b|\bno reuse allowed|\bconditions? of (?:submission|publication"
    r"|\w+ for publication)|\bcondition of publication that|\bstrictly"
    r" (?:forbidden|prohibited)|\bif (?:plagiarism|fabricat|any)|\bauthors (?:agree|must|declare|are required)\b"
    r"|\b(?:see|read|found (?:at|on|in)|available (?:at|on)|information on) [^.]{0,80}\bpolic(?:y|ies)\b"
    r"|\b(?:all|every) (?:submissions?|manuscripts?|articles?) (?:is|are|must|will)\b|\bzero[- ]tolerance"
    r"|\bmust be (?:reported|obtained|declared)|\bon the understanding that",
    re.IGNORECASE,
)
"""The rules of a journal, which say what is forbidden and not what was done."""
_NOT_BEFORE = expression(
    r"\b(?:no(?! longer| doubt)|not(?! only)|never|nor|neither|without|cannot|kein\w*|nicht(?! nur)"
    r"|weder|ohne|nie|niemals|n['\u2019]\w+|ne|pas|aucune?|sans"
    r"|non(?! solo)|nessun\w*|alcun\w*|senza|né|não(?! s[oó])|nenhuma?|sem|nem|no|sin|ninguna?|ningún"
    r"|nie|żadn\w*|bez|не(?! только)|нет|ни|без)"
    r"(?: (?!and\b|but\b|that\b|which\b|who\b|und\b|et\b|y\b|e\b|i\b|и\b|explain|disclos|inform|tell"
    r"|told|notif|mention|indicat|declar|reveal"
    r"|acknowledg|cit|account|clarif|provid|disput|contest|den|aware|know|knew|notic|detect|reali[sz]"
    r"|respond|agree|object|prevent|dispel|justif"
    r"|original|exclu)[\w'\u2019-]+){0,4} (?:[\w-]+['\u2019])?$|(?:未|没有|沒有|不存在|并无|不是|非)[^,，。]{0,8}$",
    re.IGNORECASE,
)
"""The end of the words before a deed that deny it. That something was not explained does not deny it."""
_NOT_BEHIND = expression(
    r"\w*(?: (?!and\b|but\b|und\b|et\b)[\w'\u2019-]+){0,6},? (?:not|never|nicht|non|nie|не|no|pas"
    r"|não)(?: \w+){0,2} (?:upheld|confirm\w*|found|substantiat\w*|established|proven|supported"
    r"|the case|bestätig\w*|vor|hubo|potwierdz\w*|подтвер\w*|confirmad\w*|confirmat\w*)"
    r"|\w*(?: [\w'\u2019-]+){0,10} (?:unfounded|rejected|dismissed|ruled out|unbegründet|ausgeschlossen"
    r"|rejetée?s?|infondée?s?|desestimad\w*|infondat\w*)\b"
    r"|[^、。,.]{0,12}(?:なかった|されない|ではない|とは言えない|않았다|없었다|아니)",
    re.IGNORECASE,
)
_ABOUT_RULES = expression(
    r"\b(?:polic(?:y|ies)|guidelines?|guidance|rules?|standards?"
    r"|recommendations?) (?:of [^,;]{1,60}? )?(?:on|regarding|concerning|about|against"
    r"|for cases of) [^,;.]{0,120}"
    r"|\b(?:recommends?|advises?|provides? for|requires?) (?:the )?retraction\b[^;.]{0,160}"
    r"|\bin cases? of [^,;.]{0,120}"
    r"|\b(?:check|screen|scan|test|monitor)\w*\b[^,;.]{0,40}? for (?:possible |potential "
    r"|any )?(?:plagiari|similarit|duplicat|image|manipul|originality|fake|fraud|fabricat"
    r"|overlap)[^,;.]{0,120}",
    re.IGNORECASE,
)
"""What the rules are about, in a sentence that may also say what was done."""
_OF_ANOTHER_ARTICLE = expression(
    r"\b(?:another|other|an? (?:earlier|previous|second|further|related|different)|(?:two|three|four"
    r"|several|many) (?:other|further|earlier)) (?:\w+ ){0,2}?(?:articles?|papers?|publications?|works?"
    r"|studies)\b"
    r"[^;]{0,100}?\b(?:was|were|is|are|has been|have been|had been) (?:also |already "
    r"|since )?(?:retracted|withdrawn)\b",
    re.IGNORECASE,
)
"""What happened to another article, with its reason."""
_CLAUSES = expression(
    r";\s|,?\s(?:but(?! (?:\w+ly |(?:had )?been |were |was )?(?:\w+ed|made|drawn|taken|written)\b)"
    r"|however|although|though|while|whereas|aber|jedoch|obwohl|während|mais|bien que|pero|aunque"
    r"|mientras|sebbene|mentre"
    r"|mas|embora|enquanto|ale|chociaż|natomiast|но|хотя|однако)\s|[。；]"
)
_ASIDE = expression(
    r"https?://[!-~]+|10\.[0-9]{4,9}/[!-~]+|\([^();]{0,120};[^()]{0,120}\)"
    r"|(?:\[\s?\]|[☐□○])[^\[\]☐☑☒□○✓✔]{0,200}"
)
"""An address, a citation in brackets, and what has no tick."""


def reasons(sentences: Iterable[str], title: str = "") -> tuple[str, ...]:
    """Return why, in fixed short words; `title` is the article's, whose words are not the notice's."""
    every = (clause[:MAX_CLAUSE] for sentence in sentences for clause in _clauses(sentence, title))
    clauses = list(dict.fromkeys(islice(every, MAX_CLAUSES)))
    given = [reason for reason in REASONS if any(_gives(reason, clause) for clause in clauses)]
    if {"plagiarism", "duplicate publication"} <= set(given) and not any(map(_names_duplicate, clauses)):
        given.remove("duplicate publication")  # what had been published before is another's work
    return tuple(given)


def _names_duplicate(clause: str) -> bool:
    """Tell whether a clause calls the publication a duplicate by name."""
    return _says(REASONS["duplicate publication"][0], clause)


def _clauses(sentence: str, title: str) -> Iterator[str]:
    if _RULES.search(sentence):
        return
    said = _ASIDE.sub(" ", sentence)
    place = said.casefold().find(title.casefold()) if len(title) > 11 else -1
    if place >= 0:
        said = f"{said[:place]} {said[place + len(title) :]}"
    for clause in _CLAUSES.split(said):
        if not _OF_ANOTHER_ARTICLE.search(clause):
            yield _ABOUT_RULES.sub(" ", clause)


def _gives(reason: str, clause: str) -> bool:
    if reason == "image manipulation":
        clause = _OF_DATA.sub(" ", clause)  # fabricated data are no manipulated images
    return any(_says(given, clause) for given in REASONS[reason])


def _says(given: Given, clause: str) -> bool:
    """Tell whether a clause has all words of one way to give a reason, and does not deny the deed."""
    if not all(pattern.search(clause) for pattern in given.words):
        return False
    if given.unless is not None and given.unless.search(clause):
        return False
    deeds = islice(given.words[-1].finditer(clause), MAX_OCCURRENCES)
    return given.is_lack or any(not _is_denied(clause, deed) for deed in deeds)


def _is_denied(clause: str, deed: re.Match[str]) -> bool:
    before, behind = clause[max(0, deed.start() - 160) : deed.start()], clause[deed.end() : deed.end() + 100]
    return bool(
        _NO_EVIDENCE.search(f"{before}{deed[0]}{behind[:60]}")
        or _DENIED.search(before)
        or _NOT_BEFORE.search(before[-90:])
        or _NOT_BEHIND.match(behind)
    )

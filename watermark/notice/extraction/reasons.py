# ruff: noqa: RUF001 - letters of other scripts are meant
"""Why an article was retracted, in fixed short words (`image duplication`), so that two notices of one case are equal.

A reason is given where one clause of the notice says what was done to what: words for both are in it. What a clause
denies, what the rules of a journal say, what happened to another article, and what a form leaves without a tick does
not count.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from watermark.notice.extraction import copied_texts, reason_rules
from watermark.notice.extraction import reason_words as words
from watermark.notice.extraction.reason_rules import Given
from watermark.runtime.expressions import expression

REASONS = {
    "image duplication": reason_rules.IMAGE_DUPLICATION,
    "image manipulation": reason_rules.IMAGE_MANIPULATION,
    "plagiarism": copied_texts.PLAGIARISM,
    "duplicate publication": copied_texts.DUPLICATE_PUBLICATION,
    "data fabrication": reason_rules.DATA_FABRICATION,
    "compromised peer review": reason_rules.COMPROMISED_PEER_REVIEW,
    "no ethical approval": reason_rules.NO_ETHICAL_APPROVAL,
}
"""The ways to give each reason."""
MAX_OCCURRENCES, MAX_CLAUSE, MAX_CLAUSES = 20, 1_200, 1_500

_OF_DATA = expression(
    rf"(?:{words.DATA})(?:(?!{words.PICTURES})[^;,]|,(?= (?:and )?S?[0-9])){{0,60}}?\b(?:fabricat|falsif|manipulat"
    r"|invent|made up|faked|forged)\w*"
    rf"|\b(?:fabricat|falsif|manipulat|invent|fak)\w* (?:\w+ ){{0,2}}(?:{words.DATA})"
    r"|(?:データ|数値|測定値|实验数据|数据|結果|데이터|자료|수치)[^、。；，,;画像写真图圖図이미지]{0,12}(?:(?:捏造|ねつ造|伪造|偽造|造假|编造|위조|날조)"
    r"[^。；，;]{0,6})?(?:改ざん|改竄|篡改|操作|操纵|修改|捏造|ねつ造|加工|伪造|造假|조작|변조|위조)",
    re.IGNORECASE,
)
_TEXT_AND_FIGURES = expression(
    rf" ?(?:\b{words.TEXTS}{words.AND}{words.FIGURES_BESIDE}(?!\w| ?[0-9])"
    rf"|\b{words.FIGURES_BESIDE}{words.AND}{words.TEXTS}"
    rf"|\b(?:{words.TEXTS}|{words.WRITINGS}|results|findings)"
    rf"(?: (?:of|on|about)(?: [\w'\u2019-]+){{1,5}})?,? (?:with|including|down to"
    rf"|even|avec|con|com|mit|samt) (?:[\w'\u2019-]+ ){{0,3}}?{words.FIGURES_BESIDE}(?!\w| ?\(?[0-9])"
    r"|(?:文字|文章|表格|本文|文)[、和与及と・](?:图片|图表|图像|图|図表|図|画像)"
    r"|(?:图片|图表|图像|图|図表|図)[、和与及と・](?:文字|表格|表|本文))",
    re.IGNORECASE,
)
"""Texts and figures that are named together, and so are no images that were used again, but an article."""
_NO_EVIDENCE = expression(
    r"\b(?:belief|believed) that\b|\b(?:not|never|nor) (?:\w+ ){0,4}(?:mean|imply|allege) that\b"
    r"|\b(?:unable|impossible|cannot|not possible|(?:could|can) not|too \w+) (?:\w+ ){0,2}?(?:to )?(?:be )?(?:say|said"
    r"|tell|told"
    r"|determined?|decided?|establish(?:ed)?|confirm(?:ed)?|judged?|verif(?:y|ied)|conclude) (?:\w+ ){0,2}?(?:whether"
    r"|if|that)\b|\b(?:no|nor|any)(?: \w+){0,4} found\b|\bnot find that\b|\b(?:not|nor|never"
    r"|nothing|(?<!with )no|(?<!without )any) (?:\w+ ){0,4}(?:evidence|indication"
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
    r"\b(?:den(?:y|ies|ied)|clear(?:s|ed)|exonerat\w+|reject(?:s|ed)? the|rul(?:ed?|es|ing) out|dispute[sd]? that"
    r"|insist\w*|bestreite\w*"
    r"|nie(?:ga|gan|nt|ent)|contest\w*"
    r"|zaprzecz\w*|отриц\w+)\b"
    r"[^.;]{0,120}$|\b(?:not|never|rather than|nothing to do with|other than|excluded) (?:been |involve |amount to "
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
    r"|weder|ohne|nie|niemals|n['\u2019]\w+|ne|(?-i:[Pp]as)|aucune?|sans"
    r"|non(?! solo)|nessun\w*|alcuna?|senza|né|não(?! s[oó])|nenhuma?|(?-i:[Ss]em)|nem|no|sin|ninguna?|ningún"
    r"|żadn\w*|bez|не(?! только)|нет|ни|без)"
    r"(?: (?!and\b|but\b|that\b|which\b|who\b|und\b|et\b|y\b|e\b|i\b|и\b|explain|disclos|inform|tell"
    r"|told|notif|mention|indicat|declar|reveal"
    r"|acknowledg|cit|account|clarif|provid|disput|contest|den|aware|know|knew|notic|detect|reali[sz]"
    r"|respond|agree|object|prevent|dispel|justif|credit|attribut|permission|referenc|nam(?:ed|ing)|sourc"
    r"|original|exclu)[\w'\u2019-]+){0,4} (?:[\w-]+['\u2019])?$|(?:未|没有|沒有|不存在|并无|不是|非)[^,，。]{0,8}$",
    re.IGNORECASE,
)
"""The end of the words before a deed that deny it: `sem` and `pas`, but neither SEM nor PAS images.

That something was not explained does not deny it.
"""
_NOT_BEHIND = expression(
    r"\w*(?: (?!and\b|but\b|und\b|et\b)[\w'\u2019-]+){0,6},? (?:not|never|nicht|non|nie|не|no|pas"
    r"|não)(?: \w+){0,2} (?:upheld|confirm\w*|found|substantiat\w*|established|proven|supported"
    r"|the case|bestätig\w*|vor|hubo|potwierdz\w*|подтвер\w*|confirmad\w*|confirmat\w*)"
    r"|\w*(?: [\w'\u2019-]+){0,10} (?:unfounded|rejected|dismissed|ruled out|unbegründet|ausgeschlossen"
    r"|rejetée?s?|infondée?s?|desestimad\w*|infondat\w*)\b"
    r"|[^。]{0,30}(?:別個?の[^。、]{0,8}であることが確認|問題(?:は|が)?な[いかし])|[^、。,.]{0,12}(?:なかった|されない|ではない|とは言えない|않았다|없었다|아니)",
    re.IGNORECASE,
)
_ABOUT_RULES = expression(
    r"\b(?:retracted|withdrawn) (?:by|at the (?:request|wish) of|with the agreement of) (?:(?:all"
    r"|both) (?:of )?)?(?:the |its )?authors\b"
    r"|\b(?:polic(?:y|ies)|guidelines?|guidance|rules?|standards?"
    r"|recommendations?) (?:of [^,;]{1,60}? )?(?:on|regarding|concerning|about|against"
    r"|for cases of) [^,;.]{0,120}"
    r"|\b(?:recommends?|advises?|provides? for|requires?) (?:the )?retraction\b[^;.]{0,160}"
    r"|\bin cases? of [^,;.]{0,120}"
    r"|\b(?:plagiarism|plagiat\w*|(?:research )?(?:ethics|integrity) and plagiarism) (?:committee|board|commission"
    r"|panel|office|officer"
    r"|policy|kommission)\b|\bplagiats(?:kommission|beauftragt)\w*"
    r"|\b(?:check|screen|scan|test|monitor|look|search)\w*\b[^,;.]{0,40}? for (?:possible |potential |any "
    r"|(?:signs?|evidence|indications?|traces?) of ){0,2}(?:plagiari|similarit|duplicat|image|manipul|originality|fake"
    r"|fraud|fabricat|falsif|overlap)(?:(?! and (?:found|reveal|identif|detect|show|conclu|establish))[^,;.]){0,120}"
    r"|\b(?:takes?|treats?|nimmt|nehmen|pren(?:d|nent)|toman?)\b[^;.]{0,160}?\b(?:serious(?:ly|ness)|ernst|sérieux"
    r"|en serio)\b|\b(?:do(?:es)? not|cannot|will not|never) (?:tolerate|condone)s? [^;.]{0,120}"
    r"|\b(?:for (?:more|further) information|readers with (?:\w+ )?concerns?|anyone with concerns?) [^,;.]{0,120}"
    r"|\buses? (?:\w+ ){1,4}to (?:detect|check|screen|identify|prevent) [^,;.]{0,120}"
    r"|\b(?:is|are) (?:\w+ly )?(?:committed to|fighting|combat+ing|tackling|working to) [^;.]{0,120}"
    r"|(?:\[(?:[2-9]|[0-9]{2})\],? (?:which|that) (?:has|had|was|is|were|have) (?:(?!not|never)\w+ ){0,2}?"
    r"|\b(?:has|have|had|was|were|is) (?:since |now )?(?:itself|themselves|in turn|also|likewise) (?:been )?)"
    r"(?:retracted|withdrawn)\b[^;.]{0,160}"
    rf"|\b(?:an?|another|one(?: of (?:the|our))?|une?|eine?|el|um"
    rf"|the(?: anonymous)?(?= \w+ who\b)) (?:{words.REVIEWER}) (?:(?!did|never"
    rf"|not)[\w'\u2019]+ )"
    rf"{{0,3}}?{words.TOLD}\b(?! (?:\w+ ){{0,3}}?(?:he|she|they|his|her|their)\b)",
    re.IGNORECASE,
)
"""What the rules are about, who retracts, who told, and why another work was retracted, beside what was done."""
_OF_ANOTHER_ARTICLE = expression(
    r"\b(?:another|other|an? (?:earlier|previous|second|further|related|different)|(?:two|three|four"
    r"|several|many) (?:other|further|earlier)) (?:\w+ ){0,2}?(?:articles?|papers?|publications?|works?"
    r"|studies)\b"
    r"[^;]{0,100}?\b(?:was|were|is|are|has been|have been|had been) (?:also |already "
    r"|since )?(?:retracted|withdrawn)\b"
    r"|\bretracted (?:[0-9]{1,3}|two|three|four|five|six|several|many|dozens of) (?:\w+ )?(?:papers|articles"
    r"|publications|studies) (?:of|by)\b",
    re.IGNORECASE,
)
"""What happened to another article, with its reason."""
_CLAUSES = expression(
    r";\s|,?\sand (?:that )?(?=(?:the )?(?:(?:ethic\w+|IRB) )?approval\b[^.;]{0,60}\b(?:had|was|were"
    r"|is) (?:been )?(?:in place|valid)\b)"
    r"|,?\s(?:but(?! (?:for|(?:with )?the same|with|under|without|identical)\b| (?:\w+ly |(?:had )?been |were "
    r"|was )?(?:\w+ed|made"
    r"|drawn|taken|written)\b)"
    r"|however|although|though|while(?! (?:it was )?(?:still )?(?:under|in|being))|whereas|aber|jedoch|obwohl|während"
    r"|mais|bien que|pero|aunque"
    r"|mientras|sebbene|mentre"
    r"|mas|embora|enquanto|ale|chociaż|natomiast|но|хотя|однако)\s|[。；]|\.\[[0-9, \u2013-]{1,9}\]\s"
)
_IMAGES = reason_rules.shared(words.IMAGES)
_INITIAL = expression(r"\b(?:[A-Z]|Prof|Dr|Mr|Mrs|Ms|St|Figs?|[Nn]o|[Nn]r)\.\s?$|\b[A-Z]\.\s[A-Z][a-z]{1,8}\.\s?$")
_ASIDE = expression(
    r"(?:, ?)?(?:\b(?:DOI|doi)\b[: ]{0,2})?(?:https?://[!-~]+|10\.[0-9]{4,9}/[!-~]+)|\([^();]{0,120};[^()]{0,120}\)"
    r"|(?:\[\s?\]|[☐□○])[^\[\]☐☑☒□○✓✔]{0,200}"
)
"""An address, a citation in brackets, and what has no tick."""


def reasons(sentences: Iterable[str], title: str = "") -> tuple[str, ...]:
    """Return why, in fixed short words; `title` is the article's, whose words are not the notice's."""
    every = (clause[:MAX_CLAUSE] for sentence in _whole(sentences) for clause in _clauses(sentence, title))
    found: set[str] = set()
    is_own = False
    before = _Clause("")
    for clause in map(_Clause, dict.fromkeys(islice(every, MAX_CLAUSES))):
        for reason, ways in REASONS.items():
            is_open = reason not in found or (reason == "duplicate publication" and not is_own)
            if is_open and _is_given(reason, ways, clause, before):
                found.add(reason)
                is_own = is_own or (reason == "duplicate publication" and _is_by_the_authors(clause))
        before = clause
    if {"plagiarism", "duplicate publication"} <= found and not is_own:
        found.remove("duplicate publication")  # what had been published before is another's work
    return tuple(reason for reason in REASONS if reason in found)


def _whole(sentences: Iterable[str]) -> Iterator[str]:
    """Yield the sentences, those in one piece that were divided behind an initial: `a book (G. Roe, Ponds, 1974)`.

    Behind `et al.` a new sentence begins where a capital follows.
    """
    begun = ""
    for sentence in sentences:
        is_open = _INITIAL.search(begun) or (begun.endswith("al.") and not sentence[:1].isupper())
        if begun and (len(begun) > MAX_CLAUSE or not is_open):
            yield begun
            begun = ""
        begun = f"{begun} {sentence}" if begun else sentence
    if begun:
        yield begun


class _Clause:
    """A clause, and which expressions are found in it: many reasons have the same ones."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._found: dict[re.Pattern[str], bool] = {}
        self._without: dict[re.Pattern[str], _Clause] = {}

    def has(self, pattern: re.Pattern[str]) -> bool:
        """Tell whether an expression is found in the clause."""
        known = self._found.get(pattern)
        if known is None:
            known = self._found[pattern] = pattern.search(self.text) is not None
        return known

    def without(self, pattern: re.Pattern[str], instead: str) -> "_Clause":
        """Return the clause with other words in place of those that an expression finds, itself where it finds none."""
        if pattern not in self._without:
            self._without[pattern] = _Clause(pattern.sub(instead, self.text)) if self.has(pattern) else self
        return self._without[pattern]


def _is_given(reason: str, ways: tuple[Given, ...], clause: _Clause, before: _Clause) -> bool:
    """Tell whether a clause gives a reason in one of its ways."""
    read = clause
    if reason in {"image duplication", "duplicate publication", "plagiarism"} and clause.has(_IMAGES):
        read = clause.without(_TEXT_AND_FIGURES, " text ")
    if not any(_says(given, read, before) for given in ways):
        return False
    if reason != "image manipulation":
        return True
    read = clause.without(_OF_DATA, " ")  # fabricated data are no manipulated images
    return read is clause or any(_says(given, read, before) for given in ways)


def _is_by_the_authors(clause: _Clause) -> bool:
    """Tell whether a clause calls the publication a duplicate by name, or says that the authors published it before."""
    return clause.has(copied_texts.BY_THE_AUTHORS) or _says(REASONS["duplicate publication"][0], clause, clause)


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


def _says(given: Given, clause: _Clause, before: _Clause) -> bool:
    """Tell whether a clause has all words of one way to give a reason, and does not deny the deed."""
    if given.before is not None and not before.has(given.before):
        return False
    if not all(map(clause.has, given.words)) or (given.unless is not None and clause.has(given.unless)):
        return False
    deeds = islice(given.words[-1].finditer(clause.text), MAX_OCCURRENCES)
    return given.is_lack or any(not _is_denied(clause.text, deed) for deed in deeds)


def _is_denied(clause: str, deed: re.Match[str]) -> bool:
    before, behind = clause[max(0, deed.start() - 160) : deed.start()], clause[deed.end() : deed.end() + 100]
    return bool(
        _NO_EVIDENCE.search(f"{before}{deed[0]}{behind[:60]}")
        or _DENIED.search(before)
        or _NOT_BEFORE.search(before[-90:])
        or _NOT_BEHIND.match(behind)
    )

# ruff: noqa: RUF001 - letters of other scripts are meant
"""Why an article was retracted, in fixed short words (`image duplication`), so that two notices of one case are equal.

A reason is given where one clause of the notice has all of its words. What a clause denies, what the rules of a journal
say, and what a form leaves without a tick does not count.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from watermark.runtime.expressions import expression

_IMAGES = (
    r"\b(?:images?|figures?|figs?|panels?|(?:immuno)?blots?|bands?|lanes?|\w*micrographs?|photo(?:graph)?s?|pictures?"
    r"|abbildung\w*|bilder\w*|bildern?|illustrations?|imágenes|imagens?|immagin[ei]|figur[aeo]s?|fotograf\w+|rycin\w*"
    r"|zdjęć|zdjęcia|obraz\w*|изображени\w*|рисун\w+|снимк\w+)\b|图片|图像|圖片|圖像|插图|画像|図|写真|이미지"
    r"|그림|사진"
)
_DATA = (
    r"\b(?:data|dataset|datum|results?|record(?:ing)?s?|measurements?|values?|\w*grams?|spectr(?:a|um)|observations?"
    r"|patients?"
    r"|participants?|interviews?|responses?|questionnaires?|experiments?|findings|tables?|samples?|trials?"
    r"|daten\w*|messwerte\w*|ergebnisse\w*|datos|resultados?|mediciones|données|résultats|mesures|valeurs|dati"
    r"|risultati"
    r"|misure|dados|dane|danych|wynik\w*|данн\w+|результат\w*)\b|数据|數據|データ|데이터|자료"
)
_WORKS = r"(?:articles?|papers?|study|studies|manuscripts?|works?|reports?|chapters?|publications?|texts?)"
_UNTRUE = (
    r"\b(?:fabricat|falsif|fraudulent|invented|made up\b|faked|fabricad"
    r"|gefälscht|erfunden|fingiert|fabriziert|fabriqu|inventad|inventé|inventat|fabbricat|sfałszow|sfabrykow|zmyślon"
    r"|сфальсиф|фальсиф|фабрик|сфабрик|подлож)\w*|造假|伪造|偽造|捏造|编造|篡改|改ざん|改竄|위조|변조|조작|날조"
)
_MEDDLED = (
    r"\b(?:compromis|manipul|fake|fraud|subvert|falsif|fabricat|inappropriate|irregular|fictitious|unduly|undue"
    r"|kompromit|gefälscht|fiktiv|fauss|fictif|fictiv|falsead|fals[oaie]\b|compromess|compromet|adulterad|sfałszow"
    r"|fikcyjn|манипул|подде|недобросовестн|с?фальсиф|скомпромет)\w*|操纵|操縱|虚假|伪造|造假|不正|操作|偽|조작"
    r"|가짜|허위"
)
_NOTHING = (
    r"\b(?:no|not(?! in (?:doubt|question)| affected)|nor|never|without|lack\w*|absence|missing|false|invalid"
    r"|before|prior to|fail\w*|unable|cannot"
    r"|kein\w*|nicht|ohne|fehl\w*|sin|carec\w+|falta|ausencia|sans|aucune?|absence|n['\u2019](?:a|ont|avait"
    r"|était)|senza"
    r"|non|mancan\w+|assenza|sem|não|ausência|brak\w*|bez|nie|без|не|отсутств\w+)\b|未|无|無|没有|沒有|得ず|ない|なし"
    r"|受けず|없|않|못|미승인"
)
_ETHICS = (
    r"\bethi[ck]\w*|\béthique|\bética|\betyczn\w+|\bbioetyczn\w+|\bэтич\w+|伦理|倫理|윤리|\bIRB\b"
    r"|institutional review"
)
_APPROVAL = (
    r"\b(?:approv\w+|permission|authori[sz]ation|clearance|votum|genehmigung|zustimm\w+|aprobaci[oó]n|aval|autorizaci[oó]n|approbation"
    r"|autorisation|avis|approvazione|parere|aprovação|parecer|zgod[ayę]|opinii|одобрен\w+|разрешен\w+"
    r"|экспертиз\w+)\b"
    r"|批准|审批|审查|承認|審査|승인|심의"
)
_OF_OTHERS = (
    r"\bwithout (?:\w+ ){0,3}?(?:attribut|acknowledg|citation|citing|credit|referenc|indicat)\w*|\bunattributed"
    r"|\bunacknowledged|\bunreferenced|\bohne (?:\w+ ){0,3}?(?:quellen|kennzeichn|nachweis|angabe|zitat|nennung)\w*"
    r"|\bnicht gekennzeichnet\w*|\bsans (?:\w+ ){0,3}?(?:source|citation|citer|mention|attribution|guillemets"
    r"|référence)\w*"
    r"|\bsin (?:\w+ ){0,3}?(?:atribu|cita|mencion|reconoc|referenc|indicar)\w*"
    r"|\bsenza (?:\w+ ){0,3}?(?:citazion|citar|attribu|indica|riferiment|menzion)\w*"
    r"|\bsem (?:\w+ ){0,3}?(?:atribui|citaç|citar|crédito|referênc|indica|menç)\w*"
    r"|\bbez (?:\w+ ){0,3}?(?:podania|wskazania|cytowania|odwołania|oznaczenia|przypisu)\w*"
    r"|\bбез (?:\w+ ){0,3}?(?:указани|ссыл|цитирован|упоминан)\w*|未注明|未标注|未引用|出典を(?:明示|示)"
    r"|출처 ?(?:표시|표기|를 밝히)"
)
_TAKEN = (
    r"\b(?:cop(?:y|ied|ies|ying)|reproduc|taken|taking|borrow|lifted|verbatim|text|passages?|paragraphs?|material"
    r"|portions?|translat|sections?|pages?|parts?|content|ideas|wörtlich|übernomm|übernahme|passag|kopier|abschnitt"
    r"|copi|repris|empruntés?|extraits|tomad|reproduz|trechos|copiad|fragment|przepisan|przeję|skopiow|заимствован"
    r"|скопир|фрагмент)\w*|抄|转载|文章|引き写|転載|베낀|인용"
)


@dataclass(frozen=True, slots=True)
class _Given:
    """One way to give a reason: expressions that all are found in one clause, and words that speak against it."""

    words: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None = None


def _given(*words: str, unless: str = "") -> _Given:
    return _Given(
        tuple(expression(word, re.IGNORECASE) for word in words),
        expression(unless, re.IGNORECASE) if unless else None,
    )


_OF_DATA = expression(
    r"\bdata\b[^;,]{0,60}?(?:fabricat|falsif|manipulat)\w*|\b(?:fabricat|falsif|manipulat)\w* (?:\w+ ){0,2}data\b",
    re.IGNORECASE,
)
_REASONS: dict[str, tuple[_Given, ...]] = {
    "image duplication": (
        _given(
            _IMAGES,
            r"duplicat|re-?us(?:e|ing)|recycl|republish|used (?:again|twice|more than once|to represent)"
            r"|overlap|identical"
            r"|repeated (?:within|across|several times)|doppelt verwendet|mehrfach verwend|wiederverwend|dupliz"
            r"|identisch|réutilis|dupliqu|identiques?"
            r"|duplicad|reutiliz|idéntic|idêntic|duplicat|riutilizz|identic[hia]|powiel|zduplik|identyczn|powtórzon"
            r"|дублир|идентичн|повторн|重复|重複|雷同|相同|流用|使い回|同一|중복|재사용|동일",
        ),
        _given(
            _IMAGES,
            r"\bsame (?:\w+ ){0,5}?as\b|\b(?:is|are|shows?|showing|depicts?|represents?"
            r"|contains?) the same (?:\w+ ){0,3}?"
            r"(?:images?|panels?|bands?|blots?|lanes?|micrographs?|photographs?|cells|fields?|samples?)\b"
            r"|\b(?:had|has|have) (?:already |also |previously |been ){1,3}(?:published|appeared|shown|printed)"
            r"|\balso (?:appear|publish)\w*|\bappear\w* (?:also|again|in (?:an|another|two|several|other))"
            r"|\b(?:previously|earlier) (?:published|appeared)",
            unless=r"\bdata shown\b|\bfigure legends?\b",
        ),
    ),
    "image manipulation": (
        _given(
            _IMAGES,
            r"manipul|fabricat|falsif|inappropriately (?:\w+ )?(?:edited|altered|processed|modified)|photoshop"
            r"|retouch"
            r"|doctored|digital(?:ly)? (?:alter|edit|modif|enhanc)|\bsplic|cop(?:y|ied) and pasted?|cloned?\b"
            r"|(?:removed|erased|deleted)\b.{0,40}\b(?:inserted|added|others)|bearbeitet|verfälscht|retuschiert"
            r"|retouch"
            r"|truqu|alterad|trucad|alterat|ritoccat|adulterad|sfałszow|przerobion|манипул|ретуш|фальсиф"
            r"|篡改|操纵|造假|伪造|改ざん|加工|操作|조작|변조|편집",
        ),
    ),
    "plagiarism": (
        _given(
            r"(?<!checked for )(?<!self-)\bplagi(?!o[a-zà-ÿ])\w*|\bplági|плагиат|抄袭|剽窃|抄襲|剽竊|표절|盗用"
            r"|盗作|無断転載"
        ),
        _given(_OF_OTHERS, _TAKEN, unless=_IMAGES),
        _given(
            _OF_OTHERS,
            r"\b(?:taken|copied|lifted|borrowed|reproduced) (?:\w+ ){0,4}?from (?:an?|the|another) (?:[\w-]+ ){0,3}?"
            r"(?:report|thesis|dissertation|book|chapter|manuscript) (?:\w+ )?by (?!the (?:same|present) )",
        ),
    ),
    "duplicate publication": (
        _given(
            r"\b(?:duplicate|redundant|dual|double|multiple|repeat(?:ed)?|parallel) ?(?:\((?:duplicate|redundant)\))?"
            r" (?:publication|publishing|submission)|\bduplication of (?:an|the|another) (?:\w+ )?(?:article|paper)"
            r"|\bpreviously published elsewhere|\bself-plagiari"
            r"|\b(?:doppel|mehrfach|zweit)(?:publikation|veröffentlichung)|\bpublicaci[oó]n (?:duplicada|redundante"
            r"|doble|múltiple)"
            r"|\bpublication (?:double|redondante|en double|multiple)|\bpubblicazione (?:duplicata|doppia|ridondante"
            r"|multipla)"
            r"|\bpublicação (?:duplicada|redundante|dupla|múltipla)|\b(?:podwójn|wielokrotn|powtórn)\w+ publikacj\w+"
            r"|\bautoplagiat|дублирующ\w+ публикаци|дублировани\w+ публикаци|(?:двойн|повторн)\w+ публикаци"
            r"|一稿多投|一稿两投|一稿兩投|重复发表|重复出版|重複發表|二重投稿|二重出版|二重発表|重複(?:投稿"
            r"|出版|掲載)"
            r"|중복 ?(?:게재|출판|투고|발표)"
        ),
        _given(
            rf"\b(?:this|the|same|whole|entire) (?:\w+ ){{0,3}}?{_WORKS}[^.;]{{0,60}}?\b(?:has|had|have|was|were|is)"
            r"(?: already| also| previously| earlier| been| since| essentially){0,4} (?:published|appeared"
            r"|printed)\b",
            r"\b(?:already|previously|elsewhere|twice|another journal|before(?=\W*$| (?:in|by|elsewhere|under|as)\b)"
            r"|earlier|same|duplicat\w+)\b",
            unless=r"\b(?:data|images?|figures?|panels?|version|concern|notice|correction|in error|by mistake)\b",
        ),
        _given(
            rf"\b{_WORKS}\b.{{0,240}}\b(?:duplicates|repeats|(?:essentially|substantially|nearly|almost) (?:identical"
            rf"|the same))\b.{{0,120}}\b{_WORKS}\b",
            unless=r"\b(?:images?|figures?|panels?|blots?)\b",
        ),
        _given(
            r"\b(?:published|veröffentlicht|publiée?s?|publicad[oa]s?|pubblicat[oaie]|opublikowan\w*|опубликован\w*)\b"
            r"[^.;]{0,40}\b(?:substantially|essentially|nearly|virtually|weitgehend|essentiellement|esencialmente"
            r"|sustancialmente|sostanzialmente|essencialmente|substancialmente|niemal|практически) (?:in )?"
            r"(?:identi[ck]|identyczn|idénti|idênti|identisch|the same|similar form|идентичн)",
            unless=r"\b(?:data|images?|figures?|panels?|tables?|dati|datos|dados|immagini)\b",
        ),
        _given(
            r"\b(?:powtórzenie|powtarza)\b.{0,40}\b(?:artykułu|pracy|publikacji)|\bwcześniej (?:opublikowan"
            r"|ogłoszon)\w+"
            r".{0,40}\btych samych autorów|\b(?:zuvor|bereits|schon)\b.{0,80}\b(?:veröffentlicht|publiziert"
            r"|erschienen)\b"
            r"|\b(?:déjà|précédemment) (?:\w+ )?publiée?\b|\b(?:publicado|publicada) (?:previamente|anteriormente)"
            r"|\bya (?:había|fue|ha) (?:sido )?publicad[oa]|\bgià (?:stat[oa] )?pubblicat[oa]"
            r"|\bjá (?:havia sido )?publicad[oa]"
            r"|\bранее (?:был\w? )?(?:уже )?опубликован\w*"
        ),
    ),
    "data fabrication": (
        _given(_DATA, _UNTRUE, unless=r"\bfabrication of (?!data|results)\w+ (?:\w+ )?(?:devices?|films?|materials?)"),
        _given(
            r"\bno (?:patients?|participants?|subjects?) had (?:ever )?been (?:enrolled|recruited|examined"
            r"|interviewed)"
        ),
        _given(r"\b(?:fabrication|falsification) (?:and|or|and/or) (?:fabrication|falsification)\b"),
    ),
    "compromised peer review": (
        _given(
            r"peer[- ]?review|\breview(?:ing)? process|\b(?:begutachtung|gutachter)\w*|évaluation par les pairs"
            r"|\brelecteurs?|\brapporteurs?|revisi[oó]n por pares|\brevisores|revisione (?:tra|dei|fra) pari"
            r"|\breferaggio"
            r"|\brevisori|revisão por pares|\bpareceristas?|\brecenz\w+|\bреценз\w+|同行评[审议]|同儕審查|审稿"
            r"|査読|동료 ?심사",
            _MEDDLED,
        ),
        _given(
            r"\b(?:reviewers?|referees?|reviews)\b",
            r"\b(?:fake|fictitious|false (?:identit|name|account|e-?mail)|accounts? (?:\w+ ){0,4}?created by"
            r" (?:the|an?|one|some) (?:\w+ )?authors?|fabricated|impersonat|(?:not"
            r"|never) (?:\w+ )?"
            r"(?:written|submitted|belong)|did not belong|identit(?:y|ies)\b.{0,60}\b(?:stolen|false|misused))",
        ),
    ),
    "no ethical approval": (
        _given(
            rf"(?:{_NOTHING})[^.;]{{0,90}}?(?:{_ETHICS})[^.;]{{0,60}}?(?:{_APPROVAL})"
            rf"|(?:{_NOTHING})[^.;]{{0,60}}?(?:{_APPROVAL})[^.;]{{0,60}}?(?:{_ETHICS}|committee|board)"
            rf"|(?:{_ETHICS})[^.;]{{0,60}}?(?:{_APPROVAL})[^.;]{{0,60}}?(?:{_NOTHING})"
            rf"|(?:{_ETHICS})[^;]{{0,90}}?(?:{_NOTHING})[^.;]{{0,40}}?(?:{_APPROVAL})"
            rf"|(?:{_APPROVAL})[^.;]{{0,60}}?(?:{_ETHICS}|committee|board)[^.;]{{0,60}}?(?:{_NOTHING})"
        ),
        _given(
            r"\b(?:no|without|before) (?:\w+ ){0,2}?approval (?:\w+ ){0,6}?(?:obtained|animals?|patients?|committee)"
        ),
    ),
}
_NO_EVIDENCE = expression(
    r"\b(?:no|not|nor|never|any) (?:\w+ ){0,4}(?:evidence|found|indication|sign|proof|suspicion|suggest\w*)"
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
    r"\b(?:den(?:y|ies|ied)|reject(?:s|ed)? the|insist\w*|bestreite\w*|nie(?:ga|gan|nt|ent)|contest\w*"
    r"|zaprzecz\w*|отриц\w+)\b"
    r"[^.;]{0,120}$|\b(?:not|never|rather than|nothing to do with|other than) (?:been |involve |amount to "
    r"|constitute "
    r"|a case of |because of |due to )?$",
    re.IGNORECASE,
)
_RULES = expression(
    r"\bconditions? of (?:submission|publication|\w+ for publication)|\bcondition of publication that|\bstrictly"
    r" (?:forbidden|prohibited)|\bif (?:plagiarism|fabricat|any)|\bauthors (?:agree|must|declare|are required)\b"
    r"|\b(?:see|read|found (?:at|on|in)|available (?:at|on)|information on) [^.]{0,80}\bpolic(?:y|ies)\b"
    r"|\b(?:all|every) (?:submissions?|manuscripts?|articles?) (?:is|are|must|will)\b|\bzero[- ]tolerance"
    r"|\bmust be (?:reported|obtained|declared)|\bon the understanding that",
    re.IGNORECASE,
)
"""The rules of a journal, which say what is forbidden and not what was done."""
_NOT_TICKED = expression(r"(?:\[\s?\]|[☐□○])[^\[\]☐☑☒□○✓✔]{0,200}")
_CLAUSES = expression(r";\s|\s(?:but|however|although|though|while|whereas)\s|[。；]")
_CITATION = expression(r"\([^();]{0,120};[^()]{0,120}\)")
_ADDRESS = expression(r"https?://[!-~]+|10\.[0-9]{4,9}/[!-~]+")


def reasons(sentences: Iterable[str], title: str = "") -> tuple[str, ...]:
    """Return why, in fixed short words; `title` is the article's, whose words are not the notice's."""
    clauses = [clause for sentence in sentences for clause in _clauses(sentence, title)]
    given = [reason for reason in _REASONS if any(_gives(reason, clause) for clause in clauses)]
    if {"plagiarism", "duplicate publication"} <= set(given) and not any(map(_names_duplicate, clauses)):
        given.remove("duplicate publication")  # what had been published before is another's work
    return tuple(given)


def _names_duplicate(clause: str) -> bool:
    """Tell whether a clause calls the publication a duplicate by name."""
    return _says(_REASONS["duplicate publication"][0], clause, is_lack=False)


def _clauses(sentence: str, title: str) -> Iterator[str]:
    if _RULES.search(sentence):
        return
    words = _CITATION.sub(" ", _NOT_TICKED.sub(" ", _ADDRESS.sub(" ", sentence)))
    place = words.casefold().find(title.casefold()) if len(title) > 11 else -1
    if place >= 0:
        words = f"{words[:place]} {words[place + len(title) :]}"
    yield from _CLAUSES.split(words)


def _gives(reason: str, clause: str) -> bool:
    if reason == "image manipulation":
        clause = _OF_DATA.sub(" ", clause)  # fabricated data are no manipulated images
    return any(_says(given, clause, is_lack=reason.startswith("no ")) for given in _REASONS[reason])


def _says(given: _Given, clause: str, *, is_lack: bool) -> bool:
    found = list(takewhile(bool, (pattern.search(clause) for pattern in given.words)))
    if len(found) < len(given.words) or (given.unless is not None and given.unless.search(clause)):
        return False
    if is_lack:
        return True
    last = max(part.start() for part in found if part is not None)
    return _NO_EVIDENCE.search(clause) is None and _DENIED.search(clause[max(0, last - 160) : last]) is None

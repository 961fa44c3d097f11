# ruff: noqa: RUF001 - letters of other scripts are meant
"""The ways in which one clause of a notice gives a reason: what was done, and to what."""

import re
from dataclasses import dataclass
from functools import cache

from watermark.notice.extraction import reason_words as words
from watermark.runtime.expressions import expression


@dataclass(frozen=True, slots=True)
class Given:
    """One way to give a reason: expressions that all are found in one clause, and words that speak against it.

    The last expression is the deed. A clause that denies it does not give the reason, unless the deed is that something
    was not done (`is_lack`).
    """

    words: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None
    is_lack: bool


@cache
def _shared(pattern: str) -> re.Pattern[str]:
    """Return an expression that all reasons with these words have in common, so that it is compiled once."""
    return expression(pattern, re.IGNORECASE)


def _given(*patterns: str, unless: str = "", is_lack: bool = False) -> Given:
    """Return one way, of words, and of those that speak against it."""
    return Given(tuple(map(_shared, patterns)), _shared(unless) if unless else None, is_lack)


REASONS: dict[str, tuple[Given, ...]] = {
    "image duplication": (
        _given(
            words.IMAGES,
            r"duplicat|re-?us(?:e|ing)|recycl|republish|used (?:again|to represent)|overlap|identical(?!ly)"
            r"|repeated (?:within|across|several times)|(?:rotated|mirrored|flipped|cropped|shifted"
            r"|exact) (?:cop|version)|\bcop(?:y|ies) of|indistinguishable|mirror images?|repeat(?:ed"
            r"|ing) (?:\w+ )?(?:elements|areas|regions|features|patterns)"
            r"|doppelt verwendet|mehrfach verwend|wiederverwend|dupliz|doublett|identisch|überlapp|réutilis"
            r"|dupliqu|duplication|identiques?|chevauch"
            r"|repetid[oa]s?\b|ripetut|wiederholt (?:verwend|gezeigt)|duplicad|duplicac|reutiliz|idéntic"
            r"|idênti|solap|sobrepos|riutilizz|duplicazion|identic[hia]|sovrappon|powiel|duplik|identyczn"
            r"|powtórzon|pokrywa"
            r"|дублир|идентичн|повторн|одинаков|совпада|重复|重複|雷同|相同|一致|流用|使い回|同一|중복|재사용|동일",
            unless=r"\bnoise\b",
        ),
        _given(
            words.IMAGES,
            r"\b(?:same|identical|one) (?:[\w-]+ ){0,5}?as\b|\b(?:is|are|look|looks|be) (?:\w+ )?the same\b"
            r"|\b(?:used|shown|shows?|presented|published|printed|appears?|appeared|occurs?"
            r"|included) (?:\w+ ){0,3}?"
            r"(?:twice|(?:two|three|four|several) times|more than once|repeatedly|again|in two|in both)\b"
            rf"|\b(?:same|identical) (?:\w+ ){{0,3}}?{words.SHOWN}\b.{{0,80}}?\b(?:twice|two|both|three"
            rf"|several|different|again|to represent|as)\b"
            rf"|\b(?:show|depict|represent|contain|display|are|is"
            rf"|present)\w* (?:one and )?the same (?:\w+ ){{0,3}}?{words.SHOWN}\b"
            rf"|\b(?:one|a single) (?:\w+ )?{words.SHOWN} (?:\w+ ){{0,3}}?(?:for|to|in"
            rf"|as) (?:\w+ ){{0,2}}?(?:two|three|several|different|both)\b"
            r"|\bsame (?:\w+ ){0,2}?(?:image|picture|photo\w*|\w*micrograph|blot|band|panel|gel|field)s?\b"
            r"|\b(?:had|has|have) (?:already |also |previously |been ){1,3}(?:published|appeared|shown|printed|used)"
            r"|\b(?:was|were) (?:already|previously) (?:shown|used|published|printed)|\balso (?:appear"
            r"|publish)\w*|\bappear\w* (?:also|again|in (?:an|another|two|several|other))"
            r"|\b(?:previously|earlier) (?:published|appeared)|\b(?:taken|come|comes|came|originate[sd]?"
            r"|derived?|stem|drawn) from (?:\w+ ){0,2}?(?:unrelated|another|an? different|different|earlier"
            r"|previous|other|older) (?:\w+ ){0,2}?(?:experiments?|articles?|papers?|publications?|stud(?:y"
            r"|ies)|works?|figures?)\b"
            r"|mehrfach (?:gezeigt|abgebildet)|zweimal|deux fois|dos veces|due volte|duas vezes|dwukrotnie"
            r"|дважды|两次|二回|두 번",
            unless=r"\bdata shown\b|\bfigure legends?\b|\bsame (?:work|experiments|papers?|articles?|study"
            r"|manuscript|tables|results|text)\b",
        ),
        _given(words.IMAGES, words.SAME_SHOWN),
    ),
    "image manipulation": (
        _given(
            words.IMAGES,
            r"manipul(?!ated variable)|fabricat|falsif|made[- ]up|invented"
            r"|inappropriately (?:\w+ )?(?:edited|altered|processed|modified|adjusted|changed)|photoshop"
            r"|image[- ]editing"
            r"|retouch|doctored|tamper|\balter(?:ed|ations?|ing)\b|\bedited\b|digital(?:ly)? (?:alter|edit"
            r"|modif|enhanc|insert|remov|eras|manip|process|chang|chang)"
            r"|\bsplic|\b(?:cop(?:y|ied|ying)|cut(?:ting)?) and past(?:ed?|ing)|\bpasted\b"
            r"|cloned?\b(?! (?:into|in) (?:the |a )?(?:vector|plasmid))|\berased?\b|\berasure|blurred out"
            r"|darkened|lightened|reassembled|inappropriate(?:ly)? (?:image )?(?:process|handl|edit|manip)"
            r"|\b(?:moved|transferred) (?:\w+ )?from (?:one|another)|\binserted\b|ingerencj|painted (?:over"
            r"|out|in)|\bcomposit(?:e|ed|es)\b"
            r"|(?:removed|deleted)\b.{0,40}\b(?:inserted|added|others|from (?:lane|the (?:blot|image|picture"
            r"|gel|figure)))|\b(?:inserted|added) (?:\w+ ){0,3}?(?:to|into|in) (?:the |a )?(?:\w+ )?(?:image"
            r"|blot|gel|picture|figure|photo|micrograph)"
            r"|\b(?:contrast|brightness)\b.{0,40}\b(?:adjust|chang|alter|invert|enhanc|increas)\w*|\bdiscontinuit\w+"
            r"|bearbeitet|verfälscht|retuschiert|digital\w* (?:verändert|bearbeit)|nachträglich \w*"
            r"|hineinkopiert|zusammengesetzt|eingefügt|montiert|bildmanip|truqu|trafiqu|(?:effacé|altéré"
            r"|modifié)e?s?\b|montage"
            r"|alterad|alteraci|trucad|retocad|borrad|modificad[ao]s? digital|alterat|alterazion|manipolat"
            r"|manipolazion|ritoccat|contraffatt|cancellat|adulterad|adulteraç|editad[ao]s|sfałszow"
            r"|przerobion|zmanipul|wklejon|retuszow|zmienion\w* cyfrowo|манипул|ретуш"
            r"|фальсиф|цифров\w+ обработ|обработан\w* в|смонтир|склеен|вклеен|монтаж|подделан|отредактир|篡改"
            r"|操纵|造假|伪造|拼接|修图|人为(?:修改|处理)|改ざん|改変|加工|操作|切り貼り|合成|조작|변조|편집|합성|변형",
            unless=r"\bimage analysis software\b|\bmanipulated variable\b|\bgenetic manipul|\blegends?\b",
        ),
        _given(r"\b(?:undeclared|undisclosed|unmarked|unindicated) (?:image )?(?:splic|manipul)\w*"),
    ),
    "plagiarism": (
        _given(
            r"(?<!self-)\bplagi(?!o[a-zà-ÿ])\w*|\bplági|плагиат|抄袭|剽窃|抄襲|剽竊|표절|盗用"
            r"|盗作|無断(?:転載|引用)|некорректн\w+ заимствовани|неправомерн\w+ заимствовани"
        ),
        _given(
            words.OF_ANOTHER,
            words.TAKEN,
            words.UNCREDITED,
            unless=rf"{words.OWN}|\bpermission (?:from|of|to)\b.{{0,40}}\bobtained",
            is_lack=True,
        ),
        _given(
            words.TAKEN,
            words.UNCREDITED,
            unless=rf"{words.OWN}|{words.IMAGES}|\b(?:did not|not|nor) (?:\w+ )?mention(?:ed)? (?:that|in)\b",
            is_lack=True,
        ),
        _given(
            words.OF_ANOTHER,
            r"\b(?:copied|lifted|stolen|appropriated|plundered|verbatim|word for word|word by word"
            r"|passed off|presented|abgeschrieben|copié|recopié|copiad|copiat|przepisan|переписан|списан)\w*",
            unless=rf"{words.OWN}|{words.IMAGES}|\bcop(?:y|ied) (?:wrong|incorrect)|\bpresented (?:in|at|here|data"
            rf"|the data)\b",
        ),
        _given(
            r"\bas (?:his|her|their|its) own\b|\bals (?:seine|ihre|eigene)\w* (?:eigene\w*)?\b|\bcomme (?:sien"
            r"|siens|le sien)",
            words.OF_ANOTHER,
        ),
    ),
    "duplicate publication": (
        _given(
            r"\b(?:duplicate|redundant|dual|double|multiple|repeat(?:ed)?|parallel|prior|duplicative"
            r"|simultaneous) ?(?:\((?:duplicate|redundant)\))?"
            r" (?:publication|publishing|submission)|\bduplication of (?:an|the|another|our"
            r"|its) (?:\w+ )?(?:article|paper)"
            r"|\bpreviously published elsewhere|\bself-plagiari|\bduplicate (?:copy |version )?of (?:an?|the"
            r"|another|our|its) (?:\w+ ){0,2}(?:article|paper|chapter|work|one|manuscript)"
            r"|\b(?:doppel|mehrfach|zweit)(?:publikation|veröffentlichung|einreichung)"
            r"|\bpublicaci[oó]n (?:duplicada|redundante"
            r"|doble|múltiple|previa)|\bpublication (?:double|redondante|en double|multiple|antérieure)"
            r"|\bdouble(?: emploi|s? publications?)|\bpubblicazion[ei] (?:duplicat[ae]|doppi[ae]"
            r"|ridondant[ei]"
            r"|multipl[ae])|\bdoppia pubblicazione|\bpublicação (?:duplicada|redundante|dupla|múltipla"
            r"|em duplicidade)|\bduplicidade|\b(?:podwójn|wielokrotn|powtórn)\w+ publikacj\w+"
            r"|\bpublikacj\w+ (?:podwójn|wielokrotn|powtórn|zduplikowan)\w+"
            r"|\bautoplagiat|\bautoplagi|самоплагиат|дублирующ\w+ публикаци|дублировани\w+ (?:публикаци|стат"
            r"|издани)|(?:двойн|повторн|множественн)\w+ публикаци"
            r"|一稿多投|一稿两投|一稿兩投|重复发表|重复出版|重複發表|重复刊登|二重投稿|二重出版|二重発表|二重掲載|重複(?:投稿|出版|掲載|発表)"
            r"|(?:중복|이중) ?(?:게재|출판|투고|발표)"
        ),
        _given(
            rf"\b(?:this|the|same|whole|entire|it|its|parts?|most|much) (?:[\w-]+ ){{0,3}}?(?:(?:of )?(?:this"
            rf"|the|it) (?:\w+ )?)?(?:{words.WORKS}\b)?[^.;]{{0,60}}?\b(?:has|had|have|was|were|is)"
            r"(?: \w+ly| already| earlier| been| since| first| also){0,4} (?:in print|published|appeared"
            r"|printed|issued|presented)\b",
            words.AGAIN,
            unless=rf"\b(?:data|version|concern|notice|correction|in error|by mistake|online|preprint|by others"
            rf"|corrigend\w+|errat\w+)\b|{words.IMAGES}",
        ),
        _given(
            r"\b(?:same|identical) (?:[\w-]+ ){0,3}?(?:articles?|papers?|study|studies|manuscripts?|works?"
            r"|reports?|chapters?|texts?|experiments|contents?|material|case|essay|research|project|trial"
            r"|cohort|patients|results|data|data ?sets?|findings|tables?|table|observations|conclusions)\b",
            words.PUBLISHED,
            r"\b(?:already|previously|elsewhere|twice|before|earlier|simultaneously|also|another|a second"
            r"|second|other|in (?:19|20)[0-9]{2}|by (?:the|these) (?:same )?(?:authors?|team|group)"
            r"|authors (?:\w+ ){0,2}?(?:have|had|has)|two|both|again)\b",
            unless=rf"\b(?:error|mistake|correction)\b|{words.PICTURES}",
        ),
        _given(
            r"\b(?:authors?|they|he|she|we) (?:had|have|has) (?:\w+ ){0,2}?(?:already |previously |earlier "
            r"|also |before )?(?:published|submitted|printed|reported|presented) (?:[\w-]+ ){0,3}?(?:it|this"
            r"|same|most|much|large parts|parts|article|paper|work|study|manuscript|identical|results"
            r"|findings)\b",
            rf"{words.AGAIN}|\bin (?:19|20)[0-9]{{2}}\b",
            unless=rf"\b(?:correction|notice|corrigendum|erratum|error)\b|{words.PICTURES}",
        ),
        _given(
            words.WORKS,
            r"\b(?:published|printed|appeared|issued|publié|publicad[oa]|pubblicat[oa]|opublikowan\w*"
            r"|wydrukowan\w*|опубликован\w*|veröffentlicht|publiziert|erschienen|gedruckt)\b[^.;]{0,30}"
            r"(?:\btwice|\b(?:in|by) two (?:\w+ )?(?:issues|journals|volumes|publishers|periodicals)"
            r"|\bin both|\bzweimal|\bdoppelt|\bdeux fois|\bdos veces|\bdue volte|\bduas vezes|\bdwukrotnie"
            r"|\bдважды|\bin zwei\b|\ben dos revistas|\bin due riviste|\bem dois|\bw dwóch|\bв двух)"
            r"|\b(?:submitted|under (?:consideration|review)|sent|accepted) (?:\w+ ){0,6}?(?:to |by |with "
            r"|at |in )?(?:two|another|a second|a different|elsewhere|both)\b[^.;]{0,60}\b(?:journals?"
            r"|published|publisher)",
            unless=words.PICTURES,
        ),
        _given(
            words.OWN,
            r"\b(?:contents?|results|findings|case|data)\b.{0,60}\b(?:already|previously|earlier"
            r"|before)\b.{0,20}\b(?:reported|published|described|presented)\b"
            r"|\b(?:published|reported) (?:before|earlier) (?:by|in)\b",
            unless=rf"\b(?:error|mistake|correction|notice)\b|{words.IMAGES}",
        ),
        _given(
            words.SAME_ARTICLE,
            words.TWO_PLACES,
            unless=words.PICTURES,
        ),
        _given(
            words.OWN,
            r"\b(?:reus\w+|re-us\w+|repeats?(?! data)|recycl\w+|republish\w*|duplicat\w*|verbatim"
            r"|word for word|copied|same(?! (?:\w+ )?(?:authors?|group|team|laboratory))|identical"
            r"|most of the|large parts|substantial parts|much of)\b",
            rf"\b(?:earlier|previous(?:ly)?|prior|published|already|another|older"
            rf"|former) (?:[\w-]+ ){{0,3}}?{words.WORKS}\b|\b{words.WORKS}\b.{{0,40}}\bpublished\b",
            unless=rf"\b(?:error|mistake)\b|{words.IMAGES}",
        ),
        _given(
            rf"\b{words.WORKS}\b.{{0,240}}\b(?:duplicates|repeats|(?:essentially|substantially|nearly"
            rf"|almost) (?:identical"
            rf"|the same))\b.{{0,120}}\b{words.WORKS}\b",
            unless=rf"{words.IMAGES}|{words.UNCREDITED}",
        ),
        _given(
            r"\b(?:published|veröffentlicht|publiée?s?|publicad[oa]s?|pubblicat[oaie]|opublikowan\w*|опубликован\w*)\b"
            r"[^.;]{0,40}\b(?:substantially|essentially|nearly|virtually|weitgehend|essentiellement|esencialmente"
            r"|sustancialmente|sostanzialmente|essencialmente|substancialmente|niemal|практически) (?:in )?"
            r"(?:identi[ck]|identyczn|idénti|idênti|identisch|the same|similar form|идентичн)",
            unless=r"\b(?:data|images?|figures?|panels?|tables?|dati|datos|dados|immagini)\b",
        ),
        _given(
            r"\b(?:powtórzenie|powtarza)\b.{0,40}\b(?:artykułu|pracy|publikacji)|\b(?:wcześniej|uprzednio"
            r"|już)\b.{0,30}\b(?:opublikowan|ogłoszon|wydan|ukazał)\w*"
            r"|\b(?:zuvor|bereits|schon)\b.{0,80}\b(?:veröffentlicht|publiziert|erschienen)\b"
            r"|\b(?:déjà|précédemment|antérieurement)(?: \w+){0,2} (?:publiée?|parue?)\b|\b(?:publicado"
            r"|publicada) (?:previamente|anteriormente)"
            r"|\bya (?:se )?(?:había|fue|ha|habían|estaba)(?: sido)? (?:publicad[oa]|aparecido)"
            r"|\bgià (?:stat[oa] )?(?:pubblicat[oa]|apparso|uscito)"
            r"|\bjá (?:havia|tinha|fora|foi)?(?: sido)? ?publicad[oa]"
            r"|\bранее (?:\w+ )?(?:уже )?опубликован\w*|\b(?:уже|ранее)\b.{0,30}\b(?:опубликован|публиковал|издан)\w*"
            r"|(?:既に|すでに|先に|以前)[^。]{0,30}(?:掲載|発表|公表|出版)|已[^。，]{0,25}(?:发表|刊登|出版|刊发)|이미[^.]{0,30}(?:발표|게재"
            r"|출판)|(?:발표|게재)된 바",
            unless=rf"\b(?:korrektur|erratum|hinweis|erklärung|bedenken|preprint|online|berichtigung|correction"
            rf"|rectificati\w+|correcci[oó]n|corre[çc]ão|correzione|errata|sprostowani\w*|исправлени\w*)\b|訂正"
            rf"|更正|정정|{words.IMAGES}",
        ),
    ),
    "data fabrication": (
        _given(
            r"\b(?:falsified|falsification|made up|invented|(?:is|was|are"
            r"|were) (?:an? )?(?:\w+ )?(?:invention|fabrication|forgery|fiction|hoax))\b",
            unless=rf"{words.IMAGES}|{words.REVIEWERS}|{words.REVIEW}|{words.ETHICS}"
            r"|\bmade up (?:of|from)\b|\breviews?\b",
        ),
        _given(
            r"\bnever existed\b|\b(?:did not take|never took|had not taken) place\b"
            r"|\bhad never been (?:carried out|performed|conducted|held|made)\b|\b(?:was"
            r"|were) never (?:carried out|performed|conducted|held)\b|\bnone of .{0,60}\b(?:was|were|had"
            r"|has) ever\b",
            unless=rf"{words.REVIEWERS}|{words.REVIEW}|{words.ETHICS}|\b(?:randomi\w+|blinding|controls?|meeting"
            rf"|discussion|raw|original|calibrat\w*)\b",
            is_lack=True,
        ),
        _given(
            words.DATA,
            r"\b(?:not|never) (?:\w+ )?(?:genuine|real|authentic)\b(?! (?:diff|eff|impro|chan))",
            is_lack=True,
        ),
        _given(words.DATA, words.UNTRUE, unless=rf"{words.REVIEWERS}|{words.REVIEW}"),
        _given(words.DATA, words.MADE_BY_MACHINE, unless=r"\b(?:simulation study|error|mistake|bug)\b"),
        _given(
            words.DATA,
            r"\bnot (?:\w+ ){0,2}?(?:measured|observed|recorded|collected"
            r"|obtained)\W{1,3}but (?:\w+ ){0,2}?(?:generated|made|drawn|created|calculated|simulated|computed"
            r"|produced|written)",
            is_lack=True,
        ),
        _given(
            r"\b(?:data|results|values|numbers|daten|datos|données|dati|dados|dane|danych"
            r"|данн\w+)\b[^;,]{0,60}?manipul\w*|\bmanipul\w* (?:\w+ ){0,2}?(?:data|results|values|numbers"
            r"|daten|datos|données|dati|dados|danych|данны\w*)\b|数据操纵|데이터 ?조작",
            unless=words.IMAGES,
        ),
        _given(
            r"\b(?:animals|mice|mouse|rats|patients?|participants?|subjects?|respondents?|samples?"
            r"|specimens?|documents?|survey|study|trial|experiments?|measurements?|interviews?|tests?"
            r"|observations|data|results|people|persons|site|patienten|probanden|versuche|tiere"
            r"|patients|entretiens|enquête|expériences?|mesures|essais?|pacientes|encuestas?|experimentos?"
            r"|mediciones|entrevistas|ensayo|pazienti|esperimenti|misure|sondaggio|interviste|medições"
            r"|ensaio|pesquisa|pacjen\w+|badani\w+|pomiar\w+|doświadczeni\w+"
            r"|пациент\w+|эксперимент\w*|опыт\w*|измерени\w+|исследовани\w+|опрос\w*)\b|实验|患者|样本|病例|問卷|问卷|调查"
            r"|実験|症例|測定|調査|실험|환자|조사|측정",
            r"\b(?:never (?:\w+ ){0,2}?(?:existed|lived|performed|carried out|conducted|made|done|taken"
            r"|took place|held|collected|measured|enrolled|recruited|happened|interviewed|examined|treated)"
            r"|(?:did|do|does|could) not (?:\w+ )?(?:exist|take place)|non-?existent|existed only on paper"
            r"|(?:had|has|have|was|were) not (?:in fact |actually |really |ever |been ){0,3}(?:performed"
            r"|carried out|conducted|obtained from)\b(?! (?:\w+ly|in|under|with|as|accord\w*|by|on|blind\w*"
            r"|at|for|because|again|to|well|using|twice)\b)"
            r"|no (?:\w+ ){1,4}?(?:had|have|has|was|were) (?:ever )?(?:been )?(?:enrolled|recruited|examined"
            r"|interviewed|made|performed|carried out|conducted|done)\b(?! (?:in|with|by|for|on|at)\b)"
            r"|cannot have been|not (?:\w+ )?(?:obtained from|based on|come from"
            r"|the result of) (?:\w+ ){0,2}?(?:real|actual|genuine|any)"
            r"|nie(?:mals)? (?:\w+ )?(?:gegeben|stattgefunden|durchgeführt|existiert)|(?:nicht"
            r"|nie) (?:tatsächlich )?(?:durchgeführt|stattgefunden|existier\w+)|jamais (?:\w+ )?(?:été|exist"
            r"|eu lieu)|n['\u2019](?:ont|a) (?:jamais|pas) (?:été )?(?:effectué|réalisé|mené|existé)"
            r"|n['\u2019]existai\w+"
            r"|nunca (?:se |fueron |fue |foram |foi |existi)\w*|no (?:existían|existieron|se realizaron"
            r"|se llevaron)|mai (?:stat[iaoe] |esistit|avvenut|svolt)\w*|non (?:esiste\w+"
            r"|sono (?:mai )?stat[ie] (?:eseguit|effettuat|svolt|condott))\w*|não (?:existiam|existem"
            r"|foram realizad)\w*"
            r"|nigdy nie|nie (?:istnie\w+|przeprowadzono|wykonano|został\w* (?:wykonan|przeprowadzon)\w*)"
            r"|никогда не|не (?:проводил\w*|существ\w+|выполнял\w*|был\w* (?:проведен|выполнен)\w*))"
            r"|(?:并未|从未|未曾|没有|未实际)(?:进行|开展|做|存在)|行な?われて(?:いな|おら)|実施されて(?:いな|おら)|存在しな|実在しな|(?:수행|실시|진행)(?:되지"
            r"|하지) (?:않|못)|존재하지",
            unless=r"\b(?:raw|original|underlying|primary|reviewers?|referees?|controls?|e-?mail|blind\w*|ethic\w*"
            r"|consent|approv\w*|licen[cs]e\w*)\b|伦理|倫理|윤리|承認|审批|동의|同意",
            is_lack=True,
        ),
        _given(
            r"\b(?:fabrication|falsification) (?:and|or|and/or|,) (?:fabrication|falsification)\b"
            r"|\b(?:fabrication|fabricat\w+) of (?:the |an? )?(?:document|transcription|source|record|evidence"
            r"|case)"
        ),
    ),
    "compromised peer review": (
        _given(words.REVIEW, words.MEDDLED),
        _given(words.REVIEWERS, words.FALSE_PERSONS),
        _given(
            words.REVIEWERS,
            words.NOT_REAL,
            unless=r"\breview(?:ed|er)?s? (?:article|paper|the (?:revis|correct))",
            is_lack=True,
        ),
        _given(
            rf"(?:{words.DOUBTED})[^.;]{{0,90}}?(?:of|in|with|about|regarding|over|on|and|,|к|в|的|の|an|am"
            rf"|zur?|sur|dans|sobre|en|su|no|na|do) (?:\w+ ){{0,4}}?(?:{words.REVIEW})"
            r"|\b(?:credible|genuine|independent|proper|real|impartial|fair|honest) (?:peer[- ]?review"
            r"|evaluation|refereeing)"
            rf"|(?:{words.REVIEW})[^。]{{0,12}}(?:信頼|公正|疑|诚信|신뢰)",
            r"\b(?:no longer|not|without|lost|lack\w*|loss|concerns?|doubts?|compromis\w*|undermin\w*"
            r"|question\w*|irregularities|(?:problems?|issues?) (?:with|in|concerning|regarding|about)"
            r"|zweifel\w*|keine?n?|doutes?|dudas?|dubbi|dúvidas?|wątpliwości|сомнени\w+|ne|no|non|não|nie"
            r"|не)\b|怀疑|疑|없|의심|失",
            unless=r"\bno (?:concerns?|doubts?|reason|question)\b|\b(?:during|found (?:in|by)|raised (?:in|by"
            r"|during)|identified (?:in|by|during)|detected (?:in|by|during)) (?:\w+ )?(?:peer|review)"
            r"|\bnot (?:in (?:doubt|question)|affected)",
            is_lack=True,
        ),
        _given(
            r"\breports?\b|\breviews?\b|\baccounts?\b|\beditors?\b",
            r"\b(?:accounts? (?:\w+ ){0,4}?(?:controlled|created|operated|opened|set up) by (?:the|an?|one"
            r"|some) (?:\w+ )?authors?|review(?:ed|ing)? (?:his|her|their|its) own (?:book|paper|article"
            r"|manuscript|chapter|work|submission)s?|(?:handled|reviewed|accepted) (?:\w+ ){0,3}?(?:papers"
            r"|articles|manuscripts|submissions?) of (?:his|her|their) own)",
        ),
    ),
    "no ethical approval": (
        _given(
            rf"(?:{words.NOTHING})[^.;]{{0,90}}?(?:{words.ETHICS})[^.;]{{0,60}}?(?:{words.APPROVAL})"
            rf"|(?:{words.NOTHING})[^.;]{{0,60}}?(?:{words.APPROVAL})[^.;]{{0,60}}?(?:{words.ETHICS}|committee|board)"
            rf"|(?:{words.ETHICS})[^.;]{{0,60}}?(?:{words.APPROVAL})[^.;]{{0,60}}?(?:{words.NOTHING})"
            rf"|(?:{words.ETHICS})[^;]{{0,90}}?(?:{words.NOTHING})[^.;]{{0,40}}?(?:{words.APPROVAL})"
            rf"|(?:{words.APPROVAL})[^.;]{{0,60}}?(?:{words.ETHICS}|committee|board)[^.;]{{0,60}}?(?:{words.NOTHING})"
            r"|\b(?:no|without|before) (?:\w+ ){0,2}?approval (?:\w+ ){0,6}"
            r"?(?:obtained|animals?|patients?|committee)",
            unless=r"\beditorial board\b|\bintegrity (?:board|committee|office)\b",
            is_lack=True,
        ),
        _given(rf"\bno (?:\w+ )?(?:{words.ETHICS}) (?:committee|board|panel)", is_lack=True),
        _given(words.ETHICS_APPROVAL, words.NOTHING, is_lack=True),
        _given(
            words.ETHICS,
            r"\b(?:statement|number|approval|application|certificate|protocol|document|votum|référence|número"
            r"|protocollo)s?\b|番号|編号|编号|번호|批件|承認",
            words.ETHICS_IS_FALSE,
            is_lack=True,
        ),
    ),
}

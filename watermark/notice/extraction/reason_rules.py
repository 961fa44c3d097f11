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
    was not done (`is_lack`). Where `before` is given, the clause in front has to have it.
    """

    words: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None
    is_lack: bool
    before: re.Pattern[str] | None


@cache
def shared(pattern: str) -> re.Pattern[str]:
    """Return an expression that all reasons with these words have in common, so that it is compiled once."""
    return expression(pattern, re.IGNORECASE)


def given(*patterns: str, unless: str = "", is_lack: bool = False, before: str = "") -> Given:
    """Return one way, of words, of those that speak against it, and of those in front."""
    against, front = (shared(one) if one else None for one in (unless, before))
    return Given(tuple(map(shared, patterns)), against, is_lack, front)


IMAGE_DUPLICATION: tuple[Given, ...] = (
    given(
        words.IMAGES,
        r"duplicat|re-?us(?:e|ing)|recycl|\b(?:were|was|been) republish(?!ed (?:in its|with|today|here))|used (?:again"
        r"|to represent)|overlap"
        r"|identical(?!ly)"
        r"|repeated (?:within|across|several times)|(?:rotated|mirrored|flipped|cropped|shifted"
        r"|exact) (?:cop|version)|\bcop(?:y|ies) of (?:\w+ ){0,2}?(?:it|each|one|another|an?|the same|those|that"
        r"|panels?|images?|bands?|lanes?|blots?|figures?|fig|cells|photo\w*|\w*micrographs?|pictures?)\b"
        r"|indistinguishable|mirror images?|repeat(?:ed"
        r"|ing) (?:\w+ )?(?:elements|areas|regions|features|patterns)"
        r"|doppelt verwendet|mehrfach verwend|wiederverwend|dupliz|doublett|identisch|überlapp|réutilis"
        r"|dupliqu|identiques?|chevauch"
        r"|repetid[oa]s?\b|ripetut|wiederholt (?:verwend|gezeigt)|duplicad|duplicac|reutiliz|idéntic"
        r"|idênti|solap|sobrepos|riutilizz|duplicazion|identic[hia]|sovrappon|powiel|duplik|identyczn"
        r"|powtórzon|pokrywa"
        r"|дублир|идентичн|повторн|одинаков|совпада|重叠|重复|重複|雷同|相同|一致|流用|使い回|同一|중복|재사용|동일",
        unless=r"\bnoise\b",
    ),
    given(
        words.IMAGES,
        r"\b(?:same|identical|one) (?:[\w-]+ ){0,5}?as\b|\b(?:is|are|look|looks|be) (?:\w+ )?the same\b"
        r"|\b(?:used|shown|shows?|presented|published|printed|appears?|appeared|occurs?"
        r"|included) (?:\w+ ){0,3}?"
        r"(?:twice|(?:two|three|four|several) times|a (?:second|third) time|more than once"
        r"|repeatedly|again|in two|in both)\b"
        rf"|\b(?:same|identical) (?:\w+ ){{0,3}}?{words.SHOWN}\b.{{0,80}}?\b(?:twice|two|both|three"
        rf"|several|different|again|to represent|as)\b"
        rf"|\b(?:show|depict|represent|contain|display|shar|are|is"
        rf"|present)\w* (?:one and )?the same (?:\w+ ){{0,3}}?{words.SHOWN}\b"
        rf"|\b(?:one|a single) (?:\w+ )?{words.SHOWN} (?:\w+ ){{0,3}}?(?:for|to|in"
        rf"|as) (?:\w+ ){{0,2}}?(?:two|three|several|different|both)\b"
        r"|\bsame (?:\w+ ){0,2}?(?:image|picture|photo\w*|\w*micrograph|blot|band|panel|gel|field)s?\b"
        r"|\b(?:had|has|have) (?:already |also |previously |been ){1,3}(?:published|appeared|shown|printed|used)"
        r"|\b(?:had|has|have) (?:appeared|come out) (?:before|earlier|elsewhere)\b"
        r"|\b(?:was|were) (?:already|previously) (?:shown|used|published|printed)|\balso (?:appear"
        r"|publish)\w*|\bappear\w* (?:also|again|in (?:an|another|two|several|other))"
        r"|\b(?:previously|earlier) (?:published|appeared)|\b(?:taken|come|comes|came|originate[sd]?"
        r"|derived?|stem|drawn) from (?:\w+ ){0,2}?(?:unrelated|another|an? different|different|earlier"
        r"|previous|other|older) (?:\w+ ){0,2}?(?:experiments?|articles?|papers?|publications?|stud(?:y"
        r"|ies)|works?|figures?)\b"
        r"|\b(?:seen|visible|found|shown|appear\w*|present|used) (?:\w+ ){0,2}?in more than one\b|\bseen again\b"
        r"|\bcopied (?!and past)(?:\w+ ){0,2}?(?:within|between|across|several times|twice|more than once|from (?:one"
        r"|lane|panel|the same))\b"
        r"|\b(?:come|comes|came|turn|turns|turned|crop|crops|cropped|found|present|presented|shown|used|included"
        r"|printed) (?:up )?"
        r"(?:again |also |as well )?in (?:\w+ ){0,3}?(?:other|another|several|unrelated|different|two|three|both|many"
        r"|such)"
        r" (?:\w+ ){0,2}?(?:papers?|articles?|publications?|works|studies|figures?|panels?)\b"
        rf"|\bfrom (?:one(?! (?:\w+ )?\w+ (?:in)?to\b)|a single|the same) (?:and the same )?(?:\w+ )?{words.SHOWN}\b"
        r"|\b(?:crops?|parts?|sections?|regions?|areas?|details?) of (?:one|the same|a single) "
        r"|\bfig(?:ure|s)?\.? ?S?[0-9][\w,]{0,6} (?:is|are) (?:the|an?) (?:\w+ ){1,2}?(?:shown |seen )?(?:in|of) fig"
        r"|\b(?:fig(?:ure|s)?\.? ?S?[0-9]\w{0,4}|panels?|images?|bands?|blots?)[^.;]{0,40}\b(?:match(?:es|ed)?"
        r"|coincide[sd]?"
        r"|corresponds? to|reappears? in|resembl\w+) (?:[\w-]+ ){0,5}?(?:fig|panels?\b|images?\b|bands?\b|blots?\b)"
        r"|\b(?:images?|panels?|blots?|\w*micrographs?|pictures?) (?:[\w-]+ ){0,4}?used (?:[\w-]+ ){0,4}?both (?:in"
        r"|for|as)\b"
        r"|\b(?:elements|patterns?|groups?|areas|cells|parts) (?:\w+ ){0,4}?recur|\bfrom the same (?:source|original)\b"
        r"|\b(?:bands?|lanes?|panels?|images?|blots?|\w*micrographs?|photo\w*)\b[^.;]{0,40}\b(?:was"
        r"|were) (?:\w+ )?the same\b"
        r"|\bshar(?:e|es|ed|ing) (?:[\w-]+ )?(?:features|characteristics|elements|similarities) with\b"
        rf"|{words.ALIKE}"
        r"|mehrfach (?:gezeigt|abgebildet)|zweimal|deux fois|dos veces|due volte|duas vezes|dwukrotnie"
        r"|дважды|两次|二回|두 번|再使用|再利用|転用",
        unless=r"\b(?:does|do|did) not match|\bfigure legends?\b|\bsame (?:work|experiments|papers?"
        r"|articles?|study"
        r"|manuscript|tables|results|text)\b",
    ),
    given(words.IMAGES, words.SAME_SHOWN),
)

IMAGE_MANIPULATION: tuple[Given, ...] = (
    given(
        words.IMAGES,
        r"manipul(?!ated variable)|fabricat|falsif"
        r"|inappropriately (?:\w+ )?(?:edited|altered|processed|modified|adjusted|changed)|photoshop"
        r"|image[- ]editing"
        r"|retouch|doctored|tamper|\balter(?:ed|ations?|ing)\b|\bedited\b|digital(?:ly)? (?:\w+ )?(?:alter|edit"
        r"|modif|enhanc|insert|remov|eras|manip|process|chang|add|mov|past|clon|stretch|cop)"
        r"|\bsplic|\b(?:cop(?:y|ied|ying)|cut(?:ting)?) and past(?:ed?|ing)|\bpasted\b"
        r"|cloned?\b(?! (?:into|in) (?:the |a )?(?:vector|plasmid))|\berased?\b|\berasure|blurred out"
        r"|darkened|lightened|reassembled|inappropriate(?:ly)? (?:image )?(?:process|handl|edit|manip)"
        r"|\b(?:moved|transferred) (?:\w+ )?from (?:one|another)"
        r"|(?<!mistakenly )(?<!inadvertently )(?<!erroneously )(?<!accidentally )(?<!wrongly )\binserted\b"
        r"(?! (?:in error|by (?:mistake|accident|error)|mistakenly|inadvertently|accidentally))|ingerencj"
        r"|painted (?:over"
        r"|out|in)|\bcomposit(?:e|ed|es)\b"
        r"|(?:removed|deleted)\b.{0,40}\b(?:inserted|added|others|from (?:lane|the (?:blot|image|picture"
        r"|gel|figure)))|\b(?:inserted|added) (?:\w+ ){0,3}?(?:to|into|in) (?:the |a )?(?:\w+ )?(?:image"
        r"|blot|gel|picture|figure|photo|micrograph)"
        r"|(?<!when the )(?<!once the )(?<!after the )(?<!with the )\b(?:contrast|brightness)\b.{0,40}\b(?:adjust"
        r"|chang|alter|invert|enhanc|increas)\w*"
        r"|\bdiscontinuit\w+\b.{0,80}\b(?:suggest|indicat|splic|compos|consistent|insert|join)"
        r"|\b(?:cut(?: out| off)?|copied),?(?: and)?(?: then)?"
        r" (?:moved|pasted|put|inserted|flipped|rotated|mirrored|inverted|rearranged"
        r"|joined|turned)|\b(?:drawn|brushed|whited|blacked) (?:over|out|in)\b"
        r"|\bput in from\b|\b(?:assembled|composed|pieced together|constructed|combined|stitched together) from "
        r"(?:\w+ )?(?:several|different|two|separate|multiple|unrelated) (?:gels|blots|membranes|exposures)\b"
        r"|\b(?:flipped|stretched|rotated|mirrored)\b.{0,40}\b(?:put in|inserted|pasted)"
        r"|\b(?:lanes?|bands?|parts?|pieces?) (?:from|of) (?:\w+ )?(?:different|separate|several|other|unrelated"
        r"|two) (?:gels|blots"
        r"|membranes|experiments|images)\b.{0,30}\b(?:joined|combined|assembled|put together|merged)"
        r"|\b(?:incollat[aeio]|collée?s?|pegad[oa]s?|colad[oa]s?|eingeklebt\w*)\b"
        r"|\b(?:signs?|traces?|evidence) of (?:\w+ )?(?:edit|splic|tamper|past|alter|clon|cut)\w*|\bcut-and-past"
        r"|\b(?:contrast|brightness|hue|saturation)\b.{0,40}\b(?:rais|lower|reduc|remov)\w*"
        rf"|{words.CHANGED}.{{0,60}}?{words.BY_SOFTWARE}|{words.BY_SOFTWARE}.{{0,60}}?{words.CHANGED}"
        r"|bearbeitet|verfälscht|retuschiert|digital\w* (?:verändert|bearbeit)|nachträglich \w*"
        r"|hineinkopiert|zusammengesetzt|eingefügt|montiert|bildmanip|truqu|trafiqu|(?:effacé|altéré"
        r"|modifié)e?s?\b|montage"
        r"|alterad|alteraci|trucad|retocad|borrad|modificad[ao]s? digital|alterat|alterazion|manipolat"
        r"|manipolazion|ritoccat|contraffatt|cancellat|adulterad|adulteraç|editad[ao]s|sfałszow"
        r"|przerobion|zmanipul|wklejon|retuszow|zmienion\w* cyfrowo|манипул|ретуш"
        r"|фальсиф|цифров\w+ обработ|обработан\w* в|смонтир|склеен|вклеен|монтаж|подделан|отредактир|篡改|涂改|修改"
        r"|操纵|造假|伪造|拼接|修图|人为(?:修改|处理)|改ざん|改変|加工|操作|切り貼り|合成|조작|변조|편집|합성|변형",
        unless=r"\bimage analysis software\b|\bmanipulated variable\b|\bgenetic manipul|\b(?:correct|revis|edit|alter"
        r"|chang|modif"
        r"|manipul)\w* (?:\w+ ){0,3}legends?\b|\blegends? (?:\w+ ){0,4}(?:was|were|been|be)\b",
    ),
    given(r"\b(?:undeclared|undisclosed|unmarked|unindicated) (?:image )?(?:splic|manipul)\w*"),
)

DATA_FABRICATION: tuple[Given, ...] = (
    given(
        r"\b(?:made up|invented|(?:having|had|has|have) made (?:the|his|her|their|all|these|those"
        r"|some) (?:\w+ ){1,4}?up"
        r"|(?:is|was|are|were|be) (?:an? |of )?(?:\w+ )?(?:inventions?|fabrications?|forgery|forgeries|fiction"
        r"|hoax))\b",
        unless=rf"{words.PICTURES_ALTERED}|{words.REVIEWERS}|{words.REVIEW}|{words.ETHICS}"
        r"|\bmade up (?:of|from)\b|\breviews?\b|\be-?mails?\b|\baddresses\b|\b(?:invented"
        r"|fictitious) (?:co-?)?authors?\b",
    ),
    given(
        r"\b(?:falsified|falsification)\b",
        unless=rf"{words.IMAGES}|{words.REVIEWERS}|{words.REVIEW}|{words.ETHICS}"
        r"|\bmade up (?:of|from)\b|\breviews?\b",
    ),
    given(
        r"\bnever existed\b|\b(?:did not take|never took|had not taken) place\b"
        r"|\bhad never been (?:carried out|performed|conducted|held|made)\b|\b(?:was"
        r"|were) never (?:carried out|performed|conducted|held)\b|\bnone of .{0,60}\b(?:was|were|had"
        r"|has) ever\b",
        unless=rf"{words.REVIEWERS}|{words.REVIEW}|{words.ETHICS}|\b(?:reports (?:were|had|was)|reviews|accounts?"
        rf"|randomi\w+|blinding|controls?|meeting"
        rf"|discussion|raw|original|calibrat\w*)\b",
        is_lack=True,
    ),
    given(
        words.DATA,
        r"\b(?:not|never) (?:\w+ )?(?:genuine|real|authentic)\b(?! (?:diff|eff|impro|chan))",
        unless=r"\b(?:letter|certificate|approval|permit|licen[cs]e)s?\b[^.;]{0,60}\bnot",
        is_lack=True,
    ),
    given(words.DATA, words.UNTRUE, unless=rf"{words.REVIEWERS}|{words.REVIEW}"),
    given(
        words.DATA,
        rf"{words.MADE_BY_MACHINE}|{words.PEAKS_DELETED}",
        unless=r"\b(?:simulation study|error|mistake|bug)\b",
    ),
    given(
        words.DATA,
        r"\bnot (?:\w+ ){0,2}?(?:measured|observed|recorded|collected|weighed|counted"
        r"|obtained)\W{1,3}but (?:\w+ ){0,2}?(?:generated|made|drawn|created|calculated|simulated"
        r"|computed"
        r"|produced|written)",
        is_lack=True,
    ),
    given(
        r"\b(?:data|results|values|numbers|\w*(?:daten|werte?n?|reihen|ergebniss?e?n?)|datos|données|dati|dados|dane"
        r"|danych"
        r"|resultados|résultats|mesures|risultati|misure|wynik\w*|pomiar\w*"
        r"|данн\w+)\b[^;,]{0,60}?manipul\w*|\bmanipul\w* (?:\w+ ){0,2}?(?:data|results|values|numbers"
        r"|daten|datos|données|dati|dados|danych|данны\w*)\b|数据操纵|데이터 ?조작",
        unless=words.IMAGES,
    ),
    given(
        r"\b(?:animals|mice|mouse|rats|patients?|participants?|reactions|syntheses|subjects?|respondents?|samples?"
        r"|specimens?|documents?|survey|study|trial|experiments?|measurements?|interviews?|tests?"
        r"|observations|data|results|people|persons|site|patienten|probanden|versuche|untersuchung\w*|studien?"
        r"|umfrage\w*|tiere"
        r"|patients|entretiens|enquête|expériences?|mesures|essais?|pacientes|encuestas?|experimentos?"
        r"|mediciones|entrevistas|ensayo|pazienti|esperimenti|misure|sondaggio|interviste|estudio|studio|estudo|étude"
        r"|medições"
        r"|ensaio|pesquisa|pacjen\w+|badani\w+|pomiar\w+|doświadczeni\w+"
        r"|пациент\w+|эксперимент\w*|опыт\w*|измерени\w+|исследовани\w+|опрос\w*)\b|实验|患者|样本|病例|問卷|问卷|调查"
        r"|実験|症例|測定|調査|실험|환자|조사|측정",
        r"\b(?:never (?:\w+ ){0,2}?(?:existed|lived|performed|carried out|conducted|made|done|taken"
        r"|took place|held|collected|measured|enrolled|recruited|happened|interviewed|examined|treated"
        r"|filmed|photographed|sequenced|weighed|visited|excavated|sampled|grown|kept|bought|scanned|assayed|run|asked)"
        r"|(?:did|do|does|could) not (?:\w+ )?(?:exist|take place)|non-?existent|existed only on paper"
        r"|(?:had|has|have|was|were) not (?:in fact |actually |really |ever |been ){0,3}(?:performed"
        r"|carried out|conducted|obtained from)\b(?! (?:\w+ly|in|under|with|as|accord\w*|by|on|blind\w*"
        r"|at|for|because|again|to|well|using|twice)\b)"
        r"|no (?:\w+ ){1,4}?(?:had|have|has|was|were) (?:ever )?(?:been )?(?:enrolled|recruited|examined"
        r"|interviewed|made|performed|carried out|conducted|done)\b(?! (?:in|with|by|for|on|at)\b)"
        r"|cannot have been (?:made|taken|carried out|performed|conducted|collected|recorded)\b(?! (?:with|as|in"
        r"|under|at|by)\b)|not (?:\w+ )?(?:obtained from|based on|come from|correspond(?:ed)? to"
        r"|the result of) (?:\w+ ){0,2}?(?:real|actual|genuine|any)"
        r"|nie(?:mals)? (?:\w+ )?(?:gegeben|stattgefunden|durchgeführt|existiert)|(?:nicht"
        r"|nie) (?:tatsächlich )?(?:durchgeführt|stattgefunden|existier\w+)|jamais (?:\w+ )?(?:été|exist"
        r"|eu lieu)|n['\u2019](?:ont|a) (?:jamais|pas) (?:été )?(?:effectué|réalisé|mené|existé)"
        r"|n['\u2019]existai\w+"
        r"|nunca (?:se |fueron |fue |foram |foi |existi)\w*|no (?:existían|existieron|se realizaron"
        r"|se llevaron)|mai (?:stat[iaoe] |esistit|avvenut|svolt)\w*|non (?:esiste\w+"
        r"|sono (?:mai )?stat[ie] (?:eseguit|effettuat|svolt|condott))\w*|não (?:existiam|existem"
        r"|foram realizad)\w*"
        r"|nigdy|nie (?:istnie\w+|przeprowadzono|wykonano|został\w* (?:wykonan|przeprowadzon)\w*)"
        r"|никогда не|не (?:проводил\w*|существ\w+|выполнял\w*|был\w* (?:проведен|выполнен)\w*))"
        r"|(?:并未|从未|未曾|没有|未实际)(?:进行|开展|做|存在)|不存在|行な?われて(?:いな|おら)|実施されて(?:いな"
        r"|おら)|存在しな|実在しな|(?:수행|실시|진행)(?:되지"
        r"|하지) (?:않|못)|존재하지",
        unless=r"\b(?:raw|original|underlying|opini\w+|primary|reviews|reports (?:were|had|was)|peer[- ]?review\w*"
        r"|reviewers?|referees?|controls?|e-?mail|blind\w*|ethic\w*"
        r"|consent|approv\w*|licen[cs]e\w*)\b|伦理|倫理|윤리|承認|审批|동의|同意",
        is_lack=True,
    ),
)

COMPROMISED_PEER_REVIEW: tuple[Given, ...] = (
    given(
        words.REVIEW,
        rf"{words.MEDDLED}|{words.BELOW_STANDARD}|\bpaper mills?\b|\b(?:arranged|organi[sz]ed|bought|paid for|sold)\b",
    ),
    given(words.REVIEWERS, words.FALSE_PERSONS),
    given(
        words.REVIEWERS,
        words.BY_THE_AUTHORS,
    ),
    given(
        words.REVIEWERS,
        words.NOT_REAL,
        unless=r"\breview(?:ed|er)?s? (?:article|paper|the (?:revis|correct))",
        is_lack=True,
    ),
    given(
        rf"{words.REVIEW}|\bevaluation\b",
        rf"(?:{words.DOUBTED})[^.;]{{0,90}}?(?:of|in|with|about|regarding|over|on|and|,|к|в|的|の|an|am"
        rf"|zur?|sur|dans|sobre|en|su|no|na|do) (?:\w+ ){{0,4}}?(?:{words.REVIEW})"
        r"|\b(?:credible|genuine|independent|proper|real|impartial|fair|honest) (?:peer[- ]?review"
        r"|evaluation|refereeing)"
        rf"|(?:{words.REVIEW})[^。]{{0,12}}(?:信頼|公正|疑|诚信|신뢰)",
        r"\b(?:no longer|not|without|lost|lack\w*|loss|concerns?|doubts?|f[ae]ll\w* (?:beneath|below|short)"
        r"|compromis\w*|undermin\w*"
        r"|question\w*|irregularities|(?:problems?|issues?) (?:with|in|concerning|regarding|about)"
        r"|zweifel\w*|keine?n?|doutes?|dudas?|dubbi|dúvidas?|wątpliwości|сомнени\w+|ne|no|non|não|nie"
        r"|не)\b|怀疑|疑|없|의심|失",
        unless=r"\bno (?:concerns?|doubts?|reason|question)\b|\b(?:during|found (?:in|by)|raised (?:in|by"
        r"|during)|identified (?:in|by|during)|detected (?:in|by|during)) (?:\w+ )?(?:peer|review)"
        r"|\bnot (?:in (?:doubt|question)|affected)",
        is_lack=True,
    ),
    given(
        r"\breports?\b|\breviews?\b|\baccounts?\b|\beditors?\b",
        r"\b(?:(?:reports?|reviews?) (?:\w+ ){0,5}?(?:by|from|through|via) (?:(?:\w+ ){0,2}?(?:fictitious|false|fake"
        r"|invented"
        r"|fabricated|bogus|impersonated|stolen) (?:\w+ )?(?:e-?mails?|accounts?|address\w*|identit\w*|names?|persons?"
        r"|people)|(?:\w+ ){0,2}?(?:people|persons|individuals|scholars|experts)\b[^.;]{0,60}\b(?:not|never) "
        r"(?:\w+ )?exist\w*)|accounts? (?:\w+ ){0,4}?(?:controlled|created|operated|opened|set up) by (?:the|an?|one"
        r"|some) (?:\w+ )?authors?|review(?:ed|ing)? (?:his|her|their|its) own (?:book|paper|article"
        r"|manuscript|chapter|work|submission)s?|(?:handled|reviewed|accepted) (?:\w+ ){0,3}?(?:papers"
        r"|articles|manuscripts|submissions?) of (?:his|her|their) own)",
    ),
)

NO_ETHICAL_APPROVAL: tuple[Given, ...] = (
    given(
        rf"{words.ETHICS}|committee|board|approval",  # without one of these the next expression is not compiled
        rf"(?:{words.NOTHING})[^.;]{{0,90}}?(?:{words.ETHICS})[^.;]{{0,60}}?(?:{words.APPROVAL})"
        rf"|(?:{words.NOTHING})[^.;]{{0,60}}?(?:{words.APPROVAL})[^.;]{{0,60}}?(?:{words.ETHICS}|committee|board)"
        rf"|(?:{words.ETHICS})[^.;]{{0,60}}?(?:{words.APPROVAL})[^.;]{{0,60}}?(?:{words.NOTHING})"
        rf"|(?:{words.ETHICS})[^;]{{0,90}}?(?:{words.NOTHING})[^.;]{{0,40}}?(?:{words.APPROVAL})"
        rf"|(?:{words.APPROVAL})[^.;]{{0,60}}?(?:{words.ETHICS}|committee|board)[^.;]{{0,60}}?(?:{words.NOTHING})"
        rf"|(?:{words.ETHICS})[^;]{{0,200}}?\bno (?:such |\w+ )?(?:approval|permission|permit|licen[cs]e)\b"
        rf"|(?:{words.ETHICS})[^.;]{{0,60}}?\b(?:denie[sd]|negó|negou|negato|bestreitet|bestritt|nié|zaprzecz\w+"
        r"|отрица\w+)"
        rf" (?:\w+ ){{0,3}}?(?:{words.APPROVAL})"
        r"|\b(?:no|not|never|without|lack\w*|absence|fail\w*|unable|cannot)\b[^.;]{0,50}?"
        r"\b(?:ethic\w*|IRB|IACUC|(?:institutional )?review board) (?:committee |board )?review(?:ed)?\b"
        rf"|(?:{words.ETHICS})[^;]{{0,120}}?\b(?:(?:never|not) (?:\w+ ){{0,2}}?(?:receiv\w+|seen|saw|asked|consider\w*"
        r"|dealt with)"
        r"|no (?:\w+ )?record of) (?:\w+ ){0,5}?(?:protocol|application|proposal|stud(?:y|ies)|project|request"
        r"|submission|approv\w+)"
        r"|\b(?:not|never|nor|no evidence) (?:\w+ ){0,5}?(?:reviewed|vetted|examined|assessed) by (?:\w+ ){1,4}?"
        r"(?:ethic|IRB|review board|committee)"
        r"|\b(?:no|without|before) (?:\w+ ){0,2}?approval (?:\w+ ){0,6}"
        r"?(?:obtained|animals?|patients?|committee)",
        unless=r"\beditorial board\b|\bintegrity (?:board|committee|office)\b",
        is_lack=True,
    ),
    given(
        words.ETHICS,
        rf"\bno (?:\w+ )?(?:{words.ETHICS}) (?:committee|board|panel)"
        r"|(?<!\bno )(?<!further )\b(?:concerns?|questions?|doubts?)\b (?:\w+ ){0,3}?(?:about|regarding|over"
        r"|concerning) (?:\w+ ){0,3}?"
        r"(?:ethic\w*|IRB|IACUC) (?:\w+ )?approvals?\b",
        is_lack=True,
    ),
    given(
        r"\b(?:no such|never|not|neither|nor|no|weder|kein\w*|nicht|nie|aucune?|jamais|ningún|ninguna|nunca|nessun\w*"
        r"|mai|nenhuma?"
        r"|nigdy|żadn\w+)\b[^.;]{0,40}?\b(?:approval|votum|permit|licen[cs]e|approved|aprobación|approbation|avis"
        r"|approvazione|parere"
        r"|aprovação|zgod\w+|opini\w+|одобрен\w+|заключени\w+)\b"
        r"|\b(?:approval|votum|permit|aprobación|approbation|avis|approvazione|parere|aprovação|zgod\w+|opini\w+"
        r"|одобрен\w+"
        r"|заключени\w+)\b[^.;]{0,40}?\b(?:never|not|neither|weder|nicht|nie|jamais|nunca|mai|nigdy|не)\b"
        r"|(?:未|没有|并未)[^。]{0,8}(?:批准|审批)|承認[^。]{0,12}(?:ない|なかった|おらず)|승인[^.]{0,12}(?:않|없)",
        unless=r"\b(?:(?:for|to|of) (?:the )?(?:publication|publish)|final|version|reuse|co-?authors?)\b",
        is_lack=True,
        before=words.ETHICS,
    ),
    given(words.ETHICS_APPROVAL, words.NOTHING, is_lack=True),
    given(
        words.ETHICS,
        r"\b(?:statement|number|approval|application|certificate|protocol|document|votum|référence|número"
        r"|protocollo)s?\b|番号|編号|编号|번호|批件|承認",
        words.ETHICS_IS_FALSE,
        is_lack=True,
    ),
)

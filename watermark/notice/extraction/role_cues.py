# ruff: noqa: RUF001 - punctuation of other scripts is meant
"""The words in front of a DOI that show what it identifies, in English and in ten other languages.

Words of copying count in every language, so that a copied work is never taken for the article.
"""

import re

from watermark.notice.model import DoiRole
from watermark.notice.remembered import remembered
from watermark.runtime.expressions import expression

WORK = (
    r"(?:articles?|papers?|manuscripts?|chapters?|publications?|stud(?:y|ies)|reports?|letters?|reviews?|works?"
    r"|contributions?)"
)
LABELLED_AUTHORS = (
    r"(?: (?-i:[A-Z])[\w'\u2019-]+(?: et al\."
    r"|(?:, (?-i:[A-Z])[\w'\u2019-]+){0,4},? (?:and|&) (?-i:[A-Z])[\w'\u2019-]+),?)?"
)
"""The authors between the label of a notice and the title: `Retraction for Roe and Doe, “…”`."""
CUES: tuple[tuple[DoiRole, re.Pattern[str]], ...] = tuple(
    (role, expression(pattern, re.IGNORECASE))
    for role, pattern in (
        (
            DoiRole.SOURCE,
            (
                r"\b(?:copied|cop(?:y|ies) of|taken|plagiari[sz]\w*|(?<!not be )(?<!cannot be )(?<!not )(?<!\bto )"
                r"reproduc(?:ed?|es|ing|tions? of)\b|borrowed"
                r"|lifted|adapted"
                r"|re-?us(?:e[ds]?|ing)|translated"
                r"|derived)\b"
                r"|\b(?:overlap|similar|identical|resembl|match(?:es|ed|ing)?\b|duplicat|repeat(?:s|ed|ing)?\b"
                r"|recycl)\w*"
                r"|\bpublished twice\b|\baccidental(?:ly)? duplica\w+"
                r"|\b(?:the same|same as|already out|almost the same|close(?:ly)? to|corresponds? to"
                r"|also (?:be )?(?:used|shown"
                r"|presented|published|found|seen|printed))\b"
                r"|\b(?:previously|already|earlier|simultaneously|elsewhere|concurrently) (?:been )?(?:published"
                r"|appeared"
                r"|reported|presented|posted)"
                r"|\bpublished (?:elsewhere|earlier|previously|before|by (?:other|different|another|an unrelated))"
                r"|\bwithout (?:\w+ ){0,4}(?:attribution|citation|credit|permission|acknowledg\w+)"
                rf"|\b(?:another|other|unrelated|different|an earlier|a prior|prior|previous(?:ly published)?) (?:\w+"
                rf" )?{WORK}\b"
                r"|\bfig(?:ure|s|\.)?s?\.? ?[0-9]\w{0,3}(?: panels? \w+)? (?:of|in|from)\b"
                r"(?! (?:our|this|the (?:above|present|retracted|published)) )|\b(?:first|originally)"
                r" appeared in"
            ),
        ),
        (
            DoiRole.REPLACEMENT,
            (
                r"\breplac(?:ed? (?:by|with)|ement)\b|\brepublish\w*|\brepublication\b|\bre-?issued\b"
                rf"|\b(?:corrected|revised|new|updated|amended) (?:and \w+ )?(?:version|{WORK})\b"
            ),
        ),
        (
            DoiRole.NOTICE,
            (
                r"\bthis (?:retraction|notice|note|statement|expression of concern|withdrawal)(?: (?:notice|note"
                r"|statement))?\b"
                r"|\b(?:retraction|withdrawal) (?:notice|note|statement) (?:is|was|can be|has been|available|published"
                r"|at|doi)\b"
                r"|\bcit(?:e|ing) this (?:retraction|notice|note|statement|withdrawal)\b[^.;]{0,30}?\b(?:as|by)\b"
                r"|\bnotice (?:is )?(?:available|published|found) |\b(?:retraction|withdrawal) (?:notice|note"
                r"|statement):\s*(?:https?|doi|10\.|$)"
            ),
        ),
        (
            DoiRole.REFERENCE,
            (
                r"\bguidelines?\b|\bCOPE\b|Committee on Publication Ethics|\b(?-i:polic(?:y|ies))\b"
                r"|\bpolic(?:y|ies) (?:on|for)\b|\bPubPeer\b|\bsee (?:also|e\.g\.)"
                r"|\b(?:corrigendum|erratum|correction|comment(?:ary)?|reply|response"
                r"|(?<!this )(?<!our )(?<!retract the )(?<!withdraw the )letter|concerns? raised) (?:on|to"
                r"|by|in|at|published|was|\()"
                r"|\b(?:earlier|previous|prior|initial) (?:expression of concern|notice|correction)|\bexpression of"
                r" concern (?:was |has been |had been )?(?:\w+ )?(?:published|issued|posted|attached|appended|added)\b"
                r"|\b(?:retraction|withdrawal) (?:notice|note|statement) (?:for|of|on|to"
                r"|about) [^.;]{0,60}?\b(?:appeared"
                r"|published|issued)\b|\bpublished an (?:editorial )?expression of concern"
                r"|\b(?:an?|the|its) (?:\w+ )?(?:correction|erratum|corrigendum)\b[^.;()]{0,40}\((?:see )?"
                r"|\bretracted (?:this|the|our) \w+ \((?:see )?(?:retraction )?notice\b"
                r"|(?:(?<=published a )|(?<=published the )|(?<=issued a )|(?<=issued the ))(?:retraction|withdrawal) "
                rf"(?:notice|note|statement)\b(?: (?:about|of|for|on|to) (?:this|the|our|that) {WORK})?"
                r"|\b(?:our|an earlier|the earlier) (?:retraction )?notice of (?=[0-9A-Z])"
                r"|\bfuture references? (?:should|are to|must|can|may)\b[^.]{0,80}|\bpreprints?\b"
                r"|\bdata ?sets?\b|\brepositor"
                r"|\bfigshare\b|\bzenodo\b|\bdryad\b|\bprotocol\b"
                r"|\bsupplement\w*|\binvestigation report\b|\breport of the\b|\bmore information\b|\bfurther details\b"
                r"|\bas (?:described|explained) in\b"
                r"|\bcit(?:ed|es|ing) (?:of|by|in|the)?|\bcitations? (?:of|by|in|to)\b"
            ),
        ),
        (
            DoiRole.ARTICLE,
            (
                rf"\b(?:retract(?:s|ed|ing|ion)?|withdr(?:aw|awn|awal|aws|awing|ew))\b[\s:]*(?:\w+[ -]){{0,7}}?(?:of"
                rf" )?(?:the |this |their |our |its )?(?:\w+[ -]){{0,5}}?{WORK}\b"
                r"|\bthere (?:was|were) (?:an? )?errors? (?:published )?in\b"
                r"|\bthere are (?:\w+ )?concerns? (?:about|regarding|over|with) [^.;:]{0,60}?\bin\b"
                r"|\b(?:there (?:are|were|have been) (?:\w+ )?|raised )concerns? (?:about|regarding|over|with|in|on) "
                r"(?=(?-i:[A-Z])[^;()]{2,60} \((?:19|20)[0-9]{2}\) [0-9])"
                r"|\b(?:reports|announces) the (?:full )?(?:retraction|withdrawal) of [\"'‘“«„]?“”"
                r"|\bthis (?:retraction|notice|note|statement|withdrawal|expression of concern)(?: (?:notice|note"
                r"|statement))? (?:relates to|refers to|retracts|applies to|concerns)\b"
                rf"|\b(?:retract|withdraw)(?:s|ed|ing)? (?:the )?[\"'‘“«„]?“”|\b(?:the )?{WORK},? (?:entitled|titled)\b"
                r"|\b(?:retract(?:s|ing)?|(?:the (?:journal|editors?|publishers?|authors?)|we) ha(?:s|ve) retracted) "
                r"(?=(?-i:[A-Z])[^.;()]{2,60}(?:\.[^.;()]{1,20}){0,3} ?\((?:19|20)[0-9]{2}\))"
                r"|\b(?:alerted|notified|informed|(?:made )?aware)\b[^.;]{0,60}\b(?:re-?use|duplicat\w+|overlap"
                r"|manipul\w+"
                r"|irregularit\w+|anomal\w+) in (?=(?-i:[A-Z])[^;()]{2,60} \((?:19|20)[0-9]{2}\) [0-9])"
                rf"|\b(?:retracted|withdrawn) {WORK}\b|\b{WORK} (?:being )?retracted (?:is|can be)\b"
                r"|(?<!\bcite )(?<!\bciting )\b(?:this|the following|the above"
                rf"|the above-mentioned|aforementioned|our) (?:\w+ ){{0,2}}{WORK}\b"
                rf"|\boriginal (?:\w+ )?(?:{WORK}|version)\b|\bfollowing {WORK}\b|\b(?:retracts|concerns|refers to"
                rf"|relates to) the {WORK}\b"
                rf"|\bconcerns? (?:about|regarding|with|on|over|for|relating to) (?:the |this |our )?(?:\w+"
                rf" ){{0,2}}{WORK}\b"
                r"|\b(?:this|(?:there|here)(?= is an expression)) is an? (?:(?:editorial|notice of) )?(?:retraction"
                r"|withdrawal|expression of concern)(?: (?:notice|note|statement))? (?:to|of|for|about)\b"
                r"|\b(?:retraction"
                rf"|withdrawal) (?:to|of|for):|\b{WORK} (?:concerned|in question|affected"
                rf"|(?:named|cited|listed|mentioned|given) above|has been retracted|is"
                rf" retracted|was retracted)\b|\bwhich was (?:first |originally )?published\b"
            ),
        ),
    )
)
REASON_IN_LANGUAGES = expression(
    r"\b(?:weil|denn|porque|ya que|debido a|puesto que|parce qu|puisqu|pois|porquê|poiché|perché|ponieważ|gdyż|bowiem)"
    r"|, da\b|\bcar (?=il|elle|le|la|un)|так как|поскольку|потому что|因为|由于|경우|때문",
    re.IGNORECASE,
)
"""Words that begin the reason in a sentence: a work that is named behind them is not the article."""
COPIED_BEHIND = expression(
    r"^[\s)）」』》]*+(?!은|는|이 |가 |は|因|由于|由於|经|經|存在|一文|与)"
    r"[^。，、,.]{0,12}?(?:剽窃|盗用|転載|複製|剽竊|표절|복제|중복|抄袭|雷同|重复|相似|相同|一致|類似|酷似|同一|유사|동일)"
)
"""Words of copying behind a DOI, in languages that put the verb behind the object."""
RETRACTED_BEHIND = expression(
    r"^[\s)）」』》]*+(?:은|는|は)(?!.{0,60}(?:먼저|이전|기존|동일|이미|先に|既に|同一|先行))[^。]{0,80}?(?:철회|撤回|取り下げ|취소)"
    r"|^[\s)）」』》]*+(?:因|由于|由於|经|經)[^。]{0,80}?(?:撤稿|撤回|撤销|撤銷)"
)
"""Words behind a DOI that make it the subject of the retraction, in Japanese and Korean."""
_EARLIER_TIME = (
    r"(?:\b(?:wcześniej|uprzednio|zuvor|bereits|schon früher|früher|anteriormente|previamente|déjà|précédemment"
    r"|antérieurement|già|precedentemente|ранее|прежде|уже|już)\b|此前|先前|以前|既に|先に|すでに|먼저|이미|앞서)"
)
_PUBLICATION = (
    r"(?:\b(?:opublik\w+|veröffentlicht\w*|publizier\w+|erschien\w*|publicad[oa]s?|publicaron|publiée?s?"
    r"|pubblicat[oaie]|опубликова\w+)|发表|刊登|発表|掲載|게재|발표)"
)
"""Words of other languages for an earlier time, and for a publication: together they tell of a duplicate's source."""
_WORDS_IN_LANGUAGES: tuple[tuple[DoiRole, str], ...] = (
    (
        DoiRole.SOURCE,
        (
            r"\b(?:kopier\w*|übernommen|übernimmt|übereinstimm\w*|abgeschrieben|pl[aá]gi\w*|copia\w*|repite"
            r"|repete|reprend|identisch|überschneid\w+|ähnlich\w*|doppelt"
            r"|bereits (?:zuvor"
            r" )?(?:publiziert|veröffentlicht)|frühere[nrs]? (?:artikel|arbeit|beitrag))\b"
            r"|\b(?:copiad[oa]s?|idéntic[oa]s?|similar(?:es)?|semejan\w+|duplicad[oa]s?|reproducid[oa]s?|coincid\w+"
            r"|otro artículo"
            r"|previamente publicad[oa]|publicad[oa] (?:previamente|anteriormente))\b"
            r"|\b(?:copiée?s?|identiques?|similaires?|reproduite?s?|empruntée?s?|déjà publiée?|autre article|reprend)\b"
            r"|\b(?:copiat[oaie]|identic[oaih]+|simil[ei]|riprodott[oaie]|già pubblicat[oa]|altro articolo)\b"
            r"|\b(?:idêntic[oa]s?|semelhan\w+|outro artigo|já publicad[oa])\b"
            rf"|{_EARLIER_TIME}[^.;()。]{{0,60}}?{_PUBLICATION}|{_PUBLICATION}[^.;()。]{{0,30}}?{_EARLIER_TIME}"
            r"|\b(?:skopiowan\w+|identyczn\w+|podobn\w+|zapożycz\w+|przejęt\w+|inn(?:ego|ym) artykuł\w*|wcześniej"
            r" opublikowan\w+)\b"
            r"|(?:скопиров|заимств|идентич|плагиат|совпада|дублир|ранее опубликован|другой стать)\w*"
            r"|抄袭|剽窃|雷同|重复|抄录|相似|相同|盗用|剽竊|抄襲|重複|流用|類似|酷似|同一の|표절|중복|유사|동일한"
        ),
    ),
    (
        DoiRole.REPLACEMENT,
        (
            r"\b(?:ersetzt durch|neue fassung|korrigierte fassung|sustituid[oa] por|versión corregida"
            r"|remplacée? par|version"
            r" corrigée|sostituit[oa] da|substituíd[oa] por|zastąpion\w+)\b|заменен|替换为|差し替え|대체"
        ),
    ),
    (
        DoiRole.NOTICE,
        (
            r"\b(?:diese (?:mitteilung|notiz)|esta nota|este aviso|cet avis|cette note|questo avviso|esta retratação)\b"
            r"|настоящее уведомление|本声明|本通知|本公告|본 공지"
        ),
    ),
    (
        DoiRole.REFERENCE,
        (
            r"\b(?:richtlinien|leitlinien|directrices|política|lignes directrices|linee guida|diretrizes|wytyczn\w+)\b"
            r"|руководств|指南|ガイドライン|지침"
        ),
    ),
    (
        DoiRole.ARTICLE,
        (
            r"\b(?:(?:der|den|dieser|diesen|folgende[rn]?) (?:\w+ ){0,3}(?:artikel|beitrag|aufsatz)|die(?:se)? (?:\w+"
            r" ){0,2}arbeit|zurückgezogene[nr]? (?:artikel|beitrag)|originalartikel\w*)\b"
            r"|\b(?:del|el|este|al) (?:\w+ ){0,2}artículo\b|\bartículo (?:original|retractado|siguiente)\b"
            r"|\b(?:l['\u2019]|cet |du |de l['\u2019])article(?: (?:original|rétracté|suivant))?\b"
            r"|\b(?:l['\u2019]|dell['\u2019]|quest['\u2019]|il presente |del presente )articolo\b"
            r"|\b(?:o|do|este|deste|ao) (?:\w+ ){0,2}artigo\b"
            r"|\b(?:wycofuj\w+|wycofan\w+|wycofała|niniejszy|niniejszego|następującego) (?:\w+ ){0,3}artykuł\w*"
            r"|(?:отозва\w*|отзыв\w*|ретра(?:кц|гир)\w*|данн\w+|настоящ\w+|следующ\w+)(?: \([^()]{3,40}\))?"
            r" (?:\w+ ){0,3}стат\w+"
            r"|(?:刊登|发表|發表|刊出|撤回|撤销|撤稿)[^。]{0,12}(?:论文|文章|論文|一文)|(?:该|本|此|上述|以下)(?:论文|文章|文|論文)"
            r"|(?:掲載|発表)[^。]{0,12}論文|(?:本|下記|以下の|当該)論文|(?:본|위|아래|해당|게재된) ?논문"
        ),
    ),
)
CUES += tuple((role, expression(pattern, re.IGNORECASE)) for role, pattern in _WORDS_IN_LANGUAGES)
OTHER_WORKS = (DoiRole.SOURCE, DoiRole.REPLACEMENT, DoiRole.REFERENCE)


@remembered
def names_another_work(words: str) -> bool:
    """Tell whether a text has words about a copied source, a replacement, or a work that is only referred to."""
    return any(cue.search(words) for role, cue in CUES if role in OTHER_WORKS)

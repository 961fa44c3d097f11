# ruff: noqa: RUF001 - letters of other scripts are meant
"""The ways in which one clause says that a text was taken from others, or had been published by its authors before."""

from watermark.notice.extraction import reason_words as words
from watermark.notice.extraction.reason_rules import Given, given, shared

_OF_ANOTHER = (
    r"\b(?:(?:an?|some|several|two|three)? ?(?:other|different|another|unrelated|former) (?:authors?"
    r"|scholars?|researchers?|scientists?|people|persons?|groups?|laborator(?:y|ies)|teams?|writers?"
    r"|students?|colleagues?)"
    r"|(?:doctoral|phd|graduate|master['\u2019]?s) (?:student|candidate)s?|another (?:person|author|scholar|researcher"
    r"|laboratory|group|student|writer|source)\w*|(?:by"
    r"|of) others\b|others['\u2019]|some(?:body|one) else|(?:his|her|their|its) (?:\w+ )?(?:writer"
    r"|owner|creator|rightful|actual|true author|colleague|student|supervisor)\w*"
    r"|(?:an?|the|another|unpublished|doctoral|master['\u2019]?s|phd"
    r"|undergraduate) (?:\w+ ){0,3}?(?:thesis|theses|dissertation|textbook|lecture|website|blog"
    r"|report by|survey of|book (?:by|of)|chapter (?:by|of))(?! (?:of|by) (?:the|one of the) (?:(?:first"
    r"|corresponding|senior|same|present) )?authors?)"
    r"|wikipedia|sources?\b|(?:of|by|from) (?:dr|prof|professor|mr|mrs|ms)\b|(?:work|works|book|article"
    r"|paper|essay|review|thesis|monograph|text|manuscript) (?:of|by) (?!the\b|our\b"
    r"|ourselves)(?-i:[^\W\d_a-z])[\w'\u2019-]{0,40}"
    r"|(?:by|of|from) an? (?:(?!same\b)[\w-]+ ){0,2}(?:group|team|laboratory|researcher|scientist|scholar)"
    r"(?! (?:of|led by|headed by|with|including) (?:the|one|some|two|our))"
    r"|(?:manuscript|proposal)\b.{0,60}\breviewed|(?:eine[sr]|anderer?n?) (?:\w+ ){0,2}?(?:autors?"
    r"|autorin|autoren|dissertation|diplomarbeit|masterarbeit)|fremde[nrsm]?|buch\b|(?:d['\u2019]un"
    r"|d['\u2019]une|d['\u2019])\s?autres? (?:auteur|chercheu)\w*|autrui|thèse|mémoire|ouvrage"
    r"|(?:otros?|otras?) (?:autor|investigador|persona)\w*|ajen[oa]s?|tesis|altr[oia] (?:autor|studios|ricercator"
    r"|person)\w*"
    r"|altrui|tesi|outr[oa]s? (?:autor|pesquisador|pessoa)\w*|dissertação|tese|alhei[oa]s?"
    r"|inn\w+ autor\w*|cudz\w+|друг\w+ автор\w*|чуж\w+|диссертаци\w+)(?!\w)|他人|他者|他の著者|他の研究者|别人"
    r"|타인|다른 (?:연구자|저자|사람)"
)
_OWN = (
    r"\b(?:(?:the )?same (?:group|authors?|team|laboratory|researchers?|first author"
    r"|corresponding author|people)|(?:of|by|from) the (?!original|true|real|actual|other"
    r"|first-named)(?:\w+ )?(?:authors?(?!['\u2019\w])|group"
    r"|team)(?! of)|(?<!original )authors['\u2019](?! (?:own|original)\b)|(?:their|his|her|its|our) own|self-?"
    r"|(?:their|our|his"
    r"|her) (?:\w+ )?(?:earlier|previous|prior|published|former|older|first|recent|chinese|english)"
    r"|by (?:the|these|those|some of the|one of the) (?:\w+ )?authors?|der(?:selben"
    r"| gleichen) (?:autor\w*|gruppe|arbeitsgruppe)|mêmes? auteurs?|mismos? autor\w*|stess[oi] autor\w*"
    r"|mesm[oa]s? autor\w*|tych samych autorów|tego samego autora|тех же авторов|того же автора)(?!\w)"
    r"|同一著者|同一作者|自己的"
)
_WORKS = (
    r"(?:articles?|papers?|study|studies|manuscripts?|works?|reports?|chapters?|publications?|texts?"
    r"|letters?|reviews?|experiments|contents?|material|case|essay|research|project|trial|story"
    r"|cohort|patients|survey"
    r"|beitr[aä]g\w*|artikel|aufsatz|arbeit|travail|articolo|lavoro|artículo|trabajo|artigo|trabalho"
    r"|prac[aęy]|artykuł\w*|стать[яию]|работ[аыу])"
)
_PUBLISHED = (
    r"\b(?:publish\w*|re-?publish\w*|appear(?:s|ed|ing)?|c[ao]me out|printed|issued|in print|presented"
    r"|reported|submitted|communicated|described)\b"
)
_AGAIN = (
    r"\b(?:already|previously|elsewhere|twice|before(?=\W*$| (?:in|by|elsewhere|under|as|with)\b)"
    r"|earlier|duplicat\w+|simultaneously|at the same time|also|first in|(?:another|other|a second"
    r"|second|two|both|several|a different|different|an? \w+ language)"
    r" (?:\w+ ){0,2}?(?:journals?|publishers?|volumes?|conferences?|issues?|periodicals?|books?|places?)"
    r"|previous version|in (?:chinese|english|russian|german|french|spanish|polish|japanese|korean"
    r"|portuguese|italian|persian|turkish|arabic)\b|again)\b"
)
_SAME_ARTICLE = (
    r"\b(?:same|même|mism[oa]|stess[oa]|mesm[oa]|ten sam|tę samą|ta sama|tego samego|dieselbe|derselbe"
    r"|denselben|dasselbe|gleiche[nr]?|identique|identisch\w*|inhaltsgleich\w*|одн[ауо] и т[ауо] же"
    r"|т[ауо] же"
    r"|tej samej|те же|ту же|simult\w+|gleichzeitig|zeitgleich|contemporaneamente|równocześnie|jednocześnie"
    r"|одновременно) (?:\w+ ){0,4}?(?:in|bei|dans|en|em|à|w|в|mit|do|"
    r"articles?|papers?|manuscripts?|work|artikel\w*|beitr[aä]g\w*|aufsatz\w*|manuskript\w*|arbeit\w*"
    r"|texte?|travail|manuscrit|artículo|trabajo|manuscrito|texto|articolo|lavoro|testo|artigo|trabalho"
    r"|manoscritto|artykuł\w*|prac\w+|tekst\w*|стать\w+|работ\w+|рукопис\w+)\b"
    r"|(?:同一|相同|同じ|同様の)(?:内容の?)?(?:论文|文章|稿件|論文|原稿)|同一.{0,4}(?:论文|論文|原稿|稿)"
    r"|동일한? ?(?:내용의? ?)?(?:논문|원고)|같은 (?:논문|원고)"
)
"""The same article, or at the same time, where its journals are named behind."""
_TWO_PLACES = (
    r"\b(?:two|both|another|a second|a different|other|zwei|beiden|anderen?|weiteren?|bereits|deux|une autre|dos"
    r"|ambas|otra|otro|due|un['\u2019]altra|altra|altro|dois|duas|outra|outro|dwóch|innym|wcześniej|двух|два|другие"
    r"|другом|другой)"
    r" (?:[^\W\d]\w* ){0,2}?(?:journals?|periodicals?|publishers?|zeitschrift\w*|revues?|revistas?"
    r"|riviste|rivista|periódicos?|czasopi\w+|журнал\w*|erschienen\w*)\b"
    r"|(?:两|二|兩)(?:种|本|个|家|つの)?(?:期刊|杂志|刊物|雑誌|学会誌|学術誌)|他誌|他の(?:雑誌|学術誌|学会誌)|他刊"
    r"|其他(?:期刊|杂志)|另一(?:期刊|杂志)|(?:두"
    r"|다른) ?(?:학술지|저널)|타 ?학술지"
)
_AUTHORS = (
    r"\b(?:authors?|(?:same|research|author's) (?:\w+ )?(?:group|team|laboratory|researchers|people)|autor(?!is|it)\w*"
    r"|auteure?s?|autrices?|verfasser\w*|автор\w*)\b|作者|著者|저자"
)
_OTHER_AUTHORS = (
    r"\b(?:other|different|another|unrelated|original|anderer?n?|d['\u2019]autres?|autres?|otr[oa]s?|altr[ioe]"
    r"|outr[oa]s?"
    r"|inn\w+|друг\w+) (?:\w+ )?(?:authors?|groups?|teams?|laborator\w+|autor\w*|auteurs?|автор\w*)\b|\bby others\b"
    r"|他人|他者"
    r"|他の(?:著者|研究者)|别人|타인|다른 (?:저자|연구자)"
)
_SAME_CONTENT = (
    r"\b(?:(?:the|one) same(?! (?:[\w-]+ )?(?:authors?|group|team|laboratory))|identical(?:ly)?|word for word"
    r"|verbatim|translat(?:ed|ion)|versions? of(?! (?:the |its |this )?(?:data|file|code))|(?:most|much|half|parts) of"
    r"|(?:nearly |almost |practically )?all (?:of )?(?:the|its|tables)|whole|entire(?:ly)?|in full"
    r"|in (?:large|great|good) part|largely|substantially|essentially|practically|duplicat\w+|coincid\w+"
    r"|matches|repeats?|repeated|reproduc\w+"
    r"|(?:article|paper|work|study|text|manuscript|results?|contents?|findings|tables) (?:had|has|have)"
    r" (?:already |also |previously |first |earlier |once ){0,2}(?:been|come|appeared)"
    r"|dieselbe\w*|derselbe\w*|dasselbe|denselben|desselben|gleiche[nrs]?|wortgleich|wörtlich|inhaltlich"
    r"|inhaltsgleich|identisch\w*"
    r"|weitgehend|même|identiques?|l['\u2019]essentiel|reprend\w*|reprodui\w+|traduction|mism[oa]s?"
    r"|idéntic[oa]s?"
    r"|coïncid\w+|traducción|stess[oaei]|medesim\w+|identic[oaihe]+|traduzione|mesm[oa]s?|idêntic[oa]s?"
    r"|tradução"
    r"|t[aeę]n? sam[aąeęy]?\w*|tego samego|tej samej|tych samych|niezmienion\w+|identyczn\w+|pokrywa\w*|tłumaczeni\w+"
    r"|т[аоуе][йм]?(?:го)? же|тех же|того же|идентичн\w+|совпада\w+|перевод\w*|дословно)\b"
    r"|相同|同一|一致|雷同|相似|同じ|同様|ほぼ|같은|동일|일치|유사"
)
_OUT_BEFORE = (
    r"\b(?:published|printed|reprinted|described|reported|presented|appeared|(?:come|came|brought) out|issued"
    r"|contributed"
    r"|submitted|sent|in press|publication|in print|veröffentlich\w*|publizier\w*|erschien\w*|gedruckt|eingereicht"
    r"|publiée?s?|parue?s?|soumi[st]e?s?|publi(?:cad[oa]s?|caron|có|cación|cado)|enviad[oa]s?|enviaron"
    r"|someti\w+"
    r"|aparecid[oa]|pubblica\w+|uscit[oa]|inviat[oa]|apparso|presentat[oa]|publica(?:ção|ram|do|da)|submet\w+|enviaram"
    r"|(?:o?publikow|ukaza|wyda|złoży|zgłosi|wydrukow)\w*|publikacj\w+|опубликов\w*|публик\w+|напечат\w*|вышл[аои]"
    r"|издан[аоы]?|направи\w+|подан[аоы]?|представ\w+)\b|发表|刊登|刊出|刊发|投稿|投给|发布|掲載|発表|出版|게재"
    r"|발표|투고|출판"
)
_BEFORE = (
    r"\b(?:already|previous(?:ly)?|prior|earlier|beforehand|authors had (?:published|printed)|(?:year|years|months"
    r"|time) before|zeitgleich|elsewhere"
    r"|twice"
    r"|simultaneously"
    r"|at the same time|in the (?:proceedings|journal|review|bulletin|annals)\b|in (?:an?|another|two|the following"
    r"|a different)"
    r" (?:[\w'\u2019-]+ ){0,3}?(?:journals?|papers?|articles?|chapters?|books?|volumes?|proceedings|magazines?"
    r"|conferences?"
    r"|collections?|periodicals?|bulletin|annals|review)|to (?:two|another|a second|a different) (?:\w+ )?journals?"
    r"|bereits|schon|zuvor|vorher\w*|früher\w*|frühere\w*|gleichzeitig|zwei|beiden|déjà|antérieur\w*|précédent\w*"
    r"|auparavant|une revue|otra revista|outra revista|noutra|un['\u2019]altra rivista|weiteren zeitschrift"
    r"|simultan\w+|deux|anterior\w*|anterioridad|previ[oa]\w*|dos|ya|già|precedent\w*|due|contemporaneamente|já|dois"
    r"|duas"
    r"|prévi[oa]|wcześniej\w*|uprzednio|już|poprzedni\w+|jednocześnie|dwóch|ранее|раньше|уже|предшеств\w+|предыдущ\w+"
    r"|одновременно|двух|два|друг\w+)\b|已|曾|另一|其他|两|既に|すでに|以前|先に|済み|他誌|別の|二つ|이미|기존|앞서"
    r"|먼저|다른|두 "
)
_BEFORE_ABROAD = (
    r"\b(?:bereits|schon|zuvor|früher|déjà|auparavant|antérieurement|ya|anteriormente|con anterioridad|previamente"
    r"|già|in precedenza"
    r"|precedentemente|já|wcześniej|już|uprzednio|ранее|уже|раньше)\b|已|曾|既に|すでに|以前|先に|済み|이미|앞서|먼저"
)
_OWN_WORK = (
    r"\b(?:articles?|papers?|chapters?|works?|study|studies|books?|reports?|manuscripts?|publications?|one"
    r"|that)\b[^.;]{0,50}?"
    r"\b(?:(?:by|of|from) (?:the|its|these|two of the|one of the|some of the) (?:same |present )?(?:authors?|group"
    r"|team)"
    r"|(?:which|that) (?:the|its|these|he|she|they) ?(?:same )?(?:authors? )?(?:had|have|has|published|brought)"
    r"|(?:its|the|these) authors (?:had |have )?(?:published|printed|written)|shar(?:es|ing) (?:an?|one|two|some"
    r"|several"
    r"|\w+ of the) authors?|by an? overlapping (?:\w+ of )?authors?)\b|\bauthors['\u2019] (?:article|paper|chapter"
    r"|work)s? [“\"\u2018']|\b(?:authors['\u2019]|their|his|her"
    r"|its authors['\u2019])"
    r" (?:own )?(?:[\w-]+ )?(?:earlier|previous|prior|older|published|own) (?:[\w-]+ ){0,2}?(?:article|paper|chapter"
    r"|work|study|book"
    r"|report|publication)s?\b|\bde(?:s|r|n)?(?: mêmes| los mismos| las mismas|selben| gleichen"
    r"|lla stessa) (?:auteurs?|autor\w*)"
    r"|\bdegli stessi autori|\bdos mesmos autores|\b(?:tych samych|tego samego) autor\w+|\b(?:тех же|того же) автор\w+"
    r"|(?:作者|著者ら?|저자들?)[^。]{0,40}(?:论文|論文|文章|논문)"
)
_ALIKE_TEXT = (
    r"\b(?:(?:essentially|substantially|nearly|almost|practically|largely|virtually"
    r"|in substance) (?:\w+ ){0,2}?(?:the same|identical"
    r"|a copy|unchanged|word for word)|word for word|translation of|version of|overlap(?!ping (?:\w+ )?(?:group|set"
    r"|list|team|author))\w*(?! in the (?:equations|methods?"
    r"|introduction|references))|duplicates|reprend\w*|reproduit|identique\w*"
    r"|coincide\w*"
    r"|idéntic\w+|idêntic\w+|identic[oaihe]+|identisch|wortgleich|pokrywa\w*|identyczn\w+|совпада\w+|идентичн\w+)\b"
    r"|基本相同|内容相同|高度重复|大体相同|内容がほぼ同|ほぼ同一|거의 (?:동일|같)"
)
_UNCREDITED_OTHERS = r"\bothers['\u2019]|\bsomeone else"
_SAME_DATA = (
    r"\b(?:the same|dieselben|les mêmes|l[oa]s mism[oa]s|gli stessi|le stesse|[oa]s mesm[oa]s|te same|те же)"
    r" (?:pa[tcz]i[ei]n|data|daten|dati|dados|donn|tab|res|ris|réss|ergebnis|wynik|результат|данны)\w*"
)
_AUTHORS_PUBLISHED = (
    r"\bauthors (?:had|have) (?:already |previously |also |earlier )?(?:published|submitted|printed|reported)"
)
_BY_THE_SAME = (
    rf"{_AUTHORS_PUBLISHED}|"
    r"\b(?:by|from|of) (?:(?:the|its|these|two|one|some|of) ){1,3}(?:same )?authors?\b|авторами|автором"
    r"|\bprzez(?: \w+){0,2} autor|tych samych autor|\bpar (?:l['\u2019]"
    r"|les )(?:mêmes )?auteur|mêmes auteurs"
    r"|\bpor (?:\w+ ){1,2}autor|mismos? autor|\b(?:dagli|dall['\u2019])(?: ?stess\w+)? ?autor|stess[oi] autor"
    r"|\bpel[oa]s?(?: \w+)? autor|mesmos? autor"
    r"|\bvon (?:den|der|dem)(?:selben)?(?: \w+)? autor|derselben autor|(?:作者|著者ら?).{0,40}(?:发表|発表)"
)
_PLAGIARISED_OWN = r"\bplagiari\w* (?:(?!as\b)[\w-]+ ){0,5}?(?:their|his|her|our) own\b"
_TAKEN_FROM_WORKS = (
    r"\b(?:texts?|passages|paragraphs|sections?|parts?|portions?|pages|content|wording|introduction|discussion"
    r"|chapters?|much"
    r"|most|article|paper|manuscript)\b[^;]{0,200}?\b(?:was|were|been|is|are|being|contains?"
    r"|includes?) (?:[\w-]+ ){0,8}?"
    r"(?:taken|copied|lifted|borrowed|transcribed|cut and pasted) (?:\w+ ){0,4}?from (?:[\w-]+ ){0,4}?(?:others?"
    r"|another|different"
    r"|published|several|various|existing|external|online|multiple|a number of|unattributed) (?:[\w-]+ ){0,3}?"
    r"(?:publications?|articles?|papers?|sources?|works?|websites?|web ?pages?|books?|theses|thesis|dissertations?"
    r"|reviews?|texts?)\b"
)
"""A text is said to have been taken from works that are not called the authors' own."""
BY_THE_AUTHORS = shared(_BY_THE_SAME)

PLAGIARISM: tuple[Given, ...] = (
    given(
        r"(?<!self-)\bplagi(?!o[a-zà-ÿ])\w*|\bplági|плагиат|抄袭|剽窃|抄襲|剽竊|표절|盗用"
        r"|\b(?:present|pass|publish|submit)\w*(?: \w+){0,6} as (?:his|her|their) own\b"
        r"|\b(?:taken from|copied from|drawn from|used from|overlap\w* with) (?:an? |the )?(?:\w+ )?(?:manuscript"
        r"|proposal)\b.{0,60}\b(?:reviewed"
        r"|refereed)\b"
        r"|盗作|無断(?:転載|引用)|некорректн\w+ заимствовани|неправомерн\w+ заимствовани",
        unless=_PLAGIARISED_OWN,
    ),
    given(
        _OF_ANOTHER,
        words.TAKEN,
        words.UNCREDITED,
        unless=rf"{_OWN}|\bpermission (?:from|of|to)\b.{{0,40}}\bobtained",
        is_lack=True,
    ),
    given(
        words.TAKEN,
        words.UNCREDITED,
        unless=rf"{_OWN}|{_AUTHORS_PUBLISHED}|{words.IMAGES}|{_SAME_DATA}|\b(?:did not|not"
        rf"|nor) (?:\w+ )?mention(?:ed)? (?:that"
        rf"|in)\b",
        is_lack=True,
    ),
    given(
        _OF_ANOTHER,
        r"\b(?:copied|lifted|stolen|appropriated|plundered|verbatim|word for word|word by word"
        r"|passed off|presented|abgeschrieben|copié|recopié|copiad|copiat|przepisan|переписан|списан)\w*",
        unless=rf"{_OWN}|{words.IMAGES}|\bcop(?:y|ied) (?:wrong|incorrect)|\bpresented (?:in|at|here|data"
        rf"|the data)\b",
    ),
    given(
        _TAKEN_FROM_WORKS,
        unless=rf"{_OWN}|{_BY_THE_SAME}|{words.IMAGES}|{_SAME_DATA}|\b(?:error|mistake|wrong\w*|permission"
        r"|licen[cs]e)\b",
    ),
    given(
        r"\bas (?:his|her|their|its|the authors?['\u2019]s?|the author['\u2019]s) own\b|\bals (?:seine|ihre"
        r"|eigene)\w* (?:eigene\w*)?\b|\bcomme (?:sien|le sien)",
        _OF_ANOTHER,
    ),
)

DUPLICATE_PUBLICATION: tuple[Given, ...] = (
    given(
        r"\bduplication of (?:\w+ )?(?:article|paper|publication)\b|\b(?:article|paper|chapter|letter"
        r"|publication) duplicates,?"
        r"(?: [^.;,]{0,60},)? (?:an?|another|the|one) (?:\w+ ){0,2}?(?:article|paper|chapter|letter|publication)\b"
        r"|\b(?:article|paper|publication|manuscript|work)\b[^.;]{0,60}?\b(?:is|was|as|be) (?:\w+ ){0,2}?redundant\b"
        r"|\b(?:duplicate|redundant|dual|double|multiple"
        r"|repeat(?:ed)?|parallel|prior|duplicative"
        r"|simultaneous) ?(?:\((?:duplicate|redundant)\))?"
        r" (?:publication|publishing|submission)|\bduplication of (?:an|the|another|our"
        r"|its) (?:\w+ )?(?:article|paper)"
        rf"|{_PLAGIARISED_OWN}"
        r"|\bself-plagiari|\bduplicate (?:copy |version )?of (?:an?|the"
        r"|another|our|its) (?:\w+ ){0,2}(?:article|paper|chapter|work|one|manuscript)"
        r"|\b(?:doppel|mehrfach|zweit)(?:publikation|veröffentlichung|einreichung)"
        r"|\bpublicaci[oó]n (?:duplicada|redundante"
        r"|doble|múltiple|previa)|\bpublication (?:double|redondante|en double|multiple|antérieure)"
        r"|\bdouble(?: emploi|s? publications?)|\bpubblicazion[ei] (?:duplicat[ae]|doppi[ae]"
        r"|ridondant[ei]"
        r"|multipl[ae])|\bdoppia pubblicazione|\bpublicação (?:duplicada|redundante|dupla|múltipla"
        r"|em duplicidade)|\b(?:publica|submet|submiss|artigo|trabalho|manuscrito)\w*[^.;]{0,30}\bduplicidade"
        r"|\bduplicidade d[aeo] "
        r"(?:publica|submiss|artigo)\w*|\b(?:podwójn|wielokrotn|powtórn)\w+ publikacj\w+"
        r"|\bpublikacj\w+ (?:podwójn|wielokrotn|powtórn|zduplikowan)\w+"
        r"|\brepublication d['\u2019][^.;]{0,40}\b(?:paru|publié)e?\b|\bautoplagiat|\bautoplagi|самоплагиат"
        r"|дублирующ\w+ публикаци|дублировани\w+ (?:публикаци|стат"
        r"|издани)|(?:двойн|повторн|множественн)\w+ публикаци"
        r"|一稿多投|一稿两投|一稿兩投|重复发表|重复出版|重複發表|重复刊登|二重投稿|二重出版|二重発表|二重掲載|重複(?:投稿|出版|掲載|発表)"
        r"|(?:중복|이중) ?(?:게재|출판|투고|발표)"
    ),
    given(
        rf"\b(?:this|the|same|whole|entire|it|its|parts?|most|much) (?:[\w-]+ ){{0,3}}?(?:(?:of )?(?:this"
        rf"|the|it) (?:\w+ )?)?(?:{_WORKS}\b)?[^.;]{{0,60}}?\b(?:has|had|have|was|were|is)"
        r"(?: \w+ly| already| earlier| been| since| first| also){0,4} (?:in print|published|appeared"
        r"|printed|issued|presented)\b",
        _AGAIN,
        unless=rf"\b(?:data|version|concern|notice|correction|in error|by mistake|online|preprint|by others"
        rf"|corrigend\w+|errat\w+)\b|{words.IMAGES}",
    ),
    given(
        r"\b(?:same|identical) (?:[\w-]+ ){0,3}?(?:articles?|papers?|study|studies|manuscripts?|works?"
        r"|reports?|chapters?|texts?|experiments|contents?|material|case|essay|research|project|trial"
        r"|cohort|patients|results|data|data ?sets?|findings|tables?|observations|conclusions)\b",
        _PUBLISHED,
        r"\b(?:already|previously|elsewhere|twice|before|earlier|simultaneously|also|another|a second"
        r"|second|other|in (?:19|20)[0-9]{2}|by (?:the|these) (?:same )?(?:authors?|team|group)"
        r"|authors (?:\w+ ){0,2}?(?:have|had|has|published)|two|both|again)\b",
        unless=rf"\b(?:error|mistake|correction)\b|{words.IMAGES}",
    ),
    given(
        r"\b(?:authors?|they|he|she|we|(?:mr|mrs|ms|dr|prof|professor)\.? [\w.-]{1,30}) (?:had|have"
        r"|has) (?:\w+ ){0,2}?(?:already |previously |earlier "
        r"|also |before )?(?:published|submitted|printed|reported|presented) (?:[\w-]+ ){0,3}?(?:it|this"
        r"|same|most|much|large parts|parts|article|paper|work|study|manuscript|identical|results"
        r"|findings)\b",
        rf"{_AGAIN}|(?:\bin |\()(?:19|20)[0-9]{{2}}\b|\bdisclos",
        unless=rf"\b(?:correction|notice|corrigendum|erratum|error)\b|{words.IMAGES}",
    ),
    given(
        _WORKS,
        r"\b(?:published|printed|appeared|issued|publié|publicad[oa]|pubblicat[oa]|opublikowan\w*"
        r"|wydrukowan\w*|опубликован\w*|veröffentlicht|publiziert|erschienen|gedruckt)\b[^.;]{0,30}"
        r"(?:\btwice|\b(?:in|by) two (?:\w+ )?(?:issues|journals|volumes|publishers|periodicals)"
        r"|\bin both|\bzweimal|\bdoppelt|\bdeux fois|\bdos veces|\bdue volte|\bduas vezes|\bdwukrotnie"
        r"|\bдважды|\bin zwei\b|\ben dos revistas|\bin due riviste|\bem dois|\bw dwóch|\bв двух)"
        r"|\b(?:submitted|under (?:consideration|review)|sent|accepted) (?:[\w.&:-]+ ){0,10}?(?:to |by |with "
        r"|at |in )?(?:two|another|a second|a different|a further|elsewhere|both)\b[^.;]{0,60}\b(?:journals?"
        r"|published|publisher)",
        unless=words.IMAGES,
    ),
    given(
        _SAME_ARTICLE,
        _TWO_PLACES,
        unless=words.IMAGES,
    ),
    given(
        _OWN,
        r"\b(?:reus\w+|re-us\w+|repeats?(?! data)|recycl\w+|republish\w*|duplicat\w*|verbatim"
        r"|word for word|copied|same(?! (?:\w+ )?(?:authors?|group|team|laboratory))|identical"
        r"|most of the|large parts|substantial parts|much of)\b",
        rf"\b(?:earlier|previous(?:ly)?|prior|published|already|another|older"
        rf"|former) (?:[\w-]+ ){{0,3}}?{_WORKS}\b|\b{_WORKS}\b.{{0,40}}\bpublished\b",
        unless=rf"\b(?:error|mistake)\b|{words.IMAGES}",
    ),
    given(
        r"\b(?:published|veröffentlicht|publiée?s?|publicad[oa]s?|pubblicat[oaie]|opublikowan\w*|опубликован\w*)\b"
        r"[^.;]{0,40}\b(?:substantially|essentially|nearly|virtually|weitgehend|essentiellement|esencialmente"
        r"|sustancialmente|sostanzialmente|essencialmente|substancialmente|niemal|практически) (?:in )?"
        r"(?:identi[ck]|identyczn|idénti|idênti|identisch|the same|similar form|идентичн)",
        unless=r"\b(?:data|images?|figures?|panels?|tables?|dati|datos|dados|immagini)\b",
    ),
    given(
        r"\b(?:powtórzenie|powtarza)\b.{0,40}\b(?:artykułu|pracy|publikacji)|\b(?:wcześniej|uprzednio"
        r"|już)\b.{0,30}\b(?:opublikowan|ogłoszon|wydan|ukazał)\w*"
        r"|\b(?:zuvor|bereits|schon)\b.{0,80}\b(?:veröffentlicht|publiziert|erschienen)\b"
        r"|\b(?:déjà|précédemment|antérieurement)(?: \w+){0,2} (?:publiée?|parue?)\b|\b(?:publicado"
        r"|publicada) (?:previamente|anteriormente)"
        r"|\bya (?:se )?(?:había|fue|ha|habían|estaba)(?: sido)? (?:publicad[oa]|aparecido)"
        r"|\bgià (?:stat[oa] )?(?:pubblicat[oa]|apparso|uscito)"
        r"|\bjá (?:havia|tinha|fora|foi)?(?: sido)? ?publicad[oa]"
        r"|\bранее (?:\w+ )?(?:уже )?опубликован\w*|\b(?:уже|ранее)\b.{0,30}\b(?:опубликован|публиковал|издан)\w*"
        r"|(?:既に|すでに|先に|以前)[^。]{0,30}(?:掲載|発表|公表|出版)|已[^。，]{0,25}(?:发表|刊登|出版|刊发)"
        r"|이미[^.]{0,30}(?:발표|게재"
        r"|출판)|(?:발표|게재)된 바"
        r"|\b(?:earlier|prior|previous|frühere\w*|vorherig\w*|vorhergehend\w*|antérieure|précédente|previa|anterior"
        r"|precedente"
        r"|prévia|wcześniejsz\w+|предшествующ\w+|предыдущ\w+|более ранн\w+) (?:publication|veröffentlichung"
        r"|publikation|parution"
        r"|publicación|pubblicazione|publicação|opublikowani\w+|публикаци\w+) (?:of (?:the (?:same|article|text|work"
        r"|study|paper|results)"
        r"|this|its|it)|de[lr]?s?|dell\w*|d[oa]|той|этой|данной|статьи|tej|tego|przez|durch|par|por)\b",
        unless=rf"\b(?:korrektur|erratum|hinweis|erklärung|bedenken|preprint|online|berichtigung|correction"
        rf"|rectificati\w+|correcci[oó]n|corre[çc]ão|correzione|errata|sprostowani\w*|исправлени\w*)\b|訂正"
        rf"|更正|정정|{words.IMAGES}",
    ),
    given(
        _OUT_BEFORE,
        _AUTHORS,
        _BEFORE,
        _SAME_CONTENT,
        unless=rf"\b(?:error|mistake|correction|corrigend\w+|errat\w+|expression of concern|preprint)\b|{words.IMAGES}"
        rf"|{_OTHER_AUTHORS}|{_UNCREDITED_OTHERS}",
    ),
    given(
        _OWN_WORK,
        _ALIKE_TEXT,
        unless=rf"\b(?:error|mistake|correction)\b|{words.IMAGES}|{_OTHER_AUTHORS}",
    ),
    given(
        _TWO_PLACES,
        _BEFORE_ABROAD,
        _OUT_BEFORE,
        unless=rf"{words.IMAGES}|{_OTHER_AUTHORS}",
    ),
    given(r"\bpreviously published elsewhere", unless=rf"{words.IMAGES}|{_OTHER_AUTHORS}"),
)

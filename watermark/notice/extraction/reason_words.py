# ruff: noqa: RUF001 - letters of other scripts are meant
"""The words, in eleven languages, by which notices name what a reason is about and what was done to it.

They are parts of expressions. A stem stands for all of its endings. Words of Chinese, Japanese and Korean have no edge.
"""

PICTURES = (
    r"\b(?:images?|(?:western |immuno)?blots?|bands?|lanes?|gels(?! sci)|\w*micrographs?|micrographies"
    r"|\w*photo(?:graph|graphie)?s?|pictures?"
    r"|radiographs?|scans?|(?:flow |facs |dot )?(?:cytometr\w+ )?(?:plots?|fields of view)|histograms?"
    r"|bild\w*|bildern?|aufnahmen?|fotos?|mikroskop\w*|banden?|bandes|illustrations?|immagin[ei]|imagen|imágenes|imagem"
    r"|imagens|fotograf\w+|fotomicrograf\w+|micrograf\w+|microfotograf\w+|zdjęci\w*|zdjęć|obraz\w*"
    r"|изображени\w*|снимк\w+|фотограф\w+)\b|图片|图像"
    r"|圖片|圖像|照片|插图|画像|写真|이미지|사진"
)
FIGURES = (
    r"\b(?:figures?|figs?|panels|panel \(?[a-z0-9]\)?(?!\w)|subfigures?|abbildung\w*|abb|figur[aeo]s?"
    r"|panneaux?|pannell[oi]|paneles|painéis|rycin\w*|ryc"
    r"|рисун\w+|рис)\b|图 ?[0-9A-Z]|[図圖]|附图|그림"
)
IMAGES = rf"{PICTURES}|{FIGURES}"
SHOWN = (
    r"(?:images?|pictures?|photo(?:graph)?s?|\w*micrographs?|panels?|plots?|bands?|(?:immuno)?blots?"
    r"|gels?|lanes?|cells?"
    r"|animals?|mouse|mice|rats?|fields?|samples?|regions?|areas?|specimens?|sections?|tumou?rs?|colon(?:y|ies)|plates?"
    r"|wounds?|figures?|patient|films?|scans?|radiographs?|surface|tissue|loading controls?)"
)
SAME_SHOWN = (
    r"(?:\b(?:dasselbe|dieselben?|derselben?|denselben|demselben|identische\w*|gleichen?|même|la misma"
    r"|el mismo|las mismas|stess[aoei]|medesim[ao]|"
    r"le stesse|a mesma|o mesmo|as mesmas|t[oaęe] sam[oaąeę]|te same|одн[оаи]м? и т[оаеу]м? же"
    r"|одно и то же|одни и те же|того же)"
    r"|同一|相同|동일한|같은|同じ)"
)
DATA = (
    r"\b(?:data|datasets?|datum|results?|records?|recordings?|numbers|counts?|scores?|curves?|traces?"
    r"|(?:absorption |nmr )?spectr(?:a|um)"
    r"|\w{3,}grams?(?<!programs)(?<!diagrams)(?<!programmes)|measurements?|values?|observations?"
    r"|readings?|statistics|figures of"
    r"|patients?|participants?|volunteers?|respondents?|subjects?|cases?|cohorts?|interviews?"
    r"|respons(?:es?)|questionnaires?"
    r"|experiments?|findings|tables?|samples?|specimens?|fossils?|trials?|surveys?|documents?"
    r"|transcription|letters?|sources|animals|mice|rats"
    r"|(?:roh|forschungs|mess|patienten|studien)?daten\w*|\w*werte\w*|\w*ergebnis\w*|zahlen|patient(?:en"
    r"|innen)|probanden|befund\w*"
    r"|umfrage\w*|fälle|proben|versuchs?\w*|datos|resultados?|mediciones|cifras|pacientes|encuestas?"
    r"|entrevistas?|données"
    r"|résultats?|mesures|valeurs?|chiffres|entretiens|enquêtes?|dati|risultat[oi]|misure|misurazioni"
    r"|pazienti|esperimenti"
    r"|interviste|dados|números|dane|danych|danymi|wynik\w*|pomiar\w*|liczb\w*|ankiet\w*|badani[aeu]\w*"
    r"|данн\w+|результат\w*"
    r"|измерени\w*|значени\w*|анкет\w*|опыт\w*|эксперимент\w*|пациент\w*)\b|数据|數據|实验|實驗|结果|病例|样本|问卷"
    r"|データ|実験|結果|数値|症例|測定|데이터|자료|실험|결과|수치|설문"
)
UNTRUE = (
    r"\b(?:fabricat(?!ion of (?!data|results)\w+ (?:\w+ )?(?:devices?|films?|materials?))|falsif"
    r"|fraudulent|invent(?:ed|ing)\b"
    r"|(?:made|make|making) up\b|made-up|faked|faking|forged|fictitious|concocted|fictional"
    r"|gefälscht|fälsch|erfunden|fingiert|fabriziert|frei erf|fabriqu|falsifi|inventad|inventé|inventat"
    r"|fabricad|fabricaci|fabricaç"
    r"|falsead|fabbricat|fabbricazion|falsat|sfałszow|fałszow|fabrykow|sfabrykow|zmyślon|zmyślił"
    r"|сфальсиф|фальсиф|фабрик|сфабрик|подлож"
    r"|подделан|вымышлен|выдуман)\w*|造假|伪造|偽造|捏造|编造|篡改|虚构|虚假|改ざん|改竄|ねつ造|架空|위조|변조|조작|날조|허위"
)
MADE_BY_MACHINE = (
    r"\b(?:generated|simulated|produced|created|computed|drawn) (?:\w+ ){0,2}?(?:with|by|from|in|using"
    r"|on) (?:\w+ ){0,2}?(?:computer|script"
    r"|programs?|programme|random|spreadsheet|formula|software|algorithm|model|calculation|hand)\b"
    r"|\bfilled (?:in|out) by (?:the|an?) "
    r"(?:\w+ )?(?:authors?|investigators?|researchers?)|\b(?:altered|changed|adjusted|modified"
    r"|manipulated|edited|moved) (?:\w+ ){0,6}?"
    r"(?:to (?:make|obtain|fit|reach|achieve|match|get|show|support|produce|give|agree|improve)\b"
    r"|in order to|so that|so as to|until)"
)
REVIEW = (
    r"peer[- ]?review|\brefereeing|\breview(?:ing|er)? process"
    r"|\b(?:peer|external|expert) (?:evaluation|assessment)|\b(?:begutachtung|peer-review)\w*"
    r"|(?:évaluation|examen|relecture|révision) par (?:les|des) pairs|processus (?:d['\u2019]évaluation|de relecture)"
    r"|(?:revisi[oó]n|evaluaci[oó]n|arbitraje) (?:por|de|entre) (?:los )?(?:pares|expertos)"
    r"|proceso de (?:arbitraje|evaluación|revisión)"
    r"|(?:revisione|valutazione) (?:tra|dei|fra|da parte di|paritaria)(?: (?:pari|paritaria))?"
    r"|\breferaggio|processo di revisione"
    r"|(?:revisão|avaliação|arbitragem) (?:por|pelos|de|dos|entre) pares|processo (?:de revisão"
    r"|de avaliação|de arbitragem)"
    r"|\brecenz\w+|\bреценз\w+|экспертн\w+ оценк\w+|同行评[审议]|同儕審查|审稿|评审|評審|外审|査読|동료 ?(?:심사|평가)"
    r"|심사 ?(?:과정|절차|의견)"
    r"|논문 ?심사"
)
MEDDLED = (
    r"\b(?:compromis|manipul|fake|fraud|subvert|falsif|fabricat|inappropriate|irregular|fictitious"
    r"|unduly|undue|undermin|influenc"
    r"|interfer|tamper|breach|corrupt|hijack|impersonat|rigged|sham\b|bogus|invented|forged|gam(?:ed"
    r"|ing)\b|abus|violat|misus|circumvent|rings?\b|cartel|collu|broker|irregol|irrégul|unregelmäßig"
    r"|kompromit|manipulier|gefälscht|fingier|beeinfluss|unterlaufen|umgangen|getäuscht|fiktiv|erfunden"
    r"|fauss|fictif|fictiv|trafiqu|détourn|falsead|fals[oaie]s?\b|falsific"
    r"|compromess|compromet|vulnerad|alterad|amañad|manomess|falsat|fittizi|adulterad|fraudad|burlad"
    r"|sfałszow|zmanipul|nieprawidłow|naruszon|fikcyjn|манипул|подде|недобросовестн|с?фальсиф"
    r"|скомпромет|наруш|вымышлен|фиктивн)\w*|操纵|操縱|虚假|伪造|造假|不正|操作|偽|なりすま|조작|가짜|허위|부정|위조"
)
DOUBTED = (
    r"\b(?:concerns?|doubts?|confidence|integrity|credib\w+|credible|trust\w*|fairness|independen\w+"
    r"|genuine|validity|irregularities"
    r"|zweifel\w*|vertrauen|integrität|doutes?|confiance|intégrité|dudas?|confianza|integridad|dubbi"
    r"|fiducia|integrità|dúvidas?|confiança|integridade"
    r"|wątpliwości|zaufani\w+|rzetelnoś\w+|сомнени\w+|доверие|добросовестност\w+)\b|诚信|怀疑|疑义|疑義|信頼|公正|신뢰|의심"
)
REVIEWERS = (
    r"\b(?:reviewers?|referees?|reviewer reports?|reports? (?:on|of) (?:this|the) (?:manuscript|article"
    r"|paper)|(?:wrote|written|submitted) the review|the review (?:that|which|was)|(?:referee"
    r"|review) reports?|reviews|gutachte\w*|évaluateurs?|évaluatrices?|relecteurs?|rapporteurs?"
    r"|rapports? d['\u2019](?:évaluation|expertise)|expertises?|revisor[ea]?s?|evaluador\w*|evaluaciones"
    r"|árbitros|dictámenes|dictaminador\w*|revisori"
    r"|valutator\w+|referee|pareceristas?|pareceres|avaliadores|recenz\w+|рецензент\w*|рецензи\w+)\b|审稿人"
    r"|审稿意见|评审人|评审专家|審査者|査読者|査読(?:報告|意見)"
    r"|심사자|심사위원|심사 ?의견"
)
FALSE_PERSONS = (
    r"\b(?:fake[ds]?|fraudulent|tamper\w*|colluded|same person|denied (?:having )?(?:review|writ"
    r"|submit)\w*|manipuliert\w*|fictitious|fabricated|invented|made[- ]up|bogus|sham|forged"
    r"|impersonat\w*|posed as|posing as|pretend\w*|assumed names?"
    r"|(?:false|another|others?'?|stolen|invented|assumed|borrowed"
    r"|other people's) (?:\w+ )?(?:identit(?:y|ies)|names?|accounts?|e-?mails?|addresses)"
    r"|identit(?:y|ies)\b.{0,60}?\b(?:stolen|false|falsified|misused|forged|fabricated|invented)"
    r"|(?:written|submitted|supplied|sent|composed|produced|authored|controlled|created|operated|set up"
    r"|registered|opened|run) (?:\w+ ){0,4}?(?:by|on behalf of) (?:(?:the|an?|one|some"
    r"|its) )?(?:of the )?"
    r"(?:\w+ )?(?:authors?|agenc\w+|company|paper mill)(?:\b|'s)|under (?:the|a|an) (?:\w+ )?(?:false "
    r"|another |assumed )?names? of"
    r"|erfunden\w*|gefälscht\w*|fiktiv\w*|falsche[rnm]? (?:namen|identität\w*|adressen)|fictifs?"
    r"|fictives?|faux|fausses?|usurp\w+|inventés?|inventées?|ficticios?"
    r"|ficticias?|fals[oaie]s?|falsificad\w+|suplantad\w+|inventad[oa]s?|fittizi[eo]?|inventat[ie]"
    r"|inesistenti|inexistentes?|inexistants?|fictícios|fictícias|forjad[oa]s"
    r"|fikcyjn\w+|sfałszowan\w*|zmyślon\w*|фиктивн\w*|вымышлен\w*|подложн\w*|поддельн\w*|сфальсифицирован\w*)(?!\w)"
    r"|虚假|伪造|冒充|冒用|编造|なりすま|架空|偽|実在し|가짜|허위|사칭|도용|조작"
)
NOT_REAL = (
    r"\b(?:(?:did|do|does|could|can) not (?:\w+ )?(?:exist|belong)|not to exist|never existed"
    r"|non-?existent|no such (?:persons?|people|reviewers?|referees?)"
    r"|(?:had|have|has|was|were|is|are) (?:not|never) (?:\w+ ){0,2}?(?:written|reviewed|submitted|seen"
    r"|asked|received|independent|genuine|real|contacted|invited|belong\w*|theirs)"
    r"|never (?:\w+ )?(?:wrote|reviewed|saw|submitted|received)|not (?:\w+ )?(?:existieren|existiert)"
    r"|nicht (?:\w+ )?(?:existier\w*|gibt|gab|gehör\w*)|(?:es )?nie(?:mals)? (?:gegeben|existier\w*)"
    r"|n['\u2019]existai?e?n?t|n['\u2019]ont jamais|no (?:existen|existían|existe|pertenec\w+)"
    r"|non (?:esist\w+|appart\w+)|não (?:existem|existiam|pertenc\w+)|nie (?:istniej\w+|istnieli"
    r"|należ\w+)"
    r"|не (?:существ\w+|принадлеж\w+))|不存在|并非本人|存在しな|実在しな|존재하지"
)
NOTHING = (
    r"\b(?:no|not(?! (?:in (?:doubt|question)|affected|only|because|agree|respond|reply|answer))|nor"
    r"|never|without|lack\w*|absence|missing|false|invalid|unauthori[sz]ed|unapproved"
    r"|before|only after|until after|retrospectiv\w*|exceed\w*|beyond|outside|prior to|fail\w*|unable"
    r"|cannot|kein\w*|nicht|ohne|nie|fehl\w*|sin|carec\w+|falta|faltaba|ausencia|sans|aucune?|absence"
    r"|manqu\w+|n['\u2019](?:a|ai|ont|avait|avaient"
    r"|était|étaient|existe|existait)|ne|no (?:se|fue|hubo|había)|senza|non|mancan\w+|mancav\w+|assenza"
    r"|sem|não|ausência|brak\w*|bez|nie|без|не|нет|отсутств\w+)\b"
    r"|未|无|無(?!断)|没有|沒有|得ず|ない|なかった|なし|受けず|없|않|못|미승인|缺"
)
ETHICS = (
    r"\bethi[ck]\w*|\béthi\w+|\bcomité de protection|\bétic\w+|\betic[oaihe]+\b|\betyczn\w+"
    r"|\bbioetyczn\w+|\bbioéti\w+|\bbioetic\w+|\bэтич\w+|\bбиоэтич\w+|伦理|倫理|(?<!연구)윤리|\bI[RE][BC]\b"
    r"|institutional (?:\w+ ){0,2}?(?:review|care)|\breview board\b|\banimal (?:care|welfare|use"
    r"|experimentation)\b|机构审查|기관 ?생명|기관심의"
)
APPROVAL = (
    r"\b(?:approv\w+|permission|permit|authori[sz](?:ation|ed)|clearance|licen[cs]e|application|votum"
    r"|vote|genehmig\w+|zustimm\w+|antrag|aprobaci[oó]n|aprobad[oa]|aval|dictamen"
    r"|autorizaci[oó]n|approbation|approuvé\w*|autorisation|autorisé\w*|accord|avis|approvazione"
    r"|approvat[oa]|autorizzat\w+|autorizzazione|parere|nulla osta"
    r"|aprovação|aprovad[oa]|autorização|parecer|zgod[ayęą]|opini\w+|одобрен\w*|разрешен\w+|заключени\w+"
    r"|экспертиз\w+|sottopost\w+|soumis\w*|sometid\w+|submetid\w+|vorgelegt|przedłożon\w+)\b"
    r"|批准|审批|审查|許可|承認|審査(?:委員会の)?|승인|심의(?! ?결과)|허가"
)
ETHICS_APPROVAL = (
    r"\bethik(?:votum|votums|antrag|antrags|genehmigung|freigabe)\w*"
    r"|\btierversuch\w*\b.{0,60}\b(?:genehmig|angezeigt)\w*|\b(?:animal"
    r"|experiment)\w*\b.{0,60}?\b(?:authori[sz]|licen[cs]|permit)\w*"
    r"|\b(?:licen[cs]e|permit|authori[sz]ation)s?\b.{0,60}?\banimals?|伦理(?:批件|审批)|倫理(?:審査|承認)"
)
ETHICS_IS_FALSE = (
    r"\b(?:false|invalid|untrue|fabricated|forged|fictitious|incorrect|(?:belong\w*|relat\w*|refer\w*"
    r"|issued|granted|given) (?:\w+ ){0,3}?(?:to|for) (?:an?other|an? different|an? unrelated|other)"
    r"|(?:never|not) (?:\w+ ){0,2}?(?:issued|granted|given|made|submitted|filed|sought|exist|genuine"
    r"|covered?|approve|obtain\w*|provide\w*)|did not (?:exist|cover)|gehört zu|anderen? (?:studie"
    r"|projekt)|appart\w+|otro estudio|otra investigación|altro studio|outro estudo|innego (?:badania"
    r"|projektu)|другому|gefälscht|ungültig|faux|fausse|fals[oa]"
    r"|сфальсиф\w+|подложн\w+|sfałszowan\w*|nieprawdziw\w*)(?!\w)|虚假|伪造|別の研究|虚偽|偽|허위|다른 연구"
)
UNCREDITED = (
    r"\bwithout (?:[\w-]+ ){0,5}?(?:attribut|acknowledg|citation|citing|credit|referenc|indicat"
    r"|quotation|nam(?:ing|ed)|mention|saying|source|marking)\w*"
    r"|\b(?:un(?:attributed|acknowledged|referenced|credited|cited|marked)|uncited)"
    r"|\b(?:not|neither|nor|never|nowhere) (?:\w+ ){0,3}?(?:cite[ds]?|credit(?:ed|s)?|acknowledge[ds]?"
    r"|mention(?:ed|s)?|name[ds]?|attributed?|referenced|quote[ds]?|indicated|marked as|given)\b"
    r"|\b(?:no|neither|insufficient|inadequate|proper|appropriate) (?:\w+ ){0,3}?(?:credit"
    r"|acknowledge?ment|attribution|citation|quotation marks|reference to)\b"
    r"|\bohne (?:\w+ ){0,4}?(?:quelle|kennzeichn|nachweis|angabe|zitat|nennung|zitier|hinweis)\w*"
    r"|\bnicht (?:\w+ ){0,2}?(?:gekennzeichnet|genannt|zitiert|angegeben)\w*"
    r"|\bsans (?:\w+ ){0,4}?(?:sources?|citation|citer|mention|attribution|guillemets|référence|indiquer"
    r"|indication|créditer)\w*"
    r"|\b(?:n['\u2019](?:est|sont|était|étaient)|ni) (?:\w+ ){0,3}?(?:cité|mentionné)e?s?"
    r"|\bsin (?:\w+ ){0,4}?(?:atribu|cita|mencion|reconoc|referenc|indica|acredita|señalar)\w*"
    r"|\bno (?:\w+ ){0,2}?(?:citad|mencionad|cita[nb]?)\w*"
    r"|\bsenza (?:\w+ ){0,4}?(?:citazion|citar|attribu|indica|riferiment|menzion|virgolette|fonte"
    r"|riconosc)\w*|\bnon (?:\w+ ){0,2}?(?:citat|menzionat)\w*"
    r"|\bsem (?:\w+ ){0,4}?(?:atribui|citaç|citar|crédito|referênc|indica|menç|mencion|aspas)\w*"
    r"|\bnão (?:\w+ ){0,2}?(?:citad|mencionad)\w*"
    r"|\bbez (?:\w+ ){0,4}?(?:podania|wskazania|cytowania|odwołania|oznaczenia|przypisu|źródł)\w*"
    r"|\bnie (?:\w+ ){0,2}?(?:cytowan|podan|wskazan|wymienion)\w*"
    r"|\bбез (?:\w+ ){0,4}?(?:указани|ссыл|цитирован|упоминан)\w*|\bне (?:\w+ ){0,2}?(?:цитир|указан"
    r"|упомянут)\w*|未注明|未标注|未标明|未引用|未加|出典を(?:明示|示|記)|引用(?:せず|なし|を示さ)"
    r"|출처 ?(?:표시|표기|를 ?(?:밝히|표))"
)
TAKEN = (
    r"\b(?:cop(?:y|ied|ies|ying)|reproduc|taken|took|taking|takes|borrow|lifted|verbatim|word for word"
    r"|word by word|text|passages?|paragraphs?|material|repeats?\b|reus|re-us|overlap|similar\b"
    r"|comes? from|came from|stem|deriv|portions?|translat|sections?|pages?|parts?|content|ideas|stolen"
    r"|appropriat|paraphras|identical|used|uses|presented"
    r"|wörtlich|übernomm|übernahme|übersetz|passag|kopier|abschnitt|abgeschrieben|stamm|copi|repris"
    r"|empruntés?|extraits|recopi|tradu|provien|proced|pochodz|zapożycz|tomad|tomó|pasajes|reproduz"
    r"|reproduc|trechos|copiad|extraíd|brani"
    r"|trascri|riprodott|tratt[ie]\b|tratt[oa]\b|fragment|przepisan|przeję|skopiow|przetłumacz|zaczerpni"
    r"|заимств|скопир|фрагмент|переписан|перевод)\w*|抄|转载|文章|引き写|転載|転用|引用|内容|베낀|인용|사용|복사|전재|옮겨|옮긴"
)
OF_ANOTHER = (
    r"\b(?:(?:an?|some|several|two|three)? ?(?:other|different|another|unrelated|former) (?:authors?"
    r"|scholars?|researchers?|scientists?|people|persons?|groups?|laborator(?:y|ies)|teams?|writers?"
    r"|students?|colleagues?)"
    r"|another (?:person|author|scholar|researcher|laboratory|group|student|writer|source)\w*|(?:by"
    r"|of) others\b|others['\u2019]|some(?:body|one) else|(?:his|her|their|its) (?:\w+ )?(?:writer"
    r"|owner|creator|rightful|actual|true author|colleague|student|supervisor)\w*"
    r"|(?:an?|the|another|unpublished|doctoral|master['\u2019]?s|phd"
    r"|undergraduate) (?:\w+ ){0,3}?(?:thesis|theses|dissertation|textbook|lecture|website|blog"
    r"|report by|survey of|book (?:by|of)|chapter (?:by|of))(?! (?:of|by) (?:the|one of the) (?:(?:first"
    r"|corresponding|senior|same|present) )?authors?)"
    r"|wikipedia|sources?\b|(?:of|by|from) (?:dr|prof|professor|mr|mrs|ms)\b|(?:work|works|book|article"
    r"|paper|essay|review|thesis|monograph|text|manuscript) (?:of|by) (?!the\b|our\b"
    r"|ourselves)(?:[^\W\d_a-z]\S{0,20} ?){1,4}"
    r"|(?:manuscript|proposal)\b.{0,60}\breviewed|(?:eine[sr]|anderer?n?) (?:\w+ ){0,2}?(?:autors?"
    r"|autorin|autoren|dissertation|diplomarbeit|masterarbeit)|fremde[nrs]?|buch\b|(?:d['\u2019]un"
    r"|d['\u2019]une|d['\u2019])autres? auteurs?|autrui|thèse|mémoire|ouvrage"
    r"|(?:otros?|otras?) (?:autor|autora|autores|investigador)\w*|ajen[oa]s?|tesis|altr[oi] autor\w*"
    r"|altrui|tesi|outr[oa]s? (?:autor|autora|autores|pesquisador)\w*|dissertação|tese|alhei[oa]s?"
    r"|inn\w+ autor\w*|cudz\w+|друг\w+ автор\w*|чуж\w+|диссертаци\w+)(?!\w)|他人|他者|他の著者|他の研究者|别人"
    r"|타인|다른 (?:연구자|저자|사람)"
)
OWN = (
    r"\b(?:(?:the )?same (?:group|authors?|team|laboratory|researchers?|first author"
    r"|corresponding author|people)|(?:of|by|from) the (?:\w+ )?(?:authors?(?!['\u2019\w])|group"
    r"|team)(?! of)|(?:the )?authors['\u2019]|(?:their|his|her|its|our) own|self-?|(?:their|our|his"
    r"|her) (?:\w+ )?(?:earlier|previous|prior|published|former|older|first|recent|chinese|english)"
    r"|by (?:the|these|those|some of the|one of the) (?:\w+ )?authors?|der(?:selben"
    r"| gleichen) (?:autor\w*|gruppe|arbeitsgruppe)|mêmes? auteurs?|mismos? autor\w*|stess[oi] autor\w*"
    r"|mesm[oa]s? autor\w*|tych samych autorów|tego samego autora|тех же авторов|того же автора)(?!\w)"
    r"|同一著者|同一作者|自己的"
)
WORKS = (
    r"(?:articles?|papers?|study|studies|manuscripts?|works?|reports?|chapters?|publications?|texts?"
    r"|letters?|reviews?|experiments|content|contents|material|case|essay|research|project|trial|story"
    r"|cohort|patients|survey"
    r"|beitr[aä]g\w*|artikel|aufsatz|arbeit|travail|articolo|lavoro|artículo|trabajo|artigo|trabalho"
    r"|prac[aęy]|artykuł\w*|стать[яию]|работ[аыу])"
)
PUBLISHED = (
    r"\b(?:publish\w*|re-?publish\w*|appear(?:s|ed|ing)?|c[ao]me out|printed|issued|in print|presented"
    r"|reported|submitted|communicated|described)\b"
)
AGAIN = (
    r"\b(?:already|previously|elsewhere|twice|before(?=\W*$| (?:in|by|elsewhere|under|as|with)\b)"
    r"|earlier|duplicat\w+|simultaneously|at the same time|also|first in|(?:another|other|a second"
    r"|second|two|both|several|a different|different|an? \w+ language)"
    r" (?:\w+ ){0,2}?(?:journals?|publishers?|volumes?|conferences?|issues?|periodicals?|books?|places?)"
    r"|previous version|in (?:chinese|english|russian|german|french|spanish|polish|japanese|korean"
    r"|portuguese|italian|persian|turkish|arabic)\b|again)\b"
)
SAME_ARTICLE = (
    r"\b(?:same|même|mism[oa]|stess[oa]|mesm[oa]|ten sam|tę samą|ta sama|tego samego|dieselbe|derselbe"
    r"|denselben|dasselbe|gleiche[nr]?|identique|identisch\w*|inhaltsgleich\w*|одн[ауо] и т[ауо] же"
    r"|т[ауо] же"
    r"|simult\w+|gleichzeitig|contemporaneamente|równocześnie|jednocześnie"
    r"|одновременно) (?:\w+ ){0,4}?(?:in|bei|dans|en|em|à|w|в|mit|do|"
    r"articles?|papers?|manuscripts?|work|artikel\w*|beitr[aä]g\w*|aufsatz\w*|manuskript\w*|arbeit\w*"
    r"|texte?|travail|manuscrit|artículo|trabajo|manuscrito|texto|articolo|lavoro|testo|artigo|trabalho"
    r"|artykuł\w*|prac\w+|tekst\w*|стать\w+|работ\w+|рукопис\w+)\b"
    r"|(?:同一|相同|同じ|同様の)(?:内容の?)?(?:论文|文章|稿件|論文|原稿)|同一.{0,4}(?:论文|論文)"
    r"|동일한? ?(?:내용의? ?)?(?:논문|원고)|같은 논문"
)
"""The same article, or at the same time, where its journals are named behind."""
TWO_PLACES = (
    r"\b(?:two|both|another|a second|a different|other|zwei|beiden|anderen?|bereits|deux|une autre|dos"
    r"|ambas|otra|otro|due|un['\u2019]altra|altra|altro|dois|duas|outra|outro|dwóch|innym|wcześniej|двух"
    r"|другом|другой)"
    r" (?:[^\W\d]\w* ){0,2}?(?:journals?|periodicals?|publishers?|zeitschrift\w*|revues?|revistas?"
    r"|riviste|rivista|periódicos?|czasopi\w+|журнал\w*|erschienen\w*)\b"
    r"|(?:两|二|兩)(?:种|本|个|家|个)?(?:期刊|杂志|刊物|雑誌)|他誌|他の(?:雑誌|学術誌|学会誌)|他刊|其他(?:期刊|杂志)|另一(?:期刊|杂志)|(?:두"
    r"|다른) ?(?:학술지|저널)|타 ?학술지"
)

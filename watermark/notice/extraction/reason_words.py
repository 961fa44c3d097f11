# ruff: noqa: RUF001 - letters of other scripts are meant
"""The words, in eleven languages, by which notices name what a reason is about and what was done to it.

They are parts of expressions. A stem includes all of its endings. Words of Chinese, Japanese and Korean have no edge.
"""

PICTURES = (
    r"\b(?:images?|(?:western |immuno)?blots?|bands?|lanes?|gels(?! sci)|\w*micrographs?|micrographies"
    r"|\w*photo(?:graph|graphie)?s?|pictures?"
    r"|radiographs?|kymographs?|scans?|(?:flow |facs |dot )?(?:cytometr\w+ )?(?:plots?|fields of view)|histograms?"
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
    r"le stesse|a mesma|o mesmo|as mesmas|iguais|takie same|recouvrent|t[oaęe] sam[oaąeę]|te same"
    r"|одн[оаи]м? и т[оаеу]м? же"
    r"|одно и то же|одни и те же|того же|t[aąeę][ną]? sam\w{1,2}|ten sam|tym samym)"
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
    r"|interviste|speeds|velocities|weights|lengths|doses|titres|percentages|\w*reihen|medições|dados|números|dane"
    r"|danych|danymi|wynik\w*|pomiar\w*|liczb\w*|ankiet\w*|badani[aeu]\w*"
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
    r"|подделан|вымышлен|выдуман)\w*|造假|伪造|偽造|捏造|编造|篡改|虚构|虚假|改ざん|改竄|ねつ造|架空|위조|변조|조작"
    r"|날조|허위|임의로 (?:작성|생성|만)|行わずに|凭空"
)
MADE_BY_MACHINE = (
    r"\b(?:generated|simulated|produced|created|computed|drawn) (?:\w+ ){0,2}?(?:with|by|from|in|using"
    r"|on) (?:\w+ ){0,2}?(?:computer|script"
    r"|programs?|programme|random|spreadsheet|formula|software|algorithm|model|calculation|hand)\b"
    r"|\bwypełnion\w+ przez (?:\w+ )?autor\w*|自行填写|\bfilled (?:in|out) by (?:the|an?) "
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
    r"|wątpliwości|zaufani\w+|rzetelnoś\w+|сомнени\w+|доверие|добросовестност\w+)\b|诚信|怀疑|疑义|疑義|信頼|公正"
    r"|신뢰|의심"
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
BY_THE_AUTHORS = (
    r"\b(?:addresses|accounts?|e-?mails?|names|reports|reviews)\b[^.;]{0,40}?\b(?:the|an"
    r"|one of the) (?:\w+ )?authors? (?:\w+ ){0,2}?"
    r"(?:set up|created|opened|registered|written|wrote|invented|controlled|supplied|made up)|\bpaid for\b"
    r"|\bbelong(?:ed|s|ing) to (?:the"
    r"|an?|one of the) (?:\w+ )?authors?"
    r"|\b(?:von (?:der|dem|den|einem|einer) (?:\w+ )?autor\w*|par (?:l['\u2019]|les |l['\u2019]un des )auteur\w*"
    r"|por (?:el|la|los|las|un\w*)"
    r"(?: \w+)? autor\w*|dagli(?: \w+)? autor\w*|dall['\u2019]autor\w*|pel[oa]s?(?: \w+)? autor\w*"
    r"|przez(?: \w+)? autor\w*|sami autor\w*"
    r"|(?:сами\w* )?автор(?:ами|ом))\b(?<!предложенных авторами)"
    r"|作者(?:本人)?[^。，]{0,4}(?:控制|撰写|注册|冒)|著者(?:自身|本人)?(?:が"
    r"|によ)\S{0,8}(?:作成|執筆)|저자(?:에 의해|가 직접)"
)
NOT_REAL = (
    r"\b(?:(?:did|do|does|could|can) not (?:\w+ )?(?:exist|belong|be (?:\w+ )?(?:identified|verified|confirmed"
    r"|traced) as)|not to exist|never existed"
    r"|non-?existent|no such (?:persons?|people|reviewers?|referees?)"
    r"|(?:had|have|has|was|were|is|are) (?:not|never) (?:\w+ ){0,2}?(?:written|reviewed|submitted|seen"
    r"|asked|received|independent|genuine|real|contacted|invited|belong\w*|theirs)"
    r"|never (?:\w+ )?(?:wrote|reviewed|saw|submitted|received)|not (?:\w+ )?(?:existieren|existiert)"
    r"|nicht (?:\w+ )?(?:existier\w*|gibt|gab|gehör\w*)|gibt es nicht|gab es nicht|no (?:eran|son) (?:\w+ )?(?:reales"
    r"|auténticos)|non (?:erano|sono) (?:\w+ )?(?:reali|autentic\w+)|não (?:eram|são) (?:\w+ )?(?:reais|autêntic\w+)|"
    r"(?:es )?nie(?:mals)? (?:gegeben|existier\w*)"
    r"|n['\u2019]existai?e?n?t|n['\u2019]ont jamais|no (?:existen|existían|existe|pertenec\w+)"
    r"|non (?:esist\w+|appart\w+)|não (?:existem|existiam|pertenc\w+)|nie (?:istniej\w+|istnieli"
    r"|należ\w+)"
    r"|не (?:существ\w+|принадлеж\w+))|不存在|并非本人|存在しな|実在しな|존재하지|信息不实|身份不实"
)
NOTHING = (
    r"\b(?:no|not(?! (?:in (?:doubt|question)|affected|only|because|agree|respond|reply|answer))|nor"
    r"|never|without|lack\w*|absence|missing|false|invalid|unauthori[sz]ed|unapproved"
    r"|before|only after|until after|retrospectiv\w*|exceed\w*|beyond|outside|prior to|fail\w*|unable"
    r"|cannot|kein\w*|nicht|ohne|nie|fehl\w*|sin|carec\w+|falta|faltaba|ausencia|sans|aucune?|absence"
    r"|manqu\w+|n['\u2019](?:a|ai|ont|avait|avaient"
    r"|était|étaient|existe|existait)|ne|no (?:se|fue|hubo|había)|senza|non|mancan\w+|mancav\w+|assenza"
    r"|sem|não|ausência|brak\w*|bez|nie|weder|nem|ani|не|без|ни|нет|отсутств\w+)\b"
    r"|未|无|無(?!断)|没有|沒有|得ず|ない|なかった|なし|受けず|없|않|못|미승인|缺"
)
ETHICS = (
    r"\bethi[ck]\w*|\béthi\w+|\bcomité de protection|\bétic\w+|\betic[oaihe]+\b|\betyczn\w+"
    r"|\bbioetyczn\w+|\bbioéti\w+|\bbioetic\w+|\bэтич\w+|\bбиоэтич\w+|伦理|倫理|(?<!연구)윤리|\bI[RE][BC]\b"
    r"|institutional (?:\w+ ){0,2}?(?:review|care)|\breview board\b|\banimal (?:care|welfare|use"
    r"|experimentation)\b|机构审查|기관 ?생명|기관심의"
)
APPROVAL = (
    r"\b(?:approv\w+|submitted|consulted|heard of|seen the|reviewed the|permission|permit|authori[sz](?:ation|ed)"
    r"|clearance|licen[cs]e|application|votum"
    r"|vote|consent|genehmig\w+|zustimm\w+|zugestimmt|erteilt|befasst|antrag|aprobaci[oó]n|aprobad[oa]|aprobara\w*"
    r"|autorizad[oa]|consult[aéo]\w*|saisi|aval|dictamen"
    r"|autorizaci[oó]n|approbation|approuvé\w*|autorisation|autorisé\w*|accord|avis|approvazione"
    r"|approvat[oa]|autorizzat\w+|autorizzazione|parere|nulla osta"
    r"|aprovação|aprovad[oa]|autorização|parecer|zgod[ayęą]|opini\w+|одобрен\w*|разрешен\w+|заключени\w+"
    r"|экспертиз\w+|рассматрив\w+|рассмотр\w+|ricevuto|esaminat\w+|consultat\w+|sottopost\w+|soumis\w*|sometid\w+"
    r"|submetid\w+|vorgelegt|przedłożon\w+)\b"
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
    r"|(?:is|was|are|were) (?:those |that |the (?:number|one) )of (?:an?other|an? different|an? unrelated)"
    r"|(?:never|not) (?:\w+ ){0,2}?(?:issued|granted|given|made|submitted|filed|sought|exist|genuine"
    r"|covered?|approve|obtain\w*|provide\w*)|did not (?:exist|cover)|gehört zu|anderen? (?:studie"
    r"|projekt)|appart\w+|otro estudio|otra investigación|altro studio|outro estudo|innego (?:badania"
    r"|projektu)|другому|gefälscht|ungültig|faux|fausse|fals[oa]"
    r"|сфальсиф\w+|подложн\w+|sfałszowan\w*|nieprawdziw\w*)(?!\w)|虚假|伪造|別の研究|虚偽|偽|허위|다른 연구"
)
TEXTS = (
    r"(?:texts?|wording|words|experiments|tests|tables?|tabellen|texte|tableaux|textos?|tablas|testo|tabelle|tabelas"
    r"|tekst\w*|tabel\w*"
    r"|текст\w*|таблиц\w*)"
)
FIGURES_BESIDE = (
    r"(?:figures?|images?|illustrations?|abbildungen|bilder|figuras|figure|imágenes|immagini|imagens|rycin\w*|рисун\w+)"
)
AND = (
    r"(?:(?:,|;| as well as| and| or| but| und| et| y| e| i| и)(?= )(?: (?:the|all|most|of|other|same|some|even|in"
    r"|good|large|part|die|les|des"
    r"|las|los|le|as|os))*){1,2} "
)
"""What joins the text of an article and its figures."""
CHANGED = (
    r"(?:\b(?:(?:add|chang|alter|remov|delet|mov|past|edit|adjust|insert|eras|clon|stretch)(?:ed|ing)\b|cut\b|modif"
    r"|aggiunt|aggiunge|ajout|supprim|déplac|effac|borr"
    r"|añad|elimin|rimoss|modificat|zmodyfik|acrescent|adicion|removid|usuni|dodan|zmien|przesuni|удал|добав|измен"
    r"|редактир|обработ"
    r"|verschob"
    r"|veränder|hinzugef|entfern|eingef)\w*|修改|涂改|拼接|수정|삭제|추가)"
)
BY_SOFTWARE = (
    r"(?:\bdigital(?:ly|mente|nie)|\belectronically|\bcyfrowo|\b(?:image|photo|picture|drawing|graphics?"
    r"|editing)[- ]?(?:editor|editing|software"
    r"|program)\w*|\b(?:bild|grafik)\w*(?:programm|bearbeitung|software)\w*|\blogiciel|\bprogramas? (?:de"
    r"|informático)|\bprogrammi? (?:di|grafic)"
    r"|\bprogram\w* graficzn\w+|\bграфическ\w+ редактор\w*|\bphotoshop|软件|ソフト|프로그램)"
)
PICTURES_ALTERED = (
    r"\b(?:blots?|bands?|lanes?|\w*micrographs?|images?|pictures?)\b[^.;]{0,60}\b(?:made up|invented)|\b(?:invented"
    r"|made[- ]up) (?:\w+ ){0,2}?"
    r"(?:blots?|bands?|lanes?|\w*micrographs?|images?|pictures?)"
)

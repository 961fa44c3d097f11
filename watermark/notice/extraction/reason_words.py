# ruff: noqa: RUF001 - letters of other scripts are meant
"""The words, in eleven languages, by which notices name what a reason is about and what was done to it.

They are parts of expressions. A stem includes all of its endings. Words of Chinese, Japanese and Korean have no edge.
"""

PICTURES = (
    r"\b(?:images?|(?:western |immuno)?blots?|bands?|lanes?|gels(?! sci)|geles|\w*micrographs?|micrographies"
    r"|\w*photo(?:graph|graphie)?s?|pictures?"
    r"|radiographs?|kymographs?|scans?|(?:flow |facs |dot )?(?:cytometr\w+ )?(?:plots?|fields of view)|histograms?"
    r"|bild\w*|bildern?|aufnahmen?|fotos?|mikroskop\w*|banden?|bandes|illustrations?|clichés?|immagin[ei]|imagen"
    r"|imágenes|imagem"
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
ALIKE = (
    r"\b(?:(?:strikingly|unexpectedly|highly|very|remarkably|extremely|unusually|markedly|notably|closely|suspiciously"
    r"|surprisingly|exceptionally|visually|too|more|look(?:s|ed)?|appear(?:s|ed)?|to be) (?:much )?(?:similar|alike)"
    r"(?! (?:results?|findings|trends?|effects?|conclusions?|values|way|fashion|manner|those))"
    r"|similarit(?:y|ies) (?:\w+ ){0,3}?(?:between|in|among|amongst|of|across|with|to)|degree of similarity|resembl\w+"
    r"|(?:auffallend|auffällig|sehr|stark|verblüffend|äußerst|höchst) (?:\w+ )?ähnlich|ähneln|ähnlichkeit\w*"
    r"|similitud\w*|(?:très|fortement|étrangement|extrêmement) (?:similaire|semblable|ressemblant)s?|ressembl\w+"
    r"|(?:muy|sumamente|extremadamente|notablemente|llamativamente|altamente) (?:similar|parecid|semejante)\w*"
    r"|somiglian\w+|(?:molto|estremamente|fortemente|altamente|sorprendentemente) simil[ei]"
    r"|(?:muito|extremamente|altamente|notavelmente|bastante) (?:semelhante|similar|parecid)\w*|semelhanças?"
    r"|podobieństw\w*|(?:uderzająco|bardzo|łudząco|niezwykle) podobn\w*"
    r"|сходств\w*|(?:очень|крайне|поразительно|весьма) (?:похож|сходн)\w*)\b"
    r"|(?:高度|极为|极其|非常|十分)(?:相似|近似)|相似性|酷似|類似|유사"
)
"""Pictures of which it is said that they look more alike than pictures of different things do."""
SAME_SHOWN = (
    r"(?:\b(?:dasselbe|dieselben?|derselben?|denselben|demselben|identische\w*|gleichen?|même|la misma"
    r"|el mismo|las mismas|los mismos(?! autor)|stess[aoei]|medesim[ao]|"
    r"le stesse|a mesma|o mesmo|as mesmas|os mesmos(?! autor)|iguais|takie same|recouvrent|t[oaęe] sam[oaąeę]|te same"
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
    r"|quantifications?|volumes|yields|error bars|graphs|charts|densitometr\w+|peaks|rendimientos|rendements"
    r"|rendimentos"
    r"|ausbeuten|erträge|rese|urożaj\w+|interviste|speeds|velocities|weights|lengths|doses|titres|percentages"
    r"|\w*reihen|medições|dados|números|dane"
    r"|danych|danymi|wynik\w*|pomiar\w*|liczb\w*|ankiet\w*|badani[aeu]\w*"
    r"|данн\w+|результат\w*"
    r"|измерени\w*|значени\w*|анкет\w*|опыт\w*|эксперимент\w*|пациент\w*)\b|数据|數據|实验|實驗|结果|病例|样本|问卷"
    r"|データ|実験|結果|数値|症例|測定|데이터|자료|실험|결과|수치|설문"
)
UNTRUE = (
    r"\b(?:fabricat(?!ion of (?!data|results)\w+ (?:\w+ )?(?:devices?|films?|materials?))|falsif"
    r"|fraudulent|invent(?:ed|ing)\b"
    r"|(?:made|make|making) up\b|made-up|faked|faking|forge[dr]|fictitious|concocted|fictional"
    r"|gefälscht|fälsch|erfunden|fingiert|fabriziert|frei erf|fabriqu|falsifi|inventad|inventé|inventat|invent(?:ó"
    r"|aron|ou|aram|ò|arono)\b|fabric(?:ó|aron|ou|aram)\b|fabbric(?:ò|arono)\b|erfand"
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
    r"|\brempli\w* par l[\w'\u2019 ]{0,4}auteur|\b(?:rellenad|cumplimentad|preenchid)[oa]s? p(?:or el|or los"
    r"|elos?) (?:\w+ )?autor"
    r"|\bcompilat[ie] dall[\w'\u2019 ]{0,4}autor|\bautor\w* selbst ausgefüllt"
    r"|\bwypełnion\w+ przez (?:\w+ )?autor\w*|自行填写|\bfilled (?:in|out) by (?:the|an?) "
    r"(?:\w+ )?(?:authors?|investigators?|researchers?)|\b(?:altered|changed|adjusted|modified"
    r"|manipulated|edited|moved) (?:\w+ ){0,6}?"
    r"(?:to (?:make|obtain|fit|reach|achieve|match|get|show|support|produce|give|agree|improve)\b"
    r"|in order to|so that|so as to|until)"
)
PEAKS_DELETED = (
    r"\b(?:peaks?|signals?)\b[^.;]{0,60}\b(?:deleted|removed|erased|edited out|added)\b[^.;]{0,40}"
    r"\b(?:spectr\w+|chromatogram\w*)"
)
REVIEW = (
    r"peer[- ]?review|\brefereeing|\breview(?:ing|er)? process|(?<!during )(?<!during the )\b(?:editorial (?:handling"
    r"|process|workflow|decision[- ]making)|(?:handling|processing) of (?:\w+ ){0,2}?(?:submissions?|manuscripts?"
    r"|articles?"
    r"|papers?)|(?:submission|handling|acceptance) and (?:the )?review|redaktionelle\w* (?:bearbeitung"
    r"|verfahren)|(?:traitement|processus) éditorial|(?:proceso|gestión|processo) editorial\w?|proces\w* (?:redakcyjn"
    r"|wydawnicz)\w*|редакционн\w+ процесс\w*)|编辑流程|編集(?:過程|プロセス)|편집 ?과정"
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
BELOW_STANDARD = (
    r"\bvoid\b|\binvalidated|\bmisconduct (?:by|of) (?:\w+ ){0,3}?editors?|\b(?:problems?|concerns?|issues?|failings?"
    r"|shortcomings?) (?:\w+ )?(?:with|about|regarding|concerning) (?:its |the |their )?(?:\w+ ){0,3}?(?:peer[- ]review"
    r"|refereeing)"
    r"|(?:peer[- ]?review|review process|refereeing|editorial handling)(?: of (?:this|the) (?:\w+ ){0,2}?\w+)?(?: and"
    r" [\w ]{1,40})?,? (?:has |was |had |were |were found |was found |is )?(?:(?:been )?(?:found "
    r"|confirmed )?to )?(?:f[ae]ll\w*"
    r" (?:beneath|below|short of)|(?:did |does |have |has |had )?not (?:to )?(?:been |be )?(?:met?|satisfied|satisfy"
    r"|compl\w+|adhere\w*"
    r"|conform\w*|follow\w*|in (?:line|accordance)|consistent|conducted|carried out|handled|sound|up to|independent"
    r"|impartial|fair))"
)
"""The review, or the way that a paper was handled, is said to have been less than the journal demands."""
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
    r"(?:set up|created|opened|registered|written|wrote|invented|controlled|supplied|made up|had access|used)"
    r"|\bpaid for\b"
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
PERSONS = (
    r"\b(?:patients?|participants?|volunteers?|donors?|recipients?|parents|mother|father|guardians?|child(?:ren)?"
    r"|probands?"
    r"|respondents|interviewees|subjects?|persons? (?:described|shown|depicted|concerned|pictured)|case (?:report"
    r"|history)"
    r"|(?:informed|signed|written) consent|consent forms?|patient\w*|proband\w*|teilnehm\w*|elternteil\w*|eltern"
    r"|participants|parents|pacientes?|participantes?|padres|pazient[ei]|partecipanti|genitori|pais|consenso informato"
    r"|consentimiento informado|consentement éclairé|termo de consentimento|pacjen\w+|uczestni\w+|rodzic\w+"
    r"|świadom\w+ zgod\w*"
    r"|пациент\w*|участник\w*|информированн\w+ согласи\w+)\b|患者|参加者"
    r"|被験者|対象者|受试者|知情同意|환자|대상자|참여자|참가자"
)
_CONSENT_LACKS = (
    r"\b(?:no|not|never|nor|neither|without|lack\w*|absence|missing|unable|cannot|fail\w*|kein\w*|nicht|ohne|fehl\w*"
    r"|sans"
    r"|aucun\w*|n['\u2019](?:a|ont|avait|avaient|était)|sin|ningún|senza|non|manca\w*|sem|não|bez|nie|brak\w*|не|без"
    r"|нет|отсутств\w+)\b"
)
_CONSENT = (
    r"\b(?:consent(?:s|ed|ing)?|einwilligung\w*|einverständniserklärung\w*|consentement|consentimiento|consenso"
    r"|consentimento"
    r"|zgod[ayęą]?|согласи\w+|(?:agreed|agree) to (?:the )?(?:publication|be photographed|take part))\b"
)
NO_CONSENT = (
    rf"{_CONSENT_LACKS}[^.;]{{0,60}}?{_CONSENT}|{_CONSENT}[^.;,]{{0,60}}?{_CONSENT_LACKS}"
    r"|同意[^。，、]{0,12}(?:ない|なかった|得ず|得られ(?:ず|て(?:いな|おら))|なし|缺)|(?:未|没有|沒有|无|無)[^。，]{0,10}同意"
    r"|동의[^.]{0,10}(?:않|없|못)"
)
CONSENT_OF_OTHERS = (
    r"\b(?:owners?|company|archive)\b[^.;]{0,60}\bnot (?:\w+ )?consent\w*"
    r"|\bconsent (?:of|from|by) (?:\w+ ){0,3}?(?:co-?authors?|authors?|contributors?|editors?|publisher|owners?"
    r"|institut\w+|archive"
    r"|library|authority|company)\b|\b(?:co-?)?authors? (?:\w+ ){0,2}?(?:not |never )?consent\w* to\b"
    r"|\bconsent\w* to (?:the |this |its )?(?:retraction|withdrawal|submission|notice|reuse)\b"
    r"|\bwithdr[ae]wn? (?:\w+ )?consent"
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
    r"|program)\w*|\b(?:bild|grafik)\w{0,30}(?:programm|bearbeitung|software)\w*|\blogiciel|\bprogramas? (?:de"
    r"|informático)|\bprogrammi? (?:di|grafic)"
    r"|\bprogram\w* graficzn\w+|\bграфическ\w+ редактор\w*|\bphotoshop|软件|ソフト|프로그램)"
)
PICTURES_ALTERED = (
    r"\b(?:blots?|bands?|lanes?|\w*micrographs?|images?|pictures?)\b[^.;]{0,60}\b(?:made up|invented)|\b(?:invented"
    r"|made[- ]up) (?:\w+ ){0,2}?"
    r"(?:blots?|bands?|lanes?|\w*micrographs?|images?|pictures?)"
)
UNCREDITED = (
    r"\bwithout (?:[\w-]+ ){0,5}?(?:attribut|acknowledg|citation|citing|credit|referenc|indicat"
    r"|quotation|nam(?:ing|ed)|mention|saying|source|marking)\w*"
    r"|\bno (?:\w+ )?(?:mark|trace|word|hint|indication|sign|note|mention) (?:of|that|about|as to) (?:its|the|their"
    r"|this|where"
    r"|whose|whom|any) ?(?:\w+ )?(?:authors?|sources?|origin|work|book|thesis)?\b"
    r"|\bnot (?:\w+ )?in the (?:list of )?references"
    r"|\b(?:un(?:attributed|acknowledged|referenced|credited|cited|marked)|uncited)"
    r"|\b(?:not|neither|nor|never|nowhere) (?:\w+ ){0,3}?(?:cite[ds]?|credit(?:ed|s)?|acknowledge[ds]?"
    r"|mention(?:ed|s)?|name[ds]?|attributed?|referenced|quote[ds]?|indicated|marked as"
    r"|given(?= ?(?:$|[.,;)])| (?:as|in|among|anywhere|there|any|credit|due|proper|here)\b))\b"
    r"|\b(?:no|neither|insufficient|inadequate|proper|appropriate) (?:\w+ ){0,3}?(?:credit"
    r"|acknowledge?ment|attribution|citation|quotation marks|reference to)\b"
    r"|\bohne,? (?:\w+ ){0,6}?(?:quelle|kennzeichn|nachweis|angabe|zitat|nennung|zitier|hinweis|genannt|erwähn"
    r"|kenntlich|anzugeben)\w*"
    r"|\b(?:nicht|nirgends|nie) (?:\w+ ){0,2}?(?:gekennzeichnet|genannt|zitiert|angegeben|erwähnt|nachgewiesen"
    r"|ausgewiesen)\w*"
    r"|\bsans (?:que )?(?:[\w'\u2019-]+ ){0,5}?(?:sources?|citation|cit[eé]r?|mention|nomm|guillemets|attribution"
    r"|guillemets|référence|indiquer"
    r"|indication|créditer)\w*"
    r"|\b(?:n['\u2019](?:est|sont|était|étaient|a|ont)|ne|ni) (?:\w+ ){0,3}?(?:cit|mentionn|nomm|signal)\w*"
    r"|\bsin (?:que )?(?:\w+ ){0,5}?(?:atribu|cita|mencion|reconoc|referenc|indica|acredita|señalar)\w*"
    r"|\bno (?:\w+ ){0,2}?(?:cit[aó]|mencion|nombra)\w*"
    r"|\bsenza (?:che )?(?:\w+ ){0,5}?(?:citazion|citar|citat|nominat|attribu|indica|riferiment|menzion|virgolette"
    r"|fonte"
    r"|riconosc)\w*|\b(?:non|mai) (?:\w+ ){0,2}?(?:cit[ao]|menzion|nomina)\w*"
    r"|\bsem (?:que )?(?:\w+ ){0,5}?(?:atribui|citaç|citar|crédito|referênc|indica|menç|mencion|aspas)\w*"
    r"|\bnão (?:\w+ ){0,2}?(?:cita|menciona|nomea)\w*"
    r"|\bbez (?:\w+ ){0,4}?(?:podania|wskazania|cytowania|odwołania|oznaczenia|przypisu|źródł)\w*"
    r"|\bnie (?:\w+ ){0,2}?(?:cytow|podan|podał|wskaza|wymieni|powołuj)\w*"
    r"|\bбез (?:\w+ ){0,4}?(?:указани|ссыл|цитирован|упоминан)\w*|\bне (?:\w+ ){0,2}?(?:цитир|указан"
    r"|упомянут)\w*|未(?:注明|标注|标明|引用|加|列入|说明|在参考文献)|出典を(?:明示|示|記)|引用(?:せず|なし|を示さ)"
    r"|출처 ?(?:표시|표기|를 ?(?:밝히|표))|인용 ?(?:없이|표시 ?없이|하지 ?않)"
)
TAKEN = (
    r"\b(?:cop(?:y|ied|ies|ying)|reproduc|taken|took|taking|takes|borrow|lifted|verbatim|word for word"
    r"|word by word|text|passages?|paragraphs?|material|repeats?\b|reus|re-us|overlap|similar\b"
    r"|comes? from|came from|stem|deriv|portions?|translat|sections?|pages?|parts?|content|ideas|stolen"
    r"|appropriat|paraphras|identical|used|uses|presented|follows?\b|rendering|plunder"
    r"|those of|wörtlich|übernomm|übernahme|übersetz|passag|kopier|abschnitt|abgeschrieben|stamm|copi|repris"
    r"|empruntés?|extraits|tirée?s|recopi|tradu|provien|proced|pochodz|zapożycz|tomad|tomó|pasajes|reproduz"
    r"|reproduc|trechos|copiad|extraíd|brani|ripres|pagine"
    r"|trascri|riprodott|tratt[ie]\b|tratt[oa]\b|fragment|przepisan|przeję|skopiow|przetłumacz|zaczerpni"
    r"|взят|заимств|скопир|фрагмент|переписан|перевод)\w*|抄|照搬|转载|文章|引き写|転載|転用|引用|内容|베낀|베껴|인용"
    r"|사용|그대로|복사|전재|옮겨|옮긴"
)

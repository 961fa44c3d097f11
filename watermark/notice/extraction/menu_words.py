# ruff: noqa: RUF001 - letters and punctuation of other scripts are meant
"""The words of buttons, menus and lists that are copied from web pages together with a notice."""

from watermark.notice.text_blocks import listed


def _words(text: str) -> frozenset[str]:
    return frozenset(listed(text))


BUTTONS = _words("""
    skip to main content; skip to article; skip to main page content; skip to content; skip to search;
    journals & books; help; search; my account; sign in; sign up; log in; login; register; view pdf;
    download full issue; search sciencedirect; sciencedirect; show more; show less; add to mendeley; share; cite;
    get rights and content; author links open overlay panel; menu; article metrics; view article metrics;
    about sciencedirect; remote access; contact and support; terms and conditions; privacy policy; no articles found;
    advertisement; pdf; pdf/epub; more; download pdf; print; metrics; comments; media coverage; create account;
    advanced search; search this journal; enter search terms...; access/profile; cart; journal homepage; tools;
    submission guidelines; show citation; show citations; download article; full text; html; full text html;
    view in full text html; view full text; email; e-mail; view metrics; favorites; get permissions; permissions;
    request permissions; rights & permissions; reprints; save; open; download citation; download citations;
    export citation; track citations; add to favorites; add to library; add to citation manager; all authors;
    view affiliations; author affiliations; author details; author information; article information; author links;
    show details; hide details; show outline; show full outline; outline; split view; cite this; permissions icon;
    permissions icon permissions; article navigation; close mobile search navigation; search menu;
    search for this keyword; back to top; top; previous; next; previous article; next article; email alerts;
    article activity alert; more metrics information; read online; read full-text; read full text;
    download full-text pdf; copy link; join for free; copy; copiar; continue reading; order print; book details;
    your cart; sign up for our newsletter; cookies; cookie settings; accept all cookies; manage cookies;
    accessibility; contact us; feedback; make a submission; submit new manuscript; login or sign up;
    submit manuscript; submit a manuscript; view article; view related articles; view citing articles;
    google scholar; pubmed; crossref; pubmed/ncbi; publisher site; display options; send to; create alert;
    user guide; advanced; linkout - more resources; full text sources; content alert; tools & info;
    more citation formats; altmetric; citations; views; downloads; facebook; twitter; linkedin; linked in; whatsapp;
    share on facebook twitter linked in email; mendeley; reddit; wechat; bluesky; pdf plus; epub; access;
    metrics & more; article recommendations; citation tools; add a comment; track; free; free access; free to read;
    cite article; share options; information, rights and permissions; metrics and citations; get access; share access;
    similar articles:; figures and tables; to our readers; the following article is open access;
    contents; sage journals; download options; accesos; compartir; servicios personalizados; view all issues;
    share on; follow this preprint; new results; get citation alerts; publication history; authors info & claims;
    share this article; share article; article tools; journal tools; follow us; subscribe; donate;
    an official website of the united states government; here's how you know; view in article;
    request full-text; discover the world's research; view options; view in library; set alert; download article pdf;
    article pdf; pdf download; open in viewer; open pdf; read more; close; expand all; collapse all; show abstract;
    hide abstract; jump to; on this page; in this article; anmelden; suche; menü; warenkorb; teilen; drucken;
    zum inhalt springen; pdf herunterladen; zitieren; artikel herunterladen; impressum; datenschutz; kontakt; buscar;
    ingresar; registrarse; iniciar sesión; descargar pdf; imprimir; citar; inicio; descargas; métricas; resumen (es);
    rechercher; connexion; s'abonner; télécharger; imprimer; partager; citer; accueil; mentions légales; cerca;
    accedi; scarica pdf; scarica il pdf; condividi; stampa; cita; menu principale; entrar; cadastro; baixar pdf;
    download do pdf; compartilhe; como citar; acesso; busca; zaloguj; zaloguj się; szukaj; pobierz pdf; pobierz;
    udostępnij; drukuj; cytuj; strona główna; войти; вход; регистрация; поиск; скачать pdf; скачать; поделиться;
    главная; цитировать; 首页; 首頁; 登录; 登入; 注册; 检索; 搜索; 下载pdf; 打印本页; 关闭窗口; 分享; 收藏; 打印;
    返回; ログイン; 検索; お気に入り; pdfをダウンロード; お気に入り & アラート; お気に入りに追加; 追加情報アラート;
    被引用アラート; 認証解除アラート; 前の記事; 次の記事; 共有する; ホーム; トップ; 詳細; 로그인; 회원가입; 검색;
    다운로드; 공유; 홈; 인쇄; 목록; 이전글; 다음글;
""")
"""Lines that are nothing but a button or the head of an empty list, in lower case; counts (`(0)`) are taken away."""

MENU = BUTTONS | _words("""
    home; about; about us; about the journal; journals; books; archive; archives; articles; current; current issue;
    all issues; issues; advance articles; submit; submissions; purchase; editorial board; editorial team; editors;
    editorial policies; author information; contact; for authors; for readers; for librarians; for reviewers;
    authors; referees; reviewers; press; instructions for authors; guide for authors; journal home;
    forthcoming issue; online first; news; most read; most cited; special collections; special issues; impact factor;
    highlights; recent; accepted; collections; gateways & collections; how to publish; blog; faq; alerts / rss;
    browse; publish; publish with us; announcements; subjects; my settings; create account; personal sign in;
    more sites; ieee.org; ieee xplore; abstract; references; figures; tables; keywords; article; article text;
    info/history; preview pdf; supplementary material; supporting information; notes; authorization required; jobs;
    questions; citing literature; related; information; terms; privacy; peer review guidelines; why publish with us?;
    how to cite; indicators; sumário; atual; section; busca por artigo; autoria; indicadores; equipo editorial;
    archivos; anteriores; acerca de; número actual; envíos; avisos; sobre; arquivos; submissões; notícias;
    numéro en cours; numéros; archivio; über uns; zeitschriften; hefte; archiv; redaktion; für autoren;
    o czasopiśmie; archiwum; dla autorów; aktualności; kontakt; о журнале; архив; авторам; редколлегия; контакты;
    текущий выпуск; новости; 期刊介绍; 编委会; 投稿指南; 期刊订阅; 联系我们; english; 编辑部公告; 公告; 过刊浏览;
    在线投稿; 下载中心; 当前位置; 您的位置; 当期目录; 关于本刊; 期刊简介; 投稿须知; 书誌; 書誌; 本文; j-stage トップ;
    学会誌; お知らせ; 会員専用; 学会について; 編集委員会; 論文一覧; 공지사항; 학회소개; 편집위원회; 투고안내; 자료실;
    notices; news and notices; research; services; resources; login/register; support; policies;
""")
"""Words that are a part of a menu or of a trail of pages, where other parts stand beside them."""

LISTS = _words("""
    cited by; recommended articles; related articles; similar articles; more like this; more related articles;
    recommended publications; recommended; articles in the same issue; recommended content; you may also like;
    people also read; related content; most read articles; other articles in this issue; in this issue;
    latest articles; trending articles; see more about; related information; more from this journal;
    readers also read; most cited articles; latest from; other articles by these authors; more articles like this;
    further reading; other users also viewed; ähnliche artikel; verwandte artikel; weitere artikel;
    artículos relacionados; articles similaires; articles connexes; articles liés; articoli correlati;
    artigos relacionados; podobne artykuły; похожие статьи; 相关文章; 相似文献; 関連記事; 関連文献; 관련 논문;
    관련 글;
""")
"""The heads of lists of other articles."""

"""The labels of the lines of a notice, in English and ten other languages."""

from watermark.notice.text_blocks import listed

ARTICLE_DOI, NOTICE_DOI, DOI, URL, DATE, PUBLISHED = "article_doi", "notice_doi", "doi", "url", "date", "published"
TITLE, AUTHORS, JOURNAL, REPLACEMENT = "title", "authors", "journal", "replacement"
_OF_ARTICLE = listed("""
    article; retracted article; original article; paper; original paper; retracted paper; retracted item;
    retracted publication; original
""")
_OF_NOTICE = listed("""
    notice; this notice; retraction; retraction notice; this retraction; this retraction notice
""")
NAMES: dict[str, tuple[str, ...]] = {
    ARTICLE_DOI: (
        *(f"doi of {name}" for name in _OF_ARTICLE[:-1]),
        *(f"{name} doi" for name in _OF_ARTICLE),
        *listed("""
            doi of original publication; doi of affected article; affected article doi; doi of publication concerned;
            doi des artikels; doi del artículo; doi del artículo original; doi de l'article; doi dell'articolo;
            doi do artigo; doi artykułu; doi статьи; 文章doi; 原文doi; 論文doi; 論文のdoi; 논문 doi; 原論文doi;
            doi des zurückgezogenen artikels; doi del artículo retractado; doi de l'article rétracté; 原文 doi;
            doi do artigo retratado; doi dell'articolo ritrattato; doi wycofanego artykułu; doi отозванной статьи;
            doi de l'article original; doi dell'articolo originale; doi do artigo original; doi des originalartikels;
            doi der originalarbeit; doi originalnego artykułu; doi исходной статьи; 原文章doi; 被撤稿文章doi;
            撤稿论文doi; 撤稿文章doi; 撤回論文doi; 철회 논문 doi; 원문 doi; original publication doi;
            doi of retracted publication; original doi; retracted doi; original; doi original;
            doi del artículo retirado; 원 논문 doi; 原著論文doi; 文章 doi; 論文 doi
        """),
    ),
    NOTICE_DOI: (
        *(f"doi of {name}" for name in _OF_NOTICE),
        *(f"{name} doi" for name in _OF_NOTICE),
        *listed("""
            doi der mitteilung; doi de la nota; doi de l'avis; doi dell'avviso; doi da nota; doi noty;
            doi уведомления; 撤稿声明doi; 撤回通知doi; 공지 doi; doi dieser mitteilung; doi de esta nota;
            doi de cet avis; doi desta nota; doi di questo avviso; doi of this note; doi of expression of concern;
            expression of concern doi; doi of this expression of concern; statement doi; doi of statement
        """),
    ),
    REPLACEMENT: listed("""
        doi of replacement; replacement doi; replacement article; replacement; doi of replacement article;
        doi of new version; replaced by; republished as; replacement article doi
    """),
    DOI: listed("""
        doi; digital object identifier; article doi link
    """),
    URL: listed("""
        url of notice; url of this notice; notice url; url of retraction notice
    """),
    DATE: listed("""
        retractiondate; date of notice; date of this notice; date of retraction; date of retraction notice;
        notice date; notice published; retraction date; retraction published; retracted; retracted on; date retracted;
        date; issued; date issued; date of issue; datum; fecha; data; дата; 日期; 日付; 날짜;
        retraction notice published; withdrawn; withdrawn on; date of withdrawal; retraction notice date;
        datum der mitteilung; fecha de retractación; date de rétractation; data di ritrattazione; 撤稿日期;
        data da retratação; data de retratação; data wycofania; дата ретракции; дата отзыва; дата ретракції; 撤回日;
        sent; gesendet; gesendet am; envoyé; enviado; inviato; wysłano; отправлено; 发布日期; 发布时间; 公告日期;
        声明日期; 告知日; 掲示日; 공고일; 公告日; 철회일; fecha de la nota; datum der retraktion; date de l'avis;
        posted; notice issued
    """),
    PUBLISHED: listed("""
        published; published on; published online; date of publication; publication date; available online;
        first published online; onlinefirst version of record; advance access publication date;
        advance online publication; online-veröffentlichung; onlineveröffentlichung; veröffentlichung;
        veröffentlichungsdatum; datum der veröffentlichung; online publication; publicación en línea;
        pubblicazione online; publicação online; first online; online first; erstveröffentlichung;
        erstmals veröffentlicht; publication en ligne; version of record online; online publication date; epub;
        online; published date; version published; veröffentlicht; veröffentlicht am; publicado; publicado el; publié;
        publié le; pubblicato; pubblicato il; publicado em; opublikowano; опубликовано; 公開日; 발행일; 发表日期;
        게시일; online publiziert; publiziert; publiziert am; mis en ligne; mis en ligne le; pubblicato online;
        online veröffentlicht; publicado en línea; publié en ligne; data publikacji; дата публикации;
        publicação nesta coleção; publicación en esta colección; publication in this collection; first published;
        published electronically; fecha de publicación; data de publicação; publikationsdatum;
        article published online; date de publication; data di pubblicazione; 出版日期; 掲載日; 게재일
    """),
    TITLE: listed("""
        article title; title of article; title of retracted article; title; paper title; original article title;
        retracted article title; titel; titel des artikels; título; título del artículo; titre; titre de l'article;
        titolo; titolo dell'articolo; título do artigo; tytuł; tytuł artykułu; название; назва; назва статті;
        titel van het artikel; название статьи; 标题; 题目; 文章标题; 論文題目; 論文名; タイトル; 제목; 논문 제목;
        title of paper; full title; manuscript title; title of manuscript; publication title; titel der arbeit;
        titel des beitrags; título del trabajo; título original; titolo del contributo; tytuł pracy; tytuł publikacji;
        заголовок; название работы; 篇名; 表題; 論題; 論文題名; 題名; 標題; 題目; 論文標題; 文章標題; 文章題目;
        论文名称; 题名; 論文タイトル; 论文题目; 论文标题; 文章题目; 文章名称; 論文名称; 논문명; 논문제목; 论文题名;
        文題; original title; title of chapter; chapter title
    """),
    AUTHORS: (
        "author(s)",
        *listed("""
            authors; author; authors of article; autoren; autor; autores; auteurs; autori; autorzy; авторы;
            автор; автори; yazarlar; auteurs van het artikel; autore; автор(ы); 作者; 著者; 저자; article authors;
            original authors; auteur
        """),
    ),
    JOURNAL: listed("""
        journal; journal title; journal name; name of journal; zeitschrift; revista; revue; rivista; periódico;
        titel der zeitschrift; nombre de la revista; nome da revista; revista científica; nom de la revue;
        titre de la revue; nome della rivista; tytuł czasopisma; название журнала; 期刊名称; 刊物; ジャーナル; 雑誌名;
        誌名; 저널; 학술지명; 저널명; periodical; издание; czasopismo; журнал; 期刊; 雑誌; 掲載誌; 掲載; 학술지; 出處;
        出处; 刊登期刊; 源文献; publication; published in; source; 刊名; 期刊名; 发表期刊; 發表期刊; 原载期刊;
        掲載雑誌; 掲載誌名; 학회지명; 학회지; 発表誌; 게재지; 게재 학술지; 게재학술지; 게재 정보; 게재정보; 게재권호;
        게재 권호; 수록; 수록지; 수록 정보; 출처; 掲載号; 掲載巻号; 収録; 刊载信息; 发表信息; 来源; 來源;
        retracted item; publication details; publication information; appeared in; published as; quelle; fuente;
        fonte; źródło; источник; opublikowane w; опубликовано в; venue; book; book title; proceedings; conference;
        server; preprint server; posted on; erschienen in; publicado en; publié dans; pubblicato in; opublikowano w;
        in journal; journal affected; affected journal; journal of publication
    """),
}
INTRODUCTIONS = frozenset(
    {f"{word} {name}" for word in ("original", "retracted", "affected") for name in ("article", "paper", "publication")}
    | {"article retracted", "article concerned", "refers to", "originalartikel", "artículo original"}
    | {"article original", "articolo originale", "artigo original", "原文"}
)
"""Labels that name the article where nothing but its DOI follows."""
KINDS = {name: kind for kind, names in NAMES.items() for name in names}
"""The kind of fact of each label."""

# ruff: noqa: RUF001 - letters and punctuation of other scripts are meant
"""The names of the states in the labels of notices, in English and ten other languages."""

from watermark.notice.model import State
from watermark.notice.text_blocks import listed


def _of_works(names: tuple[str, ...], works: tuple[str, ...]) -> tuple[str, ...]:
    """Return each name of a state with each of the works that it is of: `retraktion des beitrags`."""
    return tuple(f"{name} {work}" for name in names for work in works)


ENGLISH: dict[State, tuple[str, ...]] = {
    State.RETRACTION: listed("""
        retraction; retracted; retracted article; article retracted; article retraction; retraction notice;
        retraction note; retraction statement; retraction letter; retraction announcement; notice of retraction;
        statement of retraction; announcement of retraction; note of retraction; editorial retraction;
        author retraction; publisher retraction; retraction by the authors; retracted paper; retracted chapter;
        paper retracted; article retraction notice; retractions; editorial notice of retraction;
        editorial note: retraction; retraction of article; full retraction; retraction of publication;
        retraction of paper; notice of article retraction; paper retraction; editor's retraction; editors' retraction;
        retraction of a published article; retraction of articles; retraction of chapter; chapter retracted;
        book retracted; preprint retracted
    """),
    State.RETRACTED_AND_REPLACED: listed("""
        retracted and replaced; retracted and republished; retraction and replacement; retraction with replacement;
        retraction and republication; notice of retraction and replacement; retraction and replacement notice;
        notice of retraction and republication; retraction and replacement of; retraction with republication;
        statement of retraction and replacement
    """),
    State.PARTIAL_RETRACTION: listed("""
        partial retraction; partially retracted; retraction in part; partial retraction notice;
        notice of partial retraction; partial retraction note; retraction of part; statement of partial retraction;
        partial article retraction; retracted in part
    """),
    State.WITHDRAWAL: listed("""
        withdrawal; withdrawn; withdrawn article; article withdrawn; article withdrawal; withdrawal notice;
        notice of withdrawal; withdrawal note; statement of withdrawal; withdrawn paper; paper withdrawn;
        withdrawal of article; withdrawal statement; notice of article withdrawal; withdrawal of paper;
        withdrawn as duplicate; chapter withdrawn; book withdrawn; preprint withdrawn; author withdrawal;
        publisher withdrawal
    """),
    State.EXPRESSION_OF_CONCERN: listed("""
        expression of concern; editorial expression of concern; expression of editorial concern; notice of concern;
        statement of concern; note of concern; editorial note of concern; expression of concern notice;
        notice of expression of concern; publisher's expression of concern; interim expression of concern;
        temporary expression of concern; editors' expression of concern; editor's expression of concern;
        expressions of concern; editorial notice of concern; publisher expression of concern; editorial concern;
        editorial statement of concern
    """),
    State.REINSTATEMENT: listed("reinstatement; reinstated; notice of reinstatement; reinstatement notice"),
    State.REMOVAL: listed("""
        removal; removed; article removal; removal notice; temporary removal; notice of removal; article removed;
        statement of removal; notice of article removal; removed article; withdrawn and removed; removal note;
        permanent removal; article removal notice
    """),
    State.CORRECTION: listed("correction; author correction; publisher correction; correction notice; corrections"),
    State.CORRIGENDUM: listed("corrigendum; corrigenda"),
    State.ERRATUM: listed("erratum; errata"),
    State.ADDENDUM: listed("addendum; addenda"),
    State.CLARIFICATION: listed("clarification"),
    State.NEW_EDITION: listed("new edition"),
    State.NEW_VERSION: listed("new version"),
}

OTHER_LANGUAGES: dict[str, dict[State, tuple[str, ...]]] = {
    "de": {
        State.RETRACTION: (
            *listed("""
                retraktion; widerruf; rückzug; zurückziehung; zurückgezogen; retrahiert; zurückgezogener artikel;
                artikel zurückgezogen; retraktionsmitteilung; retraktionsvermerk; mitteilung über die retraktion;
                hinweis auf retraktion; retraktionshinweis; rücknahme; rückzugsmitteilung; retraktionsnotiz
            """),
            *_of_works(
                ("retraktion", "rücknahme", "rückzug", "widerruf", "zurückziehung"),
                (
                    "des artikels",
                    "eines artikels",
                    "des beitrags",
                    "eines beitrags",
                    "des aufsatzes",
                    "eines aufsatzes",
                ),
            ),
            *_of_works(
                ("retraktion", "rücknahme", "rückzug", "widerruf", "zurückziehung"),
                ("der arbeit", "einer arbeit", "der publikation", "einer publikation", "der veröffentlichung"),
            ),
        ),
        State.REMOVAL: listed("""
            entfernung; entfernt; artikel entfernt; entfernung des artikels; entfernung eines artikels
        """),
        State.PARTIAL_RETRACTION: listed("""
            teilretraktion; teilweise retraktion; teilweiser widerruf; teilweise zurückgezogen
        """),
        State.WITHDRAWAL: listed("zurücknahme; zurückgenommen; zurücknahme des artikels"),
        State.EXPRESSION_OF_CONCERN: listed("""
            ausdruck der besorgnis; bedenken der redaktion; ausdruck von bedenken; besorgnisbekundung;
            redaktionelle bedenken; ausdruck der sorge
        """),
        State.CORRECTION: listed("berichtigung; korrektur"),
    },
    "es": {
        State.RETRACTION: (
            *listed("""
                retractación; retracción; retractado; artículo retractado; nota de retractación;
                aviso de retractación; nota de retracción; notificación de retractación; artículo retraído;
                comunicado de retractación; nota de retractación de artículo; declaración de retractación;
                aviso de retracción
            """),
            *_of_works(
                ("retractación", "retracción"),
                ("del artículo", "de artículo", "de un artículo", "del trabajo", "de publicación", "de la publicación"),
            ),
        ),
        State.REMOVAL: listed("""
            eliminación; eliminado; artículo eliminado; eliminación del artículo; eliminación de artículo
        """),
        State.PARTIAL_RETRACTION: listed("retractación parcial; retracción parcial; parcialmente retractado"),
        State.WITHDRAWAL: listed("""
            retirado; artículo retirado; retiro; retirada del artículo; retiro de artículo; aviso de retirada;
            nota de retirada; aviso de retiro; retirada de artículo; nota de retiro
        """),
        State.EXPRESSION_OF_CONCERN: listed("""
            expresión de preocupación; expresión de inquietud; nota de preocupación
        """),
        State.RETRACTED_AND_REPLACED: listed("retractación y sustitución; retractación y reemplazo"),
        State.CORRECTION: listed("corrección; fe de erratas"),
    },
    "fr": {
        State.RETRACTION: (
            *listed("""
                rétractation; rétracté; article rétracté; avis de rétractation; note de rétractation;
                notice de rétractation; rétraction; déclaration de rétractation
            """),
            *_of_works(
                ("rétractation", "rétraction"),
                ("de l'article", "d'article", "d'un article", "de la publication", "d'une publication", "du chapitre"),
            ),
        ),
        State.REMOVAL: listed("suppression; supprimé; article supprimé; suppression de l'article"),
        State.PARTIAL_RETRACTION: listed("rétractation partielle; partiellement rétracté"),
        State.WITHDRAWAL: listed("""
            retrait; retiré; article retiré; retrait de l'article; retrait d'article; avis de retrait;
            notice de retrait; note de retrait; avis de retrait d'article
        """),
        State.EXPRESSION_OF_CONCERN: listed("""
            expression de préoccupation; expression d'inquiétude; expression de préoccupation de la rédaction;
            mise en garde de la rédaction; avis de préoccupation
        """),
        State.RETRACTED_AND_REPLACED: listed("rétractation et remplacement"),
        State.CORRECTION: listed("rectificatif"),
    },
    "it": {
        State.RETRACTION: (
            *listed("""
                ritrattazione; ritrattato; articolo ritrattato; avviso di ritrattazione; nota di ritrattazione;
                comunicazione di ritrattazione; ritrazione
            """),
            *_of_works(
                ("ritrattazione",),
                (
                    "dell'articolo",
                    "di articolo",
                    "di un articolo",
                    "del lavoro",
                    "del contributo",
                    "della pubblicazione",
                ),
            ),
        ),
        State.REMOVAL: listed("rimozione; rimosso; articolo rimosso; rimozione dell'articolo"),
        State.PARTIAL_RETRACTION: listed("ritrattazione parziale"),
        State.WITHDRAWAL: listed("""
            ritiro; ritirato; articolo ritirato; ritiro dell'articolo; avviso di ritiro; nota di ritiro;
            ritiro di un articolo
        """),
        State.EXPRESSION_OF_CONCERN: listed("""
            espressione di preoccupazione; espressione di dubbio; nota di preoccupazione
        """),
        State.CORRECTION: listed("correzione; errata corrige"),
    },
    "pt": {
        State.RETRACTION: listed("""
            retratação; retratado; artigo retratado; nota de retratação; aviso de retratação; retração;
            retratação do artigo; retratação de artigo; comunicado de retratação; declaração de retratação;
            nota de retração; artigo retraído
        """),
        State.REMOVAL: listed("remoção; removido; artigo removido; remoção do artigo; remoção de artigo"),
        State.PARTIAL_RETRACTION: listed("retratação parcial; parcialmente retratado"),
        State.WITHDRAWAL: listed("""
            retirada; artigo retirado; retirada do artigo; retirada de artigo; aviso de retirada; nota de retirada
        """),
        State.EXPRESSION_OF_CONCERN: listed("""
            manifestação de preocupação; expressão de preocupação; nota de preocupação
        """),
        State.CORRECTION: listed("correção"),
    },
    "pl": {
        State.RETRACTION: listed("""
            retrakcja; retrakcja artykułu; wycofanie; wycofanie artykułu; wycofany; artykuł wycofany;
            nota o wycofaniu; nota o wycofaniu artykułu; informacja o wycofaniu artykułu; nota retrakcyjna;
            zawiadomienie o wycofaniu; zawiadomienie o wycofaniu artykułu; wycofanie publikacji;
            oświadczenie o wycofaniu artykułu; artykuł wycofano
        """),
        State.REMOVAL: listed("usunięcie; usunięty; artykuł usunięty; usunięcie artykułu"),
        State.PARTIAL_RETRACTION: listed("częściowe wycofanie; częściowa retrakcja"),
        State.EXPRESSION_OF_CONCERN: listed("""
            wyrażenie zaniepokojenia; wyrażenie wątpliwości; wyraz zaniepokojenia; wyrażenie obaw;
            wyraz zaniepokojenia redakcji; wyrażenie zastrzeżeń
        """),
        State.CORRECTION: listed("korekta; sprostowanie"),
    },
    "ru": {
        State.RETRACTION: listed("""
            ретракция; ретракция статьи; отзыв статьи; статья отозвана; статья ретрагирована; отозвана;
            отозванная статья; уведомление о ретракции; извещение о ретракции; сообщение о ретракции;
            уведомление об отзыве статьи; ретрагирована; отзыв публикации; ретракция публикации;
            уведомление о ретракции статьи; сообщение об отзыве статьи; ретрагированная статья
        """),
        State.REMOVAL: listed("удаление; удалена; статья удалена; удаление статьи"),
        State.PARTIAL_RETRACTION: listed("частичная ретракция; частичный отзыв; частично отозвана"),
        State.WITHDRAWAL: listed("снята с публикации; снятие с публикации; статья снята с публикации"),
        State.EXPRESSION_OF_CONCERN: listed("выражение обеспокоенности; выражение озабоченности; выражение сомнения"),
        State.CORRECTION: listed("исправление; поправка"),
    },
    "zh": {
        State.RETRACTION: listed("""
            撤稿; 撤稿声明; 撤稿聲明; 撤稿通知; 撤稿启事; 撤稿公告; 撤稿说明; 论文撤稿; 文章撤稿; 已撤稿; 撤稿啟事;
            撤销论文; 论文撤稿声明; 关于撤稿的声明; 撤稿通告; 論文撤稿
        """),
        State.REMOVAL: listed("删除; 论文删除; 文章删除; 已删除"),
        State.PARTIAL_RETRACTION: listed("部分撤稿; 部分撤回"),
        State.EXPRESSION_OF_CONCERN: listed("关注声明; 关注表达; 表达关注; 编辑关注; 關注聲明; 关切声明; 关注"),
        State.CORRECTION: listed("更正; 勘误"),
    },
    "ja": {
        State.RETRACTION: listed("""
            撤回; 論文撤回; 撤回公告; 撤回通知; 撤回論文; 論文の撤回; 論文撤回のお知らせ; 撤回のお知らせ;
            掲載論文の撤回; 論文撤回公告; 掲載論文撤回のお知らせ; 論文取り消し
        """),
        State.REMOVAL: listed("削除; 論文削除; 論文の削除"),
        State.PARTIAL_RETRACTION: listed("一部撤回; 部分的撤回"),
        State.WITHDRAWAL: listed("取り下げ; 論文取り下げ; 取下げ"),
        State.EXPRESSION_OF_CONCERN: listed("懸念表明; 懸念の表明; 編集部による懸念表明; 編集上の懸念表明"),
        State.CORRECTION: listed("訂正; 正誤表"),
    },
    "ko": {
        State.RETRACTION: listed("""
            철회; 논문 철회; 논문철회; 게재 철회; 게재철회; 철회 공지; 철회 논문; 논문 철회 공지; 철회됨; 게재 취소;
            논문 게재 철회; 철회 안내; 논문 철회 안내; 게재취소
        """),
        State.REMOVAL: listed("삭제; 논문 삭제; 게재 논문 삭제"),
        State.PARTIAL_RETRACTION: listed("부분 철회; 일부 철회"),
        State.EXPRESSION_OF_CONCERN: listed("우려 표명; 우려표명; 편집자의 우려 표명; 우려의 표명"),
        State.CORRECTION: listed("정정; 정오표"),
    },
}

"""A notice without a label is known by the sentence that retracts its article, in eleven languages; nothing else is."""

import pytest

from watermark.errors import NoticeError
from watermark.notice import from_text
from watermark.notice.model import State

DECLARED = {
    "en": "The case report by Drs. Marsh and Reed, “Newts of the ponds” (Ponds 2011; 17: 203) is withdrawn.",
    "en, active": "At its meeting in May the Board resolved to retract the article “Newts of the ponds”.",
    "de": "Ihr Beitrag „Molche der Teiche“ enthält Fehler. Die Redaktion zieht den Beitrag zurück.",
    "fr": "L'article « Tritons des étangs » (Étangs, 2011) est rétracté par la rédaction.",
    "es": "La dirección retira el artículo «Tritones de las charcas» por errores en las tablas.",
    "it": "La redazione ritratta l'articolo «Tritoni degli stagni» per errori nelle tabelle.",
    "pt": 'O artigo "Tritões das lagoas" foi retratado pelos editores.',
    "pl": "Redakcja wycofuje artykuł „Traszki stawów” z powodu błędów w tabelach.",
    "ru": "Редакция журнала отозвала статью «Тритоны прудов» из-за ошибок в таблицах.",
    "zh": "编辑部决定撤销论文《池塘中的蝾螈》。",
    "ja": "論文「池のイモリ」は、著者の申し出により撤回いたします。",
    "ko": "논문 “연못의 영원”은 저자의 요청에 따라 철회합니다.",
}


@pytest.mark.parametrize("sentence", DECLARED.values(), ids=DECLARED)
def test_a_sentence_that_retracts_the_article_makes_a_letter_a_notice(sentence: str) -> None:
    state = from_text(f"Ponds\nEditorial Office\n\nTo our readers\n\n{sentence}\n").state
    assert state is (State.WITHDRAWAL if "withdrawn" in sentence else State.RETRACTION)


@pytest.mark.parametrize(
    "sentence",
    [
        "This article [1] has been retracted by its authors, since parts of it were copied.",
        "To correct the record, paper [1] will be marked as retracted.",
        "The above article by Ada Moss, Ben Fenn and Carl Reed is formally retracted by Ponds and Society.",
        "As we cannot vouch for the data, we withdraw our support for the paper and retract it.",
        "The Editor and the Editorial Board have asked that this article be retracted from Pond Reports.",
        "The authors have asked for the retraction of this article from Pond Reports.",
        "A reader wrote to us. The Editor has decided that this paper should be retracted from the Journal.",
        "As the data appeared elsewhere, the Editor has decided on its retraction from the Journal.",
        "The authors have agreed that the article be retracted.",
        "A reasonable effort should be made to remove all past references to this paper.",
        "We can trust neither figures nor conclusions, and to correct the record this paper is retracted.",
        "As it was under review elsewhere when the paper was sent to us, the Editor has decided to retract it.",
        "The journal has retracted Pond Open (2020) 9, p049478 (doi:10.5555/p.4) for unreliable data.",
        "Hiermit wird der Artikel [1] von der Schriftleitung zurückgezogen.",
        "Die Herausgeber haben den Beitrag [1] zurückgezogen, weil Daten fehlen.",
        "Los editores han retractado el artículo [1] por plagio.",
        "El Comité comunica a sus lectores la retractación del artículo [1].",
        "Les auteurs ont rétracté cet article [1] en raison d'erreurs.",
        "La rédaction procède à la rétractation de l'article [1].",
        "Con la presente si ritratta l'articolo [1].",
        "Os editores retrataram o artigo [1] a pedido dos autores.",
        "Artykuł [1] został wycofany przez autorów.",
        "Статья [1] отозвана авторами из-за ошибок.",
        "论文[1]已被作者撤回。",
        "本誌に掲載された論文[1]を取り下げます。",
        "논문[1]은 저자의 요청으로 철회되었습니다.",
    ],
)
@pytest.mark.parametrize("above", ["", "Pond Reports 12, 33 (2015)\n\n"])
def test_a_sentence_alone_or_below_the_citation_declares_the_retraction(sentence: str, above: str) -> None:
    assert from_text(f"{above}{sentence}\n").state is State.RETRACTION


@pytest.mark.parametrize(
    "sentence",
    [
        "With this editorial expression of concern the Editor alerts readers to a possible duplication in Figure 1.",
        "The Editors are issuing an editorial expression of concern, as questions were raised about the data.",
        "The Editor wishes to alert readers that concerns have been raised about the blots in this article.",
        "Con esta expresión de preocupación los editores informan a los lectores.",
    ],
)
def test_a_sentence_declares_the_concern_of_a_notice_without_a_label(sentence: str) -> None:
    assert from_text(f"{sentence}\n").state is State.EXPRESSION_OF_CONCERN


@pytest.mark.parametrize(
    "sentence",
    [
        "A reader asked that the article be retracted, and the journal looked into it.",
        "The authors asked for the retraction of the article, but the journal declined this request.",
        "The editors have decided that there is no need for the article to be retracted.",
        "The article will be retracted if the authors cannot answer.",
        "The board has not yet decided whether the article should be retracted.",
        "The paper from which they copied was retracted in 2010.",
        "The editors published an expression of concern in 2019 and have closed the case.",
        "Der Artikel wird nicht zurückgezogen.",
        "El artículo no ha sido retractado.",
        "この論文は撤回されません。",
    ],
)
def test_what_is_only_asked_for_or_denied_declares_nothing(sentence: str) -> None:
    with pytest.raises(NoticeError):
        from_text(f"{sentence}\n")


@pytest.mark.parametrize(
    "text",
    [
        "Our policy\n\nArticles may be retracted when they are wrong. The editors can decide to retract an article.\n",
        "To our readers\n\nThe Board has decided not to retract the article “Newts of the ponds”.\n",
        "Publisher retracts 27 papers\n\nThe publisher has retracted 27 papers, a spokesman said on Monday.\n",
        "Growth of newts\n\nThe article by Reed (Ponds 2010), which was retracted in 2012, had claimed otherwise.\n",
        (
            "Retractions in physics\n\nAbstract\n\nWe studied 200.\n\nIntroduction\n\nThe article “A” is retracted"
            ".\n\nMethods\n\nWe counted.\n\nResults\n\nMany were retracted.\n"
        ),
    ],
)
def test_a_policy_a_refusal_news_and_research_are_no_notices(text: str) -> None:
    with pytest.raises(NoticeError):
        from_text(text)


def test_the_title_in_quotes_outweighs_the_first_line_of_a_letter() -> None:
    text = f"PONDS QUARTERLY\n\nTo our readers\n\n{DECLARED['en']}\n"
    assert from_text(text).article.title == "Newts of the ponds"


def test_two_columns_are_read_one_after_the_other() -> None:
    text = (
        "Retraction: Slow light in fibres\n\n"
        "We retract our article (doi:10.5555/    Some panels of Fig. 2 had been\n"
        "opt.31) in Optics Record 38. After      digitally altered by one of us. The\n"
        "publication we examined the raw data    others did not know of this. We are\n"
        "of our measurements once more.          sorry for the trouble we have caused.\n"
    )
    notice = from_text(text)
    assert (notice.article.doi, notice.reasons) == ("10.5555/opt.31", ("image manipulation",))


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (
            "ARTICLE RETIRÉ\n\nAvis de rétractation\n\nL'article « Tritons des étangs » a été rétracté.\n",
            State.RETRACTION,
        ),
        (
            "EDITORIAL DE RETRATAÇÃO — RETIRADA DE ARTIGO\n\nO artigo “Tritões das lagoas” é uma cópia.\n",
            State.RETRACTION,
        ),
        ("ARTICLE RETIRÉ\n\nL'article « Tritons des étangs » a été retiré par ses auteurs.\n", State.WITHDRAWAL),
        ("WITHDRAWN: Newts of ponds\n\nThis article has been withdrawn by the authors.\n", State.WITHDRAWAL),
    ],
)
def test_a_label_of_other_languages_that_says_withdrawn_is_a_retraction_where_the_notice_says_so(
    text: str, state: State
) -> None:
    assert from_text(text).state is state

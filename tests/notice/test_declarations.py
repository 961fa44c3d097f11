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

"""Why an article was retracted is read from the words that publishers use, in eleven languages, and from no denial."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from watermark.notice import from_text
from watermark.notice.extraction.reasons import reasons

GIVEN = {
    "compromised peer review": (
        "The reviews came from e-mail accounts created by the author under the names of scholars.",
        "The peer review process of this article was compromised.",
        "The reports were written under false identities of reviewers: the reviewers were fictitious.",
        "Die Begutachtung des Beitrags wurde manipuliert.",
        "La revisión por pares fue manipulada.",
        "L'évaluation par les pairs a été manipulée.",
        "Il processo di revisione tra pari è stato compromesso.",
        "A revisão por pares foi manipulada.",
        "Recenzje tego artykułu zostały sfałszowane.",
        "Рецензирование статьи было сфальсифицировано.",
        "该文同行评议过程存在操纵行为。",
        "査読過程に不正が認められた。",
        "동료 심사가 조작되었다.",
    ),
    "data fabrication": (
        "The records of 112 participants had been fabricated by a coordinator.",
        "The chromatograms in the Supporting Information were falsified.",
        "Die Daten waren erfunden.",
        "Les valeurs publiées ont été fabriquées.",
        "Los datos fueron inventados.",
        "I dati sono stati falsificati.",
        "Os dados foram fabricados.",
        "Dane zostały sfałszowane.",
        "Данные были сфальсифицированы.",
        "论文数据存在伪造。",
        "データの捏造があった。",
        "데이터가 위조되었다.",
    ),
    "duplicate publication": (
        "Il saggio è stato ritrattato poiché pubblicato in forma sostanzialmente identica in un volume.",
        "This article is retracted owing to redundant (duplicate) publication.",
        "The publisher regrets that this article is an accidental duplication of an article that was published before.",
        "The Journal was made aware that this article had already been published by the authors in another journal.",
        "Es handelt sich um eine Doppelpublikation.",
        "Se trata de una publicación duplicada.",
        "Il s'agit d'une double publication : publication redondante.",
        "Si tratta di una pubblicazione duplicata.",
        "Trata-se de publicação duplicada.",
        "Praca stanowi powtórzenie artykułu tych samych autorów.",
        "Основание: дублирование публикации.",
        "该文属一稿多投。",
        "二重投稿であることが判明した。",
        "중복게재로 확인되었다.",
    ),
    "image duplication": (
        "Some photographs in Fig. 2 and Fig. S4 appear to be duplicates of each other.",
        "Lanes 1 to 3 of Fig. 3A were used again in Fig. 5D.",
        "The image in Figure 2D had been published as Figure 1C in an article of a different group.",
        "The migration image of Figure 4(a) is the same as Figure 6(c) of another article.",
        "Die Abbildung 2 wurde mehrfach verwendet.",
        "Les figures 2 et 3 sont identiques.",
        "Las imágenes fueron reutilizadas.",
        "图片重复使用。",
        "画像の使い回しがあった。",
    ),
    "image manipulation": (
        "In Fig. 1C, lanes had been spliced in without indication.",
        "The SEM micrographs were found to have been digitally altered.",
        "Lanes in the immunoblots were removed and others inserted.",
        "Abbildung 3 wurde manipuliert.",
        "Les images ont été manipulées.",
        "图像经过篡改。",
        "画像の改ざんが認められた。",
    ),
    "no ethical approval": (
        "The ethics committee that the article names has confirmed that it gave no approval.",
        "The animals were bled without authorisation of the animal ethics committee.",
        "The ethics board wrote to the journal, and said that it never issued the permission.",
        "The tests had been carried out without approval by an ethics committee.",
        "Lack of ethical approval.",
        "The survey was carried out before approval of the committee had been obtained.",
        "Es lag kein zustimmendes Votum einer Ethikkommission vor.",
        "L'étude a été menée sans avis du comité d'éthique : aucune approbation éthique.",
        "El estudio carecía de aprobación ética: se realizó sin aval del comité de ética.",
        "该研究未经伦理委员会批准。",
        "倫理審査委員会の承認を得ずに実施された。",
        "윤리위원회의 승인을 받지 않았다.",
    ),
    "plagiarism": (
        "The survey and the drawings in figs 3 to 7 were taken without acknowledgement from a report by Mrs Reed.",
        "Substantial passages were taken without attribution from a dissertation.",
        "Pages 240 to 252 reproduce, in translation and without acknowledgment, a chapter of another book.",
        "Es handelt sich um ein Plagiat.",
        "De larges passages ont été repris sans citation de la source.",
        "Fragmentos del texto fueron copiados sin citar la fuente: plagio.",
        "Ampie parti risultano copiate, senza citazione della fonte.",
        "O texto corresponde, sem atribuição, a uma dissertação: plágio.",
        "Tekst został przepisany bez podania źródła.",
        "Обнаружен плагиат.",
        "该文存在抄袭行为。",
        "剽窃が認められた。",
        "표절이 확인되었다.",
    ),
}


@pytest.mark.parametrize(("reason", "sentence"), [(reason, one) for reason, all_ in GIVEN.items() for one in all_])
def test_a_reason_is_read_in_the_words_of_publishers(reason: str, sentence: str) -> None:
    assert reasons([sentence]) == (reason,)


@pytest.mark.parametrize(
    "sentence",
    [
        "No evidence of plagiarism was found.",
        "The committee found no evidence that the coauthors knew of the fabrication of data.",
        "The authors deny that any data were fabricated.",
        "It is a condition of publication that plagiarism is strictly forbidden.",
        "Plagiarism is strictly forbidden, and fabricated data will be reported.",
        "All submissions are checked for plagiarism and duplicate publication.",
        "[ ] Plagiarism [ ] Duplicate publication [x] Error in the analysis",
        "The article was published in error before the revisions that the editor had asked for.",
        "The article was published before its authors had agreed.",
        "The figures were taken without citation from a report by the same authors, and are theirs.",
        "An Expression of Concern about this article was published earlier.",
        "Any illustration that has been published elsewhere must be reported.",
        "The ethics committee approved the study, and its approval is not in doubt.",
        "The fabrication of thin films is described in Section 2.",
        "Es gibt keinen Hinweis auf ein Plagiat.",
        "Aucune preuve de plagiat n'a été trouvée.",
        "No se encontró evidencia de plagio.",
        "未发现抄袭行为。",
    ],
)
def test_what_is_denied_or_only_forbidden_is_no_reason(sentence: str) -> None:
    assert reasons([sentence]) == ()


def test_the_title_of_the_article_gives_no_reason() -> None:
    title = "Detecting plagiarism in the newts' own words"
    assert reasons([f"The article {title} is retracted because of an error."], title) == ()


def test_what_another_had_published_before_is_plagiarised_and_not_published_twice() -> None:
    told = ["The authors have plagiarized a paper.", "This paper had already appeared in another journal."]
    assert reasons(told) == ("plagiarism",)


def _clauses() -> Iterator[tuple[str, str]]:
    """Yield each clause of the list beside this module, behind its reasons."""
    for part in (Path(__file__).parent / "clauses.txt").read_text(encoding="utf-8").split("#### ")[1:]:
        given, *clauses = part.strip().split("\n")
        yield from ((given, clause) for clause in clauses)


@pytest.mark.parametrize(("given", "clause"), tuple(_clauses()))
def test_a_clause_gives_what_it_says_was_done_and_no_other_reason(given: str, clause: str) -> None:
    assert "; ".join(sorted(reasons([clause]))) == given.replace("none", "")


def test_what_happened_to_another_article_is_no_reason() -> None:
    assert reasons(["Two other papers of the group have been retracted because of plagiarism."]) == ()


def test_what_the_rules_are_about_is_no_reason_beside_the_one_that_is_given() -> None:
    told = (
        "Under our policy on plagiarism and fabricated data, the article is retracted: Figures 2 and 3 are identical."
    )
    assert reasons([told]) == ("image duplication",)


def test_that_something_else_was_not_found_denies_no_reason() -> None:
    assert reasons(["The original films could not be found, and the bands of two figures are identical."]) == (
        "image duplication",
    )


def test_a_notice_that_matches_figures_gives_its_other_reasons_too() -> None:
    text = (
        "Retraction: Newts of the hills\n\nRoe A. Newts of the hills. Ponds. 2019;3:1-9.\n\nThe images"
        " had been manipulated, and Figure 1A was duplicated with Figure 2B from Roe P. Naps. *Sleep.* 2019;4:1.\n"
    )
    assert set(from_text(text).reasons) == {"image duplication", "image manipulation"}


def test_an_approval_of_which_the_sentence_before_says_that_it_is_one_of_ethics_is_missed() -> None:
    before, denied = (
        "The trial names an approval by the ethics board.",
        "The hospital says that no such approval was given.",
    )
    assert reasons([before, denied]) == ("no ethical approval",)
    assert reasons([denied]) == ()


def test_texts_and_figures_that_were_published_before_are_no_images_that_were_used_again() -> None:
    told = "The authors had published the same experiments and figures earlier in another journal."
    assert reasons([told]) == ("duplicate publication",)


@pytest.mark.parametrize(
    ("told", "given"),
    [
        ("The panel of Fig. 7B was used a second time as Fig. 7D.", "image duplication"),
        ("In Figure 1C bands were copied and flipped.", "image manipulation"),
        ("In Figure 1C cells were copied from a culture and counted.", ""),
        ("SEM images and PAS images had already appeared in another paper.", "image duplication"),
        ("Some of the images had appeared earlier.", "image duplication"),
        ("The figures are sem imagens duplicadas.", ""),
        ("The discussion was copied word for word from an article by a Dutch group.", "plagiarism"),
        ("The discussion was copied from an article by Schmidt and Weber.", "plagiarism"),
        ("The discussion was copied from an article by a group of the authors.", ""),
        (
            "The authors had published the same results, with the same figures, in another journal.",
            "duplicate publication",
        ),
    ],
)
def test_a_deed_is_read_in_words_that_stand_beside_those_of_another(told: str, given: str) -> None:
    assert "; ".join(reasons([told])) == given


def test_an_initial_ends_no_sentence() -> None:
    told = [
        "Pages 2 to 9 are a rendering of a chapter of a book (G.",
        "Zane, Dazi, 1974), which the article does not mention.",
    ]
    assert reasons(told) == ("plagiarism",)


@pytest.mark.parametrize(
    ("told", "given"),
    [
        (
            ["The text was submitted to J. Pond.", "Sci. and to another journal, which published it."],
            "duplicate publication",
        ),
        (["Figure 2C and Figure 3A of Moss et al.", "(Ponds 2012) show the same cells."], "image duplication"),
        (["The images are from Moss et al.", "Identical statistics are usual."], ""),
    ],
)
def test_an_abbreviated_journal_and_other_authors_end_no_sentence(told: list[str], given: str) -> None:
    assert "; ".join(reasons(told)) == given


def test_what_the_authors_themselves_published_before_stands_beside_plagiarism() -> None:
    told = ["The paper had been published by its authors in another journal.", "Two paragraphs are plagiarism."]
    assert reasons(told) == ("plagiarism", "duplicate publication")


def test_a_reinstated_article_is_told_of_no_reason_of_the_retraction_that_was_undone() -> None:
    text = (
        "{label}: Newts of the hills\n\nRoe A. Newts of the hills. Ponds. 2019;3:1-9.\n\nThe article had been retracted"
        " because no ethics committee had approved the study.\n"
    )
    assert from_text(text.format(label="Retraction")).reasons == ("no ethical approval",)
    assert from_text(text.format(label="Reinstatement")).reasons == ()

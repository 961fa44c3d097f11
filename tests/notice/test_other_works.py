# ruff: noqa: E501, RUF001 - each notice on one line, in its own script
"""A DOI of a good article, a correction, a comment or a data set in a notice is never taken for the retracted article."""

import pytest

from watermark.notice import from_text

TITLE = "Otters of the western fjords"
DEED = "The Editors retract this article because the samples were mixed up."
OTHER_WORKS = {
    "another title with an earlier year": f"Retraction: {TITLE}\n\nPublished: 4 May 2021\nhttps://doi.org/10.5555/n\n\nEk S. Salmon ladders in old dams. Dam J. 2010;3:4-9. doi:10.5555/good\n\n{DEED}",
    "copy announced": f"Retraction: {TITLE}\n\n{DEED}\n\nThe data are a copy of those in the following article:\n\nEk S. Salmon ladders in old dams. Dam J. 2010;3:4-9. doi:10.5555/good",
    "another title below": f"Retraction: {TITLE}\n\nEk S. Salmon ladders in old dams. Dam J. 2010;3:4-9. doi:10.5555/good\n\n{DEED}",
    "concern beside a date": f"Retraction: {TITLE}\n\nPublished: 4 May 2021\n\nAn earlier expression of concern was published: https://doi.org/10.5555/eoc\n\n{DEED}",
    "data in place": f"RETRACTED: {TITLE}\n\nFigure 2A is identical to Figure 3 of Ek S. Salmon. Dam J. 2010;3:4-9. doi:10.5555/good\n\nThis article has been retracted at the request of the authors.",
    "eoc before": f"Retraction: {TITLE}\n\nPublished: 4 May 2021\nhttps://doi.org/10.5555/n\n\nExpression of concern: Fjord Zool 2018;9:3, https://doi.org/10.5555/eoc\n\n{DEED}",
    "correction in heading": f"Retraction: {TITLE}\n\nPublished: 4 May 2021\nhttps://doi.org/10.5555/n\n\nCorrection published: Fjord Zool 2018;9:3, https://doi.org/10.5555/cor\n\n{DEED}",
    "corrigendum line": f"Retraction: {TITLE}\n\nPublished: 4 May 2021\nhttps://doi.org/10.5555/n\n\nCorrigendum, Fjord Zool 2018, 9, 3\nhttps://doi.org/10.5555/cor\n\n{DEED}",
    "dup labels": f"Retraction: {TITLE}\n\nOriginal publication: Fjord Zool 2010;3:1-9, doi:10.5555/good\nDuplicate publication: Lake Zool 2012;1:1-9, doi:10.5555/dup\n\nThe duplicate is retracted.",
    "dup labels doi": f"Retraction: {TITLE}\n\nOriginal publication: https://doi.org/10.5555/good\nDuplicate publication: https://doi.org/10.5555/dup\n\nThe Editors retract the duplicate publication.",
    "comment": f"Retraction: {TITLE}\n\nPublished: 4 May 2021\nhttps://doi.org/10.5555/n\n\nComment by Ek, Fjord Zool 2015, 9, 3, https://doi.org/10.5555/com\n\n{DEED}",
    "referred by": f"RETRACTED: {TITLE}\n\nhttps://doi.org/10.5555/a\n\nReferred to by\n\nRetraction notice to “{TITLE}”\nFjord Zool, Volume 9, May 2021, Page 3\nhttps://doi.org/10.5555/n\n\nThis article has been retracted at the request of the authors.",
    "own cite unlabelled": f"Retraction: {TITLE}\n\nFjord Editors (2021). {TITLE}. Fjord Zool 14, 3. https://doi.org/10.5555/n\n\n{DEED}",
    "dataset": f"Retraction: {TITLE}\n\nPublished: 4 May 2021\nhttps://doi.org/10.5555/n\n\nData: Dryad, 2012, https://doi.org/10.5555/dryad\n\n{DEED}",
    "preprint": f"Retraction: {TITLE}\n\nPublished: 4 May 2021\nhttps://doi.org/10.5555/n\n\nPreprint: bioLake, 2018, https://doi.org/10.5555/pre\n\n{DEED}",
    "similar title quoted": f"Retraction: {TITLE}\n\nThe Editors retract this paper. It is the same as the paper “{TITLE}” (doi:10.5555/good) by Ek.",
    "behind title 2": f"Retraction: {TITLE}\n\nEk had published “{TITLE}” (doi:10.5555/good) in 2009 and the authors submitted it again. {DEED}",
    "reader": f"Retraction: {TITLE}\n\nA reader pointed to the article “{TITLE}” (doi:10.5555/good), published two years before. {DEED}",
    "and we retract": f"Retraction: {TITLE}\n\nWe learned of Ek S. Fjord Zool 2009, 3, 4. doi:10.5555/good. We retract this article since it repeats that work.",
    "intro original in dup": f"Retraction: {TITLE}\n\nThis article (doi:10.5555/dup) repeats one that had appeared before and is retracted.\n\nOriginal article: Ek S. {TITLE}. Fjord Zool. 2009;1:1-9. doi:10.5555/good",
    "source with its DOI on the next line": "Retraction\n\nWe, the Editors, have retracted the following article, which repeats another one.\n\nSantos P. (2012). What salmon want in old dams. Dam J, 4, 9-19.\n\ndoi:10.5555/good",
    "source with its link on the next line": "Retraction\n\nWe, the Editors, retract this article, which repeats another one.\n\nSantos P. (2012). What salmon want in old dams. Dam J, 4, 9-19.\n\nhttps://doi.org/10.5555/good\n\nThe authors agree.",
    "zh source": "撤稿声明\n\n论文《城市池塘蝾螈种群动态研究》抄袭了论文《湖泊》（DOI：10.5555/good）的内容，编辑部决定撤稿。",
    "ru": "Ретракция статьи: Тритоны прудов и озёр севера\n\nСтатья отозвана, так как заимствован текст статьи «Тритоны прудов» (DOI: 10.5555/good).",
    "es": "Nota de retractación: Tritones de los lagos\n\nEl artículo se retracta porque copia el artículo «Tritones» (DOI: 10.5555/good) publicado antes.",
    "de": "Retraktion: Molche der Teiche im Norden\n\nDer Artikel wird zurückgezogen, weil er mit der Arbeit von Ek (DOI: 10.5555/good) weitgehend übereinstimmt.",
    "fr": "Rétractation : Tritons des lacs du nord\n\nCet article est rétracté parce qu'il reprend l'article de Ek (doi : 10.5555/good).",
    "pt": "Retratação: Tritões dos lagos do norte\n\nEste artigo é retratado por plágio do artigo de Ek (doi: 10.5555/good).",
    "it": "Ritrattazione: Tritoni dei laghi del nord\n\nL'articolo è ritirato perché plagia l'articolo di Ek (doi: 10.5555/good).",
    "pl": "Wycofanie artykułu: Traszki stawów północy\n\nArtykuł wycofano, ponieważ jest plagiatem artykułu Ek (doi: 10.5555/good).",
    "ja": "撤回公告\n\n本論文は、論文「湖の魚」（DOI: 10.5555/good）からの剽窃のため撤回する。",
    "ko": "논문 철회 공지\n\n이 논문은 논문 「호수의 물고기」(DOI: 10.5555/good)를 표절하여 철회합니다.",
}


@pytest.mark.parametrize("kind", OTHER_WORKS)
def test_the_doi_of_another_work_is_not_the_articles(kind: str) -> None:
    notice = from_text(OTHER_WORKS[kind])
    assert notice.article.doi in {"", "10.5555/a", "10.5555/dup"}
    assert notice.doi in {"", "10.5555/n"}


def test_a_source_that_a_sentence_points_to_is_not_the_notices_own() -> None:
    notice = from_text(
        f"Retraction: {TITLE}\n\n“{TITLE}” by S. Ek in Fjord Zool, vol. 9, July 2012, pp. 1-9\nDOI: 10.5555/a\n\n{DEED}\n\n"
        "This paper contains text from the paper cited below. The text was copied without attribution.\n\n"
        "“Salmon ladders in old dams”\nDOI: 10.5555/good\n"
    )
    assert notice.article.doi == "10.5555/a"
    assert not notice.doi

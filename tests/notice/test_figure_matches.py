# ruff: noqa: RUF001 - dashes between figures are meant
"""Which figures are duplicates of which figures of other works is read however a notice says it."""

import pytest

from watermark.notice import from_text

NOTICE = """Retraction: Newts of the ponds in winter

The Editor has retracted this article [1]. After publication, concerns were raised.

%s

References
1. Moss A, Fenn B. Newts of the ponds in winter. J Ponds. 2016;3:4-9. https://doi.org/10.5555/p.1
2. Reed C. Toads of lakes. J Lakes. 2012;1:1-9. https://doi.org/10.5555/l.1
3. Weir W. Frogs of rivers. River Lett. 2013;2:10-19. https://doi.org/10.5555/r.1
"""


@pytest.mark.parametrize(
    ("words", "matches"),
    [
        ("Figs 2b and 3a in the article are identical to Fig 1c in [2].", "2B,3A=1C"),
        ("Fig. 4D of ref. 3 was reused as Fig. 2B of this article.", "2B=4D"),
        ("Panels A–C of Figure 3 are identical to Figure 5 of [2].", "3A-C=5"),
        ("- Fig. 2B (this article) / Fig. 4D (ref. 3)\n- Fig. 3 (this article) / Fig. 1A (ref. 2)", "2B=4D; 3=1A"),
        ("Figure 2B | Figure 4D | [3]", "2B=4D"),
        (
            "The following figures appear in other works: Fig. 2B (Fig. 4D in ref. 3), Fig. 3C (Fig. 1A in ref. 2).",
            "2B=4D; 3C=1A",
        ),
        ("Supplementary Fig. S2 overlaps with Supplementary Figure S4B in Reed (2012) [2].", "S2=S4B"),
        ("Figure 2B and Figure 4D of [3] show the same cells.", "2B=4D"),
        ("The blot in Fig. 8c is the same as in Supplementary Fig. 3a of [2].", "8C=S3A"),
        ("Suppl. Figure 4 and Figure 5B of [2] are the same.", "S4=5B"),
        ("Fig. 2D also appears in Fig. 1F of [2], and that Fig. 4C and Fig. 3E of [3] match is clear.", "2D=1F; 4C=3E"),
        ("Figure 2D is the same as Figure 1F of [2], while Figure 4C and Figure 3E of [3] overlap.", "2D=1F; 4C=3E"),
        (
            "Figure 2D is the same as Figure 1F of [2], and Figure 4C and Figure 3E of [3] are identical.",
            "2D=1F; 4C=3E",
        ),
        (
            "Figure 2D is the same as Figure 1F of [2], and also as Figure 4C and Figure 3E of [3].",
            "2D=1F; 2D=4C; 2D=3E",
        ),
        (
            "Figures 3F and 3G are the same as, respectively, Figures 2D and 2E of Lakes 115 (2019) 108861.",
            "3F=2D; 3G=2E",
        ),
        ("Figure 3F is the same as Figure 2D of Nat. Lakes 115, 108861 (2019).", "3F=2D"),
        ("Figures 2A and 3B duplicate Figures 1C and 5D of [2], respectively.", "2A=1C; 3B=5D"),
        ("The blot in Figure 2B also appears in [2] as Figure 3C.", "2B=3C"),
        (
            "The image in Fig. 5A has been previously published as Fig. 3B in Reed et al. (J Lakes 2012; 1: 1-9).",
            "5A=3B",
        ),
        ("Figure 1A does not match Figure 2 of [3].", ""),
        ("Fig 4B and Fig 4D of [1] both overlap with Fig 3F of [3].", "4B,4D=3F"),
        (
            "Figure 2D of [1] is identical to Figure 1E of [2], and Figure 4B of [1] to Figure 4A of [3].",
            "2D=1E; 4B=4A",
        ),
        ("The Fig 1D actin panel is the same as the Fig 2B tubulin panel in [2].", "1D=2B"),
        ("Figure 3D, 143B, appears to have been duplicated from Figure 5C in [2].", "3D=5C"),
        ("Fig. 3B is the same as Fig. 5A of [2], and Fig. 6D is the same as Fig. 2C there.", "3B=5A; 6D=2C"),
        ("Figure 1D is identical to Figure 2D of that article.", "1D=2D"),
        ("Figure 2B is the same as Fig. 3A in our earlier article in River Letters.", "2B=3A"),
        ("Fig. 1C is the same as Fig. 2D of Reed, C., and Weir, W. (2011) River Lett. 2, 10.", "1C=2D"),
        ("Figs. 7A,B are crops of the field in Fig. 1D of Reed et al. (2017).", "7A,7B=1D"),
        ("文中图2B与作者2015年发表的论文(2015,12(3):201-206)中的图4A为同一图片。", "2B=4A"),
        ("Figure 2 was duplicated within the article; Figure 3A and Figure 3C are the same.", ""),
        (
            "Figure 6C overlaps with Figure 2A in Weir and Reed, River Lett 2013, 2, 10 (https://doi.org/10.5555/r.1).",
            "6C=2A",
        ),
        (
            "In Figure 4A, ‘control’ looks the same as Figure 2 (panel ‘72 h’) of the paper by Weir et al. [3].",
            "4A=2",
        ),
        ("Fig 3C was copied from the 2012 paper by Reed [2] (Fig 1D).", "3C=1D"),
        ("Image overlap was found between Figure 3B in this article and Figure 2A in reference [2].", "3B=2A"),
        (
            "Similarities between Figure 2D and Figure 3E of Weir, 2013 (https://doi.org/10.5555/r.1) were noted.",
            "2D=3E",
        ),
        (
            "Figure 3E of Reed et al. 2012 (https://doi.org/10.5555/l.1) is identical to Figure 2D in this paper.",
            "2D=3E",
        ),
        (
            "Figure 2C is identical to Figure 3D of a paper by others. Figure 5A is reused as Figure 1E of that paper.",
            "2C=3D; 5A=1E",
        ),
        ("Figure 7D resembles Figure 1B of Reed and Fenn (2011).", "7D=1B"),
        ("Figure 3B duplicates Figure 2A of a previously published article from another group.", "3B=2A"),
        ("Figure 3B duplicates Figure 2A of our article.", ""),
        (
            "Fig. 3A and Fig. 3F are the same as Fig. 2B and Fig. 4C, respectively, in another paper [2].",
            "3A=2B; 3F=4C",
        ),
        ("These are identical: Fig. 6C and Fig. 2B of [2]; Fig. 6D and Fig. 2E of [2].", "6C=2B; 6D=2E"),
        ("Die Abb. 2B ist mit Abb. 4C einer früheren Arbeit derselben Gruppe [2] identisch.", "2B=4C"),
        ("La figure 2D est identique à la figure 5A d'un article antérieur [2].", "2D=5A"),
        ("La figura 3C es idéntica a la figura 1B de un artículo anterior [2].", "3C=1B"),
        ("Rycina 3C jest identyczna z ryciną 1B we wcześniejszej pracy [2].", "3C=1B"),
        ("Рисунок 3C идентичен рисунку 1B в работе [2].", "3C=1B"),
        ("図3Cは,別の論文[2]の図1Bと同一であった。", "3C=1B"),
        ("그림 3C는 다른 논문 [2]의 그림 1B와 동일하다.", "3C=1B"),
        ("该文图3B与另一论文中的图2A为同一图片。", "3B=2A"),
        (
            (
                "Figure 1(a) is identical to Figure 2(b), and Figure 4(c) to Figure 5(d), of the following paper:\n\n"
                "Reed, C. (2012). Toads. Lakes, 1(1), 1–9."
            ),
            "1A=2B; 4C=5D",
        ),
        (
            "Figure 3B, image for T24, sh-1, duplicates Figure 4D, SW1, NC, from Reed C. Toads. Lakes. 2012;1:1-9.",
            "3B=4D",
        ),
        ("Fig. 2 F had been used as Fig. 7 C of a paper in River Letters (17:3310-3322).", "2F=7C"),
        ("The bud of Fig. 1 (B and D) is that shown as Fig. 4 A of an article by Reed (2012).", "1B,1D=4A"),
        ("Figure 5, B and D, are the same as Figure 2, A and C, of [2].", "5B,5D=2A; 5B,5D=2C"),
        ("Panels of Fig. 5 (5A, 5B) are duplicated from Fig 3 in [2].", "5A,5B=3"),
        ("Figs. 4D and E overlap with Fig. 2A in [2].", "4D,4E=2A"),
        ("Figures 4A to 4C come from Figure 3C in an article of another group.[2]", "4A,4B,4C=3C"),
        ("In Fig. 3E, p-62 looks very much like Fig. 4C of [2].", "3E=4C"),
        ("The panel in S3A Fig appears similar to Fig 2D of [3].", "S3A=2D"),
        ("Fig. 1D is the same image as Fig. S4 in the Supporting Information of an earlier paper [2].", "1D=S4"),
        ("Fig. 1A (lower) and Fig. 2B (upper) are the same as Fig. 3A of [2].", "1A,2B=3A"),
        ("The article's Fig. 3 overlaps with Fig. 6 in [2], and with the bands in Fig. 2b in [3].", "3=6; 3=2B"),
        (
            "Fig. 2a is similar to Fig. S1e of this article, to IV in Fig. 3b of [2] and to V in Fig. 2d of [3].",
            "2A=3B; 2A=2D",
        ),
        ("The A panel in Fig 4D and the B panel in Fig 4E appear similar to Fig 2B of [3].", "4D,4E=2B"),
        (
            "Fig. 2A is the same as Fig. 3B, and 1 panel the same as a panel of Fig. 4C, in an earlier article [3].",
            "2A=3B; 2A=4C",
        ),
        (
            "Figs 2D and 5B had been published, as Figs 1C and 4A respectively, in an article by others (Reed 2012).",
            "2D=1C; 5B=4A",
        ),
        (
            "These came from other work:\n\n- Fig. 1E, both from Fig. 4B in ref. 2;\n- Fig. 3C and Fig. 7A of ref. 3.",
            "1E=4B; 3C=7A",
        ),
        (
            "Fig. 2G | wound, 24 h | Fig. 1F of Reed et al. 2018\nFig. 4E | mimic | Fig. 4D of this article",
            "2G=1F",
        ),
        ("The data of Fig. 1 resemble those of others (J Lakes, 2018; 24: 58-80, Fig. 2B).", "1=2B"),
        ("Fig. 5A had been used in a previous publication of the authors ([2], Fig. 2D).", "5A=2D"),
        ("Images in Figure 4D of this article appear in https://doi.org/10.5555/l.1 (Figure 3A).", "4D=3A"),
        (
            "A panel is found in our report (Reed C, J Lakes 3:4, 2011): Fig. 2B is identical to Fig. 6A there.",
            "2B=6A",
        ),
        (
            "Figure 2a is the same as Figure 3c in Shu, P.; Tuo, H. Soft Gels 2016, 8, 1144 and must go.",
            "2A=3C",
        ),
        (
            "Fig. 4D of [3] is reused as Fig. 2B of this article. Fig. 5A of [3] is reused as Fig. 3C of this article.",
            "2B=4D; 3C=5A",
        ),
        ("La figura 4C coincide con la figura 3D del mismo trabajo [2].", "4C=3D"),
        (
            "Les figures 2A et 3B sont identiques aux figures 1C et 4D d'un autre article [2], respectivement.",
            "2A=1C; 3B=4D",
        ),
        (
            "该文图2B与其他作者发表的另一篇论文（乔立. 肾损伤. 肾病研究, 2016, 12(3): 188-193）中的图4A为同一图片。",
            "2B=4A",
        ),
        ("No overlap was found between Fig. 2A and Fig. 3B of [2].", ""),
        ("The authors deny that Figure 3A was taken from Figure 2B of [3].", ""),
        ("The committee did not find that Figure 3A is the same as Figure 2B of [3].", ""),
        ("A reader claimed that Fig. 2A is identical to Fig. 3B of [2]; this claim was not substantiated.", ""),
        ("Similar methods were used for Figure 2A and in Figure 3 of [2]; the images differ.", ""),
        ("Fig. 3B overlaps with Fig. 3D in [1].", ""),
        (
            "Figure 3B (MG) has been found to be published as Figure 5E in an article by others [2].",
            "3B=5E",
        ),
        (
            "Fig. 3E overlaps with Fig. 2D in [3].\n\nBands in Fig. 5A resemble those in Fig. 5D of the same work.",
            "3E=2D",
        ),
        ("Fig. 3E overlaps with Fig. 2D in [3], and Fig. 3F with Fig. 2G of the same article.", "3E=2D; 3F=2G"),
        ("Fig 2F and Fig 2G of [3], when flipped, appear to overlap with Fig 5D of this article.", "5D=2F; 5D=2G"),
        ("Fig 2F and Fig 2G of [3] are the same, and Fig 5D of this article was changed.", "2F=2G"),
        ("Fig 4A of [3] is similar to Fig 3C and to Fig 3D of this article.", "3C,3D=4A"),
        ("Fig 4A of [3] duplicates Fig 3C, and also Fig 3D, of [1].", "3C,3D=4A"),
        ("The plot of Figure 2C and that in Figure 3A of Reed et al. (DOI: 10.5555/l.1) show the same cells.", "2C=3A"),
        ("Figure 2C is identical to Figure 3A in Reed and Weir, doi:10.5555/l.1.", "2C=3A"),
        ("The image in Figure 1F and the same image, rotated, in Figure 2D overlap with Figure 4A of [2].", "1F,2D=4A"),
        (
            "Figs. 2A, B and 4C of this article overlap with Figs. 1A and 3D of reference 2, respectively.",
            "2A,2B=1A; 4C=3D",
        ),
        ("Fig. 1D is the same as Fig. 3C in the article with DOI 10.5555/l.1.", "1D=3C"),
        ("Figure 2B is similar to Figure 2D in the same article and to Figure 4A in [2].", "2B=4A"),
        ("Figure 2B overlaps with Figure 3B of this article and Figure 4A of [2].", "2B=4A"),
    ],
)
def test_a_figure_and_the_figure_of_another_work_are_matched_in_each_wording(words: str, matches: str) -> None:
    found = from_text(NOTICE % words).figure_matches
    assert "; ".join(f"{','.join(match.figures)}={match.source_figure}" for match in found) == matches


def test_a_match_that_a_notice_tells_in_two_languages_is_one_match() -> None:
    told = "该文图3B与另一论文中的图2A为同一图片。\n\nFigure 3B duplicates Figure 2A of another article."
    assert len(from_text(NOTICE % told).figure_matches) == 1


def test_the_same_article_is_the_one_that_the_paragraph_before_names() -> None:
    told = "Figure 2E duplicates Figure 4B of Reed (2016).\n\nFigure 5A duplicates Figure 1C from the same article."
    assert [
        (match.figures, match.source_figure, match.source.year) for match in from_text(NOTICE % told).figure_matches
    ] == [
        (("2E",), "4B", 2016),
        (("5A",), "1C", 2016),
    ]


@pytest.mark.parametrize(
    ("words", "matches"),
    [
        ("This article [1] is retracted: Fig. 5C of [2] is the same as Fig. 3A of [1].", "3A=5C [2]"),
        ("Fig. 5B looks very much like Fig. 4A (40X) of [ 1].", "5B=4A [1]"),
        (
            "This article [1] is retracted: Fig. 2A of [1] is the same as Fig. 3B of the retracted article [4].",
            "2A=3B [4]",
        ),
        ("Fig. 2A is the same as Fig. 1B in an earlier article [1] and as Fig. 1B in [2].", "2A=1B [1]; 2A=1B [2]"),
        ("This article [1] is retracted: Fig. 2A of [1] and Fig. 2B of [1] are the same.", ""),
    ],
)
def test_a_number_names_another_work_where_the_list_of_references_is_lost(words: str, matches: str) -> None:
    found = from_text(f"Retraction: Newts of the ponds in winter\n\n{words}\n").figure_matches
    told = (f"{','.join(match.figures)}={match.source_figure} {match.source.citation}" for match in found)
    assert "; ".join(told) == matches


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("Figure 2B is the same as in another article (ref. 2; Fig. 3C).", "[2]"),
        ("Figure 2B was used in Moss et al., 2018 (see Fig. 3C).", "Moss et al. (2018)"),
        ("The blot in Figure 2B is the same as one in (Moss et al., 2018, their Fig. 3C).", "Moss et al., 2018"),
        ("Figure 2B is identical to Fig. 3C in https://doi.org/10.5555/lake.7.", "https://doi.org/10.5555/lake.7"),
    ],
)
def test_a_work_may_be_cited_in_front_of_its_figure_or_by_its_doi_alone(words: str, source: str) -> None:
    found = from_text(f"Retraction: Newts of the ponds in winter\n\n{words}\n").figure_matches
    assert [(one.figures, one.source_figure, one.source.citation) for one in found] == [(("2B",), "3C", source)]


@pytest.mark.parametrize(
    ("words", "matches"),
    [
        ("Figure 2D, 48 h group, is a duplicate of Figure 5A, control, from Reed et al. (2016).", "2D=5A"),
        ("Figure 2D, 10 mg group, is a duplicate of Figure 5A, control, from Reed et al. (2016).", "2D=5A"),
        ("Figure 2D, 3b are duplicates of Figure 5A from Reed et al. (2016).", "2D,3B=5A"),
        (
            "Panels of Figures 5B and 5C are found as Fig. 4B and 4F, respectively, in Reed et al. (2016).",
            "5B=4B; 5C=4F",
        ),
    ],
)
def test_an_amount_behind_a_figure_is_no_figure_and_what_is_found_as_one_is_the_same(words: str, matches: str) -> None:
    found = from_text(NOTICE % words).figure_matches
    assert "; ".join(f"{','.join(match.figures)}={match.source_figure}" for match in found) == matches


def test_a_sentence_goes_on_in_the_next_line_behind_the_word_figure() -> None:
    told = "- Figure 5A, si-NC, is a duplicate of the image in Figure\n\n4F, Vector, from Reed et al. (2016)."
    assert [match.source_figure for match in from_text(NOTICE % told).figure_matches] == ["4F"]

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

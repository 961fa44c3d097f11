# ruff: noqa: RUF001 - punctuation of other scripts is meant
"""A journal's name is given without what is printed around it, in full, and in the letters of its language."""

import pytest

from watermark.notice.extraction.journal_names import as_given, cleaned
from watermark.notice.text_blocks import Block


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Estudios de Estanques, núm.", "Estudios de Estanques"),
        ("Revista de Geoquímica, v.", "Revista de Geoquímica"),
        ("Journal of Ponds and Texts 19.1", "Journal of Ponds and Texts"),
        ("World Ponds xxx", "World Ponds"),
        ("Studies in Ponds >", "Studies in Ponds"),
        ("게재 정보: 한국연못학회지", "한국연못학회지"),
        ("中华池塘杂志，2018，36(5)：371-377", "中华池塘杂志"),
        ("한국연못연구 제23권 제4호(2019), 301-324쪽", "한국연못연구"),
        ("Revista de estanques versión On-line ISSN 0799-9887", "Revista de estanques"),
        ("Vol. 71, núm.", ""),
        ("Том", ""),
        ("J. Phys. B", "J. Phys. B"),
        ("Expression of concern for Anesth Ponds", "Anesth Ponds"),
        ("Expression of Concern in Pond Med", "Pond Med"),
        ("Pond Science. Epub ahead of print", "Pond Science"),
        ("水生学报》编辑部", "水生学报"),
        ("Materials Today: Proceedings", "Materials Today: Proceedings"),
    ],
)
def test_a_name_is_cleared_of_its_label_and_of_the_volume_behind_it(printed: str, name: str) -> None:
    assert cleaned(printed) == name


@pytest.mark.parametrize(
    ("name", "line", "given"),
    [
        ("J. Exp. Ponds", "J. Exp. Ponds. Vol. 208, No. 5", "J. Exp. Ponds."),
        ("Pond Lett", "Pond Lett.", "Pond Lett."),
        ("Pond Bee", "Pond Bee.", "Pond Bee"),
        ("J. Ponds", "We retract it from J. Ponds", "J. Ponds"),
        ("Nutr Estanq Iber", "Nutrición Estanqueña Ibérica", "Nutrición Estanqueña Ibérica"),
        ("Pond Fam Pract", "It was published in Pond Family Practice.", "Pond Family Practice"),
        ("J. Pond Sci.", "Journal of Pond Science", "J. Pond Sci."),
        ("Cell Stud", "Cells studied in ponds", "Cell Stud"),
        ("Pond Res", "©2018 Northern Association for Pond Research.", "Pond Res"),
        ("SAVANNAH JOURNAL OF PONDS", "Vol. 9", "Savannah Journal of Ponds"),
        ("IEEE LETTERS ON PONDS", "Vol. 9", "IEEE Letters on Ponds"),
        ("RIVISTA CRITICA DELLE ACQUE", "Vol. 9", "Rivista critica delle acque"),
        ("SAVANNAH JOURNAL of PONDS", "the Savannah journal of Ponds", "Savannah journal of Ponds"),
        ("PLOS PONDS", "Vol. 9", "PLOS PONDS"),
    ],
)
def test_a_name_is_given_in_the_best_form_that_the_notice_has(name: str, line: str, given: str) -> None:
    assert as_given(name, [Block(marked_up=line, words=line)]) == given

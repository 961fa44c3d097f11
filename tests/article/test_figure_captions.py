"""The page of a figure is the one with its caption, not one on which it is only mentioned."""

import pytest

from tests.article.lines import body, page
from tests.conftest import SHARED
from watermark.article import captions_in, pages_of_figures
from watermark.pdf.rendering import RenderedDocument
from watermark.pdf.text_lines import TextLine

SEEN = {  # looked up by eye, page by page
    "acm-icse-2024.pdf": {"1": (2,), "2": (3,), "3": (4,), "4": (5,), "5": (5,), "6": (7,)},
    "clinsci-2014.pdf": {"1": (2,), "2": (5,), "3": (5,), "4": (5,), "5": (6,), "6": (6,), "7": (7,)},
    "jose-00240-a3b.pdf": {"1": (4,), "2": (5,)},
    "peerj-cs-213.pdf": {"1": (6,), "2": (6,), "3": (6,), "4": (7,), "5": (13,)},
    "plosbiol-pbio.1000442.pdf": {str(n): (n + 2,) for n in range(1, 10)},
    "plosone-2014.pdf": {"1": (6,), "2": (6,), "3": (7,)},
    "rescience-416801.pdf": {"1": (3,), "2": (4,), "3": (5,), "4": (6,), "5": (7,), "6": (10,)},
    "springer-emse-2020-a2b-invalid.pdf": {"1": (6,), "2": (14,), "3": (15,), "4": (15,), "5": (19,)},
    "wiley-spe-2022.pdf": {"1": (4,), "2": (7,), "3": (7,), "4": (11,), "5": (12,), "6": (13,), "7": (15,), "8": (16,)},
}


def found(*pages: tuple[TextLine, ...], figures: tuple[str, ...] = ("3A",)) -> dict[str, tuple[int, ...]]:
    return dict(pages_of_figures(figures, len(pages), lambda number: captions_in(pages[number - 1])))


@pytest.mark.parametrize(
    "caption",
    [
        "Figure 3. Cells under stress.",
        "Fig. 3: Cells under stress",
        "FIGURE 3 Cells under stress",
        "Figure 3 | Cells under stress",
        "Fig 3A. Cells under stress",
        "Figure 3A-E. Cells under stress",
        "Abbildung 3: Zellen",
        "Рис. 3. Клетки",
        "图 3: 细胞",
    ],
)
def test_a_caption_begins_a_line_and_is_marked_off(caption: str) -> None:
    mention = page(*body(3), "as can be seen in Figure 3, the cells", *body(3))
    assert found(mention, page(*body(5), "ends here.", caption, *body(2)), mention) == {"3A": (2,)}


@pytest.mark.parametrize(
    "line",
    [
        "Figure 3 shows the cells",
        "Figure 33. Other cells",
        "Fig. 3). In addition, cells",
        "Table 3. Cells",
        "figures of 3.",
    ],
)
def test_a_mention_is_not_a_caption(line: str) -> None:
    assert found(page(*body(5), "ends here.", line, *body(2))) == {}


def test_a_sentence_that_continues_with_a_figure_is_not_a_caption() -> None:
    lines = (TextLine("This is what is seen in the", 700, 690, 10), TextLine("Figure 3. The cells", 688, 678, 10))
    assert found(lines) == {}
    apart = (lines[0], TextLine("Figure 3. The cells", 600, 590, 10))
    assert found(apart) == {"3A": (1,)}


def test_a_caption_goes_before_what_only_looks_like_one() -> None:
    assert found(page("Figure 3 Cells are shown there"), page("Figure 3. Cells")) == {"3A": (2,)}


def test_a_figure_that_continues_on_the_next_page_has_both_pages_and_one_that_is_everywhere_has_none() -> None:
    caption = page("Figure 3. Cells")
    assert found(caption, caption) == {"3A": (1, 2)}
    assert found(*[caption] * 4) == {}


def test_panels_and_supplements_are_looked_up_by_their_number() -> None:
    pages = (page("Figure 3. Cells"), page("Supplementary Figure S3. More cells"))
    assert found(*pages, figures=("3A-C", "3E", "s3b", "x")) == {"3A-C": (1,), "3E": (1,), "s3b": (2,)}


@pytest.mark.corpus
@pytest.mark.parametrize("name", SEEN)
def test_real_captions_are_found_where_they_stand(name: str) -> None:
    with RenderedDocument(SHARED / "corpus" / "articles" / name) as look:
        assert (
            pages_of_figures(list(SEEN[name]), len(look), lambda number: captions_in(look.lines(number))) == SEEN[name]
        )

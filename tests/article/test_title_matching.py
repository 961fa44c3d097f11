"""Two titles are one although their letters were changed on the way, and two when one word is another."""

import pytest

from watermark.article import title_matching
from watermark.article.title_matching import SimilarityLevel, compared, is_telling, is_title

ALPHA, BETA = "\u03b1\u03b2"
LONG = "Deep learning for the detection of small cracks in concrete bridges"


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        (LONG, LONG.upper(), SimilarityLevel.SAME),
        (LONG, LONG.replace("detection", "detec- tion"), SimilarityLevel.SAME),
        (LONG, LONG.replace("fi", "\ufb01"), SimilarityLevel.SAME),
        (LONG, f"RETRACTED: {LONG}", SimilarityLevel.SAME),
        (LONG, f"Withdrawn: {LONG}", SimilarityLevel.SAME),
        ("Colour and behaviour of the fish", "Color and behavior of fish", SimilarityLevel.SAME),
        (
            f"The role of TNF-{ALPHA} in arthritis of the knee",
            "The role of TNF-alpha in arthritis of the knee",
            SimilarityLevel.SAME,
        ),
        ("Cats & dogs in the city of Łódź", "Cats and dogs in the city of Łódz\u00b4", SimilarityLevel.SAME),
        (LONG, f"{LONG}: a review", SimilarityLevel.ALIKE),
        (f"{LONG}: a review", LONG, SimilarityLevel.ALIKE),
        ("Sleep in ageing rats under stress", "Sleep in ageing mice under stress", SimilarityLevel.OTHER),
        (
            f"The role of TNF-{ALPHA} in arthritis of the knee",
            f"The role of TNF-{BETA} in arthritis of the knee",
            SimilarityLevel.OTHER,
        ),
        ("The long non-coding RNA SNHG1 in cancer", "The long non-coding RNA SNHG12 in cancer", SimilarityLevel.OTHER),
        ("Cancer statistics for the world, 2018", "Cancer statistics for the world, 2020", SimilarityLevel.OTHER),
        (
            "The role of TNF in the growth of tumours",
            "The role of TNFR in the growth of tumours",
            SimilarityLevel.OTHER,
        ),
        ("On the growth of crystals. Part XVII", "On the growth of crystals. Part XVIII", SimilarityLevel.OTHER),
        ("Notes on the specimen 20201234 in Berlin", "Notes on the specimen 20201235 in Berlin", SimilarityLevel.OTHER),
        ("On the growth of crystals. Part I", "On the growth of crystals. Part II", SimilarityLevel.OTHER),
        ("Vitamin C and the common cold in adults", "Vitamin D and the common cold in adults", SimilarityLevel.OTHER),
        ("Assortative matching and search", "[Re] Assortative matching and search", SimilarityLevel.OTHER),
        (f"Comment on “{LONG}”", LONG, SimilarityLevel.OTHER),
        ("一年级学生的阅读能力研究", "二年级学生的阅读能力研究", SimilarityLevel.OTHER),
        ("miR-31调节肝癌细胞凋亡", "miR-32调节肝癌细胞凋亡", SimilarityLevel.OTHER),
        ("", LONG, SimilarityLevel.OTHER),
        ("…", "!", SimilarityLevel.SAME),
    ],
)
def test_titles_are_compared_word_by_word(one: str, other: str, likeness: SimilarityLevel) -> None:
    assert compared(one, other) is likeness
    assert compared(other, one) is likeness


@pytest.mark.parametrize(
    "name",
    [
        "Microsoft Word - final2.doc",
        "untitled",
        "pbio.1000441 1..12",
        "6489122611071476 1..10",
        "paper.tex",
        "PII: S01",
    ],
)
def test_what_a_program_writes_in_place_of_a_title_is_not_a_title(name: str) -> None:
    assert not is_title(name)
    assert is_title(LONG)


def test_a_title_of_few_words_is_not_one_articles_alone() -> None:
    assert is_telling(LONG)
    assert not is_telling("Letter to the Editor")
    assert not is_telling("Introduction")
    assert is_telling("小学生阅读能力研究")
    assert not is_telling("编者的话")


def test_a_title_as_long_as_a_book_is_compared_and_not_remembered() -> None:
    book = "The words of a book and no title of an article " * 200
    before = [cached.cache_info().currsize for cached in (title_matching._comparable, title_matching._words_of)]
    assert compared(book, book.upper()) is SimilarityLevel.SAME
    assert compared(book, f"Other {book}") is SimilarityLevel.OTHER
    assert [cached.cache_info().currsize for cached in (title_matching._comparable, title_matching._words_of)] == before

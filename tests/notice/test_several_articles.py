"""A text about several retracted articles is never read as a notice about one: the user says which one is meant."""

from pathlib import Path

import pytest

from watermark.errors import AmbiguousNoticeError
from watermark.notice import from_text, read_notice
from watermark.notice.model import DoiRole

NEWTS = "Marsh A, Fenn B. Newts of the northern ponds. J Ponds. 2019;5(3):12-19. doi:10.5555/a.1"
FROGS = "Fenn B, Marsh A. Frogs of the southern lakes in May. J Ponds. 2020;6(1):2-9. doi:10.5555/b.2"
REASON = "The peer review was compromised."
BOTH = {
    "announced": (
        f"Retraction of two articles\n\nThe following articles have been retracted:\n\n{NEWTS}\n\n{FROGS}\n\n{REASON}"
    ),
    "labels": (
        "Retraction: Newts of the northern ponds\nDOI: 10.5555/a.1\n\nThe editors retract this article.\n\n"
        "Retraction: Frogs of the southern lakes in May\nDOI: 10.5555/b.2\n\n"
        f"The editors retract this article. {REASON}"
    ),
    "numbered": (
        "Retraction notice\n\nThe Editors retract the following two articles.\n\n"
        "1. Newts of the northern ponds. https://doi.org/10.5555/a.1\n"
        "2. Frogs of the southern lakes in May. https://doi.org/10.5555/b.2\n"
    ),
    "one sentence": (
        "Retraction: Newts of the northern ponds\n\nThe articles “Newts of the northern ponds” (https://doi.org/10.5555/a.1)"
        " and “Frogs of the southern lakes in May” (https://doi.org/10.5555/b.2) have been retracted by the publisher."
    ),
    "both titles in the heading": (
        "Retraction: Newts of the northern ponds, and Frogs of the southern lakes in May\n\n"
        f"{NEWTS}\n{FROGS}\n\nThe Editors have retracted both papers because of errors."
    ),
    "citations behind labels": (
        "Retraction\n\nPublished: 4 May 2024\n\nRetraction to: J Ponds (2019) 5:12-19 https://doi.org/10.5555/a.1\n"
        "Retraction to: J Ponds (2020) 6:2-9 https://doi.org/10.5555/b.2\n\n"
        "The Editor-in-Chief has retracted these articles."
    ),
}


@pytest.mark.parametrize("kind", BOTH)
def test_the_articles_are_listed_and_the_user_is_asked(kind: str) -> None:
    with pytest.raises(AmbiguousNoticeError, match=r"2 articles.*10\.5555/a\.1, 10\.5555/b\.2") as raised:
        from_text(BOTH[kind])
    assert raised.value.exit_status == 2


@pytest.mark.parametrize("kind", BOTH)
def test_the_article_that_the_user_names_is_taken_and_the_other_one_is_another_work(kind: str) -> None:
    notice = from_text(BOTH[kind], article_doi="https://doi.org/10.5555/B.2")
    assert notice.article.doi == "10.5555/b.2"
    assert "Newts" not in notice.article.title
    assert notice.doi == ""
    assert {m.doi: m.role for m in notice.dois} == {"10.5555/a.1": DoiRole.REFERENCE, "10.5555/b.2": DoiRole.ARTICLE}


@pytest.mark.parametrize("suffix", ["txt", "html"])
def test_files_are_read_for_the_article_that_is_named(tmp_path: Path, suffix: str) -> None:
    text = BOTH["announced"]
    if suffix == "html":
        paragraphs = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
        text = f"<!doctype html><html><head><title>Notice</title></head><body>{paragraphs}</body></html>"
    path = tmp_path / f"notice.{suffix}"
    path.write_text(text)
    with pytest.raises(AmbiguousNoticeError, match="2 articles"):
        read_notice(path)
    assert read_notice(path, article_doi="10.5555/a.1").notice.article.doi == "10.5555/a.1"


def test_an_article_that_is_not_among_them_is_not_taken() -> None:
    with pytest.raises(AmbiguousNoticeError, match=r"none has the DOI 10\.5555/c\.3"):
        from_text(BOTH["announced"], article_doi="10.5555/c.3")


@pytest.mark.parametrize(
    "sentence",
    [
        "Its text was copied from the following articles: 10.5555/x.1 and 10.5555/y.2.",
        "Two other articles by the group have also been retracted (10.5555/x.1, 10.5555/y.2).",
        "It duplicates two papers (10.5555/x.1, 10.5555/y.2) that were published earlier.",
    ],
)
def test_other_works_that_are_named_together_are_no_articles_of_the_notice(sentence: str) -> None:
    notice = from_text(
        f"Retraction: Newts of the northern ponds\n\nThe Editors retract this article (10.5555/a.1). {sentence}"
    )
    assert notice.article.doi == "10.5555/a.1"


def test_a_second_citation_in_the_heading_is_never_the_notice_s_own() -> None:
    notice = from_text(f"Retraction\n\n{NEWTS}\n\n{FROGS}\n\nThe Editors retract this article. {REASON}")
    assert notice.doi == ""


@pytest.mark.parametrize("title", ["Retraction of two articles", "Batch retraction notice"])
def test_the_title_of_a_list_tells_the_state_where_no_sentence_does(title: str) -> None:
    with pytest.raises(AmbiguousNoticeError, match="2 articles"):
        from_text(f"{title}\n\nThe texts were copied.\n\n1. {NEWTS}\n\n2. {FROGS}\n")

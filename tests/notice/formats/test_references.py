"""References in RIS and BibTeX tell of a retraction by the label of the title, a type or a remark."""

import time
from pathlib import Path

import pytest

from tests.notice.texts import assert_refused_quickly, read
from watermark.errors import NoticeError
from watermark.notice import State
from watermark.notice.formats.bibtex import entries_in, plain_text

NEWTS = "Newts of the northern ponds"


def ris(
    *lines: str, title: str = f"RETRACTED: {NEWTS}", doi: str = "10.5555/POND.1", author: str = "AU  - Ode, Ann"
) -> str:
    tags = ["TY  - JOUR", f"TI  - {title}", author, "JO  - J Ponds", "PY  - 2018/01/03/", "VL  - 7", f"DO  - {doi}"]
    return "\n".join([*tags, *lines, "ER  - ", ""])


def bibtex(fields: str = "", *, title: str = f"{{RETRACTED}}: {NEWTS}", doi: str = "10.5555/POND.1") -> str:
    author = 'author = {Ode, Ann and Bea Poe}, journal = "J Ponds", year = 2018'
    return f"@article{{ode2018,\n  title = {{{title}}},\n  {author},\n  doi = {{{doi}}},\n  {fields}\n}}\n"


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (ris(), State.RETRACTION),
        (ris().replace("\n", "\r\n"), State.RETRACTION),
        ("\ufeff" + ris(), State.RETRACTION),
        (ris(title=f"WITHDRAWN: {NEWTS}"), State.WITHDRAWAL),
        (ris(title=f"{NEWTS} [Retracted]"), State.RETRACTION),
        (ris(title=f"{NEWTS} [Retracted Article]"), State.RETRACTION),
        (ris("KW  - Retracted Publication", title=NEWTS), State.RETRACTION),
        (ris("KW  - ponds", title="RETRACTED: Newts of the\nnorthern ponds"), State.RETRACTION),
        (ris(doi="https://doi.org/10.5555/pond.1"), State.RETRACTION),
        (ris(title="Toads", doi="10.5555/toad") + "\n" + ris(), State.RETRACTION),
        (bibtex(), State.RETRACTION),
        (bibtex("note = {Retracted}", title=NEWTS), State.RETRACTION),
        (bibtex("keywords = {ponds, retracted publication}", title=NEWTS), State.RETRACTION),
        (bibtex(title=f"Partially retracted: {NEWTS}"), State.PARTIAL_RETRACTION),
        ("% a comment\n\n" + bibtex(), State.RETRACTION),
        ("@comment{x, y}\n@string{jp = {J Ponds}}\n" + bibtex().replace('"J Ponds"', "jp"), State.RETRACTION),
        (bibtex().replace('"J Ponds"', '"J " # "Ponds"'), State.RETRACTION),
        (bibtex().replace("@article{ode2018,", "@ARTICLE(ode2018,"), State.RETRACTION),
        (bibtex("abstract = {A \\} brace and \\% signs}"), State.RETRACTION),
        (bibtex(title="Toads", doi="10.5555/toad") + bibtex(), State.RETRACTION),
    ],
)  # fmt: skip
def test_the_reference_of_a_retracted_article_is_read(tmp_path: Path, text: str, state: State) -> None:
    given = read(tmp_path, text)
    article = given.notice.article
    assert (given.notice.state, article.doi, article.title, article.journal) == (
        state,
        "10.5555/pond.1",
        NEWTS,
        "J Ponds",
    )
    assert (article.journal, article.authors[0], article.year, given.notice.doi) == ("J Ponds", "Ode Ann", 2018, "")
    assert given.source.startswith("a reference manager (")


@pytest.mark.parametrize(
    "text",
    [
        ris("AB  - [This retracts the article DOI: 10.5555/pond.1.]", title=f"Retraction: {NEWTS}", doi="10.5555/n"),
        bibtex(
            "abstract = {This retracts the article DOI: 10.5555/pond.1}", title=f"Retraction: {NEWTS}", doi="10.5555/n"
        ),
    ],
)
def test_the_reference_of_a_notice_names_the_article_where_its_abstract_does(tmp_path: Path, text: str) -> None:
    notice = read(tmp_path, text).notice
    assert (notice.state, notice.doi, notice.article.doi) == (State.RETRACTION, "10.5555/n", "10.5555/pond.1")
    without = read(tmp_path, text.replace("10.5555/pond.1", "see above")).notice
    assert (without.doi, without.article.doi, without.article.title) == ("10.5555/n", "", NEWTS)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ris(title=NEWTS), r"RIS record says nothing of a retraction.*10\.5555/pond\.1"),
        (ris("KW  - retraction", title="The retraction of the eye"), "says nothing of a retraction"),
        (ris(author="KW  - ponds"), "cannot tell whether this is the record of the retracted article or of its notice"),
        (ris(doi="10.1155/2023/1"), "cannot tell whether"),
        ("TY  - JOUR\n" + "X1  - x\n" * 100_001, "more than 100,000 values"),
        ("TY  - JOUR\nER  - \n", "RIS record says nothing"),
        (bibtex(title=NEWTS), "BibTeX record says nothing of a retraction"),
        (bibtex()[:60], "is not closed"),
        (bibtex(title="{" * 60 + NEWTS), "nested more than 50 deep"),
        ("@article{x, title = {" + "{" * 100_000, "nested more than 50 deep"),
        ('@article{x, title = "Newts', "is not closed"),
        ("@article{x}\n" * 10_000, "says nothing of a retraction"),
    ],
)
def test_what_retracts_nothing_is_reported_quickly(tmp_path: Path, text: str, words: str) -> None:
    assert_refused_quickly(tmp_path, text, words)


@pytest.mark.parametrize(
    "part", ["@a{", "@a{b,", "c = {d}, ", "# ", "{", "}", '"', "\\", "a=b,", "@string{a=", "\\'{", "TY  - "]
)
def test_hostile_bibtex_is_read_in_linear_time(part: str) -> None:
    start = time.process_time()
    for text in (part * (300_000 // len(part)), "@article{x, title = {" + part * (300_000 // len(part)) + "}}"):
        try:
            for fields in entries_in(text):
                assert isinstance(fields, dict)
        except NoticeError:
            continue
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (r"G{\"o}del and Erd\H{o}s", "Gödel and Erdős"),
        (r"Fran\c{c}ois, {\'E}mile, {\o}, Stra{\ss}e, \r{A}", "François, Émile, ø, Straße, Å"),
        (r"\emph{Triturus} {N}ewts \& frogs, 5\%", "Triturus Newts & frogs, 5%"),
        ("1--9", "1\u20139"),
    ],
)
def test_commands_become_letters(value: str, plain: str) -> None:
    assert plain_text(value) == plain


def test_of_several_references_one_is_chosen(tmp_path: Path) -> None:
    text = ris() + "\n" + ris(doi="10.5555/other")
    assert read(tmp_path, text, "10.5555/other").notice.article.doi == "10.5555/other"
    with pytest.raises(NoticeError, match="2 articles"):
        read(tmp_path, text)

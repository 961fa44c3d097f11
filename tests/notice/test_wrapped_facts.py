# ruff: noqa: RUF001 - punctuation of other scripts is meant
"""Titles and journals that the lines of a text divide are read whole."""

from watermark.notice import from_text

HYPHENS = """Retraktion zu: Perioperative Teich-
therapie bei nördlichen Molchen –
Ergebnisse einer Kohortenstudie

Die Schriftleitung zieht diesen Beitrag zurück. Eine
Prüfung hat er-
geben, dass die Daten fehlen, obwohl dies im Ab-
schnitt angegeben wurde."""
FIELDS = """STATEMENT OF RETRACTION

Journal: The Pond Century

Article title: A Most Pernicious Pamphlet: Print, Rumour and
the Royalist Press in Exeter

We have retracted the above-mentioned article, which was published online
on 2 May 2017."""
OWN_LINE = """WITHDRAWAL
Withdrawal: Calpain cleaves talin at the leading edge.
VOLUME 288 (2013) PAGES 31001–31010
DOI 10.5555/jbx.W119.011111
This article has been withdrawn by the authors.
Original article: https://doi.org/10.5555/jbx.M113.500500
J. Biol. Ponds (2019) 294(40) 14801"""
JAPANESE = """論文撤回のお知らせ
撤回論文：
山本 一郎、佐野 恵：池のイモリの冬眠に関する研究．日本池学会誌 7(1): 21-28, 2020. https://doi.org/10.5555/p.7"""

RAGGED = """Retraction of article

Shoaib Anjum, Sadia Kausar. Frequency of vitamin D deficiency in newts. J Ponds Med
Soc 2016; 66: 1041-4

The Board has decided to retract this article from the records of the journal, as its text was copied."""


def test_a_citation_whose_journal_a_line_end_divides_is_read_whole() -> None:
    article = from_text(RAGGED).article
    assert (article.title, article.journal) == ("Frequency of vitamin D deficiency in newts", "J Ponds Med Soc")


def test_a_title_with_a_word_that_a_hyphen_divides_continues_in_the_next_line() -> None:
    title = "Perioperative Teichtherapie bei nördlichen Molchen – Ergebnisse einer Kohortenstudie"
    assert from_text(HYPHENS).article.title == title


def test_a_labelled_title_that_ends_in_and_continues_in_the_next_line() -> None:
    title = "A Most Pernicious Pamphlet: Print, Rumour and the Royalist Press in Exeter"
    assert from_text(FIELDS).article.title == title


def test_the_journal_of_the_own_line_below_a_doi_is_read() -> None:
    assert from_text(OWN_LINE).article.journal == "J. Biol. Ponds"


def test_a_japanese_citation_gives_title_and_journal() -> None:
    article = from_text(JAPANESE).article
    assert (article.title, article.journal) == ("池のイモリの冬眠に関する研究", "日本池学会誌")

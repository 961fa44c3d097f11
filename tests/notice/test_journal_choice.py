# ruff: noqa: RUF001 - punctuation and letters of other scripts are meant
"""All places that may name the journal decide together: what agrees counts, what stands alone and weak stays empty."""

import pytest

from watermark.notice import from_text
from watermark.notice.extraction.journal_choice import Candidate, Evidence, chosen_journal
from watermark.notice.extraction.journal_lines import is_same_journal

TITLE = "Newts of the northern ponds in winter"
PLACE = "Ponds, vol. 40, no. 2, pp. 3411-3422, 2021."


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("J Pond Chem", "Journal of Pond Chemistry", True),
        ("Rev Fr Agron", "Revue française d'agronomie et de grandes cultures", True),
        ("JPPH", "Journal of Pond Public Health", True),
        ("Proc Natl Acad Ponds", "Proceedings of the National Academy of Ponds", True),
        ("Cell", "Cell Reports", False),
        ("Acta Stagn.", "Acta Stagnorum Section E", True),
        ("Pond Science", "Lake Science", False),
    ],
)
def test_a_name_and_its_abbreviation_are_one_journal(one: str, other: str, *, is_same: bool) -> None:
    assert is_same_journal(one, other) is is_same


@pytest.mark.parametrize(
    ("candidates", "journal"),
    [
        ([("Ada Moss, Bo Fenn. J Pond Chem", Evidence.CITATION), ("J Pond Chem", Evidence.PLACE)], "J Pond Chem"),
        (
            [("J Pond Chem", Evidence.CITATION), ("Journal of Pond Chemistry", Evidence.LINE)],
            "Journal of Pond Chemistry",
        ),
        ([("JOURNAL OF PONDS", Evidence.LINE), ("J. Ponds", Evidence.CITATION)], "J. Ponds"),
        ([("Journal of Lakes", Evidence.LINE)], ""),
        ([("Journal of Lakes", Evidence.PLACE), ("Journal of Ponds", Evidence.LABEL)], "Journal of Ponds"),
        ([(TITLE, Evidence.PLACE)], ""),
    ],
)
def test_names_that_agree_decide(candidates: list[tuple[str, Evidence]], journal: str) -> None:
    assert chosen_journal([Candidate(name, evidence) for name, evidence in candidates], TITLE) == journal


@pytest.mark.parametrize(
    "behind",
    [
        ", Philosophia Sacra (2022). https://doi.org/10.5555/p.1",
        " (Philosophia Sacra, vol. 28, no. 1, 2021, pp. 44-63)",
        " by Rita Ring et al., Philosophia Sacra, 2016, 52, 9001-9004",
        ", by K. Alge and L. Tang. Philosophia Sacra 2008; 100, 200-208",
        " [version 2; peer review: retracted]. Philosophia Sacra 2019, 8:466",
    ],
)
def test_the_journal_is_read_behind_the_article_s_title_in_each_style(behind: str) -> None:
    notice = from_text(f"Retraction: {TITLE}\n\nThe Editor has retracted the article “{TITLE}”{behind}.\n")
    assert notice.article.journal == "Philosophia Sacra"


@pytest.mark.parametrize(
    ("below", "title"),
    [
        (f"Free\n\nThe Press retracts “{TITLE},” by Tudor Moss, which appeared in Ponds.", TITLE),
        (f"Menu for readers\n\nWe retract the article “{TITLE}” because its data were lost.", TITLE),
        (
            f"« {TITLE} », par A. Le Moss et B. Fenn. Rev Ponds 2015 ; 40 (3) : 141-152.\n\nCet article est rétracté.",
            TITLE,
        ),
        (f"The following article has been retracted:\n\nLi Yanmei, Sun Qiao. {TITLE}. {PLACE}", TITLE),
    ],
)
def test_a_title_outweighs_a_line_of_a_menu_below_the_label(below: str, title: str) -> None:
    assert from_text(f"Retraction\n\n{below}\n").article.title == title


PONDS = "Photopond. Lakebiol. Sci."
RETRACTED = "This article has been retracted."
IEEE = "by A. Moss, B. Fenn, and C. Reed\nin the IEEE Letters on Ponds, vol. 27, no. 3, pp. 501-511, 2019"
OTHER = "“Other lakes”\nby B. Fenn\nin IEEE Letters on Ponds, vol. 3, no. 2, pp. 8-9, 2007"
APPEARED = "The article by A. Moss, which appeared in The Pond Quarterly, 58 (2015), pp. 1-9, has been retracted."
REFERENCE = f"Reference\n1. Moss A (2012) {TITLE}. PLoS Pond 8(9): e1. doi:10.5555/p.1"


@pytest.mark.parametrize(
    ("above", "below", "journal"),
    [
        ("", f"We retract “{TITLE}”, Ponds and Lakes (Early View): https://doi.org/10.5555/p.1", "Ponds and Lakes"),
        ("", f"“{TITLE},”\n{IEEE}\n\n{RETRACTED}", "IEEE Letters on Ponds"),
        ("", f"A. Moss\n2010 Conference on Pond Nets\n\n{RETRACTED} Cite:\n\n{OTHER}", "2010 Conference on Pond Nets"),
        ("Ponds and Lakes and Mires\nVolume 88, August 2017, Pages 1-9", RETRACTED, "Ponds and Lakes and Mires"),
        ("Teichkunde und Seen\nHeft 4/2016", RETRACTED, "Teichkunde und Seen"),
        ("Acque e società, n. 168/2020, p. 183", RETRACTED, "Acque e società"),
        ("", APPEARED, "The Pond Quarterly"),
        ("Ponds of Health, 2021, 1", f"Ponds Heal 2019; doi: 10.5555/p.1\n\n{RETRACTED}", "Ponds of Health"),
        ("", f"The PLOS Ponds Editors\n\n{RETRACTED}\n\n{REFERENCE}", "PLoS Pond"),
    ],
)
def test_the_journal_is_read_where_houses_print_it(above: str, below: str, journal: str) -> None:
    assert from_text(f"{above}\n\nRetraction: {TITLE}\n\n{below}\n").article.journal == journal


@pytest.mark.parametrize(
    "name", ["Lind, which was", "Retraction of Moss and Fenn", "Moss pubblicato in Ponds", "Выпуск:"]
)
def test_words_of_a_sentence_are_no_journal(name: str) -> None:
    assert not chosen_journal([Candidate(name, Evidence.CITATION)], TITLE)


@pytest.mark.parametrize(
    ("heading", "journal"),
    [
        ("Retraction Note: BMC Ponds 19, 530 (2019)", "BMC Ponds"),
        ("Retraction of: Pond Reports, published online 13 January 2021", "Pond Reports"),
        ("Retraction to: Lakes online 28 August 2019", "Lakes"),
        ("Retraction to: Lakes", "Lakes"),
        ("Retraction of: J. Pond Sci.118, 243-252.", "J. Pond Sci."),
        ("Retraction: Pond Immun 81:1611-1623, 2013", "Pond Immun"),
        ("Expression of Concern to: World J Pond Surg", "World J Pond Surg"),
        ("Retraction: Journal of Cold Ponds", "Journal of Cold Ponds"),
        ("Retraction\n\nPond Physiol Biochem", ""),
        ("Retraction to: Moss and Fenn (2019)", ""),
        ("Nota de retractación\n\nRevista Andina de Lagos", ""),
    ],
)
def test_a_journal_behind_the_label_is_no_title(heading: str, journal: str) -> None:
    article = from_text(f"{heading}\n\nThe authors retract this article because its data were lost.\n").article
    assert (article.title, article.journal) == ("", journal)


def test_a_label_with_a_title_outweighs_one_with_the_journal() -> None:
    notice = from_text(f"Journal of Cold Ponds – RETRACTION\n\n{TITLE} – RETRACTION\n\n{RETRACTED}\n")
    assert (notice.article.title, notice.article.journal) == (TITLE, "Journal of Cold Ponds")


@pytest.mark.parametrize(
    ("sentence", "journal"),
    [
        ("The article was retracted from Pond Reports at the request of its Board.", "Pond Reports"),
        ("We have retracted Pond Biology (2020) 9, bio0491 since its data were lost.", "Pond Biology"),
        ("This retraction relates to J. Pond Sci. 118, 243-252.", "J. Pond Sci."),
        ("In light of this, the PLOS Ponds Editors retract this article.", "PLOS Ponds"),
        ("Concerns were told to the Lakes Editorial Office.", "Lakes"),
        ("The editors of The Pond Quarterly and Lakeside University Press retract the article.", "The Pond Quarterly"),
        ("We retract our paper ( Moss A, Fenn B. Newts count. J Pond Res. 2014;7:89).", "J Pond Res"),
        ("The article appeared in Advances in Pond Science, vol. 3.", "Advances in Pond Science"),
        ("There were concerns with J. Pond Sci. (2008) 121, 2613-2624 (doi:10.5555/a.1).", "J. Pond Sci."),
        ("Pond Science is publishing this Expression of Concern to inform readers.", "Pond Science"),
        ("Pond Science has issued an Expression of Concern before.", "Pond Science"),
        ("Pond Care is placing an expression of concern on this trial by Moss (Pond C 2020;3:12).", "Pond Care"),
        ("The journal therefore retracted the article.", ""),
        ("The article was removed from the Pond Digital Library.", ""),
        ("The Guest Editors were asked for a reply.", ""),
        ("Fig. 1 has the same blot as Fig. 6 of an article in Cold Lakes (2011).", ""),
        ("We retract Figure 3 (2019).", ""),
    ],
)
def test_sentences_name_the_journal_that_retracts(sentence: str, journal: str) -> None:
    assert from_text(f"Retraction\n\n{RETRACTED} {sentence}\n").article.journal == journal


@pytest.mark.parametrize(
    ("above", "journal"),
    [
        ("Journal of King Lake University - Pond Sciences", "Journal of King Lake University - Pond Sciences"),
        ("Applied Ponds B: Lakes\nIn Press, Corrected Proof", "Applied Ponds B: Lakes"),
        ("Pond Processes\nWITHDRAWN", "Pond Processes"),
        ("Diagnostic Ponds (May 2019)", "Diagnostic Ponds"),
        (
            "Conference: Proceedings of the 9th Conference on Ponds > Newts",
            "Proceedings of the 9th Conference on Ponds",
        ),
        ("POND BIOLOGY\nWITHDRAWN", ""),
        ("Pond Open\nApril–June 2019: 1–2", "Pond Open"),
        ("Pond Open\nJul-Sep 2018: 1", "Pond Open"),
        ("The Journal of Pond Science, July 10, 2019 • 39(28):5631–5631", "The Journal of Pond Science"),
        ("J. Pond Sci., March 15, 1999, 19(6):2389", "J. Pond Sci."),
        ("Stawy i Jeziora XXII; grudzień 2005/6", "Stawy i Jeziora"),
        (
            "© 2016. Published by The Newt Company Ltd | Journal of Pond Science (2016) 134, jps103. doi:10.5555/p.9",
            "Journal of Pond Science",
        ),
        ("THE JOURNAL OF POND BIOLOGY", "Journal of Pond Biology"),
        ("BRIEF REPORTS", ""),
        ("Journal of Ponds and Society, page 1 of 1", "Journal of Ponds and Society"),
        ("Citation A Moss and B Fenn 2021 Ponds", ""),
        ("《水生学报》编辑部", "水生学报"),
        ("thepond\nCite this as: Pond 2023;383:p2207", "Pond"),
        ("Ponds\nArchive\nPONDS\n10 Sep 2004", "Ponds"),
        ("Edizioni Acque Chiare\n© 2012 Edizioni Acque Chiare", ""),
    ],
)
def test_the_head_of_a_page_names_the_journal(above: str, journal: str) -> None:
    assert from_text(f"{above}\n\nWITHDRAWN: {TITLE}\n\nA. Moss, B. Fenn\n\n{RETRACTED}\n").article.journal == journal


@pytest.mark.parametrize(
    ("cited", "title", "journal"),
    [
        (f"Ada Moss, MD, Bert Fenn, PhD. {TITLE}. Ponds and Lakes, 2019, volume 18.", TITLE, "Ponds and Lakes"),
        (
            f"Re: Moss, Ada; Fenn, Bert. {TITLE}. Ponds and Lakes, vol. 4, no. 4, pp. 1-9, 2022.",
            TITLE,
            "Ponds and Lakes",
        ),
        (
            "Ada Moss, ‘They sing’: newts and farmers, Ponds & Lakes, Vol. 28 (3), 2020, pp. 401–419",
            "‘They sing’: newts and farmers",
            "Ponds & Lakes",
        ),
        (
            "Moss A, Fenn B (2016). Warm ponds, warm newts? A survey of lakes. Pond Letters, 27(11), 1461–1472.",
            "Warm ponds, warm newts? A survey of lakes",
            "Pond Letters",
        ),
        (f"“{TITLE}” by Ada Moss and Bert Fenn, Photopond. Lakebiol. Sci., 2017, 16, 835–839.", TITLE, PONDS),
        (f"“{TITLE}” by Ada Moss et al., New J. Pond Chem., 2017, 16, 835–839.", TITLE, "New J. Pond Chem."),
        (
            f'"{TITLE}"\nby A. Moss in the Proceedings of the 2009 International Conference on Ponds, May 2009, p. 4',
            TITLE,
            "2009 International Conference on Ponds",
        ),
        (
            f"Moss A, Fenn B. {TITLE}. Pond Science. Published online before print 14 September 2012. DOI: 10.5555/p.1",
            TITLE,
            "Pond Science",
        ),
        (
            f"Moss A and Fenn B (2012) {TITLE}. Pond Science. Epub ahead of print 14 September 2012. DOI: 10.5555/p.1",
            TITLE,
            "Pond Science",
        ),
        (
            "Мохов А. Б., Фенин В. Г. Рост тритонов в прудах зимой. Вестн. прудов. 2020;11(3):144-152.",
            "Рост тритонов в прудах зимой",
            "Вестн. прудов.",
        ),
        (f"“{TITLE}” by Ada Moss and Bert Fenn appeared in Ponds & Lakes in December 2009.", TITLE, "Ponds & Lakes"),
        (
            "Мохов А. Б., Фенин В. Г. Рост тритонов в прудах зимой // Вестник прудов. – 2018. – № 2. – С. 81–90.",
            "Рост тритонов в прудах зимой",
            "Вестник прудов",
        ),
    ],
)
def test_the_article_is_cited_in_each_style(cited: str, title: str, journal: str) -> None:
    article = from_text(f"Retraction Notice\n\n{cited}\n\n{RETRACTED}\n").article
    assert (article.title, article.journal) == (title, journal)


def test_two_lines_with_a_label_at_the_end_are_one_title() -> None:
    text = (
        f"Open Access\n\nNewts of the northern ponds and of the lakes\nof Åland in Winter [Retraction]\n\n{RETRACTED}\n"
    )
    assert from_text(text).article.title == "Newts of the northern ponds and of the lakes of Åland in Winter"


def test_a_record_on_one_line_has_the_journal_in_front_of_its_sentences() -> None:
    record = f"Retraction Note: BMC Ponds 18, 1286 (2018)https://doi.org/10.5555/p.1 {RETRACTED} A reader wrote to us."
    notice = from_text(record)
    assert (notice.article.title, notice.article.journal, notice.article.doi) == ("", "BMC Ponds", "10.5555/p.1")


def test_a_menu_with_single_spaces_is_no_title() -> None:
    menu = "Contents PDF / ePub Cite article Share options Information, rights and permissions"
    assert not from_text(f"Retraction notice\n\n{menu}\n\n{RETRACTED}\n").article.title


@pytest.mark.parametrize(
    ("above", "cited", "journal"),
    [
        ("Head & Pond\n\nCASE REPORT\n\n", "", "Head & Pond"),
        ("Pond Dynamics\n\nRESEARCH ARTICLE\n\nOpen Access\n\n", "", "Pond Dynamics"),
        ("EDITORIAL NEWS\n\nRESEARCH ARTICLE\n\n", "", ""),
        ("Ada Moss and Bo Fenn\n\n", "", ""),
        (
            "Acta Pondographica Section E\n\nActa Pond. (2010). E66, e1\n\n",
            "[Acta Pond. (2007). E63, m2251]",
            "Acta Pondographica Section E",
        ),
        ("Der Teichwart\n\nRetraktion des Beitrags: Teichwart (2009) 58:1102–1110\n\n", "", "Teichwart"),
    ],
)
def test_the_first_line_of_a_page_names_the_journal_above_kinds_of_articles(
    above: str, cited: str, journal: str
) -> None:
    text = f"{above}WITHDRAWN: {TITLE}\n\nAda Moss, Bo Fenn\n\nThe article by Moss & Fenn {cited} is withdrawn.\n"
    assert from_text(text).article.journal == journal


def test_the_short_name_of_a_journal_in_front_of_the_label_is_no_title() -> None:
    text = f"POND: Retraction\n\n{TITLE}\n\nAda Moss and Bo Fenn\n\nThe article is hereby retracted.\n"
    assert from_text(text).article.title == TITLE


def test_a_citation_is_read_behind_its_announcement_also_with_colons_in_its_title() -> None:
    cited = "Moss, A., & Fenn, B. (2013). Ponds in winter: Washing reduces ice. Journal of Ponds: General, 142(4), 3–9."
    text = (
        "Journal of Ponds: General\n2017, Vol. 146, No. 3, 443\n\nRETRACTION\n\nRetraction of Moss and Fenn (2013)\n\n"
        f"The following article from the 2013 issue is being retracted: {cited} http://dx.doi.org/10.5555/p.1\n"
    )
    article = from_text(text).article
    assert (article.title, article.journal) == ("Ponds in winter: Washing reduces ice", "Journal of Ponds: General")


@pytest.mark.parametrize(
    ("sentence", "journal"),
    [
        (
            (
                "Der Beitrag von F. Moor und J. Fenn, erschienen in Archiv für Teichkunde 2019; 236: 112-118 (DOI:"
                " 10.5555/p.1), wird zurückgezogen."
            ),
            "Archiv für Teichkunde",
        ),
        (
            (
                f'Os editores comunicam a retratação do artigo "{TITLE}" (DOI: 10.5555/p.1), publicado na Revista'
                " Brasileira de Lagos 2018; 21: e180031."
            ),
            "Revista Brasileira de Lagos",
        ),
    ],
)
def test_the_journal_in_a_sentence_has_no_authors_and_keeps_its_first_word(sentence: str, journal: str) -> None:
    assert from_text(f"Retraktion: {TITLE}\n\n{sentence}\n").article.journal == journal


def test_the_line_with_the_page_below_the_sentences_names_the_journal() -> None:
    text = f"Retraction: {TITLE}\n\nWe hereby retract this article.\n\nJournal of Ponds p. 4571\nApril 2014 Volume 88\n"
    assert from_text(text).article.journal == "Journal of Ponds"


@pytest.mark.parametrize(
    ("above", "journal"),
    [
        ("Lake Matters\nAn International Journal\n\nLake Matters, 50(1), 209-210, 2022", "Lake Matters"),
        ("Journal of Ponds\nThe Official Journal of the Society of Pond Science", "Journal of Ponds"),
        ("Teichkunde 2018 · 121:671", "Teichkunde"),
        ("Pond Science Journal\n\nYear 2021, Volume: 42 Issue: 3, 780 - 780", "Pond Science Journal"),
        ("W3P Web of Ponds 345, 00001 (2022)", "W3P Web of Ponds"),
        ("Journal of Ponds · J Ponds 2020; 25(03): 301", "Journal of Ponds"),
        ("Journal: Journal of Ponds\nPublished in: vol. 40, no. 2, pp. 3011-3022, 2021", "Journal of Ponds"),
        ("Pondology\nLakes and moors\n\nhttps://doi.org/10.5555/pond.12", "Pondology"),
        ("Pondology\nLakes and moors\n\nhttps://doi.org/10.5555/carp.12", ""),
        ("池沼研究学会誌\n61 巻 (2020) 1 号\n\n池沼研究学会誌編集委員会", "池沼研究学会誌"),
    ],
)  # fmt: skip
def test_a_subtitle_an_office_or_a_year_is_no_journal_and_the_line_above_it_is(above: str, journal: str) -> None:
    text = f"{above}\n\nRetraction: {TITLE}\n\nThe authors have retracted this article because the counts were wrong.\n"
    assert from_text(text).article.journal == journal


@pytest.mark.parametrize(
    ("sentence", "journal"),
    [
        (
            f"“{TITLE}” by Ada Moss and Bo Fenn, Proceedings of the 4th Conference on Ponds, ACM 2020.",
            "Proceedings of the 4th Conference on Ponds",
        ),
        (f"“{TITLE}” by Moss A, Fenn B (doi: 10.5555/p.1) is retracted from Pond Days, as wrong.", "Pond Days"),
        ("This article has been retracted by Pond2Lake, and the authors agree with the decision.", "Pond2Lake"),
    ],
)  # fmt: skip
def test_a_sentence_names_the_journal_and_neither_authors_nor_a_subtitle_do(sentence: str, journal: str) -> None:
    above = f"{journal}\n\n" if " " not in journal else ""
    text = f"{above}Retraction: {TITLE}\n\n{sentence}\n\nThe authors have retracted this article.\n"
    assert from_text(text).article.journal == journal


def test_a_publisher_that_retracts_is_no_journal() -> None:
    text = f"Retraction: {TITLE}\n\nEDP Sciences has retracted the article because the counts were wrong.\n"
    assert not from_text(text).article.journal

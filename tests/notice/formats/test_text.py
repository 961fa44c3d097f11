"""A notice as it is printed gives its facts, and no fact that it does not state."""

from dataclasses import replace

import pytest

from watermark.errors import NoticeError
from watermark.notice import FigureMatch, Notice, Reference, State, from_text

TITLE = "Sleep and memory in older mice: a trial"
CITATION = "Ode A, van der Poe BC, Lo-Tan X. *J Dormant Mice.* 2021;7(3):12\u201319."
STATEMENT = "We, the Editor and Publisher of the journal *Journal of Dormant Mice*, have retracted this article."
ITEM = (
    "Figure 1A was duplicated with Figure 2B from Roe P, Doe Q. Naps, and *in vivo* dreams. *Sleep Sci.* 2019;4:1-9."
    " <https://doi.org/10.5555/naps.1>"
)
PAGE = f"{TITLE} [Retraction]\n\n{CITATION}\n\n{STATEMENT}\n"
ARTICLE = Reference(
    citation="Ode A, van der Poe BC, Lo-Tan X. J Dormant Mice. 2021;7(3):12\u201319.",
    authors=("Ode A", "van der Poe BC", "Lo-Tan X"),
    title=TITLE,
    journal="J Dormant Mice",
    year=2021,
    volume="7",
    issue="3",
    pages="12-19",
)
FULL = replace(ARTICLE, journal="Journal of Dormant Mice")
"""The article of a notice that also prints the journal's full name."""
NAPS = Reference(
    citation="Roe P, Doe Q. Naps, and in vivo dreams. Sleep Sci. 2019;4:1-9.",
    authors=("Roe P", "Doe Q"),
    title="Naps, and in vivo dreams",
    journal="Sleep Sci",
    year=2019,
    volume="4",
    pages="1-9",
    doi="10.5555/naps.1",
)


def with_item(item: str) -> Notice:
    return from_text(f"{PAGE}\n- {item}\n")


def test_title_citation_and_issuers_are_read_and_nothing_else_is_reported() -> None:
    assert from_text(PAGE) == Notice(
        state=State.RETRACTION,
        article=FULL,
        title=f"{TITLE} [Retraction]",
        issuers=("Editor of Journal of Dormant Mice", "Publisher of Journal of Dormant Mice"),
        statement=(STATEMENT.replace("*", ""),),
    )


@pytest.mark.parametrize(
    "page",
    [
        f"# {PAGE}",
        f"{PAGE}\n---\n",
        "\ufeff" + PAGE,
        PAGE.replace("\n", "\r\n"),
        PAGE.replace("\n", "\r"),
        PAGE.replace("\n\n", "\n"),
        PAGE.replace("*", "_"),
        PAGE.replace("*", "**"),
        PAGE.replace("*", ""),
        PAGE.replace("the journal", "the\njournal"),
        PAGE.replace("Poe BC, ", "Poe BC,\n"),
        PAGE.replace("[Retraction]", r"\[Retraction\]"),
        PAGE.replace("retracted this", "retr\u00adacted this"),
        PAGE.replace("\n\n", "\n\n\f\n"),
        PAGE.replace(STATEMENT, f"> {STATEMENT}"),
    ],
)
def test_the_way_it_is_set_does_not_matter(page: str) -> None:
    assert from_text(page) == from_text(PAGE)


@pytest.mark.parametrize(
    ("top", "state"),
    [
        (f"{TITLE} [Retraction]", State.RETRACTION),
        (f"{TITLE} [RETRACTED]", State.RETRACTION),
        (f"{TITLE} [Expression of Concern]", State.EXPRESSION_OF_CONCERN),
        (f"{TITLE} [Partial Retraction]", State.PARTIAL_RETRACTION),
        (f"{TITLE} [Corrigendum]", State.CORRIGENDUM),
        (f"{TITLE} [Retraction] [Corrigendum]", State.CORRIGENDUM),
        (f"RETRACTED: {TITLE} [Erratum]", State.ERRATUM),
        (f"[Retraction] {TITLE}", State.RETRACTION),
        (f"RETRACTED: {TITLE}", State.RETRACTION),
        (f"Retraction: {TITLE}", State.RETRACTION),
        (f"Retraction \u2013 {TITLE}", State.RETRACTION),
        (f"Retraction Note: {TITLE}", State.RETRACTION),
        (f"Retraction note to: {TITLE}", State.RETRACTION),
        (f"Retraction notice to “{TITLE}”", State.RETRACTION),
        (f"Retraction notice to “{TITLE}” [J Dormant Mice 7 (2021) 12\u201319]", State.RETRACTION),
        (f"Withdrawn: {TITLE}", State.WITHDRAWAL),
        (f"Withdrawal: {TITLE}", State.WITHDRAWAL),
        (f"Editorial Expression of Concern: {TITLE}", State.EXPRESSION_OF_CONCERN),
        (f"Removal: {TITLE}", State.REMOVAL),
        (f"Reinstatement: RETRACTED: {TITLE}", State.REINSTATEMENT),
        (f"Correction to: RETRACTED: {TITLE}", State.CORRECTION),
        (f"Notice of Retraction\n\n{TITLE}", State.RETRACTION),
        (f"# Retraction\n\n## {TITLE}", State.RETRACTION),
        (f"Journal of Dormant Mice\n\nVolume 9\n\n{TITLE} [Withdrawal]", State.WITHDRAWAL),
    ],
)
def test_the_label_says_the_state_and_is_not_a_part_of_the_article_s_title(top: str, state: State) -> None:
    notice = from_text(f"{top}\n\n{CITATION}\n\nReaders asked about the data.\n")
    assert notice.state is state
    assert notice.article == (FULL if FULL.journal in top else ARTICLE)


def test_a_title_that_begins_with_a_state_s_name_stays_whole_under_another_label() -> None:
    assert from_text("Withdrawal: care after alcohol [Retraction]").article.title == "Withdrawal: care after alcohol"
    assert from_text("Retraction: Withdrawal: care after alcohol").article.title == "Withdrawal: care after alcohol"


@pytest.mark.parametrize(
    ("sentence", "state"),
    [
        (STATEMENT, State.RETRACTION),
        ("The authors wish to retract the following article.", State.RETRACTION),
        ("This article has been withdrawn by its authors.", State.WITHDRAWAL),
        ("This article has been retracted in part.", State.PARTIAL_RETRACTION),
        ("The journal is issuing an expression of concern.", State.EXPRESSION_OF_CONCERN),
        ("This article has been removed.", State.REMOVAL),
    ],
)
def test_without_a_label_the_state_is_what_the_statement_says_was_done(sentence: str, state: State) -> None:
    notice = from_text(f"{TITLE}\n\n{CITATION}\n\n{sentence}\n")
    assert notice.state is state
    assert notice.article == (FULL if FULL.journal in sentence else ARTICLE)


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n\n{CITATION}\n\nReaders asked about the data.\n",
        f"{TITLE} [Letter]\n\n{CITATION}\n",
        f"{TITLE} [Removal of Expression of Concern]\n\n{CITATION}\n",
        f"{TITLE}\n\n{CITATION}\n\nThis article has not been retracted.\n",
        f"{TITLE}\n\n{CITATION}\n\nWe do not wish to retract the article.\n",
        f"{TITLE}\n\n{CITATION}\n\nThe article cites a retracted article by others.\n",
        f"{TITLE}\n\n{CITATION}\n\nThis article was retracted. The journal has reinstated it.\n",
        f"Correction\n\nRETRACTED: {TITLE}\n\n{CITATION}\n",
    ],
)
def test_a_state_that_cannot_be_determined_is_an_error_that_says_what_to_do(text: str) -> None:
    with pytest.raises(NoticeError, match="cannot tell whether this is a retraction notice") as caught:
        from_text(text)
    assert (caught.value.code, caught.value.argument) == ("kind-of-notice", "state")
    assert "template" in caught.value.remedy


def test_a_state_that_is_given_decides() -> None:
    assert from_text(f"{TITLE}\n\n{CITATION}\n", state=State.WITHDRAWAL).state is State.WITHDRAWAL
    assert from_text(PAGE, state=State.WITHDRAWAL).state is State.WITHDRAWAL


def test_a_notice_without_words_is_an_error() -> None:
    with pytest.raises(NoticeError, match="no words"):
        from_text(" \n---\n")


def test_dois_of_other_works_are_never_the_article_s_or_the_notice_s() -> None:
    notice = from_text(f"{PAGE}\nIt is like doi:10.5555/other.\n\nhttps://doi.org/10.5555/alone\n\n- {ITEM}\n")
    assert (notice.doi, notice.article.doi, notice.url, notice.date) == ("", "", "", "")


def test_the_doi_in_the_article_s_citation_is_the_article_s() -> None:
    assert from_text(PAGE.replace("19.", "19. doi:10.5555/Mice.7")).article.doi == "10.5555/mice.7"
    assert from_text(PAGE.replace("19.", "19. <https://dx.doi.org/10.5555/Mice.7>.")).article.doi == "10.5555/mice.7"


def test_the_citation_may_be_where_the_statement_announces_it() -> None:
    cited = CITATION.replace("X. *", f"X. {TITLE}. *")
    announced = "We, the Editor of *Journal of Dormant Mice*, have retracted the following article:"
    notice = from_text(f"Retraction\n\n{announced}\n\n{cited}\n\nThe data are gone.\n")
    assert notice.article == replace(FULL, citation=cited.replace("*", ""))
    assert notice.statement == (announced.replace("*", ""), "The data are gone.")


def test_lines_that_name_a_fact_outright_are_read() -> None:
    notice = from_text(
        f"{PAGE}\nDOI of the article: https://doi.org/10.5555/Mice.7\nNotice DOI: doi:10.5555/note.\n"
        "Published 5 May 2024\nURL of this notice: https://example.org/note\n"
    )
    assert (notice.article.doi, notice.doi, notice.date) == ("10.5555/mice.7", "10.5555/note", "2024-05-05")
    assert notice.url == "https://example.org/note"
    assert notice.statement == from_text(PAGE).statement


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        ("Published: 2024-05-05", "2024-05-05"),
        ("Published May 5, 2024.", "2024-05-05"),
        ("Publication date: 5th May 2024", "2024-05-05"),
        ("Retraction date: May 2024", "2024-05"),
        ("Published 1 May 2021\nRetracted: 5 May 2024", "2024-05-05"),
        ("Published 05/06/2024", ""),
        ("Published 31 June 2024", ""),
        ("Published 5 May 2024\nPublished 6 May 2024", ""),
        ("Published 5 May 2020", ""),
        ("The notice was published 5 May 2024 by us", ""),
    ],
)
def test_a_date_is_read_only_when_it_can_be_nothing_else(lines: str, date: str) -> None:
    assert from_text(f"{PAGE}\n{lines}\n").date == date


def test_two_dois_said_to_be_the_article_s_are_none() -> None:
    assert from_text(f"{PAGE}\nArticle DOI: 10.5555/a\nArticle DOI: 10.5555/b\n").article.doi == ""


def test_a_figure_and_its_source_are_a_match() -> None:
    notice = with_item(ITEM)
    assert notice.figure_matches == (FigureMatch(figures=("1A",), source_figure="2B", source=NAPS),)
    assert notice.reasons == ("image duplication",)


def test_two_sources_in_one_sentence_are_two_matches() -> None:
    second = "Figures 4 and 5C from Moe R. Rest. *Dream.* 2018;1:2-3. https://doi.org/10.5555/rest"
    matches = with_item(f"{ITEM} and {second}").figure_matches
    assert [(m.figures, m.source_figure, m.source.doi) for m in matches] == [
        (("1A",), "2B", "10.5555/naps.1"),
        (("1A",), "4", "10.5555/rest"),
        (("1A",), "5C", "10.5555/rest"),
    ]


@pytest.mark.parametrize(
    ("figures", "labels"),
    [
        ("Figures 1A and 2B", ("1A", "2B")),
        ("Figures 1A, 2B, and 3", ("1A", "2B", "3")),
        ("Figs. 1A, B and 2c", ("1A", "1B", "2C")),
        ("Fig. S1 and Figure 2", ("S1", "2")),
        ("Figures 3A\u2013C", ("3A-C",)),
    ],
)
def test_lists_of_figures_are_read_as_they_are_meant(figures: str, labels: tuple[str, ...]) -> None:
    (match,) = with_item(ITEM.replace("Figure 1A", figures)).figure_matches
    assert match.figures == labels


@pytest.mark.parametrize(
    "item",
    [
        ITEM.replace("was duplicated", "was not duplicated"),
        ITEM.replace("was duplicated with", "was drawn after"),
        ITEM.replace("2019;4:1-9", "in press"),
        ITEM.replace("Figure 1A was", "An image was"),
        "Figure 1A was duplicated with Figure 2B.",
    ],
)
def test_what_is_not_called_the_same_is_not_a_match(item: str) -> None:
    assert with_item(item).figure_matches == ()


def test_a_source_after_a_contrast_is_not_a_match() -> None:
    item = f"{ITEM} whereas it differs from Figure 4 from Moe R. Rest. *Dream.* 2018;1:2-3."
    assert [match.source_figure for match in with_item(item).figure_matches] == ["2B"]


@pytest.mark.parametrize(
    ("sentence", "issuers"),
    [
        ("We, the Editor-in-Chief of *Mice, Men and Rest*, have decided.", ("Editor-in-Chief of Mice, Men and Rest",)),
        (
            "The Editor and Publisher of Mice and Men wish to tell.",
            ("Editor of Mice and Men", "Publisher of Mice and Men"),
        ),
        ("At their wish, we, the Editors of the journal Mice and Men, have acted.", ("Editors of Mice and Men",)),
        ("The authors, Editor and Publisher have acted.", ("authors", "Editor", "Publisher")),
        ("The editor of a film about mice slept.", ()),
    ],
)
def test_who_issues_the_notice(sentence: str, issuers: tuple[str, ...]) -> None:
    assert from_text(f"{TITLE} [Retraction]\n\n{sentence}\n").issuers == issuers


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("At the author's request, it is retracted.", ("author",)),
        ("At the authors\u2019 request, it is retracted.", ("authors",)),
        ("At the author\u2019s request. The authors requested to retract it.", ("authors",)),
        ("It is retracted at the request of the University of Nod, after review.", ("University of Nod",)),
        ("The authors asked for the retraction.", ("authors",)),
        ("The authors requested the raw data.", ()),
        ("The authors did not respond.", ()),
    ],
)
def test_who_asked_for_it(sentence: str, who: tuple[str, ...]) -> None:
    assert from_text(f"{TITLE} [Retraction]\n\n{sentence}\n").requested_by == who


@pytest.mark.parametrize(
    ("sentence", "reasons"),
    [
        ("Panels in Figure 2 overlap with those of others.", ("image duplication",)),
        ("Several blots were manipulated.", ("image manipulation",)),
        ("The text was plagiarised.", ("plagiarism",)),
        ("The data were fabricated.", ("data fabrication",)),
        ("The peer review was compromised.", ("compromised peer review",)),
        ("The study had no ethical approval.", ("no ethical approval",)),
        ("No evidence of plagiarism was found.", ()),
        ("Panels in Figure 2 were not duplicated.", ()),
        ("The mice slept.", ()),
    ],
)
def test_why(sentence: str, reasons: tuple[str, ...]) -> None:
    assert from_text(f"{TITLE} [Retraction]\n\n{sentence}\n").reasons == reasons


@pytest.mark.parametrize(
    ("sentence", "policies"),
    [
        ("We followed our editorial policies and COPE guidelines.", ("editorial policies", "COPE guidelines")),
        ("We followed the guidance of COPE.", ("COPE",)),
        ("We followed the Committee on Publication Ethics (COPE) guidelines.", ("COPE guidelines",)),
        ("We were able to cope.", ()),
    ],
)
def test_the_rules_that_were_followed(sentence: str, policies: tuple[str, ...]) -> None:
    assert from_text(f"{TITLE} [Retraction]\n\n{sentence}\n").policies == policies


@pytest.mark.parametrize(
    ("sentence", "stays", "word"),
    [
        ("The article will remain online, watermarked on each page as “Retracted”.", True, "Retracted"),
        ("It stays available. Pages are marked 'RETRACTED.'", True, "RETRACTED"),
        ('The article will not remain online; it is labelled "Withdrawn".', False, "Withdrawn"),
        ("The article no longer stays online.", False, ""),
        ("The word “Retracted” is known to readers.", False, ""),
    ],
)
def test_whether_the_article_stays_online_and_with_which_word_is_read(sentence: str, stays: bool, word: str) -> None:  # noqa: FBT001 - a column of a table
    notice = from_text(f"{TITLE} [Retraction]\n\n{sentence}\n")
    assert (notice.stays_online, notice.mark_text) == (stays, word)


@pytest.mark.parametrize(
    ("line", "article"),
    [
        ("Ode A, et al. Mice. 2021;7:e12", ("Mice", ("Ode A",), "7", "e12")),
        ("Ode A. J. Dorm. Mice. 2021 May;7(3 Suppl):12", ("J. Dorm. Mice.", ("Ode A",), "7", "12")),
        ("Anna Ode and Ben van Poe. Mice. 2021;7:12", ("Mice", ("Anna Ode", "Ben van Poe"), "7", "12")),
        ("Dormant Mice. 2021;7:12", ("Dormant Mice", (), "7", "12")),
    ],
)
def test_citations_of_many_hands(line: str, article: tuple[str, tuple[str, ...], str, str]) -> None:
    read = from_text(f"{TITLE} [Retraction]\n\n{line}\n").article
    assert (read.journal, read.authors, read.volume, read.pages) == article


def test_control_characters_do_not_get_into_the_facts() -> None:
    notice = from_text(f"\x1b]0;title\x07{TITLE} [Retraction]\n\n\x1b[31m{STATEMENT}\x9b\n")
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in notice.title + "".join(notice.statement))


def test_the_words_of_a_notice_in_a_message_are_short_and_without_escapes() -> None:
    with pytest.raises(NoticeError) as caught:
        from_text("Mi\u202ece " * 50)
    assert caught.value.reason.isprintable()
    assert "\\u202e" in caught.value.reason
    assert len(caught.value.reason) < 200


def test_a_work_cited_further_down_is_not_the_article() -> None:
    notice = from_text(f"{TITLE} [Retraction]\n\nReaders wrote to us.\n\nRoe P. Naps. *Sleep Sci.* 2019;4:1-9.\n")
    assert notice.article == Reference(title=TITLE)


def test_a_statement_at_the_top_is_not_a_title() -> None:
    notice = from_text("We have retracted the article\n\nReaders wrote to us.\n")
    assert (notice.title, notice.article) == ("", Reference())


def test_a_doi_that_is_one_of_two_or_is_far_off_is_not_the_citation_s() -> None:
    assert from_text(PAGE.replace("19.", "19. doi:10.5555/a doi:10.5555/b")).article.doi == ""
    far = ITEM.replace(" <", " More on this was said at length in the pages of that journal: <")
    assert with_item(far).figure_matches[0].source == replace(NAPS, doi="")


def test_only_so_many_labels_are_taken_off_a_title() -> None:
    assert from_text("x" + " [Retraction]" * 5).article.title == "x" + " [Retraction]" * 2
    assert from_text("Retraction: " * 5 + "x").article.title == "Retraction: " * 2 + "x"


@pytest.mark.parametrize(
    "words",
    [
        "This article duplicates:",
        "The editors retract this article. Most of its text was taken from the following article:",
        "Most of the text is identical with",
        "Parts of this article were copied without permission from",
        "Figures 1 and 2 also appear in",
        "The article overlaps with",
        "It has come to our attention that this paper is a copy of",
    ],
)
def test_a_paragraph_that_ends_in_a_citation_does_not_cite_the_article(words: str) -> None:
    citation = "Reed C, Sedge D. Amphibians. J Pools. 2015;7:10-19. https://doi.org/10.5555/pools.victim"
    notice = from_text(f"Retraction: Newts of the northern ponds\n\n{words} {citation}\n")
    assert (notice.article.doi, notice.article.title) == ("", "Newts of the northern ponds")

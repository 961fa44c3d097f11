"""Each house has its own form of notice; the facts are found in it, and other works' DOIs are left alone."""

import pytest

from watermark.notice import Notice, State, from_text

ARTICLE = "10.5555/mice.7"
TITLE = "Sleep in older mice"
OTHER = "It is much like other work (https://doi.org/10.5555/other)."


def check(text: str, **facts: object) -> None:
    notice = from_text(text)
    assert notice.state is State.RETRACTION
    assert (notice.doi, notice.date) == ("", "")
    assert {name: value_of(notice, name) for name in facts} == facts


def value_of(notice: Notice, name: str) -> object:
    return getattr(notice.article, name.removeprefix("article_")) if "article_" in name else getattr(notice, name)


def test_a_title_with_its_state_in_front_and_a_policy_on_withdrawal() -> None:
    check(
        f"RETRACTED: {TITLE}\n\nThis article has been retracted: see the Policy on Article Withdrawal.\n\nIt was"
        " retracted at the request of the Editor-in-Chief. Panels in Figure 2 were duplicated. The file carries a"
        f" watermark on the .pdf that says “retracted”. {OTHER}\n",
        article_title=TITLE,
        article_doi="",
        requested_by=("Editor-in-Chief",),
        reasons=("image duplication",),
        policies=("policy on article withdrawal",),
        mark_text="retracted",
    )


@pytest.mark.parametrize(
    ("top", "title"),
    [
        (
            f"Retraction Note to: {TITLE}\n\nRetraction Note to: J Mice (2021) 7:12 https://doi.org/10.5555/MICE.7",
            TITLE,
        ),
        (
            f"Retraction Note: {TITLE}\n\nRetraction to: J Mice https://doi.org/{ARTICLE}, published online 5 May 2021",
            TITLE,
        ),
        (f"Retraction Note to: J Mice (2021) 7:12 https://doi.org/{ARTICLE}", ""),
        (f"RETRACTION: A. Ode, “{TITLE},” Mice 7, no. 3 (2021): 12, https://doi.org/{ARTICLE}.", TITLE),
        (f"Retraction of: {TITLE}\n\nCorrection to: https://doi.org/{ARTICLE}", TITLE),
    ],
)
def test_a_doi_behind_the_label_is_the_article_s(top: str, title: str) -> None:
    check(
        f"{top}\n\nThe Editor-in-Chief has retracted this article because the text was plagiarised. {OTHER}\n",
        article_title=title,
        article_doi=ARTICLE,
        issuers=("Editor-in-Chief",),
        reasons=("plagiarism",),
    )


PLOS = (
    f"Retraction: {TITLE}\n\nReaders asked about this article [1] and Figure 2, which is like another [2].\n\n"
    "In view of this, the Mouse ONE Editors retract this article.\n\nReferences\n\n"
    f"1. Ode A (2021) {TITLE}. Mice ONE 16(3): e1. https://doi.org/{ARTICLE}\n"
    "2. Roe P (2019) Naps. Mice ONE 4(1): e2. https://doi.org/10.5555/other\n"
)


def test_the_reference_that_is_this_article_is_the_article() -> None:
    check(PLOS, article_title=TITLE, article_doi=ARTICLE, issuers=("Mouse ONE Editors",))
    check(PLOS.replace("article [1]", "article [2]"), article_doi="10.5555/other")


@pytest.mark.parametrize(
    "text",
    [
        PLOS.replace("article [1]", "article"),
        PLOS.replace("article [1]", "article [3]"),
        PLOS.replace("article [1]", "article [1], this article [2]"),
        PLOS.replace("References", "Acknowledgements"),
        PLOS.replace(f"https://doi.org/{ARTICLE}", f"https://doi.org/{ARTICLE} doi:10.5555/again"),
    ],
)
def test_a_reference_that_is_not_said_to_be_the_article_is_not_taken_for_it(text: str) -> None:
    check(text, article_doi="")


def test_a_publisher_that_retracts_is_the_issuer() -> None:
    check(
        f"Retracted: {TITLE}\n\nThis article has been retracted by Nod Press, as publisher, after an inquiry."
        f" The peer review was manipulated. {OTHER}\n",
        article_title=TITLE,
        article_doi="",
        issuers=("Nod Press",),
        reasons=("compromised peer review",),
    )
    check("This article has been retracted by agreement between the authors and others.\n", issuers=())
    check(f"{TITLE}\n\nThis article has been retracted by the authors because of errors.\n", issuers=("authors",))


def test_a_citation_directly_below_its_announcement_is_the_article_s() -> None:
    cited = f"Ode, A., & Poe, B. (2021). {TITLE}. Mice, 7(3), 12. https://doi.org/{ARTICLE}"
    deed = "We, the Editors and Publisher of Mice, have retracted the following article:"
    told = f"Statement of Retraction: {TITLE}\n\n{deed}"
    check(f"{told}\n\n{cited}\n\n{OTHER}\n", article_doi=ARTICLE, issuers=("Editors of Mice", "Publisher of Mice"))
    check(f"{told}\n\nReaders wrote.\n\n{cited}\n", article_doi="")
    check(f"{told}\n\nReaders wrote in June (2021) that it is like https://doi.org/10.5555/other\n", article_doi="")


@pytest.mark.parametrize(
    ("deed", "issuers"),
    [
        ("The journal retracts the 5 May 2021 article cited above.", ("journal",)),
        ("The journal and Chief Editors retract the article cited above.", ("journal", "Chief Editors")),
        ("The journal has a policy.", ()),
    ],
)
def test_a_retraction_of_an_original_research_article(deed: str, issuers: tuple[str, ...]) -> None:
    check(
        f"Retraction: {TITLE}\n\nA Retraction of the Original Research Article\n\n{TITLE}\n\nby Ode, A., and Poe, B."
        f" (2021). Front. Mice 12:1. doi: {ARTICLE}\n\n{deed} {OTHER}\n",
        article_title=TITLE,
        article_doi=ARTICLE,
        issuers=issuers,
    )


@pytest.mark.parametrize(
    "deed",
    [
        "The Mouse ONE Editors retract this article.",
        "The journal retracts the 5 May 2021 article.",
        "The above article has been retracted by agreement between its authors and others.",
    ],
)
def test_what_was_done_says_the_state_without_a_label(deed: str) -> None:
    check(f"{TITLE}\n\n{deed}\n", article_title=TITLE)


def test_two_dois_said_to_be_the_article_s_are_none_in_any_form() -> None:
    check(
        f"Retraction Note to: https://doi.org/{ARTICLE}\n\nRetraction to: https://doi.org/10.5555/b\n", article_doi=""
    )

"""A label above its value, and an export of keys and values, say the same as a labelled line."""

from watermark.notice import from_text
from watermark.notice.extraction.labels_above import with_labels
from watermark.notice.model import State


def test_a_doi_and_a_date_below_their_labels_are_read() -> None:
    text = (
        "Retraction: Newts of the northern ponds\n\nThe editors retract this article.\n\n"
        "DOI of the retracted article\n10.5555/newt.1\n\nRetraction DOI\n\nhttps://doi.org/10.5555/newt.n1\n\n"
        "Date of notice:\n4 May 2024\n"
    )
    notice = from_text(text)
    assert (notice.article.doi, notice.doi, notice.date) == ("10.5555/newt.1", "10.5555/newt.n1", "2024-05-04")


def test_a_heading_above_a_sentence_is_no_label() -> None:
    text = "Published\nThe editors have published this notice.\n\nOriginal\nNewts of the ponds\n"
    assert with_labels(text) == text


def test_labels_with_a_colon_above_title_and_journal_are_read() -> None:
    text = (
        "Retraction notice\n\nTitle:\nNewts of the northern ponds\n\nJournal:\nPond Letters\n\n"
        "This article has been retracted by the editors.\n"
    )
    article = from_text(text).article
    assert (article.title, article.journal) == ("Newts of the northern ponds", "Pond Letters")


def test_an_export_of_keys_and_values_is_read_as_the_notice_in_it() -> None:
    text = (
        "id;type;section;lang;publish_date\n88;notice;retraction;en;2024-02-29\n"
        "title_en: Retraction to: Newts of the northern ponds\ndoi_self: 10.5555/newt.n1\nrel_type: retraction-of\n"
        "rel_doi: 10.5555/newt.1\nbody_html: <p>The authors retract this article.</p><p>Both agree</p>\nmade_by: kmw\n"
    )
    notice = from_text(text)
    assert (notice.article.doi, notice.doi, notice.date) == ("10.5555/newt.1", "10.5555/newt.n1", "2024-02-29")
    assert (notice.state, notice.article.title) == (State.RETRACTION, "Newts of the northern ponds")
    assert "Both agree" in notice.statement
    assert not any("kmw" in words for words in notice.statement)

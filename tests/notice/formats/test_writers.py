"""What is written for a deposit is read as the same notice, as far as its form goes."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.notice.texts import references
from watermark.cli.notice import notice as command
from watermark.errors import NoticeError
from watermark.notice import (
    WRITERS,
    Notice,
    Reference,
    State,
    from_json,
    read_notice,
    to_crossref,
    to_jats,
    to_jats_of_the_article,
)
from watermark.notice.formats.crossref_xml import from_deposit
from watermark.notice.formats.jats.reader import from_jats
from watermark.notice.xml import parsed

SAMPLE = Path(__file__).parents[3] / "samples" / "retraction-notice.md"
LETTERS = st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zs", "Zl", "Zp", "Cn"), exclude_characters="*_`\\<>[]()")
WORDS = st.lists(st.text(LETTERS, min_size=1), max_size=4).map(" ".join)
LISTS = st.lists(WORDS.filter(bool), max_size=3).map(tuple)
DOIS = st.sampled_from(["", "10.1000/xyz123", "10.1016/s0140-6736(20)31180-6", "10.5555/ünï&<1>"])
DATES = st.just("") | st.dates(date(1600, 1, 1)).map(str) | st.sampled_from(["2024", "2024-05"])
ARTICLES = references(WORDS, LISTS, DOIS, has_citation=False)
NOTICES = st.builds(
    Notice,
    state=st.sampled_from(State),
    article=ARTICLES,
    title=WORDS,
    doi=DOIS,
    url=st.sampled_from(["", "https://example.org/notice?a=1&b=%20"]),
    date=DATES,
    issuers=LISTS,
    statement=LISTS,
    language=st.sampled_from(["en", "pt-BR"]),
)
NOTICE = Notice(
    state=State.RETRACTION,
    article=Reference(title="Mice & <men>", doi="10.5555/mice"),
    doi="10.5555/note",
    date="2024-05-05",
)


@settings(deadline=None)  # the machine may be busy
@given(NOTICES)
@example(Notice(state=State.RETRACTION, article=Reference(pages="10.0000/0")))
@example(Notice(state=State.RETRACTION, article=Reference(), title="Frogs of the hills."))
@example(Notice(state=State.RETRACTION, article=Reference(), title="Frogs of the hills†"))
@example(Notice(state=State.RETRACTION, article=Reference(), title="0 0", statement=("撤回論文", "0")))
@example(Notice(state=State.RETRACTION, article=Reference(), statement=("0", "10.0000/0")))
@example(Notice(state=State.RETRACTION, article=Reference(), statement=("0", "Frogs 12", "Frogs 12")))
@example(Notice(state=State.RETRACTION, article=Reference(), statement=("0", "COPE")))
def test_what_is_written_as_jats_is_read_as_the_same_notice(notice: Notice) -> None:
    has_place = notice.state not in {State.NEW_EDITION, State.NEW_VERSION}
    found = from_jats(parsed(to_jats(notice)))
    again = replace(found, dois=(), policies=(), reasons=())  # those are found in the texts each time
    assert again == (notice if has_place else replace(notice, article=again.article))


def test_a_notice_of_the_press_goes_through_jats_unharmed() -> None:
    notice = read_notice(SAMPLE).notice
    again = from_jats(parsed(to_jats(notice)))
    assert replace(again, figure_matches=(), article=replace(again.article, citation="")) == replace(
        notice, figure_matches=(), article=replace(notice.article, citation="")
    )


@given(NOTICES.filter(lambda notice: notice.state is not State.REINSTATEMENT), st.dates(date(1600, 1, 1)))
def test_what_is_deposited_with_crossref_is_read_as_the_same_update(notice: Notice, day: date) -> None:
    notice = replace(notice, date=str(day), article=replace(notice.article, doi="10.5555/mice<1>"))
    record = f"<doi_batch><journal_article>{to_crossref(notice)}</journal_article></doi_batch>"
    again = from_deposit(parsed(record)).notice
    assert (again.state, again.date, again.article.doi) == (notice.state, notice.date, notice.article.doi)


def test_the_article_s_record_gets_its_link_and_its_event() -> None:
    written = """
        <related-article xmlns:xlink="http://www.w3.org/1999/xlink" related-article-type="retraction-forward"
        ext-link-type="doi" xlink:href="10.5555/note"/> <pub-history xmlns:xlink="http://www.w3.org/1999/xlink">
        <event event-type="retracted"> <date iso-8601-date="2024-05-05"> <day>05</day> <month>05</month>
        <year>2024</year> </date> </event> </pub-history>
    """
    assert to_jats_of_the_article(NOTICE).split() == written.split()
    assert "related-article" not in to_jats_of_the_article(replace(NOTICE, doi=""))
    assert 'ext-link-type="uri"' in to_jats_of_the_article(replace(NOTICE, doi="", url="https://x.org/a"))


@pytest.mark.parametrize("state", State)
def test_the_article_s_record_is_read_again_in_each_state(state: State) -> None:
    notice = replace(NOTICE, state=state)
    article = (
        '<article article-type="research-article"><front><article-meta>'
        f"<article-id pub-id-type='doi'>10.5555/mice</article-id>{to_jats_of_the_article(notice)}"
        "</article-meta></front></article>"
    )
    if state.is_marked or state in {State.REMOVAL, State.REINSTATEMENT}:
        again = from_jats(parsed(article))
        assert (again.state, again.article.doi) == (state, "10.5555/mice")
        assert (again.doi, again.date) == ("10.5555/note", "2024-05-05")


def test_a_crossref_update_says_what_crossref_demands() -> None:
    assert to_crossref(NOTICE) == (
        '<updates>\n  <update type="retraction" label="Retraction" date="2024-05-05">10.5555/mice</update>\n'
        "</updates>\n"
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"article": Reference()}, "article's DOI"),
        ({"date": ""}, "whole date"),
        ({"date": "2024-05"}, "whole date"),
        ({"state": State.REINSTATEMENT}, "no update of the type reinstatement"),
    ],
)
def test_what_crossref_would_refuse_is_not_written(changes: dict[str, object], words: str) -> None:
    with pytest.raises(NoticeError, match=words) as caught:
        to_crossref(replace(NOTICE, **changes))  # type: ignore[arg-type]
    assert caught.value.remedy


@pytest.mark.parametrize("form", WRITERS)
def test_the_command_writes_each_form(form: str) -> None:
    arguments = [str(SAMPLE), "--to", form, "--doi", "10.5555/mice", "--date", "2024-05-05"]
    result = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    if form == "json":
        assert from_json(result.stdout).article.doi == "10.5555/mice"
    else:
        assert ET.fromstring(f"<x>{result.stdout}</x>")  # noqa: S314 - written by this test's own tool
    assert "10.5555/mice" in result.stdout or form == "jats-article"


def test_a_control_character_never_reaches_the_xml() -> None:
    assert "\x1b" not in to_jats(replace(NOTICE, title="a\x1b[31mb"))

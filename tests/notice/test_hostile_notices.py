"""Hostile notices cost seconds at most, and never fail in a way that is not foreseen."""

import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watermark.errors import NoticeError
from watermark.notice import Notice, dois_in, from_json, from_text, from_yaml, normalised_doi
from watermark.notice.decoding import decoded
from watermark.notice.extraction.figure_matches import MAX_OWN
from watermark.notice.formats.json_values import MAX_BYTES
from watermark.notice.model import DoiRole

HEAD = "Mice [Retraction]\n\n"
SIZE = 160_000
MOST_SECONDS = 10.0
SLACK_SECONDS = 0.3
LONG_FORMS = {
    **{
        repeated: repeated * (SIZE // len(repeated))
        for repeated in (
            *(
                "*a ",
                "*a",
                "_a ",
                "[",
                "[a](http://a ",
                "<http://",
                "\\*",
                "“",
                ". ",
                "A. ",
                "a: ",
                "# ",
                "- a\n",
                "Ab c.\n\n",
            ),
            *("Figure 1A ", "Figure 1A and 2B and ", "Figure 1 from ", "- Figure 1 from X 2018;1:1\n", "1A, "),
            *("Xu P. Foo. Life. 2018;1:1. ", "Xu P. Foo. Life. 2018;1:1.\n", "10.1000/a ", "10.1000/", "10."),
            *("We, the Editor and Publisher of ", "Editor, ", "at the request of ", "article remains ", 'marked "'),
            *("images ", "no any ", "COPE ", "issued an ", "this article has been ", "published 5 May 2024\n"),
            *("this article [1] ", "The A B ", "Ode, A., ", "Retraction to: a ", "this article is retracted by a "),
            *("Retraction of the a a a article\n\n", "- Ode A 10.5555/a\n", "“a 10.5555/b ", "(2021) "),
            *("It overlaps with 10.5555/b.\n\n", "Retraction: a b 10.5555/b\n\n", "A, 2019, 10.5555/b\n\n"),
        )
    },
    "brackets in a DOI": "10.1000/" + "(" * SIZE,
    "one word": "a" * SIZE,
}


def seconds(read: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    with suppress(NoticeError):
        read(text)
    return time.process_time() - start


@pytest.mark.parametrize("text", LONG_FORMS.values(), ids=LONG_FORMS.keys())
def test_four_times_the_length_takes_no_more_than_twice_four_times_as_long(text: str) -> None:
    for read in (dois_in, normalised_doi):
        assert seconds(read, text) < MOST_SECONDS
    quarter = seconds(from_text, HEAD + text[: SIZE // 4])
    assert seconds(from_text, HEAD + text) < 8 * quarter + SLACK_SECONDS
    assert seconds(from_text, f"{text[: SIZE // 4]} [Retraction]") < MOST_SECONDS


@pytest.mark.parametrize("repeated", ["[Retraction] ", "Retraction: ", 'Retraction of "a ', " [Retraction]"])
def test_a_title_of_labels_is_read_in_time(repeated: str) -> None:
    for text in ("x" + repeated * 20_000, repeated * 20_000 + "x"):
        assert seconds(from_text, text) < 8 * seconds(from_text, text[: len(text) // 4] + text[-1]) + SLACK_SECONDS


def test_a_notice_of_a_hundred_thousand_lines_is_read_whole() -> None:
    notice = from_text(HEAD + "A line.\n" * 100_000)
    assert notice.state == "retraction"
    assert len(notice.statement[0].split()) == 200_000


def test_of_a_very_long_notice_the_ends_are_read_and_the_middle_is_kept() -> None:
    line = "The beds of reeds were counted in May of each year by the keepers of the lake."
    paragraphs = [f"{line} {number}" for number in range(5_000)]
    paragraphs[2_500] = "More is found at https://doi.org/10.5555/middle."
    text = "\n\n".join(("DOI of article: 10.5555/mice.1", *paragraphs, "Published: 4 May 2024"))
    notice = from_text(HEAD + text)
    assert (notice.article.doi, notice.date) == ("10.5555/mice.1", "2024-05-04")
    assert " ".join(notice.statement).split() == "\n".join(paragraphs).split()
    roles = {mention.doi: mention.role for mention in notice.dois}
    assert roles["10.5555/middle"] is DoiRole.UNKNOWN


def test_a_title_of_a_hundred_kilobytes_is_kept_whole() -> None:
    title = "mouse " * 17_000 + "end"
    assert from_text(f"{title} [Retraction]\n").article.title == title
    assert from_text(f"RETRACTED: {title}\n").article.title == title


@pytest.mark.parametrize(
    ("read", "text", "words"),
    [
        (from_yaml, "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "anchors"),
        (from_yaml, "[" * SIZE, "nested"),
        (from_yaml, "- " * SIZE, "nested"),
        (from_yaml, "{a: " * SIZE, "nested"),
        (from_yaml, "? " * SIZE, "nested"),
        (from_yaml, "x: [" + "a," * SIZE + "]", "more than 100000 values"),
        (from_yaml, "".join(f"k{number}: 1\n" for number in range(60_000)), "more than 100000 values"),
        (from_yaml, "x" * (MAX_BYTES + 1), "larger than"),
        (from_yaml, "é" * (MAX_BYTES // 2 + 1), "larger than"),
        (from_yaml, "%" * SIZE, "cannot be read"),
        (from_yaml, "a: \x07", "cannot be read"),
        (from_json, "[" * SIZE, "nested"),
        (from_json, '{"a":' * SIZE, "larger than|nested"),
        (from_json, "[[[[[[[[[[1]]]]]]]]]]", "nested"),
        (from_json, "1" * SIZE, "too long"),
        (from_json, '{"state": 1e999}', "inf"),
        (from_json, '"' + "x" * MAX_BYTES + '"', "larger than"),
    ],
)
def test_bombs_are_refused_at_once(read: Callable[[str], Notice], text: str, words: str) -> None:
    start = time.process_time()
    with pytest.raises(NoticeError, match=words):
        read(text)
    assert time.process_time() - start < MOST_SECONDS


@settings(deadline=None)  # the machine may be busy
@given(st.binary())
def test_no_bytes_make_the_reading_fail_in_another_way(data: bytes) -> None:
    for given_bytes in (data, HEAD.encode() + data):
        with suppress(NoticeError):
            from_text(decoded(given_bytes)[0])


def test_a_list_of_figures_that_never_ends_is_cut() -> None:
    source = "was duplicated with Figure 2 from Roe P. Naps. *Sleep.* 2019;4:1."
    (match,) = from_text(f"{HEAD}{'Figure 1A and ' * 5_000}Figure 3 {source}\n").figure_matches
    assert match.figures[-1] == "3"
    assert len(match.figures) <= MAX_OWN + 1


@pytest.mark.parametrize(
    "repeated",
    [
        "The editors retract this article (https://doi.org/10.5555/a.1) because of overlap with Figure 2A of [3]. ",
        "Published: 4 May 2024 and more\n",
        "10.5555/a ",
        "1. Reed C. Toads. J Pools. 2016;5:9-17. https://doi.org/10.5555/toad.1\n",
    ],
)
def test_a_notice_of_a_megabyte_is_read_within_seconds(repeated: str) -> None:
    text = f"Retraction: Newts of the hills\n\n{repeated * (1_000_000 // len(repeated))}"
    assert seconds(from_text, text) < MOST_SECONDS

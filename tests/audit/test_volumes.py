"""What `watermark check` says of a copy of which only some pages were marked."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.helpers.build import build
from tests.helpers.volumes import RANGES, notice_of, volume
from watermark import stamp
from watermark.audit.auditor import AuditRequest, audit_file
from watermark.audit.classification import AuditResult, Classification
from watermark.audit.retraction_index.index import index_of
from watermark.models import Proof
from watermark.notice import Notice, NoticeFile, Reference, State

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
        ("10.5555/vol.2,expression_of_concern,2024-01-01\n", Classification.UNMARKED, "the wrong state"),
        ("", Classification.NOT_LISTED, "is not on the list"),
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

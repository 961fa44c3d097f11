"""Lists of retractions: a row for each article, with the notice in effect, in memory that does not grow."""

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from watermark.batch.manifest import ManifestRow, manifest_in
from watermark.errors import NoticeError, UsageError
from watermark.notice import NoticeFile, State, read_notice

WATCH = (
    *("Record ID", "Title", "Journal", "Author", "RetractionDate", "RetractionDOI"),
    *("OriginalPaperDate", "OriginalPaperDOI", "RetractionNature", "Reason"),
)


def watch(path: Path, *records: dict[str, str]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, WATCH, restval="")
        writer.writeheader()
        writer.writerows({"RetractionNature": "Retraction", "RetractionDate": "8/16/2023 0:00"} | r for r in records)
    return path


def crossref(path: Path, *works: object) -> Path:
    path.write_text("".join(f"{work if isinstance(work, str) else json.dumps(work)}\n" for work in works))
    return path


def notice_work(article: str, notice: str, kind: str = "retraction", year: int = 2020) -> dict[str, object]:
    update = {"DOI": article, "type": kind, "updated": {"date-parts": [[year, 2, 6]]}}
    return {"DOI": notice, "title": [f"{kind.capitalize()}: a title"], "update-to": [update]}


def rows(path: Path) -> list[ManifestRow]:
    with manifest_in(path) as manifest:
        assert manifest.by_doi
        found = list(manifest.rows())
        assert manifest.count == len(found)
    return found


def test_a_watch_list_gives_a_row_for_each_doi_with_the_notice_that_stands(tmp_path: Path) -> None:
    list_ = watch(
        tmp_path / "list",
        {"OriginalPaperDOI": "10.1/A", "RetractionDOI": "10.1/n", "Title": "One"},
        {"OriginalPaperDOI": "unavailable"},
        {"OriginalPaperDOI": "10.1/b", "RetractionNature": "Expression of concern"},
        {"OriginalPaperDOI": "10.1/a", "RetractionNature": "Correction", "RetractionDate": "8/16/2024 0:00"},
    )
    with manifest_in(list_) as manifest:
        assert manifest.warnings == ("skipped 1 record without a DOI of the article",)
    first, second = rows(list_)
    assert (first.name, second.name) == ("10.1/a", "10.1/b")
    assert isinstance(first.notice, NoticeFile)
    assert isinstance(second.notice, NoticeFile)
    assert (first.notice.notice.state, second.notice.notice.state) == (State.RETRACTION, State.EXPRESSION_OF_CONCERN)
    (tmp_path / "extract").write_bytes(first.notice.data)
    assert read_notice(tmp_path / "extract", article_doi="10.1/a").notice == first.notice.notice


def test_a_date_is_read_as_the_whole_list_writes_dates(tmp_path: Path) -> None:
    ambiguous = {"OriginalPaperDOI": "10.1/a", "RetractionDate": "1/2/2020"}
    (row,) = rows(watch(tmp_path / "list", ambiguous))
    assert isinstance(row.notice, NoticeFile)
    assert row.notice.notice.date == "2020-01-02"
    rewritten = {"OriginalPaperDOI": "10.1/b", "RetractionDate": "31/12/2020"}
    row, _ = rows(watch(tmp_path / "list", ambiguous, rewritten))
    assert isinstance(row.notice, NoticeFile)
    assert row.notice.notice.date == "2020-02-01"
    assert any("day in front" in warning for warning in row.notice.warnings)


def test_crossref_lines_about_one_article_are_one_row(tmp_path: Path) -> None:
    found = rows(
        crossref(
            tmp_path / "lines",
            notice_work("10.1/A", "10.1/n1"),
            {"DOI": "10.1/plain", "title": ["no update"]},
            notice_work("10.1/a", "10.1/n2", "reinstatement", 2022),
            notice_work("10.1/b", "10.1/n3"),
        )
    )
    assert [row.name for row in found] == ["10.1/a", "10.1/b"]
    assert isinstance(found[0].notice, NoticeFile)
    assert found[0].notice.notice.state is State.REINSTATEMENT


def test_a_line_that_cannot_be_read_is_a_row_with_the_reason(tmp_path: Path) -> None:
    broken, long = '{"update-to": [', '{"update-to": "' + "x" * 2_000_000 + '"}'
    found = rows(
        crossref(tmp_path / "lines", notice_work("10.1/a", "10.1/n"), broken, long, notice_work("10.1/b", "10.1/m"))
    )
    assert [row.name for row in found] == ["line 2", "line 3", "10.1/a", "10.1/b"]
    assert [bool(row.problem) for row in found] == [True, True, False, False]


def test_an_unclear_state_is_an_error_of_that_article_only(tmp_path: Path) -> None:
    unclear = [notice_work("10.1/a", "10.1/n1"), notice_work("10.1/a", "10.1/n2", "reinstatement")]
    first, second = rows(crossref(tmp_path / "lines", *unclear, notice_work("10.1/b", "10.1/n3")))
    assert "cannot determine which came last" in str(first.problem)
    assert second.problem is None


def test_a_file_of_other_lines_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(NoticeError, match="more than 1,000 lines"):
        rows(crossref(tmp_path / "lines", *["{nothing"] * 1100))
    with pytest.raises(UsageError, match="the list contains no retracted article"):
        rows(crossref(tmp_path / "lines", {"DOI": "10.1/x"}))
    with pytest.raises(UsageError, match="the file does not exist"):
        rows(tmp_path / "absent")
    with pytest.raises(UsageError, match="not a file"):
        rows(Path("/dev/zero"))


@pytest.mark.slow
def test_a_long_list_takes_no_more_memory_than_a_short_one(tmp_path: Path) -> None:
    script = """if True:
        import sys, pathlib
        from watermark.batch.manifest import manifest_in
        with manifest_in(pathlib.Path(sys.argv[1])) as manifest:
            count = sum(row.problem is None for row in manifest.rows())
        status = pathlib.Path("/proc/self/status").read_text()
        print(count, status.split("VmHWM:")[1].split()[0])"""
    peaks = []
    for count in (3_000, 12_000):
        records = (
            {"OriginalPaperDOI": f"10.1/{n}", "Title": "t" * 500, "Reason": f"+r{n};" * 50} for n in range(count)
        )
        path = watch(tmp_path / "list", *records)
        run = [sys.executable, "-c", script, str(path)]
        said = subprocess.run(run, capture_output=True, text=True, check=True).stdout.split()
        assert int(said[0]) == count
        peaks.append(int(said[1]))
    assert peaks[1] - peaks[0] < 2_000, "kilobytes: the list itself has 8,000 more"


@pytest.mark.parametrize("layout", [None, 1])
@pytest.mark.parametrize("wrap", [lambda works: works, lambda works: {"message": {"items": works}}])
def test_an_array_or_a_response_gives_the_same_rows_as_lines(
    tmp_path: Path, layout: int | None, wrap: Callable[[list[object]], object]
) -> None:
    works: list[object] = [notice_work("10.1/A", "10.1/n1"), notice_work("10.1/b", "10.1/n3")]
    lines = rows(crossref(tmp_path / "lines", *works))
    (tmp_path / "array").write_text(json.dumps(wrap(works), indent=layout))
    array = rows(tmp_path / "array")
    assert [row.name for row in array] == ["10.1/a", "10.1/b"]
    for one, other in zip(lines, array, strict=True):
        assert isinstance(one.notice, NoticeFile)
        assert isinstance(other.notice, NoticeFile)
        assert (one.notice.notice, one.notice.source) == (other.notice.notice, "Crossref")

"""Retraction Watch's list with all its traps: one row is a notice, many are a list to look things up in."""

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest

from watermark.errors import NoticeError
from watermark.notice import Notice, NoticeFile, Reference, State, read_notice
from watermark.notice.formats.retraction_watch import date_read, every_notice

COLUMNS = (
    *("Record ID", "Title", "Subject", "Institution", "Journal", "Publisher", "Country", "Author", "URLS"),
    *("ArticleType", "RetractionDate", "RetractionDOI", "RetractionPubMedID", "OriginalPaperDate"),
    *("OriginalPaperDOI", "OriginalPaperPubMedID", "RetractionNature", "Reason", "Paywalled", "Notes"),
)
VALUES = {
    "Record ID": "4036",
    "Title": "Sleep in older mice",
    "Journal": "Dormant Mice",
    "Author": "Ann Ode;Ben Poe;",
    "URLS": "http://example.org/blog;",
    "RetractionDate": "8/16/2023 0:00",
    "RetractionDOI": "10.5555/NOTE",
    "RetractionPubMedID": "0",
    "OriginalPaperDate": "1/2/2019 0:00",
    "OriginalPaperDOI": "10.5555/Mice.7",
    "OriginalPaperPubMedID": "0",
    "RetractionNature": "Retraction",
    "Reason": "+Concerns/Issues About Data;+Paper Mill;",
    "Notes": "See also: others.",
}
NOTICE = Notice(
    state=State.RETRACTION,
    article=Reference(
        authors=("Ann Ode", "Ben Poe"),
        title="Sleep in older mice",
        journal="Dormant Mice",
        year=2019,
        doi="10.5555/mice.7",
    ),
    doi="10.5555/note",
    date="2023-08-16",
    reasons=("Concerns/Issues About Data", "Paper Mill"),
)
RETURNED = {"RetractionNature": "Reinstatement", "RetractionDate": "9/1/2023 0:00", "RetractionDOI": "10.5555/back"}


def table(*rows: dict[str, str], delimiter: str = ",", end: str = "\r\n", last: bool = False) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    extra = [""] if last else []
    writer.writerow([*COLUMNS, *extra])
    writer.writerows([*((VALUES | row).get(name, "") for name in COLUMNS), *extra] for row in rows or ({},))
    return text.getvalue()


def saved(tmp_path: Path, data: str | bytes) -> Path:
    path = tmp_path / "list"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def read(tmp_path: Path, data: str | bytes, article_doi: str = "") -> NoticeFile:
    return read_notice(saved(tmp_path, data), article_doi=article_doi)


OTHER = {"OriginalPaperDOI": "10.5555/other", "Title": "Other"}


@pytest.mark.parametrize(
    "data",
    [
        table(),
        table(end="\n"),
        table(last=True),
        table().replace("Notes\r", "Notes,\r"),
        table(delimiter=";"),
        table(delimiter="\t"),
        "\ufeff" + table(),
        table() + "\r\n\r\n",
        table().removesuffix("\r\n"),
        table({"Notes": 'Quoted "words",\r\na new line,\nand more'}),
        table({"Institution": "Univ\n\nof Nod"}),
        table({"Title": " Sleep in\nolder  mice "}),
        table({"OriginalPaperDOI": "https://doi.org/10.5555/MICE.7"}),
        table({"RetractionDate": "8/16/2023"}),
        table({"RetractionDate": "08/16/2023 00:00:00"}),
        table({"RetractionDate": "2023-08-16"}),
        table({"Author": "Ann Ode; Ben Poe"}),
        table({"Reason": "+Concerns/Issues About Data; + Paper Mill;;"}),
        table({"RetractionNature": " retraction "}),
        table({}, {}),
        table({}, {"RetractionNature": "Correction", "RetractionDate": "1/1/2024 0:00"}),
        table().replace("RetractionNature", "Retraction Nature").replace("Record ID", "RecordID"),
    ],
)
def test_the_traps_of_the_file_do_not_change_the_notice(tmp_path: Path, data: str) -> None:
    given = read(tmp_path, data)
    assert (given.media_type, given.warnings, given.name) == ("text/csv", (), "list")
    assert given.notice == NOTICE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_each_encoding_of_the_list_is_read(tmp_path: Path, encoding: str, mark: bytes) -> None:
    title = "Café" if encoding == "latin-1" else "Café \u2013 mice"
    data = mark + table({"Title": title}).encode(encoding).removeprefix(b"\xef\xbb\xbf")
    assert read(tmp_path, data).notice.article.title == title


@pytest.mark.parametrize(
    ("row", "field", "value"),
    [
        ({"RetractionDOI": "unavailable"}, "doi", ""),
        ({"RetractionDOI": "Unavailable"}, "doi", ""),
        ({"RetractionDOI": ""}, "doi", ""),
        ({"RetractionDate": ""}, "date", ""),
        ({"RetractionDate": "31/12/2023 0:00", "OriginalPaperDate": ""}, "date", "2023-12-31"),
        ({"RetractionDate": "2/30/2023 0:00"}, "date", ""),
        ({"RetractionDate": "13/13/2023"}, "date", ""),
        ({"RetractionDate": "1/2/2023", "OriginalPaperDate": "31/12/2019"}, "date", "2023-02-01"),
        ({"RetractionDate": "2/2/2023", "OriginalPaperDate": "31/12/2019"}, "date", "2023-02-02"),
        ({"RetractionDate": "1/2/2023"}, "date", "2023-01-02"),
        ({"RetractionDate": "yesterday"}, "date", ""),
        ({"RetractionNature": "Expression of concern"}, "state", State.EXPRESSION_OF_CONCERN),
        ({"RetractionNature": "Correction"}, "state", State.CORRECTION),
        ({"RetractionNature": "Reinstatement"}, "state", State.REINSTATEMENT),
        ({"Reason": "+;;"}, "reasons", ()),
        (
            {"OriginalPaperDOI": "unavailable"},
            "article",
            Reference(authors=("Ann Ode", "Ben Poe"), title="Sleep in older mice", journal="Dormant Mice", year=2019),
        ),
        ({"Title": "\x1b[31mMice\x07"}, "title", ""),
    ],
)
def test_what_the_row_does_not_say_stays_empty(tmp_path: Path, row: dict[str, str], field: str, value: object) -> None:
    assert getattr(read(tmp_path, table(row)).notice, field) == value


def test_month_and_day_are_distinguished_by_the_file_not_by_chance() -> None:
    assert date_read("1/2/2023 0:00") == "2023-01-02"
    assert date_read("1/2/2023 0:00", day_first=True) == "2023-02-01"
    assert date_read("31/12/2023", day_first=True) == "2023-12-31"
    assert date_read("12/31/2023", day_first=True) == "2023-12-31"


def test_one_row_is_attached_as_it_is_and_of_many_only_the_article_s(tmp_path: Path) -> None:
    alone = table({}).encode("utf-8-sig")
    assert read(tmp_path, table(OTHER, {}, OTHER), "10.5555/MICE.7").data.decode() == table({})
    assert read(tmp_path, alone).notice == read(tmp_path, table(OTHER, {}), "10.5555/mice.7").notice


@pytest.mark.parametrize("again", ["", "10.5555/third"])
def test_of_many_rows_one_has_to_be_chosen(tmp_path: Path, again: str) -> None:
    with pytest.raises(NoticeError, match=r"2 articles.*Choose one: 10.5555/other, 10.5555/mice.7") as caught:
        read(tmp_path, table(OTHER, {}), again)
    assert ("none has the DOI" in caught.value.reason) is bool(again)
    assert caught.value.file.endswith("list")


def test_a_row_about_another_article_is_not_taken_and_one_without_a_doi_is(tmp_path: Path) -> None:
    with pytest.raises(NoticeError, match=r"1 article, and none has the DOI 10\.5555/third"):
        read(tmp_path, table(), "10.5555/third")
    assert read(tmp_path, table({"OriginalPaperDOI": "unavailable"}), "10.5555/third").notice.article.doi == ""


def test_rows_without_a_doi_are_articles_of_their_own(tmp_path: Path) -> None:
    without = {"OriginalPaperDOI": "unavailable"}
    with pytest.raises(NoticeError, match="2 articles"):
        read(tmp_path, table(without, without | {"Title": "Other"}))


def test_a_reinstated_article_is_reinstated_and_a_corrected_one_stays_retracted(tmp_path: Path) -> None:
    assert read(tmp_path, table({}, RETURNED)).notice.state is State.REINSTATEMENT
    assert read(tmp_path, table(RETURNED, {})).notice.state is State.REINSTATEMENT
    assert read(tmp_path, table(RETURNED, {"RetractionDate": "10/1/2023"})).notice.state is State.RETRACTION
    later = {"RetractionNature": "Correction", "RetractionDate": "1/1/2024"}
    assert read(tmp_path, table({}, later)).notice.state is State.RETRACTION


def test_a_row_that_is_broken_is_passed_over_and_said(tmp_path: Path) -> None:
    short, long = "1,Broken,row\r\n", table(OTHER).splitlines()[1] + ",moved\r\n"
    data = table({}).replace("\r\n4036", f"\r\n{short}{long}4036")
    given = read(tmp_path, data, "10.5555/mice.7")
    assert given.notice == NOTICE
    assert given.warnings == ("skipped records that cannot be read: line 2, 3",)
    *known, (_, _, error) = every_notice(tmp_path / "list")
    assert [notice for _, _, notice in known] == [NOTICE]
    assert isinstance(error, NoticeError)
    assert error.place == "line 2, 3"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (table().splitlines()[0], "no record that can be read"),
        (table().splitlines()[0] + "\r\n1,Broken\r\n", "no record that can be read"),
        (table({"RetractionNature": "Gone"}), "“Gone” is not a known nature"),
        (table({"RetractionNature": ""}), "is not a known nature"),
        (table().replace("RetractionDOI", "x"), "retractiondoi of Retraction Watch's list is missing"),
        (table().replace("Notes", "Title"), "title of Retraction Watch's list is twice"),
        (table() + '1,"' + "x" * 200_000, "cannot be read"),
        (table() + '1,"open\r\n' + table(OTHER), "skipped"),
    ],
)
def test_what_is_not_a_list_is_reported_with_a_remedy(tmp_path: Path, data: str, words: str) -> None:
    if "open" in data:
        given = read(tmp_path, data)
        assert given.warnings
        return
    with pytest.raises(NoticeError, match=words) as caught:
        read(tmp_path, data)
    assert caught.value.remedy
    assert caught.value.file.endswith("list")


def test_the_list_is_searched_by_the_article_s_doi(tmp_path: Path) -> None:
    path = saved(tmp_path, table(OTHER, {}, RETURNED, {"OriginalPaperDOI": "unavailable"}))
    known = list(every_notice(path))
    assert [doi for doi, _, _ in known] == ["10.5555/other", "10.5555/mice.7", "10.5555/mice.7", ""]
    assert known[1][2] == NOTICE
    assert read_notice(path, article_doi="https://doi.org/10.5555/MICE.7").notice.state is State.REINSTATEMENT
    for absent in ("10.5555/none", "unavailable"):
        with pytest.raises(NoticeError):
            read_notice(path, article_doi=absent)


def test_a_list_that_is_not_there_is_an_error_of_the_tool(tmp_path: Path) -> None:
    for path in (tmp_path / "absent", tmp_path, Path("a\0b")):
        with pytest.raises(NoticeError):
            list(every_notice(path))


MEASURE = """
import re, sys, time
from pathlib import Path
from watermark.notice import read_notice
start = time.process_time()
notice = read_notice(Path(sys.argv[1]), article_doi="10.5555/a69999").notice
status = Path("/proc/self/status").read_text()
print(time.process_time() - start, int(re.search(r"VmHWM:\\s*([0-9]+)", status)[1]) / 1024)
assert notice.doi == "10.5555/r69999"
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is read from Linux's /proc")
def test_seventy_thousand_rows_are_read_in_three_seconds_and_three_hundred_megabytes(tmp_path: Path) -> None:
    row = {"Institution": "Department of Sleep, University of Nod, Nod;" * 6, "Notes": "See “also”: others. " * 6}
    body = table(
        VALUES | row | {"OriginalPaperDOI": "10.5555/A#", "RetractionDOI": "10.5555/R#", "Title": "Mice # " * 15}
    )
    header, line = body.splitlines()
    path = saved(tmp_path, "\r\n".join([header, *(line.replace("#", str(number)) for number in range(70_000))]))
    assert path.stat().st_size > 50_000_000
    measured = subprocess.run([sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, measured.stdout.split())
    assert seconds < 3
    assert megabytes < 300

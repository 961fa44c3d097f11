"""A list of retractions as an index: any form, made once, asked at once, safe among processes and hostile lists."""

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from watermark.audit.retraction_index import cache
from watermark.audit.retraction_index import index as indexes
from watermark.audit.retraction_index.index import RetractionIndex, index_of
from watermark.audit.retraction_index.record import RetractionRecord
from watermark.errors import NoticeError, UsageError, WatermarkError
from watermark.notice import State
from watermark.runtime import user_cache

OWN = (
    "doi,state,date,notice_doi,title\n"
    "10.5555/ONE,Retraction,2024-05-01,10.5555/note,A study of sleep in much older mice\n"
)
WATCH_COLUMNS = (
    *("Record ID", "Title", "Journal", "Author", "RetractionDate", "RetractionDOI"),
    *("OriginalPaperDate", "OriginalPaperDOI", "RetractionNature", "Reason"),
)


@pytest.fixture(autouse=True)
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / user_cache.NAME


def saved(tmp_path: Path, data: str | bytes, name: str = "list") -> Path:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def watch(*rows: dict[str, str]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, WATCH_COLUMNS, restval="")
    writer.writeheader()
    writer.writerows({"RetractionNature": "Retraction", **row} for row in rows)
    return text.getvalue()


def crossref(doi: str, kind: str = "retraction", notice: str = "10.5555/note") -> str:
    update = {"DOI": doi, "type": kind, "updated": {"date-parts": [[2024, 5, 1]]}}
    return json.dumps({"DOI": notice, "title": ["Retraction: Sleep"], "update-to": [update]})


def records_about(path: Path, doi: str) -> tuple[RetractionRecord, ...]:
    with RetractionIndex.opened(index_of(path)) as index:
        return index.about(doi)


@pytest.mark.parametrize(
    "data",
    [
        OWN,
        OWN.replace(",", ";"),
        "\ufeff" + OWN,
        "article,notice,DOI,state,date\na.pdf,,10.5555/one,retraction,2024-05-01\n",
        watch({"OriginalPaperDOI": "10.5555/One", "RetractionDate": "5/1/2024 0:00", "RetractionDOI": "10.5555/note"}),
        crossref("10.5555/other") + "\n" + crossref("10.5555/ONE") + "\n",
        json.dumps({"message": {"items": [json.loads(crossref("10.5555/one"))]}}, indent=1),
        json.dumps([json.loads(crossref("10.5555/one")), json.loads(crossref("10.5555/two"))]),
        json.dumps([json.loads(crossref("10.5555/one"))], indent=1),
    ],
    ids=[
        *("own", "semicolons", "byte order mark", "manifest", "watch", "crossref lines", "crossref response"),
        *("crossref array", "crossref array on lines"),
    ],
)
def test_every_form_of_list_says_what_became_of_an_article(tmp_path: Path, data: str) -> None:
    (found,) = records_about(saved(tmp_path, data), "10.5555/one")
    assert (found.state, found.date) == (State.RETRACTION, "2024-05-01")
    assert records_about(saved(tmp_path, data), "10.5555/unknown") == ()


def test_an_article_is_found_by_its_title_and_by_its_notice(tmp_path: Path) -> None:
    with RetractionIndex.opened(index_of(saved(tmp_path, OWN))) as index:
        assert index.titled("A Study of Sleep in much older Mice.")[0].doi == "10.5555/one"
        assert index.titled("A study") == ()
        assert index.announced_by("10.5555/note")[0].doi == "10.5555/one"
        assert index.about("") == index.announced_by("") == index.titled("") == ()


def test_a_notice_that_the_list_names_says_the_state(tmp_path: Path) -> None:
    saved(tmp_path, "Retraction: Sleep\n\nThe editor has retracted this article.\n", "note.txt")
    path = saved(tmp_path, "doi,notice\n10.5555/one,note.txt\n10.5555/two,../../etc/passwd\n")
    with RetractionIndex.opened(index_of(path)) as index:
        assert index.notice_of(index.about("10.5555/one")[0]).state is State.RETRACTION
        with pytest.raises(UsageError, match="points outside"):
            index.notice_of(index.about("10.5555/two")[0])


@pytest.mark.parametrize(
    "data", [OWN, watch({"OriginalPaperDOI": "10.5555/one", "Title": "Sleep"}), crossref("10.5555/one")]
)
def test_a_record_can_be_marked_from(tmp_path: Path, data: str) -> None:
    with RetractionIndex.opened(index_of(saved(tmp_path, data))) as index:
        file = index.notice_file_of(index.about("10.5555/one")[0])
    assert file.notice.state is State.RETRACTION
    assert file.notice.article.doi == "10.5555/one"
    assert file.data


def test_a_record_that_cannot_be_understood_is_a_problem_and_no_silence(tmp_path: Path) -> None:
    path = saved(tmp_path, OWN + "10.5555/two,burnt,2024-05-01,,\nno doi,retraction,,,\n")
    with RetractionIndex.opened(index_of(path)) as index:
        count, first = index.problems
        assert count == 2
        assert "line 3: “burnt” is not a valid state" in first
        with pytest.raises(NoticeError, match="burnt"):
            index.notice_of(index.about("10.5555/two")[0])


def test_the_second_time_the_list_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path, OWN)
    os.utime(path, (1, 1))
    monkeypatch.setattr(cache, "RACY_NANOSECONDS", -1)
    first = index_of(path)
    monkeypatch.setattr(indexes, "_create", lambda *_: pytest.fail("it is made again"))
    monkeypatch.setattr(cache.hashlib, "file_digest", lambda *_: pytest.fail("it is read again"))
    assert index_of(path) == first


def test_a_list_that_has_just_changed_is_read_although_its_times_and_size_are_equal(tmp_path: Path) -> None:
    path = saved(tmp_path, OWN)
    before = path.stat()
    assert records_about(path, "10.5555/one")
    path.write_text(OWN.replace("ONE", "two"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not records_about(path, "10.5555/one")
    assert records_about(path, "10.5555/two")


def test_what_has_just_changed_is_not_known_by_its_times(tmp_path: Path, cache_folder: Path) -> None:
    path = saved(tmp_path, OWN)
    index_of(path)
    assert not list(cache_folder.glob("*.json")), "a second change within one tick of the clock would be missed"


def test_a_list_that_changes_while_it_is_read_leaves_no_index(
    tmp_path: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, make = saved(tmp_path, OWN), indexes._create

    def made_meanwhile(source: Path, file: Path) -> None:
        make(source, file)
        source.write_text(OWN + "10.5555/two,retraction,,,\n")

    monkeypatch.setattr(indexes, "_create", made_meanwhile)
    with pytest.raises(NoticeError, match="changed while it was read"):
        index_of(path)
    assert not [one for one in cache_folder.iterdir() if "sqlite" in one.name]


def test_an_index_that_is_damaged_is_made_again(tmp_path: Path) -> None:
    path = saved(tmp_path, OWN)
    file = index_of(path).file
    for spoiled in (b"", b"no database", file.read_bytes()[:5000]):
        file.write_bytes(spoiled)
        assert records_about(path, "10.5555/one")
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    assert records_about(path, "10.5555/one")


def test_nothing_stays_in_the_cache_of_a_file_that_is_not_a_list(tmp_path: Path, cache_folder: Path) -> None:
    with pytest.raises(NoticeError):
        index_of(saved(tmp_path, "name,value\n1,2\n"))
    assert not [path for path in cache_folder.iterdir() if "sqlite" in path.name]


def test_only_the_newest_indexes_stay(tmp_path: Path, cache_folder: Path) -> None:
    for number in range(cache.KEPT + 3):
        path = saved(tmp_path, OWN + f"10.5555/x{number},retraction,,,\n", f"list{number}")
        os.utime(index_of(path).file, (number + 1, number + 1))
    assert len(list(cache_folder.glob(f"*{indexes.SUFFIX}"))) == cache.KEPT


def test_others_may_not_look_into_the_cache(tmp_path: Path, cache_folder: Path) -> None:
    index_of(saved(tmp_path, OWN))
    assert cache_folder.stat().st_mode & 0o077 == 0


def test_processes_that_make_one_index_at_once_leave_a_whole_one(tmp_path: Path, cache_folder: Path) -> None:
    path = saved(tmp_path, OWN + "".join(f"10.5555/x{number},retraction,2024,,\n" for number in range(3000)))
    code = (
        "import sys; from pathlib import Path\n"
        "from watermark.audit.retraction_index.index import RetractionIndex, index_of\n"
        "with RetractionIndex.opened(index_of(Path(sys.argv[1]))) as index: print(len(index.about('10.5555/x2999')))"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, path], stdout=subprocess.PIPE) for _ in range(4)]
    assert [process.communicate(timeout=60)[0].strip() for process in running] == [b"1"] * 4
    assert len([file for file in cache_folder.iterdir() if "sqlite" in file.name]) == 1


HOSTILE = {
    "empty": b"",
    "binary": bytes(range(256)) * 20,
    "a quotation mark that is never closed": b'doi,state,date\n"10.5555/one,retraction,\n' + b"x" * 200_000,
    "a long line of JSON": b'{"DOI": "' + b"x" * 1_100_000 + b'"}\n{"DOI": "10.5555/one"}\n',
    "a column twice": b"doi,doi,state\n10.5555/one,10.5555/two,retraction\n",
    "half of Retraction Watch's columns": b"RetractionNature,OriginalPaperDOI\nRetraction,10.5555/one\n",
    "JSON that is no record": b'{"name": 1}\n',
    "JSON of numbers": b"[1, 2]\n",
    "JSON of names": b'["10.5555/one", "10.5555/two"]\n',
    "an empty array": b"[]\n",
    "another table": b"name,value\n1,2\n",
    "what begins like JSON": b"[build-system]\nrequires = []\n",
    "records of which none can be understood": b"doi,state,date\n10.5555/one,burnt,2024\n",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_not_a_list_is_named_with_its_file(tmp_path: Path, data: bytes) -> None:
    path = saved(tmp_path, data)
    with pytest.raises(WatermarkError) as caught:
        index_of(path)
    assert caught.value.file == str(path)
    assert caught.value.remedy


def test_deep_and_strange_json_is_a_problem_of_its_line(tmp_path: Path) -> None:
    deep = '{"a":' * 100_000 + "1" + "}" * 100_000
    huge = '{"DOI": ' + "9" * 5000 + "}"
    path = saved(tmp_path, "\n".join([crossref("10.5555/one"), deep, huge, "[]", "null}"]))
    with RetractionIndex.opened(index_of(path)) as index:
        assert index.about("10.5555/one")
        assert index.problems[0] >= 3


def test_a_record_of_an_unknown_form_is_a_problem_and_an_empty_response_is_not(tmp_path: Path) -> None:
    path = saved(tmp_path, crossref("10.5555/one") + '\n{"article": "10.5555/two", "is": "retracted"}\n')
    with RetractionIndex.opened(index_of(path)) as index:
        assert index.about("10.5555/one")
        assert index.problems[0] == 1
    (tmp_path / "none.json").write_text('{"message": {"items": []}}', encoding="utf-8")
    with RetractionIndex.opened(index_of(tmp_path / "none.json")) as index:
        assert index.problems[0] == 0


def test_a_device_a_folder_and_nothing_are_no_lists(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (Path("/dev/zero"), tmp_path / "pipe", tmp_path, tmp_path / "missing"):
        with pytest.raises(NoticeError) as caught:
            index_of(path)
        assert caught.value.file == str(path)


def test_words_of_a_list_are_values_and_never_commands(tmp_path: Path) -> None:
    evil = "10.5555/'); DROP TABLE record;--"
    path = saved(tmp_path, OWN + f'"{evil}",retraction,2024,,"=cmd|x"\n')
    with RetractionIndex.opened(index_of(path)) as index:
        assert index.about("x' OR '1'='1") == ()
        assert index.about("10.5555/one")


def test_a_folder_that_cannot_be_written_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(saved(tmp_path, "a file", "taken") / "below"))
    assert records_about(saved(tmp_path, OWN), "10.5555/one")

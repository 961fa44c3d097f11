"""Lists from the network: the answer of a local server is used and cached for a day, and its age is reported."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.audit.conftest import DOI, article
from tests.notice.crossref.server import ARTICLE_RECORD, Answer, raw, record, serving
from watermark.audit import downloaded_lists
from watermark.audit.downloaded_lists import CROSSREF, WATCH
from watermark.audit.retraction_index.cache import cache_folder
from watermark.cli import main
from watermark.notice.crossref.client import Service

RECORD = json.loads(
    json.dumps(ARTICLE_RECORD).replace("10.5555/article", DOI).replace("A study of something", "An article")
)
NO_UPDATE = {"status": "ok", "message-type": "work", "message": {"DOI": DOI, "title": ["An article"]}}
TABLE = (
    "Record ID,Title,Subject,Institution,Journal,Publisher,Country,Author,URLS,ArticleType,RetractionDate,"
    "RetractionDOI,RetractionPubMedID,OriginalPaperDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason,"
    "Paywalled,Notes\n"
    f"1,An article,,,,,,A. Author,,,5/1/2024 0:00,10.5555/notice,0,1/1/2020 0:00,{DOI},0,Retraction,,No,\n"
)
Check = Callable[..., tuple[int, str, str]]


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    def checked(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["check", *map(str, arguments)])
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    return checked


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    def answered_at(name: str, address: str) -> None:
        service = Service(address=address, connect=1.0, read=1.0, between=0.0, longest=0.01)
        monkeypatch.setitem(downloaded_lists.SERVICES, name, service)

    return answered_at


def test_crossref_is_asked_about_the_article_of_each_pdf_once_a_day(
    tmp_path: Path, check: Check, at: Callable[[str, str], None]
) -> None:
    pdf = article(tmp_path / "article.pdf")
    with serving(record(RECORD)) as answers:
        at(CROSSREF, answers.address)
        code, out, err = check(pdf, "--retractions", CROSSREF, "--mailto", "jane.doe@example.org")
        assert code == 1
        assert "retracted and unmarked" in out
        assert "Crossref was asked about 1 DOI" in err
        assert check(pdf, "--retractions", CROSSREF)[0] == 1
    ((path, _),) = answers.asked
    assert path.startswith("/works/10.5555%2Farticle")
    assert "jane.doe%40example.org" in path or "jane.doe@example.org" in path


@pytest.mark.parametrize("answer", [record(NO_UPDATE), raw(b"{}", 404)])
def test_an_article_without_an_update_needs_nothing(
    tmp_path: Path, check: Check, at: Callable[[str, str], None], answer: Answer
) -> None:
    with serving(answer) as answers:
        at(CROSSREF, answers.address)
        code, out, _ = check(article(tmp_path / "article.pdf"), "--retractions", CROSSREF)
    assert code == 0
    assert "retracted and unmarked" not in out


def test_an_article_with_a_listed_doi_and_another_title_is_in_doubt(
    tmp_path: Path, check: Check, at: Callable[[str, str], None]
) -> None:
    other = json.loads(json.dumps(RECORD).replace("An article", "Growth of imaginary moss under lamp light in winter"))
    pdf = article(tmp_path / "article.pdf", title="Colours of invented ferns on a windowless staircase")
    with serving(record(other)) as answers:
        at(CROSSREF, answers.address)
        code, out, _ = check(pdf, "--retractions", CROSSREF)
    assert code == 1
    assert "not checked" in out
    assert "its DOI is on the list, but" in out


@pytest.mark.parametrize("name", [CROSSREF, WATCH])
def test_without_a_network_the_error_says_what_to_do(
    tmp_path: Path, check: Check, at: Callable[[str, str], None], name: str
) -> None:
    at(name, "http://127.0.0.1:9")
    code, out, err = check(article(tmp_path / "article.pdf"), "--retractions", name)
    assert code not in {0, 1}
    assert out == ""
    assert "cannot be reached" in err
    assert "Try again later" in err


def test_the_table_is_fetched_once_a_day_and_used_offline_with_its_age(
    tmp_path: Path, check: Check, at: Callable[[str, str], None]
) -> None:
    pdf = article(tmp_path / "article.pdf")
    with serving(raw(TABLE.encode())) as answers:
        at(WATCH, answers.address)
        assert check(pdf, "--retractions", WATCH)[0] == 1
        code, out, err = check(pdf, "--retractions", WATCH)
        assert (code, len(answers.asked)) == (1, 1)
        assert "retracted and unmarked" in out
        assert "fetched 0 hours ago" in err
    table = cache_folder() / "retraction_watch.csv"
    old = time.time() - 3 * 86_400 - 60
    os.utime(table, (old, old))
    at(WATCH, "http://127.0.0.1:9")
    code, out, err = check(pdf, "--retractions", WATCH)
    assert code == 1
    assert "cannot be reached" in err
    assert "the table that was fetched 3 days ago is used" in err


def test_an_answer_that_is_not_the_table_is_refused_and_not_kept(
    tmp_path: Path, check: Check, at: Callable[[str, str], None]
) -> None:
    with serving(raw(b"<html>Please sign in</html>")) as answers:
        at(WATCH, answers.address)
        code, _, err = check(article(tmp_path / "article.pdf"), "--retractions", WATCH)
    assert code not in {0, 1}
    assert "is not the Retraction Watch table" in err
    assert not (cache_folder() / "retraction_watch.csv").exists()


def test_the_lists_may_be_in_the_configuration_of_the_repository(
    tmp_path: Path, check: Check, at: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = article(tmp_path / "article.pdf")
    (tmp_path / "watermark.toml").write_text('retractions = ["crossref:"]\nmailto = "jane.doe@example.org"\n')
    monkeypatch.chdir(tmp_path)
    with serving(record(RECORD)) as answers:
        at(CROSSREF, answers.address)
        assert check(pdf)[0] == 1
    assert "jane.doe" in answers.asked[0][0]


def test_a_check_without_any_list_says_where_one_can_be_named(tmp_path: Path, check: Check) -> None:
    code, _, err = check(article(tmp_path / "article.pdf"))
    assert code == 2
    assert "no list of retractions is given" in err

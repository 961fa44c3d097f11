"""A notice is fetched from a real server, and whatever the server does, the outcome is a notice or a clear error."""

import json
import os
import socket
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.helpers.build import build
from tests.notice.crossref.server import (
    ARTICLE_RECORD,
    NOTICE_RECORD,
    Answer,
    Answers,
    broken_off,
    dripping,
    endless,
    raw,
    record,
    serving,
    silent,
)
from watermark.cli import main
from watermark.errors import FailedError, NoticeError, UsageError
from watermark.notice import NoticeFile, State
from watermark.notice.crossref import client as service_module
from watermark.notice.crossref.cache import FRESH_SECONDS, Cache
from watermark.notice.crossref.client import Service
from watermark.notice.crossref.fetch import fetched_notice


def service(answers: Answers) -> Service:
    return Service(address=answers.address, connect=2, read=0.4, whole=1, between=0.01, longest=0.05)


def fetched(
    answers: Answers, doi: str = "doi:10.5555/notice", cache: Cache | None = None, mailto: str = ""
) -> NoticeFile:
    return fetched_notice(doi, mailto=mailto, cache=cache, service=service(answers))


def test_the_record_of_the_notice_is_read() -> None:
    with serving(record()) as answers:
        found = fetched(answers)
    assert (found.notice.state, found.notice.doi) == (State.RETRACTION, "10.5555/notice")
    assert (found.notice.article.doi, found.notice.date) == ("10.5555/article", "2024-05-01")
    assert json.loads(found.data) == NOTICE_RECORD
    assert (found.media_type, found.name) == ("application/json", "crossref-10.5555-notice.json")


def test_the_record_of_the_article_leads_to_that_of_the_notice() -> None:
    with serving(record(ARTICLE_RECORD), record(NOTICE_RECORD)) as answers:
        found = fetched(answers, "https://doi.org/10.5555/ARTICLE")
    assert [path for path, _ in answers.asked] == ["/works/10.5555%2Farticle", "/works/10.5555%2Fnotice"]
    assert found.notice.title == "Retraction: A study of something"
    assert json.loads(found.data) == NOTICE_RECORD


@pytest.mark.parametrize("second", [raw(b"", 404), raw(b"", 403), record({"message": {"DOI": "10.5555/notice"}})])
def test_the_record_of_the_article_is_enough_where_that_of_the_notice_cannot_be_had(second: Answer) -> None:
    with serving(record(ARTICLE_RECORD), second) as answers:
        found = fetched(answers, "10.5555/article")
    assert (found.notice.state, found.notice.doi) == (State.RETRACTION, "10.5555/notice")
    assert json.loads(found.data) == ARTICLE_RECORD
    assert "could not be read" in found.warnings[0]


def test_a_record_of_a_notice_that_says_something_else_does_not_outweigh_the_articles() -> None:
    other = json.loads(json.dumps(NOTICE_RECORD).replace('"retraction"', '"correction"'))
    with serving(record(ARTICLE_RECORD), record(other)) as answers:
        assert fetched(answers, "10.5555/article").notice.state is State.RETRACTION


def test_an_answer_without_a_notice_is_not_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    with serving(record({"message": {"DOI": "10.5555/notice"}}), record()) as answers:
        with pytest.raises(NoticeError):
            fetched(answers, cache=cache)
        assert fetched(answers, cache=cache).notice.state is State.RETRACTION


def test_crossref_learns_who_asks_and_only_one_request_is_made() -> None:
    with serving(record()) as answers:
        fetched(answers, mailto="jane.doe+x@example.org")
    [(path, headers)] = answers.asked
    assert path == "/works/10.5555%2Fnotice?mailto=jane.doe%2Bx%40example.org"
    assert "mailto:jane.doe+x@example.org" in headers["User-Agent"]
    assert headers["Accept-Encoding"] == "identity"


@pytest.mark.parametrize(
    "before",
    [raw(b"", 429, Retry_After="1"), raw(b"", 500), raw(b"busy", 503), raw(b"", 429, Retry_After="soon"), silent(0.8)],
    ids=["429", "500", "503", "odd Retry-After", "silent"],
)
def test_a_service_that_is_busy_is_asked_again(before: Answer) -> None:
    with serving(before, before, record()) as answers:
        assert fetched(answers).notice.state is State.RETRACTION
    assert len(answers.asked) == 3


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (raw(b"", 429, Retry_After="86400"), "status 429, 4 times"),
        (raw(b"", 500), "status 500, 4 times"),
        (silent(0.8), "no answer in time, 4 times"),
        (raw(b"", 403), "status 403"),
        (raw(b"", 302, Location="http://127.0.0.2:9/works/x"), r"another host \(127.0.0.2\)"),
        (raw(b"", 302, Location="https://127.0.0.1/works/x"), "another host"),
        (raw(b"", 302, Location="file:///etc/passwd"), "another host"),
        (raw(b"", 302), "redirects too many times"),
        (raw(b"", 301, Location="/works/other"), "redirects too many times"),
        (dripping, "longer than 1 seconds"),
        (broken_off, "is incomplete"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_crossref_should_not_do_ends_in_bounded_time_with_what_to_do(answer: Answer, said: str) -> None:
    start = time.monotonic()
    with serving(answer) as answers, pytest.raises(FailedError, match=said) as failed:
        fetched(answers)
    assert "as a file" in failed.value.remedy
    assert time.monotonic() - start < 10


def test_an_answer_without_end_is_cut_at_a_size() -> None:
    with serving(endless) as answers, pytest.raises(FailedError, match="larger than"):
        fetched_notice("10.5555/notice", service=replace(service(answers), whole=60))


def test_a_redirection_within_the_service_is_followed() -> None:
    with serving(raw(b"", 301, Location="/works/10.5555%2Fnotice"), record()) as answers:
        assert fetched(answers, "10.5555/alias").notice.doi == "10.5555/notice"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (raw(b"Resource not found.", 404), "no record of this DOI"),
        (raw(b"<html>Welcome to the hotel</html>"), "JSON cannot be read"),
        (raw(b"\xff\xfe"), "is not UTF-8"),
        (record({"status": "ok", "message": {"DOI": "10.5555/other"}}), "names no update"),
        (raw(b"[" * 100_000), "nested without end"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_answer_that_is_not_a_notice_is_named(answer: Answer, said: str) -> None:
    with serving(answer) as answers, pytest.raises(NoticeError, match=said) as wrong:
        fetched(answers)
    assert "10.5555/notice" in wrong.value.file


@pytest.mark.parametrize(
    ("doi", "mailto"), [("doi:", ""), ("doi:hello", ""), ("doi:10.5555/a", "jane"), ("doi:10.5555/a", "a@b\n.org")]
)
def test_what_cannot_be_asked_for_is_a_usage_error(doi: str, mailto: str) -> None:
    with serving(record()) as answers, pytest.raises(UsageError):
        fetched(answers, doi, mailto=mailto)
    assert not answers.asked


def offline() -> Answers:
    """A port on which no server listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return Answers(address=f"http://127.0.0.1:{free.getsockname()[1]}")


def test_offline_the_error_says_so_and_what_to_do() -> None:
    with pytest.raises(FailedError, match="no connection") as failed:
        fetched(offline())
    assert failed.value.exit_status == 4
    assert "Save the record" in failed.value.remedy


def test_an_answer_is_kept_for_a_day_and_taken_when_it_is_old_and_crossref_is_silent(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    with serving(record()) as answers:
        first = fetched(answers, cache=cache)
        assert fetched(answers, cache=cache) == first
        assert len(answers.asked) == 1
        [kept] = (tmp_path / "cache").iterdir()
        old = time.time() - FRESH_SECONDS - 60
        os.utime(kept, (old, old))
        fetched(answers, cache=cache)
        assert len(answers.asked) == 2
    os.utime(kept, (old, old))
    stale = fetched(offline(), cache=cache)
    assert stale.notice == first.notice
    assert "an earlier answer was used" in stale.warnings[0]


def test_a_cache_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with serving(record()) as answers:
        assert fetched(answers, cache=Cache(blocked)).notice.state is State.RETRACTION


def test_without_the_library_the_error_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "urllib3", None)
    with pytest.raises(UsageError, match=r"retraction-watermark\[network\]"):
        fetched_notice("10.5555/notice")


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return int(ended.value.code or 0)


def test_an_article_is_marked_by_the_notice_that_crossref_has_for_a_doi(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    article, copy = tmp_path / "article.pdf", tmp_path / "copy.pdf"
    article.write_bytes(build(info={"/Title": "A study of something", "/doi": "10.5555/article"}))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("WATERMARK_MAILTO", "jane.doe@example.org")
    with serving(record()) as answers:
        monkeypatch.setattr(service_module, "API", answers.address)
        assert run("stamp", str(article), "--notice", "doi:10.5555/notice", "-o", str(copy)) == 0
        assert run("notice", "doi:10.5555/notice", "--to", "crossref") == 0
    assert '<update type="retraction"' in capsys.readouterr().out
    assert "jane.doe" in answers.asked[0][0]
    assert len(answers.asked) == 1
    assert copy.exists()

"""Several processes that check the pages of a long copy find what one finds; one that fails proves nothing."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import helpers
from tests.helpers.build import build
from tests.helpers.tampered_copies import stamped
from tests.runtime.isolation import work
from tests.stamping.plan.test_notice_ahead import with_figures
from tests.stamping.test_pipeline import request_for
from tests.verification.test_seal_attacks import appended, shadow_content
from watermark import Finding, Status
from watermark.errors import FailedError
from watermark.models import Claim, Proof, Result
from watermark.pdf import parallel_pages
from watermark.pdf.object_draft import ObjectDraft
from watermark.pdf.parallel_pages import MIN_PAGES, SharedPages
from watermark.runtime.isolation import Helper, WorkerTerminatedError, limits_for, process, ready_helpers
from watermark.stamping.pipeline import stamp_outcome
from watermark.verification import document_structure, page_checks
from watermark.verification.conformance import page_validation
from watermark.verification.evidence import Evidence
from watermark.verification.verifier import BESIDE, PAGE_CLAIMS, verify_copy

NOTICE = "# Retraction\n\nThe article https://doi.org/10.5555/a has been retracted.\n\nDate: 2024-05-01\n"


def with_helpers(monkeypatch: pytest.MonkeyPatch, file: Path, count: int = 1) -> list[object]:
    """Let helpers be ready, and one of them take pages; return where their results will be."""
    helpers.start(file, count)
    helpers.wait_for_each(monkeypatch)
    results, seen = SharedPages.results, list[object]()

    def recorded(shared: SharedPages[Any]) -> Any:  # noqa: ANN401 - as there
        found = results(shared)
        seen.extend(found)
        return found

    monkeypatch.setattr(SharedPages, "results", recorded)
    return seen


def test_helpers_begin_with_pages_before_all_other_checks_are_done_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, begun = stamped(tmp_path, pages=3), list[str]()

    def shared(*_: object) -> None:
        begun.append("others")

    def check(*_: object) -> Iterator[Finding]:
        begun.append("structure")
        yield from ()

    def pages(*_: object) -> Iterator[Finding]:
        begun.append("pages")
        yield from ()

    monkeypatch.setattr(page_checks, "shared_pages", shared)
    monkeypatch.setattr(document_structure, "check", check)
    monkeypatch.setattr(page_checks, "check", pages)
    verify_copy(copy, jobs=2)
    assert begun == ["others", "structure", "pages"]


def on_the_last_page(draft: ObjectDraft) -> None:
    page = draft.change(draft.document.pages[-1].obj)
    page["/Contents"] = draft.add_stream({}, b"0 g 0 0 600 800 re f")


@pytest.mark.slow
@pytest.mark.parametrize("tamper", [None, shadow_content, on_the_last_page])
def test_the_findings_are_the_same_in_any_number_of_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tamper: object
) -> None:
    copy = stamped(tmp_path, pages=5)
    if tamper is not None:
        appended(tamper)(copy, None)  # type: ignore[arg-type]
    one = verify_copy(copy)
    assert any(item.status is Status.FAILED and item.page_number for item in one.findings) == (tamper is not None)
    seen = with_helpers(monkeypatch, copy, 2)
    assert [verify_copy(copy, jobs=jobs) for jobs in (2, 3)] == [one, one]
    assert len(seen) >= 2


def test_a_process_that_opens_another_file_proves_nothing(tmp_path: Path) -> None:
    copy = stamped(tmp_path, pages=2)
    with Evidence(copy) as evidence:
        identity = evidence.file_identity
    task = page_checks._Task(path=copy, identity=identity, password=None, font=None, proof=Proof.FULL, original=None)
    assert page_checks._findings_elsewhere((task, 2, ()), iter([2])) == {2: []}
    copy.write_bytes(copy.read_bytes())
    with pytest.raises(FailedError, match="the file changed while it was being verified"):
        page_checks._findings_elsewhere((task, 2, ()), iter([2]))


def test_a_helper_opens_the_copy_once_before_it_is_asked_for_pages_and_closes_one_that_it_gets_no_page_of(
    tmp_path: Path,
) -> None:
    copy = stamped(tmp_path, pages=2)
    with Evidence(copy) as evidence:
        identity = evidence.file_identity
    task = page_checks._Task(path=copy, identity=identity, password=None, font=None, proof=Proof.FULL, original=None)
    page_checks._open(task)
    opened = page_checks._opened[task]
    assert "receipt" in opened.__dict__
    assert page_checks._findings_elsewhere((task, 2, ()), iter([1, 2])) == {1: [], 2: []}
    assert opened.mapped.closed
    page_checks._open(task)
    unused = page_checks._opened[task]
    page_checks._close(None)
    assert unused.mapped.closed
    assert page_checks._opened == {}


def test_a_copy_that_cannot_be_opened_ahead_is_reported_when_its_pages_are_checked(tmp_path: Path) -> None:
    copy = stamped(tmp_path, pages=2)
    with Evidence(copy) as evidence:
        identity = evidence.file_identity
    task = page_checks._Task(path=copy, identity=identity, password=None, font=None, proof=Proof.FULL, original=None)
    copy.write_bytes(copy.read_bytes())
    page_checks._open(task)
    assert page_checks._opened == {}
    with pytest.raises(FailedError, match="the file changed while it was being verified"):
        page_checks._findings_elsewhere((task, 2, ()), iter([2]))


def test_another_article_that_a_helper_has_in_memory_is_not_compared_with(tmp_path: Path) -> None:
    copy, other = stamped(tmp_path, pages=2), tmp_path / "other.pdf"
    other.write_bytes(build(pages=2, content=b"0 g 0 0 600 800 re f"))
    with Evidence(copy) as evidence:
        identity = evidence.file_identity
    task = page_checks._Task(
        path=copy, identity=identity, password=None, font=None, proof=Proof.FULL, original=(other, None)
    )
    assert page_checks._findings_elsewhere((task, 2, ()), iter([1, 2])) == {1: [], 2: []}
    parallel_pages._leave(None)


@pytest.mark.parametrize("peculiarities", [{}, {"pdfa": "2b", "xmp": True}, {"rotate": 90}])
def test_a_helper_takes_part_in_a_stamp_and_the_same_bytes_and_the_same_report_come_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, peculiarities: dict[str, Any]
) -> None:
    request = with_figures(request_for(tmp_path, pages=4, **peculiarities))
    one = stamp_outcome(request, tmp_path / "1.pdf")
    assert one.result is Result.MARKED, one.reason
    seen = with_helpers(monkeypatch, request.article)
    two = stamp_outcome(replace(request, jobs=2), tmp_path / "2.pdf")
    assert two.report == one.report
    assert seen
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()


def test_a_helper_without_a_page_left_makes_other_checks_and_the_report_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = stamped(tmp_path, pages=8, tagged=True)
    alone = verify_copy(copy)
    seen = with_helpers(monkeypatch, copy)
    assert verify_copy(copy, jobs=2) == alone
    assert max(number for part in seen for number in part) > 8  # type: ignore[attr-defined]


@pytest.mark.parametrize("is_changed", [False, True])
@pytest.mark.parametrize(("pages", "is_shared"), [(2, True), (page_checks.FEW_PAGES, False)])
def test_who_is_free_compares_the_objects_of_a_short_copy_and_finds_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pages: int, *, is_shared: bool, is_changed: bool
) -> None:
    copy = stamped(tmp_path, pages=pages)
    if is_changed:
        data = bytearray(copy.read_bytes())
        data[data.index(b"\n") + 2] ^= 1
        copy.write_bytes(data)
    alone, check, given = verify_copy(copy), page_checks.check, list[page_checks.Shared | None]()

    def recorded(evidence: Evidence, proof: Proof, shared: page_checks.Shared | None) -> Iterator[Finding]:
        given.append(shared)
        yield from check(evidence, proof, shared)

    monkeypatch.setattr(page_checks, "check", recorded)
    helpers.start(copy, 1)
    assert verify_copy(copy, jobs=2) == alone
    assert alone.status_of(Claim.FIXITY) is (Status.FAILED if is_changed else Status.OK)
    assert [shared is not None and BESIDE.index((Claim.FIXITY,)) in shared.found for shared in given] == [is_shared]


def test_other_checks_are_made_here_where_pages_cannot_be_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = stamped(tmp_path, pages=3)
    helpers.start(copy, 1)

    def lost(*_: object) -> Iterator[Finding]:
        raise FailedError("the helper is lost", remedy="")
        yield

    monkeypatch.setattr(page_checks, "check", lost)
    report = verify_copy(copy, jobs=2)
    assert {report.status_of(claim) for claim in PAGE_CLAIMS} == {Status.FAILED}
    assert {report.status_of(claim) for (claim,) in BESIDE} == {Status.OK}


def test_a_helper_judges_a_file_only_if_it_is_the_same(tmp_path: Path) -> None:
    copy = stamped(tmp_path, pdfa="2b", xmp=True)
    with Evidence(copy) as evidence:
        end, identity = evidence.size_bytes, evidence.file_identity
    task = page_validation._Task(path=copy, identity=identity, end=end, profile="2b")
    assert page_validation._judged_elsewhere(task).valid  # type: ignore[union-attr]
    copy.write_bytes(copy.read_bytes() + b"\n")
    with pytest.raises(FailedError, match="changed"):
        page_validation._judged_elsewhere(task)


def test_a_process_that_crashes_is_an_error(tmp_path: Path) -> None:
    helper = Helper(limits_for([tmp_path], seconds=60), work.process_number)
    with pytest.raises(WorkerTerminatedError):
        helper.ask(work.crash, None).result()
    helper.close(work.process_number)


def test_a_helper_has_its_next_task_before_it_has_answered_the_last_one(tmp_path: Path) -> None:
    helper = Helper(limits_for([tmp_path], seconds=60), work.process_number)
    helper.ask(work.process_number, None).result()
    first, second = helper.ask(work.sleep, 0.5), helper.ask(work.double, 4)
    assert second.running()
    assert not first.done()
    assert not second.cancel()
    assert (first.result(), second.result()) == (0.5, 8)
    errors = [helper.ask(work.refuse, "no"), helper.ask(work.crash, None), helper.ask(work.double, 1)]
    assert [type(one.exception()) for one in errors] == [ValueError, WorkerTerminatedError, WorkerTerminatedError]
    helper.close(work.process_number)


def test_a_helper_that_has_helped_before_has_its_first_task_at_once(tmp_path: Path) -> None:
    limits = limits_for([tmp_path], seconds=60)
    helper = Helper(limits, work.process_number)
    number = helper.ask(work.process_number, None).result()
    helper.close(work.process_number)
    while not ready_helpers():
        time.sleep(0.02)
    again = Helper(limits, work.refuse)
    first = again.ask(work.process_number, None)
    assert first.running() or first.done()
    assert first.result() == number
    again.close(work.process_number)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have pipes of one size")
def test_a_helper_goes_on_before_its_answer_with_a_page_is_read(tmp_path: Path) -> None:
    helper, limits, sign = process.Process(is_helper=True), limits_for([tmp_path], seconds=60), tmp_path / "sign"
    helper.give(bytes, 500_000, limits)
    helper.give(Path.touch, sign, limits)
    end = time.monotonic() + 30
    while not sign.exists() and time.monotonic() < end:
        time.sleep(0.01)
    assert sign.exists()
    assert helper.result(limits) == bytes(500_000)
    helper.close()


def test_a_task_that_a_helper_is_not_ready_for_can_be_cancelled(tmp_path: Path) -> None:
    sign = tmp_path / "sign"
    helper = Helper(limits_for([tmp_path], seconds=60), partial(load_at, sign, tmp_path / "loaded"))
    first, second = helper.ask(work.double, 1), helper.ask(work.double, 2)
    assert first.cancel()
    sign.touch()
    assert second.result() == 4
    helper.close(work.process_number)


def test_a_helper_that_was_given_a_part_of_a_task_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    helper = Helper(limits_for([tmp_path], seconds=60), work.process_number)
    helper.ask(work.process_number, None).result()

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(process, "send", interrupted)
        with pytest.raises(KeyboardInterrupt):
            helper.ask(work.double, 1)
    with pytest.raises(WorkerTerminatedError):
        helper.ask(work.double, 1).result()
    helper.close(work.process_number)


@pytest.mark.slow
def test_the_command_checks_a_long_article_in_two_processes_and_writes_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "article.pdf").write_bytes(build(text="doi:10.5555/a", pages=MIN_PAGES, xref="stream"))
    (tmp_path / "notice.md").write_text(NOTICE)
    for jobs in ("1", "2"):
        arguments = ["stamp", "article.pdf", "--notice", "notice.md", "-o", f"{jobs}.pdf", "--jobs", jobs]
        arguments += ["--at", "2024-05-01"]
        subprocess.run([sys.executable, "-m", "watermark", *arguments], cwd=tmp_path, check=True)
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()
    done = subprocess.run(
        [sys.executable, "-m", "watermark", "verify", "1.pdf", "-j", "2"],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def test_a_helper_that_still_loads_is_not_waited_for(tmp_path: Path) -> None:
    sign, loaded = tmp_path / "sign", tmp_path / "loaded"
    Helper(limits_for([tmp_path], seconds=60), partial(load_at, sign, loaded)).close(work.process_number)
    assert ready_helpers() == 0
    assert not loaded.exists()
    sign.touch()
    helpers.wait_until(ready_helpers)
    assert loaded.exists()


def load_at(sign: Path, loaded: Path, _: None) -> None:
    """Load modules for as long as there is no sign, but not as long as a test may take."""
    with suppress(AssertionError):
        helpers.wait_until(sign.exists)
    loaded.touch()

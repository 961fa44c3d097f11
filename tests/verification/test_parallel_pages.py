"""Several processes that check the pages of a long copy find what one finds; one that fails proves nothing."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.helpers.build import build
from tests.helpers.tampered_copies import stamped
from tests.runtime.isolation import work
from tests.verification.test_seal_attacks import appended, shadow_content
from watermark import Claim, Finding, Status
from watermark.pdf import parallel_pages
from watermark.pdf.object_draft import ObjectDraft
from watermark.pdf.parallel_pages import MAX_PROCESSES, MIN_PAGES, in_processes
from watermark.runtime.isolation import WorkerTerminatedError
from watermark.verification import document_structure, page_checks
from watermark.verification.evidence import Evidence
from watermark.verification.verifier import verify_copy

NOTICE = "# Retraction\n\nThe article https://doi.org/10.5555/a has been retracted.\n\nDate: 2024-05-01\n"


@pytest.mark.parametrize("jobs", [0, 1, 2, 3, 4, 99])
@pytest.mark.parametrize("page_count", [0, 1, MIN_PAGES - 1, MIN_PAGES, MIN_PAGES + 1, 1000])
def test_each_page_is_in_one_range_in_order_and_short_articles_are_in_one(page_count: int, jobs: int) -> None:
    ranges = parallel_pages.page_ranges(page_count, jobs, other_work=0.25)
    assert [number for pages in ranges for number in pages] == list(range(1, page_count + 1))
    assert len(ranges) == (1 if page_count < MIN_PAGES else max(min(jobs, MAX_PROCESSES), 1))
    assert len(ranges[0]) == min(map(len, ranges))  # its process has other work to do
    assert all(ranges) or not page_count


def test_the_other_processes_check_pages_while_all_other_checks_are_done_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parallel_pages, "MIN_PAGES", 2)
    copy, begun = stamped(tmp_path, pages=3), list[str]()

    @contextmanager
    def others(*_: object) -> Iterator[Iterator[list[Finding]]]:
        begun.append("others")
        yield iter(())

    def check(*_: object) -> Iterator[Finding]:
        begun.append("structure")
        yield from ()

    def pages(*_: object) -> Iterator[Finding]:
        begun.append("pages")
        yield from ()

    monkeypatch.setattr(page_checks, "in_processes", others)
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
    monkeypatch.setattr(parallel_pages, "MIN_PAGES", 2)
    copy = stamped(tmp_path, pages=5)
    if tamper is not None:
        appended(tamper)(copy, None)  # type: ignore[arg-type]
    one, *others = (verify_copy(copy, jobs=jobs).findings for jobs in (1, 2, 3))
    assert others == [one, one]
    assert any(item.status is Status.FAILED and item.page_number for item in one) == (tamper is not None)


def test_a_process_that_opens_another_file_proves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel_pages, "MIN_PAGES", 2)
    copy = stamped(tmp_path, pages=3)
    monkeypatch.setattr(Evidence, "file_identity", (0, 0, 0, 0))
    report = verify_copy(copy, jobs=2)
    assert {report.status_of(claim) for claim in (Claim.MARKED, Claim.VISIBLE, Claim.TEXT)} == {Status.FAILED}
    assert any("the file changed while it was being verified" in item.message for item in report.failures)


def test_a_process_that_crashes_is_an_error(tmp_path: Path) -> None:
    with in_processes(work.crash, [None], tmp_path) as results, pytest.raises(WorkerTerminatedError):
        list(results)


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

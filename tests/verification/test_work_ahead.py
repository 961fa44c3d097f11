"""A proof with two more threads finds what a proof with none finds, and is not weaker when they fail."""

import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.helpers.tampered_copies import Tamper, honest, stamped
from tests.stamping.test_pipeline import request_for
from tests.verification.test_attacks import closing, remade
from tests.verification.test_seal_attacks import appended, shadow_content
from watermark.errors import FailedError
from watermark.models import Claim, Proof, Result, Status
from watermark.pdf.object_draft import ObjectDraft
from watermark.runtime import second_thread
from watermark.stamping.pipeline import stamp_outcome
from watermark.verification import pages_ahead, verifier
from watermark.verification.conformance import page_validation
from watermark.verification.pages_ahead import PAGES_AHEAD, PagesAhead
from watermark.verification.verifier import verify_copy


def unmarked(draft: ObjectDraft) -> None:
    remade(draft, closing(draft, 2)[1], rb"/RetractionMark Do", b"")


def hidden(draft: ObjectDraft) -> None:
    page = draft.change(draft.document.pages[1].obj)
    page["/Contents"] = draft.add_stream({}, b"0 g 0 0 600 800 re f")


@pytest.mark.parametrize("tamper", [honest, unmarked, hidden])
def test_the_findings_and_their_order_are_the_same(tmp_path: Path, tamper: Tamper) -> None:
    copy = stamped(tmp_path, tamper, pages=PAGES_AHEAD + 3)
    alone = verify_copy(copy)
    assert verify_copy(copy, jobs=2) == alone
    assert bool(alone.failures) == (tamper is not honest)


@pytest.mark.parametrize("peculiarities", [{"pdfa": "2b", "xmp": True}, {"rotate": 90, "pages": 2}])
def test_the_report_is_the_same_of_what_claims_a_level_and_of_turned_pages(
    tmp_path: Path, peculiarities: dict[str, Any]
) -> None:
    copy = stamped(tmp_path, **peculiarities)
    assert verify_copy(copy, jobs=2) == verify_copy(copy)


def test_a_revision_after_the_marking_is_found_as_well(tmp_path: Path) -> None:
    copy = stamped(tmp_path, pages=2)
    appended(shadow_content)(copy, None)
    alone = verify_copy(copy)
    assert alone.failures
    assert verify_copy(copy, jobs=2) == alone


def test_the_same_bytes_are_written(tmp_path: Path) -> None:
    request = request_for(tmp_path, pages=3)
    for jobs in (1, 2):
        assert stamp_outcome(replace(request, jobs=jobs), tmp_path / f"{jobs}.pdf").result is Result.MARKED
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()


def test_every_page_is_drawn_once_on_each_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy, drawn = stamped(tmp_path, pages=PAGES_AHEAD + 4), list[str]()
    render = pypdfium2.PdfPage.render

    def counted(page: pypdfium2.PdfPage, **options: Any) -> Any:  # noqa: ANN401 - as it is there
        drawn.append(threading.current_thread().name)
        time.sleep(0.005)  # so that the checks have to wait for it
        return render(page, **options)

    monkeypatch.setattr(pypdfium2.PdfPage, "render", counted)
    assert verify_copy(copy, jobs=2).status_of(Claim.VISIBLE) is Status.OK
    assert drawn == ["drawing"] * 2 * (PAGES_AHEAD + 4)


def test_few_pages_wait_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy, waiting = stamped(tmp_path, pages=3 * PAGES_AHEAD), list[int]()
    draw = PagesAhead._draw

    def watched(ahead: PagesAhead, *arguments: int, **named: bool) -> None:
        draw(ahead, *arguments, **named)
        waiting.append(len(ahead._ready))

    monkeypatch.setattr(PagesAhead, "_draw", watched)
    verify_copy(copy, jobs=2)
    assert max(waiting) <= PAGES_AHEAD + 1


def fails(*_: object, **__: object) -> None:
    raise FailedError("the other thread failed", remedy="")


@pytest.mark.parametrize("name", ["_draw", "_finished", "_file"])
def test_a_thread_that_fails_leaves_all_to_the_checks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    copies = [stamped(tmp_path / "a", pages=2), stamped(tmp_path / "b", unmarked, pages=2)]
    alone = [verify_copy(copy) for copy in copies]
    monkeypatch.setattr(PagesAhead, name, fails)
    assert [verify_copy(copy, jobs=2) for copy in copies] == alone


def test_a_page_that_cannot_be_drawn_is_not_drawn_by_the_other_thread_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = stamped(tmp_path, pages=2)
    monkeypatch.setattr(pypdfium2.PdfPage, "render", fails)
    alone = verify_copy(copy)
    assert alone.status_of(Claim.VISIBLE) is Status.NOT_CHECKED or alone.failures
    assert verify_copy(copy, jobs=2) == alone


def test_a_validator_that_fails_once_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy, judged = stamped(tmp_path, pdfa="2b", xmp=True), page_validation.judged
    alone = verify_copy(copy)

    def only_here(*arguments: Any) -> object:  # noqa: ANN401 - as there
        if threading.current_thread() is not threading.main_thread():
            raise MemoryError
        return judged(*arguments)

    monkeypatch.setattr(page_validation, "judged", only_here)
    assert verify_copy(copy, jobs=2) == alone
    assert alone.status_of(Claim.ARCHIVABLE) is Status.OK


def test_a_system_without_threads_proves_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = stamped(tmp_path, pages=2)
    alone = verify_copy(copy)
    monkeypatch.setattr(second_thread, "SecondThread", fails_to_start)
    assert verify_copy(copy, jobs=2) == alone


def fails_to_start(_: str) -> None:
    raise RuntimeError("can't start new thread")


@pytest.mark.parametrize(("jobs", "proof"), [(1, Proof.FULL), (2, Proof.STRUCTURE)])
def test_one_job_and_a_proof_by_structure_start_no_thread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int, proof: Proof
) -> None:
    copy = stamped(tmp_path, pages=2)
    monkeypatch.setattr(second_thread, "SecondThread", None)
    assert not verify_copy(copy, jobs=jobs, proof=proof).failures


def interrupts(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("where", [(verifier.fixity, "check"), (pages_ahead.PagesAhead, "page")])
def test_an_interrupted_proof_leaves_no_thread_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: tuple[Any, str]
) -> None:
    copy = stamped(tmp_path, pages=PAGES_AHEAD)
    monkeypatch.setattr(*where, interrupts)
    with pytest.raises(KeyboardInterrupt):
        verify_copy(copy, jobs=2)
    assert not {"drawing", "validation"} & {thread.name for thread in threading.enumerate()}

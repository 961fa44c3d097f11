"""Many PDFs at once: each gets its class in its order, also if the process that looks at it crashes."""

import os
import signal
import time
from pathlib import Path

import pytest

from tests.audit import expected_actions
from tests.audit.conftest import article, listed
from watermark.audit import runner
from watermark.audit.auditor import AuditRequest
from watermark.audit.classification import AuditResult, Classification
from watermark.audit.retraction_index.index import index_of
from watermark.audit.runner import audit_files


def test_the_answers_come_in_the_order_of_the_questions(tmp_path: Path) -> None:
    lists = (index_of(listed(tmp_path)),)
    paths = [article(tmp_path / f"{n}.pdf", doi="10.5555/article" if n % 2 else f"10.5555/{n}") for n in range(6)]
    (tmp_path / "3.pdf").write_bytes(b"no PDF")
    found = list(audit_files([AuditRequest(path=path, lists=lists) for path in paths], processes=2))
    assert [one.path for one in found] == list(map(str, paths))
    assert [one.kind for one in found] == [
        *(
            Classification.NOT_RETRACTED,
            Classification.UNMARKED,
            Classification.NOT_RETRACTED,
            Classification.NOT_CHECKED,
            Classification.NOT_RETRACTED,
            Classification.UNMARKED,
        )
    ]


def test_one_file_is_looked_at_in_an_isolated_process_too(tmp_path: Path) -> None:
    question = AuditRequest(path=article(tmp_path / "a.pdf"), lists=(index_of(listed(tmp_path)),))
    (found,) = audit_files([question])
    assert (found.kind, found.path) == (Classification.UNMARKED, str(question.path))


def crash(_: AuditRequest) -> AuditResult:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def hang(_: AuditRequest) -> AuditResult:
    time.sleep(60)
    raise AssertionError


def raise_a_defect(_: AuditRequest) -> AuditResult:
    raise ZeroDivisionError("a defect")


@pytest.mark.parametrize(("audit", "words"), [(crash, "crashed"), (hang, "longer than"), (raise_a_defect, "a defect")])
def test_a_file_whose_process_crashes_hangs_or_fails_is_reported_as_not_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, audit: object, words: str
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[2]))
    monkeypatch.setattr(runner, "audit_file", audit)
    (found,) = audit_files([AuditRequest(path=tmp_path / "a.pdf")], seconds=0.5)
    assert (found.kind, found.needs_attention) == (Classification.NOT_CHECKED, True)
    assert words in found.reason


@pytest.mark.parametrize(
    ("audit", "words"),
    [
        (expected_actions.crash, "crashed"),
        (expected_actions.hang, "longer than"),
        (expected_actions.raise_a_defect, "a defect"),
    ],
)
def test_a_process_that_crashes_hangs_or_fails_affects_one_of_many_files_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, audit: object, words: str
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[2]))
    monkeypatch.setattr(runner, "audit_file", audit)
    article(tmp_path / "good.pdf")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 bad")
    questions = [AuditRequest(path=tmp_path / name) for name in ("good.pdf", "bad.pdf", "good.pdf")]
    found = list(audit_files(questions, processes=1, seconds=5))
    assert [one.kind for one in found] == [
        Classification.NOT_RETRACTED,
        Classification.NOT_CHECKED,
        Classification.NOT_RETRACTED,
    ]
    assert words in found[1].reason

"""What follows from veraPDF's answer, whatever the answer is: a fake program gives it."""

import json
import sys
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.helpers.evidence import Parts, made, original
from watermark.models import Claim, Finding, Status
from watermark.runtime import other_programs
from watermark.runtime.memory_limit import limit_memory
from watermark.verification.conformance import verapdf
from watermark.verification.verifier import verify_copy

LEVEL_4 = "<pdfaid:part>4</pdfaid:part><pdfaid:rev>2020</pdfaid:rev>"
LEVEL_2B = "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"
UA_2 = "<pdfuaid:part>2</pdfuaid:part>"
NAMES = {LEVEL_4: "PDF/A-4", LEVEL_2B: "PDF/A-2B", UA_2: "PDF/UA-2 + Tagged PDF"}
Answer = Callable[..., None]


def job(profile: str, *broken: str, ended: str = "normal") -> dict[str, Any]:
    rules = [
        {"specification": "ISO", "clause": rule, "testNumber": 1, "ruleStatus": "FAILED", "description": f"on {rule}"}
        for rule in broken
    ]
    result = {
        "profileName": f"{profile} validation profile",
        "jobEndStatus": ended,
        "compliant": not broken,
        "details": {"ruleSummaries": rules},
    }
    return {"validationResult": [result]}


def exception(kind: str) -> dict[str, Any]:
    return {"taskException": {"type": kind, "exceptionMessage": "it is odd"}}


@pytest.fixture
def answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Answer:
    """Install a veraPDF that gives one job for the original and one for the copy, or runs other code."""

    def install(*jobs: dict[str, Any], code: str = "") -> None:
        program = tmp_path / "verapdf"
        report = {"jobs": jobs, "buildInformation": {"releaseDetails": [{"id": "core", "version": "1.2.3"}]}}
        say = (
            "import json, sys\n"
            f"report = json.loads({json.dumps(json.dumps(report))})\n"
            "for job, path in zip(report['jobs'], sys.argv[-2:]):\n"
            "    assert open(path, 'rb').read(5) == b'%PDF-'\n"
            "    job['itemDetails'] = {'name': path}\n"
            "print(json.dumps({'report': report}))\n"
        )
        program.write_text(f"#!{sys.executable}\n{code or say}", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv(verapdf.VARIABLE, str(program))

    return install


def found(folder: Path, claim: str, *, asks_verapdf: bool = True) -> list[Finding]:
    def alter(parts: Parts) -> None:
        parts.said = claim

    path = folder / "copy.pdf"
    path.write_bytes(made(original(pages=1, said=claim), pages=1, alter=alter))
    report = verify_copy(path, asks_verapdf=asks_verapdf)
    return [finding for finding in report.findings if finding.claim is Claim.ARCHIVABLE]


@pytest.mark.parametrize("claim", [LEVEL_4, UA_2])
@pytest.mark.parametrize(
    ("before", "after", "status", "message"),
    [
        ((), (), Status.OK, "veraPDF 1.2.3: the copy is valid"),
        (("6.1", "6.2"), ("6.2",), Status.OK, "but the original's 2"),
        ((), ("6.1",), Status.FAILED, "breaks 1 rules of"),
        (("6.1",), ("6.1", "6.2"), Status.FAILED, "ISO 6.2-1 (on 6.2)"),
    ],
)
def test_what_it_alone_judges_rests_on_it(
    answer: Answer, tmp_path: Path, *, claim: str, before: list[str], after: list[str], status: Status, message: str
) -> None:
    answer(job(NAMES[claim], *before), job(NAMES[claim], *after))
    (finding,) = found(tmp_path, claim)
    assert finding.status is status
    assert message in finding.message


VALID = job("PDF/A-4")


@pytest.mark.parametrize(
    ("before", "after", "status", "message"),
    [
        (exception("PARSE"), VALID, Status.NOT_CHECKED, "cannot judge the original as PDF/A-4: it is odd"),
        (VALID, exception("PARSE"), Status.FAILED, "cannot read the copy as PDF/A-4: it is odd"),
        (VALID, exception("VALIDATE"), Status.NOT_CHECKED, "cannot judge the copy as PDF/A-4: it is odd"),
        (VALID, job("PDF/A-4", ended="timeout"), Status.NOT_CHECKED, "it ended early (timeout)"),
        (VALID, job("PDF/A-1B"), Status.NOT_CHECKED, "no verdict on it"),
        (job("PDF/A-1B"), job("PDF/A-1B"), Status.NOT_CHECKED, "no verdict on it"),
    ],
)
def test_a_file_without_a_verdict_is_not_well(
    answer: Answer, tmp_path: Path, *, before: dict[str, Any], after: dict[str, Any], status: Status, message: str
) -> None:
    answer(before, after)
    (finding,) = found(tmp_path, LEVEL_4)
    assert finding.status is status
    assert message in finding.message


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("import os; os.abort()", "its answer cannot be understood"),
        ("print('<report/>')", "its answer cannot be understood (it ended with 0)"),
        ("print('{}')", "its answer cannot be understood"),
        ("print('[' * 100_000)", "its answer cannot be understood"),
        ('print(\'{"report": {"jobs": [[]]}}\')', "its answer cannot be understood"),
        ("print('x' * 5000)", "its answer is too long"),
        ("import time; time.sleep(60)", "it did not end within 0.5 seconds"),
        (
            "import subprocess; subprocess.run(['sleep', '60'])",
            "it did not end within 0.5 seconds",
        ),
    ],
)
def test_a_run_that_goes_wrong_is_not_checked_with_the_reason(
    answer: Answer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, message: str
) -> None:
    answer(code=code)
    if "seconds" in message:
        monkeypatch.setattr(verapdf.asked, "__kwdefaults__", {"seconds": 0.5})
    if "long" in message:
        monkeypatch.setattr(other_programs, "MAX_ANSWER_BYTES", 1000)
    (finding,) = found(tmp_path, LEVEL_4)
    assert finding.status is Status.NOT_CHECKED
    assert message in finding.message


@pytest.mark.usefixtures("page_finds_both_broken")
def test_one_validator_that_goes_wrong_leaves_the_claim_open(answer: Answer, tmp_path: Path) -> None:
    answer(code="raise SystemExit(9)")
    assert [finding.status for finding in found(tmp_path, LEVEL_2B)] == [Status.OK, Status.NOT_CHECKED]


def test_what_a_crash_leaves_behind_is_not_left_in_the_folder_of_the_user(
    answer: Answer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(code="open('hs_err_pid1.log', 'w').close(); raise SystemExit(1)")
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    found(tmp_path, LEVEL_4)
    assert list(here.iterdir()) == []


LIMIT = """
import resource
raise SystemExit(7 if resource.getrlimit(resource.RLIMIT_DATA)[0] == 3 << 30 else 8)
"""


@pytest.mark.not_on("windows", "macos")  # they have no such limit of memory
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere another limit holds")
def test_a_limit_of_memory_does_not_hold_for_the_validator(answer: Answer, tmp_path: Path) -> None:
    import resource  # noqa: PLC0415 - there is none on Windows

    answer(code=LIMIT)
    before = resource.getrlimit(resource.RLIMIT_DATA)
    limit_memory(3 << 30)
    try:
        (finding,) = found(tmp_path, LEVEL_4)
        assert resource.getrlimit(resource.RLIMIT_DATA)[0] == 3 << 30
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)
    assert "it ended with 8" in finding.message


def test_a_program_that_is_not_there_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(verapdf.VARIABLE, str(tmp_path / "nowhere"))
    (finding,) = found(tmp_path, LEVEL_4)
    assert finding.status is Status.NOT_CHECKED
    assert "cannot be started" in finding.message


def test_it_is_found_on_the_path_unless_it_is_switched_off(
    answer: Answer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv(verapdf.VARIABLE)
    assert verapdf.command() == str(tmp_path / "verapdf")
    monkeypatch.setenv(verapdf.VARIABLE, "")
    assert verapdf.command() is None


def test_it_is_not_started_when_the_caller_does_not_ask_for_it(answer: Answer, tmp_path: Path) -> None:
    answer(code="raise SystemExit(9)")
    (finding,) = found(tmp_path, LEVEL_4, asks_verapdf=False)
    assert finding.status is Status.NOT_CHECKED
    assert "no validator on this machine checks PDF/A-4" in finding.message


def test_a_file_that_claims_nothing_starts_no_validator(answer: Answer, tmp_path: Path) -> None:
    answer(code="raise SystemExit(9)")
    (finding,) = found(tmp_path, "")
    assert finding.status is Status.OK
    assert "a quick look for PDF/A found: " in finding.message


@pytest.fixture
def page_finds_both_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    report = SimpleNamespace(failures=[SimpleNamespace(rule_id="A", message="about A")], is_compliant=False)
    monkeypatch.setattr("page.validate_pdf_bytes", lambda _, **__: report)
    monkeypatch.setattr("watermark.verification.conformance.page_validation._kept", OrderedDict())


@pytest.mark.usefixtures("page_finds_both_broken")
@pytest.mark.parametrize(("broken", "status"), [("6.1", Status.FAILED), (None, Status.OK)])
def test_one_validator_that_finds_the_copy_worse_is_enough(
    answer: Answer, tmp_path: Path, broken: str | None, status: Status
) -> None:
    answer(job("PDF/A-2B"), job("PDF/A-2B", *([broken] if broken else [])))
    findings = found(tmp_path, LEVEL_2B)
    assert findings[0].message.startswith("page-validation: the copy breaks no rule")
    assert findings[1].status is status


@pytest.mark.usefixtures("page_finds_both_broken")
def test_validators_that_differ_in_the_same_way_on_both_files_are_quoted(answer: Answer, tmp_path: Path) -> None:
    answer(job("PDF/A-2B"), job("PDF/A-2B"))
    findings = found(tmp_path, LEVEL_2B)
    assert {finding.status for finding in findings} == {Status.OK}
    assert [finding.message.split(" as ")[0] for finding in findings[2:]] == [
        "the validators differ on original and copy"
    ]
    assert "veraPDF 1.2.3 says that it is valid" in findings[2].message


@pytest.mark.usefixtures("page_finds_both_broken")
def test_a_difference_on_one_file_is_reported_for_that_file(answer: Answer, tmp_path: Path) -> None:
    answer(job("PDF/A-2B", "6.1"), job("PDF/A-2B"))
    (message,) = (finding.message for finding in found(tmp_path, LEVEL_2B)[2:])
    assert message.startswith("the validators differ on the copy as PDF/A-2b, and neither finds the copy worse: ")


def test_nothing_is_left_behind(
    answer: Answer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    scratch = tmp_path_factory.mktemp("scratch")
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    answer(job("PDF/A-4"), job("PDF/A-4"))
    assert found(tmp_path, LEVEL_4)
    assert not list(scratch.iterdir())

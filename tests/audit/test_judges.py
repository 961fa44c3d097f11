"""Programs that archives check files with find what a copy has lost, and nothing that its original lacked, too."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_verify import SAMPLES, run
from watermark.audit.judges import Judgement, judged, require_judges
from watermark.errors import NOT_ALL_CHECKED, NotVerifiedError, UsageError
from watermark.models import Status

Install = Callable[[str, str, str], None]
COPY = "b'RETRACTED' in open(sys.argv[-1], 'rb').read()"
"""How a made program tells a copy from its original."""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Install a judge that prints one thing of an original, and another of a copy; `!` is no answer."""

    def installed(name: str, before: str, after: str) -> None:
        program = tmp_path / name
        code = f"import sys\nsays = {after!r} if {COPY} else {before!r}\nprint(says.strip('!'))\n"
        program.write_text(f"#!{sys.executable}\n{code}sys.exit(says.startswith('!'))\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv(f"WATERMARK_{name.upper()}", str(program))

    return installed


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    original, copy = tmp_path / "original.pdf", tmp_path / "copy.pdf"
    original.write_bytes(b"%PDF-1.7")
    copy.write_bytes(b"%PDF-1.7 RETRACTED")
    return original, copy


def one(name: str, pair: tuple[Path, Path]) -> Judgement:
    (judgement,) = judged([name], *pair, claims_level=True)
    return judgement


def jhove(status: str, *errors: str) -> str:
    messages = [{"id": "PDF-HUL-121", "message": error, "severity": "error"} for error in errors]
    return json.dumps({"jhove": {"repInfo": [{"status": status, "messages": messages}]}})


def verapdf(*, valid: bool, broken: tuple[str, ...] = ()) -> str:
    rules: list[dict[str, Any]] = [
        {"specification": "ISO 19005-2", "clause": rule, "testNumber": 1, "description": "x", "ruleStatus": "FAILED"}
        for rule in broken
    ]
    result = {
        "profileName": "PDF/A-2B validation profile",
        "jobEndStatus": "normal",
        "compliant": valid,
        "details": {"ruleSummaries": rules},
    }
    version = {"releaseDetails": [{"id": "core", "version": "1"}]}
    return json.dumps({"report": {"jobs": [{"itemDetails": {"name": "PATH"}, "validationResult": [result]}], "buildInformation": version}})  # fmt: skip  # noqa: E501


def siegfried(*formats: str) -> str:
    return json.dumps({"files": [{"matches": [{"ns": "pronom", "id": one} for one in formats]}]})


ANSWERS = {
    "jhove-same": ("jhove", jhove("Well-Formed and valid"), jhove("Well-Formed and valid"), Status.OK, "as the"),
    "jhove-old-fault": ("jhove", jhove("Not well-formed", "x"), jhove("Not well-formed", "x"), Status.OK, "as the"),
    "jhove-worse": ("jhove", jhove("Well-Formed and valid"), jhove("Not well-formed"), Status.FAILED, "became"),
    "jhove-new-fault": ("jhove", jhove("Not well-formed", "x"), jhove("Not well-formed", "y"), Status.FAILED, "121 y"),
    "jhove-silent": ("jhove", "?", "?", Status.NOT_CHECKED, "cannot judge the original"),
    "jhove-chokes": ("jhove", jhove("Well-Formed and valid"), "?", Status.FAILED, "but not the copy"),
    "pdfcpu-same": ("pdfcpu", "valid", "valid", Status.OK, "valid, as the original"),
    "pdfcpu-worse": ("pdfcpu", "valid", "!object 7 is odd", Status.FAILED, "object # is odd"),
    "pdfcpu-old-fault": ("pdfcpu", "!object 7 is odd", "!object 9 is odd", Status.OK, "invalid, as the original"),
    "pdfcpu-2.0": ("pdfcpu", "PDF 2.0 features are supported on a need basis", "", Status.NOT_CHECKED, "in part only"),
    "qpdf-same": ("qpdf", "PDF Version: 1.4", "PDF Version: 1.7", Status.OK, "no errors"),
    "qpdf-warns": ("qpdf", "", "WARNING: x", Status.FAILED, "WARNING: x"),
    "siegfried-same": ("siegfried", siegfried("fmt/18"), siegfried("fmt/18"), Status.OK, "pronom fmt/18"),
    "siegfried-other": ("siegfried", siegfried("fmt/95"), siegfried("fmt/18"), Status.FAILED, "now pronom fmt/18"),
    "siegfried-claim-now-seen": ("siegfried", siegfried("fmt/18"), siegfried("fmt/354"), Status.OK, "pronom fmt/354"),
    "siegfried-other-level": (
        "siegfried",
        siegfried("fmt/95"),
        siegfried("fmt/354"),
        Status.FAILED,
        "now pronom fmt/354",
    ),
    "siegfried-unknown": ("siegfried", siegfried("UNKNOWN"), siegfried("fmt/18"), Status.NOT_CHECKED, "not know"),
}


@pytest.mark.parametrize(("name", "before", "after", "status", "words"), ANSWERS.values(), ids=ANSWERS.keys())
def test_a_copy_fails_for_what_it_has_lost_alone(  # noqa: PLR0917 - one parameter for each column
    install: Install, pair: tuple[Path, Path], name: str, before: str, after: str, status: Status, words: str
) -> None:
    install(name, before, after)
    judgement = one(name, pair)
    assert judgement.status is status
    assert words in judgement.message


@pytest.mark.parametrize(
    ("after", "status"),
    [
        (verapdf(valid=True), Status.OK),
        (verapdf(valid=False, broken=("6.1.2",)), Status.FAILED),
    ],
)
def test_verapdf_judges_by_the_levels_of_the_original(
    install: Install, tmp_path: Path, pair: tuple[Path, Path], after: str, status: Status
) -> None:
    install("verapdf", verapdf(valid=True), after)
    program = tmp_path / "verapdf"
    program.write_text(program.read_text().replace("print(says", "print(says.replace('PATH', sys.argv[-1])"))
    assert one("verapdf", pair).status is status
    (unasked,) = judged(["verapdf"], *pair, claims_level=False)
    assert "claims no archival level" in unasked.message


@pytest.mark.parametrize("names", ["nobody", "", "jhove,nobody"])
def test_an_unknown_judge_is_an_error_that_names_all(names: str, install: Install) -> None:
    install("jhove", "", "")
    with pytest.raises(UsageError, match="no judge is") as raised:
        require_judges(names)
    assert "siegfried" in raised.value.remedy


def test_a_judge_that_is_not_installed_is_an_error_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("WATERMARK_JHOVE", raising=False)
    assert run("verify", tmp_path / "no-such-copy.pdf", "--judges", "jhove") == UsageError.exit_status
    assert "jhove is not installed" in capsys.readouterr().err


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("judged") / "copy.pdf"
    run("stamp", SAMPLES / "article.pdf", "--notice", SAMPLES / "retraction-notice.md", "-o", copy, "-q")
    return copy


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [("valid", "valid", 0), ("valid", "!odd", NotVerifiedError.exit_status), ("need basis", "", NOT_ALL_CHECKED)],
)
def test_verify_ends_with_the_status_of_what_a_judge_found(  # noqa: PLR0917 - one parameter for each column
    install: Install, copy: Path, capsys: pytest.CaptureFixture[str], before: str, after: str, status: int
) -> None:
    install("pdfcpu", before.replace("need", "PDF 2.0 features are supported on a need"), after)
    assert run("verify", copy, "--judges", "pdfcpu", "--json") == status
    (result,) = json.loads(capsys.readouterr().out)["judges"]
    assert result["judge"] == "pdfcpu"
    assert run("verify", copy, "--judges", "pdfcpu", "--strict") == (NotVerifiedError.exit_status if status else 0)
    assert "\n  pdfcpu  " in capsys.readouterr().out

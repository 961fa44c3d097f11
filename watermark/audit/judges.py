"""Programs that archives check files with, asked whether a marked copy has lost anything that its original had.

Each is asked about the original and about the copy, and the two answers are compared: an original that a program finds
fault with may keep that fault, and no copy may have a new one.
"""

import json
import os
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from watermark.errors import UsageError
from watermark.models import Status, plain
from watermark.runtime.other_programs import ProgramResult, answer_of

VERAPDF = "verapdf"
SECONDS = 120.0
UNKNOWN = "UNKNOWN"
MAX_PROBLEMS = 5
MAX_LENGTH = 200
JHOVE_OPTIONS = ("-m", "PDF-hul", "-h", "json")
PDFCPU_OPTIONS = ("validate", "-conf", "disable", "-mode", "relaxed")
QPDF_OPTIONS = ("--check",)
SIEGFRIED_OPTIONS = ("-json",)
JHOVE_RANKS = {"Well-Formed and valid": 2, "Well-Formed, but not valid": 1, "Not well-formed": 0}
PDF_2_IN_PART = b"PDF 2.0 features are supported on a need basis"
ARCHIVAL_FORMATS = frozenset(
    f"pronom fmt/{number}" for number in (95, 354, 476, 477, 478, 479, 480, 481, 1910, 1911, 1912)
)
"""PDF/A, in PRONOM. Siegfried finds it where the metadata are in UTF-8 and claim it."""
UNSTABLE = re.compile(r"\d+")
"""Numbers of objects and offsets differ between a copy and its original; what they are said of does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a program says of one file: a rank, the higher the better, its words, and the problems that it names.

    `fault` says why the file could not be judged.
    """

    rank: int = 0
    message: str = ""
    problems: frozenset[str] = field(default_factory=frozenset)
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a program makes of a copy beside its original: FAILED where the copy has lost something."""

    judge: str
    status: Status
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judge:
    program: str
    ask: Callable[[str, Path], Answer]


def require_judges(names: str) -> tuple[str, ...]:
    """Return the judges in a list with commas. Raises UsageError for an unknown one, and for one that is not there."""
    wanted = tuple(dict.fromkeys(name.strip().lower() for name in names.split(",") if name.strip()))
    unknown = [name for name in wanted if name not in JUDGES]
    if unknown or not wanted:
        raise UsageError(
            f"no judge is called “{plain(unknown[0], 40)}”" if unknown else "no judge is named",
            argument="judges",
            remedy=f"Choose from {', '.join(JUDGES)}.",
        )
    for name in wanted:
        if program_of(name) is None:
            raise UsageError(
                f"{name} is not installed: there is no program {JUDGES[name].program} on the PATH",
                argument="judges",
                remedy=f"Install it, name the program in the variable {variable_of(name)}, or choose other judges.",
            )
    return wanted


def program_of(name: str) -> str | None:
    """Return the path of the program of a judge, or None where there is none."""
    return shutil.which(os.environ.get(variable_of(name)) or JUDGES[name].program)


def variable_of(name: str) -> str:
    """Return the environment variable that may name the program of a judge."""
    return f"WATERMARK_{name.upper()}"


def judged(names: Sequence[str], original: Path, copy: Path, *, claims_level: bool) -> tuple[Judgement, ...]:
    """Return what each judge makes of a copy. No error leaves: what cannot be judged is NOT_CHECKED.

    `claims_level` says whether the original claims a level of PDF/A or PDF/UA: veraPDF judges no other file.
    """
    wanted = [name for name in names if claims_level or name != VERAPDF]
    found = {name: _judged(name, original, copy) for name in wanted}
    message = "the original claims no archival level, so none can be lost"
    unasked = Judgement(judge=VERAPDF, status=Status.OK, message=message)
    return tuple(found.get(name, unasked) for name in names)


def _judged(name: str, original: Path, copy: Path) -> Judgement:
    before, after = (answer_about(name, path) for path in (original, copy))
    if before.fault:
        message = f"it cannot judge the original: {before.fault}"
        return Judgement(judge=name, status=Status.NOT_CHECKED, message=plain(message, MAX_LENGTH))
    if after.fault:
        message = f"it judges the original, but not the copy: {after.fault}"
        return Judgement(judge=name, status=Status.FAILED, message=plain(message, MAX_LENGTH))
    lost = [f"“{before.message}” became “{after.message}”"] if after.rank < before.rank else []
    lost += sorted(after.problems - before.problems)[:MAX_PROBLEMS]
    if lost:
        message = "; ".join(plain(one, MAX_LENGTH) for one in lost)
        return Judgement(judge=name, status=Status.FAILED, message=message)
    return Judgement(judge=name, status=Status.OK, message=f"{plain(after.message, MAX_LENGTH)}, as the original")


def answer_about(name: str, path: Path) -> Answer:
    """Return what a judge says of one file; where it is not installed, that is the fault."""
    program = program_of(name)
    return Answer(fault="it is no longer installed") if program is None else JUDGES[name].ask(program, path.resolve())


def _jhove(program: str, path: Path) -> Answer:
    result = answer_of([program, *JHOVE_OPTIONS, str(path)], seconds=SECONDS)
    try:
        (answer,) = json.loads(result.output)["jhove"]["repInfo"] if not result.fault else ({},)
        return Answer(fault=result.fault) if result.fault else read_jhove(answer)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return Answer(fault="its answer cannot be understood")


def read_jhove(answer: Mapping[str, object]) -> Answer:
    """Return what JHOVE's module PDF-hul says of one file, from its answer as JSON."""
    status = str(answer.get("status"))
    messages = answer.get("messages") or []
    named = messages if isinstance(messages, list) else []
    errors = (f"{one.get('id')} {one.get('message')}" for one in named if one.get("severity") == "error")
    return Answer(rank=JHOVE_RANKS.get(status, 0), message=status, problems=frozenset(errors))


def _verapdf(program: str, path: Path) -> Answer:
    from watermark.verification.conformance import comparison, verapdf  # noqa: PLC0415 - readers that few calls need

    answer = verapdf.asked(program, [path])
    results = {
        level: result
        for level, result in answer.files.get(str(path), {}).items()
        if isinstance(result, comparison.ValidationResult)
    }
    if answer.fault or not results:
        return Answer(fault=answer.fault or "it names no level that the file could have")
    valid = sorted(level for level, result in results.items() if result.valid)
    broken = frozenset(f"{level}: {rule}" for level, result in results.items() for rule in result.broken)
    return Answer(rank=len(valid), message=f"valid {', '.join(valid) or 'by no level'}", problems=broken)


def _pdfcpu(program: str, path: Path) -> Answer:
    command = [program, *PDFCPU_OPTIONS, str(path)]
    return read_pdfcpu(answer_of(command, seconds=SECONDS, with_errors=True), path)


def read_pdfcpu(result: ProgramResult, path: Path) -> Answer:
    """Return what `pdfcpu validate` says of one file."""
    if result.fault or PDF_2_IN_PART in result.output:
        return Answer(fault=result.fault or "it supports PDF 2.0 in part only, and says so")
    lines = result.output.decode(errors="replace").strip().splitlines()
    problem = UNSTABLE.sub("#", lines[-1].replace(str(path), "")[:MAX_LENGTH]) if lines and result.status else ""
    problems = frozenset([problem] if problem else [])
    return Answer(rank=int(not result.status), message="invalid" if result.status else "valid", problems=problems)


def _qpdf(program: str, path: Path) -> Answer:
    result = answer_of([program, *QPDF_OPTIONS, str(path)], seconds=SECONDS, with_errors=True)
    if result.fault:
        return Answer(fault=result.fault)
    rank = {0: 2, 3: 1}.get(result.status, 0)
    lines = result.output.decode(errors="replace").replace(str(path), "").splitlines()
    warnings = frozenset(
        UNSTABLE.sub("#", line)[:MAX_LENGTH] for line in lines if line.startswith(("WARNING", "ERROR"))
    )
    return Answer(rank=rank, message=("errors", "warnings", "no errors")[rank], problems=warnings)


def _siegfried(program: str, path: Path) -> Answer:
    result = answer_of([program, *SIEGFRIED_OPTIONS, str(path)], seconds=SECONDS)
    if result.fault or not result.output.strip():
        return Answer(fault=result.fault or "it answers nothing, as it does without its signatures (sf -update)")
    try:
        return read_siegfried(json.loads(result.output))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return Answer(fault="its answer cannot be understood")


def read_siegfried(answer: Mapping[str, object]) -> Answer:
    """Return the formats that Siegfried finds in one file, by their numbers in PRONOM: each other one is a problem.

    In the copy of a file that is no PDF/A for Siegfried, PDF/A is none: the proof compares the claims themselves.
    """
    files = answer["files"]
    if not isinstance(files, list):
        raise TypeError("no list of files")
    names = sorted(f"{match['ns']} {match['id']}" for match in files[0]["matches"] if match["id"] != UNKNOWN)
    if not names:
        return Answer(fault="it does not know the format")
    # the claim of an original in UTF-16 or UTF-32 is not seen, and that of its copy, which has to be the same, is
    may_be = {*names} if ARCHIVAL_FORMATS & {*names} else {*names} | ARCHIVAL_FORMATS
    return Answer(message=", ".join(names), problems=frozenset(f"the format is now {name}" for name in may_be))


JUDGES: Mapping[str, _Judge] = MappingProxyType(
    {
        "jhove": _Judge(program="jhove", ask=_jhove),
        VERAPDF: _Judge(program="verapdf", ask=_verapdf),
        "pdfcpu": _Judge(program="pdfcpu", ask=_pdfcpu),
        "qpdf": _Judge(program="qpdf", ask=_qpdf),
        "siegfried": _Judge(program="sf", ask=_siegfried),
    }
)
"""The programs that can be asked, by their names in `--judges`."""

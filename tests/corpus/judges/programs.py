"""Judges that give a verdict on one file at a time: what is a program is started once for as many files as it takes."""

import json
import os
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.corpus.judges.libraries import LIBRARIES
from tests.corpus.judges.processes import EndedError, answer_to
from tests.corpus.judges.verdict import Verdict, Verdicts
from watermark.audit.judges import JHOVE_OPTIONS, Answer, answer_about, program_of, read_jhove, read_siegfried

WORKERS = os.cpu_count() or 1
SECONDS_A_FILE = 60
SECONDS_A_RUN = 600
FILES_A_RUN = 100

Judge = Callable[[Sequence[Path]], Verdicts]


def _runs(paths: Sequence[Path]) -> Iterator[Sequence[Path]]:
    for start in range(0, len(paths), FILES_A_RUN):
        yield paths[start : start + FILES_A_RUN]


def _each(judge: Callable[[Path], Verdict]) -> Judge:
    def judged(paths: Sequence[Path]) -> Verdicts:
        with ThreadPoolExecutor(WORKERS) as threads:
            return dict(zip(paths, threads.map(judge, paths), strict=True))

    return judged


def _library(name: str) -> Judge:
    """Return a judge that is a library: each file has a process of its own, so that none can take the court down."""

    def judge(path: Path) -> Verdict:
        try:
            return answer_to(SECONDS_A_FILE, LIBRARIES[name], path)
        except EndedError as error:
            return Verdict(why_not=str(error))

    return _each(judge)


def siegfried(paths: Sequence[Path]) -> Verdicts:
    """Return the formats that Siegfried finds, which reads its signatures once for many files."""
    verdicts: dict[Path, Verdict] = {}
    for run in _runs(paths):
        program = program_of("siegfried") or "sf"
        done = subprocess.run([program, "-json", *map(str, run)], capture_output=True, check=False)
        answers = json.loads(done.stdout)["files"]
        verdicts |= {path: _verdict(read_siegfried({"files": [one]})) for path, one in zip(run, answers, strict=True)}
    return verdicts


def jhove(paths: Sequence[Path]) -> Verdicts:
    """Return what JHOVE's module PDF-hul says. Where a file ends the program, the run is halved until it is alone."""
    verdicts: dict[Path, Verdict] = {}
    for run in _runs(paths):
        verdicts |= _jhove_run(run)
    return verdicts


def _jhove_run(paths: Sequence[Path]) -> dict[Path, Verdict]:
    command = [program_of("jhove") or "jhove", *JHOVE_OPTIONS, *map(str, paths)]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=SECONDS_A_RUN)
        answers = json.loads(done.stdout)["jhove"]["repInfo"]
    except (subprocess.TimeoutExpired, ValueError):
        answers = []
    if len(answers) == len(paths):
        return {path: _verdict(read_jhove(answer)) for path, answer in zip(paths, answers, strict=True)}
    if len(paths) == 1:
        return {paths[0]: Verdict(why_not="JHOVE ended without an answer")}
    middle = len(paths) // 2
    return _jhove_run(paths[:middle]) | _jhove_run(paths[middle:])


def verapdf(paths: Sequence[Path]) -> Verdicts:
    """Return what veraPDF says by the levels that each file claims; a file that claims none is not judged."""
    from tests.corpus.archival_table import profiles_of  # noqa: PLC0415 - for this judge only
    from watermark.verification.conformance.comparison import ValidationResult  # noqa: PLC0415
    from watermark.verification.conformance.verapdf import asked  # noqa: PLC0415

    verdicts: dict[Path, Verdict] = {}
    for run in _runs([path for path in paths if claims_a_level(path)]):
        answer = asked(program_of("verapdf") or "verapdf", [path.resolve() for path in run], seconds=SECONDS_A_RUN)
        for path in run:
            results = answer.files.get(str(path.resolve()), {})
            claimed = {level: results[level] for level in profiles_of(path) if level in results}
            verdicts[path] = _by_level(claimed, ValidationResult)
            if answer.fault or not results:
                verdicts[path] = Verdict(why_not=answer.fault or "veraPDF cannot read it")
    return {path: verdicts.get(path, Verdict(why_not="it claims no level")) for path in paths}


def _by_level(results: Mapping[str, object], kind: type) -> Verdict:
    judged = {profile: result for profile, result in results.items() if isinstance(result, kind)}
    broken = frozenset(f"{profile}: {rule}" for profile, result in judged.items() for rule in result.broken)  # type: ignore[attr-defined]
    valid = sorted(profile for profile, result in judged.items() if result.valid)  # type: ignore[attr-defined]
    if not judged:
        return Verdict(why_not="it could not be judged")
    return Verdict(rank=len(valid), said=f"valid {', '.join(valid) or 'by no level'}", faults=broken)


def claims_a_level(path: Path) -> bool:
    """Whether a file may claim PDF/A or PDF/UA: its metadata need not be compressed (ISO 19005-1 6.7.2)."""
    data = path.read_bytes()
    return b"pdfaid" in data or b"pdfuaid" in data


def _asked(name: str) -> Judge:
    """Return a judge that users can name, too: its answers are read by the package."""
    return _each(lambda path: _verdict(answer_about(name, path)))


def _verdict(answer: Answer) -> Verdict:
    return Verdict(rank=answer.rank, said=answer.message, faults=answer.problems, why_not=answer.fault)


JUDGES: Mapping[str, Judge] = {
    "jhove": jhove,
    "verapdf": verapdf,
    "page-validation": _library("page-validation"),
    "pdfcpu": _asked("pdfcpu"),
    "qpdf": _asked("qpdf"),
    "siegfried": siegfried,
    "pypdf": _library("pypdf"),
}


def absent(names: Iterable[str]) -> list[str]:
    """Return the judges that cannot be asked here."""
    return [name for name in names if name not in LIBRARIES and not program_of(name)]

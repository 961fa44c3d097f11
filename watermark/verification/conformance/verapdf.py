"""veraPDF, the reference validator, where it is installed: it judges files, each by the claims in its own packet.

It is a Java program and takes a second to start, so it is started once for both files, and never for a file that claims
nothing. Its version is in its answer.
"""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from watermark.runtime.chunks import iter_chunks
from watermark.runtime.other_programs import answer_of
from watermark.verification.conformance.comparison import Pair, ValidationResult, ValidationUnavailable, Verdict
from watermark.verification.evidence import Evidence

NAME = "veraPDF"
VARIABLE = "WATERMARK_VERAPDF"
"""Names the program; empty, veraPDF is not asked; unset, it is looked for on the PATH."""
SECONDS = 120
OPTIONS = ("--format", "json", "--flavour", "0", "--nonpdfext", "--maxfailuresdisplayed", "1")
_PROFILE = re.compile(r"PDF/(A|UA)-(\w+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of one run: a verdict for each profile of each file, or the fault that leaves all of them open."""

    fault: str = ""
    version: str = ""
    files: Mapping[str, Mapping[str, Verdict]] = field(default_factory=dict)
    unread: Mapping[str, ValidationUnavailable] = field(default_factory=dict)

    def of(self, path: Path, profile: str) -> Verdict:
        """Return the verdict on a file by a profile in its short form: "2b", "ua1"."""
        if self.fault:
            return ValidationUnavailable(why=self.fault)
        if str(path) in self.unread:
            return self.unread[str(path)]
        return self.files.get(str(path), {}).get(profile) or ValidationUnavailable(
            why="its answer has no verdict on it"
        )


def command() -> str | None:
    """Return the program to start, or None if there is none. A name that leads nowhere is an error, found later."""
    named = os.environ.get(VARIABLE)
    return shutil.which("verapdf") if named is None else named or None


def judged(evidence: Evidence, profiles: Sequence[tuple[str, str]]) -> tuple[str, Mapping[str, Pair]] | None:
    """Return its name, and what it says of both files by the original's profile; None where it is not installed.

    Each item of `profiles` is what the original claims and what the copy claims for it, most often the same. The
    original is written to a temporary file for it.
    """
    program = command()
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="watermark-") as folder:
        original, copy = Path(folder).resolve() / "original.pdf", evidence.path.resolve()
        with original.open("wb") as file:
            file.writelines(iter_chunks(evidence.base_bytes, 0, evidence.base_size_bytes))
        answer = asked(program, (original, copy))
    pairs = {old: (answer.of(original, old), answer.of(copy, new)) for old, new in profiles}
    return f"{NAME} {answer.version}".strip(), pairs


def asked(program: str, paths: Sequence[Path], *, seconds: float = SECONDS) -> Answer:
    """Return veraPDF's answer on absolute paths, in one run. No error leaves: what goes wrong is the answer's fault."""
    result = answer_of([program, *OPTIONS, *map(str, paths)], seconds=seconds)
    if result.fault:
        return Answer(fault=result.fault)
    try:
        return _read(json.loads(result.output))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return Answer(fault=f"its answer cannot be understood (it ended with {result.status})")


def _read(answer: Any) -> Answer:  # noqa: ANN401 - JSON has no narrower type
    report = answer["report"]
    files: dict[str, dict[str, Verdict]] = {}
    unread: dict[str, ValidationUnavailable] = {}
    for job in report["jobs"]:
        name = job["itemDetails"]["name"]
        if "taskException" in job:
            fault = job["taskException"]
            unread[name] = ValidationUnavailable(
                why=str(fault.get("exceptionMessage")), unreadable=fault.get("type") == "PARSE"
            )
            continue
        results = job["validationResult"]
        files[name] = dict(_verdict(result) for result in (results if isinstance(results, list) else [results]))
    version = next(item["version"] for item in report["buildInformation"]["releaseDetails"] if item["id"] == "core")
    return Answer(version=version, files=files, unread=unread)


def _verdict(result: Any) -> tuple[str, Verdict]:  # noqa: ANN401 - JSON has no narrower type
    named = _PROFILE.search(result["profileName"])
    profile = (("ua" if named[1] == "UA" else "") + named[2].lower()) if named else result["profileName"]
    if result["jobEndStatus"] != "normal":
        return profile, ValidationUnavailable(why=f"it ended early ({result['jobEndStatus']})")
    broken = {
        f"{rule['specification']} {rule['clause']}-{rule['testNumber']}": str(rule["description"])
        for rule in result["details"]["ruleSummaries"]
        if rule["ruleStatus"] == "FAILED"
    }
    return profile, ValidationResult(valid=bool(result["compliant"]), broken=broken)

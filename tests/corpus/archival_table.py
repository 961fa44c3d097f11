"""What happens to archival files: `python tests/corpus/archival_table.py [FOLDER...]`.

Every PDF below the folders that claims PDF/A or PDF/UA is stamped with everything on. Then both validators judge the
originals and the copies, each by its own claims, and a Markdown table says for each level how many of the valid ones
are valid still, and how many of the invalid ones break no rule more. veraPDF is the program in WATERMARK_VERAPDF or on
the PATH; without it its columns are empty. Whatever a copy has lost stands below the table.
"""

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import page as page_validation

from watermark.errors import WatermarkError
from watermark.models import Outcome, Result
from watermark.notice import Notice, NoticeFile, Reference, State
from watermark.pdf.xmp.packet import PacketError
from watermark.stamping.pipeline import stamp_outcome
from watermark.stamping.plan import StampRequest
from watermark.verification.conformance import verapdf
from watermark.verification.conformance.comparison import ValidationResult, rules_in_words
from watermark.verification.conformance.page_validation import PROFILES
from watermark.verification.declared_conformance import conformance_of
from watermark.verification.pypdf_document import PypdfDocument
from watermark.verification.reader_patches import patched_readers

FOLDERS = ("verapdf", "pdfa", "pdfua", "pdf20", "tagged")
SHARED = Path(__file__).resolve().parents[3] / "shared" / "corpus"
VALIDATORS = ("page-validation", verapdf.NAME)
NOTICE = NoticeFile(
    notice=Notice(
        state=State.RETRACTION,
        article=Reference(title="An article"),
        title="Retraction: An article",
        doi="10.5555/notice.1",
        date="2024-05-01",
        issuers=("The editor",),
        reasons=("The figures were drawn twice",),
        statement=("The article is retracted.",),
    ),
    data=b"# Retraction: An article\n\nThe article is retracted.\n",
    name="notice.md",
    media_type="text/markdown",
)
FILES_A_RUN = 100
SECONDS_A_RUN = 600


@dataclass(frozen=True, kw_only=True)
class Marked:
    """One file that claims something, its copy where there is one, and the outcome."""

    original: Path
    copy: Path
    profiles: tuple[str, ...]
    outcome: Outcome


Judged = Mapping[tuple[str, str, Path], ValidationResult]
"""Verdicts by validator, profile and file; what was not judged is not there."""


@dataclass
class Row:
    """One level by one validator."""

    counts: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def profiles_of(path: Path) -> tuple[str, ...]:
    """Return what a file claims, as far as it can be read: "2b", "ua1"."""
    try:
        with patched_readers():
            data = path.read_bytes()
            return conformance_of(PypdfDocument(data, max(data.find(b"%PDF-"), 0), len(data)).packet).profiles
    except (WatermarkError, PacketError):
        return ()


def marked(paths: Iterable[Path], folder: Path) -> Iterator[Marked]:
    """Yield the outcome of each file that claims something; the copies are saved in the folder."""
    for number, path in enumerate(paths):
        profiles = profiles_of(path)
        if not profiles:
            continue
        job = StampRequest(
            article=path,
            notice=NOTICE,
            marked_at=datetime(2024, 5, 1, 12, tzinfo=UTC),
            match_override_reason="files are counted",
        )
        copy = folder / f"{number:05d}.pdf"
        yield Marked(original=path, copy=copy, profiles=profiles, outcome=stamp_outcome(job, copy))


def judgement_of(files: Sequence[Marked], program: str | None) -> Judged:
    """Return what both validators say of the originals and of the copies."""
    verdicts: dict[tuple[str, str, Path], ValidationResult] = {}
    paths = [path for one in files for path in (one.original, one.copy) if path.exists()]
    for one in files:
        for path in (one.original, one.copy):
            for profile in PROFILES.intersection(one.profiles) if path.exists() else ():
                try:
                    report = page_validation.validate_pdf(str(path), profile=profile)
                except page_validation.PageError:
                    continue
                broken = {failure.rule_id: failure.message for failure in report.failures}
                verdicts[VALIDATORS[0], profile, path] = ValidationResult(valid=report.is_compliant, broken=broken)
    for start in range(0, len(paths) if program else 0, FILES_A_RUN):
        some = paths[start : start + FILES_A_RUN]
        answer = verapdf.asked(program or "", [path.resolve() for path in some], seconds=SECONDS_A_RUN)
        if answer.fault:
            sys.exit(f"veraPDF: {answer.fault}")
        for path in some:
            for profile, verdict in answer.files.get(str(path.resolve()), {}).items():
                if isinstance(verdict, ValidationResult):
                    verdicts[VALIDATORS[1], profile, path] = verdict
    return verdicts


def rows(files: Sequence[Marked], verdicts: Judged) -> dict[tuple[str, str], Row]:
    """Return the counts by level and validator."""
    found: dict[tuple[str, str], Row] = {}
    for one in files:
        for profile in one.profiles:
            for validator in VALIDATORS:
                before = verdicts.get((validator, profile, one.original))
                if before is None:
                    continue
                row = found.setdefault((profile, validator), Row())
                kind = "valid" if before.valid else "invalid"
                if one.outcome.result is Result.REFUSED and one.outcome.report is None:
                    row.refused.append(f"{one.original.name}: {one.outcome.reason}")
                    continue
                row.counts[kind] += 1
                fault = _fault(one, before, verdicts.get((validator, profile, one.copy)))
                if fault:
                    row.lost.append(f"{one.original.name} ({profile}, {validator}): {fault}")
                else:
                    row.counts[f"{kind} kept"] += 1
    return found


def _fault(one: Marked, before: ValidationResult, after: ValidationResult | None) -> str:
    """Return what a validator has against a copy, or "" where it is no worse than the original."""
    if one.outcome.result is not Result.MARKED:
        return f"{one.outcome.result}: {one.outcome.reason}"
    if after is None:
        return "the copy cannot be judged"
    new = {rule: words for rule, words in after.broken.items() if rule not in before.broken}
    return rules_in_words(new) if new or (before.valid and not after.valid) else ""


def table(found: Mapping[tuple[str, str], Row]) -> str:
    """Return the counts as a Markdown table, one line a level."""
    lines = ["| claim | " + " | ".join(f"{name}: valid | invalid" for name in VALIDATORS) + " | refused |"]
    lines.append("|---" * (2 + 2 * len(VALIDATORS)) + "|")
    for profile in sorted({profile for profile, _ in found}):
        of_level = [found.get((profile, validator), Row()) for validator in VALIDATORS]
        cells = [
            f"{row.counts[f'{kind} kept']} of {row.counts[kind]}" if row.counts[kind] else ""
            for row in of_level
            for kind in ("valid", "invalid")
        ]
        refused = max(len(row.refused) for row in of_level)
        name = f"PDF/UA-{profile[2:]}" if profile.startswith("ua") else f"PDF/A-{profile}"
        lines.append(f"| {name} | {' | '.join(cells)} | {refused or ''} |")
    return "\n".join(lines)


def main() -> int:
    """Stamp, judge, count, print; the exit status says whether anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[SHARED / name for name in FOLDERS])
    options = parser.parse_args()
    program = verapdf.command()
    os.environ[verapdf.VARIABLE] = ""  # judged here, all at once, and not at each stamping
    paths = sorted(path for folder in options.folders for path in folder.rglob("*.pdf"))
    with tempfile.TemporaryDirectory() as folder:
        files = list(marked(paths, Path(folder)))
        found = rows(files, judgement_of(files, program))
    lost, refused = (
        sorted({line for row in found.values() for line in getattr(row, name)}) for name in ("lost", "refused")
    )
    said = [table(found), f"{len(files)} of {len(paths)} files claim a level."]
    said += ["Lost:", *lost] if lost else ["Nothing is lost."]
    said += ["Refused:", *refused] if refused else []
    sys.stdout.write("\n".join(said) + "\n")
    return int(bool(lost))


if __name__ == "__main__":
    sys.exit(main())

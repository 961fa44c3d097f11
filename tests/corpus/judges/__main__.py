"""Ask other people's programs what marking has lost: python -m tests.corpus.judges FOLDER...

Every PDF below the folders is marked. Then each judge is asked about the original and about the copy: JHOVE (PDF-hul),
veraPDF, page-validation, pdfcpu, qpdf and pypdf by what they say; Ghostscript, poppler, MuPDF and PDFium by what they
show at 72 dots an inch. No pixel that is more than 2 pixels from mark and line may differ by more than 12 of 255, and
on every page the mark has to be seen. A table says how many files lost something, and each of them is named.

The status is 1 when something is lost, and 2 when a judge is absent that `--require` asks for.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.corpus.judges.marking import marked
from tests.corpus.judges.pictures import RENDERERS, differences
from tests.corpus.judges.programs import JUDGES, absent
from tests.corpus.judges.verdict import Pair, loss

ALL = (*JUDGES, *RENDERERS)


@dataclass
class Row:
    """What one judge says of all files: how many were judged, and what each of some has lost."""

    judged: int = 0
    losses: dict[str, str] = field(default_factory=dict)


def asked(name: str, pairs: Sequence[Pair]) -> Row:
    """Return what a judge says of all pairs."""
    row = Row()
    if name in RENDERERS:
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            results = list(threads.map(lambda pair: differences(name, pair), pairs))
        row.judged = sum(result is not None for result in results)
        faults = [result or "" for result in results]
    else:
        verdicts = JUDGES[name]([path for pair in pairs for path in (pair.original, pair.copy)])
        row.judged = sum(not verdicts[pair.original].why_not for pair in pairs)
        faults = [loss(verdicts[pair.original], verdicts[pair.copy]) for pair in pairs]
    sys.stderr.write(f"{name}: {row.judged} files judged, {sum(map(bool, faults))} worse\n")
    row.losses = {str(pair.original): fault for pair, fault in zip(pairs, faults, strict=True) if fault}
    return row


def table(rows: dict[str, Row], absent_judges: Sequence[str]) -> str:
    """Return the counts as a Markdown table, then each file that lost something."""
    lines = ["| judge | files judged | worse once marked |", "|---|---|---|"]
    lines += [f"| {name} | {row.judged} | {len(row.losses)} |" for name, row in rows.items()]
    lines += [f"| {name} | absent | |" for name in absent_judges]
    for name, row in rows.items():
        lines += [f"\n{name}:"] if row.losses else []
        lines += [f"  {path}: {fault}" for path, fault in row.losses.items()]
    return "\n".join(lines)


def parsed() -> argparse.Namespace:
    """Return the command line's arguments."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path, metavar="FOLDER", help="folders, or single PDFs")
    parser.add_argument("--judges", default=",".join(ALL), help="names with commas between them; default: all")
    parser.add_argument("--require", action="store_true", help="a judge that is absent is an error")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="one of N files of each folder")
    parser.add_argument("--keep", type=Path, help="folder for the copies; they are deleted without it")
    parser.add_argument("--options", default="", help="further options for `watermark stamp`")
    parser.add_argument("--json", type=Path, help="file for the results, for programs")
    return parser.parse_args()


def main() -> int:
    """Mark, ask, print; the status says whether anything was lost."""
    arguments = parsed()
    names = arguments.judges.split(",")
    if unknown := set(names) - set(ALL):
        sys.exit(f"no judge has the name {', '.join(sorted(unknown))}")
    missing = absent(name for name in names if name in JUDGES)
    missing += [name for name in names if name in RENDERERS and not shutil.which(RENDERERS[name][0] or sys.executable)]
    if missing and arguments.require:
        sys.stderr.write(f"absent: {', '.join(missing)}\n")
        return 2
    folders = ([path] if path.is_file() else sorted(path.rglob("*.pdf")) for path in arguments.paths)
    articles = list(dict.fromkeys(pdf for pdfs in folders for pdf in pdfs[:: arguments.every]))
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        pairs, refusals = marked(articles, folder, arguments.options.split())
        rows = {name: asked(name, pairs) for name in names if name not in missing}
    kinds = Counter(refusals.values())
    lines = [f"{len(articles)} files, {len(pairs)} marked, {len(refusals)} not marked", table(rows, missing)]
    lines += ["\nNot marked:", *(f"  {count} of them: {why}" for why, count in kinds.most_common())] if refusals else []
    sys.stdout.write("\n".join(lines) + "\n")
    if arguments.json:
        results = {name: {"judged": row.judged, "losses": row.losses} for name, row in rows.items()}
        arguments.json.write_text(json.dumps(results, indent=1), "utf-8")
    return int(any(row.losses for row in rows.values()))


if __name__ == "__main__":
    sys.exit(main())

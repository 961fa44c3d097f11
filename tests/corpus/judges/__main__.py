"""Ask other people's programs what marking has lost: python -m tests.corpus.judges FOLDER...

Every PDF below the folders is marked. Then each judge is asked about the original and about the copy: JHOVE (PDF-hul),
veraPDF, page-validation, pdfcpu, qpdf and pypdf by what they say; Ghostscript, poppler, MuPDF and PDFium by what they
show at 72 dots an inch. No pixel that is more than 2 pixels from mark and line may differ by more than 12 of 255, and
on every page the mark has to be seen. A table says how many files lost something, and each of them is named.

The status is 1 when something is lost, and 2 when a judge is absent that `--require` asks for. A long run can be made
in parts: `--results` keeps what was found of each file, and a file that is in it is not judged again.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.corpus.judges.marking import marked
from tests.corpus.judges.pictures import RENDERERS, differences, is_installed
from tests.corpus.judges.programs import JUDGES, absent
from tests.corpus.judges.verdict import Pair, loss

ALL = (*JUDGES, *RENDERERS)
FILES_AT_ONCE = 20
REFUSED = "not marked"
Results = dict[str, dict[str, str]]
"""By file: what it has lost before each judge that could judge it, or why it is not marked under REFUSED."""


def losses_before(name: str, pairs: Sequence[Pair]) -> dict[Path, str]:
    """Return what each file that a judge can judge has lost before it, "" for nothing."""
    if name in RENDERERS:
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            drawn = threads.map(lambda pair: differences(name, pair), pairs)
            return {pair.original: fault for pair, fault in zip(pairs, drawn, strict=True) if fault is not None}
    verdicts = JUDGES[name]([path for pair in pairs for path in (pair.original, pair.copy)])
    judged = (pair for pair in pairs if not verdicts[pair.original].why_not)
    return {pair.original: loss(verdicts[pair.original], verdicts[pair.copy]) for pair in judged}


def results_of(articles: Sequence[Path], names: Sequence[str], folder: Path, options: Sequence[str]) -> Results:
    """Mark some articles, and return what each of them has lost before each judge."""
    pairs, refusals = marked(articles, folder, options)
    results: Results = {str(path): {} for path in articles} | {
        str(path): {REFUSED: why} for path, why in refusals.items()
    }
    for name in names:
        start = time.monotonic()
        losses = losses_before(name, pairs)
        for path, fault in losses.items():
            results[str(path)][name] = fault
        worse = sum(map(bool, losses.values()))
        seconds = time.monotonic() - start
        sys.stderr.write(f"{name}: {len(losses)} files judged, {worse} worse, {seconds:.0f} s\n")
    return results


def table(results: Results, names: Sequence[str], absent_judges: Sequence[str]) -> str:
    """Return the counts as a Markdown table, then each file that lost something."""
    lines = ["| judge | files judged | worse once marked |", "|---|---|---|"]
    faults = {name: {path: one[name] for path, one in results.items() if name in one} for name in names}
    lines += [f"| {name} | {len(found)} | {sum(map(bool, found.values()))} |" for name, found in faults.items()]
    lines += [f"| {name} | absent | |" for name in absent_judges]
    for name, found in faults.items():
        lines += [f"\n{name}:"] if any(found.values()) else []
        lines += [f"  {path}: {fault}" for path, fault in found.items() if fault]
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
    parser.add_argument("--results", type=Path, help="JSON file with the results so far; new ones are added to it")
    parser.add_argument("--minutes", type=float, default=1e6, help="begin no further files after so many minutes")
    return parser.parse_args()


def main() -> int:
    """Mark, ask, print; the status says whether anything was lost."""
    arguments = parsed()
    names = arguments.judges.split(",")
    if unknown := set(names) - set(ALL):
        sys.exit(f"no judge has the name {', '.join(sorted(unknown))}")
    missing = absent(name for name in names if name in JUDGES)
    missing += [name for name in names if name in RENDERERS and not is_installed(name)]
    if missing and arguments.require:
        sys.stderr.write(f"absent: {', '.join(missing)}\n")
        return 2
    folders = ([path] if path.is_file() else sorted(path.rglob("*.pdf")) for path in arguments.paths)
    articles = list(dict.fromkeys(pdf for pdfs in folders for pdf in pdfs[:: arguments.every]))
    present = [name for name in names if name not in missing]
    results = judged(articles, present, arguments)
    refusals = Counter(one[REFUSED] for one in results.values() if REFUSED in one)
    count = len(results) - refusals.total()
    lines = [f"{len(articles)} files, {count} marked, {refusals.total()} not marked", table(results, present, missing)]
    lines += ["\nNot marked:", *(f"  {number} of them: {why}" for why, number in refusals.most_common())] * bool(
        refusals
    )
    sys.stdout.write("\n".join(lines) + "\n")
    return int(any(fault for one in results.values() for name, fault in one.items() if name != REFUSED))


def judged(articles: Sequence[Path], names: Sequence[str], arguments: argparse.Namespace) -> Results:
    """Return the results for the articles: those of earlier runs, and those of all that there is time for."""
    kept: Results = json.loads(arguments.results.read_text("utf-8")) if _exists(arguments.results) else {}
    waiting = [path for path in articles if str(path) not in kept]
    ends_at = time.monotonic() + 60 * arguments.minutes
    while waiting and time.monotonic() < ends_at:
        some, waiting = waiting[:FILES_AT_ONCE], waiting[FILES_AT_ONCE:]
        with tempfile.TemporaryDirectory() as scratch:
            folder = arguments.keep / f"{len(waiting):05d}" if arguments.keep else Path(scratch)
            folder.mkdir(parents=True, exist_ok=True)
            kept |= results_of(some, names, folder, arguments.options.split())
        if arguments.results:
            arguments.results.write_text(json.dumps(kept, indent=1), "utf-8")
    return {str(path): kept[str(path)] for path in articles if str(path) in kept}


def _exists(path: Path | None) -> bool:
    return path is not None and path.exists()


if __name__ == "__main__":
    sys.exit(main())

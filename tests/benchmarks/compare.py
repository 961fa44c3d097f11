"""This tool beside the others, on the same files in one run.

`python -m tests.benchmarks.compare --write`, from the root of the repository, prints tables in Markdown, and puts them
into RESULTS.md with the machine and the date: the processor's time (the clock counts what else the machine does, so it
stands beside), what the copy has grown by, and the most memory. `--pages 100 10000` chooses the articles, `--tools` the
others. Peers that are not installed are left out: PyMuPDF from PyPI, qpdf and pdftk-java from Debian.
"""

import argparse
import hashlib
import os
import platform
import shlex
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from tests.benchmarks.articles import SAMPLES, article
from tests.benchmarks.measuring import Taken, interleaved, peak_megabytes, usage_of
from tests.benchmarks.ours import OURS, PLANNING, mark, marking, plan_for, stamped, stamped_often
from tests.benchmarks.peers import Tool, peers
from watermark.errors import WatermarkError
from watermark.models import Proof
from watermark.stamping.mark import Edge

RESULTS = Path(__file__).with_name("RESULTS.md")
SHARED = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "articles"
FILES = (("text", 1), ("text", 12), ("text", 100), ("scans", 12), ("maps", 12), ("text", 1000), ("text", 10_000))
PROOFS = {
    "full proof": (Proof.FULL, None),
    "proof by structure": (Proof.STRUCTURE, None),
    "proof by structure, the edge given": (Proof.STRUCTURE, Edge.TOP),
}
STAMPS = 6
SHORT_PAGES, LONG_PAGES = 100, 1000
MOST_SECONDS = 4.0
"""A tool that takes longer for an article is not asked for a longer one."""
FLOOR = "cp and SHA-256"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pages", type=int, nargs="+", default=[1, 12, 100, 1000], help="which of the articles")
    parser.add_argument("--tools", nargs="+", default=[OURS, PLANNING, *peers()], help="which of the tools")
    parser.add_argument("--real", action="store_true", help="real articles, too, where there is a folder of them")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--no-proof", action="store_true", help="marking only")
    asked = parser.parse_args()
    said: list[str] = []
    head = list(_head(os.getloadavg()[2]))
    with TemporaryDirectory() as name:
        for line in _all(Path(name), asked):
            click.echo(line)
            said.append(line)
            if asked.write and not line:
                RESULTS.write_text("\n".join([*head, *said]), encoding="utf-8")
    if asked.write:
        RESULTS.write_text("\n".join([*head, *said, ""]), encoding="utf-8")


def _head(load: float) -> Iterator[str]:
    processor = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor(),
    )
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    yield from ("# How fast it is, beside others", "")
    yield f"Written by `python -m tests.benchmarks.compare {shlex.join(sys.argv[1:])}`."
    yield "Ratios are of one run, in which the tools took turns."
    yield ""
    yield f"{datetime.now(UTC):%Y-%m-%d}, {processor}, {os.cpu_count()} cores, {system}."
    yield f"Over the quarter of an hour before it began, the load was {load:.1f}."


def _lines(path: str) -> Sequence[str]:
    return Path(path).read_text(encoding="utf-8").splitlines() if Path(path).exists() else ()


def _all(folder: Path, asked: argparse.Namespace) -> Iterator[str]:
    tools = {name: tool for name, tool in {**marking(), **peers()}.items() if name in {OURS, *asked.tools}}
    files = [(kind, page_count) for kind, page_count in FILES if page_count in asked.pages]
    patient = dict(tools)
    yield from _marking(folder, patient, files, asked.rounds)
    if not asked.no_proof:
        yield from _command(folder, asked.rounds)
        yield from _proofs(folder, asked.rounds, [page_count for page_count in asked.pages if page_count > 12])
        for page_count in sorted(count for count in asked.pages if count >= LONG_PAGES or count == max(asked.pages)):
            yield from _memory(folder, tools if page_count <= LONG_PAGES else patient, page_count)
    if asked.real:
        yield from _real(folder)
        yield from _real_marking(folder, tools)


def _marking(folder: Path, tools: dict[str, Tool], files: Sequence[tuple[str, int]], rounds: int) -> Iterator[str]:
    """Marking, attaching and describing, without a proof, which no other tool has.

    A tool whose time has no hope of an end for more pages is taken out of `tools`.
    """
    yield from ("", "## Marking, without the proof", "", "What takes more than 4 seconds is run once.")
    for kind, page_count in files:
        for streams in (False, True) if (kind, page_count) == ("text", 100) else (False,):
            source = article(folder, kind, page_count, streams=streams)
            copies = {name: folder / f"copy-{number}.pdf" for number, name in enumerate(tools)}
            plan_for(source)
            work = {name: partial(_anew, tool, source, copies[name]) for name, tool in tools.items()}
            work[FLOOR] = partial(_copied_and_digested, source, folder / "floor.pdf")
            taken = interleaved(work, rounds)
            size = source.stat().st_size
            section = ", cross-reference streams" if streams else ""
            yield from ("", f"### {kind}, {page_count:,} pages{section}, {size:,} bytes, medians of {rounds}", "")
            yield from _table(taken, {name: copies[name].stat().st_size - size for name in tools})
            hopeless = [name for name in tools if taken[name].clock > MOST_SECONDS]
            for name in hopeless:
                del tools[name]
            if hopeless:
                yield from ("", f"Of more pages, {', '.join(hopeless)} would take too long.")


def _table(taken: Mapping[str, Taken], growth: Mapping[str, int]) -> Iterator[str]:
    ours = taken[OURS]
    yield "| | processor, ms | to ours | clock, ms | to ours | grows by |"
    yield "|---|---:|---:|---:|---:|---:|"
    for name, one in taken.items():
        ratios = f"{one.processor / ours.processor:.2f} | {one.clock * 1e3:.1f} | {one.clock / ours.clock:.2f}"
        grown = f"{growth[name]:,}" if name in growth else ""
        yield f"| {name} | {one.processor * 1e3:.1f} | {ratios} | {grown} |"


def _anew(tool: Tool, source: Path, copy: Path) -> None:
    copy.unlink(missing_ok=True)
    tool(source, copy)


def _copied_and_digested(source: Path, copy: Path) -> None:
    shutil.copyfile(source, copy)
    with source.open("rb") as file:
        hashlib.file_digest(file, "sha256")


def _memory(folder: Path, tools: Mapping[str, Tool], page_count: int) -> Iterator[str]:
    source = article(folder, "text", page_count)
    yield from ("", f"## The most memory, text, {page_count:,} pages", "", "| | MB |", "|---|---:|")
    for proof in Proof:
        yield f"| watermark, stamped, proof: {proof} | {_peak('ours', source, folder / 'copy.pdf', proof):.0f} |"
    for name, tool in tools.items():
        if tool.__module__.endswith("peers") and name not in {"qpdf", "pdftk"}:
            yield f"| {name} | {_peak('peers', source, folder / 'copy.pdf', name):.0f} |"


def _peak(module: str, *arguments: object) -> float:
    return peak_megabytes(["-m", f"tests.benchmarks.{module}", *map(str, arguments)])


def _proofs(folder: Path, rounds: int, counts: Sequence[int]) -> Iterator[str]:
    """Stamps as users make them, up to the saved copy."""
    yield from ("", f"## Stamped and proved, text, 12 pages, medians of {rounds}", "")
    yield "| | processor, ms | articles a second of one core | by the clock, two processes to one |"
    yield "|---|---:|---:|---:|"
    source, copy = article(folder, "text", 12), folder / "stamped.pdf"
    for name, (proof, edge) in PROOFS.items():
        stamped(source, copy, proof, edge)  # fonts are read once a process
        taken = interleaved({name: partial(stamped, source, copy, proof, edge)}, rounds)[name].processor
        yield f"| {name} | {taken * 1e3:.0f} | {1 / taken:.1f} | {_on_two(folder, source, proof, edge):.2f} |"
    yield from (
        "",
        "| full proof, text | processor, ms a page | to one of 100 pages, before and after |",
        "|---|---:|---:|",
    )
    for page_count in counts:
        before, taken, after = (_of_a_page(folder, count, copy) for count in (SHORT_PAGES, page_count, SHORT_PAGES))
        yield f"| {page_count:,} pages | {taken * 1e3:.2f} | {2 * taken / (before + after):.2f} |"


def _of_a_page(folder: Path, page_count: int, copy: Path) -> float:
    """Return the seconds of the processor that a page takes of an article with the full proof."""
    return usage_of(partial(stamped, article(folder, "text", page_count), copy, Proof.FULL)).processor / page_count


def _on_two(folder: Path, source: Path, proof: Proof, edge: Edge | None) -> float:
    """Return how many times as fast by the clock two processes are as one."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        copies = [folder / f"{number}.pdf" for number in range(2)]
        for _ in range(2):  # the first time, fonts are read and modules imported
            one = usage_of(partial(_stamped_in, pool, source, copies[:1], proof, edge)).clock
            two = usage_of(partial(_stamped_in, pool, source, copies, proof, edge)).clock
    return 2 * one / two


def _stamped_in(
    pool: ProcessPoolExecutor, source: Path, copies: Sequence[Path], proof: Proof, edge: Edge | None
) -> None:
    for work in [pool.submit(stamped_often, source, copy, proof, edge, STAMPS) for copy in copies]:
        work.result()


def _real(folder: Path) -> Iterator[str]:
    files = sorted(SHARED.glob("*.pdf")) if SHARED.exists() else []
    if not files:
        return
    yield from ("", f"## {len(files)} real articles, each stamped once", "")
    yield from ("| | articles | pages | processor, s | pages a second of one core |", "|---|---:|---:|---:|---:|")
    for name, (proof, edge) in PROOFS.items():
        pages, seconds, marked = 0, 0.0, 0
        for source in files:
            try:
                seconds += usage_of(partial(stamped, source, folder / "real.pdf", proof, edge)).processor
            except RuntimeError:
                continue  # refused, as it has to be
            marked, pages = marked + 1, pages + plan_for(source).receipt.page_count
        yield f"| {name} | {marked} | {pages} | {seconds:.1f} | {pages / seconds:.0f} |"


def _real_marking(folder: Path, tools: Mapping[str, Tool]) -> Iterator[str]:
    """Marking without the proof, of each real article that ours marks: what the others take, to what ours does."""
    ratios: dict[str, list[float]] = {name: [] for name in tools}
    for source in sorted(SHARED.glob("*.pdf")):
        try:
            mark(source, copy := folder / "real.pdf")
        except WatermarkError:
            continue
        working = {name: tool for name, tool in tools.items() if _works(tool, source, copy)}
        taken = interleaved({name: partial(_anew, tool, source, copy) for name, tool in working.items()}, 3)
        for name, one in taken.items():
            ratios[name].append(one.processor / taken[OURS].processor)
    yield from ("", "| real articles, without the proof | articles | processor, to ours: median |", "|---|---:|---:|")
    for name, several in ratios.items():
        yield f"| {name} | {len(several)} | {statistics.median(several):.2f} |"


def _works(tool: Tool, source: Path, copy: Path) -> bool:
    """Whether a tool can do with an article at all: peers raise whatever they like."""
    try:
        _anew(tool, source, copy)
    except Exception:  # noqa: BLE001 - said in the results by the number of articles
        return False
    return True


def _command(folder: Path, rounds: int) -> Iterator[str]:
    program = [sys.executable, "-m", "watermark"]
    stamp = ["stamp", article(folder, "text", 12), "--notice", SAMPLES / "retraction-notice.md", "--overwrite", "-q"]
    commands: Mapping[str, Sequence[object]] = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "watermark --help": [*program, "--help"],
        "watermark stamp, 12 pages, full proof": [*program, *stamp, "-o", folder / "c.pdf", "--force-match", "x"],
    }
    taken = interleaved({name: partial(_run, command) for name, command in commands.items()}, rounds)
    bare = taken["python -c pass"].processor
    yield from ("", f"## On the command line, medians of {rounds}", "")
    yield from ("| | processor, ms | to a bare Python |", "|---|---:|---:|")
    for name, one in taken.items():
        yield f"| `{name}` | {one.processor * 1e3:.0f} | {one.processor / bare:.1f} |"


def _run(command: Sequence[object]) -> None:
    environment = {**os.environ, "WATERMARK_VERAPDF": ""}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed command is compiled once: in the first round
    subprocess.run([str(part) for part in command], check=True, capture_output=True, env=environment)


if __name__ == "__main__":
    main()

"""Whether the time of a page grows with their number: `python -m tests.benchmarks.length 1000 20000`.

Articles of so many pages are stamped with the full proof, each in a process of its own. What a page takes is counted
without what one page takes alone. `--kind text` takes articles of two full columns a page, 39 kB each; without it they
have a line of text. Ends with 1 when a page of any takes more than `--within` times one of the first (1.5).
"""

import argparse
import os
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from tests.benchmarks.articles import KINDS, article
from tests.benchmarks.measuring import peak_megabytes, usage_of
from tests.helpers.build import build
from watermark.models import Proof


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=int, nargs="+")
    parser.add_argument("--kind", choices=KINDS)
    parser.add_argument("--proof", choices=[*Proof], default=Proof.FULL)
    parser.add_argument("--within", type=float, default=1.5)
    asked = parser.parse_args()
    os.environ["WATERMARK_VERAPDF"] = ""
    with TemporaryDirectory() as name:
        folder = Path(name)
        alone, _ = _stamped(_article(folder, asked.kind, 1), asked.proof)
        of_a_page = []
        for count in asked.pages:
            seconds, megabytes = _stamped(_article(folder, asked.kind, count), asked.proof)
            of_a_page.append((seconds - alone) / (count - 1))
            growth = of_a_page[-1] / of_a_page[0]
            took = f"{seconds:.1f} s of the processor, {of_a_page[-1] * 1e3:.2f} ms a page ({growth:.2f} times)"
            click.echo(f"{count:,} pages: {took}, {megabytes:.0f} MB at most")
    raise SystemExit(max(of_a_page) > asked.within * of_a_page[0])


def _article(folder: Path, kind: str | None, page_count: int) -> Path:
    if kind:
        return article(folder, kind, page_count)
    path = folder / f"{page_count}.pdf"
    path.write_bytes(build(pages=page_count))
    return path


def _stamped(source: Path, proof: Proof) -> tuple[float, float]:
    """Stamp in a process of its own; return its seconds of the processor, and the megabytes that it used at most."""
    peaks: list[float] = []
    copy = source.with_suffix(".copy.pdf")
    arguments = ["-m", "tests.benchmarks.ours", str(source), str(copy), str(proof)]
    taken = usage_of(lambda: peaks.append(peak_megabytes(arguments)))
    copy.unlink()
    return taken.processor, peaks[0]


if __name__ == "__main__":
    main()

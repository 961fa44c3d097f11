"""What a stamp with its full proof takes, beside the limit: what no proof can leave out.

`python -m tests.benchmarks.limit`, from the root of the repository, prints tables in Markdown; `--write` puts them into
LIMIT.md. The limit of an article is to load every page of the original and of the copy in PDFium, to draw it once for
the screen and to read its text once; where a conformance is claimed, page-validation of both is added. In the same run,
peers do the same job without a proof: overlay, attach the notice, write XMP, digest, save. All take turns, and the
median counts. `--sets real pdfa made` chooses the articles, `--files` names others.

Ours is measured twice: with two jobs, by the clock, in a process that stays and keeps a helper, which is what a user
waits for on two cores; and as a worker of a batch does, with one job, in time of the processor. The process has the
settings of a worker: numpy has no threads, and Python looks for cyclic garbage rarely. What page-validation said of
a file is forgotten before each stamp, as nobody stamps the same article again. The limit and the peers use one core. On
a machine that does other work, only the time of the processor can be trusted.
"""

import argparse
import cProfile
import gc
import hashlib
import os
import platform
import pstats
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import pikepdf
import pypdf
import pypdfium2

from tests.benchmarks.articles import SAMPLES, article
from tests.benchmarks.measuring import Taken, interleaved
from tests.benchmarks.ours import stamped
from tests.benchmarks.peers import sheet
from watermark import inspect
from watermark.models import Proof
from watermark.runtime.isolation import Helper, limits_for, ready_helpers
from watermark.runtime.process_tuning import GC_THRESHOLDS, SINGLE_THREAD_ENV
from watermark.verification.conformance import page_validation

RESULTS = Path(__file__).with_name("LIMIT.md")
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
MADE = (("text", 1), ("text", 12), ("text", 100), ("scans", 12), ("maps", 12))
OURS, BESIDE, LIMIT = "watermark, full proof", "watermark, full proof, two jobs", "the limit"
NOTICE = SAMPLES / "retraction-notice.md"
SCALE = 36 / 72
TOTAL_BAR, MOST_BAR, MOST_SHARE = 1.35, 1.8, 0.9
SECONDS_TO_LEAVE = 0.2
WORST = 10
FORGET = "from watermark.verification.conformance import page_validation as asked; asked._kept.clear()"
"""What a helper does, which need not have the modules of the tests."""
PARTS = (
    ("page-validation", ("/page/",)),
    ("PDFium", ("pypdfium2", "/pdfium/")),
    ("second reader", ("/pypdf/", "pypdf_document", "/verification/fixity", "appended_objects", "object_equality")),
    ("pixels", ("rendering_diff", "pixels.py", "/numpy/", "contrast.py", "mark_coverage")),
    ("notice document", ("notice_document", "reportlab", "fontTools", "/fonts/")),
    ("words and lines", ("text_lines", "/article/", "text_extraction", "/notice/")),
    ("qpdf and writing", ("pikepdf", "/stamping/", "/pdf/")),
    ("other checks", ("/verification/",)),
)
"""What a function's time counts for: the first part one of whose words is in the path of its module."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One article: its pages, and what each took."""

    name: str
    page_count: int
    claims: bool
    taken: dict[str, Taken]

    @property
    def clock(self) -> float:
        """Ours with two jobs to the limit, by the clock."""
        return self.taken[BESIDE].clock / self.taken[LIMIT].clock

    @property
    def processor(self) -> float:
        """Ours with one job to the limit, in time of the processor."""
        return self.taken[OURS].processor / self.taken[LIMIT].processor

    @property
    def processor_of_both(self) -> float:
        """Ours with two jobs to the limit, in time of the processor."""
        return self.taken[BESIDE].processor / self.taken[LIMIT].processor


def at_the_limit(source: Path, copy: Path, profile: str) -> None:
    """Do what no proof can leave out."""
    for path in (source, copy):
        document = pypdfium2.PdfDocument(path)
        document.init_forms()
        for page in document:
            page.render(scale=SCALE, may_draw_forms=True, rev_byteorder=True).close()
            page.get_textpage().get_text_range()
            page.close()
        document.close()
    if profile:
        validate(source, profile)
        validate(copy, profile)


def validate(path: Path, profile: str) -> None:
    import page  # noqa: PLC0415 - takes long to import

    page.validate_pdf_bytes(path.read_bytes(), profile=profile)


def with_pikepdf(source: Path, copy: Path) -> None:
    """The same job without a proof."""
    with pikepdf.open(source) as pdf, pikepdf.open(sheet(copy.parent)) as stamp:
        form = pdf.copy_foreign(stamp.pages[0].as_form_xobject())
        for page in pdf.pages:
            page.add_overlay(form)
        pdf.attachments["notice.md"] = pikepdf.AttachedFileSpec.from_filepath(pdf, NOTICE)
        with pdf.open_metadata() as metadata:
            metadata["dc:description"] = "Retracted"
        pdf.save(copy)
    digested(source, copy)


def with_pypdf(source: Path, copy: Path) -> None:
    """The same job without a proof."""
    writer, stamp = pypdf.PdfWriter(clone_from=source), pypdf.PdfReader(sheet(copy.parent)).pages[0]
    for page in writer.pages:
        page.merge_page(stamp)
    writer.add_attachment("notice.md", NOTICE.read_bytes())
    writer.add_metadata({"/Subject": "Retracted"})
    writer.write(copy)
    digested(source, copy)


def digested(*paths: Path) -> None:
    for path in paths:
        with path.open("rb") as file:
            hashlib.file_digest(file, "sha256")


PEERS = {"pikepdf, no proof": with_pikepdf, "pypdf, no proof": with_pypdf}


def profile_of(source: Path) -> str:
    """Return the profile by which page-validation judges an article, "" for one without a claim that it knows."""
    claims = inspect(source).claims
    name = f"{claims.pdfa_part}{claims.pdfa_conformance.lower()}" if claims.pdfa_part else ""
    name = name or (f"ua{claims.pdfua_part}" if claims.pdfua_part else "")
    return name if name in page_validation.PROFILES else ""


def measured(source: Path, folder: Path, rounds: int) -> Measured | None:
    """Return what an article takes, or None for one that is refused."""
    copy = folder / "copy.pdf"
    try:
        profile = profile_of(source)
        stamped(source, copy, Proof.FULL)
    except Exception:  # noqa: BLE001 - refused, as it has to be: the number of articles says so
        return None
    work = {
        OURS: partial(stamped, source, copy, Proof.FULL),
        BESIDE: partial(stamped, source, copy, Proof.FULL, jobs=2),
        LIMIT: partial(at_the_limit, source, copy, profile),
    }
    for name, tool in PEERS.items():
        try:
            tool(source, folder / "peer.pdf")
        except Exception:  # noqa: BLE001, S112 - a peer may not open it
            continue
        work[name] = partial(tool, source, folder / "peer.pdf")
    taken = interleaved(work, rounds, partial(forget_verdicts, folder))
    with pypdfium2.PdfDocument(source) as document:
        page_count = len(document)
    return Measured(name=source.name, page_count=page_count, claims=bool(profile), taken=taken)


def reason_of(source: Path, folder: Path) -> str:
    """Return where a stamp spends its time, by the profiler: the three largest parts, in percent."""
    profile = cProfile.Profile()
    profile.runcall(stamped, source, folder / "copy.pdf", Proof.FULL)
    spent: Counter[str] = Counter()
    for (file, _, name), (_, _, own, _, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        where = file if file != "~" else name
        spent[next((part for part, words in PARTS if any(word in where for word in words)), "other")] += own
    total = sum(spent.values())
    return ", ".join(f"{part} {seconds / total:.0%}" for part, seconds in spent.most_common(3))


def table(title: str, sources: Sequence[Path], folder: Path, rounds: int) -> Iterator[str]:
    several = {source: one for source in sources if (one := measured(source, folder, rounds)) is not None}
    if not several:
        return
    articles = list(several.values())
    yield from ("", f"## {title}: {len(articles)} of {len(sources)} articles marked, {rounds} rounds", "")
    yield from _summary(articles)
    yield from (
        "",
        (
            "| article | pages | claim | limit, ms | two jobs, clock, ms | to the limit | one job, processor, ms "
            "| to the limit | two jobs, processor, to the limit |"
        ),
        "|---|---:|---|---:|---:|---:|---:|---:|---:|",
    )
    for one in sorted(articles, key=lambda one: -one.clock):
        limit, beside, ours = (one.taken[name] for name in (LIMIT, BESIDE, OURS))
        yield (
            f"| {one.name} | {one.page_count} | {'yes' if one.claims else ''} | {limit.clock * 1e3:.0f} "
            f"| {beside.clock * 1e3:.0f} | {one.clock:.2f} | {ours.processor * 1e3:.0f} | {one.processor:.2f} "
            f"| {one.processor_of_both:.2f} |"
        )
    yield from ("", f"The worst {WORST}, and where their time goes (with the profiler, which favours C):", "")
    for source, one in sorted(several.items(), key=lambda pair: -pair[1].clock)[:WORST]:
        yield f"- {one.name}, {one.clock:.2f}: {reason_of(source, folder)}"


def _summary(articles: Sequence[Measured]) -> Iterator[str]:
    """Yield the totals, by the clock and by the processor, and the peers."""
    for words, tool, is_clock in (
        (f"two jobs, by the clock (bars {TOTAL_BAR}, and {MOST_BAR} for {MOST_SHARE:.0%})", BESIDE, True),
        ("two jobs, in time of the processor", BESIDE, False),
        ("one job, in time of the processor", OURS, False),
    ):
        of_ours, of_limit = (
            [one.taken[name].clock if is_clock else one.taken[name].processor for one in articles]
            for name in (tool, LIMIT)
        )
        ratios = sorted(ours / limit for ours, limit in zip(of_ours, of_limit, strict=True))
        within = sum(ratio <= MOST_BAR for ratio in ratios) / len(ratios)
        ours, limit = sum(of_ours), sum(of_limit)
        yield f"- {words}: {ours:.2f} s, the limit {limit:.2f} s: **{ours / limit:.2f} times the limit**;"
        yield (
            f"  median {statistics.median(ratios):.2f}, 90th percentile {_at(ratios, 0.9):.2f}, most {ratios[-1]:.2f}, "
            f"{within:.0%} within {MOST_BAR}"
        )
    for name in PEERS:
        both = [one.taken for one in articles if name in one.taken]
        if both:
            ratio = sum(one[OURS].processor for one in both) / sum(one[name].processor for one in both)
            yield f"- {name}: {len(both)} articles; ours takes {ratio:.1f} times as long, with the proof"


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(round(share * len(ordered)), len(ordered) - 1)]


def have_helper(folder: Path) -> None:
    """Stamp until this process has a helper, as one that stays does after its first articles."""
    while not ready_helpers():
        stamped(article(folder, "text", 12), folder / "copy.pdf", Proof.FULL, jobs=2)


def forget_verdicts(folder: Path) -> None:
    """Let this process and its helper forget what page-validation has said: nobody stamps the same article again."""
    page_validation._kept.clear()
    if not ready_helpers():
        return
    helper = Helper(limits_for([]), bool)
    helper.ask(exec, FORGET).result()
    helper.close(bool)
    end = time.monotonic() + SECONDS_TO_LEAVE
    while not ready_helpers() and time.monotonic() < end:
        time.sleep(0.001)
    have_helper(folder)  # a worker that was asked often is not used again


def sets(folder: Path) -> dict[str, tuple[str, list[Path]]]:
    return {
        "real": ("Real articles", sorted((CORPUS / "articles").glob("*.pdf"))),
        "pdfa": ("PDF/A and PDF/UA", sorted((CORPUS / "pdfa").glob("*pass*.pdf"))),
        "made": ("Made for the benchmark", [article(folder, kind, count) for kind, count in MADE]),
    }


def as_a_worker() -> None:
    """Give this process the settings of a worker of a batch; it begins again where numpy has threads of its own."""
    if any(os.environ.get(name) != value for name, value in SINGLE_THREAD_ENV.items()):
        command = [sys.executable, "-m", "tests.benchmarks.limit", *sys.argv[1:]]
        os.execve(sys.executable, command, os.environ | SINGLE_THREAD_ENV)  # noqa: S606 - the same program
    gc.set_threshold(*GC_THRESHOLDS)


def main() -> None:
    as_a_worker()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sets", nargs="*", default=["real", "pdfa", "made"], choices=["real", "pdfa", "made"])
    parser.add_argument("--every", type=int, default=1, help="measure one article in so many")
    parser.add_argument("--files", nargs="*", type=Path, default=[])
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    lines = [
        "# Ours to the limit",
        "",
        "Written by `python -m tests.benchmarks.limit`, whose docstring says what the limit is.",
        (
            f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, Python {platform.python_version()}, "
            f"load {os.getloadavg()[1]:.1f} before it began."
        ),
    ]
    with TemporaryDirectory() as name:
        folder = Path(name)
        have_helper(folder)
        chosen = {"files": ("Files", asked.files)} if asked.files else {}
        chosen |= {key: value for key, value in sets(folder).items() if key in asked.sets and not asked.files}
        for title, sources in chosen.values():
            for line in table(title, sources[:: asked.every], folder, asked.rounds):
                click.echo(line)
                lines.append(line)
    if asked.write:
        RESULTS.write_text("\n".join([*lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()

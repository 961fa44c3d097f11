"""What must not become slower, in counts and ratios that hold on any machine: never in seconds.

A count is of the functions that were called, C functions among them, and the same in each run. It may rise when more is
proved: then raise the bar here, in the commit that says what for.
"""

import cProfile
import os
import pstats
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.benchmarks.articles import SAMPLES, article
from tests.benchmarks.limit import LIMIT, OURS, at_the_limit
from tests.benchmarks.measuring import interleaved, usage_of
from tests.benchmarks.ours import mark, plan_for, stamped
from tests.benchmarks.peers import with_pypdf
from watermark.article import title_matching
from watermark.models import Proof
from watermark.runtime.process_tuning import SINGLE_THREAD_ENV

Work = Callable[[Path, Path], None]
FEW, MORE, MANY = 8, 24, 72
CALLS_A_PAGE: list[tuple[Work, int]] = [
    (mark, 250),
    (partial(stamped, proof=Proof.STRUCTURE), 4_900),
    (partial(stamped, proof=Proof.FULL), 6_000),
]
CASES = [
    pytest.param(*case, id=name, marks=marks)
    for case, name, marks in zip(
        CALLS_A_PAGE, ("marking", "structure", "full proof"), ((), pytest.mark.slow, pytest.mark.slow), strict=True
    )
]
MOST_LIMITS, MOST_ROUNDS = 2.8, 9
"""How many times longer than the limit a stamp takes at most. These articles take 2.2; LIMIT.md has real ones."""
FORMATS = "crossref_json crossref_xml jats pdf retraction_watch yaml_values"
OTHER_FORMS = "yaml csv " + " ".join(f"watermark.notice.formats.{name}" for name in FORMATS.split())
OTHER_TABLES = "fontTools.subset fontTools.ttLib.tables.otTables fontTools.ttLib.tables._p_o_s_t importlib.resources"
WRITERS = "watermark.stamping.pipeline watermark.stamping.plan watermark.stamping.mark watermark.stamping.metadata"
OTHER_COMMANDS = "watermark.batch watermark.audit watermark.batch.ledger watermark.batch.reports sqlite3"
OTHER_WORK = "uri_pat uharfbuzz._harfbuzz msgspec typing_extensions tomllib rich email.message http multiprocessing"
MOST_MODULES, MOST_OWN_MODULES, MOST_EXPRESSIONS, MOST_AGAIN = 1003, 344, 820, 370
"""How many modules a stamp loads, and expressions it compiles, those of libraries and of Python among them.

The first stamp of a user compiles many; those behind it only what is not kept.
"""
HEAVY = "numpy pikepdf pypdf pypdfium2 fontTools lxml page yaml rapidfuzz cryptography multiprocessing"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("articles")


def calls_a_page(folder: Path, work: Work, few: int, many: int) -> float:
    """Return how many functions are called for one page more."""
    counts = []
    for page_count in (few, many):
        source = article(folder, "text", page_count)
        plan_for(source)
        work(source, folder / "copy.pdf")  # what is kept for the whole process
        profile = cProfile.Profile()
        profile.runcall(work, source, folder / "copy.pdf")
        counts.append(sum(row[1] for row in pstats.Stats(profile).stats.values()))  # type: ignore[attr-defined]
    return (counts[1] - counts[0]) / (many - few)


@pytest.mark.parametrize(("work", "most"), CASES)
def test_a_page_costs_no_more_calls_and_the_last_page_what_the_first_does(folder: Path, work: Work, most: int) -> None:
    first, last = calls_a_page(folder, work, FEW, MORE), calls_a_page(folder, work, MORE, MANY)
    assert first <= most
    assert last <= 1.3 * first


def test_marking_takes_less_than_half_the_time_of_pypdf(folder: Path) -> None:
    source = article(folder, "text", MORE)
    plan_for(source)
    tools = {"ours": mark, "pypdf": with_pypdf}
    taken = interleaved({name: partial(tool, source, folder / f"{name}.pdf") for name, tool in tools.items()}, 9)
    assert 2 * taken["ours"].processor < taken["pypdf"].processor


@pytest.mark.slow
def test_a_stamp_with_its_full_proof_stays_near_what_no_proof_can_leave_out(folder: Path) -> None:
    """The least of several rounds counts, and the first round that is good enough ends the test."""
    copy = folder / "copy.pdf"
    sources = [SAMPLES / "article.pdf", article(folder, "text", MORE)]
    least = {(source, work): float("inf") for source in sources for work in (OURS, LIMIT)}
    for _ in range(MOST_ROUNDS):
        for source in sources:
            for name, work in ((OURS, partial(stamped, proof=Proof.FULL)), (LIMIT, partial(at_the_limit, profile=""))):
                taken = usage_of(partial(work, source, copy)).processor
                least[source, name] = min(least[source, name], taken)
        ours, limit = (sum(least[source, name] for source in sources) for name in (OURS, LIMIT))
        if ours <= MOST_LIMITS * limit:
            return
    pytest.fail(f"a stamp takes {ours / limit:.2f} times the limit, and at most {MOST_LIMITS} are allowed")


def loaded(*arguments: str, cache: str = "") -> list[str]:
    """Return the modules that a command has loaded when it is done; `cache` is a folder to keep indexes in.

    Without one, nothing is there that an earlier command has kept. It runs in a folder without a configuration, which
    would have to be read. `uri_pat` among them is an expression of reportlab that was compiled, and `expression` any
    that was.
    """
    program = f"""
import re, sys
from re import _compiler
compiled, compile_now = [], _compiler._code
_compiler._code = lambda *given: compiled.append("expression") or compile_now(*given)
from watermark.cli import main
if {arguments[0] != "--help"}:
    from watermark.cli import in_worker_process
    in_worker_process.turn_on()
    in_worker_process._is_on.clear()  # what a worker would load is counted, too
try:
    main({list(arguments)!r})
except SystemExit as end:
    if kept := sys.modules.get("watermark.runtime.kept_expressions"):
        kept.save()  # as the worker does
    paragraph = sys.modules.get("reportlab.platypus.paragraph")
    compiled += ["uri_pat"] if paragraph and isinstance(paragraph.uri_pat, re.Pattern) else []
    print(*sys.modules, *compiled, end.code)
"""
    environment = {**os.environ, "XDG_CACHE_HOME": cache or os.devnull}
    environment["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, env=environment, cwd=SAMPLES.anchor
    )
    *modules, status = done.stdout.splitlines()[-1].split(" ")
    assert status == "0", done.stderr
    return modules


def imported(names: str, *arguments: str, cache: str = "") -> list[str]:
    """Return which of these modules a command has loaded when it is done."""
    modules = loaded(*arguments, cache=cache)
    return [name for name in names.split() if name in modules]


def test_help_imports_nothing_heavy() -> None:
    assert imported(HEAVY, "--help") == []


def test_help_starts_no_worker_and_loads_of_this_package_only_what_reads_the_command_line() -> None:
    program = (
        "import sys, atexit, runpy; sys.argv = ['watermark', '--help'];"
        "atexit.register(lambda: print(sorted(n for n in sys.modules if n.startswith('watermark'))));"
        "runpy.run_module('watermark', run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    loaded = done.stdout.splitlines()[-1]
    assert loaded.count("'watermark") <= 9, loaded
    assert "isolat" not in loaded


@pytest.mark.slow
def test_help_takes_little_more_than_importing_click() -> None:
    """Click itself is some 3.5 times a bare Python, and the help is at most 1.3 times that."""
    commands = {"click": ["-c", "import click"], "help": ["-m", "watermark", "--help"]}

    def run(arguments: list[str]) -> None:
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)

    seconds = {name: [usage_of(partial(run, each)).processor for _ in range(15)] for name, each in commands.items()}
    assert min(seconds["help"]) < 1.3 * min(seconds["click"])


def test_who_stamps_with_a_notice_in_words_waits_for_no_other_form_of_it_and_no_table_that_no_font_needs(
    folder: Path,
) -> None:
    notice, article_file = SAMPLES / "retraction-notice.md", SAMPLES / "article.pdf"
    given = ("stamp", str(article_file), "--notice", str(notice), "-o", str(folder / "cheap.pdf"), "--overwrite")
    modules = loaded(*given, "--proof", "structure")
    unused = f"{OTHER_FORMS} {OTHER_TABLES} {OTHER_COMMANDS} {OTHER_WORK}".split()
    assert [name for name in unused if name in modules] == []
    assert modules.count("expression") <= MOST_EXPRESSIONS
    cache = str(folder / "kept")
    first, second = (loaded(*given, "--proof", "structure", cache=cache).count("expression") for _ in range(2))
    assert second <= MOST_AGAIN < first
    assert len(set(modules)) <= MOST_MODULES
    assert len([name for name in modules if name.startswith("watermark")]) <= MOST_OWN_MODULES


def test_who_checks_an_article_that_is_not_retracted_waits_for_no_writer_and_no_second_reader(folder: Path) -> None:
    listed = folder / "list.csv"
    listed.write_text("doi,state,date\n10.5555/elsewhere,retraction,2024-05-01\n", encoding="utf-8")
    given = ("check", str(SAMPLES / "article.pdf"), "--retractions", str(listed))
    unused = (
        f"{HEAVY.replace('pypdfium2 ', '')} {OTHER_FORMS} watermark.stamping.pipeline watermark.verification.verifier"
    )
    assert "csv" in imported(unused, *given, cache=str(folder))  # for once, to make the index of the list
    assert imported(unused, *given, cache=str(folder)) == []


def test_a_proof_by_structure_loads_no_writer_and_no_reader_of_articles_and_bags(folder: Path) -> None:
    copy = folder / "verified.pdf"
    stamped(SAMPLES / "article.pdf", copy, Proof.STRUCTURE)
    unused = f"bagit pikepdf rapidfuzz yaml watermark.article watermark.audit.formats {OTHER_FORMS} {WRITERS}"
    assert imported(unused, "verify", str(copy), "-q", "--proof", "structure") == []


ENDING = """
import atexit, gc, os, runpy, sys
threads = lambda: len(os.listdir("/proc/self/task")) if os.path.exists("/proc/self/task") else 1
atexit.register(lambda: print(len(gc.get_objects()) < 1000, threads(), os.environ.get({variable!r})))
sys.argv = {arguments!r}
runpy.run_module({module!r}, run_name="__main__", alter_sys=True)
"""


@pytest.mark.parametrize(
    ("module", "arguments"), [("watermark", ("verify", "-q")), ("watermark.hook", ("marked-are-intact",))]
)
def test_a_command_starts_no_thread_for_sums_and_ends_without_collecting_garbage(
    folder: Path, module: str, arguments: tuple[str, ...]
) -> None:
    copy = folder / f"{module}.pdf"
    stamped(SAMPLES / "article.pdf", copy, Proof.STRUCTURE)
    program = ENDING.format(
        module=module, arguments=["watermark", *arguments, str(copy)], variable="OPENBLAS_NUM_THREADS"
    )
    environment = {name: value for name, value in os.environ.items() if name not in SINGLE_THREAD_ENV}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.splitlines() == ["True 1 1"]


def test_a_title_in_latin_letters_waits_for_no_expression_of_all_scripts() -> None:
    title_matching._expression.cache_clear()
    assert (
        title_matching.compared("On the 3 Mice of A549 cells", "On the three mice")
        is title_matching.SimilarityLevel.OTHER
    )
    assert title_matching.is_telling("Selenium protects the heart of mice")
    assert title_matching._expression.cache_info().currsize == 0
    assert title_matching.compared("関節の痛み", "関節の痛") is title_matching.SimilarityLevel.OTHER
    assert title_matching._expression.cache_info().currsize

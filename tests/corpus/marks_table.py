"""How many marks after publishers' patterns `watermark check` finds: prints each that is missed, and a table.

`python -m tests.corpus.marks_table ARTICLES [--unmarked FOLDER] [--only NAME] [--most N] [--keep FOLDER]` marks four
articles of a folder after each pattern. With `--unmarked`, every PDF of that folder is read, and every alarm is named.
"""

import argparse
import collections
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pikepdf

from tests.helpers.publishers.patterns import Pattern, patterns
from watermark.audit.auditor import AuditRequest
from watermark.audit.classification import AuditResult, Classification
from watermark.audit.runner import audit_files

ARTICLES = ("jose-00184-a3b.pdf", "hindawi-2010.pdf", "rescience-3889694.pdf", "acm-splc-2024.pdf")
MAX_PAGES = 4


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


MARKED = frozenset({Classification.OTHERS_ALL, Classification.OTHERS_SOME, Classification.HIDES})


def write_marked(pattern: Pattern, article: Path, folder: Path) -> Path:
    """Return the path of an article marked after a pattern; only its first pages are kept, so that it is quick."""
    path = folder / f"{pattern.name}@{'all' if pattern.is_whole else 'some'}@{article.stem}.pdf"
    with pikepdf.open(article) as document:
        del document.pages[MAX_PAGES:]
        pattern.apply(document)
        document.save(path)
    return path


def missed(pattern: Pattern, found: AuditResult) -> str:
    """Return what is wrong with the result for a marked file, or ""."""
    if found.kind not in MARKED:
        return f"{found.kind.value} {found.reason}".rstrip()
    is_whole = len(found.marked_pages) == found.page_count
    return "" if is_whole == pattern.is_whole else f"marked pages {found.marked_pages} of {found.page_count}"


def audited(paths: Sequence[Path], *, thorough: bool) -> Iterator[AuditResult]:
    return audit_files([AuditRequest(path=path, thorough=thorough) for path in paths])


def recall(files: Sequence[tuple[Pattern, Path]], *, thorough: bool) -> int:
    """Print each file that is missed, and how many were found; return how many were missed."""
    wrong = collections.Counter[str]()
    found_at_all = 0
    for (pattern, path), found in zip(files, audited([path for _, path in files], thorough=thorough), strict=True):
        found_at_all += found.kind in MARKED
        if reason := missed(pattern, found):
            wrong[pattern.name] += 1
            say(f"  missed: {path.name}: {reason}")
    total, right = len(files), len(files) - wrong.total()
    option = "with --thorough" if thorough else "without --thorough"
    say(f"{option}: {found_at_all} of {total} found, {right} ({right / total:.1%}) with all pages and some told apart")
    say("  " + ", ".join(f"{name} {count}" for name, count in wrong.most_common()))
    return wrong.total()


def alarms(folder: Path, skipped: Sequence[str], *, thorough: bool) -> int:
    """Print each unmarked file that is called marked, or whose mark is in doubt; return how many there are."""
    paths = [path for path in sorted(folder.rglob("*.pdf")) if not any(part in path.parts for part in skipped)]
    wrong = 0
    for path, found in zip(paths, audited(paths, thorough=thorough), strict=True):
        if found.kind in MARKED or found.marked_pages:
            wrong += 1
            say(f"  alarm: {path}: {found.kind.value}: {found.reason}")
    say(f"{wrong} alarms on {len(paths)} unmarked files {'with' if thorough else 'without'} --thorough")
    return wrong


def main() -> int:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("articles", type=Path)
    given.add_argument("--unmarked", type=Path)
    given.add_argument("--skip", action="append", default=[], help="A folder of marked files inside of --unmarked.")
    given.add_argument("--only", default="")
    given.add_argument("--most", type=int, default=len(ARTICLES))
    given.add_argument("--plain", action="store_true", help="Without --thorough only.")
    given.add_argument("--keep", type=Path)
    options = given.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = options.keep or Path(made)
        folder.mkdir(exist_ok=True)
        chosen = [pattern for pattern in patterns() if options.only in pattern.name]
        articles = [options.articles / name for name in ARTICLES[: options.most]]
        files = [(pattern, write_marked(pattern, article, folder)) for pattern in chosen for article in articles]
        ways = (False,) if options.plain else (False, True)
        wrong = sum(recall(files, thorough=thorough) for thorough in ways) if files else 0
    if options.unmarked:
        wrong += sum(alarms(options.unmarked, options.skip, thorough=thorough) for thorough in ways)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())

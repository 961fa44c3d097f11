"""What happens to every PDF in a folder: `python tests/corpus/outcomes.py [FOLDER]`.

Each file is stamped with a notice made for it, in a process of its own with limits. The table counts the outcomes in
each folder; below it, every file is named that PDFium opens with a page and that was not marked. Passwords are taken
from a MANIFEST.tsv in the folder, if there is one.
"""

import argparse
import csv
import json
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypedDict

from watermark.article import Article, inspect_article
from watermark.errors import WatermarkError
from watermark.notice import Notice, NoticeFile, Reference, State
from watermark.pdf.rendering import RenderedDocument
from watermark.stamping.pipeline import stamp_outcome
from watermark.stamping.plan import StampRequest

SHARED = Path(__file__).resolve().parents[3] / "shared" / "corpus"
AT = datetime(2024, 5, 1, 12, tzinfo=UTC)
SECONDS, MEMORY_BYTES = 120, 3 << 30


class Told(TypedDict):
    """The outcome of one file."""

    file: str
    result: str
    reason: str
    findings: list[str]
    pages: int
    seconds: float


def request_for(path: Path, password: str) -> StampRequest:
    """Return the job of marking one file, with a notice that names its own title and DOI."""
    title = doi = ""
    try:
        with Article.opened(path, password) as article, RenderedDocument(path, password=password or None) as look:
            identity = inspect_article(article, look.first_page_lines()).identity
        title = identity.titles[0][0] if identity.titles else ""
        title = title if title == title.encode("cp1252", "ignore").decode("cp1252") else ""  # else --font is needed
        doi = (identity.dois or identity.printed_dois or (("", ""),))[0][0]
    except WatermarkError:
        pass  # stamping will say the same, and that is counted
    except (OSError, RuntimeError, ValueError):
        pass
    notice = Notice(
        state=State.RETRACTION, article=Reference(title=title, doi=doi), doi="10.5555/notice.1", date="2024-05-01"
    )
    file = NoticeFile(notice=notice, data=b"Retracted.\n", name="notice.md", media_type="text/markdown")
    return StampRequest(
        article=path, notice=file, marked_at=AT, match_override_reason="outcomes are counted", password=password
    )


def pages_shown(path: Path, password: str) -> int:
    """Return how many pages PDFium finds in a file; 0 when it does not open it, or cannot load any of them."""
    try:
        with RenderedDocument(path, password=password or None) as look:
            return len(look) if look.has_renderable_page() else 0
    except WatermarkError:
        return 0


def told(path: Path, password: str) -> Told:
    """Return the outcome of one file, stamped here and now."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        outcome = stamp_outcome(request_for(path, password), Path(folder) / "copy.pdf")
        left = sorted(item.name for item in Path(folder).iterdir())
    findings = [
        f"{item.claim}: {item.status}{f', page {item.page_number}' if item.page_number else ''}: {item.message}"
        for item in (outcome.report.findings if outcome.report is not None else ())
        if item.status != "ok"
    ]
    if not outcome.copy and left:
        findings.append(f"left behind: {', '.join(left)}")
    seconds = time.monotonic() - start
    return Told(
        file=str(path),
        result=outcome.result.value,
        reason=outcome.reason,
        findings=findings,
        pages=0,
        seconds=round(seconds, 2),
    )


def _child(path: Path, password: str, pipe: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    pipe.send(pages_shown(path, password))
    pipe.send(told(path, password))


def outcomes(folder: Path) -> Iterator[Told]:
    """Yield the outcome of each PDF in the folder, one process each: a crash costs one file."""
    passwords = _passwords(folder)
    fork = get_context("fork")
    for path in sorted(folder.rglob("*.pdf")):
        here, there = fork.Pipe(duplex=False)
        child = fork.Process(target=_child, args=(path, passwords.get(str(path.relative_to(folder)), ""), there))
        child.start()
        there.close()
        pages, found = 0, None
        deadline = time.monotonic() + SECONDS
        try:
            while found is None and here.poll(max(deadline - time.monotonic(), 0)):
                got = here.recv()
                pages, found = (got, found) if isinstance(got, int) else (pages, got)
            why = "no end within the time" if found is None else ""
        except EOFError:
            child.join()
            why = f"the process ended with {child.exitcode}"
        child.kill()
        child.join()
        here.close()
        nothing = Told(file=str(path), result="crashed", reason=why, findings=[], pages=0, seconds=SECONDS)
        one = found or nothing
        one["file"], one["pages"] = str(path.relative_to(folder)), pages
        yield one


def _passwords(folder: Path) -> dict[str, str]:
    manifest = folder / "MANIFEST.tsv"
    if not manifest.is_file():
        return {}
    with manifest.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    known = {row["file"]: (row.get("user_password", ""), row.get("owner_password", "")) for row in rows}
    return {file: next((one for one in pair if one and one[0] != "("), "") for file, pair in known.items()}


def kind_of(one: Told) -> str:
    """Return the column that a file counts in."""
    if one["result"] == "marked":
        return "marked"
    if one["result"] == "refused":
        known = {
            "digitally signed": "signed",
            "XFA form": "XFA",
            "portfolio": "portfolio",
            "encrypted": "password",
            "damaged": "damaged",
            "not a PDF": "no PDF",
            "the marked copy failed verification": "unproved",
        }
        return next((column for words, column in known.items() if words in one["reason"]), "refused")
    return one["result"]


def table(found: list[Told]) -> str:
    """Return the outcomes by folder as a Markdown table."""
    counts: dict[str, Counter[str]] = {}
    for one in found:
        folder = one["file"].split("/")[0] if "/" in one["file"] else "."
        counts.setdefault(folder, Counter())[kind_of(one)] += 1
    total = sum(counts.values(), Counter())
    columns = [kind for kind, _ in total.most_common()]
    lines = [["folder", "files", *columns]]
    lines += [
        [name, str(row.total()), *(str(row[kind] or "") for kind in columns)]
        for name, row in (*sorted(counts.items()), ("all", total))
    ]
    lines.insert(1, ["---", *["---:"] * (len(columns) + 1)])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    """Stamp, count, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED)
    parser.add_argument("--json", type=Path, help="write one line for each file here, too")
    options = parser.parse_args()
    found: list[Told] = []
    with (options.json or Path("/dev/null")).open("w", encoding="utf-8") as lines:
        for one in outcomes(options.folder):
            found.append(one)
            lines.write(json.dumps(one, ensure_ascii=False) + "\n")
            lines.flush()
    shown = [one for one in found if one["pages"]]
    lines_out = [table(found), f"\n{len(shown)} of {len(found)} files show pages in PDFium. Not marked:\n"]
    for one in shown:
        if one["result"] != "marked":
            lines_out.append(f"{one['file']} ({one['pages']} pages): {one['result']}: {one['reason']}")
            lines_out += [f"    {finding}" for finding in one["findings"][:6]]
    sys.stdout.write("\n".join(lines_out) + "\n")


if __name__ == "__main__":
    sys.exit(main())

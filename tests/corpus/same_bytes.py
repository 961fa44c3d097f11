"""Write down what marking makes of real articles, and compare two versions of the tool by it.

    python -m tests.corpus.same_bytes record BEFORE.json [--revision REV]
    python -m tests.corpus.same_bytes record AFTER.json
    python -m tests.corpus.same_bytes compare BEFORE.json AFTER.json

`record` marks every article of `shared/corpus/articles` and 60 other files of the corpus through the command line,
with the same notice and the same `--at`, and writes the exit status and the SHA-256 of each copy and each record
beside it. With `--revision` the tool is taken from that commit instead of the working tree.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.conftest import SHARED

REPOSITORY = Path(__file__).parents[2]
OTHER_FILES = 60
AT = "2026-01-02T03:04:05Z"
NOTICE = REPOSITORY / "samples" / "retraction-notice.md"


def files_to_mark() -> list[Path]:
    """Return all articles, then 60 other PDFs spread evenly over the rest of the corpus."""
    corpus = SHARED / "corpus"
    articles = sorted((corpus / "articles").glob("*.pdf"))
    others = sorted(path for path in corpus.glob("*/*.pdf") if path.parent.name not in {"articles", "long"})
    return articles + others[:: len(others) // OTHER_FILES][:OTHER_FILES]


def marked(article: Path, folder: Path, tree: Path) -> dict[str, str]:
    """Mark one article with the tool in `tree`; return its exit status and the digests of what was written."""
    copy = folder / f"{article.parent.name}-{article.name}"
    command = [sys.executable, "-m", "watermark", "stamp", str(article), "--notice", str(NOTICE), "-o", str(copy)]
    command += ["--at", AT, "--force-match", "compared with another version", "--quiet", "--proof", "structure"]
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    done = subprocess.run(command, capture_output=True, check=False, cwd=folder, env=environment)
    digests = {
        path.name.removeprefix(copy.stem): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.glob(f"{copy.stem}.*"))
    }
    return {"status": str(done.returncode), **digests}


def record(tree: Path) -> dict[str, dict[str, str]]:
    """Return the result for every file, by its path in the corpus."""
    files = files_to_mark()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as threads:
        results = threads.map(lambda article: marked(article, Path(folder), tree), files)
        return {str(path.relative_to(SHARED / "corpus")): result for path, result in zip(files, results, strict=True)}


def record_of_revision(revision: str) -> dict[str, dict[str, str]]:
    """Return the results of the tool as it was at a commit."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        git = ["git", "-C", str(REPOSITORY), "worktree"]
        subprocess.run([*git, "add", "--quiet", "--detach", str(tree), revision], check=True)
        try:
            return record(tree)
        finally:
            subprocess.run([*git, "remove", "--force", str(tree)], check=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    recording = commands.add_parser("record")
    recording.add_argument("file", type=Path)
    recording.add_argument("--revision", default="")
    comparing = commands.add_parser("compare")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    arguments = parser.parse_args()
    if arguments.command == "record":
        results = record_of_revision(arguments.revision) if arguments.revision else record(REPOSITORY)
        arguments.file.write_text(json.dumps(results, indent=1), "utf-8")
        copies = sum(".pdf" in result for result in results.values())
        sys.stdout.write(f"{len(results)} files marked, {copies} copies written\n")
        return 0
    before, after = (json.loads(path.read_text("utf-8")) for path in (arguments.before, arguments.after))
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    for name in changed:
        sys.stdout.write(f"{name}: {before.get(name)} became {after.get(name)}\n")
    sys.stdout.write(f"{len(before)} files compared, {len(changed)} differ\n")
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())

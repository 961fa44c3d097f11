"""A back catalogue to be marked, with everything in it that goes wrong, and what has to come of each row.

`python tests/batch/catalogue.py FOLDER --articles 2000` makes it; `tests/batch/demonstration.py` marks it in every way.
"""

import argparse
import csv
import hashlib
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.helpers.build import build
from watermark.batch.ledger import Ledger, LedgerEntry

HOSTILE = Path(__file__).parent / "hostile"
COLUMNS = ("article", "notice", "doi", "date", "force_match")
PIECE = bytes(1 << 20)
SHAPES: tuple[Mapping[str, Any], ...] = (
    {"pages": 1},
    {"pages": 4, "xref": "stream"},
    {"pages": 2, "rotate": 90, "crop_box": (20, 20, 500, 700)},
    {"pages": 2, "pdfa": "2b"},
    {"pages": 3, "tagged": True, "lang": "en"},
    {"pages": 2, "revisions": 2, "eof_newline": False},
    {"pages": 8, "compress": True, "links": True, "outlines": True},
    {"pages": 2, "encryption": {"owner": "owner", "user": "", "R": 6}},
)
VOLATILE = ("started_at", "seconds", "article_etag", "copy_etag")


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """How many rows of each kind that is not marked."""

    absent: int
    mismatches: int
    encrypted: int
    damaged: int

    @classmethod
    def of(cls, count: int) -> "Wrong":
        """Return the shares of a catalogue of 2,000: 20, 20, 10 and 10; at least one of each."""
        return cls(
            absent=max(count // 100, 1),
            mismatches=max(count // 100, 1),
            encrypted=max(count // 200, 1),
            damaged=max(count // 200, 1),
        )


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """A manifest, its articles, and the result and exit status that each row has to come to."""

    folder: Path
    expected: Mapping[str, tuple[str, int]]

    @property
    def manifest(self) -> Path:
        """The file of the manifest."""
        return self.folder / "manifest.csv"

    @property
    def articles(self) -> Path:
        """The folder of the articles."""
        return self.folder / "articles"


def made(folder: Path, count: int, *, big_bytes: int, corpus: Path | None = None) -> Catalogue:
    """Make a catalogue of `count` rows in a folder, the last of them `big_bytes` large.

    With a folder of real articles every fourth sound row is one of them.
    """
    real = sorted(corpus.glob("*.pdf")) if corpus else []
    expected: dict[str, tuple[str, int]] = {}
    (folder / "notices").mkdir(parents=True)
    with (folder / "manifest.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.DictWriter(file, COLUMNS, restval="")
        rows.writeheader()
        for number, (kind, article) in enumerate(_kinds(count, big_bytes)):
            title = f"The effect of treatment {number} on the outcome of trial {number * 7 + 1}"
            row = {"article": article, "notice": f"notices/{number}.md", "date": "2024-05-01"}
            path = folder / "articles" / article
            path.parent.mkdir(parents=True, exist_ok=True)
            if kind == "sound" and real and number % 4 == 0:
                path.write_bytes(real[number // 4 % len(real)].read_bytes())
                row["force_match"] = "a stand-in for the article of the notice"
            else:
                _write(path, kind, number, title, big_bytes)
            (folder / row["notice"]).write_text(_notice(title), "utf-8")
            rows.writerow(row)
            expected[article] = _EXPECTED[kind]
    (folder / "expected.json").write_text(json.dumps(expected))
    return Catalogue(folder=folder, expected=expected)


def opened(folder: Path) -> Catalogue:
    """Return the catalogue that was made in a folder."""
    expected = json.loads((folder / "expected.json").read_text())
    return Catalogue(folder=folder, expected={row: tuple(result) for row, result in expected.items()})


_EXPECTED = {
    "sound": ("marked", 0),
    "big": ("marked", 0),
    "absent": ("not found", 4),
    "mismatch": ("refused", 3),
    "encrypted": ("refused", 3),
    "damaged": ("refused", 3),
    "hangs": ("failed", 4),
    "aborts": ("failed", 4),
}


def _kinds(count: int, big_bytes: int) -> Iterator[tuple[str, str]]:
    """Yield the kind and the path of each row; rows that fail are among those that do not."""
    wrong = Wrong.of(count)
    kinds = ["absent"] * wrong.absent + ["mismatch"] * wrong.mismatches
    kinds += ["encrypted"] * wrong.encrypted + ["damaged"] * wrong.damaged + ["hangs", "aborts"]
    kinds += ["big"] * bool(big_bytes)
    every = count // len(kinds)
    for number in range(count):
        place, rest = divmod(number, every)
        kind = kinds[place] if rest == every // 2 and place < len(kinds) else "sound"
        yield kind, f"{number // 500}/{number:05}-{kind}.pdf"


def _write(path: Path, kind: str, number: int, title: str, big_bytes: int) -> None:
    shape = SHAPES[number % len(SHAPES)]
    words = (title, "Page {number} of the article.", "It has been read by many.")
    if kind == "mismatch":
        other = "Another study of something else entirely, in mice"
        path.write_bytes(build(title=other, text=(other, *words[1:])))
    elif kind == "encrypted":
        path.write_bytes(build(title=title, text=words, encryption={"owner": "owner", "user": "user", "R": 6}))
    elif kind == "damaged":
        data = build(title=title, text=words)
        path.write_bytes(data[: len(data) // 5])
    elif kind == "big":
        _write_big(path, build(title=title, text=words), big_bytes)
    elif kind != "absent":
        path.write_bytes(build(title=title, text=words, **shape))


def _write_big(path: Path, data: bytes, size: int) -> None:
    """Write the PDF with one more revision, which is a stream of `size` bytes that nothing refers to."""
    start = int(data.rsplit(b"startxref\n", 1)[1].split()[0])
    number = int(re.findall(rb"/Size\s*(\d+)", data)[-1])
    root, info = (re.findall(rb"/%s\s*(\d+ \d+)" % name, data)[-1] for name in (b"Root", b"Info"))
    identifier = re.findall(rb"/ID\s*(\[.*?\])", data)[-1]
    with path.open("wb") as file:
        file.write(data)
        offset = file.tell()
        file.write(b"%d 0 obj\n<< /Length %d >>\nstream\n" % (number, size))
        for _ in range(size // len(PIECE)):
            file.write(PIECE)
        file.write(bytes(size % len(PIECE)) + b"\nendstream\nendobj\n")
        xref = file.tell()
        file.write(b"xref\n%d 1\n%010d 00000 n \n" % (number, offset))
        file.write(
            b"trailer\n<< /Size %d /Root %s R /Info %s R /ID %s /Prev %d >>\n"
            % (number + 1, root, info, identifier, start)
        )
        file.write(b"startxref\n%d\n%%%%EOF\n" % xref)


def _notice(title: str) -> str:
    return (
        f"# {title} [Retraction]\n\nWe, the editors, retract the article named above: its data cannot be relied on.\n"
    )


def attempts_in(ledger: Path, out: str) -> list[dict[str, Any]]:
    """Return every attempt in a ledger as plain values, without times, and paths without the folder of the copies."""
    with Ledger.opened(ledger) as opened_ledger:
        return [_plain(entry, out) for entry in opened_ledger.entries(all_attempts=True)]


def _plain(entry: LedgerEntry, out: str) -> dict[str, Any]:
    values = {name: getattr(entry, name) for name in LedgerEntry.__slots__ if name not in VOLATILE}
    return {name: value.replace(out, "OUT") if isinstance(value, str) else value for name, value in values.items()}


def results(ledger: Path) -> dict[str, tuple[str, int]]:
    """Return the result and the exit status of each row."""
    with Ledger.opened(ledger) as opened_ledger:
        return {entry.row: (entry.result, entry.exit_status) for entry in opened_ledger.entries()}


def digests(out: Path) -> dict[str, str]:
    """Return the SHA-256 of every file among the copies, the ledger's own files left out."""
    files = sorted(path for path in out.rglob("*") if path.is_file() and not path.name.startswith("ledger.sqlite"))
    return {path.relative_to(out).as_posix(): _digest(path) for path in files}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def main() -> None:
    """Make a catalogue."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--big", type=int, default=1 << 30, metavar="BYTES")
    parser.add_argument("--corpus", type=Path, help="folder of real articles")
    options = parser.parse_args()
    made(options.folder, options.articles, big_bytes=options.big, corpus=options.corpus)


if __name__ == "__main__":
    main()

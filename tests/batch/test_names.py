"""An article may have any name that a drive takes: it is marked, reported, checked and restored under that name."""

import csv
import hashlib
import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest

from tests.batch.running import AT, here
from tests.helpers.build import build
from watermark.batch.ledger import Ledger
from watermark.batch.storage import Folder

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes all of these names")
KINDS: Mapping[str, Callable[[int], bytes]] = {
    "latin-1": lambda number: b"r\xe9sum\xe9-%d.pdf" % number,
    "decomposed": lambda number: unicodedata.normalize("NFD", f"Übersicht-é{number}.pdf").encode(),
    "emoji": lambda number: f"\U0001f4c4\U0001f9ea-{number}.pdf".encode(),
    "long": lambda number: b"%d" % number + b"a" * 245 + b".pdf",
    "quotes": lambda number: f'it\'s "quoted" `{number}` $(x) %PATH%.pdf'.encode(),
    "newline": lambda number: b"two\nlines-%d.pdf" % number,
    "dash": lambda number: b"--overwrite%d.pdf" % number,
    "reserved": lambda number: (b"CON.pdf", b"aux.pdf", b"a:b.pdf", b"what?.pdf", b"back\\slash.pdf")[number],
    "spaces": lambda number: (b"before .pdf", b" first.pdf", b"both . pdf .pdf", b"last.pdf ", b"tab\t.pdf")[number],
    "direction": lambda number: f"\u202egpj.{number}\u202c \u05d0\u05d1.pdf".encode(),
}
WRITTEN: Mapping[str, Callable[[bytes], bytes]] = {
    "latin-1": lambda name: name.decode("latin-1").encode(),
    "decomposed": lambda name: unicodedata.normalize("NFC", name.decode()).encode(),
}
"""How every second row of the manifest writes a name of these kinds."""


@dataclass(frozen=True, kw_only=True)
class Named:
    """A catalogue; the digest of each article by its name, and the name of each row."""

    folder: Path
    digests: dict[bytes, str] = field(default_factory=dict)

    @property
    def articles(self) -> Path:
        return self.folder / "articles"


def catalogue(folder: Path, numbers: range) -> Named:
    made, lines, listed = Named(folder=folder), [], ["doi,title,state,date"]
    made.articles.mkdir()
    for kind, name_of in KINDS.items():
        for number in numbers:
            name, title = name_of(number), f"The naming of {kind} files in archive {number * 7 + 1}"
            data = build(pages=1, title=title, text=(title, "The abstract of the article."))
            made.articles.joinpath(os.fsdecode(name)).write_bytes(data)
            made.digests[name] = hashlib.sha256(data).hexdigest()
            notice, doi = f"{kind}-{number}.md", f"10.5555/{kind}.{number}"
            (folder / notice).write_text(f"# {title} [Retraction]\n\nWe retract the article {doi}: it is wrong.\n")
            written = WRITTEN[kind](name) if kind in WRITTEN and number % 2 else name
            lines.append(b'"%b",%b' % (written.replace(b'"', b'""'), notice.encode()))
            listed.append(f"{doi},{title},retraction,2024-05-01")
    (folder / "manifest.csv").write_bytes(b"\n".join([b"article,notice", *lines]))
    (folder / "list.csv").write_text("\n".join(listed), "utf-8")
    return made


def command(*arguments: str | bytes | Path, locale: str = "C.UTF-8") -> subprocess.CompletedProcess[bytes]:
    run = subprocess.run(
        [sys.executable, "-m", "watermark", *arguments],
        capture_output=True,
        check=False,
        env=os.environ | {"LC_ALL": locale},
        timeout=600,
    )
    shown = (run.stdout + run.stderr).decode("utf-8", "surrogateescape")
    assert "Traceback" not in shown, shown
    assert shown.isascii() or not set(shown) & set("\u202e\x1b\t\r"), shown
    return run


@pytest.mark.not_on("windows", "share", "ascii")  # simulated, only the workers have other names
def test_articles_of_ten_kinds_of_names_are_marked_once(tmp_path: Path) -> None:
    made = catalogue(tmp_path, range(1, 2))
    heard = here(tmp_path / "manifest.csv", made.articles, tmp_path / "out")
    assert [entry.reason for entry in heard.entries] == [""] * 10
    assert {os.fsencode(Path(entry.article).name): entry.article_sha256 for entry in heard.entries} == made.digests
    assert len(here(tmp_path / "manifest.csv", made.articles, tmp_path / "out").kept) == 10


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["C.UTF-8", "POSIX"])
def test_articles_of_ten_kinds_of_names_go_through_every_command(tmp_path: Path, locale: str) -> None:
    made, out, count = catalogue(tmp_path, range(5)), tmp_path / "out", 50
    marking = ("batch", tmp_path / "manifest.csv", "--articles", made.articles, "--out", out, "--at", AT)
    run = command(*marking, "--report", "csv", "--report", "jsonl", "--report", "html", locale=locale)
    assert (run.returncode, run.stdout.splitlines()[0]) == (0, f"{count} of {count} articles: {count} marked".encode())
    assert b"already done" in command(*marking, locale=locale).stdout
    with Ledger.opened(out) as ledger:
        entries = list(ledger.entries())
    assert {os.fsencode(Path(entry.article).name): entry.article_sha256 for entry in entries} == made.digests
    assert all(hashlib.sha256(Path(entry.copy).read_bytes()).hexdigest() == entry.copy_sha256 for entry in entries)
    with (out / "report.csv").open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    lines = [json.loads(line) for line in (out / "report.jsonl").read_bytes().decode("utf-8").splitlines()]
    for found in ([row["article URI"] for row in rows], [line["article_uri"] for line in lines]):
        assert {unquote_to_bytes(address).rpartition(b"/")[2] for address in found} == set(made.digests)
    assert all((out / os.fsdecode(unquote_to_bytes(line["copy_uri"]))).is_file() for line in lines)

    run = command("verify", out, "--proof", "structure", locale=locale)
    assert f"{count} copies:".encode() in run.stdout
    run = command("check", out, "--retractions", tmp_path / "list.csv", "--json", locale=locale)
    assert run.returncode == 0, run.stdout
    run = command("check", made.articles, "--retractions", tmp_path / "list.csv", locale=locale)
    assert run.returncode == 1
    assert run.stdout.count(b"retracted and unmarked") == count
    for entry in entries:
        back = tmp_path / "back.pdf"
        run = command("restore", entry.copy, "-o", back, "--overwrite", locale=locale)
        assert hashlib.sha256(back.read_bytes()).hexdigest() == entry.article_sha256, run.stderr


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a.pdf", "A.pdf"),
        # simulated, only the workers have other names
        pytest.param("\xe9.pdf", "e\u0301.pdf", marks=pytest.mark.not_on("ascii")),
    ],
)
def test_two_names_that_one_file_would_have_are_not_both_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str, second: str
) -> None:
    (tmp_path / "articles").mkdir()
    for name in (first, second):
        (tmp_path / "articles" / name).write_bytes(build(pages=1, title="The same title of an article in two files"))
    (tmp_path / "n.md").write_text("# The same title of an article in two files [Retraction]\n\nWe retract it.\n")
    (tmp_path / "m.csv").write_text(f"article,notice\n{first},n.md\n{second},n.md\n", "utf-8")
    assert [entry.result for entry in here(tmp_path / "m.csv", tmp_path / "articles", tmp_path / "two").entries] == [
        "marked",
        "marked",
    ]
    monkeypatch.setattr(Folder, "ignores_case", lambda _: True)
    for _ in range(2):  # nor does the next run write one over the other
        entries = here(tmp_path / "m.csv", tmp_path / "articles", tmp_path / "one").entries
        assert sorted((entry.result, "same name" in entry.reason) for entry in entries) == [
            ("failed", True),
            ("marked", False),
        ]
        assert len(list((tmp_path / "one").glob("*.pdf"))) == 1


def test_a_drive_that_distinguishes_case_is_not_taken_for_one_that_does_not(tmp_path: Path) -> None:
    assert not Folder(tmp_path / "new").ignores_case()
    assert list((tmp_path / "new").iterdir()) == []

"""Reports of copies in a cloud store: they are fetched one by one, and no part of them stays on this machine."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import bagit
import pytest

from tests.batch.reports.entries import entry, ledger_of, marked
from tests.batch.servers import BUCKET, STORES, in_s3, s3_server
from watermark.cli import main
from watermark.runtime.isolation import accept_work, terminate_all

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not STORES, reason="s3fs or moto is not installed")]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The URL of an empty store; those who work for this process know it."""
    (tmp_path / "scratch").mkdir()
    with s3_server(tmp_path) as env:
        for name, value in {**env, "TMPDIR": str(tmp_path / "scratch")}.items():
            monkeypatch.setenv(name, value)
        terminate_all()
        accept_work()
        yield f"s3://{BUCKET}/out"
        terminate_all()
        accept_work()


def report(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in ("report", *arguments)])
    return int(ended.value.code or 0)


def test_the_copies_are_shown_and_put_into_a_bag(
    store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = marked(tmp_path), marked(tmp_path, "b", pdfa="1b")
    there = {name: f"{store}/2019/{Path(name).name}" for name in (one.copy, two.copy, two.sidecar)}
    for name, url in there.items():
        in_s3({}, "fs.put_file(*args)", name, url)
    entries = [
        replace(recorded, copy=there[recorded.copy], sidecar=there.get(recorded.sidecar, "")) for recorded in (one, two)
    ]
    ledger = ledger_of(tmp_path, *entries)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    assert report(ledger, "-o", tmp_path / "report.html") == 0
    assert (tmp_path / "report.html").read_text(encoding="utf-8").count("data:image/webp") == 8
    assert report(ledger, "--to", "bag", "-o", tmp_path / "bag") == 0
    bagit.Bag(str(tmp_path / "bag")).validate()
    copies = tmp_path / "bag/data/copies" / BUCKET / "out/2019"
    assert {path.name: path.read_bytes() for path in copies.iterdir()} == {
        Path(name).name: Path(name).read_bytes() for name in there
    }
    assert list((tmp_path / "scratch").iterdir()) == []

    in_s3({}, "fs.rm(*args)", there[two.copy])
    assert report(ledger, "-o", tmp_path / "report.html", "--overwrite") == 0
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert page.count("data:image/webp") == 4
    assert "The copy is no longer in the store." in page
    assert report(ledger, "--to", "bag", "-o", tmp_path / "bag-2") == 4
    assert there[two.copy] in capsys.readouterr().err
    assert not (tmp_path / "bag-2").exists()


@pytest.mark.usefixtures("store")
def test_a_store_that_fails_again_and_again_is_asked_no_more(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path, *(entry(row=f"{n}", copy=f"s3://nowhere/{n}.pdf") for n in range(20)))
    assert report(ledger, "-o", tmp_path / "report.html") == 0
    assert (tmp_path / "report.html").read_text(encoding="utf-8").count("No pictures.") == 20
    asked = set(re.findall(r"/nowhere/\d+", (tmp_path / "s3.log").read_text()))
    assert 3 <= len(asked) < 8

"""Several rows may name pages of one volume: it becomes one copy with all their marks, and the ledger has each row."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from tests.batch.catalogue import Catalogue, digests
from tests.batch.running import AT, Heard, batch, command, here, killed_after
from tests.batch.servers import BUCKET, STORES, dask_cluster, in_s3, s3_server
from tests.helpers.volumes import ARTICLES, RANGES, volume
from watermark import restore, stamp, verify
from watermark.batch.ledger import Ledger
from watermark.batch.manifest import manifest_in
from watermark.batch.manifest.decisions import decisions_for
from watermark.batch.reports import Form, ReportRequest, write_report
from watermark.models import Claim
from watermark.verification.verifier import receipt_of

ROWS = tuple((f"n{number}.md", pages) for number, pages in enumerate(RANGES, 1))
"""The notice of each article in the volume, with its pages."""
WRONG = ("n1.md", "3")
"""A row that is refused: page 3 is another article."""


def catalogue(folder: Path, rows: Sequence[tuple[str, str]], **peculiarities: object) -> Path:
    (folder / "articles" / "2019").mkdir(parents=True)
    (folder / "articles" / "2019" / "vol.pdf").write_bytes(volume(**peculiarities))
    for number, (title, _, _) in enumerate(ARTICLES, 1):
        text = f"# {title} [Retraction]\n\nWe retract the article https://doi.org/10.5555/vol.{number}: it is wrong.\n"
        (folder / f"n{number}.md").write_text(text)
    return manifest(folder, rows)


def manifest(folder: Path, rows: Sequence[tuple[str, str]]) -> Path:
    lines = [f"2019/vol.pdf,{notice},{pages}" for notice, pages in rows]
    (folder / "manifest.csv").write_text("\n".join(["article,notice,pages", *lines]))
    return folder / "manifest.csv"


def run(folder: Path, out: str = "out") -> Heard:
    return here(folder / "manifest.csv", folder / "articles", folder / out)


def results(heard: Heard) -> list[str]:
    return [entry.result for entry in heard.entries]


def copy_in(folder: Path, out: str = "out") -> Path:
    return folder / out / "2019" / "vol.retracted.pdf"


def marked_by_hand(folder: Path, rows: Sequence[tuple[str, str]]) -> bytes:
    """Return what `stamp` makes of the volume for one row after the other."""
    latest = folder / "articles" / "2019" / "vol.pdf"
    for number, (notice, pages) in enumerate(rows):
        step = folder / f"by hand {number}.pdf"
        stamp(latest, folder / notice, step, at=datetime.fromisoformat(AT), pages=pages, overwrite=True)
        latest = step
    return latest.read_bytes()


def test_a_volume_becomes_one_copy_with_the_marks_of_its_rows_but_of_one_that_is_refused(tmp_path: Path) -> None:
    catalogue(tmp_path, [ROWS[0], WRONG, ROWS[2]])
    heard = run(tmp_path)
    assert results(heard) == ["marked", "refused", "marked"]
    assert heard.entries[1].reason.startswith("page 3: ")
    assert [entry.marked_pages for entry in heard.entries] == ["1-2", "", "5-6"]
    assert {entry.copy_sha256 for entry in heard.entries if entry.copy} == set(digests(tmp_path / "out").values())
    assert [str(one.pages) for one in receipt_of(copy_in(tmp_path)).markings] == ["1-2", "5-6"]
    before = copy_in(tmp_path).read_bytes()
    again = run(tmp_path)
    assert len(again.kept) == 3
    assert copy_in(tmp_path).read_bytes() == before


@pytest.mark.slow
@pytest.mark.parametrize("peculiarities", [{}, {"pdfa": "2b", "links": True}], ids=["plain", "A-2b"])
def test_the_copy_is_the_one_that_stamp_makes_of_row_after_row_and_is_wholly_verified(
    tmp_path: Path, peculiarities: dict[str, object]
) -> None:
    catalogue(tmp_path, [*ROWS[:2], WRONG, ROWS[2]], **peculiarities)
    heard = run(tmp_path)
    assert results(heard) == ["marked", "marked", "refused", "marked"]
    assert copy_in(tmp_path).read_bytes() == marked_by_hand(tmp_path, ROWS)
    report = verify(copy_in(tmp_path))
    assert not report.failures
    assert not [item for item in report.findings if item.claim is Claim.REPRODUCED and item.status != "ok"]
    restore(copy_in(tmp_path), tmp_path / "back.pdf")
    assert (tmp_path / "back.pdf").read_bytes() == (tmp_path / "articles" / "2019" / "vol.pdf").read_bytes()
    records = [entry.sidecar for entry in heard.entries if entry.sidecar]
    assert len(set(records)) == (3 if peculiarities else 0)
    assert all(Path(record).is_file() for record in records)


@pytest.mark.slow
def test_a_run_that_was_killed_at_any_moment_ends_with_the_same_bytes(tmp_path: Path) -> None:
    of_run = Catalogue(folder=tmp_path, expected={})
    catalogue(tmp_path, [ROWS[0], WRONG, *ROWS[1:]])
    arguments = command(of_run, tmp_path / "out", "-j", "1")
    seconds = 0.5
    while not killed_after(arguments, seconds):
        if copy_in(tmp_path).exists():  # never with some of its marks only
            assert [str(one.pages) for one in receipt_of(copy_in(tmp_path)).markings] == list(RANGES)
        seconds *= 1.5
    assert copy_in(tmp_path).read_bytes() == marked_by_hand(tmp_path, ROWS)
    with Ledger.opened(tmp_path / "out") as ledger:
        assert [entry.result for entry in ledger.entries()] == ["marked", "refused", "marked", "marked"]
        assert len({entry.copy_sha256 for entry in ledger.entries() if entry.copy}) == 1


@pytest.mark.slow
def test_a_row_that_is_added_or_changed_makes_the_copy_again_with_all_marks(tmp_path: Path) -> None:
    catalogue(tmp_path, ROWS[:1])
    assert results(run(tmp_path)) == ["marked"]
    manifest(tmp_path, ROWS)
    heard = run(tmp_path)
    assert (results(heard), heard.kept) == (["marked"] * 3, [])
    assert copy_in(tmp_path).read_bytes() == marked_by_hand(tmp_path, ROWS)
    (tmp_path / "n2.md").write_text((tmp_path / "n2.md").read_text() + "\nThe figures were made up.\n")
    assert run(tmp_path).kept == []
    assert copy_in(tmp_path).read_bytes() == marked_by_hand(tmp_path, ROWS)


@pytest.mark.slow
def test_marks_of_rows_that_a_later_manifest_lacks_are_not_lost(tmp_path: Path) -> None:
    catalogue(tmp_path, ROWS[:2])
    run(tmp_path)
    before = copy_in(tmp_path).read_bytes()
    manifest(tmp_path, ROWS[2:])
    (entry,) = run(tmp_path).entries
    assert (entry.result, entry.exit_status) == ("failed", 2)
    assert "marks that this manifest does not name: 2019/vol.pdf, pages 1-2; 2019/vol.pdf, pages 3-4" in entry.reason
    assert copy_in(tmp_path).read_bytes() == before
    copy_in(tmp_path).unlink()
    assert results(run(tmp_path)) == ["marked"]


def test_rows_for_the_same_pages_or_for_the_whole_file_beside_its_pages_are_not_both_marked(tmp_path: Path) -> None:
    catalogue(tmp_path, [WRONG, WRONG, ("n1.md", "")])
    with manifest_in(tmp_path / "manifest.csv") as read:
        assert [row.name for row in read.rows()] == ["2019/vol.pdf, page 3"] * 2 + ["2019/vol.pdf"]
    entries = run(tmp_path).entries
    wrong = [(entry.result, entry.row) for entry in entries if "names the same article" in entry.reason]
    assert wrong == [("failed", "2019/vol.pdf, page 3 (line 3)"), ("failed", "2019/vol.pdf, page 3 (line 2)")]


@pytest.mark.slow
def test_a_copy_that_a_lost_worker_stored_is_taken_and_any_other_file_is_kept(tmp_path: Path) -> None:
    catalogue(tmp_path, ROWS[:2])
    by_hand = marked_by_hand(tmp_path, ROWS[:2])
    for out, data, expected in (("same", by_hand, ["marked"] * 2), ("other", b"%PDF-1.7", ["failed"] * 2)):
        copy_in(tmp_path, out).parent.mkdir(parents=True)
        copy_in(tmp_path, out).write_bytes(data)
        heard = run(tmp_path, out)
        assert results(heard) == expected
        assert copy_in(tmp_path, out).read_bytes() == data
    assert "no batch of this ledger wrote it" in heard.entries[0].reason


@pytest.mark.slow
def test_a_volume_with_a_refused_row_is_whole_in_the_table_of_decisions(tmp_path: Path) -> None:
    catalogue(tmp_path, [ROWS[0], ("n3.md", "3-4"), ROWS[2]])
    run(tmp_path)
    with manifest_in(tmp_path / "manifest.csv") as read, Ledger.opened(tmp_path / "out") as ledger:
        data, count = decisions_for(read, ledger.entries())
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert (count, [row["what to do"] == "Keep this line." for row in rows]) == (1, [True, False, True])
    rows[1]["force_match"] = "the volume prints the wrong DOI"
    with (tmp_path / "manifest.csv").open("w", encoding="utf-8", newline="") as target:
        table = csv.DictWriter(target, rows[0])
        table.writeheader()
        table.writerows(rows)
    assert results(run(tmp_path)) == ["marked"] * 3
    assert [str(one.pages) for one in receipt_of(copy_in(tmp_path)).markings] == list(RANGES)


@pytest.mark.slow
def test_reports_have_each_row_once_and_the_copy_once(tmp_path: Path) -> None:
    catalogue(tmp_path, [*ROWS[:2], WRONG])
    run(tmp_path)
    with Ledger.opened(tmp_path / "out") as ledger:
        counts = {
            form: write_report(ledger, ReportRequest(form=form, destination=tmp_path / form)).count for form in Form
        }
    assert counts == {
        Form.HTML: 3,
        Form.CSV: 3,
        Form.JSONL: 3,
        Form.PREMIS: 2,
        Form.BAG: 2,
        Form.CERTIFICATE: 1,  # of the newest mark
    }
    assert len(list((tmp_path / Form.BAG).rglob("*.pdf"))) == 1
    assert len(list((tmp_path / Form.PREMIS).rglob("*.xml"))) == 2


@pytest.mark.slow
def test_several_volumes_on_a_cluster_and_in_a_cloud_store_have_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    if not STORES:
        pytest.skip("needs s3fs and moto")
    catalogue(tmp_path, [ROWS[0], WRONG, ROWS[2]])
    lines = (tmp_path / "manifest.csv").read_text().splitlines()
    for name in ("b.pdf", "c.pdf"):
        (tmp_path / "articles" / name).write_bytes(volume())
        lines += [line.replace("2019/vol.pdf", name) for line in lines[1:4]]
    (tmp_path / "manifest.csv").write_text("\n".join([lines[0], *lines[1::3], *lines[2::3], *lines[3::3]]))
    of_run = Catalogue(folder=tmp_path, expected={})
    with dask_cluster(2, tmp_path) as (address, _):
        done = batch(of_run, tmp_path / "cluster", "--cluster", address)
    assert done.returncode == 3, done.stderr
    by_hand = marked_by_hand(tmp_path, [ROWS[0], ROWS[2]])
    copies = sorted((tmp_path / "cluster").rglob("*.pdf"))
    assert [path.read_bytes() == by_hand for path in copies] == [True] * 3
    with s3_server(tmp_path) as env:
        in_s3(env, "fs.put(args[0], args[1], recursive=True)", str(tmp_path / "articles"), f"{BUCKET}/articles")
        given = ("--ledger", str(tmp_path / "here" / "ledger.sqlite"))
        (tmp_path / "here").mkdir()
        for kept in (b"", b"6 already done"):
            done = batch(of_run, f"s3://{BUCKET}/out", *given, articles=f"s3://{BUCKET}/articles", env=env)
            assert (done.returncode, kept.decode() in done.stdout) == (3, True), done.stderr
        in_s3(env, "fs.get(args[0], args[1], recursive=True)", f"{BUCKET}/out", str(tmp_path / "got"))
    assert digests(tmp_path / "got") == digests(tmp_path / "cluster")

"""Archival files, pass and fail alike, with everything on: what was valid stays valid, and no rule more is broken."""

from collections.abc import Callable
from os import environ
from pathlib import Path

import pytest

from tests.conftest import SAID, SHARED
from tests.corpus import archival_table
from tests.helpers.build import build
from watermark.verification.conformance import verapdf

CORPUS = SHARED / "corpus"
LEVELS = ("1b", "2u", "4f", "ua1")
"""Of the files that are looked at each time: the slow test has all of them."""
FILES_A_LEVEL = 1
FEWEST_MARKED = 755
Record = Callable[[str, object], None]


def checked(
    paths: list[Path], folder: Path, judged: Callable[[Path], None], record: Record
) -> list[archival_table.Marked]:
    """Assert that nothing is lost, count every file as judged, and say how many had one validator only."""
    program = environ["WATERMARK_TESTS_VERAPDF"] or None
    files = list(archival_table.marked(paths, folder))
    verdicts = archival_table.judgement_of(files, program)
    found = archival_table.rows(files, verdicts)
    assert not [line for row in found.values() for line in row.lost]
    by_file = {one.original: {validator for validator, _, path in verdicts if path == one.original} for one in files}
    for path, validators in by_file.items():
        if validators:
            judged(path)
    counts = [sum(len(validators) == count for validators in by_file.values()) for count in range(3)]
    record(
        SAID,
        f"{len(files)} archival files: {counts[2]} judged by both validators, {counts[1]} by one, {counts[0]} by none",
    )
    return files


@pytest.mark.corpus
def test_files_of_some_levels_keep_them(
    tmp_path: Path, judged: Callable[[Path], None], record_property: Record
) -> None:
    paths = [
        path
        for level in LEVELS
        for kind in ("pass", "fail")
        for path in sorted((CORPUS / "verapdf" / level).glob(f"*-{kind}-*.pdf"))[:FILES_A_LEVEL]
    ]
    files = checked(paths, tmp_path, judged, record_property)
    assert {profile for one in files for profile in one.profiles} >= set(LEVELS)


@pytest.mark.slow
@pytest.mark.corpus
def test_all_archival_files_keep_their_levels(
    tmp_path: Path, judged: Callable[[Path], None], record_property: Record
) -> None:
    paths = sorted(path for name in archival_table.FOLDERS for path in (CORPUS / name).rglob("*.pdf"))
    files = checked(paths, tmp_path, judged, record_property)
    assert sum(one.copy.exists() for one in files) >= FEWEST_MARKED


def test_the_table_names_what_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "good.pdf").write_bytes(build(pdfa="2b"))
    (tmp_path / "bad.pdf").write_bytes(build(pdfa="2b", info_direct=True, identifier=False))
    (tmp_path / "plain.pdf").write_bytes(build())
    monkeypatch.setenv(verapdf.VARIABLE, "")
    monkeypatch.setattr("sys.argv", ["archival_table.py", str(tmp_path)])
    assert archival_table.main() == 0
    said = capsys.readouterr().out
    assert "| PDF/A-2b | 1 of 1 | 1 of 1 |  |  |  |" in said
    assert "2 of 3 files claim a level." in said
    monkeypatch.setattr("watermark.stamping.metadata.writer.schemas_of", lambda _: ())
    assert archival_table.main() == 1
    assert "| PDF/A-2b | 0 of 1 | 0 of 1 |" in capsys.readouterr().out

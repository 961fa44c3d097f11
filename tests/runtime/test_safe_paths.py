"""The file that a manifest means is found, however its name is encoded, and no other."""

import os
import unicodedata
from pathlib import Path

import pytest

from watermark.errors import UsageError
from watermark.runtime.file_system import stem_that_fits
from watermark.runtime.safe_paths import find_within, resolve_within

NFC, NFD = "Übersicht é.pdf", unicodedata.normalize("NFD", "Übersicht é.pdf")
LATIN = os.fsdecode("Übersicht é.pdf".encode("latin-1"))
pytestmark = pytest.mark.skipif(os.name == "nt", reason="these names are not possible there")


@pytest.mark.parametrize("there", [NFC, NFD, LATIN])
@pytest.mark.parametrize("written", [NFC, NFD, LATIN, f" {NFC} "])
def test_a_name_is_found_in_any_unicode_form_and_old_encoding(tmp_path: Path, there: str, written: str) -> None:
    (tmp_path / there).mkdir()
    (tmp_path / there / there).touch()
    assert find_within(tmp_path, f"{written}/{written}") == f"{there}/{there}"


@pytest.mark.not_on("windows")
def test_the_exact_name_comes_before_one_that_looks_the_same(tmp_path: Path) -> None:
    for name in (NFC, NFD, LATIN, "a .pdf", "a .pdf ", "a\\b.pdf"):
        (tmp_path / name).touch()
        assert find_within(tmp_path, name) == name


def test_two_files_that_may_both_be_meant_are_not_guessed(tmp_path: Path) -> None:
    (tmp_path / NFD).touch()
    (tmp_path / LATIN).touch()
    with pytest.raises(UsageError, match="2 files have the name"):
        find_within(tmp_path, NFC)


def test_a_name_that_no_file_can_have_is_an_error_of_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="characters that file names cannot have here"):
        resolve_within(tmp_path, find_within(tmp_path, "half of a pair \ud800.pdf"))


def test_a_name_is_found_after_the_folder_has_changed(tmp_path: Path) -> None:
    assert find_within(tmp_path, NFC) == NFC
    (tmp_path / NFD).touch()
    os.utime(tmp_path, ns=(1, 1))
    assert find_within(tmp_path, NFC) == NFD


def test_a_backslash_is_a_slash_where_no_file_has_one_in_its_name(tmp_path: Path) -> None:
    (tmp_path / "2019").mkdir()
    (tmp_path / "2019" / "a.pdf").touch()
    assert find_within(tmp_path, "2019\\a.pdf") == "2019/a.pdf"
    for leaving in ("..\\a.pdf", "C:\\a.pdf", "\\\\server\\a.pdf", " /etc/passwd"):
        with pytest.raises(UsageError):
            find_within(tmp_path, leaving)


def test_a_link_that_is_found_by_another_form_still_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / NFD).symlink_to(tmp_path)
    with pytest.raises(UsageError, match="link that leads out"):
        resolve_within(tmp_path / "in", find_within(tmp_path / "in", NFC))


@pytest.mark.parametrize("stem", ["a" * 251, "é" * 125, "\U0001f4c4" * 62, os.fsdecode(b"\xe9" * 251)])
def test_long_names_leave_room_for_an_ending_and_stay_different(tmp_path: Path, stem: str) -> None:
    names = {f"{stem_that_fits(name)}.retracted.retraction.json" for name in (stem, f"{stem[:-1]}b")}
    assert len(names) == 2
    for name in names:
        (tmp_path / name).touch()
    assert stem_that_fits("short") == "short"

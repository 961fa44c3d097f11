"""A report is about one file, even if another file gets its name meanwhile."""

import mmap
from pathlib import Path

import pytest

from tests.helpers.tampered_copies import stamped
from watermark.verification import evidence
from watermark.verification.evidence import Evidence


@pytest.mark.not_on("windows")  # a file that is mapped cannot be replaced there
def test_what_is_read_and_what_is_compared_are_of_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = stamped(tmp_path, pages=3)
    (tmp_path / "other").mkdir()
    other, mapped = stamped(tmp_path / "other", pages=1), mmap.mmap

    def swapped(*given: int, **more: int) -> mmap.mmap:
        data = mapped(*given, **more)
        other.replace(copy)
        return data

    monkeypatch.setattr(evidence.mmap, "mmap", swapped)
    with Evidence(copy) as one:
        assert len(one.after.pages) == 3

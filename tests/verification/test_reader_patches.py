"""What a proof changes of the readers, for the whole process, is as it was when the last proof is done."""

import logging
import warnings
from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread

import pytest
from pypdf.generic import NameObject

from tests.helpers.evidence import made, original
from watermark.verification.reader_patches import NAME_ENDS, READERS, patched_readers
from watermark.verification.verifier import verify_copy


def state() -> list[object]:
    return [NameObject.delimiter_pattern, *(logging.getLogger(name).level for name in READERS), list(warnings.filters)]


def test_a_proof_leaves_the_readers_as_the_program_around_has_them(tmp_path: Path) -> None:
    (path := tmp_path / "copy.pdf").write_bytes(made(original(pages=1), pages=1))
    before = state()
    assert before[0] is not NAME_ENDS
    assert not verify_copy(path).failures
    assert state() == before


def test_an_error_leaves_them_so_too() -> None:
    before = state()

    def broken_off() -> None:
        with patched_readers():
            assert state() != before
            raise ValueError("some error")

    with pytest.raises(ValueError, match="some error"):
        broken_off()
    assert state() == before


def test_proofs_in_two_threads_that_overlap_leave_them_so_when_both_are_done() -> None:
    before, within = state(), list[object]()
    first_is_in, both_are_in, first_is_out = Barrier(2, timeout=9), Barrier(2, timeout=9), Barrier(2, timeout=9)

    def first() -> None:
        with patched_readers():
            first_is_in.wait()
            both_are_in.wait()
        first_is_out.wait()

    def second() -> None:
        first_is_in.wait()
        with patched_readers():
            both_are_in.wait()
            first_is_out.wait()
            within.extend(state())

    work: list[Callable[[], None]] = [first, second]
    threads = [Thread(target=one) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert within[:3] == [NAME_ENDS, logging.CRITICAL, logging.CRITICAL]
    assert state() == before

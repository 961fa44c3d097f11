"""Any byte of a copy that is another one: never verified, and never an error that is not ours."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.evidence import made, original
from watermark.errors import WatermarkError
from watermark.models import Claim, Status
from watermark.verification.verifier import verify_copy

ORIGINAL = original(pages=1)
COPY = made(ORIGINAL, pages=1)


def is_verified(data: bytes) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copy.pdf"
        path.write_bytes(data)
        try:
            verdict = verify_copy(path)
        except WatermarkError:
            return False
        assert verdict.passed or verdict.status_of(Claim.FIXITY) is Status.FAILED
        return verdict.passed


@pytest.mark.parametrize("handler", ["Adobe.PubSec", "Other", ""])
def test_an_encryption_that_no_reader_knows_is_an_error_of_ours(tmp_path: Path, handler: str) -> None:
    path = tmp_path / "copy.pdf"
    path.write_bytes(COPY.replace(b"/Root 1 0 R", f"/Encrypt<</Filter/{handler}/V 9>>/Root 1 0 R".encode()))
    with pytest.raises(WatermarkError):
        verify_copy(path)


def test_the_copy_as_it_was_made_is_verified() -> None:
    assert is_verified(COPY)


@settings(deadline=None, max_examples=60, derandomize=True)
@given(place=st.integers(0, len(COPY) - 1), bit=st.integers(0, 7))
def test_a_flipped_bit_anywhere_is_found_out(place: int, bit: int) -> None:
    assert not is_verified(COPY[:place] + bytes([COPY[place] ^ (1 << bit)]) + COPY[place + 1 :])


@settings(deadline=None, max_examples=60, derandomize=True)
@given(place=st.integers(len(ORIGINAL), len(COPY) - 1), bit=st.integers(0, 7))
def test_a_flipped_bit_in_the_revision_is_found_out(place: int, bit: int) -> None:
    assert not is_verified(COPY[:place] + bytes([COPY[place] ^ (1 << bit)]) + COPY[place + 1 :])


@settings(deadline=None, max_examples=40, derandomize=True)
@given(size=st.integers(0, len(COPY) - 1))
def test_a_truncated_copy_is_found_out(size: int) -> None:
    assert not is_verified(COPY[:size])


@settings(deadline=None, max_examples=40, derandomize=True)
@given(place=st.integers(0, len(COPY)), more=st.binary(min_size=1, max_size=40))
def test_bytes_put_in_anywhere_are_found_out(place: int, more: bytes) -> None:
    assert not is_verified(COPY[:place] + more + COPY[place:])

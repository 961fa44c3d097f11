"""How much of a PDF is the original, proved."""

from pathlib import Path

from watermark.errors import WatermarkError
from watermark.verification.verifier import receipt_of, verify_copy


def original_bytes_of(path: Path, password: str = "") -> int:
    """Return how many of the first bytes of a copy are the original, when it verifies; 0 for every other file."""
    try:
        receipt = receipt_of(path, password=password or None)
        verdict = verify_copy(path, password=password or None)
    except WatermarkError:
        return 0
    return 0 if verdict.failures else receipt.original_size_bytes

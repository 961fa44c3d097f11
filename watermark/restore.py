"""The original again, byte for byte, from nothing but the copy."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from watermark.errors import NotVerifiedError
from watermark.receipt import Receipt
from watermark.save import candidate
from watermark.verify import original_inside, receipt_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """An original that was given back: its digest is the one in the receipt."""

    copy: str
    original: str
    receipt: Receipt


def restore_original(copy: Path, destination: Path, *, overwrite: bool = False, password: str = "") -> Restored:
    """Leave the original of a marked copy at `destination`, proved by the SHA-256 in the receipt.

    Raises NotVerifiedError when the copy carries no receipt, or when what it holds is not the original any more.
    """
    receipt = receipt_of(copy, password=password)
    with candidate(destination, overwrite=overwrite, source=copy) as original:
        if receipt.rebuilt_size_bytes:
            original.path.write_bytes(original_inside(copy, password=password))
        else:
            original.write(copy, receipt.original_size_bytes, b"")
        with original.path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != receipt.original_sha256:
            raise NotVerifiedError(
                f"the {receipt.original_size_bytes} bytes of the original in it are not the original any more",
                file=str(copy),
                remedy="Restore from another copy, or take the original from the archive.",
            )
        original.keep()
    return Restored(copy=str(copy), original=str(destination), receipt=receipt)

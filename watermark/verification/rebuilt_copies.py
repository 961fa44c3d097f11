"""The original embedded in a rebuilt copy, and the self digest of a linearized copy."""

import hashlib
import re

from pypdf.generic import StreamObject

from watermark.errors import FailedError
from watermark.receipt import Receipt
from watermark.verification.pypdf_document import Bytes, PypdfDocument, dictionary, items, raw, resolved
from watermark.verification.structure_tree import members

SELF_DIGEST_DIGITS = 32


def embedded_original(document: PypdfDocument, receipt: Receipt) -> bytes:
    """Return the attached file with the relationship /Source and the size of the original.

    Its digest is not checked here. Raises FailedError when there is none (ISO 32000-2 7.11.4, 14.13).
    """
    for specification in members(document.catalog, "/AF"):
        entries = dictionary(specification)
        file = resolved(dictionary(entries.get("/EF")).get("/F"))
        if entries.get("/AFRelationship") == "/Source" and isinstance(file, StreamObject) and "/Filter" not in file:
            data = file.get_data()
            if len(data) == receipt.original_size_bytes:
                return data
    raise FailedError(
        "the original is not inside the copy any more",
        remedy="Restore from another copy, or take the original from the archive.",
    )


def self_digest_differs(document: PypdfDocument, mapped: Bytes, size_bytes: int) -> bool:
    """Return whether a linearized copy is not as it was made.

    The second string of its /ID is the first half of its SHA-256, computed with zeros in place of that string.
    """
    identifiers = items(raw(document.trailer, "/ID"))
    digest_bytes = getattr(identifiers[1], "original_bytes", b"") if len(identifiers) == 2 else b""
    if 2 * len(digest_bytes) != SELF_DIGEST_DIGITS:
        return True
    written = re.compile(b"(?i)<" + digest_bytes.hex().encode("ascii") + b">")
    zeros = b"<" + b"0" * SELF_DIGEST_DIGITS + b">"
    digest = hashlib.sha256(written.sub(zeros, mapped[0:size_bytes]))
    return digest.digest()[: len(digest_bytes)] != digest_bytes

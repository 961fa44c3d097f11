"""Writes a marking again, from what the copy holds, and compares: what only looks like a copy of this tool differs.

The same article, notice and choices give the same bytes. So a forged revision is found, with every digest in it
recomputed, without knowing what was changed. This is the one place where a proof meets the writer: the verifier does
not import it.
"""

from watermark.stamping.reproduction.full_proof import verify_and_reproduce
from watermark.stamping.reproduction.inputs import Given
from watermark.stamping.reproduction.reproducer import reproduce

__all__ = ["Given", "reproduce", "verify_and_reproduce"]

"""The seal: the copy is signed, so that a reader who trusts the publisher's certificate knows whose mark it is."""

from watermark.stamping.seal.options import SealLevel, SealOptions

__all__ = ["SealLevel", "SealOptions"]

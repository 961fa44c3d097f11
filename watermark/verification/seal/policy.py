"""What a verification asks of a seal."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class SealPolicy:
    """How seals are judged.

    `trust` names the folder or file with the root certificates, or is "system"; "" trusts none. `certificates` are
    roots that are at hand (DER). A copy without a seal fails only if `is_required`. With `is_online`, revocation data
    are fetched from the addresses in the certificates; else no address is ever followed. With `is_own_key`, the
    certificates are those of the key that has just signed: they show that the seal is whole, not whose it is.
    """

    trust: str = ""
    certificates: tuple[bytes, ...] = field(default=(), repr=False)
    is_required: bool = False
    is_online: bool = False
    is_own_key: bool = False


OWN_KEY = "own-key"
"""The last part of the code of a finding about a seal that was judged by its own certificates alone."""

"""What a seal is made with: the key, the level, the time stamp server."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from watermark.errors import UsageError
from watermark.runtime.bounded_read import password_in

PKCS11_SCHEME = "pkcs11:"
"""How the URI of a key on a token begins (RFC 7512)."""


class SealLevel(StrEnum):
    """A PAdES baseline level (ETSI EN 319 142-1): what a seal holds for later proof."""

    B = "b-b"
    """The signature alone."""
    T = "b-t"
    """The signature with a time stamp by a trusted server."""
    LT = "b-lt"
    """As B-T, with the certificates and revocation data that are needed to validate it later."""
    LTA = "b-lta"
    """As B-LT, with a time stamp over everything, so that it can be validated after certificates have expired."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealOptions:
    """How a copy is sealed.

    `key` is the path of a PKCS#12 file, or a PKCS#11 URI (RFC 7512) with the path of the module as `module-path`.
    `password` opens it; it is not in the representation of this object. With `password_file` it is read from that file
    when it is needed, so that it does not travel with the options. `trust` names the folder or file with the root
    certificates, or is "system"; the levels B-LT and B-LTA need it. `certifies` forbids later changes to the copy.
    """

    key: str
    password: str = field(default="", repr=False)
    password_file: str = ""
    level: SealLevel = SealLevel.B
    timestamp_url: str = ""
    trust: str = ""
    certifies: bool = False

    @property
    def key_files(self) -> tuple[Path, ...]:
        """The key file and the password file, which no output may replace."""
        key = () if self.key.startswith(PKCS11_SCHEME) else (self.key,)
        return tuple(map(Path, (*key, *([self.password_file] if self.password_file else []))))

    def secret(self) -> str:
        """Return the password. Raises UsageError when its file cannot be read."""
        return password_in(Path(self.password_file)) if self.password_file else self.password


def check_options(options: SealOptions) -> None:
    """Return if the options of a seal fit together. Raises UsageError if they do not."""
    if options.level is not SealLevel.B and not options.timestamp_url:
        raise UsageError(
            f"the level {options.level.value} needs a time stamp, and no server is named",
            place="seal",
            remedy="Name the time stamp server (RFC 3161), or take the level b-b.",
        )
    if options.timestamp_url and not options.timestamp_url.startswith(("http://", "https://")):
        raise UsageError(
            "the address of the time stamp server is not an http or https address",
            place="seal",
            remedy="Write it as https://timestamp.example.org.",
        )
    if options.level in {SealLevel.LT, SealLevel.LTA} and not options.trust:
        raise UsageError(
            f"the level {options.level.value} needs the root certificates, and none are named",
            place="seal",
            remedy="Name the folder or file with the root certificates of the key and of the time stamp server.",
        )

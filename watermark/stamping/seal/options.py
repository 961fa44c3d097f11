"""What a seal is made with: the key, the level, the time stamp server."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from watermark.errors import UsageError
from watermark.runtime.bounded_read import read_bounded

MAX_PASSWORD_BYTES = 1000
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
        if not self.password_file:
            return self.password
        try:
            data = read_bounded(Path(self.password_file), MAX_PASSWORD_BYTES)
            return data.decode("utf-8-sig").removesuffix("\n").removesuffix("\r")
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
            raise UsageError(
                f"the password of the key cannot be read ({reason})",
                file=self.password_file,
                remedy="Give a text file that contains only the password.",
            ) from error

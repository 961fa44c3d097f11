"""Files encrypted in every way that ISO 32000-2 knows."""

import warnings
from typing import Any

import pikepdf

from tests.helpers.build import build

USER, OWNER = "user's secret", "owner's secret"
RIGHTS = pikepdf.Permissions(extract=False, modify_annotation=False, print_highres=False)
CLEAR = {"metadata": False}
ALGORITHMS: dict[str, dict[str, Any]] = {
    "RC4, 40 bits": {"R": 2, "aes": False, **CLEAR},
    "RC4, 128 bits": {"R": 3, "aes": False, **CLEAR},
    "RC4, 128 bits, crypt filter": {"R": 4, "aes": False, **CLEAR},
    "AES, 128 bits": {"R": 4},
    "AES, 128 bits, clear metadata": {"R": 4, **CLEAR},
    "AES, 256 bits, R5": {"R": 5},
    "AES, 256 bits": {"R": 6},
    "AES, 256 bits, clear metadata": {"R": 6, **CLEAR},
}


def locked(how: str, *, user: str = USER, owner: str = OWNER, **peculiarities: Any) -> bytes:  # noqa: ANN401 - the recipe knows the type of each
    """Return a PDF encrypted with one of the algorithms."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Encryption R=5", UserWarning)
        return build(encryption={"user": user, "owner": owner, "allow": RIGHTS, **ALGORITHMS[how]}, **peculiarities)

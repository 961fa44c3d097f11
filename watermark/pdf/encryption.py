"""A document's encryption, continued in a new revision (ISO 32000-2 7.6).

Nothing is chosen here: the file says how its strings, its streams and its embedded files are enciphered, and what is
appended is enciphered with the same key in the same way. Cross-reference streams and the trailer never are.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import partial

import pikepdf
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4
from cryptography.hazmat.primitives.ciphers import Cipher as Machine
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

from watermark.errors import FailedError, Reason, RefusedError
from watermark.pdf.serialization import Cipher, Name, Ref, Value

WITHOUT = "Save a copy without encryption with the program that the file was made for, and mark that."


class CryptMethod(Enum):
    """How data are enciphered: the name of a crypt filter's method (ISO 32000-2 table 25)."""

    NONE = "/Identity"
    RC4 = "/V2"
    AES_128 = "/AESV2"
    AES_256 = "/AESV3"


class UnknownEncryptionError(RefusedError):
    """The file is encrypted in a way that nothing can be appended in."""

    def __init__(self, how: str) -> None:
        """Say how the file is encrypted."""
        super().__init__(Reason.ENCRYPTED, how, remedy=WITHOUT)


_WORDS = {CryptMethod.NONE: "nothing", CryptMethod.RC4: "RC4", CryptMethod.AES_128: "AES", CryptMethod.AES_256: "AES"}
_METHODS: dict[int, frozenset[CryptMethod]] = {
    4: frozenset({CryptMethod.RC4, CryptMethod.AES_128}),
    5: frozenset({CryptMethod.AES_256}),
}
"""Which methods a crypt filter may have, for each /V that has crypt filters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardCiphers:
    """The ciphers of a document that opened with a password, or without one (ISO 32000-2 7.6.3 and 7.6.4).

    `filters` holds the crypt filters of the file by their names, `file_filter` the name of the one for embedded files
    where they have another than the other streams. `metadata` tells whether the document's XMP is enciphered, too.
    """

    key: bytes = field(repr=False)
    strings: CryptMethod
    streams: CryptMethod
    files: CryptMethod
    file_filter: str = ""
    filters: Mapping[str, CryptMethod] = field(default_factory=dict)
    metadata: bool = True

    def __str__(self) -> str:
        used = dict.fromkeys(_WORDS[method] for method in (self.streams, self.strings, self.files))
        used.pop(_WORDS[CryptMethod.NONE], None)
        return f"{' and '.join(used) or 'a key that is not used'}, {8 * len(self.key)} bits"

    def of_strings(self, ref: Ref) -> Cipher | None:
        """Return the cipher of the strings in the object `ref`; None leaves them as they are."""
        return self._cipher(self.strings, ref)

    def named(self, dictionary: Mapping[str, Value]) -> Mapping[str, Value]:
        """Return a stream's dictionary; an embedded file names its crypt filter where it is not that of all streams.

        Many readers pass over /EFF, but none over a filter (ISO 32000-2 7.4.10).
        """
        if not self.file_filter or str(dictionary.get("/Type", "")) != "/EmbeddedFile" or _own_filter(dictionary):
            return dictionary
        filters, parameters = _members(dictionary.get("/Filter")), _members(dictionary.get("/DecodeParms"))
        parameters += [None] * (len(filters) - len(parameters))
        own: Value = {"/Type": Name("/CryptFilterDecodeParms"), "/Name": Name(self.file_filter)}
        return {**dictionary, "/Filter": [Name("/Crypt"), *filters], "/DecodeParms": [own, *parameters]}

    def of_stream(self, ref: Ref, dictionary: Mapping[str, Value]) -> Cipher | None:
        """Return the cipher of the data of the stream `ref`; None leaves them as they are.

        A crypt filter of its own comes first (ISO 32000-2 7.4.10): `named` gave one to embedded files that need it.
        The only metadata stream that a revision holds is the document's (table 20).
        """
        own = _own_filter(dictionary)
        if own:
            return self._cipher(self._named(own), ref)
        kind = str(dictionary.get("/Type", ""))
        if kind == "/XRef" or (kind == "/Metadata" and not self.metadata):
            return None
        return self._cipher(self.streams, ref)

    def _named(self, name: str) -> CryptMethod:
        if name not in self.filters:
            raise UnknownEncryptionError(
                f"a stream asks for the crypt filter “{name[1:]}”, which the file does not define"
            )
        return self.filters[name]

    def _cipher(self, method: CryptMethod, ref: Ref) -> Cipher | None:
        match method:
            case CryptMethod.RC4:
                return partial(_rc4, object_key(self.key, ref))
            case CryptMethod.AES_128:
                return partial(_aes, object_key(self.key, ref, b"sAlT"), ref)
            case CryptMethod.AES_256:
                return partial(_aes, self.key, ref)
        return None


def ciphers_of(document: pikepdf.Pdf) -> StandardCiphers | None:
    """Return the ciphers of a document that is open; None when it is not encrypted.

    Raises UnknownEncryptionError when its security handler, or a method that it names, is not one of ISO 32000-2.
    """
    if not document.is_encrypted:
        return None
    entries = document.trailer["/Encrypt"]
    handler, version = str(entries.get("/Filter", "")), int(entries.get("/V", 0))
    if handler != "/Standard":
        raise UnknownEncryptionError(f"by the security handler “{handler[1:]}”")
    key = document.encryption.encryption_key
    if version in _METHODS:
        filters = _filters_of(entries, version)
        streams, strings = (_method(filters, str(entries.get(name, "/Identity"))) for name in ("/StmF", "/StrF"))
        file_filter = str(entries.get("/EFF", ""))
        files = _method(filters, file_filter) if file_filter else streams
        return StandardCiphers(
            key=key,
            strings=strings,
            streams=streams,
            files=files,
            file_filter="" if files is streams else file_filter,
            filters=filters,
            metadata=bool(entries.get("/EncryptMetadata", True)),
        )
    if version not in {1, 2, 3} or 8 * min(len(key) + 5, 16) not in ARC4.key_sizes:
        raise UnknownEncryptionError(
            f"with a key of {8 * len(key)} bits after version {version}, which are not known together"
        )
    return StandardCiphers(key=key, strings=CryptMethod.RC4, streams=CryptMethod.RC4, files=CryptMethod.RC4)


def object_key(key: bytes, ref: Ref, salt: bytes = b"") -> bytes:
    """Return the key of one object, for RC4 and AES with 128 bits (ISO 32000-2 7.6.3.2, algorithm 1)."""
    mixed = key + ref.number.to_bytes(4, "little")[:3] + ref.generation.to_bytes(4, "little")[:2] + salt
    return hashlib.md5(mixed, usedforsecurity=False).digest()[: min(len(key) + 5, 16)]


def _filters_of(entries: pikepdf.Object, version: int) -> dict[str, CryptMethod]:
    """Return the crypt filters with known methods; an unused filter may have any method."""
    found = {CryptMethod.NONE.value: CryptMethod.NONE}
    methods = {method.value: method for method in _METHODS[version]}
    defined = entries.get("/CF")
    for name, crypt_filter in defined.items() if isinstance(defined, pikepdf.Dictionary) else ():
        method = str(crypt_filter.get("/CFM", "/None")) if isinstance(crypt_filter, pikepdf.Dictionary) else ""
        if method in methods:
            found.setdefault(name, methods[method])
    return found


def _method(filters: Mapping[str, CryptMethod], name: str) -> CryptMethod:
    if name not in filters:
        raise UnknownEncryptionError(f"by the crypt filter “{name[1:]}”, whose method is not known")
    return filters[name]


def _own_filter(dictionary: Mapping[str, Value]) -> str:
    """Return the name of a stream's own crypt filter; "" if it has none (ISO 32000-2 7.4.10)."""
    filters, parameters = _members(dictionary.get("/Filter")), _members(dictionary.get("/DecodeParms"))
    for index, name in enumerate(filters):
        if str(name) == "/Crypt":
            own_parameters = parameters[index] if index < len(parameters) else None
            return (
                str(own_parameters.get("/Name", "/Identity"))
                if isinstance(own_parameters, _DICTIONARIES)
                else "/Identity"
            )
    return ""


_DICTIONARIES = (Mapping, pikepdf.Dictionary)


def _members(value: Value) -> list[Value]:
    if isinstance(value, (list, tuple, pikepdf.Array)):
        return list(value)
    return [] if value is None else [value]


def _rc4(key: bytes, data: bytes) -> bytes:
    try:
        return Machine(ARC4(key), mode=None).encryptor().update(data)
    except UnsupportedAlgorithm as error:
        raise FailedError(
            "the cryptographic library of this machine has no RC4, with which the file is encrypted",
            remedy="Mark it on another machine, or save a copy without encryption and mark that.",
        ) from error


def _aes(key: bytes, ref: Ref, data: bytes) -> bytes:
    """Return the initial vector and the data in cipher blocks (ISO 32000-2 7.6.3.1).

    The vector is derived from the key, the object and the data, so that equal input gives equal bytes. Without the
    key it cannot be computed.
    """
    vector = hmac.digest(key, b"%d %d " % ref + data, "sha256")[:16]
    padder = PKCS7(AES.block_size).padder()
    padded = padder.update(data) + padder.finalize()
    return vector + Machine(AES(key), CBC(vector)).encryptor().update(padded)

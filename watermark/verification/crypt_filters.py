"""Decryption that pypdf lacks: crypt filters of streams and embedded files, and what is not encrypted at all."""

from collections.abc import Iterator
from copy import copy

from pypdf import PdfReader
from pypdf._encryption import Encryption
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, PdfObject, StreamObject

IDENTITY = "/Identity"


def heed_crypt_filters(reader: PdfReader) -> None:
    """Make a reader that was opened with a password decrypt each stream as the file says (ISO 32000-2 7.6.6, table 20).

    pypdf decrypts every stream with /StmF. Here a stream with a /Crypt filter is decrypted with that filter, which is
    then removed from its dictionary; embedded files are decrypted with /EFF; the metadata of the document are not
    decrypted when /EncryptMetadata is false, and the digits of a signature never are (7.6.2).
    """
    encryption = reader._encryption  # noqa: SLF001 - pypdf has no public name for it
    if encryption is None:
        return
    _leave_signatures(encryption)
    if encryption.V < 4:
        return
    methods = _methods(reader)
    metadata = None if encryption.EncryptMetadata else _metadata_number(reader)
    plainly = encryption.decrypt_object

    def deciphered(value: PdfObject, number: int, generation: int, *, strict: bool = True) -> PdfObject:
        method = encryption.StmF
        if isinstance(value, StreamObject):
            own = _without_crypt_filter(value)
            if own:
                method = methods.get(own, IDENTITY)
            elif number == metadata:
                method = IDENTITY
            elif value.get("/Type") == "/EmbeddedFile":
                method = encryption.EFF
        if method == encryption.StmF:
            return plainly(value, number, generation, strict=strict)
        special: Encryption = copy(encryption)
        special.StmF = method
        return Encryption.decrypt_object(special, value, number, generation, strict=strict)

    encryption.decrypt_object = deciphered  # type: ignore[assignment,method-assign]  # of this one reader


def _leave_signatures(encryption: Encryption) -> None:
    """Make a reader leave the digits of signatures as they are, also those of usage rights."""
    plainly = encryption.decrypt_object

    def deciphered(value: PdfObject, number: int, generation: int, *, strict: bool = True) -> PdfObject:
        digits = [(signature, signature.pop("/Contents")) for signature in _signatures_in(value)]
        try:
            return plainly(value, number, generation, strict=strict)
        finally:
            for signature, contents in digits:
                signature[NameObject("/Contents")] = contents

    encryption.decrypt_object = deciphered  # type: ignore[assignment,method-assign]  # of this one reader


def _signatures_in(value: PdfObject) -> Iterator[DictionaryObject]:
    """Yield the signature dictionaries with digits in an object that is not decrypted yet."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, DictionaryObject):
            waiting += dict.values(one)
            if dict.get(one, "/Type") == "/Sig" and "/ByteRange" in one and "/Contents" in one:
                yield one
        elif isinstance(one, ArrayObject):
            waiting += list.__iter__(one)


def _methods(reader: PdfReader) -> dict[str, str]:
    """Return the method of each crypt filter by its name."""
    encrypt = reader.trailer["/Encrypt"]
    filters = encrypt.get("/CF") if isinstance(encrypt, DictionaryObject) else None
    if not isinstance(filters, DictionaryObject):
        return {}
    return {
        str(name): str(entries.get("/CFM", IDENTITY))
        for name, entries in filters.items()
        if isinstance(entries, DictionaryObject)
    }


def _metadata_number(reader: PdfReader) -> int | None:
    catalog = reader.root_object
    metadata = catalog.raw_get("/Metadata") if "/Metadata" in catalog else None
    return metadata.idnum if isinstance(metadata, IndirectObject) else None


def _without_crypt_filter(stream: StreamObject) -> str:
    """Remove the crypt filter from a stream's dictionary and return its name; "" if there is none (7.4.10)."""
    names, parameters = _members(stream, "/Filter"), _members(stream, "/DecodeParms")
    index = next((index for index, name in enumerate(names) if str(name) == "/Crypt"), None)
    if index is None:
        return ""
    own_parameters = parameters.pop(index) if index < len(parameters) else None
    del names[index]
    stream[NameObject("/Filter")] = ArrayObject(names)
    if "/DecodeParms" in stream:
        stream[NameObject("/DecodeParms")] = ArrayObject(parameters)
    return str(own_parameters.get("/Name", IDENTITY)) if isinstance(own_parameters, DictionaryObject) else IDENTITY


def _members(stream: StreamObject, key: str) -> list[PdfObject]:
    value = stream.raw_get(key).get_object() if key in stream else None
    if isinstance(value, ArrayObject):
        return [member.get_object() or member for member in list.__iter__(value)]
    return [] if value is None else [value]

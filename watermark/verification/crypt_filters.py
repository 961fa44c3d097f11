"""What pypdf passes over when it deciphers streams: crypt filters of their own, embedded files, clear metadata."""

from copy import copy

from pypdf import PdfReader
from pypdf._encryption import Encryption
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, PdfObject, StreamObject

IDENTITY = "/Identity"


def heed_crypt_filters(reader: PdfReader) -> None:
    """Let a reader that a password has opened decipher each stream as the file says (ISO 32000-2 7.6.6, table 20).

    By itself pypdf deciphers every stream by /StmF. Here a stream with a /Crypt filter is read by that filter, which is
    then taken off its dictionary; embedded files are read by /EFF; the document's metadata are read as they stand when
    /EncryptMetadata is false.
    """
    encryption = reader._encryption  # noqa: SLF001 - pypdf has no public name for it
    if encryption is None or encryption.V < 4:
        return
    methods = _methods(reader)
    metadata = None if encryption.EncryptMetadata else _metadata_number(reader)
    plainly = encryption.decrypt_object

    def deciphered(held: PdfObject, number: int, generation: int, *, strict: bool = True) -> PdfObject:
        method = encryption.StmF
        if isinstance(held, StreamObject):
            own = _without_crypt_filter(held)
            if own:
                method = methods.get(own, IDENTITY)
            elif number == metadata:
                method = IDENTITY
            elif held.get("/Type") == "/EmbeddedFile":
                method = encryption.EFF
        if method == encryption.StmF:
            return plainly(held, number, generation, strict=strict)
        special: Encryption = copy(encryption)
        special.StmF = method
        return Encryption.decrypt_object(special, held, number, generation, strict=strict)

    encryption.decrypt_object = deciphered  # type: ignore[assignment,method-assign]  # of this one reader


def _methods(reader: PdfReader) -> dict[str, str]:
    """Return the methods of the crypt filters by the names of these."""
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


def _without_crypt_filter(held: StreamObject) -> str:
    """Take the crypt filter off a stream's dictionary and return its name; "" when there is none (7.4.10)."""
    names, parameters = _members(held, "/Filter"), _members(held, "/DecodeParms")
    place = next((place for place, name in enumerate(names) if str(name) == "/Crypt"), None)
    if place is None:
        return ""
    own = parameters.pop(place) if place < len(parameters) else None
    del names[place]
    held[NameObject("/Filter")] = ArrayObject(names)
    if "/DecodeParms" in held:
        held[NameObject("/DecodeParms")] = ArrayObject(parameters)
    return str(own.get("/Name", IDENTITY)) if isinstance(own, DictionaryObject) else IDENTITY


def _members(held: StreamObject, key: str) -> list[PdfObject]:
    value = held.raw_get(key).get_object() if key in held else None
    if isinstance(value, ArrayObject):
        return [member.get_object() or member for member in list.__iter__(value)]
    return [] if value is None else [value]

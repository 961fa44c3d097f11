"""What is appended to an encrypted file is enciphered as the file is, and every reader deciphers it."""

import hashlib
import io
from types import SimpleNamespace

import pikepdf
import pytest

from tests.helpers.build import build
from tests.helpers.pieces.locked import ALGORITHMS, OWNER, USER, locked
from watermark.pdf.encryption import CryptMethod, StandardCiphers, UnknownEncryptionError, ciphers_of, object_key
from watermark.pdf.file_structure import read_tail
from watermark.pdf.incremental_update import build_update
from watermark.pdf.object_draft import ObjectDraft, first_free_number
from watermark.pdf.serialization import Name, Ref
from watermark.verification.embedded_files import embedded
from watermark.verification.pypdf_document import PypdfDocument, raw, resolved

WORDS = "A sentence that nobody reads without the key."
DATA = b"Data that nobody reads without the key."
AES_128 = "AES, 128 bits"
BOTH_FILTERS = b"/StmF /StdCF"


def opened(data: bytes, password: str = USER) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data), password=password, inherit_page_attributes=False)


def appended_to(data: bytes, password: str = USER) -> tuple[bytes, Ref, Ref]:
    """Append one dictionary with strings in it and one stream, and change the catalogue."""
    with opened(data, password) as document:
        draft = ObjectDraft(document, first_free_number(document))
        ref = draft.add({"/Words": WORDS, "/Deeper": [{"/Words": WORDS}], "/Empty": ""})
        stream = draft.add_stream({"/Words": WORDS}, DATA, compress=False)
        draft.change(document.Root)["/Ours"] = [ref, stream]
        revision = build_update(draft, read_tail(data), hashlib.sha256(data), ciphers=ciphers_of(document))
    return data + revision.data, ref, stream


def with_filters(entries: bytes) -> bytes:
    """A file whose encryption dictionary has these entries in the place of /StmF, and no other byte changed."""
    data = locked(AES_128, xmp=True)
    assert data.count(BOTH_FILTERS) == 1
    return data.replace(BOTH_FILTERS, entries.ljust(len(BOTH_FILTERS)))


@pytest.fixture(params=ALGORITHMS)
def original(request: pytest.FixtureRequest) -> bytes:
    return locked(request.param, xmp=True, tagged=True)


@pytest.mark.parametrize("xref", ["table", "stream"])
@pytest.mark.parametrize("how", ALGORITHMS)
def test_two_readers_decipher_what_was_appended(how: str, xref: str) -> None:
    data = locked(how, xref=xref)
    copy, ref, stream = appended_to(data)
    with opened(copy) as document:
        written = document.get_object(*ref)
        assert (str(written.Words), str(written.Deeper[0].Words), str(written.Empty)) == (WORDS, WORDS, "")
        assert document.get_object(*stream).read_bytes() == DATA
        assert str(document.get_object(*stream).Words) == WORDS
    witness = PypdfDocument(copy, 0, len(copy), password=USER)
    held = resolved(witness.object(ref.number))
    assert held["/Words"] == WORDS
    assert resolved(witness.object(stream.number)).get_data() == DATA


def test_nothing_that_was_appended_can_be_read_without_the_key(original: bytes) -> None:
    copy, *_ = appended_to(original)
    for words in (WORDS, WORDS.encode("utf-16-be").decode("latin-1"), DATA.decode()):
        assert words.encode("latin-1") not in copy


def test_strings_of_the_original_are_enciphered_again_however_deep(original: bytes) -> None:
    nested = b"<</Deep [[<</Words (Words of the original)>>]]/Date (D:20200101)>>"
    with opened(original) as document:
        document.Root.Nested = pikepdf.Object.parse(nested)
        draft = ObjectDraft(document, first_free_number(document))
        draft.change(document.Root)
        revision = build_update(draft, read_tail(original), hashlib.sha256(original), ciphers=ciphers_of(document))
    assert b"Words of the original" not in revision.data
    with opened(original + revision.data) as document:
        assert str(document.Root.Nested.Deep[0][0].Words) == "Words of the original"


def test_a_stream_of_the_original_keeps_its_data_when_its_dictionary_changes(original: bytes) -> None:
    with opened(original) as document:
        page = document.pages[0]
        before = page.Contents.read_raw_bytes()
        draft = ObjectDraft(document, first_free_number(document))
        draft.change(page.Contents)["/Ours"] = "changed"
        revision = build_update(draft, read_tail(original), hashlib.sha256(original), ciphers=ciphers_of(document))
    with opened(original + revision.data) as document:
        assert document.pages[0].Contents.read_raw_bytes() == before
        assert str(document.pages[0].Contents.Ours) == "changed"


def test_same_input_same_bytes(original: bytes) -> None:
    assert appended_to(original)[0] == appended_to(original)[0]


def test_either_password_gives_the_same_bytes(original: bytes) -> None:
    assert appended_to(original, USER)[0] == appended_to(original, OWNER)[0]


def test_the_trailer_is_not_enciphered(original: bytes) -> None:
    copy, *_ = appended_to(original)
    with opened(original) as before, opened(copy) as after:
        assert bytes(after.trailer.ID[0]) == bytes(before.trailer.ID[0])
        assert after.trailer.Encrypt == before.trailer.Encrypt
        assert after.encryption.P == before.encryption.P


def test_equal_data_in_two_objects_do_not_look_equal() -> None:
    ciphers = StandardCiphers(
        key=bytes(32), strings=CryptMethod.AES_256, streams=CryptMethod.AES_256, files=CryptMethod.AES_256
    )
    first, second = ciphers.of_strings(Ref(1)), ciphers.of_strings(Ref(2))
    assert first
    assert second
    assert first(DATA) != second(DATA)
    assert first(DATA)[:16] != first(DATA + b"!")[:16]


def test_the_key_of_an_object_follows_its_number_and_its_generation() -> None:
    key = bytes(range(5))
    keys = {object_key(key, ref) for ref in (Ref(1), Ref(1, 1), Ref(256), Ref(2))}
    assert len(keys) == 4
    assert {len(found) for found in keys} == {10}
    assert len(object_key(bytes(16), Ref(1), b"sAlT")) == 16
    assert object_key(key, Ref(0x010203, 0x0405)) == hashlib.md5(key + b"\3\2\1\5\4").digest()[:10]  # noqa: S324 - the format's


def test_the_key_is_in_no_repr() -> None:
    with opened(locked(AES_128, xmp=True)) as document:
        ciphers = ciphers_of(document)
        assert ciphers is not None
        assert ciphers.key.hex() not in repr(ciphers)
        assert repr(ciphers.key) not in repr(ciphers)


@pytest.mark.parametrize(("how", "words"), [(how, ", ".join(how.split(", ")[:2])) for how in ALGORITHMS])
def test_an_encryption_is_named_in_words(how: str, words: str) -> None:
    with opened(locked(how)) as document:
        assert str(ciphers_of(document)) == words


def test_a_file_without_encryption_has_no_ciphers() -> None:
    with opened(build(), "") as document:
        assert ciphers_of(document) is None


def test_streams_stay_as_they_are_where_only_strings_are_enciphered() -> None:
    copy, ref, stream = appended_to(with_filters(b""))
    assert DATA in copy
    assert WORDS.encode() not in copy
    with opened(copy) as document:
        assert str(document.get_object(*ref).Words) == WORDS
        assert document.get_object(*stream).read_bytes() == DATA
    assert resolved(PypdfDocument(copy, 0, len(copy), password=USER).object(stream.number)).get_data() == DATA


def test_embedded_files_are_enciphered_by_their_own_filter_and_say_so() -> None:
    data = with_filters(b"/EFF /StdCF")
    with opened(data) as document:
        draft = ObjectDraft(document, first_free_number(document))
        ref = draft.add_stream({"/Type": Name("/EmbeddedFile")}, DATA)
        plain = draft.add_stream({"/Type": Name("/Other")}, DATA, compress=False)
        revision = build_update(draft, read_tail(data), hashlib.sha256(data), ciphers=ciphers_of(document))
    copy = data + revision.data
    assert copy.count(DATA) == 1
    with opened(copy) as document:
        assert document.get_object(*ref).read_bytes() == DATA
        assert str(document.get_object(*ref).Filter[0]) == "/Crypt"
    witness = PypdfDocument(copy, 0, len(copy), password=USER)
    assert resolved(witness.object(ref.number)).get_data() == DATA
    assert resolved(witness.object(plain.number)).get_data() == DATA


def test_the_witness_reads_embedded_files_that_only_the_encryption_dictionary_speaks_of() -> None:
    data = locked(AES_128, attachments=1).replace(BOTH_FILTERS, b"/EFF /StdCF".ljust(len(BOTH_FILTERS)))
    witness = PypdfDocument(data, 0, len(data), password=USER)
    ((_, specification),) = embedded(witness)
    assert resolved(resolved(specification)["/EF"]["/F"]).get_data().startswith(b"a,b")


def test_a_stream_with_a_crypt_filter_of_its_own_is_enciphered_by_that() -> None:
    data = locked(AES_128, xmp=True)
    with opened(data) as document:
        draft = ObjectDraft(document, first_free_number(document))
        ref = draft.add_stream({}, DATA, compress=False)
        draft.change(ref)["/Filter"] = [Name("/Crypt")]
        draft.change(ref)["/DecodeParms"] = [{"/Name": Name("/Identity")}]
        revision = build_update(draft, read_tail(data), hashlib.sha256(data), ciphers=ciphers_of(document))
    copy = data + revision.data
    assert DATA in copy
    with opened(copy) as document:
        assert document.get_object(*ref).read_bytes() == DATA
    assert resolved(PypdfDocument(copy, 0, len(copy), password=USER).object(ref.number)).get_data() == DATA


def test_a_crypt_filter_that_the_file_does_not_define_is_refused() -> None:
    ciphers = StandardCiphers(key=bytes(16), strings=CryptMethod.RC4, streams=CryptMethod.RC4, files=CryptMethod.RC4)
    with pytest.raises(UnknownEncryptionError, match="does not define"):
        ciphers.of_stream(Ref(1), {"/Filter": Name("/Crypt"), "/DecodeParms": {"/Name": Name("/Theirs")}})


@pytest.mark.parametrize("clear", [True, False])
@pytest.mark.parametrize("how", ["AES, 128 bits", "AES, 256 bits"])
def test_the_metadata_stay_readable_without_the_key_only_where_they_were(how: str, *, clear: bool) -> None:
    data = locked(how + ", clear metadata" * clear, xmp=True)
    with opened(data) as document:
        draft = ObjectDraft(document, first_free_number(document))
        entries = {"/Type": Name("/Metadata"), "/Subtype": Name("/XML")}
        draft.replace_stream(document.Root.Metadata, entries, DATA, compress=False)
        appended = build_update(draft, read_tail(data), hashlib.sha256(data), ciphers=ciphers_of(document)).data
    assert (DATA in appended) is clear
    with opened(data + appended) as document:
        assert document.Root.Metadata.read_bytes() == DATA
    copy = data + appended
    witness = PypdfDocument(copy, 0, len(copy), password=USER)
    assert witness.packet == DATA
    assert raw(witness.catalog, "/Metadata") is not None
    assert b"xpacket" in PypdfDocument(copy, 0, len(data), password=USER).packet


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"/CFM /AESV2", b"/CFM /AESV9"), (b"/CFM /AESV2", b"/CFM /AESV3"), (b"/StmF /StdCF", b"/StmF /NoSuc")],
)
def test_a_method_that_is_not_known_is_refused_with_its_name(old: bytes, new: bytes) -> None:
    data = locked(AES_128, xmp=True).replace(old, new)
    with opened(data) as document, pytest.raises(UnknownEncryptionError, match="crypt filter") as refused:
        ciphers_of(document)
    assert refused.value.exit_status == 3
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("handler", "key", "named"), [("/Adobe.PubSec", bytes(16), "Adobe.PubSec"), ("/Standard", bytes(6), "48 bits")]
)
def test_a_handler_or_a_length_of_key_that_is_not_known_is_refused(handler: str, key: bytes, named: str) -> None:
    entries = pikepdf.Dictionary({"/Filter": pikepdf.Name(handler), "/V": 2})
    document = SimpleNamespace(
        is_encrypted=True, trailer={"/Encrypt": entries}, encryption=SimpleNamespace(encryption_key=key)
    )
    with pytest.raises(UnknownEncryptionError, match=named):
        ciphers_of(document)  # type: ignore[arg-type]  # qpdf opens no such file

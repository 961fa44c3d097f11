"""What is drafted is written; what is not stays as it was, and the reader's objects are never altered."""

import io
import time
import zlib
from collections.abc import Callable, Iterator, Mapping

import pikepdf
import pytest

from tests.helpers.build import build
from watermark.errors import RefusedError
from watermark.pdf.object_draft import ExtendedArray, ObjectDraft, first_free_number, reference, to_plain, was_rebuilt
from watermark.pdf.serialization import Name, Raw, Ref, Value, tokens


@pytest.fixture
def opened() -> Iterator[Callable[..., pikepdf.Pdf]]:
    documents: list[pikepdf.Pdf] = []

    def opening(**peculiarities: object) -> pikepdf.Pdf:
        documents.append(pikepdf.open(io.BytesIO(build(**peculiarities)), inherit_page_attributes=False))
        return documents[-1]

    yield opening
    for document in documents:
        document.close()


Opening = Callable[..., pikepdf.Pdf]


def test_a_change_is_in_the_draft_and_not_in_the_document(opened: Opening) -> None:
    document = opened()
    draft = ObjectDraft(document, 10)
    before = document.Root.unparse(resolved=True)
    draft.change(document.Root)["/Lang"] = "en"
    assert document.Root.unparse(resolved=True) == before
    assert draft.copy_dict(document.Root)["/Lang"] == "en"
    assert draft.change(document.Root)["/Lang"] == "en"
    (ref, written), *others = draft.objects()
    assert (ref, others) == (reference(document.Root), [])
    assert pikepdf.Object.parse(written.replace(b"2 0 R", b"2")) == pikepdf.Object.parse(
        b"<</Lang (en)/Pages 2/Type /Catalog>>"
    )


def test_what_is_thawed_is_a_copy(opened: Opening) -> None:
    document = opened(pages=2)
    draft = ObjectDraft(document, 10)
    draft.copy_dict(document.Root)["/Lang"] = "en"
    draft.copy_array(document.Root.Pages.Kids).clear()
    assert not list(draft.objects())
    assert "/Lang" not in document.Root
    assert len(document.Root.Pages.Kids) == 2
    assert draft.copy_dict(5) == {}
    assert draft.copy_array(Name("/A")) == []


@pytest.mark.parametrize(
    ("written", "are_references"),
    [
        (b"[1 0 R 2 0 R 1 0 R]", True),
        (b"[1 0 R null]", False),
        (b"[1 0 R 7]", False),
        (b"[[1 0 R]]", False),
        (b"[]", False),
        (b"<< /A 1 0 R >>", False),
    ],
)
def test_references_are_copied_as_in_any_array_and_not_followed(
    opened: Opening, written: bytes, *, are_references: bool
) -> None:
    document = opened(catalog={"/Kept": Raw(written)})
    draft = ObjectDraft(document, 30)
    copied = draft.copy_references(document.Root.Kept)
    assert tokens(copied) == tokens(draft.copy_array(document.Root.Kept))
    assert [isinstance(one, Ref) for one in copied] == [are_references] * len(copied)


def test_values_of_an_object_come_through_a_change_exactly(opened: Opening) -> None:
    entries = {"/R": Name("/é ü"), "/S": b"\0(\xff)", "/T": "x", "/U": [1, True, None, {"/V": -5}], "/W": 0.00001}
    document = opened(catalog=entries)
    draft = ObjectDraft(document, 10)
    draft.change(document.Root)
    ((_, written),) = draft.objects()
    again = pikepdf.Object.parse(written.replace(b"2 0 R", b"2"))
    for key in entries:
        assert again[key] == document.Root[key]


def test_a_number_of_eight_places_is_not_rounded(opened: Opening) -> None:
    document = opened(media_box=b"[0 0 612.12345678 792]")
    draft = ObjectDraft(document, 10)
    draft.change(document.Root.Pages.Kids[0])
    ((_, written),) = draft.objects()
    assert b"612.12345678" in written


def test_references_stay_references(opened: Opening) -> None:
    document = opened(generation=4)
    draft = ObjectDraft(document, 10)
    draft.change(document.Root.Pages)
    ((_, written),) = draft.objects()
    assert b"3 4 R" in written


def test_a_changed_stream_keeps_its_data(opened: Opening) -> None:
    document = opened(compress=True)
    contents = document.Root.Pages.Kids[0].Contents
    draft = ObjectDraft(document, 10)
    draft.change(contents)["/Note"] = 1
    ((_, written),) = draft.objects()
    assert b"/FlateDecode" in written
    assert b"stream\n" + contents.read_raw_bytes() + b"\r\nendstream" in written


def test_a_replaced_stream_has_its_own_length_and_filter(opened: Opening) -> None:
    document = opened(content_entries={"/Filter": Name("/ASCIIHexDecode"), "/DecodeParms": None}, content=b"00>")
    contents = document.Root.Pages.Kids[0].Contents
    draft = ObjectDraft(document, 10)
    draft.replace_stream(contents, draft.copy_dict(contents), b"new" * 9)
    ((_, written),) = draft.objects()
    assert b"/ASCIIHexDecode" not in written
    assert b"/Length %d" % len(zlib.compress(b"new" * 9, 9)) in written
    draft.replace(contents, None)
    assert [written for _, written in draft.objects()] == [b"null"]


def test_new_objects_are_numbered_from_the_first_free_number_and_written_in_order(opened: Opening) -> None:
    document = opened(gap=2, size=3)
    free = first_free_number(document)
    assert free == max(number for number, _ in document.get_xref_table()) + 1
    draft = ObjectDraft(document, free)
    refs = [draft.add(1), draft.add_stream({}, b"x", compress=False), draft.add([])]
    draft.change(document.Root)
    assert refs == [Ref(free), Ref(free + 1), Ref(free + 2)]
    assert [ref for ref, _ in draft.objects()] == [reference(document.Root), *refs]
    assert draft.next_number == free + 3
    assert draft.resolve(refs[2]) == []


def test_a_large_size_is_respected_as_far_as_it_is_plausible(opened: Opening) -> None:
    assert first_free_number(opened(size=500)) == 500
    assert first_free_number(opened(size=2_000_000_000)) == 6


def test_only_dictionaries_can_be_changed(opened: Opening) -> None:
    document = opened(contents="indirect-array")
    draft = ObjectDraft(document, 10)
    with pytest.raises(RefusedError, match="where a dictionary belongs"):
        draft.change(document.Root.Pages.Kids[0].Contents)
    with pytest.raises(TypeError, match="only an indirect object"):
        draft.change({"/A": 1})
    assert draft.change(Ref(77)) == {}


def test_a_rebuilt_file_is_known_by_the_readers_warnings(opened: Opening) -> None:
    assert was_rebuilt(opened(startxref=7).get_warnings())
    assert not was_rebuilt(opened().get_warnings())


class _Reversing:
    """A cipher for the eye."""

    def of_strings(self, ref: Ref) -> Callable[[bytes], bytes] | None:
        return (lambda data: data[::-1]) if ref.number != 11 else None

    def named(self, dictionary: Mapping[str, Value]) -> Mapping[str, Value]:
        return dictionary

    def of_stream(self, ref: Ref, dictionary: Mapping[str, Value]) -> Callable[[bytes], bytes] | None:
        return None if "/Plain" in dictionary else lambda data: b"%d:" % ref.number + data + b"!"


def test_strings_and_streams_are_enciphered_wherever_they_stand(opened: Opening) -> None:
    document = opened(catalog={"/A": [{"/B": b"abc"}], "/L": "def"}, links=True)
    draft = ObjectDraft(document, 10)
    draft.add({"/C": "ghi"})
    draft.add("jkl")
    draft.add_stream({}, b"data", compress=False)
    draft.add_stream({"/Plain": True}, b"data", compress=False)
    draft.change(document.Root)["/D"] = document.Root.Pages
    root, added, exempt, stream, plain = (written for _, written in draft.objects(_Reversing()))
    assert b"/A [<</B (cba)>>]" in root
    assert b"/L (fed)" in root
    assert b"/D 2 0 R" in root
    assert added == b"<</C (ihg)>>"
    assert exempt == b"(jkl)"
    assert stream == b"<</Length 8>>stream\n12:data!\r\nendstream"
    assert b"\ndata\r" in plain


def test_values_nested_without_end_are_refused() -> None:
    value: Value = []
    for _ in range(300):
        value = [value]
    with pytest.raises(RefusedError, match="nested"):
        to_plain(value)


def test_a_thousand_pages_are_drafted_in_a_moment(opened: Opening) -> None:
    document = opened(pages=1000)
    kids = list(document.Root.Pages.Kids)
    start = time.process_time()
    draft = ObjectDraft(document, 9999)
    for page in kids:
        draft.change(page)["/Contents"] = [Ref(1), page.Contents, Ref(2)]
    assert len(list(draft.objects())) == 1000
    assert time.process_time() - start < 0.5


def test_an_array_with_more_at_its_end_is_read_written_and_enciphered_whole(opened: Opening) -> None:
    document = opened(page_entries={"/Annots": [{"/Contents": b"a (note)"}, Ref(1)]})
    draft, page = ObjectDraft(document, 10), document.Root.Pages.Kids[0]
    before = page.unparse(resolved=True)
    longer = ExtendedArray(page.Annots, [Ref(7), None])
    draft.change(page)["/Annots"] = longer
    assert [reference(item) for item in draft.copy_array(draft.copy_dict(page)["/Annots"])] == [
        None,
        Ref(1),
        Ref(7),
        None,
    ]
    plain: Value = [{"/Contents": b"a (note)"}, Ref(1), Ref(7), None]
    assert to_plain(longer) == plain
    assert b"".join(tokens(longer).split()) == b"".join(tokens(plain).split())
    with pytest.raises(TypeError):
        tokens(longer, bytes)  # a cipher reaches its strings only when it is thawed
    assert page.unparse(resolved=True) == before

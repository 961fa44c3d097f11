"""A form is written for another file with all that it refers to, however that is written, and with nothing else."""

import io

import pikepdf
import pypdf
import pytest
from pypdf.generic import IndirectObject

from tests.helpers.build import build
from watermark.pdf.page_alone import FIRST_OBJECT, page_alone
from watermark.verification.objects_alone import MAX_OBJECTS, written_alone


def reader_of(form: pikepdf.Dictionary, *, link: bool = False) -> tuple[pypdf.PdfReader, IndirectObject]:
    """Return a file with a form of these entries, which refers to itself if that is asked for."""
    with pikepdf.open(io.BytesIO(build())) as pdf, io.BytesIO() as data:
        stream = pdf.make_indirect(pikepdf.Stream(pdf, b"0 0 10 10 re f \r\n\x00", form))
        if link:
            stream.Self = stream
        pdf.pages[0].Resources.XObject = pikepdf.Dictionary(F=stream)
        pdf.save(data)
        reader = pypdf.PdfReader(io.BytesIO(data.getvalue()))
    resources = reader.pages[0]["/Resources"]
    assert isinstance(resources, pypdf.generic.DictionaryObject)
    forms = resources["/XObject"]
    assert isinstance(forms, pypdf.generic.DictionaryObject)
    found = forms.raw_get("/F")
    assert isinstance(found, IndirectObject)
    return reader, found


@pytest.mark.parametrize("link", [False, True])
def test_what_is_written_is_what_the_form_has(*, link: bool) -> None:
    entries = {
        "/Type": pikepdf.Name("/XObject"),
        "/Subtype": pikepdf.Name("/Form"),
        "/BBox": [0, 0, 10.5, -3],
        "/Name": pikepdf.Name("/a b#"),
        "/Text": pikepdf.String("(a\\)\u7d50"),
        "/Bytes": pikepdf.String(b"\x00\xff("),
        "/Inner": pikepdf.Dictionary(Yes=True, Deep=[pikepdf.Dictionary(One=1)]),
    }
    _, form = reader_of(pikepdf.Dictionary(entries), link=link)
    objects = written_alone(form, FIRST_OBJECT)
    data = page_alone(b"/MediaBox[0 0 9 9]", b"", b"<</XObject<</F 5 0 R>>>>", objects)
    with pikepdf.open(io.BytesIO(data)) as again:
        copied = again.pages[0].Resources.XObject.F
        assert copied.read_bytes() == b"0 0 10 10 re f \r\n\x00"
        assert {key: copied[key] for key in entries} == pikepdf.Dictionary(entries)
        assert ("/Self" in copied) == link
        assert not link or copied.Self.objgen == copied.objgen
    assert len(objects) == 1


def test_each_object_is_written_once_and_a_missing_one_is_null() -> None:
    shared = pikepdf.Dictionary(Size=1)
    with pikepdf.open(io.BytesIO(build())) as pdf, io.BytesIO() as out:
        one = pdf.make_indirect(shared)
        pdf.Root.Form = pdf.make_indirect(pikepdf.Stream(pdf, b"q Q", pikepdf.Dictionary(A=one, B=[one], C=None)))
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        data = out.getvalue()
    form = pypdf.PdfReader(io.BytesIO(data)).root_object.raw_get("/Form")
    missing = IndirectObject(9999, 0, form.pdf)
    form.get_object()[pypdf.generic.NameObject("/Missing")] = missing
    written = written_alone(form, FIRST_OBJECT)
    assert [b"/A 6 0 R" in written[0], b"/B [6 0 R]" in written[0], b"/Missing 7 0 R" in written[0]] == [True] * 3
    assert [one.split() for one in written[1:]] == [b"<</Size 1 >>".split(), [b"null"]]


def test_a_form_that_refers_to_half_the_file_is_not_written() -> None:
    with pikepdf.open(io.BytesIO(build())) as pdf, io.BytesIO() as out:
        pdf.Root.Form = pdf.make_indirect(pikepdf.Dictionary())
        pdf.Root.Form.All = [pdf.make_indirect(pikepdf.Dictionary(N=n)) for n in range(MAX_OBJECTS)]
        pdf.save(out)
        form = pypdf.PdfReader(io.BytesIO(out.getvalue())).root_object.raw_get("/Form")
    with pytest.raises(ValueError, match="more objects than any marking has"):
        written_alone(form, FIRST_OBJECT)

"""Signatures are found wherever they are, and the permitted changes are named as the file has them."""

import io
from typing import Any

import pikepdf
import pytest

from tests.helpers.build import build
from watermark.article import signatures
from watermark.article.signatures import ALLOWED, MAX_NAMED, Signed, signed
from watermark.pdf.serialization import Name


def signed_in(**catalog: Any) -> Signed:  # noqa: ANN401 - whatever a catalog holds
    data = build(catalog={f"/{key}": value for key, value in catalog.items()})
    with pikepdf.open(io.BytesIO(data)) as document:
        return signed(document)


def certified(parameters: dict[str, Any] | None) -> Signed:
    reference = {"/TransformMethod": Name("/DocMDP"), "/TransformParams": parameters}
    return signed_in(Perms={"/DocMDP": {"/Type": Name("/Sig"), "/Reference": [{}, reference]}})


FIELD = {"/FT": Name("/Sig"), "/T": "here", "/V": {"/Type": Name("/Sig")}}


def test_nothing_is_reported_for_a_file_without_a_signature() -> None:
    empty = {"/FT": Name("/Sig"), "/T": "for a signature"}
    text = {"/FT": Name("/Tx"), "/T": "text", "/V": "words"}
    assert signed_in() == Signed("", "", usage_rights=False)
    assert signed_in(AcroForm={"/Fields": [empty, text], "/SigFlags": 3}) == Signed("", "", usage_rights=False)


@pytest.mark.parametrize(
    ("parameters", "level"), [({"/P": 1}, 1), ({"/P": 2}, 2), ({"/P": 3}, 3), ({}, 2), ({"/P": 9}, 2), (None, 2)]
)
def test_a_certification_names_its_level(parameters: dict[str, Any] | None, level: int) -> None:
    found, effect, _ = certified(parameters)
    assert found == f"it is certified: {ALLOWED[level]} (DocMDP {level})"
    assert ALLOWED[level] in effect


def test_a_signature_is_found_below_a_field_whose_kind_it_inherits() -> None:
    kid = {"/T": "below", "/V": {"/Type": Name("/Sig")}}
    found, effect, _ = signed_in(AcroForm={"/Fields": [{"/FT": Name("/Sig"), "/Kids": [{"/Kids": [kid]}]}]})
    assert found == "signature field “below”"
    assert "changed after signing" in effect


def test_a_signature_in_a_field_whose_name_is_not_the_text_that_it_says_is_found() -> None:
    found, _, _ = signed_in(AcroForm={"/Fields": [FIELD | {"/T": b"\xef\xbb\xbfA\xff"}]})
    assert found == "signature field “A\ufffd”"


def test_a_field_that_locks_the_document_counts_as_a_level() -> None:
    _, effect, _ = signed_in(AcroForm={"/Fields": [{**FIELD, "/Lock": {"/P": 1}}]})
    assert ALLOWED[1] in effect


def test_of_several_levels_the_strictest_is_named() -> None:
    fields = [{**FIELD, "/Lock": {"/P": level}} for level in (3, 1, 2)]
    _, effect, _ = signed_in(AcroForm={"/Fields": fields})
    assert ALLOWED[1] in effect


def test_usage_rights_are_named_apart() -> None:
    assert signed_in(Perms={"/UR3": {"/Type": Name("/Sig")}}) == Signed("", "", usage_rights=True)
    assert signed_in(Perms={"/UR": {"/Type": Name("/Sig")}}, AcroForm={"/Fields": [FIELD]}).found


def test_many_signatures_and_long_names_are_reported_in_few_words() -> None:
    found, _, _ = signed_in(AcroForm={"/Fields": [{**FIELD, "/T": "x" * 5000}] * (MAX_NAMED + 3)})
    assert found.endswith("and in 3 more")
    assert len(found) < 600


@pytest.mark.parametrize(
    "value", [None, 7, Name("/Sig"), [], [[]], {"/Fields": 3}, {"/Fields": [None, 3, {"/Kids": 4}]}]
)
def test_a_form_of_the_wrong_kind_is_not_a_signature(value: Any) -> None:  # noqa: ANN401 - any value at all
    assert signed_in(AcroForm=value, Perms=value) == Signed("", "", usage_rights=False)


def test_a_form_with_more_fields_than_are_looked_at_may_be_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    text = {"/FT": Name("/Tx"), "/T": "text"}
    monkeypatch.setattr(signatures, "MAX_FIELDS", 3)
    assert signed_in(AcroForm={"/Fields": [text] * 3}) == Signed("", "", usage_rights=False)
    found, effect, _ = signed_in(AcroForm={"/Fields": [text] * 3 + [FIELD]})
    assert found == "its form has more than 3 fields, and one of them may be signed"
    assert "changed after signing" in effect


def test_a_field_below_itself_is_looked_at_once() -> None:
    data = build(form_field=True)
    with pikepdf.open(io.BytesIO(data)) as document:
        field = document.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name("/Tx"), T="round"))
        field.Kids = pikepdf.Array([field])
        document.Root.AcroForm.Fields = pikepdf.Array([field])
        assert signed(document) == Signed("", "", usage_rights=False)

"""A page whose group would change its colours under a translucent mark is recognised."""

from collections.abc import Mapping
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from watermark.article.transparency_groups import MAX_OBJECTS, changes_colours


def page_of(resources: Any = None, **entries: Any) -> bool:  # noqa: ANN401 - objects of PDF
    grey = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    return changes_colours(Dictionary({"/Type": Name.Page, "/Group": grey, **entries}), resources)


def form(document: pikepdf.Pdf, **entries: Any) -> pikepdf.Stream:  # noqa: ANN401 - objects of PDF
    made = document.make_stream(b"", **entries)
    made.Type, made.Subtype = Name.XObject, Name.Form
    return made


@pytest.mark.parametrize("space", [Name.DeviceGray, Name.DeviceCMYK, Array([Name.CalGray, Dictionary()])])
def test_a_group_that_is_not_of_the_colours_of_a_screen_changes_them(space: pikepdf.Object) -> None:
    assert page_of(**{"/Group": Dictionary(S=Name.Transparency, CS=space)})


@pytest.mark.parametrize(
    "group",
    [
        None,
        Name.DeviceGray,
        Dictionary(S=Name.Transparency),
        Dictionary(S=Name.Transparency, CS=Name.DeviceRGB),
        Dictionary(CS=Name.DeviceGray),
    ],
)
def test_no_other_group_does(group: pikepdf.Object | None) -> None:
    assert not page_of(**{"/Group": group})


STATES: Mapping[str, dict[str, Any]] = {
    "a fill": {"ca": 0.5},
    "a stroke": {"CA": 0.5},
    "a mask": {"SMask": Dictionary(S=Name.Luminosity)},
    "a blend mode": {"BM": Name.Multiply},
    "blend modes": {"BM": Array([Name.Unheard, Name.Multiply])},
}


@pytest.mark.parametrize("state", STATES.values(), ids=STATES.keys())
def test_a_page_that_is_translucent_already_keeps_its_colours(state: dict[str, Any]) -> None:
    document = pikepdf.new()
    resources = Dictionary(ExtGState=Dictionary(G=Dictionary({f"/{key}": value for key, value in state.items()})))
    assert not page_of(resources)
    inside = form(document, Resources=resources)
    assert not page_of(Dictionary(XObject=Dictionary(F=inside)))
    assert not page_of(**{"/Annots": Array([Dictionary(AP=Dictionary(N=inside))])})
    assert not page_of(**{"/Annots": Array([Dictionary(AP=Dictionary(N=Dictionary(On=inside)))])})


def test_a_page_that_paints_opaque_forms_only_does_not() -> None:
    document = pikepdf.new()
    opaque = Dictionary(ExtGState=Dictionary(G=Dictionary(ca=1, CA=1, SMask=Name("/None"), BM=Name.Normal)))
    inside = form(document, Resources=opaque)
    assert page_of(Dictionary(XObject=Dictionary(F=inside)))


@pytest.mark.parametrize("key", ["Group", "SMask", "SMaskInData"])
def test_a_drawing_with_a_group_or_a_mask_is_translucent(key: str) -> None:
    document = pikepdf.new()
    masked = form(document, **{key: 1})
    assert not page_of(Dictionary(XObject=Dictionary(F=masked)))


def test_forms_that_paint_each_other_and_forms_without_end_are_looked_at_within_a_limit() -> None:
    document = pikepdf.new()
    one = form(document)
    one.Resources = Dictionary(XObject=Dictionary(F=one))
    assert page_of(Dictionary(XObject=Dictionary(F=one)))
    many = Dictionary({f"/F{number}": form(document) for number in range(MAX_OBJECTS)})
    assert not page_of(Dictionary(XObject=many))

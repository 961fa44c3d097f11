"""What the copy's objects are: the original's streams untouched, everything shared copied before it is written to."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from tests.helpers.build import build
from tests.stamping.mark.pages.copies import LINE, LINK, changed, copy_of, imprinted, opened, text_of
from watermark.errors import RefusedError, UsageError
from watermark.pdf.serialization import Name, Raw, Ref
from watermark.stamping.mark import MarkStyle

CONTENTS = ["stream", "array", "indirect-array", "shared", "shared-array", "missing", "null", "empty", "dangling"]


def _members(page: pikepdf.Object) -> list[pikepdf.Object]:
    contents = page.get("/Contents")
    if isinstance(contents, pikepdf.Array):
        return list(contents)
    return [contents] if isinstance(contents, pikepdf.Stream) else []


@pytest.mark.parametrize("contents", CONTENTS)
def test_the_pages_own_streams_stay_in_their_order_byte_for_byte(contents: str) -> None:
    original = build(pages=2, contents=contents, content=[b"q 1 0 0 1 0 0 cm", b"Q 0 0 10 10 re f"])
    with opened(original) as before, opened(copy_of(original)) as after:
        for old, new in zip(before.pages, after.pages, strict=True):
            kept = _members(new.obj)[1:-1]
            assert [member.objgen for member in kept] == [member.objgen for member in _members(old.obj)]
            assert [member.read_raw_bytes() for member in kept] == [
                member.read_raw_bytes() for member in _members(old.obj)
            ]


@pytest.mark.parametrize("contents", CONTENTS)
def test_the_mark_is_seen_however_the_contents_are_written(contents: str) -> None:
    original = build(pages=2, contents=contents)
    copy = copy_of(original)
    for number in (1, 2):
        assert changed(original, copy, number).mean() > 0.02
        assert LINE in text_of(copy, number)


def test_a_null_member_does_no_harm() -> None:
    original = build(contents="array", content=[None, b"0 0 10 10 re f", None])
    assert changed(original, copy_of(original)).mean() > 0.02


@pytest.mark.parametrize("contents", ["shared", "shared-array", "indirect-array"])
@pytest.mark.parametrize("resources", ["own", "shared", "inherited", "missing"])
def test_only_pages_get_a_revision(contents: str, resources: str) -> None:
    original = build(pages=3, contents=contents, resources=resources)
    copy = copy_of(original)
    with opened(original) as before, opened(copy) as after:
        pages = {page.objgen for page in after.pages}
        highest = max(number for number, _ in before.get_xref_table())
        for number in range(1, highest + 1):
            old, new = before.get_object(number, 0), after.get_object(number, 0)
            if new.objgen not in pages:
                assert old.unparse(resolved=True) == new.unparse(resolved=True)


def test_equal_pages_share_all_that_is_painted() -> None:
    with opened(copy_of(build(pages=3, contents="shared", resources="shared"))) as after:
        firsts = [page.obj for page in after.pages]
        assert len({page.Contents[0].objgen for page in firsts}) == 1
        assert len({page.Contents[-1].objgen for page in firsts}) == 1
        assert len({page.Resources.objgen for page in firsts}) == 1
        assert len({page.Annots[-1].objgen for page in firsts}) == 3


@pytest.mark.parametrize("resources", ["own", "shared", "inherited", "missing"])
def test_what_a_page_could_name_it_can_still_name(resources: str) -> None:
    original = build(resources=resources)
    with opened(copy_of(original)) as after:
        added = after.pages[0].obj.Resources
        assert "/RetractionMark" in added.XObject
        assert ("/F1" in added.get("/Font", {})) == (resources != "missing")
    assert "page 1 of the article" in text_of(copy_of(original)) or resources == "missing"


@pytest.mark.parametrize("indirect", [False, True])
def test_a_name_that_is_taken_is_left_alone(indirect: bool) -> None:  # noqa: FBT001 - a parameter of the test
    taken = {"/XObject": {"/RetractionMark": Ref(1), "/RetractionMark1": Ref(1)}}
    original = build(resource_entries=taken, indirect=["/Resources"] if indirect else [])
    with opened(copy_of(original)) as after:
        page = after.pages[0].obj
        assert {"/RetractionMark", "/RetractionMark2", "/RetractionLine"} <= set(page.Resources.XObject.keys())
        assert b"/RetractionMark2 Do" in page.Contents[-1].read_bytes()
    assert changed(original, copy_of(original)).mean() > 0.02


def test_a_copy_can_be_marked_again_under_fresh_names() -> None:
    once = copy_of(build())
    twice = copy_of(once, style=MarkStyle(text="Withdrawn", angle_degrees_ccw=-45))
    assert changed(once, twice).mean() > 0.02
    assert twice.startswith(once)


def test_a_page_that_is_a_direct_object_becomes_an_object_of_its_own() -> None:
    original = build(pages=3, kids="direct")
    copy = copy_of(original)
    for number in (1, 2, 3):
        assert changed(original, copy, number).mean() > 0.02
    with opened(copy) as after:
        kids = after.Root.Pages.Kids
        assert [kid.is_indirect for kid in kids] == [True] * 3
        assert kids[0].Parent.objgen == after.Root.Pages.objgen


def test_a_page_tree_of_direct_objects_is_an_error_that_names_the_page() -> None:
    leaf = b"<</Type/Page/MediaBox[0 0 99 99]>>"
    original = build(catalog={"/Pages": Raw(b"<</Type/Pages/Count 1/Kids[" + leaf + b"]>>")})
    with pytest.raises(RefusedError, match="page 1"):
        copy_of(original)


def test_a_page_shown_twice_is_marked_once() -> None:
    original = build(pages=2, kids="twice")
    copy, done = imprinted(original)
    assert len(done) == 2
    assert (changed(original, copy, 1) == changed(original, copy, 3)).all()


def test_the_link_covers_the_line_and_is_printed() -> None:
    with opened(copy_of(build())) as after:
        page = after.pages[0].obj
        (link,) = page.Annots
        assert link.Subtype == "/Link"
        assert link.F == 4
        assert bytes(link.A.URI) == LINK.encode()
        assert link.P.objgen == page.objgen
        assert not link.get("/Contents").is_indirect
        assert str(link.Contents) == "Retraction notice"
        left, bottom, right, top = (float(side) for side in link.Rect)
        assert 0 < left < right < 612
        assert 770 < bottom < top < 792


def test_without_a_link_there_is_no_annotation() -> None:
    with opened(copy_of(build(), line={"link": ""})) as after:
        assert "/Annots" not in after.pages[0].obj


def test_without_a_line_there_is_only_the_mark() -> None:
    copy = copy_of(build(), line={"text": ""})
    assert "Retracted" not in text_of(copy)
    with opened(copy) as after:
        assert "/Annots" not in after.pages[0].obj
        assert set(after.pages[0].obj.Resources.XObject.keys()) == {"/RetractionMark"}


@pytest.mark.parametrize("links", [False, True])
def test_annotations_of_the_page_stay_before_ours(links: bool) -> None:  # noqa: FBT001 - a parameter of the test
    original = build(pages=2, links=links)
    with opened(original) as before, opened(copy_of(original)) as after:
        for old, new in zip(before.pages, after.pages, strict=True):
            own = [link.objgen for link in old.obj.get("/Annots", [])]
            assert [link.objgen for link in new.obj.Annots][:-1] == own


def test_an_array_of_annotations_that_pages_share_is_not_written_to() -> None:
    original = build(pages=2, page_entries={"/Annots": Ref(2)}, catalog={"/Extra": [1]})
    with opened(original) as document:
        shared = document.make_indirect(pikepdf.Array([]))
        for page in document.pages:
            page.obj.Annots = shared
        out = io.BytesIO()
        document.save(out)
    with opened(copy_of(out.getvalue())) as after:
        arrays = [page.obj.Annots for page in after.pages]
        assert [len(array) for array in arrays] == [1, 1]
        assert arrays[0][0].objgen != arrays[1][0].objgen


def test_what_is_not_an_array_of_annotations_is_left_as_it_is() -> None:
    with opened(copy_of(build(page_entries={"/Annots": Name("/None")}))) as after:
        assert after.Root.Pages.Kids[0].Annots == "/None"


def test_the_same_plan_gives_the_same_bytes() -> None:
    original = build(pages=3, tagged=True)
    assert copy_of(original, tagged=True) == copy_of(original, tagged=True)


def test_a_page_costs_little() -> None:
    few, many = (len(copy_of(data)) - len(data) for data in (build(pages=2), build(pages=102)))
    assert few < 9000
    assert (many - few) / 100 < 480


def test_words_without_glyphs_are_an_error_before_anything_is_written() -> None:
    with pytest.raises(UsageError, match="撤"):
        copy_of(build(), line={"text": "撤稿 2024"})


def test_qpdf_finds_nothing_to_complain_of(tmp_path: Path, tool: Callable[[str], str]) -> None:
    path = tmp_path / "copy.pdf"
    for peculiarity in ({}, {"xref": "stream"}, {"tagged": True}, {"kids": "direct"}, {"contents": "shared-array"}):
        path.write_bytes(copy_of(build(pages=2, **peculiarity), tagged="tagged" in peculiarity))
        checked = subprocess.run([tool("qpdf"), "--check", str(path)], capture_output=True, check=False)
        assert checked.returncode == 0, checked.stdout + checked.stderr

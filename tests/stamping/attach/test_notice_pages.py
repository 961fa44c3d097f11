"""The notice as pages of the article: at either end, untouched by what the article's pages inherit, archivable."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import page as page_validation
import pikepdf
import pypdf
import pypdfium2
import pytest

from tests.helpers.build import build
from tests.helpers.tag_check import faults_in_tags
from tests.stamping.attach import copies
from tests.stamping.attach.copies import FACTS, MARKED_AT, NOTICE, copy_of, document, opened, plan, words_of
from watermark.errors import FailedError
from watermark.pdf.object_draft import ObjectDraft, first_free_number
from watermark.stamping.attach.notice_pages import add_notice_pages
from watermark.stamping.notice_document import notice_document

ARABIC = Path("/usr/share/fonts/opentype/fonts-hosny-amiri/Amiri-Regular.ttf")


def texts_of(data: bytes) -> list[str]:
    return [words_of(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def pixels_of(data: bytes, page_number: int) -> bytes:
    pdf = pypdfium2.PdfDocument(data)
    bitmap = pdf[page_number - 1].render(scale=0.5)
    seen = bytes(bitmap.to_numpy().tobytes())
    bitmap.close()
    pdf.close()
    return seen


SHAPES: list[dict[str, Any]] = [
    {},
    {"pages": 5, "kids": "nested"},
    {"pages": 3, "rotate": 90, "crop_box": (100, 100, 300, 300), "inherited": ["/Rotate", "/MediaBox", "/CropBox"]},
    {"pages": 2, "resources": "inherited"},
    {"pages": 2, "xref": "stream", "object_streams": True},
    {"pages": 2, "kids": "direct"},
]


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("place", ["front", "back"])
def test_the_notice_looks_on_its_page_as_it_does_alone(shape: dict[str, Any], place: str) -> None:
    original = build(**shape)
    copy = copy_of(original, plan(notice_page=place))
    before, after = texts_of(original), texts_of(copy)
    notice = texts_of(document())
    assert after == (notice + before if place == "front" else before + notice)
    shown = 1 if place == "front" else len(after)
    assert pixels_of(copy, shown) == pixels_of(document(), 1)


@pytest.mark.parametrize("level", ["1b", "2b", "2u", "3b"])
@pytest.mark.parametrize("place", ["front", "back"])
def test_an_archivable_file_stays_so_at_every_level(level: str, place: str) -> None:
    copy = copy_of(build(pdfa=level, pages=2), plan(notice_page=place, part=int(level[0])))
    assert not page_validation.validate_pdf_bytes(copy, profile=level).failures


def test_the_set_of_characters_is_left_out_where_it_is_deprecated() -> None:
    assert b"/CIDSet" in copy_of(build(), plan(notice_page="back", part=1))
    assert b"/CIDSet" not in copy_of(build(), plan(notice_page="back", part=4))


@pytest.mark.parametrize("place", ["front", "back"])
@pytest.mark.parametrize("kind", ["pdfua", "tagged"])
def test_in_a_tagged_article_the_notice_is_a_section_with_every_tag_in_its_place(kind: str, place: str) -> None:
    original = build(pages=3, links=False, **{kind: True})
    copy = copy_of(original, plan(notice_page=place, tagged=True))
    assert faults_in_tags(copy) == []
    before = page_validation.validate_pdf_bytes(original, profile="ua1").failures
    after = page_validation.validate_pdf_bytes(copy, profile="ua1").failures
    assert {failure.rule_id for failure in after} <= {failure.rule_id for failure in before}
    with opened(copy) as pdf:
        kids = pdf.Root.StructTreeRoot.K
        container = kids[0] if isinstance(kids, pikepdf.Array) else kids
        roles = [str(kid.S) for kid in container.K]
        assert roles[0 if place == "front" else -1] == "/Sect"
        section = container.K[0 if place == "front" else -1]
        assert {str(kid.S) for kid in section.K} == {"/P", "/Table"}


def changed(original: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(original), inherit_page_attributes=False) as pdf:
        change(pdf)
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True)
    return out.getvalue()


def nest_parent_tree(pdf: pikepdf.Pdf) -> None:
    root = pdf.Root.StructTreeRoot
    numbers = list(root.ParentTree.Nums)
    kids = [
        pdf.make_indirect(pikepdf.Dictionary(Limits=pikepdf.Array([key, key]), Nums=pikepdf.Array([key, value])))
        for key, value in zip(numbers[::2], numbers[1::2], strict=True)
    ]
    root.ParentTree = pikepdf.Dictionary(Kids=pikepdf.Array(kids))


def forget_next_key(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot.ParentTreeNextKey


def name_a_key_that_leads_nowhere(pdf: pikepdf.Pdf) -> None:
    forget_next_key(pdf)
    pdf.pages[0].obj.Annots = pikepdf.Array(
        [pdf.make_indirect(pikepdf.Dictionary(Subtype=pikepdf.Name.Popup, StructParent=40, Contents="x"))]
    )


def two_at_the_root(pdf: pikepdf.Pdf) -> None:
    root = pdf.Root.StructTreeRoot
    other = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Div, P=root))
    first = root.K[0] if isinstance(root.K, pikepdf.Array) else root.K
    root.K = pikepdf.Array([first, other])


def role_that_is_mapped(pdf: pikepdf.Pdf) -> None:
    root = pdf.Root.StructTreeRoot
    first = root.K[0] if isinstance(root.K, pikepdf.Array) else root.K
    first.S = pikepdf.Name("/Article")
    root.RoleMap = pikepdf.Dictionary({"/Article": pikepdf.Name("/Whole"), "/Whole": pikepdf.Name.Document})


def many_keys(pdf: pikepdf.Pdf) -> None:
    root = pdf.Root.StructTreeRoot
    numbers = list(root.ParentTree.Nums)
    for key in range(len(numbers) // 2, 4095):
        numbers += [key, pikepdf.Array([])]
    root.ParentTree = pdf.make_indirect(pikepdf.Dictionary(Nums=pikepdf.Array(numbers)))
    root.ParentTreeNextKey = 4095


@pytest.mark.parametrize("change", [nest_parent_tree, forget_next_key, two_at_the_root, role_that_is_mapped, many_keys])
def test_every_shape_of_a_structure_takes_the_section(change: Callable[[pikepdf.Pdf], None]) -> None:
    original = changed(build(pages=3, pdfua=True), change)
    copy = copy_of(original, plan(notice_page="back", tagged=True))
    assert faults_in_tags(copy) == []
    with opened(copy) as pdf:
        tree = pdf.Root.StructTreeRoot.ParentTree
        for node in [tree, *tree.get("/Kids", [])]:
            numbers = list(node.get("/Nums", []))
            assert len(numbers) <= 8191
            if "/Limits" in node:
                assert list(node.Limits) == [numbers[0], numbers[-2]]


def test_a_role_that_is_mapped_to_document_holds_the_section() -> None:
    original = changed(build(pages=1, tagged=True), role_that_is_mapped)
    with opened(copy_of(original, plan(notice_page="back", tagged=True))) as pdf:
        kids = pdf.Root.StructTreeRoot.K
        container = kids[0] if isinstance(kids, pikepdf.Array) else kids
        assert container.S == "/Article"
        assert container.K[-1].S == "/Sect"


def test_a_key_that_an_annotation_names_is_not_given_to_the_notice() -> None:
    original = changed(build(pages=2, tagged=True), name_a_key_that_leads_nowhere)
    with opened(copy_of(original, plan(notice_page="back", tagged=True))) as pdf:
        assert pdf.pages[-1].obj.StructParents == 41


def test_in_an_article_without_tags_no_mark_is_left_in_the_content() -> None:
    with opened(copy_of(build(), plan(notice_page="back", tagged=True))) as pdf:
        page = pdf.pages[-1]
        operators = {str(item.operator) for item in pikepdf.parse_content_stream(page)}
        assert not operators & {"BDC", "BMC", "EMC"}
        assert not {"/StructParents", "/Tabs"} & set(page.obj.keys())
        assert all("/StructParent" not in link for link in page.obj.Annots)
        assert all(link.P.objgen == page.obj.objgen for link in page.obj.Annots)


def test_in_an_article_without_tags_joined_letters_keep_their_text(monkeypatch: pytest.MonkeyPatch) -> None:
    if not ARABIC.is_file():
        pytest.skip(f"no font at {ARABIC}")
    notice = replace(NOTICE, statement=("نعلن سحب المقال",))
    made = notice_document(notice, facts=FACTS, marked_at=MARKED_AT, font=ARABIC)
    monkeypatch.setattr(copies, "document", lambda: made)
    copy = copy_of(build(pdfa="1b"), plan(notice_page="back", part=1))
    assert not page_validation.validate_pdf_bytes(copy, profile="1b").failures
    with opened(copy) as pdf:
        marks = [
            str(item.operands[1].ActualText)
            for item in pikepdf.parse_content_stream(pdf.pages[-1])
            if str(item.operator) == "BDC"
        ]
    assert marks == ["نعلن سحب المقال"]


def labels_of(data: bytes) -> list[str]:
    return pypdf.PdfReader(io.BytesIO(data)).page_labels


@pytest.mark.parametrize(
    ("page_labels", "place", "labels"),
    [
        (False, "front", ["Notice 1", "1", "2", "3"]),
        (False, "back", ["1", "2", "3", "4"]),
        (True, "front", ["Notice 1", "i", "877", "878"]),
        (True, "back", ["i", "877", "878", "Notice 1"]),
    ],
)
def test_the_pages_of_the_article_keep_their_labels(page_labels: bool, place: str, labels: list[str]) -> None:  # noqa: FBT001 - a case
    copy = copy_of(build(pages=3, page_labels=page_labels), plan(notice_page=place))
    assert labels_of(copy) == labels


@pytest.mark.parametrize(
    ("first", "second", "labels"),
    [
        ("back", "back", ["i", "877", "878", "Notice 1", "Notice 2"]),
        ("front", "front", ["Notice 2", "Notice 1", "i", "877", "878"]),
        ("front", "back", ["Notice 1", "i", "877", "878", "Notice 2"]),
    ],
)
def test_the_pages_of_two_notices_have_different_labels(first: str, second: str, labels: list[str]) -> None:
    copy = copy_of(build(pages=3, page_labels=True), plan(notice_page=first))
    assert labels_of(copy_of(copy, plan(notice_page=second))) == labels


def test_outlines_and_destinations_lead_to_the_pages_that_they_led_to() -> None:
    original = build(pages=3, outlines=True, dests="tree", links=True)
    copy = copy_of(original, plan(notice_page="front"))
    before, after = pypdf.PdfReader(io.BytesIO(original)), pypdf.PdfReader(io.BytesIO(copy))
    pages = [reader.get_destination_page_number(item) for reader in (before, after) for item in reader.outline]
    assert pages == [0, 1, 2, 1, 2, 3]


def test_a_page_that_appears_twice_counts_as_the_viewer_counts() -> None:
    copy = copy_of(build(pages=2, kids="twice", page_labels=True), plan(notice_page="back"))
    assert labels_of(copy) == ["i", "877", "878", "Notice 1"]


def test_a_page_tree_whose_root_cannot_change_is_refused() -> None:
    with pikepdf.open(io.BytesIO(build())) as pdf:
        root = pdf.Root.Pages
        pdf.Root.Pages = pikepdf.Dictionary(Type=pikepdf.Name.Pages, Kids=root.Kids, Count=root.Count)
        with pytest.raises(FailedError, match="root of its page tree"):
            add_notice_pages(ObjectDraft(pdf, first_free_number(pdf)), pdf, plan(notice_page="back"))


def test_the_same_notice_gives_the_same_bytes() -> None:
    original = build(pages=2, tagged=True)
    made = [copy_of(original, plan(notice_page="back", tagged=True)) for _ in range(2)]
    assert made[0] == made[1]

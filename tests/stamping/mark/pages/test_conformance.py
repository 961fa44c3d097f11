"""What was archivable stays so, and the structure tree holds what the tags of a page point at."""

import io
from collections.abc import Iterator
from pathlib import Path

import page as page_validation
import pikepdf
import pytest

from tests.helpers.build import build
from tests.stamping.mark.pages.copies import LINE, changed, copy_of, opened
from watermark.pdf.name_number_trees import MAX_ARRAY_LENGTH

LEVELS = {"1a", "1b", "2a", "2b", "2u", "3a", "3b", "3u"}
CYRILLIC = "Отозвана 2024-05-01: https://doi.org/10.1234/notice"


def _broken_rules(data: bytes, profile: str, path: Path) -> list[str]:
    path.write_bytes(data)
    try:
        report = page_validation.validate_pdf(str(path), profile=profile)
    except page_validation.ParseError as error:
        return [str(error)]
    return sorted({failure.rule_id for failure in report.failures})


@pytest.mark.parametrize("text", [LINE, CYRILLIC])
@pytest.mark.parametrize("level", ["1b", "2b", "2u", "3b", "3u"])
def test_a_valid_archival_file_stays_valid(level: str, text: str, tmp_path: Path) -> None:
    original = build(pdfa=level, pages=2)
    assert not _broken_rules(original, level, tmp_path / "original.pdf")
    part = int(level[0])
    copy = copy_of(original, pdfa_part=part, outline_only=part == 1, line={"text": text})
    assert not _broken_rules(copy, level, tmp_path / "copy.pdf")


def test_opacity_in_part_1_would_be_found(tmp_path: Path) -> None:
    copy = copy_of(build(pdfa="1b"), pdfa_part=1)
    assert any("ALPHA" in rule for rule in _broken_rules(copy, "1b", tmp_path / "copy.pdf"))


@pytest.mark.parametrize("pages", [1, 2, 7])
@pytest.mark.parametrize("link", ["https://doi.org/10.1234/notice", ""])
def test_an_accessible_file_stays_accessible(pages: int, link: str, tmp_path: Path) -> None:
    original = build(pdfua=True, tagged=True, pages=pages)
    assert not _broken_rules(original, "ua1", tmp_path / "original.pdf")
    copy = copy_of(original, pdfua=True, tagged=True, line={"link": link})
    assert not _broken_rules(copy, "ua1", tmp_path / "copy.pdf")
    assert not list(_tag_errors(copy))


def test_an_accessible_file_can_be_marked_twice(tmp_path: Path) -> None:
    once = copy_of(build(pdfua=True, tagged=True, pages=2), pdfua=True, tagged=True)
    twice = copy_of(once, pdfua=True, tagged=True)
    assert not _broken_rules(twice, "ua1", tmp_path / "copy.pdf")
    assert not list(_tag_errors(twice))


def test_the_line_is_read_once_in_a_paragraph_of_the_first_page() -> None:
    with opened(copy_of(build(tagged=True, pages=2), tagged=True)) as after:
        kids = list(
            after.Root.StructTreeRoot.K[0].K
            if isinstance(after.Root.StructTreeRoot.K, pikepdf.Array)
            else after.Root.StructTreeRoot.K.K
        )
        said = [kid for kid in kids if kid.S == "/P" and kid.get("/Lang") == "en"]
        assert len(said) == 1
        first, second = (page.obj.Contents[-1].read_bytes() for page in after.pages)
        assert b"/Link<</MCID 1>>BDC" in first.replace(b" BDC", b"BDC")
        assert b"/Artifact<</Type/Pagination/Subtype/Header>>" in second
        assert kids[-1].S == "/Sect"
        assert [str(kid.S) for kid in kids[-1].K] == ["/Link"]


def test_a_flat_parent_tree_too_long_for_part_1_gets_leaves() -> None:
    with opened(build(tagged=True, pages=1)) as document:
        tree = document.Root.StructTreeRoot.ParentTree
        nums = list(tree.Nums)
        filler = nums[1]
        tree.Nums = pikepdf.Array([part for key in range(MAX_ARRAY_LENGTH // 2) for part in (key, filler)])
        copy = copy_of(_saved(document), tagged=True)
    with opened(copy) as after:
        tree = after.Root.StructTreeRoot.ParentTree
        assert "/Nums" not in tree
        assert [len(kid.Nums) <= MAX_ARRAY_LENGTH for kid in tree.Kids] == [True, True]
        assert after.Root.StructTreeRoot.ParentTreeNextKey == MAX_ARRAY_LENGTH // 2 + 1


def test_a_parent_tree_that_bites_its_tail_comes_to_an_end() -> None:
    with opened(build(tagged=True)) as document:
        root = document.Root.StructTreeRoot
        root.ParentTree = document.make_indirect(pikepdf.Dictionary())
        root.ParentTree.Kids = pikepdf.Array([root.ParentTree] * 30)
        original = _saved(document)
    assert changed(original, copy_of(original, tagged=True)).mean() > 0.02


def test_a_page_with_a_tagged_link_is_read_in_the_order_of_the_structure() -> None:
    with opened(build(tagged=True, pages=2)) as document:
        for page in document.pages:
            del page.obj.Tabs
        original = _saved(document)
    with opened(copy_of(original, tagged=True)) as after:
        assert [page.obj.get("/Tabs") for page in after.pages] == ["/S", "/S"]


def test_a_key_near_the_largest_integer_is_not_counted_on() -> None:
    with opened(build(tagged=True)) as document:
        document.pages[0].obj.StructParents = 2_147_483_647
        original = _saved(document)
    with opened(copy_of(original, tagged=True)) as after:
        assert after.Root.StructTreeRoot.ParentTreeNextKey < 1000


def test_mcids_without_measure_leave_the_line_an_artifact() -> None:
    original = build(tagged=True, content=b"/P <</MCID 999999999>> BDC EMC")
    with opened(copy_of(original, tagged=True)) as after:
        assert b"/Subtype/Header" in after.pages[0].obj.Contents[-1].read_bytes()


@pytest.mark.corpus("pdfa", "pdfua")
def test_a_valid_file_of_the_shared_corpus_stays_valid(shared_pdf: Path, tmp_path: Path) -> None:
    data = shared_pdf.read_bytes()
    with opened(data) as document:
        claims = document.open_metadata()
        level = str(claims.get("pdfaid:part", "")) + str(claims.get("pdfaid:conformance", "")).lower()
        accessible = claims.get("pdfuaid:part") == "1"
        tagged = "/StructTreeRoot" in document.Root
        intents = [intent.get("/S") == "/GTS_PDFA1" for intent in document.Root.get("/OutputIntents", [])]
    profiles = [name for name, claimed in ((level, level in LEVELS), ("ua1", accessible)) if claimed]
    valid = [name for name in profiles if not _broken_rules(data, name, tmp_path / "original.pdf")]
    if not valid or "signed" in shared_pdf.name or b"/ByteRange" in data:
        pytest.skip("not valid as it is, or signed")
    part = int(level[0]) if level in LEVELS else 0
    stroke = part == 1 or (part in {2, 3} and not any(intents))
    copy = copy_of(data, pdfa_part=part, outline_only=stroke, tagged=tagged, pdfua=accessible)
    for name in valid:
        assert not _broken_rules(copy, name, tmp_path / "copy.pdf")


def _saved(document: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    document.save(out, static_id=True)
    return out.getvalue()


def _tag_errors(data: bytes) -> Iterator[str]:
    """Yield where the structure tree and the pages do not point at each other."""
    with opened(data) as document:
        root = document.Root.StructTreeRoot
        entries = dict(_numbers(root.ParentTree))
        keys = [key for key, _ in _numbers(root.ParentTree)]
        if keys != sorted(set(keys)):
            yield "the keys are not in order"
        if root.get("/ParentTreeNextKey", max(keys) + 1) <= max(keys):
            yield "the next key is taken"
        for page in document.pages:
            owners = entries.get(page.obj.get("/StructParents"), [])
            for mcid, owner in enumerate(owners):
                if owner is not None and mcid not in _kids(owner):
                    yield f"MCID {mcid} is not a kid of its owner"
            for link in page.obj.get("/Annots", []):
                owner = entries.get(link.get("/StructParent"))
                if owner is None or owner.S != "/Link":
                    yield "a link has no Link element"
                elif not any(
                    isinstance(kid, pikepdf.Dictionary) and kid.Obj.objgen == link.objgen for kid in _kids(owner)
                ):
                    yield "a Link element does not refer to its link"
                elif owner.objgen not in {kid.objgen for kid in _kids(owner.P) if isinstance(kid, pikepdf.Object)}:
                    yield "an element is not among the kids of its parent"


def _kids(element: pikepdf.Object) -> list[object]:
    kids = element.K
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _numbers(node: pikepdf.Object) -> Iterator[tuple[int, pikepdf.Object]]:
    nums = list(node.get("/Nums", []))
    yield from zip(nums[::2], nums[1::2], strict=True)
    for kid in node.get("/Kids", []):
        yield from _numbers(kid)

"""What may be added to the tags, and what may not be lost."""

import pytest

from tests.helpers.evidence import revision
from watermark.verification.pypdf_document import PypdfDocument, items
from watermark.verification.structure_tree import only_appended, parent_tree, parent_tree_differs, tree_nodes

HIGHEST = 12
OLD = {
    1: b"<</Type/Catalog/StructTreeRoot 2 0 R>>",
    2: b"<</Type/StructTreeRoot/ParentTree 3 0 R>>",
    3: b"<</Kids[4 0 R 5 0 R]>>",
    4: b"<</Nums[0[6 0 R]1 7 0 R]>>",
    5: b"<</Nums[5 8 0 R 9(no array)]>>",
    7: b"[6 0 R null]",
    HIGHEST: b"null",
}


def document(objects: dict[int, bytes]) -> PypdfDocument:
    data = revision(b"%PDF-1.7\n", objects, "/Size 40/Root 1 0 R")
    return PypdfDocument(data, 0, len(data))


BEFORE = document(OLD)


def differences(**changed: bytes) -> str:
    objects = OLD | {int(key.removeprefix("o")): body for key, body in changed.items()}
    return " | ".join(parent_tree_differs(BEFORE, document(objects)))


def test_the_parent_tree_is_read_through_its_kids() -> None:
    assert sorted(parent_tree(BEFORE)) == [0, 1, 5, 9]


def test_a_tree_that_leads_to_itself_has_an_end() -> None:
    looped = document(OLD | {4: b"<</Kids[3 0 R 4 0 R]/Nums[0 6 0 R]>>"})
    assert len(list(tree_nodes(looped.catalog["/StructTreeRoot"].raw_get("/ParentTree")))) == 3


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"o5": b"<</Nums[5 8 0 R 9(no array)10 20 0 R]>>"},
        {"o4": b"<</Nums[0[6 0 R null 20 0 R]1 7 0 R]>>"},
        {"o3": b"<</Kids[4 0 R 5 0 R 30 0 R]>>", "o30": b"<</Nums[10 20 0 R 11 21 0 R]>>"},
    ],
)
def test_new_keys_and_longer_lists_of_owners_are_no_loss(changed: dict[str, bytes]) -> None:
    assert differences(**changed) == ""


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"o4": b"<</Nums[1 7 0 R]>>"}, "have lost the entry for key 0"),
        ({"o4": b"<</Nums[0[20 0 R]1 7 0 R]>>"}, "have lost the entry for key 0"),
        ({"o4": b"<</Nums[0[6 0 R]1 20 0 R]>>"}, "have lost the entry for key 1"),
        ({"o5": b"<</Nums[5 6 0 R 9(no array)]>>"}, "have lost the entry for key 5"),
        ({"o5": b"<</Nums[5 8 0 R 9(other)]>>"}, "have lost the entry for key 9"),
        ({"o5": b"<</Nums[5 8 0 R 9(no array)10 6 0 R]>>"}, "have gained a key 10 that is not of this marking"),
    ],
)
def test_what_is_lost_or_foreign_is_named(changed: dict[str, bytes], message: str) -> None:
    assert message in differences(**changed)


@pytest.mark.parametrize(
    ("old", "new", "is_grown"),
    [
        (b"[]", b"[20 0 R]", True),
        (b"[6 0 R 7]", b"[20 0 R 6 0 R null 7 21 0 R]", True),
        (b"[6 0 R null]", b"[6 0 R null 20 0 R]", True),
        (b"[6 0 R 7]", b"[7 6 0 R]", False),
        (b"[6 0 R 7]", b"[6 0 R]", False),
        (b"[6 0 R]", b"[6 0 R 6 0 R]", False),
        (b"[6 0 R]", b"[6 0 R 8]", False),
    ],
)
def test_an_array_grows_by_objects_of_the_marking_only(old: bytes, new: bytes, *, is_grown: bool) -> None:
    read = document(OLD | {8: old, 9: new})
    assert only_appended(items(read.object(8)), items(read.object(9)), HIGHEST) is is_grown

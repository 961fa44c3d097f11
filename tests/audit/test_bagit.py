"""Bags: manifest entries that are stale because an article was marked are updated; damage never is."""

from collections.abc import Callable
from pathlib import Path

import bagit
import pytest

from tests.helpers.tampered_copies import stamped
from watermark.audit.bagit import check_bag
from watermark.audit.own_copies import original_bytes_of
from watermark.errors import FailedError


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    """A bag with an article and a text in it, as an archive keeps it, beside a marked copy of the article."""
    stamped(tmp_path, pages=2)
    path = tmp_path / "bag"
    (path / "articles").mkdir(parents=True)
    (tmp_path / "original.pdf").rename(path / "articles" / "a.pdf")
    (path / "read me.txt").write_text("Read me.")
    bagit.make_bag(str(path), {"Source-Organization": "A house"}, checksums=["md5", "sha512"])
    return path


def mark(bag: Path) -> Path:
    return (bag.parent / "copy.pdf").replace(bag / "data" / "articles" / "a.pdf")


def test_a_bag_that_holds_needs_nothing(bag: Path) -> None:
    assert not check_bag(bag, original_bytes_of).needs_attention


def test_a_marked_copy_makes_the_manifests_stale_and_the_update_valid(bag: Path) -> None:
    mark(bag)
    found = check_bag(bag, original_bytes_of)
    assert (found.stale, found.faults, found.needs_attention) == (("data/articles/a.pdf",), (), True)
    updated = check_bag(bag, original_bytes_of, update=True)
    assert (updated.updated, updated.needs_attention) == (True, False)
    assert bagit.Bag(str(bag)).validate()
    assert bagit.Bag(str(bag)).info["Source-Organization"] == "A house"
    assert not check_bag(bag, original_bytes_of).stale


def test_nothing_but_the_lines_of_marked_copies_changes_in_a_bag(bag: Path) -> None:
    mark(bag)
    before = {path.name: path.read_text().splitlines() for path in bag.glob("*.txt")}
    assert check_bag(bag, original_bytes_of, update=True).updated
    after = {path.name: path.read_text().splitlines() for path in bag.glob("*.txt")}
    changed = {name: sum(a != b for a, b in zip(before[name], after[name], strict=True)) for name in before}
    assert changed == {
        "bagit.txt": 0,
        "bag-info.txt": 1,
        "manifest-md5.txt": 1,
        "manifest-sha512.txt": 1,
        "tagmanifest-md5.txt": 3,
        "tagmanifest-sha512.txt": 3,
    }


@pytest.mark.parametrize("error", [bagit.BagError("not valid"), OSError(28, "no space"), KeyboardInterrupt()])
def test_an_update_that_does_not_come_out_valid_leaves_the_manifests_as_they_were(
    bag: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    mark(bag)
    before = {path: path.read_bytes() for path in bag.rglob("*.txt")}
    calls = list[int]()

    def validate(_: bagit.Bag) -> bool:
        calls.append(1)
        if len(calls) > 1:
            raise error
        raise bagit.BagError("a digest differs")

    monkeypatch.setattr(bagit.Bag, "validate", validate)
    with pytest.raises((FailedError, KeyboardInterrupt)):
        check_bag(bag, original_bytes_of, update=True)
    assert {path: path.read_bytes() for path in bag.rglob("*.txt")} == before


def spoil_the_text(bag: Path) -> None:
    (bag / "data" / "read me.txt").write_text("Other text.")


def lose_the_text(bag: Path) -> None:
    (bag / "data" / "read me.txt").unlink()


def put_in(bag: Path) -> None:
    (bag / "data" / "new.txt").write_text("New")


def spoil_a_manifest(bag: Path) -> None:
    manifest = bag / "manifest-md5.txt"
    manifest.write_text(manifest.read_text().replace("a", "b"))


def replace_the_article(bag: Path) -> None:
    stamped(bag.parent, pages=3)
    mark(bag)


def spoil_the_copy(bag: Path) -> None:
    copy = bag / "data" / "articles" / "a.pdf"
    copy.write_bytes(copy.read_bytes().replace(b"/RetractionMark", b"/RetractionMarx"))


@pytest.mark.parametrize(
    "damage", [spoil_the_text, lose_the_text, put_in, spoil_a_manifest, replace_the_article, spoil_the_copy]
)
def test_damage_is_never_written_into_a_manifest(bag: Path, damage: Callable[[Path], None]) -> None:
    mark(bag)
    damage(bag)
    before = {path: path.read_bytes() for path in bag.glob("*.txt")}
    found = check_bag(bag, original_bytes_of, update=True)
    assert (bool(found.faults), found.updated, found.needs_attention) == (True, False, True)
    assert {path: path.read_bytes() for path in bag.glob("*.txt")} == before


def test_a_manifest_that_points_outside_of_the_bag_is_not_a_bag(bag: Path) -> None:
    manifest = bag / "manifest-md5.txt"
    manifest.write_text(manifest.read_text() + "0" * 32 + "  ../../etc/passwd\n")
    assert check_bag(bag, original_bytes_of, update=True).faults

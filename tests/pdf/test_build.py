"""The built files are what the recipes say: proved with readers that did not write them."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import page as page_validation
import pikepdf
import pypdfium2
import pytest

from tests.helpers.build import build

Tool = Callable[[str], str]

SOUND = [
    {},
    {"xref": "stream"},
    {"xref": "stream", "object_streams": True, "pages": 3},
    {"xref": "hybrid"},
    {"xref": "hybrid", "object_streams": True, "revisions": 1},
    {"gap": 2},
    {"gap": 1, "xref": "stream"},
    {"generation": 3},
    {"revisions": 3},
    {"revisions": 2, "xref": "stream", "object_streams": True},
    {"pages": 5, "tagged": True, "links": True, "outlines": True, "dests": "tree", "page_labels": True},
    {"form_field": True, "attachments": 5, "attachment_kids": True, "dests": "legacy"},
    {"pages": 5, "kids": "nested", "inherited": ["/MediaBox", "/Rotate"], "rotate": b"90.0"},
    {"kids": "empty-nodes"},
    {"contents": "missing"},
    {"contents": "empty"},
    {"contents": "shared-array", "pages": 2},
    {"info": None, "identifier": False},
    {"info_direct": True},
    {"linearized": True},
    {"junk_before": b"junk\n"},
    {"junk_after": b"\0\0trash"},
    {"eof_newline": False},
    {"signed": True},
]


def _checked(path: Path, data: bytes, qpdf: str) -> subprocess.CompletedProcess[str]:
    path.write_bytes(data)
    return subprocess.run([qpdf, "--check", path], capture_output=True, text=True, check=False)


def _ids(recipe: dict[str, object]) -> str:
    return "-".join(f"{key}={value}" for key, value in recipe.items()) or "plain"


@pytest.mark.parametrize("recipe", SOUND, ids=_ids)
def test_a_sound_recipe_opens_in_qpdf_without_a_word_and_in_pdfium(
    recipe: dict[str, object], tmp_path: Path, tool: Tool
) -> None:
    data = build(**recipe)
    checked = _checked(tmp_path / "built.pdf", data, tool("qpdf"))
    assert checked.returncode == 0, checked.stderr
    document = pypdfium2.PdfDocument(data)
    assert len(document) == recipe.get("pages", 1)
    document.close()


@pytest.mark.parametrize(
    ("recipe", "complaint"),
    [
        ({"kids": "direct"}, "is direct"),
        ({"kids": "twice"}, "appears more than once"),
        ({"size": 4}, "reported number of objects (4)"),
        ({"startxref": 7}, "xref not found"),
        ({"space_before_xref": b"\n \n"}, "extraneous whitespace"),
        ({"content": [b"q", None, b"Q"]}, "ignoring non-stream"),
    ],
    ids=str,
)
def test_an_odd_recipe_is_odd_in_the_way_it_says(
    recipe: dict[str, object], complaint: str, tmp_path: Path, tool: Tool
) -> None:
    assert complaint in _checked(tmp_path / "built.pdf", build(**recipe), tool("qpdf")).stderr


@pytest.mark.parametrize("level", ["1b", "2b", "2u", "3b", "3u"])
@pytest.mark.parametrize("more", [{}, {"tagged": True, "links": True, "outlines": True, "page_labels": True}], ids=_ids)
def test_an_archival_recipe_is_valid(level: str, more: dict[str, object]) -> None:
    profile = page_validation.ValidationProfile(level)
    report = page_validation.validate_pdf_bytes(build(pdfa=level, **more), profile=profile)
    assert not report.failures


@pytest.mark.parametrize("more", [{}, {"pdfa": "1b"}, {"pdfa": "3u"}], ids=_ids)
def test_an_accessible_recipe_is_valid(more: dict[str, object]) -> None:
    profiles = [page_validation.ValidationProfile(level) for level in ("ua1", *more.values())]
    for profile in profiles:
        report = page_validation.validate_pdf_bytes(build(pdfua=True, pages=2, **more), profile=profile)
        assert not report.failures


@pytest.mark.parametrize(
    "how",
    [
        {"R": 3, "aes": False, "metadata": False},
        {"R": 4},
        {"R": 6},
    ],
    ids=_ids,
)
def test_an_encrypted_recipe_opens_with_its_password_only(how: dict[str, object]) -> None:
    data = build(encryption={"user": "reader", "owner": "owner", **how}, text="Within.")
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(data))
    with pikepdf.open(io.BytesIO(data), password="reader") as document:  # noqa: S106 - the password of a test file
        assert how["R"] == document.encryption.R
        assert b"Within." in document.pages[0].Contents.read_bytes()


def test_pages_of_a_hybrid_file_are_seen_by_old_readers_and_its_info_is_packed() -> None:
    with pikepdf.open(io.BytesIO(build(xref="hybrid"))) as document:
        assert "/XRefStm" in document.trailer
        packed = {number for (number, _), entry in document.get_xref_table().items() if entry.type == 2}
        assert document.trailer.Info.objgen[0] in packed
        assert document.pages[0].objgen[0] not in packed
        assert document.docinfo["/Title"] == "An article"


def test_the_same_recipe_gives_the_same_bytes() -> None:
    recipe = {"pdfa": "2b", "tagged": True, "pages": 2, "linearized": True}
    assert build(**recipe) == build(**recipe)

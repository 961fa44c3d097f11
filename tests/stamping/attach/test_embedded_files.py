"""Files inside the file: found by every reader, beside those that were there, and archivable where they may be."""

import hashlib
import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import page as page_validation
import pikepdf
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.build import build
from tests.stamping.attach.copies import MARKED_AT, copy_of, document, leaves, names_in, opened, plan, text_file
from watermark.errors import FailedError
from watermark.pdf.object_draft import ObjectDraft, first_free_number
from watermark.pdf.serialization import Name
from watermark.stamping.attach.embedded_files import attach, free_name
from watermark.stamping.plan import Attachment


def notice_pdf() -> Attachment:
    return Attachment(
        kind="notice-pdf",
        name="retraction-notice.pdf",
        data=document(),
        media_type="application/pdf",
        description="Retraction notice, typeset",
        relationship="Supplement",
    )


def test_a_file_is_found_by_its_name_with_its_bytes() -> None:
    copy = copy_of(build(), plan(text_file(), notice_pdf()))
    attachments = pypdf.PdfReader(io.BytesIO(copy)).attachments
    assert attachments["notice.md"] == [text_file().data]
    assert attachments["retraction-notice.pdf"] == [document()]


def test_the_specification_says_all_that_an_archive_asks_for() -> None:
    with opened(copy_of(build(), plan(text_file()))) as pdf:
        (specification,) = pdf.Root.AF
        assert specification.is_indirect
        assert (specification.F, specification.UF) == ("notice.md", "notice.md")
        assert specification.Desc == "Retraction notice"
        assert specification.AFRelationship == Name("/Supplement")
        assert specification.EF.F.objgen == specification.EF.UF.objgen
        embedded = specification.EF.F
        assert embedded.Type == "/EmbeddedFile"
        assert embedded.Subtype == "/text/markdown"
        assert embedded.Params.Size == len(text_file().data)
        assert embedded.Params.ModDate == embedded.Params.CreationDate == f"D:{MARKED_AT:%Y%m%d%H%M%S}Z"
        assert bytes(embedded.Params.CheckSum) == hashlib.md5(text_file().data, usedforsecurity=False).digest()


def test_pdfdetach_lists_and_saves_them(tmp_path: Path, tool: Callable[[str], str]) -> None:
    path = tmp_path / "copy.pdf"
    path.write_bytes(copy_of(build(attachments=1), plan(text_file("nötice.md"))))
    listed = subprocess.run([tool("pdfdetach"), "-list", path], capture_output=True, check=True, text=True).stdout
    assert "2 embedded files" in listed
    assert "nötice.md" in listed
    subprocess.run([tool("pdfdetach"), "-save", "2", "-o", tmp_path / "out", path], check=True)
    assert (tmp_path / "out").read_bytes() == text_file().data


@pytest.mark.parametrize("level", ["3b", "2b", "2u"])
def test_an_archivable_file_stays_so_with_what_its_level_allows(level: str) -> None:
    original = build(pdfa=level)
    files = (text_file(), notice_pdf()) if level == "3b" else (notice_pdf(),)
    assert not page_validation.validate_pdf_bytes(original, profile=level).failures
    assert not page_validation.validate_pdf_bytes(copy_of(original, plan(*files)), profile=level).failures


@pytest.mark.parametrize("kids", [False, True])
def test_the_files_of_the_original_are_kept_and_the_name_tree_stays_in_order(kids: bool) -> None:  # noqa: FBT001 - a case
    original = build(attachments=7, attachment_kids=kids)
    copy = copy_of(original, plan(text_file("zz.md"), text_file("aa.md"), text_file("data-3b.md")))
    assert names_in(copy) == ["aa.md", *(f"data-{n}.csv" for n in (1, 2, 3)), "data-3b.md",
                              *(f"data-{n}.csv" for n in (4, 5, 6, 7)), "zz.md"]  # fmt: skip
    with opened(original) as before, opened(copy) as after:
        kept = dict(leaves(after.Root.Names.EmbeddedFiles))
        for key, value in leaves(before.Root.Names.EmbeddedFiles):
            assert kept[key].objgen == value.objgen


@settings(max_examples=25, deadline=None)
@given(
    there=st.integers(0, 9),
    kids=st.booleans(),
    names=st.lists(st.text("ab-dat123é文.", min_size=1, max_size=9), min_size=1, max_size=5),
)
def test_whatever_the_names_every_file_is_there_once_and_in_order(there: int, kids: bool, names: list[str]) -> None:  # noqa: FBT001 - a case
    copy = copy_of(build(attachments=there, attachment_kids=kids), plan(*(text_file(name) for name in names)))
    found = names_in(copy)
    assert len(found) == len({name.casefold() for name in found}) == there + len(names)


def test_a_name_that_is_taken_gets_a_number() -> None:
    copy = copy_of(build(attachments=1), plan(text_file("DATA-1.csv"), text_file("data-1.csv")))
    assert sorted(names_in(copy)) == ["DATA-1 (2).csv", "data-1 (3).csv", "data-1.csv"]


@pytest.mark.parametrize(
    ("name", "taken", "free"),
    [
        ("a.md", set(), "a.md"),
        ("a.md", {"a.md", "a (2).md"}, "a (3).md"),
        (".md", {".md"}, ".md (2)"),
        ("a", {"a"}, "a (2)"),
        ("Straße.md", {"strasse.md"}, "Straße (2).md"),
    ],
)
def test_the_number_is_before_the_suffix(name: str, taken: set[str], free: str) -> None:
    assert free_name(name, taken) == free


def changed(original: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(original)) as pdf:
        change(pdf)
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True)
    return out.getvalue()


def test_names_and_trees_that_are_direct_are_extended_all_the_same() -> None:
    def make_direct(pdf: pikepdf.Pdf) -> None:
        tree = pikepdf.Dictionary(Names=pdf.Root.Names.EmbeddedFiles.Names)
        pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=tree, Other=pikepdf.Array([1]))

    copy = copy_of(changed(build(attachments=2), make_direct), plan(text_file()))
    assert names_in(copy) == ["data-1.csv", "data-2.csv", "notice.md"]
    with opened(copy) as pdf:
        assert list(pdf.Root.Names.Other) == [1]


def test_a_node_that_another_tree_shares_is_not_changed() -> None:
    def share(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Names.JavaScript = pdf.Root.Names.EmbeddedFiles

    copy = copy_of(changed(build(attachments=5, attachment_kids=True), share), plan(text_file()))
    with opened(copy) as pdf:
        assert len(leaves(pdf.Root.Names.JavaScript)) == 5
        assert len(leaves(pdf.Root.Names.EmbeddedFiles)) == 6


@pytest.mark.parametrize("said", [[], ["data-1.csv"]])
def test_limits_that_are_missing_are_found_out(said: list[str]) -> None:
    def spoil_limits(pdf: pikepdf.Pdf) -> None:
        for kid in pdf.Root.Names.EmbeddedFiles.Kids:
            kid.Limits = pikepdf.Array([pikepdf.String(name) for name in said])

    copy = copy_of(changed(build(attachments=6, attachment_kids=True), spoil_limits), plan(text_file("data-3b.md")))
    with opened(copy) as pdf:
        kids = pdf.Root.Names.EmbeddedFiles.Kids
        assert [str(name) for name in kids[1].Names[::2]] == ["data-3.csv", "data-3b.md", "data-4.csv"]
        assert [str(limit) for limit in kids[1].Limits] == ["data-3.csv", "data-4.csv"]


def test_a_name_tree_that_contains_itself_is_refused_in_bounded_time() -> None:
    def close_the_circle(pdf: pikepdf.Pdf) -> None:
        tree = pdf.Root.Names.EmbeddedFiles
        tree.Kids = pikepdf.Array([tree])

    with pytest.raises(FailedError, match="no end"):
        copy_of(changed(build(attachments=1), close_the_circle), plan(text_file()))


@pytest.mark.parametrize("form", ["array", "indirect", "single"])
def test_files_that_were_associated_stay_so(form: str) -> None:
    def associate(pdf: pikepdf.Pdf) -> None:
        specification = pdf.Root.Names.EmbeddedFiles.Names[1]
        array = pikepdf.Array([specification])
        forms = {"array": array, "indirect": pdf.make_indirect(array), "single": specification}
        pdf.Root.AF = forms[form]

    with opened(copy_of(changed(build(attachments=1), associate), plan(text_file()))) as pdf:
        assert [str(specification.F) for specification in pdf.Root.AF] == ["data-1.csv", "notice.md"]


def test_the_same_files_give_the_same_bytes() -> None:
    original = build(attachments=3)
    assert copy_of(original, plan(text_file())) == copy_of(original, plan(text_file()))


def test_no_files_change_nothing() -> None:
    with pikepdf.open(io.BytesIO(build(attachments=3))) as pdf:
        draft = ObjectDraft(pdf, first_free_number(pdf))
        attach(draft, pdf, plan())
        assert not list(draft.objects())


@pytest.mark.corpus("attachments")
def test_real_files_with_attachments_keep_them_and_get_ours(shared_pdf: Path) -> None:
    original = shared_pdf.read_bytes()
    copy = copy_of(original, plan(text_file(), text_file("naïve 文.md")))
    with pikepdf.open(shared_pdf) as before:
        there = dict(before.attachments)
    with pikepdf.open(io.BytesIO(copy)) as after:
        leaves(after.Root.Names.EmbeddedFiles)
        assert {"notice.md", "naïve 文.md", *there} == set(after.attachments)

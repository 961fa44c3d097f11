"""The witness knows content as a form and the mark as an annotation, and sees when either is not what it was made."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.tampered_copies import Tamper, complaints, stamped
from watermark.models import Claim
from watermark.pdf.object_draft import Dictionary, ObjectDraft
from watermark.pdf.serialization import Name
from watermark.stamping.plan import IsolationMethod
from watermark.verification.verifier import verify_copy

FORM, ANNOTATION = {1: IsolationMethod.FORM}, {1: IsolationMethod.ANNOTATION}
Change = Callable[[ObjectDraft, Dictionary], object]


def only(key: str, value: str, change: Change) -> Tamper:
    """Return a tampering with the one drafted object whose entry has this value."""

    def tamper(draft: ObjectDraft) -> None:
        found = [stored for stored in draft._changed.values() if isinstance(stored, dict) and stored.get(key) == value]
        (stored,) = found
        change(draft, stored)

    return tamper


def content_form(change: Change) -> Tamper:
    """Return a tampering with the form of the page's content: the one that clips nothing."""

    def tamper(draft: ObjectDraft) -> None:
        (ref,) = (
            ref
            for ref, stored in draft._changed.items()
            if isinstance(stored, dict) and stored.get("/BBox") == [-32767, -32767, 32767, 32767]
        )
        change(draft, {"ref": ref, **draft.copy_dict(ref)})

    return tamper


def with_entries(**entries: Any) -> Change:  # noqa: ANN401 - any value of a PDF
    return lambda draft, stored: draft._changed[stored["ref"]].update({f"/{k}": v for k, v in entries.items()})  # type: ignore[union-attr,index]


def other_data(draft: ObjectDraft, stored: Dictionary) -> None:
    draft._streams[stored["ref"]] = b"0 0 9 9 re f"  # type: ignore[index]


@pytest.mark.parametrize("contents", ["stream", "array"])
@pytest.mark.parametrize("resources", ["own", "shared", "inherited", "missing"])
def test_content_as_a_form_verifies(tmp_path: Path, contents: str, resources: str) -> None:
    pieces = [b"q 0 0 1 rg 99 99 99 99 re f", b" Q 0 0 9 9 re f"]
    content = pieces if contents == "array" else b"".join(pieces)
    copy = stamped(tmp_path, methods=FORM, content=content, contents=contents, resources=resources)
    assert verify_copy(copy).passed


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (other_data, "the content of the page is not the original's, in a form"),
        (with_entries(Filter=Name("/ASCIIHexDecode")), "the content of the page is not the original's, in a form"),
        (with_entries(BBox=[0, 0, 612, 792]), "the content of the page is clipped"),
        (with_entries(Resources={"/Font": {}}), "the content of the page has other resources"),
        (with_entries(Matrix=[1, 0, 0, 1, 0, 1]), "something that is not a plain form"),
        (with_entries(OC={"/Type": Name("/OCG")}), "something that is not a plain form"),
        (with_entries(Subtype=Name("/Image")), "something that is not a plain form"),
    ],
)
def test_a_form_that_is_not_the_content_of_the_page_is_found(tmp_path: Path, change: Change, words: str) -> None:
    copy = stamped(tmp_path, content_form(change), methods=FORM)
    assert words in complaints(verify_copy(copy), Claim.FIXITY)


def test_a_form_that_can_be_switched_off_or_moves_is_not_a_mark(tmp_path: Path) -> None:
    copy = stamped(tmp_path, content_form(with_entries(OC={"/Type": Name("/OCG")})), methods=FORM)
    assert "switched off" in complaints(verify_copy(copy), Claim.MARKED)


@pytest.mark.parametrize("peculiarities", [{}, {"links": True}, {"rotate": 90}, {"tagged": True}, {"pages": 2}])
def test_a_mark_in_an_annotation_verifies(tmp_path: Path, peculiarities: dict[str, Any]) -> None:
    verdict = verify_copy(stamped(tmp_path, methods=ANNOTATION, **peculiarities))
    assert verdict.passed, verdict.failures


def set_to(**entries: Any) -> Change:  # noqa: ANN401 - any value of a PDF
    return lambda _, stored: stored.update({f"/{key}": value for key, value in entries.items()})


def another_rectangle(_: ObjectDraft, stored: Dictionary) -> None:
    stored["/Rect"] = [10, 10, 612, 792]


def two_states(_: ObjectDraft, stored: Dictionary) -> None:
    stored["/AP"] = {**stored["/AP"], "/D": stored["/AP"]["/N"]}  # type: ignore[dict-item,index,call-overload]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (set_to(F=2), "hidden, or is not printed"),
        (set_to(F=0), "hidden, or is not printed"),
        (set_to(F=4 | 32), "hidden, or is not printed"),
        (set_to(OC={"/Type": Name("/OCG")}), "can be switched off"),
        (set_to(Contents="Nothing is wrong."), "says something else than the receipt"),
        (set_to(Subtype=Name("/Square")), "nothing of this tool is painted over the page"),
        (another_rectangle, "whose appearance is not written in it"),
        (two_states, "with no appearance, or with several"),
    ],
)
def test_an_annotation_that_is_not_always_seen_is_not_a_mark(tmp_path: Path, change: Change, words: str) -> None:
    copy = stamped(tmp_path, only("/Subtype", "/Watermark", change), methods=ANNOTATION)
    assert words in complaints(verify_copy(copy), Claim.MARKED)


def test_an_annotation_beside_the_mark_in_the_content_is_found(tmp_path: Path) -> None:
    def second(draft: ObjectDraft) -> None:
        page = next(stored for stored in draft._changed.values() if isinstance(stored, dict) and "/MediaBox" in stored)
        page["/Annots"] = [*page["/Annots"], draft.add({"/Type": Name("/Annot"), "/Subtype": Name("/Watermark")})]  # type: ignore[misc]

    verdict = verify_copy(stamped(tmp_path, second))
    assert "and an annotation besides" in complaints(verdict, Claim.MARKED)


@pytest.mark.parametrize("level", ["1b", "2b", "3b"])
@pytest.mark.parametrize("methods", [FORM, ANNOTATION], ids=["form", "annotation"])
def test_an_archival_file_stays_valid_in_each_way(
    tmp_path: Path, level: str, methods: dict[int, IsolationMethod]
) -> None:
    verdict = verify_copy(stamped(tmp_path, methods=methods, pdfa=level))
    assert verdict.passed, verdict.findings
    words = [finding.message for finding in verdict.findings if finding.claim is Claim.ARCHIVABLE]
    assert f"page-validation: the copy is valid PDF/A-{level}, as the original is" in words

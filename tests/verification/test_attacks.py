"""Copies that were tampered with and sealed again: the digests are right, and the verdict still names what was done."""

import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pypdf
import pytest

from tests.helpers.tampered_copies import Tamper, complaints, stamped
from watermark.errors import NotVerifiedError
from watermark.models import Claim, Status
from watermark.pdf.object_draft import Dictionary, ObjectDraft
from watermark.pdf.serialization import Name, Raw, Ref, Value
from watermark.stamping.plan import IsolationMethod
from watermark.verification.verifier import verify_copy

ARTICLE = {"pages": 3, "text": "Words that are read on page {number}.", "links": True, "attachments": 1, "xmp": True}


def dictionaries(draft: ObjectDraft, key: str, value: object = None) -> Iterator[tuple[Ref, Dictionary]]:
    """Yield the drafted dictionaries that have an entry, of a value if one is given."""
    for ref, entries in sorted(draft._changed.items(), key=lambda item: item[0]):
        if isinstance(entries, dict) and key in entries and (value is None or str(entries[key]) == value):
            yield ref, entries


def pages(draft: ObjectDraft) -> list[Dictionary]:
    """Return the drafted pages of the article, in order."""
    return [entries for _, entries in dictionaries(draft, "/Type", "/Page") if "/Contents" in entries]


def mark_form(draft: ObjectDraft) -> Ref:
    resources = draft.copy_dict(pages(draft)[0]["/Resources"])
    form = draft.copy_dict(resources["/XObject"])["/RetractionMark"]
    assert isinstance(form, Ref)
    return form


def closing(draft: ObjectDraft, page_number: int) -> tuple[list[Value], Ref]:
    members = pages(draft)[page_number - 1]["/Contents"]
    assert isinstance(members, list)
    last = members[-1]
    assert isinstance(last, Ref)
    return members, last


def content_of(draft: ObjectDraft, ref: Ref) -> bytes:
    data = draft._streams[ref]
    return zlib.decompress(data) if "/Filter" in draft.change(ref) else data


def remade(draft: ObjectDraft, ref: Ref, old: bytes, new: bytes) -> None:
    """Let a drafted stream say something else; `old` is a regular expression."""
    content, count = re.subn(old, new, content_of(draft, ref))
    assert count, old
    draft.replace_stream(ref, draft.change(ref), content)


def repainted(draft: ObjectDraft, page_number: int, old: bytes, new: bytes) -> None:
    """Let the closing stream of one page, its own from now on, say something else."""
    members, ref = closing(draft, page_number)
    members[-1] = draft.add_stream({}, content_of(draft, ref))
    assert isinstance(members[-1], Ref)
    remade(draft, members[-1], old, new)


# ------------------------------------------------------------------------------------------------ the attacks


def unmark(draft: ObjectDraft) -> None:
    repainted(draft, 2, rb"/Artifact<</Type/Pagination/Subtype/Watermark>>BDC.*?EMC", b"")


def unwrap(draft: ObjectDraft) -> None:
    members, _ = closing(draft, 2)
    del members[-1]


def erase(draft: ObjectDraft) -> None:
    members, _ = closing(draft, 2)
    del members[1]


def cover(draft: ObjectDraft) -> None:
    repainted(draft, 1, rb"\Z", b"\nq 1 g 0 0 612 792 re f Q")


def cover_by_annotation(draft: ObjectDraft) -> None:
    face = draft.add_stream(
        {"/Type": Name("/XObject"), "/Subtype": Name("/Form"), "/BBox": [0, 0, 612, 792]}, b"1 g 0 0 612 792 re f"
    )
    square: Dictionary = {"/Type": Name("/Annot"), "/Subtype": Name("/Square"), "/F": 4, "/Rect": [0, 0, 612, 792]}
    page = pages(draft)[0]
    page["/Annots"] = [*draft.copy_array(page["/Annots"]), draft.add({**square, "/AP": {"/N": face}})]


def make_opaque(draft: ObjectDraft) -> None:
    resources = draft.change(mark_form(draft))["/Resources"]
    assert isinstance(resources, dict)
    resources["/ExtGState"] = Raw(b"<</RetractionAlpha<</ca 1>>>>")


def turn_over(draft: ObjectDraft) -> None:
    def turned(match: re.Match[bytes]) -> bytes:
        numbers = match[1].split()
        negated = [number[1:] if number.startswith(b"-") else b"-" + number for number in numbers[:4]]
        return b"q %b cm" % b" ".join((*negated, *numbers[4:]))

    members, ref = closing(draft, 3)
    content = re.sub(rb"q ([-\d. ]+) cm", turned, content_of(draft, ref), count=1)
    members[-1] = draft.add_stream({}, content)


def push_out(draft: ObjectDraft) -> None:
    repainted(draft, 3, rb"(Watermark>>BDC q (?:[-\d.]+ ){4})[-\d.]+", rb"\g<1>900")


def switch_off(draft: ObjectDraft) -> None:
    layer = draft.add({"/Type": Name("/OCG"), "/Name": "Mark"})
    draft.change(mark_form(draft))["/OC"] = layer


def tear(draft: ObjectDraft) -> None:
    resources = draft.copy_dict(pages(draft)[0]["/Resources"])
    line = draft.copy_dict(resources["/XObject"])["/RetractionLine"]
    assert isinstance(line, Ref)
    remade(draft, line, rb" Tj ", rb" Tj 1 0 0 1 0 -40 Tm <5265747261637465> Tj ")


def unlink(draft: ObjectDraft) -> None:
    page = pages(draft)[1]
    page["/Annots"] = draft.copy_array(page["/Annots"])[:-1]


def lead_astray(draft: ObjectDraft) -> None:
    _, action = next(dictionaries(draft, "/S", "/URI"))
    action["/URI"] = b"https://elsewhere.example/"


def replace_font(draft: ObjectDraft) -> None:
    font = next(obj for obj in draft.document.objects if isinstance(obj, pikepdf.Dictionary) and "/BaseFont" in obj)
    draft.replace(Ref(*font.objgen), {"/Type": Name("/Font"), "/Subtype": Name("/Type1"), "/BaseFont": Name("/Symbol")})


def change_content(draft: ObjectDraft) -> None:
    page = draft.document.pages[0].obj
    draft.replace_stream(Ref(*page.Contents.objgen), {}, b"BT /F1 12 Tf 72 700 Td (Other words) Tj ET")


def replace_attachment(draft: ObjectDraft) -> None:
    ref, entries = next(dictionaries(draft, "/Type", "/EmbeddedFile"))
    draft.replace_stream(ref, entries, b"Something else")


def replace_their_attachment(draft: ObjectDraft) -> None:
    file = next(
        obj for obj in draft.document.objects if isinstance(obj, pikepdf.Stream) and obj.get("/Type") == "/EmbeddedFile"
    )
    draft.replace_stream(Ref(*file.objgen), {"/Type": Name("/EmbeddedFile")}, b"Something else")


def drop_attachment(draft: ObjectDraft) -> None:
    _, catalog = next(dictionaries(draft, "/Type", "/Catalog"))
    del catalog["/AF"]


def drop_property(draft: ObjectDraft) -> None:
    ref, _ = next(dictionaries(draft, "/Subtype", "/XML"))
    packet = re.sub(rb"<pdf:Producer>.*?</pdf:Producer>|pdf:Producer=\"[^\"]*\"", b"", draft._streams[ref])
    assert packet != draft._streams[ref]
    draft._streams[ref] = packet


def retitle(draft: ObjectDraft) -> None:
    _, info = next(dictionaries(draft, "/Title"))
    info["/Title"] = "An article"


def shrink(draft: ObjectDraft) -> None:
    pages(draft)[0]["/CropBox"] = [0, 0, 300, 300]


def turn_page(draft: ObjectDraft) -> None:
    pages(draft)[2]["/Rotate"] = 180


def open_elsewhere(draft: ObjectDraft) -> None:
    _, catalog = next(dictionaries(draft, "/Type", "/Catalog"))
    catalog["/OpenAction"] = {"/S": Name("/URI"), "/URI": b"https://elsewhere.example/"}


def add_script(draft: ObjectDraft) -> None:
    _, catalog = next(dictionaries(draft, "/Type", "/Catalog"))
    names = catalog["/Names"]
    assert isinstance(names, dict)
    names["/JavaScript"] = {"/Names": ["run", {"/S": Name("/JavaScript"), "/JS": "app.alert(1)"}]}


def retitle_outline(draft: ObjectDraft) -> None:
    item = draft.document.Root.Outlines.First
    draft.change(Ref(*item.objgen))["/Title"] = "Another heading"


def relabel(draft: ObjectDraft) -> None:
    _, catalog = next(dictionaries(draft, "/Type", "/Catalog"))
    catalog["/PageLabels"] = {"/Nums": [0, {"/S": Name("/A")}]}


def rename(draft: ObjectDraft) -> None:
    """Let the trailer name another first identifier, as a forged copy may."""
    draft.document.trailer["/ID"] = pikepdf.Array([b"another", b"another"])


def front_page_again(draft: ObjectDraft) -> None:
    _, tree = next(dictionaries(draft, "/Type", "/Pages"))
    kids = tree["/Kids"]
    assert isinstance(kids, list)
    kids[0] = kids[-1]


def associate_less(draft: ObjectDraft) -> None:
    _, catalog = next(dictionaries(draft, "/Type", "/Catalog"))
    files = catalog["/AF"]
    assert isinstance(files, list)
    files.append(Ref(1))


def lose_owners(draft: ObjectDraft) -> None:
    _, root = next(dictionaries(draft, "/ParentTree"))
    root["/ParentTree"] = {"/Nums": []}


def lose_elements(draft: ObjectDraft) -> None:
    stored = next(entries for _, entries in dictionaries(draft, "/K") if entries.get("/S") == "/Document")
    kids = stored["/K"]
    assert isinstance(kids, list)
    del kids[0]


ATTACKS: list[tuple[Tamper, Claim, str]] = [
    (unmark, Claim.MARKED, "page 2: the mark is missing"),
    (unmark, Claim.VISIBLE, "page 2: no mark is visible"),
    (unwrap, Claim.MARKED, "page 2: the mark is missing"),
    (erase, Claim.FIXITY, "page 2: the content of the page is not the original's"),
    (erase, Claim.TEXT, "page 2: the text has changed"),
    (cover, Claim.MARKED, "page 1: the mark is missing, or is not as it was made"),
    (cover_by_annotation, Claim.FIXITY, ""),
    (cover_by_annotation, Claim.VISIBLE, "page 1: the mark is hidden"),
    (cover_by_annotation, Claim.STRUCTURE, "page 1: an annotation was added that is not a link"),
    (make_opaque, Claim.MARKED, "page 1: the letters have an opacity of 1; the receipt says 0.22"),
    (turn_over, Claim.MARKED, "page 3: the mark is upside down"),
    (push_out, Claim.MARKED, "page 3: the mark extends beyond the page"),
    (
        switch_off,
        Claim.MARKED,
        "page 1: the mark is missing, or is not as it was made: a form that can be switched off",
    ),
    (tear, Claim.TEXT, "page 1: "),
    (unlink, Claim.STRUCTURE, "page 2: the link to the notice is missing"),
    (lead_astray, Claim.STRUCTURE, "page 1: the link leads to https://elsewhere.example/"),
    (change_content, Claim.FIXITY, "(stream) is replaced"),
    (change_content, Claim.TEXT, "page 1: the text has changed"),
    (replace_attachment, Claim.ATTACHED, "it is not the file that was attached"),
    (replace_their_attachment, Claim.FIXITY, "(embedded file) is replaced"),
    (drop_attachment, Claim.ATTACHED, "is not an associated file"),
    (drop_property, Claim.DESCRIBED, "the property Producer of the original is lost"),
    (retitle, Claim.DESCRIBED, "the title in Info is not “RETRACTED: An article”"),
    (shrink, Claim.STRUCTURE, "page 1: CropBox has changed"),
    (shrink, Claim.FIXITY, "page 1: CropBox has changed"),
    (turn_page, Claim.STRUCTURE, "page 3: Rotate has changed"),
    (open_elsewhere, Claim.FIXITY, "OpenAction has changed"),
    (open_elsewhere, Claim.STRUCTURE, "the opening action (OpenAction) has changed"),
]


@pytest.mark.parametrize(("tamper", "claim", "message"), ATTACKS, ids=lambda value: getattr(value, "__name__", ""))
def test_what_was_done_is_named(tmp_path: Path, tamper: Tamper, claim: Claim, message: str) -> None:
    verdict = verify_copy(stamped(tmp_path, tamper, **ARTICLE))
    assert not verdict.passed
    assert message in complaints(verdict, claim)
    assert not any("could not be run" in finding.message for finding in verdict.findings)


@pytest.mark.parametrize(
    ("tamper", "claim", "message", "article"),
    [
        (add_script, Claim.FIXITY, "JavaScript has changed", {}),
        (add_script, Claim.STRUCTURE, "the names of JavaScript have changed", {}),
        (retitle_outline, Claim.STRUCTURE, "the outline has other titles", {"outlines": True}),
        (retitle_outline, Claim.FIXITY, "is replaced", {"outlines": True}),
        (relabel, Claim.FIXITY, "PageLabels has changed", {"page_labels": True}),
        (relabel, Claim.STRUCTURE, "page 1: its label was", {"page_labels": True, "notice_page": "front"}),
        (lose_owners, Claim.FIXITY, "the tags have lost the entry for key 0", {"tagged": True}),
        (lose_elements, Claim.FIXITY, "K has other members", {"tagged": True}),
        (rename, Claim.FIXITY, "another first identifier", {}),
        (front_page_again, Claim.FIXITY, "a page of the original is repeated", {"notice_page": "front"}),
        (associate_less, Claim.FIXITY, "other files are associated", {}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_was_done_to_the_document_is_named(
    tmp_path: Path, *, tamper: Tamper, claim: Claim, message: str, article: dict[str, object]
) -> None:
    assert message in complaints(verify_copy(stamped(tmp_path, tamper, **article)), claim)


def test_a_replaced_font_is_named(tmp_path: Path) -> None:
    verdict = verify_copy(stamped(tmp_path, replace_font, pdfa="2b"))
    assert "(font) is replaced" in complaints(verdict, Claim.FIXITY)


def test_the_same_copy_untampered_verifies(tmp_path: Path) -> None:
    copy = stamped(tmp_path, **ARTICLE)
    assert verify_copy(copy).passed
    assert verify_copy(copy, original=tmp_path / "original.pdf").passed


# ------------------------------------------------------------------------------------------------ honest copies

CLOSED = {1: IsolationMethod.CLOSED}
HONEST: dict[str, dict[str, object]] = {
    "turned": {"rotate": 90},
    "turned as a real number": {"rotate": b"90.0"},
    "upside down": {"rotate": 180},
    "cropped and turned": {"crop_box": (100, 100, 400, 500), "rotate": 270},
    "origin elsewhere": {"media_box": (-100, -200, 300, 400)},
    "swapped corners": {"media_box": (612, 792, 0, 0)},
    "no box": {"media_box": None},
    "large units": {"user_unit": 2.0},
    "tiny": {"media_box": (0, 0, 3, 3)},
    "huge": {"media_box": (0, 0, 14400, 14400)},
    "inherited": {"inherited": ("/MediaBox", "/Rotate", "/Resources"), "rotate": 90},
    "indirect": {"indirect": ("/MediaBox", "/Rotate"), "rotate": 90},
    "shared contents": {"contents": "shared-array", "pages": 2},
    "no contents": {"contents": "missing"},
    "dangling contents": {"contents": "dangling"},
    "shared resources": {"resources": "shared", "pages": 2},
    "nested pages": {"kids": "nested", "pages": 3},
    "direct page": {"kids": "direct", "pages": 2},
    "page twice": {"kids": "twice", "pages": 2},
    "cross-reference stream": {"xref": "stream", "object_streams": True, "pages": 2},
    "hybrid": {"xref": "hybrid"},
    "generation": {"generation": 3},
    "earlier revisions": {"revisions": 3},
    "no newline at the end": {"eof_newline": False},
    "junk before": {"junk_before": b"junk\n"},
    "junk after": {"junk_after": b"\n\0\0\0\n"},
    "linearized": {"linearized": True},
    "no information": {"info": None},
    "direct information": {"info_direct": True},
    "no identifier": {"identifier": False},
    "everything": {
        "outlines": True,
        "dests": "tree",
        "page_labels": True,
        "links": True,
        "form_field": True,
        "attachments": 2,
        "pages": 3,
    },
    "notice in front": {"notice_page": "front", "page_labels": True, "pages": 3},
    "notice at the back": {"notice_page": "back", "page_labels": True, "pages": 3},
    "tagged": {"tagged": True, "pages": 2},
    "tagged, notice in front": {"tagged": True, "pages": 2, "notice_page": "front"},
    "PDF/A-1b": {"pdfa": "1b"},
    "PDF/A-2b": {"pdfa": "2b"},
    "PDF/A-2u": {"pdfa": "2u"},
    "PDF/A-3b": {"pdfa": "3b"},
    "PDF/UA": {"pdfua": True, "pages": 2},
    "scaled and open": {"content": b"q 0.1 0 0 0.1 0 0 cm", "methods": CLOSED},
    "hidden text left open": {"content": b"BT 3 Tr", "methods": CLOSED},
    "dark page": {"content": b"0 g 0 0 612 792 re f"},
    "deep": {"content": b"q " * 28 + b"Q " * 28, "methods": {1: IsolationMethod.FORM}},
}


@pytest.mark.parametrize("peculiarities", HONEST.values(), ids=HONEST.keys())
def test_an_honest_copy_of_every_kind_verifies(tmp_path: Path, peculiarities: dict[str, object]) -> None:
    verdict = verify_copy(stamped(tmp_path, **peculiarities))
    assert [finding for finding in verdict.findings if finding.status is not Status.OK] == []


# ------------------------------------------------------------------------------------------------ after the marking


def appended_by_pypdf(copy: Path, change: Callable[[pypdf.PdfWriter], None]) -> None:
    writer = pypdf.PdfWriter(str(copy), incremental=True)
    change(writer)
    with copy.open("wb") as file:
        writer.write(file)


def test_an_innocent_further_revision_is_named(tmp_path: Path) -> None:
    copy = stamped(tmp_path, **ARTICLE)
    before = copy.read_bytes()
    appended_by_pypdf(copy, lambda writer: writer.add_metadata({"/Keywords": "read"}))
    assert copy.read_bytes().startswith(before)
    said = complaints(verify_copy(copy), Claim.FIXITY)
    assert "a further revision was appended after the marking" in said
    assert "the original can still be restored" in said


def test_a_revision_that_drops_the_receipt_is_not_a_copy_of_ours(tmp_path: Path) -> None:
    copy = stamped(tmp_path, **ARTICLE)
    appended_by_pypdf(copy, lambda writer: writer.root_object.__delitem__("/Metadata"))
    with pytest.raises(NotVerifiedError, match="not marked by this tool"):
        verify_copy(copy)


@pytest.mark.parametrize("cut", [1, 100, 1000])
def test_a_truncated_original_is_found_out(tmp_path: Path, cut: int) -> None:
    copy = stamped(tmp_path, **ARTICLE)
    data = copy.read_bytes()
    copy.write_bytes(data[:200] + data[200 + cut :])
    try:
        verdict = verify_copy(copy)
    except NotVerifiedError:
        return
    assert verdict.status_of(Claim.FIXITY) is Status.FAILED

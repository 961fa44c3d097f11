"""Marks and links that pass a picture in one viewer, and are made so that another shows or does something else."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import evidence
from tests.helpers.tampered_copies import Tamper, complaints, honest, stamped
from tests.verification.test_attacks import closing, content_of, dictionaries, mark_form, pages, remade, repainted
from watermark.models import Claim, Proof, Status
from watermark.pdf.object_draft import Dictionary, ObjectDraft
from watermark.pdf.serialization import Name, Raw, Ref, tokens
from watermark.stamping.plan import IsolationMethod
from watermark.verification.verifier import verify_copy

CLOSED, FORM, OVER = (
    {1: method} for method in (IsolationMethod.CLOSED, IsolationMethod.FORM, IsolationMethod.ANNOTATION)
)
SCRIPT: Dictionary = {"/S": Name("/JavaScript"), "/JS": "app.alert(1)"}
LINE = rb"/Artifact<<[^>]*>> ?BDC( q [^/]*/RetractionLine)"


def painted(old: bytes, new: bytes) -> Tamper:
    """Return what rewrites the stream that paints over the first page; `old` is a regular expression."""
    return lambda draft: repainted(draft, 1, old, new)


def forms(draft: ObjectDraft) -> Dictionary:
    """Return the forms that the first page names, of its own from now on."""
    page = pages(draft)[0]
    resources = draft.copy_dict(page["/Resources"])
    found = resources["/XObject"] = draft.copy_dict(resources["/XObject"])
    page["/Resources"] = resources
    return found


def line_form(draft: ObjectDraft) -> Ref:
    form = forms(draft)["/RetractionLine"]
    assert isinstance(form, Ref)
    return form


def letters(**entries: Any) -> Tamper:  # noqa: ANN401 - any value of a PDF
    """Return what gives the form of the letters further entries."""
    return lambda draft: draft.change(mark_form(draft)).update({f"/{key}": value for key, value in entries.items()})


def resource(kind: str, value: bytes, *, of_line: bool = False) -> Tamper:
    """Return what gives the letters, or the line, other resources of one kind."""

    def tamper(draft: ObjectDraft) -> None:
        stored = draft.change(line_form(draft) if of_line else mark_form(draft))["/Resources"]
        assert isinstance(stored, dict)
        stored[kind] = Raw(value)

    return tamper


def drawn(old: bytes, new: bytes) -> Tamper:
    """Return what rewrites the content of the letters; `old` is a regular expression."""
    return lambda draft: remade(draft, mark_form(draft), old, new)


def annotated(**entries: Any) -> Tamper:  # noqa: ANN401 - any value of a PDF
    """Return what gives the annotation with the mark further entries."""

    def tamper(draft: ObjectDraft) -> None:
        _, annotation = next(dictionaries(draft, "/Subtype", "/Watermark"))
        annotation.update({f"/{key}": value for key, value in entries.items()})

    return tamper


def linked(old: bytes, new: bytes) -> Tamper:
    """Return what rewrites the link to the notice."""

    def tamper(draft: ObjectDraft) -> None:
        ref, link = next((ref, stored) for ref, stored in draft._changed.items() if written(stored))
        assert old in written(link)
        draft._changed[ref] = Raw(written(link).replace(old, new))

    return tamper


def written(value: object) -> bytes:
    """Return a drafted link as it will be written, without spaces before arrays; nothing for anything else."""
    link = isinstance(value, dict) and value.get("/Subtype") == "/Link"
    return tokens(value).replace(b" [", b"[") if isinstance(value, dict) and link else b""


def leading(**entries: Any) -> Tamper:  # noqa: ANN401 - any value of a PDF
    """Return what gives the action of the links further entries."""

    def tamper(draft: ObjectDraft) -> None:
        _, action = next(dictionaries(draft, "/S", "/URI"))
        action.update({f"/{key}": value for key, value in entries.items()})

    return tamper


def line_first(draft: ObjectDraft) -> None:
    """Paint the line before the mark, and a number close behind the Q before both."""
    parts = re.match(rb"(\s*Q)(\s.*?EMC)(\s.*EMC)", content_of(draft, closing(draft, 1)[1]), re.DOTALL)
    assert parts is not None
    restore, mark, line = parts.groups()
    repainted(draft, 1, rb"(?s)\A.*\Z", restore + b"-1" + line + mark)


def saved_in_one_word(draft: ObjectDraft) -> None:
    members, _ = closing(draft, 1)
    members[0] = draft.add_stream({}, b"qq\n")


def read_elsewhere(draft: ObjectDraft) -> None:
    draft.change(closing(draft, 1)[1])["/F"] = b"other.bin"


def named_in_disguise(draft: ObjectDraft) -> None:
    stored = forms(draft)
    stored["/Retraction#4dark"] = stored["/RetractionMark"]
    stored["/RetractionMark"] = draft.add_stream({"/Subtype": Name("/Form"), "/BBox": [0, 0, 1, 1]}, b"")
    repainted(draft, 1, rb"/RetractionMark Do", b"/Retraction#4dark Do")


def form_on_an_empty_page(draft: ObjectDraft) -> None:
    box: Dictionary = {"/Subtype": Name("/Form"), "/BBox": [0, 0, 612, 792]}
    forms(draft)["/RetractionContent"] = draft.add_stream(box, b"0 g 0 0 600 700 re f")
    content = content_of(draft, closing(draft, 1)[1]).lstrip(b"\nQ")
    pages(draft)[0]["/Contents"] = [draft.add_stream({}, b"q /RetractionContent Do Q\n" + content)]


def vertical_tab(draft: ObjectDraft) -> None:
    ref = pages(draft)[0]["/Contents"]
    assert isinstance(ref, Ref)
    remade(draft, ref, rb"Do Q", b"Do\x0bQ")


DISGUISES: dict[str, tuple[Tamper, Claim, str, dict[str, Any]]] = {
    # what one reader takes for white space, for the end of a word, or for the same name
    "Q with a vertical tab": (painted(rb"\A\nQ\n", b"\nQ\v\n"), Claim.MARKED, "the operator Q", {}),
    "Q with a number": (line_first, Claim.MARKED, "the operator Q-1", {}),
    "q in one word": (saved_in_one_word, Claim.FIXITY, "more than q", {"content": b"Q", "methods": CLOSED}),
    "two brackets apart": (
        painted(rb">>\s*Q", b"> >\nQ"),
        Claim.MARKED,
        "not closed",
        {"content": b"/X <<", "methods": CLOSED},
    ),
    "a form with a vertical tab": (vertical_tab, Claim.FIXITY, "not a plain form", {"methods": FORM}),
    "another spelling of a name": (named_in_disguise, Claim.MARKED, "a name in disguise", {}),
    # data that one reader takes from elsewhere
    "content in another file": (read_elsewhere, Claim.MARKED, "a stream with /F", {}),
    "letters in another file": (letters(F=b"other.bin"), Claim.MARKED, "a form with /F", {}),
    "letters of another file": (letters(Ref={"/F": "other.pdf", "/Page": 0}), Claim.MARKED, "a form with /Ref", {}),
    "a form on an empty page": (form_on_an_empty_page, Claim.FIXITY, "not the original's", {"contents": "missing"}),
    # letters and lines that are there, and not seen
    "a box too small": (letters(BBox=[0, 0, 1, 1]), Claim.MARKED, "letters that are clipped", {}),
    "a transfer function": (
        resource("/ExtGState", b"<</RetractionAlpha<</ca .22/TR/Identity>>>>"),
        Claim.MARKED,
        "a graphics state with /TR",
        {},
    ),
    "no colorant": (
        resource(
            "/ColorSpace",
            b"<</RetractionRGB[/Separation/None/DeviceRGB<</FunctionType 2/N 1/Domain[0 1]/C0[1 1 1]/C1[1 0 0]>>]>>",
        ),
        Claim.MARKED,
        "a colour space /Separation",
        {},
    ),
    "a tiny mark": (
        painted(rb"(Watermark>>BDC q )\S+ \S+ \S+ \S+", rb"\g<1>0.01 0 0 0.01"),
        Claim.MARKED,
        "too small",
        {},
    ),
    "strokes without width": (drawn(rb"SC 1 j", b"SC 0 w 1 j"), Claim.MARKED, "the operator w", {"pdfa": "1b"}),
    "strokes of dashes": (drawn(rb"\[\]0 d", b"[0.01 500]0 d"), Claim.MARKED, "letters of dashes", {"pdfa": "1b"}),
    "strokes one sees through": (
        resource("/ExtGState", b"<</RetractionAlpha<</ca 1/CA 0.001>>>>"),
        Claim.MARKED,
        "stroked with an opacity of 0.001",
        {"pdfa": "1b"},
    ),
    "a transparent line": (
        resource("/ExtGState", b"<</RetractionState<</ca 0>>>>", of_line=True),
        Claim.MARKED,
        "text that is not seen",
        {},
    ),
    "a line on a layer": (
        painted(LINE, rb"/OC/RetractionOC BDC\g<1>"),
        Claim.MARKED,
        "properties are not written in it",
        {},
    ),
    "a line that is read as another": (
        painted(LINE, rb"/Span<</ActualText(All is well)>> BDC\g<1>"),
        Claim.MARKED,
        "says something else than it shows",
        {},
    ),
    "no line": (painted(LINE + rb" Do Q EMC", b""), Claim.MARKED, "the line is missing", {}),
    # annotations and links that do more
    "an annotation that keeps its size": (annotated(F=4 | 8), Claim.MARKED, "moved or hidden", {"methods": OVER}),
    "an annotation that stays upright": (annotated(F=4 | 16), Claim.MARKED, "moved or hidden", {"methods": OVER}),
    "an annotation that comes and goes": (annotated(F=4 | 256), Claim.MARKED, "moved or hidden", {"methods": OVER}),
    "an annotation printed elsewhere": (
        annotated(FixedPrint={"/Matrix": [1, 0, 0, 1, 9000, 9000], "/H": 0, "/V": 0}),
        Claim.MARKED,
        "an annotation with /FixedPrint",
        {"methods": OVER},
    ),
    "a link that runs a script": (leading(S=Name("/JavaScript")), Claim.STRUCTURE, "(/S)", {}),
    "a link with a second action": (leading(Next=SCRIPT), Claim.STRUCTURE, "(/Next)", {}),
    "a link that acts of itself": (
        linked(b"/F 4", b"/F 4/AA<</E<</S/JavaScript/JS(1)>>>>"),
        Claim.STRUCTURE,
        "(/AA)",
        {},
    ),
    "a link with a face": (linked(b"/F 4", b"/F 4/AP<</N 1 0 R>>"), Claim.STRUCTURE, "(/AP)", {}),
    "a link with a wide border": (linked(b"/Border[0 0 0]", b"/Border[0 0 300]"), Claim.STRUCTURE, "(/Border)", {}),
}


def twice(draft: ObjectDraft) -> None:
    """Let the page have a second /Contents: some readers take the first of two entries, some the last."""
    page = pages(draft)[0]
    other = draft.add_stream({}, b"BT /F1 20 Tf 72 300 Td (Other words) Tj ET")
    page["/MediaBox"] = Raw(b"[0 0 612 792]/Contents %d 0 R" % other.number)


def attached(draft: ObjectDraft, **entries: Any) -> tuple[Dictionary, Ref]:  # noqa: ANN401 - any value of a PDF
    """Return the specification of the file that was attached, and another file."""
    _, specification = next(dictionaries(draft, "/EF"))
    specification.update({f"/{key}": value for key, value in entries.items()})
    return specification, draft.add_stream({"/Type": Name("/EmbeddedFile")}, b"Other words")


def another_for_another_system(draft: ObjectDraft) -> None:
    specification, other = attached(draft)
    specification["/EF"] = {**draft.copy_dict(specification["/EF"]), "/Unix": other}


def related(draft: ObjectDraft) -> None:
    specification, other = attached(draft)
    specification["/RF"] = {"/F": ["other.txt", other]}


def kept_elsewhere(draft: ObjectDraft) -> None:
    _, file = next(dictionaries(draft, "/Type", "/EmbeddedFile"))
    file["/F"] = b"other.bin"


def associated_without_a_name(draft: ObjectDraft) -> None:
    other = draft.add_stream({"/Type": Name("/EmbeddedFile")}, b"Other words")
    _, catalog = next(dictionaries(draft, "/Type", "/Catalog"))
    files = draft.copy_array(catalog["/AF"])
    catalog["/AF"] = [*files, draft.add({"/Type": Name("/Filespec"), "/F": "other.txt", "/EF": {"/F": other}})]


def count_fewer_pages(draft: ObjectDraft) -> None:
    ref, _ = next(dictionaries(draft, "/Subtype", "/XML"))
    draft._streams[ref], count = re.subn(rb"(page_count\W{0,8})3", rb"\g<1>2", draft._streams[ref])
    assert count


def move_the_link(draft: ObjectDraft) -> None:
    ref, link = next((ref, stored) for ref, stored in draft._changed.items() if written(stored))
    draft._changed[ref] = Raw(re.sub(rb"/Rect\[[^]]*\]", b"/Rect[0 0 1 1]", written(link)))


def drawn_by_no_glyphs(draft: ObjectDraft) -> None:
    glyph = draft.add_stream({}, b"500 0 0 0 1 1 d1")
    font: Dictionary = {
        "/Type": Name("/Font"),
        "/Subtype": Name("/Type3"),
        "/FontBBox": [0, 0, 1, 1],
        "/FontMatrix": Raw(b"[.001 0 0 .001 0 0]"),
        "/CharProcs": {"/a": glyph},
        "/Encoding": {"/Differences": [0, *[Name("/a")] * 256]},
        "/FirstChar": 0,
        "/LastChar": 255,
        "/Widths": [500] * 256,
    }
    stored = draft.change(line_form(draft))["/Resources"]
    assert isinstance(stored, dict)
    stored["/Font"] = {"/RetractionFont": draft.add(font)}


LINE_PLACE = rb"BDC q (\S+ \S+ \S+ \S+) \S+ \S+ cm /RetractionLine"
DISGUISES |= {
    "an entry twice": (twice, Claim.FIXITY, "is not valid PDF syntax", {}),
    "a file for other systems": (another_for_another_system, Claim.ATTACHED, "not the file that was attached", {}),
    "files beside a file": (related, Claim.ATTACHED, "it leads to further files", {}),
    "a file in another file": (kept_elsewhere, Claim.ATTACHED, "its data are in another file", {}),
    "a file without a name": (associated_without_a_name, Claim.ATTACHED, "has no name in it", {}),
    "fewer pages in the receipt": (count_fewer_pages, Claim.STRUCTURE, "the receipt counts 2 pages", {"pages": 3}),
    "a line outside": (
        painted(LINE_PLACE, rb"BDC q \g<1> -5000 -5000 cm /RetractionLine"),
        Claim.MARKED,
        "the line is outside",
        {},
    ),
    "glyphs that draw nothing": (drawn_by_no_glyphs, Claim.MARKED, "a font of the kind /Type3", {}),
    "a link beside the line": (move_the_link, Claim.MARKED, "not over the line", {}),
    "an image that swallows the mark": (
        honest,
        Claim.MARKED,
        "not closed before the mark",
        {"content": b"BI /W 4000 /H 1 /BPC 8 /CS /G ID x EI "},
    ),
}


@pytest.mark.parametrize(("tamper", "claim", "message", "article"), DISGUISES.values(), ids=DISGUISES.keys())
def test_what_viewers_take_differently_is_named(
    tmp_path: Path, tamper: Tamper, claim: Claim, message: str, article: dict[str, Any]
) -> None:
    assert message in complaints(verify_copy(stamped(tmp_path, tamper, **article), proof=Proof.STRUCTURE), claim)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"q " * 28 + b"Q " * 28 + b"0 0 1 1 re W n", "28 levels deep"),
        (b"BI /W 4 /H 4 /BPC 8 /CS /G ID x", "ends inside an inline image"),
    ],
)
def test_what_cannot_be_closed_is_not_vouched_for_unseen(tmp_path: Path, content: bytes, message: str) -> None:
    verdict = verify_copy(stamped(tmp_path, content=content, methods=CLOSED), proof=Proof.STRUCTURE)
    assert verdict.status_of(Claim.MARKED) is Status.NOT_CHECKED
    assert any(message in finding.message for finding in verdict.findings if finding.claim is Claim.MARKED)


@pytest.mark.parametrize("how", ["bleached", "clipped"])
def test_a_line_that_is_there_and_not_seen_is_named(tmp_path: Path, how: str) -> None:
    def tamper(draft: ObjectDraft) -> None:
        if how == "bleached":
            remade(draft, line_form(draft), rb"cs [\d. ]+ sc", b"cs 1 1 1 sc")
        else:
            draft.change(line_form(draft))["/BBox"] = [0, 0, 5, 5]

    assert "the line is not to be seen" in complaints(verify_copy(stamped(tmp_path, tamper)), Claim.VISIBLE)


@pytest.mark.parametrize("entry", ["/AdditionalStreams 1 0 R", "/DocChecksum<00>", "/Other<</S/JavaScript>>"])
def test_an_entry_of_the_trailer_that_no_marking_writes_is_named(tmp_path: Path, entry: str) -> None:
    def alter(parts: evidence.Parts) -> None:
        parts.trailer = entry

    name = re.match(r"/[A-Za-z]+", entry)
    assert name is not None
    altered = evidence.made(evidence.original(), alter=alter)
    message = f"the trailer has the entry {name[0]}, which no marking writes"
    assert message in complaints(verify_copy(evidence.written(tmp_path / "copy.pdf", altered)), Claim.FIXITY)
    same_as_before = evidence.original().replace(b"trailer\n<<", b"trailer\n<<%b" % entry.encode())
    kept = evidence.written(tmp_path / "kept.pdf", evidence.made(same_as_before, alter=alter))
    assert message not in complaints(verify_copy(kept), Claim.FIXITY)


@pytest.mark.parametrize(
    ("trailer", "message"),
    [
        ("/Root 3 0 R", "cannot be read (Multiple definitions in dictionary"),
        ("/Other<</A 1/A 2>>", "cannot be read (Error reading PDF file"),
    ],
)
def test_a_trailer_that_readers_part_over_is_named(tmp_path: Path, trailer: str, message: str) -> None:
    def alter(parts: evidence.Parts) -> None:
        parts.trailer = trailer

    data = evidence.made(evidence.original(), alter=alter)
    assert message in complaints(verify_copy(evidence.written(tmp_path / "copy.pdf", data)), Claim.FIXITY)


def test_objects_that_the_trailer_does_not_count_are_named(tmp_path: Path) -> None:
    data = evidence.made(evidence.original())
    place = data.rindex(b"/Size ")
    size = re.match(rb"/Size (\d+)", data[place:])
    assert size is not None
    fewer = data[:place] + b"/Size 1" + b" " * (len(size[1]) - 1) + data[place + size.end() :]
    copy = evidence.written(tmp_path / "copy.pdf", evidence.resealed(fewer))
    assert "counts fewer objects" in complaints(verify_copy(copy), Claim.FIXITY)


def test_an_object_that_is_listed_twice_is_named(tmp_path: Path) -> None:
    data = evidence.made(evidence.original())
    row = re.findall(rb"\n(\d+ 1\n\d{10} 00000 n \n)", data)[-1]
    place = data.rindex(b"trailer\n<<")
    copy = evidence.written(tmp_path / "copy.pdf", evidence.resealed(data[:place] + row + data[place:]))
    assert "is listed twice" in complaints(verify_copy(copy), Claim.FIXITY)

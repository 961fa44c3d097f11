"""Originals whose authors want to hide the mark: each is refused, or shows it in every viewer and in print."""

import io
import shutil
import subprocess
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pikepdf
import pypdfium2
import pytest
from numpy.typing import NDArray
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image

from tests.helpers.build import build
from tests.helpers.mutations import stamped
from watermark.models import Outcome, Result
from watermark.verification.file_header import header_differs
from watermark.verification.objects_alone import MAX_OBJECTS
from watermark.verification.verifier import verify_copy

Change = Callable[[Pdf, pikepdf.Page], None]
BOX = [0, 0, 612, 792]
LEAST_SHARE = 0.5
"""Of the red that the harmless copy shows, what each viewer has to show of the mark."""
RED = 10


def original(change: Change) -> bytes:
    with pikepdf.open(io.BytesIO(build(pages=1, text="An article."))) as pdf:
        change(pdf, pdf.pages[0])
        written = io.BytesIO()
        pdf.save(
            written,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )
    return written.getvalue()


def content(page: pikepdf.Page) -> bytes:
    return page.obj.Contents.read_bytes()


def face(pdf: Pdf, page: pikepdf.Page) -> Stream:
    """Return a form that shows the page without a mark."""
    form = pdf.make_stream(b"1 1 1 rg 0 0 612 792 re f q\n" + content(page) + b"\nQ")
    form.Type, form.Subtype, form.BBox, form.Resources = Name.XObject, Name.Form, Array(BOX), page.obj.Resources
    return form


def annotated(pdf: Pdf, page: pikepdf.Page, **entries: object) -> None:
    annotation = Dictionary(Type=Name.Annot, Rect=Array(BOX), **entries)
    page.obj.Annots = Array([*page.obj.get("/Annots", Array()), pdf.make_indirect(annotation)])


def layer(pdf: Pdf, page: pikepdf.Page, *, hidden: bool = True) -> pikepdf.Object:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("a layer")))
    off = Array([group]) if hidden else Array()
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=off, Order=Array([])))
    page.obj.Resources.Properties = Dictionary(M=group)
    return group


def nothing(_: Pdf, __: pikepdf.Page) -> None:
    """Leave an original as it is."""


def printed_and_not_viewed(pdf: Pdf, page: pikepdf.Page) -> None:
    annotated(pdf, page, Subtype=Name.Stamp, F=4 | 32, AP=Dictionary(N=face(pdf, page)))


def viewed_when_printed(pdf: Pdf, page: pikepdf.Page) -> None:
    group = layer(pdf, page)
    group.Usage = Dictionary(Print=Dictionary(PrintState=Name.ON), View=Dictionary(ViewState=Name.OFF))
    events = [
        Dictionary(Event=Name(f"/{event}"), OCGs=Array([group]), Category=Array([Name(f"/{event}")]))
        for event in ("Print", "View")
    ]
    pdf.Root.OCProperties.D.AS = Array(events)
    annotated(pdf, page, Subtype=Name.Stamp, F=4, OC=group, AP=Dictionary(N=face(pdf, page)))


def text_without_a_face(pdf: Pdf, page: pikepdf.Page) -> None:
    annotated(
        pdf, page, Subtype=Name.FreeText, F=4, C=Array([1, 1, 1]), DA=String("0 g /Helv 12 Tf"), Contents=String("x")
    )


def square_without_a_face(pdf: Pdf, page: pikepdf.Page) -> None:
    annotated(pdf, page, Subtype=Name.Square, F=4, IC=Array([1, 1, 1]), C=Array([1, 1, 1]))


def stamp_without_a_face(pdf: Pdf, page: pikepdf.Page) -> None:
    annotated(pdf, page, Subtype=Name.Stamp, F=4, Name=Name.Approved)


def field_without_a_face(pdf: Pdf, page: pikepdf.Page) -> None:
    filled = Dictionary(BG=Array([1, 1, 1]))
    annotated(pdf, page, Subtype=Name.Widget, F=4, FT=Name.Tx, T=String("x"), MK=filled)
    pdf.Root.AcroForm = Dictionary(Fields=page.obj.Annots)


def popup_with_a_face(pdf: Pdf, page: pikepdf.Page) -> None:
    annotated(pdf, page, Subtype=Name.Popup, F=4, AP=Dictionary(N=face(pdf, page)))


def popup_with_more_than_can_be_drawn_alone(pdf: Pdf, page: pikepdf.Page) -> None:
    popup_with_a_face(pdf, page)
    page.obj.Annots[0].AP.N.More = Array([pdf.make_indirect(Dictionary()) for _ in range(MAX_OBJECTS)])


def popup_with_a_small_picture(pdf: Pdf, page: pikepdf.Page) -> None:
    popup_with_a_face(pdf, page)
    page.obj.Annots[0].AP.N.write(b"1 g 40 650 110 70 re f")


def field_printed_and_not_viewed(pdf: Pdf, page: pikepdf.Page) -> None:
    annotated(pdf, page, Subtype=Name.Widget, F=4 | 32, FT=Name.Tx, T=String("x"), AP=Dictionary(N=face(pdf, page)))
    pdf.Root.AcroForm = Dictionary(Fields=page.obj.Annots)


def page_with_kids(pdf: Pdf, page: pikepdf.Page) -> None:
    tree = pdf.Root.Pages
    node = Dictionary(
        Type=Name.Page,
        Parent=tree,
        Kids=Array([page.obj]),
        Count=1,
        MediaBox=Array(BOX),
        Resources=page.obj.Resources,
        Contents=page.obj.Contents,
    )
    above = pdf.make_indirect(node)
    tree.Kids = Array([above])
    page.obj.Parent = above


def form_that_leaves_a_layer_open(pdf: Pdf, page: pikepdf.Page) -> None:
    group = layer(pdf, page)
    form = pdf.make_stream(b"/OC /M BDC q 1 0 0 1 0 0 cm")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array(BOX)
    form.Resources = Dictionary(Properties=Dictionary(M=group))
    page.obj.Resources.XObject = Dictionary(Open=form)
    page.obj.Contents = pdf.make_stream(content(page) + b"\n/Open Do\n")


def form_in_a_form_that_leaves_a_layer_open(pdf: Pdf, page: pikepdf.Page) -> None:
    form_that_leaves_a_layer_open(pdf, page)
    outer = pdf.make_stream(b"/Open Do")
    outer.Type, outer.Subtype, outer.BBox = Name.XObject, Name.Form, Array(BOX)
    outer.Resources = Dictionary(XObject=page.obj.Resources.XObject)
    page.obj.Resources.XObject = Dictionary(Outer=outer)
    page.obj.Contents = pdf.make_stream(content(page).replace(b"/Open", b"/Outer"))


def image_that_ends_twice(pdf: Pdf, page: pikepdf.Page) -> None:
    layer(pdf, page)
    image = b"q .001 0 0 .001 0 0 cm BI /W 80 /H 1 /BPC 8 /CS /G ID " + b"xxxx EI EMC ".ljust(80) + b" EI Q\n"
    page.obj.Contents = pdf.make_stream(content(page) + b"\n/OC /M BDC\n" + image)


def content_beyond_the_limit(pdf: Pdf, page: pikepdf.Page) -> None:
    layer(pdf, page)
    long = zlib.compress(content(page) + b" " * (66 << 20) + b"\n/OC /M BDC\n", 1)
    page.obj.Contents = pdf.make_stream(long, Filter=Name.FlateDecode)


def content_that_nobody_decodes(pdf: Pdf, page: pikepdf.Page) -> None:
    layer(pdf, page)
    page.obj.Contents = pdf.make_stream(content(page) + b"\n/OC /M BDC\n", Filter=Name("/NoSuchDecode"))


def layer_left_open(pdf: Pdf, page: pikepdf.Page) -> None:
    layer(pdf, page)
    page.obj.Contents = pdf.make_stream(content(page) + b"\n/OC /M BDC\n")


def layer_left_open_in_disguise(pdf: Pdf, page: pikepdf.Page) -> None:
    layer(pdf, page)
    page.obj.Contents = pdf.make_stream(content(page) + b"\n/O#43 /M BDC\n")


def line_without_a_face(pdf: Pdf, page: pikepdf.Page, *, width: float = 900, rectangle: object = None) -> None:
    ends = Array([0, 400, 612, 400])
    annotated(pdf, page, Subtype=Name.Line, F=4, C=Array([1, 1, 1]), BS=Dictionary(W=width), L=ends)
    page.obj.Annots[-1].Rect = Array(BOX) if rectangle is None else rectangle


def line_beyond_its_rectangle(pdf: Pdf, page: pikepdf.Page) -> None:
    line_without_a_face(pdf, page, rectangle=Array([0, 0, 1, 1]))


def letter_that_leaves_a_layer_open(pdf: Pdf, page: pikepdf.Page, *, closing: bytes = b"") -> None:
    layer(pdf, page)
    glyph = pdf.make_stream(b"9 0 d0 /OC /M BDC 0 0 9 9 re f " + closing)
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 9, 9]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        CharProcs=Dictionary(a=glyph),
        FirstChar=97,
        LastChar=97,
        Widths=Array([9]),
        Encoding=Dictionary(Differences=Array([97, Name.a])),
        Resources=Dictionary(Properties=page.obj.Resources.Properties),
    )
    page.obj.Resources.Font = Dictionary(T=pdf.make_indirect(font))
    page.obj.Contents = pdf.make_stream(b"BT /T 9 Tf 9 9 Td (a) Tj ET\n")


def pattern_that_leaves_a_layer_open(pdf: Pdf, page: pikepdf.Page, *, closing: bytes = b"") -> None:
    layer(pdf, page)
    tile = pdf.make_stream(b"/OC /M BDC 0 0 9 9 re f " + closing)
    tile.PatternType, tile.PaintType, tile.TilingType, tile.XStep, tile.YStep = 1, 1, 1, 9, 9
    tile.BBox, tile.Resources = Array([0, 0, 9, 9]), Dictionary(Properties=page.obj.Resources.Properties)
    page.obj.Resources.Pattern = Dictionary(P=tile)
    page.obj.Contents = pdf.make_stream(content(page) + b"\n/Pattern cs /P scn 0 0 20 20 re f")


def soft_mask_after_restores(pdf: Pdf, page: pikepdf.Page) -> None:
    group = pdf.make_stream(b"")
    group.Type, group.Subtype, group.BBox = Name.XObject, Name.Form, Array(BOX)
    group.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    mask = Dictionary(S=Name.Luminosity, G=group)
    page.obj.Resources.ExtGState = Dictionary(G=Dictionary(Type=Name.ExtGState, SMask=mask))
    page.obj.Contents = pdf.make_stream(content(page) + b"\nQ Q Q /G gs ")


def function_to(pdf: Pdf, code: bytes, inputs: int) -> pikepdf.Object:
    function = pdf.make_stream(code)
    function.FunctionType, function.Domain, function.Range = 4, Array([0, 1] * inputs), Array([0, 1])
    return pdf.make_indirect(function)


def transfer_to_white(pdf: Pdf, page: pikepdf.Page) -> None:
    white = function_to(pdf, b"{pop 1}", 1)
    page.obj.Resources.ExtGState = Dictionary(G=Dictionary(TR=white, TR2=white))
    page.obj.Contents = pdf.make_stream(content(page) + b"\nQ Q Q /G gs ")


def colours_that_mean_white(pdf: Pdf, page: pikepdf.Page) -> None:
    inks, white = Array([Name.A, Name.B, Name.C]), function_to(pdf, b"{pop pop pop 1}", 3)
    page.obj.Resources.ColorSpace = Dictionary(DefaultRGB=Array([Name.DeviceN, inks, Name.DeviceGray, white]))


def layers_off_by_default(pdf: Pdf, page: pikepdf.Page) -> None:
    layer_left_open(pdf, page)
    pdf.Root.OCProperties.D = Dictionary(BaseState=Name.OFF)


def operator_without_operands(pdf: Pdf, page: pikepdf.Page) -> None:
    page.obj.Contents = pdf.make_stream(content(page) + b"\nw")


def operator_with_too_few_operands_on_a_tagged_page(pdf: Pdf, page: pikepdf.Page) -> None:
    page.obj.Contents = pdf.make_stream(b"q 1 2 3 re f Q\n" + content(page))
    page.obj.StructParents = 0


SHOWN_IN_EVERY_VIEWER = (
    operator_without_operands, operator_with_too_few_operands_on_a_tagged_page,
    line_without_a_face, line_beyond_its_rectangle,
    soft_mask_after_restores, transfer_to_white, colours_that_mean_white, layers_off_by_default,
)  # fmt: skip
HOSTILE = (
    letter_that_leaves_a_layer_open, pattern_that_leaves_a_layer_open,
    printed_and_not_viewed, viewed_when_printed, text_without_a_face, square_without_a_face,
    stamp_without_a_face, field_without_a_face, popup_with_a_face, field_printed_and_not_viewed, page_with_kids,
    form_that_leaves_a_layer_open, form_in_a_form_that_leaves_a_layer_open, image_that_ends_twice,
    content_beyond_the_limit, content_that_nobody_decodes, layer_left_open, layer_left_open_in_disguise,
)  # fmt: skip


def form_that_closes_its_layer(pdf: Pdf, page: pikepdf.Page) -> None:
    form_that_leaves_a_layer_open(pdf, page)
    form = page.obj.Resources.XObject.Open
    form.write(b"/OC /M BDC 0 0 1 1 re f EMC")


def image_that_ends_once(pdf: Pdf, page: pikepdf.Page) -> None:
    layer(pdf, page)
    image = b"q .001 0 0 .001 0 0 cm BI /W 80 /H 1 /BPC 8 /CS /G ID " + b"x" * 80 + b" EI Q\n"
    page.obj.Contents = pdf.make_stream(content(page) + b"\n/OC /M BDC EMC\n" + image)


def small_note(pdf: Pdf, page: pikepdf.Page) -> None:
    annotated(pdf, page, Subtype=Name.Square, F=4, IC=Array([1, 1, 1]))
    page.obj.Annots[0].Rect = Array([0, 0, 40, 40])


def popup_without_a_face(pdf: Pdf, page: pikepdf.Page) -> None:
    annotated(pdf, page, Subtype=Name.Popup, F=4, Open=True)


def small_field_printed_and_not_viewed(pdf: Pdf, page: pikepdf.Page) -> None:
    field_printed_and_not_viewed(pdf, page)
    page.obj.Annots[0].Rect = Array([0, 0, 40, 40])


def thin_line(pdf: Pdf, page: pikepdf.Page) -> None:
    line_without_a_face(pdf, page, width=1)


def letter_that_closes_its_layer(pdf: Pdf, page: pikepdf.Page) -> None:
    letter_that_leaves_a_layer_open(pdf, page, closing=b"EMC")


def pattern_that_closes_its_layer(pdf: Pdf, page: pikepdf.Page) -> None:
    pattern_that_leaves_a_layer_open(pdf, page, closing=b"EMC")


HARMLESS = (
    popup_without_a_face, popup_with_a_small_picture, small_field_printed_and_not_viewed,
    thin_line, letter_that_closes_its_layer, pattern_that_closes_its_layer,
    nothing, form_that_closes_its_layer, image_that_ends_once, small_note,
)  # fmt: skip


@pytest.mark.parametrize("change", HARMLESS, ids=lambda change: change.__name__)
def test_a_harmless_original_is_marked_and_verifies(tmp_path: Path, change: Change) -> None:
    outcome = stamped(tmp_path, original(change))
    assert outcome.result is Result.MARKED, outcome.reason
    assert verify_copy(tmp_path / "copy.pdf").passed


@pytest.mark.parametrize(
    "change",
    [*HOSTILE, *(pytest.param(change, marks=pytest.mark.slow) for change in SHOWN_IN_EVERY_VIEWER)],
    ids=lambda change: change.__name__,
)
def test_a_hostile_original_is_refused_or_shows_the_mark_in_every_viewer(tmp_path: Path, change: Change) -> None:
    outcome = stamped(tmp_path, original(change))
    if outcome.result is not Result.MARKED:
        assert_refused(outcome)
        return
    harmless = tmp_path / "harmless"
    harmless.mkdir()
    assert stamped(harmless, original(nothing)).result is Result.MARKED
    expected = dict(red_of(harmless / "copy.pdf", harmless))
    found = dict(red_of(tmp_path / "copy.pdf", tmp_path))
    assert {viewer for viewer, red in found.items() if red < LEAST_SHARE * expected[viewer]} == set()


def test_a_popup_that_cannot_be_drawn_alone_counts_as_over_the_mark(tmp_path: Path) -> None:
    outcome = stamped(tmp_path, original(popup_with_more_than_can_be_drawn_alone))
    assert_refused(outcome)
    assert outcome.report is not None
    assert any("a pop-up with an appearance covers the mark" in one.message for one in outcome.report.failures)


def assert_refused(outcome: Outcome) -> None:
    assert outcome.exit_status in {3, 5}
    assert outcome.report is not None
    assert outcome.report.failures
    assert not outcome.copy


def red_of(path: Path, folder: Path) -> Iterator[tuple[str, int]]:
    """Yield how many pixels of the first page are red in each viewer that is installed, on the screen and in print."""
    with pypdfium2.PdfDocument(path) as document:
        page = document[0]
        for name, mode in (("PDFium", None), ("PDFium in print", "print")):
            yield name, red(page.render(scale=1, optimize_mode=mode, rev_byteorder=True).to_numpy()[..., :3])
    picture = folder / "page.png"
    postscript = folder / "page.ps"
    commands = {
        "poppler": [
            ["pdftoppm", "-r", "72", "-l", "1", "-singlefile", "-png", str(path), str(picture.with_suffix(""))]
        ],
        "MuPDF": [["mutool", "draw", "-q", "-r", "72", "-o", str(picture), str(path), "1"]],
        "pdf.js": [["pdfjs-draw", str(path), str(picture), "display"]],
        "pdf.js in print": [["pdfjs-draw", str(path), str(picture), "print"]],
        "Ghostscript": [ghostscript(picture, path, is_printed=False)],
        "Ghostscript in print": [ghostscript(picture, path)],
        "poppler in print": [
            ["pdftops", "-l", "1", str(path), str(postscript)],
            ghostscript(picture, postscript),
        ],
    }
    for name, steps in commands.items():
        if all(shutil.which(step[0]) for step in steps):
            picture.unlink(missing_ok=True)
            for step in steps:
                subprocess.run(step, check=True, capture_output=True, timeout=120)
            yield name, red(np.asarray(Image.open(picture).convert("RGB")))


def ghostscript(picture: Path, source: Path, *, is_printed: bool = True) -> list[str]:
    quiet = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=png16m", "-r72"]
    return [
        *quiet,
        "-dPrinted=true" if is_printed else "-dPrinted=false",
        "-dLastPage=1",
        f"-sOutputFile={picture}",
        str(source),
    ]


def red(pixels: NDArray[np.uint8]) -> int:
    """Count the pixels of the mark: the edge line at the top is left out."""
    below = pixels[pixels.shape[0] // 15 :].astype(int)
    return int((below[..., 0] - below[..., 1] > RED).sum())


def file_of(before: bytes, section: int) -> SimpleNamespace:
    """Return a file whose section is at this offset from its header, as the check of headers reads it."""
    held = before + b"%PDF-1.7\n" + b"." * 400 + b"\nxref\n0 1\n" + b"." * 400 + b"\nstartxref\n%d\n%%%%EOF\n" % section
    sections = (SimpleNamespace(offset=section, previous=None),)
    return SimpleNamespace(mapped=held, header=held.find(b"%PDF-"), sections=sections)


@pytest.mark.parametrize(
    ("before", "section", "is_named"),
    [(b"", 410, False), (b"junk\n", 900, False), (b"j" * 100 + b"\n", 511, True), (b"%PDF\n%\n", 900, True)],
)
def test_a_file_that_viewers_read_as_two_documents_is_named(before: bytes, section: int, *, is_named: bool) -> None:
    assert bool(list(header_differs(file_of(before, section)))) is is_named  # type: ignore[arg-type]

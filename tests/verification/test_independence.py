"""The verifier is independent: what it imports is listed here, each module with its reason."""

import subprocess
import sys

import pytest

from watermark.pdf.content_balance import balance_of
from watermark.verification import unclosed_operators
from watermark.verification.unclosed_operators import ImageEnd, leftover, leftovers

ALLOWED = {
    "watermark": "the package itself, which loads its names when they are asked for",
    "watermark.errors": "what it raises",
    "watermark.models": "what it returns",
    "watermark.notice": "the states of a notice; its readers are not loaded",
    "watermark.notice.model": "the states of a notice",
    "watermark.pdf": "an empty package",
    "watermark.pdf.bounded_inflate": "inflates what a stranger deflated, within limits",
    "watermark.pdf.contrast": "the formula of WCAG for contrast",
    "watermark.pdf.glyph_sizes": "the limits of a font, which FreeType reads without any",
    "watermark.pdf.file_structure": "says whether a file is linearized",
    "watermark.pdf.geometry": "turns pages as they are displayed",
    "watermark.pdf.pdfium": "calls PDFium, which the writer does not write with",
    "watermark.pdf.pdfium.document": "opens a PDF in PDFium",
    "watermark.pdf.pdfium.lock": "lets one thread at a time call PDFium",
    "watermark.pdf.pdfium.open_page": "draws a page that is open",
    "watermark.pdf.pdfium.objects": "comes with the page, and is not asked",
    "watermark.pdf.pdfium.text": "reads the text of a page",
    "watermark.pdf.page_range": "the pages of a volume that the receipt names",
    "watermark.pdf.pixels": "counts in arrays of pixels",
    "watermark.pdf.page_drawing": "draws open pages as pixels",
    "watermark.pdf.page_alone": "puts content on a page of its own, to be drawn",
    "watermark.pdf.parallel_pages": "lets several processes read the pages of a long article",
    "watermark.pdf.rendering": "keeps what PDFium drew and read",
    "watermark.pdf.text_lines": "comes with the rendering",
    "watermark.pdf.xmp": "the package of the XMP reader",
    "watermark.pdf.xmp.packet": "parses XMP as lxml gives it",
    "watermark.receipt": "what the copy says of itself",
    "watermark.runtime": "an empty package",
    "watermark.runtime.chunks": "reads files piece by piece",
    "watermark.runtime.closing": "closes what was opened in a `with` statement",
    "watermark.runtime.isolation": "starts these processes, and limits them",
    **dict.fromkeys(
        (
            "watermark.runtime.isolation.helper",
            "watermark.runtime.isolation.limits",
            "watermark.runtime.isolation.pool",
            "watermark.runtime.isolation.process",
            "watermark.runtime.isolation.memory_use",
            "watermark.runtime.isolation.start",
            "watermark.runtime.process_tuning",
        ),
        "belongs to these processes",
    ),
    "watermark.runtime.mapped_files": "maps files, so that none can be cut short meanwhile",
    "watermark.runtime.memory_limit": "lifts the limit of memory for a validator that is started",
    "watermark.runtime.other_programs": "starts a validator, within a time",
    "watermark.runtime.second_thread": "draws and validates while objects are compared",
    "watermark.runtime.shared_setting": "changes settings of the process that several threads may want",
    "watermark.runtime.system": "ends a validator that takes too long, with what it has started",
}
COMES_ALONG = {
    "watermark.pdf.xmp.editor": "loaded by its package, and never asked",
    "watermark.pdf.xmp.namespaces": "loaded by its package, and never asked",
    "watermark.pdf.xmp.rdf_values": "loaded by its package, and never asked",
}
WRITERS = ("watermark.stamping", "watermark.pdf.content_balance", "watermark.pdf.object_draft", "pikepdf", "reportlab")
LIST = """
import sys
import watermark.verification.verifier
print(*sorted(name for name in sys.modules if not name.startswith("watermark.verification")))
"""


def imported() -> set[str]:
    done = subprocess.run([sys.executable, "-c", LIST], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_verifier_imports_what_is_listed_and_nothing_of_the_writer() -> None:
    names = imported()
    ours = {name for name in names if name.partition(".")[0] == "watermark"}
    assert ours == ALLOWED.keys() | (COMES_ALONG.keys() & ours)
    assert [name for name in names if name.startswith(WRITERS)] == []


CONTENTS = (
    b"q BT", b"/Span BMC q", b"Q Q", b"q q Q", b"(a (b", b"[ 1 2", b"BI /W 1 /H 1 ID x EI Q", b"q % Q\n/OC /M BDC",
    b"(\\) q) q", b"<71> q", b"[(q) 1 <51>] TJ BT", b"/q /Q BT ET", b"BI /W 1 /H 1 ID x",
)  # fmt: skip


@pytest.mark.parametrize("content", CONTENTS)
def test_the_verifier_counts_as_the_writer_does(content: bytes) -> None:
    found, written = leftover(content, ImageEnd.FIRST_BEFORE_TEXT), balance_of(content)
    assert found.closers == tuple(written.closing.split())
    assert (found.surplus, found.deepest, found.saves) == (
        written.unmatched_restores,
        written.max_depth,
        written.saves,
    )


def test_an_image_that_readers_end_in_different_places_is_counted_in_each_way() -> None:
    once = b"/OC /M BDC BI /W 40 /H 1 /BPC 8 /CS /G ID " + b"x" * 40 + b" EI"
    twice = b"/OC /M BDC BI /W 40 /H 1 /BPC 8 /CS /G ID " + b"x EI EMC ".ljust(40) + b" EI"
    assert [one.closers for one in leftovers(once)] == [(b"EMC",)]
    assert {one.closers for one in leftovers(twice)} == {(b"EMC",), ()}


@pytest.mark.parametrize(("content", "layers"), [(b"/OC /M BDC", 1), (b"/O#43 /M BDC", 1), (b"/Span /M BDC", 0)])
def test_a_layer_that_stays_open_is_counted_in_any_disguise(content: bytes, layers: int) -> None:
    assert leftover(content, ImageEnd.FIRST).layers == layers


def test_more_than_any_page_opens_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unclosed_operators, "MAX_OPEN", 10)
    with pytest.raises(unclosed_operators.TooDeepError):
        leftovers(b"q " * 12)

"""Every peculiarity that breaks tools like this one, in a list: what it is, files that have it, and what is right.

`files` are recipes for `tests.helpers.build`, each stamped from end to end in `test_oddities`; `shown` names the tests
that show what takes more than a recipe. A number is left out where two peculiarities turned out to be one.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from watermark.pdf.serialization import Name, Raw

Recipe = Mapping[str, Any]

WORDS = b"q 0 g BT /F1 12 Tf 72 700 Td (Words of the page) Tj ET Q\n"
STATES = {"/Multiplied": {"/BM": Name("/Multiply"), "/ca": 0.1, "/CA": 0.1}, "/Overprint": {"/OP": True, "/op": True}}
LAYERS = {"/OCProperties": {"/OCGs": [], "/D": {}}}
BROKEN_DEFLATE = zlib.compress(WORDS + b"0 0 9 9 re f\n" * 400, 9)[:-40]


@dataclass(frozen=True, kw_only=True)
class Oddity:
    """One peculiarity. `refused` is the reason in words, where that is the right end."""

    number: int
    words: str
    files: tuple[Recipe, ...] = ()
    shown: tuple[str, ...] = ()
    refused: str = ""


def odd(number: int, words: str, *files: Recipe, shown: tuple[str, ...] = (), refused: str = "") -> Oddity:
    return Oddity(number=number, words=words, files=files, shown=shown, refused=refused)


PLACE = "stamping/mark/pages/test_place_on_page.py::test_every_geometry_shows_the_mark_as_a_plain_page_does"
CONTENT = "stamping/mark/pages/test_content_wrapping.py::"
METHODS = "stamping/plan/test_content_isolation.py::"
OBJECTS = "stamping/mark/pages/test_objects.py::"

GEOMETRY = (
    odd(1, "Rotate 90, 180, 270", {"rotate": 90}, {"rotate": 180}, {"rotate": 270}, shown=(PLACE,)),
    odd(2, "Rotate below 0 or beyond 360", {"rotate": -90}, {"rotate": 450}, {"rotate": -630}),
    odd(3, "Rotate as a real number", {"rotate": b"90.0"}),
    odd(4, "Rotate that is no multiple of 90", {"rotate": 45}, {"rotate": 100}),
    odd(
        5,
        "attributes inherited or indirect",
        {"inherited": ("/MediaBox", "/CropBox", "/Rotate", "/Resources"), "rotate": 90, "crop_box": (9, 9, 500, 700)},
        {"indirect": ("/MediaBox", "/Rotate", "/Resources"), "rotate": 270, "resources": "own"},
    ),
    odd(6, "CropBox smaller and off-centre", {"crop_box": (100, 300, 500, 780)}),
    odd(7, "CropBox and Rotate", {"crop_box": (100, 300, 500, 780), "rotate": 90}),
    odd(8, "CropBox beyond MediaBox", {"crop_box": (-50, -50, 700, 500)}),
    odd(8, "CropBox outside of MediaBox", {"crop_box": (2000, 2000, 2100, 2100)}, refused="page 1 cannot be rendered"),
    odd(9, "a box with swapped corners", {"media_box": (612, 792, 0, 0)}, {"crop_box": (500, 100, 100, 700)}),
    odd(10, "an origin that is not zero", {"media_box": (-300, -400, 312, 392)}, {"media_box": (900, 50, 1500, 800)}),
    odd(
        11,
        "TrimBox and BleedBox that differ",
        {"page_entries": {"/TrimBox": [50, 50, 500, 700], "/BleedBox": [40, 40, 510, 710]}},
    ),
    odd(12, "UserUnit", {"user_unit": 2.5}, {"user_unit": 0.5, "rotate": 90}, shown=(PLACE,)),
    odd(13, "no MediaBox", {"media_box": None}),
    odd(
        14,
        "pages of any size",
        {"media_box": (0, 0, 1200, 300)},
        {"media_box": (0, 0, 14400, 14400)},
        {"media_box": (0, 0, 40, 60)},
        {"media_box": (0, 0, 3, 3)},
    ),
    odd(
        15,
        "the same page twice",
        {"kids": "twice", "pages": 3},
        shown=(f"{OBJECTS}test_a_page_shown_twice_is_marked_once",),
    ),
    odd(
        16,
        "an odd page tree",
        {"kids": "empty-nodes", "pages": 3},
        {"kids": "cycle", "pages": 3},
        {"kids": "direct", "pages": 2},
        {"kids": "nested", "pages": 5},
        shown=(f"{METHODS}test_a_page_that_no_viewer_draws_is_refused_and_named",),
    ),
)
CONTENTS = (
    odd(17, "an open q with a scaled matrix", {"content": WORDS + b"q .1 0 0 .1 5 5 cm"}),
    odd(
        18,
        "a matrix that is never restored",
        {"content": b"1 0 0 -1 0 792 cm " + WORDS},
        {"content": b".2 0 0 .2 0 0 cm " + WORDS},
    ),
    odd(
        19,
        "one Q too many",
        {"content": WORDS + b"Q Q"},
        {"content": b"Q " + WORDS},
        {"content": b".5 0 0 .5 0 0 cm Q " + WORDS},
    ),
    odd(
        20,
        "an open text object, rendering mode, clip",
        {"content": WORDS + b"BT 3 Tr"},
        {"content": WORDS + b"0 0 5 5 re W n"},
    ),
    odd(
        21,
        "open marked content",
        {"content": WORDS + b"/Span BMC"},
        {"content": b"/OC /Layer BDC " + WORDS, "catalog": LAYERS},
    ),
    odd(22, "a comment without an end of line", {"content": WORDS + b"% the end"}),
    odd(
        23,
        "content that ends inside a token",
        {"content": WORDS + b"BT (an open string"},
        {"content": WORDS + b"[1 2"},
        {"content": WORDS + b"/A <</B 1"},
        {"content": WORDS + b"<41"},
        {"content": WORDS + b"BI /W 9 /H 9 /BPC 8 /CS /G ID x"},
        {"content": WORDS + b"BI /W 9 /H 9"},
        shown=(f"{METHODS}test_content_that_spoils_what_follows_becomes_a_form",),
    ),
    odd(24, "an array split in the middle", {"content": [b"q 0 0 1", b"rg 20 20 60 60 re f", b"Q " + WORDS]}),
    odd(
        25,
        "contents that are missing or null",
        *({"contents": kind} for kind in ("missing", "null", "empty", "dangling")),
        {"content": [WORDS, None, b"0 0 5 5 re f"]},
    ),
    odd(
        26,
        "an array of contents that pages share",
        {"contents": "shared-array", "content": [WORDS, b"q Q"], "pages": 3},
    ),
    odd(27, "a stream that pages share", {"contents": "shared", "content": WORDS, "pages": 3}),
    odd(
        28,
        "q nested as deep as is allowed",
        {"content": b"q " * 28 + WORDS},
        {"content": b"q " * 28 + b"Q " * 28 + WORDS},
    ),
    odd(29, "damaged deflate data", {"content": BROKEN_DEFLATE, "content_entries": {"/Filter": Name("/FlateDecode")}}),
    odd(
        30,
        "filters that are not read",
        {"content": WORDS, "content_entries": {"/Filter": Name("/Nonsense")}},
        {"content": WORDS.hex().encode() + b">", "content_entries": {"/Filter": Raw(b"[/ASCIIHexDecode]")}},
        shown=(f"{CONTENT}test_data_in_another_file_is_never_read",),
    ),
    odd(
        31,
        "pages that are painted all over",
        *({"content": colour + b" rg 0 0 612 792 re f"} for colour in (b"1 1 1", b"0 0 0", b"0 0 .5", b".5 .5 .5")),
    ),
    odd(
        31,
        "a page of the colour of the mark",
        {"content": b".75 .1 .1 rg 0 0 612 792 re f"},
        shown=("attacks/test_oddities.py::test_on_a_page_of_its_own_colour_the_mark_takes_another",),
    ),
    odd(
        32,
        "a graphics state left behind",
        {"content": WORDS + b"/Multiplied gs", "resource_entries": {"/ExtGState": STATES}},
        {"content": b"/Overprint gs " + WORDS, "resource_entries": {"/ExtGState": STATES}},
        shown=(f"{CONTENT}test_the_mark_looks_the_same_whatever_the_content_leaves_behind",),
    ),
    odd(
        33,
        "content of a hundred megabytes",
        shown=("attacks/test_limits.py::test_content_beyond_the_limit_is_not_inflated_and_the_page_is_marked",),
    ),
)
RESOURCES = (
    odd(
        34, "resources inherited or shared", {"resources": "shared", "pages": 3}, {"resources": "inherited", "pages": 3}
    ),
    odd(35, "no resources", {"resources": "missing", "content": b"0 0 9 9 re f"}),
    odd(
        36,
        "a name that is ours",
        {"resource_entries": {"/XObject": {"/RetractionMark": None, "/RetractionLine": None}}},
    ),
)
STRUCTURE = (
    odd(38, "a tagged file", {"tagged": True, "pages": 2}, {"pdfua": True}),
    odd(
        39,
        "an artifact is not read aloud",
        shown=("stamping/mark/pages/test_conformance.py::test_the_line_is_read_once_in_a_paragraph_of_the_first_page",),
    ),
    odd(40, "layers", {"catalog": LAYERS}, {"catalog": {"/OCProperties": {"/OCGs": []}}}),
    odd(
        41,
        "associated files, trees of names, old destinations",
        {"attachments": 5, "attachment_kids": True, "dests": "tree"},
        {"catalog": {"/AF": []}, "dests": "legacy"},
    ),
    odd(
        42,
        "names of files that clash",
        {"attachments": 2},
        shown=("stamping/attach/test_embedded_files.py::test_a_name_that_is_taken_gets_a_number",),
    ),
    odd(43, "links", {"links": True}, {"links": True, "tagged": True}),
    odd(
        44,
        "a signature",
        {"signed": True},
        refused="digitally signed",
        shown=("stamping/test_signed.py::test_the_signature_holds_for_its_revision_after_marking",),
    ),
    odd(45, "an XFA form", {"catalog": {"/AcroForm": {"/XFA": ["template"], "/Fields": []}}}, refused="an XFA form"),
    odd(46, "usage rights", {"catalog": {"/Perms": {"/UR3": {"/Type": Name("/Sig")}}}}),
    odd(
        47,
        "encryption",
        *({"encryption": {"owner": "o", "user": "", "R": revision}} for revision in (4, 6)),
        {"encryption": {"owner": "o", "user": "", "R": 4, "metadata": False}, "xmp": True},
        shown=("stamping/test_encrypted.py::test_the_copy_is_encrypted_and_restricted_exactly_as_the_article",),
    ),
    odd(48, "a portfolio", {"catalog": {"/Collection": {"/Type": Name("/Collection")}}}, refused="a portfolio"),
)
FILE = (
    odd(49, "no end of line at the end", {"eof_newline": False}),
    odd(50, "rubbish after the end", {"junk_after": b"\nrubbish\n"}, {"junk_after": b"\0" * 3000}),
    odd(
        51, "rubbish before the header", {"junk_before": b"rubbish\r\n"}, {"junk_before": b"x" * 900, "xref": "stream"}
    ),
    odd(
        52, "a startxref that leads nowhere", {"startxref": 5}, {"startxref": 99999999}, {"space_before_xref": b"  \n"}
    ),
    odd(53, "a cross-reference table", {"xref": "table", "pdfa": "1b"}),
    odd(54, "cross-reference and object streams", {"xref": "stream"}, {"xref": "stream", "object_streams": True}),
    odd(55, "a hybrid file", {"xref": "hybrid"}, {"xref": "hybrid", "object_streams": True}),
    odd(
        56,
        "a linearized file",
        {"linearized": True},
        shown=("stamping/test_rebuild.py::test_a_rebuilt_copy_verifies_and_gives_its_original_back",),
    ),
    odd(
        57,
        "no Info, no ID, a wrong Size",
        {"info": None},
        {"identifier": False},
        {"size": 3},
        {"size": 5000},
        {"info_direct": True},
    ),
    odd(58, "generations and gaps", {"generation": 7}, {"gap": 3, "pages": 2}),
    odd(59, "a page in an object stream", {"xref": "stream", "object_streams": True, "pages": 4, "kids": "nested"}),
    odd(60, "many revisions", {"revisions": 12}),
    odd(
        61,
        "offsets beyond ten digits",
        shown=(
            "pdf/test_incremental_update.py::test_an_offset_beyond_ten_digits_is_an_error_in_a_table_and_fits_a_stream",
        ),
    ),
)
CONFORMANCE = (
    odd(
        62,
        "archival levels",
        *({"pdfa": level} for level in ("1b", "2b", "2u", "3b", "3u")),
        shown=("stamping/plan/test_conformance.py::test_a_print_file_is_marked_without_transparency",),
    ),
    odd(
        63,
        "metadata that are odd",
        {"xmp": True},
        shown=(
            "pdf/xmp/test_reader.py::test_a_title_is_read_in_every_encoding_and_written_in_utf_8",
            "pdf/xmp/test_reader.py::test_a_read_only_packet_stays_read_only",
            "stamping/metadata/test_writer.py::test_a_malformed_packet_is_refused_with_its_place_and_never_repaired",
        ),
    ),
    odd(
        64,
        "strings without bound",
        {"title": "A long title. " * 5000},
        {"info": {"/Title": "", "/Author": ""}},
        shown=("stamping/metadata/test_writer.py::test_a_title_of_a_megabyte_is_kept",),
    ),
)
HOSTILE = (
    odd(
        65,
        "bombs and loops",
        shown=(
            "attacks/test_bombs.py::test_a_file_made_to_exhaust_comes_to_an_outcome",
            "attacks/test_limits.py::test_a_deep_page_tree_is_refused",
            "attacks/test_limits.py::test_metadata_that_inflate_without_end_are_refused_before_anybody_inflates_them",
        ),
    ),
    odd(
        66,
        "notices, lists and paths that attack",
        shown=(
            "pdf/xmp/test_reader.py::test_a_billion_laughs_end_at_once",
            "notice/test_hostile_notices.py::test_bombs_are_refused_at_once",
            "batch/reports/test_csv_and_jsonl.py::test_no_cell_is_a_formula",
            "batch/reports/test_html.py::test_hostile_words_are_only_words",
            "batch/manifest/test_csv_manifest.py::test_no_name_points_outside_of_its_folder",
            "runtime/test_atomic_files.py::test_a_symbolic_link_is_never_followed_to_its_target",
        ),
    ),
    odd(
        67,
        "a copy that was tampered with",
        shown=(
            "verification/test_attacks.py::test_what_was_done_is_named",
            "verification/test_attacks.py::test_an_innocent_further_revision_is_named",
            "verification/test_every_byte.py::test_a_flipped_bit_anywhere_is_found_out",
        ),
    ),
)
ODDITIES = (*GEOMETRY, *CONTENTS, *RESOURCES, *STRUCTURE, *FILE, *CONFORMANCE, *HOSTILE)

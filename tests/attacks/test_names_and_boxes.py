"""Names, boxes and trees that are not what the standard has: the file is marked, or refused in plain words."""

from pathlib import Path

import pikepdf
import pypdf
import pytest

from tests.helpers.build import build
from tests.helpers.mutations import stamped
from watermark.article import Article
from watermark.errors import RefusedError
from watermark.models import Result
from watermark.pdf.page_tree import pages_of
from watermark.pdf.serialization import Raw


@pytest.mark.parametrize(
    "peculiarities",
    [
        {"content_entries": {"/Filter": Raw(b"/#A0")}},
        {"resource_entries": {"/XObject": Raw(b"<</#CB#CE#CC#E5 null>>"), "/ExtGState": Raw(b"<</#CB#CE<</CA 1>>>>")}},
        {"page_entries": {"/#CB#CE": Raw(b"/#CC#E5"), "/Annots": Raw(b"null")}},
        {"media_box": b"/None"},
        {"media_box": b"[0 612 792]"},
        {"crop_box": b"(a)"},
        {"catalog": {"/Lang": Raw(b"/#CC")}},
    ],
    ids=["filter", "resources", "page", "box-is-a-name", "box-of-three", "box-is-a-string", "language"],
)
def test_a_page_that_is_odd_is_marked(tmp_path: Path, peculiarities: dict[str, object]) -> None:
    outcome = stamped(tmp_path, build(**peculiarities))
    assert outcome.result is Result.MARKED, outcome.reason


def test_a_part_that_the_reader_cannot_give_is_a_refusal_and_no_defect(tmp_path: Path) -> None:
    path = tmp_path / "article.pdf"
    path.write_bytes(build(catalog={"/Lang": Raw(b"/#CC")}))
    with pytest.raises(RefusedError, match="damaged"), Article.opened(path) as article:
        str(article.document.Root["/Lang"])


def test_a_stray_number_sign_in_a_name_stays_what_it_is(tmp_path: Path) -> None:
    data = build(resource_entries={"/XObject": Raw(b"<</Im# null>>"), "/ExtGState": Raw(b"<</G#1<</CA 1>>>>")})
    outcome = stamped(tmp_path, data)
    assert outcome.result is Result.MARKED, outcome.reason
    pages = [pypdf.PdfReader(tmp_path / name).pages[0] for name in ("article.pdf", "copy.pdf")]
    names = [set(page["/Resources"]["/ExtGState"]) for page in pages]
    assert names[0] <= names[1]


def test_a_page_that_is_a_stream_is_a_page_as_viewers_have_it() -> None:
    with pikepdf.new() as document:
        page = document.make_stream(b"", {"/Type": pikepdf.Name("/Page"), "/MediaBox": [0, 0, 9, 9]})
        root = pikepdf.Dictionary(Pages=pikepdf.Dictionary(Kids=[page]))
        assert [(node.number, list(node.attributes)) for node in pages_of(root)] == [(1, ["/MediaBox"])]


def test_a_file_without_a_page_is_refused_as_damaged(tmp_path: Path) -> None:
    outcome = stamped(tmp_path, build(media_box=None).replace(b"/Kids [", b"/Kods ["))
    assert outcome.result is Result.REFUSED, outcome.reason
    assert "damaged" in outcome.reason


def test_a_null_ends_a_name_as_any_white_space_does(tmp_path: Path) -> None:
    data = build(pages=2).replace(b"/Type /Page", b"/Type\0/Page").replace(b"/MediaBox ", b"/MediaBox\0")
    assert b"/Type\0/Page/Parent 2 0 R/MediaBox\0[" in data
    outcome = stamped(tmp_path, data)
    assert outcome.result is Result.MARKED, outcome.reason
    assert outcome.report is not None
    assert outcome.report.passed

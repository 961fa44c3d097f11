"""Every page is found once, in the order and under the number a viewer shows it."""

import io
import time
from collections.abc import Iterator

import pikepdf
import pypdfium2
import pytest

from tests.helpers.build import build
from watermark.errors import RefusedError
from watermark.pdf import page_tree
from watermark.pdf.page_tree import PageNode, displayed_pages, pages_of

_OPEN: list[pikepdf.Pdf] = []


@pytest.fixture(autouse=True)
def _keep_documents_open() -> Iterator[None]:
    """Objects of a closed document are null: each stays open while its test runs."""
    yield
    _OPEN.clear()


def _opened(data: bytes) -> pikepdf.Pdf:
    _OPEN.append(pikepdf.open(io.BytesIO(data), inherit_page_attributes=False))
    return _OPEN[-1]


def _pages(**peculiarities: object) -> list[PageNode]:
    return list(pages_of(_opened(build(**peculiarities)).Root))


@pytest.mark.parametrize("kids", ["flat", "nested", "direct", "empty-nodes", "twice", "cycle", "null"])
def test_every_page_comes_once_in_order(kids: str) -> None:
    pages = _pages(pages=5, kids=kids)
    assert [page.number for page in pages] == [1, 2, 3, 4, 5]
    for page in pages:
        assert b"page %d of" % page.number in page.dictionary.Contents.read_bytes()
        assert page.parent.Kids[page.place_in_kids].Contents == page.dictionary.Contents


def test_a_page_entered_twice_is_displayed_twice_and_counted_so() -> None:
    data = build(pages=2, kids="twice")
    shown = list(displayed_pages(_opened(data).Root))
    assert [(page.number, page.again) for page in shown] == [(1, False), (2, False), (3, True)]
    document = pypdfium2.PdfDocument(data)
    assert len(document) == len(shown)
    document.close()


def test_a_wrong_count_and_a_wrong_type_do_not_matter() -> None:
    data = build(pages=3, count=1).replace(b"/Type /Pages", b"/Type /Catal").replace(b"/Type /Page/", b"/Type /Font/")
    assert len(list(pages_of(_opened(data).Root))) == 3


def test_two_direct_pages_are_two_pages() -> None:
    document = _opened(build())
    page = pikepdf.Dictionary(MediaBox=[0, 0, 9, 9])
    document.Root.Pages.Kids = pikepdf.Array([page, pikepdf.Dictionary(page)])
    assert [page.again for page in displayed_pages(document.Root)] == [False, False]


def test_attributes_are_inherited_unless_the_page_has_its_own() -> None:
    everything = ["/MediaBox", "/CropBox", "/Rotate", "/Resources"]
    page = _pages(inherited=everything, crop_box=(1, 2, 3, 4), rotate=90)[0]
    assert set(page.attributes) == set(everything)
    assert page.attributes["/Rotate"] == 90
    page = _pages(inherited=["/Rotate"], rotate=90, page_entries={"/Rotate": 180})[0]
    assert page.attributes["/Rotate"] == 180
    page = _pages(inherited=["/Rotate"], rotate=90, page_entries={"/Rotate": None})[0]
    assert page.attributes["/Rotate"] == 90


def test_indirect_attributes_are_resolved() -> None:
    page = _pages(indirect=["/Rotate", "/MediaBox"], rotate=270)[0]
    assert page.attributes["/Rotate"] == 270
    assert list(page.attributes["/MediaBox"]) == [0, 0, 612, 792]


def test_no_object_is_invented() -> None:
    document = _opened(build(pages=3, inherited=["/MediaBox", "/Resources"], kids="direct"))
    before = len(document.objects)
    assert len(list(pages_of(document.Root))) == 3
    assert len(document.objects) == before


def test_a_document_without_pages_has_none() -> None:
    assert not list(pages_of(pikepdf.Dictionary()))
    assert not list(pages_of(pikepdf.Dictionary(Pages=pikepdf.Array([]))))


def test_a_tree_beyond_the_limits_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_tree, "MAX_KIDS", 10)
    with pytest.raises(RefusedError, match="more than 10 kids"):
        _pages(pages=11)
    document = _opened(build())
    node = pikepdf.Array([])
    for _ in range(5):
        node = pikepdf.Array([document.make_indirect(pikepdf.Dictionary(Kids=node))])
    document.Root.Pages.Kids = node
    assert not list(pages_of(document.Root))
    monkeypatch.setattr(page_tree, "DEEPEST_TREE", 3)
    with pytest.raises(RefusedError, match="deeper than 3"):
        list(pages_of(document.Root))


def test_nodes_that_share_nodes_end_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_tree, "MAX_KIDS", 1000)
    document = _opened(build())
    node = document.make_indirect(pikepdf.Dictionary(Kids=[]))
    for _ in range(40):
        node = document.make_indirect(pikepdf.Dictionary(Kids=[node, node]))
    document.Root.Pages = node
    with pytest.raises(RefusedError):
        list(pages_of(document.Root))


def test_a_thousand_pages_take_milliseconds() -> None:
    document = _opened(build(pages=1000, kids="nested"))
    list(pages_of(document.Root))  # the reader has parsed the objects now
    start = time.perf_counter()
    assert len(list(pages_of(document.Root))) == 1000
    assert time.perf_counter() - start < 0.25

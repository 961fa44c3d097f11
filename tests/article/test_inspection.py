"""What an original says about itself, and what it refuses to believe."""

from pathlib import Path

import pytest

from tests.helpers.build import build
from tests.helpers.volumes import volume
from watermark.article import Article
from watermark.article.inspection import inspect_article, inspect_file
from watermark.errors import NotVerifiedError, RefusedError
from watermark.pdf.page_range import PageRange
from watermark.pdf.pdfium.open_page import PageHandle
from watermark.pdf.rendering import RenderedDocument

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def pdf(tmp_path: Path, **peculiarities: object) -> Path:
    path = tmp_path / "article.pdf"
    path.write_bytes(build(**peculiarities))  # type: ignore[arg-type]
    return path


def packet(inner: str, namespaces: str) -> bytes:
    return (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}"><rdf:Description rdf:about="" {namespaces}>'
        f"{inner}</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def test_identifiers_and_claims_are_read_from_xmp(tmp_path: Path) -> None:
    xmp = packet(
        "<prism:doi>10.1/Ab</prism:doi><pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>",
        'xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"',
    )
    info = inspect_file(pdf(tmp_path, xmp=xmp))
    assert info.identity.dois == (("10.1/ab", "XMP prism:doi"),)
    assert str(info.claims) == "PDF/A-2b"


def test_a_receipt_that_contradicts_itself_is_not_believed(tmp_path: Path) -> None:
    xmp = packet("<rwm:Receipt>{}</rwm:Receipt>", 'xmlns:rwm="https://purl.org/retraction-watermark/ns/1.0/"')
    with pytest.raises(NotVerifiedError, match="cannot be trusted"):
        inspect_file(pdf(tmp_path, xmp=xmp))


def test_a_packet_that_cannot_be_read_claims_nothing(tmp_path: Path) -> None:
    assert str(inspect_file(pdf(tmp_path, xmp=b"<x:xmpmeta")).claims) == "none"


def test_a_web_page_under_the_name_of_a_pdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "article.pdf"
    path.write_bytes(b"<html>Not found</html>")
    with pytest.raises(RefusedError, match="not a PDF"):
        inspect_file(path)


@pytest.mark.parametrize("page_range", [None, PageRange(1, 4)])
def test_each_page_is_opened_once_for_all_that_is_asked_of_it(
    page_range: PageRange | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path := tmp_path / "volume.pdf").write_bytes(volume())
    opened, load = list[int](), RenderedDocument.page

    def counted(rendered: RenderedDocument, page_number: int) -> PageHandle:
        opened.append(page_number)
        return load(rendered, page_number)

    monkeypatch.setattr(RenderedDocument, "page", counted)
    with Article.opened(path, "") as article, RenderedDocument(path, kept_pages=9, with_text=True) as rendered:
        info = inspect_article(article, rendered=rendered, page_range=page_range)
    assert [one.page_number for one in info.beginnings] == ([3, 5] if page_range is None else [3])
    last = 6 if page_range is None else 4
    assert sorted(opened)[:last] == list(range(1, last + 1))
    assert len(opened) == len(set(opened))

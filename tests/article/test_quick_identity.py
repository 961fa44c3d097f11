"""A file is known by its links and pages, too, and an article that nothing tells is not marked by accident."""

from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.helpers.build import build
from watermark.article import identify
from watermark.article.doi_links import AT_THE_EDGE, own_links
from watermark.cli import main
from watermark.errors import RefusedError
from watermark.pdf.page_tree import PageNode
from watermark.pdf.serialization import Name

OWN, CITED = "10.1234/own.1", "10.5678/cited.2"
NOTICE = "state: retraction\ntitle: Retraction notice\narticle:\n  doi: 10.1234/own.1\n"


def link(address: str, bottom: float) -> dict[str, Any]:
    action = {"/S": Name("/URI"), "/URI": address}
    return {"/Type": Name("/Annot"), "/Subtype": Name("/Link"), "/Rect": [50, bottom, 150, bottom + 10], "/A": action}


def as_object(annotation: dict[str, Any]) -> pikepdf.Object:
    """The same link as an object of an open file."""
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(annotation["/A"]["/URI"]))
    return pikepdf.Dictionary(Rect=pikepdf.Array(annotation["/Rect"]), A=action)


def article(tmp_path: Path, *links: dict[str, Any], **peculiarities: Any) -> Path:  # noqa: ANN401 - build's own
    path = tmp_path / "article.pdf"
    path.write_bytes(build(page_entries={"/Annots": list(links)}, **peculiarities))
    return path


def test_crossmarks_link_names_the_article(tmp_path: Path) -> None:
    address = f"http://crossmark.crossref.org/dialog/?doi={OWN.replace('/', '%2F')}&domain=pdf&date_stamp=2024-04-12"
    path = article(tmp_path, link(address, 400), link(f"https://doi.org/{CITED}", 300), pages=2)
    assert identify(path).dois == ((OWN, "Crossmark link on page 1"),)


def test_a_link_at_the_edge_of_both_pages_names_the_article_and_one_in_the_text_does_not(tmp_path: Path) -> None:
    path = article(tmp_path, link(f"https://doi.org/{OWN}", 20), link(f"https://doi.org/{CITED}", 300), pages=2)
    assert identify(path).dois == ((OWN, AT_THE_EDGE),)


def test_a_link_at_the_edge_of_one_page_alone_names_nothing() -> None:
    pages = [
        PageNode(number, page := pikepdf.Dictionary(Annots=pikepdf.Array(links)), {}, page, 0)
        for number, links in enumerate(
            [as_object(link(f"https://doi.org/{doi}", 20)) for doi in dois] for dois in ((CITED, OWN), (OWN,), ())
        )
    ]
    assert own_links(pages[:2]) == ((OWN, AT_THE_EDGE),)
    assert own_links([pages[0], pages[2]]) == ()


def test_the_edge_of_a_page_is_where_it_is_shown(tmp_path: Path) -> None:
    inside = link(f"https://doi.org/{CITED}", 760)
    large = {"media_box": (0, 0, 1200, 2000), "inherited": ["/MediaBox"], "pages": 2}
    assert identify(article(tmp_path, inside, **large)).dois == ()
    assert identify(article(tmp_path, inside, crop_box=(0, 0, 600, 780), **large)).dois == ((CITED, AT_THE_EDGE),)


@pytest.mark.parametrize("odd", [{"/A": 3}, {"/Rect": [1]}, {"/A": {"/URI": 7}}, {}])
def test_what_is_not_a_link_is_ignored(tmp_path: Path, odd: dict[str, Any]) -> None:
    assert identify(article(tmp_path, odd)).dois == ()


def test_the_words_of_the_pages_are_read(tmp_path: Path) -> None:
    lines = ["An article.", *["Running text of the article."] * 9, f"DOI: {OWN}", *["More of it."] * 9]
    assert identify(article(tmp_path, text="\n".join(lines))).dois == ((OWN, "page 1, as its own"),)


def test_what_is_not_a_pdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "article.pdf"
    path.write_bytes(b"<html>Not found</html>")
    with pytest.raises(RefusedError):
        identify(path)


def stamp(tmp_path: Path, notice: Path, *more: str) -> int:
    copy = tmp_path / "copy.pdf"
    with pytest.raises(SystemExit) as ended:
        main(["stamp", str(tmp_path / "article.pdf"), "--notice", str(notice), "-o", str(copy), "--overwrite", *more])
    assert copy.exists() == (not ended.value.code)
    return int(ended.value.code or 0)


def test_an_article_that_says_nothing_of_itself_is_marked_only_by_someone_who_has_looked_at_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article(tmp_path, info=None)
    notice = tmp_path / "notice.yaml"
    notice.write_text(NOTICE, "utf-8")
    assert stamp(tmp_path, notice) == 3
    assert "could not confirm that this PDF is the article" in capsys.readouterr().err
    assert stamp(tmp_path, notice, "--doi", OWN) == 3
    assert stamp(tmp_path, notice, "--force-match", "looked at it", "--verbose") == 0
    assert "no DOI or title was found" in capsys.readouterr().out


def test_the_file_of_the_notice_is_not_marked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = ["Retraction: A study of something", "The editors have retracted this article, doi:10.1234/own.1."]
    path = article(tmp_path, text="\n".join(lines))
    assert stamp(tmp_path, path, "--doi", OWN) == 3
    assert "the same file as the notice" in capsys.readouterr().err


def test_the_stamp_up_the_margin_of_a_preprint_is_read(tmp_path: Path) -> None:
    stamp = b"BT /F1 20 Tf 0 1 -1 0 30 200 Tm (arXiv:1706.03762v5  [cs.CL]  6 Dec 2017) Tj ET "
    rows = b"".join(b"BT /F1 10 Tf 100 %d Td (Running text of this article.) Tj ET " % y for y in range(400, 680, 12))
    found = identify(article(tmp_path, content=stamp + rows)).dois
    assert found == (("10.48550/arxiv.1706.03762", "arXiv stamp on page 1"),)

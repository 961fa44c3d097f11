"""Real articles are not called marked, whatever their words; a labelled set made of some gets the right classes."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import SHARED
from watermark.article.marks.pdfium_page import PdfiumFile
from watermark.article.marks.rendered_page import marks_rendered
from watermark.audit.auditor import AuditRequest, audit_file
from watermark.audit.classification import Classification
from watermark.audit.retraction_index.index import index_of


@pytest.fixture(scope="module", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.mark.corpus("articles")
def test_no_clean_article_is_called_marked(shared_pdf: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("doi,state,date\n10.5555/another,retraction,2024-05-01\n", encoding="utf-8")
    found = audit_file(AuditRequest(path=shared_pdf, lists=(index_of(path),)))
    assert (found.kind in {Classification.NOT_RETRACTED, Classification.UNKNOWN}, found.marked_pages) == (True, ()), (
        found
    )


@pytest.mark.corpus("articles")
@pytest.mark.slow
def test_no_opening_of_a_clean_article_looks_marked_when_it_is_drawn(shared_pdf: Path) -> None:
    with PdfiumFile.at(shared_pdf) as opened:
        assert marks_rendered(opened, range(1, min(len(opened), 3) + 1)) == {}


@pytest.mark.corpus
@pytest.mark.slow
def test_a_labelled_set_of_articles_is_distinguished(judged: Callable[[Path], None]) -> None:
    script = Path(__file__).with_name("labelled.py")
    articles = SHARED / "corpus" / "articles"
    for path in sorted(articles.glob("*.pdf"))[:2]:
        judged(path)
    done = subprocess.run(
        [sys.executable, script, articles, "--most", "2"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert ", 0 with another class than the right one" in done.stdout

"""Marks like those of publishers are found, on all pages or on some; what cannot be read is never called unmarked."""

from pathlib import Path

import pikepdf
import pytest

from tests.audit.test_classification import of_article
from tests.corpus.marks_table import MARKED, missed
from tests.helpers.publishers.drawing import FONTS
from tests.helpers.publishers.patterns import Pattern, annotated, diagonal, in_the_page, patterns
from watermark.audit.auditor import AuditRequest, audit_file
from watermark.audit.classification import AuditResult, Classification

KINDS = (
    *("elsevier-outline-in-the-page", "badge-outline", "badge-on-a-ground", "tiled-outline", "type-3-without-names"),
    *("scan-with-a-mark", "jbc-framed-hollow", "sentence-on-each-page", "editorial-concern-box", "sage-page-in-front"),
    *("ru-outline", "el-outline", "zh-outline", "ko-outline", "ar-outline", "ar-text", "first-page-outline"),
)
"""One of each kind that is read in a way of its own; the whole catalogue is measured by tests/corpus/marks_table.py."""
needs_fonts = pytest.mark.skipif(not (FONTS / "opentype/noto").exists(), reason="the fonts of the patterns are missing")


def audited(article: Path, pattern: Pattern) -> AuditResult:
    copy = article.with_name(f"{pattern.name}.pdf")
    with pikepdf.open(article) as document:
        pattern.apply(document)
        document.save(copy)
    return audit_file(AuditRequest(path=copy))


@needs_fonts
@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_a_mark_after_a_publishers_pattern_is_found(tmp_path: Path, name: str) -> None:
    (pattern,) = (one for one in patterns() if one.name == name)
    lines = [f"Line {number} of the article has some words to be read" for number in range(45)]
    article = of_article(tmp_path, text=["\n".join(lines)] * 3)
    assert missed(pattern, audited(article, pattern)) == ""


@needs_fonts
@pytest.mark.parametrize("way", ["annotation", "artifact"])
def test_a_watermark_that_cannot_be_read_is_not_called_clean(tmp_path: Path, way: str) -> None:
    paint = diagonal("؟؛ﷲ؟", "amiri")
    apply = annotated("Watermark", paint=paint) if way == "annotation" else in_the_page(paint, artifact=True)
    found = audited(of_article(tmp_path), Pattern(name=way, apply=apply))
    assert found.kind is Classification.NOT_CHECKED
    assert "watermark" in found.reason
    assert found.needs_attention


@needs_fonts
def test_a_watermark_with_other_words_is_not_a_mark(tmp_path: Path) -> None:
    found = audited(
        of_article(tmp_path), Pattern(name="draft", apply=in_the_page(diagonal("SUBMITTED"), artifact=True))
    )
    assert found.kind not in MARKED
    assert found.kind is not Classification.NOT_CHECKED

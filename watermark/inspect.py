"""What a PDF is, without a notice: identifiers, conformance, what stands in the way of a mark, and who marked it."""

from pathlib import Path

from watermark.article import Article, Survey, survey_of
from watermark.pdf.rendering import Look


def inspect_file(path: Path, *, password: str = "") -> Survey:
    """Return the survey of the PDF at `path`. Raises RefusedError or FailedError when it cannot be read."""
    with Article.opened(path, password) as article, Look(path, password=password) as look:
        return survey_of(article, look.opening())

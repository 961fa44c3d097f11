"""The title of a PDF that is not the article of its notice, so that people see which article they were given."""

from pathlib import Path

from watermark.article.quick_identity import identify
from watermark.errors import Reason, WatermarkError
from watermark.models import plain

OTHER_ARTICLE = frozenset({Reason.MISMATCH.value, Reason.NOT_KNOWN_TO_MATCH.value, Reason.IS_THE_NOTICE.value})
MAX_LENGTH = 300


def own_title(article: Path, code: str, *, password: str = "") -> str:
    """Return the title that the PDF itself has if it was refused as another article; else "", also for one without."""
    if code not in OTHER_ARTICLE:
        return ""
    try:
        titles = identify(article, password).titles
    except WatermarkError:
        return ""
    return plain(titles[0].value, MAX_LENGTH) if titles else ""

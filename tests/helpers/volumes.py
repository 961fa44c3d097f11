"""A volume of six pages with three articles, each with its title, its authors and its DOI on its first page."""

import io
import re

import pikepdf

from tests.helpers.build import build
from watermark.notice import Notice, NoticeFile, Reference, State

VOLUME = "Proceedings of the Tenth Symposium"
ARTICLES = (
    ("Margins of Error in Coastal Surveys", 1, 2),
    ("Lead Isotopes in Roman Water Pipes", 3, 4),
    ("Nesting Habits of Urban Swifts", 5, 6),
)
"""The title of each article, with its first and its last page."""
RANGES = tuple(f"{first}-{last}" for _, first, last in ARTICLES)
_FIRST_LINE = re.compile(rb"12 Tf 14 TL (72 700 Td\n\(.*?\) Tj)")


def volume(**peculiarities: object) -> bytes:
    """Return the volume as a PDF; the title of each article is set in larger type."""
    texts = [f"Words of page {number} of the volume." for number in range(1, 7)]
    for index, (title, first, _) in enumerate(ARTICLES, 1):
        doi = f"https://doi.org/10.5555/vol.{index}"
        texts[first - 1] = "\n".join((title, f"A. Author{index}", doi, texts[first - 1]))
    data = build(**{"pages": 6, "text": texts, "title": VOLUME, "info": {"/Title": VOLUME}, **peculiarities})
    with pikepdf.open(io.BytesIO(data)) as document, io.BytesIO() as saved:
        for _, first, _ in ARTICLES:
            page = document.pages[first - 1]
            content = page.Contents.read_bytes()
            page.Contents.write(_FIRST_LINE.sub(rb"20 Tf 24 TL \1 /F1 12 Tf", content, count=1))
        document.save(saved, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return saved.getvalue()


def notice_of(article: int, state: State = State.RETRACTION) -> NoticeFile:
    """Return the notice about an article of the volume, counted from 1."""
    title, doi = ARTICLES[article - 1][0], f"10.5555/vol.{article}"
    notice = Notice(
        state=state, title=f"{title} [{state.value}]", article=Reference(title=title, doi=doi), doi=f"{doi}.n"
    )
    return NoticeFile(notice=notice, data=b"The notice.", name="notice.txt", media_type="text/plain")

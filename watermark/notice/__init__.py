"""The retraction notice: what is retracted, by whom, when and why, in every form a publisher has it.

The readers and writers of the many forms are loaded when one is first used: who only asks for a DOI waits for none.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from watermark.notice.doi import dois_in, normalised_doi
from watermark.notice.model import FigureMatch, Notice, NoticeFile, Reference, State
from watermark.notice.precedence import is_graver, standing

if TYPE_CHECKING:
    from watermark.notice.extraction.state_phrases import state_named, title_apart
    from watermark.notice.formats.jats import to_jats, to_jats_of_the_article
    from watermark.notice.formats.retraction_watch import RetractionList, retractions
    from watermark.notice.formats.structured import from_json, from_yaml, to_json
    from watermark.notice.formats.text import from_text
    from watermark.notice.formats.writers import WRITERS, to_crossref
    from watermark.notice.overrides import with_overrides
    from watermark.notice.reader import read_notice

__all__ = [
    "WRITERS",
    "FigureMatch",
    "Notice",
    "NoticeFile",
    "Reference",
    "RetractionList",
    "State",
    "dois_in",
    "from_json",
    "from_text",
    "from_yaml",
    "is_graver",
    "normalised_doi",
    "read_notice",
    "retractions",
    "standing",
    "state_named",
    "title_apart",
    "to_crossref",
    "to_jats",
    "to_jats_of_the_article",
    "to_json",
    "with_overrides",
]

_HOMES = {
    "WRITERS": "formats.writers",
    "RetractionList": "formats.retraction_watch",
    "from_json": "formats.structured",
    "from_text": "formats.text",
    "from_yaml": "formats.structured",
    "read_notice": "reader",
    "retractions": "formats.retraction_watch",
    "state_named": "extraction.state_phrases",
    "title_apart": "extraction.state_phrases",
    "to_crossref": "formats.writers",
    "to_jats": "formats.jats",
    "to_jats_of_the_article": "formats.jats",
    "to_json": "formats.structured",
    "with_overrides": "overrides",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any of the public names
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

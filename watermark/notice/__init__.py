"""The retraction notice: what is retracted, by whom, when and why, in every form a publisher has it."""

from watermark.notice.doi import dois_in, normalised_doi
from watermark.notice.jats import to_jats, to_jats_of_the_article
from watermark.notice.model import FigureMatch, Notice, Reference, State
from watermark.notice.overrides import with_overrides
from watermark.notice.plain import from_json, from_yaml, to_json
from watermark.notice.reader import NoticeFile, read_notice
from watermark.notice.standing import is_graver, standing
from watermark.notice.text import from_text
from watermark.notice.watch import RetractionList, retractions
from watermark.notice.wording import state_named, title_apart
from watermark.notice.writing import WRITERS, to_crossref

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

"""One original, read only: its bytes, its digest, its survey, and whether it is the article that a notice names."""

from watermark.article.captions import may_have_captions, pages_of_figures
from watermark.article.identify import identify
from watermark.article.identity import Identity
from watermark.article.match import Match, MatchResult, match
from watermark.article.original import REMEDY, UNREADABLE, Article, check_is_pdf, document_at, needs_password
from watermark.article.reading import survey_of
from watermark.article.survey import Claims, Survey

__all__ = [
    "REMEDY",
    "UNREADABLE",
    "Article",
    "Claims",
    "Identity",
    "Match",
    "MatchResult",
    "Survey",
    "check_is_pdf",
    "document_at",
    "identify",
    "match",
    "may_have_captions",
    "needs_password",
    "pages_of_figures",
    "survey_of",
]

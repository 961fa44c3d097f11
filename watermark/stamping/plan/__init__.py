"""Every decision, taken before a byte is written, or the reason to refuse."""

from watermark.stamping.plan.conformance import LEVELS
from watermark.stamping.plan.content_isolation import CONTENT, escalate_methods
from watermark.stamping.plan.model import Attachment, EdgeLine, IsolationMethod, Plan, Rewriter, StampRequest
from watermark.stamping.plan.page_selection import Pages, PageSelection, is_marked_for, selection_of
from watermark.stamping.plan.planner import plan_stamp
from watermark.stamping.plan.refusals import require_matching_article
from watermark.stamping.plan.wording import CASES, LANGUAGES, PLACEHOLDERS, Wording

__all__ = [
    "CASES",
    "CONTENT",
    "LANGUAGES",
    "LEVELS",
    "PLACEHOLDERS",
    "Attachment",
    "EdgeLine",
    "IsolationMethod",
    "PageSelection",
    "Pages",
    "Plan",
    "Rewriter",
    "StampRequest",
    "Wording",
    "escalate_methods",
    "is_marked_for",
    "plan_stamp",
    "require_matching_article",
    "selection_of",
]

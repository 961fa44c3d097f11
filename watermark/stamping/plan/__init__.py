"""Every decision, taken before a byte is written, or the reason to refuse."""

from watermark.stamping.plan.conformance_upgrade import LEVELS
from watermark.stamping.plan.content_isolation import CONTENT, next_methods
from watermark.stamping.plan.languages import LANGUAGES
from watermark.stamping.plan.model import Attachment, EdgeLine, Job, Method, Plan
from watermark.stamping.plan.planner import make_plan
from watermark.stamping.plan.preconditions import refuse_other_article
from watermark.stamping.plan.wording import CASES, PLACEHOLDERS, Wording

__all__ = [
    "CASES",
    "CONTENT",
    "LANGUAGES",
    "LEVELS",
    "PLACEHOLDERS",
    "Attachment",
    "EdgeLine",
    "Job",
    "Method",
    "Plan",
    "Wording",
    "make_plan",
    "next_methods",
    "refuse_other_article",
]

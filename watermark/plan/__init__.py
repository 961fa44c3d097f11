"""Every decision, taken before a byte is written, or the reason to refuse."""

from watermark.plan.decide import make_plan
from watermark.plan.isolation import CONTENT, next_methods
from watermark.plan.languages import LANGUAGES
from watermark.plan.refuse import refuse_other_article
from watermark.plan.upgrade import LEVELS
from watermark.plan.values import Attachment, EdgeLine, Job, Method, Plan
from watermark.plan.words import CASES, PLACEHOLDERS, Wording

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

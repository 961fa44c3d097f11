"""Every decision, taken before a byte is written, or the reason to refuse."""

from watermark.plan.decide import make_plan
from watermark.plan.isolation import CONTENT, next_methods
from watermark.plan.upgrade import LEVELS
from watermark.plan.values import Attachment, Decision, EdgeLine, Job, Method, Plan

__all__ = [
    "CONTENT",
    "LEVELS",
    "Attachment",
    "Decision",
    "EdgeLine",
    "Job",
    "Method",
    "Plan",
    "make_plan",
    "next_methods",
]

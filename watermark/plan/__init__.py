"""Every decision, taken before a byte is written, or the reason to refuse."""

from watermark.plan.decide import make_plan
from watermark.plan.upgrade import LEVELS
from watermark.plan.values import Attachment, Decision, EdgeLine, Job, Plan

__all__ = ["LEVELS", "Attachment", "Decision", "EdgeLine", "Job", "Plan", "make_plan"]

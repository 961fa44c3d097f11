"""The retraction notice: what is retracted, by whom, when and why, in every form a publisher has it."""

from watermark.notice.model import FigureMatch, Notice, Reference, State

__all__ = ["FigureMatch", "Notice", "Reference", "State"]

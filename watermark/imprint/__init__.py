"""The mark, onto every page: `imprint` is all that other parts need."""

from watermark.imprint.pages import ImprintedPage, imprint

__all__ = ["ImprintedPage", "imprint"]

"""The mark, onto every page: `imprint` is all that other parts need."""

from watermark.stamping.mark.pages.stamper import ImprintedPage, imprint

__all__ = ["ImprintedPage", "imprint"]

"""The mark, onto every page: `stamp_pages` is all that other parts need."""

from watermark.stamping.mark.pages.stamper import StampedPage, stamp_pages

__all__ = ["StampedPage", "stamp_pages"]

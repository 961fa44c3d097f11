"""The mark, onto every page: `stamper.stamp_pages` is all that other parts need."""

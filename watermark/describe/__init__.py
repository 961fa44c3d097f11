"""The retraction, in XMP and in the document information."""

from watermark.describe.write import describe

__all__ = ["describe"]

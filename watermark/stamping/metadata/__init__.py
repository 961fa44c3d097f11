"""The retraction, in XMP and in the document information."""

from watermark.stamping.metadata.writer import describe, raise_version

__all__ = ["describe", "raise_version"]

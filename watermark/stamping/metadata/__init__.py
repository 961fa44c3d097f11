"""The retraction, in XMP and in the document information."""

from watermark.stamping.metadata.catalog_version import raise_version
from watermark.stamping.metadata.writer import describe

__all__ = ["describe", "raise_version"]

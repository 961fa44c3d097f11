"""The retraction, in XMP and in the document information."""

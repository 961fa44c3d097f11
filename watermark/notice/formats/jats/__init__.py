"""Notices as JATS XML: read, and written again."""

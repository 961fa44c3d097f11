"""The version of PDF that a copy has to name (ISO 32000-2 7.5.2)."""

from watermark.article import ArticleInfo
from watermark.models import Decision

OF_WHAT_IS_ADDED = "1.7"
"""File specifications with `/UF` and `/AFRelationship`, and artifacts that are watermarks, are of PDF 1.7."""
BEFORE_LAYERS = "1.4"
"""PDF/X-1a and X-3 end there; X-4 begins above it (ISO 15930). Layers are of PDF 1.5, and no reader of 1.4 has any."""


def raised_version(info: ArticleInfo) -> str:
    """Return the version that the catalog of the copy has to name, or "" where the file names that or a later one.

    PDF/A-1 does not look at it (ISO 19005-1 6.1.2), and nothing is added there that is younger than its PDF 1.4. Layers
    that lack what PDF 1.5 requires make a file invalid once it names that version, and not before.
    """
    ends_there = info.claims.pdfx or info.has_incomplete_layers
    needed = BEFORE_LAYERS if ends_there else OF_WHAT_IS_ADDED
    if info.claims.pdfa_part == 1 or not _numbers(info.version) or _numbers(info.version) >= _numbers(needed):
        return ""
    return needed


def version_decisions(info: ArticleInfo, version: str) -> tuple[Decision, ...]:
    """Return that the version is raised, where it is."""
    if not version:
        return ()
    reason = "the embedded files and the mark use features of this version"
    return (
        Decision(name="PDF version", value=f"{info.version} -> {version}", reason=reason, clause="ISO 32000-2 7.5.2"),
    )


def _numbers(version: str) -> tuple[int, ...]:
    parts = version.split(".")
    return tuple(map(int, parts)) if all(part.isdecimal() and len(part) < 3 for part in parts) else ()

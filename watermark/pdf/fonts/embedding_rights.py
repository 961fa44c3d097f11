"""Whether the licence of a font allows the embedding of a part of it (OpenType, OS/2, fsType)."""

from typing import Any

USAGE_BITS, RESTRICTED_LICENCE = 0x000F, 0x0002
NO_SUBSETTING, BITMAPS_ONLY = 0x0100, 0x0200
FIRST_VERSION_WITH_BOTH = 2
"""The first version of the OS/2 table that defines the two bits."""


def objection_to_embedding(font: Any) -> str:  # noqa: ANN401 - fontTools ships no types
    """Return why a font may not be embedded in part, or "" if it may. A font that says nothing may be embedded."""
    if "OS/2" not in font:
        return ""
    table = font["OS/2"]
    flags = int(table.fsType)
    if flags & USAGE_BITS == RESTRICTED_LICENCE:
        return "the licence of the font does not allow embedding"
    if table.version < FIRST_VERSION_WITH_BOTH:
        return ""
    if flags & NO_SUBSETTING:
        return "the licence of the font does not allow embedding of only a part of it"
    if flags & BITMAPS_ONLY:
        return "the licence of the font does not allow embedding of its outlines"
    return ""

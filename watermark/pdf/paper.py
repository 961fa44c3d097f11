"""Sizes of paper in points, and which of them a page is like."""

A4, LETTER = (595.28, 841.89), (612.0, 792.0)


def paper_like(width: float, height: float) -> tuple[float, float]:
    """Return the size of paper, A4 or Letter, that is closer to a page in shape; any unit will do."""
    ratio = max(width, height) / max(min(width, height), 1e-6)
    return A4 if abs(ratio - A4[1] / A4[0]) <= abs(ratio - LETTER[1] / LETTER[0]) else LETTER

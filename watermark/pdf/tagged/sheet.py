"""Paper and margins."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Paper and its margins in points."""

    size: tuple[float, float]
    side: float
    top: float
    bottom: float

    @property
    def width(self) -> float:
        """The width of the text."""
        return self.size[0] - 2 * self.side

    @property
    def height(self) -> float:
        """The height of the text."""
        return self.size[1] - self.top - self.bottom

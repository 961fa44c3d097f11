"""A range of pages of a document, counted from 1, both ends included."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class PageRange:
    """The pages from `first` to `last`. Raises ValueError for a range that is empty, or begins before page 1."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if type(self.first) is not int or type(self.last) is not int or not 1 <= self.first <= self.last:
            raise ValueError("this is not a range of pages")

    def __contains__(self, page_number: object) -> bool:
        return isinstance(page_number, int) and self.first <= page_number <= self.last

    def __len__(self) -> int:
        return self.last - self.first + 1

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    @property
    def in_words(self) -> str:
        """The range for people: “page 5”, “pages 113 to 127”."""
        return f"page {self.first}" if self.first == self.last else f"pages {self.first} to {self.last}"

    def overlaps(self, other: "PageRange") -> bool:
        """Return whether the ranges have a page in common."""
        return self.first <= other.last and other.first <= self.last

    def is_within(self, other: "PageRange") -> bool:
        """Return whether all pages of this range are in the other one."""
        return other.first <= self.first and self.last <= other.last

    def is_beside(self, other: "PageRange") -> bool:
        """Return whether two articles can have these ranges: they have at most one page in common, at their edges."""
        if self == other:
            return False
        return self.last <= other.first or other.last <= self.first

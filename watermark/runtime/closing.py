"""What is closed at the end of a `with` statement."""

from typing import Self


class Closing:
    """Has a method `close`, which the end of a `with` statement calls."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close everything that was opened."""

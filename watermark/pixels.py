"""Small sums over pixels, for those who choose a place for the line and those who look for the mark."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def median(values: NDArray[Any]) -> float:
    """Return the median of at least one number; numpy's own takes ten times as long to be imported as to be found."""
    flat = values.reshape(-1)
    middle = ((len(flat) - 1) // 2, len(flat) // 2)
    return float(np.partition(flat, middle)[list(middle)].mean())

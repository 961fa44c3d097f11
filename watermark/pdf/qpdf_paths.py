"""Names of files that are not Unicode, for qpdf's Python library."""

import os
from pathlib import Path
from typing import cast

from watermark.runtime.text_safety import one_line


def name_for_qpdf(path: Path) -> Path:
    """Return a path for `pikepdf.open`, which uses its text as a description and fails if that is not Unicode."""
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError:
        return cast("Path", _DescribedPath(path))
    return path


class _DescribedPath(os.PathLike[str]):
    def __init__(self, path: Path) -> None:
        self._path = str(path)

    def __fspath__(self) -> str:
        return self._path

    def __str__(self) -> str:
        return one_line(self._path)

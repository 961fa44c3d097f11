"""Find the files to check: PDFs by name, every PDF in and below a folder, and the BagIt bags among the folders."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from watermark.errors import UsageError

BAG = "bagit.txt"
REMEDY = "Use PDFs, or folders that contain PDFs."


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The PDFs in the order given, each once; `bags` are folders that are BagIt bags (RFC 8493)."""

    pdfs: tuple[Path, ...]
    bags: tuple[Path, ...] = ()
    found: frozenset[Path] = frozenset()

    def is_named(self, pdf: Path) -> bool:
        """Whether a PDF was given by name, not only found in a folder."""
        return pdf not in self.found


def files_in(paths: Iterable[Path]) -> Files:
    """Return the files to check. Raises UsageError for a path that does not exist, and for a folder without a PDF.

    Folders whose name begins with a dot are skipped, and links to folders are not followed.
    """
    pdfs, bags, found = dict[Path, None](), dict[Path, None](), set[Path]()
    for path in paths:
        if not path.is_dir():
            if not path.exists():
                raise UsageError("the file does not exist", file=str(path), remedy=REMEDY)
            pdfs[path] = None
            continue
        inside = list(_walked(path, bags))
        if not inside:
            raise UsageError("the folder contains no PDF", file=str(path), remedy=REMEDY)
        found.update(pdf for pdf in inside if pdf not in pdfs)
        pdfs.update(dict.fromkeys(inside))
    return Files(pdfs=tuple(pdfs), bags=tuple(bags), found=frozenset(found))


def _walked(folder: Path, bags: dict[Path, None]) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if BAG in names:
            bags[Path(here)] = None
        yield from (Path(here, name) for name in sorted(names) if name.strip().lower().endswith(".pdf"))

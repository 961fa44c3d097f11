"""Which files are meant: PDFs by name, every PDF in a folder and below it, and the BagIt bags among these."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from watermark.errors import UsageError

BAG = "bagit.txt"
GIVE = "Use PDFs, or folders that contain PDFs."


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The PDFs in the order in which they were named, each once; `bags` are folders that are BagIt bags (RFC 8493)."""

    pdfs: tuple[Path, ...]
    bags: tuple[Path, ...] = ()
    found: frozenset[Path] = frozenset()

    def is_named(self, pdf: Path) -> bool:
        """Whether a PDF was named by itself, and not only found in a folder."""
        return pdf not in self.found


def files_in(paths: Iterable[Path]) -> Files:
    """Return the files that are meant. Raises UsageError for what is not there, and for a folder without a PDF.

    Folders whose name begins with a dot are passed over, and links to folders are not followed.
    """
    pdfs, bags, found = dict[Path, None](), dict[Path, None](), set[Path]()
    for path in paths:
        if not path.is_dir():
            if not path.exists():
                raise UsageError("the file does not exist", file=str(path), remedy=GIVE)
            pdfs[path] = None
            continue
        inside = list(_walked(path, bags))
        if not inside:
            raise UsageError(
                "there is no PDF in this folder", file=str(path), remedy="Use PDFs, or folders that contain PDFs."
            )
        found.update(pdf for pdf in inside if pdf not in pdfs)
        pdfs.update(dict.fromkeys(inside))
    return Files(pdfs=tuple(pdfs), bags=tuple(bags), found=frozenset(found))


def _walked(folder: Path, bags: dict[Path, None]) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if BAG in names:
            bags[Path(here)] = None
        yield from (Path(here, name) for name in sorted(names) if name.strip().lower().endswith(".pdf"))

"""What was made, as files to save: their names, and all of them in one ZIP file."""

import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePath
from urllib.parse import quote

from watermark.desk.session import Done

ENDINGS = {
    "copy": ".retracted.pdf",
    "record": ".retracted.retraction.json",
    "certificate": ".retracted.certificate.pdf",
    "letter": ".letter.txt",
    "report": ".report.html",
}
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
    ".html": "text/html; charset=utf-8",
}


def download_name(stem: str, kind: str) -> str:
    """Return the name under which a file is saved, with the ending that `stamp` gives it."""
    return f"{stem}{ENDINGS[kind]}"


def disposition(name: str) -> str:
    """Return the header that lets a browser save a file under a name in any script (RFC 6266)."""
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"


def media_type_of(kind: str) -> str:
    """Return the media type of a file of some kind."""
    return MEDIA_TYPES[PurePath(ENDINGS[kind]).suffix]


def write_zip(done: Iterable[Done], path: Path) -> None:
    """Write a ZIP file with all files that were made, the latest of each article; equal names get a number."""
    latest = {one.article.id: one for one in done if one.files}
    taken = set[str]()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:  # copies are compressed already
        for one in latest.values():
            number, free = 1, one.stem
            while free.casefold() in taken:
                number += 1
                free = f"{one.stem} ({number})"
            taken.add(free.casefold())
            for kind, file in one.files.items():
                archive.write(file, f"{free}{ENDINGS[kind]}")

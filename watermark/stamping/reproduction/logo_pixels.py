"""The pixels of the logo that a copy shows, found by their digest in its notice document or on its notice pages."""

import hashlib
import io
from collections.abc import Iterator

import pikepdf

from watermark.pdf.streams import decoded


def pixels_of(document: pikepdf.Pdf, notice_document: bytes, size: tuple[int, int], sha256: str) -> bytes:
    """Return the pixels of the picture with this width, height and SHA-256: three bytes for each.

    If no page in the copy shows it, these are white pixels: a logo that is not shown has no effect on the copy.
    """
    count = 3 * size[0] * size[1]
    found = _of(document, count, sha256)
    if found is None and notice_document:
        try:
            with pikepdf.open(io.BytesIO(notice_document)) as typeset:
                found = _of(typeset, count, sha256)
        except pikepdf.PikepdfError as error:
            raise ValueError("the notice document cannot be read") from error
    return found if found is not None else b"\xff" * count


def _of(document: pikepdf.Pdf, count: int, sha256: str) -> bytes | None:
    for picture in _pictures(document):
        data = decoded(picture, count)
        if data is not None and len(data) == count and hashlib.sha256(data).hexdigest() == sha256:
            return data
    return None


def _pictures(document: pikepdf.Pdf) -> Iterator[pikepdf.Stream]:
    """Yield the pictures of the first and of the last page: one of them is a notice page, if there is any."""
    for page in (document.pages[0], document.pages[-1]) if len(document.pages) else ():
        for found in page.resources.get("/XObject", pikepdf.Dictionary()).values():
            if isinstance(found, pikepdf.Stream) and found.get("/Subtype") == pikepdf.Name.Image:
                yield found

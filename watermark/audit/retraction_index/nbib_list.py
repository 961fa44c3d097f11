"""A list of records in PubMed's own form (NBIB), as its search saves them."""

import re
from collections.abc import Iterator
from pathlib import Path

from watermark.audit.retraction_index.cache import changed
from watermark.audit.retraction_index.record import RetractionRecord
from watermark.errors import NoticeError
from watermark.notice import NoticeFile
from watermark.notice.formats.nbib import readings_of
from watermark.notice.formats.reading import Reading
from watermark.runtime.mapped_files import map_file

MAX_RECORD_BYTES = 1_000_000
_HEAD = re.compile(rb"(?:\xef\xbb\xbf)?\s*PMID- ?[0-9]")
_RECORD = re.compile(rb"^PMID- ?", re.MULTILINE)


def is_pubmed(head: bytes) -> bool:
    """Whether a file begins with a record in PubMed's form."""
    return _HEAD.match(head) is not None


def every_reading(path: Path) -> Iterator[tuple[int, Reading | NoticeError]]:
    """Yield where a record begins, in bytes from 0, with each notice that it tells of, or why it cannot be read.

    Records of works that were not retracted are left out.
    """
    with path.open("rb") as file, map_file(file) as data:
        starts = [found.start() for found in _RECORD.finditer(data)]
        for start, end in zip(starts, (*starts[1:], len(data)), strict=True):
            try:
                for reading in readings_of(data[start : min(end, start + MAX_RECORD_BYTES)].decode("utf-8", "replace")):
                    yield start, reading
            except NoticeError as error:
                yield start, error


def notice_of(path: Path, listing: RetractionRecord) -> NoticeFile:
    """Return the notice of a record of the list. Raises NoticeError if the list changed."""
    with path.open("rb") as file:
        file.seek(listing.start_byte)
        data = file.read(MAX_RECORD_BYTES)
    following = _RECORD.search(data, 1)
    data = data[: following.start()] if following else data
    for reading in readings_of(data.decode("utf-8", "replace")):
        if (reading.notice.article.doi, reading.article_pmid) == (listing.doi, listing.pmid):
            return reading.as_file(data, "pubmed.nbib", "application/nbib")
    raise changed(path)

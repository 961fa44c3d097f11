"""Where a file begins: readers treat bytes before the header differently, and count offsets from different places.

Some count from the first byte of the file, some from `%PDF-`, and some from the first `%PDF` (ISO 32000-2 7.5.2). The
copy is one document for all of them only if no cross-reference section is at an offset that another count leads to.
"""

import re
from collections.abc import Iterator

from watermark.errors import FailedError
from watermark.verification.evidence import HEADER_WITHIN_BYTES, Evidence

SECTION_OR_OBJECT = re.compile(rb"\s*(?:xref\b|\d{1,10}\s+\d{1,10}\s+obj\b)")
STARTXREF = re.compile(rb"startxref\s+(\d{1,19})")
NEAR_BYTES = 64
MAX_OFFSETS = 1000


def header_differs(evidence: Evidence) -> Iterator[str]:
    """Yield why readers may take the file for two documents."""
    head = evidence.mapped[:HEADER_WITHIN_BYTES]
    first = head.find(b"%PDF")
    if first != evidence.header:
        yield "there are two headers, and viewers count from different ones"
    if not evidence.header:
        return
    for offset in _offsets(evidence):
        if SECTION_OR_OBJECT.match(evidence.mapped[offset : offset + NEAR_BYTES]):
            yield "bytes before the header make some viewers read another document in this file"
            return


def _offsets(evidence: Evidence) -> Iterator[int]:
    """Yield each offset at which a viewer may look for a cross-reference section."""
    try:
        for section in evidence.sections:
            yield section.offset
            if section.previous is not None:
                yield section.previous
    except FailedError:
        pass  # the sections are judged on their own
    for count, match in enumerate(STARTXREF.finditer(evidence.mapped)):
        if count > MAX_OFFSETS:
            return
        yield int(match[1])

"""A PDF of one page in memory, so that PDFium draws content alone: nothing else is on the page."""

from collections.abc import Sequence

FIRST_OBJECT = 5
"""The number of the first of the objects that `page_alone` is given."""


def page_alone(entries: bytes, content: bytes, resources: bytes = b"<<>>", objects: Sequence[bytes] = ()) -> bytes:
    """Return a PDF whose one page has these entries of a page dictionary, this content and these resources.

    `objects` are further ones, as they are written, with numbers from `FIRST_OBJECT` on.
    """
    bodies = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/Resources%b/Contents 4 0 R%b>>" % (resources, entries),
        b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
        *objects,
    )
    written, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(written))
        written += b"%d 0 obj%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(bodies) + 1
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(written))
    return written + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer

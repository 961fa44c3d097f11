"""A PDF of one page in memory, so that PDFium draws content alone: nothing else is on the page."""


def page_alone(entries: bytes, content: bytes) -> bytes:
    """Return a PDF whose one page has these entries of a page dictionary and this content, and no resources."""
    bodies = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/Resources<<>>/Contents 4 0 R%b>>" % entries,
        b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
    )
    written, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(written))
        written += b"%d 0 obj%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(written)
    return written + b"xref\n0 5\n0000000000 65535 f \n" + table + trailer

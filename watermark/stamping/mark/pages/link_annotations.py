"""The line as a link to the notice: one annotation a page (ISO 32000-2 12.5.6.5)."""

from collections.abc import Callable
from functools import lru_cache

import pikepdf

from watermark.pdf.geometry import Box
from watermark.pdf.object_draft import ARRAYS, Dictionary, ExtendedArray, ObjectDraft
from watermark.pdf.serialization import Name, Raw, Ref
from watermark.stamping.mark.pages.operators import significant

_LINK: Dictionary = {
    "/Type": Name("/Annot"),
    "/Subtype": Name("/Link"),
    "/F": 4,  # Print
    "/Border": Raw(b"[0 0 0]"),
    "/Contents": "Retraction notice",  # direct: some readers do not follow a reference here
}


def add_action(draft: ObjectDraft, link: str) -> Ref:
    """Enter the action that all pages share, which leads to `link`, a URI (RFC 3986), and return its reference."""
    return draft.add({"/Type": Name("/Action"), "/S": Name("/URI"), "/URI": link.encode("ascii")})


def add_link(
    draft: ObjectDraft, page: tuple[Ref, Dictionary], box: Box, action: Ref, tie: Callable[[Ref], int] | None
) -> bool:
    """Put a link over `box` (user space) into the page, given as drafted, and return whether it has one.

    The page gets its own copy of its array of annotations, as another page may share it. Nothing is changed when what
    the page has for /Annots is no array. `tie` enters the annotation into the structure tree and returns its key there.
    """
    ref, entries = page
    found = draft.resolve(entries.get("/Annots"))
    if found is not None and not isinstance(found, ARRAYS):
        return False
    link = draft.add(None)
    key: Dictionary = {"/StructParent": tie(link)} if tie else {}
    of_the_page: Dictionary = {"/Rect": _rectangle(box), "/P": ref, "/A": action}
    draft.replace(link, _LINK | of_the_page | key)
    entries["/Annots"] = ExtendedArray(found, [link]) if isinstance(found, pikepdf.Array) else [*(found or ()), link]
    return True


@lru_cache(maxsize=256)
def _rectangle(box: Box) -> Raw:
    return Raw(b"[%b]" % b" ".join(significant(side) for side in box))

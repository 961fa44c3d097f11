"""The line as a link to the notice: one annotation a page (ISO 32000-2 12.5.6.5)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

import pikepdf

from watermark.pdf.geometry import Box
from watermark.pdf.object_draft import ARRAYS, Dictionary, ExtendedArray, ObjectDraft
from watermark.pdf.serialization import Name, Raw, Ref
from watermark.stamping.mark.pages.operators import significant

_LINK = b"<</Type/Annot/Subtype/Link/Rect[%b]/F 4/Border[0 0 0]/P %d %d R/Contents %d %d R/A %d %d R%b>>"
"""Flag 4 is Print. These are tokens and no dictionary because every page has one: so it takes a tenth of the time."""
_KEPT_IN_A_URI = "!#$%&'()*+,/:;=?@[]~"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkParts:
    """What the links of all pages share: where they lead, and what they say to one who does not see them."""

    action: Ref
    contents: Ref


def link_parts(draft: ObjectDraft, link: str) -> LinkParts:
    """Enter the shared parts of the links to `link`; characters beyond ASCII are percent-encoded (RFC 3986)."""
    uri = quote(link, safe=_KEPT_IN_A_URI).encode("ascii")
    return LinkParts(
        action=draft.add({"/Type": Name("/Action"), "/S": Name("/URI"), "/URI": uri}),
        contents=draft.add(f"Retraction notice: {link}"),
    )


def add_link(
    draft: ObjectDraft, page: tuple[Ref, Dictionary], box: Box, parts: LinkParts, tie: Callable[[Ref], int] | None
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
    key = b"/StructParent %d" % tie(link) if tie else b""
    draft.replace(link, Raw(_LINK % (_rectangle(box), *ref, *parts.contents, *parts.action, key)))
    entries["/Annots"] = ExtendedArray(found, [link]) if isinstance(found, pikepdf.Array) else [*(found or ()), link]
    return True


@lru_cache(maxsize=256)
def _rectangle(box: Box) -> bytes:
    return b" ".join(significant(side) for side in box)

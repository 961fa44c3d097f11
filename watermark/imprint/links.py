"""The line as a link to the notice: one annotation a page (ISO 32000-2 12.5.6.5)."""

from dataclasses import dataclass
from urllib.parse import quote

import pikepdf

from watermark.pdf.draft import Dictionary, Draft
from watermark.pdf.geometry import Box
from watermark.pdf.syntax import Name, Raw, Ref, number

PRINTED = 4
_KEPT_IN_A_URI = "!#$%&'()*+,/:;=?@[]~"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkParts:
    """What the links of all pages share: where they lead, and what they say to one who does not see them."""

    action: Ref
    contents: Ref


def link_parts(draft: Draft, link: str) -> LinkParts:
    """Enter the shared parts of the links to `link`; characters beyond ASCII are percent-encoded (RFC 3986)."""
    uri = quote(link, safe=_KEPT_IN_A_URI).encode("ascii")
    return LinkParts(
        action=draft.add({"/Type": Name("/Action"), "/S": Name("/URI"), "/URI": uri}),
        contents=draft.add(f"Retraction notice: {link}"),
    )


def add_link(draft: Draft, page: tuple[Ref, Dictionary], box: Box, parts: LinkParts) -> Ref | None:
    """Put a link over `box` (user space) into the page, given as drafted, and return it.

    The page gets its own copy of its array of annotations, as another page may share it. Returns None, and changes
    nothing, when what the page has for /Annots is no array.
    """
    ref, entries = page
    found = draft.resolve(entries.get("/Annots"))
    if found is not None and not isinstance(found, (pikepdf.Array, list, tuple)):
        return None
    annotation: Dictionary = {
        "/Type": Name("/Annot"),
        "/Subtype": Name("/Link"),
        "/Rect": Raw(b"[" + b" ".join(number(round(side, 2)) for side in box) + b"]"),
        "/F": PRINTED,
        "/Border": Raw(b"[0 0 0]"),
        "/P": ref,
        "/Contents": parts.contents,
        "/A": parts.action,
    }
    link = draft.add(annotation)
    entries["/Annots"] = [*draft.thaw_array(found), link]
    return link

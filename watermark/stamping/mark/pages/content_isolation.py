"""What separates a page's content from the mark where q and Q do not: a form around it, or an annotation over it."""

from collections.abc import Sequence

import pikepdf

from watermark.pdf.geometry import Box
from watermark.pdf.object_draft import Dictionary, ObjectDraft
from watermark.pdf.serialization import Name, Ref, Value
from watermark.pdf.streams import joined

FARTHEST: Box = (-32767, -32767, 32767, 32767)
"""As far as every reader counts (ISO 19005-1 6.1.12): a form that clips nothing of its page."""
PRINTED_READ_ONLY = 4 | 64
"""Not locked: Ghostscript takes that flag for another one, and shows a locked annotation only in print."""
OPERATORS = b"q %b Do Q"
"""The operators that paint a form XObject."""


class Isolation:
    """Separates contents from marks in one draft; pages that share their streams and resources share a form."""

    def __init__(self, draft: ObjectDraft, pdfa_part: int) -> None:
        """Enter what is needed into `draft`; PDF/A-1 knows no watermark annotation, but stamps (ISO 19005-1 6.5.2)."""
        self._draft = draft
        self._subtype = Name("/Stamp" if pdfa_part == 1 else "/Watermark")
        self._appearances: dict[tuple[object, ...], Ref] = {}

    def content_as_form(self, members: Sequence[Value], resources: Value, visible: Box) -> Ref:
        """Return a form that paints what the content of a page paints, with the same resources.

        The data of one stream are taken as they are stored; several are decoded, with a new line between them (ISO
        32000-2 7.8.2): the plan has seen that they can be.
        """
        box: list[Value] = [*map(min, visible[:2], FARTHEST[:2]), *map(max, visible[2:], FARTHEST[2:])]
        own = {} if self._draft.resolve(resources) is None else resources
        entries: Dictionary = {"/Type": Name("/XObject"), "/Subtype": Name("/Form"), "/BBox": box, "/Resources": own}
        streams = [found for found in map(self._draft.resolve, members) if isinstance(found, pikepdf.Stream)]
        if len(streams) == 1:
            return self._draft.add_stored(entries, streams[0])
        content = joined(streams)
        assert content is not None
        return self._draft.add_stream(entries, content)

    def annotate(
        self, page: tuple[Ref, Dictionary], painted: bytes, forms: Dictionary, visible: Box, words: str
    ) -> None:
        """Put an annotation over the page that shows what the operators `painted` paint with these forms.

        Its rectangle and the box of its appearance are the visible part of the page, so that both are in the user
        space of the page (ISO 32000-2 12.5.5). It is printed, and does not respond to the user. The page has
        its own copy of its annotations, this one as the last, which is drawn above all others.
        """
        ref, entries = page
        box: list[Value] = [round(side, 4) for side in visible]
        key = (*visible, painted, *forms.items())
        if key not in self._appearances:
            appearance: Dictionary = {
                "/Type": Name("/XObject"),
                "/Subtype": Name("/Form"),
                "/BBox": box,
                "/Resources": {"/XObject": forms},
            }
            self._appearances[key] = self._draft.add_stream(appearance, painted)
        annotation = self._draft.add(
            {
                "/Type": Name("/Annot"),
                "/Subtype": self._subtype,
                "/Rect": box,
                "/F": PRINTED_READ_ONLY,
                "/P": ref,
                "/Contents": words,
                "/AP": {"/N": self._appearances[key]},
            }
        )
        entries["/Annots"] = [*self._draft.copy_array(entries.get("/Annots")), annotation]

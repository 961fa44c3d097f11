"""A page's content, wrapped and closed, with no byte of its streams touched (ISO 32000-2 7.8.2, 8.4.2)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pikepdf

from watermark.pdf.content_balance import Balance, balance_of
from watermark.pdf.object_draft import ARRAYS, ObjectDraft, reference
from watermark.pdf.serialization import Ref, Value
from watermark.pdf.streams import joined


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrapping:
    """What is written before and after a page's own content, and what a report has to say about it.

    `saves` counts the q before it; 0 leaves the first stream out. `closing` ends whatever the content left open and
    takes the saves back. `in_doubt` holds when viewers may take it for something else.
    """

    saves: int
    closing: bytes
    note: str = ""
    in_doubt: bool = False


Q = Wrapping(saves=1, closing=b"\nQ")
"""What the content of nearly every page needs; the verification finds the pages for which it is not enough."""
NO_STREAM = replace(Q, note="not every PDF reader can read the content of the page as a stream", in_doubt=True)


class ContentWrapper:
    """Finds the wrapping of each page; pages that share their streams are scanned once."""

    def __init__(self, draft: ObjectDraft) -> None:
        """Scan pages of the document that `draft` updates."""
        self._draft = draft
        self._known: dict[tuple[Ref | None, ...], Wrapping] = {}

    def members(self, contents: Value) -> list[Value]:
        """Return the members of a page's /Contents in their order; [] if it has none.

        The target of a reference is kept even if pikepdf does not read it as a stream: a viewer may read it as one. A
        null is left out: it paints nothing, and poppler gives up a page that has one.
        """
        found = self._draft.resolve(contents)
        if isinstance(found, pikepdf.Stream):
            return [contents]
        if isinstance(found, ARRAYS):
            return [member for member in found if self._draft.resolve(member) is not None]
        return [contents] if found is not None and reference(contents) is not None else []

    def wrapping(self, members: Sequence[Value], *, scanned: bool) -> Wrapping:
        """Return what the content of a page with these members has around it.

        What has to be closed is known only of content that is `scanned`: it takes most of the time of a marking.
        """
        for member in members:
            if not (isinstance(member, pikepdf.Stream) or isinstance(self._draft.resolve(member), pikepdf.Stream)):
                return NO_STREAM
        if not scanned:
            return Q
        key = tuple(reference(member) for member in members)
        if key not in self._known:
            content = self.content(members)
            self._known[key] = Q if content is None else wrapping_for(balance_of(content))
        return self._known[key]

    def content(self, members: Sequence[Value]) -> bytes | None:
        """Return the content of a page with these members; None when it cannot be decoded within the limits."""
        return joined([found for found in map(self._draft.resolve, members) if isinstance(found, pikepdf.Stream)])


def wrapping_for(balance: Balance) -> Wrapping:
    """Return what goes around content that comes out as `balance`."""
    if not balance.saves:
        deep = "the content is already nested as deeply as allowed, so no level was added"
        return Wrapping(saves=0, closing=balance.closing, note=deep)
    notes = {
        "the content restores more graphics states than it saves": balance.unmatched_restores > 0,
        "the content ends inside an inline image, so not every reader shows what follows": balance.ends_in_image,
    }
    note = "; ".join(words for words, holds in notes.items() if holds)
    return Wrapping(saves=balance.saves, closing=balance.closing + b"\nQ", note=note, in_doubt=balance.ends_in_image)

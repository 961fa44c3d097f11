"""What a forger does to the revision of an honest copy, with every digest recomputed: see `resealed_copies`."""

import io
import re
from collections.abc import Callable
from dataclasses import replace

import pikepdf

from tests.attacks.bombs import with_objects
from tests.helpers.resealed_copies import Body, Revision
from tests.helpers.resealed_mutations import _redigest

Attack = Callable[[Revision], bytes]
COLOUR, WHITE = rb"cs [\d. ]+ sc", b"cs 1 1 1 sc"


def data_with(holds: bytes, old: bytes, new: bytes) -> Attack:
    """Rewrite the data of the stream that holds some bytes, and every digest of it."""

    def attack(revision: Revision) -> bytes:
        objects = dict(revision.objects)
        number, body = next(one for one in objects.items() if holds in (one[1].data or b""))
        before = body.data or b""
        after = re.sub(old, new, before, count=1, flags=re.DOTALL)
        assert after != before
        objects[number] = body.with_data(after)
        _redigest(objects, before, after)
        return revision.sealed(objects)

    return attack


def entry_with(holds: bytes, old: bytes, new: bytes) -> Attack:
    """Rewrite the tokens of the first object that holds some."""

    def attack(revision: Revision) -> bytes:
        number, body = next(one for one in sorted(revision.objects.items()) if holds in one[1].head)
        head = re.sub(old, new, body.head, count=1)
        assert head != body.head
        return revision.sealed({**revision.objects, number: replace(body, head=head)})

    return attack


def overriding(made: Callable[[pikepdf.Pdf], dict[int, Body]]) -> Attack:
    """Put objects into the revision that override those of the file before it."""

    def attack(revision: Revision) -> bytes:
        with pikepdf.open(io.BytesIO(revision.before), inherit_page_attributes=False) as document:
            return revision.sealed({**revision.objects, **made(document)})

    return attack


def between(change: Callable[[bytes], bytes]) -> Attack:
    """Change a copy after its first marking, before it is marked again."""
    return lambda revision: revision.finish(change(replace(revision, finish=bytes).sealed()))


def earlier_letters_white(page_index: int) -> Attack:
    """Paint the letters of an earlier marking white, on one of its pages."""

    def made(document: pikepdf.Pdf) -> dict[int, Body]:
        form = document.pages[page_index].Resources.XObject["/RetractionMark"]
        entries = pikepdf.Dictionary({key: value for key, value in form.items() if key not in {"/Filter", "/Length"}})
        data = re.sub(COLOUR, WHITE, form.read_bytes())
        head = entries.unparse().removesuffix(b">>") + b"/Length %d>>" % len(data)
        return {form.objgen[0]: Body(head, data)}

    return overriding(made)


def with_blank_page(copy: bytes, page_index: int) -> bytes:
    """Return a copy with a revision behind it in which a page has no content."""
    with pikepdf.open(io.BytesIO(copy)) as document:
        number, tree = document.pages[page_index].obj.objgen[0], document.Root.Pages.objgen[0]
    return with_objects(copy, {number: b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 612 792]>>" % tree})


WHITE_LETTERS = data_with(b"/RetractionAlpha gs", COLOUR, WHITE)
OTHER_WORDS = data_with(b"/RetractionFont", rb"<..", b"<41")
OTHER_LINK = entry_with(b"/URI", rb"10\.5555", b"10.6666")
OTHER_RECORD = data_with(b'"notice": {', rb"drawn twice", b"drawn nicely")

"""Check the two stronger ways to separate a page's content from the mark: in a form, or the mark in an annotation.

Its content as a form has the page's resources and clips nothing (ISO 32000-2 8.10); an annotation over the page has an
appearance in the user space of the page (12.5.5), is printed, and cannot be switched off.
"""

import re
from collections.abc import Iterator

from pypdf.generic import DictionaryObject, PdfObject, StreamObject

from watermark.verification.allowed_constructs import BLANK, FORM_KEYS, is_always_seen
from watermark.verification.object_equality import same, same_data
from watermark.verification.pypdf_document import PypdfPage, dictionary, items, raw, reference, resolved

MARK_SUBTYPES = frozenset({"/Watermark", "/Stamp"})
ANNOTATION_KEYS = frozenset({"/Type", "/Subtype", "/Rect", "/F", "/P", "/Contents", "/AP", "/OC"})
FARTHEST = 32767
_HEAD = re.compile(rb"%b*q%b*(/[^\0\t\n\f\r ()<>\[\]{}/%%#]+)%b+Do%b+Q(?=%b)" % ((b"[" + BLANK + b"]",) * 5))


def head_of(content: bytes) -> tuple[str, int]:
    """Return the name of the form that a content stream paints first, and the offset after it; "" and 0 if none."""
    match = _HEAD.match(content)
    return (match.group(1).decode("latin-1"), match.end()) if match else ("", 0)


def mark_annotations(leaf: PypdfPage, highest_original_number: int) -> list[DictionaryObject]:
    """Return the visible annotations of this marking: not its links."""
    added = (one for one in items(leaf.dictionary.get("/Annots")) if (reference(one) or 0) > highest_original_number)
    return [annotation for annotation in map(dictionary, added) if annotation.get("/Subtype") in MARK_SUBTYPES]


def annotation_differs(annotation: DictionaryObject) -> Iterator[str]:
    """Yield why an annotation does not always show its appearance over the page."""
    if not is_always_seen(annotation):
        yield "an annotation that may be moved or hidden, or is not printed"
    if "/OC" in annotation:
        yield "an annotation that can be switched off"
    yield from (f"an annotation with {key}" for key in sorted(annotation.keys() - ANNOTATION_KEYS))
    appearance = dictionary(annotation.get("/AP"))
    form = resolved(appearance.get("/N"))
    if set(appearance) != {"/N"} or not isinstance(form, StreamObject):
        yield "an annotation with no appearance, or with several"
    elif not same(annotation.get("/Rect"), form.get("/BBox")) or len(items(form.get("/BBox"))) != 4:
        yield "an annotation whose appearance is not written in it"


def content_differs(form: PdfObject | None, original_streams: list[PdfObject], old: PypdfPage) -> Iterator[str]:
    """Yield why a form does not paint what the content of the original page painted."""
    content = resolved(form)
    if not isinstance(content, StreamObject) or content.get("/Subtype") != "/Form" or not FORM_KEYS.issuperset(content):
        yield "the content of the page is in something that is not a plain form"
        return
    box = [float(str(resolved(side))) for side in items(content.get("/BBox"))]
    if len(box) != 4 or max(box[:2]) > -FARTHEST or min(box[2:]) < FARTHEST:
        yield "the content of the page is clipped"
    elif max(map(abs, box)) > FARTHEST and max(map(abs, box)) > max(map(abs, _visible(old)), default=0) + 1:
        yield "the content of the page is in a box of another size"
    if content.get("/Type", "/XObject") != "/XObject":
        yield "the content of the page is in something that is not a plain form"
    resources = old.raw("/Resources")
    if not same(resources, raw(content, "/Resources")) and (
        dictionary(resources) or dictionary(content.get("/Resources"))
    ):
        yield "the content of the page has other resources"
    if not _same_content(content, original_streams):
        yield "the content of the page is not the original's, in a form"


def _visible(page: PypdfPage) -> list[float]:
    """Return the numbers of the boxes of a page, beyond which nothing of it is seen."""
    boxes = (page.get("/CropBox"), page.get("/MediaBox"))
    return [float(str(resolved(side))) for box in boxes for side in items(box)]


def _same_content(form: StreamObject, original_streams: list[PdfObject]) -> bool:
    streams = [one for one in map(resolved, original_streams) if isinstance(one, StreamObject)]
    if len(streams) == 1:
        keys = ("/Filter", "/DecodeParms")
        return same_data(form, streams[0]) and all(same(raw(form, key), raw(streams[0], key)) for key in keys)
    return form.get_data() == b"\n".join(stream.get_data() for stream in streams)

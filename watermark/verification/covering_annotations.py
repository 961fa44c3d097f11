"""Annotations of the original that may lie over the mark where PDFium's screen does not show them.

An annotation may be printed and not viewed, or belong to a layer; one without an appearance is drawn by some viewers,
with a face of their own (ISO 32000-2 12.5.3, 12.5.5, 8.11.4.4).
"""

from collections.abc import Iterator

import numpy as np
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NumberObject, StreamObject

from watermark.errors import FailedError
from watermark.models import Status
from watermark.pdf.geometry import Box
from watermark.pdf.page_alone import FIRST_OBJECT, page_alone
from watermark.pdf.pixels import Pixels
from watermark.pdf.rendering import RenderedDocument
from watermark.verification.objects_alone import written_alone
from watermark.verification.page_view import CheckResults, PageView
from watermark.verification.pypdf_document import dictionary, items, resolved
from watermark.verification.rendering_diff import CHANGED, LEAST_SHOWN, MARK_HIDDEN, PAGE_SIZE, WHOLLY

HIDDEN, PRINTED, NOT_VIEWED, TOGGLED = 2, 4, 32, 256
FACES = {
    "/FreeText": ("/C", "/IC"),
    "/Square": ("/IC",),
    "/Circle": ("/IC",),
    "/Polygon": ("/IC",),
    "/Line": (),
    "/PolyLine": (),
    "/Ink": (),
    "/Redact": ("/IC", "/OC"),
}
"""Annotations that some viewers draw without an appearance, with the entries that fill their rectangle."""
WIDEST_STROKE = 10
"""In points: wider lines of such an annotation may hide letters."""
STAMP = "/Stamp"
"""A stamp is drawn without an appearance and without any such entry: poppler has its own pictures of stamps."""
FIELD, POPUP = "/Widget", "/Popup"
IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
LONGER_SIDE_POINTS = 400
"""Of the box of the letters, where an appearance is drawn alone."""
WHITE = 255
COVERED_SHARE = 0.4
"""Of the box of the letters, the share that a cover takes: smaller ones leave the mark to be seen."""


def on_page(view: PageView) -> CheckResults:
    """Yield what may hide the mark in print, or in a viewer that draws what PDFium does not.

    Raises FailedError when PDFium cannot draw the page.
    """
    for message in covers_of(view):
        yield Status.FAILED, message, MARK_HIDDEN
    if view.mark is not None and prints_otherwise(view):
        yield from _printed(view)


def _printed(view: PageView) -> CheckResults:
    """Yield that the mark is hidden where the page is printed, though it is seen on the screen."""
    before, after = view.printed
    cover = view.cover
    if before.shape != after.shape or cover.shape != before.shape[:2]:
        yield Status.FAILED, "the page is printed in another size than in the original", PAGE_SIZE
        return
    core = cover >= min(WHOLLY, int(cover.max(initial=1)))
    off = np.maximum(before, after) - np.minimum(before, after)
    if core.any() and float((off.max(axis=2) > CHANGED)[core].mean()) < LEAST_SHOWN:
        yield Status.FAILED, "the mark is hidden where the page is printed", MARK_HIDDEN


def prints_otherwise(view: PageView) -> bool:
    """Return whether a page may be printed with something that is not on the screen."""
    if view.has_layers:
        return True
    return any(_flags(one) & (NOT_VIEWED | TOGGLED) for one in _annotations(view))


def covers_of(view: PageView) -> Iterator[str]:
    """Yield that an annotation which PDFium does not draw may be drawn over the mark by another viewer or in print.

    Of a mark that is an annotation itself, the last of its page, only fields and pop-ups do: PDFium draws fields over
    everything else, and pdf.js pop-ups.
    """
    if view.mark is None:
        return
    xs, ys = zip(*view.mark.corners, strict=True)
    box = min(xs), min(ys), max(xs), max(ys)
    for annotation in _annotations(view):
        is_seen = not _flags(annotation) & HIDDEN
        if view.annotated and annotation.get("/Subtype") not in {FIELD, POPUP}:
            continue
        is_large = _is_wide(annotation) or _covered(box, annotation) > COVERED_SHARE
        if is_seen and is_large and (message := _drawn_elsewhere(annotation, box)):
            yield message
            return


def _annotations(view: PageView) -> Iterator[DictionaryObject]:
    yield from map(dictionary, items(view.leaf.dictionary.get("/Annots")))


def _flags(annotation: DictionaryObject) -> int:
    value: object = resolved(annotation.get("/F"))
    return value if isinstance(value, int) else 0


def _drawn_elsewhere(annotation: DictionaryObject, box: Box) -> str:
    """Return how an annotation that PDFium does not draw may hide the mark in `box`; "" if it may not."""
    subtype = str(annotation.get("/Subtype"))
    if resolved(dictionary(annotation.get("/AP")).get("/N")) is None:
        has_face = _has_face_of_its_own(annotation, subtype)
        return "an annotation without an appearance covers the mark, and some viewers fill it" if has_face else ""
    if subtype == POPUP:
        is_over = _painted(box, annotation) > COVERED_SHARE
        return "a pop-up with an appearance covers the mark, and some viewers draw it" if is_over else ""
    is_only_printed = _flags(annotation) & PRINTED and _flags(annotation) & NOT_VIEWED
    return "a form field that is only printed covers the mark" if subtype == FIELD and is_only_printed else ""


def _painted(box: Box, annotation: DictionaryObject) -> float:
    """Return the share of a box that the appearance of an annotation paints; 1 where that cannot be found out.

    It is drawn alone, on white and on black, as the annotation's rectangle places it (ISO 32000-2 12.5.5).
    """
    form = resolved(dictionary(annotation.get("/AP")).get("/N"))
    if not isinstance(form, StreamObject) or form.get("/Subtype") != "/Form" or "/OC" in form:
        return 1.0
    sides = [_numbers(one.get(key)) for one, key in ((annotation, "/Rect"), (form, "/BBox"))]
    matrix = _numbers(form.get("/Matrix", ArrayObject())) or IDENTITY
    if [len(one) for one in (*sides, matrix)] != [4, 4, 6]:
        return 1.0
    (left, bottom, right, top), (x0, y0, x1, y1) = sides
    a, b, c, d, e, f = matrix
    xs, ys = zip(*((a * x + c * y + e, b * x + d * y + f) for x in (x0, x1) for y in (y0, y1)), strict=True)
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    if min(wide, high, box[2] - box[0], box[3] - box[1]) <= 0:
        return 1.0
    across, up = abs(right - left) / wide, abs(top - bottom) / high
    place = across, up, min(left, right) - min(xs) * across, min(bottom, top) - min(ys) * up
    try:
        seen = [_drawn_on(ground, box, place, form) for ground in (1, 0)]
    except (FailedError, ValueError):
        return 1.0
    return float(((seen[0] != WHITE) | (seen[1] != 0)).any(axis=2).mean())


def _drawn_on(ground: int, box: Box, place: Box, form: StreamObject) -> Pixels:
    """Return the pixels of a box on white (1) or black (0) ground with a form over it, scaled and moved as `place`."""
    left, bottom, right, top = box
    scale = LONGER_SIDE_POINTS / max(right - left, top - bottom)
    content = b"%d g 0 0 %d %d re f %.6f 0 0 %.6f %.6f %.6f cm %.6f 0 0 %.6f %.6f %.6f cm /F Do" % (
        *(ground, LONGER_SIDE_POINTS, LONGER_SIDE_POINTS),
        *(scale, scale, -left * scale, -bottom * scale),
        *place,
    )
    page = b"/MediaBox[0 0 %.6f %.6f]" % ((right - left) * scale, (top - bottom) * scale)
    resources = b"<</XObject<</F %d 0 R>>>>" % FIRST_OBJECT
    with RenderedDocument.of_bytes(page_alone(page, content, resources, written_alone(form, FIRST_OBJECT))) as drawn:
        return drawn.pixels(1).copy()


def _numbers(value: object) -> tuple[float, ...]:
    """Return the numbers in an array."""
    numbers = [resolved(one) for one in items(value)]
    return tuple(float(one) for one in numbers if isinstance(one, NumberObject | FloatObject)) if numbers else ()


def _has_face_of_its_own(annotation: DictionaryObject, subtype: str) -> bool:
    if subtype == FIELD:
        return bool(items(dictionary(annotation.get("/MK")).get("/BG")))
    is_filled = any(items(annotation.get(key)) for key in FACES.get(subtype, ()))
    return is_filled or subtype == STAMP or (subtype in FACES and _is_wide(annotation))


def _is_wide(annotation: DictionaryObject) -> bool:
    """Return whether an annotation is drawn with a stroke that hides what is under it, wherever it is drawn."""
    width = resolved(dictionary(annotation.get("/BS")).get("/W"))
    border = items(annotation.get("/Border"))[2:3]
    widths = (width, *map(resolved, border))
    return any(isinstance(one, (NumberObject, FloatObject)) and abs(float(one)) > WIDEST_STROKE for one in widths)


def _covered(box: tuple[float, float, float, float], annotation: DictionaryObject) -> float:
    """Return the share of a box that the rectangle of an annotation covers."""
    try:
        sides = [float(str(resolved(side))) for side in items(annotation.get("/Rect"))]
    except ValueError:
        return 1.0
    if len(sides) != 4:
        return 0.0
    (left, right), (bottom, top) = sorted(sides[::2]), sorted(sides[1::2])
    width = max(min(box[2], right) - max(box[0], left), 0)
    height = max(min(box[3], top) - max(box[1], bottom), 0)
    return width * height / max((box[2] - box[0]) * (box[3] - box[1]), 1e-9)

"""Every page carries the mark: by structure, whatever the page looks like.

The link of the line may lead to the address in the receipt alone, written as a URI (RFC 3986 3).
"""

import math
import re
from collections.abc import Iterator

from pypdf.generic import BooleanObject

from watermark.errors import FailedError
from watermark.models import Status
from watermark.receipt import FORMAT, Receipt
from watermark.verification.content_balance import UnknownError
from watermark.verification.mark_forms import Mark, PaintedLine
from watermark.verification.page_view import CheckResults, PageView
from watermark.verification.painting_rules import matrix_differs
from watermark.verification.pypdf_document import dictionary, items, resolved
from watermark.verification.receipt_wording import recorded_opacities

DOI = re.compile(r"https?://(?:dx\.)?doi\.org/10\.")
NOT_IN_A_URI = re.compile(r"[^!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~]|%(?![0-9A-Fa-f]{2})")
MAX_OPACITY = 0.5
LINK_MARGIN = 0.1
"""How far a link may reach beyond the line, in lengths of the line."""
BOX_MARGIN, ROUNDED = 1.0, 0.12
"""In units of the form: the box of the line is by so much larger than its words, and its sides are rounded."""
LINK_ROUNDING, DIGITS = 0.06, 1e-4
"""By how much the sides of a link are rounded: in points, and as a part of the number."""
MAX_STROKE_POINTS = 3.0
STEEPEST_DEGREES = 90.5
OUTSIDE_SHARE = 0.01
WIDER = 1.02
UNKNOWN = "whether it reaches the mark is not known, whatever one viewer shows"
CONTENT_UNKNOWN = "marked.content-unknown"
LEAST_SHARE = 0.15
"""Of the page's width or height, the share that the mark spans at least: the smallest that may be chosen spans 0.2."""
RAISED_OPACITY = 0.30
"""Where the mark would be too faint, a page may have it up to this opaque; else as opaque as the receipt says."""
TOLERANCE = 0.005
WRITTEN = 0.0001
"""By how much an opacity may differ from the recorded one: numbers are written with fewer digits."""
LEAST_OPACITY = 0.045
LEAST_DEPTH = 0.024
"""Of a channel, the share by which the letters darken white paper at least: what is drawn has to change by as much."""
PALE = "the letters are as light as paper, or of an unknown colour: that they are seen is known from what is seen alone"


def on_page(view: PageView) -> CheckResults:
    """Yield what is wrong with the mark on a page.

    The mark is ours when a stream behind the page's content paints, as a watermark artifact, a form of this revision
    that holds outlines only (ISO 32000-2 14.8.2.2). It is upright as displayed, and inside the visible box. Nothing
    that the content leaves open reaches it; where that is not known, it is not checked.
    """
    if view.mark is None:
        yield Status.FAILED, f"the mark is missing, or is not as it was made: {view.mark_error}"
        return
    mark, receipt = view.mark, view.receipt
    for message in (*_ink(mark, receipt), *_stroke(mark, view), *_place(mark, view), *_line(mark, view)):
        yield Status.FAILED, message
    if not view.annotated and resolved(dictionary(view.leaf.get("/Group")).get("/K")) == BooleanObject(value=True):
        yield Status.FAILED, "the mark is painted in a knockout group, where it wipes out what is under it"
    if not view.is_drawn and (mark.letters.depth or 0) * mark.letters.opacity < LEAST_DEPTH:
        yield Status.NOT_CHECKED, PALE
    if view.is_drawn:
        yield from view.lettering()
    try:
        for message in view.reaching_the_mark():
            yield Status.FAILED, message
    except UnknownError as error:
        yield Status.NOT_CHECKED, f"{error}: {UNKNOWN}", CONTENT_UNKNOWN


def _ink(mark: Mark, receipt: Receipt) -> Iterator[str]:
    letters = mark.letters
    if letters.stroked != bool(receipt.stroke_points):
        yield f"the letters are {'stroked' if letters.stroked else 'filled'}; the receipt says otherwise"
    elif letters.stroked:
        if receipt.stroke_points > MAX_STROKE_POINTS:
            yield f"the letters are stroked {receipt.stroke_points:g} points wide, and hide what is under them"
        elif letters.opacity != 1:
            yield f"the letters are stroked with an opacity of {letters.opacity:g}"
    elif not -TOLERANCE <= letters.opacity - receipt.opacity <= max(0, RAISED_OPACITY - receipt.opacity) + TOLERANCE:
        yield f"the letters have an opacity of {letters.opacity:g}; the receipt says {receipt.opacity:g}"
    elif receipt.format == FORMAT and all(abs(letters.opacity - one) > WRITTEN for one in recorded_opacities(receipt)):
        yield f"the letters have an opacity of {letters.opacity:g}, which the receipt does not record"
    elif letters.opacity > MAX_OPACITY:
        yield f"the letters have an opacity of {letters.opacity:g}, and hide what is under them"
    elif letters.opacity < LEAST_OPACITY:
        yield f"the letters have an opacity of {letters.opacity:g}, and can hardly be seen"


def _stroke(mark: Mark, view: PageView) -> Iterator[str]:
    """Yield when letters are stroked wider than the receipt says; on a very small page they may be narrower."""
    if mark.letters.stroked:
        a, b, c, d, _, _ = mark.matrix
        unit: object = resolved(view.leaf.get("/UserUnit"))
        scale = math.sqrt(abs(a * d - b * c)) * (float(unit) if isinstance(unit, (int, float)) else 1.0)
        if mark.line_width * scale > view.receipt.stroke_points * WIDER:
            points = mark.line_width * scale
            yield f"the letters are stroked {points:.1f} points wide; the receipt says {view.receipt.stroke_points:g}"
        if mark.halo_width * scale > MAX_STROKE_POINTS * WIDER:
            points = mark.halo_width * scale
            yield f"the line under the letters is {points:.1f} points wide, and hides what is under it"


def _words(mark: Mark, view: PageView) -> Iterator[str]:
    """Yield when an annotation does not say what it shows, or the line is not what the receipt says."""
    if mark.annotation is not None and mark.annotation != (view.line_text or view.receipt.mark_text):
        yield "the annotation says something else than the receipt"
    if len(mark.line_boxes) != bool(view.line_text):
        yield "the line is missing beside the mark" if view.line_text else "there is a line besides the receipt's"


def _line(mark: Mark, view: PageView) -> Iterator[str]:
    """Yield when the line is not there as the receipt says, or is outside the page."""
    yield from _words(mark, view)
    middles = mark.line_middles
    try:
        seen, (width, height) = view.displayed(middles)
    except FailedError:
        return  # said of the mark
    if not all(0 <= x <= width and 0 <= y <= height for x, y in seen):
        yield "the line is outside the visible page"
    if middles and view.receipt.line_link and not _is_linked(view, middles[0], mark.lines[0]):
        yield "the link to the notice is not over the line"


def _is_linked(view: PageView, middle: tuple[float, float], painted: PaintedLine) -> bool:
    """Return whether a link to the notice covers the words of the line, and nothing beyond them.

    It is true where there is no link at all, which is named elsewhere. In copies of 0.1.0, it may reach further.
    """
    line, form = painted.box, painted.form.box
    margin = LINK_MARGIN * max(line[2] - line[0], line[3] - line[1])
    scale = max(line[2] - line[0], line[3] - line[1]) / max(form[2] - form[0], form[3] - form[1])
    wanted = {view.receipt.line_link, percent_encoded(view.receipt.line_link)}
    found = False
    for one in reversed(items(view.leaf.dictionary.get("/Annots"))):
        link = dictionary(one)
        if str(dictionary(link.get("/A")).get("/URI")) in wanted:
            found = True
            sides = [float(str(resolved(side))) for side in items(link.get("/Rect"))]
            (left, right), (bottom, top) = sorted(sides[::2]), sorted(sides[1::2])
            is_over = left <= middle[0] <= right and bottom <= middle[1] <= top
            is_within = line[0] - margin <= left and right <= line[2] + margin
            is_within = is_within and line[1] - margin <= bottom and top <= line[3] + margin
            gaps = left - line[0], bottom - line[1], line[2] - right, line[3] - top
            rounding = LINK_ROUNDING + scale * ROUNDED + max(map(abs, line)) * DIGITS
            is_exact = all(abs(gap - scale * BOX_MARGIN) <= rounding for gap in gaps)
            if is_over and is_within and (is_exact or not view.receipt.format):
                return True
    return not found


def _place(mark: Mark, view: PageView) -> Iterator[str]:
    try:
        seen, (width, height) = view.displayed(mark.corners)
    except FailedError as error:
        yield f"the position of the mark cannot be determined: {error.reason}"
        return
    (x0, y0), (x1, y1), _, (x3, y3) = seen
    across, up = (x1 - x0, y1 - y0), (x3 - x0, y3 - y0)
    degrees = math.degrees(math.atan2(-across[1], across[0]))
    if not math.hypot(*across) or not math.hypot(*up):
        yield "the mark has no size"
    elif abs(degrees) > STEEPEST_DEGREES:
        yield f"the mark is upside down: its letters run at {degrees:.0f} degrees"
    elif across[0] * up[1] - across[1] * up[0] >= 0:
        yield "the mark is mirrored"
    yield from (f"the mark is in {message}" for message in matrix_differs(mark.matrix))
    xs, ys = zip(*seen, strict=True)
    if max((max(xs) - min(xs)) / width, (max(ys) - min(ys)) / height) < LEAST_SHARE:
        yield "the mark is too small to be noticed"
    reach = OUTSIDE_SHARE * max(width, height) + 1
    if not all(-reach <= x <= width + reach and -reach <= y <= height + reach for x, y in seen):
        yield "the mark extends beyond the page"


def target_differs(target: str, wanted: str) -> str:
    """Return why `target` does not lead to the link `wanted` of the receipt; "" when it does.

    Characters that no URI may hold are percent-encoded in the target, whether the receipt has them so or not. Behind
    the DOI resolver, `#` and `?` would cut the DOI short: there they are encoded, too.
    """
    if target not in {wanted, percent_encoded(wanted)}:
        return "not to the notice"
    if NOT_IN_A_URI.search(target):
        return "which is not a URI"
    return "which cuts the DOI short" if DOI.match(target) and re.search("[#?]", target) else ""


def percent_encoded(link: str) -> str:
    """Return a link with the characters that no URI may hold percent-encoded, as UTF-8 (RFC 3986 2.1, RFC 3987 3.1)."""
    return NOT_IN_A_URI.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace")), link)

"""Pages, boxes, links, outline, tags, form, labels and destinations are what they were.

Destinations that name a page by its number are wrong after pages are added in front (ISO 32000-2 12.3.2.2).
"""

from collections.abc import Iterator

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, PdfObject

from watermark.models import Claim, Finding, Status, plain
from watermark.verification.allowed_constructs import is_always_seen
from watermark.verification.content_isolation import MARK_SUBTYPES
from watermark.verification.evidence import Evidence
from watermark.verification.mark_placement import target_differs
from watermark.verification.object_equality import is_last_of_repeated_box, is_media_box_repaired, same
from watermark.verification.pypdf_document import PypdfDocument, PypdfPage, dictionary, items, raw, reference, resolved

FITS = frozenset({"/XYZ", "/Fit", "/FitH", "/FitV", "/FitR", "/FitB", "/FitBH", "/FitBV"})
IN_ANOTHER_FILE = frozenset({"/GoToR", "/GoToE"})
DEEPEST = 50
SHAPE_KEYS = ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox", "/Rotate", "/UserUnit")
KEPT_IN_CATALOG = {
    "/Outlines": "the outline",
    "/Dests": "the named destinations",
    "/AcroForm": "the form",
    "/StructTreeRoot": "the tags",
    "/MarkInfo": "the tags",
    "/PageLabels": "the page labels",
    "/OCProperties": "the layers",
    "/OutputIntents": "the output intents",
    "/OpenAction": "the opening action",
    "/ViewerPreferences": "the viewer preferences",
    "/Lang": "the language",
    "/Pages": "the page tree",
}
MAX_OUTLINE_ITEMS = 5000
LINK_KEYS = frozenset({"/Type", "/Subtype", "/Rect", "/F", "/Border", "/P", "/Contents", "/A", "/StructParent"})
ACTION_KEYS = frozenset({"/Type", "/S", "/URI"})


def check(evidence: Evidence) -> Iterator[Finding]:
    """Yield what has changed in the structure, or that nothing has."""
    evidence.require_stable_object_numbers()
    failed = False
    for message, page_number in (*_document(evidence), *_pages(evidence)):
        failed = True
        yield Finding(claim=Claim.STRUCTURE, status=Status.FAILED, message=message, page_number=page_number)
    if not failed:
        message = "pages, boxes, links, outline, tags, form, labels and destinations are the original's"
        yield Finding(claim=Claim.STRUCTURE, status=Status.OK, message=message)


def _document(evidence: Evidence) -> Iterator[tuple[str, None]]:
    before, after = evidence.before.catalog, evidence.after.catalog
    relabelled = evidence.pages_put_in > 0
    for key, name in KEPT_IN_CATALOG.items():
        if not same(raw(before, key), raw(after, key)) and not (relabelled and key == "/PageLabels"):
            yield f"{name} ({key[1:]}) has changed", None
    old, new = dictionary(before.get("/Names")), dictionary(after.get("/Names"))
    for key in sorted((old.keys() | new.keys()) - {"/EmbeddedFiles"}):
        if not same(raw(old, key), raw(new, key)):
            yield f"the names of {plain(key[1:], 40)} have changed", None
    put_in, expected = evidence.pages_put_in, evidence.receipt.notice_page
    if put_in < 0 or bool(put_in) != bool(expected):
        yield f"the copy has {put_in:+d} pages more than the original; the receipt names {expected or 'none'}", None
    if evidence.receipt.page_count != len(evidence.before.pages):
        counts = evidence.receipt.page_count, len(evidence.before.pages)
        yield "the receipt counts {} pages; the original has {}".format(*counts), None
    if len(evidence.rendered_copy) - len(evidence.rendered_original) != put_in:
        yield "the readers do not agree on the number of pages that the copy has more", None
    for number in numbered_destinations(evidence.before) if evidence.pages_put_in_front else ():
        yield f"object {number} leads to a page by its number, and there are pages in front now", None
        break
    titles = [look.outline_titles(MAX_OUTLINE_ITEMS) for look in (evidence.rendered_original, evidence.rendered_copy)]
    if titles[0] != titles[1]:
        yield "the outline has other titles", None


def _pages(evidence: Evidence) -> Iterator[tuple[str, int]]:
    shift = evidence.pages_put_in_front
    shown = evidence.after.pages[shift : shift + len(evidence.before.pages)]
    if len(shown) < len(evidence.before.pages):
        yield "the pages from here on are missing", len(shown) + 1
    for page_number, (old, new) in enumerate(zip(evidence.before.pages, shown, strict=False), 1):
        for key in SHAPE_KEYS:
            is_same = same(resolved(old.get(key)), resolved(new.get(key))) or is_media_box_repaired(key, old, new)
            if not is_same and not is_last_of_repeated_box(evidence.before, key, old, new):
                yield f"{key[1:]} has changed", page_number
        if evidence.pages_put_in > 0:
            labels = (
                evidence.rendered_original.page_label(page_number),
                evidence.rendered_copy.page_label(page_number + shift),
            )
            if labels[1] not in {labels[0], labels[0] or str(page_number)}:
                yield f"its label was “{plain(labels[0], 40)}” and is “{plain(labels[1], 40)}”", page_number
        for message in _links(evidence, old, new, has_line=evidence.has_line_on(page_number)):
            yield message, page_number
        evidence.release_page(page_number)


def _links(evidence: Evidence, old: PypdfPage, new: PypdfPage, *, has_line: bool) -> Iterator[str]:
    """Yield when a page has not the annotations of the original and, if it has the line, the link of the receipt."""
    before, after = items(old.dictionary.get("/Annots")), items(new.dictionary.get("/Annots"))
    highest = evidence.before.highest_number
    ours = [one for one in after if (reference(one) or 0) > highest]
    if len(after) - len(ours) != len(before):
        yield f"{len(before)} annotations of the original have become {len(after) - len(ours)}"
    annotations = resolved(raw(old.dictionary, "/Annots"))
    has_no_room = annotations is not None and not isinstance(annotations, ArrayObject)
    expected = 1 if has_line and evidence.receipt.line_link and not has_no_room else 0
    links = [one for one in ours if dictionary(one).get("/Subtype") not in MARK_SUBTYPES]
    if len(links) != expected:
        yield "the link to the notice is missing" if expected else "there is a link that the receipt does not name"
    for one in links:
        yield from _link(evidence, one)


def _link(evidence: Evidence, value: object) -> Iterator[str]:
    link = dictionary(value)
    action = dictionary(link.get("/A"))
    target = action.get("/URI")
    wanted = evidence.receipt.line_link
    if link.get("/Subtype") != "/Link" or target is None:
        yield "an annotation was added that is not a link"
    elif difference := target_differs(str(target), wanted):
        yield f"the link leads to {plain(target)}, {difference}"
    if not is_always_seen(link):
        yield "the link may be moved or hidden, or is not printed"
    border = [str(resolved(side)) for side in items(link.get("/Border"))]
    strange = (
        sorted(link.keys() - LINK_KEYS) or sorted(action.keys() - ACTION_KEYS) or ["/Border"] * (border != ["0"] * 3)
    )
    if strange or action.get("/S") != "/URI":
        yield f"the link does more than to lead to the notice ({(strange or ['/S'])[0]})"


def numbered_destinations(document: PypdfDocument) -> Iterator[int]:
    """Yield the number of each object that leads to a page of the same file by its number."""
    for number in sorted(document.numbers):
        if _leads_by_number(document.object(number), DEEPEST):
            yield number


def _leads_by_number(value: PdfObject | None, depth: int) -> bool:
    if depth and isinstance(value, ArrayObject):
        members = list(list.__iter__(value))
        named = len(members) > 1 and isinstance(members[1], NameObject) and members[1] in FITS
        return (named and isinstance(members[0], NumberObject)) or any(
            _leads_by_number(member, depth - 1) for member in members
        )
    if depth and isinstance(value, DictionaryObject):
        left_out = {"/D"} if dictionary(value).get("/S") in IN_ANOTHER_FILE else set()
        return any(_leads_by_number(value.raw_get(key), depth - 1) for key in value.keys() - left_out)
    return False

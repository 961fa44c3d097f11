"""The notice as pages of the article: the typeset document, page by page, in front of it or behind it.

Page labels stay with their pages when others come before or after them (ISO 32000-2 12.4.2). Destinations that name a
page by its number would lead elsewhere after pages in front of the article: ISO 32000-2 12.3.2.2 wants a reference to
the page there; many files have its number, and viewers follow it.
"""

import io
import re
from collections.abc import Sequence

import pikepdf

from watermark.errors import FailedError, UsageError
from watermark.pdf.name_number_trees import pairs_of
from watermark.pdf.object_copy import ObjectCopier
from watermark.pdf.object_draft import Dictionary, ObjectDraft, reference
from watermark.pdf.page_tree import PageNode, displayed_pages
from watermark.pdf.serialization import Name, Ref, Value
from watermark.pdf.typed_values import name_of, text_of
from watermark.stamping.attach.notice_structure import add_section, free_parent_key, is_tagged
from watermark.stamping.plan import Plan

NOTICE: Dictionary = {"/S": Name("/D"), "/P": "Notice "}
DECIMAL: Dictionary = {"/S": Name("/D")}
BY_NUMBER = re.compile(rb"\[ \d{1,10} /(?:XYZ|Fit(?:B|BH|BV|H|R|V)?) ")
ELSEWHERE = re.compile(rb"/S /GoTo[ER]\b")
"""Actions that lead to another file, where a number is what the standard asks for."""
CIDSET_IS_DEPRECATED = 4
COPIED = ("/Type", "/MediaBox", "/CropBox", "/Rotate", "/Resources")
MARKED_CONTENT = frozenset({"BMC", "BDC", "EMC"})


def add_notice_pages(draft: ObjectDraft, document: pikepdf.Pdf, plan: Plan) -> None:
    """Draft the pages of `plan.notice_document` into the article.

    Each page has its own boxes, rotation and resources, so that it inherits nothing. The root of the page tree gets the
    new pages and a new count; page labels stay with their pages. In a tagged article the notice becomes a section of
    its structure. Raises FailedError when the page tree has no root that can get a new revision.
    """
    parent = reference(document.Root.get("/Pages"))
    if parent is None or "/Kids" not in draft.copy_dict(parent):
        raise FailedError(
            "the root of its page tree is not valid",
            remedy="Re-save the PDF in a PDF editor, and keep the original.",
        )
    article = list(displayed_pages(document.Root))
    is_section = plan.tagged and is_tagged(draft, document)
    first_key = free_parent_key(draft, document) if is_section else None
    without = frozenset({"/CIDSet"} if plan.pdfa_part == CIDSET_IS_DEPRECATED else ())
    with pikepdf.open(io.BytesIO(plan.notice_document)) as notice:
        graft = ObjectCopier(draft, notice, without=without)
        pages = _grafted(draft, graft, parent, first_key)
        _lead_to_pages(draft, pages, article)
        if first_key is not None:
            add_section(draft, document, graft, first_key=first_key, position=plan.notice_page)
    tree = draft.change(parent)
    kids = draft.copy_array(tree.get("/Kids"))
    tree["/Kids"] = [*pages, *kids] if plan.notice_page == "front" else [*kids, *pages]
    before = draft.resolve(tree.get("/Count"))
    tree["/Count"] = (before if isinstance(before, int) else len(article)) + len(pages)
    catalog = draft.change(document.Root)
    labels = labels_with_notice(
        draft,
        catalog.get("/PageLabels"),
        side=plan.notice_page,
        pages=len(article),
        notice_pages=len(pages),
    )
    if labels is not None:
        catalog["/PageLabels"] = labels


def _lead_to_pages(draft: ObjectDraft, pages: Sequence[Ref], article: Sequence[PageNode]) -> None:
    """Let each link of the notice that names a page of the article by its number lead to that page."""
    for page in pages:
        for link in draft.copy_array(draft.copy_dict(page).get("/Annots")):
            destination = draft.copy_array(draft.copy_dict(link).get("/Dest"))
            if destination and isinstance(page_index := destination[0], int):
                draft.change(link)["/Dest"] = [_reference_of(draft, article[page_index]), *destination[1:]]


def _reference_of(draft: ObjectDraft, page: PageNode) -> Value:
    """Return the reference of a page; of one that was direct, the one that it was given with its mark."""
    found = reference(page.dictionary)
    return (
        found if found is not None else draft.copy_array(draft.copy_dict(page.parent).get("/Kids"))[page.place_in_kids]
    )


def _grafted(draft: ObjectDraft, graft: ObjectCopier, parent: Ref, first_key: int | None) -> list[Ref]:
    """Copy the pages below `parent`; with a first key their marked content keeps its place in a structure."""
    notice = graft.source
    refs = [draft.add({}) for _ in notice.pages]
    for page, ref in zip(notice.pages, refs, strict=True):
        graft.map_object(page.obj, ref)
    for page, ref in zip(notice.pages, refs, strict=True):
        entries: Dictionary = {key: graft.copy_object(page.obj[key]) for key in COPIED}
        entries["/Parent"] = parent
        links = [graft.copy_object(link) for link in page.obj.get("/Annots", pikepdf.Array())]
        for link in links:
            own = draft.change(link).pop("/StructParent")
            if first_key is not None and isinstance(own, int):
                draft.change(link)["/StructParent"] = first_key + own
        if links:
            entries["/Annots"] = links
        if first_key is None:
            entries["/Contents"] = draft.add_stream({}, _without_marks(page))
        else:
            entries |= {"/Contents": graft.copy_object(page.obj.Contents), "/Tabs": Name("/S")}
            entries["/StructParents"] = first_key + int(page.obj.StructParents)
        draft.replace(ref, entries)
    return refs


def _without_marks(page: pikepdf.Page) -> bytes:
    """Return the content without the marks of a structure; joined letters keep their text, for search and copying."""
    kept: list[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage] = []
    is_open: list[bool] = []
    for item in pikepdf.parse_content_stream(page):
        operator = str(item.operator)
        if operator in {"BMC", "BDC"}:
            is_open.append(operator == "BDC" and "/ActualText" in item.operands[1])
        is_mark = operator in MARKED_CONTENT
        if not is_mark or is_open[-1]:
            kept.append(item)
        if operator == "EMC":
            is_open.pop()
    return pikepdf.unparse_content_stream(kept)


def refuse_numbered_destinations(document: pikepdf.Pdf, path: str) -> None:
    """Return when no destination names a page of the file by its number. Raises UsageError for the first one."""
    for item in document.objects:
        if not isinstance(item, (pikepdf.Dictionary, pikepdf.Array, pikepdf.Stream)):
            continue
        entries = item.stream_dict if isinstance(item, pikepdf.Stream) else item
        data = entries.unparse(resolved=True)
        if len(BY_NUMBER.findall(data)) > len(ELSEWHERE.findall(data)):
            raise UsageError(
                f"object {item.objgen[0]} links to a page by number, and a notice at the front would shift the numbers",
                file=path,
                place="notice page",
                remedy="Put the notice page at the back, or leave it out.",
            )


def labels_with_notice(draft: ObjectDraft, labels: Value, *, side: str, pages: int, notice_pages: int) -> Value:
    """Return /PageLabels for an article of `pages` pages and a notice at its "front" or "back".

    The pages of the article keep the labels they have, and the pages of the notice get their own, which go on counting
    after those of an earlier notice. Returns None when there are no labels and none are needed.
    """
    ranges = [(key, value) for key, value in pairs_of(draft, labels, "/Nums") if isinstance(key, int)]
    if side == "back":
        kept = [(key, value) for key, value in ranges if key < pages]
        return _tree([*kept, (pages, _of_notice(draft, kept, pages))]) if kept else None
    if not ranges or ranges[0][0] != 0:
        ranges.insert(0, (0, DECIMAL))
    return _tree([(0, _of_notice(draft, ranges, pages)), *((key + notice_pages, value) for key, value in ranges)])


def _of_notice(draft: ObjectDraft, ranges: list[tuple[int, Value]], pages: int) -> Dictionary:
    """Return the labels of the pages of a notice: from the first number that no earlier notice in the ranges has."""
    numbers = []
    for (key, value), end in zip(ranges, [*(key for key, _ in ranges[1:]), pages], strict=True):
        labels = draft.copy_dict(value)
        style, prefix, start = (draft.resolve(labels.get(name)) for name in ("/S", "/P", "/St"))
        if (name_of(style), text_of(prefix)) == (NOTICE["/S"], NOTICE["/P"]):
            numbers.append((start if isinstance(start, int) else 1) + end - key)
    return {**NOTICE, "/St": max(numbers)} if numbers else NOTICE


def _tree(ranges: list[tuple[int, Value]]) -> Value:
    return {"/Nums": [part for pair in ranges for part in pair]}

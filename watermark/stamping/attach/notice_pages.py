"""The notice as pages of the article: the typeset document, page by page, in front of it or behind it."""

import io
from collections.abc import Sequence

import pikepdf

from watermark.errors import FailedError
from watermark.pdf.object_copy import ObjectCopier
from watermark.pdf.object_draft import Dictionary, ObjectDraft, reference
from watermark.pdf.page_tree import PageNode, displayed_pages
from watermark.pdf.serialization import Name, Ref, Value
from watermark.stamping.attach.notice_structure import add_section, free_parent_key, is_tagged
from watermark.stamping.attach.page_labels import labels_with_notice
from watermark.stamping.plan import Plan

CIDSET_IS_DEPRECATED = 4
COPIED = ("/Type", "/MediaBox", "/CropBox", "/Rotate", "/Resources")
MARKED_CONTENT = frozenset({"BMC", "BDC", "EMC"})


def add_notice_pages(draft: ObjectDraft, document: pikepdf.Pdf, plan: Plan) -> int:
    """Draft the pages of `plan.notice_document` into the article and return how many they are.

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
    return len(pages)


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
            _key(draft.change(link), "/StructParent", first_key)
        if links:
            entries["/Annots"] = links
        if first_key is None:
            entries["/Contents"] = draft.add_stream({}, _without_marks(page))
        else:
            entries |= {"/Contents": graft.copy_object(page.obj.Contents), "/Tabs": Name("/S")}
            entries["/StructParents"] = first_key + int(page.obj.StructParents)
        draft.replace(ref, entries)
    return refs


def _key(link: Dictionary, entry: str, first_key: int | None) -> None:
    own = link.pop(entry)
    if first_key is not None and isinstance(own, int):
        link[entry] = first_key + own


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

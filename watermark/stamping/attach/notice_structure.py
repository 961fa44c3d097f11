"""The notice in the structure of a tagged article: one section, in the order of its pages (ISO 32000-2 14.7)."""

from collections.abc import Iterator

import pikepdf

from watermark.pdf.name_number_trees import with_last_numbers
from watermark.pdf.object_copy import ObjectCopier
from watermark.pdf.object_draft import Dictionary, ObjectDraft, reference
from watermark.pdf.page_tree import pages_of
from watermark.pdf.parent_tree import first_free_key, keys_in_use
from watermark.pdf.serialization import Name, Ref, Value
from watermark.stamping.mark.pages.structure_elements import document_element

HEADINGS = frozenset({"/H1", "/H2"})


def is_tagged(draft: ObjectDraft, document: pikepdf.Pdf) -> bool:
    """Return whether the document has a structure tree that can get a new section."""
    root = document.Root.get("/StructTreeRoot")
    return reference(root) is not None and bool(draft.copy_dict(root))


def free_parent_key(draft: ObjectDraft, document: pikepdf.Pdf) -> int:
    """Return the first key that neither the ParentTree has nor any page or annotation names as its own."""
    assert isinstance(document.Root, pikepdf.Dictionary)
    pages = (node.dictionary for node in pages_of(document.Root))
    return first_free_key(draft, draft.copy_dict(document.Root.StructTreeRoot), keys_in_use(draft, pages))


def add_section(
    draft: ObjectDraft, document: pikepdf.Pdf, graft: ObjectCopier, *, first_key: int, position: str
) -> None:
    """Draft the structure of the notice, whose pages and links `graft` has copied, as a section of the document.

    Its headings become paragraphs: whichever levels the article has, they stay in order. The keys of its ParentTree
    begin with `first_key`.
    """
    root = draft.change(document.Root.StructTreeRoot)
    holder = document_element(draft, Ref(*document.Root.StructTreeRoot.objgen))
    source = graft.source.Root.StructTreeRoot
    section: Dictionary = {"/Type": Name("/StructElem"), "/S": Name("/Sect"), "/P": holder}
    space = draft.copy_dict(holder).get("/NS")
    section |= {"/NS": space} if space is not None else {}
    section["/Lang"] = graft.copy_object(graft.source.Root.Lang)
    ref = draft.add(section)
    graft.map_object(source.K, ref)
    section["/K"] = [graft.copy_object(kid) for kid in source.K.K]
    for element in _elements(draft, section["/K"]):
        if element["/S"] in HEADINGS:
            element["/S"] = Name("/P")
        if space is not None:
            element["/NS"] = space
    _enter(draft, holder, ref, position)
    numbers = source.ParentTree.Nums
    pairs = [(first_key + int(numbers[at]), graft.copy_object(numbers[at + 1])) for at in range(0, len(numbers), 2)]
    root["/ParentTree"] = draft.add(with_last_numbers(draft, root.get("/ParentTree"), pairs))
    root["/ParentTreeNextKey"] = first_key + len(pairs)


def _enter(draft: ObjectDraft, holder: Ref, section: Ref, position: str) -> None:
    entries = draft.change(holder)
    found = entries.get("/K")
    before = draft.copy_array(found) or ([] if draft.resolve(found) is None else [found])
    entries["/K"] = [section, *before] if position == "front" else [*before, section]


def _elements(draft: ObjectDraft, kids: Value) -> Iterator[Dictionary]:
    """Yield the elements that were grafted, each to be altered."""
    for kid in draft.copy_array(kids):
        if isinstance(kid, Ref):
            element = draft.change(kid)
            yield element
            yield from _elements(draft, element.get("/K"))

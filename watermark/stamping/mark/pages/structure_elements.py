"""The line as assistive technology meets it in a tagged file: a statement on the first page, a link on every page.

An artifact is not read aloud, so the line of the first page is real content (ISO 14289-1 7.1); read once, it does not
interrupt the sentences of every page. Each link has its Link element (ISO 14289-1 7.18.5).
"""

import re
from collections.abc import Sequence

from watermark.pdf.object_draft import ARRAYS, Dictionary, ObjectDraft, reference
from watermark.pdf.parent_tree import ParentTree, keys_in_use
from watermark.pdf.serialization import Name, Ref, Value
from watermark.pdf.typed_values import name_of

MAX_ROLE_CHAIN_LENGTH = 20
LINKS_A_SECTION = 4000
MAX_MCIDS = 100_000
_MCID = re.compile(rb"/MCID\s+(\d{1,9})")


class Tags:
    """The elements of one marking, in the file's own structure tree."""

    def __init__(self, draft: ObjectDraft, root: Ref, pages: Sequence[Value], language: str) -> None:
        """Tag in the structure tree at `root`; `pages` are the dictionaries of all pages."""
        self._draft = draft
        self._entries = draft.change(root)
        self._tree = ParentTree(draft, self._entries, keys_in_use(draft, pages))
        self._container = document_element(draft, root)
        self._new: list[Value] = []
        self._links: list[Ref] = []
        self._common: Dictionary = {"/Type": Name("/StructElem"), "/Lang": language}
        container = draft.copy_dict(self._container)
        if "/NS" in container:
            self._common["/NS"] = container["/NS"]

    def statement(self, page: tuple[Ref, Dictionary], content: bytes, *, linked: bool) -> tuple[int, str, Ref] | None:
        """Enter a paragraph for the line of a page; return its MCID, and the role and the element that own it.

        `content` is the page's own content, whose MCIDs are taken. A line that is a link belongs to a Link element
        inside the paragraph. Returns None, and enters nothing, when the MCIDs are too many for a list of owners.
        """
        ref, entries = page
        key = entries.get("/StructParents")
        owners = self._draft.copy_references(self._tree.entry(key)) if isinstance(key, int) else []
        mcid = max([len(owners) - 1, *(int(number) for number in _MCID.findall(content))]) + 1
        if mcid > MAX_MCIDS:
            return None
        owner, role = self._element("/P", self._container, ref), "/P"
        self._new.append(owner)
        if linked:
            paragraph, role = owner, "/Link"
            owner = self._element(role, paragraph, ref)
            self._draft.change(paragraph)["/K"] = [owner]
        self._draft.change(owner)["/K"] = [mcid]
        owners += [*([None] * (mcid - len(owners))), owner]
        if not isinstance(key, int) or not self._tree.replace(key, owners):
            entries["/StructParents"] = self._tree.add(self._draft.add(owners))
        return mcid, role, owner

    def link(self, page: tuple[Ref, Dictionary], element: Ref | None, annotation: Ref) -> int:
        """Tie a link annotation to its element and return its key in the ParentTree.

        The element is `element`, or a new one if the line is an artifact.
        """
        ref, entries = page
        if element is None:
            element = self._element("/Link", self._container, ref)
            self._links.append(element)
        owner = self._draft.change(element)
        owner["/K"] = [
            *self._draft.copy_array(owner.get("/K")),
            {"/Type": Name("/OBJR"), "/Obj": annotation, "/Pg": ref},
        ]
        entries.setdefault("/Tabs", Name("/S"))
        return self._tree.add(element)

    def finish(self) -> None:
        """Enter all elements behind those of the file: the links in sections, which keep every array short."""
        for start in range(0, len(self._links), LINKS_A_SECTION):
            links = self._links[start : start + LINKS_A_SECTION]
            section = self._draft.add({**self._common, "/S": Name("/Sect"), "/P": self._container, "/K": links})
            for link in links:
                self._draft.change(link)["/P"] = section
            self._new.append(section)
        container = self._draft.change(self._container)
        old = container.get("/K")
        kids = self._draft.resolve(old)
        before = list(kids) if isinstance(kids, ARRAYS) else [] if old is None else [old]
        container["/K"] = [*before, *self._new]
        self._tree.write()

    def _element(self, role: str, parent: Ref, page: Ref) -> Ref:
        return self._draft.add({**self._common, "/S": Name(role), "/P": parent, "/Pg": page})


def document_element(draft: ObjectDraft, root: Ref) -> Ref:
    """Return the one Document element of a structure, or else its root."""
    entries = draft.copy_dict(root)
    kids = draft.copy_array(entries.get("/K")) or [entries.get("/K")]
    only = reference(kids[0]) if len(kids) == 1 else None
    if only is None:
        return root
    roles, role = draft.copy_dict(entries.get("/RoleMap")), name_of(draft.copy_dict(only).get("/S"))
    for _ in range(MAX_ROLE_CHAIN_LENGTH):
        if role == "/Document":
            return only
        role = name_of(draft.resolve(roles.get(role)))
    return root

"""Files inside the file: embedded, listed by name, and associated with the document (ISO 32000-2 7.11.4, 14.13)."""

import hashlib
from collections.abc import Collection
from datetime import UTC, datetime

import pikepdf

from watermark.pdf.name_number_trees import pairs_of, raw, with_names
from watermark.pdf.object_draft import Dictionary, ObjectDraft
from watermark.pdf.serialization import Name, Ref, Value, text
from watermark.pdf.typed_values import text_of
from watermark.stamping.plan import Attachment, Plan


def attach(draft: ObjectDraft, document: pikepdf.Pdf, plan: Plan) -> None:
    """Add the plan's files to the draft of the document, next to those that it has.

    Each is an embedded file in the name tree of the catalog and an associated file of the document, with all that
    ISO 19005-3 6.8 asks for. A name that another file has gets a number: `notice (2).md`; the receipt names files as
    the plan does, so identify them by their digests. Raises FailedError when the name tree has no end.
    """
    if not plan.attachments:
        return
    catalog = draft.change(document.Root)
    names = draft.copy_dict(catalog.get("/Names"))
    taken = _names_taken(draft, names.get("/EmbeddedFiles"))
    pairs: list[tuple[bytes, Value]] = []
    for attachment in plan.attachments:
        name = free_name(attachment.name, taken)
        taken.add(name.casefold())
        pairs.append((text(name), _file_specification(draft, attachment, name, plan.marked_at)))
    names["/EmbeddedFiles"] = draft.add(with_names(draft, names.get("/EmbeddedFiles"), pairs))
    catalog["/Names"] = names
    catalog["/AF"] = [*_associated(draft, catalog), *(specification for _, specification in pairs)]


def free_name(name: str, taken: Collection[str]) -> str:
    """Return `name` or the first numbered one that is not in `taken`, which holds case-folded names."""
    stem, dot, suffix = name.rpartition(".")
    if not stem:
        stem, dot, suffix = name, "", ""
    number, found = 1, name
    while found.casefold() in taken:
        number += 1
        found = f"{stem} ({number}){dot}{suffix}"
    return found


def _names_taken(draft: ObjectDraft, tree: Value) -> set[str]:
    taken: set[str] = set()
    for key, value in pairs_of(draft, tree, "/Names"):
        entries = draft.copy_dict(value)
        for name in (key, entries.get("/UF"), entries.get("/F")):
            taken.add(text_of(pikepdf.String(raw(draft, name))).casefold())
    return taken


def _associated(draft: ObjectDraft, catalog: Dictionary) -> list[Value]:
    """Return the associated files of the document; a single one that is not in an array is kept too."""
    found = catalog.get("/AF")
    if isinstance(draft.resolve(found), (pikepdf.Dictionary, dict)):
        return [found]
    return draft.copy_array(found)


def _file_specification(draft: ObjectDraft, attachment: Attachment, name: str, at: datetime) -> Ref:
    moment = at.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")
    embedded = draft.add_stream(
        {
            "/Type": Name("/EmbeddedFile"),
            "/Subtype": Name("/" + attachment.media_type),
            "/Params": {
                "/Size": len(attachment.data),
                "/CreationDate": moment,
                "/ModDate": moment,
                "/CheckSum": hashlib.md5(attachment.data, usedforsecurity=False).digest(),
            },
        },
        attachment.data,
        compress=attachment.kind != "original",  # its bytes are in the copy as they are, to be found by any tool
    )
    return draft.add(
        {
            "/Type": Name("/Filespec"),
            "/F": name,
            "/UF": name,
            "/Desc": attachment.description,
            "/AFRelationship": Name("/" + attachment.relationship),
            "/EF": {"/F": embedded, "/UF": embedded},
        }
    )

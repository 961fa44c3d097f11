"""Tiny PDFs, one keyword per peculiarity: `build(rotate=90, xref="stream", eof_newline=False)`.

Pages count from 1; boxes are (left, bottom, right, top) in user space units. Where a value may be odd, bytes are raw
tokens: `rotate=b"90.0"`. The file is serialised by hand, so that its structure is what the recipe says.
"""

import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import pikepdf

from tests.helpers.pieces import archival, extras
from tests.helpers.pieces.file import Objects, Parts, Stream, Writer, raw_or
from watermark.pdf.serialization import Name, Raw, Ref, Value

LETTER = (0, 0, 612, 792)


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """Every peculiarity a file can have, each off unless asked for."""

    # the pages
    pages: int = 1
    text: str | Sequence[str] = "This is page {number} of the article."
    """Words on the page, a line each; a sequence gives each page its own. `{number}` is the page's number."""
    media_box: Sequence[float] | bytes | None = LETTER
    crop_box: Sequence[float] | bytes | None = None
    rotate: int | bytes | None = None
    user_unit: float | None = None
    page_entries: Mapping[str, Value] = field(default_factory=dict)
    """Further entries of every page dictionary."""
    inherited: Collection[str] = ()
    """Which of /MediaBox /CropBox /Rotate /Resources are only in the root of the page tree."""
    indirect: Collection[str] = ()
    """Which entries of the page are written as references."""

    # what the pages draw
    content: bytes | Sequence[bytes | None] | None = None
    """The content of every page: one stream, or the members of an array, where None is a null. Else the text."""
    contents: str = "stream"
    """stream, array, indirect-array, shared, shared-array, missing, null, empty, or dangling."""
    compress: bool = False
    content_entries: Mapping[str, Value] = field(default_factory=dict)
    resources: str = "own"
    """own (direct), shared (one indirect dictionary), inherited, or missing."""
    resource_entries: Mapping[str, Value] = field(default_factory=dict)

    # the page tree
    kids: str = "flat"
    """flat, nested, direct (the first page is a direct dictionary), twice (the first page again at the end), cycle,
    empty-nodes, or null (a null between the pages)."""
    count: int | None = None
    """The /Count written at the root, when it shall be wrong."""

    # the document
    version: str = "1.7"
    info: Mapping[str, Value] | bool | None = True
    """True: title, producer and dates; None: no /Info."""
    info_direct: bool = False
    xmp: bytes | bool | None = None
    """True: a packet that agrees with the information dictionary."""
    title: str = "An article"
    identifier: bool = True
    lang: str | None = None
    catalog: Mapping[str, Value] = field(default_factory=dict)
    pdfa: str | None = None
    """ "1b", "2b", "2u", "3b", "3u": a valid file of that level."""
    tagged: bool = False
    pdfua: bool = False
    outlines: bool = False
    dests: str | None = None
    """tree (name tree with /Kids) or legacy (/Dests in the catalog)."""
    page_labels: bool = False
    links: bool = False
    form_field: bool = False
    attachments: int = 0
    attachment_kids: bool = False
    signed: bool = False

    # the file
    xref: str = "table"
    object_streams: bool = False
    generation: int = 0
    """The generation of the first page's object."""
    gap: int = 0
    """Numbers left free after every object."""
    size: int | None = None
    """The /Size written, when it shall be wrong."""
    revisions: int = 0
    """Further revisions, each with a new /Info."""
    eof_newline: bool = True
    junk_before: bytes = b""
    junk_after: bytes = b""
    space_before_xref: bytes = b""
    startxref: int | None = None
    """What startxref says, when it shall be wrong."""
    linearized: bool = False
    encryption: Mapping[str, Any] | None = None
    """Arguments of `pikepdf.Encryption`: {"owner": "", "user": "", "R": 6}."""


def build(**peculiarities: Any) -> bytes:  # noqa: ANN401 - the recipe knows the type of each
    """Return the bytes of a PDF made after a `Recipe` with these peculiarities."""
    recipe = Recipe(**peculiarities)
    unknown = set(recipe.inherited) - {"/MediaBox", "/CropBox", "/Rotate", "/Resources"}
    assert not unknown, unknown
    data = _serialised(recipe, *_document(recipe))
    if recipe.encryption is not None or recipe.linearized:
        data = _saved_by_qpdf(recipe, data)
    data = data if recipe.eof_newline else data.rstrip(b"\r\n")
    return recipe.junk_before + data + recipe.junk_after


def peculiarities() -> list[str]:
    """Every keyword that `build` knows."""
    return [entry.name for entry in fields(Recipe)]


def _document(recipe: Recipe) -> tuple[Objects, dict[str, Value]]:
    objects = Objects(gap=recipe.gap)
    catalog, tree = objects.reserve(), objects.reserve()
    parts = Parts(objects=objects, catalog={"/Type": Name("/Catalog"), "/Pages": tree, **recipe.catalog}, tree=tree)
    parts.resources = _resources(recipe, objects)
    for number in range(1, recipe.pages + 1):
        parts.pages.append(objects.reserve(recipe.generation if number == 1 else 0))
        parts.dictionaries.append(_page(recipe, parts, number))
    extras.enter(recipe, parts)
    _archival(recipe, parts)
    _page_tree(recipe, parts)
    objects.values[catalog] = parts.catalog
    trailer: dict[str, Value] = {"/Root": catalog}
    info = archival.default_info(recipe.title) if recipe.info is True else recipe.info
    if info:
        trailer["/Info"] = info if recipe.info_direct else objects.add(dict(info))
    if recipe.identifier:
        trailer["/ID"] = [Raw(b"<" + b"0123456789ABCDEF" * 2 + b">"), Raw(b"<" + b"FEDCBA9876543210" * 2 + b">")]
    return objects, trailer


def _resources(recipe: Recipe, objects: Objects) -> Value:
    if recipe.pdfa or recipe.pdfua:
        font: Value = archival.embedded_font(objects)
    else:
        font = {"/Type": Name("/Font"), "/Subtype": Name("/Type1"), "/BaseFont": Name("/Helvetica")}
    entries: dict[str, Value] = {"/Font": {"/F1": font}, **recipe.resource_entries}
    return objects.add(entries) if recipe.resources == "shared" else entries


def _odd_attributes(recipe: Recipe) -> dict[str, Value]:
    odd = {"/MediaBox": recipe.media_box, "/CropBox": recipe.crop_box, "/Rotate": recipe.rotate}
    return {key: raw_or(value) for key, value in odd.items() if value is not None}


def _page(recipe: Recipe, parts: Parts, number: int) -> dict[str, Value]:
    entries: dict[str, Value] = {"/Type": Name("/Page"), "/Parent": parts.tree}
    entries |= {key: value for key, value in _odd_attributes(recipe).items() if key not in recipe.inherited}
    if recipe.user_unit is not None:
        entries["/UserUnit"] = recipe.user_unit
    if recipe.resources in {"own", "shared"} and "/Resources" not in recipe.inherited:
        entries["/Resources"] = parts.resources
    contents = _contents(recipe, parts, number)
    if contents is not None:
        entries["/Contents"] = contents
    entries |= recipe.page_entries
    return {key: parts.objects.add(value) if key in recipe.indirect else value for key, value in entries.items()}


def _contents(recipe: Recipe, parts: Parts, number: int) -> Value:
    fixed: dict[str, Value] = {"missing": None, "null": Raw(b"null"), "empty": [], "dangling": Ref(9999)}
    if recipe.contents in fixed:
        return fixed[recipe.contents]
    if parts.shared_contents is not None:
        return parts.shared_contents
    content = extras.page_text(recipe, number) if recipe.content is None else recipe.content
    members = [content] if isinstance(content, bytes) else list(content)
    refs: list[Value] = [
        None if member is None else parts.objects.add(Stream(recipe.content_entries, member, compress=recipe.compress))
        for member in members
    ]
    value: Value = refs[0] if len(refs) == 1 and "array" not in recipe.contents else refs
    if recipe.contents in {"indirect-array", "shared-array"}:
        value = parts.objects.add(value)
    if recipe.contents.startswith("shared"):
        parts.shared_contents = value
    return value


def _archival(recipe: Recipe, parts: Parts) -> None:
    xmp = recipe.xmp
    if xmp is True or (xmp is None and (recipe.pdfa or recipe.pdfua)):
        xmp = archival.xmp_packet(recipe.title, pdfa=recipe.pdfa, ua=recipe.pdfua)
    if xmp:
        assert isinstance(xmp, bytes)
        entries: dict[str, Value] = {"/Type": Name("/Metadata"), "/Subtype": Name("/XML")}
        parts.catalog["/Metadata"] = parts.objects.add(Stream(entries, xmp))
    if recipe.pdfa:
        parts.catalog["/OutputIntents"] = [archival.output_intent(parts.objects)]
    if recipe.lang or recipe.pdfua:
        parts.catalog["/Lang"] = recipe.lang or "en"


def _page_tree(recipe: Recipe, parts: Parts) -> None:
    objects, pages = parts.objects, parts.pages
    kids: list[Value] = list(pages)
    for ref, page in zip(pages, parts.dictionaries, strict=True):
        objects.values[ref] = page
    if recipe.kids == "direct":
        kids[0] = parts.dictionaries[0]
        del objects.values[pages[0]]
    elif recipe.kids == "twice":
        kids.append(pages[0])
    elif recipe.kids == "cycle":
        kids.append(parts.tree)
    elif recipe.kids == "null":
        kids.insert(1, None)
    elif recipe.kids == "empty-nodes":
        empty: dict[str, Value] = {"/Type": Name("/Pages"), "/Parent": parts.tree, "/Kids": [], "/Count": 0}
        kids = [objects.add(empty), *kids, objects.add(empty)]
    elif recipe.kids == "nested":
        kids = [_node(parts, pages[place : place + 2]) for place in range(0, len(pages), 2)]
    root: dict[str, Value] = {"/Type": Name("/Pages"), "/Kids": kids}
    root["/Count"] = (len(pages) + (recipe.kids == "twice")) if recipe.count is None else recipe.count
    root |= {key: value for key, value in _odd_attributes(recipe).items() if key in recipe.inherited}
    if recipe.resources == "inherited" or "/Resources" in recipe.inherited:
        root["/Resources"] = parts.resources
    objects.values[parts.tree] = root


def _node(parts: Parts, pages: list[Ref]) -> Ref:
    """A node of the page tree between the root and some pages."""
    objects = parts.objects
    node = objects.add({"/Type": Name("/Pages"), "/Parent": parts.tree, "/Kids": list(pages), "/Count": len(pages)})
    for page in pages:
        values = objects.values[page]
        assert isinstance(values, dict)
        values["/Parent"] = node
    return node


def _serialised(recipe: Recipe, objects: Objects, trailer: dict[str, Value]) -> bytes:
    writer = Writer(
        xref=recipe.xref,
        object_streams=recipe.object_streams,
        size=recipe.size,
        space_before_xref=recipe.space_before_xref,
    )
    writer.out += b"%%PDF-%s\n%%\xe2\xe3\xcf\xd3\n" % recipe.version.encode()
    start = writer.section(objects, list(objects.values), trailer)
    for revision in range(1, recipe.revisions + 1):
        writer.out += b"startxref\n%d\n%%%%EOF\n" % start
        ref = trailer.get("/Info")
        info: dict[str, Value] = {**archival.default_info(recipe.title), "/Revision": revision}
        if not isinstance(ref, Ref):
            ref = trailer["/Info"] = objects.reserve()
        objects.values[ref] = info
        start = writer.section(objects, [ref], trailer)
    writer.out += b"startxref\n%d\n%%%%EOF\n" % (start if recipe.startxref is None else recipe.startxref)
    return bytes(writer.out)


def _saved_by_qpdf(recipe: Recipe, data: bytes) -> bytes:
    out = io.BytesIO()
    packed = pikepdf.ObjectStreamMode.generate if recipe.xref == "stream" else pikepdf.ObjectStreamMode.disable
    encryption = pikepdf.Encryption(**recipe.encryption) if recipe.encryption is not None else None
    with pikepdf.open(io.BytesIO(data), inherit_page_attributes=False) as document:
        document.save(
            out,
            object_stream_mode=packed,
            encryption=encryption or False,
            static_id=True,
            linearize=recipe.linearized,
        )
    return out.getvalue()

"""What hangs from the catalog and from the pages: tags, outlines, names, links, fields, attachments."""

from typing import TYPE_CHECKING

from tests.helpers.pieces.file import Objects, Parts, Stream
from watermark.pdf.serialization import Name, Raw, Ref, Value, string

if TYPE_CHECKING:
    from tests.helpers.build import Recipe


def page_text(recipe: "Recipe", number: int) -> bytes:
    """The content of one page: its words in lines of 12 points, tagged when the document is."""
    words = recipe.text if isinstance(recipe.text, str) else recipe.text[(number - 1) % len(recipe.text)]
    lines = words.replace("{number}", str(number)).split("\n")
    shown = b"\n".join(string(line.encode("cp1252")) + b" Tj T*" for line in lines)
    text = b"0 g BT /F1 12 Tf 14 TL 72 700 Td\n" + shown + b"\nET"
    if recipe.tagged or recipe.pdfua:
        text = b"/P <</MCID 0>> BDC\n" + text + b"\nEMC"
    return text + b"\n"


def enter(recipe: "Recipe", parts: Parts) -> None:
    """Add to the catalog, and to the page dictionaries, what the recipe asks for."""
    if recipe.tagged or recipe.pdfua:
        _tag(parts)
    if recipe.pdfua:
        parts.catalog["/ViewerPreferences"] = {"/DisplayDocTitle": True}
    if recipe.outlines:
        parts.catalog["/Outlines"] = _outlines(parts.objects, parts.pages)
    if recipe.page_labels:
        parts.catalog["/PageLabels"] = {"/Nums": [0, {"/S": Name("/r")}, 1, {"/S": Name("/D"), "/St": 877}]}
    if recipe.links:
        _links(parts)
    if recipe.form_field:
        parts.catalog["/AcroForm"] = _form(parts)
    if recipe.signed:
        parts.catalog["/AcroForm"] = _signature(parts)
    _names(recipe, parts)


def _names(recipe: "Recipe", parts: Parts) -> None:
    names: dict[str, Value] = {}
    tops = {f"page.{number}": _top_of(page) for number, page in enumerate(parts.pages, 1)}
    if recipe.dests == "tree":
        names["/Dests"] = _name_tree(parts.objects, tops)
    elif recipe.dests == "legacy":
        parts.catalog["/Dests"] = parts.objects.add({f"/{name}": top for name, top in tops.items()})
    if recipe.attachments:
        files = {f"data-{number}.csv": _file(parts.objects, number) for number in range(1, recipe.attachments + 1)}
        names["/EmbeddedFiles"] = _name_tree(parts.objects, files, kids=recipe.attachment_kids)
    if names:
        parts.catalog["/Names"] = parts.objects.add(names)


def _top_of(page: Ref) -> Value:
    return [page, Name("/XYZ"), None, 792, None]


def _outlines(objects: Objects, pages: list[Ref]) -> Ref:
    root, items = objects.reserve(), [objects.reserve() for _ in pages]
    for place, item in enumerate(items):
        entries: dict[str, Value] = {"/Title": f"Section {place + 1}", "/Parent": root, "/Dest": _top_of(pages[place])}
        if place:
            entries["/Prev"] = items[place - 1]
        if place + 1 < len(items):
            entries["/Next"] = items[place + 1]
        objects.values[item] = entries
    objects.values[root] = {
        "/Type": Name("/Outlines"), "/First": items[0], "/Last": items[-1], "/Count": len(items),
    }  # fmt: skip
    return root


def _name_tree(objects: Objects, names: dict[str, Value], *, kids: bool = True) -> Ref:
    ordered = sorted(names.items())
    if not kids:
        return objects.add({"/Names": [part for pair in ordered for part in pair]})
    leaves = [ordered[place : place + 2] for place in range(0, len(ordered), 2)]
    return objects.add(
        {
            "/Kids": [
                objects.add({"/Limits": [leaf[0][0], leaf[-1][0]], "/Names": [part for pair in leaf for part in pair]})
                for leaf in leaves
            ]
        }
    )


def _annotate(objects: Objects, dictionary: dict[str, Value], annotation: dict[str, Value]) -> Ref:
    ref = objects.add(annotation)
    before = dictionary.get("/Annots") or []
    assert isinstance(before, list)
    dictionary["/Annots"] = [*before, ref]
    return ref


def _links(parts: Parts) -> None:
    for page, dictionary in zip(parts.pages, parts.dictionaries, strict=True):
        link: dict[str, Value] = {
            "/Type": Name("/Annot"), "/Subtype": Name("/Link"), "/F": 4, "/Border": [0, 0, 0], "/P": page,
        }  # fmt: skip
        uri: Value = {"/Type": Name("/Action"), "/S": Name("/URI"), "/URI": "https://example.org/"}
        _annotate(parts.objects, dictionary, {**link, "/Rect": [72, 690, 200, 712], "/A": uri})
        _annotate(parts.objects, dictionary, {**link, "/Rect": [72, 660, 200, 680], "/Dest": _top_of(parts.pages[0])})


def _form(parts: Parts) -> Ref:
    objects = parts.objects
    look = objects.add(Stream({"/Type": Name("/XObject"), "/Subtype": Name("/Form"), "/BBox": [0, 0, 200, 20]}, b""))
    field = _annotate(
        objects,
        parts.dictionaries[0],
        {
            "/Type": Name("/Annot"), "/Subtype": Name("/Widget"), "/FT": Name("/Tx"), "/T": "name", "/V": "value",
            "/F": 4, "/Rect": [72, 100, 272, 120], "/P": parts.pages[0], "/AP": {"/N": look}, "/DA": "/F1 12 Tf 0 g",
        },
    )  # fmt: skip
    return objects.add({"/Fields": [field], "/DA": "/F1 12 Tf 0 g"})


def _signature(parts: Parts) -> Ref:
    """A signature dictionary of the right shape; what it signs is not computed."""
    objects = parts.objects
    value = objects.add({
        "/Type": Name("/Sig"), "/Filter": Name("/Adobe.PPKLite"), "/SubFilter": Name("/adbe.pkcs7.detached"),
        "/ByteRange": [0, 10, 20, 10], "/Contents": Raw(b"<" + b"00" * 32 + b">"),
    })  # fmt: skip
    field = _annotate(
        objects,
        parts.dictionaries[0],
        {
            "/Type": Name("/Annot"), "/Subtype": Name("/Widget"), "/FT": Name("/Sig"), "/T": "signature",
            "/V": value, "/F": 132, "/Rect": [0, 0, 0, 0], "/P": parts.pages[0],
        },
    )  # fmt: skip
    return objects.add({"/Fields": [field], "/SigFlags": 3})


def _file(objects: Objects, number: int) -> Value:
    data = b"a,b\n%d,2\n" % number
    embedded = objects.add(
        Stream({"/Type": Name("/EmbeddedFile"), "/Subtype": Name("/text/csv"), "/Params": {"/Size": len(data)}}, data)
    )
    name = f"data-{number}.csv"
    return objects.add({
        "/Type": Name("/Filespec"), "/F": name, "/UF": name, "/EF": {"/F": embedded, "/UF": embedded},
        "/AFRelationship": Name("/Data"),
    })  # fmt: skip


def _tag(parts: Parts) -> None:
    objects = parts.objects
    root, document = objects.reserve(), objects.reserve()
    numbers: list[Value] = []
    paragraphs: list[Value] = []
    for place, (page, dictionary) in enumerate(zip(parts.pages, parts.dictionaries, strict=True)):
        paragraph = objects.add({
            "/Type": Name("/StructElem"), "/S": Name("/P"), "/P": document, "/Pg": page, "/K": 0,
        })  # fmt: skip
        paragraphs.append(paragraph)
        numbers += [place, [paragraph]]
        dictionary["/StructParents"] = place
        dictionary["/Tabs"] = Name("/S")
    objects.values[document] = {
        "/Type": Name("/StructElem"), "/S": Name("/Document"), "/P": root, "/K": paragraphs,
    }  # fmt: skip
    objects.values[root] = {
        "/Type": Name("/StructTreeRoot"), "/K": document, "/ParentTree": objects.add({"/Nums": numbers}),
        "/ParentTreeNextKey": len(parts.pages),
    }  # fmt: skip
    parts.catalog["/StructTreeRoot"] = root
    parts.catalog["/MarkInfo"] = {"/Marked": True}

"""What commonly keeps a file without a claim from an archival level. It is a quick look, not a validation."""

from collections.abc import Iterator

from pypdf.generic import DictionaryObject, PdfObject

from watermark.verification.evidence import Evidence
from watermark.verification.pypdf_document import PypdfDocument, dictionary, items, raw, reference, resolved

MAX_PAGES = 20
MAX_FONTS = 20
MAX_ANNOTATIONS = 40
"""A glance: every article without a claim pays for it, and with hundreds of links it took half of a proof."""
ACTIONS = {
    "/JavaScript": "JavaScript",
    "/Launch": "an action that starts programs",
    "/GoToR": "a link into another file",
    "/ImportData": "an action that imports data",
}
FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def obstacles(evidence: Evidence) -> str:
    """Return in words what the original has or lacks that PDF/A rules on; its first fonts and annotations."""
    document = evidence.before
    try:
        found = list(dict.fromkeys((*_of_document(document), *_of_pages(document))))
    except Exception as error:  # noqa: BLE001 - a hostile file brings a reader to any of them, and nothing is promised
        return f"a quick look for PDF/A was not possible ({type(error).__name__})"
    return f"a quick look for PDF/A found: {', '.join(found or ('nothing against it',))}"


def _of_document(document: PypdfDocument) -> Iterator[str]:
    catalog = document.catalog
    if "/Encrypt" in document.trailer:
        yield "it is encrypted"
    if not document.packet.strip():
        yield "no XMP"
    if not items(catalog.get("/OutputIntents")):
        yield "no output intent"
    if "/StructTreeRoot" not in catalog:
        yield "no tags"
    if "/JavaScript" in dictionary(catalog.get("/Names")):
        yield "JavaScript"
    yield from _action(catalog.get("/OpenAction"))
    if "/AA" in catalog:
        yield "actions at events"


def _of_pages(document: PypdfDocument) -> Iterator[str]:
    fonts: dict[object, bool] = {}
    annotations = 0
    for page in document.pages[:MAX_PAGES]:
        listed = dictionary(dictionary(page.get("/Resources")).get("/Font"))
        for name in list(listed)[: MAX_FONTS - len(fonts)]:
            font = raw(listed, name)
            key = reference(font) or (page.number, name)
            if key not in fonts:
                fonts[key] = _is_embedded(dictionary(font))
        if _is_transparent(page.get("/Group")):
            yield "transparency"
        for entry in items(page.dictionary.get("/Annots"))[: MAX_ANNOTATIONS - annotations]:
            annotations += 1
            yield from _action(dictionary(entry).get("/A"))
    lacking = sum(not embedded for embedded in fonts.values())
    if lacking:
        yield f"{lacking} of {len(fonts)} fonts not embedded"


def _is_embedded(font: DictionaryObject) -> bool:
    """Return whether the glyphs are in the file: a Type 3 font draws its own, a composite one has them in its child."""
    if font.get("/Subtype") == "/Type3":
        return True
    children = items(font.get("/DescendantFonts"))
    descriptor = dictionary(dictionary(children[0] if children else font).get("/FontDescriptor"))
    return any(name in descriptor for name in FONT_FILES)


def _is_transparent(group: PdfObject | None) -> bool:
    return dictionary(group).get("/S") == "/Transparency"


def _action(value: object) -> Iterator[str]:
    kind = str(resolved(dictionary(value).get("/S")))
    if kind in ACTIONS:
        yield ACTIONS[kind]

"""What the streams, forms, states and marked content of a marking may hold: nothing that viewers take differently.

An entry that is not known here may hide the mark, or show something else in its place, in a viewer that heeds it: data
in another file (ISO 32000-2 7.3.8.2), a page of another file (8.10.4), a transfer function (10.5), a colorant that no
device has (8.6.6.4), other words for what is read aloud (14.9.4), a layer (8.11).
"""

from collections.abc import Iterator

from pypdf.generic import DictionaryObject, PdfObject

from watermark.verification.pypdf_document import dictionary, items, resolved

BLANK = b"\0\t\n\f\r "
"""White space in PDF, which has no vertical tab (ISO 32000-2 table 1)."""
PRINTED = 4
KEPT_IN_PLACE = PRINTED | 64 | 128 | 512
"""Annotation flags print, read only, locked, and locked contents: all others move or hide it (ISO 32000-2 12.5.3)."""
STREAM_KEYS = frozenset({"/Length", "/Filter", "/DecodeParms", "/DL"})
FORM_KEYS = STREAM_KEYS | {"/Type", "/Subtype", "/BBox", "/Resources"}
STATE_KEYS = frozenset({"/Type", "/ca", "/CA", "/BM", "/SMask"})
RESOURCES = frozenset({"/ExtGState", "/ColorSpace", "/Font", "/ProcSet"})
PLAIN_SPACES = frozenset({"/CalRGB", "/CalGray", "/Lab", "/ICCBased", "/DeviceRGB", "/DeviceGray", "/DeviceCMYK"})
FONTS = frozenset({"/Type0", "/Type1", "/TrueType"})
"""Fonts of outlines: the glyphs of the others are content, which may show nothing."""
OTHER_WORDS = frozenset({b"/OC", b"/ActualText", b"/Alt", b"/E"})


def is_always_seen(annotation: DictionaryObject) -> bool:
    """Return whether the flags of an annotation let every viewer print it, and show it at its own rectangle."""
    flags: object = resolved(annotation.get("/F"))
    return isinstance(flags, int) and bool(flags & PRINTED) and not flags & ~KEPT_IN_PLACE


def stream_differs(stream: DictionaryObject) -> Iterator[str]:
    """Yield why the data of a content stream of ours may differ from the bytes that are in it."""
    yield from (f"a stream with {key}" for key in sorted(stream.keys() - STREAM_KEYS))


def form_differs(form: DictionaryObject) -> Iterator[str]:
    """Yield why a form may show something else than its content, or not always."""
    if "/OC" in form:
        yield "a form that can be switched off"
    if "/Group" in form:
        yield "a form with a group of its own"
    matrix = [float(str(resolved(value))) for value in items(form.get("/Matrix"))]
    if "/Matrix" in form and matrix != [1, 0, 0, 1, 0, 0]:
        yield "a form with a matrix of its own"
    yield from (f"a form with {key}" for key in sorted(form.keys() - FORM_KEYS - {"/OC", "/Group", "/Matrix"}))


def resources_differ(resources: DictionaryObject) -> Iterator[str]:
    """Yield what the resources of the letters or of the line hold that may keep them from being seen."""
    yield from (f"a form with resources of the kind {key}" for key in sorted(resources.keys() - RESOURCES))
    for state in map(dictionary, dictionary(resources.get("/ExtGState")).values()):
        yield from (f"a graphics state with {key}" for key in sorted(state.keys() - STATE_KEYS))
        if state.get("/BM", "/Normal") != "/Normal" or state.get("/SMask", "/None") != "/None":
            yield "a graphics state that blends"
        opacities = {float(str(resolved(state.get(key)))) for key in ("/ca", "/CA") if key in state} | {1.0}
        if max(opacities) > 1 or min(opacities) < 0 or len(opacities - {1.0}) > 1:
            yield "a graphics state with an opacity that no marking has"
    for font in map(dictionary, dictionary(resources.get("/Font")).values()):
        if font.get("/Subtype") not in FONTS:
            yield f"a font of the kind {font.get('/Subtype')}"
    for space in dictionary(resources.get("/ColorSpace")).values():
        family = _family(space)
        if family not in PLAIN_SPACES:
            yield f"a colour space {family}"


def marked_differs(operands: tuple[bytes, ...]) -> Iterator[str]:
    """Yield why marked content may be switched off, or read as something else (ISO 32000-2 14.6)."""
    if len(operands) > 1 and operands[1] != b"<<":
        yield "marked content whose properties are not written in it"
    if OTHER_WORDS.intersection(operands) or any(b"#" in one for one in operands[1:] if one.startswith(b"/")):
        yield "marked content that says something else than it shows"


def _family(space: PdfObject) -> str:
    family = resolved(space)
    return str(resolved(next(iter(items(family)), family)))

"""Pages whose transparency group changes their colours as soon as something translucent is painted on them.

Everything on a page with a group is converted into the group's colour space (ISO 32000-2 11.4.7), but Ghostscript does
so only where a page paints something translucent: what was purple turns grey with a mark that is.
"""

from collections.abc import Iterator

import pikepdf

from watermark.pdf.typed_values import dictionary_of, items_of, name_of

MAX_OBJECTS = 2000
"""Resources and objects looked at on one page; beyond them, it counts as a page that paints something translucent."""
PLAIN_BLEND_MODES = frozenset({"/Normal", "/Compatible"})


def changes_colours(page: pikepdf.Object, resources: pikepdf.Object | None) -> bool:
    """Return whether a first translucent drawing changes the colours of a page."""
    group = page.get("/Group")
    if not isinstance(group, pikepdf.Dictionary) or group.get("/S") != pikepdf.Name("/Transparency"):
        return False
    space = group.get("/CS")
    if space is None or space == pikepdf.Name("/DeviceRGB"):  # which leaves the colours of a screen as they are
        return False
    return not _is_translucent(page, resources)


def _is_translucent(page: pikepdf.Object, resources: pikepdf.Object | None) -> bool:
    """Return whether a page, or an annotation on it, paints something translucent."""
    waiting: list[object] = [resources, *_appearances(page)]
    seen = set[tuple[int, int]]()
    for _ in range(MAX_OBJECTS):
        if not waiting:
            return False
        one = waiting.pop()
        if not isinstance(one, pikepdf.Dictionary | pikepdf.Stream) or one.objgen in seen:
            continue
        seen |= {one.objgen} - {(0, 0)}
        if isinstance(one, pikepdf.Stream):
            if "/Group" in one or "/SMask" in one or bool(one.get("/SMaskInData")):
                return True
            waiting.append(one.get("/Resources"))
            continue
        if any(_is_translucent_state(state) for state in _values(one, "/ExtGState")):
            return True
        waiting += [*_values(one, "/XObject"), *_values(one, "/Pattern")]
    return True


def _is_translucent_state(state: object) -> bool:
    if not isinstance(state, pikepdf.Dictionary):
        return False
    if any(state.get(key, 1) != 1 for key in ("/ca", "/CA")):
        return True
    mask, mode = state.get("/SMask"), state.get("/BM")
    modes = list(mode) if isinstance(mode, pikepdf.Array) else [mode]
    has_mask = mask is not None and mask != pikepdf.Name("/None")
    return has_mask or any(one is not None and name_of(one) not in PLAIN_BLEND_MODES for one in modes)


def _appearances(page: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield the appearances of a page's annotations, those of each state of a field among them."""
    for one in items_of(page.get("/Annots")):
        face = dictionary_of(dictionary_of(one).get("/AP")).get("/N")
        if isinstance(face, pikepdf.Dictionary):
            yield from face.values()
        elif isinstance(face, pikepdf.Stream):
            yield face


def _values(resources: pikepdf.Dictionary, kind: str) -> list[object]:
    return list(dictionary_of(resources.get(kind)).values())

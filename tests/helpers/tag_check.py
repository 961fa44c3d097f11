"""Is the structure of a tagged PDF whole? An independent walk; page-validation and veraPDF look at less."""

import io
from typing import Any, TypeAlias

import pikepdf

Node: TypeAlias = Any  # attributes of pikepdf objects are their entries


def faults_in_tags(data: bytes, *, first_page: int = 1) -> list[str]:
    """Return what is wrong: marked content without an element, text without marks, links outside, broken parents."""
    with pikepdf.open(io.BytesIO(data), inherit_page_attributes=False) as pdf:
        return _faults(pdf, first_page)


def _faults(pdf: pikepdf.Pdf, first_page: int) -> list[str]:
    faults: list[str] = []
    root = pdf.Root.StructTreeRoot
    entries = dict(_numbers(root.ParentTree))
    keys = [key for key, _ in _numbers(root.ParentTree)]
    if keys != sorted(set(keys)):
        faults.append("the keys of the ParentTree are not in order")
    if keys and int(root.ParentTreeNextKey) <= keys[-1]:
        faults.append("ParentTreeNextKey is in use")
    claimed, objects = _claims(root, faults)
    for number, page in enumerate(pdf.pages, 1):
        if number < first_page:
            continue
        owners = entries.get(int(page.obj.get("/StructParents", -1)), [])
        used = _marks(page, number, faults)
        for mcid in used:
            owner = owners[mcid] if mcid < len(owners) else None
            if owner is None or claimed.get((page.obj.objgen, mcid)) != owner.objgen:
                faults.append(f"page {number}: mark {mcid} has no element")
        faults += [
            f"page {number}: mark {mcid} is claimed but not there"
            for (page_id, mcid) in claimed
            if page_id == page.obj.objgen and mcid not in used
        ]
        for annotation in page.obj.get("/Annots", []):
            owner = entries.get(int(annotation.get("/StructParent", -1)))
            if owner is None or objects.get(annotation.objgen) != owner.objgen or owner.S != "/Link":
                faults.append(f"page {number}: a link has no Link element")
            if not str(annotation.get("/Contents", "")):
                faults.append(f"page {number}: a link says nothing")
    return faults


def _numbers(node: Node) -> list[tuple[int, Any]]:
    found = [pair for kid in node.get("/Kids", []) for pair in _numbers(kid)]
    flat = list(node.get("/Nums", []))
    return found + [(int(key), value) for key, value in zip(flat[::2], flat[1::2], strict=True)]


def _claims(root: Node, faults: list[str]) -> tuple[dict[Any, Any], dict[Any, Any]]:
    claimed: dict[Any, Any] = {}
    objects: dict[Any, Any] = {}
    rest = [(kid, root) for kid in _kids(root)]
    while rest:
        element, parent = rest.pop()
        if element.P.objgen != parent.objgen:
            faults.append(f"{element.S} has another parent")
        for kid in _kids(element):
            if isinstance(kid, int):
                claimed[element.Pg.objgen, kid] = element.objgen
            elif kid.get("/Type") == "/MCR":
                claimed[kid.Pg.objgen, int(kid.MCID)] = element.objgen
            elif kid.get("/Type") == "/OBJR":
                objects[kid.Obj.objgen] = element.objgen
            else:
                rest.append((kid, element))
    return claimed, objects


def _kids(element: Node) -> list[Any]:
    kids = element.get("/K", pikepdf.Array())
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _marks(page: pikepdf.Page, number: int, faults: list[str]) -> set[int]:
    used: set[int] = set()
    depth = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in {"BMC", "BDC"}:
            depth += 1
            if name == "BDC" and "/MCID" in operands[1]:
                mcid = int(operands[1].MCID)
                if mcid in used:
                    faults.append(f"page {number}: mark {mcid} stands twice")
                used.add(mcid)
        elif name == "EMC":
            depth -= 1
        elif name in {"Tj", "f"} and depth != 1:
            faults.append(f"page {number}: {name} at depth {depth} of marked content")
    if depth:
        faults.append(f"page {number}: marked content stays open")
    return used

"""Who has signed a file, and what viewers will say of a change behind the signature (ISO 32000-2 12.8)."""

from collections.abc import Iterator
from typing import NamedTuple

import pikepdf

from watermark.pdf.typed_values import dictionary_of, items_of, text_of

MAX_FIELDS = 10_000
MAX_NAMED, MAX_NAME_LENGTH = 5, 60
ALLOWED = {
    1: "no changes are allowed",
    2: "only form filling and signing are allowed",
    3: "only form filling, signing and annotations are allowed",
}
"""What each level of access permits; a mark on the page is permitted at none (ISO 32000-2 table 257)."""
UNSAID_LEVEL = 2


class _TooManyFieldsError(Exception):
    """The form has more fields than any article's."""


class Signed(NamedTuple):
    """What was found, and what viewers will say of the marked copy; "" twice for a file without a signature.

    `usage_rights` holds for a file whose maker lets Adobe Reader fill, comment or save it: that signs no content, and
    a file with usage rights alone counts as unsigned (ISO 32000-2 12.8.2.3).
    """

    found: str
    effect: str
    usage_rights: bool


def signed(document: pikepdf.Pdf) -> Signed:
    """Return what is signed, certified or given usage rights in an open document. Nothing is validated."""
    permissions = dictionary_of(document.Root.get("/Perms"))
    found, effects = list[str](), list[str]()
    levels = list[int]()
    if "/DocMDP" in permissions:
        levels.append(_level(dictionary_of(permissions["/DocMDP"])))
        found.append(f"it is certified: {ALLOWED[levels[0]]} (DocMDP {levels[0]})")
    try:
        fields = list(_signed_fields(dictionary_of(document.Root.get("/AcroForm"))))
    except _TooManyFieldsError:
        fields = []
        found.append(f"its form has more than {MAX_FIELDS:,} fields, and one of them may be signed")
    levels += [locked for _, locked in fields if locked]
    found += [f"signature field “{name[:MAX_NAME_LENGTH]}”" for name, _ in fields[:MAX_NAMED]]
    if len(fields) > MAX_NAMED:
        found.append(f"and in {len(fields) - MAX_NAMED} more")
    if levels:
        effects.append(
            f"PDF viewers will report that the document was changed although {ALLOWED[min(levels)]}, and some will call"
            " the signature invalid"
        )
    elif found:
        effects.append("PDF viewers will report that the document was changed after signing")
    usage_rights = "/UR3" in permissions or "/UR" in permissions
    return Signed("; ".join(found), "; ".join(effects), usage_rights)


def _level(signature: pikepdf.Dictionary) -> int:
    """Return the level of access that a certification grants: 2 where it does not say (ISO 32000-2 table 257)."""
    for reference in items_of(signature.get("/Reference")):
        entries = dictionary_of(reference)
        if entries.get("/TransformMethod") == pikepdf.Name("/DocMDP"):
            return _known(dictionary_of(entries.get("/TransformParams")).get("/P")) or UNSAID_LEVEL
    return UNSAID_LEVEL


def _signed_fields(form: pikepdf.Dictionary) -> Iterator[tuple[str, int]]:
    """Yield the name of each field that holds a signature, and the level that it locks the document at, or 0."""
    waiting = [(field, False) for field in reversed(items_of(form.get("/Fields")))]
    known: set[tuple[int, int]] = set()
    seen = 0
    while waiting:
        entries, inherited = waiting.pop()
        field = dictionary_of(entries)
        if field.is_indirect and field.objgen in known:
            continue  # a field that is its own descendant
        known.add(field.objgen)
        seen += 1
        if seen > MAX_FIELDS:
            raise _TooManyFieldsError
        kind = field.get("/FT")
        is_signature = kind == pikepdf.Name("/Sig") if kind is not None else inherited
        if is_signature and "/V" in field:
            yield text_of(field.get("/T")), _known(dictionary_of(field.get("/Lock")).get("/P"))
        waiting += [(kid, is_signature) for kid in reversed(items_of(field.get("/Kids")))]


def _known(level: object) -> int:
    return level if isinstance(level, int) and level in ALLOWED else 0

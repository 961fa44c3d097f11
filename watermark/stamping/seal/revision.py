"""The revisions that seal a copy: a signature, and a time stamp (ISO 32000-2 12.8, ETSI EN 319 142-1).

Each is one revision behind the marking, so that the marked copy stays the exact prefix of the sealed one. The field of
a signature has a widget of no size outside its page: nothing is drawn, and PDF/A and PDF/UA allow it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pikepdf

from watermark.article import Article
from watermark.errors import FailedError
from watermark.pdf.incremental_update import build_update
from watermark.pdf.object_draft import Dictionary, ObjectDraft, first_free_number, reference
from watermark.pdf.serialization import Name, Raw, Ref, Unencrypted, Value
from watermark.pdf.typed_values import text_of

FIELD_NAME = "Retraction seal"
DESCRIPTION = "Seal of the marked copy"
SIGNATURE, TIMESTAMP = "/ETSI.CAdES.detached", "/ETSI.RFC3161"
CERTIFIED_LEVEL = 1
"""No change is allowed behind a certification (ISO 32000-2 table 257)."""

PRINT_AND_LOCKED = 4 | 128
SIGNATURES_EXIST_AND_APPEND_ONLY = 1 | 2
_NOTHING: Dictionary = {
    "/Type": Name("/XObject"),
    "/Subtype": Name("/Form"),
    "/BBox": [0, 0, 0, 0],
    "/Resources": {},
}
"""The appearance of the widget, which PDF/A-1 asks for (ISO 19005-1 6.9)."""
_OFFSET_DIGITS = 15
_CONTENTS = b"/Contents <"
_UNKNOWN = b"[0 %b %b %b]" % ((b"9" * _OFFSET_DIGITS,) * 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationMaterial:
    """What is needed to validate a signature later: certificates, CRLs and OCSP responses (DER)."""

    certificates: Sequence[bytes]
    crls: Sequence[bytes]
    ocsps: Sequence[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsignedRevision:
    """A revision whose signature is still zeros. `first` and `second` are the two ranges that are signed, in bytes.

    `first` begins at byte 0 of the file, `second` ends at its end; between them are the hexadecimal digits of the
    signature, with their brackets. `data` begins at byte `offset` of the file.
    """

    data: bytes
    offset: int
    first: range
    second: range

    def filled(self, signature: bytes) -> bytes:
        """Return the revision with the DER-encoded signature in its place. Raises FailedError when it is too long."""
        start, end = self.first.stop - self.offset + 1, self.second.start - self.offset - 1
        digits = signature.hex().upper().encode("ascii")
        if len(digits) > end - start:
            raise FailedError(
                f"the signature has {len(signature):,} bytes, and there is room for {(end - start) // 2:,}",
                remedy="Leave certificates that are not needed out of the key file.",
            )
        return self.data[:start] + digits.ljust(end - start, b"0") + self.data[end:]


def signature_revision(
    article: Article, *, room_bytes: int, at: datetime, certifies: bool, material: ValidationMaterial | None = None
) -> UnsignedRevision:
    """Return the revision that signs the open copy, with room for a signature of so many bytes.

    `certifies` forbids any later change to the copy (DocMDP 1). The validation material is in the same revision, so
    that the signature covers the whole file, as PDF/A-2 and PDF/A-3 require (ISO 19005-2 6.4.3).
    """
    draft = ObjectDraft(article.document, first_free_number(article.document))
    entries: Dictionary = {
        "/Type": Name("/Sig"),
        "/Filter": Name("/Adobe.PPKLite"),
        "/SubFilter": Name(SIGNATURE),
        "/M": at.strftime("D:%Y%m%d%H%M%SZ"),
    }
    if certifies:
        entries["/Reference"] = [
            {
                "/Type": Name("/SigRef"),
                "/TransformMethod": Name("/DocMDP"),
                "/TransformParams": {
                    "/Type": Name("/TransformParams"),
                    "/P": CERTIFIED_LEVEL,
                    "/V": Name("/1.2"),
                },
            }
        ]
    if material is not None:
        _add_material(draft, material)
    signature = _add_signature(draft, article, entries, room_bytes)
    if certifies:
        catalog = draft.change(article.document.Root)
        catalog["/Perms"] = {**draft.copy_dict(catalog.get("/Perms")), "/DocMDP": signature}
    return _unsigned(draft, article, signature)


def timestamp_revision(article: Article, *, room_bytes: int) -> UnsignedRevision:
    """Return the revision that holds a time stamp of the open copy (ISO 32000-2 12.8.5)."""
    draft = ObjectDraft(article.document, first_free_number(article.document))
    entries: Dictionary = {
        "/Type": Name("/DocTimeStamp"),
        "/Filter": Name("/Adobe.PPKLite"),
        "/SubFilter": Name(TIMESTAMP),
    }
    return _unsigned(draft, article, _add_signature(draft, article, entries, room_bytes))


def _add_material(draft: ObjectDraft, material: ValidationMaterial) -> None:
    """Add validation material to the draft (ISO 32000-2 12.8.4.3). What the copy has already stays and comes first."""
    catalog = draft.change(draft.catalog)
    store = draft.copy_dict(catalog.get("/DSS"))
    for key, items in (("/Certs", material.certificates), ("/CRLs", material.crls), ("/OCSPs", material.ocsps)):
        if items:
            store[key] = [*draft.copy_array(store.get(key)), *(draft.add_stream({}, item) for item in items)]
    catalog["/DSS"] = draft.add({"/Type": Name("/DSS"), **store})


def _add_signature(draft: ObjectDraft, article: Article, entries: Dictionary, room_bytes: int) -> Ref:
    """Add a signature with its field to the draft, and return the reference of the signature."""
    catalog = draft.change(draft.catalog)
    signature = draft.add(
        {**entries, "/ByteRange": Raw(_UNKNOWN), "/Contents": Unencrypted(b"<%b>" % (b"0" * (2 * room_bytes)))}
    )
    page, (left, bottom, *_) = article.pages[0], article.shapes[0].visible
    widget: Dictionary = {
        "/Type": Name("/Annot"),
        "/Subtype": Name("/Widget"),
        "/FT": Name("/Sig"),
        "/T": _free_name(draft, catalog),
        "/TU": DESCRIPTION,
        "/Contents": DESCRIPTION,
        "/V": signature,
        "/F": PRINT_AND_LOCKED,
        "/Rect": [left - 1, bottom - 1, left - 1, bottom - 1],
        "/P": reference(page.dictionary),
        "/AP": {"/N": draft.add_stream(_NOTHING, b"", compress=False)},
    }
    field = draft.add(widget)
    _append(draft, draft.change(page.dictionary), "/Annots", field)
    _append_field(draft, catalog, field)
    return signature


def _append_field(draft: ObjectDraft, catalog: Dictionary, field: Ref) -> None:
    acro_form = catalog.get("/AcroForm")
    form = draft.change(acro_form) if reference(acro_form) is not None else draft.copy_dict(acro_form)
    _append(draft, form, "/Fields", field)
    form["/SigFlags"] = SIGNATURES_EXIST_AND_APPEND_ONLY
    if reference(acro_form) is None:
        catalog["/AcroForm"] = draft.add(form) if acro_form is None else form


def _append(draft: ObjectDraft, dictionary: Dictionary, key: str, item: Ref) -> None:
    """Put `item` at the end of an array, which may be an object of its own."""
    array = dictionary.get(key)
    longer: list[Value] = [*draft.copy_array(array), item]
    if reference(array) is not None and isinstance(draft.resolve(array), (pikepdf.Array, list)):
        draft.replace(array, longer)
    else:
        dictionary[key] = longer


def _free_name(draft: ObjectDraft, catalog: Dictionary) -> str:
    """Return a name that no field at the top of the form has (ISO 32000-2 12.7.4.2)."""
    form = draft.copy_dict(catalog.get("/AcroForm"))
    taken = {text_of(draft.copy_dict(field).get("/T")) for field in draft.copy_array(form.get("/Fields"))}
    numbers = range(2, len(taken) + 3)
    return next(name for name in (FIELD_NAME, *(f"{FIELD_NAME} {n}" for n in numbers)) if name not in taken)


def _unsigned(draft: ObjectDraft, article: Article, signature: Ref) -> UnsignedRevision:
    """Return the revision with its byte ranges filled in: it is written once to learn where the signature is."""
    update = build_update(draft, article.frame, article.hasher, None, article.ciphers)
    start = article.size_bytes
    opening = start + update.data.index(_CONTENTS) + len(_CONTENTS) - 1
    closing = update.data.index(b">", opening - start) + 1 + start
    first, second = range(opening), range(closing, start + update.size_bytes)
    ranges = b"[0 %d %d %d" % (len(first), second.start, len(second))
    draft.change(signature)["/ByteRange"] = Raw(ranges.ljust(len(_UNKNOWN) - 1) + b"]")
    update = build_update(draft, article.frame, article.hasher, None, article.ciphers)
    return UnsignedRevision(data=update.data, offset=start, first=first, second=second)

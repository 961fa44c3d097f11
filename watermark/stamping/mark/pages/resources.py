"""A page's resources with a few names more: a copy, because pages share them (ISO 32000-2 7.8.3)."""

from collections.abc import Mapping
from typing import NamedTuple

import pikepdf

from watermark.pdf.object_draft import Dictionary, ObjectDraft, reference
from watermark.pdf.serialization import Ref, Value


class Extended(NamedTuple):
    """The new /Resources of the page, and the name of each of our forms in it."""

    value: Value
    names: Mapping[str, str]


class Resources:
    """Copies each resource dictionary that pages share once, and every other one into its page."""

    def __init__(self, draft: ObjectDraft, shared: frozenset[Ref]) -> None:
        """Copy into `draft`; `shared` are the resource dictionaries of more than one page."""
        self._draft = draft
        self._shared = shared
        self._copies: dict[tuple[object, ...], Extended] = {}
        self._subdictionaries: dict[tuple[object, ...], tuple[Ref, dict[str, str]]] = {}

    def extended(self, resources: Value, forms: Mapping[str, Ref], *, inherited: bool) -> Extended:
        """Return `resources` with `forms` added to its XObjects, each under its wanted name or a free one like it."""
        ref = reference(resources)
        if ref not in self._shared and not inherited:
            return self._copied(resources, forms)
        source = ref if ref is not None or not isinstance(resources, pikepdf.Object) else resources.unparse()
        key = (source, *forms.items())
        if key not in self._copies:
            copy = self._copied(resources, forms)
            self._copies[key] = Extended(value=self._draft.add(copy.value), names=copy.names)
        return self._copies[key]

    def _copied(self, resources: Value, forms: Mapping[str, Ref]) -> Extended:
        copy = self._draft.copy_dict(resources)
        xobjects = copy.get("/XObject")
        ref = reference(xobjects)
        if ref is None:
            entries, names = self._with_forms(xobjects, forms)
            copy["/XObject"] = entries
            return Extended(value=copy, names=names)
        key = (ref, *forms.items())
        if key not in self._subdictionaries:
            entries, names = self._with_forms(xobjects, forms)
            self._subdictionaries[key] = self._draft.add(entries), names
        copy["/XObject"], names = self._subdictionaries[key]
        return Extended(value=copy, names=names)

    def _with_forms(self, xobjects: Value, forms: Mapping[str, Ref]) -> tuple[Dictionary, dict[str, str]]:
        entries = self._draft.copy_dict(xobjects)
        names = {}
        for wanted, form in forms.items():
            names[wanted] = _free_name(wanted, entries)
            entries[names[wanted]] = form
        return entries, names


def _free_name(wanted: str, taken: Mapping[str, Value]) -> str:
    name, count = wanted, 0
    while name in taken:
        count += 1
        name = f"{wanted}{count}"
    return name

"""What was found, in the forms that people, programs and build servers read."""

from collections.abc import Callable, Sequence
from importlib import import_module

from watermark.audit.formats.item import Item, item_of

__all__ = ["FORMS", "WHOLE", "Item", "item_of", "written"]

_HOMES = {"text": "text", "json": "text", "github": "text", "sarif": "sarif", "junit": "junit"}
FORMS = tuple(_HOMES)
WHOLE = frozenset({"sarif", "junit"})
"""These are one document: nothing of it is written before everything is known."""


def written(form: str, items: Sequence[Item]) -> str:
    """Return what was found in one of the forms; a form is loaded when it is asked for."""
    write: Callable[[Sequence[Item]], str] = getattr(import_module(f"{__name__}.{_HOMES[form]}"), f"to_{form}")
    return write(items)

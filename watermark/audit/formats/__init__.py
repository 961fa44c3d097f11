"""Write results in the formats of people, programs and build servers."""

from collections.abc import Callable, Sequence
from importlib import import_module

from watermark.audit.formats.item import Item, item_of

__all__ = ["FORMS", "WHOLE", "Item", "item_of", "written"]

_HOMES = {"text": "text", "json": "text", "github": "text", "sarif": "sarif", "junit": "junit"}
FORMS = tuple(_HOMES)
WHOLE = frozenset({"sarif", "junit"})
"""These formats are one document, which is written when all results are known."""


def written(form: str, items: Sequence[Item]) -> str:
    """Return the results in one of the formats; its module is imported when needed."""
    write: Callable[[Sequence[Item]], str] = getattr(import_module(f"{__name__}.{_HOMES[form]}"), f"to_{form}")
    return write(items)

"""Manifests and lists: which articles are retracted, and by which notice. What is named is loaded when it is used."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from watermark.manifests.index import Index
    from watermark.manifests.listing import Listing
    from watermark.manifests.manifest import Manifest, manifest_in
    from watermark.manifests.row import GivenNotice, Overrides, Row

__all__ = ["GivenNotice", "Index", "Listing", "Manifest", "Overrides", "Row", "manifest_in"]

_HOMES = {
    "GivenNotice": "row",
    "Index": "index",
    "Listing": "listing",
    "Manifest": "manifest",
    "Overrides": "row",
    "Row": "row",
    "manifest_in": "manifest",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any of the public names
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

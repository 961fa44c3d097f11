"""Manifests: which articles of a catalogue are retracted, and by which notice."""

from watermark.manifests.inside import below, inside
from watermark.manifests.manifest import Manifest, manifest_in
from watermark.manifests.row import GivenNotice, Overrides, Row

__all__ = ["GivenNotice", "Manifest", "Overrides", "Row", "below", "inside", "manifest_in"]

"""The seal: a signature over the whole copy, in revisions behind the marking (ISO 32000-2 12.8, ETSI EN 319 142-1)."""

from watermark.verification.seal.layers import LayerKind, SealLayer, seal_layers
from watermark.verification.seal.policy import SealPolicy

__all__ = ["LayerKind", "SealLayer", "SealPolicy", "seal_layers"]

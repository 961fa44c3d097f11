"""The seal: a signature over the whole copy, in revisions behind the marking (ISO 32000-2 12.8, ETSI EN 319 142-1)."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

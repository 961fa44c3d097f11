"""One original, read only: its bytes, its digest, its survey, and whether it is the article that a notice names."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

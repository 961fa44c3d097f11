"""One original, read only: its bytes and digest, what it says about itself, and whether a notice names it."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

"""Manifests and lists: which articles are retracted, and by which notice. The names are imported lazily."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

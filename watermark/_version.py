"""The version of this release, alone in a module, so that nothing has to import the whole package for it."""

__version__ = "1.0.0"

"""The forms of a notice: text, lists, PDF, Word, web pages, JSON, YAML, XML, records of indexes.

The module of a form is imported when the first notice of that form is read. Add a form: write `NAME.py` here with a
function that reads it, name the module in `__init__.pyi`, and the function in `READERS` of `reader.py`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

"""The retraction notice: what is retracted, by whom, when and why, in every form a publisher has it.

The readers and writers of the many forms are loaded when one is first used: who only asks for a DOI waits for none.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

"""Stamp retracted articles (PDF), and verify that nothing else changed.

    stamp        mark an article, attach the notice, verify the copy, save it
    try_stamp    the same for loops: returns an Outcome where stamp raises an error
    preview      a page of the future copy as a picture
    verify       check a marked copy, from the copy alone
    certificate  a page or two for the case file: what was done, and how it was checked
    restore      the original again, byte for byte
    inspect      what a PDF is, and who marked it
    check        compare PDFs with lists of retractions
    read_notice  what a retraction notice says

Every error is a WatermarkError, with a reason, a remedy and a stable code. Names are loaded when they are first used.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

"""Mark a retracted article on every page, and prove that nothing else changed.

    notice   ->  what is retracted, by whom, when and why        read_notice, Notice
    plan     ->  what will be written, or why nothing may be     Job, inspect_file
    stamp    ->  mark, attach, describe, verify, then save       stamp_article, outcome_of, Outcome
    verify   ->  proof, from the copy alone                      verify_copy, Verdict
    restore  ->  the original again, byte for byte               restore_original

Each error is a `WatermarkError`, with an exit status and a remedy. The names are loaded when they are first used.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

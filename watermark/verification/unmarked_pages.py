"""A page outside of the range that was marked carries no mark of this marking, and did not change."""

import numpy as np

from watermark.models import Status, plain
from watermark.verification.evidence import NotComparableError
from watermark.verification.object_equality import changed_keys
from watermark.verification.page_view import CheckResults, PageView
from watermark.verification.text_extraction import difference

UNMARKED_CHANGED = "marked.outside-the-range"
PAGE_CHANGED = "visible.page-changed"


def is_untouched(view: PageView) -> CheckResults:
    """Yield when the page has another dictionary, or entries in it, than in the original.

    The objects of a linearized copy have other numbers, so there only the look of the page can be compared.
    """
    if view.is_renumbered:
        if not view.is_drawn:
            yield Status.NOT_CHECKED, "the page is outside of the range, and was not compared with the original"
        return
    try:
        old, new = view.original_leaf, view.leaf
    except NotComparableError as error:
        yield Status.NOT_CHECKED, error.reason
        return
    changed = sorted(changed_keys(old.dictionary, new.dictionary))
    if old.number != new.number or changed:
        entry = f" ({plain(changed[0][1:], 40)})" if changed else ""
        message = f"the page is outside of {_range(view)} and was changed by the marking{entry}"
        yield Status.FAILED, message, UNMARKED_CHANGED


def looks_the_same(view: PageView) -> CheckResults:
    """Yield when the page looks different than in the original. Raises FailedError when it cannot be rendered."""
    if not np.array_equal(view.before, view.after):
        yield Status.FAILED, f"the page is outside of {_range(view)} and looks different", PAGE_CHANGED


def reads_the_same(view: PageView) -> CheckResults:
    """Yield when the page has other text than in the original. Raises FailedError when it cannot be read."""
    old, new = view.texts
    if old != new:
        yield Status.FAILED, f"the page is outside of {_range(view)}, and its text has changed: {difference(old, new)}"


def _range(view: PageView) -> str:
    pages = view.receipt.pages
    return pages.in_words if pages else "the pages that were marked"

"""The pages of one article, one after the other, each with what a second thread has prepared of it."""

from watermark.verification.evidence import Evidence
from watermark.verification.page_view import PageView


class Views:
    """Views of pages in their order: the next page is being prepared while one is checked."""

    def __init__(self, evidence: Evidence, *, drawn: bool) -> None:
        """View pages of the evidence, `drawn` or not, as `PageView` does."""
        self._evidence, self._drawn = evidence, drawn
        self._next: PageView | None = None

    def at(self, page_number: int) -> PageView:
        """Return the view of a page. Raises what `PageView` raises."""
        ahead = self._evidence.pages_ahead
        view, self._next = self._next, None
        if view is None or view.page_number != page_number:
            view = PageView(self._evidence, page_number, drawn=self._drawn)
        if ahead is not None:
            ahead.finish(page_number, view.shown, view.asked_points)
            self._next = self._early(page_number + 1)
            view.prepared = ahead.page(page_number)
        return view

    def _early(self, page_number: int) -> PageView | None:
        """Return the view of the next page, which is asked for already; None where that has to wait for its turn."""
        ahead = self._evidence.pages_ahead
        if ahead is None or page_number > self._evidence.receipt.page_count:
            return None
        try:
            view = PageView(self._evidence, page_number, drawn=self._drawn)
        except Exception:  # noqa: BLE001 - raised again when it is the turn of the page
            self._evidence.after.forget_unfinished()
            return None
        ahead.finish(page_number, view.shown, view.asked_points)
        return view

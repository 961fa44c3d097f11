"""Whether the contrasts that a receipt states are those that this tool measures on the pages of the original.

They are the only numbers in a receipt that are taken from it when a copy is written again, and that nothing else shows.
"""

from collections.abc import Iterator

from watermark.article import ArticleInfo
from watermark.errors import FailedError
from watermark.models import Status
from watermark.pdf.rendering import RenderedDocument
from watermark.stamping.plan import Plan
from watermark.stamping.plan.page_inks import PageInks, as_stated
from watermark.stamping.plan.page_measures import Wanted, inks_on

DRAWN_OTHERWISE = 0.02
"""By which share of the stated one a contrast may differ where another version of PDFium draws a picture otherwise.

The same version gives the same to the hundredth. The receipt does not say which version it was, so that a contrast this
near is neither confirmed nor false.
"""
_OF_WHAT = {"median": "the mark", "nine_of_ten": "the faintest tenth of the mark", "line": "the edge line"}


def contrast_differs(
    plan: Plan, info: ArticleInfo, rendered: RenderedDocument, stated: PageInks
) -> tuple[Status, str] | None:
    """Return that a stated contrast is not the least of all pages; None if it is.

    Pages are measured in their order until each stated contrast was found: most articles have it on the first.
    """
    wanted = {key: getattr(stated, key) for key in _OF_WHAT}
    least = dict[str, float]()
    for contrasts in _measured(plan, info, rendered):
        for key, contrast in contrasts.items():
            least[key] = min(contrast, least.get(key, contrast))
        if all(as_stated(least.get(key)) == value for key, value in wanted.items()):
            break
    for key, value in wanted.items():
        found = as_stated(least.get(key))
        if found != value:
            is_near = value and found and abs(float(value) - least[key]) <= DRAWN_OTHERWISE * least[key]
            message = f"the receipt states a contrast of {_OF_WHAT[key]} of {value or 'nothing'}"
            message += f", and {found or 'nothing'} is measured"
            return (
                (Status.NOT_CHECKED, f"{message}: PDFium may be of another version")
                if is_near
                else (Status.FAILED, message)
            )
    return None


def _measured(plan: Plan, info: ArticleInfo, rendered: RenderedDocument) -> Iterator[dict[str, float]]:
    """Yield the contrasts of each page that is marked."""
    pages = tuple(zip(info.page_numbers, info.shapes, strict=True))
    line_text = plan.line.text if plan.line else ""
    wanted = Wanted(
        pages=pages, style=plan.style, line_text=line_text, outline_only=plan.outline_only, reads_captions=False
    )
    positions = plan.line.positions if plan.line else (None,) * len(pages)
    for (page_number, shape), position in zip(pages, positions, strict=True):
        try:
            pixels = rendered.pixels(page_number)
        except FailedError:  # the verification reports it
            continue
        mark, line = inks_on(wanted, shape, pixels, position)
        yield ({"median": mark.median, "nine_of_ten": mark.nine_of_ten} if mark else {}) | (
            {"line": line.median} if line else {}
        )

"""The choices in a receipt are those that a marking records, and their contrasts are those that the pages have.

A forger could state any contrast; the record would repeat it.
"""

import re
from collections.abc import Iterator

from watermark.models import plain
from watermark.receipt import FORMAT, Receipt

ENGLISH = "en"
CHOICES = frozenset({"text", "style", "wording", "notice_page", "edges", "contrast", "methods", "font_sha256"}) | {
    *("letterhead", "existing_mark", "pages", "earlier", "markup", "libraries", "rewriter"),
}
OTHER_REWRITER = "pdfium"
"""Whose reading of a damaged file was rewritten; that of qpdf is not recorded."""
OF_CONTRAST = frozenset({"marks", "lines", "median", "nine_of_ten", "line", "outlined"})
MAX_OVERSTATED = 1.2
"""A recorded contrast, divided by the measured one. On honest pages it is 0.97 to 1.02: the writer computes it from the
colours, and the verifier measures what PDFium draws."""
OVERSTATED = "visible.contrast-overstated"
_RATIO = re.compile(r"[0-9]{1,2}\.[0-9]{2}\Z")
_OF_WHAT = {"median": "the mark", "nine_of_ten": "the faintest tenth of the mark", "line": "the line"}


def recorded_language(receipt: Receipt) -> str:
    """Return the language of the words that were added, as the receipt records it (BCP 47)."""
    wording = receipt.choices.get("wording")
    return str(wording.get("language", ENGLISH)) if isinstance(wording, dict) else ENGLISH


def unknown_choices(receipt: Receipt) -> Iterator[str]:
    """Yield which choices no marking records; a newer format may record others."""
    if receipt.format > FORMAT:
        return
    contrast = receipt.choices.get("contrast")
    known = CHOICES if receipt.choices.get("rewriter", OTHER_REWRITER) == OTHER_REWRITER else CHOICES - {"rewriter"}
    unknown = {*receipt.choices} - known | ({*contrast} if isinstance(contrast, dict) else set()) - OF_CONTRAST
    if unknown:
        yield f"the receipt holds the choice “{plain(min(unknown), 40)}”, which no marking records"


def overstated(receipt: Receipt, **measured: float) -> Iterator[tuple[str, str]]:
    """Yield each contrast that the receipt states for all pages, and that is much lower on this page.

    The keys of `measured` are those of the contrasts among the choices in the receipt: median, nine_of_ten, line.
    """
    recorded = receipt.choices.get("contrast")
    for key, on_page in measured.items():
        stated = recorded.get(key, "") if isinstance(recorded, dict) else ""
        if not stated:
            continue  # nothing is claimed, as in copies that the first release made
        if not (isinstance(stated, str) and _RATIO.match(stated)):
            yield f"the receipt states a contrast that is not a number ({plain(stated, 20)})", OVERSTATED
        elif float(stated) > MAX_OVERSTATED * on_page:
            of_what = f"a contrast of {_OF_WHAT[key]} of at least {stated}:1"
            yield f"the receipt states {of_what}, and it is {on_page:.2f}:1 here", OVERSTATED

"""What the receipt says on the page and in the title fits the state, and its links lead to the notice or the article.

A publisher may have words of its own: they cannot be compared with the state, and are not checked.
The choices in a receipt are those that a marking records, and their contrasts are those that the pages have: a forger
could state any contrast, and the record would repeat it.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from watermark.models import Status, plain
from watermark.notice import State
from watermark.receipt import FORMAT, Receipt

ENGLISH = "en"
CHOICES = frozenset({"text", "style", "wording", "notice_page", "edges", "contrast", "methods", "font_sha256"}) | {
    *("letterhead", "existing_mark", "pages", "earlier", "markup", "libraries", "rewriter", "replaced_prefix"),
}
OTHER_REWRITER = "pdfium"
"""Whose reading of a damaged file was rewritten; that of qpdf is not recorded."""
OF_CONTRAST = frozenset({"marks", "lines", "median", "nine_of_ten", "line", "outlined"})
OPACITY = 3
"""Where a recorded ink has its opacity, after red, green and blue."""
MAX_OVERSTATED = 1.2
"""A recorded contrast, divided by the measured one. On honest pages it is 0.97 to 1.02: the writer computes it from the
colours, and the verifier measures what PDFium draws."""
OVERSTATED = "visible.contrast-overstated"
_RATIO = re.compile(r"[0-9]{1,2}\.[0-9]{2}\Z")
_OF_WHAT = {"median": "the mark", "nine_of_ten": "the faintest tenth of the mark", "line": "the line"}
TITLE_PREFIXES = {
    State.RETRACTION: "RETRACTED: ",
    State.RETRACTED_AND_REPLACED: "RETRACTED: ",
    State.WITHDRAWAL: "WITHDRAWN: ",
    State.PARTIAL_RETRACTION: "PARTIALLY RETRACTED: ",
    State.EXPRESSION_OF_CONCERN: "EXPRESSION OF CONCERN: ",
}
RESOLVER = "https://doi.org/"
WEB = frozenset({"https", "http"})


def prefix_of(state: State) -> str:
    """Return what titles begin with in a state; "" for one that is not marked."""
    return TITLE_PREFIXES.get(state, "")


def wording_differs(receipt: Receipt) -> Iterator[tuple[Status, str]]:
    """Yield where the words and links of a receipt do not fit its state and its notice."""
    if not receipt.state.is_marked:
        yield Status.FAILED, f"the receipt says that the article is in the state “{receipt.state}”, which has no mark"
    yield from _prefix(receipt)
    yield from ((Status.FAILED, message) for message in (*_links(receipt), *unknown_choices(receipt)))


def _prefix(receipt: Receipt) -> Iterator[tuple[Status, str]]:
    """Yield that the prefix of titles is not that of the state, or that it cannot be compared with it.

    A prefix of the publisher's own is one that the receipt records among its choices. It has to hold the word of the
    mark, or that of the state.
    """
    prefix, expected = receipt.title_prefix, prefix_of(receipt.state)
    if prefix in {"", expected}:
        return
    words = {expected.rstrip(": ").casefold(), receipt.mark_text.strip().casefold()}
    if not any(word and word in prefix.casefold() for word in words):
        status = Status.NOT_CHECKED if _is_recorded(receipt, prefix) else Status.FAILED
        yield status, f"titles begin with “{plain(prefix, 60)}”, and not with “{expected}”"


def _is_recorded(receipt: Receipt, prefix: str) -> bool:
    """Return whether the receipt records a prefix as a choice of the publisher."""
    wording = receipt.choices.get("wording", {})
    prefixes = wording.get("prefixes", {}) if isinstance(wording, dict) else {}
    chosen = prefixes.get(receipt.state.value, "") if isinstance(prefixes, dict) else ""
    return isinstance(chosen, str) and bool(chosen) and f"{chosen.rstrip()} " == prefix


def _links(receipt: Receipt) -> Iterator[str]:
    """Yield where a link of the receipt leads to something that is neither the notice nor the article."""
    wanted = receipt.notice_link or (f"{RESOLVER}{receipt.article_doi}" if receipt.article_doi else "")
    if receipt.line_link and wanted not in {receipt.line_link, unquote(receipt.line_link)}:
        yield f"the line leads to {plain(receipt.line_link)}, which is not the notice"
    for link in {receipt.line_link, receipt.notice_link} - {""}:
        parts = urlsplit(link)
        if parts.scheme not in WEB or not parts.hostname or "@" in parts.netloc:
            yield f"{plain(link)} is not a web address"


def recorded_language(receipt: Receipt) -> str:
    """Return the language of the words that were added, as the receipt records it (BCP 47)."""
    wording = receipt.choices.get("wording")
    return str(wording.get("language", ENGLISH)) if isinstance(wording, dict) else ENGLISH


def recorded_opacities(receipt: Receipt) -> frozenset[float]:
    """Return the opacities of the mark that the receipt records: that of most pages, and those of single ones."""
    contrast = receipt.choices.get("contrast")
    marks = contrast.get("marks") if isinstance(contrast, dict) else None
    inks = marks.values() if isinstance(marks, dict) else ()
    found = [ink[OPACITY] for ink in inks if isinstance(ink, list) and len(ink) > OPACITY]
    return frozenset({receipt.opacity, *(float(one) for one in found if isinstance(one, (int, float)))})


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

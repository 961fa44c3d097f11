"""The text of every page is the original's, with the edge line added as one run of words."""

import itertools

from watermark.models import Status, plain
from watermark.verification.page_view import CheckResults, PageView

HYPHENS = "\x02\xad\ufffe"
"""How PDFium writes a hyphen at the end of a line when a line follows, which ours does at the end of a page."""


def on_page(view: PageView) -> CheckResults:
    """Yield when the words of a page differ by more than the line. White space, and where lines end, are set aside.

    An annotation says the line itself: the text of its page stays as it was.
    """
    before, after = map(_with_plain_hyphens, view.texts)
    words, line = before.split(), [] if view.annotated else _with_plain_hyphens(view.line_text).split()
    old, new, put_in = "".join(words), "".join(after.split()), "".join(line)
    if not put_in:
        if new != old:
            yield Status.FAILED, f"the text has changed: {difference(old, new)}"
        return
    ends = {0, *itertools.accumulate(map(len, words))}
    offset = new.find(put_in)
    if offset < 0:
        yield Status.FAILED, "the text of the page does not have the line in one run"
        return
    found = False
    while offset >= 0 and not found:
        found = offset in ends and new[:offset] + new[offset + len(put_in) :] == old
        offset = new.find(put_in, offset + 1)
    if not found:
        offset = new.find(put_in)
        rest = new[:offset] + new[offset + len(put_in) :]
        torn = rest == old
        yield (
            Status.FAILED,
            "the edge line splits a word when text is extracted"
            if torn
            else f"the text has changed: {difference(old, rest)}",
        )


def _with_plain_hyphens(text: str) -> str:
    for hyphen in HYPHENS:
        text = text.replace(hyphen, "-")
    return text


def difference(old: str, new: str) -> str:
    """Return in words where two texts begin to differ."""
    pairs = enumerate(zip(old, new, strict=False))
    offset = next((index for index, (one, other) in pairs if one != other), min(len(old), len(new)))
    was, now = (plain(text[max(offset - 12, 0) : offset + 24]) or "nothing more" for text in (old, new))
    return f"“{was}” has become “{now}”"

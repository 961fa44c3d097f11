"""What a person decided instead of the tool, with the reasons that the copy records."""

from collections.abc import Iterator

from watermark.models import plain
from watermark.receipt import Receipt
from watermark.stamping.plan.recorded_choices import existing_mark_in

MAX_REASON, MAX_SIGNATURES = 300, 1


def overrides_in(receipt: Receipt) -> Iterator[str]:
    """Yield a sentence for each safeguard that was overridden, and for what else is out of the ordinary."""
    if receipt.match_reason and receipt.match != "match":
        yield f"The PDF looks like another article, and was marked all the same. {_reason(receipt.match_reason)}"
    mark, reason = _existing_mark(receipt)
    if mark:
        yield f"The article already carried a mark by others ({plain(mark, 120)}). {_reason(reason)}"
    for what in receipt.despite[:MAX_SIGNATURES]:
        yield (
            f"The article was digitally signed ({plain(what.removeprefix('signature: '), 120)}), and was marked on "
            "request. The signed bytes are in the copy, unchanged; a viewer reports the change."
        )
    if receipt.conformance:
        yield f"The claim of the file was raised to PDF/A-{plain(receipt.conformance, 8)} on request."
    if receipt.rebuilt_size_bytes:
        yield f"The file was {receipt.rewriting} before it was marked. The original is attached, unchanged."
    if receipt.linearized:
        yield "The copy was rewritten for fast display on the web (linearized)."
    if text := receipt.choices.get("text"):
        yield f"The word on the pages was chosen: “{plain(text, 60)}”."
    if digest := receipt.choices.get("font_sha256"):
        yield f"The mark is set in a font that was given. Its SHA-256: {plain(digest, 64)}"


def _reason(reason: str) -> str:
    return f"Reason given: “{plain(reason, MAX_REASON)}”." if reason.strip() else "No reason is recorded."


def _existing_mark(receipt: Receipt) -> tuple[str, str]:
    try:
        return existing_mark_in(receipt.choices)
    except (TypeError, ValueError):
        return "", ""

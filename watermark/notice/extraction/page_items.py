"""A page of an issue with several items: the notice is the item about the retraction, and only that.

Items begin with a heading (`Correction for “…”`, `Obituary`), or with the volume and the pages of the article above it.
A page is divided where another item has sentences or a DOI of its own.
"""

import re
from collections import Counter
from collections.abc import Sequence

from watermark.notice.dates import dates_in
from watermark.notice.doi import dois_in
from watermark.notice.extraction.state_phrases import is_statement, parse_state, split_title_label
from watermark.notice.extraction.zones import REFERENCES, is_prose
from watermark.notice.model import MARKED_STATES, State
from watermark.notice.text_blocks import Block
from watermark.runtime.expressions import expression

_OTHER_ITEM = expression(
    r"(?:obituar(?:y|ies)|in memoriam|announcements?|call for papers|book reviews?|books received|forthcoming events"
    r"|calendar(?: of events)?|society news|news in brief|meeting reports?|notes? from the editors?"
    r"|editors?['\u2019]? note"
    r"|new members|prizes and awards|awards|conference announcements?|acknowledge?ments? of reviewers|to our readers"
    r"|nachruf|ankündigungen|buchbesprechung(?:en)?|mitteilungen der gesellschaft|necrología|obituario|anuncios"
    r"|reseñas?"
    r"|nécrologie|annonces|comptes rendus|necrologio|annunci|recensioni|obituário|resenhas?|wspomnienie|recenzje"
    r"|некролог|объявления|рецензии|讣告|会议通知|征稿启事|征文通知|书评|訃報|お知らせ|会告|書評|부고|공지|서평)",
    re.IGNORECASE,
)
_UNMARKED = frozenset({State.CORRECTION, State.CORRIGENDUM, State.ERRATUM, State.ADDENDUM, State.CLARIFICATION})
_PLACE = expression(r"vol(?:ume|\.)? ?[0-9]{1,4}\b.{1,40}\b(?:pages?|pp?\.) ?[0-9]", re.IGNORECASE)
MAX_ABOVE, MAX_FOOT, MAX_LINE, MIN_WORDS, MAX_BLOCKS = 2, 2, 200, 6, 1_500


def retraction_among(found: Sequence[Block]) -> list[Block]:
    """Return the head of a page, its items about retractions, and its foot; all blocks of a page with one item."""
    kinds = {n: kind for n, block in enumerate(found[:MAX_BLOCKS]) if (kind := _kind(block)) is not None}
    if "marked" not in kinds.values() or len(found) > MAX_BLOCKS:
        return list(found)
    starts = _starts(found, kinds)
    ends = [*starts[1:], len(found)]
    items = [(range(a, b), _kind_of_item(kinds, range(a, b))) for a, b in zip(starts, ends, strict=True)]
    marked = [item for item, kind in items if kind == "marked"]
    others = [item for item, kind in items if kind != "marked" and _says_something(found, item)]
    if not marked or not others:
        return list(found)
    kept = [n for item in marked for n in item]
    if items[-1][1] != "marked":
        kept += [n for n in range(len(found) - MAX_FOOT, len(found)) if _is_foot(found[n])]
    return [found[n] for n in (*range(starts[0]), *kept)]


def _kind(block: Block) -> str | None:
    """Return `marked` for the heading of a retraction, `other` for that of another item, and None for other blocks."""
    words = block.words.strip()
    if block.is_item or block.number or REFERENCES.fullmatch(words):
        return None
    if len(words) <= MAX_LINE and _OTHER_ITEM.fullmatch(words.rstrip(".:")):
        return "other"
    about, state = split_title_label(words)
    state = parse_state(words) or (state if about and not is_statement(about) else None)
    if state is None or words[0].islower():
        return None
    return "marked" if state in MARKED_STATES else "other" if state in _UNMARKED else None


def _starts(found: Sequence[Block], kinds: dict[int, str]) -> list[int]:
    """Return where items begin: at the first of several headings below each other, or at lines of one shape."""
    shapes = Counter(_shape(block) for block in found)
    first = {block.words: n for n, block in reversed(list(enumerate(found)))}  # one item may print its place twice
    shaped = [n for n, block in enumerate(found) if _shape(block) and shapes[_shape(block)] > 1]
    shaped = [n for n in shaped if first[found[n].words] == n]
    above = {n - distance for n, kind in kinds.items() if kind == "marked" for distance in range(1, MAX_ABOVE + 1)}
    if len(shaped) > 1 and not above.isdisjoint(shaped):
        return shaped
    starts: list[int] = []
    is_told = True  # a sentence parts a heading from the one above it
    for n, block in enumerate(found):
        if n in kinds and is_told:
            starts.append(n)
            is_told = False
        is_told = is_told or _is_sentence(block)
    return starts


def _shape(block: Block) -> str:
    """Return a line that begins with a volume and has its pages without the numbers; "" for other blocks."""
    words = block.words
    if len(words) > MAX_LINE or is_prose(block) or _PLACE.match(words) is None:
        return ""
    return re.sub(r"[0-9]+", "0", words)


def _kind_of_item(kinds: dict[int, str], item: range) -> str | None:
    """Return the kind of an item from its headings: a section for corrections may hold a retraction."""
    own = [kinds[n] for n in item if n in kinds]
    return "marked" if "marked" in own else own[0] if own else None


def _says_something(found: Sequence[Block], item: range) -> bool:
    return any(_is_sentence(found[n]) or dois_in(found[n].words) for n in item)


def _is_sentence(block: Block) -> bool:
    words = block.words
    return is_prose(block) or (words.endswith(".") and len(words.split()) >= MIN_WORDS and _kind(block) is None)


def _is_foot(block: Block) -> bool:
    """Tell a line at the end of a page that dates the issue."""
    words = block.words
    return len(words) <= MAX_LINE and not is_prose(block) and not dois_in(words) and bool(dates_in(words))

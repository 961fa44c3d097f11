"""A notice as publishers print it: plain text or Markdown, with the article's title and citation at the top.

The form: a title line with a label (`… [Retraction]`, `RETRACTED: …`), the article's citation, the statement, a list
of figures and where they come from, the rules that were followed, and what becomes of the article. DOIs of other
works are never taken for the article's; a date is the notice's only when a line says so.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from watermark.errors import NoticeError
from watermark.notice.extraction import statement
from watermark.notice.extraction.article_doi import article_doi_in, title_in
from watermark.notice.extraction.citation import ends_with_a_citation, is_only_a_citation, read_citation
from watermark.notice.extraction.figure_matches import figure_matches
from watermark.notice.extraction.labelled_lines import LabelledLines, is_labelled
from watermark.notice.extraction.state_phrases import parse_state, split_title_label, state_of
from watermark.notice.model import Notice, Reference, State
from watermark.notice.text_blocks import Block, blocks, safe_excerpt, sentences

_ANNOUNCED = re.compile(r"\b(?:following|below)(?: \w+)? (?:article|paper)\b[^.]{0,40}[.:]$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """The title line's facts; `body` is every other block, and `below` the position in it of the first below it."""

    title: str = ""
    article_title: str = ""
    state: State | None = None
    body: Sequence[Block] = ()
    below: int = 0


def from_text(text: str, *, state: State | None = None) -> Notice:
    """Return what a notice in plain text or Markdown says; what it does not say stays empty.

    `state` decides when given. Raises NoticeError when the text has no words, or its state cannot be told.
    """
    return from_blocks(blocks(text, stands_alone=is_labelled, ends_block=_ends_block), state=state)


def from_blocks(found: Sequence[Block], *, state: State | None = None) -> Notice:
    """Return what the blocks of a notice say, as `from_text` does; for forms that have their blocks already."""
    lines = LabelledLines.of(block.marked_up for block in found)
    head = _head([block for block in found if not is_labelled(block.marked_up)])
    article, body = _article(head)
    told = [sentence for block in body for sentence in sentences(block.words)]
    state = state or head.state or state_of(told)
    if state is None:
        raise _untold(head)
    matches = [figure_matches([block.marked_up]) for block in body]
    prose = [s for block, match in zip(body, matches, strict=True) if not match for s in sentences(block.words)]
    reasons = statement.reasons(prose)
    if any(matches) and "image duplication" not in reasons:
        reasons = ("image duplication", *reasons)
    return Notice(
        state=state,
        article=replace(
            article,
            title=title_in(article.title),
            doi=lines.article_doi or article.doi or article_doi_in(head.title, body),
        ),
        title=head.title,
        doi=lines.notice_doi,
        url=lines.url,
        date=lines.date if lines.date[:4] >= str(article.year or "") else "",
        issuers=statement.issuers(sentence for block in body for sentence in sentences(block.marked_up)),
        requested_by=statement.requested_by(prose),
        reasons=reasons,
        statement=tuple(block.words for block in body),
        figure_matches=tuple(match for in_block in matches for match in in_block),
        policies=statement.policies(prose),
        stays_online=statement.stays_online(prose),
        mark_text=statement.mark_text(prose),
    )


def _ends_block(line: str, blocks_before: int) -> bool:
    """Tell of a title line with its label, and of the citation below it, when no empty line follows."""
    is_title = blocks_before == 0 and line.endswith("]") and split_title_label(line)[1] is not None
    return is_title or ends_with_a_citation(line)


def _head(found: Sequence[Block]) -> _Head:
    """Find the title line: the first of the first blocks that bears a label, else the first that can be a title."""
    top = next((place for place, block in enumerate(found[:6]) if is_only_a_citation(block.marked_up)), 6)
    labelled = (
        place
        for place, block in enumerate(found[:top])
        if parse_state(block.words) or split_title_label(block.words)[1]
    )
    place = next(labelled, 0)
    if place >= len(found):
        return _Head()
    words = found[place].words
    heading = parse_state(words)
    if heading is None:
        article_title, state = split_title_label(words)
        if state is None and not _may_be_title(found[place]):
            return _Head(body=found)
        return _Head(title=words, article_title=article_title, state=state, body=_without(found, place, 1), below=place)
    below = found[place + 1 : place + 2]
    article_title, state = split_title_label(below[0].words) if below and _may_be_title(below[0]) else ("", None)
    return _Head(
        title=below[0].words if state else words,
        article_title=article_title,
        state=heading if state in (None, heading) else None,
        body=_without(found, place, 2 if article_title else 1),
        below=place,
    )


def _without(found: Sequence[Block], place: int, count: int) -> Sequence[Block]:
    return (*found[:place], *found[place + count :])


def _may_be_title(block: Block) -> bool:
    """Tell a title from a paragraph: one sentence without a full stop that declares nothing, and no citation."""
    parts = sentences(block.words)
    if block.is_item or is_only_a_citation(block.marked_up) or state_of(parts):
        return False
    return block.is_heading or (len(parts) == 1 and not block.words.endswith((".", ":", ",")))


def _article(head: _Head) -> tuple[Reference, Sequence[Block]]:
    """Return the article as cited under the title or behind `the following article`, and the blocks that remain."""
    for place, block in enumerate(head.body):
        announced = place > 0 and _ANNOUNCED.search(head.body[place - 1].words[-200:])
        if not (place == head.below or announced) or not is_only_a_citation(block.marked_up):
            continue
        if cited := read_citation(block.marked_up):
            title = head.article_title or split_title_label(cited[0].title)[0]
            return replace(cited[0], title=title), _without(head.body, place, 1)
    return Reference(title=head.article_title), head.body


def _untold(head: _Head) -> NoticeError:
    if not head.title and not head.body:
        return NoticeError("the notice has no words", remedy="Give the notice's text, or its YAML form.")
    words = safe_excerpt(head.title or head.body[0].words)
    return NoticeError(
        f"what has become of the article cannot be told from the notice “{words}”",
        remedy="End the title line with a label like [Retraction], give --state, or use the YAML form with `state`.",
    )

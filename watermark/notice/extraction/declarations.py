"""The state of a notice without a label: a sentence whose subject is the article and whose verb is to retract it.

It counts in eleven languages. An article about retractions has sections as research has, and is none.
"""

import re
from collections.abc import Sequence

from watermark.notice.model import State
from watermark.notice.text_blocks import Block
from watermark.runtime.expressions import expression

_WORK = (
    r"(?:article|paper|chapter|report|letter|study|manuscript|abstract|contribution|review|essay|publication"
    r"|preprint|book|volume)"
)
_DE = r"(?:artikel|beitrag|aufsatz|arbeit|publikation)"
_FR = r"(?:article|travail|contribution|étude)"
_ES = r"(?:artículo|trabajo|estudio|artigo|articolo|lavoro|trabalho)"
_RETRACTED = tuple(
    expression(pattern, re.IGNORECASE)
    for pattern in (
        (
            rf"\b(?:the|this|our|your) (?:\w+ ){{0,2}}{_WORK} T(?: Q)?,? (?:has been|is|is hereby"
            rf"|has now been) retracted\b"
        ),
        rf"\b(?:retracts?|have retracted|has retracted|to retract) (?:the|this|our|your) (?:\w+ ){{0,2}}{_WORK}\b",
        r"\b(?:has|have|had|hereby)(?: (?!not\b|never\b|yet\b)\w+){0,2} retract(?:ed)? (?:the (?:\w+ ){0,3})?T(?!\w)",
        rf"\b(?:zieht|ziehen|nimmt|nehmen)\b[^.]{{0,80}}\b{_DE}\b(?:[^.]|\.(?= ?[0-9])|(?<=\b\w)\.){{0,200}}\bzurück\b",
        (
            rf"\b(?:der|dieser|ihr|die|diese|ihre|unsere?) (?:\w+ ){{0,2}}{_DE}\b[^.]{{0,200}}\b(?:wird|wurde|ist)\b"
            r"[^.]{0,80}\b(?:zurückgezogen|retrahiert|widerrufen)\b"
        ),
        rf"\b(?:rétracte(?:nt)?|retirent?)\b[^.]{{0,60}}\b{_FR}\b|\b{_FR}\b[^.]{{0,200}}\b(?:est|a été) rétractée?\b",
        rf"\b(?:retracta|retira|ritratta|retrata|retirar|retractar)[nm]?\b[^.]{{0,60}}\b{_ES}\b",
        (
            rf"\b{_ES}\b[^.]{{0,200}}\b(?:ha sido|fue|queda|è stato|viene|foi|fica) (?:retractado|retraído|ritrattato"
            r"|retratado)\b"
        ),
        r"\b(?:wycofuje|wycofała|wycofano|wycofania|wycofaniu)\b[^.]{0,60}\b(?:artykuł\w*|prac\w+|publikacj\w+)",
        r"\b(?:отзывает|отозвала|отозвана|ретрагир\w+|ретракци\w+)\b[^.]{0,60}\b(?:стать\w+|работ\w+|публикаци\w+)",
        (
            r"(?:撤销|撤銷|撤回|撤稿)[^。]{0,12}(?:论文|文章|論文|该文)|(?:论文|文章|論文|该文)[^。]{0,60}(?:予以"
            r"|作)(?:撤稿|撤销|撤回)"
        ),
        r"論文[^。]{0,200}撤回(?:いた|し|する|され)|논문[^.]{0,200}철회(?:합니다|하였|되었|하기로|함)",
    )
)
_WITHDRAWN = tuple(
    expression(pattern, re.IGNORECASE)
    for pattern in (
        (
            rf"\b(?:the|this|our|your) (?:\w+ ){{0,2}}{_WORK}(?: T)?(?: Q)?,? (?:has been|is|is hereby"
            rf"|has now been) withdrawn\b"
        ),
        rf"\b(?:withdraws?|have withdrawn|has withdrawn|to withdraw) (?:the|this|our|your) (?:\w+ ){{0,2}}{_WORK}\b",
        rf"\b{_FR}\b[^.]{{0,200}}\b(?:est|a été) retirée?\b",
        rf"\b{_ES}\b[^.]{{0,200}}\b(?:ha sido|fue|queda|è stato|viene|foi|fica) (?:retirado|ritirato)\b",
    )
)
_QUOTED = expression(r"[“\"«„「『《][^“”\"«»„「」『』《》]{6,400}[”\"»“」』》]")
_BRACKETS = expression(r"\((?=[^()]{0,200}[0-9])[^()]{1,240}\)")
_CONDITION = expression(
    r"\b(?:if|when|whenever|unless|should|(?-i:may)|might|can|could|would|must|wenn|falls|kann|si|quando|puede|pode|peut"
    r"|jeśli|może|если|может)\b|如果|可能|場合|경우",
    re.IGNORECASE,
)
_NOT = expression(r"\b(?:not|never|refus\w+|declin\w+|nicht|ne|no|non|não|nie|не)\b", re.IGNORECASE)
_SECTION = expression(
    r"(?:[0-9]{1,2}\.? )?(?:introduction|background|(?:materials and )?methods|results|results and discussion"
    r"|discussion"
    r"|conclusions?)\.?",
    re.IGNORECASE,
)
MIN_SECTIONS, MAX_BLOCK, MAX_BLOCKS, MAX_BEFORE = 3, 4_000, 400, 120


def is_research(found: Sequence[Block]) -> bool:
    """Tell an article with the sections of research: what it says of retractions makes it no notice."""
    named = {block.words.casefold() for block in found if _SECTION.fullmatch(block.words)}
    return len(named) >= MIN_SECTIONS


def declared_state(found: Sequence[Block]) -> State | None:
    """Return the state that a sentence anywhere in a text declares of the article; None where none does."""
    if is_research(found):
        return None
    for block in found[:MAX_BLOCKS]:
        words = _BRACKETS.sub(" Q ", _QUOTED.sub(" T ", block.words[:MAX_BLOCK]))
        words = " ".join(words.split())
        for state, deeds in ((State.RETRACTION, _RETRACTED), (State.WITHDRAWAL, _WITHDRAWN)):
            if any(_is_done(words, deed) for pattern in deeds if (deed := pattern.search(words))):
                return state
    return None


def _is_done(words: str, deed: re.Match[str]) -> bool:
    """Tell whether a deed is done: neither under a condition, nor denied."""
    before = re.split(r"[.!?。] ?", words[max(0, deed.start() - MAX_BEFORE) : deed.start()])[-1]
    near = f"{before} {deed[0]}"
    return _CONDITION.search(near) is None and _NOT.search(before[-40:]) is None

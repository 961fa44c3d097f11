# ruff: noqa: RUF001 - letters of other scripts are meant
"""The state of a notice without a label: a sentence whose subject is the article and whose verb is to retract it.

It counts in eleven languages. An article about retractions has sections as research has, and is none.
"""

import re
from collections.abc import Sequence

from watermark.notice.extraction.state_phrases import without_numbers
from watermark.notice.model import State
from watermark.notice.text_blocks import Block
from watermark.runtime.expressions import expression

_WORK = (
    r"(?:article|paper|chapter|report|letter|study|manuscript|abstract|contribution|review|essay|publication"
    r"|preprint|book|volume)"
)
_THE = rf"(?:the|this|our|your|their|its) (?:\w+ ){{0,2}}{_WORK}(?: T)?(?: Q)?"
_IS = r"(?:has been|have been|is|is being|will be)(?: (?:now|hereby|therefore|thus|formally|also|being|fully)){0,2}"
_DE = r"(?:artikel|beitrag|aufsatz|(?:original)?arbeit|publikation)"
_FR = r"(?:article|travail|contribution|étude)"
_ES = r"(?:artículo|trabajo|estudio|artigo|articolo|lavoro|trabalho)"
_EDITORS = (
    r"(?:editors?|editor-in-chief|editors-in-chief|editorial (?:board|office|team)|board|publishers?|authors?|journal"
    r"|committee|institution|university|we|i)"
)
_RETRACTED = tuple(
    expression(pattern, re.IGNORECASE)
    for pattern in (
        (
            rf"\b{_THE},? {_IS} retracted\b"
            rf"|\b{_WORK}(?: T)?(?: Q)?,? {_IS} (?:marked|labelled|labeled|flagged|designated) as (?:an? )?retracted\b"
            rf"|\b(?:this|the (?:above|present|following|said)(?:[- ](?:named|mentioned|cited))?) (?:\w+ )?{_WORK}"
            rf"(?: T)?,? (?:by|of|from|entitled|titled|published|which|that)\b[^;]{{1,200}}? (?:was|{_IS}) retracted\b"
        ),
        (
            r"\b(?:retracts?|have retracted|has retracted|to retract|be retracting|are retracting|is retracting)"
            rf" (?:the|this|our|your|their) (?:\w+ ){{0,2}}{_WORK}\b"
            rf"|\b{_WORK}\b[^.;]{{0,60}}\band (?:(?:hereby|therefore|thus|now|must|have to) ){{0,2}}retract it\b"
        ),
        (
            r"(?P<decided>\b(?:decided|determined|concluded|resolved|agreed|decision|obliged|forced|wish(?:es)?)"
            r"(?: (?!(?:not?|against|never|whether|if|why)\b)[\w'’-]+){0,8}?"
            rf" (?:to (?:\w+ )?retract (?:it|{_THE})\b"
            rf"|(?:it|{_THE})(?: (?:should|must|shall|will|has to|needs to|had to|is to|was to|to))? be retracted\b"
            rf"|(?:on |for |upon |to )?(?:its|the|a) retraction(?: of {_THE}| from)\b))"
        ),
        (
            rf"(?P<decided>\b{_EDITORS}\b[^.;]{{0,120}}?\b(?:request(?:s|ed|ing)?|ask(?:s|ed|ing)?|requir(?:e|es|ed))\b"
            r"(?: (?!(?:not?|against|never|whether|if|why)\b)[\w'’-]+){0,6}?"
            rf" (?:(?:it|{_THE})(?: (?:should|must))? be retracted\b|to retract (?:it|{_THE})\b"
            rf"|(?:for )?(?:the|a) (?:\w+ )?retraction of {_THE}))"
        ),
        (
            r"\b(?:has|have|had|hereby)(?: (?!not\b|never\b|yet\b)\w+){0,2} retract(?:ed)? "
            r"(?:(?:the (?:\w+ ){0,3})?T|(?-i:[A-Z])[^.;()]{2,60} Q)(?!\w)"
        ),
        r"(?P<decided>\beffort should be made to remove all past references to this (?:paper|article)\b)",
        rf"\b(?:zieht|ziehen|nimmt|nehmen)\b[^.]{{0,80}}\b{_DE}\b(?:[^.]|\.(?= ?[0-9])|(?<=\b\w)\.){{0,200}}\bzurück\b",
        (
            rf"\b(?:der|dieser|ihr|die|diese|ihre|unsere?) (?:[\w.]+ ){{0,2}}{_DE}\b[^.]{{0,200}}\b(?:wird|wurde|ist)\b"
            r"[^.]{0,80}\b(?:zurückgezogen|retrahiert|widerrufen)\b"
            rf"|\b(?:wird|wurde|ist)\b[^.]{{0,80}}\b(?:der|dieser|die|diese|ihr|unsere?) (?:[\w.]+ ){{0,2}}{_DE}\b"
            r"[^.]{0,200}\b(?:zurückgezogen|retrahiert|widerrufen)\b"
            rf"|\b(?:hat|haben)\b[^.]{{0,80}}\b(?:den|diesen|die|diese) (?:[\w.]+ ){{0,2}}{_DE}\b[^.]{{0,200}}"
            r"\b(?:zurückgezogen|retrahiert|zurückzuziehen|zu retrahieren)\b"
        ),
        (
            rf"\b(?:rétracte(?:nt)?|rétracter|retirent?|ont rétracté|a rétracté)\b[^.]{{0,60}}\b{_FR}\b"
            rf"|\b{_FR}\b[^.]{{0,200}}\b(?:est|a été|sont|ont été) (?:désormais |donc )?rétractée?s?\b"
            rf"|\b(?:proc[èé]d\w+|annon\w+|décid\w+|demand\w+)\b[^.]{{0,60}}\brétractation d[^.]{{0,30}}\b{_FR}\b"
        ),
        (
            rf"\b(?:retracta|retira|ritratta|retrata|retirar|retractar|ritrattar|retratar)(?:[nme]|no)?\b[^.]{{0,60}}"
            rf"\b{_ES}\b"
            r"|\b(?:han?|hemos|hanno|abbiamo) (?:decidido |deciso di )?(?:retractad?[or]|ritratta(?:to|re))\b[^.]{0,60}"
            rf"\b{_ES}\b|\b(?:retratou|retrataram|retractó|retractaron)\b[^.]{{0,60}}\b{_ES}\b"
            r"|\b(?:comunica|anuncia|inform|proced|decid|decis|acord|acuerd|solicit|annunci|dispo)\w*\b[^.]{0,80}"
            r"\b(?:retractación|retracción|retratação|ritrattazione) d[^.]{0,40}"
            rf"\b{_ES}\b"
        ),
        (
            rf"\b{_ES}\b[^.]{{0,200}}\b(?:ha sido|han sido|fue|es|está|queda|è|è stato|viene|foi|é|fica|será)"
            r" (?:retractado|retraído|ritrattato|retratado)\b"
        ),
        (
            r"\b(?:wycofuje|wycofał[aoiy]?|wycofano|wycofania|wycofaniu|wycofać|retrakcj\w+)\b[^.]{0,60}"
            r"\b(?:artykuł\w*|prac\w+|publikacj\w+)"
            r"|\b(?:artykuł|praca|publikacja)\b[^.]{0,200}\b(?:został[ao]?|zostaje|jest) (?:\w+ ){0,3}"
            r"(?:wycofan|retrag)\w+"
        ),
        (
            r"\b(?:отзывает|отозвал[аи]?|отозван[аоы]?|ретрагир\w+|ретракци\w+)\b[^.]{0,60}"
            r"\b(?:стать\w+|работ\w+|публикаци\w+)"
            r"|\b(?:статья|работа|публикация)\b[^.]{0,200}\b(?:отозван[ао]?|отзывается|ретрагирован[ао]?)\b"
        ),
        (
            r"(?:撤销|撤銷|撤回|撤稿)[^。]{0,12}(?:论文|文章|論文|该文|本文)"
            r"|(?:论文|文章|論文|该文|本文|此文)[^。]{0,60}(?:予以"
            r"|作|已经?|被|现|正式|决定)(?:[^。，]{0,8}?)(?:撤稿|撤销|撤回|撤銷)"
        ),
        (
            r"論文[^。]{0,200}(?:撤回(?:いた|し|する|され|と|が)(?!ませ|な)|取り下げ(?:る|ま|ら|た|と))"
            r"|논문[^.]{0,200}철회(?:합니다|하였|했|되었|된|됩니다|되어|됨|하기로|함|한다|처리)"
        ),
    )
)
_WITHDRAWN = tuple(
    expression(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_THE},? {_IS} withdrawn\b",
        rf"\b(?:withdraws?|have withdrawn|has withdrawn|to withdraw) (?:the|this|our|your) (?:\w+ ){{0,2}}{_WORK}\b",
        rf"\b{_FR}\b[^.]{{0,200}}\b(?:est|a été) retirée?\b",
        rf"\b{_ES}\b[^.]{{0,200}}\b(?:ha sido|fue|queda|è stato|viene|foi|fica) (?:retirado|ritirato)\b",
    )
)
_OF_CONCERN = (
    expression(
        r"\b(?:this|our|present|following) (?:editorial )?expression of concern\b"
        r"|\b(?:issu|publish|post|add)(?:e?s|ing|es)? (?:an? )?(?:editorial )?expression of concern\b"
        r"|\b(?:wish(?:es)?|would like|want) to (?:alert|inform|notify|advise)\b[^.]{0,100}\bconcerns?\b"
        r"|\b(?:wish(?:es)?|would like) to express (?:\w+ ){0,3}concerns?\b"
        r"|\b(?:esta|este|nuestra|com esta|cette|questa) (?:nota de )?(?:expresión|expression|espressione|expressão)"
        r" (?:editorial )?(?:de|di) (?:preocupación|préoccupation|preoccupazione|preocupação)"
        r"|\bniniejsz\w+ wyra[zż]\w* (?:zaniepokojenia|obaw)|настоящ\w+ выражени\w+ (?:обеспокоенности|озабоченности)"
        r"|本(?:关注|关切|懸念)(?:声明|表明)|본 우려 표명",
        re.IGNORECASE,
    ),
)
_QUOTED = expression(r"[“\"«„「『《][^“”\"«»„「」『』《》]{6,400}[”\"»“」』》]")
_BRACKETS = expression(r"\((?=[^()]{0,200}[0-9])[^()]{1,240}\)")
_CONDITION = expression(
    r"\b(?:if|when(?! (?:\w+ ){1,4}(?:was|were|had)\b)|whenever|unless"
    r"|should|(?-i:may)|might|can|could|would|must|wenn|falls|kann|quando|puede|pode|peut"
    r"|jeśli|może|если|может)\b|\bsi\b(?! {1,2}rit)|如果|可能|場合|경우",
    re.IGNORECASE,
)
_MODALS = frozenset({"may", "might", "can", "could", "would", "must", "should"})
"""They make their own clause a condition, and not the next one: `We can trust neither, and retract the paper`."""
_NOT = expression(r"\b(?:not|never|refus\w+|declin\w+|nicht|ne|no|non|não|nie|не)\b", re.IGNORECASE)
_NOT_JUST_BEFORE = expression(r"\b(?:nicht|no|non|não|nie|не)(?: \w+){1,3}$", re.IGNORECASE)
"""A denial in front of the verb that ends a sentence: `El artículo no ha sido retractado`."""
_REFUSED = expression(
    r"\b(?:request|retraction|demand|appeal)\w*\b[^.]{0,60}\b(?:declined|refused|rejected|denied|turned down"
    r"|not warranted|not justified|not necessary|unwarranted)\b"
    r"|\b(?:declined|refused|rejected|denied) (?:to retract|(?:this|the|their|that|his|her) (?:request|demand))\b",
    re.IGNORECASE,
)
"""The words with which a request is turned down."""
_SECTION = expression(
    r"(?:[0-9]{1,2}\.? )?(?:introduction|background|(?:materials and )?methods|results|results and discussion"
    r"|discussion"
    r"|conclusions?)\.?",
    re.IGNORECASE,
)
_CALLED = expression(
    r"\b(?:avis|note|notice|nota|aviso|avviso|comunicado|editorial|editoriale|éditorial) d[ei] (?:la )?(?:rétractation"
    r"|retractación|retracción|retratação|ritrattazione)"
    r"|\b(?:est|a été|ha sido|foi|è stato|fue) (?:rétracté|retractad|retratad|ritrattat)",
    re.IGNORECASE,
)
MIN_SECTIONS, MAX_BLOCK, MAX_BLOCKS, MAX_BEFORE = 3, 4_000, 400, 120


def is_research(found: Sequence[Block]) -> bool:
    """Tell an article with the sections of research: what it says of retractions makes it no notice."""
    named = {block.words.casefold() for block in found if _SECTION.fullmatch(block.words)}
    return len(named) >= MIN_SECTIONS


def is_called_retraction(title: str, found: Sequence[Block]) -> bool:
    """Tell whether a notice whose label says in another language that its article is withdrawn calls that a retraction.

    `ARTICLE RETIRÉ`, and below it `Avis de rétractation`: such labels do not distinguish the two.
    """
    return "withdr" not in title.casefold() and any(
        _CALLED.search(words) for words in (title, *(block.words[:MAX_BLOCK] for block in found))
    )


def declared_state(found: Sequence[Block]) -> State | None:
    """Return the state that a sentence anywhere in a text declares of the article; None where none does."""
    parts = [_plain(block.words) for block in found[:MAX_BLOCKS]]
    for words in parts:
        for state, deeds in ((State.RETRACTION, _RETRACTED), (State.WITHDRAWAL, _WITHDRAWN)):
            if _declares(words, deeds) and not _REFUSED.search(words):
                return state
    # a retraction may speak of an earlier concern, which then is not its own
    return State.EXPRESSION_OF_CONCERN if any(_declares(words, _OF_CONCERN) for words in parts) else None


def _plain(words: str) -> str:
    """Return words with `T` for each title in quotes and `Q` for what brackets cite, and without numbers of works."""
    words = _BRACKETS.sub(" Q ", without_numbers(_QUOTED.sub(" T ", words[:MAX_BLOCK])))
    return " ".join(words.split())


def _declares(words: str, deeds: Sequence[re.Pattern[str]]) -> bool:
    return any(_is_done(words, deed) for pattern in deeds if (deed := pattern.search(words)))


def _is_done(words: str, deed: re.Match[str]) -> bool:
    """Tell whether a deed is done: neither under a condition, nor denied."""
    before = re.split(r"[.!?。] ?", words[max(0, deed.start() - MAX_BEFORE) : deed.start()])[-1]
    near = before if deed.groupdict().get("decided") else f"{before} {deed[0]}"
    clause = max(before.rfind(", "), 0)
    is_open = any(
        found.start() >= clause or found[0].casefold() not in _MODALS for found in _CONDITION.finditer(near)
    ) or _CONDITION.match(words, deed.end() + 1)
    is_denied = _NOT.search(before[-40:]) or _NOT_JUST_BEFORE.search(deed[0])
    return not is_open and is_denied is None

# ruff: noqa: RUF001 - letters and punctuation of other scripts are meant
"""From the words of a notice to the state of the article."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from watermark.notice.extraction.state_labels import ENGLISH, OTHER_LANGUAGES
from watermark.notice.model import RETRACTED_WHOLE, State
from watermark.notice.text_blocks import sentences as split_sentences
from watermark.runtime.expressions import expression

_STATES = {name: state for state, names in ENGLISH.items() for name in names}
_LANGUAGES: dict[str, str] = {}
for _language, _table in OTHER_LANGUAGES.items():
    for _state, _names in _table.items():
        for _name in _names:
            _STATES.setdefault(_name, _state)
            _LANGUAGES.setdefault(_name, _language)
_ANY_PHRASE = "|".join(
    sorted(
        (re.escape(name).replace(r"\ ", "[ _-]").replace("'", "['\u2019]") for name in _STATES), key=len, reverse=True
    )
)
MAX_KEPT_LENGTH = 300
"""Letters of a line whose label is remembered: each line is asked for several times."""
MAX_LABELS, MAX_LABEL_LENGTH = 3, 80
MAX_TITLE = 250
"""Characters of a title: several sentences that are longer are the words of the notice."""
_TO = r"(?:to|of|for|on|zu|von|de|del|della|do|da|di|du|à|a|der|des|la|el|le|o|il|über)"
_SEPARATOR = r"(?:\s?[:：]\s*|\s+[-\u2013—―]\s+|\s*[—―]\s*|\s?\|\s|\.\s+)"
_BRACKET_AT_END = expression(r"[\[［【]([^\[\]［］【】]{2,60})[\]］】][.]?$")
_ROUND_AT_END = expression(r"\s\((?P<label>Retract(?:ion|ed)(?: [Nn]otice| [Nn]ote)?|RETRACT(?:ION|ED))\)\.?$")
_BRACKET_IN_FRONT = expression(r"[\[［【]([^\[\]［］【】]{2,60})[\]］】][:.：]?\s?(?=\S)")
_OF_A_WORK = (
    r"(?: (?:d(?:e|el|u|o|a|es|er|ell['\u2019]|e l['\u2019]|['\u2019]un|e un|i un|['\u2019])|of (?:the|an?)|eines|o)"
    r" ?(?:artículo|trabajo|article|paper|chapter|articolo|lavoro|artigo|trabalho|artikels?|beitrags?|aufsatz(?:es)?"
    r"|artykułu|pracy|статьи))?"
)
_PREFIX = expression(rf"({_ANY_PHRASE}){_OF_A_WORK}(?: {_TO}){{0,2}}{_SEPARATOR}(?=\S)", re.IGNORECASE)
_PREFIX_AND_TITLE = expression(
    r"(retraction|expression of concern) to (?!be\b|the (?:following|above)|this|our|follow|date)"
    r"(?=[^\W\d_][^.:]{20,400}$)",
    re.IGNORECASE,
)
"""A label that continues with the title: `Retraction to growth of pond weeds`."""
_SUFFIX = expression(
    rf"(?:\s?:\s{{0,3}}|\s{{1,3}}[-\u2013—]\s{{1,3}}|(?<=\w\w[\w)\]])\.\s(?=R))({_ANY_PHRASE})\.?$", re.IGNORECASE
)
_KIND_OF_ARTICLE = expression(
    r"^(?:(?:article |publication |document |preprint )?(?:type|status):? |open access |free(?: access)? )+"
    r"|(?: (?:open access|free(?: access)?|article))+$"
)
"""What web pages print beside the kind of an article: `TYPE Retraction`, `Open Access Retraction`."""
_SECTION_IN_FRONT = expression(
    r"^(?:letters?(?: to the editor)?|correspondence|editorial|news|corrections? and additions?"
    r"|department of error|notices?|addenda and errata|errat(?:a|um)|(?:editor|publisher)(?:'s|s')? note"
    r"|not[ae] (?:de la rédaction|de l'éditeur|dell'editore|della redazione|de la redacción|del editor|da redação)"
    r"|in eigener sache|(?:mitteilung|hinweis|anmerkung) der (?:redaktion|herausgeber|schriftleitung)|od redakcji"
    r"|от редакции)"
    r"\s?[:/,\u2013—-] "
)
"""The section of a journal in front of the name of a notice: `Letters: Retraction`."""
_NAME_TWICE = expression(r"(?P<name>[^()]{4,60}) \((?P<translated>[^()]{6,40})\)")
"""The name of a notice with its name in another language: `Nota o wycofaniu (retrakcja)`."""
_BY_EDITORS = expression(
    r" (?:editorial|éditoriale?|editoriale|(?:de la|della|da|der) (?:redacción|rédaction|redazione|redação|redaktion)"
    r"|del editor|de los editores|des éditeurs|degli editori|dos editores|(?:des|der) herausgebers?|redakcji|редакции)$"
)
"""The editors behind the name of a notice in other languages: `Expresión de preocupación editorial`."""
_OPEN_END = expression(
    r"(?<=retraction|withdrawal) (?:of|to|for)"
    r"(?: (?:the|an?|your|our|this)(?: [a-z]{3,12})? (?:article|paper|chapter|publication|manuscript))?$"
)
"""The end of a label whose title is on the next line: `Retraction of`."""
_EAST_ASIAN_LABEL = expression(
    r"(?!.{0,12}(?:部分|一部))(?:关于|關於)?[^\s。,,::《》「」“”]{0,12}(?:撤稿|撤回|撤销|撤銷|取り下げ|取消し?)"
    r"[^\s。,,::《》「」“”]{0,6}"
    r"(?:公告|声明|聲明|通知|通告|启事|啟事|说明|說明|お知らせ|ご報告|告知|について)"
    r"|(?!.{0,12}(?:부분|일부))(?:[가-힣]{1,6} ){0,3}(?:철회|취소)"
    r"(?: [가-힣]{1,4})?(?: ?(?:공고|공지|안내|알림|통지|사항))"
)
"""A heading in Chinese, Japanese or Korean that is the name of a notice of retraction."""
_LABEL_IN_LANGUAGES = expression(
    r"(?:nota|aviso|editorial|comunicado|comunicación|declaración|notificación|anuncio|comunicação|declaração|anúncio|avviso"
    r"|comunicato|dichiarazione|avis|note|communiqué|déclaration)(?: editoriale?| éditoriale?| de la redacción"
    r"| de la rédaction| della redazione| da redação)? d[ei] (?:retractación|retracción|retratação|retração"
    r"|ritrattazione|rétractation)(?: d[eio]l?(?:l['\u2019])? ?(?:un )?(?:artículo|artigo|articolo|article))?"
    r"|(?:nota|zawiadomienie|informacja|oświadczenie|komunikat)(?: redakcji)? o (?:wycofaniu|retrakcji)(?: artykułu"
    r"| pracy| publikacji)?"
    r"|(?:уведомление|сообщение|информация|объявление|заявление|извещение)(?: редакции)? об? (?:ретракции|отзыве)"
    r"(?: (?:научной )?(?:статьи|публикации))?"
    r"|(?:mitteilung|hinweis|erklärung|notiz)(?: der redaktion)? (?:zur|über die|der) (?:retraktion|zurückziehung)"
    r"(?: (?:des|eines) (?:artikels|beitrags))?"
    r"|(?:retraktion|widerruf|rückzug|zurückziehung|rücknahme) (?:des|der|eines|einer|von) (?:[\w-]{3,30} ?){1,2}"
    r"|(?:retractación|retracción|rétractation|rétraction|ritrattazione|retratação|retração)"
    r" d(?:e|el|u|i|o|a|ell['\u2019]|e l['\u2019]|['\u2019]un|e un|i un|e um) ?(?:una? )?[\w-]{4,30}"
    r"|(?:wycofanie|retrakcja|ретракция|отзыв) [\w-]{4,30}"
)
"""A heading in another European language that is the name of a notice of retraction."""
_LABEL_WITH_NOUN = expression(
    r"(?:editorial )?(?:statement|announcement|notice|note|declaration|decision|information|communication|memo)s? "
    r"(?:on|about|regarding|concerning|of) (?:the )?(?P<name>retraction|withdrawal|removal)"
)
"""A heading that is the name of a notice with another noun: `Announcement regarding the retraction of the article`."""
_WITHIN_LABEL = expression(r"[《「『“\"«](?P<title>[^《》「」『』“”\"«»]{4,400})[》」』”\"»]")
_SECTION = expression(r"[A-Z][A-Z ,&]{3,60}(?:\. (?=[A-Z][a-z])| (?=Retraction |Correction |Expression of ))")
"""A journal's section in capitals: `ECOLOGY. Retraction for “…”`."""
_NOTE_IN_FRONT = expression(r"(?:(?:publisher|editor)['\u2019]?s?['\u2019]?|editorial) note:\s(?=\S)", re.IGNORECASE)
_OPEN, _CLOSE = "“\"\u2018'«„「『《", "”\"\u2019'»“」』》"
_QUOTED = expression(
    rf"({_ANY_PHRASE})(?: {_TO}){{0,2}}"
    rf"(?: (?:the|our|an?) (?:\w+ ){{0,3}}(?:article|report|letter|paper|review|study))?:? ?[{_OPEN}]"
    rf"([^“”\"«»„「」『』《》]{{3,}}?)[{_CLOSE}]"
    r"(?:[.,]?|,? (?:by|\[|\(|published|which|in )[^\n]{0,400})$",
    re.IGNORECASE,
)
_FOR_AUTHORS = expression(
    rf"({_ANY_PHRASE}) (?:for|of|to) (?:[^\W\d_][\w'\u2019-]+ et al\.|(?:[A-Z][\w'\u2019-]+(?:,| and|,? &)"
    rf" ?){{1,4}}[A-Z][\w'\u2019-]+),\s(?=\S)",
    re.IGNORECASE,
)

_NAMES = [name.replace("_", " ").replace("-", " ").casefold() for name in _STATES]
_FIRST_WORDS = tuple({name.partition(" ")[0] for name in _NAMES})
_LAST_WORDS = tuple({name.rpartition(" ")[2].rstrip(".") for name in _NAMES})
"""Of all names. Few lines begin or end with one: for the others no expression of hundreds of names is compiled."""

_SUFFIX_STATES = frozenset({State.RETRACTION, State.WITHDRAWAL, State.EXPRESSION_OF_CONCERN, State.PARTIAL_RETRACTION})
_WORK = r"(?:article|paper|preprint|manuscript|chapter|publication|study|report|letter|review|work)\b"
_THIS = (
    rf"(?:this|(?:the|our) (?:following|above|above[- ](?:named|mentioned)|abovementioned|published|present|said)"
    rf"|our) (?:\w+ )?{_WORK}"
)
_OBJECT = (
    rf"(?:{_THIS}|the (?:[0-9]{{1,2}} [A-Z][a-z]{{2,8}} [0-9]{{4}} )?(?:original |research |published"
    rf" ){{0,2}}{_WORK})"
)
_SEVERAL = r"(?:the following|both|the above) (?:\w+ ){0,3}(?:articles|papers|chapters)"
_DOES = (
    r"(?:have|has|hereby|now|are|is|be|therefore|thus|wish(?:es)? to|would like to|decided to|agreed to|must"
    r"|also|hereby)"
)
_IS_NOW = (
    r"(?:has been|has now been|is|is being|is hereby|is now|is hereby being|was|is therefore|has therefore been"
    r"|have been)"
)
_DEEDS: tuple[tuple[State, str], ...] = (
    (State.PARTIAL_RETRACTION, rf"{_THIS} {_IS_NOW} (?:partially retracted|retracted in part)"),
    (State.RETRACTED_AND_REPLACED, rf"{_THIS}(?: {_IS_NOW}| be)? retracted and (?:replaced|republished)"),
    (State.RETRACTION, rf"{_DOES} retract(?:ed|ing)? {_OBJECT}"),
    (State.RETRACTION, rf"{_THIS}(?:, [^.;]{{3,250}},)? {_IS_NOW} retracted\b(?! in part| and re(?:placed|published))"),
    (State.RETRACTION, rf"\bthe {_WORK} (?:titled|entitled) .{{0,400}}? {_IS_NOW} retracted\b"),
    *(
        (
            state,
            (
                rf"^(?!(?:if|when|once|until|unless|after|before|should|whether|since|because|as)\b).{{0,80}}?"
                rf"\b(?:the|our|your) (?:\w+ ){{0,2}}{_WORK}(?:,? (?:by|entitled|titled|on|[“\"(«]).{{0,500}}?)?"
                rf" (?:is|is hereby|is being|is therefore|is now|is thus|are hereby|has now been) {verb}\b"
            ),
        )
        for state, verb in ((State.RETRACTION, "retracted"), (State.WITHDRAWAL, "withdrawn"))
    ),
    (State.RETRACTION, rf"\b{_SEVERAL} (?:have(?: all| both)? been|are|were)(?: \w+)? retracted\b"),
    (State.RETRACTION, rf"{_DOES} retract(?:ed|ing)? {_SEVERAL}\b"),
    (State.RETRACTION, rf"{_THIS} [^.;]{{1,160}} and (?:is|has been) (?:hereby |therefore |now )?retracted\b"),
    (
        State.RETRACTION,
        rf"^(?!(?:if|when|once|until|unless|after|before|should|whether)\b)[^.,;“”\"]{{2,80}} retracts {_OBJECT}",
    ),
    (State.RETRACTION, rf"\bretract the content of {_OBJECT}"),
    (
        State.RETRACTION,
        (
            rf"\b(?:editors?|publishers?|authors?|journal|board|office|team|we) (?:hereby )?retracts?"
            rf" {_OBJECT}"
        ),
    ),
    (State.WITHDRAWAL, rf"{_DOES} withdr(?:aw|awn|ew|awing) {_OBJECT}"),
    (State.RETRACTION, r"\bit is (?:hereby|therefore) retracted\b|\b(?:reasons?|consequence),? it is retracted\b"),
    (State.WITHDRAWAL, rf"{_THIS}(?:, [^.;]{{3,250}},)? {_IS_NOW} withdrawn\b"),
    (
        State.EXPRESSION_OF_CONCERN,
        r"\b(?:(?:are|is) (?:issu|publish)ing|issues?|wish to issue) (?:this|an?) (?:editorial )?expression of concern",
    ),
    (
        State.EXPRESSION_OF_CONCERN,
        (
            r"\bissued (?:this|an?) (?:editorial )?expression of concern (?:about|on|for"
            r"|regarding) (?:this|the)"
        ),
    ),
    (State.REINSTATEMENT, r"\breinstat(?:e|ed|es|ing|ement)\b"),
    (State.REMOVAL, rf"{_THIS} {_IS_NOW} removed\b"),
)
_IN_PLACE = expression(
    r"\W*(?:(?:partially|temporarily|permanently) )?(?:retracted|withdrawn|removed"
    r"|(?:temporary|permanent) removal(?= ?[:\u2013\u2014-] )|article (?:retracted|withdrawn|removed))\b",
    re.IGNORECASE,
)
_REFERENCE_NUMBERS = expression(r"(?<=[\w”\"]) ?[\[(][0-9]{1,3}(?:[,\u2013-] ?[0-9]{1,3}){0,6}[\])](?!\w)")
_NAMES_ITS_ARTICLE = expression(
    r"(?:retraction|withdrawal|removal|expression of concern)(?: note| notice)? (?:to|of|for)\b", re.IGNORECASE
)
_NOT = expression(r"\b(?:not|never|neither|nor|no longer|rather than|instead of)\b", re.IGNORECASE)
_STATEMENT = expression(
    r"(?:we|this|these|our|while|after|based|upon|further|since|as|with|on|if|when|where|in (?:light|view"
    r"|accordance)|following|at the request|articles|it|an?y"
    r"|because|due"
    r"|the (?:editors?|publisher|journal|authors?|article|paper|above|following|editor-in-chief))\b"
    r"(?=.*\b(?:is|are|was|were|has|have|had|be|been|retracts?|withdraws?|may|can|will|should|issues?)\b)",
    re.IGNORECASE,
)


def parse_state(text: str) -> State | None:
    """Return the state that `text` is the name of: `retraction`, `Partial-Retraction`, `Expression of concern`."""
    return _state_named(text) if len(text) <= MAX_LABEL_LENGTH else None


@lru_cache(maxsize=20_000)
def _state_named(text: str) -> State | None:
    name = _OPEN_END.sub("", _normalised(text))
    if name.endswith(")") and (twice := _NAME_TWICE.fullmatch(name)) and (known := parse_state(twice["translated"])):
        return known if parse_state(twice["name"]) in {None, known} else None
    state = _STATES.get(name)
    for extra in (_KIND_OF_ARTICLE, _SECTION_IN_FRONT, _BY_EDITORS):
        state = state or _STATES.get(extra.sub("", name))
    if state is None and " / " in text:
        named = {parse_state(part) for part in text.split(" / ")} - {None}
        return named.pop() if len(named) == 1 else None
    if state is None and (noun := _LABEL_WITH_NOUN.fullmatch(name)):
        return _STATES[noun["name"]]
    if state is None and (_EAST_ASIAN_LABEL.fullmatch(name) or _LABEL_IN_LANGUAGES.fullmatch(name)):
        return State.RETRACTION
    return state


def language_of_label(title: str) -> str:
    """Return the language of the label on a title line (ISO 639-1); an empty string for English and for none."""
    prefix = _PREFIX.match(title) if _begins_with_name(title) else None
    found = prefix or _BRACKET_IN_FRONT.match(title) or _BRACKET_AT_END.search(title[-82:])
    name = _normalised(found[1] if found else title[:MAX_LABEL_LENGTH])
    language = _LANGUAGES.get(name, "") if name not in _ENGLISH_NAMES else ""
    if language in {"zh", "ja"}:
        return "ja" if re.search(r"[\u3040-\u30ff]", title) else language
    return language


_ENGLISH_NAMES = frozenset(name for names in ENGLISH.values() for name in names)


def _normalised(text: str) -> str:
    text = text.strip(" \t\r\n.:：-\u2013—―*【】").lower().replace("\u2019", "'")
    return " ".join(re.split(r"[\s_-]+", text))


def state_of_update(kind: str, label: str) -> State | None:
    """Return the state of an update from its type and label; a label that narrows a retraction outweighs the type."""
    state, named = parse_state(kind), parse_state(label)
    is_narrower = named in {State.REMOVAL, State.PARTIAL_RETRACTION, State.RETRACTED_AND_REPLACED}
    return named if is_narrower and state in RETRACTED_WHOLE else state or named


def contradicts_state(word: str, state: State) -> bool:
    """Return whether `word` names a state of another kind: a whole retraction, a partial one, a concern."""
    named = parse_state(word)
    return named is not None and named is not state and not {named, state} <= RETRACTED_WHOLE


def split_title_label(title: str) -> tuple[str, State | None]:
    """Return the article's own title, and the state that the notice's title line puts on it, as `_split_label` does."""
    return _split_known(title) if len(title) <= MAX_KEPT_LENGTH else _split_label(title)


def _split_label(title: str) -> tuple[str, State | None]:
    """Return the article's own title, and the state that the notice's title line puts on it (None when it does not).

    The label is in square brackets at the end or in front, or a word with a colon, dash or full stop behind it. A label
    at the end decides; of several, the last one: `… [Retraction] [Corrigendum]` corrects a retraction notice.
    """
    state: State | None = None
    if within := _within_label(title):
        return within
    if section := _SECTION.match(title) or _NOTE_IN_FRONT.match(title):
        rest, named = split_title_label(title[section.end() :])
        return (rest, named) if named else (title, None)
    suffix = _SUFFIX.search(title, max(0, len(title) - 45)) if _ends_with_name(title) else None
    if suffix and parse_state(suffix[1]) in _SUFFIX_STATES:
        about = title[: suffix.start()].strip()
        front = _PREFIX.match(about) if _begins_with_name(about) else None
        is_twice = front is not None and parse_state(front[1]) is parse_state(suffix[1])
        return about[front.end() :] if front and is_twice else about, parse_state(suffix[1])
    if rounded := _ROUND_AT_END.search(title, max(0, len(title) - 30)):
        return title[: rounded.start()].strip(), State.RETRACTION
    for _ in range(MAX_LABELS):
        found = _BRACKET_AT_END.search(title, max(0, len(title) - 63))
        named = parse_state(found[1]) if found else None
        if found is None or named is None or found.start() == 0:
            break
        state = state or named
        title = title[: found.start()].rstrip()
    for _ in range(MAX_LABELS):
        is_named = _begins_with_name(title)
        if is_named and (quoted := _QUOTED.match(title)) and state in (None, parse_state(quoted[1])):
            return quoted[2].strip(" ,."), state or parse_state(quoted[1])
        found = (
            is_named and (_PREFIX.match(title) or _FOR_AUTHORS.match(title) or _PREFIX_AND_TITLE.match(title))
        ) or _BRACKET_IN_FRONT.match(title)
        named = parse_state(found[1]) if found else None
        if found is None or named is None or (state and not _repeats(named, state)):
            break
        state = state or named
        title = title[found.end() :]
    return title.strip(), state


def _within_label(title: str) -> tuple[str, State] | None:
    """Return the one title in quotes within the name of a notice: `关于撤销《…》一文的声明`; None elsewhere."""
    found = _WITHIN_LABEL.search(title)
    if found is None:
        return None
    around = f"{title[: found.start()].rstrip()} {title[found.end() :].lstrip()}".strip()
    state = parse_state(around) or parse_state(around.replace(" ", ""))
    return (found["title"].strip(" ,."), state) if state else None


def _begins_with_name(title: str) -> bool:
    return title.casefold().replace("\u2019", "'").startswith(_FIRST_WORDS)


def _ends_with_name(title: str) -> bool:
    return title[-45:].casefold().replace("\u2019", "'").rstrip(".\n").endswith(_LAST_WORDS)


_split_known = lru_cache(maxsize=20_000)(_split_label)


def is_label_in_place(title: str) -> bool:
    """Return whether a title begins with the label that publishers put on the article itself: `RETRACTED: …`."""
    return _IN_PLACE.match(title) is not None


def names_its_article(words: str) -> bool:
    """Return whether words begin with the name of a notice and what leads to its article: `Retraction note to`."""
    return _NAMES_ITS_ARTICLE.match(words) is not None


def is_statement(text: str) -> bool:
    """Return whether the words behind a label are a sentence of the notice, and no title: “We retract articles …”."""
    is_paragraph = len(text) > MAX_TITLE and len(split_sentences(text)) > 1
    return (is_paragraph or bool(_STATEMENT.match(text))) and text.rstrip().endswith((".", ":", ")"))


def _repeats(named: State, state: State) -> bool:
    return named is State.RETRACTION or named is state


def states_of(sentences: Iterable[str]) -> frozenset[State]:
    """Return the states that the sentences declare the article to be in."""
    return frozenset(
        state
        for sentence in map(without_numbers, sentences)
        for state, deed in _deeds()
        if (found := deed.search(sentence)) and not is_negated(sentence[max(0, found.start() - 40) : found.start()])
    )


def without_numbers(text: str) -> str:
    """Return words without the numbers of references in brackets: `This article [1] has been retracted`."""
    return _REFERENCE_NUMBERS.sub("", text) if "[" in text or "(" in text else text


def is_notice_page(text: str) -> bool:
    """Return whether the text of a page is a notice: a notice's label at the top, and a declaration.

    `RETRACTED: …` is no such label: it is how publishers head the article itself.
    """
    lines = [line.strip() for line in text.split("\n", 8)[:8]]
    labelled = (line for line in lines if parse_state(line) or split_title_label(line)[1])
    is_headed = any(not _IN_PLACE.match(line) for line in labelled)
    return is_headed and bool(states_of(split_sentences(" ".join(text[:6000].split()))))


def state_of(sentences: Iterable[str]) -> State | None:
    """Return the one state that the sentences declare the article to be in; None when there is none, or several."""
    declared = set(states_of(sentences))
    return declared.pop() if len(declared) == 1 else None


@cache
def _deeds() -> tuple[tuple[State, re.Pattern[str]], ...]:
    """Return the deeds, compiled when first needed: only where no title gives the state."""
    return tuple((state, re.compile(pattern, re.IGNORECASE)) for state, pattern in _DEEDS)


def is_negated(text: str) -> bool:
    """Return whether `text`, the words around a claim, turns the claim into its opposite."""
    return bool(_NOT.search(text))

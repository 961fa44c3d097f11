"""A notice as Crossref has it: the REST API's JSON, and the XML of a deposit.

Two records tell of a retraction: the notice's, with `update-to`, and the article's, with `updated-by` or a relation.
Both spellings of each name count (`update-to`, `update_to`). An update that the publisher deposited comes before the
same one of Retraction Watch, whose date may differ.
"""

import html
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TypeAlias

from watermark.errors import NoticeError
from watermark.notice.dates import iso_date
from watermark.notice.doi import normalised_doi
from watermark.notice.extraction.state_phrases import split_title_label, state_of_update
from watermark.notice.formats.json_values import loaded_json
from watermark.notice.formats.structured import valid_language
from watermark.notice.formats.text import from_blocks
from watermark.notice.model import Notice, Reference, State
from watermark.notice.precedence import select_notice
from watermark.notice.text_blocks import Block, collapse_whitespace, plain, printable, safe_excerpt

Members: TypeAlias = dict[str, object]

_MARKS = frozenset({"update-to", "updated-by", "message", "container-title", "DOI", "message-type"})
_RELATION = re.compile(r"(?:is-)?(?P<deed>retract|withdraw|reinstat|concern)[a-z]*(?:-article)?-(?P<way>of|by)")
_DEEDS = {
    "retract": State.RETRACTION,
    "withdraw": State.WITHDRAWAL,
    "reinstat": State.REINSTATEMENT,
    "concern": State.EXPRESSION_OF_CONCERN,
}
_DATES = ("published-online", "published", "issued", "published-print")
_TAG = re.compile(r"<[^<>]{1,300}>")
_ABSTRACT_TITLE = re.compile(r"<(?:\w+:)?title\b[^<>]{0,200}>[^<]{0,300}</(?:\w+:)?title>")
_PARAGRAPH_END = re.compile(r"</(?:\w+:)?(?:p|sec|list-item)>")
_GIVE_ONE = "Give the record as https://api.crossref.org/works/DOI returns it."


def is_crossref(text: str) -> bool:
    """Tell whether a JSON text is a Crossref record, and not the tool's own form."""
    data = _json(text)
    return isinstance(data, dict) and bool(_MARKS & {name.replace("_", "-") for name in data})


def from_crossref(text: str, *, article_doi: str = "") -> Notice:
    """Return what a Crossref record says: the response, its `message` or one work; of several, that of `article_doi`.

    Raises NoticeError when nothing in it retracts or updates an article, when a state or a value is not what it has
    to be, and when it is about several articles and none is chosen.
    """
    found = updates_in(text)
    if not found:
        works = list(_works(_json(text)))
        names = ", ".join(safe_excerpt(_text(work.get("DOI"))) or "without a DOI" for work in works[:3])
        raise NoticeError(
            f"the Crossref record names no update of an article ({names or 'it is empty'})",
            remedy=f"{_GIVE_ONE} Take the DOI of the notice, or of the article when its record has `updated-by`.",
        )
    return select_notice(found, article_doi)


def updates_in(text: str) -> tuple[Notice, ...]:
    """Return every update of an article that a Crossref record names, in its order; none when it names none.

    Raises NoticeError when it is no JSON, and when a state or a value is not what it has to be.
    """
    return tuple(notice for work in _works(_json(text)) for notice in _notices(work))


def _json(text: str) -> object:
    try:
        return loaded_json(text)
    except RecursionError as error:
        raise NoticeError("values are nested without end", remedy=_GIVE_ONE) from error


def _works(data: object) -> Iterator[Members]:
    """Yield the works in a response, a `message`, a list of results or a bare record, keys in one spelling."""
    if not isinstance(data, dict):
        raise NoticeError("the Crossref JSON is no record", remedy=_GIVE_ONE)
    members = {str(name).replace("_", "-"): value for name, value in data.items()}
    message = members.get("message")
    if isinstance(message, dict):
        yield from _works(message)
        return
    items = members.get("items")
    if not isinstance(items, list):
        yield members
        return
    for item in items:
        yield from _works(item) if isinstance(item, dict) else ()


def _notices(work: Members) -> Iterator[Notice]:
    to = _by_publisher_first(_updates(work, "update-to"))
    for update in to:
        yield _on_the_notice(work, update)
    if to:
        return
    for update in _by_publisher_first(_updates(work, "updated-by")):
        yield _on_the_article(work, _state(update), normalised_doi(_text(update.get("DOI"))), _updated(update))
    relations = work.get("relation")
    for name, targets in relations.items() if isinstance(relations, dict) else ():
        state, is_notice = relation_state(str(name))
        for target in targets if state and isinstance(targets, list) else ():
            doi = normalised_doi(_text(target.get("id"))) if isinstance(target, dict) else ""
            if state and is_notice:
                yield _on_the_notice(work, {"type": state.value, "DOI": doi})
            elif state:
                yield _on_the_article(work, state, doi, "")


def relation_state(name: str) -> tuple[State | None, bool]:
    """Return what a relation like `is-retraction-of` or `isRetractedBy` says, and whether it stands on the notice."""
    found = _RELATION.fullmatch(re.sub(r"(?<=[a-z])(?=[A-Z])|_", "-", name).lower())
    return (_DEEDS[found["deed"]], found["way"] == "of") if found else (None, False)


def _updates(work: Members, name: str) -> list[Members]:
    value = work.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise NoticeError(f"`{name}` must be a list of updates", remedy=_GIVE_ONE)
    return value


def _by_publisher_first(updates: list[Members]) -> list[Members]:
    return sorted(updates, key=lambda update: _text(update.get("source")) == "retraction-watch")


def _on_the_notice(work: Members, update: Members) -> Notice:
    """Return what the notice's own record says, its abstract read by the rules for text."""
    title = _title(work)
    paragraphs = _abstract(work)
    state = _state(update)
    heading = [Block(marked_up=title, words=title, is_heading=True)] if title else []
    told = from_blocks([*heading, *(Block(marked_up=words, words=plain(words)) for words in paragraphs)], state=state)
    return Notice(
        state=state,
        article=Reference(
            title=split_title_label(title)[0] if split_title_label(title)[1] else "", doi=_target(update)
        ),
        title=title,
        doi=normalised_doi(_text(work.get("DOI"))),
        date=_updated(update) or next(filter(None, (_date(work.get(name)) for name in _DATES)), ""),
        issuers=told.issuers,
        requested_by=told.requested_by,
        reasons=told.reasons,
        statement=told.statement,
        figure_matches=told.figure_matches,
        policies=told.policies,
        stays_online=told.stays_online,
        mark_text=told.mark_text,
        language=valid_language(_text(work.get("language"))) or "en",
    )


def _target(update: Members) -> str:
    doi = normalised_doi(_text(update.get("DOI")))
    if not doi:
        raise NoticeError(
            f"an update in the Crossref record has no DOI: “{safe_excerpt(_text(update.get('DOI')))}”",
            remedy="Have the deposit corrected, or give the notice as text.",
        )
    return doi


def _on_the_article(work: Members, state: State, notice_doi: str, date: str) -> Notice:
    """Return what the article's record says: who its authors are, and where its notice is found."""
    title = split_title_label(_title(work))[0]
    year = next(filter(None, (_date(work.get(name)) for name in _DATES)), "")[:4]
    return Notice(
        state=state,
        article=Reference(
            authors=tuple(_people(work.get("author"))),
            title=title,
            journal=_first(work.get("container-title")),
            year=int(year) if year else None,
            volume=_text(work.get("volume")),
            issue=_text(work.get("issue")),
            pages=_text(work.get("page")) or _text(work.get("article-number")),
            doi=normalised_doi(_text(work.get("DOI"))),
        ),
        doi=notice_doi,
        date=date,
        language=valid_language(_text(work.get("language"))) or "en",
    )


def _state(update: Members) -> State:
    written = _text(update.get("type")) or _text(update.get("label"))
    state = state_of_update(written, _text(update.get("label")))
    if state is None:
        raise NoticeError(
            f"“{safe_excerpt(written)}” is no type of update that Crossref has",
            place="update-to or updated-by",
            remedy=f"Known: {', '.join(State)}.",
        )
    return state


def _title(work: Members) -> str:
    return collapse_whitespace(" ".join(filter(None, (_first(work.get("title")), _first(work.get("subtitle"))))))


def _first(value: object) -> str:
    items = value if isinstance(value, list) else [value]
    return _words(_text(items[0])) if items else ""


def _text(value: object) -> str:
    return collapse_whitespace(printable(value)) if isinstance(value, str) else ""


def _words(text: str) -> str:
    """Return text without the face markup that Crossref lets through, its entities resolved."""
    return collapse_whitespace(printable(html.unescape(_TAG.sub("", text))))


def _abstract(work: Members) -> list[str]:
    abstract = work.get("abstract")
    text = _ABSTRACT_TITLE.sub(" ", abstract) if isinstance(abstract, str) else ""
    return [words for part in _PARAGRAPH_END.split(text) if (words := _words(part))]


def _people(value: object) -> Iterator[str]:
    people: Iterable[object] = value if isinstance(value, list) else ()
    for person in people:
        if isinstance(person, dict):
            parts = (_text(person.get("family")), _text(person.get("given")))
            if name := " ".join(filter(None, parts)) or _text(person.get("name")):
                yield name


def _updated(update: Members) -> str:
    return _date(update.get("updated"))


def _date(value: object) -> str:
    """Return the ISO 8601 form of Crossref's `{"date-parts": [[2010, 2, 6]]}`; an empty string when it is none."""
    if not isinstance(value, dict):
        return ""
    members = {str(name).replace("_", "-"): part for name, part in value.items()}
    lists = members.get("date-parts")
    parts = lists[0] if isinstance(lists, list) and lists and isinstance(lists[0], list) else []
    numbers = [int(part) for part in parts[:3] if re.fullmatch("[0-9]{1,4}", str(part))]
    if numbers and len(numbers) == len(parts[:3]):
        return iso_date("-".join([f"{numbers[0]:04}", *(f"{number:02}" for number in numbers[1:])]))
    if stated := iso_date(_text(members.get("date-time"))[:10]):
        return stated
    stamp = members.get("timestamp")
    return _from_timestamp(stamp) if isinstance(stamp, int) and not isinstance(stamp, bool) else ""


def _from_timestamp(milliseconds: int) -> str:
    try:
        return f"{datetime.fromtimestamp(milliseconds / 1000, UTC):%Y-%m-%d}"
    except (OverflowError, ValueError, OSError):
        return ""

"""A notice as Crossref's REST API returns it, in JSON.

Two records tell of a retraction: the notice's, with `update-to`, and the article's, with `updated-by` or a relation.
Both spellings of each name count (`update-to`, `update_to`). An update that the publisher deposited comes before the
same one of Retraction Watch, whose date may differ.
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from watermark.errors import NoticeError
from watermark.notice.dates import iso_date
from watermark.notice.doi import normalised_doi
from watermark.notice.extraction.state_phrases import split_title_label, state_of_update
from watermark.notice.formats.json_records import Members
from watermark.notice.formats.reading import Reading
from watermark.notice.formats.structured import valid_language
from watermark.notice.formats.text import from_blocks
from watermark.notice.model import Notice, Reference, State
from watermark.notice.text_blocks import Block, collapse_whitespace, plain, printable, safe_excerpt
from watermark.runtime.expressions import expression

SOURCE = "Crossref"

_WATCH_SOURCE = "Retraction Watch, by way of Crossref"
_DECISIVE = frozenset({State.REMOVAL, State.REINSTATEMENT})
_RELATION = expression(r"(?:is-)?(?P<deed>retract|withdraw|reinstat|concern)[a-z]*(?:-article)?-(?P<way>of|by)")
_DEEDS = {
    "retract": State.RETRACTION,
    "withdraw": State.WITHDRAWAL,
    "reinstat": State.REINSTATEMENT,
    "concern": State.EXPRESSION_OF_CONCERN,
}
_DATES = ("published-online", "published", "issued", "published-print")
TAG = expression(r"</?[A-Za-z][^<>]{0,300}>")
_ABSTRACT_TITLE = expression(r"<(?:\w+:)?title\b[^<>]{0,200}>[^<]{0,300}</(?:\w+:)?title>")
_PARAGRAPH_END = expression(r"</(?:\w+:)?(?:p|sec|list-item)>")
_GIVE_ONE = "Give the record as https://api.crossref.org/works/DOI returns it."


def readings_of(work: Members) -> Iterator[Reading]:
    """Yield a reading for each update that one work names; none when it names none.

    Raises NoticeError when a state or a value is not valid, and when the work is a notice that was itself retracted.
    """
    members = {str(name).replace("_", "-"): value for name, value in work.items()}
    day = next(filter(None, (date_of(members.get(name)) for name in ("indexed", "deposited"))), "")
    for notice, is_from_watch in _notices(members):
        yield Reading(notice=notice, source=_WATCH_SOURCE if is_from_watch else SOURCE, source_date=day)


def no_update(works: Sequence[Members]) -> NoticeError:
    """Return the error for Crossref records that name no update."""
    names = ", ".join(safe_excerpt(_text(work.get("DOI"))) or "without a DOI" for work in works[:3])
    return NoticeError(
        f"the Crossref record names no update of an article ({names or 'it is empty'})",
        remedy=f"{_GIVE_ONE} Use the DOI of the notice, or that of the article when its record has `updated-by`.",
    )


def _notices(work: Members) -> Iterator[tuple[Notice, bool]]:
    """Yield each notice of a work, and whether Crossref has it from Retraction Watch.

    A work may be updated and update another: a second version that was retracted. Then the retraction counts.
    """
    to = _by_publisher_first(_updates(work, "update-to"))
    by = _by_publisher_first(_updates(work, "updated-by"))
    if _weighty(by) and not _weighty(to):
        to = []
    elif _weighty(by):
        raise NoticeError(
            f"a later {_state(_weighty(by)[0]).value.replace('_', ' ')} applies to this notice itself"
            f" ({safe_excerpt(_text(_weighty(by)[0].get('DOI'))) or 'no DOI'}), so its effect is unclear",
            remedy="Check the journal's page, and give the notice in effect as a file of its own.",
        )
    for update in to:
        yield _on_the_notice(work, update), _is_from_watch(update)
    if to:
        return
    for update in by:
        doi, date = normalised_doi(_text(update.get("DOI"))), date_of(update.get("updated"))
        yield _on_the_article(work, _state(update), doi, date), _is_from_watch(update)
    relations = work.get("relation")
    for name, targets in relations.items() if isinstance(relations, dict) else ():
        state, is_notice = relation_state(str(name))
        for target in targets if state and isinstance(targets, list) else ():
            doi = normalised_doi(_text(target.get("id"))) if isinstance(target, dict) else ""
            if state and is_notice:
                yield _on_the_notice(work, {"type": state.value, "DOI": doi}), False
            elif state:
                yield _on_the_article(work, state, doi, ""), False


def _weighty(updates: Sequence[Members]) -> list[Members]:
    """Return the updates that decide whether an article is retracted."""
    return [update for update in updates if _state(update).is_marked or _state(update) in _DECISIVE]


def _is_from_watch(update: Members) -> bool:
    return _text(update.get("source")) == "retraction-watch"


def relation_state(name: str) -> tuple[State | None, bool]:
    """Return what a relation like `is-retraction-of` or `isRetractedBy` says, and whether the notice has it."""
    found = _RELATION.fullmatch(re.sub(r"(?<=[a-z])(?=[A-Z])|_", "-", name).lower())
    return (_DEEDS[found["deed"]], found["way"] == "of") if found else (None, False)


def _updates(work: Members, name: str) -> list[Members]:
    value = work.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise NoticeError(f"`{name}` must be a list of updates", remedy=_GIVE_ONE)
    return value


def _by_publisher_first(updates: list[Members]) -> list[Members]:
    return sorted(updates, key=_is_from_watch)


def _on_the_notice(work: Members, update: Members) -> Notice:
    """Return what the notice's own record says, its abstract read by the rules for text."""
    title = _title(work)
    paragraphs = _abstract(work)
    state = _state(update)
    about, label = split_title_label(_first(work.get("title")))
    heading = [Block(marked_up=title, words=title, is_heading=True)] if title else []
    found = from_blocks([*heading, *(Block(marked_up=words, words=plain(words)) for words in paragraphs)], state=state)
    return Notice(
        state=state,
        article=Reference(title=about if label else "", doi=_target(update)),
        title=title,
        doi=normalised_doi(_text(work.get("DOI"))),
        date=date_of(update.get("updated")) or next(filter(None, (date_of(work.get(name)) for name in _DATES)), ""),
        issuers=found.issuers,
        requested_by=found.requested_by,
        reasons=found.reasons,
        statement=found.statement,
        figure_matches=found.figure_matches,
        policies=found.policies,
        stays_online=found.stays_online,
        mark_text=found.mark_text,
        replacement_doi=found.replacement_doi,
        dois=found.dois,
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
    title, label = split_title_label(_title(work))
    if label in {State.REMOVAL, State.PARTIAL_RETRACTION} and state.is_marked:
        state = label  # the title is more exact than the type of the update
    year = next(filter(None, (date_of(work.get(name)) for name in _DATES)), "")[:4]
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
            f"“{safe_excerpt(written)}” is not an update type of Crossref",
            place="update-to or updated-by",
            remedy=f"Use one of: {', '.join(State)}.",
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
    """Return text without face markup and entities, also where a deposit has escaped the markup once or twice."""
    for _ in range(3):
        plainer = html.unescape(TAG.sub("", text))
        if plainer == text:
            break
        text = plainer
    return collapse_whitespace(printable(text))


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


def date_of(value: object) -> str:
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

"""What the front matter of a JATS record says of its own article."""

import re
from collections.abc import Iterator

from watermark.notice.doi import normalised_doi
from watermark.notice.extraction.state_phrases import parse_state, split_title_label
from watermark.notice.formats.jats.dates import date_of, published
from watermark.notice.formats.jats.related_articles import people, spelt
from watermark.notice.formats.structured import valid_language, valid_url
from watermark.notice.model import Reference, State
from watermark.notice.xml import Element, attribute, child, children, every, words_of
from watermark.runtime.expressions import expression

_EVENTS = {
    "retracted": State.RETRACTION,
    "retracted-and-replaced": State.RETRACTED_AND_REPLACED,
    "partially-retracted": State.PARTIAL_RETRACTION,
    "withdrawn": State.WITHDRAWAL,
    "removed": State.REMOVAL,
    "reinstated": State.REINSTATEMENT,
    "concern": State.EXPRESSION_OF_CONCERN,
}
_IDENTIFIERS = ("article-id", "book-part-id", "book-id")
_IDENTIFIER_TYPES = ("pub-id-type", "book-part-id-type", "book-id-type")
_TYPES = ("article-type", "book-part-type", "book-type")
_ISSUING = expression(r"\b(?:editors?|editorial|publisher|journal)\b", re.IGNORECASE)


def kind_of(record: Element) -> str:
    """Return the type of an article, chapter or book in one spelling; an empty string when it has none."""
    return next((spelt(kind) for name in _TYPES if (kind := attribute(record, name))), "")


def own_doi(meta: Element) -> str:
    """Return the DOI among the record's own identifiers, or an empty string."""
    identifiers = [identifier for name in _IDENTIFIERS for identifier in children(meta, name)]
    numbers = (one for one in identifiers if "doi" in {attribute(one, kind).lower() for kind in _IDENTIFIER_TYPES})
    return next((doi for number in numbers if (doi := normalised_doi(words_of(number)))), "")


def own_address(meta: Element) -> str:
    """Return the record's own web address, a page before a PDF, or an empty string."""
    links = sorted(children(meta, "self-uri"), key=lambda link: "pdf" in attribute(link, "content-type").lower())
    addresses = (attribute(link, "href") or words_of(link) for link in links)
    return next((url for address in addresses if (url := valid_url(address))), "")


def own_reference(meta: Element) -> Reference:
    """Return the article that the record is of, without the state that its title may already have."""
    front = meta.getparent()
    title = own_title(meta)
    group = child(meta, "contrib-group")
    first, last = words_of(child(meta, "fpage")), words_of(child(meta, "lpage"))
    year = published(meta)[:4]
    return Reference(
        authors=tuple(people(group)) if group is not None else (),
        title=split_title_label(title)[0],
        journal=words_of(child(front, "journal-meta", "journal-title-group", "journal-title"))
        or words_of(child(front, "journal-meta", "journal-title")),
        year=int(year) if year else None,
        volume=words_of(child(meta, "volume")),
        issue=words_of(child(meta, "issue")),
        pages=(f"{first}-{last}" if last and last != first else first) or words_of(child(meta, "elocation-id")),
    )


def events_in(meta: Element) -> Iterator[tuple[State, str, str]]:
    """Yield state, DOI of the notice and date of each event in the article's history (JATS 1.2 and later)."""
    for event in (*children(meta, "pub-history", "event"), *children(meta, "event")):
        kind = spelt(attribute(event, "event-type"))
        state = _EVENTS.get(kind) or parse_state(kind)
        if state is None:
            continue
        dates = (date_of(date) for date in (*children(event, "date"), *children(event, "pub-date")))
        links = [attribute(link, "href") for link in every(event, "ext-link")]
        numbers = [words_of(number) for number in (*children(event, "article-id"), *children(event, "notes", "p"))]
        doi = next((doi for place in (*links, *numbers) if (doi := normalised_doi(place))), "")
        yield state, doi, next(filter(None, dates), "")
    for date in children(meta, "history", "date"):
        if state := _EVENTS.get(spelt(attribute(date, "date-type"))):
            yield state, "", date_of(date)


def issuers_in(meta: Element) -> Iterator[str]:
    """Yield the contributors that are editors or publishers; the article's authors are often among them."""
    for group in children(meta, "contrib-group"):
        for person in children(group, "contrib"):
            collective = words_of(child(person, "collab"))
            role = " ".join(words_of(part) for part in every(person, "role"))
            name = child(person, "name")
            parts = [words_of(child(name, part)) for part in ("given-names", "surname")]
            known = collective or " ".join(filter(None, parts)) or words_of(child(person, "string-name"))
            issues = _ISSUING.search(f"{attribute(person, 'contrib-type')} {role}") or _ISSUING.search(collective)
            if known and issues:
                yield known


def language_of(record: Element) -> str:
    """Return the language of the record, `en` when it names none."""
    return valid_language(attribute(record, "lang")) or "en"


def own_title(meta: Element) -> str:
    """Return title and subtitle on one line, without the signs of footnotes."""
    groups = [*children(meta, "title-group"), *children(meta, "book-title-group")]
    names = ("article-title", "title", "book-title", "subtitle")
    parts = [part for name in names for group in groups[:1] for part in children(group, name)]
    return " ".join(filter(None, (words_of(part, without_notes=True) for part in parts)))

"""The related articles of a JATS record, in all the spellings that their types and identifiers have."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from watermark.notice.doi import dois_in, normalised_doi
from watermark.notice.extraction.state_phrases import parse_state, split_title_label
from watermark.notice.model import Reference, State
from watermark.notice.xml import Element, attribute, child, every, words_of
from watermark.runtime.expressions import expression

_TO_THE_ARTICLE = {
    "retracted-article": State.RETRACTION,
    "retraction-of": State.RETRACTION,
    "partially-retracted-article": State.PARTIAL_RETRACTION,
    "partial-retraction-of": State.PARTIAL_RETRACTION,
    "withdrawn-article": State.WITHDRAWAL,
    "removed-article": State.REMOVAL,
    "object-of-concern": State.EXPRESSION_OF_CONCERN,
    "article-of-concern": State.EXPRESSION_OF_CONCERN,
    "reinstated-article": State.REINSTATEMENT,
    "corrected-article": State.CORRECTION,
    "addended-article": State.ADDENDUM,
}  # `republished-article` is not here: a retraction with replacement names the new article by it
_FORWARD = expression(r"(?P<what>[a-z-]{4,40})-forward")
_CONCERN = frozenset({"concern", "expression-of-concern"})


class Kinds(NamedTuple):
    """The types that JATS suggests for a state: of the link on each side, and of the event in the article's history."""

    to_the_article: str
    to_the_notice: str
    event: str


KINDS = {
    State.RETRACTION: Kinds("retracted-article", "retraction-forward", "retracted"),
    State.RETRACTED_AND_REPLACED: Kinds("retracted-article", "retraction-forward", "retracted-and-replaced"),
    State.PARTIAL_RETRACTION: Kinds("retracted-article", "retraction-forward", "partially-retracted"),
    State.WITHDRAWAL: Kinds("retracted-article", "retraction-forward", "withdrawn"),
    State.REMOVAL: Kinds("removed-article", "removal-forward", "removed"),
    State.EXPRESSION_OF_CONCERN: Kinds("object-of-concern", "concern-forward", "expression-of-concern"),
    State.REINSTATEMENT: Kinds("reinstated-article", "reinstatement-forward", "reinstated"),
    State.ADDENDUM: Kinds("addended-article", "addendum-forward", "addended"),
    State.CORRECTION: Kinds("corrected-article", "correction-forward", "corrected"),
    State.CORRIGENDUM: Kinds("corrected-article", "correction-forward", "corrected"),
    State.ERRATUM: Kinds("corrected-article", "correction-forward", "corrected"),
    State.CLARIFICATION: Kinds("corrected-article", "correction-forward", "clarified"),
    State.NEW_EDITION: Kinds("republished-article", "republication-forward", "republished"),
    State.NEW_VERSION: Kinds("republished-article", "republication-forward", "republished"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A related article: what the link says has happened, and whether it leads back to the article."""

    state: State | None
    to_the_article: bool
    reference: Reference


def spelt(text: str) -> str:
    """Return a type in one spelling: `Retracted_Article` is `retracted-article`."""
    return "-".join(re.split(r"[\s_-]+", text.strip().lower()))


def links_in(meta: Element, *, is_notice: bool) -> Iterator[Link]:
    """Yield the links to other articles that say what has happened; `is_notice` tells of a bare `retraction`."""
    for element in (*every(meta, "related-article"), *every(meta, "related-object")):
        kind = spelt(attribute(element, "related-article-type") or attribute(element, "link-type"))
        reference = cited(element)
        forward = _FORWARD.fullmatch(kind)
        if kind in _TO_THE_ARTICLE:
            back = _TO_THE_ARTICLE[kind]
            yield Link(state=back, to_the_article=True, reference=_unlabelled(reference, back))
        elif forward:
            state = State.EXPRESSION_OF_CONCERN if forward["what"] in _CONCERN else parse_state(forward["what"])
            yield Link(state=state, to_the_article=False, reference=reference)
        elif state := parse_state(kind):
            yield Link(state=state, to_the_article=is_notice, reference=reference)


_TAGGED = (
    *("name", "string-name", "collab", "person-group", "article-title", "source"),
    *("fpage", "lpage", "page-range", "elocation-id", "volume", "issue"),
)
"""The parts of a citation that have tags of their own, none of which is a DOI."""


def cited(element: Element) -> Reference:
    """Return what a related article says of the article: its DOI in any spelling, and the parts of a citation."""
    places = [attribute(element, "href"), attribute(element, "document-id"), attribute(element, "object-id")]
    places += [words_of(number) for number in every(element, "pub-id")]
    places += [attribute(link, "href") for link in every(element, "ext-link")]
    doi = next((doi for place in places if (doi := normalised_doi(place))), "") or _only_doi(element)
    first, last = _part(element, "fpage") or attribute(element, "page"), _part(element, "lpage")
    year = _part(element, "year")
    return Reference(
        authors=tuple(people(element)),
        title=_part(element, "article-title"),
        journal=_part(element, "source"),
        year=int(year) if re.fullmatch("[1-9][0-9]{3}", year) else None,
        volume=_part(element, "volume") or attribute(element, "vol"),
        issue=_part(element, "issue") or attribute(element, "issue"),
        pages=(f"{first}-{last}" if last and last != first else first)
        or _part(element, "page-range")
        or _part(element, "elocation-id")
        or attribute(element, "elocation-id"),
        doi=doi,
    )


def _unlabelled(reference: Reference, state: State) -> Reference:
    """Take the label off the cited title when it is the state's own; another may belong to the title."""
    title, named = split_title_label(reference.title)
    return replace(reference, title=title) if named is state else reference


def _only_doi(element: Element) -> str:
    """Return the one DOI in the words of a citation; what is tagged as a name, a title or a page is none."""
    tagged = {words_of(part).lower() for name in _TAGGED for part in every(element, name)}
    found = [doi for doi in dois_in(words_of(element)) if not any(doi in words for words in tagged)]
    return found[0] if len(found) == 1 else ""


def _part(element: Element, name: str) -> str:
    return words_of(next(every(element, name), None), without_notes=True)


def people(element: Element) -> Iterator[str]:
    """Yield the persons in a citation or a group, the surname in front."""
    for tag in ("name", "string-name"):
        for person in every(element, tag):
            parts = [words_of(child(person, part)) for part in ("surname", "given-names")]
            name = " ".join(filter(None, parts)) or words_of(person)
            if name:
                yield name

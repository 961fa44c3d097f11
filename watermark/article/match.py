"""Whether a PDF is the article that a notice names: DOI against DOI first, then title against title."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from watermark.article.identity import Identity
from watermark.notice import Notice

SAME_TITLE = 90.0
OTHER_TITLE = 75.0
SHORTEST_TITLE = 12
ENOUGH_TEXT = 200

_NOTICE_TITLE = re.compile(
    r"^\W*((retraction|withdrawal)( notice| note)?|notice of retraction|expression of concern)"
    r"\s*(:|to\b|[-\u2013\u2014]\s)"
    r"|\[\s*(retraction|withdrawal|expression of concern)\s*\]\W*$",
    re.IGNORECASE,
)
_STATE_PREFIX = re.compile(
    r"^\W*(retracted|withdrawn|retracted article|expression of concern)\s*[:\-]\s*", re.IGNORECASE
)


class Match(StrEnum):
    """What the comparison came to."""

    MATCH = "match"
    MISMATCH = "mismatch"
    IS_THE_NOTICE = "is the notice"
    UNKNOWN = "unknown"
    FORCED = "forced"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchResult:
    """The result, and the evidence in sentences."""

    match: Match
    evidence: tuple[str, ...]


def match(identity: Identity, notice: Notice) -> MatchResult:
    """Return whether the PDF is the article that `notice` names, with the evidence.

    The DOI in the metadata decides when both sides have one. Otherwise the title decides, in the metadata or on page 1.
    A DOI that is only printed on page 1 may be a cited one: it supports a title, it never stands alone against one.
    """
    for decide in (_as_the_notice, _by_doi, _by_title):
        result = decide(identity, notice)
        if result is not None:
            return result
    return MatchResult(match=Match.UNKNOWN, evidence=("neither a DOI nor a title could be compared",))


def _as_the_notice(identity: Identity, notice: Notice) -> MatchResult | None:
    for doi, place in identity.dois:
        if notice.doi and doi == notice.doi and doi != notice.article.doi:
            return _said(Match.IS_THE_NOTICE, f"{place} is {doi}, the DOI of the notice")
    for title, place in identity.titles:
        if _NOTICE_TITLE.search(title):
            return _said(Match.IS_THE_NOTICE, f"{place} is the title of a notice: {title}")
    return None


def _by_doi(identity: Identity, notice: Notice) -> MatchResult | None:
    wanted = notice.article.doi
    if not wanted or not identity.dois:
        return None
    for doi, place in identity.dois:
        if doi == wanted:
            return _said(Match.MATCH, f"{place} is {doi}, the DOI in the notice")
    own = ", ".join(f"{doi} ({place})" for doi, place in identity.dois)
    return _said(Match.MISMATCH, f"the PDF says {own}; the notice names {wanted}")


def _by_title(identity: Identity, notice: Notice) -> MatchResult | None:
    wanted = comparable(notice.article.title)
    if len(wanted) < SHORTEST_TITLE:
        return _by_printed_doi(identity, notice)
    scores = [(fuzz.ratio(wanted, comparable(title)), place) for title, place in identity.titles]
    opening = comparable(identity.opening)
    if len(opening) >= len(wanted):
        scores.append((fuzz.partial_ratio(wanted, opening), "page 1"))
    best, place = max(scores, default=(0.0, ""))
    if best >= SAME_TITLE:
        return _said(Match.MATCH, f"{place} has the title in the notice ({best:.0f} of 100)")
    supported = _by_printed_doi(identity, notice)
    if supported is not None and best >= OTHER_TITLE:
        return supported
    if best < OTHER_TITLE and (len(opening) >= ENOUGH_TEXT or identity.titles):
        found = "; ".join(f"{title} ({where})" for title, where in identity.titles) or "no such title on page 1"
        return _said(Match.MISMATCH, f"the notice names “{notice.article.title}”; the PDF has: {found}")
    return None


def _by_printed_doi(identity: Identity, notice: Notice) -> MatchResult | None:
    if notice.article.doi and notice.article.doi in {doi for doi, _ in identity.printed_dois}:
        return _said(Match.MATCH, f"page 1 prints {notice.article.doi}, the DOI in the notice")
    return None


def comparable(title: str) -> str:
    """Return the letters and digits of a title, without case, accents, ligatures, hyphenation or a state prefix."""
    plain = unicodedata.normalize("NFKD", _STATE_PREFIX.sub("", title)).casefold()
    return "".join(character for character in plain if character.isalnum())


def _said(result: Match, evidence: str) -> MatchResult:
    return MatchResult(match=result, evidence=(evidence,))

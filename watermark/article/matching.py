"""Whether a PDF is the article that a notice is about: identifiers are compared first, then titles."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from rapidfuzz import fuzz

from watermark.article.author_evidence import ENOUGH_TEXT, AuthorEvidence, support_of
from watermark.article.conflicting_doi import (
    own_doi_beside,
    printed_doi_against,
    printed_role_against,
    role_against,
    title_cannot_tell,
)
from watermark.article.doi_links import AT_THE_EDGE
from watermark.article.identifiers import ARXIV_DOI, SourcedValue, has_pii, is_pii_of, is_same_work, pmid_named
from watermark.article.identity import MAX_TITLE_LENGTH, METADATA, Identity
from watermark.article.printed_identifiers import IN_REFERENCES, LAST_PAGE
from watermark.article.title_matching import (
    SimilarityLevel,
    comparable,
    compared,
    in_latin,
    is_telling,
    names_another_work_about,
    weight_of,
    without_state,
)
from watermark.article.usable_titles import (
    has_own_lines,
    is_masthead,
    is_of_several,
    is_usable,
    is_whole,
    without_mastheads,
)
from watermark.notice import DoiRole, Notice, State, is_notice_page, split_title_label
from watermark.runtime.expressions import expression

SHORTEST_TITLE = 12
REPLACEMENT_IS_MADE_WITHIN = timedelta(days=90)
IN_THE_TEXT = 92.0
NOT_IN_THE_TEXT = 75.0
SHOWN = 160
_IN_PLACE = expression(r"\[(?:retracted|withdrawn)(?: article)?\]\W*$", re.IGNORECASE)
"""How a publisher heads the pages of the article itself; a notice has `[Retraction]`."""
HEADING_LINES = 6
_PAGE_NUMBER = expression("page ([0-9]{1,9})")
_CONCERN = expression(r"\W*(?:editorial )?expression of concern\b", re.IGNORECASE)
CERTIFICATE_HEADING = "Certificate of marking"
"""The heading of the certificates that this tool writes."""
_HEADING = expression(
    r"(?:notice of |statement of )?(?:article )?(?:retraction|withdrawal|(?:editorial )?expression of concern|removal)"
    r"(?: (?:notice|note|statement|to|of publication|of article))?\W{0,2}",
    re.IGNORECASE,
)
_TELLS_OF_A_RETRACTION = expression(
    r"\b(?:article|paper|publication|manuscript|study|chapter|letter|review)\b[^.]{0,160}?"
    r"\b(?:has|have|is|are|was|were|been|being)\b[^.]{0,40}?\b(?:retracted|withdrawn|removed)\b"
    r"|\b(?:retract(?:s|ed|ing)?|withdraw(?:s|n|ing)?|withdrew)\b[^.]{0,40}?\b(?:the|this|our) (?:above |following )?"
    r"(?:article|paper|publication|manuscript)\b",
    re.IGNORECASE | re.DOTALL,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Title:
    """The file's title that is most like the notice's; `in_text` is how much of the notice's title is on page 1.

    `is_of_journal` tells that page 1 has it only as the name in a journal's masthead.
    """

    best: SimilarityLevel
    found: SourcedValue | None
    in_text: float | None
    prints_another: bool = False
    is_of_journal: bool = False

    @property
    def contradicts(self) -> bool:
        """Whether the file has other titles than the notice's, and page 1, where it can be read, not that one."""
        return self.best is SimilarityLevel.OTHER and self.in_text is not None and self.in_text < NOT_IN_THE_TEXT

    @property
    def is_disowned(self) -> bool:
        """Whether only the metadata have the notice's title, and page 1, which can be read, prints another one."""
        in_metadata = self.found is not None and self.found.place.startswith(METADATA)
        return in_metadata and self.prints_another and self.in_text is not None and self.in_text < NOT_IN_THE_TEXT

    @property
    def is_printed(self) -> bool:
        """Whether page 1 has the notice's title somewhere in its text."""
        return self.in_text is not None and self.in_text >= IN_THE_TEXT and not self.is_of_journal


def match(identity: Identity, notice: Notice) -> MatchResult:
    """Return whether the PDF is the article that `notice` is about, with the evidence.

    A file whose own DOI the notice names in another role is never the article. Otherwise the file's own identifiers
    decide when both sides have one, unless title and authors contradict them. Without identifiers the title decides,
    together with the authors where it is short or only similar. A printed DOI that is not known to be the file's own
    supports a similar title; it is never enough alone.
    """
    if not is_usable(notice.article.title, notice):
        notice = replace(notice, article=replace(notice.article, title=""))
    support = support_of(notice.article, identity.first_page_text, identity.page)
    title = _title(identity, notice)
    result = as_a_certificate(identity) or _by_role(identity, notice) or _as_the_notice(identity, notice)
    result = result or _by_identifier(identity, notice, title, support)
    result = result or _by_title(identity, notice, title, support)
    if result is None:
        result = _result(Match.UNKNOWN, "no DOI or title was found that could be compared with the notice")
    return MatchResult(match=result.match, evidence=(*result.evidence, *support.evidence))


def _title(identity: Identity, notice: Notice) -> _Title:
    wanted = notice.article.title[:MAX_TITLE_LENGTH]
    letters, opening = comparable(wanted), comparable(identity.first_page_text)
    if weight_of(letters) < SHORTEST_TITLE:
        return _Title(best=SimilarityLevel.OTHER, found=None, in_text=None)
    found_titles = [item for item in (*identity.titles, *identity.large_type) if not is_masthead(wanted, item.value)]
    comparisons = [(compared(wanted, item.value), item) for item in found_titles]
    best, found = max(comparisons, key=lambda pair: pair[0], default=(SimilarityLevel.OTHER, None))
    is_readable = len(identity.first_page_text) >= ENOUGH_TEXT or bool(identity.titles)
    if not is_readable or (opening and in_latin(letters) != in_latin(opening)):
        return _Title(best=best, found=found, in_text=None)  # nothing to read, or a title in translation
    share = fuzz.partial_ratio(letters, opening) if len(opening) >= len(letters) else 0.0
    rest = comparable(without_mastheads(wanted, identity.first_page_text))
    in_text = rest == opening or fuzz.partial_ratio(letters, rest) >= IN_THE_TEXT
    printed = next((title for title, place in identity.titles if not place.startswith(METADATA)), "")
    return _Title(best=best, found=found, in_text=share, prints_another=is_telling(printed), is_of_journal=not in_text)


def _by_role(identity: Identity, notice: Notice) -> MatchResult | None:
    """Return why the file cannot be the retracted article, from the role that its own DOI has in the notice."""
    if notice.replacement_doi and notice.replacement_doi == notice.article.doi:
        return _by_shared_doi(identity, notice)
    against = role_against(identity, notice)
    if against is None:
        return None
    (doi, place), mention = against
    result = Match.IS_THE_NOTICE if mention.role is DoiRole.NOTICE else Match.MISMATCH
    return _result(result, f"{place} is {doi}, which the notice names as {mention.role.value} ({mention.evidence})")


def _by_shared_doi(identity: Identity, notice: Notice) -> MatchResult | None:
    """Refuse a file that may be the replacement, unless its title says that it is retracted, or its date is too early.

    A replacement may have been made some weeks before the notice was published.
    """
    is_labelled = any(without_state(title) != title for title, _ in (*identity.titles, *identity.large_type))
    if is_labelled or _is_made_before(identity.created, notice.date):
        return None
    return _result(
        Match.UNKNOWN,
        f"the retracted article and its replacement share the DOI {notice.article.doi}, and neither the file's title"
        " nor its date shows that it is the retracted version",
    )


def as_a_certificate(identity: Identity) -> MatchResult | None:
    """Return that the file is a certificate of this tool, by its title in the metadata and its heading on page 1."""
    lines = [line.strip() for line in identity.first_page_text.split("\n")[:HEADING_LINES]]
    titles = (title for title, place in identity.titles if place.startswith(METADATA))
    if CERTIFICATE_HEADING not in lines or not any(title.startswith(CERTIFICATE_HEADING) for title in titles):
        return None
    return _result(Match.IS_THE_NOTICE, "it is the certificate of a marked copy, not an article")


def _is_made_before(created: str, date: str) -> bool:
    """Tell whether a file was made too long before the day of the notice to be the replacement; both are ISO 8601."""
    if len(created) != len(date) or len(date) != len("2024-05-01"):
        return False
    return datetime.fromisoformat(date) - datetime.fromisoformat(created) >= REPLACEMENT_IS_MADE_WITHIN


def as_a_notice(identity: Identity) -> MatchResult | None:
    """Return that the file is a notice, whichever article it is about, by the heading and the words of its page."""
    if (heading := _heading_of_a_notice(identity)) and _TELLS_OF_A_RETRACTION.search(identity.first_page_text):
        return _result(
            Match.IS_THE_NOTICE, f"{identity.page} has the heading “{heading}”, and its text tells of a retraction"
        )
    if is_notice_page(identity.first_page_text):
        message = f"{identity.page} has the heading of a notice and declares what becomes of an article"
        return _result(Match.IS_THE_NOTICE, message)
    return None


def _as_the_notice(identity: Identity, notice: Notice) -> MatchResult | None:
    if found := as_a_notice(identity):
        return found
    own = _own(identity, notice)
    for doi, place in () if notice.article.doi in {doi for doi, _ in own} else own:
        if doi == notice.doi:
            return _result(Match.IS_THE_NOTICE, f"{place} is {doi}, the DOI of the notice")
    for title, place in (*identity.titles, *identity.large_type):
        if compared(notice.article.title, title) is SimilarityLevel.SAME:
            continue
        if split_title_label(without_state(title))[1] is not None and not _IN_PLACE.search(title):
            return _result(Match.IS_THE_NOTICE, f"{place} is the title of a notice: {title[:SHOWN]}")
    return None


def _heading_of_a_notice(identity: Identity) -> str:
    """Return the heading of page 1 that only a notice has: “Retraction”, never “Retracted”, which marks an article."""
    lines = identity.first_page_text.split("\n")[:HEADING_LINES]
    return next((line.strip() for line in lines if _HEADING.fullmatch(line.strip())), "")


def _by_identifier(identity: Identity, notice: Notice, title: _Title, support: AuthorEvidence) -> MatchResult | None:
    wanted, own = notice.article.doi, _own(identity, notice)
    if not (wanted and own) and (by_pmid := _by_pmid(identity, notice, title, support)):
        return by_pmid
    if not wanted:
        return None
    made_of = next((item for item in identity.piis if is_pii_of(item.value, wanted)), None)
    if made_of is not None:
        return _result(Match.MATCH, f"{made_of.place} is {made_of.value}, of which the DOI in the notice was made")
    equal = next((item for item in own if is_same_work(item.value, wanted)), None)
    if equal is not None:
        return _by_equal_doi(identity, notice, title, support, equal)
    other = own or (identity.piis if has_pii(wanted) else ())
    return _other(other, notice) if other else None


def _by_pmid(identity: Identity, notice: Notice, title: _Title, support: AuthorEvidence) -> MatchResult | None:
    """Return the result where the notice cites the article with its PubMed ID and the file has one, too."""
    wanted = pmid_named(notice.article.citation)
    if not wanted or not identity.pmids:
        return None
    equal = next((item for item in identity.pmids if item.value == wanted), None)
    if equal is None:
        value, place = identity.pmids[0]
        return _result(Match.MISMATCH, f"{place} has PMID {value}, and the notice names PMID {wanted}")
    evidence = f"PMID {wanted} ({equal.place}) matches the notice"
    is_printed = not equal.place.startswith(METADATA)
    if (title.contradicts or (title.is_disowned and not is_printed)) and not support.found:
        return _result(Match.MISMATCH, evidence, *_titles_differ(identity, notice))
    return _result(Match.MATCH, evidence)


def _by_equal_doi(
    identity: Identity, notice: Notice, title: _Title, support: AuthorEvidence, equal: SourcedValue
) -> MatchResult:
    """Return MATCH, unless the file says that it is something else besides: a preprint, another title, another DOI."""
    evidence = f"the DOI {equal.value} ({equal.place}) matches the notice"
    first = _own(identity, notice)[0]
    stamp = next((item for item in identity.dois if item.value.startswith(ARXIV_DOI) and item != equal), None)
    if stamp is not None:
        return _result(Match.MISMATCH, f"it is a preprint ({stamp.place}: {stamp.value})", f"but {evidence}")
    is_printed = not equal.place.startswith(METADATA)
    is_contradicted = title.contradicts or (title.is_disowned and not is_printed)
    # authors cite their own works: on a later page, their names do not show whose DOI it is
    if is_contradicted and (not support.found or _is_on_a_later_page(identity, equal.place)):
        return _result(Match.MISMATCH, evidence, *_titles_differ(identity, notice))
    if equal != first and title.best is not SimilarityLevel.SAME:
        return _result(Match.MISMATCH, f"{first.place} is {first.value}, and {evidence}: it names two")
    return _result(Match.MATCH, evidence)


def _is_on_a_later_page(identity: Identity, place: str) -> bool:
    """Tell whether a place is on another page of the article than its first, which is another page in a volume."""
    number = _PAGE_NUMBER.match(place)
    return place.startswith(LAST_PAGE) or (number is not None and int(number[1]) > identity.first_page)


def _own(identity: Identity, notice: Notice) -> tuple[SourcedValue, ...]:
    """Return the file's own DOIs; a link at the edge of each page that leads to the notice is a mark, and none."""
    return tuple(item for item in identity.dois if item.place != AT_THE_EDGE or item.value != notice.doi)


def _by_title(identity: Identity, notice: Notice, title: _Title, support: AuthorEvidence) -> MatchResult | None:
    if weight_of(comparable(notice.article.title)) < SHORTEST_TITLE:
        return None
    is_similar = title.found is not None and title.best is not SimilarityLevel.OTHER
    is_printed = title.is_printed and len(identity.first_page_text) >= ENOUGH_TEXT
    if (is_similar or is_printed) and (doubt := _doubt_about_the_title(identity, notice, title)):
        return _result(Match.UNKNOWN, doubt)
    if is_similar:
        return _by_alike_title(identity, notice, title, support)
    if is_printed:
        return _by_printed_title(identity, notice, title, support)
    if title.contradicts and (len(identity.first_page_text) >= ENOUGH_TEXT or identity.titles):
        return _result(Match.MISMATCH, *_titles_differ(identity, notice))
    return None


def _doubt_about_the_title(identity: Identity, notice: Notice, title: _Title) -> str:
    """Return why a title that agrees is not enough here; an empty string where it is."""
    if reason := title_cannot_tell(identity, notice):
        return reason
    if printed := printed_doi_against(identity, notice):
        return f"{identity.page} prints {printed}, and the notice names {notice.article.doi}"
    own = own_doi_beside(identity, notice)
    if own and not _has_whole(identity, notice, title):
        return f"the PDF has the DOI {own}, the notice names none, and {identity.page} has its title only in part"
    mention = printed_role_against(identity, notice)
    return f"{identity.page} prints {mention.doi}, which the notice names as {mention.role.value}" if mention else ""


def _has_whole(identity: Identity, notice: Notice, title: _Title) -> bool:
    """Tell whether the file has the whole title in the place of its own."""
    wanted, text = notice.article.title[:MAX_TITLE_LENGTH], identity.first_page_text
    if is_of_several(wanted):
        return False
    if title.found is None or title.best is SimilarityLevel.OTHER:
        return has_own_lines(wanted, text)
    return title.best is SimilarityLevel.SAME or is_whole(wanted, title.found.value, text, notice.article.authors)


def _by_printed_title(identity: Identity, notice: Notice, title: _Title, support: AuthorEvidence) -> MatchResult:
    message = f"{identity.page} has the title in the notice ({title.in_text:.0f} of 100)"
    if other := _title_of_another(identity, notice):
        return _result(Match.UNKNOWN, message, f"as a part of the title of another work: {other[:SHOWN]}")
    if _prints(identity, notice.article.doi) and not support.contradicts:
        return _result(Match.MATCH, message, f"the first pages print {notice.article.doi}, which matches the notice")
    is_named = bool(identity.titles)
    is_enough = is_telling(notice.article.title) or support.supports
    if (is_named and not support.supports) or support.contradicts or not is_enough:
        return _result(Match.UNKNOWN, f"{message}, but not as its own", *_titles_differ(identity, notice))
    return _result(Match.UNKNOWN if is_named else Match.MATCH, message)


def _prints(identity: Identity, doi: str) -> bool:
    """Tell whether the first pages print a DOI elsewhere than among their references, where any work may cite it."""
    return any(value == doi and not place.endswith(IN_REFERENCES) for value, place in identity.printed_dois)


def _title_of_another(identity: Identity, notice: Notice) -> str:
    """Return a title of the file that has the article's in it and speaks of another work; "" where none does."""
    titles = (title for title, _ in (*identity.titles, *identity.large_type))
    return next((title for title in titles if names_another_work_about(notice.article.title, title)), "")


def _by_alike_title(identity: Identity, notice: Notice, title: _Title, support: AuthorEvidence) -> MatchResult:
    assert title.found is not None
    if title.is_disowned and not support.supports:
        message = f"{title.found.place} has the title in the notice, and {identity.page} prints another one"
        return _result(Match.MISMATCH, message, *_titles_differ(identity, notice))
    has_doi = _prints(identity, notice.article.doi)
    if title.best is SimilarityLevel.SAME:
        message = f"{title.found.place} has the title in the notice"
        if _CONCERN.match(title.found.value) and not has_doi:
            return _result(Match.UNKNOWN, f"{message}, behind the heading of an expression of concern")
        doubt = "" if is_telling(notice.article.title) else "a title as short as this is not one article's alone"
    else:
        message = f"{title.found.place} has the title in the notice in part: {title.found.value[:SHOWN]}"
        doubt = "that alone is not enough"
        if _has_a_replacement(notice) and not has_doi:
            return _result(Match.UNKNOWN, message, "the replacement that the notice names may have such a title")
    if support.contradicts:
        return _result(Match.UNKNOWN, message, "none of the authors does")
    if doubt and not (support.supports or has_doi):
        return _result(Match.UNKNOWN, message, doubt)
    printed = (f"the first pages print {notice.article.doi}, which matches the notice",) if has_doi else ()
    return _result(Match.MATCH, message, *printed)


def _has_a_replacement(notice: Notice) -> bool:
    is_replaced = notice.state is State.RETRACTED_AND_REPLACED
    return is_replaced or any(mention.role is DoiRole.REPLACEMENT for mention in notice.dois)


def _other(own: tuple[SourcedValue, ...], notice: Notice) -> MatchResult:
    named = ", ".join(f"{value} ({place})" for value, place in own)
    return _result(Match.MISMATCH, f"the PDF has the DOI {named}, but the notice is for {notice.article.doi}")


def _titles_differ(identity: Identity, notice: Notice) -> tuple[str, ...]:
    found = (
        "; ".join(f"“{title[:SHOWN]}” ({where})" for title, where in identity.titles[:3])
        or f"no such title on {identity.page}"
    )
    return (f"the notice names “{notice.article.title[:SHOWN]}”; the PDF has: {found}",)


def _result(result: Match, *evidence: str) -> MatchResult:
    return MatchResult(match=result, evidence=evidence)

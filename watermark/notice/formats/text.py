# ruff: noqa: RUF001 - punctuation of other scripts is meant
"""A notice as publishers print it: plain text or Markdown.

The form: a title line with a label (`… [Retraction]`, `RETRACTED: …`), lines about the notice itself, the article's
citation, the statement, and what the article shares with other works. Each DOI gets a role from the words around it; a
fact that is not certain stays empty.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from watermark.errors import NoticeError
from watermark.notice.extraction import field_names, statement
from watermark.notice.extraction.announced_works import Work, announced_work
from watermark.notice.extraction.article_facts import (
    cited_beside,
    located,
)
from watermark.notice.extraction.broken_dois import mended_lines
from watermark.notice.extraction.citation import (
    ends_with_a_citation,
    people_in,
)
from watermark.notice.extraction.citation_styles import (
    bracketed_journal,
    cited_title,
    plain_title,
    styled_in,
)
from watermark.notice.extraction.citation_tails import journal_name
from watermark.notice.extraction.cited_article import cited_article
from watermark.notice.extraction.containers import cited_in_brackets
from watermark.notice.extraction.contradicted_roles import checked_roles
from watermark.notice.extraction.declarations import declared_state, is_called_retraction, is_research
from watermark.notice.extraction.doi_decision import Circumstances, decided
from watermark.notice.extraction.doi_roles import CITED_BELOW, Claims, claims_in, only_doi_of, with_sources
from watermark.notice.extraction.fields import Fields, is_labelled
from watermark.notice.extraction.figure_matches import each_once, figure_matches
from watermark.notice.extraction.furniture import without_furniture
from watermark.notice.extraction.heading import Heading, heading_of, may_be_title
from watermark.notice.extraction.journal_choice import (
    Candidate,
    Evidence,
    behind_title,
    chosen_journal,
    containers_in,
    printed_journals,
)
from watermark.notice.extraction.journal_names import as_given
from watermark.notice.extraction.labels_above import with_labels
from watermark.notice.extraction.long_texts import completed, divided, ends_of, with_middle
from watermark.notice.extraction.mail import without_mail_header, without_quote_marks
from watermark.notice.extraction.notice_date import notice_date
from watermark.notice.extraction.own_page import is_in_record
from watermark.notice.extraction.page_items import retraction_among
from watermark.notice.extraction.paragraphs import with_paragraphs, without_wraps
from watermark.notice.extraction.printed_dois import Printing
from watermark.notice.extraction.reasons import reasons as reasons_in
from watermark.notice.extraction.repeated_titles import with_title_as_repeated
from watermark.notice.extraction.several_articles import (
    is_title_of_several,
    picked_article,
    several_articles,
    state_of_several,
)
from watermark.notice.extraction.state_phrases import (
    language_of_label,
    split_title_label,
    state_of,
    states_of,
)
from watermark.notice.extraction.title_choice import names_only_authors, printed_title, quoted_title, with_best_title
from watermark.notice.extraction.zones import Zones, is_head_line, is_one_person, is_prose, zones_of
from watermark.notice.model import DoiMention, DoiRole, Notice, Reference, State
from watermark.notice.text_blocks import Block, blocks, printable, safe_excerpt, sentences
from watermark.runtime.expressions import expression

_BRACKETED = expression(r"[”\"’'»] ?\[([^\[\]]{6,200})\]\.?$")
_POLICY = expression(r"\b(?:polic(?:y|ies)|guidelines?|instructions for authors|procedures?)\b", re.IGNORECASE)
_ABBREVIATED = expression(r"(?:\b(?:al|spp?|var|Inc|Ltd|Co|etc|Jr|St|ca|vs)|\.[A-Za-z]?|…)\.$")
_JOINED_DAY = expression(r"\b([Pp]ublished)(?=[0-9]{1,2} [A-Z][a-z]{2,8} [0-9]{4})")
_ROW = expression(r"^([^\W\d_][^\t\n:]{1,40})\t+([^\t\n]{1,400})$", re.MULTILINE)
_LEADERS = expression(r"^([^\W\d_][^.\n:]{1,40}?) ?\.{4,60} ?(?=\S)", re.MULTILINE)
"""A label and the dots that lead to its value."""
MIN_ROWS = 3
"""Rows of a table with a label and a value, from which a copied page begins to be one."""
MAX_SENTENCES = 2_000
"""Sentences in which reasons, policies and promises are looked for: many times those of any notice."""


def from_text(text: str, *, state: State | None = None, article_doi: str = "") -> Notice:
    """Return what a notice in plain text or Markdown says; what it does not say stays empty.

    `state` decides when given. `article_doi` picks the article of a notice about several. Raises NoticeError when the
    text is empty or not a notice, and AmbiguousNoticeError when it is about several articles and none is picked.
    """
    found, doubtful = _blocks_and_halves(text)
    return from_blocks(retraction_among(found), state=state, doubtful=doubtful, article_doi=article_doi)


def blocks_in(text: str) -> list[Block]:
    """Return the blocks of a notice in plain text or Markdown."""
    return _blocks_and_halves(text)[0]


def _blocks_and_halves(text: str) -> tuple[list[Block], frozenset[str]]:
    """Return the blocks of a text, and the halves of DOIs that line breaks cut off."""
    parts = divided(without_quote_marks(printable(text)))
    found, doubtful = _mended(parts.front, is_front=True)
    if parts.middle:
        back, others = _mended(parts.back, is_front=False)
        return with_middle(parts, found, back), doubtful | others
    return found, doubtful


def _mended(text: str, *, is_front: bool) -> tuple[list[Block], frozenset[str]]:
    mended, doubtful = mended_lines(with_labels(without_furniture(text)))
    whole, is_rejoined = without_wraps(mended)
    return _blocks_of(without_mail_header(whole) if is_front else whole, is_rejoined=is_rejoined), doubtful


def _blocks_of(mended: str, *, is_rejoined: bool) -> list[Block]:
    mended = _LEADERS.sub(r"\1: ", _JOINED_DAY.sub(r"\1 ", mended))
    if len(rows := _ROW.findall(mended)) >= MIN_ROWS and any(is_labelled(f"{row[0]}: {row[1]}") for row in rows):
        mended = _ROW.sub(r"\1: \2", mended)
    parted = with_paragraphs(with_title_as_repeated(mended), is_rejoined=is_rejoined)
    return blocks(parted, stands_alone=is_labelled, ends_block=_ends_block)


def from_blocks(
    found: Sequence[Block],
    *,
    state: State | None = None,
    doubtful: frozenset[str] = frozenset(),
    article_doi: str | None = None,
) -> Notice:
    """Return what the blocks of a notice say, as `from_text` does; for forms that have their blocks already.

    `doubtful` are DOIs that a line break may have cut off: they have no role. `article_doi` picks the article, as in
    `from_text`; None where tags name the article, so that the text may speak of several. Of a very long notice only
    the words and the DOIs of the middle are kept.
    """
    ends, middle = ends_of(found)
    notice = _from_ends(ends, state=state, doubtful=doubtful, article_doi=article_doi)
    return completed(notice, middle) if middle else notice


def _from_ends(
    found: Sequence[Block],
    *,
    state: State | None,
    doubtful: frozenset[str],
    article_doi: str | None,
) -> Notice:
    """Return what the blocks of a notice say that is not too long, as `from_blocks` does."""
    fields = Fields.of(block.marked_up for block in found)
    head = heading_of([block for block in found if not is_labelled(block.marked_up)], fields)
    head = with_best_title(head, found)
    cited, body = cited_article(head, fields, _known_title(fields, head.body))
    prose_all = [sentence for block in body for sentence in sentences(block.words)]
    state = _checked_state(state, head, prose_all)
    if head.state is None and head.article_title and (quoted := quoted_title(head.body)):
        head = replace(head, article_title=quoted)  # the first line is a letter's, a journal's or a committee's
    zones = zones_of(body)
    quoted = quoted_title(body[: zones.references])
    known_title = plain_title(head.article_title) or cited.title or quoted
    where = located(head.title, known_title, found, body, zones)
    is_headed = bool(plain_title(head.article_title))
    claims = claims_in(where.passages, known_title, doubtful, is_headed=is_headed)
    if cited.doi and cited.doi not in doubtful:
        claims.setdefault(cited.doi, Claims()).roles.setdefault(DoiRole.ARTICLE, CITED_BELOW)
    named = plain_title(head.article_title) or quoted or _labelled_title(fields)
    printing = Printing.of(found, body[zones.references :], head.title, named)
    roles = _roles(claims, printing, head.title, state, is_headed=is_headed)
    several = several_articles(head.title, found, body, zones, roles) if article_doi is not None else ()
    if several:
        article, roles = picked_article(several, roles, article_doi or "")
    else:
        doi = only_doi_of(roles, DoiRole.ARTICLE)
        near = cited_beside(doi, head.article_title, body[: zones.references])
        article = replace(_article(head, cited, fields, (*where.citations, *near), body, zones, found), doi=doi)
    matches = figure_matches((block.marked_up for block in body), where.references)
    unmatched = [block for block, match in zip(body, matches, strict=True) if not match]
    prose = [sentence for block in unmatched for sentence in sentences(block.words)][:MAX_SENTENCES]
    reasons = _reasons(prose_all, article.title, state, is_matched=any(matches))
    sources = each_once(matches)
    own_doi = only_doi_of(roles, DoiRole.NOTICE)
    return Notice(
        state=state,
        article=article,
        title=head.title,
        doi=own_doi,
        url=fields.value(field_names.URL),
        date=notice_date(found, fields, head.title, body, zones, article, own_doi),
        issuers=statement.issuers(sentence for block in body for sentence in sentences(block.marked_up)),
        requested_by=statement.requested_by(prose),
        reasons=reasons,
        statement=tuple(block.words for block in body),
        figure_matches=sources,
        policies=statement.policies(prose),
        stays_online=statement.stays_online(prose),
        mark_text=statement.mark_text(prose, state),
        language=language_of_label(head.title) or "en",
        replacement_doi=only_doi_of(roles, DoiRole.REPLACEMENT) if state is State.RETRACTED_AND_REPLACED else "",
        dois=with_sources(roles, sources),
    )


def _roles(
    claims: Mapping[str, Claims], printing: Printing, title: str, state: State, *, is_headed: bool
) -> tuple[DoiMention, ...]:
    """Return each DOI of a notice with its role, as far as what is printed around it does not contradict the role."""
    notice = Circumstances.of(printing.found, title, is_headed=is_headed, is_reinstatement=state is State.REINSTATEMENT)
    return checked_roles(decided(claims, printing.prints(), notice), printing.found)


def _reasons(prose: Sequence[str], title: str, state: State, *, is_matched: bool) -> tuple[str, ...]:
    """Return the reasons of a notice, the duplication of images among them where it matches figures.

    A reinstatement has none: it tells why the article had been retracted, which no longer holds.
    """
    if state is State.REINSTATEMENT:
        return ()
    reasons = reasons_in(prose[:MAX_SENTENCES], title)
    is_missing = is_matched and "image duplication" not in reasons
    return ("image duplication", *reasons) if is_missing else reasons


def _ends_block(line: str, blocks_before: int) -> bool:
    """Tell of a title line with its label, and of the citation below it, when no empty line follows."""
    is_title = blocks_before == 0 and line.endswith("]") and split_title_label(line)[1] is not None
    return is_title or ends_with_a_citation(line)


def _checked_state(given: State | None, head: Heading, prose: Sequence[str]) -> State:
    """Return the state of the notice. Raises NoticeError where its words do not show one."""
    if given is not None:
        return given
    if head.state is State.WITHDRAWAL and is_called_retraction(head.title, head.body):
        return State.RETRACTION
    if head.state is not None:
        is_narrowed = head.state is State.RETRACTION and State.RETRACTED_AND_REPLACED in states_of(prose)
        return State.RETRACTED_AND_REPLACED if is_narrowed else head.state
    declared = state_of(prose) or (state_of_several(head.title) if is_title_of_several(head.title) else None)
    declared = declared or declared_state(head.body)
    if declared is None or _POLICY.search(head.title) or is_research(head.body):
        raise _untold(head)
    return declared


def _article(  # noqa: PLR0913, PLR0917 - the facts that were found on the way
    head: Heading,
    cited: Reference,
    fields: Fields,
    citations: Sequence[str],
    body: Sequence[Block],
    zones: Zones,
    found: Sequence[Block],
) -> Reference:
    """Return the article as title, labelled lines and citations give it: each fact from the first that says it."""
    bracket = _BRACKETED.search(head.title)
    at_the_end = bracketed_journal(head.article_title)
    named = _labelled_title(fields)
    named_in_quotes = named or quoted_title(body[: zones.references])
    in_field = fields.value(field_names.JOURNAL)
    texts = (cited_title(head.article_title), at_the_end, *citations, in_field, bracket[1] if bracket else "")
    known = plain_title(head.article_title) or named_in_quotes
    styled = styled_in([_with_title_in_quotes(text, known) for text in texts if text])
    is_cited = bool(cited.journal and cited.volume and plain_title(head.article_title))  # nothing else is looked for
    work = None if is_cited else announced_work(found, [block.words for block in body[zones.listed :]])
    title = (
        _longer(_without_stop(plain_title(head.article_title)), named_in_quotes)
        or (plain_title(cited.title) if cited.citation and not cited_title(cited.title) else "")
        or named_in_quotes
        or styled.title
        or _title_in_record(body)
        or _printed_title(found, work)
        or (work.title if work else "")
        or next((one.title for one in cited_in_brackets([block.words for block in body[: zones.references]])), "")
    )
    title = work.title if work and work.ends(title) else title
    candidates = (
        Candidate(cited.journal, Evidence.CITATION),
        Candidate(styled.journal, Evidence.CITATION),
        Candidate(in_field, Evidence.LABEL),
        Candidate(work.container if work and work.has_title(title) else "", Evidence.CITATION),
        *printed_journals(found, [block.words for block in body], zones.references, head.title),
        *behind_title(found, title),
        *(() if is_cited else containers_in(found, [block.words for block in body[: zones.references]], title)),
    )
    journal = chosen_journal(candidates, title)
    if not journal and title and chosen_journal(candidates, "").casefold() == title.casefold():
        title, journal = "", title  # the heading names the journal
    authors = cited.authors or styled.authors or people_in(fields.value(field_names.AUTHORS))
    return replace(
        cited,
        title=title,
        authors=authors,
        journal=as_given(journal_name(journal), found),
        year=cited.year or styled.year,
        volume=cited.volume or styled.volume,
        issue=cited.issue or styled.issue,
        pages=cited.pages or styled.pages,
    )


def _printed_title(found: Sequence[Block], work: Work | None) -> str:
    """Return the title that its place tells; "" where it is the name of what the announced work appeared in."""
    title = printed_title(found)
    return "" if work and work.container.casefold() == title.casefold() else title


def _title_in_record(body: Sequence[Block]) -> str:
    """Return the title of a paper in whose own record the notice is printed: the first line below the sentences."""
    if not is_in_record(body):
        return ""
    prose = [n for n, block in enumerate(body) if is_prose(block)]
    lines = [*body[: prose[0]], *body[prose[-1] + 1 :]] if prose else body
    titles = (block for block in lines if not is_head_line(block) and not is_one_person(block.words))
    return next((block.words for block in titles if may_be_title(block)), "")


def _without_stop(title: str) -> str:
    """Return a title without the full stop that ends it; the stop of an abbreviation stays."""
    return title[:-1] if title.endswith(".") and not _ABBREVIATED.search(title) else title


def _longer(title: str, quoted: str) -> str:
    """Return the title that the notice quotes where the heading has it without its subtitle."""
    return quoted if title and quoted.casefold().startswith(f"{title}: ".casefold()) else title


def _with_title_in_quotes(text: str, title: str) -> str:
    """Return a citation with the title that is known already in quotes, so that its words are not taken for others."""
    place = text.casefold().find(title.casefold()) if len(title) > 11 else -1
    is_quoted = re.search(r"[“\"«„]", text) is not None
    if place < 0 or text == title or place + len(title) > len(text) or is_quoted:
        return text
    end = place + len(title)
    if text[place - 1 : place] == "'" and text[end : end + 1] == "'":
        return f"{text[: place - 1]}“{text[place:end]}”{text[end + 1 :]}"
    return f"{text[:place]}“{text[place : place + len(title)]}”{text[place + len(title) :]}"


def _known_title(fields: Fields, body: Sequence[Block]) -> str:
    """Return the article's title in a labelled line, or in quotes in the sentence that retracts it."""
    return _labelled_title(fields) or quoted_title(body)


def _labelled_title(fields: Fields) -> str:
    """Return the article's title in a labelled line; "" for one that names the article by its authors."""
    named = fields.value(field_names.TITLE)
    return "" if names_only_authors(named) else split_title_label(named)[0]


def _untold(head: Heading) -> NoticeError:
    if not head.title and not head.body:
        return NoticeError("the notice contains no words", remedy="Give the notice's text, or its YAML form.")
    words = safe_excerpt(head.title or head.body[0].words)
    return NoticeError(
        f"cannot tell whether this is a retraction notice: it begins with “{words}”",
        remedy="Start its title with “Retraction:”, use the template for notices, or say what kind of notice it is.",
        code="kind-of-notice",
        argument="state",
    )

"""The article as it is cited below the title of its notice, or behind `the following article`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from watermark.notice.dates import dates_in
from watermark.notice.doi import dois_in
from watermark.notice.extraction import statement
from watermark.notice.extraction.citation import PROSE_START, is_only_a_citation, read_citation
from watermark.notice.extraction.citation_roles import announces_article, has_its_title, role_by_title
from watermark.notice.extraction.citation_styles import cited_title, plain_title, read_styled
from watermark.notice.extraction.dated_lines import has_day
from watermark.notice.extraction.fields import Fields
from watermark.notice.extraction.heading import MAX_HEAD, Heading, has_title_below
from watermark.notice.extraction.journal_lines import is_another_journal, journals_of_heading
from watermark.notice.extraction.role_cues import names_another_work
from watermark.notice.extraction.state_phrases import is_statement, split_title_label, state_of
from watermark.notice.model import Reference
from watermark.notice.text_blocks import Block, sentences


def cited_article(head: Heading, fields: Fields, quoted: str) -> tuple[Reference, Sequence[Block]]:
    """Return the article as cited under the title or behind `the following article`, and the blocks that remain.

    A citation without authors below the title is the notice's own where another one follows behind a label.
    """
    body = head.body
    for number, block in enumerate(body):
        announced = number > 0 and announces_article(body[number - 1].words)
        lead = body[number - 1].words if number else ""
        if announced and (statement.is_about_a_source(lead) or names_another_work(sentences(lead)[-1])):
            continue
        if not (number == head.below or announced) or not is_only_a_citation(block.marked_up):
            continue
        if split_title_label(block.words)[1] is not None or is_statement(block.words):
            continue
        if block.is_item and not announced:
            continue
        if (
            names_another_work(block.words)
            or PROSE_START.match(block.words)
            or statement.is_about_a_source(block.words)
            or state_of(sentences(block.words))
        ):
            continue  # the citation at the end of a paragraph is of another work
        if cited := read_citation(block.marked_up):
            if (
                not announced
                and not cited[0].authors
                and (
                    has_day(block.words)
                    or not (head.article_title or cited[0].title)
                    or dates_in(block.words)
                    or _has_year_of_the_notice(cited[0].year, head.article_title, fields)
                    or (cited[0].doi and _is_cited_below(body[number + 1 :], head.article_title))
                    or _is_dated_below(body[number + 1 : number + 2], cited[0].year)
                    or is_another_journal(cited[0].journal, journals_of_heading(body), block.words)
                    or (cited[0].doi and not cited[0].title and not _is_before(cited[0].year, fields.date))
                )
            ):
                continue
            reference = _restyled(cited[0], block.words)
            known = plain_title(head.article_title) or quoted
            is_open = not (head.article_title or quoted) and has_title_below(body[number + 1 : number + MAX_HEAD])
            if not announced and (is_open or not has_its_title(reference.title, known)):
                continue
            title = head.article_title or split_title_label(reference.title)[0]
            return replace(reference, title=title), [one for one in body if one is not block]
    return Reference(title=head.article_title), body


def _has_year_of_the_notice(year: int | None, title: str, fields: Fields) -> bool:
    """Tell whether a citation without authors may be the notice's own: by its date, or by another year in the title."""
    if fields.date.startswith(str(year)):
        return True
    years = re.findall(r"\b(?:19|20)[0-9]{2}(?=[;:,)])", title) if cited_title(title) else []
    return bool(years) and str(year) not in years


def _restyled(reference: Reference, words: str) -> Reference:
    """Return a citation with the parts that a title in quotes separates."""
    styled = read_styled(words) if "“" in words or '"' in words else Reference()
    if not styled.title:
        return reference
    return replace(reference, title=styled.title, journal=styled.journal or reference.journal, authors=styled.authors)


def _is_cited_below(body: Sequence[Block], title: str) -> bool:
    """Tell whether a citation that is labelled, or has the article's title, comes below the notice's own."""
    return any(
        bool(dois_in(block.words))
        and (split_title_label(block.words)[1] is not None or role_by_title(block.words, "", title) is not None)
        for block in body[:6]
    )


def _is_before(year: int | None, date: str) -> bool:
    """Tell whether a year is before that of the notice's date, which shows that a bare citation is the article's."""
    return bool(year and date and year < int(date[:4]))


def _is_dated_below(below: Sequence[Block], year: int | None) -> bool:
    """Tell whether the next line has a whole date of the citation's year: both are then the notice's own."""
    return any(
        date.startswith(f"{year}-") for block in below if len(block.words) < 120 for date in dates_in(block.words)
    )

# ruff: noqa: RUF001 - punctuation of other scripts is meant
"""The labelled lines of a notice that belong together, and the roles of the DOIs in them."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, takewhile

from watermark.notice.doi import dois_in
from watermark.notice.extraction import field_names
from watermark.notice.extraction.article_numbers import has_pages, has_volume
from watermark.notice.extraction.citation_roles import (
    cites_title,
    is_another_title,
    is_introduced_inside,
    is_whole_citation,
)
from watermark.notice.extraction.citation_styles import read_styled
from watermark.notice.extraction.dated_lines import THIS_WAS_PUBLISHED, is_dated_as_published
from watermark.notice.extraction.doi_roles import BELOW_ITS_CITATION, BESIDE_A_DATE, IN_ITS_LINE, Passage
from watermark.notice.extraction.fields import Field, fields_in, is_other_field
from watermark.notice.extraction.role_cues import names_another_work
from watermark.notice.extraction.state_phrases import is_label_in_place, names_its_article, split_title_label
from watermark.notice.extraction.zones import is_prose
from watermark.notice.model import DoiRole, Reference
from watermark.notice.text_blocks import Block, letters
from watermark.runtime.expressions import expression

MAX_UNKNOWN_FIELD, MAX_CITATION, MAX_BELOW, MAX_HEAD = 200, 1_200, 4, 8
_POINTS_BELOW = expression(r"\b(?:cited|given|listed|named) below\b|\bfollowing\b", re.IGNORECASE)
_EDITOR = expression(
    r"(?-i:[^\W\d_a-z])[\w'’-]{1,30},? (?:(?-i:[^\W\d_a-z])[\w.'’-]{0,30},? ?){1,5}[;,]"
    r" editors?(?:[- ]in[- ]chief)?\.?",
    re.IGNORECASE,
)
_TO_CITE_INSTEAD = expression(
    r"\b(?:future )?(?:references?|citations?) (?:should|must|can|may|are to)\b[^.]{0,80}:$", re.IGNORECASE
)
_NAMED_ABOVE = "named above"
"""The kind of a line that is labelled as the article, above the labelled facts of the article or the notice."""
_ARTICLE_LINE = expression(
    r"(?:retracted|original|affected) (?:article|paper|publication)\s?[:：]\s?(?P<title>[^\W\d_].{11,400})",
    re.IGNORECASE,
)
_COPYRIGHT = expression(r"(?:©|\(c\)|copyright\b)", re.IGNORECASE)
_URL = expression(r"https?://[^\s]{4,300}")
_UNKNOWN_FIELD = expression(r"[^\W\d_](?:[^\W\d_]|[ ,()/'\u2019-]){1,40}\s?[:：]\s?\S")


def of_fields(found: Sequence[Block], title: str) -> Iterator[Passage]:
    """Yield a passage for each DOI of a labelled line; a bare `DOI:` belongs to what its neighbours speak of."""
    own = _lines_below_publication(found) | _lines_below_editor(found)
    cited = _lines_below(found, lambda words: cites_title(words, title))
    cited -= {
        block.marked_up for above, block in pairwise(found) if above.is_item
    }  # the notice's, below the references
    cited |= _lines_below(found, _is_link_to_article) | _lines_below(found, _cites_behind_label)
    others = _lines_below(found, lambda words: _cites_another(words, title)) - _lines_of_the_foot(found)
    pointed, sent = _lines_below_pointer(found), _lines_to_cite_instead(found)
    unclear = _lines_below(found, lambda words: is_whole_citation(words) and not letters(title))
    for group in _groups(found):
        kinds = {field.kind for field in group}
        titles = [field.value for field in group if field.kind == field_names.TITLE]
        is_notices = any(split_title_label(title)[1] is not None for title in titles)
        is_articles = not is_notices and bool(kinds & {field_names.TITLE, field_names.AUTHORS})
        is_articles = is_articles and field_names.ARTICLE_DOI not in kinds
        is_cited = bool(kinds & {field_names.TITLE, _NAMED_ABOVE}) or _has_volume(group)
        for field in group:
            if field.kind not in {
                field_names.DOI,
                field_names.ARTICLE_DOI,
                field_names.NOTICE_DOI,
                field_names.REPLACEMENT,
            }:
                continue
            role = {
                field_names.ARTICLE_DOI: DoiRole.ARTICLE,
                field_names.NOTICE_DOI: DoiRole.NOTICE,
                field_names.REPLACEMENT: DoiRole.REPLACEMENT,
            }.get(field.kind)
            evidence = IN_ITS_LINE if field.kind == field_names.ARTICLE_DOI else field.line[:120]
            if field.kind == field_names.DOI and field.line in others:
                role, evidence = DoiRole.REFERENCE, "below the citation of another work"
            elif field.kind == field_names.DOI and field.line in sent:
                role, evidence = DoiRole.REFERENCE, "below the sentence that names what is to be cited instead"
            elif field.kind == field_names.DOI and field.line in cited:
                role, evidence = DoiRole.ARTICLE, BELOW_ITS_CITATION
            elif field.kind == field_names.DOI and is_articles and is_cited:
                role = DoiRole.ARTICLE
            elif field.kind == field_names.DOI and (is_notices or field_names.PUBLISHED in kinds):
                role, evidence = DoiRole.NOTICE, BESIDE_A_DATE
            elif field.kind == field_names.DOI and field.line in own:
                role, evidence = DoiRole.NOTICE, "below the words that date or sign the notice"
            is_open = role is None and not (field.kind == field_names.DOI and field.line in unclear | pointed)
            yield Passage(words=field.value, role=role, evidence=evidence, candidate=is_open)


def _has_volume(group: Sequence[Field]) -> bool:
    """Tell whether a labelled line cites the journal with a volume, as of an article."""
    return any(field.kind == field_names.JOURNAL and read_styled(field.value).volume for field in group)


def _lines_below_publication(found: Sequence[Block]) -> frozenset[str]:
    """Return the labelled lines below the words that date the notice: `This letter was published on June 4, 2020`."""
    return frozenset(
        field.line
        for above, block in pairwise(found)
        if THIS_WAS_PUBLISHED.search(above.words[-200:]) or is_dated_as_published(above)
        for field in fields_in(block.marked_up)
    )


def _lines_of_the_foot(found: Sequence[Block]) -> frozenset[str]:
    """Return the labelled lines below a list that has an end: the sign of copyright or the article's DOI follows."""
    return frozenset(
        block.marked_up
        for above, block, below in zip(found, found[1:], found[2:], strict=False)
        if above.is_item and (_COPYRIGHT.match(below.words) or _names_article_doi(below))
    )


def _names_article_doi(block: Block) -> bool:
    is_labelled = any(field.kind == field_names.ARTICLE_DOI for field in fields_in(block.marked_up))
    return is_labelled or (bool(dois_in(block.words)) and is_introduced_inside(block.words))


def _lines_below(found: Sequence[Block], is_such: Callable[[str], bool]) -> frozenset[str]:
    """Return the labelled lines directly below a block whose words are such ones."""
    return frozenset(
        field.line
        for above, block in pairwise(found)
        if (fields := fields_in(block.marked_up)) and is_such(above.words)
        for field in fields
    )


def _lines_below_pointer(found: Sequence[Block]) -> frozenset[str]:
    """Return the labelled lines that a sentence about copying points to: `… from the paper cited below.`."""
    return frozenset(
        field.line
        for number, block in enumerate(found)
        if (fields := fields_in(block.marked_up))
        and any(
            is_prose(above) and _POINTS_BELOW.search(above.words) and names_another_work(above.words)
            for above in found[max(0, number - MAX_BELOW) : number]
        )
        for field in fields
    )


def _lines_to_cite_instead(found: Sequence[Block]) -> frozenset[str]:
    """Return the first lines with a DOI below `future references should be made to the following articles:`."""
    lines: list[str] = []
    for number, block in enumerate(found):
        if is_prose(block) and _TO_CITE_INSTEAD.search(block.words):
            below = found[number + 1 : number + 1 + MAX_BELOW + 1]
            cited = takewhile(lambda one: not _is_of_record(one), below)
            lines.extend(next((one.marked_up for one in cited if dois_in(one.words)), "").split("\n"))
    return frozenset(lines)


def _is_of_record(block: Block) -> bool:
    """Tell a labelled line that begins the facts of the record itself, and is no DOI: `Published in: …`."""
    fields = fields_in(block.marked_up)
    return any(field.kind != field_names.DOI for field in fields) or (not fields and _is_unknown_field(block))


def _lines_below_editor(found: Sequence[Block]) -> frozenset[str]:
    """Return the labelled lines below a line that gives an editor as the author: `Roe, Ada B. MD; Editor-in-Chief`.

    None on a page whose title bears the state of the article: it may be the article's own.
    """
    is_open = any(is_label_in_place(block.words) for block in found[:MAX_HEAD])
    return frozenset() if is_open else _lines_below(found, lambda words: _EDITOR.fullmatch(words) is not None)


def _is_link_to_article(words: str) -> bool:
    """Tell whether a line is the label of the notice with nothing but an address: `Retraction of: https://…`."""
    about, state = split_title_label(words)
    return state is not None and _URL.fullmatch(about) is not None


def _cites_behind_label(words: str) -> bool:
    """Tell whether a line cites the article's volume behind the label: `Retraction Note to: Ponds, Vol. 17, 2016`."""
    about, state = split_title_label(words)
    if state is None:
        return False
    behind = words.partition(about)[2]  # of a title in quotes: the pages show that it is not a notice
    is_paged = bool(about) and has_pages(behind)
    return read_styled(about).volume != "" or has_volume(about) or is_paged


def _cites_another(words: str, title: str) -> bool:
    """Tell whether a line cites a work that has another title, with its year, and bears no label of a notice."""
    cited = read_styled(words) if len(words) < MAX_CITATION and split_title_label(words)[1] is None else Reference()
    is_cited = bool(cited.title and cited.year and cited.journal) and not dois_in(words)
    return is_cited and is_another_title(cited.title, title)


def _groups(found: Sequence[Block]) -> Iterator[list[Field]]:
    """Yield the labelled facts of neighbouring lines."""
    group: list[Field] = []
    for block in found:
        if fields := fields_in(block.marked_up):
            group.extend(fields)
        elif not group and (title := _title_in(block.words)):
            group.append(Field(kind=_NAMED_ABOVE, value=title, line=block.words))
        elif group and (is_other_field(block.words) or _is_unknown_field(block)):
            continue
        elif group:
            yield from _parted(group)
            group = []
    if group:
        yield from _parted(group)


def _title_in(words: str) -> str:
    """Return the title of a line that is labelled as the article: `Retracted article: A title`; "" for others."""
    found = _ARTICLE_LINE.fullmatch(words)
    return found["title"] if found and not dois_in(words) else ""


def _parted(group: list[Field]) -> Iterator[list[Field]]:
    """Yield the notice's own fields and those of its article, where each has a DOI; else all fields together.

    The title or the authors begin those of the article.
    """
    begins = {field_names.TITLE, field_names.AUTHORS}
    place = next((number for number, field in enumerate(group) if field.kind in begins), 0)
    above, below = group[:place], group[place:]
    dois = {field_names.DOI, field_names.ARTICLE_DOI}
    is_parted = any(field.kind == field_names.DOI for field in above) and any(field.kind in dois for field in below)
    yield from (above, below) if is_parted else (group,)


def _is_unknown_field(block: Block) -> bool:
    """Tell a line with a label that no table knows: it does not part the labelled lines above and below it."""
    is_field = len(block.words) < MAX_UNKNOWN_FIELD and _UNKNOWN_FIELD.match(block.words) is not None
    return is_field and not dois_in(block.words) and split_title_label(block.words)[1] is None


def published_beside_the_article(found: Sequence[Block], notice: str) -> frozenset[str]:
    """Return the dates of publication that are printed among the labelled facts of the article.

    A date behind the DOI of the notice (`notice`; "" where it is not known) is the notice's.
    """
    dates: set[str] = set()
    below_label = _lines_below(found, lambda words: bool(split_title_label(words)[1]) and not is_label_in_place(words))
    for group in _groups(found):
        is_articles = bool({field.kind for field in group} & {field_names.TITLE, field_names.AUTHORS}) and not any(
            split_title_label(field.value)[1] or names_its_article(field.value)
            for field in group
            if field.kind == field_names.TITLE
        )
        is_listed = any(field.kind == field_names.ARTICLE_DOI for field in group)
        seen = False
        for field in group:
            seen = seen or field.kind in {field_names.TITLE, field_names.AUTHORS}
            if not seen and (is_listed or field.line in below_label):
                continue  # above the article's facts, which have a DOI of their own, or below the notice's label
            if field.kind == field_names.NOTICE_DOI or (field.kind == field_names.DOI and field.value == notice):
                is_articles = False
            elif field.kind == field_names.PUBLISHED and is_articles:
                dates.add(field.value)
    return frozenset(dates)

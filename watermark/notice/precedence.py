"""Which of several notices decides the state of an article.

The newest of retraction and reinstatement decides: a reinstatement clears what is older, and a correction never clears
a retraction. Of the notices in effect, the most severe wins; among equals, the newest. If dates do not show whether a
retraction or a reinstatement came last, NoticeError is raised.
"""

from collections.abc import Iterable, Sequence

from watermark.errors import AmbiguousNoticeError, NoticeError
from watermark.notice.doi import normalised_doi
from watermark.notice.model import Notice, State

_GRAVITY = (
    State.REMOVAL,
    State.RETRACTION,
    State.RETRACTED_AND_REPLACED,
    State.WITHDRAWAL,
    State.PARTIAL_RETRACTION,
    State.EXPRESSION_OF_CONCERN,
)


def select_notice(candidates: Sequence[Notice], article_doi: str) -> Notice:
    """Return the notice in effect for the article with `article_doi`, or for the one article that all are about.

    Raises NoticeError if there are several articles and none of them has that DOI, or if the effect is unclear.
    """
    wanted = normalised_doi(article_doi)
    about = [notice for notice in candidates if wanted and notice.article.doi == wanted]
    dois = tuple(dict.fromkeys(notice.article.doi for notice in candidates))
    if not about and len(dois) > 1:
        raise ambiguous_article_error(filter(None, dois), len(dois), wanted)
    return notice_in_effect(about or candidates)


def ambiguous_article_error(dois: Iterable[str], count: int, wanted: str) -> AmbiguousNoticeError:
    """Return the error for a file that is about several articles, `wanted` (a DOI or nothing) not among them."""
    named = [doi for doi, _ in zip(dois, range(4), strict=False)]
    given = f", and none has the DOI {wanted}" if wanted else ""
    more = ", …" if len(named) < count else ""
    examples = f": {', '.join(named)}{more}" if named else ""
    return AmbiguousNoticeError(
        f"the file lists {count} article{'s' * (count != 1)}{given}",
        remedy=f"Choose one{examples}."
        if named
        else "None of them has a DOI: give a file with the one article's record alone.",
        argument="doi" if named else "",
    )


def notice_in_effect(notices: Sequence[Notice]) -> Notice:
    """Return the notice in effect, of several about one article; the first of two that are the same.

    Raises NoticeError if the dates do not show whether a retraction or a reinstatement came last.
    """
    once: dict[tuple[State, str], Notice] = {}
    for number, notice in enumerate(notices):
        once.setdefault((notice.state, notice.doi or str(number)), notice)
    known = list(once.values())
    back = [notice for notice in known if notice.state is State.REINSTATEMENT]
    grave = [notice for notice in known if notice.state in _GRAVITY]
    if back and grave:
        newest = max(back, key=lambda notice: notice.date)
        grave = [notice for notice in grave if _is_after(notice, newest)]
        if not grave:
            return newest
    pool = grave or back or known
    return max(pool, key=lambda notice: (-_gravity(notice.state), notice.date))


def outranks(state: State, other: State) -> bool:
    """Return whether a state weighs more than another: a retraction more than an expression of concern."""
    return _gravity(state) < _gravity(other)


def _gravity(state: State) -> int:
    return _GRAVITY.index(state) if state in _GRAVITY else len(_GRAVITY)


def _is_after(notice: Notice, reinstatement: Notice) -> bool:
    """Return whether a notice is younger than the reinstatement, as far as both dates are known."""
    known = min(len(notice.date), len(reinstatement.date))
    if not known or notice.date[:known] == reinstatement.date[:known]:
        dated = ", ".join(
            f"{one.state.value.replace('_', ' ')} {one.date or 'without a date'}" for one in (notice, reinstatement)
        )
        raise NoticeError(
            f"cannot determine which came last: {dated}",
            remedy="Check the journal's page, and use a file with only the notice in effect.",
        )
    return notice.date > reinstatement.date

"""Facts that the user gives about a notice, which take the place of the notice's own."""

from dataclasses import replace

from watermark.errors import UsageError
from watermark.notice.dates import iso_date
from watermark.notice.doi import normalised_doi
from watermark.notice.extraction.state_phrases import contradicts_state
from watermark.notice.formats.structured import valid_url
from watermark.notice.model import Notice, State
from watermark.notice.text_blocks import safe_excerpt
from watermark.runtime.expressions import expression

_MAIL = expression(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,24}")


def with_overrides(  # noqa: PLR0913 - one keyword for each fact that a command line can give
    notice: Notice,
    *,
    article_doi: str = "",
    notice_doi: str = "",
    date: str = "",
    url: str = "",
    state: State | None = None,
) -> Notice:
    """Return the notice with each given value in place of its own; an empty one leaves the notice's.

    DOIs may be written in any way and come out bare and in lower case; `date` is ISO 8601. A value that contradicts
    the notice is accepted, as the user has decided. Raises UsageError for a value that is not what it should be.
    """
    return replace(
        notice,
        article=replace(notice.article, doi=_doi(article_doi) or notice.article.doi),
        doi=_doi(notice_doi) or notice.doi,
        date=_checked(date, iso_date(date.strip()), "an ISO 8601 date", "2024-05-01") or notice.date,
        url=_checked(url, valid_url(url.strip()), "a web address", "https://www.example.org/notice") or notice.url,
        state=state or notice.state,
        mark_text="" if state and contradicts_state(notice.mark_text, state) else notice.mark_text,
    )


def mail_address(text: str) -> str:
    """Return a mail address as given, or "" for an empty text. Raises UsageError for anything else."""
    address = text.strip()
    return _checked(address, address if _MAIL.fullmatch(address) else "", "a mail address", "jane.doe@example.org")


def _doi(text: str) -> str:
    return _checked(text, normalised_doi(text), "a DOI", "10.1000/xyz123")


def _checked(given: str, read: str, wanted: str, example: str) -> str:
    if given.strip() and not read:
        raise UsageError(f"“{safe_excerpt(given)}” is not {wanted}", remedy=f"Write it like {example}.")
    return read

"""A notice from Crossref, requested by its own DOI or by the article's."""

from dataclasses import dataclass, replace
from urllib.parse import quote

from watermark.errors import FailedError, NoticeError, UsageError
from watermark.notice.crossref.cache import Cache
from watermark.notice.crossref.client import BY_HAND, MEDIA_TYPE, Client, Service
from watermark.notice.doi import normalised_doi
from watermark.notice.formats.json_records import read_json
from watermark.notice.model import NoticeFile, State
from watermark.notice.overrides import mail_address


def fetched_notice(  # noqa: PLR0913 - one keyword for each choice of the caller
    doi: str,
    *,
    article_doi: str = "",
    mailto: str = "",
    cache: Cache | None = None,
    service: Service | None = None,
    state: State | None = None,
) -> NoticeFile:
    """Return the notice that Crossref has under `doi`, its own or the article's.

    The article's record only names the notice in effect: the notice's own record is requested next, for its title and
    words; where that fails, the article's record is used. Without a `cache` every call asks. `mailto` is the e-mail
    address that Crossref asks for. Raises UsageError if the DOI or the address is not valid, NoticeError if Crossref
    does not know the DOI or its record names no update, and FailedError where Crossref cannot be reached: a record on
    the disk is then taken however old it is, with a warning.
    """
    wanted = normalised_doi(doi.strip().removeprefix("doi:"))
    if not wanted:
        raise UsageError(f"“{doi[:80]}” is not a valid DOI", remedy="Write it like doi:10.1000/xyz123.")
    lookup = _CachedLookup(Client(service or Service(), mail_address(mailto)), cache, article_doi, state)
    found = lookup.notice(wanted)
    if found.notice.doi in {"", wanted}:
        return found
    try:
        own = lookup.notice(found.notice.doi)
    except (NoticeError, FailedError) as error:
        warning = f"the notice's own record could not be read ({error.reason}): the article's record was used"
        return replace(found, warnings=(*found.warnings, warning))
    is_same = (own.notice.state, own.notice.article.doi) == (found.notice.state, found.notice.article.doi)
    return replace(own, warnings=(*found.warnings, *own.warnings)) if is_same else found


@dataclass(frozen=True, slots=True)
class _CachedLookup:
    """Where records come from: the cache first, then Crossref. Only records that name a notice are stored."""

    client: Client
    cache: Cache | None
    article_doi: str
    state: State | None

    def notice(self, doi: str) -> NoticeFile:
        if self.cache and (fresh := self.cache.fresh(doi)) is not None:
            return self._read(doi, fresh)
        try:
            answer = self.client.record(doi)
        except FailedError as error:
            stale = self.cache.any(doi) if self.cache else None
            if stale is None:
                raise
            warning = f"Crossref cannot be reached ({error.reason}): an earlier answer was used"
            return replace(self._read(doi, stale), warnings=(warning,))
        found = self._read(doi, answer)
        if self.cache:
            self.cache.keep(doi, answer)
        return found

    def _read(self, doi: str, data: bytes) -> NoticeFile:
        try:
            reading = replace(read_json(_decoded(data), self.article_doi), data=None)
            name = f"crossref-{quote(doi, safe='').replace('%2F', '-')[:100]}.json"
            return reading.as_file(data, name, MEDIA_TYPE, state=self.state)
        except NoticeError as error:
            error.file = error.file or f"doi:{doi}"
            raise


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NoticeError("Crossref's answer is not UTF-8", remedy=BY_HAND) from error

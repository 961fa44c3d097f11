"""Crossref's REST API. No other module fetches metadata, and this one only for a notice or a list that is asked for.

https://www.crossref.org/documentation/retrieve-metadata/rest-api/: one request at a time, with an e-mail address for
the polite pool, and a retry after a pause where the service is busy.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

from watermark.errors import FailedError, NoticeError, UsageError

if TYPE_CHECKING:
    import urllib3

API = "https://api.crossref.org"
AGENT = "retraction-watermark"
MEDIA_TYPE = "application/json"
MAX_BYTES = 5_000_000
PIECE_BYTES = 1 << 16
TRIES = 4
BUSY = frozenset({429, 500, 502, 503, 504})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MAX_REDIRECTS = 3
BY_HAND = "Save the record of https://api.crossref.org/works/DOI as a file, and give that as the notice."


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a service is called in messages, and what to do where it cannot be reached."""

    name: str = "Crossref"
    by_hand: str = BY_HAND


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """The address of a service ("" for Crossref), and limits in seconds: to connect, for one read, for a whole answer.

    `between` is the pause before the first retry; it doubles each time. `longest` limits every pause, also one that
    the service asks for.
    """

    address: str = ""
    connect: float = 10.0
    read: float = 20.0
    whole: float = 60.0
    between: float = 1.0
    longest: float = 30.0


class Client:
    """Requests records from one service. Redirects to other hosts are refused, and the size of answers is limited."""

    def __init__(self, service: Service, sender: str, source: Source | None = None) -> None:
        """Request from `service` as `sender`, an e-mail address or "". Raises UsageError if urllib3 is missing."""
        self._source = source or Source()
        self._api = (service.address or API).rstrip("/")
        self._sender = sender
        self._service = service
        self._urllib3 = _library()
        self._pool = self._pool_for(urlsplit(self._api).scheme, urlsplit(self._api).hostname or "")

    def record(self, doi: str) -> bytes:
        """Return the record of a DOI as the service sends it. Raises NoticeError if it has none, and FailedError."""
        query = f"?mailto={quote(self._sender)}" if self._sender else ""
        address = f"{self._api}/works/{quote(doi, safe='')}{query}"
        response = self._final_answer(address, f"doi:{doi}")
        if response.status == 404:
            response.close()
            raise NoticeError(
                "Crossref has no record of this DOI",
                file=f"doi:{doi}",
                remedy="Check the DOI; DOIs of other agencies, such as DataCite, are not in Crossref. "
                "Give the notice as a file instead.",
            )
        self._check_status(response, f"doi:{doi}")
        body = bytearray()
        for piece in self._pieces(response, f"doi:{doi}", MAX_BYTES):
            body += piece
        return bytes(body)

    def download(self, file: IO[bytes], most: int) -> None:
        """Write what is at the address of the service into a file, at most `most` bytes. Raises FailedError."""
        response = self._final_answer(self._api, "")
        self._check_status(response, "")
        for piece in self._pieces(response, "", most):
            file.write(piece)

    def _final_answer(self, address: str, subject: str) -> "urllib3.BaseHTTPResponse":
        """Return the answer that is not a redirect."""
        for _ in range(MAX_REDIRECTS + 1):
            response = self._answer(address, subject)
            if response.status not in REDIRECTS:
                return response
            address = self._next(address, response)
        raise self._unreachable("it redirects too many times", subject)

    def _check_status(self, response: "urllib3.BaseHTTPResponse", subject: str) -> None:
        if response.status != 200:
            response.close()
            raise self._unreachable(f"it answers with status {response.status}", subject)

    def _answer(self, address: str, subject: str) -> "urllib3.BaseHTTPResponse":
        """Return the answer to a request, which is repeated while the service is busy or does not answer."""
        service = self._service
        retry = self._urllib3.Retry(
            total=TRIES - 1,
            status_forcelist=BUSY,
            backoff_factor=service.between,
            backoff_max=service.longest,
        )
        while True:
            failure, response = None, None
            try:
                response = self._asked(address)
            except self._urllib3.exceptions.HTTPError as error:
                failure = error
            if response is not None and not retry.is_retry("GET", response.status, "Retry-After" in response.headers):
                return response
            if response is not None:
                response.close()
            try:
                retry = retry.increment("GET", address, response=response, error=failure)
            except self._urllib3.exceptions.HTTPError as error:
                reason = (
                    f"it answers with status {response.status}" if response is not None else _cause(failure or error)
                )
                raise self._unreachable(f"{reason}, {TRIES} times", subject) from error
            time.sleep(self._pause(retry, response))

    def _asked(self, address: str) -> "urllib3.BaseHTTPResponse":
        timeout = self._urllib3.Timeout(connect=self._service.connect, read=self._service.read)
        response: urllib3.BaseHTTPResponse = self._pool.request(
            "GET",
            address,
            headers=self._headers(),
            retries=False,
            redirect=False,
            preload_content=False,
            timeout=timeout,
        )
        return response

    def _pause(self, retry: "urllib3.Retry", response: "urllib3.BaseHTTPResponse | None") -> float:
        """Return how many seconds to wait: as the service asks, or longer each time; never more than `longest`."""
        try:
            delay = retry.get_retry_after(response) if response is not None else None
        except self._urllib3.exceptions.InvalidHeader:
            delay = None
        return min(delay or retry.get_backoff_time(), self._service.longest)

    def _headers(self) -> dict[str, str]:
        agent = f"{AGENT} (mailto:{self._sender})" if self._sender else AGENT
        return {"User-Agent": agent, "Accept": MEDIA_TYPE, "Accept-Encoding": "identity"}

    def _next(self, address: str, response: "urllib3.BaseHTTPResponse") -> str:
        response.close()
        following = urljoin(address, response.headers.get("Location", ""))
        if urlsplit(following)[:2] != urlsplit(address)[:2]:
            raise FailedError(
                f"{self._source.name} redirects to another host ({urlsplit(following).hostname or 'none'}),"
                " which is not followed",
                remedy=self._source.by_hand,
            )
        return following

    def _pieces(self, response: "urllib3.BaseHTTPResponse", subject: str, most: int) -> Iterator[bytes]:
        until, size = time.monotonic() + self._service.whole, 0
        try:
            while piece := response.read1(PIECE_BYTES, decode_content=False):
                size += len(piece)
                if size > most:
                    raise self._unreachable(f"its answer is larger than {most} bytes", subject)
                if time.monotonic() > until:
                    raise self._unreachable(f"its answer took longer than {self._service.whole:g} seconds", subject)
                yield piece
        except self._urllib3.exceptions.HTTPError as error:
            raise self._unreachable(f"its answer is incomplete ({_cause(error)})", subject) from error
        finally:
            response.close()

    def _unreachable(self, why: str, subject: str) -> FailedError:
        source = self._source
        return FailedError(
            f"{source.name} cannot be reached: {why}", file=subject, remedy=f"Try again later. {source.by_hand}"
        )

    def _pool_for(self, scheme: str, host: str) -> Any:  # noqa: ANN401 - one of two kinds of pool
        proxy = getproxies().get(scheme, "")
        if proxy and not proxy_bypass(host):
            return self._urllib3.ProxyManager(proxy)
        return self._urllib3.PoolManager()


def _library() -> Any:  # noqa: ANN401 - a module
    try:
        import urllib3  # noqa: PLC0415 - needed only for a look-up on the network
    except ImportError as error:
        raise UsageError(
            "fetching a notice needs a library that is not installed",
            remedy="Install it: pip install 'retraction-watermark[network]'.",
        ) from error
    return urllib3


def _cause(error: Exception) -> str:
    return {"ConnectTimeoutError": "no connection in time", "ReadTimeoutError": "no answer in time"}.get(
        type(error).__name__, f"no connection ({type(error).__name__})"
    )

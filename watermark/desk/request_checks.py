"""Which requests are answered: those of the page that this desk served to the person who started it.

A web page of others in the same browser must not reach the desk, not even by a name that it points to this machine
(DNS rebinding), and neither must another user of the machine, who does not know the token.
"""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "watermark-desk"
TOKEN_BYTES = 32
READING = frozenset({"GET", "HEAD"})
MAX_BODY_BYTES = 512 << 20
"""No request may be longer; a longer one is refused before its body is read."""
OWN_SITES = frozenset({"", "none", "same-origin"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}
_ENTERED = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=/"><title>Retraction desk</title>
</head><body><p><a href="/">Open the desk</a></p></body></html>
"""
"""A redirect would come from the site that the person was on before, and the cookie would not be sent with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What opens the desk: the `token` is in the first address, the `secret` in the cookie that replaces it."""

    token: str = field(default_factory=lambda: secrets.token_urlsafe(TOKEN_BYTES), repr=False)
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(TOKEN_BYTES), repr=False)


class Gate:
    """An ASGI application in front of another: it answers what must not pass, and adds headers to every answer."""

    def __init__(self, application: ASGIApp, key: Key, host: str, *, max_body_bytes: int = MAX_BODY_BYTES) -> None:
        """Guard an application that is served at `host`, such as 127.0.0.1:8080."""
        self._application, self._key, self._host = application, key, host
        self._origin = f"http://{host}"
        self._cookie = f"{COOKIE}-{host.rpartition(':')[2]}"  # cookies are shared by all ports of a machine
        self._max_body_bytes = max_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let the application answer it."""
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    answered.setdefault(name, value)
            await send(message)

        answer = self._answer(scope, headers) or self._application
        await answer(scope, receive, send_with_headers)

    def _answer(self, scope: Scope, headers: Headers) -> Response | None:
        """Return the answer to a request that does not pass, or None."""
        if not self._is_here(headers):
            return _refusal(421, "host", "this address is not the desk's")
        if entered := self._entered(scope):
            return entered
        if not self._is_known(headers):
            is_page = scope["path"] == "/"
            return _closed() if is_page else _refusal(403, "token", "the request does not have the desk's key")
        if not self._is_own(scope, headers):
            return _refusal(403, "origin", "the request does not come from the desk's page")
        return self._too_long(headers)

    def _is_here(self, headers: Headers) -> bool:
        """Return whether a request names the desk's own address, and no name that a site may have given to it."""
        return headers.getlist("host") == [self._host]

    def _is_own(self, scope: Scope, headers: Headers) -> bool:
        """Return whether a request comes from the desk's own page; one that changes something has to say so."""
        origins = headers.getlist("origin")
        if headers.get("sec-fetch-site", "") not in OWN_SITES:
            return False
        return origins == [self._origin] or (not origins and scope["method"] in READING)

    def _entered(self, scope: Scope) -> Response | None:
        """Return the answer that sets the cookie, to a request of the first address with the right token."""
        given = parse_qs(scope["query_string"].decode("ascii", "replace")).get("token", [])
        if scope["path"] != "/" or scope["method"] not in READING or len(given) != 1:
            return None
        if not _is_same(given[0], self._key.token):
            return _closed()
        answer = HTMLResponse(_ENTERED)
        answer.set_cookie(self._cookie, self._key.secret, httponly=True, samesite="strict", path="/")
        return answer

    def _is_known(self, headers: Headers) -> bool:
        return any(_is_same(value, self._key.secret) for value in self._cookies(headers.getlist("cookie")))

    def _cookies(self, lines: Sequence[str]) -> list[str]:
        pairs = (part.strip().partition("=") for line in lines for part in line.split(";"))
        return [value for name, _, value in pairs if name == self._cookie]

    def _too_long(self, headers: Headers) -> Response | None:
        length = headers.get("content-length", "0")
        if length.isascii() and length.isdecimal() and int(length[:20]) <= self._max_body_bytes:
            return None
        return _refusal(413, "too-large", f"the request is larger than {self._max_body_bytes >> 20} MB")


def _is_same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode("ascii"))


def _refusal(status: int, code: str, reason: str) -> Response:
    error = {"code": code, "reason": reason, "remedy": "Use the address that the desk printed.", "argument": ""}
    return JSONResponse({"error": error}, status, headers={"connection": "close"})


def _closed() -> Response:
    return HTMLResponse(
        "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>Retraction desk</title></head><body>"
        "<h1>This desk is not open in this browser</h1>"
        "<p>Use the whole address that <code>watermark desk</code> printed in the terminal.</p></body></html>",
        403,
        headers={"connection": "close"},
    )

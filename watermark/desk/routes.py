"""The requests of the page, one function for each. Files are only saved and sent here: workers read them."""

import functools
import shutil
from collections.abc import Awaitable, Callable
from itertools import islice
from pathlib import Path
from typing import Any

import anyio.to_thread
import msgspec
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from watermark.batch.ledger import Ledger
from watermark.desk.downloads import disposition, download_name, media_type_of, write_zip
from watermark.desk.operations import Desk
from watermark.desk.page_assets import asset, desk_values, page
from watermark.desk.responses import article_values, done_values, error_values, notice_values
from watermark.desk.session import (
    MAX_ARTICLE_BYTES,
    MAX_FONT_BYTES,
    MAX_NOTICE_BYTES,
    GivenArticle,
    GivenFont,
    GivenNotice,
    found,
)
from watermark.desk.uploads import file_name_of, json_of, save_body
from watermark.desk.work.choices import Choices
from watermark.desk.work.fonts import FontFile
from watermark.errors import UsageError, WatermarkError, only_watermark_errors
from watermark.receipt import format_utc

MAX_ENTRIES = 1_000
PASTED = "pasted-notice.txt"
STATUS_OF = {"not-found": 404, "too-large": 413, "full": 413}
Endpoint = Callable[[Desk, Request], Awaitable[Response]]


def application(desk: Desk) -> Starlette:
    """Return the application of a desk, without the gate in front of it."""
    table: tuple[tuple[str, str, Endpoint], ...] = (
        ("GET", "/", _page),
        ("GET", "/assets/{name}", _asset),
        ("GET", "/favicon.ico", _asset),  # of the page that sets the cookie, which names none
        ("GET", "/api/desk", _desk),
        ("GET", "/api/all", _all),
        ("POST", "/api/articles", _add_article),
        ("DELETE", "/api/articles/{id}", _remove_article),
        ("POST", "/api/articles/{id}/notice", _choose_notice),
        ("POST", "/api/articles/{id}/use-as-notice", _use_as_notice),
        ("POST", "/api/articles/{id}/password", _open_with),
        ("POST", "/api/articles/{id}/preview", _preview),
        ("POST", "/api/articles/{id}/stamp", _stamp),
        ("GET", "/api/articles/{id}/{side}/{number:int}", _picture),
        ("POST", "/api/notices", _add_notice),
        ("POST", "/api/notices/text", _add_text),
        ("POST", "/api/notices/doi", _look_up),
        ("GET", "/api/notices/{id}", _notice),
        ("POST", "/api/notices/{id}/read", _read_again),
        ("POST", "/api/notices/{id}/correct", _correct),
        ("DELETE", "/api/notices/{id}", _remove_notice),
        ("POST", "/api/fonts", _add_font),
        ("GET", "/api/done/{id}/{kind}", _download),
        ("GET", "/api/archive", _archive),
        ("GET", "/api/ledger", _ledger),
    )
    routes = [
        Route(path, _answering(functools.partial(endpoint, desk)), methods=[method]) for method, path, endpoint in table
    ]
    return Starlette(routes=routes, exception_handlers={HTTPException: _no_such_page})


def _answering(endpoint: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """Return an endpoint that answers an error as JSON."""

    async def answer(request: Request) -> Response:
        try:
            with only_watermark_errors(Path()):
                return await endpoint(request)
        except WatermarkError as error:
            status = STATUS_OF.get(str(error.code), 422)
            headers = {"connection": "close"} if status == 413 else None
            return JSONResponse({"error": error_values(error)}, status, headers=headers)

    return answer


async def _no_such_page(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    return JSONResponse({"error": error_values(_unknown())}, status)


def _unknown() -> UsageError:
    return UsageError("the desk does not know this address", remedy="Reload the page.", code="not-found")


async def _page(_desk: Desk, _request: Request) -> Response:
    return HTMLResponse(page())


async def _asset(_desk: Desk, request: Request) -> Response:
    found_asset = asset(request.path_params.get("name", "icon.svg"))
    if found_asset is None:
        raise _unknown()
    return Response(found_asset[0], media_type=found_asset[1])


async def _desk(desk: Desk, _request: Request) -> Response:
    return JSONResponse(await anyio.to_thread.run_sync(desk_values, desk.session))


async def _all(desk: Desk, _request: Request) -> Response:
    return _everything(desk)


def _everything(desk: Desk, **more: Any) -> Response:  # noqa: ANN401 - JSON values
    """Return all articles, notices and results: most requests change several of them."""
    session = desk.session
    return JSONResponse(
        {
            "articles": [article_values(one) for one in session.articles.values()],
            "notices": [notice_values(one) for one in session.notices.values()],
            "done": [done_values(one) for one in session.done.values()],
            "fonts": {font.id: font.file.name for font in session.fonts.values()},
        }
        | more
    )


async def _add_article(desk: Desk, request: Request) -> Response:
    name = file_name_of(request)
    desk.session.check_room(articles=1, size_bytes=_announced(request))
    identifier, folder = desk.session.new_folder()
    article = GivenArticle(id=identifier, name=name, folder=folder, size_bytes=0)
    article.size_bytes = await _saved(request, article.path, MAX_ARTICLE_BYTES)
    await desk.add_article(article)
    return _everything(desk, id=identifier)


async def _remove_article(desk: Desk, request: Request) -> Response:
    desk.session.remove_article(_article(desk, request))
    return _everything(desk)


async def _choose_notice(desk: Desk, request: Request) -> Response:
    values = await json_of(request)
    article, chosen = _article(desk, request), _text(values, "notice_id")
    await desk.choose_notice(article, found(desk.session.notices, chosen) if chosen else None)
    return _everything(desk)


async def _use_as_notice(desk: Desk, request: Request) -> Response:
    notice = await desk.use_as_notice(_article(desk, request))
    return _everything(desk, id=notice.id)


async def _open_with(desk: Desk, request: Request) -> Response:
    values = await json_of(request)
    await desk.open_with(_article(desk, request), _text(values, "password"))
    return _everything(desk)


async def _preview(desk: Desk, request: Request) -> Response:
    await desk.attempt(_article(desk, request), await _choices(request))
    return _everything(desk)


async def _stamp(desk: Desk, request: Request) -> Response:
    done = await desk.stamp(_article(desk, request), await _choices(request))
    return _everything(desk, id=done.id)


async def _picture(desk: Desk, request: Request) -> Response:
    side, number = request.path_params["side"], request.path_params["number"]
    width = request.query_params.get("width", "900")
    if side not in {"before", "after"} or not (width.isascii() and width.isdecimal()) or len(width) > 4:
        raise _unknown()
    picture = await desk.picture(_article(desk, request), number, int(width), is_after=side == "after")
    if not picture:  # the page learns of the new preview by itself, and a browser would report an error to the user
        return Response(status_code=204)
    return Response(picture, media_type="image/png", headers={"cache-control": "private, max-age=3600"})


async def _add_notice(desk: Desk, request: Request) -> Response:
    name = file_name_of(request)
    desk.session.check_room(notices=1, size_bytes=_announced(request))
    identifier, folder = desk.session.new_folder()
    path = folder / "notice"
    await _saved(request, path, MAX_NOTICE_BYTES)
    await desk.add_notice(GivenNotice(id=identifier, name=name, path=path))
    return _everything(desk, id=identifier)


async def _add_font(desk: Desk, request: Request) -> Response:
    name = file_name_of(request)
    desk.session.check_room(fonts=1, size_bytes=_announced(request))
    identifier, folder = desk.session.new_folder()
    path = folder / "font"
    size_bytes = await _saved(request, path, MAX_FONT_BYTES)
    try:
        await desk.add_font(GivenFont(id=identifier, file=FontFile(path=path, name=name), size_bytes=size_bytes))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return _everything(desk, id=identifier)


async def _saved(request: Request, path: Path, most: int) -> int:
    """Save the body of a request and return its size; what is refused leaves no folder."""
    try:
        return await save_body(request, path, most)
    except BaseException:
        path.parent.rmdir()
        raise


async def _add_text(desk: Desk, request: Request) -> Response:
    text = _text(await json_of(request), "text")
    if not text.strip():
        raise UsageError("there is no text", remedy="Paste the text of the notice.", code="empty")
    desk.session.check_room(notices=1, size_bytes=len(text))
    identifier, folder = desk.session.new_folder()
    path = folder / "notice"
    path.write_text(text, encoding="utf-8", errors="replace", newline="")
    await desk.add_notice(GivenNotice(id=identifier, name=PASTED, path=path))
    return _everything(desk, id=identifier)


async def _look_up(desk: Desk, request: Request) -> Response:
    values = await json_of(request)
    desk.session.check_room(notices=1)
    notice = await desk.look_up(_text(values, "doi"), _text(values, "mailto"))
    return _everything(desk, id=notice.id)


async def _notice(desk: Desk, request: Request) -> Response:
    return JSONResponse(notice_values(found(desk.session.notices, request.path_params["id"]), with_text=True))


async def _read_again(desk: Desk, request: Request) -> Response:
    values = await json_of(request)
    notice = found(desk.session.notices, request.path_params["id"])
    if notice.path is None:
        raise UsageError("this notice has no file", remedy="Look it up again.", code="not-found")
    await desk.add_notice(notice, state=_text(values, "state"), doi=_text(values, "doi"))
    return _everything(desk, id=notice.id)


async def _correct(desk: Desk, request: Request) -> Response:
    changes = await json_of(request)
    await desk.correct(found(desk.session.notices, request.path_params["id"]), changes)
    return _everything(desk)


async def _remove_notice(desk: Desk, request: Request) -> Response:
    await desk.remove_notice(found(desk.session.notices, request.path_params["id"]))
    return _everything(desk)


async def _download(desk: Desk, request: Request) -> Response:
    done = found(desk.session.done, request.path_params["id"])
    kind = request.path_params["kind"]
    path = await desk.report(done) if kind == "report" else found(done.files, kind)
    headers = {"content-disposition": disposition(download_name(done.stem, kind))}
    return FileResponse(path, media_type=media_type_of(kind), headers=headers)


async def _archive(desk: Desk, _request: Request) -> Response:
    if not any(one.files for one in desk.session.done.values()):
        raise UsageError("nothing was stamped yet", remedy="Stamp an article first.", code="not-found")
    _, folder = desk.session.new_folder()
    path = folder / "retracted.zip"
    await anyio.to_thread.run_sync(write_zip, tuple(desk.session.done.values()), path)
    headers = {"content-disposition": disposition("retracted.zip")}
    return FileResponse(path, media_type="application/zip", headers=headers, background=BackgroundTask(_remove, path))


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.parent.rmdir()


async def _ledger(desk: Desk, _request: Request) -> Response:
    if desk.session.ledger is None:
        raise UsageError("the desk has no ledger", remedy="Start the desk with a ledger.", code="not-found")
    return JSONResponse({"entries": await anyio.to_thread.run_sync(_entries_in, desk.session.ledger)})


def _entries_in(path: Path) -> list[dict[str, Any]]:
    with Ledger.opened(path) as ledger:
        return [
            {
                "article": entry.article or entry.row,
                "title": entry.title,
                "doi": entry.article_doi,
                "result": entry.result,
                "reason": entry.reason,
                "remedy": entry.remedy,
                "copy": entry.copy,
                "at": format_utc(entry.started_at),
            }
            for entry in islice(ledger.entries(), MAX_ENTRIES)
        ]


def _article(desk: Desk, request: Request) -> GivenArticle:
    return found(desk.session.articles, request.path_params["id"])


async def _choices(request: Request) -> Choices:
    try:
        return msgspec.convert(await json_of(request), Choices)
    except msgspec.ValidationError as error:
        raise UsageError(f"a choice is not valid ({error})", remedy="Change it.", code="choice") from error


def _text(values: dict[str, Any], key: str) -> str:
    value = values.get(key, "")
    if not isinstance(value, str):
        raise UsageError(f"“{key}” is not text", remedy="Reload the page.", code="request")
    return value


def _announced(request: Request) -> int:
    length = request.headers.get("content-length", "0")
    return int(length) if length.isdecimal() else 0

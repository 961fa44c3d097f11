"""Bodies of requests, read under limits of size and time, and the names that users give to files."""

import asyncio
import json
import unicodedata
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from starlette.requests import Request

from watermark.errors import UsageError

MAX_JSON_BYTES = 4 << 20
"""A notice that is corrected may have a statement of 1 MB, and each letter may take several bytes."""
SECONDS_WITHOUT_DATA = 30.0
SECONDS_FOR_ALL = 600.0
MAX_NAME_LENGTH = 200
_FORBIDDEN = frozenset('/\\:*?"<>|')


class TooLargeError(UsageError):
    """A body is larger than allowed."""

    general_code = "too-large"


def file_name_of(request: Request) -> str:
    """Return the name that the user's file has. It is only shown and offered for downloads: no file is named by it.

    Raises UsageError for a path, and for a name that no file can have.
    """
    name = unicodedata.normalize("NFC", unquote(request.headers.get("x-file-name", ""), errors="replace"))
    _check_name(name)
    return name


def _check_name(name: str) -> None:
    if not name.strip(" .") or len(name) > MAX_NAME_LENGTH or _FORBIDDEN & set(name) or not name.isprintable():
        raise UsageError(
            "the file name is a path, too long, or not a file name",
            remedy=f"Rename the file: at most {MAX_NAME_LENGTH} letters, without slashes and colons.",
            code="file-name",
        )


async def save_body(request: Request, path: Path, most: int) -> int:
    """Write the body of a request to a new file, and return its size in bytes. What is too large or late is removed.

    Raises TooLargeError, or UsageError for a body that is empty or does not arrive in time.
    """
    try:
        return await _saved(request, path, most)
    except BaseException:
        path.unlink(missing_ok=True)  # noqa: ASYNC240 - one call of the system
        raise


async def _saved(request: Request, path: Path, most: int) -> int:
    size = 0
    with path.open("xb") as file:
        async for chunk in _chunks(request):
            size += len(chunk)
            _check_size(size, most)
            file.write(chunk)
    if not size:
        raise UsageError("the file is empty", remedy="Choose another file.", code="empty")
    return size


async def json_of(request: Request) -> dict[str, Any]:
    """Return the JSON object in the body of a request. Raises UsageError for anything else."""
    data = bytearray()
    async for chunk in _chunks(request):
        data += chunk
        _check_size(len(data), MAX_JSON_BYTES)
    try:
        values = json.loads(bytes(data) or b"{}")
    except (ValueError, RecursionError) as error:
        raise _not_json() from error
    if not isinstance(values, dict):
        raise _not_json()
    return values


async def _chunks(request: Request) -> AsyncIterator[bytes]:
    """Yield the parts of a body. Raises UsageError where the next part, or the whole, takes too long."""
    parts = aiter(request.stream())
    end = asyncio.get_running_loop().time() + SECONDS_FOR_ALL
    while True:
        left = end - asyncio.get_running_loop().time()
        try:
            part = await asyncio.wait_for(anext(parts), min(SECONDS_WITHOUT_DATA, max(left, 0.0)))
        except StopAsyncIteration:
            return
        except TimeoutError as error:
            raise UsageError("the file did not arrive in time", remedy="Choose it again.", code="too-slow") from error
        yield part


def _check_size(size_bytes: int, most: int) -> None:
    if size_bytes > most:
        remedy = "Mark it with the command watermark stamp instead."
        raise TooLargeError(f"the file is larger than {most >> 20} MB", remedy=remedy)


def _not_json() -> UsageError:
    return UsageError("the request is not a JSON object", remedy="Reload the page.", code="request")

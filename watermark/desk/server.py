"""Serving the desk on this machine only, from its start to its end: read this first.

1. Make one private folder for all files.
2. Bind to a free port of the loopback address: no other machine can connect.
3. Make the token of the first address, and the gate that asks for it.
4. Serve until Ctrl-C or a request of the system to end.
5. End the workers, and remove the folder.
"""

import os
import shutil
import socket
import tempfile
from asyncio import Transport
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from watermark.errors import FailedError, UsageError
from watermark.runtime.isolation import accept_work, terminate_all
from watermark.runtime.system import is_running, reuse_left_port

if TYPE_CHECKING:
    from uvicorn.protocols.http.h11_impl import H11Protocol

LOOPBACK = "127.0.0.1"
MAX_CONNECTIONS = 100
SECONDS_TO_END = 2
SECONDS_FOR_HEAD = 10.0
"""A connection whose first request has not begun by then is closed: others would find no free one."""
PREFIX = "watermark-desk-"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskOptions:
    """How to start the desk. `port` 0 is a free one; `profiles` are TOML files by name.

    `ledger` is shown on the page. What is stamped is also saved in `out`, if that is given.
    """

    port: int = 0
    profiles: Mapping[str, Path] = field(default_factory=dict)
    ledger: Path | None = None
    out: Path | None = None


def serve(options: DeskOptions, on_ready: Callable[[str, Path], None]) -> None:
    """Serve the desk until it is interrupted. `on_ready` gets its address, with the token, and its private folder.

    Raises UsageError if the extra `desk` is not installed, FailedError if the port is taken.
    """
    try:
        import uvicorn  # noqa: PLC0415 - an extra

        from watermark.desk.operations import Desk  # noqa: PLC0415 - see above
        from watermark.desk.request_checks import Gate, Key  # noqa: PLC0415 - needs starlette, an extra
        from watermark.desk.routes import application  # noqa: PLC0415 - see above
        from watermark.desk.session import Session  # noqa: PLC0415 - see above
    except ImportError as error:
        raise UsageError(
            f"the desk needs a library that is not installed ({error.name})",
            remedy="Install it: pip install 'retraction-watermark[desk]'.",
            code="no-extra",
        ) from error
    accept_work()
    with private_folder() as folder, _loopback_socket(options.port) as listening:  # 1, 2
        host = f"{LOOPBACK}:{listening.getsockname()[1]}"
        key = Key()
        session = Session(folder, options.profiles, options.ledger, options.out)
        gate = Gate(application(Desk(session)), key, host)  # 3
        config = uvicorn.Config(
            gate,
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="none",
            http=protocol(),
            proxy_headers=False,
            server_header=False,
            limit_concurrency=MAX_CONNECTIONS,
            timeout_graceful_shutdown=SECONDS_TO_END,
        )
        on_ready(f"http://{host}/?token={key.token}", folder)
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])  # 4


def protocol() -> "type[H11Protocol]":
    """Return how uvicorn speaks HTTP, with a limit of time for the first request of a connection, which it has not."""
    from uvicorn.protocols.http.h11_impl import H11Protocol  # noqa: PLC0415 - an extra

    class LimitedProtocol(H11Protocol):
        def connection_made(self, transport: Transport) -> None:  # type: ignore[override] # that of a socket
            super().connection_made(transport)
            self.loop.call_later(SECONDS_FOR_HEAD, self.close_if_unused)

        @property
        def has_begun(self) -> bool:
            return bool(self.cycle)  # uvicorn declares it as if it always had one

        def close_if_unused(self) -> None:
            if not self.has_begun:
                self.transport.close()

    return LimitedProtocol


@contextmanager
def private_folder() -> Iterator[Path]:
    """Yield a new folder that only this user can read; at the end, no worker runs any more and the folder is gone."""
    remove_abandoned_folders()
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    try:
        yield folder
    finally:
        terminate_all()  # 5
        shutil.rmtree(folder, ignore_errors=True)


def remove_abandoned_folders() -> None:
    """Remove the folders of this user's desks that were killed, or ended by a power cut."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*-*"):
        with suppress(OSError):  # another desk may be removing it as well
            if _is_abandoned(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _is_abandoned(folder: Path) -> bool:
    number = folder.name.removeprefix(PREFIX).partition("-")[0]
    is_own = not hasattr(os, "getuid") or folder.lstat().st_uid == os.getuid()
    return number.isdecimal() and is_own and not folder.is_symlink() and not is_running(int(number))


@contextmanager
def _loopback_socket(port: int) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        reuse_left_port(listening)
        try:
            listening.bind((LOOPBACK, port))
            listening.listen(MAX_CONNECTIONS)  # a browser that opens the address at once waits, and is not refused
        except OSError as error:
            raise FailedError(
                f"cannot use port {port} ({error.strerror})", remedy="Choose another port.", argument="port"
            ) from error
        yield listening

"""Chromium without a window, driven through its DevTools pipe (NUL-separated JSON on descriptors 3 and 4)."""

import base64
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from select import select
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-pipe"),
)
SECONDS = 60.0


class Page:
    """One tab. Every request that it makes is kept in `requests`, and every uncaught error in `errors`."""

    def __init__(self, to_browser: int, from_browser: int) -> None:
        self._out, self._in = to_browser, from_browser
        self._buffer = b""
        self._number = 0
        self._session = ""
        self._events: list[dict[str, Any]] = []
        self.requests: list[str] = []
        self.errors: list[str] = []
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self._call(f"{domain}.enable")
        self._call("Performance.enable", timeDomain="threadTicks")

    def open(self, path: Path, *, scripts: bool = True) -> None:
        """Load a file and wait until it is there."""
        self._call("Emulation.setScriptExecutionDisabled", value=not scripts)
        self._events.clear()
        self._call("Page.navigate", url=path.as_uri())
        self._wait_for("Page.loadEventFired")

    def size(self, width: int, height: int) -> None:
        """Give the window a size in pixels."""
        self._call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def prefer(self, scheme: str) -> None:
        """Let the page know which colours its reader prefers: light or dark."""
        self._call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def run(self, expression: str) -> Any:  # noqa: ANN401 - whatever the expression comes to
        """Return what a JavaScript expression comes to; a promise is waited for."""
        answer = self._call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def shown(self) -> list[str]:
        """Return the headings of the articles that can be seen, in order; this needs no script of the page.

        Before the first frame is drawn, an article has its place, and its `innerText` may still be empty.
        """
        seen = "[...document.querySelectorAll('.item')].filter(item => item.offsetParent)"
        return list(self.run(f"{seen}.map(item => item.querySelector('h3').textContent.trim())"))

    def press(self, key: str, text: str = "") -> None:
        """Press a key and let it go."""
        codes = {"Tab": 9, "Enter": 13, " ": 32, "ArrowRight": 39, "ArrowLeft": 37, "/": 191}
        for kind in ("keyDown", "keyUp"):
            self._call(
                "Input.dispatchKeyEvent",
                type=kind,
                key=key,
                text=text if kind == "keyDown" else "",
                windowsVirtualKeyCode=codes.get(key, 0),
            )

    def type(self, words: str) -> None:
        """Write words where the focus is, and let the page take notice."""
        self._call("Input.insertText", text=words)
        self.run("new Promise(done => setTimeout(done, 200))")

    def screenshot(self, path: Path) -> None:
        """Leave a PNG of the window at `path`."""
        path.write_bytes(base64.b64decode(self._call("Page.captureScreenshot")["data"]))

    def print(self, path: Path) -> None:
        """Leave the page as a PDF at `path`."""
        data = self._call("Page.printToPDF", preferCSSPageSize=True, paperWidth=8.27, paperHeight=11.69)["data"]
        path.write_bytes(base64.b64decode(data))

    def names_read_aloud(self) -> list[tuple[str, str]]:
        """Return role and name of each node that assistive technology gets."""
        nodes = self._call("Accessibility.getFullAXTree")["nodes"]
        return [
            (str(node["role"]["value"]), str(node.get("name", {}).get("value", "")))
            for node in nodes
            if not node.get("ignored")
        ]

    def busy_seconds(self) -> float:
        """Return how long the thread that builds and lays out the page has worked so far, in processor time."""
        metrics = self._call("Performance.getMetrics")["metrics"]
        return float(next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration"))

    def _call(self, method: str, **parameters: object) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._out, data) :]
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                assert "error" not in answer, f"{method}: {answer['error']}"
                result: dict[str, Any] = answer["result"]
                return result
            self._events.append(answer)

    def _wait_for(self, method: str) -> None:
        while True:
            while self._events:
                if self._events.pop(0).get("method") == method:
                    return
            self._events.append(self._read())

    def _read(self) -> dict[str, Any]:
        end = monotonic() + SECONDS
        while b"\0" not in self._buffer:
            assert select([self._in], [], [], max(0.0, end - monotonic()))[0], "Chromium does not answer"
            read = os.read(self._in, 1 << 20)
            assert read, "Chromium is gone"
            self._buffer += read
        line, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        self._note(message)
        return message

    def _note(self, message: dict[str, Any]) -> None:
        parameters = message.get("params", {})
        if message.get("method") == "Network.requestWillBeSent":
            self.requests.append(parameters["request"]["url"])
        elif message.get("method") == "Runtime.exceptionThrown":
            self.errors.append(str(parameters["exceptionDetails"]))
        elif message.get("method") == "Log.entryAdded" and parameters["entry"]["level"] == "error":
            self.errors.append(parameters["entry"]["text"])


@contextmanager
def chromium(program: str) -> Iterator[Page]:
    """Yield a tab of a browser with a fresh profile, and end it afterwards."""
    their_in, our_out = os.pipe()
    our_in, their_out = os.pipe()
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            [program, *FLAGS, f"--user-data-dir={profile}"],
            close_fds=False,  # others are not inherited anyway
            preexec_fn=lambda: _as_3_and_4(their_in, their_out),  # noqa: PLW1509 - two calls of the system
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(their_in)
        os.close(their_out)
        try:
            yield Page(our_out, our_in)
        finally:
            os.close(our_out)
            os.close(our_in)
            process.terminate()
            process.wait(20)


def _as_3_and_4(read: int, write: int) -> None:
    apart = [os.dup(read), os.dup(write)]  # neither may be overwritten before it is copied
    while min(apart) < 5:
        apart = [os.dup(one) if one < 5 else one for one in apart]
    for number, one in zip((3, 4), apart, strict=True):
        os.dup2(one, number, inheritable=True)

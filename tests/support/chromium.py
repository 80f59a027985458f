"""A browser for tests: Chromium without a window, spoken to over a pair of pipes (DevTools protocol, no network)."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import tempfile
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)
PATIENCE_S = 60.0
ABOVE_THE_PROTOCOL = 10


def executable() -> str:
    """Path of Chromium; fails with what to do when there is none."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    assert found, "the browser tests need Chromium: run `apt-get install chromium`, or set SOGDIA_NO_BROWSER=1"
    return found


class Browser:
    """One page of one browser.

    `log` gathers console messages, exceptions and dialogs (which are closed), `requests` every address asked for.
    """

    def __init__(self, to: IO[bytes], answers: IO[bytes]) -> None:
        self._to, self._answers, self._buffer, self._number, self._session = to, answers, b"", 0, ""
        self.log: list[str] = []
        self.requests: list[str] = []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **params: Any) -> Any:
        """Run one command of the protocol and return its result."""
        number = self._order(method, params)
        while (answer := self._read()).get("id") != number:
            self._note(answer)
        assert "error" not in answer, f"{method}: {answer['error']}"
        return answer["result"]

    def _order(self, method: str, params: dict[str, Any]) -> int:
        """Send a command without waiting for its answer, and return its number."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        self._to.write(json.dumps(message).encode() + b"\0")
        self._to.flush()
        return self._number

    def open(self, address: str, width: int = 1280, height: int = 900) -> None:
        """Load a page in a window of that size and wait until it is complete."""
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.send("Page.navigate", url=address)
        self.wait("document.readyState === 'complete' && location.href !== 'about:blank'")

    def value(self, script: str) -> Any:
        """The value of a JavaScript expression; a promise is awaited."""
        result = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, f"{script}: {result['exceptionDetails']}"
        return result["result"].get("value")

    def wait(self, condition: str) -> None:
        """Until the JavaScript condition holds."""
        end = time.monotonic() + PATIENCE_S
        while not self.value(f"Boolean({condition})"):
            assert time.monotonic() < end, f"waited {PATIENCE_S} s for: {condition}"
            time.sleep(0.05)

    def press(self, key: str, text: str = "") -> None:
        """Press and release a key."""
        code = {"Enter": 13, "Tab": 9}.get(key, 0)
        more = {"text": text} if text else {}
        self.send("Input.dispatchKeyEvent", type="keyDown", key=key, code=key, windowsVirtualKeyCode=code, **more)
        self.send("Input.dispatchKeyEvent", type="keyUp", key=key, code=key, windowsVirtualKeyCode=code)

    def picture(self, path: Path) -> Path:
        """Save what the window shows as PNG."""
        path.write_bytes(b64decode(self.send("Page.captureScreenshot", format="png")["data"]))
        return path

    def pdf(self) -> bytes:
        """The page as it would be printed."""
        return b64decode(self.send("Page.printToPDF", preferCSSPageSize=True)["data"])

    def _read(self) -> Any:
        """The next message; several may arrive at once."""
        while b"\0" not in self._buffer:
            more = self._answers.read1()  # type: ignore[attr-defined]
            assert more, "Chromium has gone away"
            self._buffer += more
        text, self._buffer = self._buffer.split(b"\0", 1)
        return json.loads(text)

    def _note(self, event: Any) -> None:
        params = event.get("params", {})
        if event.get("method") == "Runtime.consoleAPICalled":
            self.log.append(str(params["args"]))
        elif event.get("method") == "Runtime.exceptionThrown":
            self.log.append(str(params["exceptionDetails"]))
        elif event.get("method") == "Log.entryAdded":
            self.log.append(params["entry"]["text"])
        elif event.get("method") == "Page.javascriptDialogOpening":
            self.log.append(f"a dialog: {params['message']}")
            self._order("Page.handleJavaScriptDialog", {"accept": True})
        elif event.get("method") == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser that ends with the block."""
    answers, its_answers = os.pipe()
    its_orders, orders = os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [executable(), *FLAGS, f"--user-data-dir={profile}"]
        high = [fcntl.fcntl(pipe, fcntl.F_DUPFD, ABOVE_THE_PROTOCOL) for pipe in (its_orders, its_answers)]
        quiet = os.open(os.devnull, os.O_WRONLY)
        # The protocol's pipes are file descriptors 3 (orders) and 4 (answers) of the browser.
        placed = [(os.POSIX_SPAWN_DUP2, here, there) for here, there in ((high[0], 3), (high[1], 4), (quiet, 2))]
        process = os.posix_spawn(command[0], command, os.environ, file_actions=placed)
        for pipe in (its_orders, its_answers, quiet, *high):
            os.close(pipe)
        with os.fdopen(orders, "wb") as to, os.fdopen(answers, "rb") as back:
            try:
                yield Browser(to, back)
            finally:
                os.kill(process, signal.SIGTERM)
                os.waitpid(process, 0)

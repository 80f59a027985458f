"""The dashboard as a reader meets it: a server of its own on this machine, and Chromium that reaches nothing else."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from support.chromium import executable

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAGES = ("expose", "shock", "corridors", "atlas", "plan", "compare", "sources")
PATIENCE_S = 240.0
FLAGS = ("--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1")


@contextmanager
def served() -> Iterator[str]:
    """The address, with its token, of a server that ends with the block."""
    command = [sys.executable, "-m", "sogdia", "serve", "--port", "0", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONUNBUFFERED": "1"}) as process:
        try:
            assert process.stdout is not None
            yield json.loads(process.stdout.readline())["url"]
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


@dataclass
class Dashboard:
    """One window on the dashboard. log: console messages and errors; requests: every address asked for."""

    page: Page
    origin: str
    log: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, place: str, width: int = 1400) -> None:
        """Go to a place of the page ("shock?mineral=graphite") and wait for its answer."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.goto("about:blank")
        self.page.goto(f"{self.origin}/#/{place}")
        self.wait()

    def wait(self) -> None:
        """Until the page shows the answer of its address."""
        end = time.monotonic() + PATIENCE_S
        while not self.page.evaluate("document.body.dataset.ready === (location.hash || '#')"):
            assert time.monotonic() < end, f"no answer in {PATIENCE_S} s: {self.page.url} {self.log}"
            time.sleep(0.02)

    def value(self, script: str) -> Any:
        """The value of a JavaScript expression."""
        return self.page.evaluate(script)

    def text(self, selector: str) -> str:
        """What an element says."""
        return self.page.locator(selector).first.inner_text()

    def timed(self, script: str) -> float:
        """Milliseconds from running a script until the page has drawn the answer of its new address."""
        return float(
            self.page.evaluate(
                "async () => { const start = performance.now();" + script + ";"
                "while (document.body.dataset.ready !== location.hash) await new Promise(requestAnimationFrame);"
                "document.body.offsetHeight; return performance.now() - start; }"
            )
        )


@contextmanager
def dashboard() -> Iterator[Dashboard]:
    """A window that is let in; it ends with the block, and so does the server."""
    from playwright.sync_api import sync_playwright

    with served() as url, sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=executable(), args=list(FLAGS))
        page = chromium.new_context(accept_downloads=True, locale="en-GB").new_page()
        parts = urlsplit(url)
        window = Dashboard(page, f"{parts.scheme}://{parts.netloc}")
        page.on("console", lambda message: window.log.append(message.text))
        page.on("pageerror", lambda error: window.log.append(str(error)))
        page.on("request", lambda request: window.requests.append(request.url))
        page.goto(url)
        window.wait()
        yield window
        chromium.close()

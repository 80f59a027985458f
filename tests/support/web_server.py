"""A server of `sogdia serve` in a process of its own, and requests to it byte by byte.

A hook in the server and in every process that it starts writes down who tries to open a connection or start a program.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

WATCH = """
import os, sys
_file = os.open({log!r}, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
_watched = {{"socket.connect", "socket.sendto", "socket.gethostbyname", "subprocess.Popen", "os.system", "os.exec"}}
def _note(event, arguments):
    if event in _watched:
        os.write(_file, (event + " " + repr(arguments) + "\\n").encode())
sys.addaudithook(_note)
"""
SECONDS = 30.0


@dataclass(frozen=True)
class Answered:
    """What came back for one request."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, object]:
        """The body as JSON."""
        content: dict[str, object] = json.loads(self.body)
        return content


@dataclass(frozen=True)
class WebServer:
    """process: that of the server; url: of the entrance, with the token; log: what the hook saw."""

    process: subprocess.Popen[str]
    url: str
    log: Path
    cookies: list[str] = field(default_factory=list)

    @property
    def port(self) -> int:
        """Where it listens."""
        return urlsplit(self.url).port or 0

    @property
    def host(self) -> str:
        """Its name as a browser says it."""
        return f"127.0.0.1:{self.port}"

    @property
    def cookie(self) -> str:
        """The session, for which the token is swapped once."""
        if not self.cookies:
            parts = urlsplit(self.url)
            entered = self.raw(f"GET {parts.path}?{parts.query} HTTP/1.1\r\nHost: {self.host}\r\n\r\n".encode())
            self.cookies.append(entered.headers["set-cookie"].split(";")[0])
        return self.cookies[0]

    def raw(self, request: bytes, seconds: float = SECONDS) -> Answered:
        """The answer to bytes as they are; status 0 where the server closes without one."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as line:
            with suppress(BrokenPipeError, ConnectionResetError):
                line.sendall(request)
            return received(line)

    def ask(
        self, path: str, *, method: str = "GET", body: bytes = b"", cookie: bool = True, **headers: str
    ) -> Answered:  # fmt: skip
        """The answer to a request of the page. headers: with underscores for dashes; None leaves one out."""
        own = {"Host": self.host, "Connection": "close"}
        if cookie:
            own["Cookie"] = self.cookie
        if body:
            own["Content-Length"] = str(len(body))
        own |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in own.items())]
        return self.raw("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)

    def noted(self) -> list[str]:
        """Connections and programs that were tried."""
        return self.log.read_text().splitlines() if self.log.exists() else []

    def memory_mb(self) -> dict[int, float]:
        """The most memory that the server and each of its processes had, by number."""
        return {pid: _peak_mb(pid) for pid in (self.process.pid, *_children(self.process.pid))}


def received(line: socket.socket) -> Answered:
    """One answer from a connection, whole."""
    data = b""
    try:
        while b"\r\n\r\n" not in data:
            part = line.recv(65536)
            if not part:
                return Answered(0, {}, data)
            data += part
        head, _, body = data.partition(b"\r\n\r\n")
        first, *others = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (other.partition(":") for other in others)}
        while len(body) < int(headers.get("content-length", "0")):
            part = line.recv(65536)
            if not part:
                break
            body += part
    except ConnectionResetError:
        return Answered(0, {}, data)
    return Answered(int(first.split()[1]), headers, body)


@contextmanager
def web_server(folder: Path, *arguments: str) -> Iterator[WebServer]:
    """A server while the block runs. folder: for the hook and its notes."""
    log = folder / "noted.txt"
    (folder / "sitecustomize.py").write_text(WATCH.format(log=str(log)))
    paths = os.pathsep.join((str(folder), *(part for part in (os.environ.get("PYTHONPATH"),) if part)))
    command = [sys.executable, "-m", "sogdia", "serve", "--port", "0", "--json", *arguments]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": paths}
    )
    assert process.stdout is not None
    try:
        first = process.stdout.readline()
        assert first, process.communicate()[1]
        yield WebServer(process, json.loads(first)["url"], log)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=SECONDS)


def _children(pid: int) -> list[int]:
    lists = [(task / "children").read_text() for task in Path(f"/proc/{pid}/task").iterdir()]
    found = [int(one) for part in lists for one in part.split()]
    return [*found, *(grandchild for child in found for grandchild in _children(child))]


def _peak_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)

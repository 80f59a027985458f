"""A web server on this machine that holds one file and misbehaves as it is told to, for tests of transfers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass
class Shelf:
    """What the server holds. cuts: after how many bytes each answer in turn breaks off; statuses: what each answer in
    turn says instead of giving the file; announced: a length that is not true; asked: the ranges that were asked for.
    """

    content: bytes
    tag: str = '"one"'
    ranges: bool = True
    cuts: list[int] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    location: str = ""
    announced: int | None = None
    asked: list[str | None] = field(default_factory=list)
    address: str = ""


@contextmanager
def serving(shelf: Shelf, name: str = "BACI_HS92_V202601.zip") -> Iterator[Shelf]:
    """The shelf, with its address, while a server on a free port of this machine gives it out."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            _answer(self, shelf)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    shelf.address = f"http://127.0.0.1:{server.server_port}/{name}"
    try:
        yield shelf
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answer(request: BaseHTTPRequestHandler, shelf: Shelf) -> None:
    wanted = request.headers.get("Range")
    shelf.asked.append(wanted)
    if shelf.statuses:
        status = shelf.statuses.pop(0)
        request.send_response(status)
        if shelf.location:
            request.send_header("Location", shelf.location)
        request.send_header("Retry-After", "7")
        request.send_header("Content-Length", "0")
        request.end_headers()
        return
    start = int(found[1]) if shelf.ranges and wanted and (found := re.fullmatch(r"bytes=(\d+)-", wanted)) else 0
    if start and request.headers.get("If-Range", shelf.tag) != shelf.tag:
        start = 0
    if start >= len(shelf.content):
        request.send_response(416)
        request.send_header("Content-Length", "0")
        request.end_headers()
        return
    body, size = shelf.content[start:], len(shelf.content)
    request.send_response(206 if start else 200)
    if start:
        request.send_header("Content-Range", f"bytes {start}-{size - 1}/{size}")
    request.send_header("Content-Length", str(len(body) if shelf.announced is None else shelf.announced))
    if shelf.tag:
        request.send_header("ETag", shelf.tag)
    request.end_headers()
    request.wfile.write(body[: shelf.cuts.pop(0)] if shelf.cuts else body)
    request.close_connection = True

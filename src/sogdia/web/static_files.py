"""The files of the page, read once at the start: nothing else of the disk can be asked for."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from importlib import resources
from pathlib import Path

FOLDER = "static"
INDEX = "index.html"
TYPES = {
    ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
    ".json": "application/json", ".svg": "image/svg+xml", ".png": "image/png", ".woff2": "font/woff2",
    ".ico": "image/x-icon", ".txt": "text/plain; charset=utf-8",
}  # fmt: skip
BARE = b"<!doctype html><html lang=en><title>Sogdia</title><p>The API is at <a href=/api/openapi.json>/api</a>.</html>"


@dataclass(frozen=True, slots=True)
class StaticFile:
    """tag: of its content, for browsers that hold it already."""

    content: bytes
    kind: str
    tag: str


def static_files() -> dict[str, StaticFile]:
    """Every file of the page by its name; a bare page where none was built in."""
    found = {INDEX: _file(BARE, ".html")}
    folder = Path(str(resources.files(__package__).joinpath(FOLDER)))
    for entry in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if entry.is_file() and entry.suffix in TYPES:
            found[entry.relative_to(folder).as_posix()] = _file(entry.read_bytes(), entry.suffix)
    return found


def _file(content: bytes, suffix: str) -> StaticFile:
    return StaticFile(content, TYPES[suffix], f'"{sha256(content).hexdigest()[:32]}"')

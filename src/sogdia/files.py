"""How does a file get its final name only when it is complete, and can it get it at all?"""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHUNK_BYTES = 1 << 20


@contextmanager
def atomic(path: Path) -> Iterator[Path]:
    """Yield a temporary path in the same folder; on leaving without an error it is renamed to `path`.

    On an error, or when the process dies, nothing stands under the final name (or what stood there before stays).
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with naming(path):
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        part.chmod(0o644)
        with naming(path):
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """An OSError inside is raised again with the path that the user knows, not that of a temporary file."""
    try:
        yield
    except OSError as why:
        raise OSError(why.errno, why.strerror, str(path)) from why


def must_be_writable(*paths: Path) -> None:
    """OSError for the first of several files that cannot be written; to be asked before any of them is."""
    for path in paths:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        must_take_files(path.parent, path)


def must_take_files(folder: Path, wanted: Path) -> None:
    """OSError, naming `wanted`, when a folder takes no new file; one that does not exist is judged by its parents."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    with naming(wanted), tempfile.NamedTemporaryFile(prefix=".sogdia-", dir=folder):
        pass


def write_text(path: Path, text: str) -> Path:
    """Write UTF-8 text atomically."""
    with atomic(path) as part:
        part.write_text(text, encoding="utf-8")
    return Path(path)


def sha256(path: Path) -> str:
    """SHA-256 of a file as lower-case hex digits."""
    digest = hashlib.sha256()
    with Path(path).open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()

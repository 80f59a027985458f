"""Files get their final names only when they are complete and safe on the disk."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sogdia.errors import DataError

CHUNK_BYTES = 1 << 20
NAME_BYTES = 4
# Of Linux' renameat2: paths are relative to the working directory; the two names swap.
AT_CWD, EXCHANGE = -100, 2
# Some file systems cannot write a folder through to the disk; they say so with one of these.
NO_FOLDER_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF})


@contextmanager
def atomic(path: Path) -> Iterator[Path]:
    """Yield a temporary path in the same folder; on leaving without an error it is renamed to `path`.

    On an error, or when the process dies, nothing stands under the final name (or what stood there before stays). What
    a process that died has left beside it is removed.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep_parts(path)
    with replacing(path) as part:
        yield part
    with naming(path):
        sync_folder(path.parent)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """The same in a folder that exists, without waiting until the new name is on the disk (see `sync_folder`)."""
    with naming(path):
        part, descriptor = _part(path)
    try:
        yield part
        with naming(path):
            sync(part)
            part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        if descriptor is not None:
            with suppress(OSError):
                os.close(descriptor)


def _part(path: Path) -> tuple[Path, int | None]:
    """A new file beside another, locked for as long as its descriptor is open, which tells it from one left behind.

    Windows neither renames nor lets others write a file that is locked: there it is closed, and the descriptor None.
    """
    while True:
        part = beside(path, "part")
        descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
        if sys.platform == "win32":
            os.close(descriptor)
            return part, None
        if _lock(descriptor) is not False and part.exists():
            return part, descriptor
        os.close(descriptor)  # who sweeps at this moment has taken it for a leftover


def _lock(descriptor: int) -> bool | None:
    """Lock an open file: False where another process holds it, None where the system or the disk has no locks."""
    if sys.platform == "win32":
        return None
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as why:
        return False if why.errno in (errno.EAGAIN, errno.EACCES) else None
    return True


def _sweep_parts(path: Path) -> None:
    """Remove the temporary files of `path` whose process has died; where that cannot be known or done they stay."""
    left = re.compile(rf"\.{re.escape(path.name)}\.[0-9a-f]{{{2 * NAME_BYTES}}}\.part")
    with suppress(OSError):
        for other in [other for other in path.parent.iterdir() if left.fullmatch(other.name)]:
            with suppress(OSError):
                _remove_unless_locked(other)


def _remove_unless_locked(path: Path) -> None:
    descriptor = open_regular(path)
    try:
        if _lock(descriptor):
            path.unlink(missing_ok=True)
    finally:
        os.close(descriptor)


def beside(path: Path, ending: str) -> Path:
    """A hidden name that nothing has, in the same folder: `.NAME.RANDOM.ENDING`."""
    return path.parent / f".{path.name}.{secrets.token_hex(NAME_BYTES)}.{ending}"


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """An OSError inside is raised again with the path that the user knows, not that of a temporary file."""
    try:
        yield
    except OSError as why:
        raise OSError(why.errno, why.strerror, str(path)) from why


@contextmanager
def scratch_folder(path: Path) -> Iterator[Path]:
    """A folder that is made here and removed on leaving, unless it has been renamed; its files obey the umask."""
    path.mkdir()
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def exchanged(one: Path, other: Path) -> bool:
    """Let two paths swap what stands under them, in one step; False where the system cannot (only Linux can)."""
    import ctypes

    swap = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    return swap is not None and swap(AT_CWD, os.fsencode(one), AT_CWD, os.fsencode(other), EXCHANGE) == 0


def sync(path: Path) -> None:
    """Wait until the content of a file is on the disk."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        with naming(path):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can do that."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        with naming(path):
            os.fsync(descriptor)
    except OSError as why:
        if why.errno not in NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Wait until everything in a folder is on the disk."""
    for path, _, names in os.walk(folder):
        for name in names:
            sync(Path(path) / name)
        sync_folder(Path(path))


def open_regular(path: Path) -> int:
    """A descriptor to read a regular file with; OSError for a link, folder, pipe or device, none of which is opened."""
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):
        flags |= getattr(os, name, 0)
    descriptor = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "no regular file", str(path))
    return descriptor


def read_regular(path: Path, most: int) -> bytes:
    """The first `most` bytes of a regular file; OSError as for `open_regular`."""
    with os.fdopen(open_regular(path), "rb") as stream:
        return stream.read(most)


def is_link(path: Path) -> bool:
    """Whether a symbolic link stands there (or a junction, which is Windows' link to a folder)."""
    return path.is_symlink() or (hasattr(os.path, "isjunction") and os.path.isjunction(path))


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
    trial = beside(folder / wanted.name, "part")
    with naming(wanted):
        os.close(os.open(trial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        trial.unlink()


def must_be_own_folder(folder: Path, named: Path, is_ours: Callable[[Path], bool], kind: str) -> None:
    """DataError when something stands at `folder` that is neither empty nor one of ours, which may be replaced.

    named: as the user named it; kind: what it would have to be. OSError when no folder can be made there.
    """
    must_take_files(folder.parent, folder)
    if not folder.exists() and not folder.is_symlink():
        return
    if folder.is_dir() and (is_ours(folder) or not any(folder.iterdir())):
        return
    raise DataError(
        f"{named} exists and is no {kind}, so it is left alone. Name another folder, or move this one away."
    )


def write_text(path: Path, text: str) -> Path:
    """Write UTF-8 text atomically."""
    return write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> Path:
    """Write bytes atomically."""
    with atomic(path) as part:
        part.write_bytes(content)
    return Path(path)


def sha256(path: Path) -> str:
    """SHA-256 of a file as lower-case hex digits."""
    digest = hashlib.sha256()
    with Path(path).open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def put_in_place(part: Path, out: Path) -> None:
    """Give `part` the name `out`; what stood there is removed, and comes back when the renaming fails."""
    if not out.exists():
        part.rename(out)
    elif not exchanged(part, out):
        with scratch_folder(beside(out, "old")) as aside:
            out.rename(aside / out.name)
            try:
                part.rename(out)
            except BaseException:
                (aside / out.name).rename(out)
                raise

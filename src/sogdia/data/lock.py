"""One writer at a time: whoever writes to a place holds the lock of a file there; readers need none.

The lock belongs to the open file, not to its name, so that the system releases it when a process dies in whatever way.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sogdia import arguments
from sogdia.errors import DataError, Fault, InputError
from sogdia.progress import Notice

POLL_SECONDS = 0.1
BUSY = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})

if sys.platform == "win32":
    import msvcrt

    def _try(descriptor: int) -> None:
        """Take the lock, or OSError at once."""
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try(descriptor: int) -> None:
        """Take the lock, or OSError at once."""
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock that is held."""

    path: Path
    descriptor: int

    def in_place(self) -> bool:
        """Whether the locked file still has its name, which is no longer so once somebody has removed its folder."""
        return _same(self.descriptor, self.path)


def must_be_a_wait(wait: float | None) -> None:
    """InputError unless this is a number of seconds, or None."""
    if wait is not None and not arguments.number("wait", wait, 30.0) >= 0:
        raise InputError([Fault("wait", "a wait is 0 seconds or more", "Give a number of seconds.", value=str(wait))])


@contextmanager
def writing(path: Path, *, what: Path, wait: float | None, tell: Callable[[str], None]) -> Iterator[Lock]:
    """Hold the lock of the file `path`, which is made, and removed at the end.

    what: the place that is written to, for messages; wait: seconds to wait for another writer, None for as long as it
    takes; tell: called with a sentence when there is one. DataError when the wait is over.
    """
    lock = _acquired(path, what, wait, tell)
    try:
        yield lock
    finally:
        _release(lock)


def _acquired(path: Path, what: Path, wait: float | None, tell: Callable[[str], None]) -> Lock:
    """The lock, once no other process holds it."""
    end = None if wait is None else time.monotonic() + wait
    waiting = False
    while True:
        descriptor = _open(path)
        try:
            taken = _taken(descriptor, what)
            if taken and _same(descriptor, path):
                return Lock(path, descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        if taken:  # whoever held it has removed it since it was opened
            continue
        if not waiting:
            tell(Notice(f"another sogdia is writing to {what}; waiting"))
            waiting = True
        if end is not None and time.monotonic() >= end:
            raise DataError(
                f"another sogdia is still writing to {what} after {wait:g} seconds; nothing was written. "
                "Try again later, or wait longer."
            )
        time.sleep(POLL_SECONDS)


def _open(path: Path) -> int:
    """The lock file, made where it is absent; it may belong to another user, who has left it to be read only.

    Its folder is made too: whoever held the lock may have removed it, after making it for nothing.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    flags = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | flags, 0o666)
    except PermissionError:
        if not path.is_file():
            raise
        descriptor = os.open(path, os.O_RDONLY | flags)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EEXIST, "no regular file", str(path))
    return descriptor


def _taken(descriptor: int, what: Path) -> bool:
    """Whether the lock is ours now; DataError on a file system without locks."""
    try:
        _try(descriptor)
    except OSError as why:
        if why.errno in BUSY:
            return False
        raise DataError(
            f"{what} is on a file system that cannot lock files ({why.strerror}). Choose a place on another disk."
        ) from why
    return True


def _same(descriptor: int, path: Path) -> bool:
    """Whether the open file still is what the path names: whoever released it has removed it."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat(follow_symlinks=False))
    except OSError:
        return False


def _release(lock: Lock) -> None:
    """Remove the file while it is locked, so that no one locks a file that is about to go; Windows allows it after."""
    if sys.platform != "win32" and lock.in_place():
        with suppress(OSError):
            lock.path.unlink()
    with suppress(OSError):
        os.close(lock.descriptor)
    if sys.platform == "win32":
        with suppress(OSError):
            lock.path.unlink()

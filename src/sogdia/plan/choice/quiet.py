"""A silent solver: HiGHS prints some remarks of its own to the output of the process, where answers go.

While it solves, the output of the process is turned away; one call at a time does so, so that it comes back as it was.
"""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

OUTPUT = 1
_alone = threading.Lock()


@contextmanager
def silenced() -> Iterator[None]:
    """Inside the `with` block, what compiled code writes to the standard output is lost."""
    if sys.platform == "win32":
        yield
        return
    with _alone:
        saved = _turned_away()
        try:
            yield
        finally:
            if saved is not None:
                ctypes.CDLL(None).fflush(None)
                os.dup2(saved, OUTPUT)
                os.close(saved)


def _turned_away() -> int | None:
    """A copy of the output, which now goes nowhere; None where there is none."""
    with suppress(OSError, ValueError, AttributeError):
        sys.stdout.flush()
    try:
        saved, nowhere = os.dup(OUTPUT), os.open(os.devnull, os.O_WRONLY)
    except OSError:
        return None
    ctypes.CDLL(None).fflush(None)
    os.dup2(nowhere, OUTPUT)
    os.close(nowhere)
    return saved

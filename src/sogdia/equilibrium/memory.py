"""Memory that arrays have used is kept for the next ones.

The C library of Linux hands large pieces back to the system as they are freed, and the system clears each page again
when it is next used: a sixth of the time of a solve. Once a piece of a certain size has been freed, it keeps pieces up
to that size, and twice as much in all. Elsewhere nothing changes.
"""

from __future__ import annotations

from functools import cache

import numpy as np

KEPT = 31 * 2**20
"""Bytes; just below the largest piece that the library would keep. It is never written to, so it costs no memory."""


@cache
def keep_memory() -> None:
    """Take one large piece and free it, once in each process."""
    np.empty(KEPT, dtype=np.uint8)

"""The solver of mixed-integer programmes, HiGHS by SciPy, kept from writing to the standard output.

It writes a line there now and then, whatever it is told; beside an answer in JSON that would be damage.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

STANDARD_OUTPUT = 1


def milp(*programme: Any, **options: Any) -> Any:
    """`scipy.optimize.milp`, silent."""
    from scipy.optimize import milp as solved

    with silent():
        return solved(*programme, **options)


@contextmanager
def silent() -> Iterator[None]:
    """Inside, what compiled code writes to the standard output is lost; what Python has written goes out before."""
    with suppress(AttributeError, ValueError):  # none, or closed
        sys.stdout.flush()
    try:
        kept = os.dup(STANDARD_OUTPUT)
    except OSError:  # the process has no standard output
        yield
        return
    nothing = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, STANDARD_OUTPUT)
        yield
    finally:
        os.dup2(kept, STANDARD_OUTPUT)
        os.close(kept)
        os.close(nothing)

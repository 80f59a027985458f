"""The registry of indicators: every module of `exposure/indicators`, and what a program adds for a while.

Computation, tables, command line, report and documentation all read it, so that a new file in `exposure/indicators`
with an `INDICATOR` is all that a new indicator needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from sogdia.declarations import added, declarations
from sogdia.errors import Fault, InputError
from sogdia.exposure import indicators as package
from sogdia.exposure.measure import Indicator, Label, Measure

_added: list[Indicator] = []


@cache
def _shipped() -> tuple[Indicator, ...]:
    return declarations(package, "INDICATOR")


def indicators() -> tuple[Indicator, ...]:
    """Every indicator, by its order."""
    return tuple(sorted((*_shipped(), *_added), key=lambda indicator: (indicator.order, indicator.name)))


@contextmanager
def register(indicator: Indicator) -> Iterator[None]:
    """Add an indicator as long as the `with` block runs; InputError where another one has a column of that name."""
    taken = {column.variable for other in indicators() for column in other.columns}
    faults = [
        Fault(f"indicator {indicator.name}", "another indicator has this column", "Choose another name.", value=name)
        for name in (column.variable for column in indicator.columns)
        if name in taken
    ]
    if faults:
        raise InputError(faults)
    with added(_added, indicator):
        yield


def measures() -> dict[str, Measure]:
    """Every measure by its column name."""
    return {measure.variable: measure for indicator in indicators() for measure in indicator.measures}


def labels() -> dict[str, Label]:
    """Every column of text by its name."""
    return {label.variable: label for indicator in indicators() for label in indicator.labels}

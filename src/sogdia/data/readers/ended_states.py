"""States that have ended have no figures after their last year."""

from __future__ import annotations

from collections.abc import Sequence

from sogdia.codes import ended
from sogdia.errors import Fault
from sogdia.tabular.grid import CellColumn


def after_their_end(
    column: CellColumn, iso3: Sequence[str | None], years: Sequence[int | None], *, limit: int
) -> list[Fault]:
    """Faults of the rows, at most `limit`, that name a state in a year in which it no longer was."""
    faults = []
    for at, (country, year) in enumerate(zip(iso3, years, strict=True)):
        problem = None if country is None or year is None else ended(country, year)
        if problem:
            faults.append(column.fault(at, *problem))
            if len(faults) == limit:
                break
    return faults

"""States that have ended have no figures after their last year."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources

from sogdia.codes import countries
from sogdia.errors import Fault
from sogdia.tabular.grid import CellColumn
from sogdia.tabular.rows import packaged_rows


def after_their_end(
    column: CellColumn, iso3: Sequence[str | None], years: Sequence[int | None], *, limit: int
) -> list[Fault]:
    """Faults of the rows, at most `limit`, that name a state in a year in which it no longer was."""
    faults = []
    for at, (country, year) in enumerate(zip(iso3, years, strict=True)):
        problem = ended(country, year)
        if problem:
            faults.append(column.fault(at, *problem))
            if len(faults) == limit:
                break
    return faults


def ended(iso3: str | None, year: int | None) -> tuple[str, str] | None:
    """(rule, remedy) where a state had ended before a year.

    >>> ended("SCG", 2023)
    ('SCG (Serbia and Montenegro) ended in 2006', 'Since then it is SRB (Serbia) or MNE (Montenegro).')
    >>> ended("SCG", 2005) is None
    True
    """
    row = _ended().get(iso3 or "")
    if row is None or year is None or year <= row[0]:
        return None
    names = [f"{code} ({countries()[code].name})" for code in row[1] if code in countries()]
    listed = f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else "".join(names)
    return f"{iso3} ({countries()[iso3 or ''].name}) ended in {row[0]}", f"Since then it is {listed}."


@cache
def _ended() -> dict[str, tuple[int, tuple[str, ...]]]:
    file = resources.files(__package__) / "ended_states.csv"
    rows = packaged_rows(file, ("iso3", "last_year", "successors"))
    return {r.cells["iso3"]: (int(r.cells["last_year"]), tuple(r.cells["successors"].split(";"))) for r in rows}

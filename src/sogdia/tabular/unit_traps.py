"""Columns that hold a known quantity in another unit: which column is meant, and how its figures are converted."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from importlib import resources

from sogdia.tabular.text import parse

ANY = "*"


def unit_trap(name: str, known: Collection[str]) -> str | None:
    """What to do about a column that is no known one but has a known quantity in another unit; None for other columns.

    >>> unit_trap("quantity_kg", ("quantity_t",))
    'Quantities are in tonnes: divide the kilograms by 1000 and name the column quantity_t.'
    >>> unit_trap("miles", ("km", "hours"))
    'Multiply the miles by 1.609344 and name the column km.'
    >>> unit_trap("miles", ("quantity_t",)) is None
    True
    """
    folded = name.casefold()
    for header, meant, convert in _traps():
        ending = header.removeprefix(ANY)
        if folded == header or (header.startswith(ANY) and folded.endswith(ending)):
            column = folded.removesuffix(ending) + meant.removeprefix(ANY) if meant.startswith(ANY) else meant
            if column in known:
                return f"{convert} and name the column {column}."
    return None


@cache
def _traps() -> tuple[tuple[str, ...], ...]:
    """(header, meant, convert) of every trap; `*` at the beginning of a header stands for any beginning."""
    file = "unit_traps.csv"
    lines = parse(resources.files(__package__).joinpath(file).read_text(encoding="utf-8"), file).lines
    return tuple(line.cells for line in lines[1:])

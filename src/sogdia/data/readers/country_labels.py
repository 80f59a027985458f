"""The country that a label in somebody else's table means.

ISO alpha-3, alpha-2, and every name that `sogdia.codes` understands, those of publishers among them. Sums such
as "World" or "EU27" (`aggregates.csv`) are no countries: beside their members they would count everything twice.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import resources

from sogdia.codes import countries, country_named, label_alias, unclear
from sogdia.errors import CLOSE, NEARNESS, Fault, Near
from sogdia.tabular.checks import Checked, Problem, convert
from sogdia.tabular.grid import CellColumn
from sogdia.tabular.rows import Row, packaged_rows
from sogdia.text import folded

NAMIBIA_ISO2 = "NA"
ISO3_LETTERS = 3


@cache
def by_iso2() -> dict[str, str]:
    """ISO alpha-3 by alpha-2, upper case."""
    return {country.iso2: iso3 for iso3, country in countries().items() if country.iso2}


@cache
def aggregates() -> dict[str, str]:
    """What a sum stands for, by its folded label."""
    return {folded(row.cells["label"]): row.cells["meaning"] for row in _rows("aggregates.csv", "meaning")}


@cache
def _comparable() -> tuple[str, ...]:
    """Codes and names that a label may have been meant as."""
    return (*countries(), *(country.name for country in countries().values()))


def country_of(label: str) -> str | Problem:
    """ISO alpha-3 of a label other than "NA", or why there is none.

    >>> country_of("Congo, D.R."), country_of("jp"), country_of("World").rule
    ('COD', 'JPN', 'a row is about one country, not about all countries')
    """
    if not label:
        return Problem("every row names a country", "Fill in the ISO alpha-3 code or delete the row.")
    iso3 = label_alias(label) or country_named(label)
    if iso3:
        return iso3
    problem = unclear(label)
    if problem:
        return Problem(*problem)
    meaning = aggregates().get(folded(label))
    if meaning:
        remedy = "Delete the row: beside its members a sum counts them twice."
        return Problem(f"a row is about one country, not about {meaning}", remedy)
    remedy = "Write the ISO alpha-3 code, e.g. KAZ."
    return Problem(
        "no country has this code or name",
        remedy,
        Near(label, _comparable(), nearness=NEARNESS if len(label) == ISO3_LETTERS else CLOSE),
    )


def countries_of(column: CellColumn) -> Checked[str]:
    """ISO alpha-3 for every cell. "NA" is Namibia where the column holds alpha-2 codes, and a fault elsewhere."""
    others = [cell for cell in set(column.cells) if cell and cell.upper() != NAMIBIA_ISO2]
    all_iso2 = bool(others) and all(cell.upper() in by_iso2() for cell in others)

    def read(cell: str) -> str | Problem:
        if cell.upper() == NAMIBIA_ISO2:
            if all_iso2:
                return by_iso2()[NAMIBIA_ISO2]
            return Problem("NA can mean Namibia or not available", "Write NAM for Namibia, or delete the row.")
        return country_of(cell)

    found = convert(column, read)
    return replace(found, repaired=(*found.repaired, *_lone_iso2(column, found)))


def _lone_iso2(column: CellColumn, found: Checked[str]) -> tuple[Fault, ...]:
    """The note on a code of two letters among codes of three, which may have lost a letter."""
    short = {cell for cell in set(column.cells) if cell.upper() in by_iso2()}
    if len(short) != 1 or not any(cell in countries() for cell in set(column.cells)):
        return ()
    at = column.cells.index(short.pop())
    remedy = f"Read as {found.values[at]}; did it lose a letter?"
    return (column.fault(at, "codes of countries have three letters, as the others here", remedy),)


def _rows(file: str, *columns: str) -> tuple[Row, ...]:
    """The rows of a table that lies beside this module."""
    return packaged_rows(resources.files(__package__) / file, ("label", *columns))

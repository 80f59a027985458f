"""The country that a label in somebody else's table means.

ISO alpha-3, alpha-2, English names, and the spellings of the publishers that are read here (`aliases.csv`). Sums such
as "World" or "EU27" (`aggregates.csv`) are no countries: beside their members they would count everything twice.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from sogdia.codes import countries, unclear
from sogdia.errors import Near
from sogdia.tabular.checks import Checked, Problem, convert
from sogdia.tabular.grid import CellColumn
from sogdia.tabular.rows import Row, packaged_rows

NAMIBIA_ISO2 = "NA"


@cache
def by_label() -> dict[str, str]:
    """ISO alpha-3 by every accepted label, in lower case; alpha-2 codes are apart because "NA" is one of them."""
    labels = {country.name.casefold(): iso3 for iso3, country in countries().items() if not unclear(country.name)}
    labels |= {row.cells["label"].casefold(): row.cells["iso3"] for row in _rows("aliases.csv", "iso3", "used_by")}
    return labels | {iso3.casefold(): iso3 for iso3 in countries()}


@cache
def by_iso2() -> dict[str, str]:
    """ISO alpha-3 by alpha-2, upper case."""
    return {country.iso2: iso3 for iso3, country in countries().items() if country.iso2}


@cache
def aggregates() -> dict[str, str]:
    """What a sum stands for, by its label in lower case."""
    return {row.cells["label"].casefold(): row.cells["meaning"] for row in _rows("aggregates.csv", "meaning")}


@cache
def _comparable() -> tuple[str, ...]:
    """Codes and names that a label may have been meant as."""
    return tuple(dict.fromkeys([*by_label().values(), *(country.name for country in countries().values())]))


def country_of(label: str) -> str | Problem:
    """ISO alpha-3 of a label other than "NA", or why there is none.

    >>> country_of("Congo, D.R."), country_of("jp"), country_of("World").rule
    ('COD', 'JPN', 'a row is about one country, not about all countries')
    """
    if not label:
        return Problem("every row names a country", "Fill in the ISO alpha-3 code or delete the row.")
    if label.casefold() in by_label():
        return by_label()[label.casefold()]
    if label.upper() in by_iso2():
        return by_iso2()[label.upper()]
    problem = unclear(label)
    if problem:
        return Problem(*problem)
    if label.casefold() in aggregates():
        meaning = aggregates()[label.casefold()]
        remedy = "Delete the row: beside its members a sum counts them twice."
        return Problem(f"a row is about one country, not about {meaning}", remedy)
    remedy = "Write the ISO alpha-3 code, e.g. KAZ."
    return Problem("no country has this code or name", remedy, Near(label, _comparable()))


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

    return convert(column, read)


def _rows(file: str, *columns: str) -> tuple[Row, ...]:
    """The rows of a table that lies beside this module."""
    return packaged_rows(resources.files(__package__) / file, ("label", *columns))

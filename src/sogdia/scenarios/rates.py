"""Annual rates, lengths and sizes of what may happen, as a table whose rows say what they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sogdia.errors import unknown
from sogdia.tabular.evidence import SOURCED, Evidence, provenance_of
from sogdia.tabular.rows import Cells, packaged_records, range_columns
from sogdia.uncertain import Range

FILE = "annual_rates.csv"
COLUMNS = ("name", *range_columns("value"), "unit", *SOURCED)


@dataclass(frozen=True, slots=True)
class AnnualRate:
    """One row: a rate, a length in days, a share or a rule, with low, central and high, its unit and evidence."""

    name: str
    value: Range
    unit: str
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


@cache
def annual_rates() -> dict[str, AnnualRate]:
    """The packaged table by name; InputError with every fault if the file was damaged."""
    rates = packaged_records(files(__package__).joinpath("tables", FILE), COLUMNS, _annual_rate)
    return {rate.name: rate for rate in rates}


def _annual_rate(cells: Cells) -> AnnualRate:
    return AnnualRate(
        name=cells.text("name"), value=cells.range("value"), unit=cells.text("unit"), **provenance_of(cells)
    )


def annual_rate(name: str) -> AnnualRate:
    """One row; UnknownNameError with the nearest names otherwise."""
    rates = annual_rates()
    if name not in rates:
        raise unknown("annual rate", name, rates)
    return rates[name]

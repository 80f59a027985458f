"""Annual rates, lengths and sizes of what may happen, as a table whose rows say what they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sogdia.errors import Fault, InputError, unknown
from sogdia.network.provenance import SOURCED, provenance_of
from sogdia.network.records import Evidence
from sogdia.tabular.rows import Cells, packaged_rows, range_columns
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
    faults: list[Fault] = []
    rates = {}
    for row in packaged_rows(files(__package__).joinpath("tables", FILE), COLUMNS):
        cells = Cells(row)
        rate = AnnualRate(
            name=cells.text("name"), value=cells.range("value"), unit=cells.text("unit"), **provenance_of(cells)
        )
        faults += cells.faults
        rates[rate.name] = rate
    if faults:
        raise InputError(faults)
    return rates


def annual_rate(name: str) -> AnnualRate:
    """One row; UnknownNameError with the nearest names otherwise."""
    rates = annual_rates()
    if name not in rates:
        raise unknown("annual rate", name, rates)
    return rates[name]

"""What costs of a plan rest on beside the projects' own figures: rates and shares, each with its range."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sogdia.tabular.evidence import SOURCED
from sogdia.tabular.rows import packaged_records, range_columns
from sogdia.uncertain import Range

FILE = "assumptions.csv"
COLUMNS = ("name", *range_columns("value"), "unit", *SOURCED)


@dataclass(frozen=True, slots=True)
class Assumptions:
    """discount_rate: a year, real; life_years: of a plant; support_share: part of the capital that backers bring;
    stock_handling: a year, of the value of a stock.
    """

    discount_rate: Range
    life_years: Range
    support_share: Range
    stock_handling: Range

    @property
    def yearly(self) -> float:
        """What a unit of capital costs a year, at the central figures: r / (1 - (1 + r)^-n)."""
        return self.yearly_over(None)

    def yearly_over(self, life_years: float | None) -> float:
        """The same over a life of a project's own, by default that of the table."""
        rate, life = self.discount_rate.central, life_years or self.life_years.central
        return rate / (1.0 - (1.0 + rate) ** -life) if rate > 0 else 1.0 / life


@cache
def embedded_assumptions() -> Assumptions:
    """The packaged table; InputError with every fault if the file was damaged."""
    table = files(__package__).joinpath("tables", FILE)
    rows = packaged_records(table, COLUMNS, lambda cells: (cells.text("name"), cells.range("value")))
    return Assumptions(**dict(rows))

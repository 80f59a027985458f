"""What a state takes of a project, where a source or a marked assumption gives it: on output and on profit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sogdia.tabular.evidence import SOURCED
from sogdia.tabular.rows import packaged_records, range_columns
from sogdia.uncertain import Range

FILE = "taxes.csv"
COLUMNS = ("country", "market", *range_columns("extraction"), *range_columns("corporate"), *SOURCED)


@dataclass(frozen=True, slots=True)
class Taxes:
    """extraction: of the value of the output; corporate: of the profit; both 0..1."""

    extraction: Range
    corporate: Range


@cache
def embedded_taxes() -> dict[tuple[str, str], Taxes]:
    """The packaged rates by country and market; InputError with every fault if the file was damaged."""
    table = files(__package__).joinpath("tables", FILE)
    rows = packaged_records(
        table,
        COLUMNS,
        lambda cells: (
            (cells.text("country"), cells.text("market")),
            Taxes(cells.range("extraction"), cells.range("corporate")),
        ),
    )
    return dict(rows)


def taxes_of(country: str, market: str) -> Taxes | None:
    """The rates for a product made in a country; None where no row gives them."""
    return embedded_taxes().get((country, market))

"""Values in another currency become dollars at the average rate of their calendar year."""

from __future__ import annotations

from functools import cache
from importlib import resources

from sogdia.errors import Fault, InputError
from sogdia.tabular.rows import packaged_rows

SOURCE = "EXCHANGE_RATES"
PER_USD = "per USD"


def usd_per_unit(currency: str, year: int, file: str) -> float:
    """US dollars for one unit of a currency; InputError for a year without a rate.

    >>> round(1 / usd_per_unit("JPY", 2022, "file.csv"), 1), usd_per_unit("EUR", 2022, "file.csv")
    (131.5, 1.0534)
    """
    rates = _rates()
    if (currency, year) not in rates:
        years = sorted(there for name, there in rates if name == currency)
        rule = f"the average rate of the {currency} is known for the year ({years[0]} to {years[-1]})"
        remedy = "Take the same data from UN Comtrade, in dollars, or leave the year out."
        raise InputError([Fault(file, rule, remedy, column="year", value=str(year))])
    return rates[currency, year]


@cache
def _rates() -> dict[tuple[str, int], float]:
    names = ("currency", "year", "basis", "rate", "source_id", "evidence")
    rows = packaged_rows(resources.files(__package__) / "exchange_rates.csv", names)
    found = {}
    for row in rows:
        rate = float(row.cells["rate"])
        usd = 1 / rate if row.cells["basis"] == PER_USD else rate
        found[row.cells["currency"], int(row.cells["year"])] = usd
    return found

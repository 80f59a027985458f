"""Benchmark prices: quotations of one constant grade, year by year, against which unit values of trade are held."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sogdia.data.minerals import STAGES, Mineral
from sogdia.data.store import Store


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A quotation. prices: year -> annual mean [USD/t]. stage: that of the quoted product."""

    mineral: str
    stage: str
    series: str
    prices: dict[int, float]
    source_id: str

    def changes(self) -> dict[int, float]:
        """ln(price in a year / price in the year before), for every year that has both.

        >>> Benchmark("tin", "metal", "Tin", {2001: 1.0, 2002: 1.0, 2004: 3.0}, "X").changes()
        {2002: 0.0}
        """
        known = self.prices
        return {year: math.log(price / known[year - 1]) for year, price in known.items() if year - 1 in known}


def benchmarks(store: Store) -> dict[tuple[str, str], Benchmark]:
    """(mineral, stage) -> the quotation in the table `benchmark_prices`."""
    rows = store.scan("benchmark_prices").collect().sort("mineral", "stage", "year")
    found: dict[tuple[str, str], Benchmark] = {}
    for (mineral, stage), some in rows.group_by("mineral", "stage", maintain_order=True):
        prices = dict(some.select("year", "price").iter_rows())
        first = some.row(0, named=True)
        key = str(mineral), str(stage)
        found[key] = Benchmark(*key, first["series"], prices, first["source_id"])
    return found


def benchmark_of(quotations: dict[tuple[str, str], Benchmark], mineral: Mineral, stage: str) -> Benchmark | None:
    """The quotation for a mineral's code at a stage: of that stage, else of the next one beyond it that has one.

    A concentrate is sold at a share of its metal's price, so that the metal's changes are its own, nearly. An earlier
    stage is no benchmark of a later one: margins of processing lie between. None where there is no quotation.
    """
    later = STAGES[STAGES.index(stage) :]
    return next((quotations[mineral.key, one] for one in later if (mineral.key, one) in quotations), None)

"""Traps of units: figures that are a thousand times too large or too small for their market are refused."""

from __future__ import annotations

from collections.abc import Iterator

from sogdia.errors import Fault
from sogdia.plan.projects.record import Project
from sogdia.uncertain import Range

MOST_CAPITAL, LEAST_CAPITAL = 200.0, 0.005
"""Capital over the value of a year's product; of real projects it is 0.4 to 20."""
MOST_PRICE = 50.0
"""A price or running cost over the price in the market, or the other way round."""


def unit_faults(project: Project, price_usd_per_t: float, world_t: float) -> Iterator[Fault]:
    """What cannot be meant. price_usd_per_t: what the importer pays; world_t: what the market's buyers use a year."""
    tonnes, capital = project.tonnes, project.capital
    if tonnes is not None and tonnes > world_t:
        rule = f"capacity is in tonnes of product a year; the buyers of all the world use {world_t:,.0f} t"
        yield _fault(project, "capacity_t_central", tonnes, rule, "Give tonnes, not kg.")
    elif tonnes and capital:
        ratio = capital * 1e6 / (tonnes * price_usd_per_t)
        if not LEAST_CAPITAL <= ratio <= MOST_CAPITAL:
            rule = f"capital is in million USD and capacity in tonnes; here it is {ratio:,.3g} times a year's product"
            remedy = "Give tonnes, not thousand tonnes, and million USD, not yen or thousand USD."
            yield _fault(project, "capex_musd_central", capital, rule, remedy)
    for column, figure in (("price_usd_per_t", project.price_usd_per_t), ("opex_usd_per_t", project.opex_usd_per_t)):
        yield from _price_fault(project, column, figure, price_usd_per_t)


def _price_fault(project: Project, column: str, figure: Range | None, price: float) -> Iterator[Fault]:
    if figure is None or figure.central <= 0:
        return
    ratio = figure.central / price
    if ratio > MOST_PRICE or (column == "price_usd_per_t" and ratio < 1 / MOST_PRICE):
        rule = f"it is in USD a tonne; the importer pays {price:,.0f} USD a tonne in the market"
        yield _fault(project, f"{column}_central", figure.central, rule, "Give USD a tonne, not yen and not a kg.")


def _fault(project: Project, column: str, value: float, rule: str, remedy: str) -> Fault:
    return Fault(project.file, rule, remedy, project.row, column, f"{value:g}")

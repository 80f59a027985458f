"""Which assumption flips which project: the value at which what it costs equals what it saves beside the plan.

    interest, life, share of the capital, handling, capital      where the cost equals what is saved, which stays
    price of risk       (cost - expected) / (tail - expected)    of what the project saves
    chances             likewise, the years weighed anew by the chance of what becomes of the project
    rate of events      likewise, the years in which something hits its market weighed anew

A flip says where one assumption alone moves a project into or out of the plan, all others at their central values. It
is None where no value that makes sense does so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from sogdia.plan.agreement import Zone, beside
from sogdia.plan.assumptions import Assumptions
from sogdia.plan.build import PlanTables
from sogdia.plan.choice import PlanCase
from sogdia.plan.choice.case import Booleans, Floats, Integers
from sogdia.plan.choice.tail import of_worst
from sogdia.plan.costs import cost_of
from sogdia.plan.flip import HIT, Flip, crossing
from sogdia.plan.market_flips import market_flips
from sogdia.plan.markets.named import price_usd_per_t, used_t
from sogdia.plan.markets.realised import realisations
from sogdia.plan.projects.record import Project
from sogdia.uncertain import Range

SOUGHT: Mapping[str, tuple[float, float]] = {
    "discount_rate": (0.0, 1.0), "life_years": (1.0, 100.0), "support_share": (0.001, 1.0),
    "stock_handling": (0.0, 1.0), "capital": (0.01, 100.0), "rate_of_events": (0.01, 100.0),
}  # fmt: skip
"""Where a flip is looked for: all values that make sense, wider than the range that is assumed."""
LOOKED_AT = 2.0
"""Times as many of the worst years as the tail would hold if all weighed the same, looked at first."""
OF_A_STOCK = ("discount_rate", "stock_handling")
OF_A_WORK = ("discount_rate", "life_years", "support_share")


@dataclass(frozen=True, slots=True, eq=False)
class Sorted:
    """Losses of the years, the worst first, (years,), and which year each is of: their tail at other weights."""

    loss: Floats
    order: Integers

    @classmethod
    def of(cls, loss: Floats) -> Sorted:
        """Sorted once."""
        order = np.argsort(-loss, kind="stable")
        return cls(loss[order], order)

    def tail(self, years: Floats, tail: float) -> float:
        """CVaR at other weights, which add up to 1, as `tail_loss`."""
        count = int(LOOKED_AT * (1.0 - tail) * len(years)) + 1
        while True:
            weight = years[self.order[:count]]
            if count >= len(years) or weight.sum() >= 1.0 - tail:
                return float(of_worst(weight, tail) @ self.loss[:count])
            count *= 4


@dataclass(frozen=True, slots=True, eq=False)
class Saved:
    """What a project saves beside the plan: the years without and with it, the difference of each year, (years,), and
    the expected saving (more exact than the mean of the years where it is known so).
    """

    without: Sorted
    held: Sorted
    each: Floats
    expected: float
    mean: float

    def worst(self, years: Floats, tail: float) -> float:
        """What it saves of the tail loss."""
        return self.without.tail(years, tail) - self.held.tail(years, tail)

    def at(self, years: Floats, risk: float, tail: float) -> float:
        """What it saves at other weights of the years."""
        mean = float(years @ self.each)
        expected = self.expected * mean / self.mean if self.mean else mean
        return (1.0 - risk) * expected + risk * self.worst(years, tail)


def flips_of(
    tables: PlanTables, case: PlanCase, chosen: Booleans, zones: Mapping[str, Zone], seed: int
) -> tuple[Flip, ...]:
    """The flips of each project that can be chosen."""
    whole = Sorted.of(_losses(case, chosen))
    found: list[Flip] = []
    for number, project in enumerate(tables.projects):
        zone, taken = zones[project.project_id], bool(chosen[number])
        saved = _saved(case, chosen, number, whole)
        found += [
            *_of_costs(tables, project, zone, taken), _of_risk(case, project, zone, taken, saved),
            *_of_chances(case, project, zone, taken, saved, seed), *_of_rates(case, number, zone, taken, saved),
        ]  # fmt: skip
    return (*found, *market_flips(tables, case, chosen, zones))


def _of_costs(tables: PlanTables, project: Project, zone: Zone, taken: bool) -> list[Flip]:
    named = next((m for m in tables.markets if m.market.mineral == project.market), None)
    price, used = (price_usd_per_t(named, tables.importer), used_t(named, tables.importer)) if named else (0.0, 0.0)

    def lacking(at: Assumptions, scaled: Project) -> float:
        cost = cost_of(scaled, tables.account, at, price, used)
        return float("nan") if cost is None else zone.high - cost.yearly

    flips = []
    for name in OF_A_STOCK if project.effect == "stock" else OF_A_WORK:
        assumed: Range = getattr(tables.assumed, name)

        def of_value(value: float, name: str = name) -> float:
            return lacking(replace(tables.assumed, **{name: Range(value, value, value)}), project)

        at = crossing(of_value, *SOUGHT[name])
        flips.append(Flip(name, assumed.low, assumed.central, assumed.high, project.project_id, taken, at))
    if project.capex_musd is not None:
        capital = project.capex_musd
        middle = capital.central or 1.0

        def of_capital(factor: float) -> float:
            return lacking(tables.assumed, replace(project, capex_musd=scaled(capital, factor)))

        at = crossing(of_capital, *SOUGHT["capital"])
        low, high = capital.low / middle, capital.high / middle
        flips.append(Flip("capital", low, 1.0, high, project.project_id, taken, at))
    return flips


def scaled(figure: Range, factor: float) -> Range:
    """A range times a number."""
    return Range(figure.low * factor, figure.central * factor, figure.high * factor)


def _of_risk(case: PlanCase, project: Project, zone: Zone, taken: bool, saved: Saved) -> Flip:
    spread = saved.worst(case.years, case.tail) - saved.expected
    at = (zone.low - saved.expected) / spread if abs(spread) > HIT else None
    if at is not None and not 0.0 <= at <= 1.0:
        at = None
    return Flip("price_of_risk", 0.0, case.risk, 1.0, project.project_id, taken, at)


def _of_chances(case: PlanCase, project: Project, zone: Zone, taken: bool, saved: Saved, seed: int) -> list[Flip]:
    """The years weighed anew: a year in which the project never comes about counts (1 - p') / (1 - p), and so on."""
    with_it, anyway = project.prob_if_supported.central, project.prob_anyway.central
    if not 0.0 < with_it < 1.0:
        return []
    drawn = realisations(seed, project.project_id, len(case.weight), with_it, anyway)

    def gain(supported: float, there: float) -> float:
        new = np.array([1.0 - supported, supported - there, there])
        old = np.array([1.0 - with_it, with_it - anyway, anyway])
        if ((old <= 0) & (new > 0)).any():
            return float("nan")
        years = case.years * (new / np.where(old > 0, old, 1.0))[drawn]
        return saved.at(years / years.sum(), case.risk, case.tail) - zone.low

    ranges = (("prob_if_supported", project.prob_if_supported), ("prob_anyway", project.prob_anyway))
    at = (
        crossing(lambda value: gain(value, anyway), anyway, 1.0),
        crossing(lambda value: gain(with_it, value), 0.0, with_it) if anyway > 0 else None,
    )
    return [
        Flip(name, r.low, r.central, r.high, project.project_id, taken, found)
        for (name, r), found in zip(ranges, at, strict=True)
    ]


def _of_rates(case: PlanCase, number: int, zone: Zone, taken: bool, saved: Saved) -> list[Flip]:
    """Years in which something hits a market that it touches come `factor` times as often."""
    hit = np.zeros(len(case.weight), dtype=bool)
    for table in case.tables:
        if number in table.projects:
            loss = table.loss[:, 0]
            hit |= (loss - loss.min() > HIT)[table.of_year]
    often = float(case.years[hit].sum())
    if not 0.0 < often < 1.0:
        return []

    def gain(factor: float) -> float:
        then = 1.0 - (1.0 - often) ** factor
        years = case.years * np.where(hit, then / often, (1.0 - then) / (1.0 - often))
        return saved.at(years, case.risk, case.tail) - zone.low

    at = crossing(gain, *SOUGHT["rate_of_events"])
    return [Flip("rate_of_events", None, 1.0, None, case.names[number], taken, at)]


def _losses(case: PlanCase, chosen: Booleans) -> Floats:
    loss = np.zeros(len(case.weight))
    for row, table in zip(case.rows(chosen) or (), case.tables, strict=True):
        loss += table.loss[table.of_year, row]
    return loss


def _saved(case: PlanCase, chosen: Booleans, number: int, plan: Sorted) -> Saved:
    """Only the tables that a project touches differ from the plan's. plan: the years under the plan."""
    held, without = beside(case, chosen, number)
    rows = [case.rows(each) or [] for each in (chosen, without, held)]
    expected, whole = 0.0, np.empty(len(plan.loss))
    whole[plan.order] = plan.loss
    each = [whole.copy(), whole.copy()]
    for table, plain, less, more in zip(case.tables, *rows, strict=True):
        for which, row in enumerate((less, more)):
            if row != plain:
                each[which] += table.loss[table.of_year, row] - table.loss[table.of_year, plain]
        if less != more:
            of_table = case.expected(table)
            expected += float(of_table[less] - of_table[more])
    saved = each[0] - each[1]
    least, most = (plan if own == rows[0] else Sorted.of(losses) for own, losses in zip(rows[1:], each, strict=True))
    return Saved(least, most, saved, expected, float(case.years @ saved))

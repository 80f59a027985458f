"""How far a project's worth depends on elasticities and on the backstop price: its market is solved at both ends.

    worth at an end = worth x (what it saves there / what it saves at the central figures), in the states that matter

Only for the chosen projects and the nearest ones: each asks for its market again, once for all budgets (see
`kept_flips`). Where worth crosses the cost between the ends is found on a straight line of the logarithms, which is a
first look and no solution.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from sogdia.data.elasticities import Elasticities
from sogdia.market import Draws
from sogdia.plan.agreement import Zone, beside
from sogdia.plan.build import PlanTables
from sogdia.plan.choice import PlanCase
from sogdia.plan.choice.case import Booleans, Floats, Integers
from sogdia.plan.flip import Flip
from sogdia.plan.kept_flips import keep_flips, known_flips
from sogdia.plan.markets.effects import MarketEffect
from sogdia.plan.markets.loss_table import MarketCase, losses
from sogdia.plan.markets.table import only

MOST_PROJECTS = 3
MOST_STATES = 25
"""Of a market, those in which a project saves most."""
BACKSTOPS = (0.5, 2.0)
"""Times the backstop price; a judgement."""
ENDS = 4
"""Figures that are asked of a market: at either end of the elasticities, and of the backstop price."""


def market_flips(tables: PlanTables, case: PlanCase, chosen: Booleans, zones: Mapping[str, Zone]) -> tuple[Flip, ...]:
    """Two flips of each project that matters most: elasticities, told by that of demand, and the backstop price."""
    markets = [named.market.mineral for named in tables.markets]
    known = known_flips(tables.key, ENDS)
    before, found = len(known), list[Flip]()
    for number in _nearest(tables, chosen, zones):
        if tables.projects[number].market in markets:
            zone = zones[tables.projects[number].project_id]
            found += _of_project(tables, case, chosen, number, zone, known)
    if len(known) > before:
        keep_flips(tables.key, known)
    return tuple(found)


def _of_project(
    tables: PlanTables, case: PlanCase, chosen: Booleans, number: int, zone: Zone, known: dict[str, tuple[float, ...]]
) -> list[Flip]:
    """known: what is known of other questions, to which the answer to this one is added."""
    project, taken = tables.projects[number], bool(chosen[number])
    at = next(k for k, named in enumerate(tables.markets) if named.market.mineral == project.market)
    effects = _effects(tables, case, chosen, number)
    question = " / ".join([project.project_id, *(" ".join(effect.project for effect in own) for own in effects)])
    if question not in known:
        known[question] = _ratios(tables, case, chosen, number, at, effects)
    ratios, eta = known[question], tables.markets[at].short_run.eta
    if zone.high <= 0 or np.isnan(ratios).any():
        return []
    stop = tables.markets[at].market.rules.backstop_price
    values = (
        ("elasticities", (eta.low, eta.central, eta.high), ratios[:2]),
        ("backstop_price", (stop * BACKSTOPS[0], stop, stop * BACKSTOPS[1]), ratios[2:]),
    )
    flips = []
    for name, (low, middle, high), (first, last) in values:
        crossed = _between((low, middle, high), (zone.high * first, zone.high, zone.high * last), zone.low)
        flips.append(Flip(name, low, middle, high, project.project_id, taken, crossed))
    return flips


def _ratios(
    tables: PlanTables, case: PlanCase, chosen: Booleans, number: int, at: int,
    effects: tuple[list[MarketEffect], list[MarketEffect]],
) -> tuple[float, ...]:  # fmt: skip
    """What a project saves at the low and the high end of the elasticities, and at the low and the high backstop price,
    relative to the central figures; NaN where it saves nothing there.
    """
    matters, mass = _states(tables, case, chosen, number, at)
    part, (without, held) = only(tables.years.cases[at], matters), effects
    plain, beside_it = losses(part, without), losses(part, held)
    central = float(mass @ np.nan_to_num(plain.loss - beside_it.loss))
    if central <= 0:
        return (float("nan"),) * ENDS

    def ratio(changed: MarketCase) -> float:
        return float(mass @ _difference(changed, without, held)) / central

    stop, short = part.market.rules.backstop_price, tables.markets[at].short_run
    reached = any((each.price[:, part.members] > BACKSTOPS[0] * stop).any() for each in (plain, beside_it))
    ends = [ratio(_at_end(part, short, end)) for end in ("low", "high")]
    stops = [ratio(_with_backstop(part, stop * factor)) if reached else 1.0 for factor in BACKSTOPS]
    return (*ends, *stops)


def _states(tables: PlanTables, case: PlanCase, chosen: Booleans, number: int, at: int) -> tuple[Integers, Floats]:
    """The states of a market in which a project saves most, and the weight of each."""
    held, without = beside(case, chosen, number)
    more, less = (case.rows(each) or [] for each in (held, without))
    k = next(k for k, table in enumerate(case.tables) if table.name == tables.markets[at].market.mineral)
    table, of_year = case.tables[k], tables.years.sample.states[at].of_year
    saved = case.years * (table.loss[:, less[k]] - table.loss[:, more[k]])[table.of_year]
    count = len(tables.years.cases[at].part)
    by_state = np.abs(np.bincount(of_year, weights=saved, minlength=count))
    matters = np.sort(np.argsort(-by_state, kind="stable")[:MOST_STATES]).astype(np.int64)
    mass = np.bincount(of_year, weights=case.years, minlength=count)
    return matters, np.asarray(mass[matters], dtype=np.float64)


def _nearest(tables: PlanTables, chosen: Booleans, zones: Mapping[str, Zone]) -> list[int]:
    """Numbers of the chosen projects of most worth, and of the nearest one that is not chosen."""
    gap = [zones[project.project_id].high / max(zones[project.project_id].low, 1e-12) for project in tables.projects]
    taken = [k for k in range(len(gap)) if chosen[k]]
    left = [k for k in range(len(gap)) if not chosen[k]]
    return sorted(taken, key=lambda k: -gap[k])[: MOST_PROJECTS - 1] + sorted(left, key=lambda k: -gap[k])[:1]


def _effects(
    tables: PlanTables, case: PlanCase, chosen: Booleans, number: int
) -> tuple[list[MarketEffect], list[MarketEffect]]:
    """What is there without a project and with it, where all that is supported comes about."""
    market = str(tables.projects[number].market)
    held, without = beside(case, chosen, number)
    names = [project.project_id for project in tables.projects]
    there = list(tables.held.get(market, ()))
    of_market = [(names.index(effect.project), effect) for effect in tables.effects[market]]
    return (
        [*there, *(effect for k, effect in of_market if without[k])],
        [*there, *(effect for k, effect in of_market if held[k])],
    )


def _difference(case: MarketCase, without: Sequence[MarketEffect], held: Sequence[MarketEffect]) -> Floats:
    return np.nan_to_num(losses(case, without).loss - losses(case, held).loss)


def _at_end(case: MarketCase, of: Elasticities, end: str) -> MarketCase:
    """The market with all its short-run elasticities at the low or the high end."""
    sigma, eta, eps = (np.full(1, getattr(each, end)) for each in (of.sigma, of.eta, of.eps))
    return replace(case, short_run=Draws(np.maximum(sigma, 1.05 * np.maximum(1.0, eta)), eta, eps))


def _with_backstop(case: MarketCase, price: float) -> MarketCase:
    rules = replace(case.market.rules, backstop_price=price)
    return replace(case, market=replace(case.market, rules=rules))


def _between(at: Sequence[float], worth: Sequence[float], cost: float) -> float | None:
    """Where worth crosses the cost, on straight lines over the logarithm of the assumption.

    >>> round(_between((1.0, 10.0, 100.0), (4.0, 2.0, 1.0), 1.5), 3), _between((1.0, 2.0, 4.0), (4.0, 3.0, 2.0), 1.0)
    (31.623, None)
    """
    for k in (0, 1):
        (a, b), (low, high) = at[k : k + 2], worth[k : k + 2]
        if (low - cost) * (high - cost) < 0:
            share = (cost - low) / (high - low)
            return float(np.exp(np.log(a) + share * (np.log(b) - np.log(a))))
    return None

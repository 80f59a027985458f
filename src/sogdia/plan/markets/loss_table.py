"""The importer's loss in each state of a market under each set of projects that are there.

    L = b V A(min(P, pb)) - sum over k of (min(P, pb) - price[k]) R[k] v + V0 A(P of the rebase)

R: tonnes by contract, less what events take of their country's output, exports and ways; and tonnes out of stock, at
most what the importer's suppliers lose. v: base price of a tonne. P of the rebase: what lasting supply saves in an
ordinary year. Prices count up to the backstop price, that of the importer's own way out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sogdia.codes import Region
from sogdia.equilibrium import Shocks, SolveStatus, solve
from sogdia.equilibrium.outcomes import consumer_surplus_change_kusd
from sogdia.market import Draws, TradedMarket
from sogdia.plan.markets.corridors import lane_cost, ways_with
from sogdia.plan.markets.effects import MarketEffect
from sogdia.plan.markets.rebase import NewSupply, Rebased, rebased
from sogdia.scenarios.arrays import LaneLayout, MarketProblem, SlotKind
from sogdia.scenarios.block import TOLERANCE, demand_of, shocks_of, weighted
from sogdia.scenarios.problem import Slot, WayChange, market_problem

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class MarketCase:
    """A market with what may hit it. slots, ways: of the scenarios; part: of the year that each slot is hit, (states,
    slots); years: over which the events of each state last, (states,): a stock is spread over them. short_run,
    long_run: elasticities.
    """

    market: TradedMarket
    importer: Region
    slots: tuple[Slot, ...]
    ways: tuple[WayChange, ...]
    part: Floats
    years: Floats
    short_run: Draws
    long_run: Draws

    @property
    def members(self) -> list[int]:
        """Columns of the importer."""
        return [self.market.consumers.index(m) for m in self.importer.members if m in self.market.consumers]


@dataclass(frozen=True, slots=True, eq=False)
class Losses:
    """Each (states,), in kUSD a year. dearer: what use at higher prices costs; saved: what contracts and stocks save of
    that; lasting: what the rebase costs in ordinary years, negative where they are cheaper; released_t: out of stock.
    base: the ordinary year; price: use cost of every consumer in each state, (states, consumers), NaN where there is no
    answer and inf where prices rise without bound; demand: of the world relative to base, (states,).
    """

    dearer: Floats
    saved: Floats
    lasting: float
    released_t: Floats
    base: Rebased
    price: Floats
    demand: Floats

    @property
    def loss(self) -> Floats:
        """What the importer loses, (states,)."""
        return np.asarray(self.dearer - self.saved + self.lasting)


def losses(case: MarketCase, effects: Sequence[MarketEffect]) -> Losses:
    """The losses with some projects there."""
    return stock_losses(case, effects, [sum(effect.stock_t for effect in effects)]).losses[0]


@dataclass(frozen=True, slots=True, eq=False)
class StockLosses:
    """losses: for each stock; solved: how many distinct states of the market were solved for all of them."""

    losses: tuple[Losses, ...]
    solved: int


def stock_losses(case: MarketCase, effects: Sequence[MarketEffect], stocks_t: Sequence[float]) -> StockLosses:
    """The losses with some projects there beside each of several stocks [t]: they share the market, and a state in
    which no stock is released is solved once.
    """
    base = rebased(case.market, case.members, case.long_run, new_supply(effects), lane_cost(effects))
    free, offtake = _without_contracts(base.market, case.members, effects)
    slots, part, ways = _present(replace(case, ways=ways_with(case.ways, effects)), free)
    problem = market_problem(free, case.short_run, case.importer, slots, ways)
    reach = _reach(problem, part)
    contract_t = np.zeros((len(part), len(effects)))
    for k, (effect, tonnes) in enumerate(zip(effects, offtake, strict=True)):
        if tonnes > 0 and effect.country in free.producers:
            contract_t[:, k] = tonnes * reach[:, free.producers.index(effect.country)]
        elif tonnes > 0:
            contract_t[:, k] = tonnes
    lost = _lost_t(case, reach, free.producers)
    released = [np.asarray(np.minimum(stock / case.years, lost)) for stock in stocks_t]
    whole = 1.0 + sum(offtake) / _used(free, case.members)
    before = np.array(base.use_cost)[case.members]
    fixed = np.array([effect.price for effect in effects])
    world, lasting = demand_of(problem, part), _lasting(case, before)
    demand = world * whole
    prices, solved = _prices_by_stock(problem, part, contract_t.sum(axis=1), released, whole, free)
    found = []
    for stock, (everywhere, status) in zip(released, prices, strict=True):
        price = np.minimum(everywhere[:, problem.members], problem.backstop)
        top = np.minimum(price, problem.backstop / before)
        area = -consumer_surplus_change_kusd(np.ones(1), top, np.full(1, problem.eta))
        unbounded = status == SolveStatus.NO_EQUILIBRIUM
        area = np.where(unbounded[:, np.newaxis] & ~np.isfinite(area), np.nan, area)
        mean = weighted(top, problem.value_kusd / problem.value_kusd.sum())
        worth = problem.value_kusd.sum() / _used(free, case.members)
        saved = worth * (((mean[:, np.newaxis] - fixed) * contract_t).sum(axis=1) + (mean - 1.0) * stock)
        dearer = demand * weighted(area, problem.value_kusd)
        found.append(Losses(dearer, saved, lasting, stock, base, everywhere, world))
    return StockLosses(tuple(found), solved)


def _prices_by_stock(
    problem: MarketProblem,
    part: Floats,
    contract_t: Floats,
    released: Sequence[Floats],
    whole: float,
    free: TradedMarket,
) -> tuple[list[tuple[Floats, NDArray[np.int8]]], int]:
    """Prices and status of every state for each release, and how many distinct ones were solved. Tonnes from outside
    go to members as they use: by value, one that buys dear grades would have more than it uses.
    """
    state = np.tile(np.arange(len(part)), len(released))
    outside = np.concatenate([contract_t + stock for stock in released])
    _, first, number = np.unique(np.stack([state, outside]), axis=1, return_index=True, return_inverse=True)
    used = free.flows[:, problem.members].sum(axis=0)
    by_member = np.outer(outside[first], used / used.sum())
    price, status = _prices(problem, part[state[first]], by_member, whole, len(free.consumers))
    each = number.reshape(len(released), len(part))
    return [(price[rows], status[rows]) for rows in each], len(first)


def new_supply(effects: Sequence[MarketEffect]) -> list[NewSupply]:
    """The new output of some projects."""
    return [
        NewSupply(e.country, e.quantity_t, e.offtake_t, e.committed_t, e.committed_to)
        for e in effects
        if e.quantity_t > 0
    ]


def _without_contracts(
    market: TradedMarket, members: Sequence[int], effects: Sequence[MarketEffect]
) -> tuple[TradedMarket, list[float]]:
    """The market without the tonnes that reach the importer by contract, and those tonnes of each project: at most
    nine tenths of what its country sells the importer.
    """
    left, tonnes = market.flows.copy(), []
    columns = list(members)
    for effect in effects:
        taken = 0.0
        if effect.offtake_t > 0 and effect.country in market.producers:
            row = market.producers.index(effect.country)
            sold = left[row, columns].sum()
            taken = min(effect.offtake_t, market.rules.most_outside_share * float(sold))
            if taken > 0:
                left[row, columns] *= 1.0 - taken / sold
        tonnes.append(taken)
    return replace(market, flows=left), tonnes


def _present(case: MarketCase, market: TradedMarket) -> tuple[list[Slot], Floats, list[WayChange]]:
    """The slots and ways whose producers this market has, and the parts of those slots."""
    known = set(market.producers)
    ways = []
    for way in case.ways:
        cost = {c: f for c, f in way.cost_factor.items() if c in known}
        passes = {c: s for c, s in way.passes.items() if c in known}
        if cost or passes:
            ways.append(WayChange(way.name, cost, passes))
    names = {way.name for way in ways}
    kept = [
        number
        for number, slot in enumerate(case.slots)
        if slot.kind == SlotKind.DEMAND or slot.name in (names if slot.kind == SlotKind.WAY else known)
    ]
    return [case.slots[number] for number in kept], case.part[:, kept], ways


def _reach(problem: MarketProblem, part: Floats) -> Floats:
    """What events leave of each producer's way to the importer, (states, producers)."""
    count = problem.plain.base.producers
    made, sold, passes = (np.ones((len(part), count)) for _ in range(3))
    for slot, kind in enumerate(problem.kinds):
        if kind == SlotKind.OUTPUT:
            made[:, problem.producers[slot]] *= 1.0 - part[:, slot]
        elif kind == SlotKind.EXPORTS:
            sold[:, problem.producers[slot]] *= 1.0 - part[:, slot]
        elif kind == SlotKind.WAY:
            left = 1.0 - part[:, slot, np.newaxis] * (1.0 - problem.passes[problem.way[slot]])
            passes = np.minimum(passes, left)
    return np.asarray(made * np.minimum(sold, passes))


def _lost_t(case: MarketCase, reach: Floats, producers: Sequence[str]) -> Floats:
    """Tonnes of the base year's imports that events take, (states,)."""
    bought = np.where(case.market.home(), 0.0, case.market.flows)[:, case.members].sum(axis=1)
    lost = np.zeros(len(reach))
    for country, tonnes in zip(case.market.producers, bought, strict=True):
        lost += float(tonnes) * (1.0 - reach[:, producers.index(country)])
    return lost


def _prices(
    problem: MarketProblem, part: Floats, outside_t: Floats, whole: float, consumers: int
) -> tuple[Floats, NDArray[np.int8]]:
    """Use cost of every consumer, (states, consumers), inf where prices rise without bound, and the status of each."""
    by_way = (part[:, problem.kinds == SlotKind.WAY] > 0).any(axis=1)
    price = np.full((len(part), consumers), np.nan)
    status = np.zeros(len(part), dtype=np.int8)
    for layout, rows in ((problem.plain, np.flatnonzero(~by_way)), (problem.split, np.flatnonzero(by_way))):
        if layout is None or not len(rows):
            continue
        answer = solve(layout.base, _shocks(problem, layout, part[rows], outside_t[rows], whole), tolerance=TOLERANCE)
        unbounded = answer.status == SolveStatus.NO_EQUILIBRIUM
        price[rows] = np.where(unbounded[:, np.newaxis], np.inf, answer.use_cost[:, :consumers])
        status[rows] = answer.status
    return price, status


def _shocks(problem: MarketProblem, layout: LaneLayout, part: Floats, outside_t: Floats, whole: float) -> Shocks:
    """The states, with the importer's tonnes from outside, (states, members), and its whole use."""
    plain = shocks_of(problem, layout, part, demand_of(problem, part))
    if whole == 1.0 and not outside_t.any():
        return plain
    wanted = np.array(plain.demand)
    wanted[:, problem.members] *= whole
    outside = np.zeros_like(wanted)
    outside[:, problem.members] = outside_t
    return replace(plain, demand=wanted, outside=outside)


def _lasting(case: MarketCase, before: Floats) -> float:
    """What dearer or cheaper ordinary years cost, at long-run elasticities."""
    value = np.where(case.market.flows > 0, case.market.flows * np.nan_to_num(case.market.unit_value), 0.0)
    whole = value[:, case.members].sum(axis=0)
    return float(-consumer_surplus_change_kusd(whole, before, np.full(1, case.long_run.eta[0])).sum())


def _used(market: TradedMarket, members: Sequence[int]) -> float:
    return float(market.flows[:, list(members)].sum())

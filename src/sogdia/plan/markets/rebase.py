"""Lasting new supply is put into a new ordinary year, at long-run elasticities, before anything happens to it.

The tonnes reach their buyers from outside the market; the others sell less and prices fall. What comes out is the base
of a new market in which the new producer is one like the others: without a shock its prices are 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sogdia.equilibrium import Shocks, SolveStatus, flows, solve
from sogdia.errors import SolveError
from sogdia.market import Draws, TradedMarket
from sogdia.market.lanes import Lanes, array_market, lanes_of
from sogdia.market.traded import Floats

LEFT = 1e-9
"""Part of the new tonnes below which what finds no buyer is rounding."""


@dataclass(frozen=True, slots=True)
class NewSupply:
    """country: ISO code of the producer; quantity_t: a year, of the traded product; to_importer_t: of that, what the
    importer takes; committed_t, committed_to: what another country takes.
    """

    country: str
    quantity_t: float
    to_importer_t: float
    committed_t: float = 0.0
    committed_to: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Rebased:
    """market: with what lasts; use_cost: of each consumer relative to before, (consumers,), and price: of each
    producer, (producers,), in the order of the market before.
    """

    market: TradedMarket
    use_cost: Floats
    price: Floats


def rebased(
    market: TradedMarket, members: Sequence[int], long_run: Draws, new: Sequence[NewSupply],
    lane_cost: Mapping[str, float] | None = None,
) -> Rebased:  # fmt: skip
    """The market with new supply and cheaper ways. members: columns of the importer; long_run: elasticities, of which
    the central ones are used; lane_cost: delivered-cost factor of each country's way to the importer. What a buyer
    cannot take (see `MarketRules.most_outside_share`) goes where the world's exports go; what nobody can is left out.

    SolveError where no prices are found.
    """
    new = [each for each in new if each.quantity_t > 0]
    cheaper = _ways(market, members, lane_cost or {})
    if not new and not cheaper:
        return Rebased(market, np.ones(len(market.consumers)), np.ones(len(market.producers)))
    by_project = np.zeros((len(new), len(market.consumers)))
    for row, each in enumerate(new):
        by_project[row] = _buyers(market, members, each)
    by_project = _within(by_project, market.rules.most_outside_share * market.flows.sum(axis=0), _exports(market))
    to = frozenset(members)
    lanes = lanes_of(market, [(producer, to) for producer in cheaper])
    eta = np.full(len(market.consumers), long_run.eta[0])
    base = array_market(market, lanes, float(long_run.sigma[0]), eta, np.full(len(market.producers), long_run.eps[0]))
    shocks = Shocks(1, outside=by_project.sum(axis=0)[np.newaxis], cost=_costs(lanes, members, cheaper))
    answer = solve(base, shocks)
    if answer.status[0] > SolveStatus.ISOLATED:
        raise SolveError(f"{market.mineral}: no prices are found for the market with the new supply; take less of it.")
    left = np.zeros_like(market.flows)
    np.add.at(left, lanes.producer, flows(base, shocks, answer, 0))
    cost = np.asarray(answer.use_cost[0])
    whole = _with_rows(replace(market, flows=left), new, by_project, cost)
    return Rebased(whole, cost, np.asarray(answer.price[0]))


def _ways(market: TradedMarket, members: Sequence[int], lane_cost: Mapping[str, float]) -> dict[int, float]:
    """Cost factor of the producers that sell the importer something, by number."""
    bought = np.where(market.home(), 0.0, market.flows)[:, list(members)].sum(axis=1)
    number = {country: i for i, country in enumerate(market.producers)}
    return {
        number[country]: factor
        for country, factor in lane_cost.items()
        if factor != 1.0 and country in number and bought[number[country]] > 0
    }


def _costs(lanes: Lanes, members: Sequence[int], cheaper: Mapping[int, float]) -> Floats | None:
    """Delivered-cost factor of each lane, (1, lanes); None where no way changes."""
    if not cheaper:
        return None
    cost, others = np.ones(len(lanes.producer)), np.ones(lanes.members.shape[1], dtype=bool)
    others[list(members)] = False
    own = ~lanes.home & ~lanes.members[:, others].any(axis=1)
    for producer, factor in cheaper.items():
        cost[own & (lanes.producer == producer)] = factor
    return cost[np.newaxis]


def _exports(market: TradedMarket) -> Floats:
    """Tonnes that each consumer takes from abroad, or uses where nobody trades, (consumers,)."""
    abroad = np.where(market.home(), 0.0, market.flows).sum(axis=0)
    return np.asarray(abroad if abroad.sum() > 0 else market.flows.sum(axis=0))


def _within(by_project: Floats, most: Floats, exports: Floats) -> Floats:
    """Tonnes by project and buyer, with what is beyond the most of a buyer moved to those with room, as exports go.

    >>> _within(np.array([[8.0, 2.0, 0.0]]), np.array([5.0, 9.0, 9.0]), np.array([1.0, 1.0, 2.0])).tolist()
    [[5.0, 3.0, 2.0]]
    """
    found, wanted = by_project.copy(), by_project.sum(axis=1)
    for _ in range(found.shape[1] + 1):
        whole = found.sum(axis=0)
        found *= np.where(whole > most, most / np.where(whole > 0, whole, 1.0), 1.0)
        lacking = wanted - found.sum(axis=1)
        room = np.where(whole < most, exports, 0.0)
        if lacking.sum() <= LEFT * wanted.sum() or room.sum() <= 0:
            break
        found += np.outer(np.maximum(lacking, 0.0), room / room.sum())
    return found


def _buyers(market: TradedMarket, members: Sequence[int], new: NewSupply) -> Floats:
    """Tonnes of new supply by buyer: the importer's part by what its members use, what is committed to its buyer, the
    rest as the producer's exports go, or as those of the world do.
    """
    used = market.flows.sum(axis=0)
    own = np.zeros(len(used))
    own[list(members)] = used[list(members)]
    pattern = np.zeros(len(used))
    if new.country in market.producers:
        pattern = np.where(market.home(), 0.0, market.flows)[market.producers.index(new.country)]
    if pattern.sum() <= 0:
        pattern = _exports(market)
    taken = min(new.to_importer_t, new.quantity_t)
    committed = np.zeros(len(used))
    if new.committed_to in market.consumers:
        committed[market.consumers.index(str(new.committed_to))] = min(new.committed_t, new.quantity_t - taken)
    rest = new.quantity_t - taken - committed.sum()
    return np.asarray(taken * own / own.sum() + committed + rest * pattern / pattern.sum())


def _with_rows(market: TradedMarket, new: Sequence[NewSupply], by_project: Floats, cost: Floats) -> TradedMarket:
    """New producers as rows of their own, those that are there with more."""
    price = market.import_unit_value()
    price = np.where(np.isfinite(price), price, np.nanmean(market.unit_value))
    producers, sold = list(market.producers), market.flows.copy()
    value = market.unit_value.copy()
    for each, quantity in zip(new, by_project, strict=True):
        if each.country not in producers:
            producers.append(each.country)
            sold = np.vstack([sold, np.zeros(sold.shape[1])])
            value = np.vstack([value, np.full(sold.shape[1], np.nan)])
        row = producers.index(each.country)
        sold[row] += quantity
        value[row] = np.where((sold[row] > 0) & ~np.isfinite(value[row]), price, value[row])
    return replace(market, producers=tuple(producers), flows=sold, unit_value=np.where(sold > 0, value * cost, np.nan))

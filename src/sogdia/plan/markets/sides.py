"""What partners and others see of each combination of support, from the very answers that the importer's loss is of.

    buyers elsewhere, ordinary years   V0 A(P)                   P of the rebase, long-run elasticities
    buyers elsewhere, bad years        b V A(min(P, pb / P of the rebase))
    sellers                            V0 (p^(1 + eps) - 1) / (1 + eps), ordinary years

Each is expected over the years and over what becomes of the projects. A is the area under demand (see `loss_table`), V
the value of the new ordinary year. What sellers earn more in bad years is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sogdia.equilibrium.outcomes import consumer_surplus_change_kusd, producer_surplus_change_kusd
from sogdia.market import TradedMarket
from sogdia.plan.markets.effects import MarketEffect
from sogdia.plan.markets.loss_table import Losses, MarketCase
from sogdia.units import KUSD_PER_MUSD

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """consumers, producers: ISO codes, new producers last. ordinary, bad: what dearer supply costs buyers, negative
    where it is cheaper, (combinations, consumers) [MUSD a year], 0 for the importer's members; sellers: what makers of
    today earn more in ordinary years, (combinations, producers) [MUSD a year]; supplied_t: tonnes that the importer
    takes of each producer in ordinary years, (combinations, producers); price: mean price that it pays in ordinary
    years relative to the base year, (combinations,).
    """

    consumers: tuple[str, ...]
    producers: tuple[str, ...]
    ordinary: Floats
    bad: Floats
    sellers: Floats
    supplied_t: Floats
    price: Floats

    def only(self, columns: NDArray[np.bool_]) -> Sides:
        """Of some combinations."""
        names = ("ordinary", "bad", "sellers", "supplied_t", "price")
        return replace(self, **{name: getattr(self, name)[columns] for name in names})


class SidesSum:
    """Adds up the answers of a market, each under the combinations and years in which it holds."""

    def __init__(self, case: MarketCase, effects: Sequence[MarketEffect], combinations: int) -> None:
        self._case = case
        known = case.market.producers
        new = [e.country for e in effects if e.quantity_t > 0 and e.country not in known]
        self._producers = (*known, *dict.fromkeys(new))
        buyers, makers = len(case.market.consumers), len(self._producers)
        self._ordinary, self._bad = np.zeros((combinations, buyers)), np.zeros((combinations, buyers))
        self._sellers, self._supplied = np.zeros((combinations, makers)), np.zeros((combinations, makers))
        self._price, self._mass = np.zeros(combinations), np.zeros(combinations)

    def add(self, found: Losses, weight: Floats) -> None:
        """An answer, by how likely each state of it is under each combination, (combinations, states)."""
        whole = weight.sum(axis=1)
        self._mass += whole
        self._bad += weight @ dearer_elsewhere(self._case, found)
        self._ordinary += np.outer(whole, cheaper_elsewhere(self._case, found))
        sold = np.zeros(len(self._producers))
        sold[: len(found.base.price)] = sellers_gain(self._case, found)
        self._sellers += np.outer(whole, sold)
        self._supplied += np.outer(whole, _supplied(self._case, found.base.market, self._producers))
        self._price += whole * _mean_price(self._case, found)

    def mean(self) -> Sides:
        """What is expected."""
        each = np.where(np.abs(self._mass) > 0, self._mass, 1.0)[:, np.newaxis]
        return Sides(
            self._case.market.consumers, self._producers, self._ordinary / each / KUSD_PER_MUSD,
            self._bad / each / KUSD_PER_MUSD, self._sellers / each / KUSD_PER_MUSD, self._supplied / each,
            self._price / each[:, 0],
        )  # fmt: skip


def value_kusd(market: TradedMarket) -> Floats:
    """What each consumer uses a year, (consumers,) [kUSD]."""
    return np.asarray(np.where(market.flows > 0, market.flows * np.nan_to_num(market.unit_value), 0.0).sum(axis=0))


def dearer_elsewhere(case: MarketCase, found: Losses) -> Floats:
    """What dearer use in each state costs buyers elsewhere, above the new ordinary year, (states, consumers) [kUSD];
    0 where the market has no answer.
    """
    top = np.minimum(found.price, case.market.rules.backstop_price / found.base.use_cost)
    area = -consumer_surplus_change_kusd(value_kusd(found.base.market), top, np.full(1, case.short_run.eta[0]))
    area[:, case.members] = 0.0
    return np.nan_to_num(found.demand[:, np.newaxis] * area, posinf=0.0, neginf=0.0)


def cheaper_elsewhere(case: MarketCase, found: Losses) -> Floats:
    """What the new ordinary year costs buyers elsewhere, negative where it is cheaper, (consumers,) [kUSD]."""
    eta = np.full(1, case.long_run.eta[0])
    change = -consumer_surplus_change_kusd(value_kusd(case.market), found.base.use_cost, eta)
    change[case.members] = 0.0
    return np.asarray(change)


def sellers_gain(case: MarketCase, found: Losses) -> Floats:
    """What makers of today earn more in the new ordinary year, (producers,) [kUSD]."""
    flows = case.market.flows
    sales = np.where(flows > 0, flows * np.nan_to_num(case.market.unit_value), 0.0).sum(axis=1)
    one, eps = np.ones(len(sales)), np.full(1, case.long_run.eps[0])
    return producer_surplus_change_kusd(sales, found.base.price, one, eps)


def _supplied(case: MarketCase, market: TradedMarket, producers: Sequence[str]) -> Floats:
    tonnes = market.flows[:, case.members].sum(axis=1)
    by_name = dict(zip(market.producers, tonnes.tolist(), strict=True))
    return np.array([by_name.get(name, 0.0) for name in producers])


def _mean_price(case: MarketCase, found: Losses) -> float:
    value = value_kusd(case.market)[case.members]
    return float((found.base.use_cost[case.members] * value).sum() / value.sum())

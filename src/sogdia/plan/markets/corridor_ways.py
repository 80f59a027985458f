"""The ways of sellers to the importer with upgrades of the corridors (see `corridors`).

An upgrade never makes a way dearer. So where all of them together change nothing, none does, and the single ones are
not tried. What could save the importer less than LEAST_USD a year in a market at the most, or less than LEAST_SHARE of
the capital of the upgrade, is left out: ways of small sellers, and closings that are rare. No plan turns on it, and
every project that changes a market doubles what has to be solved. In ordinary years only what the importer buys today
comes cheaper: what a new project saves on its way is the seller's, because its contract has a price
(`way_saved_musd`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sogdia.codes import Region
from sogdia.corridors.standing import closed
from sogdia.market import TradedMarket
from sogdia.network import Effect, embedded_corridors, embedded_shipments
from sogdia.plan.markets.effects import MarketEffect
from sogdia.scenarios.arrays import SlotKind
from sogdia.scenarios.corridor_streams import closing_of
from sogdia.scenarios.problem import WayChange
from sogdia.scenarios.rates import annual_rate
from sogdia.scenarios.setup import AskedMarket, EnsembleMarket, EnsembleSetup, imports_t
from sogdia.scenarios.stream import YEAR_DAYS
from sogdia.scenarios.ways import (
    Closing,
    UsualWays,
    WayNetwork,
    least_costs,
    sellers,
    usual_ways,
    way_network,
)
from sogdia.shock.corridor_origins import Origins

LEAST_USD = 20_000.0
LEAST_SHARE = 0.001
"""A year, of the capital: about a hundredth of what the capital costs."""
USD_PER_MUSD = 1e6

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Works:
    """What a project does to the network, and its capital [MUSD]."""

    effects: tuple[Effect, ...]
    capital_musd: float = 0.0

    @property
    def least_usd(self) -> float:
        """Savings a year below which its effect on a market is left out."""
        return max(LEAST_USD, LEAST_SHARE * self.capital_musd * USD_PER_MUSD)


@dataclass(frozen=True, slots=True, eq=False)
class _Seller:
    """A seller of one market. value: of its cargo [USD/t]; today, bought: by the importer, today and with every project
    [USD a year]; shut: least costs under each closing that matters to it.
    """

    origins: Origins
    usual: UsualWays
    value: float
    today: float
    bought: float
    shut: Mapping[str, Floats]

    def factor(self, costs: Floats, before: Floats) -> float:
        """Delivered cost relative to before, over the places that have a way in both; 1 where none has."""
        both = np.isfinite(costs) & np.isfinite(before)
        if not both.any():
            return 1.0
        return float((self.value + costs[both].mean()) / (self.value + before[both].mean()))

    def passes(self, costs: Floats) -> float:
        """Share of today's places that still have a way."""
        known = np.isfinite(self.usual.costs)
        return float((known & np.isfinite(costs)).sum() / known.sum())


def corridor_effects(
    importer: Region,
    asked: Sequence[AskedMarket],
    today: Sequence[TradedMarket],
    setup: EnsembleSetup,
    upgrades: Mapping[str, Works],
) -> tuple[tuple[MarketEffect, ...], ...]:
    """What each project does to each market, (markets) of its effects; a project that changes no way is not among them.

    asked: the markets of the setup, with every project; today: without; upgrades: by project.
    Sellers are those whose ways count (see `scenarios.ways`).
    """
    if not upgrades:
        return tuple(() for _ in asked)
    exporters = {c for each in asked for c, usd in _bought(each.market, importer).items() if usd > 0}
    near = way_network(embedded_corridors(), importer, sorted(exporters))
    parts = _parts(setup)
    return tuple(
        _of_market(near, importer, each, _bought(now, importer), of, upgrades, parts)
        for each, now, of in zip(asked, today, setup.markets, strict=True)
    )  # fmt: skip


def _parts(setup: EnsembleSetup) -> dict[str, float]:
    """Expected part of a year that each closing holds."""
    found = dict[str, float]()
    for stream in setup.streams:
        for possibility in stream.possibilities:
            for hit in possibility.hits:
                if hit.kind == "way":
                    held = possibility.rate_per_year * hit.days.central / YEAR_DAYS
                    found[hit.target] = min(found.get(hit.target, 0.0) + held, 1.0)
    return found


def _of_market(
    near: WayNetwork, importer: Region, asked: AskedMarket, today: Mapping[str, float], of: EnsembleMarket,
    upgrades: Mapping[str, Works], parts: Mapping[str, float],
) -> tuple[MarketEffect, ...]:  # fmt: skip
    names = {slot.name: _together(of, slot.name, parts) for slot in of.slots if slot.kind == SlotKind.WAY}
    closings = {name: _closing(near, name) for name in names}
    every = tuple(effect for works in upgrades.values() for effect in works.effects)
    found = []
    for seller in _sellers(near, importer, asked, today, closings.values(), of, names):
        eased = least_costs(near, seller.origins, seller.usual, every)
        if not np.allclose(eased, seller.usual.costs, rtol=1e-9):
            found.append(seller)
            continue
        shut = {name: costs for name, costs in seller.shut.items() if _eased(near, seller, closings[name], every)}
        if shut:
            found.append(replace(seller, shut=shut))
    top = of.problem.backstop
    made = (_effect(near, name, works, found, closings, names, top) for name, works in upgrades.items())
    return tuple(effect for effect in made if effect.changes_market or effect.way_saved_musd)


def _together(of: EnsembleMarket, name: str, parts: Mapping[str, float]) -> float:
    """Part of a year that any of the closings of one effect holds."""
    return sum(parts.get(closing, 0.0) for closing, way in of.way_of.items() if way == name)


def _eased(near: WayNetwork, seller: _Seller, closing: Closing, effects: tuple[Effect, ...]) -> bool:
    """Whether the effects make any way cheaper while something is closed."""
    then = least_costs(near, seller.origins, seller.usual, (*effects, *closing.effects))
    return not np.allclose(then, seller.shut[closing.id], rtol=1e-9)


def _sellers(
    near: WayNetwork, importer: Region, asked: AskedMarket, today: Mapping[str, float], closings: Iterable[Closing],
    of: EnsembleMarket, held: Mapping[str, float],
) -> tuple[_Seller, ...]:  # fmt: skip
    """The sellers of a market, and their least costs under each closing that may cost LEAST_USD a year or more."""
    least = annual_rate("least_output_share").value.central
    shipped = replace(asked.market, mineral=asked.shipped_as or asked.market.mineral)
    bought, problem, made = _bought(asked.market, importer), of.problem, list[_Seller]()
    row = {slot.name: int(problem.way[i]) for i, slot in enumerate(of.slots) if slot.kind == SlotKind.WAY}
    for origins in sellers(near, shipped, asked.mineral, importer, embedded_shipments(), least):
        usual = usual_ways(near, origins)
        if usual is None or not np.isfinite(usual.costs).any():
            continue
        at, usd = of.producers.index(origins.exporter), bought[origins.exporter]
        shut = {}
        for closing in closings:
            dearer = problem.cost_factor[row[closing.id], at] - 1.0
            lost = (problem.backstop - 1.0) * (1.0 - problem.passes[row[closing.id], at])
            matters = usd * held[closing.id] * max(dearer, lost) >= LEAST_USD
            if matters and origins.exporter not in closing.stopped:
                shut[closing.id] = least_costs(near, origins, usual, closing.effects)
        made.append(
            _Seller(origins, usual, origins.cargo.usd_per_t.central, today.get(origins.exporter, 0.0), usd, shut)
        )
    return tuple(made)


def _effect(
    near: WayNetwork, project: str, works: Works, found: Sequence[_Seller],
    closings: Mapping[str, Closing], held: Mapping[str, float], top: float,
) -> MarketEffect:  # fmt: skip
    """Lane costs, and closings whose factors differ from today's. held: part of a year of each; top: backstop price."""
    effects, least = works.effects, works.least_usd
    lanes, saved = dict[str, float](), dict[str, float]()
    cost, passes = dict[str, dict[str, float]](), dict[str, dict[str, float]]()
    for seller in found:
        country = seller.origins.exporter
        eased = least_costs(near, seller.origins, seller.usual, effects)
        lane = seller.factor(eased, seller.usual.costs)
        if lane != 1.0:
            saved[country] = seller.bought * (1.0 - lane) / USD_PER_MUSD
        if seller.today * abs(lane - 1.0) >= least:
            lanes[country] = lane
        else:
            eased = seller.usual.costs
        for name, before in seller.shut.items():
            after = least_costs(near, seller.origins, seller.usual, (*effects, *closings[name].effects))
            was, now = seller.factor(before, seller.usual.costs), seller.factor(after, eased)
            more = seller.passes(after) - seller.passes(before)
            if seller.bought * held[name] * max(abs(now - was), (top - 1.0) * more) >= least:
                cost.setdefault(name, {})[country] = now
                passes.setdefault(name, {})[country] = seller.passes(after)
    ways = {name: WayChange(name, cost[name], passes[name]) for name in cost}
    return MarketEffect(project, "", lane_cost=lanes, ways=ways, way_saved_musd=saved)


def _closing(near: WayNetwork, name: str) -> Closing:
    """A closing by its id: a state of the corridors, or `kind:target`."""
    for state in near.corridors.states:
        if state.id == name:
            return closing_of(state)
    kind, _, target = name.partition(":")
    return Closing(name, (closed(kind, target),))


def _bought(market: TradedMarket, importer: Region) -> dict[str, float]:
    """What the importer pays each country a year [USD]."""
    columns = [market.consumers.index(m) for m in importer.members if m in market.consumers]
    value = np.where(market.flows > 0, market.flows * np.nan_to_num(market.unit_value), 0.0)[:, columns].sum(axis=1)
    abroad = imports_t(market, importer) > 0
    return {c: float(kusd) * 1000.0 for c, kusd, sold in zip(market.producers, value, abroad, strict=True) if sold}

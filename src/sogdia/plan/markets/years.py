"""The years of a plan: what may happen to each of its markets, drawn by the scenarios' own streams."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sogdia.codes import Region
from sogdia.data import Store
from sogdia.market import draw
from sogdia.network import Effect
from sogdia.plan.markets.corridor_ways import corridor_effects
from sogdia.plan.markets.effects import MarketEffect
from sogdia.plan.markets.loss_table import Floats, MarketCase, new_supply
from sogdia.plan.markets.named import NamedMarket
from sogdia.plan.markets.rebase import rebased
from sogdia.plan.markets.variants import EventProject, MarketVariants, market_variants
from sogdia.scenarios.arrays import SlotKind
from sogdia.scenarios.block import parts_of
from sogdia.scenarios.problem import WayChange
from sogdia.scenarios.sample import SampledYears, sampled_years
from sogdia.scenarios.setup import AskedMarket, EnsembleMarket, EnsembleSetup, setup_of_markets
from sogdia.scenarios.stream import YEAR_DAYS, EventStream

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, eq=False)
class PlanYears:
    """cases: of each market; sample: the years without any project; variants: with those that change events, of each
    market; ways: what corridor projects do to each market.
    """

    setup: EnsembleSetup
    cases: tuple[MarketCase, ...]
    sample: SampledYears
    variants: tuple[MarketVariants, ...]
    ways: tuple[tuple[MarketEffect, ...], ...]


def plan_years(
    store: Store, importer: Region, markets: Sequence[NamedMarket], effects: Mapping[str, Sequence[MarketEffect]],
    year: int, years: int, seed: int, progress: Progress = lambda _: None, *,
    events: Sequence[EventProject] = (), upgrades: Mapping[str, tuple[Effect, ...]] | None = None,
) -> PlanYears:  # fmt: skip
    """Draw the years. effects: of all projects, by market: what may happen to their countries and ways is drawn too,
    although they may not be there; events: projects that change what happens; upgrades: effects on the network of
    those that change it.
    """
    asked = tuple(_asked(market, importer, effects.get(market.market.mineral, ())) for market in markets)
    setup = setup_of_markets(store, importer, asked, year, progress=progress)
    sample = sampled_years(setup, years, seed)
    variants = market_variants(setup, sample.states, events, years, seed)
    cases = tuple(
        _case(named, importer, of, each.states, setup.streams)
        for named, of, each in zip(markets, setup.markets, variants, strict=True)
    )
    ways = corridor_effects(importer, asked, [named.market for named in markets], setup, upgrades or {})
    return PlanYears(setup, cases, sample, variants, ways)


def _asked(named: NamedMarket, importer: Region, effects: Sequence[MarketEffect]) -> AskedMarket:
    """The market with every project in it."""
    members = [named.market.consumers.index(m) for m in importer.members if m in named.market.consumers]
    whole = rebased(named.market, members, draw(named.long_run, 1), new_supply(effects)).market
    also = tuple(dict.fromkeys(e.country for e in effects if e.country in whole.producers))
    return AskedMarket(named.mineral, whole, named.short_run, also, named.parent)


def _case(
    named: NamedMarket, importer: Region, of: EnsembleMarket, codes: np.ndarray, streams: Sequence[EventStream]
) -> MarketCase:
    problem = of.problem
    ways = tuple(
        WayChange(
            slot.name,
            dict(zip(of.producers, problem.cost_factor[problem.way[number]].tolist(), strict=True)),
            dict(zip(of.producers, problem.passes[problem.way[number]].tolist(), strict=True)),
        )
        for number, slot in enumerate(of.slots)
        if slot.kind == SlotKind.WAY
    )
    part = parts_of(problem, codes)
    lasts = np.where(part > 0, _years_of_slots(of, streams), 1.0).max(axis=1, initial=1.0)
    return MarketCase(
        named.market, importer, of.slots, ways, part, lasts, draw(named.short_run, 1), draw(named.long_run, 1)
    )


def _years_of_slots(of: EnsembleMarket, streams: Sequence[EventStream]) -> Floats:
    """Mean number of calendar years that an event takes of each slot: 1 + its length in years, by rate, (slots,)."""
    rate, years = np.zeros(len(of.slots)), np.zeros(len(of.slots))
    for stream in streams:
        for possibility in stream.possibilities:
            for hit in possibility.hits:
                for slot in of.slots_hit(hit):
                    rate[slot] += possibility.rate_per_year
                    years[slot] += possibility.rate_per_year * (1.0 + hit.days.central / YEAR_DAYS)
    return np.asarray(np.where(rate > 0, years / np.where(rate > 0, rate, 1.0), 1.0))

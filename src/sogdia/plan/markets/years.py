"""The years of a plan: what may happen to each of its markets, drawn by the scenarios' own streams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sogdia.answer import each_once
from sogdia.codes import Region
from sogdia.data import Store
from sogdia.market import draw
from sogdia.plan.markets.corridor_ways import Works, corridor_effects
from sogdia.plan.markets.effects import MarketEffect
from sogdia.plan.markets.loss_table import Floats, MarketCase, new_supply
from sogdia.plan.markets.named import NamedMarket
from sogdia.plan.markets.rebase import rebased
from sogdia.plan.markets.saved import output_saved
from sogdia.plan.markets.single_events import Integers, SingleStates, single_events
from sogdia.plan.markets.variants import EventProject, MarketVariants, market_variants
from sogdia.progress import Progress
from sogdia.scenarios.arrays import SlotKind
from sogdia.scenarios.block import parts_of
from sogdia.scenarios.problem import WayChange
from sogdia.scenarios.sample import SampledYears, Targets, drawn_streams, years_of
from sogdia.scenarios.setup import AskedMarket, EnsembleMarket, EnsembleSetup, setup_of_markets
from sogdia.scenarios.states import NOTHING
from sogdia.scenarios.stream import YEAR_DAYS


@dataclass(frozen=True, slots=True, eq=False)
class PlanYears:
    """cases: of each market; sample: the years without any project; variants: with those that change events, of each
    market; ways: what corridor projects do to each market, and what those that change events save its makers; single:
    states of each market in years with one event at most, without any project; source_ids: of the markets and of what
    hits them.
    """

    cases: tuple[MarketCase, ...]
    sample: SampledYears
    variants: tuple[MarketVariants, ...]
    ways: tuple[tuple[MarketEffect, ...], ...]
    single: tuple[SingleStates, ...]
    source_ids: tuple[str, ...]


def plan_years(
    store: Store, importer: Region, markets: Sequence[NamedMarket], effects: Mapping[str, Sequence[MarketEffect]],
    year: int, years: int, seed: int, progress: Progress = lambda _: None, *,
    events: Sequence[EventProject] = (), upgrades: Mapping[str, Works] | None = None,
) -> PlanYears:  # fmt: skip
    """Draw the years. effects: of all projects, by market: what may happen to their countries and ways is drawn too,
    although they may not be there; events: projects that change what happens; upgrades: effects on the network of
    those that change it.
    """
    asked = tuple(_asked(market, importer, effects.get(market.market.mineral, ())) for market in markets)
    setup = setup_of_markets(store, importer, asked, year, progress=progress)
    streams = drawn_streams(setup, years, seed)
    sample = years_of(setup, streams, years)
    variants = market_variants(setup, streams, sample.states, events, years, seed)
    known = single_events(setup, [stream.table for stream in streams])
    cases, single = [], []
    for named, of, each, lasting, own, counts in zip(
        markets, setup.markets, variants, _years_of_slots(setup), known, sample.events, strict=True
    ):
        codes, number = with_states(each.states, own.codes)
        cases.append(_case(named, importer, of, codes, lasting))
        single.append(SingleStates(number, own.chance, own.several, counts > 1))
    ways = corridor_effects(importer, asked, [named.market for named in markets], setup, upgrades or {})
    spared = (
        output_saved(each.market, of, some, sample.weight)
        for each, of, some in zip(asked, setup.markets, variants, strict=True)
    )
    ways = tuple((*some, *saved) for some, saved in zip(ways, spared, strict=True))
    sources = each_once(*(m.source_ids for m in setup.markets), *(stream.source_ids for stream in setup.streams))
    return PlanYears(tuple(cases), sample, variants, ways, tuple(single), sources)


def with_states(codes: NDArray[np.int32], further: NDArray[np.int32]) -> tuple[NDArray[np.int32], Integers]:
    """The states with further ones behind them, and the number of each of those."""
    width = max(codes.shape[1], further.shape[1])
    wide, more = (np.pad(c, ((0, 0), (0, width - c.shape[1])), constant_values=NOTHING) for c in (codes, further))
    known = {row.tobytes(): number for number, row in enumerate(np.ascontiguousarray(wide))}
    new = [row for row in np.ascontiguousarray(more) if row.tobytes() not in known]
    known |= {row.tobytes(): len(wide) + number for number, row in enumerate(new)}
    whole = np.concatenate([wide, np.stack(new)]) if new else wide
    return whole, np.array([known[row.tobytes()] for row in np.ascontiguousarray(more)], dtype=np.int64)


def _asked(named: NamedMarket, importer: Region, effects: Sequence[MarketEffect]) -> AskedMarket:
    """The market with every project in it."""
    members = [named.market.consumers.index(m) for m in importer.members if m in named.market.consumers]
    whole = rebased(named.market, members, draw(named.long_run, 1), new_supply(effects)).market
    also = tuple(dict.fromkeys(e.country for e in effects if e.country in whole.producers))
    return AskedMarket(named.mineral, whole, named.short_run, also, named.parent)


def _case(named: NamedMarket, importer: Region, of: EnsembleMarket, codes: np.ndarray, lasting: Floats) -> MarketCase:
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
    lasts = np.where(part > 0, lasting, 1.0).max(axis=1, initial=1.0)
    return MarketCase(
        named.market, importer, of.slots, ways, part, lasts, draw(named.short_run, 1), draw(named.long_run, 1)
    )


def _years_of_slots(setup: EnsembleSetup) -> list[Floats]:
    """Mean number of calendar years that an event takes of each slot of each market: 1 + its length in years, by rate,
    (slots,).
    """
    rate, years = ([np.zeros(len(of.slots)) for of in setup.markets] for _ in range(2))
    targets = Targets(setup.markets)
    for stream in setup.streams:
        for possibility in stream.possibilities:
            for hit in possibility.hits:
                for market, slot in targets.of(hit):
                    rate[market][slot] += possibility.rate_per_year
                    years[market][slot] += possibility.rate_per_year * (1.0 + hit.days.central / YEAR_DAYS)
    return [
        np.asarray(np.where(own > 0, whole / np.where(own > 0, own, 1.0), 1.0))
        for own, whole in zip(rate, years, strict=True)
    ]

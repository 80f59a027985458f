"""The panel: every episode of the store with what its importers did, and what the model says for every set.

The trade is read once and gone through code by code; each episode is one batch of markets. Whatever is learnt or scored
afterwards is arithmetic on the arrays of `EpisodePanel`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sogdia.data import Mineral, Store
from sogdia.data.minerals import Code
from sogdia.hindcast.panel.changes import Changes, changes_of
from sogdia.hindcast.panel.cycle import Cycle
from sogdia.hindcast.panel.episodes import Episode, Fall, episode, falls
from sogdia.hindcast.panel.evidence import priors
from sogdia.hindcast.panel.flows import flow_errors
from sogdia.hindcast.panel.grid import grid
from sogdia.hindcast.panel.makers import is_maker, producing_countries
from sogdia.hindcast.panel.observe import Observed, judged, observed
from sogdia.hindcast.panel.predict import Predicted, predict
from sogdia.hindcast.panel.price_measure import PriceMeasure, price_measures
from sogdia.hindcast.panel.settings import Settings, settings
from sogdia.hindcast.panel.trade import CodeTrade, base_market, code_trades
from sogdia.hindcast.panel.two_way import exporter_effects, supply_part
from sogdia.market import Draws, TradedMarket
from sogdia.market.traded import Floats
from sogdia.progress import MeasuredStep, Progress


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """One episode with its importers: what happened in the year (`now`), in the year before it (`last`), and what the
    model says where the supplier ships `kept` of its base.

    measure: how the price of the code is measured. flow_error: (importers, 4 forecasts) of no change, last year, pro
    rata and reallocation; predicted_flow_error: (importers, sets). cycle, last_cycle: to take from log prices.
    """

    episode: Episode
    measure: PriceMeasure
    kept: float
    importers: tuple[str, ...]
    now: Observed
    last: Observed
    predicted: Predicted
    flow_error: Floats
    predicted_flow_error: Floats
    cycle: float = 0.0
    last_cycle: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class EpisodePanel:
    """judged: the episodes that have an importer to judge, by code, exporter and year; the supplier ships what it
    shipped. ex_ante: the same where nothing is known of the size and it ships `typical_kept`. unjudged: the others.
    sets: of elasticities, priors: market class -> their log prior, (sets,). changes: of every code, for the naive bands
    and its volatility; cycle removed.
    """

    judged: tuple[Judged, ...]
    ex_ante: tuple[Judged, ...]
    unjudged: tuple[Episode, ...]
    sets: Draws
    changes: Mapping[str, Changes]
    limits: Settings
    priors: Mapping[str, Floats]


def build(
    store: Store, codes: Sequence[str] | None = None, *, limits: Settings | None = None, sets: Draws | None = None,
    every_year: bool = False, progress: Progress = lambda _: None,
) -> EpisodePanel:  # fmt: skip
    """The panel of the codes, by default all of the store that a mineral is mapped to.

    every_year: later years of an episode too, each against its own base.
    """
    limits, sets = limits or settings(), sets or grid()
    known = _codes(store)
    chosen = known if codes is None else {code: known[code] for code in codes if code in known}
    producers = producing_countries(store)
    progress("which unit values are prices")
    measures = price_measures(store)
    cycle = Cycle(limits.base_years)
    changes: dict[str, Changes] = {}
    found: list[tuple[Judged, ...]] = []
    unjudged: list[Episode] = []
    progress("reading trade")
    for trade in code_trades(store):
        cycle.add(trade)
        if trade.hs6 not in chosen:
            continue
        mineral, code = chosen[trade.hs6]
        some = [f for f in falls(trade, limits, code) if every_year or f.years_since == 1]
        progress(MeasuredStep(f"{trade.hs6} {mineral.name}: {len(some)} episodes", len(changes) / len(chosen)))
        measure = measures[trade.hs6]
        changes[trade.hs6] = changes_of(trade, limits, measure.estimator)
        for fall in some:
            event = _episode(trade, fall, limits, mineral, code, producers)
            both = _judged(trade, fall, event, measure, limits, sets)
            if both:
                found.append(both)
            else:
                unjudged.append(event)
    judged_then, ex_ante = (tuple(_with_cycle(both[mode], cycle) for both in found) for mode in (0, 1))
    steady = {hs6: each.without_cycle(cycle) for hs6, each in changes.items()}
    believed = priors(store, sets, {one.episode.market_class for one in judged_then})
    return EpisodePanel(judged_then, ex_ante, tuple(unjudged), sets, steady, limits, believed)


def _codes(store: Store) -> dict[str, tuple[Mineral, Code]]:
    """Each code with its mineral; a code of several minerals is that of the first."""
    known: dict[str, tuple[Mineral, Code]] = {}
    for mineral in store.minerals.values():
        for code in mineral.codes:
            known.setdefault(code.hs6, (mineral, code))
    return known


def _episode(
    trade: CodeTrade, fall: Fall, limits: Settings, mineral: Mineral, code: Code,
    producers: Mapping[str, frozenset[str]],
) -> Episode:  # fmt: skip
    base = trade.before(fall.year, limits.base_years)
    before, after = trade.mean_quantity(base), trade.quantity[trade.at(fall.year)]
    part = supply_part(before, after, fall.exporter, exporter_effects(before, after))
    country = trade.exporters[fall.exporter]
    bought = before[:, trade.importers.index(country)].sum() if country in trade.importers else 0.0
    passed_on = float(bought / before[fall.exporter].sum())
    maker = is_maker(mineral, code, country, producers, passed_on, limits.re_export_share)
    return episode(trade, fall, limits, mineral, code, part, maker)


def _judged(
    trade: CodeTrade, fall: Fall, event: Episode, measure: PriceMeasure, limits: Settings, sets: Draws
) -> tuple[Judged, ...]:
    """With what the supplier shipped, and ex ante; () where no importer of weight depended on the supplier."""
    base = trade.before(fall.year, limits.base_years)
    importers = judged(trade, base, limits, fall.exporter)
    if not importers.size:
        return ()
    now, last = (
        observed(trade, base, year, fall.exporter, importers, measure.estimator) for year in (fall.year, fall.year - 1)
    )
    named = tuple(trade.importers[j] for j in importers)
    market = _market(trade, event, named, limits)
    sizes = (event.kept, limits.typical_kept)
    part = event.base_t / market.exports()[market.producer(event.exporter)]
    left = [min(kept * part, 1.0) for kept in sizes]
    both = []
    for kept, predicted in zip(sizes, predict(market, event.exporter, left, named, sets), strict=True):
        simple, model = flow_errors(trade, market, fall, kept, now, last, predicted)
        slim = replace(predicted, flows=np.zeros(0))
        both.append(Judged(event, measure, kept, named, now, last, slim, simple, model))
    return tuple(both)


def _market(trade: CodeTrade, event: Episode, importers: Sequence[str], limits: Settings) -> TradedMarket:
    """The market just before the fall; that of all base years where the supplier or an importer is not in it."""
    kind = event.mineral, event.stage, event.market_class
    last = base_market(trade, trade.before(event.year, limits.market_years), *kind)
    if event.exporter in last.producers and set(importers) <= set(last.consumers):
        return last
    return base_market(trade, trade.before(event.year, limits.base_years), *kind)


def _with_cycle(one: Judged, cycle: Cycle) -> Judged:
    """With the commodity cycle of its year and of the year before."""
    event = one.episode
    now, last = (cycle.at(event.base_years[0], year, event.hs6) for year in (event.year, event.year - 1))
    return replace(one, cycle=now, last_cycle=last)

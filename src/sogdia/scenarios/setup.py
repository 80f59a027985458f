"""What an ensemble starts from: the markets of the importer with their slots, and the streams that hit them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sogdia.answer import each_once
from sogdia.codes import Region
from sogdia.data import Mineral, Store
from sogdia.data.elasticities import Elasticities, elasticities_for
from sogdia.hazards import HazardOptions, outages
from sogdia.market import TradedMarket, draw
from sogdia.network import Corridors, embedded_corridors, embedded_shipments
from sogdia.progress import Progress
from sogdia.scenarios.answered import Unanswered, answered_markets
from sogdia.scenarios.arrays import MarketProblem, SlotKind
from sogdia.scenarios.corridor_streams import closing_of, corridor_streams, sampled_states
from sogdia.scenarios.demand_surges import demand_surges
from sogdia.scenarios.hazard_streams import outage_closings, outage_streams
from sogdia.scenarios.output_losses import accidents, strikes
from sogdia.scenarios.problem import Slot, WayChange, market_problem
from sogdia.scenarios.rates import annual_rate
from sogdia.scenarios.restrictions import restrictions, stability
from sogdia.scenarios.stream import EventStream, Hit
from sogdia.scenarios.ways import Closing, WayNetwork, sellers, touched_links, way_changes, way_network


@dataclass(frozen=True, slots=True, eq=False)
class EnsembleMarket:
    """A market of the importer. slots: in the order of the problem's; way_of: closing -> way of the same effect.
    imports_kusd: what the importer pays for imports in the base year.
    """

    mineral: str
    problem: MarketProblem
    producers: tuple[str, ...]
    slots: tuple[Slot, ...]
    way_of: Mapping[str, str]
    imports_kusd: float
    source_ids: tuple[str, ...]

    def slots_hit(self, hit: Hit) -> tuple[int, ...]:
        """The slots of this market that a hit takes."""
        if hit.mineral not in (None, self.mineral):
            return ()
        name = self.way_of.get(hit.target, "") if hit.kind == "way" else hit.target
        kind = SlotKind[hit.kind.upper()]
        return tuple(i for i, slot in enumerate(self.slots) if slot.kind == kind and slot.name == name)


@dataclass(frozen=True, slots=True, eq=False)
class AskedMarket:
    """A market before its slots are known. also: producers that may restrict and fail, however small; shipped_as: the
    mineral whose shipments show its ways, by default its own.
    """

    mineral: Mineral
    market: TradedMarket
    elasticities: Elasticities
    also: tuple[str, ...] = ()
    shipped_as: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class EnsembleSetup:
    """streams: those that hit a slot of a market. surges: of world demand, which are part of the streams only on
    request. unanswered: minerals without an answer, and why; left_out: states of the corridors, likewise.
    """

    importer: Region
    year: int
    markets: tuple[EnsembleMarket, ...]
    streams: tuple[EventStream, ...]
    surges: tuple[EventStream, ...]
    unanswered: tuple[Unanswered, ...]
    left_out: tuple[tuple[str, str], ...]


def ensemble_setup(
    store: Store,
    importer: Region,
    minerals: Sequence[Mineral],
    year: int,
    *,
    demand: bool = False,
    corridors: Corridors | None = None,
    hazards: HazardOptions | None = None,
    further: Sequence[EventStream] = (),
    progress: Progress = lambda _: None,
) -> EnsembleSetup:
    """Calibrate the markets, find what hits them. demand: surges are part of the years; hazards: code level, warming
    and actions, by default those of today; further: streams of one's own.

    NoAnswerError where none of the minerals has an answer.
    """
    progress("markets")
    traded, unanswered = answered_markets(store, importer, minerals, year)
    asked = tuple(
        AskedMarket(mineral, market, elasticities_for(store, mineral.key, None, 1.0)) for mineral, market in traded
    )
    return setup_of_markets(
        store, importer, asked, year, demand=demand, corridors=corridors, hazards=hazards, further=further,
        unanswered=unanswered, progress=progress,
    )  # fmt: skip


def setup_of_markets(
    store: Store,
    importer: Region,
    asked: Sequence[AskedMarket],
    year: int,
    *,
    demand: bool = False,
    corridors: Corridors | None = None,
    hazards: HazardOptions | None = None,
    further: Sequence[EventStream] = (),
    unanswered: tuple[Unanswered, ...] = (),
    progress: Progress = lambda _: None,
) -> EnsembleSetup:
    """The same from markets that are there, of minerals or of products made of them."""
    whole = embedded_corridors() if corridors is None else corridors
    states, left_out = sampled_states(whole, importer, year)
    shipments = embedded_shipments()
    progress("hazards")
    found = outages(whole.network, store, hazards)
    closings = (*map(closing_of, states), *outage_closings(whole.network, found, importer))
    progress("ways")
    near = way_network(whole, importer, _sellers_of([each.market for each in asked], importer))
    touched = touched_links(near, closings)
    wgi = stability(store)
    made, pairs, producers = [], list[tuple[str, str]](), list[tuple[str, str]]()
    for each in asked:
        mineral, market = each.mineral, each.market
        shipped = replace(market, mineral=each.shipped_as or market.mineral)
        ways = _ways(near, shipped, mineral, importer, closings, touched)
        restricting, losing = _concerned(market, importer, each.also)
        pairs += [(c, mineral.key) for c in restricting]
        producers += [(c, mineral.key) for c in losing]
        made.append(_market(importer, each, (restricting, losing), ways, demand=demand))
    surges = demand_surges(m.mineral for m in made)
    matters = _mattering(made)
    streams = (
        *restrictions(pairs, wgi),
        *accidents(pair for pair in producers if pair in set(pairs)),
        *strikes(sorted({c for c, _ in producers})),
        *corridor_streams(states),
        *outage_streams(whole.network, found, shipments, matters),
        *further,
        *(surges if demand else ()),
    )
    hitting = tuple(s for s in streams if any(matters(hit) for p in s.possibilities for hit in p.hits))
    return EnsembleSetup(importer, year, tuple(made), hitting, surges, unanswered, left_out)


def _market(
    importer: Region,
    asked: AskedMarket,
    concerned: tuple[Sequence[str], Sequence[str]],
    ways: Sequence[WayChange],
    *,
    demand: bool,
) -> EnsembleMarket:
    mineral, market, elasticities = asked.mineral, asked.market, asked.elasticities
    kept, way_of = _joined(ways)
    restricting, losing = concerned
    slots = (
        *(Slot(SlotKind.EXPORTS, c) for c in restricting),
        *(Slot(SlotKind.OUTPUT, c) for c in losing),
        *(Slot(SlotKind.WAY, way.name) for way in kept),
        *((Slot(SlotKind.DEMAND, mineral.key),) if demand else ()),
    )
    problem = market_problem(market, draw(elasticities, 1), importer, slots, kept)
    sources = each_once(market.source_ids, elasticities.source_ids)
    return EnsembleMarket(
        mineral.key, problem, market.producers, slots, way_of, imports_kusd(market, importer), sources
    )


def _joined(ways: Sequence[WayChange]) -> tuple[list[WayChange], dict[str, str]]:
    """Closings of the same effect are one way, which has the name of the first."""
    kept: dict[tuple[object, ...], WayChange] = {}
    way_of = {}
    for way in ways:
        effect = (tuple(sorted(way.cost_factor.items())), tuple(sorted(way.passes.items())))
        way_of[way.name] = kept.setdefault(effect, way).name
    return list(kept.values()), way_of


def _ways(
    near: WayNetwork,
    market: TradedMarket,
    mineral: Mineral,
    importer: Region,
    closings: Sequence[Closing],
    touched: Mapping[str, frozenset[int]],
) -> tuple[WayChange, ...]:
    least = annual_rate("least_output_share").value.central
    started = sellers(near, market, mineral, importer, embedded_shipments(), least)
    bought = imports_t(market, importer)
    sold = {c: float(t) for c, t in zip(market.producers, bought, strict=True)}
    return way_changes(near, started, closings, touched, sold)


def _sellers_of(traded: Sequence[TradedMarket], importer: Region) -> list[str]:
    """Every country that sells the importer something."""
    sold = {c for market in traded for c, t in zip(market.producers, imports_t(market, importer), strict=True) if t > 0}
    return sorted(sold)


def imports_t(market: TradedMarket, importer: Region) -> np.ndarray:
    """What the importer buys of each producer abroad, (producers,) [t a year]; nothing of its own members."""
    columns = [market.consumers.index(m) for m in importer.members if m in market.consumers]
    bought = np.where(market.home(), 0.0, market.flows)[:, columns].sum(axis=1)
    return np.asarray(np.where(np.isin(market.producers, importer.members), 0.0, bought))


def imports_kusd(market: TradedMarket, importer: Region) -> float:
    """What the importer pays for imports in the base year."""
    columns = [market.consumers.index(m) for m in importer.members if m in market.consumers]
    outside = np.flatnonzero(~np.isin(market.producers, importer.members)).tolist()
    return float(np.nansum((market.flows * market.unit_value)[np.ix_(outside, columns)]))


def _concerned(market: TradedMarket, importer: Region, also: Sequence[str]) -> tuple[list[str], list[str]]:
    """Who may restrict exports, and whose output may be lost: those of weight and those named, never the importer's own
    members.
    """
    least = {name: annual_rate(f"least_{name}_share").value.central for name in ("export", "import", "output")}
    exported, sold, bought = market.exports(), market.flows.sum(axis=1), imports_t(market, importer)
    own = np.isin(market.producers, importer.members)
    supplier = (bought >= least["import"] * bought.sum()) | np.isin(market.producers, list(also))
    restricting = ~own & (exported > 0) & ((exported >= least["export"] * exported.sum()) | supplier)
    losing = ~own & ((sold >= least["output"] * sold.sum()) | supplier | restricting)
    return [market.producers[i] for i in np.flatnonzero(restricting)], [
        market.producers[i] for i in np.flatnonzero(losing)
    ]


def _mattering(markets: Sequence[EnsembleMarket]) -> Callable[[Hit], bool]:
    """Whether a hit takes a slot of some market."""
    known = {(s.kind, s.name, m.mineral) for m in markets for s in m.slots if s.kind != SlotKind.WAY}
    anywhere = {(kind, name) for kind, name, _ in known}
    ways = {name for m in markets for name in m.way_of}

    def matters(hit: Hit) -> bool:
        if hit.kind == "way":
            return hit.target in ways
        kind = SlotKind[hit.kind.upper()]
        return (kind, hit.target) in anywhere if hit.mineral is None else (kind, hit.target, hit.mineral) in known

    return matters

"""A market of the importer turned into the arrays that workers solve (see `arrays`)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sogdia.codes import Region
from sogdia.equilibrium import Market
from sogdia.hazards.outage import CLASSES
from sogdia.market import Draws, TradedMarket
from sogdia.market.events import Effects
from sogdia.market.lanes import Lanes, array_market, lanes_of
from sogdia.market.shut_in import idle_of, with_idle
from sogdia.scenarios.arrays import LaneLayout, MarketProblem, SlotKind

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
SQUEEZED = 0.5
"""Any limit below 1: whose lanes can be limited may stop (see `sogdia.market.shut_in`)."""


@dataclass(frozen=True, slots=True)
class Slot:
    """kind; name: ISO code of the producer, id of the closing of a way, or the mineral for demand."""

    kind: SlotKind
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class WayChange:
    """What one closing does to the ways of exporters: delivered-cost factor and share of the tonnes that still pass,
    while it holds. A country that is not named keeps its way.
    """

    name: str
    cost_factor: dict[str, float]
    passes: dict[str, float]


def market_problem(
    market: TradedMarket, draws: Draws, importer: Region, slots: Sequence[Slot], ways: Sequence[WayChange]
) -> MarketProblem:
    """The problem at the central elasticities."""
    number = {country: i for i, country in enumerate(market.producers)}
    row = {way.name: k for k, way in enumerate(ways)}
    cost, passes = np.ones((len(ways), len(number))), np.ones((len(ways), len(number)))
    for k, way in enumerate(ways):
        for country, factor in way.cost_factor.items():
            cost[k, number[country]] = factor
        for country, share in way.passes.items():
            passes[k, number[country]] = share
    limited = {number[slot.name] for slot in slots if slot.kind == SlotKind.EXPORTS}
    moved = np.flatnonzero(((cost != 1.0) | (passes != 1.0)).any(axis=0)) if len(ways) else np.zeros(0, dtype=np.int64)
    members = np.array([market.consumers.index(m) for m in importer.members if m in market.consumers])
    used = np.where(market.flows > 0, market.flows * np.nan_to_num(market.unit_value), 0.0)
    layout = [
        _layout(market, draws, members, sorted(limited | set(split.tolist())), split) for split in (moved[:0], moved)
    ]
    return MarketProblem(
        mineral=market.mineral,
        plain=layout[0],
        split=layout[1] if len(moved) else None,
        kinds=np.array([slot.kind for slot in slots], dtype=np.int64),
        producers=np.array([number.get(slot.name, -1) for slot in slots], dtype=np.int64),
        way=np.array([row.get(slot.name, -1) for slot in slots], dtype=np.int64),
        cost_factor=cost,
        passes=passes,
        members=members,
        value_kusd=used[:, members].sum(axis=0),
        eta=float(draws.eta[0]),
        backstop=market.rules.backstop_price,
        class_parts=np.array(CLASSES),
    )


def _layout(
    market: TradedMarket, draws: Draws, members: Integers, squeezed: Sequence[int], split: Integers
) -> LaneLayout:
    """Lanes with the exports of some producers split by whether they go to the importer, and idle output."""
    to = frozenset(members.tolist())
    lanes = lanes_of(market, [(int(producer), to) for producer in split])
    eta = np.full(len(market.consumers), draws.eta[0])
    plain = array_market(market, lanes, float(draws.sigma[0]), eta, np.full(len(market.producers), draws.eps[0]))
    effects = Effects.none(market, lanes)
    cap = effects.cap.copy()
    cap[np.isin(lanes.producer, squeezed) & ~lanes.home] = SQUEEZED
    idle = idle_of(plain.flows, lanes, replace(effects, cap=cap), market.rules)
    base = with_idle(plain, idle)
    exports = np.full(base.lanes, -1)
    exports[: len(lanes.producer)] = np.where(lanes.home, -1, lanes.producer)
    return LaneLayout(base, exports, _own_lanes(base, lanes, members, split), len(idle.producers))


def _own_lanes(base: Market, lanes: Lanes, members: Integers, split: Integers) -> Integers:
    """Number of the producer of each lane that goes to the importer alone, -1 of the others."""
    others = np.ones(lanes.members.shape[1], dtype=bool)
    others[members] = False
    alone = ~lanes.home & ~lanes.members[:, others].any(axis=1) & np.isin(lanes.producer, split)
    own = np.full(base.lanes, -1)
    own[: len(lanes.producer)] = np.where(alone, lanes.producer, -1)
    return own


def fingerprint(*records: object) -> str:
    """SHA-256 over the names and bytes of everything in some records, so that equal problems are known as equal."""
    digest = hashlib.sha256()
    for record in records:
        _feed(digest, record)
    return digest.hexdigest()


def _feed(digest: Any, value: object) -> None:
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            digest.update(field.name.encode())
            _feed(digest, getattr(value, field.name))
    elif isinstance(value, np.ndarray):
        digest.update(f"{value.dtype}{value.shape}".encode())
        digest.update(np.ascontiguousarray(value).tobytes())
    elif isinstance(value, list | tuple):
        digest.update(f"[{len(value)}".encode())
        for part in value:
            _feed(digest, part)
    else:
        digest.update(repr(value).encode())

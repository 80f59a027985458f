"""A scenario put on a calibrated market and cleared: the prices and volumes it settles on, for every draw at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from sogdia.equilibrium import Equilibria, Market, Shocks, SolveStatus
from sogdia.errors import SolveError
from sogdia.market.draws import Draws
from sogdia.market.events import Effects, combine
from sogdia.market.events.effects import left_by_lane
from sogdia.market.lanes import Lanes, array_market, lanes_of
from sogdia.market.scenario import DAYS_PER_YEAR, Scenario
from sogdia.market.shared_limit import solve_shared
from sogdia.market.shut_in import Idle, idle_of, with_idle, without_idle
from sogdia.market.traded import Floats, TradedMarket

MAX_FAILED_SHARE = 0.001


@dataclass(frozen=True, slots=True, eq=False)
class Posed:
    """A scenario put on a market, ready for the kernel.

    effects: of all events together, ceilings those of `spare` too. released: (consumers,) [t] from stocks. outside:
    (consumers,) [t], R: those and what comes from outside. idle: who may leave output idle. base, shocks: what the
    kernel is asked, with the lanes and buyers of idle output behind the others. notes: on events that change nothing or
    not all they say.
    """

    market: TradedMarket
    scenario: Scenario
    draws: Draws
    lanes: Lanes
    effects: Effects
    released: Floats
    outside: Floats
    idle: Idle
    base: Market
    shocks: Shocks
    notes: tuple[str, ...]

    def cleared(self, answer: Equilibria, notes: tuple[str, ...] = ()) -> Cleared:
        """With its answer, and what is to be said of it."""
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        own["notes"] = (*self.notes, *notes)
        lanes, consumers = len(self.lanes.producer), len(self.market.consumers)
        return Cleared(**own, answer=without_idle(answer, lanes, consumers, self.idle))


@dataclass(frozen=True, slots=True, eq=False)
class Cleared(Posed):
    """A cleared scenario. answer: one row per draw, row 0 the central one."""

    answer: Equilibria


def clear(market: TradedMarket, scenario: Scenario, draws: Draws) -> Cleared:
    """Solve the scenario for every draw; SolveError when more than 0.1 % of the draws, or the central one, fail.

    A draw whose prices rise without bound is an answer: its prices are infinite and its volumes unknown.
    """
    posed = pose(market, scenario, draws)
    answer = solve_shared(posed.base, posed.shocks, posed.effects.shared)
    unbounded = np.asarray(answer.status == SolveStatus.NO_EQUILIBRIUM)
    require_answers(answer.solved | (unbounded & (np.arange(len(unbounded)) > 0)), answer.hint)
    return posed.cleared(_without_bound(answer, unbounded), _unbounded_note(unbounded))


def require_answers(solved: NDArray[np.bool_], hint: Mapping[int, str]) -> None:
    """SolveError when more than 0.1 % of the draws, or the central one, have no answer."""
    failed = np.flatnonzero(~solved)
    if 0 in failed or len(failed) > MAX_FAILED_SHARE * len(solved):
        raise SolveError(f"the market did not clear in {len(failed)} of {len(solved)} draws: {hint[int(failed[0])]}")


def _without_bound(answer: Equilibria, unbounded: NDArray[np.bool_]) -> Equilibria:
    """Infinite prices in the draws whose prices rise without bound."""
    if not unbounded.any():
        return answer
    rows = unbounded[:, np.newaxis]
    return replace(
        answer,
        price=np.where(rows, np.inf, answer.price),
        delivered=np.where(rows, np.inf, answer.delivered),
        price_paid=np.where(rows, np.inf, answer.price_paid),
        use_cost=np.where(rows, np.inf, answer.use_cost),
    )


def _unbounded_note(unbounded: NDArray[np.bool_]) -> tuple[str, ...]:
    if not unbounded.any():
        return ()
    return (
        f"In {unbounded.sum()} of {len(unbounded)} draws prices rise without bound: they count at the far end of the "
        "bands of prices, and have no volumes.",
    )


def pose(market: TradedMarket, scenario: Scenario, draws: Draws, *, in_chain: bool = False) -> Posed:
    """What the kernel is asked: the market and the effects on it in every draw.

    in_chain: processors stop by their margin instead of the price, and a shared limit holds lane by lane in proportion.
    """
    splits = [split for event in scenario.events for split in event.splits(market)]
    lanes = lanes_of(market, splits)
    each = [event.effects(market, lanes) for event in scenario.events]
    effects = combine([Effects.none(market, lanes), *each])
    effects = replace(effects, ceiling=_ceiling(market, scenario, effects))
    notes = [note for event in scenario.events for note in event.notes(market)]
    if in_chain and effects.shared:
        effects = replace(effects, cap=left_by_lane(effects), shared=())
        notes.append("A limit on buyers that other events single out holds for each group, in proportion to exports.")
    flows = np.where(lanes.members, market.flows[lanes.producer], 0.0)
    released = _released(market, scenario, lanes, flows, effects)
    outside, capped = _outside(market, flows.sum(axis=0), effects, released)
    central = [float(values[0]) for values in (draws.sigma, draws.eta, draws.eps)]
    eta, eps = np.full(len(market.consumers), central[1]), np.full(len(market.producers), central[2])
    plain = array_market(market, lanes, central[0], eta, eps)
    idle = idle_of(flows, lanes, effects, market.rules)
    idle = idle.nobody() if in_chain else idle
    shocks = _shocks(effects, outside, draws, idle)
    return Posed(
        market, scenario, draws, lanes, effects, released, outside, idle, with_idle(plain, idle), shocks,
        (*notes, *capped),
    )  # fmt: skip


def _released(market: TradedMarket, scenario: Scenario, lanes: Lanes, flows: Floats, effects: Effects) -> Floats:
    """Stocks are drawn first: up to what limits and losses take from a consumer and what it wants more [t]."""
    left = np.minimum(np.minimum(left_by_lane(effects), 1.0), np.minimum(effects.supply, 1.0)[lanes.producer])
    used = flows.sum(axis=0)
    lacks = ((1.0 - left)[:, np.newaxis] * flows).sum(axis=0) + np.maximum(effects.demand - 1.0, 0.0) * used
    days = np.array([scenario.stock_days.get(c, 0.0) for c in market.consumers])
    for country in scenario.stock_days:
        market.consumer(country)
    return np.asarray(np.minimum(lacks, days / DAYS_PER_YEAR * used))


def _outside(market: TradedMarket, used: Floats, effects: Effects, released: Floats) -> tuple[Floats, tuple[str, ...]]:
    """R: what stocks and events bring from outside, at most a share of what is wanted at base prices; and a note."""
    asked = effects.outside + released
    most = market.rules.most_outside_share * effects.demand * used
    cut = [country for country, over in zip(market.consumers, asked > most, strict=True) if over]
    note = (
        f"What reaches {', '.join(cut)} from stocks and outside is counted up to "
        f"{market.rules.most_outside_share:.0%} of use.",
    )
    return np.asarray(np.minimum(asked, most)), note if cut else ()


def _ceiling(market: TradedMarket, scenario: Scenario, effects: Effects) -> Floats:
    ceiling = effects.ceiling.copy()
    for country, factor in scenario.spare.items():
        ceiling[market.producer(country)] = min(ceiling[market.producer(country)], factor)
    return ceiling


def _shocks(effects: Effects, outside: Floats, draws: Draws, idle: Idle) -> Shocks:
    """Effects as the kernel takes them, the same in every draw; the lanes and buyers of idle output have none."""
    count, more = len(draws.sigma), len(idle.producers)

    def every(effect: Floats, rest: float | None = None) -> Floats:
        """In every draw; with rest, and that for idle output."""
        row = effect if rest is None else np.concatenate([effect, np.full(more, rest)])
        return np.broadcast_to(row, (count, len(row)))

    eta = np.broadcast_to(draws.eta[:, np.newaxis], (count, len(outside)))
    return Shocks(
        scenarios=count,
        supply=every(effects.supply),
        ceiling=every(effects.ceiling),
        cap=every(effects.cap, np.inf),
        cost=every(effects.cost * (1.0 + effects.duty), 1.0),
        demand=every(effects.demand, 1.0),
        outside=every(outside, 0.0),
        sigma=draws.sigma,
        eta=np.concatenate([eta, np.full((count, more), idle.elasticity)], axis=1),
        eps=np.broadcast_to(draws.eps[:, np.newaxis], (count, len(effects.supply))),
    )

"""A scenario put on a calibrated market and cleared: the prices and volumes it settles on, for every draw at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from sogdia.equilibrium import Equilibria, Market, Shocks, solve
from sogdia.errors import SolveError
from sogdia.market.contracts import Contracts, free_demand, free_market, kept_contracts, with_contracts
from sogdia.market.draws import Draws
from sogdia.market.events import Effects, Event, combine
from sogdia.market.lanes import Lanes, lanes_of
from sogdia.market.scenario import DAYS_PER_YEAR, Scenario
from sogdia.market.traded import Floats, TradedMarket

MAX_FAILED_SHARE = 0.001


@dataclass(frozen=True, slots=True, eq=False)
class Posed:
    """A scenario put on a market, ready for the kernel.

    effects: of all events together, ceilings those of `spare` too. contracts: what is kept of them. released:
    (consumers,) [t] from stocks. demand, eta: shifter (consumers,) and elasticity (draws, consumers) of demand on the
    free market. base, shocks: what the kernel is asked. notes: on events that change nothing or not all they say.
    """

    market: TradedMarket
    scenario: Scenario
    draws: Draws
    lanes: Lanes
    effects: Effects
    contracts: Contracts
    released: Floats
    demand: Floats
    eta: Floats
    base: Market
    shocks: Shocks
    notes: tuple[str, ...]

    def cleared(self, answer: Equilibria) -> Cleared:
        """With its answer."""
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        return Cleared(**own, answer=with_contracts(answer, self.contracts))


@dataclass(frozen=True, slots=True, eq=False)
class Cleared(Posed):
    """A cleared scenario.

    answer: one row per draw, row 0 the central one; lanes, purchases and prices are those of the free market, output
    and use include what is under contract.
    """

    answer: Equilibria


def clear(market: TradedMarket, scenario: Scenario, draws: Draws) -> Cleared:
    """Solve the scenario for every draw; SolveError when more than 0.1 % of the draws, or the central one, fail."""
    posed = pose(market, scenario, draws)
    answer = solve(posed.base, posed.shocks)
    require_answers(answer.solved, answer.hint)
    return posed.cleared(answer)


def require_answers(solved: NDArray[np.bool_], hint: Mapping[int, str]) -> None:
    """SolveError when more than 0.1 % of the draws, or the central one, have no answer."""
    failed = np.flatnonzero(~solved)
    if 0 in failed or len(failed) > MAX_FAILED_SHARE * len(solved):
        raise SolveError(f"the market did not clear in {len(failed)} of {len(solved)} draws: {hint[int(failed[0])]}")


def pose(market: TradedMarket, scenario: Scenario, draws: Draws) -> Posed:
    """What the kernel is asked: the free part of the market, and the effects on it in every draw."""
    splits = [split for event in scenario.events for split in event.splits(market)]
    lanes = lanes_of(market, splits)
    each = [event.effects(market, lanes) for event in scenario.events]
    effects = combine([Effects.none(market, lanes), *each])
    effects = replace(effects, ceiling=_ceiling(market, scenario, effects))
    contracts = kept_contracts(market, lanes, scenario.contracted_share, effects)
    released = _released(market, scenario, lanes, effects)
    base = free_market(market, lanes, contracts, float(draws.sigma[0]), float(draws.eta[0]), float(draws.eps[0]))
    demand, steeper = free_demand(base.flows.sum(axis=0)[: len(market.consumers)], contracts, effects.demand)
    eta = draws.eta[:, np.newaxis] * steeper
    shocks = _shocks(effects, contracts, released, demand, eta, draws, base.consumers - len(market.consumers))
    notes = tuple(
        note
        for event, effect in zip(scenario.events, each, strict=True)
        for note in (*event.notes(market), *_shared_out(event, effect))
    )
    return Posed(market, scenario, draws, lanes, effects, contracts, released, demand, eta, base, shocks, notes)


def _shared_out(event: Event, effect: Effects) -> tuple[str, ...]:
    """A note on a limit that holds for several lanes: there is no licence for their sum."""
    if np.isfinite(effect.cap[effect.cap > 0]).sum() <= 1:
        return ()
    return (
        f"{event.describe()}: other events single out some of these buyers, so that the limit holds for each group of "
        "them alone, in proportion to base exports.",
    )


def _released(market: TradedMarket, scenario: Scenario, lanes: Lanes, effects: Effects) -> Floats:
    """Stocks are drawn first: up to what the limits and losses directly take from a consumer [t]."""
    flows = np.where(lanes.members, market.flows[lanes.producer], 0.0)
    left = np.minimum(np.minimum(effects.cap, 1.0), np.minimum(effects.supply, 1.0)[lanes.producer])
    taken = ((1.0 - left)[:, np.newaxis] * flows).sum(axis=0)
    days = np.array([scenario.stock_days.get(c, 0.0) for c in market.consumers])
    for country in scenario.stock_days:
        market.consumer(country)
    return np.asarray(np.minimum(taken, days / DAYS_PER_YEAR * market.flows.sum(axis=0)))


def _ceiling(market: TradedMarket, scenario: Scenario, effects: Effects) -> Floats:
    ceiling = effects.ceiling.copy()
    for country, factor in scenario.spare.items():
        ceiling[market.producer(country)] = min(ceiling[market.producer(country)], factor)
    return ceiling


def _shocks(
    effects: Effects, contracts: Contracts, released: Floats, demand: Floats, eta: Floats, draws: Draws, rigid: int
) -> Shocks:
    """Effects as the kernel takes them, the same in every draw; rigid: how many lanes and buyers hold contracts."""
    count = len(draws.sigma)

    def every(effect: Floats, contract: float | None = None) -> Floats:
        """In every draw; with contract, and that for the contracts."""
        more = () if contract is None else (np.full(rigid, contract),)
        row = np.concatenate([effect, *more])
        return np.broadcast_to(row, (count, len(row)))

    return Shocks(
        scenarios=count,
        supply=every(effects.supply),
        ceiling=every(effects.ceiling),
        cap=every((effects.cap - contracts.kept) / (1.0 - contracts.kept), np.inf),
        cost=every(effects.cost * (1.0 + effects.duty), 1.0),
        demand=every(demand, 1.0),
        outside=every(effects.outside + released, 0.0),
        sigma=draws.sigma,
        eta=np.concatenate([eta, np.zeros((count, rigid))], axis=1),
        eps=np.broadcast_to(draws.eps[:, np.newaxis], (count, len(effects.supply))),
    )

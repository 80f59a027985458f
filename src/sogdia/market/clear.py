"""What do prices and volumes settle on? A scenario put on a calibrated market and cleared, for every draw at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sogdia.equilibrium import Answer, Market, Shocks, solve
from sogdia.errors import SogdiaError
from sogdia.market.draws import Draws
from sogdia.market.events import Effects, combine
from sogdia.market.lanes import Lanes, array_market, lanes
from sogdia.market.scenario import DAYS_PER_YEAR, Scenario
from sogdia.market.traded import Floats, TradedMarket

MAX_FAILED_SHARE = 0.001
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Cleared:
    """A cleared scenario. base is the market the kernel solved: the part that is not under contract.

    contracted: (lanes,) part of each lane's base flow that is delivered under contract. released: (consumers,) [t] from
    stocks.
    The answer has one row per draw; row 0 is the central one.
    """

    market: TradedMarket
    scenario: Scenario
    lanes: Lanes
    base: Market
    shocks: Shocks
    answer: Answer
    contracted: Floats
    released: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Posed:
    """A scenario put on a market, ready for the kernel; fields as in `Cleared`."""

    market: TradedMarket
    scenario: Scenario
    lanes: Lanes
    base: Market
    shocks: Shocks
    contracted: Floats
    released: Floats

    def cleared(self, answer: Answer) -> Cleared:
        """With its answer."""
        return Cleared(
            self.market, self.scenario, self.lanes, self.base, self.shocks, answer, self.contracted, self.released
        )


def clear(market: TradedMarket, scenario: Scenario, draws: Draws) -> Cleared:
    """Solve the scenario for every draw; SogdiaError when more than 0.1 % of the draws, or the central one, fail."""
    posed = pose(market, scenario, draws)
    answer = solve(posed.base, posed.shocks)
    require_answers(answer.solved, answer.hint)
    return posed.cleared(answer)


def require_answers(solved: NDArray[np.bool_], hint: Mapping[int, str]) -> None:
    """SogdiaError when more than 0.1 % of the draws, or the central one, have no answer."""
    failed = np.flatnonzero(~solved)
    if 0 in failed or len(failed) > MAX_FAILED_SHARE * len(solved):
        raise SogdiaError(f"the market did not clear in {len(failed)} of {len(solved)} draws: {hint[int(failed[0])]}")


def pose(market: TradedMarket, scenario: Scenario, draws: Draws) -> Posed:
    """What the kernel is asked: the free part of the market, and the effects on it in every draw."""
    splits = [split for event in scenario.events for split in event.splits(market)]
    laid = lanes(market, splits)
    happened = combine([Effects.none(market, laid), *(event.effects(market, laid) for event in scenario.events)])
    kept = scenario.contracted_share
    base = array_market(
        replace(market, flows=market.flows * (1.0 - kept)), laid, float(draws.sigma[0]),
        np.full(len(market.consumers), draws.eta[0] / (1.0 - kept)),
        np.full(len(market.producers), draws.eps[0] / (1.0 - kept)),
    )  # fmt: skip
    released = _released(market, scenario, laid, happened)
    contracted = _contracted(market, scenario, laid, happened)
    shocks = _shocks(market, scenario, laid, happened, contracted, released, draws)
    return Posed(market, scenario, laid, base, shocks, contracted, released)


def _released(market: TradedMarket, scenario: Scenario, laid: Lanes, happened: Effects) -> Floats:
    """Stocks are drawn first: up to what the limits and losses directly take from a consumer [t]."""
    flows = np.where(laid.members, market.flows[laid.producer], 0.0)
    left = np.minimum(np.minimum(happened.cap, 1.0), np.minimum(happened.supply, 1.0)[laid.producer])
    taken = ((1.0 - left)[:, np.newaxis] * flows).sum(axis=0)
    days = np.array([scenario.stock_days.get(c, 0.0) for c in market.consumers])
    for country in scenario.stock_days:
        market.consumer(country)
    return np.asarray(np.minimum(taken, days / DAYS_PER_YEAR * market.flows.sum(axis=0)))


def _contracted(market: TradedMarket, scenario: Scenario, laid: Lanes, happened: Effects) -> Floats:
    """Part of each lane's base flow delivered under contract: the contracted share, or what a limit or loss leaves."""
    makes = np.minimum(happened.supply, _ceiling(market, scenario, happened))[laid.producer]
    return np.asarray(np.minimum(np.minimum(happened.cap, makes), scenario.contracted_share))


def _ceiling(market: TradedMarket, scenario: Scenario, happened: Effects) -> Floats:
    ceiling = happened.ceiling.copy()
    for country, factor in scenario.spare.items():
        ceiling[market.producer(country)] = min(ceiling[market.producer(country)], factor)
    return ceiling


def _shocks(
    market: TradedMarket,
    scenario: Scenario,
    laid: Lanes,
    happened: Effects,
    contracted: Floats,
    released: Floats,
    draws: Draws,
) -> Shocks:
    """Effects as the kernel takes them, the same in every draw; contracts are honoured before a limit bites.

    To the free market everyone brings what he has or wants at base prices less what goes under contract, relative to
    his free base quantity. With c the contracted share and C the tonnes under contract of a producer or consumer,

        supply = (a Y0 - C) / ((1 - c) Y0),   demand = (b Q0 - C) / ((1 - c) Q0)

    and the same for ceilings and caps, so that a limit or loss takes as many tonnes as it would without contracts.
    """
    kept, count = scenario.contracted_share, len(draws.sigma)
    flows = np.where(laid.members, market.flows[laid.producer], 0.0)
    shipped = flows.sum(axis=1)
    bound = contracted * shipped
    made, bound_made = (
        np.bincount(laid.producer, amount, len(market.producers)).astype(float) for amount in (shipped, bound)
    )
    used, bound_used = flows.sum(axis=0), contracted @ flows

    def free(effect: Floats, base: Floats, contract: Floats) -> Floats:
        whole = np.where(base > 0, base, 1.0)
        left = (effect * whole - contract) / ((1.0 - kept) * whole)
        return np.broadcast_to(np.where(left > ROUNDING, left, 0.0), (count, len(base)))

    return Shocks(
        scenarios=count,
        supply=free(happened.supply, made, bound_made),
        ceiling=free(_ceiling(market, scenario, happened), made, bound_made),
        cap=free(happened.cap, shipped, bound),
        cost=np.broadcast_to(happened.cost, (count, len(shipped))),
        demand=free(happened.demand, used, bound_used),
        outside=np.broadcast_to(happened.outside + released, (count, len(released))),
        sigma=draws.sigma,
        eta=np.broadcast_to((draws.eta / (1.0 - kept))[:, np.newaxis], (count, len(market.consumers))),
        eps=np.broadcast_to((draws.eps / (1.0 - kept))[:, np.newaxis], (count, len(market.producers))),
    )

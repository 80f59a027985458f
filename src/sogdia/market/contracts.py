"""Contracts: what of the base flows moves at base prices, and the free market that is left.

A contracted share c of every base flow X is delivered at base prices. A contract is broken as far as a limit or an
output loss leaves less than it: of lane l the part k[l] = min(c, cap K, a or ceiling of its producer) is kept. With
C[j], C[i] the tonnes that consumer j gets and producer i sells under kept contracts, the free market has

    base flows (1 - k) X,   caps (K - k) / (1 - k),   supply a Y0 p^eps - C[i],
    demand (b Q0 - C[j]) P^-e,   e = eta b Q0 / (b Q0 - C[j])

Supply is that of the whole less what is under contract: contracts are sold on a lane of their own to a buyer whose
demand answers no price. Demand is the power law that touches the whole less what is under contract at the base price.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sogdia.equilibrium import Equilibria, Market
from sogdia.market.events import Effects
from sogdia.market.lanes import Lanes, array_market
from sogdia.market.traded import Floats, TradedMarket

ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Contracts:
    """kept: k, part of each lane's base flow delivered under contract (lanes,). sold_t: by each producer (producers,).
    bought_t: by each consumer (consumers,).
    """

    kept: Floats
    sold_t: Floats
    bought_t: Floats


def kept_contracts(market: TradedMarket, lanes: Lanes, share: float, effects: Effects) -> Contracts:
    """The contracted share, or what a limit or loss leaves of it."""
    makes = np.minimum(effects.supply, effects.ceiling)[lanes.producer]
    kept = np.minimum(np.minimum(effects.cap, makes), share)
    kept = np.where(kept > ROUNDING, kept, 0.0)
    flows = np.where(lanes.members, market.flows[lanes.producer], 0.0)
    sold = np.bincount(lanes.producer, kept * flows.sum(axis=1), len(market.producers))
    return Contracts(kept, sold.astype(float), np.asarray(kept @ flows))


def free_market(
    market: TradedMarket, lanes: Lanes, contracts: Contracts, sigma: float, eta: float, eps: float
) -> Market:
    """The market as the kernel takes it: the lanes' free flows, and behind them a lane and a buyer for each producer
    with contracts.
    """
    whole = array_market(market, lanes, sigma, np.full(len(market.consumers), eta), np.full(len(market.producers), eps))
    sellers = np.flatnonzero(contracts.sold_t > 0)
    flows = np.zeros((whole.lanes + len(sellers), whole.consumers + len(sellers)))
    flows[: whole.lanes, : whole.consumers] = whole.flows * (1.0 - contracts.kept)[:, np.newaxis]
    flows[whole.lanes :, whole.consumers :] = np.diag(contracts.sold_t[sellers])
    owner, rigid = np.concatenate([whole.producer, sellers]), np.zeros(len(sellers))
    return Market(flows, owner, sigma, np.concatenate([whole.eta, rigid]), whole.eps)


def free_demand(free_t: Floats, contracts: Contracts, demand: Floats) -> tuple[Floats, Floats]:
    """Demand on the free market at base prices relative to its base, and its elasticity over that of the whole.

    free_t: base quantity of each consumer on the free market; demand: shifter b; (consumers,) all.
    """
    wanted = demand * (free_t + contracts.bought_t)
    left = np.maximum(wanted - contracts.bought_t, 0.0)
    some = left > ROUNDING * wanted
    return np.where(some, left / np.where(free_t > 0, free_t, 1.0), 0.0), np.where(some, wanted, 1.0) / np.where(
        some, left, 1.0
    )


def with_contracts(answer: Equilibria, contracts: Contracts) -> Equilibria:
    """The answer on the lanes and for the consumers that there are; output and use include contracts."""
    lanes, consumers = len(contracts.kept), len(contracts.bought_t)
    return replace(
        answer,
        wedge=answer.wedge[:, :lanes],
        delivered=answer.delivered[:, :lanes],
        lane_quantity=answer.lane_quantity[:, :lanes],
        price_paid=answer.price_paid[:, :consumers],
        use_cost=answer.use_cost[:, :consumers],
        purchases=answer.purchases[:, :consumers],
        use=answer.use[:, :consumers] + contracts.bought_t,
    )

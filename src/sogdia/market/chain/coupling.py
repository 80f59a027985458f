"""A coupling joins two neighbouring markets: who turns one stage into the next, and how much of it, by country.

A country that buys stage n and sells stage n+1 is a processor. With u tonnes of input for a tonne of output,

    need    = u Y0                                    input its whole output takes [t]
    bought  = Q0                                      its consumption of stage n, home sales included [t]
    linked  = share min(1, bought / need)             part of the input that the data see it buy
    use     = linked need / bought                    part of consumption that goes into output, at most 1
    input   = linked min(u v_in / v_out, k)           value of that input in a unit value of output
    cost    = linked k                                value of all costs of that part, k the cost share

Input beyond recorded purchases (scrap, stocks, intermediates that the data do not hold) costs what it did; with nothing
linked a processor is a producer like any other. Where unit values say that the input costs more than all costs
together (they mix grades), it is taken as all of them; other costs are what remains of the cost share, so that the base
year is reproduced exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sogdia.market.chain.link import LinkDraws
from sogdia.market.traded import Floats, TradedMarket


@dataclass(frozen=True, slots=True, eq=False)
class Coupling:
    """The n processors between an upstream and a downstream market.

    producer: their numbers as producers downstream, buyer: as consumers upstream, (n,) both. linked, use, input_share,
    cost_share: (draws, n), as in the module's formulas.
    """

    producer: NDArray[np.int64]
    buyer: NDArray[np.int64]
    linked: Floats
    use: Floats
    input_share: Floats
    cost_share: Floats


def couple(up: TradedMarket, down: TradedMarket, drawn: LinkDraws, share: float = 1.0) -> Coupling:
    """The processors between two markets. share: 0 cuts the link, 1 leaves it whole."""
    made, bought = down.flows.sum(axis=1), up.flows.sum(axis=0)
    pairs = [
        (down.producers.index(country), up.consumers.index(country))
        for country in down.producers
        if country in up.consumers
    ]
    pairs = [(i, j) for i, j in pairs if share > 0 and made[i] > 0 and bought[j] > 0]
    producer, buyer = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    per_t = drawn.input_t_per_t[:, np.newaxis]
    cost_share = drawn.cost_share[:, np.newaxis]
    need = per_t * made[producer]
    linked = share * np.minimum(1.0, bought[buyer] / need)
    paid = (up.flows * np.nan_to_num(up.unit_value)).sum(axis=0)[buyer] / bought[buyer]
    earned = (down.flows * np.nan_to_num(down.unit_value)).sum(axis=1)[producer] / made[producer]
    with np.errstate(divide="ignore"):
        input_share = np.minimum(per_t * paid / earned, cost_share)
    return Coupling(
        producer=producer,
        buyer=buyer,
        linked=linked,
        use=np.minimum(linked * need / bought[buyer], 1.0),
        input_share=linked * input_share,
        cost_share=linked * cost_share,
    )


def chosen(coupling: Coupling, draws: NDArray[np.int64]) -> Coupling:
    """The coupling in some of the draws."""
    return Coupling(
        coupling.producer, coupling.buyer, coupling.linked[draws], coupling.use[draws], coupling.input_share[draws],
        coupling.cost_share[draws],
    )  # fmt: skip


def base_input_t(coupling: Coupling, up: TradedMarket) -> Floats:
    """Input of the processors in the base year, (draws, n) [t]."""
    return np.asarray(coupling.use * up.flows.sum(axis=0)[coupling.buyer])

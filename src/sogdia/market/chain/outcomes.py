"""Outcomes for the consumers and producers of a chain: as in one market, but nobody's loss is counted twice.

A processor's demand for input is no final demand: what it loses by a dearer input is part of its own surplus,

    V (1 - k) (a m^(1 + e) - 1) / (1 + e)       while below its ceiling

the area left of its supply from its cost up (V: base sales). At the upstream stage, consumers' surplus is therefore
that of the part of consumption that does not go into the next stage.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sogdia.equilibrium import outcomes as formulas
from sogdia.market.chain import margin as curves
from sogdia.market.chain.clear import ChainCleared
from sogdia.market.clear import Cleared
from sogdia.market.outcomes import ConsumerOutcome, ProducerOutcome, consumer_outcome, producer_outcome
from sogdia.market.traded import Floats


def chain_consumer(chain: ChainCleared, stage: int, country: str) -> ConsumerOutcome:
    """What the scenario does to one consumer at a stage (0 is the first)."""
    found = consumer_outcome(chain.stages[stage], country)
    if stage == len(chain.couplings):
        return found
    coupling = chain.couplings[stage]
    here = coupling.buyer == chain.stages[stage].market.consumer(country)
    final = 1.0 - coupling.use[:, here].sum(axis=1)
    return replace(found, surplus_change_kusd=np.where(final > 0, found.surplus_change_kusd * final, 0.0))


def chain_producers(chain: ChainCleared, stage: int) -> ProducerOutcome:
    """What the scenario does to the producers at a stage."""
    cleared = chain.stages[stage]
    found = producer_outcome(cleared)
    if stage == 0:
        return found
    at = chain.couplings[stage - 1]
    surplus = found.surplus_change_kusd.copy()
    surplus[:, at.producer] = _processors_surplus(cleared, chain, stage)
    return replace(found, surplus_change_kusd=surplus)


def _processors_surplus(cleared: Cleared, chain: ChainCleared, stage: int) -> Floats:
    at, market, effects = chain.couplings[stage - 1], cleared.market, cleared.effects
    sales = (market.flows * np.nan_to_num(market.unit_value)).sum(axis=1)[at.producer]
    paid = chain.stages[stage - 1].answer.use_cost[:, at.buyer]
    margin = curves.margin(at, cleared.answer.price[:, at.producer], paid)
    return formulas.producer_surplus_change_kusd(
        sales * (1.0 - at.cost_share), margin, effects.supply[at.producer], cleared.draws.eps[:, np.newaxis],
        effects.ceiling[at.producer],
    )  # fmt: skip

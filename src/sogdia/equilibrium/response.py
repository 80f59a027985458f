"""The response: how far given delivered prices are from the equilibrium."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.equilibrium.arrays import BoolArray, FloatArray
from sogdia.equilibrium.block import Block
from sogdia.equilibrium.demand import DemandTerms, demand_terms, pull
from sogdia.equilibrium.layout import Layout
from sogdia.equilibrium.producer_price import MultiLaneTerms, multi_lane_terms
from sogdia.equilibrium.supply import SupplyTerms, meet, supply_terms


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """Everything the market's response needs of a block, one scenario a column.

    stiffness: `sigma + eps`, which turns a gap in log price into a relative mismatch of quantity (L);
    parked: lanes that cannot trade (L), None if all can.
    """

    demand: DemandTerms
    single: SupplyTerms
    multi_lane: MultiLaneTerms | None
    stiffness: FloatArray
    parked: BoolArray | None


def terms_of(layout: Layout, block: Block) -> Terms:
    """The terms of a block."""
    return Terms(
        demand=demand_terms(block),
        single=supply_terms(layout, block),
        multi_lane=multi_lane_terms(layout, block),
        stiffness=block.sigma + block.eps,
        parked=None if block.parked is None else ~np.isnan(block.parked),
    )


def start(block: Block, layout: Layout, width: int) -> FloatArray:
    """Log delivered prices to begin with, shape (L, width): base prices, and parked lanes where they stay."""
    z = np.zeros((layout.lanes.size, width))
    if block.parked is not None:
        np.copyto(z, block.parked, where=~np.isnan(block.parked))
    return z


def gap(layout: Layout, terms: Terms, z: FloatArray) -> tuple[FloatArray, FloatArray]:
    """`meet(t) - z`, 0 at the equilibrium and on parked lanes, and log demand `t = pull(z)`, shape (L, width) each.

    Without quantities outside the market, `z -> meet(pull(z))` is monotone and shrinks every difference of log prices
    by at least `(sigma - eta) / (sigma + eps)`, `(sigma - eta) / sigma` where supply is limited: the equilibrium is
    unique and plain iteration finds it. The faster methods lean on that.
    """
    t = pull(layout, terms.demand, z)
    step = meet(layout, terms.single, terms.multi_lane, t)
    step -= z
    if terms.parked is not None:
        np.copyto(step, 0.0, where=terms.parked)
    return step, t

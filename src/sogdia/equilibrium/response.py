"""The response: how far given delivered prices are from the equilibrium."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.equilibrium.arrays import BoolArray, FloatArray
from sogdia.equilibrium.block import Block
from sogdia.equilibrium.demand import DemandTerms, demand_terms, pull
from sogdia.equilibrium.layout import Layout
from sogdia.equilibrium.producer_price import MultiLaneTerms, multi_lane_terms
from sogdia.equilibrium.supply import SupplyTerms, approach, supply_terms


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """Everything the market's response needs of a block, one scenario a column.

    sigma (1) and eps (L): as in `Block`; parked: lanes that cannot trade (L), None if all can.
    """

    demand: DemandTerms
    single: SupplyTerms
    multi_lane: MultiLaneTerms | None
    sigma: FloatArray
    eps: FloatArray
    parked: BoolArray | None


@dataclass(frozen=True, slots=True, eq=False)
class Response:
    """gap: by how much log prices must move for supply to meet this demand (L, width); t: log demand, choices:
    consumers' sums of choices, sound: whether both keep their digits, all as in `pull`; mismatch: largest relative
    mismatch of quantity, (width,)."""

    gap: FloatArray
    t: FloatArray
    choices: FloatArray
    sound: BoolArray
    mismatch: FloatArray


def terms_of(layout: Layout, block: Block) -> Terms:
    """The terms of a block."""
    return Terms(
        demand=demand_terms(block),
        single=supply_terms(layout, block),
        multi_lane=multi_lane_terms(layout, block),
        sigma=block.sigma,
        eps=block.eps,
        parked=None if block.parked is None else ~np.isnan(block.parked),
    )


def start(block: Block, layout: Layout, width: int) -> FloatArray:
    """Log delivered prices to begin with, shape (L, width): the world's level, and parked lanes where they stay."""
    z = np.broadcast_to(np.log(block.level), (layout.lanes.size, width)).copy()
    if block.parked is not None:
        np.copyto(z, block.parked, where=~np.isnan(block.parked))
    return z


def response(layout: Layout, terms: Terms, z: FloatArray) -> Response:
    """The market's response to log delivered prices `z`: no gap at the equilibrium, nor on parked lanes.

    Without quantities outside the market and while `sigma P > eta`, the answer to demand is monotone in delivered
    prices and shrinks every difference of them by at least `(sigma - eta / P) / (sigma + eps / d)`: the equilibrium is
    unique and plain iteration finds it. The faster methods lean on that.
    """
    d = np.exp(z)
    t, choices, sound = pull(layout, terms.demand, d)
    step = approach(layout, terms.single, terms.multi_lane, t, z, d)
    step -= z
    if terms.parked is not None:
        np.copyto(step, 0.0, where=terms.parked)
        np.copyto(d, 1.0, where=terms.parked)
    d *= terms.sigma
    d += terms.eps
    d *= step
    return Response(step, t, choices, sound, np.abs(d).max(axis=0))

"""The response: how far given delivered prices are from the equilibrium."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.equilibrium.arrays import BoolArray, FloatArray
from sogdia.equilibrium.block import Block
from sogdia.equilibrium.demand import DemandTerms, demand_terms
from sogdia.equilibrium.layout import Layout
from sogdia.equilibrium.supply import SupplyTerms, supply_terms


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """Everything the market's response needs of a block; parked: lanes that cannot trade (L), None if all can."""

    demand: DemandTerms
    supply: SupplyTerms
    parked: BoolArray | None


def terms_of(layout: Layout, block: Block) -> Terms:
    """The terms of a block."""
    return Terms(
        demand=demand_terms(layout, block),
        supply=supply_terms(layout, block),
        parked=None if block.parked is None else ~np.isnan(block.parked),
    )


def start(block: Block, layout: Layout, width: int) -> FloatArray:
    """Log delivered prices to begin with, shape (L, width): the world's level, and parked lanes where they stay."""
    z = np.broadcast_to(np.log(block.level), (layout.lanes.size, width)).copy()
    if block.parked is not None:
        np.copyto(z, block.parked, where=~np.isnan(block.parked))
    return z

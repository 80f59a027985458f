"""Shortfall: by how much the log of what is wanted of each lane exceeds the log of what is offered at its price."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.equilibrium.arrays import BoolArray, FloatArray
from sogdia.equilibrium.layout import Layout
from sogdia.equilibrium.precision import Precision
from sogdia.equilibrium.producer_price import TOUCHING, common_price
from sogdia.equilibrium.supply import SupplyTerms


@dataclass(frozen=True, slots=True, eq=False)
class Shortfall:
    """One lane a row (L, width), one producer with several lanes (M, width), one of their lanes (N, width).

    off: log of the quantity wanted over the one offered, `min(a (d / tau)^eps, kappa, K)` of a producer's only lane;
    held: lanes held to a cap or, if their producer's only one, to its ceiling; log_price: of the producers with
    several lanes (M); gap: by how much the delivered prices of their lanes must move to meet demand (N).
    """

    off: FloatArray
    held: BoolArray
    log_price: FloatArray
    gap: FloatArray


def shortfall(
    layout: Layout, terms: SupplyTerms, wanted: FloatArray, z: FloatArray, d: FloatArray, precision: Precision
) -> Shortfall:
    """The shortfall at delivered prices `d = exp(z)` that call forth the log demand `wanted`.

    The lanes of a producer with several answer its common price, where demand `wanted - sigma (d' - d)` meets supply.
    """
    offered = terms.eps * z
    offered += terms.shift
    if terms.log_limit is None:
        held = np.zeros(offered.shape, dtype=bool)
    else:
        held = offered > terms.log_limit
        np.minimum(offered, terms.log_limit, out=offered)
    off = np.subtract(wanted, offered, out=offered)
    if terms.multi_lane is None:
        return Shortfall(off, held, off[:0], off[:0])
    rows = slice(layout.singles, None)
    log_price = common_price(layout, terms.multi_lane, wanted[rows], z[rows], d[rows], precision)
    gap = d[rows] * np.expm1(log_price[layout.member] + terms.multi_lane.log_cost - z[rows])
    off[rows] = terms.sigma * gap
    if terms.log_limit is not None:
        over = wanted[rows] - terms.log_limit[rows]
        rationed = over / terms.sigma
        held[rows] = (rationed > gap) & (over - off[rows] > TOUCHING)
        off[rows] = np.where(held[rows], over, off[rows])
        gap = np.where(held[rows], rationed, gap)
    return Shortfall(off, held, log_price, gap)

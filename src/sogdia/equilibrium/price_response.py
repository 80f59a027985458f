"""How prices of lanes answer demand, for Newton's method on one scenario."""

from __future__ import annotations

import numpy as np

from sogdia.equilibrium.arrays import BoolArray, FloatArray
from sogdia.equilibrium.block import Block
from sogdia.equilibrium.layout import Layout
from sogdia.equilibrium.supply import Met

TINIEST = float(np.finfo(float).tiny)


def price_response(
    layout: Layout, block: Block, met: Met, z: FloatArray, t: FloatArray, gap: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:  # fmt: skip
    """What log demand must rise for the delivered price to, of lanes with a price of their own, else 0, (L,).

    And, of the lanes of producers with several (N), their shares theta in what moves the price that those not held
    share, and their delivered price's answer `tau / (sigma sum theta tau + eps / p)`; eps is 0 at the ceiling. A held
    lane answers its own demand by `1 / (sigma d)`.

    met: where supply meets demand at log delivered prices z and log demand t; gap: of lane prices, (L, 1) each.
    """
    sigma, held = float(block.sigma[0, 0]), met.held[:, 0]
    log_price = _producer_prices(layout, block, met, z, gap)
    eps = np.where(_at_ceiling(block, log_price), 0.0, block.eps)
    cost = np.exp(block.log_cost)[:, 0]
    answers = (eps / np.maximum(np.exp(log_price), TINIEST))[:, 0]
    single = np.arange(held.size) < layout.singles
    stiffness = np.where(held, sigma, np.where(single, sigma + answers / cost, 0.0))
    rest = slice(layout.singles, None)
    log_quantity = (np.log(layout.weight) + t - sigma * gap)[rest, 0]
    if block.parked is not None:
        log_quantity = np.where(np.isnan(block.parked[rest, 0]), log_quantity, -np.inf)
    free = np.empty(0)
    if layout.starts.size:
        level = np.maximum.reduceat(log_quantity, layout.starts)
        quantity = np.exp(log_quantity - np.where(np.isfinite(level), level, 0.0)[layout.member])
        total = np.add.reduceat(quantity, layout.starts)
        free = quantity / np.where(total > 0, total, 1.0)[layout.member] * ~held[rest]
        answers[rest] += sigma * np.add.reduceat(free * cost[rest], layout.starts)[layout.member]
    follows = cost[rest] / np.maximum(answers[rest], TINIEST)
    return np.where(np.isfinite(stiffness), stiffness, 0.0), free, follows


def _producer_prices(layout: Layout, block: Block, met: Met, z: FloatArray, gap: FloatArray) -> FloatArray:
    """Log of each lane's producer price where supply meets demand, its cap aside, (L, 1)."""
    delivered = np.maximum(np.exp(z) + gap, TINIEST)
    log_price = np.where(np.isfinite(delivered), np.log(delivered), 0.0) - block.log_cost
    log_price[layout.singles :] = met.log_price[layout.member]
    return np.asarray(log_price)


def _at_ceiling(block: Block, log_price: FloatArray) -> BoolArray:
    if block.ceiling is None:
        return np.zeros(log_price.shape, dtype=bool)
    reach = block.log_supply + block.eps * np.where(block.eps == 0, 0.0, log_price)
    return np.asarray(reach >= np.log(block.ceiling))

"""The prices and quantities that belong to delivered prices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.equilibrium.arrays import BoolArray, FloatArray, IntArray
from sogdia.equilibrium.block import Block
from sogdia.equilibrium.layout import Layout
from sogdia.equilibrium.producer_price import LOWEST, TOUCHING, common_price, multi_lane_terms
from sogdia.equilibrium.use_cost import price_paid, use_cost

LOSS, WORST = 4 * float(np.finfo(np.float64).eps), 1e-6
"""Rounding of a price in units of itself, and the largest error of a quantity that it may excuse."""


@dataclass(frozen=True, slots=True, eq=False)
class Readout:
    """One row a lane (L) or consumer (J), one scenario a column; the terms are those of `Equilibria`.

    purchases and quantity are relative to the base of the consumer and the lane;
    output: of the lane's producer, relative to its base output (L); mismatch and complementarity (width,).
    """

    price: FloatArray
    wedge: FloatArray
    delivered: FloatArray
    use_cost: FloatArray
    price_paid: FloatArray
    purchases: FloatArray
    quantity: FloatArray
    mismatch: FloatArray
    complementarity: FloatArray


def read(
    layout: Layout,
    block: Block,
    z: FloatArray,
    t: FloatArray,
    several: FloatArray,
    log_cost: FloatArray,
    mean_price: FloatArray,
) -> Readout:
    """Everything that follows from log delivered prices `z`, log quantity wanted there `t` (L, width), log prices of
    the producers with several lanes (M, width), log use cost and price paid (J, width).
    """
    log_price = producer_price(layout, block, z, several)
    held = held_lanes(block, t, z, log_price)
    quantity = np.exp(t)
    wedge = np.ones_like(z)
    dear = np.flatnonzero(held)
    if dear.size:
        wedge.flat[dear] = np.exp(np.maximum(z - log_price - block.log_cost, 0.0).flat[dear])
    complementarity = _complementarity(block, quantity, wedge)
    shown = z
    if block.parked is not None:
        closed, unwanted = block.parked == np.inf, block.parked == 0.0
        lost = np.zeros_like(closed) if block.lost is None else block.lost
        quantity = np.where(closed | unwanted, 0.0, quantity)
        wedge = np.where(closed, np.where(lost, 1.0, np.inf), np.where(unwanted, 1.0, wedge))
        shut = _by_producer(layout, np.where(closed | unwanted, 0.0, layout.weight)) == 0
        log_price = np.where(lost, np.inf, np.where(shut, -np.inf, log_price))
        shown = np.where(unwanted, log_price + block.log_cost, z)
    supply = _supply(block, log_price)
    produced = _by_producer(layout, layout.weight * quantity)
    mismatch = (np.abs(produced - np.where(np.isnan(supply), produced, supply)) / np.maximum(produced, 1.0)).max(axis=0)
    purchases = _purchases(block, log_cost)
    if shown is not z:
        spurns = (layout.costs > 0) @ unwanted.astype(np.float64) > 0
        cost, paid = prices_at(layout, block, shown, np.flatnonzero(spurns.any(axis=0)))
        log_cost = np.where(spurns & ~np.isnan(cost), np.log(cost), log_cost)
        mean_price = np.where(spurns & ~np.isnan(cost), paid, mean_price)
    delivered = np.exp(shown)
    price = delivered.copy()
    other = np.flatnonzero(log_price != shown)
    price.flat[other] = np.exp(log_price.flat[other])
    return Readout(
        price=price,
        wedge=wedge,
        delivered=delivered,
        use_cost=np.exp(log_cost),
        price_paid=mean_price,
        purchases=purchases,
        quantity=quantity,
        mismatch=mismatch,
        complementarity=complementarity,
    )


def lost_digits(sigma: FloatArray, z: FloatArray) -> FloatArray:
    """Relative error of quantities that rounding prices leaves, at most `WORST`, (width,).

    Quantities answer differences of prices: `sigma d` times the rounding of `d` is lost where two lanes compete at d.
    """
    highest = np.max(z, axis=0, where=np.isfinite(z), initial=0.0)
    return np.asarray(np.minimum(LOSS * sigma[0] * np.exp(np.minimum(highest, -LOWEST)), WORST))


def several_prices(layout: Layout, block: Block, t: FloatArray, z: FloatArray) -> FloatArray:
    """Log prices of the producers with several lanes at log delivered prices `z` and log demand `t`, (M, width)."""
    terms, rows = multi_lane_terms(layout, block), slice(layout.singles, None)
    if terms is None:
        return z[:0]
    seen = np.where(np.isfinite(z[rows]), z[rows], 0.0)
    return common_price(layout, terms, t[rows], seen, np.exp(seen))


def producer_price(layout: Layout, block: Block, z: FloatArray, several: FloatArray) -> FloatArray:
    """Log price of each lane's producer at log delivered prices `z`, those of producers with `several` lanes given,
    (L, width).

    A producer whose only lane is held to its cap sells at the price that calls forth just the cap,
    `(log K - log a) / eps`: the rest of what consumers pay is the wedge. Without any supply response, eps = 0, what
    is left over is worthless and the price is 0.
    """
    only = slice(0, layout.singles)
    eps, log_supply = block.eps[only], block.log_supply[only]
    price = z[only] - block.log_cost[only]
    rigid = eps == 0
    if block.cap is not None:
        capped = np.nonzero(np.isfinite(block.cap[only]))
        log_cap = np.log(block.cap[only][capped])
        eps, log_supply, rigid, before = (
            np.broadcast_to(values, price.shape)[capped] for values in (eps, log_supply, rigid, price)
        )
        offered = log_supply + np.where(rigid, 0.0, eps * np.where(rigid, 0.0, before))
        if block.ceiling is not None:
            offered = np.minimum(offered, np.log(np.broadcast_to(block.ceiling[only], price.shape)[capped]))
        at_cap = np.where(rigid, -np.inf, (log_cap - log_supply) / np.where(rigid, 1.0, eps))
        price[capped] = np.where(offered > log_cap + TOUCHING, at_cap, before)
    if several.size:
        price = np.vstack([price, several[layout.member]])
    return np.where((block.eps == 0) & (price <= LOWEST + 1.0), -np.inf, price)


def held_lanes(block: Block, t: FloatArray, z: FloatArray, log_price: FloatArray) -> BoolArray:
    """Lanes that are dearer than their producer's price because their cap holds, (L, width)."""
    if block.cap is None:
        return np.zeros(t.shape, dtype=bool)
    dearer = z > log_price + block.log_cost + TOUCHING
    return np.asarray(dearer & np.isfinite(block.cap))


def _supply(block: Block, log_price: FloatArray) -> FloatArray:
    """`min(a p^eps, kappa)`, NaN where p is 0 and any supply is willing, (L, width)."""
    rigid = (block.eps == 0) & (log_price == -np.inf)
    with np.errstate(invalid="ignore"):
        supply = np.exp(block.log_supply + np.where(block.eps == 0, 0.0, block.eps * log_price))
    if block.ceiling is not None:
        supply = np.minimum(supply, block.ceiling)
    if block.lost is not None:
        supply = np.where(block.lost, 0.0, supply)
    return np.where(rigid, np.nan, supply)


def _by_producer(layout: Layout, values: FloatArray) -> FloatArray:
    """Sums over the lanes of a producer, repeated on each of them, (L, width)."""
    if not layout.starts.size:
        return values
    sums = np.add.reduceat(values[layout.singles :], layout.starts, axis=0)[layout.member]
    return np.vstack([values[: layout.singles], sums])


def prices_at(layout: Layout, block: Block, z: FloatArray, columns: IntArray) -> tuple[FloatArray, FloatArray]:
    """Use cost and price paid at log delivered prices `z` in these columns, NaN in the others, (J, width) each."""
    shares = layout.costs.toarray()
    cost, paid = (np.full((layout.consumers.size, z.shape[1]), np.nan) for _ in range(2))
    sigma = np.broadcast_to(block.sigma, (1, z.shape[1]))[0]
    for column in columns:
        delivered = np.exp(z[:, column])
        cost[:, column] = use_cost(shares, delivered, float(sigma[column]))
        paid[:, column] = price_paid(shares, delivered, float(sigma[column]))
    return cost, paid


def _purchases(block: Block, log_cost: FloatArray) -> FloatArray:
    """`max(b P^-eta - R/Q0, 0)`, 0 where P is inf or b is 0, (J, width)."""
    isolated = log_cost == np.inf
    wanted = np.exp(-block.eta * np.where(isolated, 0.0, log_cost))
    if block.scale is not None:
        wanted = np.where(block.scale > 0, wanted * block.scale, 0.0)
    if block.release is not None:
        wanted = np.maximum(wanted - block.release, 0.0)
    return np.where(isolated, 0.0, wanted)


def _complementarity(block: Block, quantity: FloatArray, wedge: FloatArray) -> FloatArray:
    """Largest of `x / K - 1` and `min(w - 1, 1 - x / K)` over the capped lanes, and 0, (width,)."""
    if block.cap is None:
        return np.zeros(quantity.shape[1])
    slack = 1.0 - quantity / block.cap
    if block.parked is not None:
        slack = np.where(np.isnan(block.parked), slack, 0.0)
    return np.asarray(np.maximum(np.minimum(wedge - 1.0, slack), -slack).max(axis=0, initial=0.0))

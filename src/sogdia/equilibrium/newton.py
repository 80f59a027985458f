"""How is a scenario solved that the fast method gave up?

Newton's method on the same gap, one scenario at a time, with the full derivative, sums taken in logarithms and every
step checked: it must shrink the largest gap. Where it does not, it is damped towards a plain iteration, which does
whenever nothing reaches consumers outside the market. The corner where a consumer
stops buying, because enough reaches it outside the market, is first rounded off and then sharpened.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sogdia.equilibrium.answer import Status
from sogdia.equilibrium.arrays import BoolArray, FloatArray
from sogdia.equilibrium.block import Block
from sogdia.equilibrium.layout import Layout
from sogdia.equilibrium.readout import held_lanes, producer_price
from sogdia.equilibrium.response import Terms, start, terms_of
from sogdia.equilibrium.supply import meet

FLOOR = -1e4
"""Log demand of a lane nobody wants at current prices."""
RUNAWAY = 690.0
"""Log price beyond which a price is no longer a floating-point number."""
MEMORY = 4
"""A step is taken if the largest gap after it is below the largest of so many before."""
LEAST_GAIN = 1e-6
LIGHT, STIFFEN, EASE = 1e-3, 5.0, 0.2
"""Damping after a first refused step, and its change with every further refused and every taken step."""
ROUNDING = 1e-13
"""Newton steps below this, relative to the log prices, change nothing that can be seen."""
ROUNDED = 1e-9
"""Mismatch accepted where rounding is all that is left of it."""
SHARP = (1e-14,)
BLURS = (1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-8, *SHARP)
"""How far the corner is rounded off where the market's part of demand ends, in shares of demand."""
ROUGH = 1e-6
"""Mismatch at which the next sharper corner is taken up."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """z: log delivered prices and t: log demand there, (L, 1); log_index: log price index, (J, 1)."""

    z: FloatArray
    t: FloatArray
    log_index: FloatArray
    status: Status
    evaluations: int


@dataclass(frozen=True, slots=True, eq=False)
class _Case:
    """One scenario, the shares as dense log_costs (J, L) and log_sales (L, J), and which lanes share a producer."""

    layout: Layout
    block: Block
    terms: Terms
    log_costs: FloatArray
    log_sales: FloatArray
    same: BoolArray


@dataclass(frozen=True, slots=True, eq=False)
class _Point:
    """The market at log delivered prices z: log demand t, log price index, gap, and the derivative of t by z (L, L)."""

    z: FloatArray
    t: FloatArray
    log_index: FloatArray
    gap: FloatArray
    pull: FloatArray


def solve_one(layout: Layout, block: Block, tolerance: float, limit: int) -> Outcome:
    """The equilibrium of a block of one scenario, to a largest relative mismatch of quantity of `tolerance`."""
    terms = terms_of(layout, block)
    case = _Case(
        layout=layout,
        block=block,
        terms=terms,
        log_costs=np.log(layout.costs.toarray()),
        log_sales=np.log(layout.sales.toarray()),
        same=layout.owner[:, None] == layout.owner[None, :],
    )
    z = start(block, layout, 1)
    spent = 0
    for blur in SHARP if block.release is None else BLURS:
        point = _evaluate(case, z, blur)
        spent += 1
        aim = tolerance if blur == SHARP[0] else ROUGH
        sizes, damping = [np.abs(point.gap).max()], 0.0
        while spent < limit and np.abs(point.gap * terms.stiffness).max() > aim:
            step = _step(case, point, damping)
            trial = _evaluate(case, point.z + step, blur)
            spent += 1
            size = np.abs(trial.gap).max()
            if size < max(sizes[-MEMORY:]) * (1 - LEAST_GAIN):
                point, damping = trial, damping * EASE if damping > LIGHT else 0.0
                sizes.append(size)
            elif np.abs(step).max() < ROUNDING * max(1.0, np.abs(point.z[np.isfinite(point.z)]).max(initial=0.0)):
                break
            else:
                damping = max(damping * STIFFEN, LIGHT)
            if np.max(point.z, where=np.isfinite(point.z), initial=0.0) > RUNAWAY:
                return Outcome(point.z, point.t, point.log_index, Status.NO_EQUILIBRIUM, spent)
        z = point.z
    if _mismatch(block, terms, point) <= max(tolerance, ROUNDED):
        return Outcome(z, point.t, point.log_index, Status.SOLVED, spent)
    rising = bool((block.eta == 0).any()) and point.gap.max() > ROUGH
    return Outcome(z, point.t, point.log_index, Status.NO_EQUILIBRIUM if rising else Status.NOT_CONVERGED, spent)


def _mismatch(block: Block, terms: Terms, point: _Point) -> float:
    """Largest mismatch of quantity relative to base, or to the quantity itself where that is larger."""
    quantity = np.exp(np.minimum(point.t - block.sigma * point.z, 0.0))
    return float(np.abs(point.gap * terms.stiffness * np.where(point.gap == 0, 0.0, quantity)).max())


def _evaluate(case: _Case, z: FloatArray, blur: float) -> _Point:
    """Demand by log-sum-exp, then the gap and the derivative of demand.

    What the market must still deliver where `R` reaches the consumer is `n = max(g, 0)`, `g = b P^-eta - R/Q0`, rounded
    off to `(g + sqrt(g^2 + (blur b P^-eta)^2)) / 2`.
    """
    block, terms = case.block, case.terms
    sigma = block.sigma[0, 0]
    log_terms = case.log_costs + (1 - sigma) * z[:, 0]
    log_m = _log_sum_exp(log_terms)
    open_ = np.isfinite(log_m)
    log_price = np.where(open_, log_m, 0.0) / (1 - sigma)
    log_wanted = -block.eta * log_price
    if block.scale is not None:
        log_wanted = log_wanted + np.log(block.scale)
    eta = block.eta
    log_bought = log_wanted
    if block.release is not None:
        wanted = np.exp(log_wanted)
        left = wanted - block.release
        root = np.hypot(left, blur * wanted)
        twice = np.where(left > 0, left + root, (blur * wanted) ** 2 / (root - left))
        helped = (block.release > 0) & (wanted > 0)
        log_bought = np.where(helped, np.log(twice / 2), log_wanted)
        eta = np.where(helped, eta * wanted / root * (1 + blur**2 * wanted / twice), eta)
    log_pull = np.where(open_, log_bought + sigma * log_price, -np.inf)[:, 0]
    log_sales = case.log_sales + log_pull
    t = np.maximum(_log_sum_exp(log_sales), FLOOR)
    step = meet(case.layout, terms.single, terms.several, t) - z
    if terms.parked is not None:
        step = np.where(terms.parked, 0.0, step)
    cost_shares = np.exp(log_terms - np.where(open_, log_m, 0.0))
    return _Point(z, t, np.where(open_, log_price, np.inf), step, np.exp(log_sales - t) @ ((sigma - eta) * cost_shares))


def _log_sum_exp(values: FloatArray) -> FloatArray:
    """Log of the sum of `exp(values)` along each row, -inf where every value is, shape (rows, 1)."""
    top = values.max(axis=1, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    return np.asarray(top + np.log(np.exp(values - top).sum(axis=1, keepdims=True)))


def _step(case: _Case, point: _Point, damping: float) -> FloatArray:
    """`((1 + damping) I - G')^-1 gap`: Newton's step undamped, a short plain iteration under heavy damping."""
    unit = (1.0 + damping) * np.eye(point.z.size)
    matrix: FloatArray = unit - _price_response(case, point.t) @ point.pull
    if case.terms.parked is not None:
        matrix[case.terms.parked[:, 0]] = unit[case.terms.parked[:, 0]]
    try:
        step = np.asarray(np.linalg.solve(matrix, point.gap), dtype=np.float64)
    except np.linalg.LinAlgError:
        return point.gap
    return step if np.isfinite(step).all() else point.gap


def _price_response(case: _Case, t: FloatArray) -> FloatArray:
    """Derivative of log delivered prices by log demand, shape (L, L).

    A held lane answers its own demand by `1 / sigma`. The others of a producer share one price, which answers their
    demands by `theta / (sigma sum theta + eps)`, theta their shares of its output and eps 0 at the ceiling.
    """
    layout, block, same = case.layout, case.block, case.same
    sigma = block.sigma[0, 0]
    log_price = producer_price(layout, block, t)
    held = held_lanes(block, t, log_price)[:, 0]
    log_quantity = (
        np.log(layout.weight) + t - sigma * np.where(held[:, None], _held_price(block, t), log_price + block.log_cost)
    )
    if block.parked is not None:
        log_quantity = np.where(np.isnan(block.parked), log_quantity, -np.inf)
    level = np.where(same, log_quantity.T, -np.inf).max(axis=1, keepdims=True)
    level = np.where(np.isfinite(level), level, 0.0)
    quantity = np.where(same, np.exp(log_quantity.T - level), 0.0)
    total = quantity.sum(axis=1, keepdims=True)
    theta = quantity / np.where(total > 0, total, 1.0)
    free = theta * ~held
    full = _at_ceiling(block, log_price)
    eps = np.where(full, 0.0, block.eps)
    shared = free / np.maximum(sigma * free.sum(axis=1, keepdims=True) + eps, np.finfo(float).tiny)
    return np.asarray(np.where(held[:, None], np.eye(held.size) / sigma, shared), dtype=np.float64)


def _held_price(block: Block, t: FloatArray) -> FloatArray:
    return t if block.cap is None else np.asarray((t - np.log(block.cap)) / block.sigma)


def _at_ceiling(block: Block, log_price: FloatArray) -> BoolArray:
    if block.ceiling is None:
        return np.zeros(log_price.shape, dtype=bool)
    reach = block.log_supply + block.eps * np.where(block.eps == 0, 0.0, log_price)
    return np.asarray(reach >= np.log(block.ceiling))

"""Who pays and who gains: shortage, bills, surplus of both sides and scarcity rent.

Pure functions on arrays of any leading shape. Prices are relative to base; values are in thousand US dollars (kUSD) of
the base year, so that `value * price * quantity / base quantity` is a value at the new prices.
"""

from __future__ import annotations

import numpy as np

from sogdia.equilibrium.arrays import FloatArray


def price_change(price: FloatArray) -> FloatArray:
    """`P - 1`: 0.25 is a rise of a quarter."""
    return np.asarray(price - 1.0)


def shortage(consumption_t: FloatArray, base_consumption_t: FloatArray) -> FloatArray:
    """`1 - Q / Q0`, the share of base consumption that is missing; NaN for a consumer without base consumption."""
    base = np.where(base_consumption_t > 0, base_consumption_t, np.nan)
    return np.asarray(1.0 - consumption_t / base)


def bill_kusd(
    base_bill_kusd: FloatArray, price: FloatArray, purchases_t: FloatArray, base_consumption_t: FloatArray
) -> FloatArray:
    """What the consumer pays for what it buys, `V0 P N / Q0`; 0 where it buys nothing, whatever the price."""
    buys = purchases_t > 0
    ratio = purchases_t / np.where(buys, base_consumption_t, 1.0)
    return np.asarray(np.where(buys, base_bill_kusd * np.where(buys, price, 0.0) * ratio, 0.0))


def consumer_surplus_change_kusd(base_bill_kusd: FloatArray, price: FloatArray, eta: FloatArray) -> FloatArray:
    """`V0 (1 - P^(1 - eta)) / (1 - eta)`, `-V0 log P` at eta = 1: the area left of demand between the two prices.

    Negative when the price rises; -inf for an isolated consumer unless eta exceeds 1.

    >>> consumer_surplus_change_kusd(np.array(100.0), np.array(1.21), np.array(0.5)).round(6).item()
    -20.0
    """
    power = 1.0 - np.asarray(eta, dtype=np.float64)
    with np.errstate(divide="ignore"):
        log_price = np.log(price)
    unit = np.abs(power) < np.finfo(np.float64).eps
    if not unit.any():
        return np.asarray(base_bill_kusd * (-np.expm1(power * log_price) / power))
    curved = np.where(unit, 0.0, log_price)  # at eta = 1 a price without bound would be 0 times infinity
    area = np.where(unit, -log_price, -np.expm1(power * curved) / np.where(unit, 1.0, power))
    return np.asarray(base_bill_kusd * area)


def producer_surplus_change_kusd(
    base_sales_kusd: FloatArray,
    price: FloatArray,
    supply: FloatArray,
    eps: FloatArray,
    ceiling: FloatArray | None = None,
) -> FloatArray:
    """Change of the area left of supply, `V0 (int_0^p min(a q^eps, kappa) dq - 1 / (1 + eps))`.

    Below the ceiling the integral is `a p^(1+eps) / (1+eps)`; above it, every further cent is earned on kappa.
    0 output (a = 0, p = inf) loses all of the base surplus. Scarcity rent comes on top, for whoever holds it.

    >>> one = np.array(1.0)
    >>> producer_surplus_change_kusd(np.array(100.0), np.array(2.0), one, one).item()
    150.0
    """
    priced = np.where(supply > 0, price, 0.0)
    free = supply * priced ** (1.0 + eps) / (1.0 + eps)
    if ceiling is None:
        return np.asarray(base_sales_kusd * (free - 1.0 / (1.0 + eps)))
    rigid = eps == 0
    with np.errstate(divide="ignore"):
        room = np.where(supply > 0, ceiling / np.where(supply > 0, supply, 1.0), np.inf)
    reached = np.where(rigid, np.where(room < 1, 0.0, np.inf), room ** (1.0 / np.where(rigid, 1.0, eps)))
    above = priced > reached
    bend = np.where(above, reached, 0.0)
    capacity = np.where(above, ceiling, 0.0)
    held = supply * bend ** (1.0 + eps) / (1.0 + eps) + capacity * (priced - bend)
    return np.asarray(base_sales_kusd * (np.where(above, held, free) - 1.0 / (1.0 + eps)))


def scarcity_rent_kusd(
    base_sales_kusd: FloatArray,
    base_quantity_t: FloatArray,
    quantity_t: FloatArray,
    delivered: FloatArray,
    cost: FloatArray,
    price: FloatArray,
) -> FloatArray:
    """Rent of a capped lane, `V0 x / X (d / tau - p)`, which is `(w - 1) p x` in value; 0 where nothing moves.

    It goes to whoever holds the licences, slots or wagons on the lane.
    """
    moves = quantity_t > 0
    margin = np.where(moves, delivered, 0.0) / cost - np.where(moves, price, 0.0)
    return np.asarray(base_sales_kusd * quantity_t / np.where(moves, base_quantity_t, 1.0) * np.maximum(margin, 0.0))

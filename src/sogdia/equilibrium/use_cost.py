"""What a consumer's use costs, and how it is spread over lanes, to the last digit at any prices.

Sums run from each consumer's cheapest lane, `P = m - log1p(sum_l s (exp(-sigma (d - m)) - 1)) / sigma`, so that neither
a price of a million nor one of a billionth costs a digit. That takes an exponential for each flow where the fast method
takes one for each lane.

The arguments of every function: shares `s` of the consumer's base use by lane, adding up to 1, (..., L); delivered
prices `d`, inf on a closed lane, (..., L); sigma, (...). They are broadcast against each other.
"""

from __future__ import annotations

import numpy as np

from sogdia.equilibrium.arrays import FloatArray


def use_cost(shares: FloatArray, delivered: FloatArray, sigma: FloatArray | float) -> FloatArray:
    """`P = -log(sum_l s exp(-sigma d)) / sigma`, inf where no lane with a share is open, (...).

    >>> use_cost(np.array([0.5, 0.5]), np.array([1.0, 1.0]), 2.5).item()
    1.0
    """
    least, far = _from_cheapest(shares, delivered)
    power = np.asarray(sigma, dtype=np.float64)
    with np.errstate(over="ignore", under="ignore", divide="ignore"):
        sums = (shares * np.expm1(-power[..., None] * far)).sum(axis=-1)
        return np.asarray(least - np.log1p(np.maximum(sums, -1.0)) / power)


def choices(shares: FloatArray, delivered: FloatArray, sigma: FloatArray | float) -> FloatArray:
    """Each lane's share of what the consumer uses, `s exp(-sigma d) / Z`, (..., L); 0 where no lane is open."""
    _, far = _from_cheapest(shares, delivered)
    with np.errstate(over="ignore", under="ignore"):
        weight = shares * np.exp(-np.asarray(sigma, dtype=np.float64)[..., None] * far)
    total = weight.sum(axis=-1, keepdims=True)
    return np.asarray(weight / np.where(total > 0, total, 1.0))


def price_paid(shares: FloatArray, delivered: FloatArray, sigma: FloatArray | float) -> FloatArray:
    """`M = sum_l x d / N`, inf where no lane with a share is open, (...)."""
    least, far = _from_cheapest(shares, delivered)
    chosen = choices(shares, delivered, sigma)
    return np.asarray(least + (chosen * np.where(chosen > 0, far, 0.0)).sum(axis=-1))


def _from_cheapest(shares: FloatArray, delivered: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The lowest price of a lane with a share, (...), and how far above it each lane is, inf if closed, (..., L)."""
    used = np.where(shares > 0, delivered, np.inf)
    least = used.min(axis=-1)
    far = np.where(np.isfinite(used), used - np.where(np.isfinite(least), least, 0.0)[..., None], np.inf)
    return np.asarray(least), far

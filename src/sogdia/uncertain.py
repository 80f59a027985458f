"""Uncertain figures: a range around a central value, and what may be said of one value per draw.

A price above BEYOND times base is outside anything the trade data have shown (rare earths in 2011 rose about five
times), and demand would break before it. Such a price, and any money that follows from it, is not given: it is null,
and marked. A draw without bound counts as one at the far end of the band, so that an end among such draws is null too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LOW, HIGH = 0.05, 0.95
BEYOND = 10.0
Band = tuple[float | None, float | None, float | None]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Range:
    """An uncertain figure: low <= central <= high, in the unit that the holder's name states."""

    low: float
    central: float
    high: float


def band(values: Floats) -> Band:
    """(central, low, high): values[0] and the 5 and 95 % quantiles; None for an infinite or unknown one.

    values: (draws,). NaN, a draw without an answer, is left out; an infinite draw is not.

    >>> band(np.array([1.0, 1.0, 1.0, np.inf]))
    (1.0, 1.0, None)
    """
    known = values[~np.isnan(values)]
    if not known.size:
        return None, None, None
    # Between a number and infinity a quantile is infinite, and between two infinities numpy calls it NaN.
    with np.errstate(invalid="ignore"):
        low, high = np.quantile(known, [LOW, HIGH])
    return _finite(values[0]), _finite(low), _finite(high)


def is_beyond(price: float) -> bool:
    """Whether a price relative to base is beyond the model's range, or without bound; not so where it is unknown."""
    return bool(price > BEYOND)


def within(price: Floats) -> Floats:
    """The prices (draws,), those beyond the model's range as infinite."""
    return np.where(price > BEYOND, np.inf, price)


def priced(money: Floats, price: Floats, towards: float) -> Floats:
    """The money (draws,) that follows from a price: where the price is beyond the range it is without bound.

    towards: the direction in which it goes with the price, 1.0 for a bill or a rent, -1.0 for a consumer's surplus.
    All of it is unknown where the central price is beyond the range.
    """
    if is_beyond(float(price[0])):
        return np.full_like(money, np.nan)
    return np.where(price > BEYOND, np.copysign(np.inf, towards), money)


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None

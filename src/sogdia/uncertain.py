"""An uncertain figure is a range around a central value, or a band read from one value per draw.

A price above BEYOND times base is outside anything the trade data have shown (rare earths in 2011 rose about five
times), and demand would break before it. Such a price, and any money that follows from it, is not given: it is null,
and marked. A draw without bound counts as one at the far end of the band, so that an end among such draws is null too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

LOW, HIGH = 0.05, 0.95
BEYOND = 10.0
ABOVE = f"> {BEYOND:g}"
"""What stands for a price beyond the model's range."""
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Range:
    """An uncertain figure: low <= central <= high, in the unit that the holder's name states."""

    low: float
    central: float
    high: float


@dataclass(frozen=True, slots=True)
class Band:
    """What the draws say of a figure: its 5 % quantile, its value at the central elasticities, its 95 % quantile.

    None is unknown where all three are None and `beyond` is not set, else without bound or beyond the model's range.
    beyond: the central price, or the price that the central figure follows from, is beyond the model's range.
    """

    low: float | None
    central: float | None
    high: float | None
    beyond: bool = False

    @classmethod
    def of_row(cls, row: Mapping[str, Any]) -> Band:
        """The band of a row with the columns low, central, high and beyond."""
        return cls(row["low"], row["central"], row["high"], bool(row["beyond"]))

    @property
    def known(self) -> bool:
        """Whether anything is known of the figure."""
        return self.beyond or any(value is not None for value in (self.low, self.central, self.high))

    @property
    def open(self) -> bool:
        """Whether the band goes on without a high end."""
        return self.beyond or (self.known and self.high is None)


@dataclass(frozen=True, slots=True)
class BandText:
    """How a band is written. write: a number as text, None as unknown; above: what stands for a figure without bound or
    beyond the model's range; to: between the two ends.

    >>> prices = BandText(lambda value: "-" if value is None else f"{value:.1f}")
    >>> prices.ends(Band(1.2, 2.0, None)), prices.central(Band(3.0, None, None, beyond=True))
    ('1.2 to > 10', '> 10')
    >>> prices.ends(Band(None, None, None))
    '-'
    """

    write: Callable[[float | None], str]
    above: str = ABOVE
    to: str = " to "

    def central(self, band: Band) -> str:
        """The central figure."""
        return self.above if band.beyond else self.write(band.central)

    def ends(self, band: Band) -> str:
        """The low and the high end; one mark where neither is known."""
        if not band.known:
            return self.write(None)
        if band.low is None and band.high is None:
            return self.above
        low, high = (self.above if value is None else self.write(value) for value in (band.low, band.high))
        return f"{low}{self.to}{high}"


def band(values: Floats) -> Band:
    """The band of a figure that follows from no price. values: (draws,), the central one first.

    NaN, a draw without an answer, is left out; an infinite draw is not.

    >>> band(np.array([1.0, 1.0, 1.0, np.inf]))
    Band(low=1.0, central=1.0, high=None, beyond=False)
    """
    known = values[~np.isnan(values)]
    if not known.size:
        return Band(None, None, None)
    low, high = _ends(known)
    return Band(_finite(low), _finite(values[0]), _finite(high))


def _ends(known: Floats) -> tuple[float, float]:
    """The quantiles LOW and HIGH as `np.quantile` has them, to the last bit, in a quarter of its time."""
    last = known.size - 1
    places = [last * LOW, last * HIGH]
    below = [int(place) for place in places]
    above = [min(number + 1, last) for number in below]
    ranked = np.partition(known, sorted({*below, *above}))
    ends = []
    for place, lower, upper in zip(places, below, above, strict=True):
        first, second, part = float(ranked[lower]), float(ranked[upper]), place - lower
        # Between a number and infinity a quantile is infinite, and between two infinities it is NaN.
        gap = second - first
        ends.append(first + gap * part if part < 0.5 else second - gap * (1.0 - part))
    return ends[0], ends[1]


def price_band(price: Floats) -> Band:
    """The band of a price relative to base, (draws,): draws beyond the model's range have no bound."""
    return replace(band(np.where(price > BEYOND, np.inf, price)), beyond=is_beyond(float(price[0])))


def money_band(money: Floats, price: Floats, towards: float) -> Band:
    """The band of money (draws,) that follows from a price relative to base: no bound where that is beyond the range.

    towards: the direction in which it goes with the price, 1.0 for a bill or a rent, -1.0 for a consumer's surplus.
    All of it is unknown where the central price is beyond the range.
    """
    if is_beyond(float(price[0])):
        return Band(None, None, None, beyond=True)
    return band(np.where(price > BEYOND, np.copysign(np.inf, towards), money))


def price_of_ends(low: float | None, central: float | None, high: float | None) -> Band:
    """The band of a price relative to base whose ends are known as numbers: those beyond the range are left out.

    >>> price_of_ends(2.0, 12.0, None)
    Band(low=2.0, central=None, high=None, beyond=True)
    """
    beyond = central is not None and is_beyond(central)
    return Band(_inside(low), _inside(central), _inside(high), beyond)


def price_of_logs(low: float, central: float, high: float) -> Band:
    """The same from the natural logs of the ends; NaN is unknown."""
    return price_of_ends(*(None if math.isnan(log) else _exp(log) for log in (low, central, high)))


def is_beyond(price: float) -> bool:
    """Whether a price relative to base is beyond the model's range, or without bound; not so where it is unknown."""
    return bool(price > BEYOND)


def _inside(price: float | None) -> float | None:
    return None if price is None or not price <= BEYOND else price


def _exp(log: float) -> float:
    """Its exponential, never above BEYOND by rounding alone; infinite beyond it."""
    return math.inf if log > math.log(BEYOND) else min(math.exp(log), BEYOND)


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None

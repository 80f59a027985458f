"""The commodity cycle of the panel: the median log change of the world's unit values of all other codes.

The base is that of the episode, the mean of its base years; a code counts where it has trade in all of them and in the
year.
"""

from __future__ import annotations

import numpy as np

from sogdia.hindcast.panel.trade import CodeTrade
from sogdia.market.traded import Floats


class Cycle:
    """World quantity [t] and value [kUSD] of every code and year, gathered code by code."""

    def __init__(self, base_years: int) -> None:
        self._base_years = base_years
        self._codes: list[str] = []
        self._years: tuple[int, ...] = ()
        self._quantity: list[Floats] = []
        self._value: list[Floats] = []

    def add(self, trade: CodeTrade) -> None:
        """Take a code in."""
        self._codes.append(trade.hs6)
        self._years = trade.years
        self._quantity.append(trade.quantity.sum(axis=(1, 2)))
        self._value.append(trade.value.sum(axis=(1, 2)))

    def at(self, base: int, year: int, without: str) -> float:
        """ln of the cycle in `year` over the base years from `base` on; 0 where no other code has trade."""
        quantity, value = np.array(self._quantity), np.array(self._value)
        start, now = base - self._years[0], year - self._years[0]
        span = slice(start, start + self._base_years)
        known = (quantity[:, span] > 0).all(axis=1) & (value[:, span] > 0).all(axis=1)
        known &= (quantity[:, now] > 0) & (value[:, now] > 0)
        known &= np.array([code != without for code in self._codes])
        if not known.any():
            return 0.0
        before = value[known, span].sum(axis=1) / quantity[known, span].sum(axis=1)
        return float(np.median(np.log(value[known, now] / quantity[known, now] / before)))

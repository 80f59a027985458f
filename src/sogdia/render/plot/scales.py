"""Scales of axes: from a figure to a place in pixels, and the ticks that a reader counts by."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from sogdia.render.formats import MINUS

STEPS = (1.0, 2.0, 5.0)
PREFIXES = ((1e9, "G"), (1e6, "M"), (1e3, "k"))
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Scale:
    """From `low` and `high` of the figures to `start` and `end` in pixels. bend: identity, logarithm or root.

    Figures beyond the ends are drawn at the ends.
    """

    low: float
    high: float
    start: float
    end: float
    bend: Callable[[float], float] = float

    def __call__(self, value: float) -> float:
        low, high = self.bend(self.low), self.bend(self.high)
        inside = min(max(value, self.low), self.high)
        part = 0.5 if high == low else (self.bend(inside) - low) / (high - low)
        return self.start + part * (self.end - self.start)


def linear(low: float, high: float, start: float, end: float) -> Scale:
    """A scale of equal steps.

    >>> linear(0, 10, 0, 200)(2.5)
    50.0
    """
    return Scale(low, high, start, end)


def logarithmic(low: float, high: float, start: float, end: float) -> Scale:
    """A scale of equal factors.

    >>> logarithmic(1, 100, 0, 200)(10)
    100.0
    """
    return Scale(low, high, start, end, math.log10)


def ticks(low: float, high: float, count: int) -> tuple[float, ...]:
    """Round figures between two ends, about `count` of them.

    >>> ticks(0, 1, 5), ticks(1995, 2024, 6)
    ((0.0, 0.2, 0.4, 0.6, 0.8, 1.0), (1995.0, 2000.0, 2005.0, 2010.0, 2015.0, 2020.0))
    """
    if not high > low:
        return (low,)
    rough = (high - low) / max(count, 1)
    decade = 10.0 ** math.floor(math.log10(rough))
    step = min((s * decade for s in (*STEPS, 10.0)), key=lambda s: abs(math.log(s / rough)))
    first, last = math.ceil(low / step - ROUNDING), math.floor(high / step + ROUNDING)
    return tuple(float(f"{n * step:.12g}") for n in range(first, last + 1))


def rounded_top(largest: float, count: int) -> float:
    """The end of an axis from zero: the first tick that is not below the largest figure; 1 where nothing is above 0.

    >>> rounded_top(7.3, 4), rounded_top(0.0, 4)
    (8.0, 1.0)
    """
    if not largest > 0:
        return 1.0
    marks = ticks(0.0, largest, count)
    step = marks[1] - marks[0] if len(marks) > 1 else largest
    return float(f"{math.ceil(largest / step - ROUNDING) * step:.12g}")


def log_ticks(low: float, high: float) -> tuple[float, ...]:
    """Labels of a logarithmic axis: 1, 2 and 5 in every decade between two ends.

    >>> log_ticks(0.4, 30)
    (0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
    """
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    marks = (float(f"{step:g}e{decade}") for decade in decades for step in STEPS)
    return tuple(mark for mark in marks if low <= mark <= high)


def plain(value: float) -> str:
    """A tick as a number, thousands and millions shortened.

    >>> plain(0.5), plain(20000), plain(-3), plain(1.5e6)
    ('0.5', '20k', '−3', '1.5M')
    """
    for size, letter in PREFIXES:
        if abs(value) >= size:
            return f"{value / size:g}{letter}".replace("-", MINUS)
    return f"{value:g}".replace("-", MINUS)


def percent(value: float) -> str:
    """A tick of a share.

    >>> percent(0.25)
    '25%'
    """
    return f"{100 * value:g}%".replace("-", MINUS)


def whole(value: float) -> str:
    """A tick that is a calendar year."""
    return f"{value:.0f}"

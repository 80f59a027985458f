"""A hazard curve: how often a year the ground of a site shakes more than so much, and how often that does damage."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sogdia.uncertain import Range

RETURN_YEARS = 475.0
"""The return period that the acceleration of a curve is given at: a chance of 10 % in 50 years."""


@dataclass(frozen=True, slots=True)
class HazardCurve:
    """`rate(a) = (1/475) (a / a475)^-k` events a year with a peak ground acceleration above `a`, in g.

    a475: acceleration at the return period of 475 years, on rock; slope: k, the slope of the curve in logarithms;
    sa1_475: spectral acceleration at a period of 1 s, at the same return period, None where unknown.
    """

    place: str
    a475: Range
    slope: float
    source_ids: tuple[str, ...]
    evidence: str
    note: str = ""
    sa1_475: float | None = None


def exceedance_rate(a: float, a475: float, slope: float) -> float:
    """Events a year above the acceleration `a`: `(1/475) (a / a475)^-k`.

    >>> round(1 / exceedance_rate(0.21, 0.21, 2.38))
    475
    """
    return math.exp(-slope * math.log(a / a475)) / RETURN_YEARS


def damage_rate(median: float, beta: float, a475: float, slope: float) -> float:
    """Events a year that do the damage whose capacity is lognormal: `H(median) exp(k^2 beta^2 / 2)`.

    It is the integral of the chance of damage over the hazard curve, in closed form (Cornell, Jalayer, Hamburger and
    Foutch 2002). beta: the spread of the capacity alone; the spread of the motion is in the curve already.

    >>> round(damage_rate(0.23, 0.4, 0.21, 2.38), 6)
    0.002667
    """
    return exceedance_rate(median, a475, slope) * math.exp((slope * beta) ** 2 / 2)

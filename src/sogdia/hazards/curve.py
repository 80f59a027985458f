"""A hazard curve: how often a year the ground of a site shakes more than so much, and how often that does damage."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sogdia.answer import each_once
from sogdia.hazards.packaged import packaged
from sogdia.tabular.evidence import Evidence, provenance_of, weakest
from sogdia.tabular.rows import Cells, range_columns
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
    evidence: Evidence
    note: str = ""
    sa1_475: float | None = None

    def rate_factors(self) -> Range:
        """How many times rarer or more frequent every motion is at the low and the high end: `(a475 / central)^k`."""
        a = self.a475
        return Range((a.low / a.central) ** self.slope, 1.0, (a.high / a.central) ** self.slope)


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


@cache
def packaged_curves() -> Mapping[str, HazardCurve]:
    """The curves of the packaged table by place id; a place that is not among them has none."""
    columns = ("place", *range_columns("a475_g"), "slope", "sa1_475_g")
    return {curve.place: curve for curve in packaged("seismic_curves.csv", columns, _curve)}


def _curve(cells: Cells) -> HazardCurve:
    return HazardCurve(
        place=cells.text("place"),
        a475=cells.range("a475_g"),
        slope=cells.number("slope", above=0.0),
        sa1_475=cells.optional_number("sa1_475_g", above=0.0),
        **provenance_of(cells),
    )


def between(start: HazardCurve, end: HazardCurve) -> HazardCurve:
    """The curve half way between two sites: geometric means of the accelerations, the mean of the slopes."""
    a, b = start.a475, end.a475
    return HazardCurve(
        place=f"{start.place}--{end.place}",
        a475=Range(*(math.sqrt(x * y) for x, y in ((a.low, b.low), (a.central, b.central), (a.high, b.high)))),
        slope=(start.slope + end.slope) / 2,
        source_ids=each_once(start.source_ids, end.source_ids),
        evidence=weakest("derived", start.evidence, end.evidence),
        note="half way between the two ends",
        sa1_475=None if start.sa1_475 is None or end.sa1_475 is None else math.sqrt(start.sa1_475 * end.sa1_475),
    )

"""The chance that armed conflict begins in a country within a year, from its political stability.

`p = 1 / (1 + exp(4.650 + 2.014 WGI))`: a logit fitted to 66 onsets in 3,388 country-years at risk, 1996-2023 (conflicts
of UCDP/PRIO with 25 deaths a year and above; WGI political stability of the year before). Fitted until 2012 it predicts
26.6 onsets in 2013-2024; there were 27. The area under its curve is 0.86.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import polars as pl

from sogdia.answer import each_once
from sogdia.data import Store
from sogdia.hazards.packaged import figures
from sogdia.tabular.evidence import Evidence, weakest
from sogdia.uncertain import Range

Z_90 = 1.645
"""Standard deviations to either end of a 90 % interval."""


@dataclass(frozen=True, slots=True)
class Onset:
    """The chance of an onset within a year: the central estimate and its 90 % interval.

    stability: WGI estimate of political stability, about -2.5 to 2.5; year: of that estimate.
    """

    country: str
    stability: float
    year: int
    probability: Range
    source_ids: tuple[str, ...]
    evidence: Evidence

    @property
    def rate(self) -> Range:
        """Onsets a year as a rate, `-ln(1 - p)`."""
        p = self.probability
        return Range(*(-math.log1p(-end) for end in (p.low, p.central, p.high)))


def onset_probability(stability: float) -> float:
    """The chance of an onset within a year at this political stability.

    >>> round(onset_probability(0.0), 4)
    0.0095
    """
    rows = figures()
    logit = rows["onset_intercept"].value.central + rows["onset_slope"].value.central * stability
    return 1 / (1 + math.exp(-logit))


def onset(country: str, stability: float, year: int, stability_error: float = 0.0) -> Onset:
    """The onset of one country; its interval holds the errors of both coefficients and of the estimate of stability.

    The two coefficients are taken as independent, which widens the interval a little.
    """
    rows = figures()
    intercept, slope = rows["onset_intercept"], rows["onset_slope"]
    central = intercept.value.central + slope.value.central * stability
    error = math.hypot(
        rows["onset_intercept_se"].value.central,
        rows["onset_slope_se"].value.central * stability,
        slope.value.central * stability_error,
    )
    ends = (central - Z_90 * error, central, central + Z_90 * error)
    return Onset(
        country, stability, year, Range(*(1 / (1 + math.exp(-end)) for end in ends)),
        each_once(intercept.source_ids, slope.source_ids), weakest(intercept.evidence, slope.evidence),
    )  # fmt: skip


def onsets(store: Store) -> dict[str, Onset]:
    """The onset of every country with an estimate of political stability, from its newest one."""
    newest = (
        store.rows("governance")
        .filter(pl.col("estimate").is_not_null())
        .sort("country", "year")
        .unique("country", keep="last", maintain_order=True)
    )
    return {
        row["country"]: onset(row["country"], row["estimate"], row["year"], row["std_error"] or 0.0)
        for row in newest.iter_rows(named=True)
    }

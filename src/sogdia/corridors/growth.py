"""The capacity that growing freight leaves on the lines, and the year in which each line is full.

Freight grows two- to threefold to 2050. With load L0 = utilisation * capacity in the base year b and growth F over the
35 years of the forecast,

    load(y) = L0 F^((y - b) / 35)        spare(y) = max(capacity - load(y), 0)
    full in the year  b + 35 log(1 / utilisation) / log F

Loads refer to capacity as it is today: what an upgrade adds is spare until growth has used it up.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from sogdia.corridors.conditions import CENTRAL, LEVELS, Conditions, FloatArray, by_level
from sogdia.network import Corridors, Network, Parameter, to_arrays
from sogdia.network.parameters import packaged_parameters

if TYPE_CHECKING:
    import polars as pl

FREIGHT_GROWTH = "freight_demand_2050_over_2015"
FORECAST_YEARS = 2050 - 2015
"""The span that the parameter's name states."""
DEFAULT_LOAD = "default"
LOADS_FILE = "loads.csv"


def embedded_loads() -> tuple[Parameter, ...]:
    """Share of capacity in use by link id, and the default for every other link of known capacity."""
    return packaged_parameters(LOADS_FILE)


def utilisation(network: Network, loads: tuple[Parameter, ...]) -> FloatArray:
    """Share of today's capacity in use, shape (levels, links); NaN where the capacity is unknown, 0 if planned."""
    by_link = {load.name: by_level(load.value) for load in loads}
    arrays = to_arrays(network)
    shares = np.array([by_link.get(name, by_link[DEFAULT_LOAD]) for name in arrays.link_ids]).T
    shares = np.where(arrays.planned, 0.0, shares)
    return np.where(np.isnan(arrays.capacity_t_per_year), np.nan, shares)


def growth_factor(corridors: Corridors, years: float) -> FloatArray:
    """How many times today's freight there is after some years, shape (levels,)."""
    whole = np.array(by_level(corridors.rates.parameter(FREIGHT_GROWTH).value))
    factor: FloatArray = whole ** (years / FORECAST_YEARS)
    return factor


def after_growth(
    corridors: Corridors, now: Conditions, loads: tuple[Parameter, ...], years: float, level: int = CENTRAL
) -> Conditions:
    """The conditions with capacity replaced by what other freight leaves free after some years, 0 where none."""
    today = to_arrays(corridors.network).capacity_t_per_year
    load = today * utilisation(corridors.network, loads)[level] * growth_factor(corridors, years)[level]
    return replace(now, capacity_t_per_year=np.maximum(now.capacity_t_per_year - load, 0.0))


def saturation_table(corridors: Corridors, loads: tuple[Parameter, ...], base_year: int) -> pl.DataFrame:
    """One row per existing link of known capacity: its load, and the year in which growth fills it.

    full_in_low: with low load and low growth (the latest year), full_in_high: with both high (the earliest);
    a line that is full already has a year not after the base year.
    """
    from sogdia.corridors.tables import SATURATION, frame

    share = utilisation(corridors.network, loads)
    whole = np.log(by_level(corridors.rates.parameter(FREIGHT_GROWTH).value))
    rows = [
        (
            link.id, link.mode, link.capacity_t_per_year, share[CENTRAL, i],
            *(base_year - FORECAST_YEARS * np.log(share[:, i]) / whole).tolist(),
        )
        for i, link in enumerate(corridors.network.links)
        if link.capacity_t_per_year is not None and link.status == "existing"
    ]  # fmt: skip
    return frame(rows, SATURATION | {f"full_in_{level}": SATURATION["capacity_t_per_year"] for level in LEVELS})

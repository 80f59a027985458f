"""Is it getting better or worse? The slope of a measure over the years."""

from __future__ import annotations

import numpy as np

from sogdia.exposure.concentration import Floats

MIN_YEARS = 3


def slope_per_year(years: Floats, values: Floats) -> float:
    """Least-squares slope of values (years,) against years; NaN values are left out, fewer than three give NaN.

    >>> round(slope_per_year(np.array([2000.0, 2001, 2002]), np.array([0.1, 0.2, 0.3])), 6)
    0.1
    """
    known = ~np.isnan(values)
    if known.sum() < MIN_YEARS:
        return float("nan")
    x = years[known] - years[known].mean()
    return float(x @ values[known] / (x @ x))

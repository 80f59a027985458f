"""The growth of trade flows is parted into an effect of the exporter and one of the importer.

With x the flow from i to j before and x' after, growth g = 2 (x' - x) / (x' + x), which is defined for flows that begin
or end (Davis & Haltiwanger 1992), and weights w = (x + x') / 2,

    g[i, j] = a[i] + b[j] + error,    least squares with weights w      (Amiti & Weinstein 2018, here one product)

Only differences between exporters are known: the weighted median exporter is taken to have no effect. A fall whose
exporter effect is large beside those of others that sold to the same buyers is one of supply; where all that sold to
those buyers fell alike, demand fell.
"""

from __future__ import annotations

import numpy as np

from sogdia.market.traded import Floats

RIDGE = 1e-9
"""Relative weight that keeps groups of traders that share no partner solvable: they get the smallest effects."""


def exporter_effects(before: Floats, after: Floats) -> Floats:
    """a of each exporter less the weighted median, (exporters,) [-]; NaN for one without trade. Flows [t]: (exporters,
    importers).

    >>> flows = np.array([[50.0, 50.0], [50.0, 50.0], [50.0, 50.0]])
    >>> exporter_effects(flows, np.diag([0.5, 1.0, 1.0]) @ flows).round(3).tolist()
    [-0.667, 0.0, 0.0]
    """
    weight = 0.5 * (before + after)
    growth = np.where(weight > 0, (after - before) / np.where(weight > 0, weight, 1.0), 0.0)
    mass, buyers = weight.sum(axis=1), weight.sum(axis=0)
    sells, buys = mass > 0, buyers > 0
    weight, growth = weight[np.ix_(sells, buys)], growth[np.ix_(sells, buys)]
    of_buyer = weight / weight.sum(axis=0)
    matrix = np.diag(weight.sum(axis=1) * (1.0 + RIDGE)) - weight @ of_buyer.T
    moved = weight * growth
    right = moved.sum(axis=1) - of_buyer @ moved.sum(axis=0)
    effects = np.full(len(before), np.nan)
    effects[sells] = np.linalg.solve(matrix, right)
    return np.asarray(effects - weighted_median(effects[sells], mass[sells]))


def supply_part(before: Floats, after: Floats, exporter: int, effects: Floats) -> float:
    """Part of an exporter's fall that is its own effect: 1 all of it, 0 none, below 0 where its buyers fell more."""
    old, new = before[exporter].sum(), after[exporter].sum()
    growth = 2.0 * (new - old) / (new + old)
    return float(effects[exporter] / growth) if growth < 0 else 0.0


def weighted_median(values: Floats, weight: Floats) -> float:
    """The value at which half of the weight is reached; NaN where there is none.

    >>> weighted_median(np.array([3.0, 1.0, 2.0]), np.array([1.0, 1.0, 5.0]))
    2.0
    """
    if not values.size:
        return float("nan")
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weight[order])
    return float(values[order][np.searchsorted(reached, 0.5 * reached[-1])])

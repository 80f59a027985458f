"""The sets of elasticities that every episode is predicted with: all combinations of the values of `grid.csv` in
which sources replace each other more easily than the product itself is given up, sigma > eta.

Learning is then arithmetic: weights over the sets, without solving a market again.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from itertools import product

import numpy as np

from sogdia.market import Draws

PARAMETERS = ("sigma", "eta", "eps")


@cache
def grid() -> Draws:
    """The sets as draws: sigma, eta, eps, (sets,) each."""
    text = resources.files("sogdia.hindcast.panel").joinpath("grid.csv").read_text("utf-8")
    values: dict[str, list[float]] = {name: [] for name in PARAMETERS}
    for row in csv.DictReader(text.splitlines()):
        values[row["parameter"]].append(float(row["value"]))
    every = product(*(values[name] for name in PARAMETERS))
    sigma, eta, eps = np.array([each for each in every if each[0] > each[1]]).T
    return Draws(sigma, eta, eps)

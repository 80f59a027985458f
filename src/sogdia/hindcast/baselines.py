"""Three simple forecasts need no model: a model must beat them.

    no change                 every flow as before
    pro-rata rationing        the restricted supplier delivers the same fraction k to each buyer; nobody else reacts
    proportional reallocation the same, and each buyer's other suppliers make up the loss in proportion
All three leave prices as they were.
"""

from __future__ import annotations

import numpy as np

from sogdia.market.traded import Floats

NAMES = ("pro_rata", "no_change", "reallocation")
"""The headline baseline first: it knows what the supplier shipped, as the model does in conditional mode."""


def baseline(name: str, base: Floats, supplier: int, kept: float) -> Floats:
    """Flows (importers, producers) [t] by one of the three forecasts; kept: k, what the supplier still ships.

    >>> baseline("reallocation", np.array([[60.0, 20.0, 20.0]]), 0, 0.5).tolist()
    [[30.0, 35.0, 35.0]]
    """
    flows = base.copy()
    if name == "no_change":
        return flows
    flows[:, supplier] *= kept
    if name == "reallocation":
        others = base.sum(axis=1) - base[:, supplier]
        missing = base[:, supplier] - flows[:, supplier]
        grow = np.where(others > 0, 1.0 + missing / np.where(others > 0, others, 1.0), 1.0)
        rest = np.arange(base.shape[1]) != supplier
        flows[:, rest] *= np.maximum(grow, 0.0)[:, np.newaxis]
    return flows

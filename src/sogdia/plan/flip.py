"""One assumption at whose break-even value a project enters or leaves the plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import brentq

HIT = 1e-9
"""What is smaller is no loss [MUSD]."""


@dataclass(frozen=True, slots=True)
class Flip:
    """low, central, high: of the assumption, None where no range is given; flips_at: at which the project enters or
    leaves, None for never. capital and rate_of_events are factors on the central figure.
    """

    assumption: str
    low: float | None
    central: float
    high: float | None
    project: str
    chosen: bool
    flips_at: float | None

    @property
    def within(self) -> bool:
        """Whether the project flips within the range that is assumed."""
        if self.flips_at is None or self.low is None or self.high is None:
            return False
        return self.low <= self.flips_at <= self.high

    def to_dict(self) -> dict[str, Any]:
        """The flip as plain values."""
        return {
            "assumption": self.assumption, "low": self.low, "central": self.central, "high": self.high,
            "project": self.project, "chosen": self.chosen, "flips_at": self.flips_at, "within_range": self.within,
        }  # fmt: skip


def crossing(gain: Callable[[float], float], low: float, high: float) -> float | None:
    """Where a function of one number changes its sign (Brent's method); None where it does not between low and high.

    >>> round(crossing(lambda x: x - 2.0, 0.0, 8.0), 6), crossing(lambda x: x + 2.0, 0.0, 8.0)
    (2.0, None)
    """
    first, last = gain(low), gain(high)
    if not (np.isfinite(first) and np.isfinite(last)) or (first > 0) == (last > 0):
        return None
    return float(brentq(gain, low, high))

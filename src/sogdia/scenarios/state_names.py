"""States in words: which parts of the year which exports, output and ways are hit."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sogdia.hazards.outage import CLASSES
from sogdia.scenarios.arrays import SlotKind
from sogdia.scenarios.block import BlockLosses
from sogdia.scenarios.problem import Slot
from sogdia.scenarios.sample import SampledYears
from sogdia.scenarios.setup import EnsembleSetup

WORDS = {
    SlotKind.EXPORTS: "exports of {} -{}", SlotKind.OUTPUT: "output of {} -{}", SlotKind.WAY: "{} for {} of the year",
    SlotKind.DEMAND: "world demand for {} +{}",
}  # fmt: skip
PARTS = tuple(str(Fraction(part).limit_denominator(52)) for part in CLASSES)


def state_name(slots: Sequence[Slot], codes: NDArray[np.int32]) -> str:
    """A state as text, empty for the one in which nothing happens."""
    held = [(slots[code // len(CLASSES)], PARTS[code % len(CLASSES)]) for code in codes.tolist() if code >= 0]
    return "; ".join(WORDS[slot.kind].format(slot.name, part) for slot, part in held)


def state_table(setup: EnsembleSetup, sample: SampledYears, losses: Sequence[BlockLosses]) -> pl.DataFrame:
    """Every distinct state of every market: how many years have it, with which probability, and what it costs."""
    frames = []
    whole = sample.weight.sum()
    for market, of, each in zip(setup.markets, sample.states, losses, strict=True):
        count = len(of.states)
        frames.append(
            pl.DataFrame(
                {
                    "mineral": [market.mineral] * count,
                    "state": np.arange(count, dtype=np.int64),
                    "events": [state_name(market.slots, codes) for codes in of.states],
                    "years": np.bincount(of.of_year, minlength=count),
                    "probability": np.bincount(of.of_year, sample.weight, count) / whole,
                    "loss_kusd": each.loss_kusd, "use_cost": each.use_cost, "status": each.status,
                }
            )
        )  # fmt: skip
    return pl.concat(frames)
